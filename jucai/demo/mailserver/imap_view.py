"""The folder a session has selected: its own numbering, and what has changed since it last heard."""

import asyncio
from bisect import bisect_left
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from jucai.demo.mailserver import imap_fetch
from jucai.demo.mailserver.imap_fetch import Item, flag_list
from jucai.demo.mailserver.imap_wire import CommandInvalidError, SequenceSet
from jucai.demo.mailserver.store import Entry, Folder, MailStore

SEEN = "\\Seen"
DELETED = "\\Deleted"
Send = Callable[[bytes], None]


class FolderGoneError(LookupError):
    """Another session has removed the selected folder; the session ends with BYE."""


class View:
    """A session's numbering of a folder: message n is the n-th letter it was told of."""

    def __init__(self, store: MailStore, folder: Folder, send: Send, *, writable: bool) -> None:
        self.folder = folder
        self.writable = writable
        self._store = store
        self._send = send
        self._told: int | None = None
        self._uids: list[int] = []
        self._entries: dict[int, Entry] = {}

    async def open(self) -> None:
        """Reads the folder for the first time, without telling of single letters."""
        self._told = await asyncio.to_thread(self._store.changes, self.folder.id)
        entries = await asyncio.to_thread(self._store.entries, self.folder.id)
        self._entries = {entry.uid: entry for entry in entries}
        self._uids = list(self._entries)

    @property
    def uids(self) -> Sequence[int]:
        """The UIDs known to this session, ascending."""
        return self._uids

    def keywords(self) -> frozenset[str]:
        """All flags in use."""
        return frozenset().union(*(entry.flags for entry in self._entries.values()))

    def first_unseen(self) -> int | None:
        """The number of the first letter not seen."""
        return next((n for n, uid in enumerate(self._uids, 1) if SEEN not in self._entries[uid].flags), None)

    def numbered(self, uids: Sequence[int]) -> list[tuple[int, Entry]]:
        """Letters with their numbers."""
        return [(bisect_left(self._uids, uid) + 1, self._entries[uid]) for uid in uids]

    def chosen(self, wanted: SequenceSet, *, by_uid: bool) -> list[int]:
        """The UIDs a command means; a number without a letter is an error, a UID without one is not."""
        if by_uid:
            return wanted.select(self._uids)
        count = len(self._uids)
        if any(end is not None and not 0 < end <= count for ends in wanted.ranges for end in ends):
            raise CommandInvalidError("there is no message of that number")
        return [self._uids[number - 1] for number in wanted.select(range(1, count + 1))]

    async def tell(self, *, expunged: bool = True) -> None:
        """Tells what has changed; raises FolderGoneError.

        `expunged=False` keeps numbers in place, as FETCH, STORE and SEARCH by number must (RFC 3501
        §7.4.1); a removal is then told later.
        """
        now = await asyncio.to_thread(self._store.changes, self.folder.id)
        if now == self._told:
            return
        if now is None:
            raise FolderGoneError(self.folder.name)
        present = {entry.uid: entry for entry in await asyncio.to_thread(self._store.entries, self.folder.id)}
        gone = [uid for uid in self._uids if uid not in present]
        if expunged:
            self._forget(gone)
        fresh = [uid for uid in present if uid not in self._entries]
        changed = [uid for uid in self._uids if uid in present and present[uid].flags != self._entries[uid].flags]
        self._entries.update(present)
        self._uids += fresh
        if fresh:
            self._send(b"* %d EXISTS\r\n* 0 RECENT\r\n" % len(self._uids))
        for number, entry in self.numbered(changed):
            self._send(b"* %d FETCH (UID %d FLAGS %s)\r\n" % (number, entry.uid, flag_list(entry.flags)))
        self._told = None if gone and not expunged else now

    async def fetch(self, uids: Sequence[int], items: list[Item], drain: Callable[[], Awaitable[None]]) -> None:
        """Answers FETCH for each letter; one that has been removed meanwhile is passed over."""
        marks = self.writable and any(item.marks_seen for item in items)
        opens = imap_fetch.needs_letter(items)
        for number, entry in self.numbered(uids):
            raw = await asyncio.to_thread(self._store.raw, entry.id) if opens else b""
            if raw is None:
                continue
            asked = items
            if marks and SEEN not in entry.flags:
                await self.change_flags([entry.uid], lambda flags: flags | {SEEN}, silent=True)
                entry = self._entries[entry.uid]  # noqa: PLW2901  # the same letter with its new flags
                asked = items if Item("FLAGS") in items else [*items, Item("FLAGS")]
            self._send(b"* %d FETCH (" % number + imap_fetch.answer(asked, entry, raw) + b")\r\n")
            await drain()

    async def change_flags(
        self, uids: Sequence[int], change: Callable[[frozenset[str]], frozenset[str]], *, silent: bool
    ) -> None:
        """Changes flags in the store and here; tells the new ones unless `silent`."""
        flags = await asyncio.to_thread(self._store.change_flags, self.folder.id, uids, change)
        for number, entry in self.numbered([uid for uid in uids if uid in flags]):
            self._entries[entry.uid] = replace(entry, flags=flags[entry.uid])
            if not silent:
                self._send(b"* %d FETCH (UID %d FLAGS %s)\r\n" % (number, entry.uid, flag_list(flags[entry.uid])))

    async def deleted(self, among: Sequence[int]) -> list[int]:
        """Those of the letters that carry the Deleted flag now."""
        present = await asyncio.to_thread(self._store.entries, self.folder.id)
        wanted = set(among)
        return [entry.uid for entry in present if entry.uid in wanted and DELETED in entry.flags]

    def _forget(self, uids: Sequence[int]) -> None:
        for uid in reversed(uids):
            number = bisect_left(self._uids, uid) + 1
            del self._uids[number - 1]
            del self._entries[uid]
            self._send(b"* %d EXPUNGE\r\n" % number)
