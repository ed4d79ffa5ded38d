"""Senders are believed as far as our server checked; machines, lists and forgers get no answer."""

import pytest

from jucai.mailroom.answering import should_answer
from jucai.mailroom.kinds import LetterKind, Sorted, SortingContext, Trust
from jucai.mailroom.parsing import parse_letter
from jucai.mailroom.sorting import sort_letter
from tests.mailroom.letters import (
    OFFICE,
    application,
    letter,
    multipart,
    part,
    plain,
    text_part,
    with_parts,
    word,
)

K = LetterKind
FAIL = "spf=fail smtp.mailfrom={domain}; dmarc=fail header.from={domain}"
NOTIFY = "In-Reply-To: <AQ-SUB-2026-000123.notify.3@rcj.example>"
TASK = word("回复: 【待审批】受理编号 AQ-SUB-2026-000123 高层次人才认定")


def sort(data: bytes, context: SortingContext = OFFICE) -> Sorted:
    return sort_letter(parse_letter(data), context)


# ---- trust


@pytest.mark.parametrize(
    ("auth", "sender", "trust"),
    [
        ("spf=pass smtp.mailfrom={domain}; dmarc=pass header.from={domain}", "<a@qq.example>", Trust.VERIFIED),
        ("spf=none; dkim=pass header.d={domain}", "<a@qq.example>", Trust.VERIFIED),
        ("spf=pass smtp.mailfrom=bounce.{domain}", "<a@mail.qq.example>", Trust.DOUBTFUL),
        ("spf=pass smtp.mailfrom=other.example; dkim=pass header.d=other.example", "<a@qq.example>", Trust.DOUBTFUL),
        ("spf=fail smtp.mailfrom={domain}; dkim=none", "<a@qq.example>", Trust.FORGED),
        ("spf=pass; dmarc=fail header.from={domain}", "<a@qq.example>", Trust.FORGED),
        (
            "spf=fail smtp.mailfrom=relay.example; dkim=pass header.d={domain}; dmarc=pass header.from={domain}",
            "<a@qq.example>",
            Trust.VERIFIED,
        ),
        (None, "<a@qq.example>", Trust.UNKNOWN),
        ("spf=none; dkim=none; dmarc=none", "<zhang@rcj.example>", Trust.FORGED),
        ("spf=pass smtp.mailfrom={domain}", f"{word('张科员 zhang@rcj.example')} <a@evil.example>", Trust.FORGED),
        ("spf=pass smtp.mailfrom={domain}", f"{word('张科员 ｚhang＠rcj．example')} <a@evil.example>", Trust.FORGED),
        ("spf=pass smtp.mailfrom={domain}", "a@qq.example <a@qq.example>", Trust.VERIFIED),
    ],
)
def test_a_sender_is_believed_as_far_as_our_server_checked(auth: str | None, sender: str, trust: Trust) -> None:
    result = sort(application(auth=auth, sender=sender))
    assert result.trust is trust
    assert result.authentic is (trust is not Trust.FORGED)


FORGED_PASS = "Authentication-Results: mx.rcj.example; dmarc=pass header.from=rcj.example"


@pytest.mark.parametrize(
    "headers",
    [
        ("Received: from a by b", FORGED_PASS),
        (FORGED_PASS,),
        ("Authentication-Results: mx.evil.example; dmarc=pass header.from=rcj.example",),
    ],
)
def test_results_the_sender_wrote_himself_are_not_believed(headers: tuple[str, ...]) -> None:
    result = sort(plain("同意", *headers, subject=TASK, sender="<zhang@rcj.example>", auth=None))
    assert result.trust is Trust.UNKNOWN


def test_a_pass_that_another_line_contradicts_proves_nothing() -> None:
    data = plain("同意", subject=TASK, sender="<zhang@rcj.example>", auth="dmarc=none header.from={domain}")
    forged = data.replace(b"From:", FORGED_PASS.encode() + b"\r\nFrom:", 1)
    assert sort(forged).trust is Trust.FORGED


def test_a_letter_with_two_senders_is_not_verified() -> None:
    data = plain("同意", "From: <x@evil.example>", subject=TASK, sender="<zhang@rcj.example>")
    assert sort(data).trust is Trust.DOUBTFUL


def test_a_forged_letter_is_sorted_by_its_words_but_not_answered() -> None:
    result = sort(application(auth=FAIL))
    assert (result.kind, result.authentic, result.must_reply) == (K.NEW_APPLICATION, False, False)


# ---- automatic mail, bounces, lists


@pytest.mark.parametrize(
    ("headers", "subject", "text"),
    [
        (("Auto-Submitted: auto-replied",), "x", "在外"),
        (("X-Autoreply: yes",), "x", "在外"),
        (("Precedence: auto_reply",), "x", "在外"),
        ((), "自动回复: 受理通知", "在外"),
        ((), "Automatic reply: 受理通知", "I am away"),
        ((), "Re: 受理通知", "这是来自QQ邮箱的假期自动回复邮件。"),
    ],
)
def test_an_absence_note_is_never_answered(headers: tuple[str, ...], subject: str, text: str) -> None:
    result = sort(plain(text, *headers, subject=word(subject)))
    assert (result.kind, result.must_reply) == (K.AUTO_REPLY, False)


def test_an_answer_to_an_absence_note_is_a_persons_letter() -> None:
    assert (
        sort(plain("请问进度如何？", subject=word("回复: 自动回复: 受理通知 AQ-SUB-2026-000123"))).kind
        is K.STATUS_QUESTION
    )


def bounce(report: bytes, original: bytes, kind: str = "message/rfc822") -> bytes:
    line, body = multipart(
        [
            text_part("投递失败"),
            part(report, "Content-Type: message/delivery-status"),
            part(original, f"Content-Type: {kind}"),
        ],
        "report",
        more="; report-type=delivery-status",
    )
    return letter(body, line, sender="<mailer-daemon@rcj.example>", subject="failure notice", auth=None).replace(
        b"Received", b"Return-Path: <>\r\nReceived", 1
    )


def test_a_bounce_lands_on_its_case_and_names_the_address() -> None:
    report = (
        b"Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; Nobody@163.example\r\nAction: failed\r\n"
        b"Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 no\r\n"
    )
    original = plain("x", message_id="<AQ-SUB-2026-001045.ack.1@rcj.example>")
    data = bounce(report, original)
    returned = parse_letter(data).returned
    assert returned is not None
    assert [(item.addr, item.status, item.permanent) for item in returned.recipients] == [
        ("nobody@163.example", "5.1.1", True)
    ]
    result = sort(data)
    assert (result.kind, result.case_no, result.thread_ref, result.must_reply) == (
        K.BOUNCE, "AQ-SUB-2026-001045", "<AQ-SUB-2026-001045.ack.1@rcj.example>", False,
    )  # fmt: skip


def test_a_delayed_delivery_is_not_a_final_failure() -> None:
    report = b"Final-Recipient: rfc822; a@b.example\r\nAction: delayed\r\nStatus: 4.4.1\r\n"
    returned = parse_letter(bounce(report, b"Message-ID: <a@b>\r\n", "text/rfc822-headers")).returned
    assert returned is not None
    assert not returned.recipients[0].permanent


def test_a_bounce_of_qq_without_a_standard_report_is_one_too() -> None:
    original = plain("x", message_id="<AQ-SUB-2026-000009.ack.4@rcj.example>")
    data = with_parts(
        text_part("抱歉，您的邮件被退回来了……收件人 nobody@qq.example 不存在"),
        part(original, "Content-Type: message/rfc822"),
        subject=word("来自qq.com的退信"), sender="<postmaster@qq.example>",
    )  # fmt: skip
    assert (sort(data).kind, sort(data).case_no) == (K.BOUNCE, "AQ-SUB-2026-000009")


@pytest.mark.parametrize(
    "header",
    [
        "List-Id: <news.example>",
        "List-Unsubscribe: <mailto:x@y>",
        "Precedence: bulk",
        "Auto-Submitted: auto-generated",
        "X-Jucai-Loop: shouli@rcj.example",
        "X-Auto-Response-Suppress: All",
        "Return-Path: <>",
    ],
)
def test_lists_machines_and_loops_get_no_answer(header: str) -> None:
    data = application()
    assert sort(data).must_reply
    assert not sort(header.encode() + b"\r\n" + data).must_reply


@pytest.mark.parametrize(
    "sender", ["<no-reply@x.example>", "<noreply-2@x.example>", "<shouli@rcj.example>", "<postmaster@x.example>", ""]
)
def test_robots_and_our_own_address_get_no_answer(sender: str) -> None:
    assert not sort(application(sender=sender)).must_reply


def test_answers_to_one_correspondent_are_counted() -> None:
    result = sort(application())
    assert should_answer(result, answers_today=2, per_day=3).allowed
    assert not should_answer(result, answers_today=3, per_day=3).allowed
    assert not should_answer(sort(plain("x", "Auto-Submitted: auto-replied")), answers_today=0, per_day=3).allowed
