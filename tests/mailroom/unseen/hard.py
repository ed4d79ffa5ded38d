"""Letters that mail programs, archivers and gateways have made difficult."""

from tests.mailroom.unseen.build import (
    Drawer,
    attach,
    enclosed,
    file,
    known,
    letter,
    multi,
    packed,
    part,
    pdf,
    png,
    text,
    word,
)


def containers(d: Drawer) -> None:
    form = pdf("enc")
    locked = packed([("申报表.pdf".encode("gbk"), form)], flags=0x1)
    d.put(
        "i01_locked_zip",
        multi([text("申报材料（密码为身份证后六位）"), file(locked, "材料.zip")]),
        "u1@qq.example",
        "生活补贴申报",
        "new_application",
        body_text="申报材料（密码为身份证后六位）",
        attachments=[known(locked, "材料.zip", "zip", None)],
    )
    bomb = packed([("申报表.pdf".encode(), b"\0" * 60_000_000)])
    d.put(
        "i02_bomb",
        multi([text("申请材料见压缩包"), file(bomb, "材料.zip")]),
        "u2@qq.example",
        "租房补贴申请",
        "new_application",
        attachments=[known(bomb, "材料.zip", "zip", None)],
    )
    seven = b"7z\xbc\xaf\x27\x1c\x00\x04" + b"\x21" * 700
    d.put(
        "i03_seven_zip",
        multi([text("申请材料见压缩包，请老师解压"), file(seven, "青年人才材料.7z")]),
        "u3@qq.example",
        "青年人才补贴申请",
        "new_application",
        attachments=[known(seven, "青年人才材料.7z", "7z", None)],
    )
    form, extra = pdf("mac"), b"\x00\x05\x16\x07" + b"\x00" * 60
    mac = packed(
        [
            ("申报材料/".encode(), b""),
            ("申报材料/申报表.pdf".encode(), form),
            ("__MACOSX/申报材料/._申报表.pdf".encode(), extra),
        ],
        flags=0x800,
    )
    d.put(
        "i04_mac_zip",
        multi([text("Hi，申报材料如附件。"), file(mac, "归档.zip")]),
        "u4@icloud.example",
        "外国专家项目申报",
        "new_application",
        body_text="Hi，申报材料如附件。",
        attachments=[known(mac, "归档.zip", "zip", [known(form, "申报表.pdf", "pdf")])],
    )
    one = pdf("deep")
    inner = letter(
        multi([text("最里面"), file(packed([("表.pdf".encode("gbk"), one)]), "表.zip")]),
        "<a@lab.example>",
        word("申报"),
        "<in1@lab.example>",
        auth=None,
    )
    zipped = packed([("表.pdf".encode("gbk"), one)])
    middle = letter(
        multi([text("中间"), part(inner, "Content-Type: message/rfc822")]),
        "<b@lab.example>",
        word("转发：申报"),
        "<in2@lab.example>",
        auth=None,
    )
    d.put(
        "i05_forwarded_twice",
        multi(
            [
                text("请受理下属单位转报的材料"),
                part(middle, "Content-Type: message/rfc822", "Content-Disposition: attachment"),
            ]
        ),
        "c@group.example",
        "转发：转发：申报材料",
        "new_application",
        body_text="请受理下属单位转报的材料",
        attachments=[enclosed(None, [enclosed(None, [known(zipped, "表.zip", "zip", [known(one, "表.pdf", "pdf")])])])],
    )
    logo, form = png("logo", 5_000), pdf("logo")
    d.put(
        "i06_logo_in_signature",
        multi(
            [
                multi(
                    [
                        multi(
                            [
                                text("附件为推荐表，请查收。"),
                                text('<p>附件为推荐表，请查收。</p><img src="cid:image001.png@01DA">', kind="html"),
                            ],
                            "alternative",
                        ),
                        attach(
                            logo,
                            'Content-Type: image/png; name="image001.png"',
                            "Content-ID: <image001.png@01DA>",
                            "Content-Disposition: inline; filename=image001.png",
                        ),
                    ],
                    "related",
                ),
                file(form, "科技副总推荐表.pdf"),
            ]
        ),
        "hr@chem.example",
        "科技副总推荐",
        "new_application",
        body_text="附件为推荐表，请查收。",
        attachments=[known(logo, "image001.png", "png"), known(form, "科技副总推荐表.pdf", "pdf")],
    )
    signature, form = b"0\x80\x06\x09*\x86H\x86\xf7\x0d\x01\x07\x02" + b"\x11" * 300, pdf("smime")
    d.put(
        "i07_signed",
        multi(
            [
                multi([text("申请书见附件"), file(form, "申请书.pdf")]),
                attach(
                    signature,
                    'Content-Type: application/pkcs7-signature; name="smime.p7s"',
                    'Content-Disposition: attachment; filename="smime.p7s"',
                ),
            ],
            "signed",
            more='; protocol="application/pkcs7-signature"; micalg=sha-256',
        ),
        "dir@inst.example",
        "产业教授申请",
        "new_application",
        body_text="申请书见附件",
        attachments=[known(form, "申请书.pdf", "pdf"), known(signature, "smime.p7s", "unknown")],
    )
    note, form = "申报说明：第三页为承诺书\r\n".encode("gbk"), pdf("txt")
    d.put(
        "i08_text_file",
        multi(
            [
                text("见附件，人才奖励申报"),
                part(
                    note,
                    'Content-Type: text/plain; charset=gbk; name="=?gbk?B?y7XD9y50eHQ=?="',
                    'Content-Disposition: attachment; filename="=?gbk?B?y7XD9y50eHQ=?="',
                    "Content-Transfer-Encoding: 8bit",
                ),
                file(form, "表.pdf"),
            ]
        ),
        "t8@qq.example",
        "人才奖励申报",
        "new_application",
        body_text="见附件，人才奖励申报",
        attachments=[known(note, "说明.txt", "unknown"), known(form, "表.pdf", "pdf")],
    )


def names(d: Drawer) -> None:
    forms = [pdf(f"nm{n}") for n in range(6)]
    d.put(
        "j01_percent_name",
        multi(
            [
                text("申报表"),
                attach(
                    forms[0],
                    "Content-Type: application/pdf",
                    'Content-Disposition: attachment; filename="%E7%94%B3%E6%8A%A5%E8%A1%A8.pdf"',
                ),
            ]
        ),
        "n1@qq.example",
        "人才申报",
        "new_application",
        attachments=[known(forms[0], "申报表.pdf", "pdf")],
    )
    d.put(
        "j02_windows_path",
        multi(
            [
                text("申报表"),
                attach(
                    forms[1],
                    'Content-Type: application/pdf; name="C:\\Users\\zhang\\Desktop\\form.pdf"',
                    'Content-Disposition: attachment; filename="C:\\Users\\zhang\\Desktop\\form.pdf"',
                ),
            ]
        ),
        "n2@qq.example",
        "人才申报",
        "new_application",
        attachments=[known(forms[1], "form.pdf", "pdf")],
    )
    d.put(
        "j03_gbk_2231",
        multi(
            [
                text("申报表"),
                attach(
                    forms[2],
                    "Content-Type: application/pdf",
                    "Content-Disposition: attachment; filename*=GBK''%C9%EA%B1%A8%B1%ED.pdf; filename=\"a.pdf\"",
                ),
            ]
        ),
        "n3@qq.example",
        "人才申报",
        "new_application",
        attachments=[known(forms[2], "申报表.pdf", "pdf")],
    )
    d.put(
        "j04_semicolon_and_quote",
        multi(
            [
                text("申报表"),
                attach(
                    forms[3],
                    "Content-Type: application/pdf",
                    'Content-Disposition: attachment; filename="form; final \\"v2\\".pdf"',
                ),
            ]
        ),
        "n4@qq.example",
        "人才申报",
        "new_application",
        attachments=[known(forms[3], 'form; final "v2".pdf', "pdf")],
    )
    d.put(
        "j05_no_name",
        multi([text("申报表"), attach(forms[4], "Content-Type: application/pdf", "Content-Disposition: attachment")]),
        "n5@qq.example",
        "人才申报",
        "new_application",
        attachments=[known(forms[4], None, "pdf")],
    )
    d.put(
        "j06_raw_utf8_name",
        multi(
            [
                text("申报表"),
                attach(
                    forms[5],
                    'Content-Type: application/pdf; name="申报表（终稿）.pdf"',
                    'Content-Disposition: attachment; filename="申报表（终稿）.pdf"',
                ),
            ]
        ),
        "n6@qq.example",
        "人才申报",
        "new_application",
        attachments=[known(forms[5], "申报表（终稿）.pdf", "pdf")],
    )
