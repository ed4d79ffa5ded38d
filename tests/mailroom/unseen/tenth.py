"""A tenth set of 63, written after the last change to signs and weights.

First score by the letter alone: kind 96.8 %.
"""

# ruff: noqa: E501 - a letter's line is as long as it is, in the signs its writer used

from tests.mailroom.unseen.voices import CORRECTION, RECEIPT, TASK, Robot, Told, Voice, told

LETTERS: tuple[Voice | Robot, ...] = (
    Voice("new_application", "shao@qq.example", "邵丽萍 高层次人才E类", "领导好，请查收我的申请材料，如有疑问请致电，谢谢。", ("邵丽萍.pdf", "佐证.pdf")),
    Voice("new_application", "hr@bearing.example", "轴承厂租房补贴汇总", "附件汇总表1份、个人申请表7份。", ("汇总表.pdf", "申请表7份.zip")),
    Voice("new_application", "kang@163.example", "补贴申请", "硕士毕业两年，现申请生活补贴和租房补贴两项，各一份表。", ("生活补贴.pdf", "租房补贴.pdf")),
    Voice("new_application", "mei2@aqnu.example", "关于报名科技副总", "学院已同意，报名登记表扫描如附件。", ("登记表.jpg",)),
    Voice("new_application", "xu3@qq.example", "", "老师好", ("徐某人才认定申报表.pdf",)),
    Voice("new_application", "nadia@inst.example", "Talent application", "Hello. Here is my application for the talent programme. Nadia", ("Nadia_form.pdf",)),
    Voice("new_application", "gov@town.example", "转报：两家企业技术需求", "经审核，现将辖区两家企业的技术需求表转报你局。", ("需求1.pdf", "需求2.pdf")),
    Voice("new_application", "ouy@126.example", "安家费", "我爱人博士，我替她发的。申请表、合同、学位证。", ("申请表.pdf", "合同.pdf", "学位证.pdf")),
    Voice("new_application", "hr@paper.example", "麻烦登记一下", "我们单位今年新招的两个研究生，人才补贴。", ("甲.pdf", "乙.pdf")),
    Voice("new_application", "lei2@foxmail.example", "产业导师申请（续聘）", "上一聘期已满，企业愿意继续，申请续聘。", ("续聘申请.pdf",)),
    Voice("new_application", "pc@qq.example", "青年人才", "填得不好请包涵，有问题我改", ("青年人才申报书.docx", "青年人才申报书.pdf")),
    Voice("supplement", "shao@qq.example", "回复：补正通知 YC-SUB-2026-006040", "两份材料都补好了", ("1.pdf", "2.pdf"), re=CORRECTION, state="correction"),
    Voice("supplement", "hr@bearing.example", "补交第3份申请表签字页", "第3人当时没签字，现补上。", ("签字页.jpg",), state="open"),
    Voice("supplement", "kang@163.example", "租房合同", "上次那份过期了，这是新签的", ("新合同.pdf",), state="correction"),
    Voice("supplement", "xu3@qq.example", "Re：补正通知", "", ("证书.jpg",), re=CORRECTION, state="correction"),
    Voice("supplement", "ouy@126.example", "学位认证补充", "认证报告出来了，补充一下。", ("认证.pdf",), state="correction"),
    Voice("supplement", "nadia@inst.example", "Re: Correction YC-SUB-2026-006040", "Sorry for the mistake, the corrected form is attached.", ("form2.pdf",), re=CORRECTION, state="correction"),
    Voice("supplement", "pc@qq.example", "回复：补正通知 YC-SUB-2026-006040", "“毕业时间”填错了，应该是2023年6月。", (), re=CORRECTION, state="correction"),
    Voice("supplement", "mei2@aqnu.example", "企业盖章件", "企业已盖章，与前次登记表合并。", ("盖章件.pdf",), state="open"),
    Voice("withdrawal", "shao@qq.example", "撤回", "本人已调离安庆，申请撤回E类认定申请。", (), state="open"),
    Voice("withdrawal", "kang@163.example", "租房补贴不申请了", "我买房了，租房补贴那份撤回，生活补贴照常。", (), state="open"),
    Voice("withdrawal", "hr@bearing.example", "撤销刘某的申请", "刘某材料有问题，我厂决定撤销其申请。", (), state="open"),
    Voice("withdrawal", "gov@town.example", "需求撤回", "其中一家企业已停产，其技术需求请予撤回。", (), state="open"),
    Voice("withdrawal", "nadia@inst.example", "Re: Receipt YC-SUB-2026-006031", "Please withdraw it, I am not eligible.", (), re=RECEIPT, state="open"),
    Voice("decision_reply", "g1@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "同意", (), re=TASK, decision="approve", tail="outlook"),
    Voice("decision_reply", "g2@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "同意，按程序公示。", (), re=TASK, decision="approve", tail="qq"),
    Voice("decision_reply", "g3@talent-office.example", "答复: 【待审批】YC-SUB-2026-006031", "经核实不符合条件，不同意", (), re=TASK, decision="reject"),
    Voice("decision_reply", "g4@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "退回，请申请人重新盖章。", (), re=TASK, decision="return"),
    Voice("decision_reply", "g5@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "这次同意，下次别再这样报了", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "g6@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "什么叫同意？我还没看", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "g7@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "已同意转交财政", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "g8@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "不同意见已当面沟通", (), re=TASK, decision="unclear"),
    Voice("other", "shao@qq.example", "请问E类公示了吗", "查了网站没看到，请问公示了吗？", (), state="open", act="status"),
    Voice("other", "kang@163.example", "咨询到账", "生活补贴大约几号到账呢", (), state="open", act="status"),
    Voice("other", "hr@bearing.example", "催问", "我厂申报已逾一月，烦请告知办理情况。", (), state="open", act="status"),
    Voice("other", "w1@qq.example", "请求发送申请表", "您好，请发我一份科技副总申报表电子版。", (), act="form"),
    Voice("other", "w2@163.example", "咨询表格", "购房补贴用哪张表？在哪里下载？", (), act="form"),
    Voice("other", "w3@qq.example", "学历问题", "自考本科算不算全日制？能申请补贴吗？", ()),
    Voice("other", "w4@corp.example", "合规咨询", "劳务派遣员工由哪方申报？", ()),
    Voice("other", "xu3@qq.example", "回复：补正通知 YC-SUB-2026-006040", "可不可以用毕业证代替学位证？", (), re=CORRECTION, state="correction"),
    Voice("other", "ouy@126.example", "回复：补正通知 YC-SUB-2026-006040", "谢谢提醒，我这就去办。", (), re=CORRECTION, state="correction"),
    Voice("other", "pc@qq.example", "更新联系方式", "新手机号 18655667788，旧号停机了。", (), state="open"),
    Voice("other", "tj@stat.example", "关于开展人才统计调查的通知", "请各单位填报附件统计表，12月10日前报送我局。", ("统计表.docx",)),
    Voice("other", "temple@assoc.example", "校友会年会邀请", "诚邀您出席本会年会，地点市会展中心。", ("邀请函.pdf",)),
    Voice("other", "x1@qq.example", "公示名单意见", "公示的孙某社保挂靠在我司，实际没有上班，请查实。", (), act="objection"),
    Voice("other", "x2@qq.example", "对结果有疑问", "为什么只认定为F类？我的条件够E类，申请复核。", (), state="open", act="objection"),
    Voice("other", "lei2@foxmail.example", "回复：受理通知 YC-SUB-2026-006031", "收到，感谢。", (), re=RECEIPT, state="open"),
    Voice("other", "x3@qq.example", "无关", "对不起，发错人了，请删除这封邮件。", ()),
    Voice("other", "x4@qq.example", "来信", "想预约下周二到窗口当面咨询，可以吗？", ()),
    Robot("auto_reply", "shao@qq.example", "自动回复:受理通知 YC-SUB-2026-006031", "您好，来信已收到，我会尽快查看。", case="YC-SUB-2026-006031"),
    Robot("auto_reply", "g2@talent-office.example", "自动答复: 【待审批】YC-SUB-2026-006031", "我在北京出差，周五返回。", headers=("Auto-Submitted: auto-replied",), case="YC-SUB-2026-006031"),
    Robot("auto_reply", "liam@corp.example", "Automatic reply: Notice", "I am out of office today.", headers=("Auto-Submitted: auto-generated",)),
    Robot("auto_reply", "svc@hotline.example", "来信登记通知", "您的来信已登记，登记号12345。本邮件由系统自动发出，请不要回复。"),
    Robot("bounce", "MAILER-DAEMON@mx3.talent-office.example", "Undelivered Mail Returned to Sender", "", dialect="postfix"),
    Robot("bounce", "postmaster@sina.example", "系统退信", "", dialect="sina"),
    Robot("bounce", "postmaster@o365.example", "Undeliverable: Notice", "", dialect="exchange"),
    Robot("bounce", "MAILER-DAEMON@notes.example", "DELIVERY FAILURE: User unknown", "", dialect="domino"),
    Robot("spam", "u1@fp.example", "发票业务", "各地建材、劳务、运输发票，税点可谈，微信 zz5566"),
    Robot("spam", "u2@px.example", "人力资源法务风险培训", "12月22日线上直播，598元/人，赠送资料包，扫码报名"),
    Robot("spam", "u3@phish.example", "工资补贴通知", "各位职工：根据财政部通知，请扫描二维码登记领取本季度工资补贴。", auth="fail", authentic=False),
    Robot("spam", "u4@fruit.example", "赣南脐橙团购", "果园直发，10斤39.9元，机关工会福利采购可开票。"),
    Robot("spam", "u5@seo.example", "网站优化", "我们提供网站优化、百度推广服务，首页排名，按效果付费。"),
    Robot("spam", "u6@oil.example", "Partnership request", "I have 200kg of gold dust and need a foreign partner. Please reply with your phone number.", auth="fail", authentic=False),
)


def tenth() -> list[Told]:
    """All of them held back: scored once before any was looked at."""
    letters = [told(f"tenth{number:03}", seed, number) for number, seed in enumerate(LETTERS)]
    for one in letters:
        one.letter.held = True
    return letters
