"""IMAP's own spelling: commands with literals, sequence sets, quoted strings, modified UTF-7 (RFC 3501)."""

import asyncio
import base64
import binascii
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

LITERAL = re.compile(rb"\{(\d{1,12})(\+?)\}\r?\n\Z")
ATOM = re.compile(rb'[^\x00-\x20\x7f-\xff(){%*"\\\]]+')
# LIST's wildcards and flags' backslashes are taken where they belong.
ASTRING_ATOM = re.compile(rb'[^\x00-\x20\x7f(){%*"\\]+')
LIST_ATOM = re.compile(rb'[^\x00-\x20\x7f(){"\\]+')
FLAG = re.compile(rb'\\?[^\x00-\x20\x7f-\xff(){%*"\\\]]+')
SEQUENCE_SET = re.compile(rb"(?:\d+|\*)(?::(?:\d+|\*))?(?:,(?:\d+|\*)(?::(?:\d+|\*))?)*")
QUOTED = re.compile(rb'"((?:[^"\\\r\n]|\\["\\])*)"')
LINE_LIMIT = 64 * 1024
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class CommandInvalidError(ValueError):
    """A command that is not spelled as RFC 3501 says; the session answers BAD."""


class CommandTooLongError(CommandInvalidError):
    """More was announced than may be sent; the session cannot go on."""


@dataclass(frozen=True, slots=True)
class SequenceSet:
    """Numbers or UIDs as the client named them; None stands for `*`."""

    ranges: tuple[tuple[int | None, int | None], ...]

    def select(self, present: Sequence[int]) -> list[int]:
        """The members of `present` (ascending) that are meant.

        `*` is the highest one present, and a range may be written backwards: `n:*` therefore always
        means at least the last, also when n is past the end (RFC 3501 §9, seq-range).
        """
        if not present:
            return []
        top, chosen = present[-1], set[int]()
        for first, last in self.ranges:
            low, high = sorted((top if first is None else first, top if last is None else last))
            chosen.update(present[bisect_left(present, low) : bisect_right(present, high)])
        return sorted(chosen)


class CommandReader:
    """Reads one command with its literals; asks for the synchronising ones to be sent."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def line(self) -> bytes:
        """One line with its end; empty when the peer has gone. Raises CommandTooLongError."""
        try:
            return await self._reader.readuntil(b"\n")
        except asyncio.IncompleteReadError:
            return b""
        except asyncio.LimitOverrunError as error:
            raise CommandTooLongError("line too long") from error

    async def command(self, literal_limit: int) -> bytes:
        """One command, its literals in place; empty when the peer has gone. Raises CommandTooLongError."""
        parts = [await self.line()]
        total = 0
        while match := LITERAL.search(parts[-1]):
            size = int(match[1])
            total += size
            if total > literal_limit or len(parts) > LINE_LIMIT:
                raise CommandTooLongError("literal too long")
            if not match[2]:
                self._writer.write(b"+ Ready\r\n")
                await self._writer.drain()
            try:
                parts.append(await self._reader.readexactly(size))
            except asyncio.IncompleteReadError:
                return b""
            parts.append(await self.line())
        return b"".join(parts) if parts[-1] else b""


class Arguments:
    """A cursor over one command; each method takes one piece or raises CommandInvalidError."""

    def __init__(self, command: bytes) -> None:
        self._text = command
        self._at = 0

    def take(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """What the pattern finds here, if anything."""
        match = pattern.match(self._text, self._at)
        if match:
            self._at = match.end()
        return match

    def looking_at(self, pattern: re.Pattern[bytes]) -> bool:
        """Whether the pattern matches here; nothing is taken."""
        return pattern.match(self._text, self._at) is not None

    def skip(self, exact: bytes) -> bool:
        """Whether exactly this stood here; it is passed over."""
        found = self._text.startswith(exact, self._at)
        self._at += len(exact) if found else 0
        return found

    def space(self) -> None:
        """One blank, which must be here."""
        if not self.skip(b" "):
            raise CommandInvalidError("a blank is missing")

    def end(self) -> None:
        """The end of the command, which must be here."""
        if self._text[self._at :].rstrip(b"\r\n"):
            raise CommandInvalidError("unexpected text after the command")

    def at_end(self) -> bool:
        """Whether nothing is left."""
        return self._at >= len(self._text.rstrip(b"\r\n"))

    def atom(self) -> str:
        """An atom in upper case."""
        match = self.take(ATOM)
        if match is None:
            raise CommandInvalidError("an atom is missing")
        return match[0].decode("ascii").upper()

    def number(self) -> int:
        """An unsigned number."""
        match = self.take(re.compile(rb"\d{1,19}"))
        if match is None:
            raise CommandInvalidError("a number is missing")
        return int(match[0])

    def astring(self, bare: re.Pattern[bytes] = ASTRING_ATOM) -> bytes:
        """A string: quoted, literal, or bare."""
        match = self.take(QUOTED)
        if match:
            return re.sub(rb"\\(.)", rb"\1", match[1])
        match = self.take(re.compile(rb"\{(\d{1,12})\+?\}\r?\n"))
        if match:
            start, self._at = self._at, self._at + int(match[1])
            return self._text[start : self._at]
        match = self.take(bare)
        if match is None:
            raise CommandInvalidError("a string is missing")
        return match[0]

    def text(self) -> str:
        """A string as text; bytes that are no UTF-8 are read as GB18030 mailers wrote them."""
        value = self.astring()
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value.decode("gb18030", "replace")

    def mailbox(self, bare: re.Pattern[bytes] = ASTRING_ATOM) -> str:
        """A folder's name out of modified UTF-7."""
        return decode_utf7(self.astring(bare))

    def sequence_set(self) -> SequenceSet:
        """Numbers such as 1:3,7,9:*."""
        match = self.take(SEQUENCE_SET)
        if match is None:
            raise CommandInvalidError("a sequence set is missing")
        ranges = []
        for piece in match[0].decode("ascii").split(","):
            first, colon, last = piece.partition(":")
            ends = [None if end == "*" else int(end[:19]) for end in (first, last if colon else first)]
            ranges.append((ends[0], ends[1]))
        return SequenceSet(tuple(ranges))

    def flags(self) -> frozenset[str]:
        """Flags and keywords, in parentheses or bare."""
        bracket, flags = self.skip(b"("), set()
        while match := self.take(FLAG):
            flags.add(canonical_flag(match[0].decode("ascii")))
            if not self.skip(b" "):
                break
        if bracket and not self.skip(b")"):
            raise CommandInvalidError("flags: a parenthesis is missing")
        return frozenset(flags)


def canonical_flag(flag: str) -> str:
    r"""System flags in their usual spelling (\seen is \Seen); keywords stay."""
    return "\\" + flag[1:].capitalize() if flag.startswith("\\") else flag


def encode_utf7(name: str) -> bytes:
    """A folder's name in modified UTF-7 (RFC 3501 §5.1.3)."""
    pieces = []
    for piece in re.findall(r"[\x20-\x25\x27-\x7e]+|&|[^\x20-\x7e]+", name):
        if piece == "&":
            pieces.append(b"&-")
        elif piece.isascii() and piece.isprintable():
            pieces.append(piece.encode("ascii"))
        else:
            coded = base64.b64encode(piece.encode("utf-16-be", "surrogatepass"))
            pieces.append(b"&" + coded.rstrip(b"=").replace(b"/", b",") + b"-")
    return b"".join(pieces)


def decode_utf7(name: bytes) -> str:
    """A folder's name out of modified UTF-7; raises CommandInvalidError."""

    def piece(match: re.Match[bytes]) -> bytes:
        if not match[1]:
            return b"&"
        coded = match[1].replace(b",", b"/")
        return base64.b64decode(coded + b"=" * (-len(coded) % 4)).decode("utf-16-be").encode("utf-8")

    try:
        return re.sub(rb"&([A-Za-z0-9+,]*)-", piece, name).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise CommandInvalidError("the folder's name is not modified UTF-7") from error


def quoted(value: bytes) -> bytes:
    """A string for the client: quoted where that is allowed, else as a literal."""
    if len(value) < LINE_LIMIT // 64 and re.fullmatch(rb"[\x20-\x7e]*", value):
        return b'"' + value.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
    return literal(value)


def literal(value: bytes) -> bytes:
    """A literal for the client."""
    return b"{%d}\r\n" % len(value) + value


def internal_date(moment: datetime) -> bytes:
    """INTERNALDATE's spelling, with English months whatever the locale."""
    return f'"{moment.day:2d}-{MONTHS[moment.month - 1]}-{moment:%Y %H:%M:%S %z}"'.encode("ascii")


def parse_internal_date(text: str) -> datetime:
    """An aware moment out of APPEND's date; raises CommandInvalidError."""
    match = re.fullmatch(r"\s?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d:\d\d:\d\d) ([+-]\d{4})", text)
    if match is None or match[2].capitalize() not in MONTHS:
        raise CommandInvalidError("the date is not one")
    month = MONTHS.index(match[2].capitalize()) + 1
    try:
        return datetime.strptime(f"{match[3]}-{month}-{match[1]} {match[4]} {match[5]}", "%Y-%m-%d %H:%M:%S %z")
    except ValueError as error:
        raise CommandInvalidError("the date is not one") from error


def compact(numbers: Sequence[int]) -> bytes:
    """Ascending numbers as a sequence set, neighbours drawn together."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ",".join(str(a) if a == b else f"{a}:{b}" for a, b in ranges).encode("ascii")
