"""Running text that a page break cuts: what stands at the top of the next page belongs to what was open above."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from jucai.reading.answers import UNRULED, Pair, Pairs
from jucai.reading.cells import Line
from jucai.reading.columns import heads_block, heads_section
from jucai.reading.items import box_of
from jucai.reading.opinions import take_apart
from jucai.reading.sheets import PageSheets
from jucai.reading.sketches import around
from jucai.reading.text import fold

_MOST = 8
_FAR = 4.0
"""So many heights below the line before something else begins."""
_ASIDE = 3.0
"""So many characters a paragraph may be indented."""
_LARGER, _MUCH_LARGER = 1.1, 1.25
_TITLE = 16
_ENDED = re.compile(r"[。；;！!？?.…]$")
UNKNOWN_HEAD = re.compile(r"^[\u4e00-\u9fff()]{2,10}:")
"""A label that nobody knows: it ends the value before it."""
_NOTES = re.compile(r"^(?:填表说明|填写说明|备注|注[:：]|附件)")


def go_on(pairs: Pairs, page: PageSheets, labelled: Callable[[int, Line], bool]) -> int:
    """Give the first lines of a page to what the page before left open; return how many it takes.

    `labelled` tells of a line, by its number, whether it begins with a label of its own. A day of signing is handed
    over by itself, with the page on which it stands.
    """
    begun, pairs.unended = pairs.unended, None
    if begun is None:
        return 0
    signed = begun.keys[0].endswith(("_opinion", "_checked"))
    lines: list[Line] = []
    left = min((line.x0 for line in page.lines), default=0.0)
    first = min((cell.top for cell in page.ruled.cells), default=page.page.height)
    for number, line in enumerate(page.lines[: _MOST if signed else None]):
        other = heads_block(line.text) or heads_section(line.text) or _NOTES.match(line.text.strip())
        if line.top > first or other or labelled(number, line) or not (signed or _same_text(begun, lines, line, left)):
            break
        lines.append(line)
        if signed and take_apart((line,)).has_date_place:
            break
    if lines and signed:
        _hand_over(pairs, begun, lines, page.page.number)
    elif lines:
        _lengthen(pairs, begun, lines, page)
    return len(lines)


def stands_out(line: Line, text: Sequence[Line]) -> bool:
    """Whether a short line is printed larger than the `text` above it, as the heading of what follows is."""
    if not text or len(fold(line.text)) > _TITLE or _ENDED.search(line.text.strip()):
        return False
    larger = _size(line) / max(map(_size, text))
    enough = _ENDED.search(text[-1].text.strip()) and not _measured(line)
    return larger > (_LARGER if enough else _MUCH_LARGER)


def _size(line: Line) -> float:
    return sorted(token.height for token in line.tokens)[len(line.tokens) // 2]


def _measured(line: Line) -> bool:
    """Whether the size of a line was measured on a picture, which is not exact."""
    return any(token.source == "ocr" for token in line.tokens)


def _same_text(begun: Pair, lines: Sequence[Line], line: Line, left: float) -> bool:
    """Whether a line has the size of a text that was begun, stands right below its last line and begins at the left."""
    if UNKNOWN_HEAD.match(fold(line.text)):
        return False
    known = lines or begun.lines
    if lines and line.top - lines[-1].bottom > _FAR * _size(line):
        return False
    if not known:
        return _size(line) < _MUCH_LARGER * (begun.box[3] - begun.box[1])
    most = _MUCH_LARGER if _measured(line) else _LARGER
    aside = (line.x0 - left) / _size(line)
    return not stands_out(line, known) and 1 / most < _size(line) / _size(known[-1]) < most and aside < _ASIDE


def headed_below(pairs: Pairs, page: PageSheets) -> Pair | None:
    """Return the opinion whose head is the last box of a page, with nothing beside or below it, if there is one."""
    foot = max((cell.bottom for cell in page.ruled.cells), default=0.0)
    if any(line.top > foot for line in page.lines):
        return None
    heads = (pair for pair in pairs.found if pair.page == page.page.number and pair.ruled and not pair.lines)
    return next(
        (pair for pair in heads if pair.keys and pair.keys[0].endswith("_opinion") and pair.box[3] > foot - 1), None
    )


def _lengthen(pairs: Pairs, begun: Pair, lines: Sequence[Line], page: PageSheets) -> None:
    """Add `lines` to a text; where they are all that stands on their page, the next one may go on."""
    place = next(index for index, pair in enumerate(pairs.found) if pair is begun)
    whole = replace(begun, lines=(*begun.lines, *lines))
    if not begun.lines:
        whole = replace(whole, page=page.page.number, box=around([box_of(line) for line in lines]))
    pairs.found[place] = whole
    if len(lines) == len(page.lines):
        pairs.unended = whole


def _hand_over(pairs: Pairs, begun: Pair, lines: Sequence[Line], page: int) -> None:
    place = next(index for index, pair in enumerate(pairs.found) if pair is begun)
    signed = take_apart(tuple(lines))
    if not begun.lines:
        pairs.found[place] = replace(begun, lines=tuple(lines), page=page, box=around([box_of(line) for line in lines]))
        return
    if signed.body:
        pairs.found[place] = replace(begun, lines=begun.lines + signed.body)
    if signed.date_line is not None:
        key = begun.keys[0].removesuffix("_checked") + "_date"
        line = signed.date_line
        pairs.found.append(Pair((key,), begun.label, (line,), page, box_of(line), UNRULED, ruled=False))
