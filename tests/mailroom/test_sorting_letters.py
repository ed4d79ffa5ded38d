"""A letter is known for what it is, tied to its case, believed only as far as it was checked, and answered once."""

import json
from pathlib import Path

import pytest

from jucai.mailroom.command import NoLettersError, letters_command, read_letters
from jucai.mailroom.kinds import LetterKind, Sorted, SortingContext
from jucai.mailroom.parsing import parse_letter
from jucai.mailroom.sorting import find_case_no, sort_letter
from tests.mailroom.letters import (
    JPG,
    OFFICE,
    PDF,
    SAMPLES,
    application,
    file_part,
    gbk_zip,
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


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.eml")), ids=lambda path: path.stem)
def test_each_sample_letter_is_sorted_right(path: Path, tmp_path: Path) -> None:
    assert letters_command([path], tmp_path) == 0
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    read = json.loads((tmp_path / f"{path.stem}.json").read_text(encoding="utf-8"))
    keys = (
        "kind",
        "sender",
        "case_no",
        "message_id",
        "thread_ref",
        "must_reply",
        "decision",
        "authentic",
        "dup_of",
        "subject",
    )
    assert {key: read[key] for key in keys} == {key: truth[key] for key in keys}


# ---- kinds


@pytest.mark.parametrize(
    ("subject", "text", "kind"),
    [
        ("张三-安庆某某公司-生活补贴", "", K.NEW_APPLICATION),
        ("申报材料", "您好，请查收", K.NEW_APPLICATION),
        ("", "", K.NEW_APPLICATION),
        ("转发: 申请表", "老师您好，转来我单位员工的申报表", K.NEW_APPLICATION),
        ("关于召开人才工作会议的通知", "请按时参加会议", K.OTHER),
        ("周报", "见附件", K.OTHER),
        ("会议通知", "请参加培训", K.OTHER),
        ("补正材料 张三", "按要求补充学历证明", K.SUPPLEMENT),
    ],
)
def test_a_letter_with_a_form_is_an_application_unless_it_speaks_of_something_else(
    subject: str, text: str, kind: LetterKind
) -> None:
    assert sort(with_parts(text_part(text), file_part(PDF, "a.pdf"), subject=word(subject))).kind is kind


@pytest.mark.parametrize(
    ("subject", "text", "kind"),
    [
        ("申请撤回", "因工作变动，本人申请撤回高层次人才认定申请。", K.WITHDRAWAL),
        ("放弃", "本人自愿放弃2026年度生活补贴申报资格。", K.WITHDRAWAL),
        ("取消申请", "我想取消本次申请，谢谢", K.WITHDRAWAL),
        ("咨询", "请问提交以后如何撤回申请？", K.OTHER),
        ("说明", "我不撤回申请，请继续办理。", K.OTHER),
        ("异议", "对公示名单中李四的资格提出异议，其社保不符合要求。", K.OBJECTION),
        ("举报材料造假", "反映王某学历造假问题", K.OBJECTION),
        ("进度", "请问我的申请办到哪一步了？", K.STATUS_QUESTION),
        ("咨询", "我的补贴什么时候发放？", K.STATUS_QUESTION),
        ("索取表格", "您好，请发一份生活补贴申请表，谢谢", K.FORM_REQUEST),
        ("咨询", "请问申请表在哪里下载？", K.FORM_REQUEST),
        ("咨询", "请问外地户口可以申报购房补贴吗？", K.OTHER),
        ("高层次人才申报", "申报材料见附件，请查收。", K.NEW_APPLICATION),
        ("谢谢", "收到，谢谢老师", K.OTHER),
    ],
)
def test_a_letter_without_a_form_is_known_by_its_words(subject: str, text: str, kind: LetterKind) -> None:
    assert sort(plain(text, subject=word(subject))).kind is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("补充说明：社保自2024年起缴。", K.SUPPLEMENT),
        ("请问审批到哪一步了？", K.STATUS_QUESTION),
        ("谢谢老师", K.OTHER),
    ],
)
def test_a_letter_on_a_case_without_papers_is_known_by_its_words(text: str, kind: LetterKind) -> None:
    assert sort(plain(text, subject=word("回复：补正通知 AQ-SUB-2026-000123"))).kind is kind


def test_papers_that_answer_our_letter_supplement_its_case() -> None:
    data = with_parts(
        text_part(""),
        file_part(JPG, "IMG_1.jpg"),
        headers=("References: <AQ-SUB-2026-000123.buzheng.2@rcj.example>",),
        subject="Re:",
    )
    result = sort(data)
    assert (result.kind, result.case_no) == (K.SUPPLEMENT, "AQ-SUB-2026-000123")


def test_the_logo_of_a_signature_is_no_paper() -> None:
    logo = file_part(JPG[:2_000], "image001.jpg", "image/jpeg", "Content-ID: <l@x>").replace(
        b": attachment", b": inline"
    )
    assert sort(with_parts(text_part("收到，谢谢"), logo, subject=word("你好"))).kind is K.OTHER


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("代开发票", "我司可代开各类发票，优惠，加微信"),
        ("邮箱升级通知", "您的邮箱即将停用，请点击链接验证账号"),
        ("***SPAM*** hello", "x"),
        ("恭喜中奖", "恭喜您中奖，请领取您的奖金"),
    ],
)
def test_advertising_and_phishing_are_spam(subject: str, text: str) -> None:
    result = sort(plain(text, subject=word(subject)))
    assert (result.kind, result.must_reply) == (K.SPAM, False)


def test_a_program_hidden_in_an_archive_is_spam() -> None:
    archive = gbk_zip({"申报表.pdf.exe": b"MZ\x90\x00" + b"\x00" * 100})
    assert sort(with_parts(text_part("申报"), file_part(archive, "a.zip"), subject=word("申报"))).kind is K.SPAM


def test_an_applicant_who_mentions_an_invoice_is_no_spammer() -> None:
    data = with_parts(
        text_part("购房发票及申报表见附件，请查收"), file_part(PDF, "发票.pdf"), subject=word("购房补贴申报-张三")
    )
    assert sort(data).kind is K.NEW_APPLICATION


# ---- cases and threads


@pytest.mark.parametrize(
    "text",
    [
        "AQ-SUB-2026-000123",
        "aq-sub-2026-000123",
        "ＡＱ－ＳＵＢ－２０２６－０００１２３",
        "编号AQ—SUB—2026—000123。",
        "AQ‐SUB‐2026‐000123",
        "(AQ - SUB - 2026 - 000123)",
    ],
)
def test_a_case_number_is_found_however_it_was_typed(text: str) -> None:
    assert find_case_no(text, OFFICE.case_no) == "AQ-SUB-2026-000123"


@pytest.mark.parametrize("text", ["AQ-SUB-2026-0001234", "AQ-SUB-26-000123", "2026-000123", "XAQ1-SUB-2026-000123"])
def test_what_only_looks_like_a_case_number_is_none(text: str) -> None:
    assert find_case_no(text, OFFICE.case_no) is None


def test_a_case_number_in_quoted_history_does_not_count() -> None:
    text = "请问进度\n\n------------------ 原始邮件 ------------------\n主题: AQ-SUB-2026-000123"
    result = sort(plain(text, subject=word("咨询")))
    assert (result.case_no, result.body_case_no) == (None, None)


def test_the_subject_names_the_case_before_the_thread_does() -> None:
    data = plain("x", "In-Reply-To: <AQ-SUB-2026-000001.ack.1@rcj.example>", subject=word("补正 AQ-SUB-2026-000002"))
    assert sort(data).case_no == "AQ-SUB-2026-000002"


def test_without_in_reply_to_the_last_reference_is_answered() -> None:
    assert sort(plain("x", "References: <a@x.example> <b@x.example>")).thread_ref == "<b@x.example>"


# ---- the command


def test_a_second_copy_is_named_after_the_first_letter(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(application(message_id="<1@qq.example>"))
    (tmp_path / "b.eml").write_bytes(application(message_id="<2@qq.example>"))
    (tmp_path / "c.eml").write_bytes(plain("x", message_id="<1@qq.example>"))
    (tmp_path / "d.eml").write_bytes(plain("x", message_id="<4@qq.example>"))
    done = read_letters([tmp_path], tmp_path / "out")
    assert (done.count, dict(done.kinds)) == (4, {K.NEW_APPLICATION: 2, K.OTHER: 2})
    dups = {
        name: json.loads((tmp_path / "out" / f"{name}.json").read_text(encoding="utf-8"))["dup_of"] for name in "abcd"
    }
    assert dups == {"a": None, "b": "a", "c": "a", "d": None}


def test_a_path_without_letters_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoLettersError, match="没有找到邮件"):
        read_letters([tmp_path / "nothing"], tmp_path)
    assert letters_command([tmp_path / "nothing"], tmp_path) == 2


def test_papers_that_replace_the_old_ones_are_a_supplement_and_no_withdrawal() -> None:
    text = "上次的申报表有误，请撤回，以本次为准"
    subject = word("重新提交申报表 AQ-SUB-2026-000123")
    assert sort(with_parts(text_part(text), file_part(PDF, "a.pdf"), subject=subject)).kind is K.SUPPLEMENT


def test_a_newsletter_is_neither_spam_nor_answered() -> None:
    data = plain("本期人才政策简报，退订请回复", "List-Unsubscribe: <mailto:x@y.example>", subject=word("人才工作周报"))
    assert (sort(data).kind, sort(data).must_reply) == (K.OTHER, False)


def test_a_bounce_that_only_quotes_the_subject_finds_its_case_and_address() -> None:
    text = "抱歉，您的邮件被退回\n收件人邮件地址：nobody@163.example\n退信原因 550 User not found\n"
    text += "原邮件主题：受理通知 受理编号 AQ-SUB-2026-000777\n"
    data = plain(text, subject=word("系统退信"), sender="<postmaster@163.example>", auth=None)
    returned = parse_letter(data).returned
    assert returned is not None
    assert [item.addr for item in returned.recipients] == ["nobody@163.example"]
    assert (sort(data).kind, sort(data).case_no) == (K.BOUNCE, "AQ-SUB-2026-000777")
