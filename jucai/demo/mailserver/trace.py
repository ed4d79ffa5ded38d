"""What a receiving server writes above a letter, and what it must take away (RFC 5321 §4.4, RFC 8601 §5).

The verdicts come from the connection (EHLO name, MAIL FROM, login) and the configured table of domains,
never from what the letter says about itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from jucai.demo.mailserver.config import SenderDomain
from jucai.demo.mailserver.mime import parse_fields, split_header

PLAIN = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.@:\[\]-]{1,320}")
DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?")
# All three line ends: a later reader may take a lone CR or LF for one, and must then not find a field
# of ours that came from outside.
FIELD_START = re.compile(rb"(?:^|(?<=\n)|(?<=\r)(?!\n))Authentication-Results[ \t]*:", re.IGNORECASE)
FIELD_END = re.compile(rb"(?:\r\n|\n|\r(?!\n))(?![ \t])")
QUOTED_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
LAST_ANGLE = re.compile(r"^[^<>]*<[^<>]*>\s*$")
COMMENT = re.compile(r"\((?:[^()\\]|\\.)*\)")
MAX_AUTHORS = 10_000
MAX_RESULTS = 4_000
STRICT_HEADER_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Connection:
    """How a letter came in: the peer, what it called itself, and as whom it logged in."""

    peer: str
    helo: str
    mail_from: str
    login: str | None
    protocol: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks of RFC 7208, 6376 and 7489 would have said."""

    spf: str
    mail_domain: str
    dkim: str
    dmarc: str
    from_domain: str


def judge(connection: Connection, raw: bytes, domains: Mapping[str, SenderDomain]) -> Verdict:
    """The verdict on a letter; DMARC passes only where the From's domain is the one that was proven."""
    mail_domain = _domain(connection.mail_from) or _domain("@" + connection.helo)
    own_login = connection.login is not None and _domain(connection.login) == mail_domain
    record = domains.get(mail_domain)
    if own_login:
        spf = "pass"
    elif record is None:
        spf = "none"
    else:
        allowed = {host.lower() for host in record.hosts}
        spf = "pass" if "*" in allowed or connection.helo.lower() in allowed else "fail"
    dkim = "pass" if spf == "pass" and (own_login or (record is not None and record.dkim)) else "none"
    authors = author_domains(raw)
    author = authors[0] if len(authors) == 1 else ""
    if not author:
        dmarc = "permerror"  # RFC 7489 §6.6.1: several authors, or none that can be read
    elif aligned(author, mail_domain) and spf == "pass":
        dmarc = "pass"
    else:
        dmarc = "fail" if _has_record(author, domains) else "none"
    return Verdict(spf, mail_domain, dkim, dmarc, author)


def author_domains(raw: bytes) -> list[str]:
    """The domains of all addresses in all From fields; what is no address counts as an empty one."""
    found = []
    for field in parse_fields(raw[: split_header(raw)]):
        if field.name != "from":
            continue
        if len(field.value) > MAX_AUTHORS:
            found.append("")
            continue
        text = field.value.decode("utf-8", "surrogateescape")
        text = COMMENT.sub("", QUOTED_STRING.sub("", text))
        for one in filter(str.strip, text.split(",")):
            angle = one.count("<") or one.count(">")
            sound = not re.search(r'["()]', one) and (not angle or LAST_ANGLE.search(one) is not None)
            found.append(_domain(one.rpartition("<")[2].partition(">")[0]) if sound else "")
    return found


def aligned(author: str, proven: str) -> bool:
    """Relaxed alignment without a list of public suffixes: the same domain, or one inside the other."""
    if not author or not proven:
        return False
    return author == proven or author.endswith("." + proven) or proven.endswith("." + author)


def write_trace(
    connection: Connection, recipient: str, verdict: Verdict, *, authserv_id: str, queue_id: str, at: datetime
) -> bytes:
    """Return-Path, Received and Authentication-Results for one recipient; ends with CRLF."""
    sender = _plain(connection.mail_from) or "unknown"
    results = [f"spf={verdict.spf} smtp.mailfrom={_plain(verdict.mail_domain) or 'unknown'}"]
    results.append(f"dkim={verdict.dkim}" + (f" header.d={verdict.mail_domain}" if verdict.dkim == "pass" else ""))
    author = f" header.from={verdict.from_domain}" if verdict.from_domain else ""
    results.append(f"dmarc={verdict.dmarc}" + author)
    if connection.login is not None:
        results.append(f"auth=pass smtp.auth={_plain(connection.login) or 'unknown'}")
    helo = _plain(connection.helo) or "unknown"
    lines = [
        f"Return-Path: <{'' if connection.mail_from == '' else sender}>",
        f"Received: from {helo} ({helo} [{_plain(connection.peer) or 'unknown'}])",
        f"\tby {authserv_id} with {connection.protocol} id {queue_id}",
        f"\tfor <{_plain(recipient) or 'unknown'}>; {format_datetime(at)}",
        f"Authentication-Results: {authserv_id}; " + ";\r\n\t".join(results),
    ]
    return "".join(line + "\r\n" for line in lines).encode("ascii")


def without_forged_results(raw: bytes, authserv_id: str) -> bytes:
    """The letter without Authentication-Results fields that claim to be ours; all else byte for byte.

    Fields of other servers stay. One whose server cannot be read goes too: a lenient reader might take it
    for ours (RFC 8601 §5 lets a border server remove any).
    """
    end = raw.find(STRICT_HEADER_END)
    end = split_header(raw) if end < 0 else end + 2
    kept, position = [], 0
    for match in FIELD_START.finditer(raw, 0, end):
        if match.start() < position:
            continue
        stop = FIELD_END.search(raw, match.end(), end)
        value_end = stop.start() if stop else end
        if _claims(raw[match.end() : value_end], authserv_id):
            kept.append(raw[position : match.start()])
            position = stop.end() if stop else end
    return b"".join([*kept, raw[position:]]) if position else raw


def _claims(value: bytes, authserv_id: str) -> bool:
    text = re.sub(r"[\r\n]", "", value[:MAX_RESULTS].decode("latin-1"))
    while COMMENT.search(text):
        text = COMMENT.sub(" ", text)
    identity = re.match(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"()]+))\s*(?:\d+\s*)?(?:;|$)', text)
    if identity is None:
        return True
    named = re.sub(r"\\(.)", r"\1", identity[1]) if identity[1] is not None else identity[2]
    return named.strip().lower().rstrip(".") == authserv_id.lower()


def _has_record(author: str, domains: Mapping[str, SenderDomain]) -> bool:
    return any(author == domain or author.endswith("." + domain) for domain in domains)


def _domain(address: str) -> str:
    domain = address.strip().rpartition("@")[2].lower().rstrip(".") if "@" in address else ""
    return domain if DOMAIN.fullmatch(domain) else ""


def _plain(text: str) -> str:
    return text if PLAIN.fullmatch(text) else ""
