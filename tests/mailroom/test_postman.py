"""What became of a mail is said exactly, and never guessed."""

# ruff: noqa: N802, ARG002 - aiosmtpd calls its hooks by these names and with all these arguments

import asyncio
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Session
from aiosmtpd.smtp import Envelope as Arrived

from jucai.clock import SHANGHAI
from jucai.mailroom.outgoing import (
    Correspondent,
    Enclosure,
    MailPurpose,
    OutgoingMail,
    build_message,
)
from jucai.mailroom.parsing import Defect, parse_letter
from jucai.mailroom.postman import (
    Envelope,
    Postman,
    SendState,
    SmtpAccount,
    SmtpLoginRefusedError,
    SmtpTlsNotVerifiedError,
    SmtpUnreachableError,
    next_attempt,
)
from tests.mailroom.letters import PDF

NOW = datetime(2026, 11, 19, 9, 12, tzinfo=SHANGHAI)
MAIL = OutgoingMail(
    message_id="<AQ-SUB-2026-000123.ack.1@rcj.example>",
    sender=Correspondent("安庆市人才工作局（受理）", "shouli@rcj.example"),
    to=(Correspondent("张三", "zhangsan@qq.example"),),
    subject="受理通知 受理编号 AQ-SUB-2026-000123 高层次人才生活补贴申请已受理，请留意后续通知",
    text="张三同志：\n您的申请已受理。\n.单独一点开头的行\n",
    html="<p>张三同志：</p><p>您的申请已受理。</p>",
    date=NOW,
    enclosures=(Enclosure("受理通知书（高层次人才生活补贴·张三）2026年第123号.pdf", PDF),),
    in_reply_to="<tencent_7A01@qq.example>",
    references=("<tencent_7A01@qq.example>",),
    purpose=MailPurpose.ANSWER,
)


# ---- the postman


@dataclass
class Office:
    """A mail server that behaves as told. `answers` maps a step to what it says; `drop` names where it hangs up."""

    answers: dict[str, str] = field(default_factory=dict)
    drop: str = ""
    refused: dict[str, str] = field(default_factory=dict)
    arrived: list[Arrived] = field(default_factory=list)
    connections: int = 0
    drops: int = 0

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

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Arrived) -> str:
        self.arrived.append(envelope)
        self._maybe_drop(server, "DATA")
        return self.answers.get("DATA", "250 2.0.0 queued")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
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


ENVELOPE = Envelope("shouli@rcj.example", ("zhangsan@qq.example",), build_message(MAIL))


def test_a_mail_arrives_byte_for_byte(start: Start) -> None:
    office, account = start()
    with Postman(account) as postman:
        result = postman.send(ENVELOPE)
    assert (result.state, result.refused) == (SendState.SENT, ())
    (arrived,) = office.arrived
    assert (arrived.mail_from, arrived.rcpt_tos) == ("shouli@rcj.example", ["zhangsan@qq.example"])
    assert arrived.content == ENVELOPE.data


def test_a_batch_goes_over_one_connection(start: Start) -> None:
    office, account = start()
    with Postman(account) as postman:
        states = [postman.send(ENVELOPE).state for _ in range(20)]
    assert states == [SendState.SENT] * 20
    assert (office.connections, len(office.arrived)) == (1, 20)


def test_the_password_is_given_over_verified_tls_only(start: Start) -> None:
    office, account = start(password="right", starttls=True)
    with Postman(account) as postman:
        assert postman.send(ENVELOPE).state is SendState.SENT
    with Postman(replace(account, password="wrong")) as postman, pytest.raises(SmtpLoginRefusedError, match="授权码"):
        postman.send(ENVELOPE)
    assert len(office.arrived) == 1


@pytest.mark.parametrize("starttls", [False, True])
def test_a_certificate_nobody_vouches_for_stops_everything(start: Start, starttls: bool) -> None:  # noqa: FBT001 - pytest's parameter
    office, account = start(starttls=starttls)
    with (
        Postman(replace(account, cafile=None)) as postman,
        pytest.raises(SmtpTlsNotVerifiedError, match="证书未通过验证"),
    ):
        postman.send(ENVELOPE)
    assert office.arrived == []


def test_a_server_that_is_not_there_is_named() -> None:
    with (
        Postman(SmtpAccount("127.0.0.1", 1, timeout=5)) as postman,
        pytest.raises(SmtpUnreachableError, match="连接不上"),
    ):
        postman.send(ENVELOPE)


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "state"), [("451 4.7.1 try later", SendState.DEFERRED), ("550 5.1.1 no", SendState.REFUSED)]
)
def test_a_temporary_no_is_tried_again_and_a_final_one_is_not(
    start: Start, step: str, answer: str, state: SendState
) -> None:
    facts: dict[str, Any] = (
        {"refused": {"zhangsan@qq.example": answer}} if step == "RCPT" else {"answers": {step: answer}}
    )
    office, account = start(**facts)
    with Postman(account) as postman:
        result = postman.send(ENVELOPE)
        assert result.state is state
        assert answer in result.detail
        office.answers.clear()
        office.refused.clear()
        assert postman.send(ENVELOPE).state is SendState.SENT  # the connection is still good


def test_half_the_recipients_refused_are_named_and_the_rest_are_served(start: Start) -> None:
    office, account = start(refused={"b@x.example": "550 5.1.1 unknown", "d@x.example": "452 4.2.2 full"})
    with Postman(account) as postman:
        result = postman.send(replace(ENVELOPE, to=("a@x.example", "b@x.example", "c@x.example", "d@x.example")))
    assert result.state is SendState.SENT
    assert [(item.addr, item.permanent) for item in result.refused] == [("b@x.example", True), ("d@x.example", False)]
    assert office.arrived[0].rcpt_tos == ["a@x.example", "c@x.example"]


def test_all_recipients_refused_for_different_reasons_is_worth_another_try(start: Start) -> None:
    _, account = start(refused={"a@x.example": "550 no", "b@x.example": "451 later"})
    with Postman(account) as postman:
        assert postman.send(replace(ENVELOPE, to=("a@x.example", "b@x.example"))).state is SendState.DEFERRED


@pytest.mark.parametrize(
    ("step", "state"), [("MAIL", SendState.DEFERRED), ("RCPT", SendState.DEFERRED), ("DATA", SendState.UNKNOWN)]
)
def test_a_line_that_breaks_is_only_in_doubt_once_the_text_was_begun(start: Start, step: str, state: SendState) -> None:
    office, account = start(drop=step)
    with Postman(account) as postman:
        assert postman.send(ENVELOPE).state is state
        assert office.drops == 1  # not repeated by itself
        office.drop = ""
        assert postman.send(ENVELOPE).state is SendState.SENT  # the next mail gets a new connection


def test_a_line_that_died_between_two_mails_is_replaced_unnoticed(start: Start) -> None:
    office, account = start()
    with Postman(account) as postman:
        assert postman.send(ENVELOPE).state is SendState.SENT
        assert postman._client is not None
        postman._client.smtp.sock.close()
        assert postman.send(ENVELOPE).state is SendState.SENT
    assert len(office.arrived) == 2


def test_in_test_mode_every_mail_goes_to_one_address(start: Start) -> None:
    office, account = start()
    with Postman(replace(account, redirect_all_to="shiyan@rcj.example")) as postman:
        postman.send(replace(ENVELOPE, to=("a@x.example", "b@x.example")))
    assert office.arrived[0].rcpt_tos == ["shiyan@rcj.example"]


def test_lines_that_begin_with_a_dot_survive(start: Start) -> None:
    office, account = start()
    data = b"Subject: x\r\n\r\n.\r\n..two\r\nend without line break"
    with Postman(account) as postman:
        assert postman.send(replace(ENVELOPE, data=data)).state is SendState.SENT
    assert office.arrived[0].content == data + b"\r\n"


def test_an_address_smtp_cannot_carry_is_refused_without_asking(start: Start) -> None:
    office, account = start()
    with Postman(account) as postman:
        assert postman.send(replace(ENVELOPE, to=("张三@qq.example",))).state is SendState.REFUSED
        assert postman.send(replace(ENVELOPE, to=())).state is SendState.REFUSED
    assert office.connections == 0


def test_attempts_grow_rarer_and_end_after_two_days() -> None:
    times = []
    moment = NOW
    attempts = 1
    while (following := next_attempt(attempts, moment)) is not None:
        times.append(following - moment)
        moment, attempts = following, attempts + 1
    assert times == sorted(times)
    assert times[0] == timedelta(minutes=1)
    assert timedelta(days=1) < moment - NOW < timedelta(days=3)
    with pytest.raises(ValueError, match="从 1"):
        next_attempt(0, NOW)


def test_two_postmen_may_work_at_the_same_time(start: Start) -> None:
    office, account = start()
    states: list[SendState] = []

    def work() -> None:
        with Postman(account) as postman:
            states.extend(postman.send(ENVELOPE).state for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert states == [SendState.SENT] * 10
    assert len(office.arrived) == 10


def test_a_wrong_content_type_of_an_enclosure_is_seen_by_our_reader() -> None:
    read = parse_letter(build_message(replace(MAIL, enclosures=(Enclosure("a.pdf", b"plain"),))))
    assert Defect.WRONG_TYPE in read.defects
