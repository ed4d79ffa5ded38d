"""What applicants write about a case: supplements, withdrawals, questions, objections, thanks."""

# ruff: noqa: E501 - a letter's line is as long as it is

from tests.mailroom.unseen.build import (
    Drawer,
    attach,
    file,
    jpg,
    known,
    multi,
    pdf,
    text,
)

CASE = "YC-SUB-2026-004711"
QQ_QUOTE = "------------------&nbsp;原始邮件&nbsp;------------------"


def on_cases(d: Drawer) -> None:
    paper = pdf("sup1")
    quoted = f"补交学历认证报告，请查收。\n\n\n{QQ_QUOTE}\n发件人: 人才工作局 <rcsb@talent-office.example>\n发送时间: 2026年11月20日(星期五) 09:30\n收件人: 李明远\n主题: 【补正通知】{CASE} 请补交材料\n\n请补交：学历认证报告。"
    d.put(
        "b01_qq_reply_supplement",
        multi([text(quoted.replace("&nbsp;", " ")), file(paper, "学历认证报告.pdf")]),
        "2839001@qq.example",
        f"回复：【补正通知】{CASE} 请补交材料",
        "supplement",
        headers=(f"In-Reply-To: <{CASE}.correction.4.ab12cd34ef56@talent-office.example>",),
        case_no=CASE,
        thread_ref=f"<{CASE}.correction.4.ab12cd34ef56@talent-office.example>",
        body_text="补交学历认证报告，请查收。",
        attachments=[known(paper, "学历认证报告.pdf", "pdf")],
    )
    page = jpg("sup2")
    d.put(
        "b02_phone_answers_with_picture",
        multi(
            [
                text("> 请补交：社保缴费证明\n\n这是社保证明\n\n发自我的小米手机"),
                attach(
                    page,
                    "Content-Type: image/jpeg",
                    'Content-Disposition: attachment; filename="Screenshot_20261123.jpg"',
                ),
            ]
        ),
        "wyn@foxmail.example",
        "Re: 【补正通知】请补交材料",
        "supplement",
        headers=(f"References: <a@b.example>\r\n <{CASE}.returned.9.0123456789ab@talent-office.example>",),
        case_no=CASE,
        thread_ref=f"<{CASE}.returned.9.0123456789ab@talent-office.example>",
        body_text="这是社保证明",
        attachments=[known(page, "Screenshot_20261123.jpg", "jpg")],
    )
    paper = pdf("sup3")
    d.put(
        "b03_new_letter_names_case_full_width",
        multi([text("按通知要求，补充劳动合同一份。"), file(paper, "劳动合同.pdf")]),
        "zhaoqing@163.example",
        "补充材料 ＹＣ－ＳＵＢ－２０２６－０００９１２",
        "supplement",
        case_no="YC-SUB-2026-000912",
        body_text="按通知要求，补充劳动合同一份。",
        attachments=[known(paper, "劳动合同.pdf", "pdf")],
    )
    d.put(
        "b04_withdrawal_plain",
        text("因本人已离职并到外地工作，现申请撤回购房补贴的申报，望批准。\n李明远"),
        "2839001@qq.example",
        f"撤回申请 {CASE}",
        "withdrawal",
        case_no=CASE,
        body_text="因本人已离职并到外地工作，现申请撤回购房补贴的申报，望批准。\n李明远",
    )
    d.put(
        "b05_withdrawal_other_words",
        text("您好，考虑到个人原因，我决定放弃本年度青年英才的申报资格，麻烦把我的材料退给我。"),
        "zk@lab.example",
        "回复: 受理通知",
        "withdrawal",
        headers=(f"In-Reply-To: <{CASE}.accepted.3.aa@talent-office.example>",),
        case_no=CASE,
        thread_ref=f"<{CASE}.accepted.3.aa@talent-office.example>",
        body_text="您好，考虑到个人原因，我决定放弃本年度青年英才的申报资格，麻烦把我的材料退给我。",
    )
    d.put(
        "b06_asks_how_to_withdraw",
        text("请问如果想撤销申请需要什么手续？"),
        "chenlu@qq.example",
        "咨询",
        "other",
        body_text="请问如果想撤销申请需要什么手续？",
    )
    d.put(
        "b07_status_question_reply",
        text(
            "老师您好，想了解一下我的补贴审批到哪个环节了，谢谢！\n\n| |\n何晓宇\n|\n|\nhexiaoyu@126.example\n|\n---- 回复的原邮件 ----\n| 发件人 | 人才工作局<rcsb@talent-office.example> |\n| 日期 | 2026年11月03日 10:22 |\n| 收件人 | hexiaoyu@126.example |\n| 主题 | 受理通知 |\n您的申请已受理。"
        ),
        "hexiaoyu@126.example",
        f"回复：受理通知 {CASE}",
        "other",
        case_no=CASE,
    )
    d.put(
        "b08_status_question_new",
        text("你好，上个月交的租房补贴材料，什么时候能发下来？"),
        "wyn@foxmail.example",
        "租房补贴",
        "other",
        body_text="你好，上个月交的租房补贴材料，什么时候能发下来？",
    )
    d.put(
        "b09_form_request",
        text("您好！我司拟推荐一名科技副总，麻烦发一份推荐表的空白模板，谢谢。"),
        "hr@yijiang-new.example",
        "求科技副总推荐表",
        "other",
        body_text="您好！我司拟推荐一名科技副总，麻烦发一份推荐表的空白模板，谢谢。",
    )
    d.put(
        "b10_objection",
        text("公示名单第7号徐某，2025年已在外市享受过同类补贴，本人对其入选持有异议，请核查。\n知情人"),
        "zhiqingren@163.example",
        "对公示人选的异议",
        "other",
        auth="none",
        body_text="公示名单第7号徐某，2025年已在外市享受过同类补贴，本人对其入选持有异议，请核查。\n知情人",
    )
    d.put(
        "b11_thanks",
        text("收到通知，谢谢老师，辛苦了！\n\n发自我的iPhone"),
        "liusihan@icloud.example",
        f"Re: 受理通知 {CASE}",
        "other",
        case_no=CASE,
        body_text="收到通知，谢谢老师，辛苦了！",
    )
    paper = pdf("sup4")
    d.put(
        "b12_replaces_earlier_form",
        multi([text("前次提交的表格单位名称填错，请撤回旧表，以此次附件为准。"), file(paper, "申报表（更正）.pdf")]),
        "majun@qq.example",
        f"重新提交申报表 {CASE}",
        "supplement",
        case_no=CASE,
        body_text="前次提交的表格单位名称填错，请撤回旧表，以此次附件为准。",
        attachments=[known(paper, "申报表（更正）.pdf", "pdf")],
    )
    d.put(
        "b13_policy_question",
        text("请问非全日制硕士可以申请生活补贴吗？需要满足什么条件？"),
        "ask@qq.example",
        "政策咨询",
        "other",
        body_text="请问非全日制硕士可以申请生活补贴吗？需要满足什么条件？",
    )
    d.put(
        "b14_meeting_invitation",
        multi(
            [
                text("兹定于12月3日召开全市人才工作座谈会，请贵局派员参加，回执见附件。"),
                file(pdf("meeting"), "会议通知.pdf"),
            ]
        ),
        "bgs@city-gov.example",
        "关于召开人才工作座谈会的通知",
        "other",
        body_text="兹定于12月3日召开全市人才工作座谈会，请贵局派员参加，回执见附件。",
        attachments=[known(pdf("meeting"), "会议通知.pdf", "pdf")],
    )
    d.put(
        "b15_withdrawal_denied",
        text("老师，之前电话里说的撤回申请的事，我想了想还是不撤了，请继续审核。"),
        "zk@lab.example",
        f"关于 {CASE}",
        "other",
        case_no=CASE,
        body_text="老师，之前电话里说的撤回申请的事，我想了想还是不撤了，请继续审核。",
    )
    d.put(
        "b16_supplement_without_files",
        text("补充说明：我在2024年3月至8月的社保由原单位代缴，缴费地为本市。"),
        "2839001@qq.example",
        f"回复：补正通知 {CASE}",
        "supplement",
        case_no=CASE,
        body_text="补充说明：我在2024年3月至8月的社保由原单位代缴，缴费地为本市。",
    )
