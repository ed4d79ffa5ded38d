"""What programs write: absences, bounces, receipts, lists, advertising, fraud."""

# ruff: noqa: E501 - a letter's line is as long as it is

from tests.mailroom.unseen.build import BOX, HOST, OWN, Drawer, b64, file, known, multi, packed, part, pdf, text, word

CASE = "YC-SUB-2026-002200"
SENT = f"<{CASE}.receipt.1.abcdefabcdef@{OWN}>"
ORIGINAL = f"Return-Path: <{BOX}>\r\nFrom: {BOX}\r\nTo: nobody@qq.example\r\nSubject: {word('受理通知 ' + CASE)}\r\nMessage-ID: {SENT}\r\nDate: Mon, 23 Nov 2026 09:00:00 +0800\r\n\r\n".encode()


def _dsn(recipient: str, action: str, status: str, diagnostic: str, reporting: str) -> bytes:
    lines = [
        f"Reporting-MTA: dns; {reporting}",
        "Arrival-Date: Mon, 23 Nov 2026 09:00:00 +0800",
        "",
        f"Final-Recipient: rfc822; {recipient}",
        f"Action: {action}",
        f"Status: {status}",
        f"Diagnostic-Code: smtp; {diagnostic}",
        "",
    ]
    return part("\r\n".join(lines).encode(), "Content-Type: message/delivery-status")


def automatic(d: Drawer) -> None:
    d.put(
        "e01_qq_vacation",
        text("您好，我正在休假，邮件已收到，回来后会尽快回复您。这是一封自动回复邮件。"),
        "2839001@qq.example",
        f"自动回复: 受理通知 {CASE}",
        "auto_reply",
        case_no=CASE,
        body_text=None,
    )
    d.put(
        "e02_exchange_oof",
        text("I am out of the office until 30 November with limited access to email."),
        "hr@bigcorp.example",
        "Automatic reply: 受理通知",
        "auto_reply",
        shown_subject="Automatic reply: " + word("受理通知"),
        headers=("Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All", f"In-Reply-To: {SENT}"),
        case_no=CASE,
        thread_ref=SENT,
        path="",
        body_text="I am out of the office until 30 November with limited access to email.",
    )
    d.put(
        "e03_163_auto",
        text("您的来信已收到，我会尽快处理。（自动回复）"),
        "zhaoqing@163.example",
        f"自动回复：受理通知 {CASE}",
        "auto_reply",
        headers=("X-AutoReply: yes",),
        case_no=CASE,
        body_text=None,
    )
    d.put(
        "e04_gmail_vacation_no_prefix",
        text("我在出差，11月30日前无法查看邮件，急事请致电办公室。"),
        "lin.zh@gmail.example",
        "Re: 受理通知",
        "auto_reply",
        shown_subject="Re: " + word("受理通知"),
        headers=("Auto-Submitted: auto-replied", "Precedence: bulk", "X-Autoreply: yes", f"In-Reply-To: {SENT}"),
        case_no=CASE,
        thread_ref=SENT,
        body_text="我在出差，11月30日前无法查看邮件，急事请致电办公室。",
    )
    d.put(
        "e05_leave_notice",
        text("本人休产假至2027年3月，工作由王老师接替，电话5551111。此为系统自动答复。"),
        "office@factory.example",
        "休假自动答复",
        "auto_reply",
        body_text=None,
    )
    mdn = part(
        b"Final-Recipient: rfc822; hr@bigcorp.example\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n",
        "Content-Type: message/disposition-notification",
    )
    d.put(
        "e06_read_receipt",
        multi([text("您的邮件已被阅读。"), mdn], "report", more="; report-type=disposition-notification"),
        "hr@bigcorp.example",
        "已读: 补正通知",
        "auto_reply",
        headers=(f"In-Reply-To: {SENT}",),
        case_no=CASE,
        thread_ref=SENT,
        body_text="您的邮件已被阅读。",
    )


def bounces(d: Drawer) -> None:
    words = "This is the mail system at host mx3.talent-office.example.\n\nI'm sorry to have to inform you that your message could not be delivered."
    d.put(
        "f01_postfix_dsn",
        multi(
            [
                text(words),
                _dsn("nobody@qq.example", "failed", "5.1.1", "550 Mailbox not found", HOST),
                part(ORIGINAL, "Content-Type: text/rfc822-headers"),
            ],
            "report",
            more="; report-type=delivery-status",
        ),
        f"mailer-daemon@{HOST}",
        "Undelivered Mail Returned to Sender",
        "bounce",
        path="",
        auth=None,
        headers=("Auto-Submitted: auto-replied",),
        case_no=CASE,
        thread_ref=SENT,
        body_text=words,
    )
    qq = f"抱歉，您的邮件被退回来了……\n\n原邮件信息：\n时间 2026-11-23 09:00:00\n主题：受理通知 {CASE}\n收件人：nobody@qq.example\n\n退信原因：\n收件人邮件地址（nobody@qq.example）不存在，邮件无法送达。\nhost mx3.qq.example said: 550 Mailbox not found"
    d.put(
        "f02_qq_plain_bounce",
        multi(
            [
                text(qq),
                part(
                    ORIGINAL + b"x",
                    "Content-Type: message/rfc822",
                    "Content-Disposition: attachment; filename=original.eml",
                ),
            ]
        ),
        "postmaster@qq.example",
        "系统退信",
        "bounce",
        path="",
        case_no=CASE,
        thread_ref=SENT,
    )
    n163 = "<table><tr><td>您好，您发往 nobody@163.example 的邮件未能成功投递。</td></tr><tr><td>原因：550 User not found: nobody@163.example</td></tr></table>"
    d.put(
        "f03_163_dsn_html",
        multi(
            [
                multi([text("您好，您的邮件未能成功投递", "gbk"), text(n163, "gbk", "html")], "alternative"),
                _dsn("nobody@163.example", "failed", "5.1.1", "550 User not found", "m12.163.example"),
                part(ORIGINAL, "Content-Type: message/rfc822"),
            ],
            "report",
            more="; report-type=delivery-status",
        ),
        "postmaster@163.example",
        "系统退信/Systems bounce",
        "bounce",
        path="",
        case_no=CASE,
        thread_ref=SENT,
    )
    d.put(
        "f04_exchange_ndr",
        multi(
            [
                text(
                    "Delivery has failed to these recipients or groups:\n\nchen@bigcorp.example\nThe email address you entered couldn't be found."
                ),
                _dsn(
                    "chen@bigcorp.example",
                    "failed",
                    "5.1.10",
                    "550 5.1.10 RESOLVER.ADR.RecipientNotFound",
                    "ex01.bigcorp.example",
                ),
                part(ORIGINAL, "Content-Type: message/rfc822"),
            ],
            "report",
            more="; report-type=delivery-status",
        ),
        "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@bigcorp.example",
        "Undeliverable: 受理通知",
        "bounce",
        shown_subject="Undeliverable: " + word("受理通知"),
        path="",
        headers=("X-MS-Exchange-Message-Is-Ndr:",),
        case_no=CASE,
        thread_ref=SENT,
    )
    d.put(
        "f05_delayed",
        multi(
            [
                text("THIS IS A WARNING MESSAGE ONLY.\nYOU DO NOT NEED TO RESEND YOUR MESSAGE."),
                _dsn("slow@sina.example", "delayed", "4.4.1", "connection timed out", HOST),
                part(ORIGINAL, "Content-Type: text/rfc822-headers"),
            ],
            "report",
            more="; report-type=delivery-status",
        ),
        f"mailer-daemon@{HOST}",
        "Delayed Mail (still being retried)",
        "bounce",
        path="",
        auth=None,
        case_no=CASE,
        thread_ref=SENT,
    )
    qmail = f"Hi. This is the qmail-send program at mail.sina.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<gone@sina.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <{BOX}>\nMessage-ID: {SENT}\nSubject: receipt\n"
    d.put(
        "f06_qmail",
        text(qmail),
        "MAILER-DAEMON@mail.sina.example",
        "failure notice",
        "bounce",
        path="",
        case_no=CASE,
        thread_ref=SENT,
    )


def unwanted(d: Drawer) -> None:
    d.put(
        "g01_invoices",
        text("我司长期代开各行业增值税发票，点数优惠，详询微信同号13900000000"),
        "kp8899@promo.example",
        "合作",
        "spam",
        auth="softfail",
        body_text=None,
    )
    d.put(
        "g02_phishing_quota",
        text(
            '<p>尊敬的用户：您的邮箱存储空间已满，将于24小时内停用，请<a href="http://evil.example/x">点击此处</a>验证账号。</p>',
            kind="html",
        ),
        "admin@mail-service.example",
        "邮箱升级通知",
        "spam",
        auth="fail",
        authentic=False,
        body_text=None,
    )
    program = b"MZ\x90\x00\x03" + b"\x00" * 400
    archive = packed([("申报系统客户端.exe".encode("gbk"), program)])
    d.put(
        "g03_program_in_zip",
        multi([text("请安装最新申报系统客户端"), file(archive, "申报系统.zip")]),
        "sys@update.example",
        "申报系统升级",
        "spam",
        auth="none",
        attachments=[known(archive, "申报系统.zip", "zip", [known(program, "申报系统客户端.exe", "exe")])],
    )
    d.put(
        "g04_training_advert",
        text("年底特惠！总裁班、EMBA公开课限时优惠，立即点击报名，免费领取资料，退订回T"),
        "edu@mkt.example",
        "(AD) 管理培训",
        "spam",
        headers=("List-Unsubscribe: <mailto:u@mkt.example>", "Precedence: bulk"),
        body_text=None,
    )
    d.put(
        "g05_flagged_by_server",
        text("Dear friend, I have a business proposal."),
        "prince@far.example",
        "Proposal",
        "spam",
        headers=("X-Spam-Flag: YES",),
        auth="none",
        body_text=None,
    )
    d.put(
        "g06_list_digest",
        text("本期摘要：人才政策动态三则。"),
        "owner-policy@lists.example",
        "[policy] 人才政策动态 第88期",
        "other",
        headers=("List-Id: <policy.lists.example>", "Precedence: list"),
        must_reply=False,
        body_text="本期摘要：人才政策动态三则。",
    )
    d.put(
        "g07_noreply_notice",
        text("您有一份公文待签收，请登录系统查看。"),
        "no-reply@oa.example",
        "公文签收提醒",
        "other",
        must_reply=False,
        body_text="您有一份公文待签收，请登录系统查看。",
    )
    form = pdf("forged")
    d.put(
        "g08_application_spf_fail",
        multi([text("申报材料请查收"), file(form, "申报表.pdf")]),
        "someone@bank.example",
        "生活补贴申报",
        "new_application",
        auth="fail",
        authentic=False,
        must_reply=False,
        body_text="申报材料请查收",
        attachments=[known(form, "申报表.pdf", "pdf")],
    )
    d.put(
        "g09_our_own_mail_back",
        text("您的申请已收到。"),
        BOX,
        f"受理通知 {CASE}",
        "auto_reply",
        case_no=CASE,
        headers=("X-Jucai-Loop: " + BOX, "Auto-Submitted: auto-replied"),
        must_reply=False,
        body_text="您的申请已收到。",
    )
    d.put(
        "g10_loan_fraud",
        text("无抵押信用贷款，最高50万，当天放款，加QQ 100200"),
        "loan@cash.example",
        "低息贷款",
        "spam",
        auth="spf",
        body_text=None,
    )
    d.put(
        "g11_recall_notice",
        text("zk@lab.example 将撤回邮件“申报材料”。"),
        "zk@lab.example",
        "撤回: 申报材料",
        "other",
        body_text="zk@lab.example 将撤回邮件“申报材料”。",
        must_reply=False,
    )


def broken(d: Drawer) -> None:
    form = pdf("nobound")
    body = (
        b"Content-Type: multipart/mixed\r\n\r\n--qq_001\r\nContent-Type: text/plain; charset=gbk\r\n\r\n"
        + "申请表见附件".encode("gbk")
        + b"\r\n--qq_001\r\nContent-Type: application/pdf; name=form.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + b64(form)
        + b"--qq_001--\r\n"
    )
    d.put(
        "h01_boundary_forgotten",
        body,
        "oldclient@yeah.example",
        "博士后生活补贴申请",
        "new_application",
        body_text="申请表见附件",
        attachments=[known(form, "form.pdf", "pdf")],
    )
    form = pdf("fold")
    d.put(
        "h02_control_characters",
        multi([text("申报"), file(form, "表\x07格\u202e.pdf")]),
        "x1@qq.example",
        "申报 材料",
        "new_application",
        shown_subject=word("申报\r\n材料"),
        body_text="申报",
        attachments=[known(form, "表格.pdf", "pdf")],
    )
    form = pdf("wrongcharset")
    d.put(
        "h03_gbk_called_utf8",
        multi([text("尊敬的领导：申请表请查收。", "gbk", encoding="8bit", label="utf-8"), file(form, "a.pdf")]),
        "x2@qq.example",
        "人才补贴申请",
        "new_application",
        body_text="尊敬的领导：申请表请查收。",
        attachments=[known(form, "a.pdf", "pdf")],
    )
    d.put(
        "h04_no_message_id_hz",
        text("请问申报截止时间是哪天？", "hz", encoding="7bit", label="hz-gb-2312"),
        "x3@qq.example",
        "Q",
        "other",
        ident=None,
        auth=None,
        body_text="请问申报截止时间是哪天？",
    )
