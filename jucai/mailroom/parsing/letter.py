"""The whole letter: `parse_letter` turns any bytes into a `ParsedLetter` and never raises."""

import hashlib
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from jucai.mailroom.parsing.addresses import parse_addresses
from jucai.mailroom.parsing.headers import Headers, clean_text, decode_words, message_ids
from jucai.mailroom.parsing.mime import Budget, Part, Walk, open_part, walk
from jucai.mailroom.parsing.ownwords import own_words
from jucai.mailroom.parsing.reports import read_return
from jucai.mailroom.parsing.values import Address, CloudLink, Defect, Limits, ParsedLetter, ReturnedLetter

_LIMITS = Limits()
_FOLDED_HEADERS = ("to", "cc")
_CLOUD_URL = re.compile(
    r"https?://[^\s<>\"'，。）)]{0,80}"
    r"(?:/ftn/|ftn\.qq|exmail\.qq|/largeattach|/bigattach|largefile|bigfile|dashi\.163|/filecenter|/netdisk|pan\.baidu"
    r"|/cloudattach|/cgi-bin/download|aliyundrive|alipan|lanzou|weiyun|cowtransfer|wenshushu|quark\.cn|123pan"
    r"|/mail/attach/|mail/transfer|onedrive|sharepoint|cloud\.189|docs\.qq|kdocs)[^\s<>\"'，。）)]{0,500}",
    re.IGNORECASE,
)
_CLOUD_WORDS = re.compile(r"超大附件|云附件|雲附件|网盘(?:链接|提取)|提取码|文件中转站|从.{2,10}邮箱发来的.{0,6}附件")
_URL = re.compile(r"https?://[^\s<>\"'，。）)]{4,500}")
_FILE_NAME = re.compile(r"[^\s/\\<>:\"|?*]{1,120}\.(?:zip|rar|7z|pdf|docx?|xlsx?|jpe?g|png)", re.IGNORECASE)
_DAEMONS = frozenset({"mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon", "mail.daemon"})
_MAX_DATE = 100
_MAX_LINKS = 20
_MAX_HEADER_VALUE = 20_000


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(clean_text(value)[:_MAX_DATE])
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _addresses(headers: Headers, name: str, limits: Limits) -> tuple[Address, ...]:
    values = [value for key, value in headers.fields if key == name]
    return parse_addresses(", ".join(values), limits.recipients) if values else ()


def _first_sender(headers: Headers, limits: Limits, budget: Budget) -> Address | None:
    values = [value for key, value in headers.fields if key == "from"]
    for value in values:
        found = parse_addresses(value[:_MAX_HEADER_VALUE], limits.recipients)
        if len(values) > 1 or len(found) > 1:
            budget.note(Defect.DUPLICATE_FROM)
        if found:
            return found[0]
    return None


def _return_path(headers: Headers) -> str | None:
    if not headers.has("return-path"):
        return None
    found = parse_addresses(headers.raw("return-path"), 1)
    return found[0].addr if found else ""


def _cloud(text: str, links: list[tuple[str, str]]) -> tuple[CloudLink, ...]:
    """Find files put up for download: known addresses, and any link where the text speaks of 超大附件."""
    spoken = _CLOUD_WORDS.search(text) is not None
    candidates = [(url, words) for url, words in links if url.lower().startswith(("http://", "https://"))]
    candidates += [(match.group(), "") for match in (_URL if spoken else _CLOUD_URL).finditer(text)]
    found: dict[str, CloudLink] = {}
    for url, words in candidates:
        if (spoken or _CLOUD_URL.match(url)) and url not in found:
            name = _FILE_NAME.search(words)
            found[url] = CloudLink(name.group() if name else None, url)
    named = _FILE_NAME.search(text) if spoken else None
    if spoken and not found:
        return (CloudLink(named.group() if named else None, ""),)
    return tuple(found.values())[:_MAX_LINKS]


def _returned(
    letter_from: Address | None, return_path: str | None, part: Part, into: Walk, text: str, limits: Limits
) -> ReturnedLetter | None:
    """Look for a returned original only in what may be a bounce."""
    daemon = letter_from.addr if letter_from else ""
    is_report = part.kind == "multipart/report" and part.content.get("report-type").lower() in {"delivery-status", ""}
    if not (
        is_report
        or return_path == ""
        or daemon.partition("@")[0] in _DAEMONS
        or part.headers.has("x-failed-recipients")
    ):
        return None
    found = read_return(into.reports, into.attachments, text, daemon, limits)
    if found is None and is_report:
        return ReturnedLetter(None, "", ())
    return found


def _read(data: bytes, limits: Limits) -> ParsedLetter:
    budget = Budget(limits, limits.parts, limits.inflated)
    end = min(len(data), limits.letter)
    if end < len(data):
        budget.note(Defect.TOO_LARGE)
    part = open_part(data, 0, end, budget)
    into = Walk(budget)
    words = walk(data, part, into, 0)
    full = words.best if words.best.strip() else into.wrapped_text
    own = own_words(full)
    headers = part.headers
    sender = _first_sender(headers, limits, budget)
    return_path = _return_path(headers)
    recipients = tuple(address for name in _FOLDED_HEADERS for address in _addresses(headers, name, limits))
    if len(recipients) >= limits.recipients:
        budget.note(Defect.TOO_MANY_RECIPIENTS)
    message_id = message_ids(headers.raw("message-id"))
    return ParsedLetter(
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        message_id=message_id[0] if message_id else None,
        in_reply_to=message_ids(headers.raw("in-reply-to")),
        references=message_ids(headers.raw("references")),
        subject=clean_text(decode_words(headers.raw("subject")[:_MAX_HEADER_VALUE])),
        sender=sender,
        reply_to=_addresses(headers, "reply-to", limits),
        recipients=recipients,
        return_path=return_path,
        date=_date(headers.raw("date")),
        headers=tuple((name, clean_text(decode_words(value[:_MAX_HEADER_VALUE]))) for name, value in headers.fields),
        content_type=part.kind,
        body_text=own,
        full_text=full,
        attachments=tuple(into.attachments),
        returned=_returned(sender, return_path, part, into, full, limits),
        cloud_links=_cloud(own, into.links),
        defects=tuple(budget.defects),
    )


def _unreadable(data: bytes) -> ParsedLetter:
    return ParsedLetter(
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        message_id=None,
        in_reply_to=(),
        references=(),
        subject="",
        sender=None,
        reply_to=(),
        recipients=(),
        return_path=None,
        date=None,
        headers=(),
        content_type="",
        body_text="",
        full_text="",
        attachments=(),
        returned=None,
        cloud_links=(),
        defects=(Defect.UNREADABLE,),
    )


def parse_letter(data: bytes, limits: Limits = _LIMITS) -> ParsedLetter:
    """Read a letter as our server stored it. Never raises: damage becomes `defects`.

    Time is linear in the size of the letter and what its archives may inflate to; memory is bounded by `limits`.
    """
    try:
        return _read(data, limits)
    except Exception:  # noqa: BLE001 - a letter nobody foresaw is parked for a person; it must not stop the others
        return _unreadable(data)
