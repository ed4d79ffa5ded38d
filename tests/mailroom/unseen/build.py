"""How the unseen letters are put together: bytes as each mail program writes them, and what is true of them."""

import hashlib
import quopri
import struct
import zlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

HOST = "mx3.talent-office.example"
BOX = "rcsb@talent-office.example"
OWN = "talent-office.example"


@dataclass
class Unseen:
    """One letter and the expected result in the schema of the samples."""

    name: str
    raw: bytes
    truth: dict[str, Any]
    held: bool = False


@dataclass
class Drawer:
    """Collects letters; each third is held back."""

    letters: list[Unseen] = field(default_factory=list)

    def add(self, name: str, raw: bytes, kind: str, **truth: Any) -> None:
        facts: dict[str, Any] = {
            "kind": kind,
            "subject": "",
            "case_no": None,
            "thread_ref": None,
            "attachments": [],
            "body_text": None,
            "decision": None,
            "must_reply": kind not in {"auto_reply", "bounce", "spam"},
            "authentic": True,
            **truth,
        }
        self.letters.append(Unseen(name, raw, facts, held=len(self.letters) % 3 == 2))

    def put(
        self,
        name: str,
        entity: bytes,
        addr: str,
        subject: str,
        kind: str,
        *,
        display: str | bytes = "",
        shown_subject: str | bytes | None = None,
        ident: str | None = "",
        headers: Sequence[str | bytes] = (),
        auth: str | None = "pass",
        path: str | None = None,
        hops: Sequence[str] = (),
        **truth: Any,
    ) -> None:
        """Add one letter from `addr`; the subject goes out as `shown_subject` or as an encoded word."""
        ident = f"<{name}.{zlib.crc32(name.encode()):08x}@{addr.rpartition('@')[2].lower()}>" if ident == "" else ident
        sender = as_bytes(display) + b" <" + addr.encode() + b">" if display else b"<" + addr.encode() + b">"
        line = shown_subject if shown_subject is not None else (subject if subject.isascii() else word(subject))
        raw = letter(entity, sender, line, ident, *headers, auth=auth, path=path, hops=hops)
        self.add(name, raw, kind, sender=addr.lower(), subject=subject, message_id=ident, **truth)


def b64(data: bytes, width: int = 76) -> bytes:
    text = b64encode(data)
    return b"\r\n".join(text[at : at + width] for at in range(0, len(text), width)) + b"\r\n"


def word(text: str, charset: str = "utf-8", kind: str = "B") -> str:
    data = text.encode(charset)
    if kind == "B":
        return f"=?{charset}?B?{b64encode(data).decode()}?="
    return f"=?{charset}?Q?" + "".join(f"={byte:02X}" for byte in data) + "?="


def cut_words(text: str, charset: str, size: int) -> str:
    """Encoded words cut every `size` bytes, wherever that is in a character."""
    data = text.encode(charset)
    return "\r\n ".join(
        f"=?{charset}?B?{b64encode(data[at : at + size]).decode()}?=" for at in range(0, len(data), size)
    )


def as_bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8")


def part(body: bytes, *headers: str | bytes) -> bytes:
    return b"".join(as_bytes(line) + b"\r\n" for line in headers) + b"\r\n" + body


def text(words: str, charset: str = "utf-8", kind: str = "plain", encoding: str = "base64", label: str = "") -> bytes:
    data = words.replace("\n", "\r\n").encode(charset)
    if encoding == "base64":
        data = b64(data)
    elif encoding == "quoted-printable":
        data = quopri.encodestring(data, quotetabs=False)
    return part(
        data, f'Content-Type: text/{kind}; charset="{label or charset}"', f"Content-Transfer-Encoding: {encoding}"
    )


def attach(data: bytes, *headers: str | bytes) -> bytes:
    return part(b64(data), *headers, "Content-Transfer-Encoding: base64")


def file(data: bytes, name: str, kind: str = "application/octet-stream", charset: str = "utf-8") -> bytes:
    """As QQ does it: RFC 2047 in both parameters."""
    shown = word(name, charset)
    return attach(
        data, f'Content-Type: {kind};\r\n\tname="{shown}"', f'Content-Disposition: attachment; filename="{shown}"'
    )


def multi(parts: Sequence[bytes], subtype: str = "mixed", boundary: str = "", more: str = "") -> bytes:
    mark = boundary or f"----=_Part_{zlib.crc32(b''.join(parts)):08X}_{subtype}"
    body = b"".join(b"--" + mark.encode() + b"\r\n" + piece + b"\r\n" for piece in parts)
    return part(body + b"--" + mark.encode() + b"--\r\n", f'Content-Type: multipart/{subtype}; boundary="{mark}"{more}')


def letter(
    entity: bytes,
    sender: str | bytes,
    subject: str | bytes,
    ident: str | None,
    *headers: str | bytes,
    auth: str | None = "pass",
    path: str | None = None,
    hops: Sequence[str] = (),
) -> bytes:
    """The whole letter as our server stored it; `entity` begins with its Content-Type."""
    raw = as_bytes(sender)
    addr = raw.rpartition(b"<")[2].partition(b">")[0].decode("ascii", "ignore").strip()
    domain = addr.rpartition("@")[2]
    back = addr if path is None else path
    lines: list[bytes] = [
        f"Return-Path: <{back}>".encode(),
        f"Received: from mx-out.{domain} (unknown [198.51.100.7])\r\n\tby {HOST} (Postfix) with ESMTPS id 4Qa1\r\n"
        f"\tfor <{BOX}>; Mon, 23 Nov 2026 10:02:11 +0800 (CST)".encode(),
    ]
    verdicts = {
        "pass": f"spf=pass smtp.mailfrom={domain};\r\n\tdkim=pass header.d={domain}; dmarc=pass header.from={domain}",
        "spf": f"spf=pass smtp.mailfrom={domain}",
        "fail": f"spf=fail smtp.mailfrom={domain};\r\n\tdkim=none; dmarc=fail header.from={domain}",
        "softfail": f"spf=softfail smtp.mailfrom={domain}; dkim=none; dmarc=none header.from={domain}",
        "none": f"spf=none smtp.mailfrom={domain}; dkim=none",
    }
    if auth is not None:
        lines.append(f"Authentication-Results: {HOST};\r\n\t{verdicts.get(auth, auth)}".encode())
    lines += [f"Received: {hop}".encode() for hop in hops]
    lines += [b"From: " + raw, f"To: <{BOX}>".encode(), b"Subject: " + as_bytes(subject)]
    if ident is not None:
        lines.append(f"Message-ID: {ident}".encode())
    lines += [b"Date: Mon, 23 Nov 2026 10:02:09 +0800", b"MIME-Version: 1.0", *(as_bytes(one) for one in headers)]
    return b"\r\n".join(lines) + b"\r\n" + entity


def known(data: bytes, name: str | None, kind: str, members: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """The truth about one attachment."""
    truth: dict[str, Any] = {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "type": kind}
    if kind in {"zip", "7z", "tnef", "eml"}:
        truth["members"] = members
    return truth


def enclosed(name: str | None, members: list[dict[str, Any]]) -> dict[str, Any]:
    """The truth about an enclosed letter."""
    return {"name": name, "sha256": None, "type": "eml", "members": members}


def pdf(seed: str) -> bytes:
    body = hashlib.sha256(seed.encode()).hexdigest().encode() * 40
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\n%" + body + b"\ntrailer<<>>\n%%EOF\n"


def jpg(seed: str, size: int = 60_000) -> bytes:
    noise = b"".join(hashlib.sha256(f"{seed}{n}".encode()).digest() for n in range(size // 32))
    return b"\xff\xd8\xff\xe1\x00\x18Exif\x00\x00" + noise + b"\xff\xd9"


def png(seed: str, size: int = 30_000) -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + jpg(seed, size)[20:]


def packed(files: Sequence[tuple[bytes, bytes]], flags: int = 0) -> bytes:
    """A zip with exactly these names."""
    out, directory = b"", b""
    for name, data in files:
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        small = packer.compress(data) + packer.flush()
        common = struct.pack(
            "<5H3L2H", 20, flags, 8, 0x6000, 0x5B77, zlib.crc32(data), len(small), len(data), len(name), 0
        )
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<3H2L", 0, 0, 0, 32, len(out)) + name
        out += b"PK\x03\x04" + common + name + small
    return (
        out
        + directory
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(files), len(files), len(directory), len(out), 0)
    )


def docx() -> bytes:
    return packed([(b"[Content_Types].xml", b"<Types/>"), (b"word/document.xml", b"<w:document/>")])


def tnef(files: Sequence[tuple[bytes, bytes]], words: str = "", codepage: int = 936) -> bytes:
    """A winmail.dat with these files, titles as the sender's code page writes them."""

    def attribute(level: int, kind: int, value: bytes) -> bytes:
        return struct.pack("<BLL", level, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    out = b"\x78\x9f\x3e\x22" + struct.pack("<H", 1)
    out += attribute(1, 0x00089006, struct.pack("<L", 0x00010000))
    out += attribute(1, 0x00069007, struct.pack("<LL", codepage, 0))
    if words:
        out += attribute(1, 0x0002800C, words.encode("gbk") + b"\x00")
    for name, data in files:
        out += attribute(2, 0x00069002, b"\x01\x00" + b"\xff" * 4 + b"\x00" * 8)
        out += attribute(2, 0x00018010, name + b"\x00")
        out += attribute(2, 0x0006800F, data)
    return out
