"""What a bounce says about the letter that came back: standard reports (RFC 3464), and those of QQ, 163, qmail."""

import re

from jucai.mailroom.parsing.addresses import parse_addresses
from jucai.mailroom.parsing.headers import Headers, body_start, clean_text, decode_words, message_ids, read_headers
from jucai.mailroom.parsing.values import Attachment, AttachmentType, FailedRecipient, Limits, ReturnedLetter

_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_CODE = re.compile(r"\b([45])\d\d\b")
_COPY = re.compile(r"^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{3,300}>)", re.IGNORECASE | re.MULTILINE)
_COPY_SUBJECT = re.compile(r"^(?:subject|主题|原邮件主题|邮件主题)[:：][ \t]*(.{1,300})$", re.IGNORECASE | re.MULTILINE)
_ORIGINALS = frozenset(
    {"message/rfc822", "message/global", "message/news", "text/rfc822-headers", "message/rfc822-headers"}
)
_MAX_HEAD = 200_000
_MAX_TEXT = 100_000
_MAX_RECIPIENTS = 100


def _head(data: bytes, limits: Limits) -> Headers:
    end, _ = body_start(data, 0, min(len(data), _MAX_HEAD))
    return read_headers(data[:end], limits)


def _typed(value: str) -> str:
    """Return what follows the type in `rfc822; a@b` or `smtp; 550 …`."""
    return clean_text(decode_words(value.partition(";")[2] or value))


def _failed(data: bytes, limits: Limits) -> list[FailedRecipient]:
    """Read the blocks of a delivery-status part, one for each recipient."""
    found: list[FailedRecipient] = []
    for block in data.replace(b"\r\n", b"\n")[:_MAX_HEAD].split(b"\n\n"):
        fields = read_headers(block, limits)
        recipient = fields.raw("final-recipient") or fields.raw("original-recipient")
        if not recipient or len(found) >= _MAX_RECIPIENTS:
            continue
        addr = _typed(recipient).strip("<>").lower()
        action = fields.raw("action").strip().lower()
        found.append(
            FailedRecipient(
                addr, action, fields.raw("status").strip()[:20], _typed(fields.raw("diagnostic-code"))[:500]
            )
        )
    return found


def _from_words(text: str, own: frozenset[str]) -> list[FailedRecipient]:
    """Find whom an unstructured bounce speaks of: the first address that is not the daemon's."""
    status = _STATUS.search(text)
    code = _CODE.search(text)
    reached = status.group(1) if status else (f"{code.group(1)}.0.0" if code else "")
    for address in parse_addresses(clean_text(text[:4_000]).replace("<", " , <").replace(">", "> , "), 10):
        if address.addr not in own:
            return [FailedRecipient(address.addr, "failed", reached, clean_text(text[:500]))]
    return []


def _original(
    reports: list[tuple[str, bytes]], attachments: list[Attachment], limits: Limits
) -> tuple[str | None, str]:
    """Return (Message-ID, subject) of the letter that came back, as far as a part of the bounce holds it."""
    originals = [data for kind, data in reports if kind in _ORIGINALS]
    originals += [
        item.data for item in attachments if item.type is AttachmentType.EML or item.declared_type in _ORIGINALS
    ]
    for data in originals:
        fields = _head(data, limits)
        ids = message_ids(fields.raw("message-id"))
        if ids:
            return ids[0], clean_text(decode_words(fields.raw("subject")))
    return None, ""


def read_return(
    reports: list[tuple[str, bytes]],
    attachments: list[Attachment],
    text: str,
    daemon: str,
    limits: Limits,
) -> ReturnedLetter | None:
    """Return what came back, None if nothing in a bounce tells.

    `daemon` is the address the bounce comes from. The returned original is looked for in the report, then in an
    enclosed letter, then in the text, where qmail and some Chinese providers copy its headers.
    """
    statuses = [data for kind, data in reports if kind.endswith("delivery-status")]
    statuses += [item.data for item in attachments if item.declared_type.endswith("delivery-status")]
    recipients = [failed for data in statuses for failed in _failed(data, limits)]
    message_id, subject = _original(reports, attachments, limits)
    words = text[:_MAX_TEXT]
    if message_id is None:
        match = _COPY.search(words)
        message_id = match.group(1) if match else None
    if not subject:
        match = _COPY_SUBJECT.search(words)
        subject = clean_text(decode_words(match.group(1))) if match else ""
    if not recipients:
        recipients = _from_words(words, frozenset({daemon}))
    if message_id is None and not recipients and not subject:
        return None
    return ReturnedLetter(message_id, subject, tuple(recipients))
