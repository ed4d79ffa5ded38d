"""How far a sender is believed: by what our server checked (RFC 8601), what we did, and names that pretend."""

import re
import unicodedata
from dataclasses import dataclass

from jucai.mailroom.kinds import SortingContext, Trust
from jucai.mailroom.parsing import Defect, ParsedLetter
from jucai.mailroom.signatures import Signatures

_COMMENT = re.compile(r"\([^()]{0,500}\)")
_RESULT = re.compile(r"\s*([a-z][a-z0-9-]{1,20})(?:/\d+)?\s*=\s*([a-z]{2,20})", re.IGNORECASE)
_PROPERTY = re.compile(
    r"\b(smtp\.mailfrom|smtp\.mail|smtp\.helo|header\.d|header\.i|header\.from)\s*=\s*([^\s;]{1,300})", re.IGNORECASE
)
_RECEIVED_SPF = re.compile(r"\s*(pass|fail|softfail|neutral|none|temperror|permerror)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_MAX_RESULTS = 40
PUBLIC_PROVIDERS = frozenset(
    {
        *("qq.com", "vip.qq.com", "foxmail.com", "163.com", "vip.163.com", "126.com", "vip.126.com", "yeah.net"),
        *("sina.com", "sina.cn", "vip.sina.com", "sohu.com", "139.com", "189.cn", "wo.cn", "21cn.com", "tom.com"),
        *("aliyun.com", "88.com", "gmail.com", "outlook.com", "hotmail.com", "live.com", "live.cn", "msn.com"),
        *("yahoo.com", "icloud.com", "me.com", "mac.com", "proton.me"),
    }
)
"""Domains where anybody has a mailbox: a letter from one of them is nobody's own, even if our mailbox is there."""
_AUTHORED = frozenset(
    {
        *("from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references"),
        *("mime-version", "content-type", "dkim-signature", "user-agent", "x-mailer"),
    }
)


@dataclass(frozen=True, slots=True)
class AuthResult:
    """One statement of our own server: `method` (spf, dkim, dmarc), `result`, and the domain it speaks of."""

    method: str
    result: str
    domain: str


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade and, in Chinese, why."""

    trust: Trust
    reason: str


def _own_hop(letter: ParsedLetter) -> list[tuple[str, str]]:
    """Return the headers our own server wrote: those on top, above the author's and above the hop before.

    A server adds its lines on top, so what stands lower is the sender's word, whatever name it bears.
    """
    own: list[tuple[str, str]] = []
    received = 0
    for name, value in letter.headers:
        received += name == "received"
        if received > 1 or name in _AUTHORED:
            break
        own.append((name, value))
    return own


def auth_results(letter: ParsedLetter, context: SortingContext) -> tuple[AuthResult, ...]:
    """Return what our own server found; results under any other authserv-id are the sender's own claims.

    The server shall remove such lines under its own name from incoming mail (RFC 8601 §5).
    """
    found: list[AuthResult] = []
    for name, value in _own_hop(letter):
        if name == "received-spf":
            match = _RECEIVED_SPF.match(value)
            if match is not None:
                domain = re.search(r"envelope-from=\"?<?([^\s>;\"]{1,300})", value)
                found.append(AuthResult("spf", match.group(1).lower(), _domain(domain.group(1) if domain else "")))
        if name != "authentication-results":
            continue
        head, _, rest = _COMMENT.sub(" ", value).partition(";")
        if (head.split() or [""])[0].lower().rstrip(".") not in context.authserv_ids:
            continue
        for statement in rest.split(";")[:_MAX_RESULTS]:
            match = _RESULT.match(statement)
            if match is None:
                continue
            properties = {key.lower(): text for key, text in _PROPERTY.findall(statement)}
            domain_text = next(
                (
                    properties[key]
                    for key in ("header.from", "header.d", "header.i", "smtp.mailfrom", "smtp.mail")
                    if key in properties
                ),
                "",
            )
            found.append(AuthResult(match.group(1).lower(), match.group(2).lower(), _domain(domain_text)))
    return tuple(found)


def _domain(text: str) -> str:
    return text.strip("\"'<>").rpartition("@")[2].lower().rstrip(".")


def _aligned(domain: str, sender: str) -> bool:
    """Relaxed alignment (RFC 7489 §3.1), without a list of public suffixes: the same or a parent of two labels."""
    return bool(domain) and (domain == sender or ("." in domain and sender.endswith(f".{domain}")))


def pretends(letter: ParsedLetter, context: SortingContext) -> bool:
    """Tell whether the displayed name carries one of our addresses while the letter comes from another."""
    if letter.sender is None:
        return False
    shown = unicodedata.normalize("NFKC", letter.sender.name).lower()
    for match in _ADDRESS.finditer(shown):
        addr = match.group().strip(".")
        ours = addr in context.own_addresses | context.officers or addr.rpartition("@")[2] in context.own_domains
        if ours and addr != letter.sender.addr:
            return True
    return False


_UNCHECKED = Signatures()


def grade(letter: ParsedLetter, context: SortingContext, signatures: Signatures = _UNCHECKED) -> Grade:
    """Return how far the sender in From is believed; see `Trust` for the meaning of each grade.

    `signatures` are what we verified ourselves: a signature of the sender's own domain vouches for it where our
    server left no word, and after a forwarder broke SPF; against a failed DMARC it does not help.
    """
    if pretends(letter, context):
        return Grade(Trust.FORGED, "显示名冒用了本单位的邮箱地址")
    results = auth_results(letter, context)
    sender = letter.sender.domain if letter.sender else ""
    said: dict[str, set[str]] = {}
    for item in results:
        said.setdefault(item.method, set()).add(item.result)
    # Two lines that contradict each other: one of them is not our server's.
    passed = [
        item for item in results if item.result == "pass" and (item.method == "dkim" or len(said[item.method]) == 1)
    ]
    signed = any(_aligned(domain, sender) for domain in signatures.good)
    broken = any(_aligned(domain, sender) for domain in signatures.bad)
    vouched = signed or any(_aligned(item.domain, sender) for item in passed)
    dmarc, spf = said.get("dmarc", set()), said.get("spf", set())
    checks = (
        ("fail" in dmarc, Trust.FORGED, "发件域的 DMARC 校验未通过"),
        # A forwarder breaks SPF; DMARC passed by DKIM then still vouches for the domain in From.
        (
            bool(spf & {"fail", "hardfail"}) and "pass" not in dmarc and not signed,
            Trust.FORGED,
            "发件域的 SPF 校验未通过",
        ),
        (not results and broken and not signed, Trust.DOUBTFUL, "发件域的 DKIM 签名与内容不符"),
        (not results and not signed, Trust.UNKNOWN, "本单位邮件服务器没有记录校验结果"),
        (signed and Defect.DUPLICATE_FROM not in letter.defects, Trust.VERIFIED, "发件域的 DKIM 签名经本系统核对有效"),
        (vouched and Defect.DUPLICATE_FROM not in letter.defects, Trust.VERIFIED, "发件域已通过校验"),
        (sender in context.own_domains and not vouched, Trust.FORGED, "自称本单位地址，但未通过任何校验"),
    )
    found = next(((trust, reason) for holds, trust, reason in checks if holds), None)
    return Grade(*found) if found else Grade(Trust.DOUBTFUL, "校验结果不能证明发件域")
