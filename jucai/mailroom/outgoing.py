"""From the facts of one mail to the bytes that are stored before the first attempt to send."""

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from enum import StrEnum
from typing import Any
from urllib.parse import quote

LOOP_HEADER = "X-Jucai-Loop"
_ID = re.compile(r"<[!-;=?-~]{1,200}@[!-;=?-~]{1,200}>")
_ADDR = re.compile(r"[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]{1,64}@[A-Za-z0-9.-]{1,253}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_WORD_BYTES = 42  # bytes in one encoded word: with its frame it stays under 75 characters (RFC 2047 §2)
_MAX_REFERENCES = 20


class MailPurpose(StrEnum):
    """Why we write, which decides the Auto-Submitted header (RFC 3834 §5)."""

    ANSWER = "auto-replied"  # a receipt, the answer to a letter
    NOTICE = "auto-generated"  # a task for an officer, a result, a reminder
    PERSONAL = "no"  # written by a clerk


@dataclass(frozen=True, slots=True)
class Correspondent:
    """A displayed name and an address."""

    name: str
    addr: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file to send: its name as the reader shall see it, its bytes and MIME type."""

    name: str
    data: bytes
    content_type: str = "application/pdf"


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """All facts of one mail. `message_id`, `in_reply_to`, `references` are with <>; `date` is aware."""

    message_id: str
    sender: Correspondent
    to: tuple[Correspondent, ...]
    subject: str
    text: str
    date: datetime
    html: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    cc: tuple[Correspondent, ...] = ()
    reply_to: Correspondent | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    purpose: MailPurpose = MailPurpose.NOTICE


class UnsendableMailError(Exception):
    """A mail cannot be written as asked; the message says which fact is wrong."""

    def __init__(self, fact: str, value: str) -> None:
        super().__init__(f"邮件无法生成：{fact}“{value}”不合规。")


class _Verbatim(str):
    """A header value that is already folded and encoded, line by line."""

    __slots__ = ()


class _NoticePolicy(EmailPolicy):
    """SMTP policy that leaves our own folding alone: Python would encode long message ids and plain names."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Keep verbatim values as they are."""
        if isinstance(value, _Verbatim):
            return name, value
        return super().header_store_parse(name, value)


_POLICY = _NoticePolicy(linesep=SMTP.linesep, max_line_length=78, refold_source="none", cte_type="7bit")


def make_message_id(case_no: str, purpose: str, row: int, domain: str) -> str:
    """Return the Message-ID of one outbox row, for example `<AQ-SUB-2026-000123.notify.17@rcj.example>`.

    Sorting reads the case and the purpose back out of the id a reply answers: `notify`, `task`, `approve`,
    `digest`, `remind` ask for a decision; any other word does not.
    """
    made = f"<{case_no}.{purpose}.{row}@{domain}>"
    if _ID.fullmatch(made) is None:
        raise UnsendableMailError("邮件编号", made)
    return made


def is_message_id(value: str) -> bool:
    """Tell whether a stranger's id may be repeated in our headers."""
    return _ID.fullmatch(value) is not None


def _line(value: str) -> str:
    return re.sub(r" {2,}", " ", _CONTROL.sub(" ", value)).strip()


def _address(who: Correspondent) -> Address:
    if _ADDR.fullmatch(who.addr) is None:
        raise UnsendableMailError("邮箱地址", who.addr)
    return Address(display_name=_line(who.name), addr_spec=who.addr)


def _checked_id(value: str) -> str:
    if _ID.fullmatch(value) is None:
        raise UnsendableMailError("邮件编号", value)
    return value


def _encoded_words(text: str) -> str:
    """Return RFC 2047 words, one a line, none cut inside a character."""
    if text.isascii():
        return text.replace("\\", "_").replace('"', "'")
    pieces: list[bytes] = [b""]
    for char in text:
        raw = char.encode("utf-8")
        if len(pieces[-1]) + len(raw) > _WORD_BYTES:
            pieces.append(b"")
        pieces[-1] += raw
    return "\r\n ".join(f"=?utf-8?B?{b64encode(piece).decode('ascii')}?=" for piece in pieces)


def _enclose(message: EmailMessage, file: Enclosure) -> None:
    """Attach a file under both spellings of its name: QQ and old Foxmail read RFC 2047, the others RFC 2231."""
    maintype, _, subtype = file.content_type.partition("/")
    message.add_attachment(file.data, maintype=maintype, subtype=subtype or "octet-stream", cte="base64")
    part = list(message.iter_attachments())[-1]
    name = _line(file.name).replace("/", "_").replace("\\", "_")
    del part["Content-Type"]
    part["Content-Type"] = _Verbatim(f'{maintype}/{subtype};\r\n name="{_encoded_words(name)}"')
    del part["Content-Disposition"]
    plain = f';\r\n filename="{_encoded_words(name)}"' if name.isascii() else ""
    extended = "" if name.isascii() else f";\r\n filename*=UTF-8''{quote(name, safe='')}"
    part["Content-Disposition"] = _Verbatim(f"attachment{plain}{extended}")


def _fix_boundaries(message: EmailMessage | MIMEPart, seed: str) -> None:
    number = 0
    for part in message.walk():
        if part.is_multipart():
            number += 1
            # "=_" occurs in no base64 text, and all our parts are base64.
            part.set_boundary(f"=_jucai_{hashlib.sha256(f'{seed} {number}'.encode()).hexdigest()[:24]}")


def build_message(mail: OutgoingMail) -> bytes:
    """Return the mail as CRLF bytes; the same facts always give the same bytes.

    Raises UnsendableMailError for an address, message id or date no mail program would accept.
    """
    if mail.date.tzinfo is None:
        raise UnsendableMailError("日期", mail.date.isoformat())
    message = EmailMessage(policy=_POLICY)
    message["From"] = _address(mail.sender)
    message["To"] = tuple(_address(who) for who in mail.to)
    if mail.cc:
        message["Cc"] = tuple(_address(who) for who in mail.cc)
    if mail.reply_to is not None:
        message["Reply-To"] = _address(mail.reply_to)
    message["Subject"] = _line(mail.subject)
    message["Date"] = _Verbatim(format_datetime(mail.date))
    message["Message-ID"] = _Verbatim(_checked_id(mail.message_id))
    if mail.in_reply_to is not None:
        message["In-Reply-To"] = _Verbatim(_checked_id(mail.in_reply_to))
    if mail.references:
        kept = dict.fromkeys(mail.references[:1] + mail.references[1:][-_MAX_REFERENCES:])
        message["References"] = _Verbatim("\r\n ".join(_checked_id(item) for item in kept))
    if mail.purpose is not MailPurpose.PERSONAL:
        message["Auto-Submitted"] = str(mail.purpose)
        message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message[LOOP_HEADER] = mail.sender.addr.lower()
    message.set_content(mail.text, charset="utf-8", cte="base64")
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html", charset="utf-8", cte="base64")
    for file in mail.enclosures:
        _enclose(message, file)
    _fix_boundaries(message, mail.message_id)
    return message.as_bytes()
