"""What can happen to a case, in the past tense; the state is derived from these and from nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

from jucai.approval import versions
from jucai.approval.state import (
    Applicant,
    Appointment,
    Finding,
    MissingPaper,
    Paper,
    PlannedPart,
    Publicity,
    ScheduledPart,
    TaskPurpose,
    Verdict,
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


@dataclass(frozen=True, slots=True)
class CorrectionRequested:
    """The applicant was told once and completely what is missing (补正)."""

    missing: tuple[MissingPaper, ...]
    stage: str
    due_on: date
    why: str


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
    """The case came to a stage."""

    stage: str
    kind: str


@dataclass(frozen=True, slots=True)
class TaskAssigned:
    """A unit was asked; `note` says so where it went to somebody other than the unit named."""

    code: str
    purpose: TaskPurpose
    stage: str
    unit: str
    officers: tuple[str, ...]
    due_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class TaskDecided:
    """An officer decided a task."""

    code: str
    verdict: Verdict
    officer: str
    opinion: str


@dataclass(frozen=True, slots=True)
class TaskCancelled:
    """A task fell away because the stage ended without it."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class StageFinished:
    """Everybody a stage asks has agreed."""

    stage: str


@dataclass(frozen=True, slots=True)
class StageReturned:
    """The case went back to an earlier stage and walks on from there."""

    stage: str
    to: str
    why: str


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
    """Eligibility ended before all parts were paid (停发)."""

    why: str


@dataclass(frozen=True, slots=True)
class CaseCompleted:
    """Everything the programme asks for is done (办结)."""


VersionMoved = versions.VersionMoved

Event = (
    CaseOpened
    | FactsRead
    | VerificationRequested
    | FactsVerified
    | CaseAssessed
    | CorrectionRequested
    | SupplementReceived
    | CaseAccepted
    | StageSkipped
    | StageEntered
    | TaskAssigned
    | TaskDecided
    | TaskCancelled
    | StageFinished
    | StageReturned
    | ClockStopped
    | ClockResumed
    | PublicityStarted
    | ObjectionReceived
    | PublicityEnded
    | PaymentPlanned
    | InstalmentReleased
    | InstalmentListed
    | InstalmentPaid
    | PersonAppointed
    | CaseRefused
    | CaseWithdrawn
    | PaymentStopped
    | CaseCompleted
    | VersionMoved
)

_ADAPTERS: dict[str, TypeAdapter[Any]] = {kind.__name__: TypeAdapter(kind) for kind in Event.__args__}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: an officer's id, an applicant's address or `system`; from where; and in words why."""

    who: str
    role: str = ""
    address: str = ""
    why: str = ""


SYSTEM = Actor("system", "自动")


@dataclass(frozen=True, slots=True)
class Happened:
    """An event with when, who and why."""

    event: Event
    at: datetime
    actor: Actor


def event_to_json(event: Event) -> dict[str, Any]:
    """The event's facts as JSON data."""
    dumped: dict[str, Any] = _ADAPTERS[type(event).__name__].dump_python(event, mode="json")
    return dumped


def event_from_json(kind: str, data: Mapping[str, Any]) -> Event:
    """The event of this kind that `event_to_json` wrote; `KeyError` for a kind nobody knows."""
    event: Event = _ADAPTERS[kind].validate_python(data)
    return event
