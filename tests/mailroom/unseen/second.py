"""A second set of 72, written after the evidence was weighed anew: other people, other words, most of them hard.

First score by the letter alone: kind 80.6 %.
"""

# ruff: noqa: E501 - a letter's line is as long as it is, in the signs its writer used

from tests.mailroom.unseen.second_more import MORE
from tests.mailroom.unseen.voices import CORRECTION, RECEIPT, Robot, Told, Voice, told

LETTERS: tuple[Voice | Robot, ...] = (
    Voice(
        "new_application",
        "old.cheng@163.example",
        "程教授材料",
        "小同志你好，我不太会用电脑，儿子帮我扫描的，一共四个文件，你打开看看全不全。麻烦了。",
        ("程1.pdf", "程2.pdf", "程3.pdf", "程4.pdf"),
    ),
    Voice("new_application", "hrbp@newchip.example", "【新芯科技】李想-青年英才", "Hi，附件请收，谢谢~", ("李想.zip",)),
    Voice(
        "new_application",
        "mazhen@qq.example",
        "我要报产业教授",
        "领导好，看到公众号的通知，想报一下产业教授这个，表按要求填了，工作证明等单位盖了章再补寄。",
        ("马震-登记表.pdf",),
    ),
    Voice(
        "new_application",
        "luo@hospital.example",
        "2026-11 引进人才住房补贴（3人）",
        "各位老师辛苦了！本月我院新增三人，材料分三个文件夹打包，解压密码无。",
        ("本月三人.zip",),
    ),
    Voice(
        "new_application",
        "yuki@gmail.example",
        "人才認定申請",
        "您好：附檔為本人之人才認定申請表及畢業證書，敬請查收。",
        ("申請表.pdf", "畢業證書.pdf"),
    ),
    Voice("new_application", "xiaohu@qq.example", "来安就业交通补贴", "", ("火车票.jpg", "申领表.jpg")),
    Voice(
        "new_application",
        "ceo@bio.example",
        "揭榜挂帅项目需求",
        "我公司拟发布技术需求一项，需求表已盖章，请纳入今年榜单。",
        ("技术需求.pdf",),
    ),
    Voice(
        "new_application",
        "dongmei@sohu.example",
        "材料第一封（共两封）",
        "附件太大分两封发，这是第一封：表和身份证",
        ("申报表.pdf", "身份证.jpg"),
    ),
    Voice("new_application", "wuhr@factory.example", "转发：转发：张工材料", "", ("张工.pdf",)),
    Voice(
        "new_application",
        "sasha@bsu.example",
        "Foreign expert application",
        "To whom it may concern, I would like to apply for the foreign expert subsidy. The signed form and my work permit are attached.",
        ("form_signed.pdf", "work permit.jpg"),
    ),
    Voice(
        "new_application",
        "qian@qq.example",
        "申请",
        "本人钱进，2025年硕士毕业，现就职于安庆某某化工，月薪8000，想申请生活补贴，电话不便，邮件联系。",
        (),
    ),
    Voice(
        "new_application",
        "tech@auto.example",
        "科技副总人选推荐",
        "经双方协商，我司拟聘请合肥工业大学韩教授担任科技副总，推荐书和三方意向协议随信附上，妥否请示。",
        ("推荐书.pdf", "意向协议.pdf"),
    ),
    Voice(
        "supplement",
        "old.cheng@163.example",
        "第五个文件",
        "昨天漏掉一个，儿子今天又扫了，请收到后一起放进去。",
        ("程5.pdf",),
        state="open",
    ),
    Voice(
        "supplement", "mazhen@qq.example", "工作证明盖好了", "单位终于给盖章了，请查收", ("工作证明.pdf",), state="open"
    ),
    Voice(
        "supplement",
        "dongmei@sohu.example",
        "材料第二封（共两封）",
        "接上封，这是学历和合同",
        ("学历.pdf", "合同.pdf"),
        state="open",
    ),
    Voice(
        "supplement",
        "yuki@gmail.example",
        "Re: 補正通知 YC-SUB-2026-006040",
        "承辦您好，已依通知補上在職證明，煩請查收。",
        ("在職證明.pdf",),
        re=CORRECTION,
        state="correction",
    ),
    Voice(
        "supplement",
        "sasha@bsu.example",
        "Re: Correction",
        "please see attached. sorry for delay",
        ("scan0007.pdf",),
        re=CORRECTION,
        state="correction",
    ),
    Voice(
        "supplement",
        "xiaohu@qq.example",
        "回复：补正通知 YC-SUB-2026-006040",
        "车票是G7720，11月3号合肥到安庆，票面看不清是因为热敏纸褪色了。",
        (),
        re=CORRECTION,
        state="correction",
    ),
    Voice(
        "supplement",
        "luo@hospital.example",
        "三人中王芳的身份证反面",
        "见附件。",
        ("王芳身份证反面.jpg",),
        state="correction",
    ),
    Voice(
        "supplement",
        "qian@qq.example",
        "回复：补正通知 YC-SUB-2026-006031",
        "六个月流水，银行盖了章的，另外表里第二页也重填了，一起发您。辛苦辛苦",
        ("流水.pdf", "第二页.pdf"),
        re=CORRECTION,
        state="correction",
    ),
    Voice(
        "supplement",
        "hrbp@newchip.example",
        "李想材料更新",
        "原合同扫描少了骑缝章，换这份。",
        ("劳动合同.pdf",),
        state="open",
    ),
    Voice(
        "withdrawal",
        "mazhen@qq.example",
        "产业教授那个",
        "领导，学校不同意我兼职，我就不报了，之前的表请作废。",
        (),
        state="open",
    ),
    Voice(
        "withdrawal",
        "luo@hospital.example",
        "王芳",
        "王芳同志昨天辞职了，她的补贴我们不申请了，其余两人照旧。",
        (),
        state="open",
    ),
    Voice(
        "withdrawal",
        "yuki@gmail.example",
        "撤回申請",
        "因個人規劃變動，擬撤回本人之認定申請，造成不便，敬請見諒。",
        (),
        state="open",
    ),
    Voice(
        "withdrawal",
        "sasha@bsu.example",
        "cancel",
        "I am leaving China next month, please cancel my application and delete my documents.",
        (),
        state="open",
    ),
    Voice(
        "withdrawal",
        "ceo@bio.example",
        "关于撤销技术需求的说明",
        "该项目已与高校自行达成合作，不再需要揭榜，特申请撤榜。",
        ("说明.pdf",),
        state="open",
    ),
    Voice(
        "withdrawal",
        "xiaohu@qq.example",
        "算了",
        "为了两百块钱跑三趟，我不要这个补贴了行吧，别再给我发通知了",
        (),
        state="correction",
    ),
    Voice(
        "withdrawal",
        "hrbp@newchip.example",
        "回复：受理通知 YC-SUB-2026-006031",
        "李想未通过试用期，请把他的件退掉，不用继续了。",
        (),
        re=RECEIPT,
        state="open",
    ),
    Voice(
        "other",
        "zhiqing@163.example",
        "公示期反映情况",
        "名单上第三位去年就离开安庆了，我跟他一个小区的，房子都卖了，怎么还能拿补贴？",
        (),
        act="objection",
    ),
    Voice(
        "other",
        "competitor@auto2.example",
        "异议",
        "关于科技副总拟聘名单，我公司对其中一人选持有异议：该人选与企业法人系夫妻关系，依规应予回避。附关系证明。",
        ("关系证明.pdf",),
        act="objection",
    ),
    Voice(
        "other",
        "luo@hospital.example",
        "分数",
        "公示里我们医院李医生少算了论文分，请求复核并更正。",
        (),
        state="open",
        act="objection",
    ),
    *MORE,
)


def second() -> list[Told]:
    """All of them held back: scored once before any was looked at."""
    letters = [told(f"second{number:03}", seed, number) for number, seed in enumerate(LETTERS)]
    for one in letters:
        one.letter.held = True
    return letters
