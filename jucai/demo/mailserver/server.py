import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from typing import Any

import uvicorn

from jucai.clock import Clock, SystemClock
from jucai.demo.mailserver.bell import Bell
from jucai.demo.mailserver.certificate import ensure_certificate
from jucai.demo.mailserver.config import MailServerAddresses, MailServerConfig
from jucai.demo.mailserver.imap_session import ImapSession
from jucai.demo.mailserver.imap_wire import LINE_LIMIT
from jucai.demo.mailserver.smtp import LetterHandler, protocol_factory
from jucai.demo.mailserver.store import MailStore
from jucai.demo.mailserver.web import mailbox_app

FAREWELL = 2.0  # seconds a peer has to close its side of TLS; stopping waits no longer
logger = logging.getLogger(__name__)


class MailServer:
    """The whole mail server in the running event loop: `start`, use, `stop`.

    `handler` and `session` are the classes that speak SMTP and IMAP; a test gives subclasses that break
    off where it wants to see what happens then.
    """

    def __init__(
        self,
        config: MailServerConfig,
        *,
        clock: Clock | None = None,
        handler: type[LetterHandler] = LetterHandler,
        session: type[ImapSession] = ImapSession,
    ) -> None:
        self.config = config
        self._clock = clock or SystemClock()
        self._handler = handler
        self._session = session
        self._open: contextlib.AsyncExitStack = contextlib.AsyncExitStack()
        self._sessions: set[asyncio.Task[None]] = set()

    async def start(self) -> MailServerAddresses:
        """Listens on all ports; nothing stays open if one of them cannot be had (OSError)."""
        async with contextlib.AsyncExitStack() as opened:
            addresses = await self._listen(opened)
            self._open = opened.pop_all()
        return addresses

    async def stop(self) -> None:
        """Closes the ports, says BYE to who is there, and closes the file."""
        await self._open.aclose()

    async def _listen(self, opened: contextlib.AsyncExitStack) -> MailServerAddresses:
        config, loop = self.config, asyncio.get_running_loop()
        names = {"localhost", "127.0.0.1", "::1", config.host, config.authserv_id, f"mail.{config.domain}"}
        certificate = await asyncio.to_thread(ensure_certificate, config.data, names)
        context = certificate.server_context()
        store = await asyncio.to_thread(MailStore, config.data / "mail.sqlite")
        opened.callback(store.close)
        bell = Bell()
        store.on_change(bell.ring)
        handler = self._handler(config, store, self._clock)

        async def imap(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self._serve_imap(self._session(config, store, bell, self._clock, reader, writer), writer)

        ports = []
        plain = protocol_factory(handler, context, implicit_tls=False)
        secure = protocol_factory(handler, context, implicit_tls=True)
        for server in (
            await loop.create_server(plain, config.host, config.smtp_port),
            await loop.create_server(
                secure, config.host, config.smtps_port, ssl=context, ssl_shutdown_timeout=FAREWELL
            ),
            await asyncio.start_server(
                imap, config.host, config.imap_port, ssl=context, limit=LINE_LIMIT, ssl_shutdown_timeout=FAREWELL
            ),
        ):
            opened.callback(server.close)
            ports.append(server.sockets[0].getsockname()[1])
        opened.push_async_callback(self._end_sessions)
        http_port = await self._serve_page(opened, store)
        shown_host = f"[{config.host}]" if ":" in config.host else config.host
        return MailServerAddresses(
            host=config.host,
            smtp_port=ports[0],
            smtps_port=ports[1],
            imap_port=ports[2],
            http_port=http_port,
            http_url=f"http://{shown_host}:{http_port}/",
            ca_file=certificate.ca_file,
        )

    async def _serve_imap(self, session: ImapSession, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._sessions.add(task)
        try:
            await session.run()
        except OSError as error:  # also what TLS reports when the peer vanishes
            logger.info("imap.connection_lost", extra={"reason": str(error)})
        except asyncio.CancelledError:
            writer.write(b"* BYE server is stopping\r\n")
        except Exception:
            logger.exception("imap.session_failed")
            writer.write(b"* BYE internal error\r\n")
        finally:
            self._sessions.discard(task)
            writer.close()
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _end_sessions(self) -> None:
        for task in list(self._sessions):
            task.cancel()
        await asyncio.gather(*self._sessions, return_exceptions=True)

    async def _serve_page(self, opened: contextlib.AsyncExitStack, store: MailStore) -> int:
        config = self.config
        family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
        listening = socket.create_server((config.host, config.http_port), family=family)
        server = _Page(
            uvicorn.Config(
                mailbox_app(config, store),
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
            )
        )
        running = asyncio.create_task(server.serve(sockets=[listening]))

        async def close() -> None:
            server.should_exit = server.force_exit = True
            await running

        opened.push_async_callback(close)
        return int(listening.getsockname()[1])


class _Page(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to the whole server, not to its page."""
        yield


async def serve(
    config: MailServerConfig,
    *,
    ready: Callable[[MailServerAddresses], Any] | None = None,
    clock: Clock | None = None,
) -> None:
    """Serves until SIGTERM or SIGINT, or until cancelled; calls `ready` once all ports are open."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    server = MailServer(config, clock=clock)
    try:
        addresses = await server.start()
        if ready is not None:
            ready(addresses)
        await stopped.wait()
    finally:
        await server.stop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
