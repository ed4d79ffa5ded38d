"""Fetching letters: the raw bytes and the row in one step, the mailbox touched only after that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from jucai.casework.mailboxes import mailbox_name, open_mailbox
from jucai.mailroom.mailbox import LetterGoneError, Mailbox, MailboxError, RawLetter, Tray, Watermark
from jucai.settings import Inbox
from jucai.store.bureau import Bureau
from jucai.store.database import reading, transaction
from jucai.store.leases import lease
from models.letters import Letter, LetterOutcome, LetterState, MailboxMark

_TRAYS = {
    LetterOutcome.AUTO_REPLY: Tray.NONE,
    LetterOutcome.BOUNCE: Tray.NONE,
    LetterOutcome.SPAM: Tray.NONE,
}
_TOGETHER, _TOGETHER_BYTES = 25, 8_000_000
GONE = "（已不在原处）"
"""What is written instead of a tray where somebody else moved the letter, or its folder was made anew."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one visit to all mailboxes brought: new letters, letters filed away, and Chinese faults."""

    new: int
    filed: int
    faults: tuple[str, ...]


def fetch_letters(bureau: Bureau) -> Fetched:
    """Visit every mailbox: take in what is new, file away what is done; a faulty mailbox does not stop the others."""
    new = filed = 0
    faults: list[str] = []
    for inbox in bureau.settings.inboxes:
        try:
            with open_mailbox(inbox) as mailbox:
                for some in _together(mailbox.fetch_new(_mark(bureau, inbox))):
                    new += spool(bureau, inbox, some)
                for _ in _file_away(bureau, inbox, mailbox):
                    filed += 1
        except MailboxError as error:
            faults.append(str(error))
    return Fetched(new, filed, tuple(faults))


def _file_away(bureau: Bureau, inbox: Inbox, mailbox: Mailbox) -> Iterator[int]:
    """File what is done and yield its rows, one round at a time: two that move the same letter leave two copies."""
    if not _to_file(bureau, inbox):
        return
    with lease(bureau.engine, "file." + ".".join(mailbox_name(inbox))) as held:
        for letter_id, uid, uidvalidity, tray in _to_file(bureau, inbox) if held else ():
            place = str(tray)
            try:
                mailbox.file_away(uid, uidvalidity, tray)
            except LetterGoneError:
                # Filed by a round that was killed before it could say so, or moved by a person.
                place = GONE
            _remember_filed(bureau, letter_id, place)
            yield letter_id


def _together(letters: Iterator[RawLetter]) -> Iterator[list[RawLetter]]:
    """Yield letters in small groups: a transaction costs as much as reading several of them."""
    group: list[RawLetter] = []
    size = 0
    for raw in letters:
        group.append(raw)
        size += len(raw.data or b"")
        if len(group) >= _TOGETHER or size >= _TOGETHER_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def spool(bureau: Bureau, inbox: Inbox, letters: Sequence[RawLetter]) -> int:
    """Keep letters and move the mark, in one transaction; how many of them were not ours already.

    Of a letter too large only the headers are kept, so that its sender can be told.
    """
    digests = [bureau.blobs.put(raw.data if raw.data is not None else raw.head) for raw in letters]
    try:
        return _keep(bureau, inbox, letters, digests)
    except IntegrityError:
        # A poll that overlaps with this one was first with some of them.
        return 0 if len(letters) == 1 else sum(spool(bureau, inbox, [raw]) for raw in letters)


def _keep(bureau: Bureau, inbox: Inbox, letters: Sequence[RawLetter], digests: Sequence[str]) -> int:
    host, user, folder = mailbox_name(inbox)
    uidvalidity = letters[0].uidvalidity  # one visit sees one
    with transaction(bureau.engine) as session:
        known = set(
            session.exec(
                select(Letter.uid).where(
                    Letter.host == host,
                    Letter.username == user,
                    Letter.folder == folder,
                    Letter.uidvalidity == uidvalidity,
                    col(Letter.uid).in_([raw.uid for raw in letters]),
                )
            )
        )
        fresh = [(raw, sha256) for raw, sha256 in zip(letters, digests, strict=True) if raw.uid not in known]
        for raw, sha256 in fresh:
            session.add(
                Letter(
                    host=host,
                    username=user,
                    folder=folder,
                    uidvalidity=uidvalidity,
                    uid=raw.uid,
                    sha256=sha256,
                    size=raw.size,
                    received_at=raw.internal_date,
                    details={} if raw.data is not None else {"oversize": inbox.max_bytes},
                )
            )
        _move_mark(session, host, user, folder, max(letters, key=lambda raw: raw.uid))
    return len(fresh)


def _mark(bureau: Bureau, inbox: Inbox) -> Watermark | None:
    host, user, folder = mailbox_name(inbox)
    with reading(bureau.engine) as session:
        row = session.exec(
            select(MailboxMark)
            .where(MailboxMark.host == host, MailboxMark.username == user, MailboxMark.folder == folder)
            .order_by(col(MailboxMark.id).desc())
        ).first()
    return Watermark(host, user, folder, row.uidvalidity, row.last_uid) if row else None


def _move_mark(session: Session, host: str, user: str, folder: str, raw: RawLetter) -> None:
    row = session.exec(
        select(MailboxMark).where(
            MailboxMark.host == host,
            MailboxMark.username == user,
            MailboxMark.folder == folder,
            MailboxMark.uidvalidity == raw.uidvalidity,
        )
    ).first()
    row = row or MailboxMark(host=host, username=user, folder=folder, uidvalidity=raw.uidvalidity)
    row.last_uid = max(row.last_uid, raw.uid)
    session.add(row)


def _to_file(bureau: Bureau, inbox: Inbox) -> list[tuple[int, int, int, Tray]]:
    """The letters that are done and still lie in the mailbox: (letter, UID, UIDVALIDITY, where to)."""
    host, user, folder = mailbox_name(inbox)
    with reading(bureau.engine) as session:
        rows = session.exec(
            select(Letter).where(
                Letter.host == host,
                Letter.username == user,
                Letter.folder == folder,
                col(Letter.filed_to).is_(None),
                col(Letter.state).in_([LetterState.DONE, LetterState.PARKED]),
            )
        ).all()
        firsts = [session.get(Letter, row.duplicate_of) if row.duplicate_of else None for row in rows]
    return [
        (row.id or 0, row.uid, row.uidvalidity, _tray(first or row)) for row, first in zip(rows, firsts, strict=True)
    ]


def _tray(letter: Letter) -> Tray:
    """Where a letter goes; a copy goes where its first one went."""
    if letter.state == LetterState.PARKED:
        return Tray.HUMAN
    return _TRAYS.get(LetterOutcome(letter.outcome or LetterOutcome.FAILED), Tray.DONE)


def _remember_filed(bureau: Bureau, letter_id: int, place: str) -> None:
    with transaction(bureau.engine) as session:
        row = session.get(Letter, letter_id)
        assert row is not None
        row.filed_to = place
        session.add(row)
