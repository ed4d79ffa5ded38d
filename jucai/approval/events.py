"""What can happen to a case, in the past tense; the state is derived from these and from nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from jucai.approval.case_events import (
    CaseAccepted,
    CaseAssessed,
    CaseCompleted,
    CaseOpened,
    CaseRefused,
    CaseResumed,
    CaseRevived,
    CaseSuspended,
    CaseTerminated,
    CaseWithdrawn,
    ClockResumed,
    ClockStopped,
    CorrectionLapsed,
    CorrectionRequested,
    FactsRead,
    FactsVerified,
    InstalmentListed,
    InstalmentPaid,
    InstalmentReleased,
    LevelChanged,
    ObjectionReceived,
    PaymentPlanned,
    PaymentStopped,
    PersonAppointed,
    PublicityEnded,
    PublicityStarted,
    StageEntered,
    StageFinished,
    StageResumed,
    StageReturned,
    StageSkipped,
    SupplementReceived,
    TermExtended,
    TermRecounted,
    VerificationRequested,
)
from jucai.approval.task_events import (
    CaseRanked,
    DecisionRecalled,
    ExpertsDrawn,
    MinutesRecorded,
    OfficerRecused,
    PanelScored,
    PutOnAgenda,
    SignerAdded,
    SignerDropped,
    TakenOffAgenda,
    TaskAssigned,
    TaskCancelled,
    TaskDecided,
    TaskDelegated,
    TaskEscalated,
    TaskHandedOver,
    TaskLapsed,
    TaskOpened,
    TaskReminded,
    TaskTransferred,
    VotesCounted,
    VotingClosed,
)
from jucai.approval.versions import VersionMoved

__all__ = [
    "SYSTEM",
    "Actor",
    "CaseAccepted",
    "CaseAssessed",
    "CaseCompleted",
    "CaseOpened",
    "CaseRanked",
    "CaseRefused",
    "CaseResumed",
    "CaseRevived",
    "CaseSuspended",
    "CaseTerminated",
    "CaseWithdrawn",
    "ClockResumed",
    "ClockStopped",
    "CorrectionLapsed",
    "CorrectionRequested",
    "DecisionRecalled",
    "Event",
    "ExpertsDrawn",
    "FactsRead",
    "FactsVerified",
    "Happened",
    "InstalmentListed",
    "InstalmentPaid",
    "InstalmentReleased",
    "LevelChanged",
    "MinutesRecorded",
    "ObjectionReceived",
    "OfficerRecused",
    "PanelScored",
    "PaymentPlanned",
    "PaymentStopped",
    "PersonAppointed",
    "PublicityEnded",
    "PublicityStarted",
    "PutOnAgenda",
    "SignerAdded",
    "SignerDropped",
    "StageEntered",
    "StageFinished",
    "StageResumed",
    "StageReturned",
    "StageSkipped",
    "SupplementReceived",
    "TakenOffAgenda",
    "TaskAssigned",
    "TaskCancelled",
    "TaskDecided",
    "TaskDelegated",
    "TaskEscalated",
    "TaskHandedOver",
    "TaskLapsed",
    "TaskOpened",
    "TaskReminded",
    "TaskTransferred",
    "TermExtended",
    "TermRecounted",
    "VerificationRequested",
    "VersionMoved",
    "VotesCounted",
    "VotingClosed",
    "event_from_json",
    "event_to_json",
]

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
    | StageResumed
    | TermExtended
    | TermRecounted
    | LevelChanged
    | CorrectionLapsed
    | CaseSuspended
    | CaseResumed
    | CaseTerminated
    | CaseRevived
    | TaskAssigned
    | TaskOpened
    | TaskDecided
    | TaskCancelled
    | TaskLapsed
    | TaskTransferred
    | TaskDelegated
    | SignerAdded
    | SignerDropped
    | DecisionRecalled
    | OfficerRecused
    | TaskHandedOver
    | TaskReminded
    | TaskEscalated
    | ExpertsDrawn
    | VotingClosed
    | VotesCounted
    | PanelScored
    | CaseRanked
    | PutOnAgenda
    | TakenOffAgenda
    | MinutesRecorded
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
IMPORTED = "补录"
"""The role of whoever decided on paper or elsewhere, where somebody else has copied the decision; `why` says who."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An event with when, who and why."""

    event: Event
    at: datetime
    actor: Actor


def event_to_json(event: Event) -> dict[str, Any]:
    """The event's facts as JSON data."""
    dumped: dict[str, Any] = _ADAPTERS[type(event).__name__].dump_python(event, mode="json", exclude_defaults=True)
    return dumped


def event_from_json(kind: str, data: Mapping[str, Any]) -> Event:
    """The event of this kind that `event_to_json` wrote; `KeyError` for a kind nobody knows."""
    event: Event = _ADAPTERS[kind].validate_python(data)
    return event
