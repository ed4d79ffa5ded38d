"""Opinions in running text that a page break cuts: what stands at the top of the next page belongs to them."""

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

_MOST = 8
_NOTES = re.compile(r"^(?:填表说明|填写说明|备注|注[:：]|附件)")


def go_on(pairs: Pairs, page: PageSheets, labelled: Callable[[int, Line], bool]) -> int:
    """Give the first lines of a page to the opinion that the page before left open; return how many it takes.

    `labelled` tells of a line, by its number, whether it begins with a label of its own. A day of signing is handed
    over by itself, with the page on which it stands.
    """
    begun, pairs.unended = pairs.unended, None
    if begun is None:
        return 0
    lines: list[Line] = []
    first = min((cell.top for cell in page.ruled.cells), default=page.page.height)
    for number, line in enumerate(page.lines[:_MOST]):
        other = heads_block(line.text) or heads_section(line.text) or _NOTES.match(line.text.strip())
        if line.top > first or other or labelled(number, line):
            break
        lines.append(line)
        if take_apart((line,)).has_date_place:
            break
    if lines:
        _hand_over(pairs, begun, lines, page.page.number)
    return len(lines)


def headed_below(pairs: Pairs, page: PageSheets) -> Pair | None:
    """Return the opinion whose head is the last box of a page, with nothing beside or below it, if there is one."""
    foot = max((cell.bottom for cell in page.ruled.cells), default=0.0)
    if any(line.top > foot for line in page.lines):
        return None
    heads = (pair for pair in pairs.found if pair.page == page.page.number and pair.ruled and not pair.lines)
    return next(
        (pair for pair in heads if pair.keys and pair.keys[0].endswith("_opinion") and pair.box[3] > foot - 1), None
    )


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
