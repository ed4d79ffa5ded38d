"""A third set, as ordinary as the post of a Monday: most people write plainly, some do not."""

# ruff: noqa: E501 - a letter's line is as long as it is, in the signs its writer used

from tests.mailroom.unseen.voices import CORRECTION, RECEIPT, TASK, Robot, Told, Voice, told

LETTERS: tuple[Voice | Robot, ...] = (
    Voice("new_application", "huangming@qq.example", "黄明+安庆一中+博士生活补贴", "老师好，附件是我的申报表和相关佐证，请查收，谢谢！", ("黄明-申报表.pdf", "黄明-佐证.pdf")),
    Voice("new_application", "rlzy@steel.example", "报送我公司2026年第四批高层次人才认定材料", "详见附件。联系人：徐丹 0556-5123456", ("第四批认定材料.zip", "汇总表.pdf")),
    Voice("new_application", "cui@163.example", "租房补贴", "您好，我是今年7月入职的本科生，想申请租房补贴，表格按官网下载的填好了，不知道合同需不需要公证？先把材料发您。", ("表.pdf", "租房合同.pdf")),
    Voice("new_application", "kong@qq.example", "孔令申请表", "孔令", ("kl.pdf",)),
    Voice("new_application", "bai@126.example", "给您发一下材料", "昨天电话联系过的，科技副总的推荐表，请您过目。", ("推荐表.pdf",)),
    Voice("new_application", "zhaorui@corp2.example", "Fwd: 赵锐-认定申请", "帮同事代发。", ("赵锐认定申请.pdf", "社保参保证明.pdf")),
    Voice("new_application", "xu@univ2.example", "产业导师申请书_徐", "您好，现提交产业导师申请书一份。因签字的企业负责人出差，盖章页下周补上。", ("产业导师申请书.pdf",)),
    Voice("new_application", "pei@qq.example", "拍照上传的申请表", "电脑坏了只能拍照", ("mmexport1.jpg", "mmexport2.jpg")),
    Voice("new_application", "hrm@pharma.example", "王强、李静两位同志申报青年英才", "两份申报书均已签字盖章，请予审核。如材料有误，请及时告知，我们尽快修改。", ("王强.pdf", "李静.pdf")),
    Voice("new_application", "nan@sina.example", "安家费申请材料（南某）", "去年申请过生活补贴，今年按新政策申请安家费，附件为申请表。", ("安家费申请表.pdf",)),
    Voice("new_application", "tao@qq.example", "第一次申请，请多关照", "材料见附件，如有遗漏我马上补", ("陶-全套.pdf",)),
    Voice("supplement", "huangming@qq.example", "回复：补正通知 YC-SUB-2026-006040", "补正材料见附件，麻烦审核。", ("劳动合同补签.pdf",), re=CORRECTION, state="correction"),
    Voice("supplement", "rlzy@steel.example", "补充第四批汇总表盖章版", "前次报送的汇总表未盖章，现重新报送。", ("汇总表（盖章）.pdf",), state="open"),
    Voice("supplement", "kong@qq.example", "Re:补正通知 YC-SUB-2026-006040", "1.学历认证已附 2.合同首页已附 3.社保在附件三", ("1.pdf", "2.pdf", "3.pdf"), re=CORRECTION, state="correction"),
    Voice("supplement", "cui@163.example", "补交租房合同备案证明", "", ("备案证明.pdf",), state="correction"),
    Voice("supplement", "bai@126.example", "答复: 答复: 补正通知", "附件已补全，请查收，谢谢！", ("企业营业执照.pdf",), re=CORRECTION, state="correction"),
    Voice("supplement", "pei@qq.example", "YC-SUB-2026-006040 材料", "编号里的那件，把缺的承诺书发您。", ("承诺书.jpg",), state="correction"),
    Voice("supplement", "xu@univ2.example", "产业导师盖章页", "企业负责人回来了，盖章页附上，请归入之前的申请。", ("盖章页.pdf",), state="open"),
    Voice("supplement", "nan@sina.example", "回复：补正通知 YC-SUB-2026-006040", "我没有购房，所以没有购房合同，属于自建房，已让村里开了证明。", ("村委会证明.jpg",), re=CORRECTION, state="correction"),
    Voice("withdrawal", "cui@163.example", "撤回租房补贴申请", "您好，因已购房，不再符合租房补贴条件，申请撤回，请批准。", (), state="open"),
    Voice("withdrawal", "hrm@pharma.example", "关于撤回李静同志申报材料的申请", "李静同志因个人原因放弃申报，请将其材料撤回。", ("撤回申请.pdf",), state="open"),
    Voice("withdrawal", "kong@qq.example", "取消", "老师，我的申请麻烦取消，谢谢", (), state="open"),
    Voice("withdrawal", "tao@qq.example", "我不想弄了", "单位不给盖章，这补贴我放弃了", (), state="open"),
    Voice("withdrawal", "bai@126.example", "回复：受理通知 YC-SUB-2026-006031", "企业方面情况有变，暂停合作，请终止本次选聘流程。", (), re=RECEIPT, state="open"),
    Voice("decision_reply", "qi@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "同意", (), re=TASK, decision="approve", tail="qq"),
    Voice("decision_reply", "ma@talent-office.example", "答复: 【待审批】YC-SUB-2026-006031", "同意推荐。", (), re=TASK, decision="approve", tail="outlook"),
    Voice("decision_reply", "lei@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "不同意，单位意见栏未签章。", (), re=TASK, decision="reject"),
    Voice("decision_reply", "lei@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "材料不齐，退回补正。", (), re=TASK, decision="return", tail="qq"),
    Voice("decision_reply", "hou@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "收到，正在核实。", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "hou@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "如社保无断缴，同意。", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "hou@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "审核通过", (), re=TASK, decision="approve", tail="outlook"),
    Voice("decision_reply", "qi@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "领导说不同意你就别问我同意不同意了", (), re=TASK, decision="unclear"),
    Voice("other", "huangming@qq.example", "咨询补贴发放时间", "请问博士生活补贴一般每年几月份发放？", (), state="open", act="status"),
    Voice("other", "kong@qq.example", "请问收到了吗", "上周发的申请表，想确认一下是否收到。", (), state="open", act="status"),
    Voice("other", "rlzy@steel.example", "请协助查询第四批审核进展", "如题，谢谢。", (), state="open", act="status"),
    Voice("other", "rose@qq.example", "需要申请表", "您好，请问可以把人才认定申请表发我邮箱吗？", (), act="form"),
    Voice("other", "leo@163.example", "下载不了表格", "附件3的申报表在网站上点不开，请发一份，谢谢。", (), act="form"),
    Voice("other", "ning@qq.example", "咨询购房补贴政策", "我爱人在安庆工作，我在外地，房子写两个人名字能申请吗？补多少？", ()),
    Voice("other", "qiao@corp3.example", "人才公寓", "请问人才公寓还有房源吗，怎么租？", ()),
    Voice("other", "fan@qq.example", "谢谢", "补贴已到账，感谢各位老师的辛勤付出！", (), state="open"),
    Voice("other", "rlzy@steel.example", "更换经办人", "即日起我公司人才申报经办人由徐丹变更为何琳，电话0556-5123457。", (), state="open"),
    Voice("other", "zzb@city2.example", "关于征求《人才工作要点》意见的函", "现将《要点（征求意见稿）》发给你们，请研提意见，于12月5日前反馈。", ("征求意见稿.docx",)),
    Voice("other", "cui@163.example", "回复：补正通知 YC-SUB-2026-006040", "收到，我尽快准备。", (), re=CORRECTION, state="correction"),
    Voice("other", "wen@qq.example", "公示名单异议", "您好，公示名单中的刘某已享受过同类补贴，属于重复享受，请予核实。", (), act="objection"),
    Voice("other", "tanhr@corp4.example", "系统登录不了", "申报系统一直提示密码错误，我们该怎么办？", ()),
    Voice("other", "nan@sina.example", "不同意拒绝的理由", "你们说我年限不够，我不认可，我2023年就来了，社保可以查。", (), state="open"),
    Robot("auto_reply", "huangming@qq.example", "自动回复:受理通知 YC-SUB-2026-006031", "您好，您的邮件已收到，我会尽快回复。", case="YC-SUB-2026-006031"),
    Robot("auto_reply", "ma@talent-office.example", "自动答复: 【待审批】YC-SUB-2026-006031", "我正在休假，11月30日回来上班。", headers=("Auto-Submitted: auto-replied", f"In-Reply-To: {TASK}"), re=TASK, ref_given=True),
    Robot("auto_reply", "xu@univ2.example", "Automatic reply: 受理通知", "Thanks for your mail. I'm travelling until Dec 3.", headers=("Auto-Submitted: auto-generated",)),
    Robot("bounce", "postmaster@univ9.example", "Undeliverable: 受理通知", "", dialect="exchange"),
    Robot("bounce", "PostMaster@foxmail.example", "来自foxmail.com的退信", "", dialect="qq"),
    Robot("bounce", "MAILER-DAEMON@mx3.talent-office.example", "Undelivered Mail Returned to Sender", "", dialect="postfix"),
    Robot("spam", "vip@fapiao.example", "发票代开", "本公司可代开全国各地增值税发票，税点优惠，欢迎来电 13500001111 张经理"),
    Robot("spam", "mk@train.example", "12月课程表", "最新课程：如何打造高绩效团队、非人力资源经理的人力资源管理，报名热线 021-55550000，退订请回复", files=("课程表.pdf",)),
    Robot("spam", "security@icbc-verify.example", "账户异常提醒", "您的账户存在异常登录，请立即点击链接核实身份：http://icbc.bad.example", auth="fail", authentic=False),
    Robot("spam", "zs@edu9.example", "专升本/在职研究生报名", "不用去学校，一年半拿证，学信网可查，咨询微信 edu7788"),
    Robot("spam", "gov@subsidy.example", "2026年个税补贴领取通知", "您有一笔个税补贴待领取，请扫描附件二维码填写银行卡信息。", files=("补贴领取.docx",), auth="fail", authentic=False),
    Robot("spam", "sales@soft.example", "政务OA系统推广", "我司专注政务信息化15年，OA、档案、督办系统，可免费演示试用，期待与贵单位合作。"),
    Robot("spam", "winner@lotto.example", "Congratulations", "You have been selected to receive $850,000. Reply with your bank details to claim.", auth="fail", authentic=False),
)


def third() -> list[Told]:
    """All of them held back: scored once before any was looked at."""
    letters = [told(f"third{number:03}", seed, number) for number, seed in enumerate(LETTERS)]
    for one in letters:
        one.letter.held = True
    return letters
