"""Reading the documents that wait, in isolated workers, and opening or extending cases from what was read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from jucai.casework.opening import settle_read
from jucai.casework.outcomes import finish, note_failure
from jucai.reading import read_many
from jucai.store.bureau import Bureau
from jucai.store.database import reading, transaction
from models.letters import Document, DocumentState, Letter, LetterState
from models.readings import DocumentReading, ReadingStatus


@dataclass(frozen=True, slots=True)
class ReadingRound:
    """What one round of reading did."""

    read: int
    scans: int
    settled: int
    failed: int


def read_documents(
    bureau: Bureau, *, scans: bool = False, limit: int = 100, progress: Callable[[int, int], None] | None = None
) -> ReadingRound:
    """Read the documents that wait, then settle every letter whose documents are all read.

    Without `scans` pages that are pictures are left to a run of their own, so that one scan of many pages does not
    keep a hundred letters waiting. `progress` is told how many of how many are done.
    """
    state = DocumentState.SCAN_WAITING if scans else DocumentState.WAITING
    waiting = _waiting(bureau, state, limit)
    done = pending = 0
    items = ((str(document_id), bureau.blobs.get(sha256)) for document_id, sha256 in waiting)
    for name, result in read_many(items, workers=bureau.settings.reading_workers, ocr=scans):
        pending += _store(bureau, int(name), result)
        done += 1
        if progress is not None:
            progress(done, len(waiting))
    settled, failed = settle_letters(bureau)
    return ReadingRound(done, pending, settled, failed)


def _waiting(bureau: Bureau, state: DocumentState, limit: int) -> Sequence[tuple[int, str]]:
    with reading(bureau.engine) as session:
        rows = session.exec(
            select(Document.id, Document.sha256).where(Document.state == state).order_by(col(Document.id)).limit(limit)
        ).all()
    return [(int(row[0] or 0), row[1]) for row in rows]


def _store(bureau: Bureau, document_id: int, result: DocumentReading) -> bool:
    pending = result.status is ReadingStatus.SCAN_PENDING
    with transaction(bureau.engine) as session:
        row = session.get(Document, document_id)
        assert row is not None
        row.attempts += 1
        row.reading = result.to_json()
        row.state = DocumentState.SCAN_WAITING if pending else DocumentState.READ
        session.add(row)
    return pending


def settle_letters(bureau: Bureau) -> tuple[int, int]:
    """Give every letter whose documents are all read its outcome; how many were settled, how many failed."""
    with reading(bureau.engine) as session:
        unread = select(Document.letter_id).where(
            col(Document.state).in_([DocumentState.WAITING, DocumentState.SCAN_WAITING])
        )
        ready = session.exec(
            select(Letter.id)
            .where(Letter.state == LetterState.READING, col(Letter.id).not_in(unread))
            .order_by(col(Letter.id))
        ).all()
    failed = 0
    for letter_id in ready:
        assert letter_id is not None
        try:
            _settle(bureau, letter_id)
        except Exception as error:  # noqa: BLE001 - one letter's fault never stops the others; it is parked and shown
            failed += 1
            with transaction(bureau.engine) as session:
                row = session.get(Letter, letter_id)
                assert row is not None
                note_failure(session, row, f"{type(error).__name__}：{error}")
    return len(ready) - failed, failed


def _settle(bureau: Bureau, letter_id: int) -> None:
    with transaction(bureau.engine) as session:
        letter = session.get(Letter, letter_id)
        if letter is None or letter.state != LetterState.READING:
            return
        finish(session, bureau, letter, settle_read(session, bureau, letter, _documents(session, letter_id)))


def _documents(session: Session, letter_id: int) -> Sequence[Document]:
    return session.exec(select(Document).where(Document.letter_id == letter_id).order_by(col(Document.ordinal))).all()
