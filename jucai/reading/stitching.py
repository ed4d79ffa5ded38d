"""What a page break cuts in two, in boxes: the last row of one page and the first of the next."""

from dataclasses import replace

from jucai.reading.cells import Cell
from jucai.reading.sheets import PageSheets
from jucai.reading.text import fold
from jucai.reading.vocabulary import vocabulary
from models.fields import FIELDS, FieldType

_SAME_EDGE, _SAME_EDGE_SCANNED = 5.0, 9.0
_STUB = 2
"""A label of so few characters, which nobody knows, is the beginning of one."""


def stitch(before: PageSheets, after: PageSheets) -> None:
    """Join what a page break cut in two: the last row of one page with the first of the next.

    A box whose label stayed on the other page, or whose label was itself cut, continues there.
    """
    if not before.ruled.cells or not after.ruled.cells:
        return
    last = max(cell.r1 for cell in before.ruled.cells)
    bottom = [cell for cell in before.ruled.cells if cell.r1 == last]
    first = after.ruled.rows[0]
    top = after.ruled.row(first)
    pairs = _matched(before, after, bottom, top)
    head, tail = pairs[0]
    if head is None or any(line.top < tail.top - 1 for line in after.lines):
        return
    words = vocabulary()
    if len(pairs) == 1 and _heads_prose(head) and not tail.blank and not words.knows(tail.text):
        # The heading of a box for prose was left at the foot of the page.
        before.ruled.drop(head)
        after.ruled.add(replace(head, r0=tail.r0 - 1, r1=tail.r0, c0=tail.c0, c1=tail.c1, bottom=tail.top))
        return
    if len(pairs) > 1 and all(found and _heads_opinion(found) and not words.knows(cell.text) for found, cell in pairs):
        for found, cell in pairs:
            assert found is not None
            before.ruled.drop(found)
            above = replace(found, r0=cell.r0 - 1, r1=cell.r0, c0=cell.c0, c1=cell.c1, bottom=cell.top)
            after.ruled.add(above)
        return
    joined = head.text + tail.text
    split = not tail.blank and not head.blank and words.knows(joined) and _is_cut(head.text, tail.text)
    belongs = tail.blank or (head.blank and words.knows(tail.text))
    if not (split or belongs):
        return
    if tail.r1 - tail.r0 > 1 or head.r1 - head.r0 > 1 or any(found is None for found, _ in pairs):
        tail.joined = joined
        if split:
            head.joined = joined
        return
    for found, cell in pairs:
        assert found is not None
        found.lines.extend(cell.lines)
        after.ruled.drop(cell)


def _is_cut(head: str, tail: str) -> bool:
    """Whether two pieces of text are one label: the second is none by itself, or means something else alone."""
    words = vocabulary()
    alone, whole = (words.lookup(text, form=None, section="", after=None) for text in (tail, head + tail))
    begun = not words.knows(head) and (alone != whole or len(fold(head)) <= _STUB)
    return begun or not words.knows(tail)


def _matched(
    before: PageSheets, after: PageSheets, bottom: list[Cell], top: list[Cell]
) -> list[tuple[Cell | None, Cell]]:
    """Return each box at the top of a page with the one of the same column at the foot of the page before."""
    shift, off = 0.0, _SAME_EDGE
    if any("ocr" in cell.sources for cell in (*bottom, *top)):
        # Sheets lie in a scanner each a little otherwise.
        shift = min(cell.x0 for cell in before.ruled.cells) - min(cell.x0 for cell in after.ruled.cells)
        off = _SAME_EDGE_SCANNED
    return [(_above(cell, bottom, shift, off), cell) for cell in top]


def _heads_opinion(cell: Cell) -> bool:
    """Whether a box holds nothing but the name of an office that gives its opinion."""
    keys = vocabulary().lookup(cell.label, form=None, section="", after=None) if not cell.blank else None
    return bool(keys) and keys is not None and keys[0].endswith("_opinion")


def _heads_prose(cell: Cell) -> bool:
    """Whether a box holds nothing but the label of a long text."""
    keys = vocabulary().lookup(cell.label, form=None, section="", after=None) if not cell.blank else None
    return bool(keys) and keys is not None and FIELDS[keys[0]].type is FieldType.LONGTEXT


def _above(cell: Cell, candidates: list[Cell], shift: float, off: float) -> Cell | None:
    for other in candidates:
        if abs(other.x0 - cell.x0 - shift) < off and abs(other.x1 - cell.x1 - shift) < off:
            return other
    return None
