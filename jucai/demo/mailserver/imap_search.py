"""SEARCH: the keys of RFC 3501 §6.4.4 as questions to one letter."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property

from jucai.demo.mailserver.imap_wire import MONTHS, Arguments, CommandInvalidError, canonical_flag
from jucai.demo.mailserver.letter import header_block, header_text, open_letter
from jucai.demo.mailserver.mime import parse_fields
from jucai.demo.mailserver.store import Entry
from jucai.demo.mailserver.words import decode_header

CHARSETS = frozenset({"US-ASCII", "ASCII", "UTF-8", "UTF8", "GBK", "GB2312", "GB18030"})
MAX_NESTING = 20
CHARSET = re.compile(rb"CHARSET ", re.IGNORECASE)
NUMBERED = re.compile(rb"[\d*]")
FLAG_KEYS = ("ANSWERED", "DELETED", "DRAFT", "FLAGGED", "SEEN")
HEADER_KEYS = ("BCC", "CC", "FROM", "SUBJECT", "TO")


class CharsetUnknownError(CommandInvalidError):
    """The charset of a search is not one we read; the session answers NO [BADCHARSET]."""


@dataclass(slots=False)
class Candidate:
    """A letter that is asked; its bytes are read from the store only when a key needs them."""

    number: int
    entry: Entry
    load: Callable[[int], bytes | None] = field(repr=False)

    @cached_property
    def raw(self) -> bytes:
        """The whole letter; empty when it has just been expunged."""
        return self.load(self.entry.id) or b""

    @cached_property
    def header(self) -> bytes:
        """The letter's header."""
        return header_block(self.raw)

    def text(self) -> str:
        """What the letter says, decoded."""
        letter = open_letter(self.raw)
        return f"{letter.text or ''}\n{letter.html or ''}"

    def sent(self) -> date | None:
        """The day the letter claims in its Date field, without regard to its time zone."""
        try:
            return parsedate_to_datetime("".join(header_text(self.header, "date")[:1])).date()
        except (ValueError, OverflowError, TypeError, IndexError):
            return None


Key = Callable[[Candidate], bool]


def parse_search(arguments: Arguments, numbers: Sequence[int], uids: Sequence[int]) -> Key:
    """The question a SEARCH command asks; raises CommandInvalidError, CharsetUnknownError."""
    parser = _Parser(arguments, numbers, uids)
    arguments.space()
    if arguments.take(CHARSET):
        if arguments.astring().decode("ascii", "replace").upper() not in CHARSETS:
            raise CharsetUnknownError("the charset is not known")
        arguments.space()
    key = parser.all_of(0)
    arguments.end()
    return key


class _Parser:
    def __init__(self, arguments: Arguments, numbers: Sequence[int], uids: Sequence[int]) -> None:
        self._arguments = arguments
        self._numbers = numbers
        self._uids = uids

    def all_of(self, depth: int) -> Key:
        keys = [self._key(depth)]
        while self._arguments.skip(b" "):
            keys.append(self._key(depth))
        return lambda letter: all(key(letter) for key in keys)

    def _key(self, depth: int) -> Key:
        if depth > MAX_NESTING:
            raise CommandInvalidError("nested too deeply")
        arguments = self._arguments
        if arguments.skip(b"("):
            inner = self.all_of(depth + 1)
            if not arguments.skip(b")"):
                raise CommandInvalidError("a parenthesis is missing")
            return inner
        if arguments.looking_at(NUMBERED):
            return self._numbered()
        name = arguments.atom()
        if name in {"NOT", "OR"}:
            return self._logical(name, depth)
        return self._flag_key(name) or self._text_key(name) or self._measure_key(name)

    def _numbered(self) -> Key:
        chosen = set(self._arguments.sequence_set().select(self._numbers))
        return lambda letter: letter.number in chosen

    def _logical(self, name: str, depth: int) -> Key:
        self._arguments.space()
        first = self._key(depth + 1)
        if name == "NOT":
            return lambda letter: not first(letter)
        self._arguments.space()
        second = self._key(depth + 1)
        return lambda letter: first(letter) or second(letter)

    def _flag_key(self, name: str) -> Key | None:
        if name in {"ALL", "OLD"}:  # nothing is \Recent here, so all is old
            return lambda _letter: True
        if name in {"NEW", "RECENT"}:
            return lambda _letter: False
        if name in {"KEYWORD", "UNKEYWORD"}:
            self._arguments.space()
            wanted = canonical_flag(self._arguments.astring().decode("ascii", "replace"))
        elif name.removeprefix("UN") in FLAG_KEYS:
            wanted = canonical_flag("\\" + name.removeprefix("UN"))
        else:
            return None
        present = not name.startswith("UN")
        return lambda letter: (wanted in letter.entry.flags) is present

    def _text_key(self, name: str) -> Key | None:
        if name not in {*HEADER_KEYS, "HEADER", "BODY", "TEXT"}:
            return None
        self._arguments.space()
        header = name.lower()
        if name == "HEADER":
            header = self._arguments.text().lower()
            self._arguments.space()
        wanted = self._arguments.text().casefold()
        if name == "BODY":
            return lambda letter: wanted in letter.text().casefold()
        if name == "TEXT":
            return lambda letter: wanted in (_whole_header(letter) + letter.text()).casefold()
        return lambda letter: any(wanted in value.casefold() for value in header_text(letter.header, header))

    def _measure_key(self, name: str) -> Key:
        self._arguments.space()
        if name == "UID":
            chosen = set(self._arguments.sequence_set().select(self._uids))
            return lambda letter: letter.entry.uid in chosen
        if name in {"LARGER", "SMALLER"}:
            size = self._arguments.number()
            return lambda letter: letter.entry.size > size if name == "LARGER" else letter.entry.size < size
        if name not in {"BEFORE", "ON", "SINCE", "SENTBEFORE", "SENTON", "SENTSINCE"}:
            raise CommandInvalidError(f"search key {name} is not known")
        day = _day(self._arguments.astring().decode("ascii", "replace"))
        compare = _COMPARE[name.removeprefix("SENT")]

        def by_day(letter: Candidate) -> bool:
            found = letter.sent() if name.startswith("SENT") else letter.entry.received_at.date()
            return found is not None and compare(found, day)

        return by_day


_COMPARE: dict[str, Callable[[date, date], bool]] = {
    "BEFORE": lambda found, day: found < day,
    "ON": lambda found, day: found == day,
    "SINCE": lambda found, day: found >= day,
}


def _whole_header(letter: Candidate) -> str:
    return "".join(f"{field.name}: {decode_header(field.value)}\n" for field in parse_fields(letter.header))


def _day(text: str) -> date:
    day, _, rest = text.partition("-")
    month, _, year = rest.partition("-")
    try:
        return datetime(int(year), MONTHS.index(month.capitalize()) + 1, int(day)).date()  # noqa: DTZ001  # a day has no zone
    except ValueError as error:
        raise CommandInvalidError("the date is not one") from error
