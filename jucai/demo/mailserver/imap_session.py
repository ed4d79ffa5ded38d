"""One IMAP4rev1 connection, from greeting to BYE: login, folders, and what is done in a folder's name.

RFC 3501 with LITERAL+ (7888), ID (2971), IDLE (2177), UIDPLUS (4315), MOVE (6851), UNSELECT (3691),
NAMESPACE (2342) and SASL-IR (4959).
"""

import asyncio
import base64
import binascii
import logging
import re
from collections.abc import Awaitable, Callable

from jucai.clock import Clock
from jucai.demo.mailserver.bell import Bell
from jucai.demo.mailserver.config import MailServerConfig
from jucai.demo.mailserver.imap_folders import FolderCommands
from jucai.demo.mailserver.imap_selected import SelectedCommands
from jucai.demo.mailserver.imap_state import RefusedError, SessionState
from jucai.demo.mailserver.imap_view import FolderGoneError
from jucai.demo.mailserver.imap_wire import Arguments, CommandInvalidError, CommandReader, CommandTooLongError
from jucai.demo.mailserver.smtp import password_is_right
from jucai.demo.mailserver.store import FolderMissingError, FolderRefusedError, MailStore, normal_address

CAPABILITIES = "IMAP4rev1 LITERAL+ SASL-IR ID IDLE UIDPLUS MOVE UNSELECT NAMESPACE AUTH=PLAIN"
AUTOLOGOUT = 30 * 60.0  # RFC 3501 §5.4: at least 30 minutes
LITERAL_BEFORE_LOGIN = 4 * 1024
LOGIN_ATTEMPTS = 5
BEFORE_LOGIN = frozenset({"CAPABILITY", "NOOP", "LOGOUT", "ID", "LOGIN", "AUTHENTICATE"})
TAG = re.compile(rb'[^\x00-\x20\x7f-\xff(){%*"\\+]+')
logger = logging.getLogger(__name__)

Command = Callable[[Arguments], Awaitable[str]]


class ImapSession(FolderCommands, SelectedCommands):
    """Speaks with one client; a test may subclass it to break the conversation at a chosen place."""

    def __init__(
        self,
        config: MailServerConfig,
        store: MailStore,
        bell: Bell,
        clock: Clock,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        super().__init__(SessionState(config, store, bell, clock, CommandReader(reader, writer), writer))
        self._failures = 0
        self._ended = False

    async def run(self) -> None:
        """Greets, and answers commands until the client leaves or has been silent for too long."""
        state = self.state
        state.send(f"* OK [CAPABILITY {CAPABILITIES}] {state.config.authserv_id} ready\r\n".encode())
        while not self._ended:
            await state.drain()
            limit = state.config.message_limit if state.user else LITERAL_BEFORE_LOGIN
            try:
                async with asyncio.timeout(AUTOLOGOUT):
                    command = await state.reader.command(limit)
            except TimeoutError:
                return self._bye("autologout; idle for too long")
            except CommandTooLongError as error:
                return self._bye(str(error))
            if not command:
                return None
            try:
                await self.answer(command)
            except FolderGoneError:
                return self._bye("the selected folder was removed")
        return await state.drain()

    async def answer(self, command: bytes) -> None:
        """Performs one command and sends its tagged answer. Raises FolderGoneError."""
        tag, _, rest = command.partition(b" ")
        if not TAG.fullmatch(tag) or not rest.strip():
            self.state.send(b"* BAD a tag and a command are expected\r\n")
            return
        arguments = Arguments(rest)
        try:
            outcome = await self._perform(arguments)
        except CommandInvalidError as error:
            outcome = f"BAD {error}"
        except FolderMissingError:
            outcome = "NO [NONEXISTENT] there is no such folder"
        except FolderRefusedError as error:
            outcome = f"NO [CANNOT] {error}"
        except RefusedError as error:
            outcome = f"NO {error}"
        self.state.send(tag + b" " + outcome.encode("ascii", "replace") + b"\r\n")

    async def _perform(self, arguments: Arguments) -> str:
        name = arguments.atom()
        self.by_uid = name == "UID"
        if self.by_uid:
            arguments.space()
            name = arguments.atom()
        method: Command | None = getattr(self, f"do_{name.lower()}", None)
        if method is None or (self.by_uid and name not in self.UID_COMMANDS):
            raise CommandInvalidError("the command is not known")
        if self.state.user is None and name not in BEFORE_LOGIN:
            raise CommandInvalidError("log in first")
        if self.state.user is not None and name in {"LOGIN", "AUTHENTICATE"}:
            raise CommandInvalidError("logged in already")
        reads = name in {"FETCH", "STORE", "SEARCH"}
        if reads and self.state.view is not None:
            # Before and not after: a client that passes over what it is told in between (many do) would
            # wait in IDLE for the letter it has just been told of.
            await self.state.view.tell(expunged=self.by_uid)
        outcome = await method(arguments)
        if not reads and self.state.view is not None:
            await self.state.view.tell()
        return outcome or f"OK {name} completed"

    # -- in any state

    async def do_capability(self, arguments: Arguments) -> str:
        """What this server can do."""
        arguments.end()
        self.state.send(f"* CAPABILITY {CAPABILITIES}\r\n".encode())
        return ""

    async def do_noop(self, arguments: Arguments) -> str:
        """A chance to hear what has changed."""
        arguments.end()
        return ""

    async def do_id(self, arguments: Arguments) -> str:
        """Who the two sides are (RFC 2971)."""
        arguments.space()
        if arguments.skip(b"("):
            while not arguments.skip(b")"):
                arguments.astring()
                arguments.skip(b" ")
        elif arguments.atom() != "NIL":
            raise CommandInvalidError("ID takes a list or NIL")
        arguments.end()
        self.state.identified = True
        self.state.send(b'* ID ("name" "jucai demo mail server")\r\n')
        return ""

    async def do_logout(self, arguments: Arguments) -> str:
        """Good-bye."""
        arguments.end()
        self.state.view = None
        self._bye("logging out")
        return ""

    # -- before login

    async def do_login(self, arguments: Arguments) -> str:
        """LOGIN with name and password."""
        arguments.space()
        user = arguments.text()
        arguments.space()
        password = arguments.text()
        arguments.end()
        return await self._log_in(user, password)

    async def do_authenticate(self, arguments: Arguments) -> str:
        """AUTHENTICATE PLAIN (RFC 4616), with or without an initial response."""
        arguments.space()
        if arguments.atom() != "PLAIN":
            raise RefusedError("only PLAIN is offered")
        if arguments.skip(b" "):
            response = arguments.astring()
            arguments.end()
        else:
            self.state.send(b"+ \r\n")
            await self.state.drain()
            response = (await self.state.reader.line()).strip()
        try:
            pieces = base64.b64decode(response, validate=True).decode("utf-8").split("\0")
        except (binascii.Error, UnicodeDecodeError) as error:
            raise CommandInvalidError("the response is not base64") from error
        if len(pieces) != 3:  # noqa: PLR2004  # authorisation identity, user, password
            raise CommandInvalidError("the response needs three parts")
        return await self._log_in(pieces[1], pieces[2])

    async def _log_in(self, user: str, password: str) -> str:
        user = normal_address(user)
        if not password_is_right(self.state.config, user, password):
            self._failures += 1
            if self._failures >= LOGIN_ATTEMPTS:
                self._bye("too many wrong passwords")
            raise RefusedError("[AUTHENTICATIONFAILED] wrong name or password")
        await asyncio.to_thread(self.state.store.open_account, user)
        self.state.user = user
        return f"OK [CAPABILITY {CAPABILITIES}] logged in"

    def _bye(self, reason: str) -> None:
        self._ended = True
        self.state.send(f"* BYE {reason}\r\n".encode("ascii", "replace"))
