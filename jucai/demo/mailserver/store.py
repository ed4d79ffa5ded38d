"""What the mail server keeps: accounts, folders and letters in one SQLite file.

A letter is its trace header (ours, per recipient) followed by the received bytes (kept once, by their
SHA-256). Every change is one transaction, written through to the disk before the sender hears 250.
"""

import hashlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jucai.demo.mailserver.letter import Summary

INBOX = "INBOX"
DELIMITER = "/"
SCHEMA = """
CREATE TABLE IF NOT EXISTS account (
    id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS folder (
    id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER NOT NULL REFERENCES account(id), name TEXT NOT NULL,
    uidvalidity INTEGER NOT NULL UNIQUE, uidnext INTEGER NOT NULL DEFAULT 1, changes INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account_id, name));
CREATE TABLE IF NOT EXISTS body (
    sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS letter (
    id INTEGER PRIMARY KEY AUTOINCREMENT, folder_id INTEGER NOT NULL REFERENCES folder(id), uid INTEGER NOT NULL,
    sha256 TEXT NOT NULL REFERENCES body(sha256), trace BLOB NOT NULL, size INTEGER NOT NULL,
    received_at TEXT NOT NULL, flags TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL, sender TEXT NOT NULL, recipients TEXT NOT NULL, message_id TEXT NOT NULL,
    attachments INTEGER NOT NULL, excerpt TEXT NOT NULL,
    UNIQUE (folder_id, uid));
CREATE INDEX IF NOT EXISTS letter_body ON letter (sha256);
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""
KEPT = "sha256, trace, size, received_at, flags, subject, sender, recipients, message_id, attachments, excerpt"
COLUMNS = "l.id, l.uid, l.size, l.received_at, l.flags"


class FolderMissingError(LookupError):
    """There is no such folder."""


class FolderRefusedError(ValueError):
    """The folder cannot be made, renamed or removed; the message says why."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as it stood when it was read."""

    id: int
    name: str
    uidvalidity: int
    uidnext: int
    changes: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What IMAP shows of a letter without opening it. `size` in bytes."""

    id: int
    uid: int
    size: int
    received_at: datetime
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A letter to be put into one folder: our trace header and what it says at a glance."""

    account: str
    trace: bytes
    summary: Summary
    folder: str = INBOX
    flags: frozenset[str] = frozenset()


class MailStore:
    """The one file behind SMTP, IMAP and the page; safe to call from any thread."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.execute("PRAGMA foreign_keys = ON")
        self._database.executescript(SCHEMA)
        self._listeners: list[Callable[[int], None]] = []

    def close(self) -> None:
        """Closes the file; nothing can be read or written afterwards."""
        with self._lock:
            self._database.close()

    def on_change(self, listener: Callable[[int], None]) -> None:
        """Calls `listener` with a folder's id after each committed change, from the writing thread."""
        self._listeners.append(listener)

    # -- accounts and folders

    def open_account(self, address: str) -> None:
        """Makes the account and its INBOX unless they exist."""
        with self._writing():
            self._folder_id(address, INBOX, create=True)

    def folders(self, address: str) -> list[Folder]:
        """The account's folders by name, INBOX first."""
        rows = self.rows(
            "SELECT f.id, f.name, f.uidvalidity, f.uidnext, f.changes"
            " FROM folder f JOIN account a ON a.id = f.account_id WHERE a.address = ?"
            " ORDER BY f.name <> 'INBOX', f.name",
            (address,),
        )
        return [Folder(*row) for row in rows]

    def folder(self, address: str, name: str) -> Folder:
        """One folder; raises FolderMissingError."""
        name = canonical(name)
        for folder in self.folders(address):
            if folder.name == name:
                return folder
        raise FolderMissingError(name)

    def create_folder(self, address: str, name: str) -> Folder:
        """A new folder with a UIDVALIDITY never used before; raises FolderRefusedError if it exists."""
        name = canonical(name).rstrip(DELIMITER)
        if not name or any(not level for level in name.split(DELIMITER)):
            raise FolderRefusedError("the name is empty or has an empty level")
        with self._writing():
            if any(folder.name == name for folder in self.folders(address)):
                raise FolderRefusedError("the folder exists already")
            levels = name.split(DELIMITER)
            for depth in range(1, len(levels) + 1):  # those above it too, as RFC 3501 §6.3.3 asks
                self._folder_id(address, DELIMITER.join(levels[:depth]), create=True)
        return self.folder(address, name)

    def delete_folder(self, address: str, name: str) -> None:
        """Removes a folder and its letters; INBOX stays. Raises FolderMissingError, FolderRefusedError."""
        folder = self.folder(address, name)
        if folder.name == INBOX:
            raise FolderRefusedError("INBOX cannot be deleted")
        with self._writing() as changed:
            changed.add(folder.id)
            self._remove(folder.id, [entry.uid for entry in self.entries(folder.id)])
            self._database.execute("DELETE FROM folder WHERE id = ?", (folder.id,))

    def rename_folder(self, address: str, name: str, new_name: str) -> None:
        """Renames a folder and those below it; raises FolderMissingError, FolderRefusedError."""
        folder, new_name = self.folder(address, name), canonical(new_name)
        with self._writing():
            names = {other.name: other.id for other in self.folders(address)}
            if folder.name == INBOX or new_name in names or not new_name.strip(DELIMITER):
                raise FolderRefusedError("INBOX cannot be renamed, and a name can be given only once")
            for other, number in names.items():
                if other == folder.name or other.startswith(folder.name + DELIMITER):
                    renamed = new_name + other[len(folder.name) :]
                    self._database.execute("UPDATE folder SET name = ? WHERE id = ?", (renamed, number))

    # -- letters

    def deliver(self, raw: bytes, deliveries: Sequence[Delivery], received_at: datetime) -> list[tuple[int, int]]:
        """Stores one letter in all its folders in one transaction; (UIDVALIDITY, UID) of each.

        Accounts and their INBOX are made as needed; any other folder must exist (FolderMissingError).
        """
        digest, stamp = hashlib.sha256(raw).hexdigest(), received_at.isoformat()
        placed = []
        with self._writing() as changed:
            self._database.execute("INSERT OR IGNORE INTO body VALUES (?, ?)", (digest, raw))
            for one in deliveries:
                folder = self._folder_id(one.account, one.folder, create=canonical(one.folder) == INBOX)
                validity, uid = self._next_uid(folder)
                summary = one.summary
                self._database.execute(
                    f"INSERT INTO letter (folder_id, uid, {KEPT}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",  # noqa: S608  # constants
                    (
                        *(folder, uid, digest, one.trace, len(one.trace) + len(raw), stamp, _join(one.flags)),
                        *(summary.subject, summary.sender, summary.recipients, summary.message_id),
                        *(summary.attachments, summary.excerpt),
                    ),
                )
                changed.add(folder)
                placed.append((validity, uid))
        return placed

    def entries(self, folder: int) -> list[Entry]:
        """All letters of a folder in UID order."""
        rows = self.rows(f"SELECT {COLUMNS} FROM letter l WHERE l.folder_id = ? ORDER BY l.uid", (folder,))  # noqa: S608  # a constant
        return [_entry(row) for row in rows]

    def changes(self, folder: int) -> int | None:
        """A number that grows with every change of the folder; None when the folder is gone."""
        rows = self.rows("SELECT changes FROM folder WHERE id = ?", (folder,))
        return rows[0][0] if rows else None

    def raw(self, letter: int) -> bytes | None:
        """The whole letter, trace header first; None when it was expunged."""
        rows = self.rows(
            "SELECT l.trace, b.bytes FROM letter l JOIN body b ON b.sha256 = l.sha256 WHERE l.id = ?",
            (letter,),
        )
        return bytes(rows[0][0]) + bytes(rows[0][1]) if rows else None

    def change_flags(
        self, folder: int, uids: Sequence[int], change: Callable[[frozenset[str]], frozenset[str]]
    ) -> dict[int, frozenset[str]]:
        """Gives letters the flags that `change` makes of theirs; the new flags by UID, without those gone."""
        result = {}
        with self._writing() as changed:
            for uid in uids:
                row = self._database.execute(
                    "SELECT flags FROM letter WHERE folder_id = ? AND uid = ?", (folder, uid)
                ).fetchone()
                if row is None:
                    continue
                result[uid] = change(frozenset(row[0].split()))
                if _join(result[uid]) != row[0]:
                    changed.add(folder)
                    self._database.execute(
                        "UPDATE letter SET flags = ? WHERE folder_id = ? AND uid = ?",
                        (_join(result[uid]), folder, uid),
                    )
        return result

    def expunge(self, folder: int, uids: Sequence[int]) -> None:
        """Removes letters for good."""
        with self._writing() as changed:
            changed.add(folder)
            self._remove(folder, uids)

    def copy(
        self, folder: int, uids: Sequence[int], address: str, name: str, *, move: bool = False
    ) -> tuple[int, list[tuple[int, int]]]:
        """Copies or moves letters in one transaction: the folder's UIDVALIDITY, [(old UID, new UID)]."""
        target = self.folder(address, name)
        pairs = []
        with self._writing() as changed:
            for uid in uids:
                found = self._database.execute(
                    "SELECT id FROM letter WHERE folder_id = ? AND uid = ?", (folder, uid)
                ).fetchone()
                if found is None:
                    continue
                _, fresh = self._next_uid(target.id)
                self._database.execute(
                    f"INSERT INTO letter (folder_id, uid, {KEPT}) SELECT ?, ?, {KEPT} FROM letter WHERE id = ?",  # noqa: S608  # constants
                    (target.id, fresh, found[0]),
                )
                pairs.append((uid, fresh))
            changed.add(target.id)
            if move:
                changed.add(folder)
                self._remove(folder, [old for old, _ in pairs])
        return target.uidvalidity, pairs

    # -- inside

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The answer to one reading statement; `listing` asks for the page's lists here."""
        with self._lock:
            return self._database.execute(statement, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[set[int]]:
        """One transaction; folders named in the set it yields are announced after the commit."""
        changed: set[int] = set()
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield changed
                for folder in changed:
                    self._database.execute("UPDATE folder SET changes = changes + 1 WHERE id = ?", (folder,))
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")
        for folder in changed:
            for listener in self._listeners:
                listener(folder)

    def _folder_id(self, address: str, name: str, *, create: bool) -> int:
        row = self._database.execute(
            "SELECT f.id FROM folder f JOIN account a ON a.id = f.account_id WHERE a.address = ? AND f.name = ?",
            (address, canonical(name)),
        ).fetchone()
        if row is not None:
            return int(row[0])
        if not create:
            raise FolderMissingError(name)
        self._database.execute("INSERT OR IGNORE INTO account (address) VALUES (?)", (address,))
        cursor = self._database.execute(
            "INSERT INTO folder (account_id, name, uidvalidity) SELECT id, ?, ? FROM account WHERE address = ?",
            (canonical(name), self._new_uidvalidity(), address),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _new_uidvalidity(self) -> int:
        # Seconds, as most servers do, but never one that was given before: a folder that is deleted and
        # made again must not look like the old one (RFC 3501 §2.3.1.1).
        row = self._database.execute(
            "INSERT INTO counter VALUES ('uidvalidity', ?) ON CONFLICT (name) DO UPDATE"
            " SET value = max(value + 1, excluded.value) RETURNING value",
            (int(time.time()),),
        ).fetchone()
        return int(row[0])

    def _next_uid(self, folder: int) -> tuple[int, int]:
        row = self._database.execute(
            "UPDATE folder SET uidnext = uidnext + 1 WHERE id = ? RETURNING uidvalidity, uidnext - 1",
            (folder,),
        ).fetchone()
        return int(row[0]), int(row[1])

    def _remove(self, folder: int, uids: Sequence[int]) -> None:
        for uid in uids:
            gone = self._database.execute(
                "DELETE FROM letter WHERE folder_id = ? AND uid = ? RETURNING sha256", (folder, uid)
            ).fetchone()
            if gone is not None:
                self._database.execute(
                    "DELETE FROM body WHERE sha256 = ?"
                    " AND NOT EXISTS (SELECT 1 FROM letter WHERE sha256 = body.sha256)",
                    (gone[0],),
                )


def canonical(name: str) -> str:
    """A folder's name as it is stored: INBOX in any case is INBOX (RFC 3501 §5.1)."""
    return INBOX if name.upper() == INBOX else name


def normal_address(address: str) -> str:
    """The mailbox an address belongs to: lower case, without angle brackets and `+detail` (RFC 5233)."""
    local, at, domain = address.strip().strip("<>").lower().rpartition("@")
    return (local.split("+", 1)[0] or local) + at + domain


def _join(flags: frozenset[str]) -> str:
    return " ".join(sorted(flags))


def _entry(row: Sequence[Any]) -> Entry:
    number, uid, size, received_at, flags = row
    return Entry(number, uid, size, datetime.fromisoformat(received_at), frozenset(flags.split()))
