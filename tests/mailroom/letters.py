"""Builds letters byte by byte, as mail programs really write them: nothing here is corrected on the way."""

import struct
import zlib
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path

from jucai.mailroom.kinds import SortingContext

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples" / "mail"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x07" * 20_000
OFFICE = SortingContext(
    authserv_ids=frozenset({"mx.rcj.example"}),
    own_addresses=frozenset({"shouli@rcj.example"}),
    own_domains=frozenset({"rcj.example"}),
    officers=frozenset({"zhang@rcj.example"}),
)


def word(text: str, charset: str = "utf-8") -> str:
    return f"=?{charset}?B?{b64encode(text.encode(charset)).decode()}?="


def base64_lines(data: bytes) -> bytes:
    text = b64encode(data)
    return b"\r\n".join(text[at : at + 76] for at in range(0, len(text), 76)) + b"\r\n"


def part(body: bytes, *headers: str) -> bytes:
    return "".join(f"{line}\r\n" for line in headers).encode("utf-8", "surrogateescape") + b"\r\n" + body


def text_part(text: str, charset: str = "utf-8", kind: str = "plain") -> bytes:
    return part(
        base64_lines(text.encode(charset)),
        f'Content-Type: text/{kind}; charset="{charset}"',
        "Content-Transfer-Encoding: base64",
    )


def file_part(data: bytes, name: str | None = None, kind: str = "application/octet-stream", *more: str) -> bytes:
    disposition = f'attachment; filename="{name}"' if name is not None else "attachment"
    return part(
        base64_lines(data),
        f"Content-Type: {kind}",
        "Content-Transfer-Encoding: base64",
        f"Content-Disposition: {disposition}",
        *more,
    )


def multipart(
    parts: Iterable[bytes], subtype: str = "mixed", boundary: str = "bnd", more: str = ""
) -> tuple[str, bytes]:
    """Return (Content-Type line, body)."""
    mark = f"--{boundary}".encode()
    body = b"".join(mark + b"\r\n" + piece + b"\r\n" for piece in parts) + mark + b"--\r\n"
    return f'Content-Type: multipart/{subtype}; boundary="{boundary}"{more}', body


def letter(
    body: bytes = b"",
    *headers: str,
    sender: str = "<zhangsan@qq.example>",
    subject: str = "",
    auth: str | None = "spf=pass smtp.mailfrom={domain}; dmarc=pass header.from={domain}",
    message_id: str | None = "<m1@qq.example>",
) -> bytes:
    """A letter as our server stores it: trace and Authentication-Results on top, then the sender's headers."""
    domain = sender.rpartition("@")[2].rstrip(">")
    hop = "from mail.example by mx.rcj.example (Postfix) with ESMTPS id 1 for <shouli@rcj.example>"
    lines = [f"Received: {hop}; Thu, 19 Nov 2026 09:12:00 +0800"]
    if auth is not None:
        lines.append(f"Authentication-Results: mx.rcj.example; {auth.format(domain=domain)}")
    lines += [
        f"From: {sender}",
        "To: shouli@rcj.example",
        f"Subject: {subject}",
        "Date: Thu, 19 Nov 2026 09:12:00 +0800",
    ]
    if message_id is not None:
        lines.append(f"Message-ID: {message_id}")
    lines += ["MIME-Version: 1.0", *headers]
    return part(body, *lines)


def with_parts(*parts: bytes, subtype: str = "mixed", headers: tuple[str, ...] = (), **facts: str) -> bytes:
    kind, body = multipart(parts, subtype)
    return letter(body, kind, *headers, **facts)


def plain(text: str, *headers: str, **facts: str) -> bytes:
    body = base64_lines(text.encode())
    return letter(
        body, 'Content-Type: text/plain; charset="utf-8"', "Content-Transfer-Encoding: base64", *headers, **facts
    )


def application(subject: str = "高层次人才申报-张三", **facts: str) -> bytes:
    return with_parts(text_part("请查收附件"), file_part(PDF, word("申报表.pdf")), subject=word(subject), **facts)


def raw_zip(files: Iterable[tuple[bytes, bytes]], flags: int = 0) -> bytes:
    """A zip whose names are exactly these bytes: Chinese archivers write GBK without the UTF-8 flag."""
    out, directory, count = b"", b"", 0
    for name, data in files:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(data) + packer.flush()
        sizes = (zlib.crc32(data), len(packed), len(data), len(name), 0)
        common = struct.pack("<5H3L2H", 20, flags, 8, 0, 33, *sizes)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<3H2L", 0, 0, 0, 0, len(out)) + name
        out += b"PK\x03\x04" + common + name + packed
        count += 1
    return out + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(out), 0)


def gbk_zip(files: dict[str, bytes]) -> bytes:
    return raw_zip((name.encode("gbk"), data) for name, data in files.items())
