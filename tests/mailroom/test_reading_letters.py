"""Letters as QQ, 163, Foxmail, Outlook and telephones send them are understood to the byte."""

import hashlib
import json
from base64 import b64encode
from pathlib import Path

import pytest

from jucai.mailroom.parsing import AttachmentType, Defect, parse_letter
from tests.mailroom.letters import (
    JPG,
    PDF,
    SAMPLES,
    base64_lines,
    file_part,
    letter,
    multipart,
    part,
    plain,
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
    data = plain(
        "x",
        "In-Reply-To: <a.b\r\n @c.example>",
        "References: <one@x.example>\r\n\t<two@x.example>",
        message_id="bare@id.example",
    )
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
    piece = part(
        base64_lines(PDF),
        "Content-Type: application/pdf",
        "Content-Transfer-Encoding: base64",
        f"Content-Disposition: {header}",
    )
    assert names(with_parts(text_part("见附件"), piece)) == ["申报表.pdf"]


def test_a_raw_gbk_file_name_with_a_backslash_byte_inside_a_character_is_whole() -> None:
    raw = "乗車誠信証.pdf".encode("gbk")
    assert b"\\" in raw
    piece = file_part(PDF, "@@").replace(b"@@", raw)
    assert names(with_parts(text_part("见附件"), piece)) == ["乗車誠信証.pdf"]


def test_a_name_that_stands_only_in_the_content_type_is_used() -> None:
    piece = part(
        base64_lines(PDF),
        f'Content-Type: application/pdf; name="{word("表.pdf")}"',
        "Content-Transfer-Encoding: base64",
    )
    assert names(with_parts(text_part("x"), piece)) == ["表.pdf"]


def test_a_file_without_a_name_has_none() -> None:
    assert names(with_parts(text_part("x"), file_part(PDF))) == [None]


def test_a_quotation_mark_inside_a_name_does_not_end_it() -> None:
    assert names(with_parts(text_part("x"), file_part(PDF, '关于"人才"的函.pdf'))) == ['关于"人才"的函.pdf']


# ---- encodings of content


def test_base64_with_foreign_characters_and_padding_in_the_middle_is_restored() -> None:
    lines = base64_lines(PDF[:10]) + b"  !*\x01\r\n" + base64_lines(PDF[10:])
    piece = part(
        lines,
        "Content-Type: application/pdf",
        "Content-Transfer-Encoding: base64",
        'Content-Disposition: attachment; filename="a.pdf"',
    )
    read = parse_letter(with_parts(text_part("x"), piece))
    assert read.attachments[0].sha256 == hashlib.sha256(PDF).hexdigest()
    assert Defect.BROKEN_ENCODING in read.defects


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_blanks_added_to_quoted_printable_lines_on_the_way_are_nobody_s(end: bytes) -> None:
    head = b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n".replace(
        b"\n", end
    )
    body = (
        "正式件看".encode().hex("=").upper().join(("=", "")).encode() + b"= \t" + end + "附件".encode() + b" \t" + end
    )
    assert parse_letter(head + body).body_text == "正式件看附件"


def test_base64_that_was_never_declared_is_still_undone() -> None:
    piece = part(
        base64_lines(PDF), "Content-Type: application/pdf", 'Content-Disposition: attachment; filename="a.pdf"'
    )
    assert parse_letter(with_parts(text_part("x"), piece)).attachments[0].data == PDF


def test_a_raw_pdf_declared_as_base64_is_kept() -> None:
    piece = part(
        PDF,
        "Content-Type: application/pdf",
        "Content-Transfer-Encoding: base64",
        'Content-Disposition: attachment; filename="a.pdf"',
    )
    assert parse_letter(with_parts(text_part("x"), piece)).attachments[0].data.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("label", "charset"),
    [
        ("gb2312", "gb18030"),
        ("utf-8", "gbk"),
        ("us-ascii", "utf-8"),
        ("x-unknown", "gbk"),
        ("big5", "big5"),
        ("hz-gb-2312", "hz"),
    ],
)
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
        "<html><head><title>无</title><style>p{color:red}</style></head><body><!-- 不可见 -->"
        "<p>老师&nbsp;好：</p><div>请<b>查</b>收 1 &lt; 2<br>谢谢</div>"
        '<div style="display:none">隐藏</div><script>x()</script></body></html>'
    )
    assert parse_letter(letter(html.encode(), "Content-Type: text/html; charset=utf-8")).body_text.split() == [
        "老师",
        "好：",
        "请查收",
        "1",
        "<",
        "2",
        "谢谢",
    ]


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
        assert [
            (item.name, item.type, [member.name for member in item.members or ()]) for item in read.attachments
        ] == [(name, T.EML, ["内表.pdf"])]
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
