"""What became of a mail is said exactly, and never guessed."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

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
from tests.mailroom.smtp_office import Start, certificate, start

__all__ = ["certificate", "start"]  # fixtures

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
