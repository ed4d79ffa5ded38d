"""Paragraphs of running text on a page, put together across line ends, with the blanks that were filled in."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from jucai.reading.cells import Line, to_line
from jucai.reading.labelled import split_labels
from jucai.reading.page import Page, Rule, Token
from jucai.reading.sheets import PageSheets
from jucai.reading.text import fold
from jucai.reading.ticks import has_marks
from jucai.reading.vocabulary import vocabulary
from models.fields import FIELDS, FieldType

OPEN, SHUT = "⟦", "⟧"
"""Around a blank that was filled in."""
_LONG = 16
_CLOSE = 1.9
_BENEATH = (0.72, 1.35)
_LONGEST = 0.97
_WORD = re.compile(r"[0-9A-Za-z@._-]{4,}")
_MARKS = re.compile(r"[,;。(]")
_DATE = re.compile(
    rf"(?:{OPEN}?[\d〇零○一二三四五六七八九]{{4}}{SHUT}?年{OPEN}?[\d一二三四五六七八九十]{{1,3}}{SHUT}?月"
    rf"(?:{OPEN}?[\d一二三四五六七八九十]{{1,3}}{SHUT}?日)?)"
)


@dataclass(frozen=True, slots=True)
class Char:
    """One folded character, as it was printed, and where."""

    folded: str
    printed: str
    token: Token | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: `text` folded and without white space, filled-in blanks between ⟦ and ⟧, and its lines."""

    text: str
    chars: tuple[Char, ...]
    lines: tuple[Line, ...]

    def line(self, start: int, end: int) -> Line:
        """Return what stands from `start` to `end` of the text as one line, as it was printed."""
        chars = [char for char in self.chars[start:end] if char.token is not None]
        tokens = list(dict.fromkeys(char.token for char in chars if char.token is not None))
        whole = to_line(tokens)
        printed = "".join(char.printed for char in chars)
        return Line(printed, whole.x0, whole.top, whole.x1, whole.bottom, tuple(tokens))


def passages(page: PageSheets) -> Iterator[Passage]:
    """Yield the paragraphs of running text of a page that no label announces."""
    right = max((line.x1 for line in page.lines), default=0.0)
    rules = sorted(page.page.horizontal, key=lambda rule: rule.at)
    gathered: list[Line] = []
    announced = False
    for line in page.lines:
        if gathered and _goes_on(gathered[-1], line, right):
            gathered.append(line)
            continue
        if gathered:
            yield _passage(gathered, page.page, rules)
            gathered = []
        announced = _announces(line) or (announced and _is_prose(line) and not _indented(line, page))
        if _is_prose(line) and not announced:
            gathered = [line]
    if gathered:
        yield _passage(gathered, page.page, rules)


def _is_prose(line: Line) -> bool:
    plain = fold(line.text)
    return len(plain) >= _LONG and bool(_MARKS.search(plain)) and not _stands_alone(line)


def _stands_alone(line: Line) -> bool:
    """Whether a line is a label and its value or a choice, not a sentence in which colons occur."""
    if has_marks(line.text):
        return True
    parts = split_labels(line.text, None, "")
    return bool(parts) and len(fold(parts[0][1])) < _LONG and not _MARKS.search(fold(parts[0][1]))


def _announces(line: Line) -> bool:
    """Whether a line heads long text of its own: an opinion, an account of work."""
    head = fold(line.text).partition(":")[0]
    keys = vocabulary().lookup(head, form=None, section="", after=None) if len(head) <= _LONG else None
    return bool(keys) and any(FIELDS[key].type is FieldType.LONGTEXT or key.endswith("_opinion") for key in keys or ())


def _indented(line: Line, page: PageSheets) -> bool:
    left = min(other.x0 for other in page.lines)
    return line.x0 > left + (line.bottom - line.top)


def _goes_on(before: Line, line: Line, right: float) -> bool:
    """Whether a line goes on with the sentence of the full line before it; a number that did not fit counts as room."""
    high = max(before.bottom - before.top, 1.0)
    word = _WORD.match("".join(token.text for token in line.tokens))
    room = line.tokens[min(word.end(), len(line.tokens)) - 1].x1 - line.x0 if word and len(line.tokens) > 1 else 0.0
    full = before.x1 + room > right - high * _CLOSE * 2
    near = line.top - before.bottom < high * _CLOSE
    return full and near and not _stands_alone(line)


def _passage(lines: list[Line], page: Page, rules: list[Rule]) -> Passage:
    chars: list[Char] = []
    inside = False
    for line in lines:
        for token in line.tokens:
            under = _underlined(token, page, rules)
            folded = "".join(unicodedata.normalize("NFKC", token.text).split())
            if not folded:
                continue
            if under != inside:
                chars.append(Char(OPEN if under else SHUT, "", None))
                inside = under
            chars += _split(token)
    if inside:
        chars.append(Char(SHUT, "", None))
    chars = _whole_dates(chars)
    return Passage("".join(char.folded for char in chars), tuple(chars), tuple(lines))


def _split(token: Token) -> list[Char]:
    """Return the characters of a token; what one printed character folds to stays with it."""
    chars: list[Char] = []
    for printed in token.text:
        folded = unicodedata.normalize("NFKC", printed)
        chars += [
            Char(one, printed if index == 0 else "", token) for index, one in enumerate(folded) if not one.isspace()
        ]
    return chars


def _underlined(token: Token, page: Page, rules: list[Rule]) -> bool:
    """Whether a blank's line runs beneath a character; a rule across the page is none."""
    if token.source == "widget":
        return True
    height = max(token.height, 1.0)
    x, _ = token.middle
    first = bisect_left(rules, token.top + _BENEATH[0] * height, key=lambda rule: rule.at)
    for rule in rules[first:]:
        if rule.at > token.top + _BENEATH[1] * height:
            return False
        if rule.low - 1 <= x <= rule.high + 1 and rule.high - rule.low < page.width * _LONGEST:
            return True
    return False


def _whole_dates(chars: list[Char]) -> list[Char]:
    """Make one blank of a date whose year, month and day have a blank each."""
    text = "".join(char.folded for char in chars)
    kept: list[Char] = []
    at = 0
    for match in _DATE.finditer(text):
        found = chars[match.start() : match.end()]
        if not any(char.token is None for char in found):
            continue
        kept += chars[at : match.start()]
        before = sum({OPEN: 1, SHUT: -1}.get(char.folded, 0) for char in chars[: match.start()])
        after = sum({OPEN: 1, SHUT: -1}.get(char.folded, 0) for char in chars[: match.end()])
        bare = [char for char in found if char.token is not None]
        kept += [*([Char(OPEN, "", None)] if not before else []), *bare, *([Char(SHUT, "", None)] if not after else [])]
        at = match.end()
    return kept + chars[at:]
