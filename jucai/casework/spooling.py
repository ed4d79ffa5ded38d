"""Fetching letters: the raw bytes and the row in one step, the mailbox touched only after that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from jucai.casework.mailboxes import mailbox_name, open_mailbox
from jucai.mailroom.mailbox import Mailbox, MailboxError, MailboxRefusedError, RawLetter, Tray, Watermark
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
_FILED_TOGETHER = 100  # UIDs in one command: well below the 8,000 characters a server must take (RFC 7162 section 4)
GONE = "（已不在原处）"
"""What is written instead of a tray where somebody else moved the letter, or its folder was made anew."""

_LETTERS = cast("sa.Table", Letter.__table__)  # type: ignore[attr-defined] # SQLModel gives it at run time
_FIRST = _LETTERS.alias("first")
_UNFILED = (
    sa.select(
        _LETTERS.c.id,
        _LETTERS.c.uid,
        _LETTERS.c.uidvalidity,
        # A copy goes where its first one went.
        sa.func.coalesce(_FIRST.c.state, _LETTERS.c.state).label("state"),
        sa.func.coalesce(_FIRST.c.outcome, _LETTERS.c.outcome).label("outcome"),
    )
    .select_from(_LETTERS.outerjoin(_FIRST, _FIRST.c.id == _LETTERS.c.duplicate_of))
    .where(
        _LETTERS.c.host == sa.bindparam("host"),
        _LETTERS.c.username == sa.bindparam("user"),
        _LETTERS.c.folder == sa.bindparam("folder"),
        _LETTERS.c.filed_to.is_(None),
        _LETTERS.c.state.in_([LetterState.DONE.value, LetterState.PARKED.value]),
    )
    .order_by(_LETTERS.c.id)
)
_FILED = sa.update(_LETTERS).where(_LETTERS.c.id == sa.bindparam("row")).values(filed_to=sa.bindparam("place"))


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
                for moved in _file_away(bureau, inbox, mailbox, faults):
                    filed += moved  # counted at once: the line may break before the next
        except MailboxError as error:
            faults.append(str(error))
    return Fetched(new, filed, tuple(dict.fromkeys(faults)))


def _file_away(bureau: Bureau, inbox: Inbox, mailbox: Mailbox, faults: list[str]) -> Iterator[int]:
    """File what is done, and yield how many at a time; one round does it: two that move a letter leave two copies."""
    if not _to_file(bureau, inbox):
        return
    with lease(bureau.engine, "file." + ".".join(mailbox_name(inbox))) as held:
        for uidvalidity, tray, letters in _sets(_to_file(bureau, inbox)) if held else ():
            try:
                yield _file_set(bureau, mailbox, uidvalidity, tray, letters)
            except MailboxRefusedError:
                # One letter the server will not move must not keep the others where they are.
                for letter in letters:
                    try:
                        yield _file_set(bureau, mailbox, uidvalidity, tray, [letter])
                    except MailboxRefusedError as error:
                        faults.append(str(error))


def _file_set(
    bureau: Bureau, mailbox: Mailbox, uidvalidity: int, tray: Tray, letters: Sequence[tuple[int, int]]
) -> int:
    """Move letters, given as (row, UID), and write down that they are moved.

    Those that are gone were filed by a round that was killed before it could say so, or moved by a person.
    """
    gone = mailbox.file_away([uid for _, uid in letters], uidvalidity, tray)
    with transaction(bureau.engine) as session:
        for place, rows in (
            (str(tray), [row for row, uid in letters if uid not in gone]),
            (GONE, [row for row, uid in letters if uid in gone]),
        ):
            if rows:
                session.connection().execute(_FILED, [{"row": row, "place": place} for row in rows])
    return len(letters)


def _sets(to_file: Sequence[tuple[int, int, int, Tray]]) -> Iterator[tuple[int, Tray, list[tuple[int, int]]]]:
    """Letters that go the same way, as (UIDVALIDITY, tray, [(row, UID)]): one command moves many."""
    ways: dict[tuple[int, Tray], list[tuple[int, int]]] = {}
    for row, uid, uidvalidity, tray in to_file:
        ways.setdefault((uidvalidity, tray), []).append((row, uid))
    for (uidvalidity, tray), letters in ways.items():
        for start in range(0, len(letters), _FILED_TOGETHER):
            yield uidvalidity, tray, letters[start : start + _FILED_TOGETHER]


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
    digests = bureau.blobs.put_all([raw.data if raw.data is not None else raw.head for raw in letters])
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
        rows = session.connection().execute(_UNFILED, {"host": host, "user": user, "folder": folder}).all()
    return [(row.id, row.uid, row.uidvalidity, _tray(row.state, row.outcome)) for row in rows]


def _tray(state: str, outcome: str | None) -> Tray:
    if state == LetterState.PARKED:
        return Tray.HUMAN
    return _TRAYS.get(LetterOutcome(outcome or LetterOutcome.FAILED), Tray.DONE)
