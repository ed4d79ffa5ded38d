import asyncio
from dataclasses import dataclass

from jucai.clock import Clock
from jucai.demo.mailserver.bell import Bell
from jucai.demo.mailserver.config import MailServerConfig
from jucai.demo.mailserver.imap_view import View
from jucai.demo.mailserver.imap_wire import CommandInvalidError, CommandReader
from jucai.demo.mailserver.store import MailStore


class RefusedError(Exception):
    """The command was understood and cannot be done; the message may begin with a response code."""


@dataclass(slots=True)
class SessionState:
    """What one session knows: its connection, who logged in, and the folder it has selected."""

    config: MailServerConfig
    store: MailStore
    bell: Bell
    clock: Clock
    reader: CommandReader
    writer: asyncio.StreamWriter
    user: str | None = None
    identified: bool = False
    view: View | None = None

    def send(self, data: bytes) -> None:
        """Queues an answer; `drain` sees it off."""
        self.writer.write(data)

    async def drain(self) -> None:
        """Waits until the client has taken enough of what was sent."""
        await self.writer.drain()

    def account(self) -> str:
        """The address that is logged in; raises CommandInvalidError."""
        if self.user is None:
            raise CommandInvalidError("log in first")
        return self.user

    def selected(self) -> View:
        """The selected folder; raises CommandInvalidError."""
        if self.view is None:
            raise CommandInvalidError("select a folder first")
        return self.view

    def writable(self) -> View:
        """The selected folder, opened for changes; raises CommandInvalidError, RefusedError."""
        view = self.selected()
        if not view.writable:
            raise RefusedError("[READ-ONLY] the folder was opened with EXAMINE")
        return view
