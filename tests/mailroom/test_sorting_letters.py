"""A letter is known for what it is, tied to its case, believed only as far as it was checked, and answered once."""

import json
from pathlib import Path

import pytest

from jucai.mailroom.answering import should_answer
from jucai.mailroom.command import NoLettersError, letters_command
from jucai.mailroom.kinds import LetterKind, ReplyDecision, Sorted, SortingContext, Trust
from jucai.mailroom.parsing import parse_letter
from jucai.mailroom.sorting import find_case_no, sort_letter
from jucai.mailroom.verdict import read_decision
from tests.mailroom.letters import (
    JPG,
    OFFICE,
    PDF,
    SAMPLES,
    application,
    file_part,
    gbk_zip,
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


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.eml")), ids=lambda path: path.stem)
def test_each_sample_letter_is_sorted_right(path: Path, tmp_path: Path) -> None:
    letters_command([path], tmp_path)
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    read = json.loads((tmp_path / f"{path.stem}.json").read_text(encoding="utf-8"))
    keys = ("kind", "sender", "case_no", "message_id", "thread_ref", "must_reply", "decision", "authentic", "dup_of", "subject")
    assert {key: read[key] for key in keys} == {key: truth[key] for key in keys}


# ---- decisions


@pytest.mark.parametrize(
    "words",
    ["同意", "同意。", "我同意", "同 意", "【同意】", "同意，请按程序办理。", "经审核，材料齐全，同意。", "各位老师好：\n同意。\n张三\n2026年11月20日", "同意推荐", "审核通过", "同意 8H3K2P", "情况属实，同意上报。", "Approved", "批准", "同意张三同志申报高层次人才认定", "符合条件，同意", "我单位同意推荐", "同意，谢谢！"],
)
def test_a_plain_yes_approves(words: str) -> None:
    assert read_decision(words) is ReplyDecision.APPROVE


@pytest.mark.parametrize("words", ["不同意", "不同意，材料不全。", "不予通过", "经审核，不符合条件，不同意。", "审核不通过，学历不符合要求", "Rejected", "不 同 意"])
def test_a_plain_no_rejects(words: str) -> None:
    assert read_decision(words) is ReplyDecision.REJECT


@pytest.mark.parametrize("words", ["退回", "退回补正", "请退回申请人补充学历认证", "材料不全，退回补正", "退回，缺身份证"])
def test_a_plain_return_returns(words: str) -> None:
    assert read_decision(words) is ReplyDecision.RETURN


@pytest.mark.parametrize(
    "words",
    [
        "", "收到", "已阅", "好的", "OK", "可以", "无异议", "👍",
        "原则同意", "原则同意，但请补充学历认证", "基本同意", "拟同意", "暂不同意", "同意，但需补材料", "补齐后同意", "如果材料补齐就同意",
        "同意吗？", "是否同意？", "不同意的话怎么办", "谁同意了", "请问这个人我能同意么",
        "不是不同意", "有不同意见", "不同意见较多", "没有同意", "未同意", "不能同意", "我不太同意",
        "同意退回", "同意撤回", "同意终止", "同意延期", "同意转办", "同意不予受理", "同意并撤销", "同意部分",
        "不同意，退回补正", "同意/不同意", "1同意 2不同意", "同意第一项，第二项不同意", "请回复“同意”或“不同意”并注明理由。",
        "张三同意", "领导说同意", "王局长同意了", "同意李四的看法", "昨天点错了同意，其实不同意", "先同意吧，后面再补", "同意\n另：材料缺社保",
        "请科技局先看", "我考虑一下", "通过邮件发送", "批准文件在哪", "同意" + "，情况说明" * 100,
    ],
)  # fmt: skip
def test_whatever_is_not_unmistakable_is_asked_back(words: str) -> None:
    assert read_decision(words) is ReplyDecision.UNCLEAR


def test_an_unclear_reply_of_an_officer_is_asked_back_and_a_clear_one_is_not() -> None:
    clear = sort(plain("同意", NOTIFY, subject=TASK, sender="<zhang@rcj.example>"))
    unclear = sort(plain("原则同意，但请补材料", NOTIFY, subject=TASK, sender="<zhang@rcj.example>"))
    assert (clear.kind, clear.decision, clear.must_reply) == (K.DECISION_REPLY, ReplyDecision.APPROVE, False)
    assert (unclear.kind, unclear.decision, unclear.must_reply) == (K.DECISION_REPLY, ReplyDecision.UNCLEAR, True)


def test_the_words_of_the_quoted_task_never_decide() -> None:
    text = "\n\n-----邮件原件-----\n发件人: 审批系统\n\n同意"
    assert sort(plain(text, NOTIFY, subject=TASK, sender="<zhang@rcj.example>")).decision is ReplyDecision.UNCLEAR


def test_an_officer_may_decide_in_a_new_letter_that_names_the_case() -> None:
    result = sort(plain("同意", subject="AQ-SUB-2026-000123", sender="<zhang@rcj.example>"))
    assert (result.kind, result.decision, result.case_no) == (K.DECISION_REPLY, ReplyDecision.APPROVE, "AQ-SUB-2026-000123")


def test_an_applicant_who_agrees_decides_nothing() -> None:
    result = sort(plain("同意", subject=word("回复: 受理通知 AQ-SUB-2026-000123")))
    assert (result.kind, result.decision) == (K.OTHER, None)


def test_a_forwarded_task_is_no_decision() -> None:
    assert sort(plain("同意", subject=word("转发: 【待审批】AQ-SUB-2026-000123"), sender="<x@qq.example>")).kind is not K.DECISION_REPLY


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
def test_a_letter_with_a_form_is_an_application_unless_it_speaks_of_something_else(subject: str, text: str, kind: LetterKind) -> None:
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
    [("补充说明：社保自2024年起缴。", K.SUPPLEMENT), ("请问审批到哪一步了？", K.STATUS_QUESTION), ("谢谢老师", K.OTHER)],
)
def test_a_letter_on_a_case_without_papers_is_known_by_its_words(text: str, kind: LetterKind) -> None:
    assert sort(plain(text, subject=word("回复：补正通知 AQ-SUB-2026-000123"))).kind is kind


def test_papers_that_answer_our_letter_supplement_its_case() -> None:
    data = with_parts(text_part(""), file_part(JPG, "IMG_1.jpg"), headers=("References: <AQ-SUB-2026-000123.buzheng.2@rcj.example>",), subject="Re:")
    result = sort(data)
    assert (result.kind, result.case_no) == (K.SUPPLEMENT, "AQ-SUB-2026-000123")


def test_the_logo_of_a_signature_is_no_paper() -> None:
    logo = file_part(JPG[:2_000], "image001.jpg", "image/jpeg", "Content-ID: <l@x>").replace(b": attachment", b": inline")
    assert sort(with_parts(text_part("收到，谢谢"), logo, subject=word("你好"))).kind is K.OTHER


@pytest.mark.parametrize(
    ("subject", "text"),
    [("代开发票", "我司可代开各类发票，优惠，加微信"), ("邮箱升级通知", "您的邮箱即将停用，请点击链接验证账号"), ("***SPAM*** hello", "x"), ("恭喜中奖", "恭喜您中奖，请领取您的奖金")],
)
def test_advertising_and_phishing_are_spam(subject: str, text: str) -> None:
    result = sort(plain(text, subject=word(subject)))
    assert (result.kind, result.must_reply) == (K.SPAM, False)


def test_a_program_hidden_in_an_archive_is_spam() -> None:
    archive = gbk_zip({"申报表.pdf.exe": b"MZ\x90\x00" + b"\x00" * 100})
    assert sort(with_parts(text_part("申报"), file_part(archive, "a.zip"), subject=word("申报"))).kind is K.SPAM


def test_an_applicant_who_mentions_an_invoice_is_no_spammer() -> None:
    data = with_parts(text_part("购房发票及申报表见附件，请查收"), file_part(PDF, "发票.pdf"), subject=word("购房补贴申报-张三"))
    assert sort(data).kind is K.NEW_APPLICATION


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
    assert sort(plain("请问进度如何？", subject=word("回复: 自动回复: 受理通知 AQ-SUB-2026-000123"))).kind is K.STATUS_QUESTION


def bounce(report: bytes, original: bytes, kind: str = "message/rfc822") -> bytes:
    line, body = multipart(
        [text_part("投递失败"), part(report, "Content-Type: message/delivery-status"), part(original, f"Content-Type: {kind}")],
        "report",
        more="; report-type=delivery-status",
    )
    return letter(body, line, sender="<mailer-daemon@rcj.example>", subject="failure notice", auth=None).replace(b"Received", b"Return-Path: <>\r\nReceived", 1)


def test_a_bounce_lands_on_its_case_and_names_the_address() -> None:
    report = b"Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; Nobody@163.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no\r\n"
    original = plain("x", message_id="<AQ-SUB-2026-001045.ack.1@rcj.example>")
    data = bounce(report, original)
    returned = parse_letter(data).returned
    assert returned is not None
    assert [(item.addr, item.status, item.permanent) for item in returned.recipients] == [("nobody@163.example", "5.1.1", True)]
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
        text_part("抱歉，您的邮件被退回来了……收件人 nobody@qq.example 不存在"), part(original, "Content-Type: message/rfc822"),
        subject=word("来自qq.com的退信"), sender="<postmaster@qq.example>",
    )  # fmt: skip
    assert (sort(data).kind, sort(data).case_no) == (K.BOUNCE, "AQ-SUB-2026-000009")


@pytest.mark.parametrize(
    "header",
    ["List-Id: <news.example>", "List-Unsubscribe: <mailto:x@y>", "Precedence: bulk", "Auto-Submitted: auto-generated", "X-Jucai-Loop: shouli@rcj.example", "X-Auto-Response-Suppress: All", "Return-Path: <>"],
)
def test_lists_machines_and_loops_get_no_answer(header: str) -> None:
    data = application()
    assert sort(data).must_reply
    assert not sort(header.encode() + b"\r\n" + data).must_reply


@pytest.mark.parametrize("sender", ["<no-reply@x.example>", "<noreply-2@x.example>", "<shouli@rcj.example>", "<postmaster@x.example>", ""])
def test_robots_and_our_own_address_get_no_answer(sender: str) -> None:
    assert not sort(application(sender=sender)).must_reply


def test_answers_to_one_correspondent_are_counted() -> None:
    result = sort(application())
    assert should_answer(result, answers_today=2, per_day=3).allowed
    assert not should_answer(result, answers_today=3, per_day=3).allowed
    assert not should_answer(sort(plain("x", "Auto-Submitted: auto-replied")), answers_today=0, per_day=3).allowed


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
        ("spf=fail smtp.mailfrom=relay.example; dkim=pass header.d={domain}; dmarc=pass header.from={domain}", "<a@qq.example>", Trust.VERIFIED),
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


def test_results_the_sender_wrote_himself_are_not_believed() -> None:
    forged = "Authentication-Results: mx.rcj.example; dmarc=pass header.from=rcj.example"
    foreign = "Authentication-Results: mx.evil.example; dmarc=pass header.from=rcj.example"
    hop = "Received: from a by b"
    for headers in ((hop, forged), (foreign,)):
        result = sort(plain("同意", *headers, subject=TASK, sender="<zhang@rcj.example>", auth=None))
        assert result.trust is Trust.UNKNOWN


def test_a_forged_letter_is_sorted_by_its_words_but_not_answered() -> None:
    result = sort(application(auth=FAIL))
    assert (result.kind, result.authentic, result.must_reply) == (K.NEW_APPLICATION, False, False)


# ---- cases and threads


@pytest.mark.parametrize(
    "text",
    ["AQ-SUB-2026-000123", "aq-sub-2026-000123", "ＡＱ－ＳＵＢ－２０２６－０００１２３", "编号AQ—SUB—2026—000123。", "AQ‐SUB‐2026‐000123", "(AQ - SUB - 2026 - 000123)"],
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
    done = letters_command([tmp_path], tmp_path / "out")
    assert done.count == 4
    dups = {name: json.loads((tmp_path / "out" / f"{name}.json").read_text(encoding="utf-8"))["dup_of"] for name in "abcd"}
    assert dups == {"a": None, "b": "a", "c": "a", "d": None}


def test_a_path_without_letters_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoLettersError, match="没有找到邮件"):
        letters_command([tmp_path / "nothing"], tmp_path)
