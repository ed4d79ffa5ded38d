"""How many letters a second one core parses and sorts, beside the named floor: stdlib `email` with compat32.

Letters of about 400 KB as they come in: QQ with two bodies and a PDF, 163 with raw GBK headers and several files,
a zip with GBK names, pictures of scanned pages, a forwarded letter. Run: `make bench BENCH=mailroom`.
"""

import email
import json
import random
import time
from base64 import b64encode
from collections.abc import Callable
from email.utils import parsedate_to_datetime

from jucai.mailroom.kinds import SortingContext
from jucai.mailroom.outgoing import Correspondent, Enclosure, OutgoingMail, build_message
from jucai.mailroom.parsing import parse_letter
from jucai.mailroom.sorting import sort_letter

DICE = random.Random(20261119)  # noqa: S311 - the same letters each time
OFFICE = SortingContext(
    authserv_ids=frozenset({"mx.rcj.example"}),
    own_addresses=frozenset({"shouli@rcj.example"}),
    own_domains=frozenset({"rcj.example"}),
)
ROUNDS = 5
LETTERS = 60


def _lines(data: bytes) -> bytes:
    text = b64encode(data)
    return b"\r\n".join(text[at : at + 76] for at in range(0, len(text), 76))


def _word(text: str, charset: str) -> str:
    return f"=?{charset}?B?{b64encode(text.encode(charset)).decode()}?="


def _file(data: bytes, name: str, charset: str) -> bytes:
    word = _word(name, charset)
    head = (
        f'Content-Type: application/octet-stream; name="{word}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="{word}"\r\n\r\n'
    )
    return head.encode() + _lines(data)


def _text(text: str, kind: str, charset: str) -> bytes:
    head = f"Content-Type: text/{kind}; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + _lines(text.encode(charset))


def _letter(number: int, parts: list[bytes], subject: bytes, bare: bytes) -> bytes:
    head = (
        "Received: from a by mx.rcj.example; Thu, 19 Nov 2026 09:12:00 +0800\r\n"
        "Authentication-Results: mx.rcj.example; spf=pass smtp.mailfrom=qq.example;"
        " dmarc=pass header.from=qq.example\r\n"
        f"From: <a{number}@qq.example>\r\nTo: shouli@rcj.example\r\nMessage-ID: <{number}@qq.example>\r\n"
        'Content-Type: multipart/mixed; boundary="bnd"\r\n'
    ).encode()
    body = b"".join(b"--bnd\r\n" + part + b"\r\n" for part in parts)
    return head + b"Subject: " + subject + b"\r\n\r\n" + body + b"--bnd--\r\n" + bare


def letters() -> list[bytes]:
    """The letters, about 400 KB each."""
    pdf = b"%PDF-1.4\n" + DICE.randbytes(290_000)
    jpg = b"\xff\xd8\xff\xe0" + DICE.randbytes(145_000)
    words = (
        "老师好，附件是我的申报表，请查收。\n张三\n\n------------------ 原始邮件 ------------------\n发件人: x\n"
        + "说明" * 400
    )
    made = []
    for number in range(LETTERS):
        raw = number % 2
        charset = "gb18030" if raw else "utf-8"
        subject = "人才补贴申报材料（李龑）".encode("gb18030") if raw else _word("人才补贴申报材料", charset).encode()
        files = (
            [_file(pdf, f"申报表{number}.pdf", charset)]
            if number % 3
            else [_file(jpg, f"第{n}页.jpg", charset) for n in (1, 2)]
        )
        html = f"<div>{words.replace(chr(10), '</div><div>')}</div>"
        made.append(
            _letter(number, [_text(words, "plain", charset), _text(html, "html", charset), *files], subject, b"")
        )
    return made


def per_second(work: Callable[[bytes], object], mails: list[bytes]) -> float:
    """The best of some rounds, in letters per second of CPU time."""
    return len(mails) / min(_timed(work, mails) for _ in range(ROUNDS))


def _timed(work: Callable[[bytes], object], mails: list[bytes]) -> float:
    started = time.process_time()
    for mail in mails:
        work(mail)
    return time.process_time() - started


def outgoing() -> OutgoingMail:
    """A notice with both bodies and a PDF of 60 KB."""
    return OutgoingMail(
        message_id="<AQ-SUB-2026-000123.ack.1@rcj.example>",
        sender=Correspondent("市人才局", "shouli@rcj.example"),
        to=(Correspondent("张三", "zhangsan@qq.example"),),
        subject="受理通知 AQ-SUB-2026-000123",
        text="您的申请已受理。" * 20,
        html="<p>您的申请已受理。</p>" * 20,
        date=parsedate_to_datetime("Thu, 19 Nov 2026 09:12:00 +0800"),
        enclosures=(Enclosure("受理通知书.pdf", DICE.randbytes(60_000)),),
    )


def floor(mail: bytes) -> None:
    """What the standard library's fast parser needs to decode all parts: it gets many of them wrong."""
    for part in email.message_from_bytes(mail).walk():
        part.get_payload(decode=True)


def main() -> None:
    """Measure and print."""
    mails = letters()
    notice = outgoing()
    works: dict[str, Callable[[bytes], object]] = {
        "floor_stdlib_compat32_per_s": floor,
        "parsed_per_s": parse_letter,
        "parsed_and_sorted_per_s": lambda mail: sort_letter(parse_letter(mail), OFFICE),
        "built_per_s": lambda _: build_message(notice),
    }
    figures = {"letter_kb": round(sum(map(len, mails)) / len(mails) / 1000)}
    figures |= {name: round(per_second(work, mails)) for name, work in works.items()}
    for name, value in figures.items():
        print(f"{name:32} {value:>8}")
    print(json.dumps({"bench": "mailroom", **figures}, ensure_ascii=False))


if __name__ == "__main__":
    main()
