"""A ninth set, written after the last change to signs and weights and scored once."""

# ruff: noqa: E501 - a letter's line is as long as it is, in the signs its writer used

from tests.mailroom.unseen.voices import CORRECTION, RECEIPT, TASK, Robot, Told, Voice, told

LETTERS: tuple[Voice | Robot, ...] = (
    Voice("new_application", "feng@qq.example", "冯涛-市级领军人才申报", "老师您好：现将本人申报材料一并发送，敬请指导。", ("冯涛申报材料.pdf",)),
    Voice("new_application", "hr@motor.example", "电机公司2026下半年认定人员名册及材料", "名册一份，个人材料共11份，均在压缩包内。", ("电机公司.zip", "名册.pdf")),
    Voice("new_application", "jin@163.example", "大学生租房补贴", "你好，请问这样填可以吗？可以的话就按这个申请。", ("租房补贴申请表.pdf",)),
    Voice("new_application", "bao@ahpu.example", "工程大学包老师应聘科技副总", "已和企业签意向书，申报表扫描件发您。", ("申报表扫描件.pdf", "意向书.pdf")),
    Voice("new_application", "ding@qq.example", "IMG", "", ("IMG_0001.jpg", "IMG_0002.jpg")),
    Voice("new_application", "marco@polo.example", "Allowance for foreign experts", "Good morning, I would like to submit my application. Form and diploma attached.", ("form.pdf", "diploma.pdf")),
    Voice("new_application", "hr@cable.example", "Fwd: 材料", "代员工申报，联系电话在表里。", ("李工申报表.pdf",)),
    Voice("new_application", "niu@126.example", "申请购房补贴，请审核", "我和爱人都是硕士，房子在高新区，材料都按清单准备好了。", ("申请表.pdf", "购房合同.pdf", "结婚证.pdf", "毕业证.pdf")),
    Voice("new_application", "dean2@college.example", "产业导师聘任申报", "经院务会讨论，同意聘任两位师傅，报请备案。", ("产业导师申报表.pdf",)),
    Voice("new_application", "hou@foxmail.example", "生活补贴第三年申领", "前两年已领，现申领第三年。", ("申领表.pdf", "社保证明.pdf")),
    Voice("new_application", "wenwen@qq.example", "您好，交材料", "之前打电话问过，说可以邮箱交。", ("人才认定申报表.pdf",)),
    Voice("new_application", "rd@drone.example", "需求征集：无人机控制算法", "我公司提交技术需求一份，期待对接高校专家。", ("技术需求表.pdf",)),
    Voice("supplement", "feng@qq.example", "Re: 补正通知 YC-SUB-2026-006040", "您好，业绩证明已补盖公章", ("业绩证明.pdf",), re=CORRECTION, state="correction"),
    Voice("supplement", "hr@motor.example", "11人中周某的学历证书", "前次扫描的是复印件，现换成原件扫描。", ("周某学历.pdf",), state="open"),
    Voice("supplement", "jin@163.example", "回复：补正通知 YC-SUB-2026-006040", "发您了", ("水电费单.jpg",), re=CORRECTION, state="correction"),
    Voice("supplement", "niu@126.example", "契税完税证明", "老师说还差这个", ("契税.jpg",), state="correction"),
    Voice("supplement", "ding@qq.example", "身份证反面", "正面上次发过了", ("反面.jpg",), state="correction"),
    Voice("supplement", "bao@ahpu.example", "申报表第4页更新", "第4页团队成员有变动，以附件这版为准。", ("申报表第4页.pdf",), state="open"),
    Voice("supplement", "marco@polo.example", "Re: Correction notice YC-SUB-2026-006040", "Please see the signed page attached.", ("signed.pdf",), re=CORRECTION, state="correction"),
    Voice("supplement", "hou@foxmail.example", "回复：补正通知 YC-SUB-2026-006040", "我2024年7月到2025年6月在合肥分公司，社保在合肥交的，特此说明。", (), re=CORRECTION, state="correction"),
    Voice("supplement", "wenwen@qq.example", "补充获奖证书", "还有一个省级奖，加上。", ("获奖证书.jpg",), state="open"),
    Voice("withdrawal", "feng@qq.example", "申请撤回领军人才申报", "因工作单位变更，特申请撤回。", (), state="open"),
    Voice("withdrawal", "hr@motor.example", "退出认定", "王某不愿继续参加认定，请取消。", (), state="open"),
    Voice("withdrawal", "jin@163.example", "回复：受理通知 YC-SUB-2026-006031", "老师，我已经离开安庆了，这个申请作废吧", (), re=RECEIPT, state="open"),
    Voice("withdrawal", "marco@polo.example", "Please cancel my application", "I am moving to Shanghai.", (), state="open"),
    Voice("withdrawal", "dean2@college.example", "关于取消一名产业导师聘任的函", "因企业不同意，现取消张师傅的聘任申报。", (), state="open"),
    Voice("decision_reply", "e1@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "同意。", (), re=TASK, decision="approve", tail="qq"),
    Voice("decision_reply", "e2@talent-office.example", "答复: 【待审批】YC-SUB-2026-006031", "经研究，同意认定。", (), re=TASK, decision="approve", tail="outlook"),
    Voice("decision_reply", "e3@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "不通过，年龄超限。", (), re=TASK, decision="reject"),
    Voice("decision_reply", "e4@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "退回补正：缺社保证明", (), re=TASK, decision="return", tail="qq"),
    Voice("decision_reply", "e5@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "不能说不同意，但材料确实单薄", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "e6@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "请分管领导先签", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "e7@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "你们同意我就同意", (), re=TASK, decision="unclear", tail="outlook"),
    Voice("other", "feng@qq.example", "评审什么时候开始", "请问领军人才评审会定在什么时候？", (), state="open", act="status"),
    Voice("other", "hr@motor.example", "请问批了几个", "我司11人目前通过了几个？", (), state="open", act="status"),
    Voice("other", "jin@163.example", "进展", "老师，租房补贴有进展吗", (), state="open", act="status"),
    Voice("other", "p1@qq.example", "要个表", "麻烦老师把购房补贴的申请表发给我一下", (), act="form"),
    Voice("other", "p2@163.example", "表格格式", "请问有word版的申报表吗？PDF填不了。", (), act="form"),
    Voice("other", "p3@qq.example", "技能人才", "技师学院毕业可以参加认定吗？", ()),
    Voice("other", "p4@corp.example", "社保断缴影响", "员工社保断了两个月，还能申请生活补贴吗？", ()),
    Voice("other", "niu@126.example", "回复：补正通知 YC-SUB-2026-006040", "老师契税还没交，能用购房发票代替吗", (), re=CORRECTION, state="correction"),
    Voice("other", "ding@qq.example", "回复：补正通知 YC-SUB-2026-006040", "嗯嗯好的", (), re=CORRECTION, state="correction"),
    Voice("other", "hou@foxmail.example", "银行卡变更", "原银行卡丢了，换成新卡，新卡号电话告诉您。", (), state="open"),
    Voice("other", "tzb@gov5.example", "关于召开无党派人士座谈会的函", "请贵局推荐2名高层次人才代表参会。", ("参会回执.docx",)),
    Voice("other", "museum@city.example", "展览邀请", "诚邀贵局全体人员参观《城市记忆》展。", ("海报.jpg",)),
    Voice("other", "yi@qq.example", "我有异议", "公示的第三批认定人员赵某学历是函授，不是全日制。", (), act="objection"),
    Voice("other", "feng@qq.example", "回复：受理通知 YC-SUB-2026-006031", "收到，麻烦老师了。", (), re=RECEIPT, state="open"),
    Voice("other", "wrong@qq.example", "请忽略上一封", "刚才点错了，不好意思。", ()),
    Voice("other", "idea@qq.example", "一点建议", "能否在网站上增加办理进度查询功能？", ()),
    Robot("auto_reply", "jin@163.example", "自动回复:受理通知 YC-SUB-2026-006031", "你好，邮件收到，看到后会回复。", case="YC-SUB-2026-006031"),
    Robot("auto_reply", "e2@talent-office.example", "自动答复: 【待审批】YC-SUB-2026-006031", "年休假中，紧急事项请电话联系。", headers=("Auto-Submitted: auto-replied",), case="YC-SUB-2026-006031"),
    Robot("auto_reply", "ops@corp.example", "Automatic reply: Receipt", "I'm out of the office until 2 Dec.", headers=("Auto-Submitted: auto-generated",)),
    Robot("auto_reply", "jd@company.example", "Re: 受理通知", "【系统消息】您的邮件已送达人力资源部，本邮件由系统自动发送，请勿回复。"),
    Robot("bounce", "MAILER-DAEMON@mx3.talent-office.example", "Undelivered Mail Returned to Sender", "", dialect="postfix"),
    Robot("bounce", "Postmaster@vip163.example", "系统退信", "", dialect="netease"),
    Robot("bounce", "postmaster@ent.example", "未送达: 补正通知", "", dialect="exchange"),
    Robot("bounce", "MAILER-DAEMON@qmail.example", "failure notice", "", dialect="qmail"),
    Robot("spam", "t1@fp.example", "餐饮住宿票", "本地各类正规票据，可先开后付，诚信合作，电话13322221111"),
    Robot("spam", "t2@px.example", "新公司法解读高级研修班", "时间12月15日，地点苏州，培训费3800元/人，含教材午餐，报名从速", files=("报名表.docx",)),
    Robot("spam", "t3@secure.example", "邮件投递被延迟", "您有7封未读邮件因空间不足被拦截，点击释放邮件 http://r.bad.example", auth="fail", authentic=False),
    Robot("spam", "t4@wine.example", "酱香白酒内部价", "茅台镇纯粮酒，厂家直发，每瓶99元，满10箱送1箱。"),
    Robot("spam", "t5@soft.example", "智慧人才平台", "我司研发的智慧人才服务平台已在30多个地市应用，可安排免费演示，盼与贵局洽谈。"),
    Robot("spam", "t6@lottery.example", "You won", "Your email address won 1,500,000 euros in our promotion. Contact the claims agent.", auth="fail", authentic=False),
)


def ninth() -> list[Told]:
    """All of them held back: scored once before any was looked at."""
    letters = [told(f"ninth{number:03}", seed, number) for number, seed in enumerate(LETTERS)]
    for one in letters:
        one.letter.held = True
    return letters
