"""ENVELOPE and BODYSTRUCTURE (RFC 3501 §7.4.2), and the sections a FETCH may ask for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jucai.demo.mailserver.imap_wire import ATOM, quoted
from jucai.demo.mailserver.mime import LINE_END, ContentType, Part

NIL = b"NIL"
MAX_ADDRESSES = 16_000
ADDRESS_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)|<[^<>]*>|[,;]|[^,;"(<]+|.', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """What stands between the brackets of BODY[...]: part numbers, and which piece of that part."""

    path: tuple[int, ...]
    piece: str
    names: tuple[bytes, ...] = ()

    def spelled(self) -> bytes:
        """The section as the response repeats it."""
        text = ".".join([*map(str, self.path), *([self.piece] if self.piece else [])]).encode("ascii")
        names = [name if ATOM.fullmatch(name) else quoted(name) for name in self.names]
        return text + (b" (" + b" ".join(names) + b")" if names else b"")


def section_bytes(tree: Part, section: Section) -> bytes:
    """The bytes of a section; empty where the letter has no such part, as Dovecot answers too."""
    if not section.path:
        return {"": tree.raw, "TEXT": tree.content}.get(section.piece) or _header(tree, section)
    part = _numbered(tree, section.path)
    if part is None:
        return b""
    if section.piece == "":
        return part.content
    if section.piece == "MIME":
        return part.header
    if part.type.name != "message/rfc822" or not part.children:
        return b""
    inner = part.children[0]
    return inner.content if section.piece == "TEXT" else _header(inner, section)


def envelope(part: Part) -> bytes:
    """The ENVELOPE of a letter."""
    sender = _addresses(part, "from")
    fields = [_string(part.field("date")), _string(part.field("subject")), sender]
    fields += [_addresses(part, name) if part.field(name) else sender for name in ("sender", "reply-to")]
    fields += [_addresses(part, name) for name in ("to", "cc", "bcc")]
    fields += [_string(part.field(name)) for name in ("in-reply-to", "message-id")]
    return b"(" + b" ".join(fields) + b")"


def structure(part: Part, *, extended: bool) -> bytes:
    """BODYSTRUCTURE (`extended`) or BODY of a part."""
    if part.type.kind == "multipart" and part.children:
        inner = b"".join(structure(child, extended=extended) for child in part.children)
        pieces = [inner, quoted(part.type.subtype.encode())]
        if extended:
            pieces += [_parameters(part.type), *_extension(part)]
        return b"(" + b" ".join(pieces) + b")"
    kind, subtype = part.type.kind, part.type.subtype
    if kind == "multipart":
        kind, subtype = "text", "plain"  # a multipart without a part can only be read as text
    encoding = (part.field("content-transfer-encoding") or b"7bit").split(b";")[0].strip()
    pieces = [quoted(kind.encode()), quoted(subtype.encode()), _parameters(part.type)]
    pieces += [_string(part.field(name)) for name in ("content-id", "content-description")]
    pieces += [quoted(encoding), b"%d" % len(part.content)]
    lines = b"%d" % sum(1 for _ in LINE_END.finditer(part.content))
    if part.children:
        inner_part = part.children[0]
        pieces += [envelope(inner_part), structure(inner_part, extended=extended), lines]
    elif kind == "text":
        pieces.append(lines)
    if extended:
        pieces += [_string(part.field("content-md5")), *_extension(part)]
    return b"(" + b" ".join(pieces) + b")"


def _numbered(tree: Part, path: tuple[int, ...]) -> Part | None:
    """The part with these numbers: a multipart counts its parts, any other message has one (RFC 3501 §6.4.5)."""
    part, is_message = tree, True
    for number in path:
        if part.type.kind == "multipart" and part.children:
            if not 0 < number <= len(part.children):
                return None
            part, is_message = part.children[number - 1], False
        elif is_message and number == 1:
            is_message = False
        elif part.type.name == "message/rfc822" and part.children:
            inner = _numbered(part.children[0], (number,))
            if inner is None:
                return None
            part, is_message = inner, False
        else:
            return None
    return part


def _header(part: Part, section: Section) -> bytes:
    if section.piece == "HEADER":
        return part.header
    wanted = {name.lower() for name in section.names}
    keep = section.piece == "HEADER.FIELDS"
    kept = []
    for line in re.split(rb"(?<=\n)(?![ \t])", part.header):
        name = line.partition(b":")[0].strip().lower()
        if line.strip() and (name in wanted) is keep:
            kept.append(line)
    return b"".join(kept) + b"\r\n"


def _string(value: bytes | None) -> bytes:
    return NIL if value is None else quoted(value)


def _parameters(media: ContentType) -> bytes:
    pairs = [quoted(name.encode()) + b" " + quoted(value) for name, value in media.parameters]
    if media.kind == "text" and not pairs:
        pairs = [b'"charset" "us-ascii"']  # RFC 2046 §4.1.2
    return b"(" + b" ".join(pairs) + b")" if pairs else NIL


def _extension(part: Part) -> Iterable[bytes]:
    disposition = part.disposition()
    shown = NIL
    if disposition.kind:
        shown = b"(" + quoted(disposition.kind.encode()) + b" " + _parameters(disposition) + b")"
    languages = [quoted(tag.strip()) for tag in (part.field("content-language") or b"").split(b",") if tag.strip()]
    spoken = b"(" + b" ".join(languages) + b")" if languages else NIL
    return shown, spoken, _string(part.field("content-location"))


def _addresses(part: Part, name: str) -> bytes:
    found: list[bytes] = []
    words, angle = b"", None
    tokens = [match[0] for match in ADDRESS_TOKEN.finditer((part.field(name) or b"")[:MAX_ADDRESSES])]
    for token in [*tokens, b","]:
        if token in {b",", b";"}:
            address = angle if angle is not None else words.strip()
            local, at, host = address.rpartition(b"@")
            if address:
                shown = _string(words.strip() or None) if angle is not None else NIL
                mailbox = quoted(local if at else host)
                found.append(b"(" + b" ".join([shown, NIL, mailbox, quoted(host if at else b"")]) + b")")
            words, angle = b"", None
        elif token.startswith(b"<") and token.endswith(b">") and len(token) > 1:
            angle = token[1:-1].strip()
        elif token.startswith(b'"') and token.endswith(b'"') and len(token) > 1:
            words += re.sub(rb"\\(.)", rb"\1", token[1:-1])
        elif not token.startswith(b"("):
            words += token
    return b"(" + b"".join(found) + b")" if found else NIL
