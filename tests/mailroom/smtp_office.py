"""aiosmtpd on loopback that fails where it is told to: the faults no honest server makes on demand."""

# ruff: noqa: N802, ARG002 - aiosmtpd calls its hooks by these names and with all these arguments

import asyncio
import base64
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Session
from aiosmtpd.smtp import Envelope as Arrived

from jucai.mailroom.postman import SmtpAccount


@dataclass
class Office:
    """A mail server that behaves as told. `answers` maps a step to what it says; `drop` names where it hangs up."""

    answers: dict[str, str] = field(default_factory=dict)
    drop: str = ""
    refused: dict[str, str] = field(default_factory=dict)
    arrived: list[Arrived] = field(default_factory=list)
    connections: int = 0
    drops: int = 0
    token: str = ""
    tokens: list[str] = field(default_factory=list)

    def _maybe_drop(self, server: SMTP, step: str) -> bool:
        if self.drop != step:
            return False
        self.drops += 1
        server.transport.abort()
        return True

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Arrived, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Arrived, address: str, options: list[str]
    ) -> str:
        self._maybe_drop(server, "MAIL")
        if "MAIL" in self.answers:
            return self.answers["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Arrived, address: str, options: list[str]
    ) -> str:
        self._maybe_drop(server, "RCPT")
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult | None:
        """Take the token in `token`, and refuse others as Microsoft does: a challenge, an empty answer, 535."""
        said = base64.b64decode(args[1]).decode()
        self.tokens.append(said)
        if said == f"user=shouli@rcj.example\x01auth=Bearer {self.token}\x01\x01":
            return AuthResult(success=True)
        await server.challenge_auth('{"status":"400"}', encode_to_b64=True)
        return AuthResult(success=False, handled=False)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Arrived) -> str:
        self.arrived.append(envelope)
        self._maybe_drop(server, "DATA")
        return self.answers.get("DATA", "250 2.0.0 queued")


def make_certificate(key: Path, cert: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    make_certificate(key, cert)
    return key, cert


Start = Callable[..., tuple[Office, SmtpAccount]]


@pytest.fixture
def start(certificate: tuple[Path, Path]) -> Iterator[Start]:
    key, cert = certificate
    running: list[_Server] = []

    def begin(*, starttls: bool = False, password: str = "", **facts: Any) -> tuple[Office, SmtpAccount]:
        office = Office(**facts)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)

        def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
            return AuthResult(success=data.password == password.encode(), handled=False)

        options: dict[str, Any] = {"hostname": "127.0.0.1"}
        if password:
            options |= {"authenticator": check, "auth_required": True, "auth_require_tls": True}
        if starttls:
            options["tls_context"] = context
        server = _Server(office, options, None if starttls else context)
        running.append(server)
        account = SmtpAccount("localhost", server.port, "starttls" if starttls else "tls", cafile=cert, timeout=20)
        return office, replace(account, user="shouli@rcj.example", password="right") if password else account

    yield begin
    for server in running:
        server.stop()


class _Server:
    """aiosmtpd on a free port of the loopback, in a thread of its own."""

    def __init__(self, office: Office, options: dict[str, Any], context: ssl.SSLContext | None) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

        async def listen() -> asyncio.Server:
            return await self.loop.create_server(
                lambda: SMTP(office, loop=self.loop, **options), "127.0.0.1", 0, ssl=context
            )

        self.server = asyncio.run_coroutine_threadsafe(listen(), self.loop).result(20)
        self.port = self.server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        async def close() -> None:
            self.server.close()
            waiting = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(close(), self.loop).result(20)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(20)
        self.loop.close()
