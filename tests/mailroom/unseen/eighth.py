"""An eighth set, written after the last change to the signs and scored once.

First score by the letter alone: see the end of `docs/mailroom.md`.
"""

# ruff: noqa: E501 - a letter's line is as long as it is, in the signs its writer used

from tests.mailroom.unseen.voices import CORRECTION, PUBLICITY, RECEIPT, TASK, Robot, Told, Voice, told

LETTERS: tuple[Voice | Robot, ...] = (
    Voice("new_application", "ruan@qq.example", "人才认定+阮玲+C类", "尊敬的审核老师：附件中是我的认定申报表及支撑材料，请您审核，如有不足请指出。", ("阮玲申报表.pdf", "支撑材料.zip")),
    Voice("new_application", "hr@valve.example", "阀门公司2人生活补贴", "两位新员工的生活补贴表，请收。", ("陈.pdf", "孙.pdf")),
    Voice("new_application", "lufei@163.example", "租房补贴首次申请", "您好，我上月刚入职，公司让我自己把材料发到这里。", ("租房补贴申请.pdf", "租赁合同.jpg")),
    Voice("new_application", "gong@hfut.example", "科技副总申报（宫老师）", "材料如下：1申报表 2学校同意函 3三方协议", ("申报表.pdf", "同意函.pdf", "三方协议.pdf")),
    Voice("new_application", "ning@qq.example", "无主题", "", ("宁.jpg", "宁2.jpg")),
    Voice("new_application", "carl@siemens.example", "Application E-class talent", "Dear team, attached is my completed form. Kind regards, Carl", ("form.pdf",)),
    Voice("new_application", "zhidao@college.example", "职院聘请产业导师3名", "我院拟聘请3名企业技术骨干为产业导师，申请书及聘用意向见附件，请予备案。", ("申请书3份.zip",)),
    Voice("new_application", "ye@126.example", "叶某安家补贴", "老师，我自己拍的照，字有点小，表格一共三页。", ("p1.jpg", "p2.jpg", "p3.jpg")),
    Voice("new_application", "hr@seed.example", "转发：员工材料", "请查看附件中我司员工的人才认定申请。", ("人才认定申请.pdf",)),
    Voice("new_application", "kun@qq.example", "想申请人才补贴", "我今年刚考上高级技师，听朋友说可以申请补贴，表填了，麻烦看看", ("高级技师补贴申请表.pdf", "技师证.jpg")),
    Voice("new_application", "ren@sohu.example", "申报材料（百度网盘）", "文件太大，只能放网盘：https://pan.baidu.example/s/1q 提取码 ab12", ()),
    Voice("new_application", "unit@water.example", "水务集团关于推荐青年英才的函", "经集团党委研究，推荐张某参评青年英才，材料附后。", ("推荐函.pdf", "申报书.pdf")),
    Voice("supplement", "ruan@qq.example", "回复：补正通知 YC-SUB-2026-006040", "老师好，论文检索证明已开具", ("检索证明.pdf",), re=CORRECTION, state="correction"),
    Voice("supplement", "hr@valve.example", "孙某合同最后一页", "漏了最后一页，补发。", ("合同末页.pdf",), state="open"),
    Voice("supplement", "lufei@163.example", "Re: 补正通知 YC-SUB-2026-006040", "已补", ("房东产权证.jpg",), re=CORRECTION, state="correction"),
    Voice("supplement", "ning@qq.example", "身份证照片", "您说身份证看不清，我又拍了一张", ("身份证.jpg",), state="correction"),
    Voice("supplement", "gong@hfut.example", "新的三方协议", "原协议甲方公章不清，现换一份新的，请以此为准。", ("三方协议（新）.pdf",), state="open"),
    Voice("supplement", "carl@siemens.example", "Re: Correction YC-SUB-2026-006040", "Attached: the certificate with apostille.", ("cert.pdf",), re=CORRECTION, state="correction"),
    Voice("supplement", "ye@126.example", "叶某补件", "", ("购房发票.jpg",), state="correction"),
    Voice("supplement", "kun@qq.example", "回复：补正通知 YC-SUB-2026-006040", "我的开户行是建设银行安庆分行，卡号后四位8812", (), re=CORRECTION, state="correction"),
    Voice("withdrawal", "ruan@qq.example", "撤回申请的说明", "本人已入选省级项目，按规定不重复享受，申请撤回市级认定。", (), state="open"),
    Voice("withdrawal", "hr@valve.example", "回复：受理通知 YC-SUB-2026-006031", "陈某已离职，他的补贴申请请撤销。", (), re=RECEIPT, state="open"),
    Voice("withdrawal", "kun@qq.example", "算了不申请了", "要求太多了，我不申请了", (), state="correction"),
    Voice("withdrawal", "zhidao@college.example", "撤回1名产业导师", "因李师傅工作变动，我院撤回对其的聘请申请。", (), state="open"),
    Voice("withdrawal", "carl@siemens.example", "Withdrawal of application", "I hereby withdraw my application. Thank you.", (), state="open"),
    Voice("decision_reply", "d1@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "同意\n\n发自我的华为手机", (), re=TASK, decision="approve"),
    Voice("decision_reply", "d2@talent-office.example", "答复: 【待审批】YC-SUB-2026-006031", "材料齐全，同意。", (), re=TASK, decision="approve", tail="outlook"),
    Voice("decision_reply", "d3@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "不同意，不在政策有效期内。", (), re=TASK, decision="reject"),
    Voice("decision_reply", "d4@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "退回，请补充单位推荐意见", (), re=TASK, decision="return", tail="qq"),
    Voice("decision_reply", "d5@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "我同意小李的看法，这个有问题", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "d6@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "假如财政没意见我这边同意", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "d7@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "同意撤回", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "d8@talent-office.example", "Re: 【待审批】YC-SUB-2026-006031", "Not sure, let me check.", (), re=TASK, decision="unclear"),
    Voice("other", "ruan@qq.example", "认定进度咨询", "老师，我的C类认定审批到哪一级了？", (), state="open", act="status"),
    Voice("other", "lufei@163.example", "请问", "我上个月交的租房补贴，怎么还没短信通知", (), state="open", act="status"),
    Voice("other", "hr@seed.example", "请告知审核结果", "如题。", (), state="open", act="status"),
    Voice("other", "ask1@qq.example", "索取申请表", "老师，请发我一份人才认定的空白表，谢谢您", (), act="form"),
    Voice("other", "ask2@163.example", "申请表下载问题", "官网申请表下载后打开是乱码，能否邮件发我？", (), act="form"),
    Voice("other", "ask3@qq.example", "政策问题请教", "夫妻双方都是硕士，购房补贴可以叠加吗？", ()),
    Voice("other", "ask4@corp.example", "咨询", "请问科技副总的聘期有多长？补助怎么发？", ()),
    Voice("other", "kun@qq.example", "回复：补正通知 YC-SUB-2026-006040", "老师，您写的第三条是什么意思", (), re=CORRECTION, state="correction"),
    Voice("other", "ye@126.example", "回复：补正通知 YC-SUB-2026-006040", "收到，过两天补给您", (), re=CORRECTION, state="correction"),
    Voice("other", "gong@hfut.example", "通讯方式更新", "我的邮箱即将更换为 gong2@hfut.example，请更新。", (), state="open"),
    Voice("other", "bgs@gov4.example", "值班安排", "请各单位报送元旦值班表。", ("值班表模板.docx",)),
    Voice("other", "inst@research.example", "课题合作", "我所正在开展人才政策评估课题，希望访谈贵局相关负责人。", ("访谈提纲.docx",)),
    Voice("other", "pu@qq.example", "公示反馈", "我对公示没有异议，只是想提醒名单里第二位名字写错了。", (), re=PUBLICITY),
    Voice("other", "obj@qq.example", "质疑公示名单", "第七名并非全职，不应享受补贴，请调查。", (), act="objection"),
    Voice("other", "ruan@qq.example", "回复：受理通知 YC-SUB-2026-006031", "已知悉，谢谢老师", (), re=RECEIPT, state="open"),
    Voice("other", "nice@qq.example", "表扬", "窗口的小周同志服务热情，特来表扬。", ()),
    Robot("auto_reply", "lufei@163.example", "自动回复:受理通知 YC-SUB-2026-006031", "您好，我现在有事不在，一会再和您联系。", case="YC-SUB-2026-006031"),
    Robot("auto_reply", "d2@talent-office.example", "自动答复: 【待审批】YC-SUB-2026-006031", "我在外参加培训，同意类事项回来办理。", headers=("Auto-Submitted: auto-replied",), case="YC-SUB-2026-006031"),
    Robot("auto_reply", "kim@corp.example", "Out of Office AutoReply: Receipt", "I'm out sick today.", headers=("Auto-Submitted: auto-generated",)),
    Robot("auto_reply", "left@corp.example", "Re: 受理通知", "该同事已离职，此为系统自动回复，业务请联系 hr@corp.example。"),
    Robot("bounce", "MAILER-DAEMON@mx3.talent-office.example", "Undelivered Mail Returned to Sender", "", dialect="postfix"),
    Robot("bounce", "postmaster@139.example", "邮件投递失败", "", dialect="sina"),
    Robot("bounce", "postmaster@exmail.example", "来自exmail的退信", "", dialect="qq"),
    Robot("bounce", "mailer-daemon@googlemail.example", "Delivery Status Notification (Delay)", "", dialect="delay"),
    Robot("spam", "s1@fp.example", "有票", "可开增值税专用发票，真实业务，欢迎咨询 QQ 5566778"),
    Robot("spam", "s2@px.example", "新任科长能力提升班", "地点厦门，费用3200元含资料，12月20日报到，可开培训费发票", files=("日程.pdf",)),
    Robot("spam", "s3@alert.example", "账户安全提醒", "检测到您的邮箱异常，请于24小时内点击下方链接完成验证 http://a.bad.example", auth="fail", authentic=False),
    Robot("spam", "s4@print.example", "印刷报价", "画册、证书、奖牌制作，价格低，交货快，可上门取稿"),
    Robot("spam", "s5@degree.example", "提升学历", "名校本科/硕士，在职可读，包毕业，详询微信 xl9900"),
    Robot("spam", "s6@lawyer.example", "Inheritance claim", "A deceased client left 8.7 million dollars with your surname. Reply urgently.", auth="fail", authentic=False),
)


def eighth() -> list[Told]:
    """All of them held back: scored once before any was looked at."""
    letters = [told(f"eighth{number:03}", seed, number) for number, seed in enumerate(LETTERS)]
    for one in letters:
        one.letter.held = True
    return letters
