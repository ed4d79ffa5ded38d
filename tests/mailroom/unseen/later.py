"""Letters written after the rules, of kinds that are hard: how people and programs in the field really put things."""

# ruff: noqa: E501 - a letter's line is as long as it is, in the signs its writer used

from tests.mailroom.unseen.build import (
    BOX,
    OWN,
    Drawer,
    attach,
    b64,
    enclosed,
    file,
    jpg,
    known,
    letter,
    multi,
    part,
    pdf,
    text,
    tnef,
    word,
)

CASE = "YC-SUB-2026-006031"
TASK = f"<{CASE}.task.t2.77aa88bb99cc@{OWN}>"
SENT = f"<{CASE}.receipt.1.0a1b2c3d4e5f@{OWN}>"
FIX = f"<{CASE}.correction.3.0f0e0d0c0b0a@{OWN}>"
ORIGINAL = f"Return-Path: <{BOX}>\r\nFrom: {BOX}\r\nTo: gone@qq.example\r\nSubject: {word('受理通知 ' + CASE)}\r\nMessage-ID: {SENT}\r\nDate: Mon, 23 Nov 2026 09:00:00 +0800\r\n\r\n".encode()
OUTLOOK = "\n\n发件人: 人才局审批提醒 <rcsb@talent-office.example>\n发送时间: 2026年11月23日 9:00\n收件人: 审批人\n主题: 【待审批】购房补贴\n\n请回复“同意”“不同意”或“退回”。初审意见：同意。\n"
QQ = '\n\n\n------------------ 原始邮件 ------------------\n发件人: "人才局" <rcsb@talent-office.example>\n发送时间: 2026年11月23日(星期一) 上午9:00\n收件人: "审批人"\n主题: 【待审批】购房补贴\n\n复审意见：同意\n'

REPLIES = (
    ("原则同意，但社保那一段请人社再核一下", "unclear", OUTLOOK),
    ("同意一半，生活补贴可以给，购房的再看看", "unclear", QQ),
    ("不反对。", "unclear", ""),
    ("", "unclear", QQ),
    ("同意。请财政局按程序拨付。", "approve", OUTLOOK),
    ("同意 王建国 2026.11.23", "approve", QQ),
    ("退回补充：劳动合同缺签字页", "return", QQ),
    ("👍", "unclear", ""),
    ("张伟同意，李强不同意", "unclear", ""),
    ("看了，没毛病", "unclear", ""),
    ("阅，同意推荐上报。", "approve", ""),
    ("经党组会研究，同意聘任为科技副总。", "approve", OUTLOOK),
    ("不予批准：申请人年龄已超过45周岁上限。", "reject", QQ),
    ("除住房补贴外都同意", "unclear", ""),
    ("同意才怪！材料差成这样", "unclear", ""),
    ("谁同意谁负责", "unclear", QQ),
    ("同意上面两位的意见，退回去让他补", "unclear", OUTLOOK),
    ("我同意个人承诺书的写法，别的还没看", "unclear", ""),
)


def replies(d: Drawer) -> None:
    for number, (words, decision, tail) in enumerate(REPLIES):
        d.put(
            f"m{number:02}_reply",
            text(words + tail, ("utf-8", "gbk")[number % 2 and words.isprintable() and "👍" not in words]),
            f"fenguan{number}@{OWN}",
            f"答复: 【待审批】{CASE} 购房补贴",
            "decision_reply",
            shown_subject=word(f"答复: 【待审批】{CASE} 购房补贴", ("utf-8", "gb18030")[number % 2]),
            headers=(f"In-Reply-To: {TASK}",),
            case_no=CASE,
            thread_ref=TASK,
            decision=decision,
            must_reply=decision == "unclear",
            body_text=words,
        )
    d.put(
        "m91_phone_netease",
        text("同意。\n\n\n来自网易邮箱大师"),
        f"fenguan91@{OWN}", f"回复：【待审批】{CASE}", "decision_reply",
        headers=(f"In-Reply-To: {TASK}",), case_no=CASE, thread_ref=TASK, decision="approve", must_reply=False,
        body_text="同意。",
    )  # fmt: skip


PLAIN = (
    (
        "n01",
        "关于我的申请",
        "老师您好，我已经离职去外地了，之前交的人才补贴不办了，麻烦把我的申请撤掉。",
        "withdrawal",
        True,
    ),
    ("n03", "想问一下", "想问下申请能不能先撤回来改一下再交？", "other", True),
    (
        "n04",
        "关于撤销科技副总推荐人选的函",
        "我单位推荐的科技副总人选王强因岗位调整，不再参加本批次选聘，请予撤销。",
        "withdrawal",
        True,
    ),
    ("n06", "作废", "请把我那份申请作废吧，不想要了，谢谢。", "withdrawal", True),
    ("n07", "补贴", "老师，材料交上去快一个月了，咋还没动静？", "other", True),
    (
        "n09",
        "Application status",
        "Dear officer, could you let me know the status of my talent allowance application? Thank you.",
        "other",
        True,
    ),
    ("n10", "申请表", "官网的下载链接打不开，能不能发一份购房补贴申请表的电子版给我？", "other", True),
    ("n12", "回复：受理通知", "收到，谢谢老师！", "other", True),
    ("n13", "【内部渠道】职称评审代评", "中高级职称快速代评，不过全额退款，加V：zc88996，名额有限！", "spam", False),
    (
        "n15",
        "政府补贴代理申报",
        "专业团队代理各类政府补贴申报，不成功不收费，高新企业认定包过，欢迎来电咨询：400-000-0000。退订请回复TD",
        "spam",
        False,
    ),
    (
        "n16",
        "财务部通知：2026年个人劳动补贴申领",
        "各位员工：请扫码进群领取您的补贴款，填写银行卡号和密码，逾期视为放弃。",
        "spam",
        False,
    ),
    (
        "n18",
        "Business proposal",
        "Dear friend, I am a lawyer. There is an inheritance of 9.5 million USD for you. Contact me.",
        "spam",
        False,
    ),
    (
        "n19",
        "自动回复: 受理通知",
        "您好！我于11月20日至27日外出培训，邮件回复不及时，急事请联系小李 0556-5551234。",
        "auto_reply",
        False,
    ),
    (
        "n21",
        "【工单已创建】#12345 受理通知",
        "您的邮件我们已收到，工单号#12345。本邮件由系统自动发送，请勿回复。",
        "auto_reply",
        False,
    ),
    (
        "n22",
        "Out of Office: 受理通知",
        "Thank you for your email. I am on annual leave with no access to mail and will be back on 1 December.",
        "auto_reply",
        False,
    ),
    ("s1", "个人原因", "老师，我换工作了，单位变了不符合条件，申请我不要了，您帮我撤一下吧", "withdrawal", True),
    ("s2", "回复", "我这个申请可以不撤吗？", "other", True),
    ("s4", "撤回申請", "因本人已返港工作，現申請撤回人才補貼申請，敬請辦理。", "withdrawal", True),
    ("s5", "材料什么时候交", "请问今年第二批青年英才什么时候开始申报？需要哪些材料？", "other", True),
    ("s7", "内推代发论文", "SCI/核心论文代写代发，包录用，加微信 lunwen2026", "spam", False),
    ("s8", "【重要】您的社保补贴待领取", "点击链接填写身份证和银行卡领取社保补贴 http://gov-bt.example", "spam", False),
    ("s10", "自動回覆: 受理通知", "本人正在休假，將於十二月一日返回辦公室。", "auto_reply", False),
    (
        "s11",
        "休假",
        "感谢来信！我正在休年假，11月30日返岗，紧急事宜请致电。（此邮件为系统自动回复）",
        "auto_reply",
        False,
    ),
    ("s13", "换个邮箱", "我以后用这个邮箱联系，原来的邮箱不用了。", "other", True),
    ("u1", "撤销", "我已考上公务员，原先报的产业导师麻烦帮我撤销，谢谢老师", "withdrawal", True),
    ("u2", "关于退出评选的说明", "经慎重考虑，我决定退出本次青年英才评选。", "withdrawal", True),
    ("u4", "催一下", "我的补贴批下来没有？都三个月了", "other", True),
    ("u5", "表格", "麻烦发一下科技副总推荐表的模板，谢谢", "other", True),
    ("u7", "公司注册 代理记账", "公司注册、代理记账、税务筹划，价格优惠，欢迎咨询 138xxxx", "spam", False),
    ("u8", "兼职招聘", "在家就能做，日结300-500，加我QQ 12345678", "spam", False),
    ("u10", "自动答复：补正通知", "我正在出差，回复可能延迟，敬请谅解。", "auto_reply", False),
    (
        "u11",
        "Re: 补正通知",
        "Hi, I'm on parental leave until March. This mailbox is not monitored. This is an automated response.",
        "auto_reply",
        False,
    ),
    ("u13", "无主题", "在吗", "other", True),
    ("u14", "感谢信", "衷心感谢人才局对我们企业引才工作的支持！", "other", True),
)


def plain(d: Drawer) -> None:
    for number, (name, subject, words, kind, answered) in enumerate(PLAIN):
        raw = number % 3 == 1 and not subject.isascii() and not words.isascii()
        d.put(
            f"{name}_plain",
            text(
                words,
                "gb18030" if raw else "utf-8",
                encoding="8bit" if raw else "base64",
                label="gb2312" if raw else "",
            ),
            f"ren{number}@{('qq', '163', 'foxmail', 'outlook')[number % 4]}.example",
            subject,
            kind,
            shown_subject=subject.encode("gb18030") if raw else None,
            must_reply=answered,
            body_text=words if answered else None,
        )


def supplements(d: Drawer) -> None:
    for name, subject, words, paper, headers in (
        ("o01", "社保清单", "您好，上次说缺的社保缴费清单现补上，请查收。", "社保缴费清单.pdf", ()),
        ("o02", "补材料-张伟-生活补贴", "见附件", "劳动合同.pdf", ()),
        ("o04", "回复：【补正通知】请补交材料", "都在附件里了，麻烦老师再看一下\n\n发自我的iPhone", "学位证.pdf", (f"In-Reply-To: {FIX}", f"References: {SENT} {FIX}")),
    ):  # fmt: skip
        data = pdf(name)
        d.put(
            f"{name}_supplement", multi([text(words), file(data, paper)]), f"{name}@foxmail.example", subject,
            "supplement", headers=headers, case_no=CASE if headers else None, thread_ref=FIX if headers else None,
            attachments=[known(data, paper, "pdf")], body_text=words.partition("\n\n发自")[0],
        )  # fmt: skip
    back = jpg("idback")
    d.put(
        "o05_forgotten_page",
        multi([text("忘了身份证反面，补发一张照片", "gbk"), file(back, "身份证反面.jpg", "image/jpeg", "gbk")]),
        "o05@163.example", "身份证反面", "supplement",
        attachments=[known(back, "身份证反面.jpg", "jpg")], body_text="忘了身份证反面，补发一张照片",
    )  # fmt: skip


def applications(d: Drawer) -> None:
    def put(name: str, parts: list[bytes], subject: str, attachments: list, words: str | None, **more: object) -> None:
        d.put(name, multi(parts), f"{name.partition('_')[0]}@qq.example", subject, "new_application",
              attachments=attachments, body_text=words, **more)  # type: ignore[arg-type]  # fmt: skip

    form = pdf("p01")
    bare = "张丽-宜城一中-青年英才.pdf".encode("gb18030")
    put(
        "p01_raw_gbk",
        [text("见附件", "gb18030", encoding="8bit", label="gbk"),
         attach(form, b'Content-Type: application/pdf; name="' + bare + b'"', b'Content-Disposition: attachment; filename="' + bare + b'"')],
        "张丽-宜城一中-青年英才", [known(form, "张丽-宜城一中-青年英才.pdf", "pdf")], "见附件",
        shown_subject="张丽-宜城一中-青年英才".encode("gb18030"),
    )  # fmt: skip
    pages = [jpg(f"page{n}") for n in range(4)]
    shown = "".join(f'<div><img src="cid:p{n}@qq"></div>' for n in range(4))
    put(
        "p02_four_photos_html_only",
        [text(f"<div>老师好，这是我的申报表，一共四页，拍的照片</div>{shown}", "utf-8", "html"),
         *[attach(p, f'Content-Type: image/jpeg; name="mmexport{n}.jpg"', f"Content-ID: <p{n}@qq>", "Content-Disposition: inline") for n, p in enumerate(pages)]],
        "申报表", [known(p, f"mmexport{n}.jpg", "jpg") for n, p in enumerate(pages)], "老师好，这是我的申报表，一共四页，拍的照片",
    )  # fmt: skip
    inner = pdf("tnef2")
    wrapped = tnef([("产业导师申报表.pdf".encode("gbk"), inner)])
    put(
        "p04_winmail", [text("产业导师申报材料请查收", "gb18030"), file(wrapped, "winmail.dat", "application/ms-tnef")],
        "产业导师申报", [known(wrapped, "winmail.dat", "tnef", [known(inner, "产业导师申报表.pdf", "pdf")])],
        "产业导师申报材料请查收",
    )  # fmt: skip
    big = ('<div>申报材料太大，用超大附件发的</div><div id="QQMailBigAttach"><div>从QQ邮箱发来的超大附件</div>'
           '<a href="http://mail.qq.example/cgi-bin/ftnExs_download?k=1">申报材料.zip</a> (128.3M, 2026年12月23日 10:00 到期)</div>')  # fmt: skip
    d.put(
        "p05_qq_huge",
        text(big, "utf-8", "html"),
        "p05@qq.example",
        "生活补贴申报材料",
        "new_application",
        attachments=[],
        body_text=None,
    )
    form7 = pdf("p07")
    passed = "请人才局受理我司员工的申请，附件为申报表。\n\n---------- 转发的邮件 ---------\n发件人: 陈工 <chen@corp.example>\n日期: 2026年11月20日\n主题: 申报表\n收件人: HR\n\n表填好了，麻烦帮我交一下。"
    put(
        "p07_forwarded_inline",
        [text(passed), file(form7, "陈工申报表.pdf")],
        "转发: 申报表",
        [known(form7, "陈工申报表.pdf", "pdf")],
        None,
    )
    forms = [pdf("p08a"), pdf("p08b")]
    enclosed_letters = [
        letter(multi([text("请查收我的申报表"), file(data, f"申报表{n}.pdf")]), f"<yuangong{n}@corp.example>", word(f"申报表{n}"), f"<in{n}@corp.example>")
        for n, data in enumerate(forms)
    ]  # fmt: skip
    put(
        "p08_two_letters_enclosed",
        [text("两位员工的青年人才申报邮件，一并转上。"),
         *[part(inner, "Content-Type: message/rfc822", f'Content-Disposition: attachment; filename="{word(f"申报表{n}.eml")}"') for n, inner in enumerate(enclosed_letters)]],
        "青年人才申报", [enclosed(f"申报表{n}.eml", [known(data, f"申报表{n}.pdf", "pdf")]) for n, data in enumerate(forms)],
        "两位员工的青年人才申报邮件，一并转上。",
    )  # fmt: skip
    form10 = pdf("p10")
    put(
        "p10_nothing_but_a_file",
        [text(""), file(form10, "科技副总申报书.pdf")],
        "",
        [known(form10, "科技副总申报书.pdf", "pdf")],
        "",
        shown_subject="",
    )
    form11 = pdf("p11")
    cut = [f"filename*{n}*={piece}" for n, piece in enumerate(("gbk''%C9%EA%B1", "%A8%B1%ED.p", "df"))]
    put(
        "p11_name_in_continuations",
        [text("申报材料请审阅。", "gbk", encoding="quoted-printable"),
         attach(form11, "Content-Type: application/octet-stream", "Content-Disposition: attachment;\r\n " + ";\r\n ".join(cut))],
        "青年英才计划申报", [known(form11, "申报表.pdf", "pdf")], "申报材料请审阅。",
    )  # fmt: skip


FILES = (
    ("t1", "租房补贴（周婷）", "老师好，申报表和租房合同一起发您", "租房补贴申报表.pdf", "new_application"),
    ("t2", "缺的那张", "您说缺的承诺书签好了，发您", "承诺书.pdf", "supplement"),
    ("t4", "某某公司科技副总推荐材料", "现将我单位推荐人选材料报上，请予审核。", "推荐表.pdf", "new_application"),
    ("t5", "重新扫描", "之前扫描的不清楚，重新扫了一份", "身份证.pdf", "supplement"),
    ("t7", "论坛邀请函", "诚邀贵局领导出席产业发展论坛，议程见附件。", "邀请函.pdf", "other"),
    ("v1", "陈静+安家费", "陈静申报安家费的全部材料，请老师查收", "安家费申报表.pdf", "new_application"),
    ("v2", "劳动合同", "不好意思，之前漏传了劳动合同，现在发过来", "劳动合同.pdf", "supplement"),
    ("v4", "体检报告", "按照您的要求补一份体检报告", "体检报告.pdf", "supplement"),
    ("v5", "个税", "这是您要的个税完税证明", "完税证明.pdf", "supplement"),
    ("v7", "工作简报", "本月人才工作简报，请参阅", "简报第11期.pdf", "other"),
    ("v8", "签字页", "原来的申请表忘记签字，签好字的在附件", "申请表签字页.pdf", "supplement"),
)


def one_file(d: Drawer) -> None:
    for number, (name, subject, words, paper, kind) in enumerate(FILES):
        data = pdf(f"one{name}")
        d.put(
            f"{name}_file", multi([text(words, ("utf-8", "gbk")[number % 2]), file(data, paper)]),
            f"y{number}@163.example", subject, kind, attachments=[known(data, paper, "pdf")], body_text=words,
        )  # fmt: skip


def programs(d: Drawer) -> None:
    d.put(
        "q02_read_receipt",
        multi(
            [text("这是邮件收条。收件人已阅读了该邮件。"),
             part(b"Reporting-UA: Foxmail\r\nFinal-Recipient: rfc822;a@foxmail.example\r\nOriginal-Message-ID: " + SENT.encode() + b"\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n", "Content-Type: message/disposition-notification")],
            "report", more="; report-type=disposition-notification",
        ),
        "a@foxmail.example", "收条: 受理通知", "auto_reply", headers=(f"In-Reply-To: {SENT}",), case_no=CASE, thread_ref=SENT, body_text=None,
    )  # fmt: skip
    d.put(
        "q03_meeting_invitation",
        multi([text("请于11月25日9:30参加人才工作座谈会。"),
               part(b64(b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"), "Content-Type: text/calendar; charset=utf-8; method=REQUEST", "Content-Transfer-Encoding: base64")], "alternative"),
        "office@corp.example", "邀请: 人才工作座谈会", "other",
        attachments=[known(b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", None, "ics")],
        body_text="请于11月25日9:30参加人才工作座谈会。",
    )  # fmt: skip
    original = part(ORIGINAL, "Content-Type: message/rfc822")
    headers_only = part(ORIGINAL, "Content-Type: text/rfc822-headers")

    def status(recipient: str, code: str, said: str, action: str = "failed") -> bytes:
        return part(
            f"Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {code}\r\nDiagnostic-Code: smtp; {said}\r\n".encode(),
            "Content-Type: message/delivery-status",
        )

    for name, addr, subject, parts, report in (
        ("r02_163_bilingual", "postmaster@163.example", "系统退信/The email is returned",
         [text("您的邮件被系统退回。/Your message was not delivered.\n收件人/Recipient: gone@163.example\n原因/Reason: 550 User not found", "gbk"), status("gone@163.example", "5.1.1", "550 User not found"), original], True),
        ("r03_exchange_zh", "postmaster@corp.example", "未送达: 受理通知",
         [text("您的邮件未送达以下收件人:\n\ngone@corp.example\n找不到你输入的电子邮件地址。请检查收件人的电子邮件地址，然后尝试重新发送该邮件。"), status("gone@corp.example", "5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound"), headers_only], True),
        ("r05_qmail", "mailer-daemon@isp.example", "failure notice",
         [text("Hi. This is the qmail-send program at isp.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<gone@isp.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n"), original], False),
    ):  # fmt: skip
        d.put(name, multi(parts, "report" if report else "mixed", more="; report-type=delivery-status" if report else ""), addr, subject, "bounce",
              path="", case_no=CASE, thread_ref=SENT, body_text=None)  # fmt: skip


def later(d: Drawer) -> None:
    """All of them."""
    replies(d)
    plain(d)
    supplements(d)
    applications(d)
    one_file(d)
    programs(d)
