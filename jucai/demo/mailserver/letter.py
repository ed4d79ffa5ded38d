"""A letter as the page shows it: who, what, the texts, the attachments."""

import base64
import re
from dataclasses import dataclass

from jucai.demo.mailserver.mime import Part, parse, parse_fields, split_header
from jucai.demo.mailserver.words import decode_header, decode_text, file_name

EXCERPT = 2_000
SHOWN_TEXT = 400_000
SHOWN_PICTURE = 2_000_000
CONTENT_ID = re.compile(r"""cid:([^"'\s)>]{1,200})""", re.IGNORECASE)
SHOWN_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
UNSEEN_TAG = re.compile(r"(script|style|head)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Summary:
    """A letter at a glance. `attachments` counts files; `excerpt` is what the search box looks through."""

    subject: str
    sender: str
    recipients: str
    message_id: str
    attachments: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a letter: its place in it (from 0), its name and declared type, its decoded bytes."""

    index: int
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter opened. `html` has its `cid:` pictures put in as data; it is still a stranger's markup."""

    subject: str
    sender: str
    recipients: str
    copies: str
    date: str
    trace: tuple[tuple[str, str], ...]
    text: str | None
    html: str | None
    attachments: tuple[Attachment, ...]


def open_letter(raw: bytes) -> Letter:
    """Reads a letter for the page; any bytes make some letter."""
    tree = parse(raw)
    text, html, files, pictures = _sort(tree)
    shown = {
        "return-path",
        "received",
        "authentication-results",
        "message-id",
        "in-reply-to",
        "auto-submitted",
    }
    return Letter(
        subject=decode_header(tree.field("subject")),
        sender=decode_header(tree.field("from")),
        recipients=decode_header(tree.field("to")),
        copies=decode_header(tree.field("cc")),
        date=decode_header(tree.field("date")),
        trace=tuple((field.name, decode_header(field.value)) for field in tree.fields if field.name in shown),
        text=None if text is None else _text(text),
        html=None if html is None else _with_pictures(_text(html), pictures),
        attachments=tuple(_attachment(index, part) for index, part in enumerate(files)),
    )


def summarise(raw: bytes) -> Summary:
    """The line of a letter in a list; any bytes make some line."""
    tree = parse(raw)
    text, html, files, _ = _sort(tree)
    seen = _text(text) if text is not None else _without_tags(_text(html)) if html is not None else ""
    names = " ".join(file_name(part) or "" for part in files[:50])
    return Summary(
        subject=decode_header(tree.field("subject")),
        sender=decode_header(tree.field("from")),
        recipients=decode_header(tree.field("to")),
        message_id=decode_header(tree.field("message-id")),
        attachments=len(files),
        excerpt=" ".join((seen[: EXCERPT * 4] + " " + names).split())[:EXCERPT],
    )


def header_block(raw: bytes) -> bytes:
    """The header of a letter with its closing blank line."""
    return raw[: split_header(raw)]


def header_text(header: bytes, name: str) -> list[str]:
    """The decoded values of all fields of that name (in lower case)."""
    return [decode_header(field.value) for field in parse_fields(header) if field.name == name]


def _sort(tree: Part) -> tuple[Part | None, Part | None, list[Part], dict[str, Part]]:
    """The first text, the first HTML, the files, and the pictures that HTML may name."""
    texts: dict[str, Part] = {}
    files: list[Part] = []
    pictures: dict[str, Part] = {}
    waiting = [tree]
    while waiting:
        part = waiting.pop(0)
        given = part.disposition().kind == "attachment" or file_name(part) is not None
        if part.type.kind == "multipart" and part.children:
            waiting[:0] = part.children
        elif not given and part.type.name in {"text/plain", "text/html"} and part.type.name not in texts:
            texts[part.type.name] = part
        elif part.children or part.content.strip():
            # A forwarded letter is one file; what is inside it belongs to that letter.
            files.append(part)
            identity = decode_header(part.field("content-id")).strip("<> ")
            if identity and part.type.name in SHOWN_PICTURES:
                pictures[identity] = part
    return texts.get("text/plain"), texts.get("text/html"), files, pictures


def _text(part: Part) -> str:
    charset = (part.type.parameter("charset") or b"").decode("ascii", "replace")
    return decode_text(part.decoded(), charset)[:SHOWN_TEXT]


def _without_tags(html: str) -> str:
    """The words of some HTML, for searching only; each character is looked at once or twice."""
    pieces, position = [], 0
    while (start := html.find("<", position)) >= 0:
        pieces.append(html[position:start])
        hidden = UNSEEN_TAG.match(html, start + 1)
        closing = html.find(f"</{hidden[1]}", start) if hidden else start
        end = html.find(">", closing) if closing >= 0 else -1
        if end < 0:
            return " ".join(pieces)
        position = end + 1
    return " ".join([*pieces, html[position:]])


def _attachment(index: int, part: Part) -> Attachment:
    ending = {"message/rfc822": ".eml", "application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}
    name = file_name(part) or f"附件{index + 1}{ending.get(part.type.name, '')}"
    return Attachment(index, name, part.type.name, part.decoded())


def _with_pictures(html: str, pictures: dict[str, Part]) -> str:
    def as_data(match: re.Match[str]) -> str:
        part = pictures.get(match[1])
        if part is None or len(part.content) > SHOWN_PICTURE:
            return match[0]
        return f"data:{part.type.name};base64,{base64.b64encode(part.decoded()).decode('ascii')}"

    return CONTENT_ID.sub(as_data, html)
