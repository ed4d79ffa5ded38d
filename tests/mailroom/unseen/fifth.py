"""A fifth set, written after the last change to the signs and scored once: the figure that is told."""

# ruff: noqa: E501 - a letter's line is as long as it is, in the signs its writer used

from tests.mailroom.unseen.voices import CORRECTION, RECEIPT, RESULT, TASK, Robot, Told, Voice, told

LETTERS: tuple[Voice | Robot, ...] = (
    Voice("new_application", "qinlan@qq.example", "秦岚高层次人才申报", "尊敬的老师，您好！附件为秦岚的申报表、学历学位证书及劳动合同，如有问题请电话联系，祝好！", ("申报表.pdf", "学历学位.pdf", "劳动合同.pdf")),
    Voice("new_application", "hr@glass.example", "11月申报人员", "本月三人，见压缩包。", ("11月.zip",)),
    Voice("new_application", "zou@163.example", "毕业生租房补贴", "老师好，听说现在可以申请租房补贴了，我按要求准备了材料。", ("租房补贴申请表.pdf", "身份证正反面.jpg")),
    Voice("new_application", "mei@sina.example", "来自梅的邮件", "", ("人才认定申报表（梅）.pdf",)),
    Voice("new_application", "kejichu@univ6.example", "我校拟派科技副总人选材料", "经与企业对接，我校拟选派两名教师，材料附后。", ("人选1.pdf", "人选2.pdf")),
    Voice("new_application", "yuan@qq.example", "补贴", "我25年7月毕业来安庆的，这是我的表", ("IMG_0091.jpg",)),
    Voice("new_application", "ruth@edu.example", "Industry mentor application form", "Dear officer, my application form is attached as required by your notice. Thank you for your time.", ("mentor form.pdf",)),
    Voice("new_application", "fuhr@textile.example", "Re: 关于组织申报2026年度青年英才的通知", "您好，我公司推荐一人，申报书见附件。", ("青年英才申报书.pdf",), re="<n77@hr-list.example>"),
    Voice("new_application", "tianhao@qq.example", "天昊 安家费", "网盘链接: https://pan.baidu.example/s/xyz 提取码: 6p2q，申请材料都在里面了", ()),
    Voice("new_application", "lv@126.example", "第二次申请", "去年没通过，今年条件够了，重新填了一份，请审核。", ("2026申请表.pdf",)),
    Voice("new_application", "hr@brew.example", "代交：刘洋人才认定材料", "刘洋本人出差，由单位代为提交。", ("刘洋.zip",)),
    Voice("supplement", "qinlan@qq.example", "回复：补正通知 YC-SUB-2026-006040", "老师，合同已经盖章重新扫描了", ("劳动合同（盖章）.pdf",), re=CORRECTION, state="correction"),
    Voice("supplement", "hr@glass.example", "补报", "上月少报一份社保清单，现补报。", ("社保清单.pdf",), state="open"),
    Voice("supplement", "zou@163.example", "Re: 补正通知", "见附件", ("房东身份证.jpg",), re=CORRECTION, state="correction"),
    Voice("supplement", "yuan@qq.example", "毕业证", "之前说没有毕业证，今天找到了", ("毕业证.jpg",), state="correction"),
    Voice("supplement", "mei@sina.example", "人才认定申报表（修改）", "第二页的工作经历按您说的改了", ("人才认定申报表（修改）.pdf",), state="correction"),
    Voice("supplement", "kejichu@univ6.example", "答复: 补正通知 YC-SUB-2026-006031", "现补充人选2的职称证明，请查收。", ("职称证明.pdf",), re=CORRECTION, state="correction"),
    Voice("supplement", "lv@126.example", "回复：补正通知 YC-SUB-2026-006040", "更正：入职日期应为2024年3月1日。", (), re=CORRECTION, state="correction"),
    Voice("supplement", "ruth@edu.example", "missing page", "Sorry, I forgot to include page 2. Here it is.", ("page2.pdf",), state="open"),
    Voice("withdrawal", "zou@163.example", "撤回申请", "我退租了，申请撤回。", (), state="open"),
    Voice("withdrawal", "hr@glass.example", "关于取消赵某申报资格的申请", "赵某已离职，申请取消其本次申报。", (), state="open"),
    Voice("withdrawal", "yuan@qq.example", "回复：补正通知 YC-SUB-2026-006040", "材料凑不齐，放弃了，谢谢老师", (), re=CORRECTION, state="correction"),
    Voice("withdrawal", "kejichu@univ6.example", "撤回人选", "人选1因身体原因不能赴任，申请撤回其推荐。", (), state="open"),
    Voice("withdrawal", "tianhao@qq.example", "安家费申请不办了", "我回老家了，麻烦注销。", (), state="open"),
    Voice("withdrawal", "ruth@edu.example", "Please withdraw", "Please withdraw my application for industry mentor. Best regards, Ruth", (), state="open"),
    Voice("decision_reply", "a1@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "同意。\n张建国\n2026年11月24日", (), re=TASK, decision="approve"),
    Voice("decision_reply", "a2@talent-office.example", "答复: 【待审批】YC-SUB-2026-006031", "符合条件，同意", (), re=TASK, decision="approve", tail="outlook"),
    Voice("decision_reply", "a3@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "不同意", (), re=TASK, decision="reject", tail="qq"),
    Voice("decision_reply", "a4@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "退回，缺少房产证。", (), re=TASK, decision="return"),
    Voice("decision_reply", "a5@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "同意吧，但是下不为例", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "a6@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "不太同意", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "a7@talent-office.example", "Re: 【待审批】YC-SUB-2026-006031", "请先问问纪委有没有意见", (), re=TASK, decision="unclear", tail="outlook"),
    Voice("decision_reply", "a8@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "已在系统里点过了", (), re=TASK, decision="unclear"),
    Voice("decision_reply", "a9@talent-office.example", "回复：【待审批】YC-SUB-2026-006031", "请勿同意", (), re=TASK, decision="unclear"),
    Voice("other", "qinlan@qq.example", "进度查询", "YC-SUB-2026-006031 目前到哪个环节？", (), state="open", act="status"),
    Voice("other", "mei@sina.example", "想问下结果", "认定结果出来了吗？", (), state="open", act="status"),
    Voice("other", "hr@glass.example", "回复：受理通知 YC-SUB-2026-006031", "请问预计何时完成审批？", (), re=RECEIPT, state="open", act="status"),
    Voice("other", "yuan@qq.example", "老师", "我的补贴怎么还没发", (), state="open", act="status"),
    Voice("other", "cat@qq.example", "求申请表", "您好，可否发一份租房补贴申请表？", (), act="form"),
    Voice("other", "dog@163.example", "产业导师登记表", "请把产业导师登记表发我一下，谢谢", (), act="form"),
    Voice("other", "bird@qq.example", "人才政策咨询", "我有副高职称，在民营医院工作，能享受哪些补贴？", ()),
    Voice("other", "hr@brew.example", "咨询社保要求", "员工社保在合肥分公司交，算不算在安庆就业？", ()),
    Voice("other", "zou@163.example", "回复：补正通知 YC-SUB-2026-006040", "房东不肯给身份证怎么办？", (), re=CORRECTION, state="correction"),
    Voice("other", "qinlan@qq.example", "Re: 办理结果 YC-SUB-2026-006031", "谢谢老师，辛苦了！", (), re=RESULT, state="open"),
    Voice("other", "lv@126.example", "电话变更", "我的联系电话改为13912345678，请更新。", (), state="open"),
    Voice("other", "gh@union.example", "邀请参加职工运动会", "请贵局组队参加12月6日的职工运动会，报名表见附件。", ("报名表.docx",)),
    Voice("other", "pub@media.example", "约稿函", "拟刊发人才工作专题，诚邀贵局供稿，字数2000字左右。", ("约稿函.pdf",)),
    Voice("other", "neighbor@qq.example", "异议", "对公示的科技副总名单有异议，某人并未到岗。", (), act="objection"),
    Voice("other", "kuang@corp8.example", "对认定结果不服", "我公司员工的条件优于已公示人员，为什么没通过？要求给出理由。", (), act="objection"),
    Voice("other", "oops@qq.example", "发错邮箱了", "不好意思，刚才的邮件是发给别人的，请删除。", ()),
    Robot("auto_reply", "qinlan@qq.example", "自动回复：补正通知 YC-SUB-2026-006040", "您好，邮件已收到，谢谢。", case="YC-SUB-2026-006040"),
    Robot("auto_reply", "a2@talent-office.example", "自动答复: 【待审批】YC-SUB-2026-006031", "同意。我在出差，回来再处理。", headers=("Auto-Submitted: auto-replied",), case="YC-SUB-2026-006031"),
    Robot("auto_reply", "dean@univ6.example", "Re: 受理通知", "您好！我目前在国外访学，查看邮件不便，急事请联系助理。此邮件为自动回复，请勿回复。"),
    Robot("auto_reply", "ann@corp.example", "Out of office: Receipt", "I am away until Monday.", headers=("Auto-Submitted: auto-replied",)),
    Robot("bounce", "MAILER-DAEMON@mx3.talent-office.example", "Undelivered Mail Returned to Sender", "", dialect="postfix"),
    Robot("bounce", "postmaster@sina.example", "邮件发送失败通知", "", dialect="sina"),
    Robot("bounce", "PostMaster@qq.example", "来自qq.com的退信", "", dialect="qq"),
    Robot("bounce", "postmaster@corp.example", "Delivery delayed: 受理通知", "", dialect="delay"),
    Robot("spam", "xs@loan.example", "公积金信用贷", "有公积金就能贷，最高50万，利息低，微信同手机18812345678"),
    Robot("spam", "px@peixun9.example", "内审员培训", "ISO9001内审员培训班即将开课，原价1800现价980，名额仅剩10个", files=("课程表.pdf",)),
    Robot("spam", "support@mail-center.example", "密码即将过期", "您的邮箱密码将在今天到期，请点击保持原密码：http://keep.bad.example", auth="fail", authentic=False),
    Robot("spam", "tea@tea.example", "明前茶预售", "自家茶园直供，机关单位团购八折，欢迎品鉴。"),
    Robot("spam", "paper@journal.example", "核心期刊征稿", "本刊面向全国征集论文，评职称可用，见刊快，编辑QQ 99887766"),
    Robot("spam", "info@wire.example", "URGENT", "I am a widow with $12 million to donate. Contact my lawyer immediately.", auth="fail", authentic=False),
)


def fifth() -> list[Told]:
    """All of them held back: scored once before any was looked at."""
    letters = [told(f"fifth{number:03}", seed, number) for number, seed in enumerate(LETTERS)]
    for one in letters:
        one.letter.held = True
    return letters
