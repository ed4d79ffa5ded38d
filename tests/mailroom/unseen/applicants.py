"""Applications as applicants and employers send them."""

# ruff: noqa: E501 - a letter's line is as long as it is

from tests.mailroom.unseen.build import (
    Drawer,
    attach,
    cut_words,
    docx,
    enclosed,
    file,
    jpg,
    known,
    letter,
    multi,
    packed,
    part,
    pdf,
    png,
    text,
    tnef,
    word,
)


def applications(d: Drawer) -> None:
    form = pdf("qq-gbk")
    d.put(
        "a01_qq_webmail",
        multi(
            [
                multi(
                    [
                        text(
                            "尊敬的老师：\n　　附件为本人购房补贴申报材料，烦请审核。\n\n李明远",
                            "gb18030",
                            label="gb2312",
                        ),
                        text("<div>尊敬的老师：</div>", "gb18030", "html", label="gb2312"),
                    ],
                    "alternative",
                ),
                file(form, "购房补贴申报表-李明远（2026）.pdf", charset="gb18030"),
            ]
        ),
        "2839001@qq.example",
        "购房补贴申报-李明远-宜城化工研究院",
        "new_application",
        display=word("明远", "gb18030"),
        headers=("X-Mailer: QQMail 2.x", "X-Priority: 3"),
        body_text="尊敬的老师：\n　　附件为本人购房补贴申报材料，烦请审核。\n\n李明远",
        attachments=[known(form, "购房补贴申报表-李明远（2026）.pdf", "pdf")],
    )
    form = pdf("163-raw")
    d.put(
        "a02_163_raw_gbk",
        multi(
            [
                text("老师您好，人才认定材料一份，请查收。", "gbk"),
                attach(
                    form,
                    b'Content-Type: application/pdf;\r\n name="' + "人才认定申请表.pdf".encode("gbk") + b'"',
                    b'Content-Disposition: attachment;\r\n filename="' + "人才认定申请表.pdf".encode("gbk") + b'"',
                ),
            ]
        ),
        "zhaoqing@163.example",
        "人才认定申请（赵青）",
        "new_application",
        display="赵青".encode("gbk"),
        shown_subject="人才认定申请（赵青）".encode("gbk"),
        headers=("X-Coremail-Locale: zh_CN",),
        body_text="老师您好，人才认定材料一份，请查收。",
        attachments=[known(form, "人才认定申请表.pdf", "pdf")],
    )
    form = pdf("foxmail")
    d.put(
        "a03_foxmail_cut_words",
        multi(
            [
                text("见附件。\n-- \n王亚楠\n宜江新材料有限公司 人力资源部\n电话 0556-5990000"),
                file(form, "租房补贴.pdf"),
            ]
        ),
        "wyn@foxmail.example",
        "关于申报2026年度青年人才租房补贴的材料报送（宜江新材料有限公司王亚楠）",
        "new_application",
        shown_subject=cut_words("关于申报2026年度青年人才租房补贴的材料报送（宜江新材料有限公司王亚楠）", "utf-8", 31),
        headers=("X-Mailer: Foxmail 7.2.25.331[cn]",),
        body_text="见附件。",
        attachments=[known(form, "租房补贴.pdf", "pdf")],
    )
    form = pdf("2231")
    d.put(
        "a04_outlook_2231_pieces",
        multi(
            [
                text("您好：\n\n现报送科技副总推荐材料，请予受理。\n", encoding="quoted-printable"),
                attach(
                    form,
                    "Content-Type: application/pdf; name*0*=utf-8''%E7%A7%91%E6%8A%80%E5%89%AF%E6%80%BB; \r\n name*1*=%E6%8E%A8%E8%8D%90%E8%A1%A8; name*2=.pdf",
                    "Content-Disposition: attachment; filename*0*=utf-8''%E7%A7%91%E6%8A%80%E5%89%AF%E6%80; \r\n filename*1*=%BB%E6%8E%A8%E8%8D%90%E8%A1%A8;\r\n filename*2=.pdf",
                ),
            ]
        ),
        "hr@yijiang-new.example",
        "科技副总推荐材料",
        "new_application",
        headers=("X-Mailer: Microsoft Outlook 16.0", "Thread-Index: AdxdQ1"),
        body_text="您好：\n\n现报送科技副总推荐材料，请予受理。",
        attachments=[known(form, "科技副总推荐表.pdf", "pdf")],
    )
    one, two = jpg("iphone1"), jpg("iphone2")
    d.put(
        "a05_iphone_pictures_between_text",
        multi(
            [
                text("老师好 我是刘思涵 申请交通补贴 表格拍照发您"),
                attach(
                    one,
                    "Content-Type: image/jpeg; name=IMG_2041.jpeg",
                    "Content-Disposition: inline; filename=IMG_2041.jpeg",
                ),
                text("\n\n"),
                attach(
                    two,
                    "Content-Type: image/jpeg; name=IMG_2042.jpeg",
                    "Content-Disposition: inline; filename=IMG_2042.jpeg",
                ),
                text("\n\n\n发自我的 iPhone"),
            ]
        ),
        "liusihan@icloud.example",
        "交通补贴",
        "new_application",
        headers=("X-Mailer: iPhone Mail (20H115)",),
        body_text="老师好 我是刘思涵 申请交通补贴 表格拍照发您",
        attachments=[known(one, "IMG_2041.jpeg", "jpg"), known(two, "IMG_2042.jpeg", "jpg")],
    )
    scan = pdf("huawei")
    d.put(
        "a06_huawei_no_subject_charset_less",
        multi(
            [
                part(
                    "您好，产业导师申报表请查收\r\n\r\n发自我的华为手机".encode(),
                    "Content-Type: text/plain",
                    "Content-Transfer-Encoding: 8bit",
                ),
                attach(
                    scan,
                    "Content-Type: application/octet-stream",
                    'Content-Disposition: attachment; filename="mmexport1763863200.pdf"',
                ),
            ]
        ),
        "sunqiang71@139.example",
        "",
        "new_application",
        shown_subject="",
        headers=("X-Mailer: HUAWEI Email 12",),
        auth="spf",
        body_text="您好，产业导师申报表请查收",
        attachments=[known(scan, "mmexport1763863200.pdf", "pdf")],
    )
    inner_form, diploma = pdf("inner"), png("diploma")
    inner = letter(
        multi(
            [
                text("张处，我的材料在附件。\n周凯"),
                file(inner_form, "周凯申报书.pdf"),
                file(diploma, "博士学位证.png", "image/png"),
            ]
        ),
        "<zk@lab.example>",
        word("青年英才申报"),
        "<zk1@lab.example>",
        auth=None,
    )
    d.put(
        "a07_forwarded_message",
        multi(
            [
                text("转来我院周凯老师的申报材料，请审核。"),
                part(
                    inner,
                    "Content-Type: message/rfc822",
                    f'Content-Disposition: attachment; filename="{word("青年英才申报.eml")}"',
                ),
            ]
        ),
        "kyc@yicheng-u.example",
        "Fwd: 青年英才申报",
        "new_application",
        body_text="转来我院周凯老师的申报材料，请审核。",
        attachments=[
            enclosed(
                "青年英才申报.eml",
                [known(inner_form, "周凯申报书.pdf", "pdf"), known(diploma, "博士学位证.png", "png")],
            )
        ],
    )
    first, second = pdf("z1"), pdf("z2")
    deep = packed([("合同/劳动合同.pdf".encode("gbk"), second)])
    archive = packed([("申报材料\\申报表.pdf".encode("gbk"), first), ("申报材料\\佐证.zip".encode("gbk"), deep)])
    d.put(
        "a08_zip_in_zip_gbk",
        multi(
            [
                text(
                    "<html><body><p>各位领导：</p><p>材料已打包，望审核。</p><style>p{color:red}</style></body></html>",
                    "gbk",
                    "html",
                ),
                file(archive, "申报材料.rar.zip", charset="gbk"),
            ]
        ),
        "hexiaoyu@126.example",
        "生活补贴申领 何晓宇",
        "new_application",
        body_text="各位领导：\n材料已打包，望审核。",
        attachments=[
            known(
                archive,
                "申报材料.rar.zip",
                "zip",
                [
                    known(first, "申报表.pdf", "pdf"),
                    known(deep, "佐证.zip", "zip", [known(second, "劳动合同.pdf", "pdf")]),
                ],
            )
        ],
    )
    form = pdf("tnef")
    wrapped = tnef([("高层次人才申报表.pdf".encode("gbk"), form)])
    d.put(
        "a09_winmail",
        multi(
            [
                text("请查收申报材料", "gbk"),
                attach(
                    wrapped,
                    'Content-Type: application/ms-tnef; name="winmail.dat"',
                    'Content-Disposition: attachment; filename="winmail.dat"',
                ),
            ]
        ),
        "renshi@bigcorp.example",
        "高层次人才申报",
        "new_application",
        headers=("X-MS-TNEF-Correlator: <x@bigcorp.example>",),
        body_text="请查收申报材料",
        attachments=[known(wrapped, "winmail.dat", "tnef", [known(form, "高层次人才申报表.pdf", "pdf")])],
    )
    rar = b"Rar!\x1a\x07\x01\x00" + b"\x33" * 900
    d.put(
        "a10_rar_named_zip",
        multi([text("材料在压缩包里，请查收"), file(rar, "申报材料（马骏）.zip")]),
        "majun@qq.example",
        "人才公寓及生活补贴申报",
        "new_application",
        body_text="材料在压缩包里，请查收",
        attachments=[known(rar, "申报材料（马骏）.zip", "rar")],
    )
    link = "您好，申报材料太大，已上传。\n\n从网易163邮箱发来的云附件\n安家费申报材料.zip (2.1G, 2026年12月8日 到期)\n下载: https://mail.163.example/large-attachment-download/index.html?p=X-NETEASE-HUGE-ATTACHMENT&file=abc"
    d.put(
        "a11_163_cloud_attachment",
        text(link),
        "songyi@163.example",
        "安家费申报材料",
        "new_application",
        body_text=link,
    )
    form = pdf("big5")
    d.put(
        "a12_big5_from_taiwan",
        multi(
            [
                text("您好：\n附件為本人申請青年人才生活補貼之申請表，敬請查收。\n林志豪 敬上", "big5"),
                attach(
                    form,
                    'Content-Type: application/pdf; name="' + word("申請表_林志豪.pdf", "big5") + '"',
                    'Content-Disposition: attachment; filename="' + word("申請表_林志豪.pdf", "big5") + '"',
                ),
            ]
        ),
        "lin.zh@gmail.example",
        "申請青年人才生活補貼",
        "new_application",
        shown_subject=word("申請青年人才生活補貼", "big5"),
        body_text="您好：\n附件為本人申請青年人才生活補貼之申請表，敬請查收。\n林志豪 敬上",
        attachments=[known(form, "申請表_林志豪.pdf", "pdf")],
    )
    paper, sheet = docx(), pdf("named-wrong")
    d.put(
        "a13_types_that_lie",
        multi(
            [
                text("附件请查收"),
                attach(
                    sheet,
                    "Content-Type: image/jpeg; name=scan.jpg",
                    "Content-Disposition: attachment; filename=scan.jpg",
                ),
                attach(
                    paper,
                    "Content-Type: application/pdf; name=a.pdf",
                    "Content-Disposition: attachment; filename*=gb2312''%D0%C5%CF%A2%B1%ED.pdf",
                ),
            ]
        ),
        "tangwei@sohu.example",
        "引才计划报名 唐薇",
        "new_application",
        body_text="附件请查收",
        attachments=[known(sheet, "scan.jpg", "pdf"), known(paper, "信息表.pdf", "docx")],
    )
    files = [(pdf(f"w{n}"), f"{who}-岗位补贴申请表.pdf") for n, who in enumerate(("吴一", "郑二", "冯三"))]
    d.put(
        "a14_three_applications",
        multi([text("我公司三名员工的申请表一并报送，请受理。\n联系人：陈经理"), *(file(*one) for one in files)]),
        "office@factory.example",
        "岗位补贴申报（3人）",
        "new_application",
        body_text="我公司三名员工的申请表一并报送，请受理。\n联系人：陈经理",
        attachments=[known(data, name, "pdf") for data, name in files],
    )
    form = pdf("wechat")
    d.put(
        "a15_forwarded_from_wechat",
        multi(
            [
                text(
                    '<div style="font-size:14px">微信转发的申请表，麻烦老师看一下</div><div><br></div><div id="qqmail_sig">发自 QQ邮箱 iOS端</div>',
                    kind="html",
                ),
                attach(
                    form,
                    'Content-Type: application/octet-stream; charset="utf-8"; name="=?utf-8?B?5aSW5Zu95LiT5a62?= =?utf-8?B?55Sz6K+36KGoLnBkZg==?="',
                    'Content-Disposition: attachment; filename="=?utf-8?B?5aSW5Zu95LiT5a62?= =?utf-8?B?55Sz6K+36KGoLnBkZg==?="',
                ),
            ]
        ),
        "501882@qq.example",
        "微信转发：外国专家申请表",
        "new_application",
        body_text="微信转发的申请表，麻烦老师看一下",
        attachments=[known(form, "外国专家申请表.pdf", "pdf")],
    )
    form = pdf("calendar")
    ics = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    d.put(
        "a16_calendar_part_and_hidden_name",
        multi(
            [
                text("申报书如附件"),
                attach(
                    form,
                    "Content-Type: application/pdf",
                    "Content-Disposition: attachment; filename*=utf-8''..%2F..%2Fetc%2F%E7%94%B3%E6%8A%A5%E4%B9%A6%E2%80%AEfdp.pdf",
                ),
                part(ics, "Content-Type: text/calendar; method=REQUEST; charset=utf-8"),
            ]
        ),
        "guojing@outlook.example",
        "名额申报 郭静",
        "new_application",
        body_text="申报书如附件",
        attachments=[known(form, "申报书fdp.pdf", "pdf"), known(ics, None, "ics")],
    )
