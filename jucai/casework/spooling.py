"""Fetching letters: the raw bytes and the row in one step, the mailbox touched only after that."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from sqlmodel import Session, col, select

from jucai.casework.mailboxes import mailbox_name, open_mailbox
from jucai.mailroom.mailbox import LetterGoneError, MailboxError, RawLetter, Tray, Watermark
from jucai.settings import Inbox
from jucai.store.bureau import Bureau
from jucai.store.database import reading, transaction
from models.letters import Letter, LetterOutcome, LetterState, MailboxMark

_TRAYS = {
    LetterOutcome.AUTO_REPLY: Tray.NONE,
    LetterOutcome.BOUNCE: Tray.NONE,
    LetterOutcome.SPAM: Tray.NONE,
}


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
                for raw in mailbox.fetch_new(_mark(bureau, inbox)):
                    new += spool(bureau, inbox, raw)
                for letter_id, uid, uidvalidity, tray in _to_file(bureau, inbox):
                    # Gone: filed by a round that was killed before it could say so, or by a person.
                    with suppress(LetterGoneError):
                        mailbox.file_away(uid, uidvalidity, tray)
                    _remember_filed(bureau, letter_id, tray)
                    filed += 1
        except MailboxError as error:
            faults.append(str(error))
    return Fetched(new, filed, tuple(faults))


def spool(bureau: Bureau, inbox: Inbox, raw: RawLetter) -> bool:
    """Keep one letter and move the mark, in one transaction; False if this very letter is already ours."""
    host, user, folder = mailbox_name(inbox)
    data = raw.data if raw.data is not None else b""
    sha256 = bureau.blobs.put(data) if raw.data is not None else hashlib.sha256(b"").hexdigest()
    with transaction(bureau.engine) as session:
        known = session.exec(
            select(Letter.id).where(
                Letter.host == host,
                Letter.username == user,
                Letter.folder == folder,
                Letter.uidvalidity == raw.uidvalidity,
                Letter.uid == raw.uid,
            )
        ).first()
        if known is None:
            session.add(
                Letter(
                    host=host,
                    username=user,
                    folder=folder,
                    uidvalidity=raw.uidvalidity,
                    uid=raw.uid,
                    sha256=sha256,
                    size=raw.size,
                    received_at=raw.internal_date,
                    details={} if raw.data is not None else {"oversize": True},
                )
            )
        _move_mark(session, host, user, folder, raw)
    return known is None


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


def _to_file(bureau: Bureau, inbox: Inbox) -> Iterator[tuple[int, int, int, Tray]]:
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
    for row in rows:
        assert row.id is not None
        parked = row.state == LetterState.PARKED
        tray = Tray.HUMAN if parked else _TRAYS.get(LetterOutcome(row.outcome or LetterOutcome.FAILED), Tray.DONE)
        yield row.id, row.uid, row.uidvalidity, tray


def _remember_filed(bureau: Bureau, letter_id: int, tray: Tray) -> None:
    with transaction(bureau.engine) as session:
        row = session.get(Letter, letter_id)
        assert row is not None
        row.filed_to = tray.value
        session.add(row)
