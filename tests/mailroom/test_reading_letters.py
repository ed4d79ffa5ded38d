"""Letters as QQ, 163, Foxmail, Outlook and telephones send them are understood to the byte."""

import hashlib
import io
import json
import struct
import zipfile
import zlib
from base64 import b64encode
from pathlib import Path

import pytest

from jucai.mailroom.parsing import AttachmentType, Defect, Limits, parse_letter
from tests.mailroom.letters import (
    JPG,
    PDF,
    SAMPLES,
    base64_lines,
    file_part,
    gbk_zip,
    letter,
    multipart,
    part,
    plain,
    raw_zip,
    text_part,
    with_parts,
    word,
)

T = AttachmentType


def names(data: bytes) -> list[str | None]:
    return [item.name for item in parse_letter(data).attachments]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.eml")), ids=lambda path: path.stem)
def test_each_sample_letter_is_read_to_the_byte(path: Path) -> None:
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    read = parse_letter(path.read_bytes())
    assert read.subject == truth["subject"]
    assert read.sender is not None
    assert read.sender.addr == truth["sender"]
    assert read.message_id == truth["message_id"]
    assert "".join(read.body_text.split()) == "".join(truth["body_text"].split())
    assert [item.name for item in read.attachments] == [item["name"] for item in truth["attachments"]]
    for item, wanted in zip(read.attachments, truth["attachments"], strict=True):
        assert wanted["sha256"] in {None, item.sha256}
        assert item.type == wanted["type"]


# ---- headers


def test_a_subject_cut_inside_a_character_is_joined_before_it_is_decoded() -> None:
    raw = "青年英才计划申报".encode()
    words = [f"=?utf-8?B?{b64encode(raw[at : at + 7]).decode()}?=" for at in range(0, len(raw), 7)]
    assert parse_letter(plain("x", subject="\r\n ".join(words))).subject == "青年英才计划申报"


def test_a_base64_word_cut_inside_its_quantum_is_joined_too() -> None:
    text = b64encode("关于申报材料的函".encode()).decode()
    subject = f"=?UTF-8?B?{text[:10]}?= =?UTF-8?B?{text[10:]}?="
    assert parse_letter(plain("x", subject=subject)).subject == "关于申报材料的函"


@pytest.mark.parametrize("charset", ["utf-8", "gbk", "gb18030"])
def test_raw_bytes_in_a_subject_are_read_whatever_the_charset(charset: str) -> None:
    data = plain("x", subject="@@").replace(b"@@", "人才认定申报材料（李龑）".encode(charset))
    read = parse_letter(data)
    assert read.subject == "人才认定申报材料（李龑）"
    assert Defect.RAW_8BIT_HEADER in read.defects


def test_a_raw_big5_subject_from_taiwan_is_not_taken_for_gbk() -> None:
    data = plain("x", subject="@@").replace(b"@@", "申請表已經寄出請查收謝謝您的協助".encode("big5"))
    assert parse_letter(data).subject == "申請表已經寄出請查收謝謝您的協助"


def test_quoted_printable_words_with_underscores_and_language_tags_are_read() -> None:
    subject = "=?utf-8*zh?Q?=E7=94=B3=E6=8A=A5_2026?= AQ =?iso-8859-1?q?caf=E9?="
    assert parse_letter(plain("x", subject=subject)).subject == "申报 2026 AQ café"


def test_control_characters_in_a_subject_become_blanks() -> None:
    assert parse_letter(plain("x", subject=word("申报\r\nBcc: a@b\x00表"))).subject == "申报 Bcc: a@b 表"


def test_an_encoded_word_that_is_never_closed_stays_as_it_is() -> None:
    assert parse_letter(plain("x", subject="=?utf-8?B?55Sz5oql")).subject == "=?utf-8?B?55Sz5oql"


@pytest.mark.parametrize(
    ("raw", "addr", "name"),
    [
        ('"张三" <ZhangSan@QQ.example>', "zhangsan@qq.example", "张三"),
        ("zhangsan@qq.example (张三)", "zhangsan@qq.example", "张三"),
        ("zhangsan@qq.example", "zhangsan@qq.example", ""),
        (f"{word('张科员 zhang@rcj.example')} <x@evil.example>", "x@evil.example", "张科员 zhang@rcj.example"),
        ("zhang@rcj.example <x@evil.example>", "x@evil.example", "zhang@rcj.example"),
        ('"zhang@rcj.example" <x@evil.example>', "x@evil.example", "zhang@rcj.example"),
        ('"a\\"b, c" <x@y.example>', "x@y.example", 'a"b, c'),
        ("((((nested (comments)))) <x@y.example>", "x@y.example", ""),
        (word("李四 <lisi@163.example>"), "lisi@163.example", "李四"),
        ("<@relay.example:lisi@163.example>", "lisi@163.example", ""),
    ],
)
def test_the_sender_is_the_address_and_never_the_name(raw: str, addr: str, name: str) -> None:
    sender = parse_letter(plain("x", sender=raw, auth=None)).sender
    assert sender is not None
    assert sender.addr == addr
    if name:
        assert sender.name == name


def test_message_ids_without_brackets_and_folded_ones_are_whole() -> None:
    data = plain("x", "In-Reply-To: <a.b\r\n @c.example>", "References: <one@x.example>\r\n\t<two@x.example>", message_id="bare@id.example")
    read = parse_letter(data)
    assert (read.message_id, read.in_reply_to, read.references) == (
        "<bare@id.example>",
        ("<a.b@c.example>",),
        ("<one@x.example>", "<two@x.example>"),
    )


def test_ten_thousand_recipients_are_read() -> None:
    many = ", ".join(f'"收件人{number}" <u{number}@corp.example>' for number in range(10_000))
    read = parse_letter(plain("x").replace(b"To: shouli@rcj.example", f"To: {many}".encode()))
    assert len(read.recipients) == 10_000
    assert read.recipients[-1].addr == "u9999@corp.example"


# ---- names of files


@pytest.mark.parametrize(
    "header",
    [
        f'attachment; filename="{word("申报表.pdf", "gb18030")}"',
        f"attachment; filename={word('申报表.pdf')}",
        "attachment; filename*=UTF-8''%E7%94%B3%E6%8A%A5%E8%A1%A8.pdf",
        "attachment; filename*=gb18030''%C9%EA%B1%A8%B1%ED.pdf",
        "attachment; filename*0*=UTF-8''%E7%94%B3%E6;\r\n filename*1*=%8A%A5%E8%A1%A8;\r\n filename*2=.pdf",
        "attachment; filename=\"=?utf-8?Q?bad?=\"; filename*=UTF-8''%E7%94%B3%E6%8A%A5%E8%A1%A8.pdf",
        'attachment; filename="%E7%94%B3%E6%8A%A5%E8%A1%A8.pdf"',
        "attachment; filename=\"UTF-8''%E7%94%B3%E6%8A%A5%E8%A1%A8.pdf\"",
        'attachment; filename="&#30003;&#25253;&#34920;.pdf"',
        'attachment; filename="C:\\Users\\张三\\申报表.pdf"',
        'attachment; filename="../../etc/申报表.pdf"',
        'attachment; filename="申报表.pdf',
        "attachment; filename=申报表.pdf",
        'attachment; FILENAME = "申报表.pdf" ; size=3',
        'attachment; filename="申\u202e报\u200b表\x07.pdf"',
    ],
)
def test_a_file_name_is_read_however_it_is_written(header: str) -> None:
    piece = part(base64_lines(PDF), "Content-Type: application/pdf", "Content-Transfer-Encoding: base64", f"Content-Disposition: {header}")
    assert names(with_parts(text_part("见附件"), piece)) == ["申报表.pdf"]


def test_a_raw_gbk_file_name_with_a_backslash_byte_inside_a_character_is_whole() -> None:
    raw = "乗車誠信証.pdf".encode("gbk")
    assert b"\\" in raw
    piece = file_part(PDF, "@@").replace(b"@@", raw)
    assert names(with_parts(text_part("见附件"), piece)) == ["乗車誠信証.pdf"]


def test_a_name_that_stands_only_in_the_content_type_is_used() -> None:
    piece = part(base64_lines(PDF), f'Content-Type: application/pdf; name="{word("表.pdf")}"', "Content-Transfer-Encoding: base64")
    assert names(with_parts(text_part("x"), piece)) == ["表.pdf"]


def test_a_file_without_a_name_has_none() -> None:
    assert names(with_parts(text_part("x"), file_part(PDF))) == [None]


def test_a_quotation_mark_inside_a_name_does_not_end_it() -> None:
    assert names(with_parts(text_part("x"), file_part(PDF, '关于"人才"的函.pdf'))) == ['关于"人才"的函.pdf']


# ---- encodings of content


def test_base64_with_foreign_characters_and_padding_in_the_middle_is_restored() -> None:
    lines = base64_lines(PDF[:10]) + b"  !*\x01\r\n" + base64_lines(PDF[10:])
    piece = part(lines, "Content-Type: application/pdf", "Content-Transfer-Encoding: base64", 'Content-Disposition: attachment; filename="a.pdf"')
    read = parse_letter(with_parts(text_part("x"), piece))
    assert read.attachments[0].sha256 == hashlib.sha256(PDF).hexdigest()
    assert Defect.BROKEN_ENCODING in read.defects


def test_base64_that_was_never_declared_is_still_undone() -> None:
    piece = part(base64_lines(PDF), "Content-Type: application/pdf", 'Content-Disposition: attachment; filename="a.pdf"')
    assert parse_letter(with_parts(text_part("x"), piece)).attachments[0].data == PDF


def test_a_raw_pdf_declared_as_base64_is_kept() -> None:
    piece = part(PDF, "Content-Type: application/pdf", "Content-Transfer-Encoding: base64", 'Content-Disposition: attachment; filename="a.pdf"')
    assert parse_letter(with_parts(text_part("x"), piece)).attachments[0].data.startswith(b"%PDF")


@pytest.mark.parametrize(("label", "charset"), [("gb2312", "gb18030"), ("utf-8", "gbk"), ("us-ascii", "utf-8"), ("x-unknown", "gbk"), ("big5", "big5"), ("hz-gb-2312", "hz")])
def test_a_body_is_read_even_if_its_label_lies(label: str, charset: str) -> None:
    text = "您好，附件是我的申报表，请查收。" if charset != "big5" else "您好，附件是我的申請表，請查收。"
    data = letter(text.encode(charset), f"Content-Type: text/plain; charset={label}")
    assert parse_letter(data).body_text == text


# ---- structure


def test_plain_text_wins_over_html_unless_it_is_blank() -> None:
    both = with_parts(text_part("写的"), text_part("<p>看的</p>", kind="html"), subtype="alternative")
    blank = with_parts(text_part(" \r\n"), text_part("<p>看的</p>", kind="html"), subtype="alternative")
    assert parse_letter(both).body_text == "写的"
    assert parse_letter(blank).body_text == "看的"


def test_html_is_read_as_a_reader_sees_it() -> None:
    html = (
        "<html><head><title>无</title><style>p{color:red}</style></head><body><!-- 不可见 --><p>老师&nbsp;好：</p>"
        '<div>请<b>查</b>收 1 &lt; 2<br>谢谢</div><div style="display:none">隐藏</div><script>x()</script></body></html>'
    )
    assert parse_letter(letter(html.encode(), "Content-Type: text/html; charset=utf-8")).body_text.split() == ["老师", "好：", "请查收", "1", "<", "2", "谢谢"]


def test_a_missing_boundary_parameter_is_guessed_from_the_body() -> None:
    _, body = multipart([text_part("见附件"), file_part(PDF, "a.pdf")])
    read = parse_letter(letter(body, "Content-Type: multipart/mixed"))
    assert (read.body_text, [item.name for item in read.attachments]) == ("见附件", ["a.pdf"])
    assert Defect.MISSING_BOUNDARY in read.defects


def test_a_letter_cut_off_in_the_middle_keeps_what_arrived() -> None:
    kind, body = multipart([text_part("见附件"), file_part(PDF * 50, "a.pdf")])
    read = parse_letter(letter(body[:-600], kind))
    assert read.body_text == "见附件"
    assert read.attachments[0].type is T.PDF


def test_an_inner_boundary_that_begins_like_the_outer_one_does_not_confuse() -> None:
    kind, inner = multipart([text_part("甲"), text_part("<b>甲</b>", kind="html")], "alternative", "bnd-1")
    data = with_parts(part(inner, kind), file_part(PDF, "a.pdf"))
    read = parse_letter(data)
    assert (read.body_text, [item.name for item in read.attachments]) == ("甲", ["a.pdf"])


def test_a_forwarded_letter_is_opened_even_if_it_was_packed_in_base64() -> None:
    kind, body = multipart([text_part("内"), file_part(PDF, "内表.pdf")], boundary="inner")
    inner = letter(body, kind, subject=word("内"))
    plainly = part(inner, "Content-Type: message/rfc822")
    packed = file_part(inner, "原信.eml", "message/rfc822")
    for piece, name in ((plainly, None), (packed, "原信.eml")):
        read = parse_letter(with_parts(text_part("转发"), piece))
        assert [(item.name, item.type, [member.name for member in item.members or ()]) for item in read.attachments] == [(name, T.EML, ["内表.pdf"])]
        assert read.body_text == "转发"


def test_calendar_parts_and_inline_pictures_are_attachments_in_order() -> None:
    ics = part(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "Content-Type: text/calendar; charset=utf-8; method=REQUEST")
    kind, body = multipart([text_part("会"), text_part("<p>会</p>", kind="html"), ics], "alternative", "in")
    picture = file_part(JPG, "p.jpg", "image/jpeg", "Content-ID: <p@x>").replace(b": attachment", b": inline")
    read = parse_letter(with_parts(part(body, kind), picture))
    assert [(item.name, item.type) for item in read.attachments] == [(None, T.ICS), ("p.jpg", T.JPG)]
    assert (read.attachments[1].inline, read.attachments[1].content_id) == (True, "p@x")


def test_text_split_around_a_picture_by_a_telephone_is_one_body() -> None:
    data = with_parts(text_part("<p>上</p>", kind="html"), file_part(JPG, "a.jpg"), text_part("<p>下</p>", kind="html"))
    assert parse_letter(data).body_text.split() == ["上", "下"]


def test_a_text_file_is_an_attachment_and_not_the_body() -> None:
    data = with_parts(text_part("正文"), file_part("说明".encode(), "说明.txt", "text/plain; charset=utf-8"))
    read = parse_letter(data)
    assert (read.body_text, names(data)) == ("正文", ["说明.txt"])


# ---- archives


def test_a_zip_with_gbk_names_gives_its_files() -> None:
    data = with_parts(text_part("x"), file_part(gbk_zip({"材料/申报表.pdf": PDF, "材料/": b"", "身份证.jpg": JPG}), "a.zip"))
    (archive,) = parse_letter(data).attachments
    assert archive.type is T.ZIP
    assert [(item.name, item.type) for item in archive.members or ()] == [("申报表.pdf", T.PDF), ("身份证.jpg", T.JPG)]


def test_utf8_names_are_read_with_and_without_the_flag_and_a_false_flag_does_no_harm() -> None:
    for flags, raw in ((0x800, "申报表.pdf".encode()), (0, "申报表.pdf".encode()), (0x800, "申报表.pdf".encode("gbk"))):
        data = with_parts(text_part("x"), file_part(raw_zip([(raw, PDF)], flags), "a.zip"))
        assert [item.name for item in parse_letter(data).files()] == ["申报表.pdf"]


def test_a_zip_in_a_zip_in_a_forwarded_letter_is_opened() -> None:
    inner = gbk_zip({"内层.zip": gbk_zip({"表.pdf": PDF})})
    kind, body = multipart([text_part("内"), file_part(inner, "外层.zip")], boundary="inner")
    mail = letter(body, kind)
    read = parse_letter(with_parts(text_part("x"), part(mail, "Content-Type: message/rfc822")))
    assert [file.name for file in read.files()] == ["表.pdf"]


def test_names_in_archives_cannot_climb_out() -> None:
    data = with_parts(text_part("x"), file_part(raw_zip([(b"../../../etc/passwd.pdf", PDF), (b"C:\\a\\b.pdf", PDF)]), "a.zip"))
    assert [item.name for item in parse_letter(data).files()] == ["passwd.pdf", "b.pdf"]


@pytest.mark.parametrize(
    ("archive", "problem"),
    [
        (raw_zip([(b"a.pdf", PDF)], flags=1), Defect.ARCHIVE_ENCRYPTED),
        (raw_zip([(b"bomb.bin", b"\x00" * 60_000_000)]), Defect.ARCHIVE_BOMB),
        (raw_zip([(f"{n}.pdf".encode(), PDF) for n in range(400)]), Defect.ARCHIVE_BOMB),
        (raw_zip([(b"a.pdf", PDF * 100)])[:-40], Defect.ARCHIVE_DAMAGED),
        (b"Rar!\x1a\x07\x01\x00" + b"x" * 50, Defect.ARCHIVE_UNSUPPORTED),
        (b"7z\xbc\xaf\x27\x1c" + b"x" * 50, Defect.ARCHIVE_UNSUPPORTED),
    ],
)
def test_an_archive_that_cannot_be_opened_says_why(archive: bytes, problem: Defect) -> None:
    (item,) = parse_letter(with_parts(text_part("x"), file_part(archive, "a.zip"))).attachments
    assert item.members is None
    assert item.problem is problem


def test_a_size_forged_in_the_directory_does_not_let_a_bomb_through() -> None:
    bomb = bytearray(raw_zip([(b"b.bin", b"\x00" * 60_000_000)]))
    at = bomb.find(b"PK\x01\x02")
    struct.pack_into("<L", bomb, at + 24, 100)
    (item,) = parse_letter(with_parts(text_part("x"), file_part(bytes(bomb), "a.zip"))).attachments
    assert item.problem is Defect.ARCHIVE_BOMB


def test_a_zip_nested_for_ever_stops_at_the_allowed_depth() -> None:
    nested = gbk_zip({"a.pdf": PDF})
    for _ in range(30):
        nested = gbk_zip({"z.zip": nested})
    read = parse_letter(with_parts(text_part("x"), file_part(nested, "z.zip")))
    assert Defect.TOO_DEEP in read.defects


def test_word_and_excel_files_are_not_taken_for_archives() -> None:
    for inner, kind in (("word/document.xml", T.DOCX), ("xl/workbook.xml", T.XLSX), ("other.txt", T.ZIP)):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(inner, "x")
        (item,) = parse_letter(with_parts(text_part("x"), file_part(out.getvalue(), "a"))).attachments
        assert item.type is kind


def tnef(attributes: list[tuple[int, int, bytes]]) -> bytes:
    out = b"\x78\x9f\x3e\x22\x01\x00"
    for level, attribute, value in attributes:
        out += struct.pack("<BLL", level, attribute, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)
    return out


def test_winmail_dat_gives_up_its_files_with_gbk_names() -> None:
    data = tnef(
        [
            (1, 0x00069007, struct.pack("<2L", 1252, 0)),
            (2, 0x00069002, b"\x00" * 14),
            (2, 0x00018010, "申报表.pdf".encode("gbk") + b"\x00"),
            (2, 0x0006800F, PDF),
        ]
    )
    (item,) = parse_letter(with_parts(text_part("x"), file_part(data, "winmail.dat", "application/ms-tnef"))).attachments
    assert item.type is T.TNEF
    assert [(member.name, member.type, member.data) for member in item.members or ()] == [("申报表.pdf", T.PDF, PDF)]


def test_winmail_dat_prefers_the_long_unicode_name() -> None:
    name = "很长的申报表名称.pdf".encode("utf-16-le") + b"\x00\x00"
    props = struct.pack("<L", 1) + struct.pack("<HHLL", 0x1F, 0x3707, 1, len(name)) + name + b"\x00" * (-len(name) % 4)
    data = tnef([(2, 0x00069002, b"\x00" * 14), (2, 0x00018010, b"SHORT~1.PDF\x00"), (2, 0x0006800F, PDF), (2, 0x00069005, props)])
    (item,) = parse_letter(with_parts(text_part("x"), file_part(data, "winmail.dat"))).attachments
    assert [member.name for member in item.members or ()] == ["很长的申报表名称.pdf"]


# ---- what the sender wrote this time


@pytest.mark.parametrize(
    "history",
    [
        "------------------ 原始邮件 ------------------\n发件人: x\n同意",
        "------------------&nbsp;Original&nbsp;------------------\n同意".replace("&nbsp;", "\u00a0"),
        "-----邮件原件-----\n发件人: x\n请回复同意",
        "-----Original Message-----\nFrom: x\n\n同意",
        "---- 回复的原邮件 ----\n| 发件人 | x |\n同意",
        "发件人: 市人才局 <shouli@rcj.example>\n发送时间: 2026年11月18日 15:20\n收件人: 张三\n主题: 通知\n\n请回复同意",
        "________________________________\nFrom: 市人才局\nSent: Wed\nTo: 张三\nSubject: 通知\n\n同意",
        "发件人： 市人才局\n日期： 2026-11-18\n主题： 通知\n同意",
        "On Wed, Nov 18, 2026 at 3:20 PM 市人才局 <shouli@rcj.example> wrote:\n> 请回复同意\n>\n> 谢谢",
        "On Wed, Nov 18, 2026 at 3:20 PM 市人才局局局局局局局局局\n<shouli@rcj.example> wrote:\n\n> 请回复同意",
        "市人才局 <shouli@rcj.example> 于2026年11月18日周三 15:20写道：\n> 请回复同意",
        "在 2026年11月18日，下午3:20，市人才局 <shouli@rcj.example> 写道：\n\n请回复同意",
        "在 2026-11-18 15:20:33，\"市人才局\" <shouli@rcj.example> 写道：\n请回复同意",
        "At 2026-11-18 15:20:33, \"市人才局\" <shouli@rcj.example> wrote:\n>请回复同意",
        "---------- Forwarded message ---------\n发件人：x\n同意",
        "发自我的iPhone\n\n> 在 2026年11月18日，15:20，市人才局 <a@b.example> 写道：\n> \n> 同意",
        "发自我的华为手机\n-------- 原始邮件 --------\n同意",
        "Sent from my iPhone",
        "获取 Outlook for iOS",
        "发自 网易邮箱大师",
        "-- \n张三\n同意科技有限公司",
        "--\n张三",
    ],
)
def test_quoted_history_and_client_signatures_are_not_the_senders_words(history: str) -> None:
    assert parse_letter(plain(f"材料已补充，请查收。\n\n{history}\n")).body_text == "材料已补充，请查收。"


def test_words_written_below_quoted_lines_are_kept() -> None:
    text = "张三 <a@b.example> 于2026年11月18日写道：\n> 是否同意？\n\n不同意，材料不全。\n"
    assert parse_letter(plain(text)).body_text == "不同意，材料不全。"


def test_quoted_html_history_is_removed() -> None:
    html = (
        "<div>不同意</div><div class='gmail_quote'><div>市人才局 &lt;a@b.example&gt; 于2026年11月18日周三写道：<br></div>"
        "<blockquote class='gmail_quote' style='margin:0 0 0 .8ex'><div>请回复同意</div></blockquote></div>"
    )
    assert parse_letter(letter(html.encode(), "Content-Type: text/html; charset=utf-8")).body_text == "不同意"


def test_a_sentence_that_only_mentions_a_mailbox_is_no_signature() -> None:
    text = "材料来自省厅，见附件。\n从QQ邮箱发来的超大附件"
    assert parse_letter(plain(text)).body_text == text


def test_an_upload_put_up_for_download_is_noticed() -> None:
    link = parse_letter(plain("从QQ邮箱发来的超大附件\n申报材料.zip (1.37G)进入下载页面：https://wx.mail.qq.example/ftn/download?k=1")).cloud_links
    assert [item.url for item in link] == ["https://wx.mail.qq.example/ftn/download?k=1"]


# ---- bounds


@pytest.mark.parametrize("data", [b"", b"\n", b"\r\n\r\n", b"\x00" * 1000, b"From:", b"Content-Type: multipart/mixed; boundary=x\n\n--x", b"Subject: =?", bytes(range(256)) * 40])
def test_any_bytes_give_a_letter(data: bytes) -> None:
    read = parse_letter(data)
    assert read.size == len(data)
    assert Defect.UNREADABLE not in read.defects


def test_multiparts_nested_a_thousand_deep_stop_at_the_allowed_depth() -> None:
    body = b"end"
    for number in range(1_000):
        body = f'Content-Type: multipart/mixed; boundary="b{number}"\r\n\r\n--b{number}\r\n'.encode() + body
    assert Defect.TOO_DEEP in parse_letter(body).defects


def test_more_parts_than_allowed_are_left_unread_and_said_so() -> None:
    read = parse_letter(with_parts(*[file_part(PDF, f"{n}.pdf") for n in range(30)]), Limits(parts=10))
    assert len(read.attachments) == 10
    assert Defect.TOO_MANY_PARTS in read.defects


def test_the_ratio_bound_does_not_catch_honest_white_pages() -> None:
    page = b"BM" + b"\x00" * 8 + b"\xff" * 5_000_000
    assert len(zlib.compress(page)) < len(page) / 100
    (item,) = parse_letter(with_parts(text_part("x"), file_part(gbk_zip({"白页.bmp": page}), "a.zip"))).attachments
    assert [member.name for member in item.members or ()] == ["白页.bmp"]
