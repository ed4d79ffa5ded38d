"""A sixth set, written after the last change to the signs and scored once: the figure that is told."""

# ruff: noqa: E501 - a letter's line is as long as it is, in the signs its writer used

from tests.mailroom.unseen.voices import CORRECTION, RECEIPT, TASK, Robot, Told, Voice, told

LETTERS: tuple[Voice | Robot, ...] = (
    Voice("new_application", "ouyang@qq.example", "欧阳雪 生活补贴申报材料", "各位领导好，附件是本人的生活补贴申报材料，烦请审阅。", ("欧阳雪生活补贴申报材料.pdf",)),
    Voice("new_application", "hr@robot.example", "机器人公司高层次人才申报（共8人）", "附件为8人申报材料压缩包及汇总表，请接收。", ("8人材料.zip", "汇总表.pdf")),
    Voice("new_application", "tealab@agri.example", "科技副总需求-茶叶深加工", "我公司从事茶叶深加工，需引进科技副总一名，需求表见附件。", ("需求表.pdf",)),
    Voice("new_application", "gu@163.example", "购房补贴", "老师您好，我去年买的房，一直不知道有补贴，现在申请还来得及吗？材料我先发过来。", ("购房补贴申请表.pdf", "购房发票.pdf", "合同备案.pdf")),
    Voice("new_application", "ma.l@foxmail.example", "请查收", "马丽的材料", ("马丽.pdf",)),
    Voice("new_application", "zhengpro@univ8.example", "产业教授申请", "已与企业签好协议，现寄上申请表。", ("产业教授申请表.pdf", "协议.pdf")),
    Voice("new_application", "huo@qq.example", "拍的申请表，两页", "第一次弄，不对的话告诉我", ("1.jpg", "2.jpg")),
    Voice("new_application", "amir@outlook.example", "Foreign talent subsidy", "Hi, I'm Amir, working at Anqing hospital since May. Attached are my application and contract.", ("application.pdf", "contract.pdf")),
    Voice("new_application", "cadre@bank5.example", "转发：关于报送人才信息的材料", "附我行两位同志的认定申报表。", ("认定申报表1.pdf", "认定申报表2.pdf")),
    Voice("new_application", "qiu@139.example", "应届生求职补贴申请", "你好，我填好了，签名是电子签可以吗？", ("申请表.docx",)),
    Voice("new_application", "bi@qq.example", "人才认定申报 毕某 13800001234", "", ("毕某申报材料.7z.pdf",)),
    Voice("supplement", "ouyang@qq.example", "回复：补正通知 YC-SUB-2026-006040", "附件是补的银行流水", ("流水.pdf",), re=CORRECTION, state="correction"),
    Voice("supplement", "hr@robot.example", "赵工的证书", "8人里赵工的高级工程师证书，前次漏扫，现补发。", ("证书.jpg",), state="open"),
    Voice("supplement", "gu@163.example", "回复：补正通知 YC-SUB-2026-006040", "契税票在这", ("契税.jpg",), re=CORRECTION, state="correction"),
    Voice("supplement", "ma.l@foxmail.example", "更正后的申请表", "单位名称打错了，已更正，重新盖章。", ("申请表.pdf",), state="open"),
    Voice("supplement", "huo@qq.example", "清楚的照片", "上次拍的模糊，重新拍了发来", ("1.jpg", "2.jpg"), state="correction"),
    Voice("supplement", "amir@outlook.example", "Re: Correction notice", "Here you go.", ("visa.jpg",), re=CORRECTION, state="correction"),
    Voice("supplement", "qiu@139.example", "补充材料：就业协议", "老师您好，补充材料已上传附件。", ("就业协议.pdf",), state="correction"),
    Voice("supplement", "zhengpro@univ8.example", "回复：补正通知 YC-SUB-2026-006031", "“服务时间”一项补充如下：每年不少于60天。", (), re=CORRECTION, state="correction"),
    Voice("withdrawal", "ouyang@qq.example", "撤回申请", "您好，我已享受其他补贴，不能重复申领，特申请撤回。", (), state="open"),
    Voice("withdrawal", "hr@robot.example", "撤回钱某申报", "钱某已被兄弟公司录用，我司撤回其申报材料。", (), state="open"),
    Voice("withdrawal", "bi@qq.example", "不申请了", "老师，不用帮我办了，我要出国读博。", (), state="open"),
    Voice("withdrawal", "tealab@agri.example", "需求撤销", "因公司经营调整，科技副总需求撤销，特此告知。", (), state="open"),
    Voice("withdrawal", "amir@outlook.example", "Cancel", "I'd like to withdraw my subsidy application, sorry for the trouble.", (), state="open"),
    Voice("decision_reply", "b1@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "同意发放。", (), re=TASK, decision="approve", tail="qq"),
    Voice("decision_reply", "b2@talent-office.example", "答复: 【待审批】YC-SUB-2026-006031", "经局长办公会研究，同意。", (), re=TASK, decision="approve"),
    Voice("decision_reply", "b3@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "不予批准，不符合文件规定。", (), re=TASK, decision="reject", tail="outlook"),
    Voice("decision_reply", "b4@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "退回修改", (), re=TASK, decision="return", tail="qq"),
    Voice("decision_reply", "b5@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "他要是同意回来工作我就同意", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "b6@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "没有不同意见，不过金额要核减", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "b7@talent-office.example", "Re: 【待审批】YC-SUB-2026-006031", "打不开链接", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "b8@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "这件事昨天会上没同意", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "b9@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "呵呵，同意，反正你们都定好了", (), re=TASK, decision="unclear"),
    Voice("other", "ouyang@qq.example", "请问审核进度", "您好，提交已两周，请问目前审核到哪里？", (), state="open", act="status"),
    Voice("other", "gu@163.example", "Re: 受理通知 YC-SUB-2026-006031", "请问需要我再做什么吗？", (), re=RECEIPT, state="open"),
    Voice("other", "ma.l@foxmail.example", "什么时候公示", "请问这批什么时候公示？", (), state="open", act="status"),
    Voice("other", "f1@qq.example", "索要表格", "请问能提供高层次人才认定申报表吗？谢谢。", (), act="form"),
    Voice("other", "f2@corp.example", "Fw: 申请表下载", "链接失效了，请重新发一份申请表。", (), act="form"),
    Voice("other", "q1@qq.example", "请问", "我公司在开发区，材料交给开发区还是市里？", ()),
    Voice("other", "q2@163.example", "购房补贴政策", "二手房可以享受吗？公积金贷款买的也算吗？", ()),
    Voice("other", "q3@edu.example", "关于博士后政策", "请问贵局对出站博士后留在本市工作有何支持政策？期待回复。", ()),
    Voice("other", "huo@qq.example", "回复：补正通知 YC-SUB-2026-006040", "我人在外地，能不能让我爸帮我交？", (), re=CORRECTION, state="correction"),
    Voice("other", "qiu@139.example", "回复：受理通知 YC-SUB-2026-006031", "收到！", (), re=RECEIPT, state="open"),
    Voice("other", "bi@qq.example", "修改手机号", "我换号了，新号码 13900005678", (), state="open"),
    Voice("other", "fgw@gov2.example", "关于报送四季度重点工作情况的通知", "请各单位于12月8日前将工作情况报送我委综合科。", ("附件1.docx",)),
    Voice("other", "school@mid.example", "诚邀参加校园开放日", "我校将举办开放日，欢迎领导莅临指导。", ("邀请函.pdf",)),
    Voice("other", "notify@citizen.example", "公示异议", "我认为公示名单第5位的服务年限不够，请核实。", (), act="objection"),
    Voice("other", "amir@outlook.example", "Thanks!", "I have received the subsidy, thank you so much.", (), state="open"),
    Voice("other", "gripe@qq.example", "建议", "网站老是打不开，建议改进一下。", ()),
    Robot("auto_reply", "ouyang@qq.example", "自动回复：受理通知 YC-SUB-2026-006031", "您好，我正在休假。", case="YC-SUB-2026-006031"),
    Robot("auto_reply", "b2@talent-office.example", "自动答复: 【待审批】YC-SUB-2026-006031", "出差中，12月1日返回。", headers=("Auto-Submitted: auto-replied",), case="YC-SUB-2026-006031"),
    Robot("auto_reply", "joe@corp.example", "Automatic reply: Receipt", "I am on leave. I will reply when I return.", headers=("Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All")),
    Robot("auto_reply", "hr@big.example", "已收到您的邮件", "您好，感谢来信，我们会在三个工作日内回复您。本邮件由系统自动生成，请勿回复。"),
    Robot("bounce", "MAILER-DAEMON@mx3.talent-office.example", "Undelivered Mail Returned to Sender", "", dialect="postfix"),
    Robot("bounce", "Postmaster@163.example", "系统退信", "", dialect="netease"),
    Robot("bounce", "postmaster@hotmail.example", "Delivery Status Notification (Failure)", "", dialect="exchange"),
    Robot("bounce", "postmaster@aliyun.example", "退信: 受理通知", "", dialect="aliyun"),
    Robot("spam", "fp2@invoice.example", "开票", "餐饮、住宿、会议费发票代开，可先验票，微信 kp778899"),
    Robot("spam", "zx@consult.example", "企业内训：OKR落地实战", "12月18日合肥开班，2980元/人，报名热线 400-111-2222"),
    Robot("spam", "noreply@mailsafe.example", "邮箱异地登录提醒", "您的邮箱在境外登录，请立即验证身份，否则将被冻结 http://v.bad.example", auth="fail", authentic=False),
    Robot("spam", "zh@zhaopin-vip.example", "高端人才猎头服务", "我们拥有10万+人才库，猎头费仅收年薪15%，不成功不收费。"),
    Robot("spam", "rich@stock.example", "内部消息", "明日涨停股票免费推荐，加群领取 QQ群 123456789"),
    Robot("spam", "mrs@fund.example", "Dear beneficiary", "Your compensation fund of USD 2.5 million is ready. Send your full name and bank account.", auth="fail", authentic=False),
    Robot("spam", "b2b@parts.example", "CNC machining parts supplier", "We are a professional manufacturer of CNC parts. Please check our catalog.", files=("catalog.pdf",)),
)


def sixth() -> list[Told]:
    """All of them held back: scored once before any was looked at."""
    letters = [told(f"sixth{number:03}", seed, number) for number, seed in enumerate(LETTERS)]
    for one in letters:
        one.letter.held = True
    return letters
