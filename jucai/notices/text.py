"""Cleaning of values before they reach a document or a mail, and the few ways we write dates."""

import datetime as dt
import re
import unicodedata

_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_ANY_SPACE = re.compile(r"\s+")
_VARIATION_SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
# Cc control, Cf format (zero width, bidi, tags), Cs lone surrogates: none of them is writing. What Python
# does not know (Cn) stays: it may be a new character of a name, and the glyph check speaks up for it.
_NOT_WRITING = frozenset({"Cc", "Cf", "Cs"})
_INVISIBLE_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def _writing(text: str) -> str:
    kept = (
        ch
        for ch in text
        if ch == "\n"
        or (
            unicodedata.category(ch) not in _NOT_WRITING
            and ch not in _VARIATION_SELECTORS
            and ch not in _INVISIBLE_LETTERS
        )
    )
    return "".join(kept)


def clean_block(text: str) -> str:
    """The text with line breaks kept and everything that is not writing taken out.

    Control characters, zero-width and bidi controls, variation selectors and invisible fillers vanish: they
    could hide or reorder words in an official document.
    """
    plain = _writing(_LINE_BREAKS.sub("\n", text).replace("\t", " "))
    lines = (_SPACES.sub(" ", line).strip() for line in plain.split("\n"))
    return "\n".join(lines).strip("\n")


def clean_line(text: str) -> str:
    """`clean_block` on a single line: a value can never begin a line of its own."""
    return _ANY_SPACE.sub(" ", _writing(_LINE_BREAKS.sub("\n", text).replace("\t", " "))).strip()


def long_date(day: dt.date) -> str:
    """`2026年1月5日`: Arabic digits, full year, no leading zeros (GB/T 9704-2012 §7.3.5)."""
    return f"{day.year}年{day.month}月{day.day}日"


def long_moment(moment: dt.datetime) -> str:
    """`2026年1月5日 09:30`, in the zone the moment carries."""
    return f"{long_date(moment)} {moment:%H:%M}"


def display_width(text: str) -> int:
    """Columns in a fixed-width view: two for a wide character, one for any other."""
    return sum(2 if unicodedata.east_asian_width(ch) in "WFA" else 1 for ch in text)
