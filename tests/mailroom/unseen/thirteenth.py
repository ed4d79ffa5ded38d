"""A thirteenth set of 87: power plants, kindergartens, temples of craft, couriers, embassies, tenants and theses.

First score by the letter alone: kind 90.8 %.
"""

# ruff: noqa: E501 - a letter's line is as long as it is

from tests.mailroom.unseen.thirteenth_more import MORE
from tests.mailroom.unseen.voices import CORRECTION, RECEIPT, Robot, Told, Voice, told

LETTERS: tuple[Voice | Robot, ...] = (
    Voice(
        "new_application",
        "hr@power.example",
        "发电公司核心技术骨干津贴",
        "今年新认了五名骨干，津贴审批表逐人签字，报来请核。",
        ("津贴审批表.zip",),
    ),
    Voice(
        "new_application",
        "yuanzhang@kids.example",
        "幼儿园男教师",
        "园里来了位学前教育硕士，想给他报生活补助，表和学位证拍照给你们",
        ("生活补助表.jpg", "学位证.jpg"),
    ),
    Voice(
        "new_application",
        "carver@craft.example",
        "木雕大师工作室",
        "我做了一辈子木雕，区里让我报大师工作室，申报书徒弟打的字。",
        ("大师工作室申报书.docx", "作品照片.zip"),
    ),
    Voice(
        "new_application",
        "courier@qq.example",
        "快递员也算人才吗",
        "看新闻快递员考了职称有奖励，我考了快递工程助理工程师，表填好发你们。",
        ("奖励申请表.jpg", "职称证.jpg"),
    ),
    Voice(
        "new_application",
        "m.sato@univ.example",
        "Application for housing support",
        "Dear Sir or Madam, I moved to Anqing in August as a lecturer. Please find my housing support application and lease enclosed.",
        ("housing_application.pdf", "lease.pdf"),
    ),
    Voice(
        "new_application",
        "phd@qq.example",
        "博士来安",
        "本人今年6月毕业，已与市属企业签约，提交生活补贴和安家补贴两份申请，请审。",
        ("生活补贴申请.pdf", "安家补贴申请.pdf"),
    ),
    Voice("new_application", "t1@163.example", "材料", "", ("人才认定申请表（汪）.pdf", "社保.pdf", "学位.pdf")),
    Voice("new_application", "t2@qq.example", "您好", "请查看附件", ("租房补贴申请表.docx",)),
    Voice(
        "new_application",
        "dict@qq.example",
        "人才不贴",
        "老师您好我是新来的中学老师想申请人才不贴校长说邮箱发给你们就可以表格在附近里",
        ("人才补贴表.docx",),
    ),
    Voice(
        "new_application",
        "macau@lab2.example",
        "人才認定",
        "本人澳門大學博士，現於貴市研究院任職，謹呈人才認定表與學位證書，敬希審批。",
        ("人才認定表.pdf", "學位證書.pdf"),
    ),
    Voice(
        "new_application",
        "jd@street.example",
        "街道推荐社区工作者人才",
        "街道党工委研究，推荐社区书记两名参评社会工作领军人才，推荐表盖章扫描件如附。",
        ("推荐表.pdf", "事迹材料.docx"),
    ),
    Voice(
        "new_application",
        "husband@qq.example",
        "帮爱人交",
        "爱人是新引进的副主任医师，值夜班没空，我来交她的引进补助申请。",
        ("引进补助申请.pdf", "执业证.jpg"),
    ),
    Voice(
        "new_application",
        "rd@sensor.example",
        "科技副总需求",
        "公司想请一位做传感器的教授来当科技副总，岗位需求表填了，麻烦帮忙对接。",
        ("科技副总岗位需求表.docx",),
    ),
    Voice(
        "new_application",
        "agency@hr3.example",
        "代企业申报（委托书附后）",
        "我们受三家企业委托统一申报稳岗引才补贴，每家一个文件夹。",
        ("三家企业.zip", "委托书.pdf"),
    ),
    Voice(
        "new_application",
        "chef@hotel4.example",
        "徽菜技艺",
        "参加技能人才评选，表、证、照片齐了。",
        ("技能人才评选表.pdf", "厨师证.jpg"),
    ),
    Voice(
        "new_application",
        "assoc@univ8.example",
        "产业导师（兼职）报名",
        "企业工作十五年，愿到职院兼课，报名表企业已签章。",
        ("报名表.pdf",),
    ),
    Voice(
        "supplement",
        "hr@power.example",
        "Re: 补正通知 YC-SUB-2026-006040",
        "三号骨干职称证书过塑反光，取下重扫。",
        ("职称证.pdf",),
        re=CORRECTION,
        state="correction",
    ),
    Voice("supplement", "yuanzhang@kids.example", "学位证背面", "上次只拍了正面", ("背面.jpg",), state="open"),
    Voice(
        "supplement",
        "carver@craft.example",
        "作品获奖证明",
        "工作人员说评奖要有证明，文联给开了。",
        ("获奖证明.pdf",),
        state="correction",
    ),
    Voice(
        "supplement",
        "m.sato@univ.example",
        "Re: Correction YC-SUB-2026-006040",
        "Attached is the lease with the landlord's signature, as you requested.",
        ("lease_signed.pdf",),
        re=CORRECTION,
        state="correction",
    ),
    Voice(
        "supplement",
        "dict@qq.example",
        "",
        "老师昨天那个表没有盖张今天学校盖好了从新发一遍",
        ("盖章.jpg",),
        state="correction",
    ),
    Voice(
        "supplement",
        "macau@lab2.example",
        "補交公證件",
        "學位證書之公證件已辦妥，補呈。",
        ("公證書.pdf",),
        state="open",
    ),
    Voice(
        "supplement",
        "agency@hr3.example",
        "第二家企业材料更新",
        "第二家的社保名单打错月份，新的发上，旧的作废。",
        ("社保名单.pdf",),
        state="open",
    ),
    Voice(
        "supplement",
        "husband@qq.example",
        "Re：补正通知",
        "劳动合同找到了，一共六页",
        ("劳动合同.pdf",),
        re=CORRECTION,
        state="correction",
    ),
    Voice("supplement", "t1@163.example", "汪某 补材料", "单位证明", ("单位证明.pdf",), state="correction"),
    Voice(
        "supplement",
        "phd@qq.example",
        "婚姻状况",
        "通知问我婚姻状况：未婚，承诺书在附件。",
        ("承诺书.pdf",),
        state="correction",
    ),
    Voice(
        "supplement",
        "courier@qq.example",
        "Re: 补正通知 YC-SUB-2026-006040",
        "证书编号最后一位是7不是1",
        (),
        re=CORRECTION,
        state="correction",
    ),
    Voice(
        "supplement",
        "rd@sensor.example",
        "需求表改了一处",
        "薪酬一栏原来填错，按年薪改过了，以这份为准。",
        ("需求表（改）.docx",),
        state="open",
    ),
    Voice(
        "supplement",
        "jd@street.example",
        "社区工作者推荐补照片",
        "两位同志的一寸照漏了，现补齐。",
        ("照片.zip",),
        state="open",
    ),
    Voice("withdrawal", "courier@qq.example", "算了", "奖励我不申请了，公司那边给发了，谢谢。", (), state="open"),
    Voice(
        "withdrawal", "phd@qq.example", "撤回安家补贴申请", "生活补贴继续，安家补贴因放弃购房请撤回。", (), state="open"
    ),
    Voice("withdrawal", "macau@lab2.example", "終止申請", "因項目調整離皖，請終止本人之認定申請。", (), state="open"),
    Voice(
        "withdrawal",
        "m.sato@univ.example",
        "Re: Receipt YC-SUB-2026-006031",
        "I would like to withdraw my housing application.",
        (),
        re=RECEIPT,
        state="open",
    ),
    Voice(
        "withdrawal", "rd@sensor.example", "撤销需求", "公司战略调整，请撤销我司科技副总岗位需求。", (), state="open"
    ),
    *MORE,
)


def thirteenth() -> list[Told]:
    """All of them held back: scored once before any was looked at."""
    letters = [told(f"thirteenth{number:03}", seed, number) for number, seed in enumerate(LETTERS)]
    for one in letters:
        one.letter.held = True
    return letters
