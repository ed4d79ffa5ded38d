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
_BARE = "√✓✔"
_DOUBLE = re.compile(rf"[{EMPTY}][√✓✔]")
_GAP = re.compile(r"^[\s、,，;；/.。:：()]+|[\s、,，;；/.。:：(]+$")


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice and whether it is ticked."""

    text: str
    ticked: bool


def has_marks(text: str) -> bool:
    """Whether `text` contains boxes or ticks."""
    return bool(_MARK.search(unicodedata.normalize("NFKC", text)))


def read_options(text: str) -> list[Option]:
    """Return the options in `text` with their ticks; marks stand before or after all of them alike.

    Nothing is returned where it cannot be told to which side a lone tick belongs.
    """
    plain = _DOUBLE.sub("☑", unicodedata.normalize("NFKC", text).strip())
    marks = list(_MARK.finditer(plain))
    if not marks:
        return []
    before = _clean(plain[: marks[0].start()])
    ends = [*(mark.start() for mark in marks[1:]), len(plain)]
    pieces = [_clean(plain[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    trailing = bool(before) and not pieces[-1]
    if before and not trailing and all(mark.group(4) and mark.group(4) in _BARE for mark in marks):
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


def _clean(text: str) -> str:
    return fold(_GAP.sub("", text))


def _is_ticked(mark: re.Match[str]) -> bool:
    return bool(mark.group(1) or mark.group(2) or mark.group(4))
