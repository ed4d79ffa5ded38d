"""What we write is read right by every mail program."""

import email
import email.policy
from dataclasses import replace
from datetime import datetime

import pytest

from jucai.clock import SHANGHAI
from jucai.mailroom.answering import is_loop
from jucai.mailroom.outgoing import (
    Correspondent,
    Enclosure,
    MailPurpose,
    OutgoingMail,
    UnsendableMailError,
    build_message,
    make_message_id,
)
from jucai.mailroom.parsing import AttachmentType, parse_letter
from jucai.mailroom.sorting import sort_letter
from tests.mailroom.letters import OFFICE, PDF

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


# ---- the message


def test_our_own_reader_gets_every_fact_back() -> None:
    read = parse_letter(build_message(MAIL))
    assert read.defects == ()
    assert read.subject == MAIL.subject
    assert read.sender is not None
    assert (read.sender.name, read.sender.addr) == (MAIL.sender.name, MAIL.sender.addr)
    assert (read.message_id, read.in_reply_to, read.references) == (
        MAIL.message_id,
        ("<tencent_7A01@qq.example>",),
        MAIL.references,
    )
    assert read.date == NOW
    assert read.body_text == MAIL.text.strip()
    assert [(item.name, item.type, item.data) for item in read.attachments] == [
        (MAIL.enclosures[0].name, AttachmentType.PDF, PDF)
    ]


def test_python_s_own_reader_agrees() -> None:
    message = email.message_from_bytes(build_message(MAIL), policy=email.policy.default)
    assert message["Subject"] == MAIL.subject
    assert message["From"].addresses[0].display_name == MAIL.sender.name
    (file,) = list(message.iter_attachments())
    assert file.get_filename() == MAIL.enclosures[0].name
    assert message.get_body(("plain",)).get_content().splitlines() == MAIL.text.splitlines()  # type: ignore[union-attr]
    assert "已受理" in message.get_body(("html",)).get_content()  # type: ignore[union-attr]


def test_the_same_facts_give_the_same_bytes() -> None:
    assert build_message(MAIL) == build_message(replace(MAIL))
    assert build_message(MAIL) != build_message(replace(MAIL, message_id="<other.1@rcj.example>"))


def test_a_file_name_stands_there_for_old_and_for_new_programs() -> None:
    raw = build_message(MAIL).decode("ascii")
    assert 'name="=?utf-8?B?' in raw
    assert "filename*=UTF-8''%E5%8F%97" in raw


def test_the_address_stays_outside_the_encoded_name() -> None:
    line = next(
        line
        for line in build_message(MAIL).decode("ascii").replace("\r\n ", " ").split("\r\n")
        if line.startswith("From:")
    )
    assert line.endswith("<shouli@rcj.example>")
    assert "shouli" not in line.partition("<")[0]


def test_no_line_is_longer_than_smtp_allows_and_no_word_than_its_standard() -> None:
    long = replace(
        MAIL, subject="关于" + "高层次人才" * 60, references=tuple(f"<{n}.{'x' * 90}@qq.example>" for n in range(40))
    )
    raw = build_message(long)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert all(len(item) <= 76 for line in raw.split(b"\r\n") for item in line.split() if item.startswith(b"=?"))
    read = parse_letter(raw)
    assert read.subject == long.subject
    assert read.references[0] == long.references[0]
    assert read.references[-1] == long.references[-1]


@pytest.mark.parametrize(
    ("purpose", "header"),
    [(MailPurpose.ANSWER, "auto-replied"), (MailPurpose.NOTICE, "auto-generated"), (MailPurpose.PERSONAL, None)],
)
def test_automatic_mail_says_so(purpose: MailPurpose, header: str | None) -> None:
    assert parse_letter(build_message(replace(MAIL, purpose=purpose))).header("auto-submitted") == header


def test_our_mail_coming_back_is_known_and_not_answered() -> None:
    read = parse_letter(build_message(MAIL))
    assert is_loop(read, OFFICE)
    assert not sort_letter(read, OFFICE).must_reply


def test_line_breaks_in_names_and_subjects_make_no_headers() -> None:
    evil = replace(
        MAIL, subject="受理\r\nBcc: x@evil.example", to=(Correspondent("张\r\nBcc: x@evil.example", "a@b.example"),)
    )
    read = parse_letter(build_message(evil))
    assert read.header("bcc") is None
    assert read.subject == "受理 Bcc: x@evil.example"


@pytest.mark.parametrize(
    "wrong",
    [
        replace(MAIL, to=(Correspondent("", "a@b.example>, <c@d.example"),)),
        replace(MAIL, to=(Correspondent("", "不是地址"),)),
        replace(MAIL, message_id="no brackets"),
        replace(MAIL, in_reply_to="<a\r\nb@c>"),
        replace(MAIL, date=datetime(2026, 1, 1)),  # noqa: DTZ001 - naive on purpose
    ],
)
def test_a_mail_no_server_would_take_is_refused_with_a_reason(wrong: OutgoingMail) -> None:
    with pytest.raises(UnsendableMailError, match="不合规"):
        build_message(wrong)


def test_an_answer_to_a_task_is_recognised_by_the_id_we_made() -> None:
    made = make_message_id("AQ-SUB-2026-000123", "notify", 17, "rcj.example")
    assert made == "<AQ-SUB-2026-000123.notify.17@rcj.example>"
    with pytest.raises(UnsendableMailError):
        make_message_id("AQ SUB", "notify", 1, "rcj.example")
