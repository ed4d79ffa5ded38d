"""Heads, answers and quoted history that mail programs and gateways have made difficult."""

# ruff: noqa: E501 - a letter's line is as long as it is

from tests.mailroom.unseen.build import (
    BOX,
    HOST,
    OWN,
    Drawer,
    file,
    jpg,
    known,
    multi,
    part,
    pdf,
    text,
    word,
)

CASE = "YC-DEP-2026-000063"


def heads(d: Drawer) -> None:
    d.put(
        "k01_q_encoding_underscores",
        text("请问补贴进度如何？"),
        "h1@qq.example",
        "关于 补贴 的咨询",
        "other",
        shown_subject="=?utf-8?Q?"
        + "关于".encode().hex("=").upper().join(["=", ""])
        + "_=E8=A1=A5=E8=B4=B4_"
        + "=E7=9A=84=E5=92=A8=E8=AF=A2?=",
        body_text="请问补贴进度如何？",
    )
    d.put(
        "k02_two_charsets",
        text("您好，我想咨询政策。"),
        "h2@qq.example",
        "咨询：外籍人才政策",
        "other",
        shown_subject=word("咨询：", "gbk") + " " + word("外籍人才政策", "utf-8"),
    )
    d.put(
        "k03_folded_message_id",
        text("请问我的申请到哪一步了？"),
        "h3@outlook.example",
        f"答复: {CASE} 受理通知",
        "other",
        ident="<h3.1@outlook.example>",
        headers=(f"In-Reply-To:\r\n <{CASE}.accepted.2.bb@{OWN}>",),
        case_no=CASE,
        thread_ref=f"<{CASE}.accepted.2.bb@{OWN}>",
    )
    d.put("k04_comment_after_address", text("请问材料收到了吗？"), "h4@qq.example", "请问", "other", display="")
    form = pdf("upper")
    d.put(
        "k05_upper_case_address",
        multi([text("申请见附件"), file(form, "a.pdf")]),
        "ZHANG.San@Corp.Example",
        "生活补贴申请",
        "new_application",
        display='"Zhang, San (HR)"',
        attachments=[known(form, "a.pdf", "pdf")],
    )
    gmail = '<div dir="ltr">您好，补充的社保证明见附件。</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Fri, Nov 20, 2026 at 9:30 AM 人才局 &lt;rcsb@talent-office.example&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex">请补交社保证明</blockquote></div>'
    paper, revised, page = pdf("gm"), pdf("revised"), pdf("iph")
    d.put(
        "k06_gmail_reply",
        multi([text(gmail, kind="html"), file(paper, "社保证明.pdf")]),
        "lin.zh@gmail.example",
        "Re: 补正通知",
        "supplement",
        shown_subject="Re: " + word("补正通知"),
        headers=(f"In-Reply-To: <{CASE}.correction.5.cc@{OWN}>",),
        case_no=CASE,
        thread_ref=f"<{CASE}.correction.5.cc@{OWN}>",
        body_text="您好，补充的社保证明见附件。",
        attachments=[known(paper, "社保证明.pdf", "pdf")],
    )
    outlook = '<div><p>老师：已按要求修改申报表，请见附件。</p><p>此致</p></div><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>发件人:</b> 人才工作局 &lt;rcsb@talent-office.example&gt;<br><b>发送时间:</b> 2026年11月20日 9:30<br><b>收件人:</b> 王工<br><b>主题:</b> 补正通知</p></div><p>请修改申报表第二页。</p>'
    d.put(
        "k07_outlook_reply",
        multi([text(outlook, "gb2312", "html"), file(revised, "申报表（修改）.pdf")]),
        "wg@chem.example",
        f"答复: 补正通知 {CASE}",
        "supplement",
        case_no=CASE,
        body_text="老师：已按要求修改申报表，请见附件。\n此致",
        attachments=[known(revised, "申报表（修改）.pdf", "pdf")],
    )
    iphone = "好的，社保证明见附件\n\n发自我的iPhone\n\n> 在 2026年11月20日，09:30，人才工作局\n> <rcsb@talent-office.example> 写道：\n> \n> 请补交社保证明"
    d.put(
        "k08_iphone_reply",
        multi([text(iphone), file(page, "IMG.pdf")]),
        "liusihan@icloud.example",
        "回复：补正通知",
        "supplement",
        headers=(f"In-Reply-To: <{CASE}.correction.7.dd@{OWN}>", f"References: <{CASE}.correction.7.dd@{OWN}>"),
        case_no=CASE,
        thread_ref=f"<{CASE}.correction.7.dd@{OWN}>",
        body_text="好的，社保证明见附件",
        attachments=[known(page, "IMG.pdf", "pdf")],
    )
    d.put(
        "k09_number_only_in_history",
        text(f'请问进展如何\n\n在 2026-11-20 09:30:00，"人才工作局" <{BOX}> 写道：\n\n受理编号：{CASE}'),
        "h9@163.example",
        "进度",
        "other",
        body_text="请问进展如何",
    )
    d.put(
        "k10_blank_text_and_html",
        multi(
            [
                text("  \n"),
                text(
                    '<div>请查收<b>申报</b>材料&nbsp;</div><div style="display:none">preheader 同意</div>', kind="html"
                ),
            ],
            "alternative",
        ),
        "h10@qq.example",
        "申报材料",
        "new_application",
        body_text="请查收申报材料",
    )
    gm = "Delivery to the following recipient failed permanently:\n\n     gone@gmail.example\n"
    original = f"From: {BOX}\r\nSubject: x\r\nMessage-ID: <{CASE}.receipt.1.ee@{OWN}>\r\n\r\n".encode()
    report = part(
        b"Reporting-MTA: dns; googlemail.example\r\n\r\nFinal-Recipient: rfc822; gone@gmail.example\r\nAction: failed\r\nStatus: 5.1.1\r\n",
        "Content-Type: message/delivery-status",
    )
    d.put(
        "k11_gmail_bounce",
        multi(
            [text(gm), report, part(original, "Content-Type: message/rfc822")],
            "report",
            more="; report-type=delivery-status",
        ),
        "mailer-daemon@googlemail.example",
        "Delivery Status Notification (Failure)",
        "bounce",
        path="",
        headers=("X-Failed-Recipients: gone@gmail.example", "Auto-Submitted: auto-replied"),
        case_no=CASE,
        thread_ref=f"<{CASE}.receipt.1.ee@{OWN}>",
    )
    backscatter = b"From: other@x.example\r\nSubject: win\r\nMessage-ID: <foreign@x.example>\r\n\r\n"
    d.put(
        "k12_backscatter",
        multi(
            [text("Your message could not be delivered"), part(backscatter, "Content-Type: text/rfc822-headers")],
            "report",
            more="; report-type=delivery-status",
        ),
        "postmaster@else.example",
        "Mail delivery failed: returning message to sender",
        "bounce",
        path="",
        thread_ref="<foreign@x.example>",
    )
    d.put(
        "k13_number_in_body_only",
        text(f"我的编号是{CASE}，请问审核结果出来了吗？"),
        "h13@qq.example",
        "查询结果",
        "other",
    )
    d.put(
        "k14_forged_results_below",
        text("同意"),
        f"fs1@{OWN}",
        f"回复: 【待审批】{CASE}",
        "decision_reply",
        auth="fail",
        headers=(
            f"Authentication-Results: {HOST}; dmarc=pass header.from={OWN}",
            f"In-Reply-To: <{CASE}.task.t1.ff@{OWN}>",
        ),
        case_no=CASE,
        thread_ref=f"<{CASE}.task.t1.ff@{OWN}>",
        decision="approve",
        must_reply=False,
        authentic=False,
        body_text="同意",
    )
    shot = jpg("dup")
    d.put(
        "l01_first_of_two",
        multi([text("申请表拍照"), file(shot, "表.jpg"), file(forms_twice := pdf("twice"), "表.pdf")]),
        "p1@qq.example",
        "生活补贴申请",
        "new_application",
        attachments=[known(shot, "表.jpg", "jpg"), known(forms_twice, "表.pdf", "pdf")],
    )
    d.put(
        "l02_same_pdf_again",
        multi([text("刚才忘写主题，重发申请表"), file(forms_twice, "申请表.pdf")]),
        "p1@qq.example",
        "生活补贴申请 重发",
        "new_application",
        dup_of="l01_first_of_two",
        attachments=[known(forms_twice, "申请表.pdf", "pdf")],
    )
