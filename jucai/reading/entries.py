"""Fields of a fillable form that no rule encloses: each gets a box, and a box for the label that stands before it."""

import re
from collections.abc import Sequence

from jucai.reading.page import Page, Rule, Token
from jucai.reading.text import fold
from jucai.reading.ticks import has_marks
from jucai.reading.vocabulary import vocabulary
from models.readings import Box

_SIGNING = re.compile(r"^(?:日期|时间):?$|签[字名章]|盖章|^[至到起止自从年月日共计第(（—~-]{1,2}$")
"""What stands beneath a promise or an opinion belongs to it; a word between two blanks is no label."""
_BAND = 4.0
_APART, _FIRST = 24.0, 90.0
_LABEL = 4
_AFTER = 14.0
_PAD = 1.0


def frame_entries(page: Page, entries: Sequence[Box]) -> None:
    """Add rules to a page around fields and the labels before them, so that a wrapped label is one label.

    Fields within a table are left alone, and so are blanks in a sentence: 自____起至____止.
    """
    printed = [token for token in page.tokens if token.source == "text" and token.text.strip()]
    entries = [*entries, *_choices(printed, [t for t in page.tokens if t.source == "widget" and has_marks(t.text)])]
    framed: list[tuple[Box, Box]] = []
    for entry in entries:
        if not _is_ruled(page, entry) and not _goes_on(printed, entry):
            label = _label(printed, entry, entries)
            if label is not None:
                framed.append((label, entry))
    page.entries = bool(framed)
    for label, entry in framed:
        top = min(label[1], entry[1]) - _PAD
        bottom = max(label[3], entry[3]) + _PAD
        left, middle, right = label[0] - _PAD, (label[2] + entry[0]) / 2, entry[2] + _PAD
        page.horizontal += [Rule(top, left, right), Rule(bottom, left, right)]
        page.vertical += [Rule(at, top, bottom) for at in (left, middle, right)]


def _choices(printed: list[Token], buttons: list[Token]) -> list[Box]:
    """Return the boxes around rows of buttons and the options behind them."""
    rows: list[list[Token]] = []
    for button in sorted(buttons, key=lambda t: (t.middle[1], t.x0)):
        if rows and abs(rows[-1][0].middle[1] - button.middle[1]) < _BAND:
            rows[-1].append(button)
        else:
            rows.append([button])
    found: list[Box] = []
    for row in rows:
        edge = max(button.x1 for button in row)
        level = [t for t in printed if abs(t.middle[1] - row[0].middle[1]) < _BAND and t.x0 > edge - 1]
        for token in sorted(level, key=lambda t: t.x0):
            if token.x0 - edge > _AFTER:
                break
            edge = token.x1
        start = min(button.x0 for button in row)
        found.append((start, min(b.top for b in row), edge, max(b.bottom for b in row)))
    return found


def _is_ruled(page: Page, entry: Box) -> bool:
    """Whether a field stands in a table: rules run down on both sides of it."""
    middle = (entry[1] + entry[3]) / 2
    beside = [rule.at for rule in page.vertical if rule.low <= middle <= rule.high]
    return any(at <= entry[0] + _BAND for at in beside) and any(at >= entry[2] - _BAND for at in beside)


def _goes_on(printed: list[Token], entry: Box) -> bool:
    """Whether a word or two go on right behind a field: a unit, 至, 年; the label of the next field is longer."""
    line = sorted(
        (t for t in printed if entry[1] < t.middle[1] < entry[3] and t.x0 > entry[2] - _BAND), key=lambda t: t.x0
    )
    behind: list[Token] = []
    edge = entry[2]
    for token in line:
        if token.x0 - edge > _AFTER:
            break
        behind.append(token)
        edge = token.x1
    text = fold("".join(token.text for token in behind))
    return 0 < len(text) < _LABEL and not text.endswith(":") and not vocabulary().lists(text)


def _label(printed: list[Token], entry: Box, entries: Sequence[Box]) -> Box | None:
    """Return the box around the text before a field, on one line or more; None if there is none."""
    top, bottom = entry[1] - _BAND, entry[3] + _BAND
    barrier = max((o[2] for o in entries if o[2] <= entry[0] and o[1] < bottom and o[3] > top), default=0.0)
    before = [t for t in printed if top < t.middle[1] < bottom and barrier - 1 <= t.x0 and t.x1 <= entry[0] + _BAND]
    found: list[Token] = []
    edge = entry[0]
    for token in sorted(before, key=lambda t: -t.x1):
        if edge - token.x1 > (_APART if found else _FIRST):
            break
        found.append(token)
        edge = min(edge, token.x0)
    text = fold("".join(token.text for token in sorted(found, key=lambda t: (round(t.top / _BAND), t.x0))))
    if not found or has_marks(text) or _SIGNING.search(text):
        return None
    return (
        min(t.x0 for t in found), min(t.top for t in found), max(t.x1 for t in found), max(t.bottom for t in found),
    )  # fmt: skip
