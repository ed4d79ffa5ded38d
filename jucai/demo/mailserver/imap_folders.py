"""IMAP commands about folders: LIST, STATUS, CREATE, SELECT, APPEND and their kin."""

import asyncio
import re

from jucai.demo.mailserver.imap_state import RefusedError, SessionState
from jucai.demo.mailserver.imap_view import SEEN, View
from jucai.demo.mailserver.imap_wire import (
    LIST_ATOM,
    Arguments,
    CommandInvalidError,
    encode_utf7,
    parse_internal_date,
    quoted,
)
from jucai.demo.mailserver.letter import summarise
from jucai.demo.mailserver.store import DELIMITER, Delivery, Folder, FolderMissingError

SYSTEM_FLAGS = frozenset({"\\Answered", "\\Flagged", "\\Deleted", SEEN, "\\Draft"})
UNSAFE_LOGIN = "Unsafe Login: send ID first"  # what 163 and 126 say to a client they do not know


class FolderCommands:
    """The part of a session that needs no selected folder."""

    def __init__(self, state: SessionState) -> None:
        self.state = state

    async def do_namespace(self, arguments: Arguments) -> str:
        """One personal namespace."""
        arguments.end()
        self.state.send(b'* NAMESPACE (("" "/")) NIL NIL\r\n')
        return ""

    async def do_list(self, arguments: Arguments, answer: bytes = b"LIST") -> str:
        """Folders that match a pattern of * and %."""
        arguments.space()
        reference = arguments.mailbox()
        arguments.space()
        pattern = arguments.mailbox(LIST_ATOM)
        arguments.end()
        if not pattern:
            self.state.send(b'* %s (\\Noselect) "/" ""\r\n' % answer)
            return ""
        matches = _pattern(reference + pattern)
        for folder in await asyncio.to_thread(self.state.store.folders, self.state.account()):
            if matches.fullmatch(folder.name):
                self.state.send(b'* %s () "/" %s\r\n' % (answer, quoted(encode_utf7(folder.name))))
        return ""

    async def do_lsub(self, arguments: Arguments) -> str:
        """Every folder counts as subscribed."""
        return await self.do_list(arguments, b"LSUB")

    async def do_subscribe(self, arguments: Arguments) -> str:
        """Folders are always subscribed; only the name is checked."""
        await self._named(arguments)
        return ""

    async def do_unsubscribe(self, arguments: Arguments) -> str:
        """Not offered."""
        await self._named(arguments)
        raise RefusedError("[CANNOT] every folder stays subscribed")

    async def do_create(self, arguments: Arguments) -> str:
        """A new folder."""
        arguments.space()
        name = arguments.mailbox()
        arguments.end()
        await asyncio.to_thread(self.state.store.create_folder, self.state.account(), name)
        return ""

    async def do_delete(self, arguments: Arguments) -> str:
        """Removes a folder with its letters."""
        folder = await self._named(arguments)
        await asyncio.to_thread(self.state.store.delete_folder, self.state.account(), folder.name)
        if self.state.view is not None and self.state.view.folder.id == folder.id:
            self.state.view = None
        return ""

    async def do_rename(self, arguments: Arguments) -> str:
        """Gives a folder another name."""
        arguments.space()
        name = arguments.mailbox()
        arguments.space()
        new_name = arguments.mailbox()
        arguments.end()
        await asyncio.to_thread(self.state.store.rename_folder, self.state.account(), name, new_name)
        return ""

    async def do_status(self, arguments: Arguments) -> str:
        """Counts of a folder that need not be selected."""
        arguments.space()
        name = arguments.mailbox()
        arguments.space()
        if not arguments.skip(b"("):
            raise CommandInvalidError("a list of items is missing")
        items = [arguments.atom()]
        while arguments.skip(b" "):
            items.append(arguments.atom())
        if not arguments.skip(b")"):
            raise CommandInvalidError("a parenthesis is missing")
        arguments.end()
        folder = await asyncio.to_thread(self.state.store.folder, self.state.account(), name)
        entries = await asyncio.to_thread(self.state.store.entries, folder.id)
        counts = {
            "MESSAGES": len(entries),
            "RECENT": 0,
            "UIDNEXT": folder.uidnext,
            "UIDVALIDITY": folder.uidvalidity,
            "UNSEEN": sum(SEEN not in entry.flags for entry in entries),
        }
        if unknown := [item for item in items if item not in counts]:
            raise CommandInvalidError(f"status item {unknown[0]} is not known")
        shown = " ".join(f"{item} {counts[item]}" for item in items).encode("ascii")
        self.state.send(b"* STATUS %s (%s)\r\n" % (quoted(encode_utf7(folder.name)), shown))
        return ""

    async def do_select(self, arguments: Arguments) -> str:
        """Opens a folder for reading and changing."""
        return await self._open(arguments, writable=True)

    async def do_examine(self, arguments: Arguments) -> str:
        """Opens a folder for reading only."""
        return await self._open(arguments, writable=False)

    async def do_append(self, arguments: Arguments) -> str:
        """Puts a letter into a folder as it is (RFC 3501 §6.3.11)."""
        arguments.space()
        name = arguments.mailbox()
        arguments.space()
        flags: frozenset[str] = frozenset()
        if arguments.looking_at(re.compile(rb"\(")):
            flags = checked_flags(arguments.flags())
            arguments.space()
        moment = self.state.clock.now()
        if arguments.looking_at(re.compile(rb'"')):
            moment = parse_internal_date(arguments.text()).astimezone(moment.tzinfo)
            arguments.space()
        raw = arguments.astring()
        arguments.end()
        if not raw:
            raise RefusedError("[CANNOT] an empty letter cannot be stored")
        summary = await asyncio.to_thread(summarise, raw)
        delivery = Delivery(self.state.account(), b"", summary, name, flags)
        try:
            placed = await asyncio.to_thread(self.state.store.deliver, raw, [delivery], moment)
        except FolderMissingError as error:
            raise RefusedError("[TRYCREATE] there is no such folder") from error
        return f"OK [APPENDUID {placed[0][0]} {placed[0][1]}] APPEND completed"

    async def _named(self, arguments: Arguments) -> Folder:
        arguments.space()
        name = arguments.mailbox()
        arguments.end()
        return await asyncio.to_thread(self.state.store.folder, self.state.account(), name)

    async def _open(self, arguments: Arguments, *, writable: bool) -> str:
        state = self.state
        state.view = None  # a SELECT that fails leaves nothing selected
        if state.config.imap_requires_id and not state.identified:
            raise RefusedError(UNSAFE_LOGIN)
        folder = await self._named(arguments)
        view = View(state.store, folder, state.send, writable=writable)
        await view.open()
        flags = " ".join(sorted(SYSTEM_FLAGS | view.keywords()))
        permanent = f"{flags} \\*" if writable else ""
        unseen = view.first_unseen()
        for line in (
            f"FLAGS ({flags})",
            f"{len(view.uids)} EXISTS",
            "0 RECENT",
            *([f"OK [UNSEEN {unseen}] first unseen"] if unseen else []),
            f"OK [PERMANENTFLAGS ({permanent})] kept",
            f"OK [UIDVALIDITY {folder.uidvalidity}] valid",
            f"OK [UIDNEXT {max(folder.uidnext, view.uids[-1] + 1 if view.uids else 1)}] predicted",
        ):
            state.send(f"* {line}\r\n".encode("ascii"))
        state.view = view
        return f"OK [READ-{'WRITE' if writable else 'ONLY'}] {'SELECT' if writable else 'EXAMINE'} completed"


def checked_flags(flags: frozenset[str]) -> frozenset[str]:
    """The flags without Recent, which no client may set; raises CommandInvalidError for unknown system flags."""
    flags -= {"\\Recent"}
    if any(flag.startswith("\\") and flag not in SYSTEM_FLAGS for flag in flags):
        raise CommandInvalidError("a system flag is not known")
    return flags


def _pattern(pattern: str) -> re.Pattern[str]:
    pieces = {"*": ".*", "%": f"[^{DELIMITER}]*"}
    shrunk = re.sub(r"[*%]*\*[*%]*", "*", re.sub(r"%+", "%", pattern))
    text = "".join(pieces.get(character, re.escape(character)) for character in shrunk)
    return re.compile(text, re.IGNORECASE if pattern.upper() == "INBOX" else re.NOFLAG)
