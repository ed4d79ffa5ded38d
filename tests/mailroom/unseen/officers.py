"""What officers answer to a task: plain decisions, and the many sentences that only look like one."""

from tests.mailroom.unseen.build import OWN, Drawer, file, known, multi, pdf, text, word

CASE = "YC-SUB-2026-000358"
SUBJECT = f"回复: 【待审批】{CASE} 购房补贴 李明远"
TASK = f"<{CASE}.task.t3.9f8e7d6c5b4a@{OWN}>"
QUOTED = (
    "\n\n\n发件人： 审批提醒\n发送时间： 2026-11-20 09:00\n收件人： 复审人\n主题： 【待审批】"
    f"{CASE}\n\n请回复“同意”“不同意”或“退回”，并写明理由。\n县区意见：同意推荐。\n"
)


def _reply(
    d: Drawer, name: str, words: str, decision: str, *, tail: str = "", own: str | None = "same", **more: str
) -> None:
    d.put(
        name,
        text(words + tail, more.get("charset", "utf-8"), more.get("kind", "plain")),
        more.get("addr", f"fushen{len(d.letters) % 7}@{OWN}"),
        SUBJECT,
        "decision_reply",
        headers=(f"In-Reply-To: {TASK}", f"References: {TASK}"),
        auth=more.get("auth", "pass"),
        case_no=CASE,
        thread_ref=TASK,
        decision=decision,
        must_reply=decision == "unclear" and more.get("auth", "pass") == "pass",
        body_text=words if own == "same" else own,
        authentic=more.get("auth", "pass") == "pass",
    )


def decisions(d: Drawer) -> None:
    _reply(d, "c01_plain_yes_quoted", "同意", "approve", tail=QUOTED)
    _reply(d, "c02_yes_with_reason", "经审核，申报材料齐全，同意上报。", "approve", tail=QUOTED)
    _reply(d, "c03_no_with_reason", "不同意。申请人社保不足12个月，不符合规定。", "reject", tail=QUOTED)
    _reply(d, "c04_negated_cannot", "这件同意不了，学历对不上。", "unclear", tail=QUOTED)
    _reply(d, "c05_not_yet", "暂不同意", "unclear", tail=QUOTED)
    _reply(d, "c06_in_principle_but", "原则同意，但购房合同备案日期须核实后再办", "unclear")
    _reply(d, "c07_return", "退回，请申请人补充购房发票", "return", tail=QUOTED)
    _reply(d, "c08_return_words_first", "缺少结婚证，请退回补正。", "return")
    _reply(d, "c09_only_the_quoted_text_decides", "", "unclear", tail=QUOTED, own="")
    _reply(d, "c10_received_only", "收到，稍后处理", "unclear")
    _reply(d, "c11_gbk_phone_yes", "同意\n\n发自我的华为手机", "approve", charset="gbk", own="同意")
    _reply(d, "c12_question", "这个人之前是不是已经享受过？同意的话会不会重复？", "unclear")
    _reply(d, "c13_condition", "如无重复享受，同意发放", "unclear")
    _reply(d, "c14_hearsay", "局长口头说同意", "unclear")
    _reply(d, "c15_both", "购房补贴同意，生活补贴不同意", "unclear")
    _reply(d, "c16_double_negation", "没有什么不同意的", "unclear")
    _reply(d, "c17_opinion_refused", "不予同意，理由：不属于我市产业目录。", "reject")
    _reply(d, "c18_spoofed_server_fails", "同意", "approve", auth="fail")
    _reply(d, "c19_yes_signature", "同意。\n\n-- \n方科长\n市人社局人才科\n0556-5550000", "approve", own="同意。")
    _reply(d, "c20_take_back", "刚才点错了，那条同意作废", "unclear")
    _reply(
        d,
        "c21_html_quote",
        '<div>同意</div><blockquote type="cite">请回复“同意”“不同意”</blockquote>',
        "approve",
        kind="html",
        own="同意",
    )
    _reply(d, "c22_forward_to_other", "请科技局先出意见，我再定", "unclear")
    _reply(d, "c23_not_quite", "不完全同意县区意见", "unclear")
    _reply(
        d,
        "c24_approve_english",
        "Approved.",
        "approve",
        tail="\n\nOn Nov 20, 2026, at 09:00, 审批提醒 <rcsb@talent-office.example> wrote:\n> 请回复“同意”“不同意”\n",
    )
    _reply(d, "c25_maybe", "应该可以吧", "unclear")
    _reply(d, "c26_meeting_decides", "待会议研究后再定是否同意", "unclear")
    _reply(d, "c27_agree_to_reject", "同意不予通过", "unclear")
    _reply(d, "c28_agree_return", "同意退回补正", "unclear")
    _reply(d, "c29_traditional", "不同意，請申請人另案辦理", "reject")
    _reply(
        d,
        "c30_yes_written_between",
        "同意",
        "approve",
        tail="\n在 2026年11月20日 09:00，审批提醒 <rcsb@talent-office.example> 写道：\n> 请审批\n> 意见：不同意/同意\n",
    )
    _reply(
        d,
        "c31_history_under_dashes",
        "同意，按程序办理。",
        "approve",
        tail="\n\n---------- Forwarded message ---------\n发件人：财政局 <czj@talent-office.example>\n我们不同意\n",
    )
    _reply(d, "c32_veto", "此件不能通过", "unclear")
    _reply(d, "c33_after_agreeing_more", "同意县区意见，不予支持", "unclear")
    _reply(d, "c34_delegated", "我出差了，由王副局长代签，同意", "unclear")
    _reply(d, "c35_supplement_then", "补齐发票后同意", "unclear")
    _reply(d, "c36_why", "为什么同意？", "unclear")


def others(d: Drawer) -> None:
    d.put(
        "d01_officer_writes_own_letter",
        text("同意"),
        f"fushen2@{OWN}",
        f"{CASE} 审批意见",
        "decision_reply",
        case_no=CASE,
        decision="approve",
        must_reply=False,
        body_text="同意",
    )
    d.put(
        "d02_display_name_of_staff",
        text("同意，请尽快拨付"),
        "fushen.talent@webmail.example",
        SUBJECT,
        "decision_reply",
        display=word("fushen1@talent-office.example"),
        shown_subject=word(SUBJECT),
        headers=(f"In-Reply-To: {TASK}",),
        case_no=CASE,
        thread_ref=TASK,
        decision="approve",
        must_reply=False,
        authentic=False,
        body_text="同意，请尽快拨付",
    )
    d.put(
        "d03_own_domain_softfail",
        text("不同意"),
        f"fushen3@{OWN}",
        SUBJECT,
        "decision_reply",
        shown_subject=word(SUBJECT),
        headers=(f"In-Reply-To: {TASK}",),
        auth="softfail",
        case_no=CASE,
        thread_ref=TASK,
        decision="reject",
        must_reply=False,
        authentic=False,
        body_text="不同意",
    )
    d.put(
        "d04_applicant_says_agree",
        text("同意按通知要求补正，材料明天发。"),
        "2839001@qq.example",
        f"回复：补正通知 {CASE}",
        "supplement",
        case_no=CASE,
        body_text="同意按通知要求补正，材料明天发。",
    )
    minutes = pdf("minutes")
    d.put(
        "d05_decision_with_file",
        multi([text("同意，审核表见附件。"), file(minutes, "审核表.pdf")]),
        f"fushen4@{OWN}",
        SUBJECT,
        "decision_reply",
        shown_subject=word(SUBJECT),
        headers=(f"In-Reply-To: {TASK}",),
        case_no=CASE,
        thread_ref=TASK,
        decision="unclear",
        body_text="同意，审核表见附件。",
        attachments=[known(minutes, "审核表.pdf", "pdf")],
    )
