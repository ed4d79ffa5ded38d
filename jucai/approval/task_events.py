"""What can happen to the tasks in a case, in the past tense: who was asked, who said what, who stepped in for whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from jucai.approval.state import Seat, TaskPurpose, Verdict
from jucai.approval.values import PanelResult


def _no_scores() -> Mapping[str, Decimal]:
    return {}


@dataclass(frozen=True, slots=True)
class TaskAssigned:
    """Somebody was asked; `note` says so where it went to somebody other than the one named."""

    code: str
    purpose: TaskPurpose
    stage: str
    unit: str
    officers: tuple[str, ...]
    due_on: date | None
    note: str
    asked: str = ""
    branch: int = 0
    step: int = 0
    seat: Seat = Seat.UNIT
    origin: str = ""
    after: tuple[str, ...] = ()
    replaces: str = ""
    weight: int = 1


@dataclass(frozen=True, slots=True)
class TaskOpened:
    """A task that waited for somebody else can be decided now."""

    code: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class TaskDecided:
    """An officer decided a task; `behalf` names the one acted for (B 代 A)."""

    code: str
    verdict: Verdict
    officer: str
    opinion: str
    behalf: str = ""
    scores: Mapping[str, Decimal] = field(default_factory=_no_scores)
    return_to: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True)
class TaskCancelled:
    """A task fell away because the stage ended without it."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class TaskLapsed:
    """A term ran out in silence, and the programme declares that as no objection (逾期视为无异议); nobody approved."""

    code: str
    rule: str


@dataclass(frozen=True, slots=True)
class TaskTransferred:
    """A task went from one officer to another (转办)."""

    code: str
    officer: str
    to: str
    unit: str
    why: str


@dataclass(frozen=True, slots=True)
class TaskDelegated:
    """An officer asks somebody for an opinion and decides afterwards (委派); `task` is what that person was asked."""

    code: str
    officer: str
    to: str
    task: str
    why: str


@dataclass(frozen=True, slots=True)
class SignerAdded:
    """Another signer was added before, beside or after a task (加签); `task` is the new one."""

    code: str
    officer: str
    signer: str
    seat: Seat
    task: str
    why: str


@dataclass(frozen=True, slots=True)
class SignerDropped:
    """An added signer who has not spoken was dropped again (减签)."""

    code: str
    officer: str
    why: str


@dataclass(frozen=True, slots=True)
class DecisionRecalled:
    """An officer took a decision back before anybody else acted (拿回).

    `cancelled` are the tasks it had opened, `reopened` those it had made fall away.
    """

    code: str
    officer: str
    why: str
    cancelled: tuple[str, ...]
    reopened: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficerRecused:
    """An officer declared a conflict of interest (回避); `code` went to `officers` of `unit`."""

    code: str
    officer: str
    why: str
    unit: str
    officers: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class TaskHandedOver:
    """A task of an officer who leaves went to the successor, or to whoever can take it (离职转办)."""

    code: str
    officer: str
    unit: str
    officers: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class TaskReminded:
    """Whoever has the task was reminded (催办): by the ladder, `rung` counting from 1, or by a person (rung 0)."""

    code: str
    rung: int
    why: str


@dataclass(frozen=True, slots=True)
class TaskEscalated:
    """Reminders were used up; the superior was asked as well (升级督办)."""

    code: str
    to: str
    why: str


@dataclass(frozen=True, slots=True)
class ExpertsDrawn:
    """Experts were drawn from a pool; pool and seed are recorded, so that anybody can repeat the draw."""

    stage: str
    pool: tuple[str, ...]
    left_out: tuple[str, ...]
    seed: str
    drawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VotingClosed:
    """The vote or the scoring was closed with those who had spoken."""

    stage: str
    officer: str
    why: str


@dataclass(frozen=True, slots=True)
class VotesCounted:
    """The votes were counted by the programme's rule (票签)."""

    stage: str
    entitled: int
    cast: int
    in_favour: int
    passed: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class PanelScored:
    """The score sheets were put together by the programme's rule (评审)."""

    stage: str
    result: PanelResult


@dataclass(frozen=True, slots=True)
class CaseRanked:
    """The case got its place among those scored together (名额择优)."""

    stage: str
    place: int
    among: int
    quota: int
    within: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class PutOnAgenda:
    """The case was put on the agenda of a meeting (列入议题)."""

    meeting: str
    position: int


@dataclass(frozen=True, slots=True)
class TakenOffAgenda:
    """The case was taken off the agenda."""

    meeting: str
    why: str


@dataclass(frozen=True, slots=True)
class MinutesRecorded:
    """The minutes of a meeting speak of this case: who was there, who stood aside, and what was decided (会议纪要)."""

    meeting: str
    present: tuple[str, ...]
    recused: tuple[str, ...]
    outcome: Verdict
    text: str
