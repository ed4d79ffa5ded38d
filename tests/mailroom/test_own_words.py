"""What the sender wrote this time is told from what was quoted, signed by a machine, or hostile."""

import binascii
import zlib

import pytest

from jucai.mailroom.parsing import Defect, Limits, parse_letter
from tests.mailroom.letters import (
    PDF,
    file_part,
    gbk_zip,
    letter,
    plain,
    text_part,
    with_parts,
)

# ---- what the sender wrote this time


@pytest.mark.parametrize(
    "history",
    [
        "------------------ 原始邮件 ------------------\n发件人: x\n同意",
        "------------------&nbsp;Original&nbsp;------------------\n同意".replace("&nbsp;", "\u00a0"),
        "-----邮件原件-----\n发件人: x\n请回复同意",
        "----邮件原文----\n发件人：市人才局 <shouli@rcj.example>\n收件人：x\n主题：通知\n\n同意",
        "-----Original Message-----\nFrom: x\n\n同意",
        "---- 回复的原邮件 ----\n| 发件人 | x |\n同意",
        "发件人: 市人才局 <shouli@rcj.example>\n发送时间: 2026年11月18日 15:20\n收件人: 张三\n主题: 通知\n\n请回复同意",
        "________________________________\nFrom: 市人才局\nSent: Wed\nTo: 张三\nSubject: 通知\n\n同意",
        "发件人： 市人才局\n日期： 2026-11-18\n主题： 通知\n同意",
        "On Wed, Nov 18, 2026 at 3:20 PM 市人才局 <shouli@rcj.example> wrote:\n> 请回复同意\n>\n> 谢谢",
        "On Wed, Nov 18, 2026 at 3:20 PM 市人才局局局局局局局局局\n<shouli@rcj.example> wrote:\n\n> 请回复同意",
        "市人才局 <shouli@rcj.example> 于2026年11月18日周三 15:20写道：\n> 请回复同意",
        "在 2026年11月18日，下午3:20，市人才局 <shouli@rcj.example> 写道：\n\n请回复同意",
        '在 2026-11-18 15:20:33，"市人才局" <shouli@rcj.example> 写道：\n请回复同意',
        'At 2026-11-18 15:20:33, "市人才局" <shouli@rcj.example> wrote:\n>请回复同意',
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
        "<div>不同意</div><div class='gmail_quote'><div>"
        "市人才局 &lt;a@b.example&gt; 于2026年11月18日周三写道：<br></div>"
        "<blockquote class='gmail_quote' style='margin:0 0 0 .8ex'><div>请回复同意</div></blockquote></div>"
    )
    assert parse_letter(letter(html.encode(), "Content-Type: text/html; charset=utf-8")).body_text == "不同意"


def test_a_sentence_that_only_mentions_a_mailbox_is_no_signature() -> None:
    text = "材料来自省厅，见附件。\n从QQ邮箱发来的超大附件"
    assert parse_letter(plain(text)).body_text == text


def test_an_upload_put_up_for_download_is_noticed() -> None:
    link = parse_letter(
        plain("从QQ邮箱发来的超大附件\n申报材料.zip (1.37G)进入下载页面：https://wx.mail.qq.example/ftn/download?k=1")
    ).cloud_links
    assert [item.url for item in link] == ["https://wx.mail.qq.example/ftn/download?k=1"]


# ---- bounds


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\r\n\r\n",
        b"\x00" * 1000,
        b"From:",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x",
        b"Subject: =?",
        bytes(range(256)) * 40,
    ],
)
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


def test_a_file_written_into_the_text_by_an_old_program_is_taken_out() -> None:
    lines = b"".join(binascii.b2a_uu(PDF[at : at + 45]) for at in range(0, len(PDF), 45))
    body = "材料见附件\n".encode() + b"begin 644 form.pdf\n" + lines + b"`\nend\n" + "谢谢\n".encode()
    read = parse_letter(letter(body, "Content-Type: text/plain; charset=utf-8"))
    assert read.body_text.split() == ["材料见附件", "谢谢"]
    assert [(item.name, item.data) for item in read.attachments] == [("form.pdf", PDF)]


def test_a_copied_letter_head_under_the_bare_words_original_mail_is_history() -> None:
    text = "材料补上\n\n\n原始邮件\n\n发件人：市人才局<a@b.example>\n"
    text += "发件时间：2026年11月18日\n收件人：张三\n主题：补正\n\n请补充"
    assert parse_letter(plain(text)).body_text == "材料补上"
