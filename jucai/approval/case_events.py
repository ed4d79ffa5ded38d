"""What can happen to a case as a whole, in the past tense."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from jucai.approval.values import (
    Applicant,
    Appointment,
    Finding,
    MissingPaper,
    Paper,
    PlannedPart,
    Publicity,
    ScheduledPart,
)
from models.readings import FieldValue


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """A letter's application became a case."""

    number: str
    programme: str
    version: str
    kind: str
    form: str
    applicant: Applicant
    unit: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class FactsRead:
    """The reader's fields came in, with their evidence; `doubts` are Chinese reasons for a clerk to look."""

    facts: Mapping[str, FieldValue]
    tables: Mapping[str, list[dict[str, str]]]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerificationRequested:
    """A clerk has to look at these fields (核验)."""

    keys: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactsVerified:
    """A clerk confirmed these fields, some with another value."""

    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CaseAssessed:
    """The programme's rules were applied; they propose, a person decides."""

    eligible: str
    findings: tuple[Finding, ...]
    amount_fen: int | None
    amount_text: str
    schedule: tuple[ScheduledPart, ...]
    award: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionRequested:
    """The applicant was told once and completely what is missing (补正)."""

    missing: tuple[MissingPaper, ...]
    stage: str
    due_on: date
    why: str
    then: str = "continue"


@dataclass(frozen=True, slots=True)
class SupplementReceived:
    """The applicant sent further papers."""

    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class CaseAccepted:
    """The case was accepted (受理); the statutory clock starts."""

    on: date
    due_on: date | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class StageSkipped:
    """A stage was left out by a rule of the programme, never by a person."""

    stage: str
    rule: str


@dataclass(frozen=True, slots=True)
class StageEntered:
    """The case came to a stage, and a new round of it begins."""

    stage: str
    kind: str


@dataclass(frozen=True, slots=True)
class StageFinished:
    """Everybody a stage asks has agreed."""

    stage: str


@dataclass(frozen=True, slots=True)
class StageReturned:
    """The case went back to an earlier stage.

    With `then` = continue it goes on where it came from once that stage is done; with again it walks the stages
    `again` once more.
    """

    stage: str
    to: str
    why: str
    then: str = "again"
    again: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClockStopped:
    """The statutory clock stands, for this cause."""

    on: date
    cause: str


@dataclass(frozen=True, slots=True)
class ClockResumed:
    """The statutory clock runs again; `due_on` is the new end of the term."""

    on: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class PublicityStarted:
    """The case stands on a public list (公示)."""

    publicity: Publicity


@dataclass(frozen=True, slots=True)
class ObjectionReceived:
    """Somebody objected during the publicity (异议)."""

    letter_id: int


@dataclass(frozen=True, slots=True)
class PublicityEnded:
    """The publicity period ran out without an open objection."""

    on: date


@dataclass(frozen=True, slots=True)
class PaymentPlanned:
    """The amount was fixed and cut into instalments."""

    parts: tuple[PlannedPart, ...]


@dataclass(frozen=True, slots=True)
class InstalmentReleased:
    """An instalment may be paid."""

    number: int


@dataclass(frozen=True, slots=True)
class InstalmentListed:
    """An instalment was put on a payment list."""

    number: int
    list_number: str


@dataclass(frozen=True, slots=True)
class InstalmentPaid:
    """The finance office confirmed the payment."""

    number: int
    on: date


@dataclass(frozen=True, slots=True)
class PersonAppointed:
    """The letter of appointment was issued (聘书)."""

    appointment: Appointment


@dataclass(frozen=True, slots=True)
class CaseRefused:
    """A person refused the case, with reasons (不予通过)."""

    stage: str
    why: str


@dataclass(frozen=True, slots=True)
class CaseWithdrawn:
    """The applicant took the application back (撤回)."""

    why: str


@dataclass(frozen=True, slots=True)
class PaymentStopped:
    """Eligibility ended before all parts were paid (停发); `ground` is the cause that rules ask for later, if any."""

    why: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class CaseCompleted:
    """Everything the programme asks for is done (办结)."""


@dataclass(frozen=True, slots=True)
class StageResumed:
    """The case went on in a round of a stage it had been returned from."""

    stage: str
    kind: str
    round: int


@dataclass(frozen=True, slots=True)
class TermExtended:
    """The term was extended by working days, with the head's approval (延长办理时限)."""

    days: int
    due_on: date | None
    why: str


@dataclass(frozen=True, slots=True)
class TermRecounted:
    """The calendar of a year was published or changed: the last day of the term, or of `tasks`, is another one."""

    due_on: date | None
    provisional: bool
    tasks: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LevelChanged:
    """The level changed while the benefit is being paid: `values` are the new facts, `parts` the plan from now on."""

    on: date
    values: Mapping[str, str]
    parts: tuple[PlannedPart, ...]
    explanation: str
    why: str


@dataclass(frozen=True, slots=True)
class CorrectionLapsed:
    """The applicant did not answer in time; the programme declares what that means."""

    on: date
    rule: str


@dataclass(frozen=True, slots=True)
class CaseSuspended:
    """The case was put aside with a cause (中止)."""

    on: date
    cause: str


@dataclass(frozen=True, slots=True)
class CaseResumed:
    """The case goes on after a suspension (恢复); `due` holds the new last day of each open task."""

    on: date
    why: str
    due: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class CaseTerminated:
    """The office ended the case without a decision on the merits (终止); `ground` as in `PaymentStopped`."""

    why: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class CaseRevived:
    """A closed case was opened again (唤醒); what lay between does not count."""

    on: date
    why: str
    due_on: date | None
