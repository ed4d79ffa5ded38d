"""IMAP commands in a selected folder: SEARCH, FETCH, STORE, COPY, MOVE, EXPUNGE, IDLE."""

import asyncio
from typing import ClassVar

from jucai.demo.mailserver.imap_fetch import Item, parse_items
from jucai.demo.mailserver.imap_folders import checked_flags
from jucai.demo.mailserver.imap_search import Candidate, CharsetUnknownError, parse_search
from jucai.demo.mailserver.imap_state import RefusedError, SessionState
from jucai.demo.mailserver.imap_wire import Arguments, CommandInvalidError, compact
from jucai.demo.mailserver.store import FolderMissingError

IDLE_LIMIT = 30 * 60.0


class SelectedCommands:
    """The part of a session that works on letters. `by_uid` says whether UID stood before the command."""

    UID_COMMANDS: ClassVar = frozenset({"SEARCH", "FETCH", "STORE", "COPY", "MOVE", "EXPUNGE"})
    state: SessionState
    by_uid: bool = False

    async def do_check(self, arguments: Arguments) -> str:
        """Everything is on the disk already."""
        arguments.end()
        self.state.selected()
        return ""

    async def do_close(self, arguments: Arguments) -> str:
        """Removes what is marked deleted, without telling, and leaves the folder."""
        arguments.end()
        view = self.state.selected()
        if view.writable:
            uids = await view.deleted(view.uids)
            await asyncio.to_thread(self.state.store.expunge, view.folder.id, uids)
        self.state.view = None
        return ""

    async def do_unselect(self, arguments: Arguments) -> str:
        """Leaves the folder and removes nothing."""
        arguments.end()
        self.state.selected()
        self.state.view = None
        return ""

    async def do_search(self, arguments: Arguments) -> str:
        """Which letters answer to all keys."""
        view = self.state.selected()
        numbers = range(1, len(view.uids) + 1)
        try:
            key = parse_search(arguments, numbers, view.uids)
        except CharsetUnknownError as error:
            raise RefusedError("[BADCHARSET (US-ASCII UTF-8 GBK GB2312 GB18030)] the charset is not known") from error
        candidates = [Candidate(n, entry, self.state.store.raw) for n, entry in view.numbered(view.uids)]

        def ask() -> list[int]:
            return [one.entry.uid if self.by_uid else one.number for one in candidates if key(one)]

        found = await asyncio.to_thread(ask)
        self.state.send(b"* SEARCH" + b"".join(b" %d" % number for number in found) + b"\r\n")
        return ""

    async def do_fetch(self, arguments: Arguments) -> str:
        """Flags, sizes, headers, bodies."""
        view = self.state.selected()
        uids = self._chosen(arguments)
        arguments.space()
        items = parse_items(arguments)
        arguments.end()
        if self.by_uid and Item("UID") not in items:
            items = [Item("UID"), *items]
        await view.fetch(uids, items, self.state.drain)
        return ""

    async def do_store(self, arguments: Arguments) -> str:
        """Sets, adds or removes flags and keywords."""
        uids = self._chosen(arguments)
        arguments.space()
        sign = "+" if arguments.skip(b"+") else "-" if arguments.skip(b"-") else ""
        name = arguments.atom()
        if name not in {"FLAGS", "FLAGS.SILENT"}:
            raise CommandInvalidError("STORE takes FLAGS")
        arguments.space()
        given = checked_flags(arguments.flags())
        arguments.end()

        def change(flags: frozenset[str]) -> frozenset[str]:
            return {"+": flags | given, "-": flags - given, "": given}[sign]

        await self.state.writable().change_flags(uids, change, silent=name == "FLAGS.SILENT")
        return ""

    async def do_copy(self, arguments: Arguments) -> str:
        """Copies letters to another folder."""
        return await self._transfer(arguments, move=False)

    async def do_move(self, arguments: Arguments) -> str:
        """Moves letters to another folder in one step (RFC 6851)."""
        self.state.writable()
        return await self._transfer(arguments, move=True)

    async def do_expunge(self, arguments: Arguments) -> str:
        """Removes what is marked deleted; UID EXPUNGE only among the named letters (RFC 4315)."""
        view = self.state.writable()
        uids = self._chosen(arguments) if self.by_uid else view.uids
        arguments.end()
        await asyncio.to_thread(self.state.store.expunge, view.folder.id, await view.deleted(uids))
        return ""

    async def do_idle(self, arguments: Arguments) -> str:
        """Tells of changes as they happen until the client says DONE (RFC 2177)."""
        arguments.end()
        state = self.state
        folder = state.view.folder.id if state.view else 0
        event = state.bell.join(folder)
        state.send(b"+ idling\r\n")
        line = asyncio.ensure_future(state.reader.line())
        try:
            async with asyncio.timeout(IDLE_LIMIT):
                while not line.done():
                    event.clear()
                    if state.view is not None:
                        await state.view.tell()
                    await state.drain()
                    ring = asyncio.ensure_future(event.wait())
                    await asyncio.wait({line, ring}, return_when=asyncio.FIRST_COMPLETED)
                    ring.cancel()
        except TimeoutError as error:
            raise RefusedError("idle for too long") from error
        finally:
            line.cancel()
            state.bell.leave(folder, event)
        if (await line).strip().upper() != b"DONE":
            raise CommandInvalidError("DONE was expected")
        return ""

    def _chosen(self, arguments: Arguments) -> list[int]:
        arguments.space()
        return self.state.selected().chosen(arguments.sequence_set(), by_uid=self.by_uid)

    async def _transfer(self, arguments: Arguments, *, move: bool) -> str:
        state, view = self.state, self.state.selected()
        uids = self._chosen(arguments)
        arguments.space()
        name = arguments.mailbox()
        arguments.end()
        try:
            validity, pairs = await asyncio.to_thread(
                lambda: state.store.copy(view.folder.id, uids, state.account(), name, move=move)
            )
        except FolderMissingError as error:
            raise RefusedError("[TRYCREATE] there is no such folder") from error
        if not pairs:
            return ""
        old, new = (compact([pair[side] for pair in pairs]).decode("ascii") for side in (0, 1))
        code = f"[COPYUID {validity} {old} {new}]"
        if not move:
            return f"OK {code} COPY completed"
        state.send(f"* OK {code} moved\r\n".encode("ascii"))
        return ""
