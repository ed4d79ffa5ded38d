"""What is to be written to whom when something has happened; decided here, performed later."""

from collections.abc import Iterator
from dataclasses import dataclass

from jucai.approval import events as ev
from jucai.approval.events import Event
from jucai.approval.state import CaseState


@dataclass(frozen=True, slots=True)
class MailIntent:
    """One mail that is meant: its kind, its recipient, and the official document that goes with it, if any."""

    kind: str
    recipient: str
    document: str = ""
    number: int = 0  # which instalment


_MAILS: dict[type, tuple[str, str]] = {
    ev.CaseOpened: ("receipt", ""),
    ev.CaseAccepted: ("accepted", "accepted"),
    ev.PublicityStarted: ("publicity", ""),
    ev.PersonAppointed: ("appointed", "appointment"),
    ev.CaseRefused: ("refused", "refused"),
    ev.PaymentStopped: ("completed", ""),
    ev.CaseTerminated: ("completed", ""),
    ev.CaseWithdrawn: ("withdrawn", ""),
    ev.CaseCompleted: ("completed", ""),
    # The date somebody counts on becomes another one: they are told why (行政许可法第42条).
    ev.CaseSuspended: ("suspended", ""),
    ev.CaseResumed: ("resumed", ""),
    ev.TermExtended: ("extended", ""),
    ev.LevelChanged: ("level_changed", ""),
}


def intents(event: Event, state: CaseState) -> Iterator[MailIntent]:
    """The mails one event asks for; `state` is the case after it."""
    applicant = state.applicant.email
    if isinstance(event, ev.CorrectionRequested):
        yield MailIntent("returned" if event.stage else "correction", applicant, "correction")
    elif isinstance(event, ev.InstalmentPaid):
        yield MailIntent("payment", applicant, "payment", event.number)
    elif type(event) in _MAILS:
        kind, document = _MAILS[type(event)]
        yield MailIntent(kind, applicant, document)
