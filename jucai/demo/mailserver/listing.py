"""The lists of the page: whose mail there is, and what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jucai.demo.mailserver.letter import Summary
from jucai.demo.mailserver.store import MailStore

COLUMNS = (
    "l.id, a.address, f.name, l.uid, l.received_at, l.size, l.flags,"
    " l.subject, l.sender, l.recipients, l.message_id, l.attachments, l.excerpt"
)
TABLES = "letter l JOIN folder f ON f.id = l.folder_id JOIN account a ON a.id = f.account_id"
SEARCHED = "lower(l.subject || char(10) || l.sender || char(10) || l.recipients || char(10) || l.excerpt)"


@dataclass(frozen=True, slots=True)
class MailboxCount:
    """An address of the demo and how much mail it holds."""

    address: str
    letters: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class ListedLetter:
    """A line of the list of letters. `size` in bytes."""

    id: int
    address: str
    folder: str
    uid: int
    received_at: datetime
    size: int
    seen: bool
    summary: Summary


def mailboxes(store: MailStore) -> list[MailboxCount]:
    """Every address, the one with the newest mail first."""
    rows = store.rows(
        "SELECT a.address, count(l.id), max(l.received_at) FROM account a JOIN folder f ON f.account_id = a.id"
        " LEFT JOIN letter l ON l.folder_id = f.id GROUP BY a.id ORDER BY max(l.id) DESC, a.address"
    )
    return [MailboxCount(row[0], row[1], datetime.fromisoformat(row[2]) if row[2] else None) for row in rows]


def letters(
    store: MailStore, address: str, *, search: str = "", after: int = 0, limit: int = 50, offset: int = 0
) -> list[ListedLetter]:
    """An address's letters in all its folders, newest first, in pages of `limit`."""
    rows = store.rows(
        f"SELECT {COLUMNS} FROM {TABLES} WHERE a.address = ? AND l.id > ? AND instr({SEARCHED}, ?) > 0"  # noqa: S608  # constants
        " ORDER BY l.id DESC LIMIT ? OFFSET ?",
        (address, after, search.strip().lower(), limit, offset),
    )
    return [_listed(row) for row in rows]


def letter(store: MailStore, number: int) -> ListedLetter | None:
    """One letter's line, or None when there is no such letter."""
    rows = store.rows(f"SELECT {COLUMNS} FROM {TABLES} WHERE l.id = ?", (number,))  # noqa: S608  # constants
    return _listed(rows[0]) if rows else None


def _listed(row: tuple[Any, ...]) -> ListedLetter:
    number, address, folder, uid, received_at, size, flags, *summary = row
    return ListedLetter(
        id=number,
        address=address,
        folder=folder,
        uid=uid,
        received_at=datetime.fromisoformat(received_at),
        size=size,
        seen="\\Seen" in flags.split(),
        summary=Summary(*summary),
    )
