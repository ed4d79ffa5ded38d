"""Whether there is anything to do, so that a round starts only what is needed."""

from dataclasses import dataclass

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from jucai.approval.state import TaskStatus
from jucai.store.bureau import Bureau
from jucai.store.database import reading
from models.cases import Case, Task
from models.effects import Notice, OutboxMail, OutboxState
from models.letters import Document, DocumentState, Letter, LetterState

_Ids = SelectOfScalar[int] | SelectOfScalar[None]


@dataclass(frozen=True, slots=True)
class Work:
    """What waits for the flows at this moment."""

    to_sort: bool
    to_read: bool
    to_read_scans: bool
    to_advance: bool
    to_deliver: bool
    to_mirror: bool

    @property
    def for_round(self) -> bool:
        """Whether a round has anything to do besides looking into the mailboxes."""
        return self.to_sort or self.to_read or self.to_advance or self.to_deliver


def work_waiting(bureau: Bureau) -> Work:
    """Look at what waits; a handful of index look-ups, whatever is stored."""
    now = bureau.clock.now()
    with reading(bureau.engine) as session:
        return Work(
            to_sort=_any(session, select(Letter.id).where(Letter.state == LetterState.SPOOLED)),
            to_read=_any(session, select(Document.id).where(Document.state == DocumentState.WAITING))
            or _any(session, _read_but_unsettled()),
            to_read_scans=_any(session, select(Document.id).where(Document.state == DocumentState.SCAN_WAITING)),
            to_advance=_any(
                session,
                select(Case.id).where(col(Case.next_due_at).is_not(None), col(Case.next_due_at) <= now),
            )
            or _any(session, select(Task.id).where(Task.status == TaskStatus.OPEN, col(Task.notified_at).is_(None))),
            to_deliver=_any(
                session,
                select(OutboxMail.id).where(
                    col(OutboxMail.state).in_([OutboxState.QUEUED, OutboxState.READY, OutboxState.DEFERRED]),
                    OutboxMail.next_attempt_at <= now,
                ),
            )
            or _any(session, select(OutboxMail.id).where(OutboxMail.state == OutboxState.SENDING))
            or _any(session, select(Notice.id).where(Notice.kind == "publicity", col(Notice.sha256).is_(None))),
            to_mirror=_any(session, select(Case.id).where(col(Case.to_mirror))),
        )


def _read_but_unsettled() -> _Ids:
    unread = select(Document.letter_id).where(
        col(Document.state).in_([DocumentState.WAITING, DocumentState.SCAN_WAITING])
    )
    return select(Letter.id).where(Letter.state == LetterState.READING, col(Letter.id).not_in(unread))


def _any(session: Session, query: _Ids) -> bool:
    return session.exec(query.limit(1)).first() is not None
