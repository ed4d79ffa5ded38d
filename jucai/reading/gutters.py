"""Pages with tables side by side: what stands left and right of the gap between them is read apart."""

from dataclasses import replace

from jucai.reading.cells import Cell
from jucai.reading.grid import Grid
from jucai.reading.page import Page, Rule, Token
from models.readings import Box

_NARROWEST = 4.0
_FEWEST = 3
"""So many cells make a table that can stand beside another."""
_BESIDE = 36.0
"""Two tables stand side by side if they share this much of the height, in points."""
_CLEAR = 7.0


def columns(page: Page, grid: Grid) -> list[Page]:
    """Return a page in parts: above, left, right and below of two tables side by side; the page itself if none are."""
    tables = [table for table in _tables(grid) if len(table) >= _FEWEST]
    if len(tables) < 2:  # noqa: PLR2004 - one beside the other
        return [page]
    boxes = [_around(table) for table in tables]
    for one in boxes:
        for other in boxes:
            shared = min(one[3], other[3]) - max(one[1], other[1])
            if other[0] - one[2] >= _NARROWEST and shared >= _BESIDE:
                middle = (one[2] + other[0]) / 2
                top, bottom = _clear(page, boxes, middle, max(one[1], other[1]), min(one[3], other[3]))
                return _parts(page, middle, top, bottom)
    return [page]


def _tables(grid: Grid) -> list[list[Cell]]:
    """Group cells that touch."""
    groups: list[list[Cell]] = []
    seen: set[int] = set()
    for first in grid.cells:
        if id(first) in seen:
            continue
        seen.add(id(first))
        group = [first]
        for cell in group:
            for other in grid.touching(cell):
                if id(other) not in seen:
                    seen.add(id(other))
                    group.append(other)
        groups.append(group)
    return groups


def _around(cells: list[Cell]) -> Box:
    return (
        min(cell.x0 for cell in cells),
        min(cell.top for cell in cells),
        max(cell.x1 for cell in cells),
        max(cell.bottom for cell in cells),
    )


def _clear(page: Page, tables: list[Box], at: float, top: float, bottom: float) -> tuple[float, float]:
    """Return how far up and down the gap at `at` stays free of text, rules and tables."""
    blocks = [(t.top, t.bottom) for t in page.tokens if t.x0 < at + _CLEAR and t.x1 > at - _CLEAR]
    blocks += [(rule.at, rule.at) for rule in page.horizontal if rule.low < at < rule.high]
    blocks += [(box[1], box[3]) for box in tables if box[0] < at < box[2]]
    middle = (top + bottom) / 2
    upper = max((high for _, high in blocks if high <= middle), default=0.0)
    lower = min((low for low, _ in blocks if low > middle), default=page.height)
    return upper, lower


def _parts(page: Page, at: float, top: float, bottom: float) -> list[Page]:
    left = (0.0, top, at, bottom)
    right = (at, top, page.width, bottom)
    boxes = [(0.0, 0.0, page.width, top), left, right, (0.0, bottom, page.width, page.height)]
    parts = [_cut(page, box) for box in boxes]
    parts[0].hidden = page.hidden
    return [part for number, part in enumerate(parts) if number == 0 or part.tokens]


def _cut(page: Page, box: Box) -> Page:
    """Return what stands within a box as a page of its own."""
    x0, top, x1, bottom = box

    def holds(x: float, y: float) -> bool:
        return x0 <= x < x1 and top <= y < bottom

    def token_in(token: Token) -> bool:
        return holds(*token.middle)

    def across(rule: Rule) -> bool:
        return holds((rule.low + rule.high) / 2, rule.at)

    def down(rule: Rule) -> bool:
        return x0 <= rule.at < x1 and min(rule.high, bottom) - max(rule.low, top) > 1

    return replace(
        page,
        tokens=[token for token in page.tokens if token_in(token)],
        horizontal=[rule for rule in page.horizontal if across(rule)],
        vertical=[Rule(r.at, max(r.low, top), min(r.high, bottom)) for r in page.vertical if down(r)],
        hidden=0,
        hints=[],
        sketches=[s for s in page.sketches if holds((s[0] + s[2]) / 2, (s[1] + s[3]) / 2)],
    )
