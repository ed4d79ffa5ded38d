"""A fourth set, scored once for the figure that is told: what a year of letters to such an office may hold."""

# ruff: noqa: E501 - a letter's line is as long as it is, in the signs its writer used

from tests.mailroom.unseen.voices import CORRECTION, PUBLICITY, RECEIPT, TASK, Robot, Told, Voice, told

LETTERS: tuple[Voice | Robot, ...] = (
    Voice("new_application", "guo.jing@qq.example", "郭靖-高层次人才认定", "领导您好！本人郭靖，现将认定申报表及附件材料发送给您，盼复。", ("认定申报表.pdf", "附件材料.zip")),
    Voice("new_application", "office@foodco.example", "我司员工租房补贴申请（共5人）", "你好，附件里是五个人的表格，每人一份PDF，麻烦登记，谢谢。", ("张.pdf", "王.pdf", "李.pdf", "赵.pdf", "钱.pdf")),
    Voice("new_application", "wangfei@163.example", "申报表", "附件", ("申报表.pdf",)),
    Voice("new_application", "lab@ustc.example", "产业教授申报-材料学院", "科技处老师让我直接发到这个邮箱。表格电子版和扫描版各一份。", ("产业教授申报表.docx", "产业教授申报表.pdf")),
    Voice("new_application", "miao@foxmail.example", "", "", ("购房补贴申请表-苗.pdf",)),
    Voice("new_application", "dongli@power.example", "转发: 青年人才申报", "请查收我单位申报材料，纸质版已于今日顺丰寄出，单号SF1234567890。", ("青年人才申报书.pdf", "推荐意见.pdf")),
    Voice("new_application", "pan@qq.example", "你好我想申请那个大学生的补贴", "不知道发这里对不对，表在附件里", ("微信图片_2026112.jpg", "微信图片_2026113.jpg")),
    Voice("new_application", "ken@intl.example", "Talent recognition application - Ken Tanaka", "Hello, please find my application form attached. Let me know if you need anything else.", ("Tanaka_application.pdf",)),
    Voice("new_application", "fengling@qq.example", "人才引进安家补贴", "老师：材料我用QQ超大附件发的，请在有效期内下载。\n从QQ邮箱发来的超大附件\n安家补贴材料.rar (88.4M, 2026年12月25日 11:20 到期)\nhttps://mail.qq.example/cgi-bin/ftnExs_download?k=abc", ()),
    Voice("new_application", "personnel@chem.example", "关于推荐陈某等2名同志参评市级领军人才的报告", "市人才局：经单位研究并公示无异议，现推荐陈某等2名同志，请审定。", ("推荐报告.pdf", "陈某申报书.pdf", "周某申报书.pdf")),
    Voice("new_application", "shen@qq.example", "申请书", "老师，我同事说您这边可以办人才补贴，我条件应该够，填了一份，您先帮我看看行不行，行的话就帮我报上去。", ("申请书.pdf",)),
    Voice("supplement", "guo.jing@qq.example", "回复：补正通知 YC-SUB-2026-006040", "您好，缺的职称证书已补，请审核。", ("职称证书.pdf",), re=CORRECTION, state="correction"),
    Voice("supplement", "office@foodco.example", "王某的社保记录", "5人里王某的社保记录补上，之前那张只有三个月的。", ("王社保.pdf",), state="correction"),
    Voice("supplement", "wangfei@163.example", "Re: 补正通知 YC-SUB-2026-006040", "改好了", ("申报表.pdf",), re=CORRECTION, state="correction"),
    Voice("supplement", "pan@qq.example", "照片重新拍了", "这回用扫描软件拍的，应该清楚了。", ("扫描_001.jpg", "扫描_002.jpg"), state="correction"),
    Voice("supplement", "lab@ustc.example", "补充聘用协议", "附件为三方聘用协议，请与此前提交的申报表一并审核。", ("聘用协议.pdf",), state="open"),
    Voice("supplement", "ken@intl.example", "Re: Correction required YC-SUB-2026-006040", "Attached please find the missing degree certificate.", ("degree.pdf",), re=CORRECTION, state="correction"),
    Voice("supplement", "shen@qq.example", "回复：补正通知 YC-SUB-2026-006040", "老师您说的第2项我没有，第1、3项在附件里", ("a.jpg", "b.jpg"), re=CORRECTION, state="correction"),
    Voice("supplement", "miao@foxmail.example", "受理编号 YC-SUB-2026-006040 补件", "补件。", ("不动产登记证明.pdf",), state="correction"),
    Voice("supplement", "fengling@qq.example", "答复: 补正通知 YC-SUB-2026-006040", "我的银行卡开户行为中国银行安庆分行营业部，之前漏写了。", (), re=CORRECTION, state="correction"),
    Voice("withdrawal", "pan@qq.example", "申请撤销补贴申请", "我被外地单位录取了，准备离开安庆，请求撤销我的申请。", (), state="open"),
    Voice("withdrawal", "office@foodco.example", "李某退出申请", "李某本人提出不再申请租房补贴，请将其从名单中剔除。", (), state="open"),
    Voice("withdrawal", "dongli@power.example", "关于撤回青年人才推荐材料的函", "因推荐人选发生变化，现申请撤回已报材料，请予支持。", ("函.pdf",), state="open"),
    Voice("withdrawal", "ken@intl.example", "Withdrawal", "I have decided not to continue with the application. Please close my case.", (), state="open"),
    Voice("withdrawal", "shen@qq.example", "回复：受理通知 YC-SUB-2026-006031", "老师不好意思，我查了下我的条件不符合，就不给您添麻烦了，帮我撤回吧。", (), re=RECEIPT, state="open"),
    Voice("withdrawal", "miao@foxmail.example", "撤回购房补贴申请", "RT，房子不买了。", (), state="open"),
    Voice("decision_reply", "tang@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "同意，建议尽快兑现。", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "tang@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "同意上报。", (), re=TASK, decision="approve", tail="qq"),
    Voice("decision_reply", "xie@talent-office.example", "答复: 【待审批】YC-SUB-2026-006031", "经审查，申请人不符合第三条规定，不同意。", (), re=TASK, decision="reject", tail="outlook"),
    Voice("decision_reply", "xie@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "退回补充近六个月银行流水", (), re=TASK, decision="return"),
    Voice("decision_reply", "bo@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "同意不同意都行，你们定", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "bo@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "暂缓，等财政批复", (), re=TASK, decision="unclear", tail="qq"),
    Voice("decision_reply", "bo@talent-office.example", "转发: 【待审批】YC-SUB-2026-006031", "小王，这个你核一下", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "ding@talent-office.example", "Re: 【待审批】YC-SUB-2026-006031", "Approved.", (), re=TASK, decision="approve"),
    Voice("decision_reply", "ding@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "除了王芳，其他人同意", (), re=TASK, decision="unclear"),
    Voice("other", "guo.jing@qq.example", "查询办理进度", "请问我的申请现在什么状态？编号YC-SUB-2026-006031", (), state="open", act="status"),
    Voice("other", "wangfei@163.example", "回复：受理通知 YC-SUB-2026-006031", "大概多少个工作日能出结果呢？", (), re=RECEIPT, state="open", act="status"),
    Voice("other", "office@foodco.example", "请问补贴到了没", "职工都在问，麻烦告知一下", (), state="open", act="status"),
    Voice("other", "lost@qq.example", "要一份申请表", "麻烦发一份购房补贴申请表到这个邮箱，谢谢！", (), act="form"),
    Voice("other", "hrnew@corp9.example", "申报书模板", "请问2026年青年英才的申报书模板在哪里可以下载？", (), act="form"),
    Voice("other", "jin@qq.example", "咨询一下", "我是大专学历，高级技师，可以认定吗？", ()),
    Voice("other", "hrnew@corp9.example", "请问今年还组织科技副总选聘吗", "如题，谢谢老师。", ()),
    Voice("other", "pan@qq.example", "材料", "老师，我交的材料里身份证过期了，需要换新的再交吗？", (), state="open"),
    Voice("other", "shen@qq.example", "回复：补正通知 YC-SUB-2026-006040", "好的老师，我下周一送过去。", (), re=CORRECTION, state="correction"),
    Voice("other", "guo.jing@qq.example", "感谢信", "衷心感谢贵局工作人员小李的耐心帮助，祝工作顺利！", (), state="open"),
    Voice("other", "office@foodco.example", "通知接收邮箱变更", "我司今后的通知请发送至 hr2@foodco.example，原邮箱停用。", (), state="open"),
    Voice("other", "zf@county.example", "关于召开全市人才工作推进会的预通知", "请各单位主要负责同志安排好时间参会，具体时间另行通知。", ("参会回执.docx",)),
    Voice("other", "citizen@qq.example", "公示名单有问题", "我看到公示的购房补贴名单里有我邻居，他在合肥有三套房，请你们查一下。", (), act="objection"),
    Voice("other", "ke@univ5.example", "回复：公示", "公示材料中我的单位写错了，应为安庆师范大学，请更正。", (), re=PUBLICITY, state="open"),
    Voice("other", "hot@qq.example", "意见", "建议你们开通微信小程序，发邮件太不方便了！", ()),
    Robot("auto_reply", "wangfei@163.example", "自动回复：受理通知 YC-SUB-2026-006031", "我已收到您的邮件，谢谢！", case="YC-SUB-2026-006031"),
    Robot("auto_reply", "tang@talent-office.example", "自动答复: 【待审批】YC-SUB-2026-006031 购房补贴", "您好，我外出开会，同意事项请联系办公室。", headers=("Auto-Submitted: auto-replied",), case="YC-SUB-2026-006031"),
    Robot("auto_reply", "alex@corp.example", "Out of Office", "I'm on parental leave until March 2027. Please contact hr@corp.example instead.", headers=("X-Auto-Response-Suppress: DR, OOF, AutoReply",)),
    Robot("auto_reply", "noreply@service.example", "您的邮件已收到", "这是一封自动生成的邮件，我们将在48小时内处理您的来信。", headers=("Auto-Submitted: auto-generated",)),
    Robot("bounce", "mailer-daemon@yahoo.example", "Failure Notice", "", dialect="qmail"),
    Robot("bounce", "postmaster@hospital.example", "无法送达: 补正通知", "", dialect="exchange"),
    Robot("bounce", "Postmaster@yeah.example", "系统退信/Systems bounce", "", dialect="netease"),
    Robot("spam", "bill@tax8.example", "增值税发票", "您好，我司有多余发票可开，税率优惠，微信 fp6688"),
    Robot("spam", "edu@gongwen.example", "关于举办机关公文写作培训班的通知", "各有关单位：定于12月10日在杭州举办，费用2800元/人，请填写报名表回传。", files=("报名表.docx",)),
    Robot("spam", "admin@webmail-upgrade.example", "您的邮箱将于今日停用", "请立即点击此处升级邮箱：http://up.bad.example/?id=1", auth="fail", authentic=False),
    Robot("spam", "sales@gift.example", "春节福利礼盒", "年货礼盒批发，500份起订，欢迎来电索取报价单 0551-5550000"),
    Robot("spam", "fund@bank.example", "Investment partnership", "I represent an investor willing to invest in your city. Kindly reply for details of the 50 million USD fund.", auth="fail", authentic=False),
    Robot("spam", "pat@zscq.example", "专利软著代办 加急", "人才项目评审急需专利？我们提供专利转让、软著加急服务，价格实惠，联系李经理 18900001111"),
)


def fourth() -> list[Told]:
    """All of them held back: scored once before any was looked at."""
    letters = [told(f"fourth{number:03}", seed, number) for number, seed in enumerate(LETTERS)]
    for one in letters:
        one.letter.held = True
    return letters
