"""Which options of a choice are ticked, as far as the characters tell."""

import re
import unicodedata
from dataclasses import dataclass

from jucai.reading.text import fold

TICKED = "☑☒■√✓✔✗✘●◉▣⊠◼☓✕✖⦿🗹🗷Ⅴ"
EMPTY = "□☐○◯▢◻❏❑〇▫⬜"
_MARK = re.compile(
    rf"\(\s*([{TICKED}vVxX×])\s*\)|\[\s*([{TICKED}vVxX×])\s*\]|(\(\s*\)|\[\s*\])|([{TICKED}])|([{EMPTY}])"
)
_NOUGHT = re.compile(r"(?<=[一二三四五六七八九零])[〇○◯](?=[一二三四五六七八九零〇○◯年])")
_BARE = "√✓✔◉"
_RING = "◉"
"""Also what a ring drawn around an option becomes; it stands before its option."""
_ANSWER = re.compile(r"[(\[〔【]\s*((?:\d[\s、,]*)*)[)\]〕】]")
_FIRST_ANSWER = re.compile(rf"^[{_RING}\s]*(\d(?:\s*[、,]\s*\d)*)\s*[(\[〔【]?\s*1\s*[.、]")
_NUMBERED_OPTION = re.compile(
    r"(?<![\d.])(\d)(?:\s*[.、,:．]|(?<![(\[〔【]\d)\s*\))\s*([^\d\s.、,;()\[\]〔〕【】]{1,16})"
)
_CIRCLED = re.compile("[\u2460-\u2468]")
_FEWEST = 2
_DOUBLE = re.compile(rf"[{EMPTY}][√✓✔]")
_TICK = re.compile(f"[{TICKED}]")
_BOXED = re.compile(rf"^(?:\s*[{TICKED}\ufffd]\s*[\u4e00-\u9fffA-Z][^{TICKED}\ufffd]*){{2,}}$")
_GAP = re.compile(r"^[\s、,，;；/.。:：()]+|[\s、,，;；/.。:：(]+$")


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice and whether it is ticked."""

    text: str
    ticked: bool


def has_marks(text: str) -> bool:
    """Whether `text` contains boxes or ticks; the nought of 二〇二六年 is none."""
    return bool(_MARK.search(_NOUGHT.sub("零", unicodedata.normalize("NFKC", text))))


def with_empty_boxes(text: str) -> str:
    """Return `text` with □ for characters without a meaning that stand before options, as the ticks do: ☒男?女.

    They are empty boxes only beside a known tick and no known empty box, with words behind each of them.
    """
    if "\ufffd" not in text or not _TICK.search(text) or any(char in EMPTY for char in text):
        return text
    return text.replace("\ufffd", "□") if _BOXED.match(text) else text


def is_numbered(text: str) -> bool:
    """Whether `text` offers numbered options and a place for the number chosen."""
    return bool(_numbered(_plain(text)))


def _plain(text: str) -> str:
    """Return `text` in NFKC; ① becomes 1. as the number of an option."""
    plain = unicodedata.normalize("NFKC", _CIRCLED.sub(lambda m: f"{ord(m.group()) - 0x245F}.", text)).strip()
    return _NOUGHT.sub("零", plain)


def read_options(text: str, known: tuple[str, ...] = ()) -> list[Option]:
    """Return the options in `text` with their ticks; marks stand before or after all of them alike.

    `known` are the words a choice of this kind offers: they tell where an option ends if no box does, and
    which one a number in brackets means. Nothing is returned where it cannot be told what a tick belongs to.
    """
    plain = _DOUBLE.sub("☑", _plain(text))
    if numbered := _numbered(plain):
        return numbered
    marks = list(_MARK.finditer(plain))
    if not marks:
        return []
    lone = all(mark.group(4) and mark.group(4) in _BARE for mark in marks)
    spans = _spans(plain, known)
    if len(spans) > 1:
        return _beside(plain, marks, spans) if lone else _on_one_side(plain, marks, spans)
    before = _clean(plain[: marks[0].start()])
    ends = [*(mark.start() for mark in marks[1:]), len(plain)]
    pieces = [_clean(plain[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    trailing = bool(before) and not pieces[-1]
    if before and not trailing and lone:
        # Only ticks, no boxes (男√ 女): the side without a space is the option meant.
        first = marks[0]
        left = plain[first.start() - 1].isspace()
        right = first.end() < len(plain) and plain[first.end()].isspace()
        if left == right:
            return []
        trailing = not left
    names = [before, *pieces[:-1]] if trailing else pieces
    options = [Option(name, _is_ticked(mark)) for name, mark in zip(names, marks, strict=False) if name]
    if trailing and pieces[-1]:
        options.append(Option(pieces[-1], ticked=False))
    return options


def _spans(plain: str, known: tuple[str, ...]) -> list[re.Match[str]]:
    """Return where the options of a choice stand in `plain`, the longest wording first."""
    if not known:
        return []
    words = sorted((unicodedata.normalize("NFKC", word) for word in known), key=len, reverse=True)
    return list(re.finditer("|".join(r"\s*".join(map(re.escape, word)) for word in words), plain))


def _on_one_side(plain: str, marks: list[re.Match[str]], spans: list[re.Match[str]]) -> list[Option]:
    """Give boxes to the options they stand before, or behind if the first option comes before the first box.

    What stands there and is no known option is an option of its own; a known option without a box is not ticked.
    """
    behind = spans[0].start() < marks[0].start()
    edges = [0, *(mark.end() for mark in marks)] if behind else [*(mark.start() for mark in marks[1:]), len(plain)]
    options: dict[str, bool] = {fold(span.group()): False for span in spans}
    for number, mark in enumerate(marks):
        low, high = (edges[number], mark.start()) if behind else (mark.end(), edges[number])
        inside = [span for span in spans if low <= span.start() and span.end() <= high]
        nearest = (inside[-1] if behind else inside[0]) if inside else None
        rest = plain[nearest.end() : high] if behind and nearest else plain[low : nearest.start()] if nearest else ""
        name = fold(nearest.group()) if nearest and not _clean(rest) else _clean(plain[low:high])
        if name:
            options[name] = options.get(name, False) or _is_ticked(mark)
    return [Option(name, ticked) for name, ticked in options.items()]


def _beside(plain: str, marks: list[re.Match[str]], spans: list[re.Match[str]]) -> list[Option]:
    """Give lone ticks to the options they stand beside; nothing if one could mean either side."""
    chosen: set[int] = set()
    for mark in marks:
        left = max((i for i, span in enumerate(spans) if span.end() <= mark.start()), default=None)
        right = min((i for i, span in enumerate(spans) if span.start() >= mark.end()), default=None)
        gaps = {
            index: len(plain[low:high])
            for index, low, high in (
                (left, spans[left].end() if left is not None else 0, mark.start()),
                (right, mark.end(), spans[right].start() if right is not None else 0),
            )
            if index is not None
        }
        nearest = [index for index, gap in gaps.items() if gap == min(gaps.values())]
        if mark.group(4) == _RING and right is not None:
            # A ring around a bare number chooses by number; which one, only a list read as such tells.
            nearest = [] if re.match(r"\s*\d(?!\s*[.、])", plain[mark.end() :]) else [right]
        if len(nearest) != 1:
            return []
        chosen.add(nearest[0])
    return [Option(fold(span.group()), i in chosen) for i, span in enumerate(spans)]


def _numbered(plain: str) -> list[Option]:
    """Read a choice by number: (2) 1.国有企业 2.民营企业 3.外资企业; nothing unless it is one.

    The number stands in brackets of its own, or before the list.
    """
    names = {match.group(1): _clean(match.group(2)) for match in _NUMBERED_OPTION.finditer(plain)}
    if len(names) < _FEWEST or list(names) != [str(i + 1) for i in range(len(names))]:
        return []
    if any(char in TICKED + EMPTY and char != _RING for char in plain):
        return []
    answers = _ANSWER.findall(plain)
    first = _FIRST_ANSWER.match(plain)
    if len(answers) + bool(first) != 1:
        return []
    chosen = set(re.findall(r"\d", first.group(1) if first else answers[0]))
    return [Option(name, number in chosen) for number, name in names.items()]


def _clean(text: str) -> str:
    return fold(_GAP.sub("", text))


def _is_ticked(mark: re.Match[str]) -> bool:
    return bool(mark.group(1) or mark.group(2) or mark.group(4))
