"""The tree of a letter's parts, walked over one buffer without copying it, within bounds (RFC 2045-2046)."""

import hashlib
import re
from dataclasses import dataclass, field

from jucai.mailroom.parsing import hypertext
from jucai.mailroom.parsing.charsets import decode
from jucai.mailroom.parsing.headers import Headers, body_start, read_headers
from jucai.mailroom.parsing.params import Parameters, clean_name, parse_parameters
from jucai.mailroom.parsing.sniff import sniff
from jucai.mailroom.parsing.tnef import read_tnef
from jucai.mailroom.parsing.transfer import from_uu, undo
from jucai.mailroom.parsing.values import CONTAINERS, Attachment, AttachmentType, Defect, Limits
from jucai.mailroom.parsing.zipping import ContainerError, Packed, read_zip

_GUESSED_BOUNDARY = re.compile(rb"^--([^\r\n]{2,200}?)[ \t]*\r?\n(?=content-)", re.MULTILINE | re.IGNORECASE)
_UU_BEGIN = re.compile(
    rb"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n(?=M[ -`]{40,60}\r?\n|[!-L][ -`]{0,60}\r?\n[` ]?\r?\n?end)", re.MULTILINE
)
_RFC822 = frozenset({"message/rfc822", "message/global", "message/news"})
_REPORT_PARTS = frozenset(
    {
        "message/delivery-status",
        "message/global-delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "text/rfc822-headers",
        "message/rfc822-headers",
    }
)
_HOLLOW = frozenset({AttachmentType.UNKNOWN, AttachmentType.EML, AttachmentType.ICS})
_UNOPENED = frozenset({AttachmentType.RAR, AttachmentType.SEVEN_ZIP})
_BODY_TYPES = frozenset({"text/plain", "text/html", "text/enriched"})
_MAX_HEAD = 4_000_000
_MAX_BOUNDARY_TAIL = 200
_HINT_TYPES = {
    "application/pdf": AttachmentType.PDF,
    "image/jpeg": AttachmentType.JPG,
    "image/png": AttachmentType.PNG,
    "application/zip": AttachmentType.ZIP,
}


@dataclass(slots=True)
class Budget:
    """What may still be spent on one letter, shared by everything nested in it, and what went wrong."""

    limits: Limits
    parts: int
    inflated: int
    defects: list[Defect] = field(default_factory=list)

    def note(self, defect: Defect) -> None:
        """Remember a defect once."""
        if defect not in self.defects:
            self.defects.append(defect)

    def take_part(self) -> bool:
        """Count one more part; False if there have been too many."""
        self.parts -= 1
        if self.parts < 0:
            self.note(Defect.TOO_MANY_PARTS)
        return self.parts >= 0


@dataclass(frozen=True, slots=True)
class Words:
    """The text of a part: as written in plain text, and as seen in HTML."""

    plain: str = ""
    rich: str = ""

    @property
    def best(self) -> str:
        """Plain text unless it is blank."""
        return self.plain if self.plain.strip() else self.rich


@dataclass(slots=True)
class Walk:
    """What one letter (or one enclosed letter) yielded.

    `reports` are the machine-readable parts of a delivery report as (type, bytes); `links` the addresses in HTML
    with the words shown; `wrapped_text` the text inside a winmail.dat.
    """

    budget: Budget
    attachments: list[Attachment] = field(default_factory=list)
    reports: list[tuple[str, bytes]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    wrapped_text: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One entity: its headers, and where its body lies in the buffer."""

    headers: Headers
    kind: str  # type/subtype in lower case
    content: Parameters
    disposition: Parameters
    start: int
    end: int

    @property
    def name(self) -> str | None:
        """The file name the sender gave, cleaned."""
        raw = self.disposition.get("filename") or self.content.get("name")
        return clean_name(raw) if raw else None


def open_part(data: bytes, start: int, end: int, budget: Budget, default: str = "text/plain") -> Part:
    """Read the headers of the entity in `data[start:end]`; `default` is its type if it names none."""
    head_end, body = body_start(data, start, end)
    if head_end - start > _MAX_HEAD:
        budget.note(Defect.HEADERS_TOO_LONG)
        head_end = start + _MAX_HEAD
    headers = read_headers(data[start:head_end], budget.limits)
    for defect in headers.defects:
        budget.note(defect)
    content = parse_parameters(headers.raw("content-type"))
    kind = content.value if "/" in content.value else default
    return Part(headers, kind, content, parse_parameters(headers.raw("content-disposition")), body, end)


def _split(data: bytes, part: Part, boundary: bytes, limit: int) -> list[tuple[int, int]]:
    """Return where the body parts lie; a missing last boundary ends with the entity."""
    delimiter = b"--" + boundary
    found: list[tuple[int, int]] = []
    opened = -1
    at = part.start
    while True:
        at = data.find(delimiter, at, part.end)
        if at < 0:
            break
        if at > part.start and data[at - 1 : at] != b"\n":
            at += len(delimiter)
            continue
        line_end = data.find(b"\n", at, part.end)
        line_end = part.end if line_end < 0 else line_end
        rest = data[at + len(delimiter) : min(line_end, at + len(delimiter) + _MAX_BOUNDARY_TAIL)].strip(b" \t\r")
        if rest not in {b"", b"--"}:
            at += len(delimiter)
            continue
        if opened >= 0:
            stop = at - 1 if data[at - 1 : at] == b"\n" else at
            stop -= data[stop - 1 : stop] == b"\r"
            found.append((opened, max(stop, opened)))
        if rest == b"--" or len(found) >= limit:
            return found
        opened = at = min(line_end + 1, part.end)
    if opened >= 0:
        found.append((opened, part.end))
    return found


def _children(data: bytes, part: Part, budget: Budget) -> list[tuple[int, int]]:
    boundary = part.content.get("boundary").rstrip().encode("utf-8", "ignore")
    limit = max(budget.parts, 0) + 1
    found = _split(data, part, boundary, limit) if boundary else []
    if found:
        return found
    budget.note(Defect.MISSING_BOUNDARY)
    match = _GUESSED_BOUNDARY.search(data, part.start, part.end)
    return _split(data, part, match.group(1), limit) if match else []


def _merge(parent: str, pieces: list[Words]) -> Words:
    """Put the texts of a multipart together: alternatives side by side, others one after the other."""
    written = [piece for piece in pieces if piece.plain.strip()]
    rich = "\n".join(piece.rich for piece in pieces if piece.rich.strip())
    if parent == "multipart/alternative" or not written:
        return Words("\n".join(piece.plain for piece in written), rich)
    return Words("\n".join(piece.plain for piece in written), rich)


def walk(data: bytes, part: Part, into: Walk, depth: int, parent: str = "") -> Words:
    """Collect attachments, reports and links below `part`; return its text."""
    budget = into.budget
    if not part.kind.startswith("multipart/"):
        return _leaf(data, part, into, depth, parent) if budget.take_part() else Words()
    if depth >= budget.limits.depth:
        budget.note(Defect.TOO_DEEP)
        return Words()
    ranges = _children(data, part, budget)
    if not ranges:
        # No boundary anywhere: what is there is read as text rather than lost.
        lone = Part(part.headers, "text/plain", part.content, part.disposition, part.start, part.end)
        return _leaf(data, lone, into, depth, parent) if budget.take_part() else Words()
    default = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
    pieces = []
    for start, end in ranges:
        if budget.parts <= 0:
            budget.note(Defect.TOO_MANY_PARTS)
            break
        child = open_part(data, start, end, budget, default)
        pieces.append(walk(data, child, into, depth + 1, part.kind))
    return _merge(part.kind, pieces)


def _leaf(data: bytes, part: Part, into: Walk, depth: int, parent: str) -> Words:
    budget = into.budget
    as_text = part.kind in _BODY_TYPES and part.disposition.value != "attachment" and part.name is None
    encoding = part.headers.raw("content-transfer-encoding")
    body, clean = undo(data[part.start : part.end], encoding, text=as_text)
    if not clean:
        budget.note(Defect.BROKEN_ENCODING)
    if as_text and sniff(body) in _HOLLOW:
        return _words(_without_uu(body, into, depth), part, into)
    if parent == "multipart/report" and (part.kind in _REPORT_PARTS or part.kind in _RFC822):
        into.reports.append((part.kind, body))
        return Words()
    content_id = part.headers.raw("content-id").strip().strip("<>") or None
    inline = part.disposition.value == "inline" or (parent == "multipart/related" and content_id is not None)
    into.attachments.append(_attachment(body, part.name, part.kind, into, depth, inline=inline, content_id=content_id))
    return Words()


def _without_uu(body: bytes, into: Walk, depth: int) -> bytes:
    """Return the text without files that old programs wrote into it (`begin 644 name`); these become attachments."""
    kept: list[bytes] = []
    at = 0
    for match in _UU_BEGIN.finditer(body):
        end = body.find(b"\nend", match.end()) if match.start() >= at else -1
        if end < 0 or not into.budget.take_part():
            continue
        kept.append(body[at : match.start()])
        name = clean_name(decode(match.group(1), "")[0])
        into.attachments.append(_attachment(from_uu(body[match.end() : end + 1]), name, "", into, depth))
        at = end + len(b"\nend")
    return b"".join([*kept, body[at:]]) if kept else body


def _words(body: bytes, part: Part, into: Walk) -> Words:
    if len(body) > into.budget.limits.text:
        into.budget.note(Defect.TOO_LARGE)
        body = body[: into.budget.limits.text]
    charset = part.content.get("charset")
    text, right = decode(body, charset)
    if charset and not right:
        into.budget.note(Defect.WRONG_CHARSET)
    text = text.removeprefix("\ufeff").replace("\x00", "")
    if part.kind != "text/html":
        return Words(plain=text)
    page = hypertext.render(text)
    into.links.extend(page.links)
    return Words(rich=page.text)


def _attachment(
    body: bytes,
    name: str | None,
    declared: str,
    into: Walk,
    depth: int,
    *,
    inline: bool = False,
    content_id: str | None = None,
) -> Attachment:
    kind = AttachmentType.EML if declared in _RFC822 else sniff(body)
    if declared in _HINT_TYPES and _HINT_TYPES[declared] is not kind:
        into.budget.note(Defect.WRONG_TYPE)
    members: tuple[Attachment, ...] | None = None
    problem: Defect | None = None
    try:
        members = _members(kind, body, into, depth)
    except ContainerError as error:
        problem = error.defect
        into.budget.note(problem)
    digest = hashlib.sha256(body).hexdigest()
    return Attachment(name, body, digest, kind, members, declared, inline, content_id, problem)


def _members(kind: AttachmentType, body: bytes, into: Walk, depth: int) -> tuple[Attachment, ...] | None:
    """Return what is inside a container, None for what is none; ContainerError if it cannot be opened."""
    if kind in _UNOPENED:
        raise ContainerError(Defect.ARCHIVE_UNSUPPORTED)
    if kind not in CONTAINERS:
        return None
    budget = into.budget
    if depth >= budget.limits.depth:
        raise ContainerError(Defect.TOO_DEEP)
    if kind is AttachmentType.EML:
        inner = Walk(budget)
        walk(body, open_part(body, 0, len(body), budget), inner, depth + 1)
        return tuple(inner.attachments)
    if kind is AttachmentType.ZIP:
        files = read_zip(body, budget.limits, budget.inflated)
    else:
        content = read_tnef(body)
        into.wrapped_text = into.wrapped_text or content.text
        files = content.files
    budget.inflated -= sum(len(file.data) for file in files)
    return tuple(_member(file, into, depth + 1) for file in files if budget.take_part())


def _member(file: Packed, into: Walk, depth: int) -> Attachment:
    return _attachment(file.data, clean_name(file.name) if file.name else None, "", into, depth)
