"""What can be asked of a case, in the imperative; each is checked against the state before anything happens."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from jucai.approval.state import Applicant, Paper, Publicity, Seat, Verdict
from jucai.approval.versions import MoveToVersion
from jucai.policy import ReturnMode
from models.readings import FieldValue


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Open a case from one application that was read; `doubts` are reasons for a clerk to look first."""

    number: str
    programme: str
    version: str
    applicant: Applicant
    unit: str
    papers: tuple[Paper, ...]
    facts: Mapping[str, FieldValue]
    tables: Mapping[str, list[dict[str, str]]] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerifyFacts:
    """Confirm the doubtful fields, or put the right value in (核验)."""

    task: str
    officer: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReceiveSupplement:
    """Take in further papers and, where a form was sent again, its fields."""

    papers: tuple[Paper, ...]
    facts: Mapping[str, FieldValue] = field(default_factory=dict)
    tables: Mapping[str, list[dict[str, str]]] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecideTask:
    """Decide a task: approve, return (to the applicant, or to the earlier stage `return_to`), reject or abstain.

    `then` says where a returned case goes on afterwards (as the stage has it where None); `scores` are the points an
    expert gives by the scheme of the panel.
    """

    task: str
    officer: str
    verdict: Verdict
    opinion: str = ""
    return_to: str = ""
    then: ReturnMode | None = None
    scores: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TransferTask:
    """Give a task to somebody else for good (转办)."""

    task: str
    officer: str
    to: str
    why: str


@dataclass(frozen=True, slots=True)
class DelegateTask:
    """Ask somebody for an opinion and decide afterwards (委派)."""

    task: str
    officer: str
    to: str
    why: str


@dataclass(frozen=True, slots=True)
class AddSigner:
    """Let somebody else sign as well, before, beside or after oneself (加签)."""

    task: str
    officer: str
    signer: str
    seat: Seat
    why: str


@dataclass(frozen=True, slots=True)
class DropSigner:
    """Drop a signer one has added, or take back a question, before there is an answer (减签)."""

    task: str
    officer: str
    why: str


@dataclass(frozen=True, slots=True)
class RecallDecision:
    """Take one's decision back before anybody else acts (拿回)."""

    task: str
    officer: str
    why: str


@dataclass(frozen=True, slots=True)
class StandAside:
    """Declare a conflict of interest and let the task go to somebody else (回避)."""

    task: str
    officer: str
    why: str


@dataclass(frozen=True, slots=True)
class CopyCase:
    """Let others read along (抄送); they acknowledge (已阅) by deciding that task."""

    officer: str
    to: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class RemindTask:
    """Remind whoever has a task (催办): on office days, once a day."""

    task: str
    officer: str
    why: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """Let a successor have all tasks of an officer who leaves (离职转办)."""

    leaver: str
    successor: str
    officer: str
    why: str


@dataclass(frozen=True, slots=True)
class CloseVoting:
    """Close a vote or a panel with those who have spoken, where they are enough."""

    officer: str
    why: str


@dataclass(frozen=True, slots=True)
class ApplyRanking:
    """Write down the place of a case in a ranking that was closed (名额择优)."""

    officer: str
    place: int
    among: int
    quota: int
    within: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class PutOnAgenda:
    """Put a case on the agenda of a meeting (列入议题)."""

    officer: str
    meeting: str
    position: int


@dataclass(frozen=True, slots=True)
class TakeOffAgenda:
    """Take a case off the agenda again."""

    officer: str
    meeting: str
    why: str


@dataclass(frozen=True, slots=True)
class DecideByMinutes:
    """Carry out what a meeting decided about a case (会议纪要)."""

    officer: str
    meeting: str
    outcome: Verdict
    text: str
    present: tuple[str, ...]
    recused: tuple[str, ...] = ()
    return_to: str = ""
    then: ReturnMode | None = None


@dataclass(frozen=True, slots=True)
class SuspendCase:
    """Put a case aside with a cause (中止)."""

    officer: str
    cause: str


@dataclass(frozen=True, slots=True)
class ResumeCase:
    """Go on with a case that was put aside (恢复)."""

    officer: str
    why: str


@dataclass(frozen=True, slots=True)
class TerminateCase:
    """End a case without a decision on the merits (终止); `ground` is a `Cause` where later cases depend on it."""

    officer: str
    why: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class ReviveCase:
    """Open a closed case again (唤醒)."""

    officer: str
    why: str


@dataclass(frozen=True, slots=True)
class ExtendTerm:
    """Extend the term by working days, once, with the head's approval (行政许可法第42条)."""

    officer: str
    days: int
    why: str


@dataclass(frozen=True, slots=True)
class ChangeLevel:
    """Pay the parts still to come by another level, from the day it changed (人才层次变更)."""

    officer: str
    values: Mapping[str, str]
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class StartPublicity:
    """Put the case on a public list whose notice and period are given."""

    publicity: Publicity


@dataclass(frozen=True, slots=True)
class RaiseObjection:
    """Record an objection that came by letter during the publicity."""

    letter_id: int


@dataclass(frozen=True, slots=True)
class ListInstalment:
    """Put a released instalment on a payment list."""

    number: int
    list_number: str


@dataclass(frozen=True, slots=True)
class ConfirmPayment:
    """Confirm that a listed instalment was paid."""

    number: int
    on: date


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take the application back, on the applicant's word."""

    why: str


@dataclass(frozen=True, slots=True)
class Advance:
    """Let time do what is due: publicity ends, instalments, silence, reminders, a changed calendar."""


Command = (
    OpenCase
    | VerifyFacts
    | ReceiveSupplement
    | DecideTask
    | TransferTask
    | DelegateTask
    | AddSigner
    | DropSigner
    | RecallDecision
    | StandAside
    | CopyCase
    | RemindTask
    | HandOver
    | CloseVoting
    | ApplyRanking
    | PutOnAgenda
    | TakeOffAgenda
    | DecideByMinutes
    | SuspendCase
    | ResumeCase
    | TerminateCase
    | ReviveCase
    | ExtendTerm
    | ChangeLevel
    | StartPublicity
    | RaiseObjection
    | ListInstalment
    | ConfirmPayment
    | Withdraw
    | Advance
    | MoveToVersion
)
