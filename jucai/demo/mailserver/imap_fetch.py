"""FETCH: which items are asked for, and how each is answered."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from jucai.demo.mailserver.imap_structure import Section, envelope, section_bytes, structure
from jucai.demo.mailserver.imap_wire import Arguments, CommandInvalidError, internal_date, literal
from jucai.demo.mailserver.mime import Part, parse
from jucai.demo.mailserver.store import Entry

ITEM = re.compile(rb"[A-Za-z0-9.]+")
SECTION = re.compile(rb"((?:[1-9]\d{0,4}(?:\.|(?=\])))*)([A-Za-z.]*)")
PARTIAL = re.compile(rb"<(\d{1,18})\.([1-9]\d{0,17})>")
PIECES = frozenset({"", "HEADER", "HEADER.FIELDS", "HEADER.FIELDS.NOT", "TEXT", "MIME"})
MACROS = {
    "FAST": ("FLAGS", "INTERNALDATE", "RFC822.SIZE"),
    "ALL": ("FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE"),
    "FULL": ("FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY"),
}
LIGHT = frozenset({"FLAGS", "INTERNALDATE", "RFC822.SIZE", "UID"})
WHOLE = {"RFC822": "", "RFC822.HEADER": "HEADER", "RFC822.TEXT": "TEXT"}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a FETCH asks for. `marks_seen`: reading it sets the Seen flag."""

    name: str
    section: Section | None = None
    partial: tuple[int, int] | None = None
    marks_seen: bool = False


def parse_items(arguments: Arguments) -> list[Item]:
    """The items of a FETCH command; raises CommandInvalidError."""
    if not arguments.skip(b"("):
        item = _item(arguments)
        macro = MACROS.get(item.name)
        return [Item(name) for name in macro] if macro else [item]
    items = [_item(arguments)]
    while arguments.skip(b" "):
        items.append(_item(arguments))
    if not arguments.skip(b")"):
        raise CommandInvalidError("a parenthesis is missing")
    return items


def needs_letter(items: list[Item]) -> bool:
    """Whether any item can be answered only by opening the letter."""
    return any(item.name not in LIGHT for item in items)


def answer(items: list[Item], entry: Entry, raw: bytes) -> bytes:
    """What stands in the parentheses of a FETCH response; `raw` may be empty unless `needs_letter`."""
    tree: Part | None = None

    def letter() -> Part:
        nonlocal tree
        tree = tree or parse(raw)
        return tree

    return b" ".join(_spelled(item, entry, raw, letter) for item in items)


def flag_list(flags: frozenset[str]) -> bytes:
    """Flags in parentheses."""
    return b"(" + " ".join(sorted(flags)).encode("ascii") + b")"


def _spelled(item: Item, entry: Entry, raw: bytes, letter: Callable[[], Part]) -> bytes:
    name = item.name.encode("ascii")
    if item.section is not None:
        whole = item.section == Section((), "")  # the common case needs no parsing
        content = raw if whole else section_bytes(letter(), item.section)
        if item.name.startswith("BODY"):
            name = b"BODY[" + item.section.spelled() + b"]"
        if item.partial is not None:
            start, count = item.partial
            name += b"<%d>" % start
            content = content[start : start + count]
        return name + b" " + literal(content)
    return name + b" " + _value(item.name, entry, letter)


def _value(name: str, entry: Entry, letter: Callable[[], Part]) -> bytes:
    match name:
        case "FLAGS":
            return flag_list(entry.flags)
        case "INTERNALDATE":
            return internal_date(entry.received_at)
        case "RFC822.SIZE":
            return b"%d" % entry.size
        case "UID":
            return b"%d" % entry.uid
        case "ENVELOPE":
            return envelope(letter())
        case _:
            return structure(letter(), extended=name == "BODYSTRUCTURE")


def _item(arguments: Arguments) -> Item:
    match = arguments.take(ITEM)
    name = match[0].decode("ascii").upper() if match else ""
    if name in WHOLE:
        return Item(name, Section((), WHOLE[name]), marks_seen=name != "RFC822.HEADER")
    if name in {"BODY", "BODY.PEEK"} and arguments.skip(b"["):
        section = _section(arguments)
        window = arguments.take(PARTIAL)
        partial = (int(window[1]), int(window[2])) if window else None
        return Item(name, section, partial, marks_seen=name == "BODY")
    if name not in LIGHT | {"ENVELOPE", "BODY", "BODYSTRUCTURE"} and name not in MACROS:
        raise CommandInvalidError(f"fetch item {name} is not known")
    return Item(name)


def _section(arguments: Arguments) -> Section:
    match = arguments.take(SECTION)
    assert match is not None  # the pattern matches the empty text
    path = tuple(int(number) for number in match[1].decode("ascii").split(".") if number)
    piece = match[2].decode("ascii").upper()
    if piece not in PIECES or (piece == "MIME" and not path) or (not piece and match[1].endswith(b".")):
        raise CommandInvalidError(f"section {piece} is not known")
    names: list[bytes] = []
    if piece.startswith("HEADER.FIELDS"):
        arguments.space()
        if not arguments.skip(b"("):
            raise CommandInvalidError("a list of fields is missing")
        names.append(arguments.astring())
        while arguments.skip(b" "):
            names.append(arguments.astring())
        if not arguments.skip(b")"):
            raise CommandInvalidError("a parenthesis is missing")
    if not arguments.skip(b"]"):
        raise CommandInvalidError("a bracket is missing")
    return Section(path, piece, tuple(names))
