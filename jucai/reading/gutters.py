"""Pages in two columns, tables or text: what stands left and right of the gap between them is read apart."""

from dataclasses import replace

from jucai.reading.cells import Cell, to_lines
from jucai.reading.columns import heads_column
from jucai.reading.grid import Grid
from jucai.reading.page import Page, Rule, Token
from jucai.reading.vocabulary import vocabulary
from models.readings import Box

_NARROWEST = 4.0
_FEWEST = 3
"""So many cells make a table that can stand beside another."""
_BESIDE = 36.0
"""Two tables stand side by side if they share this much of the height, in points."""
_CLEAR = 7.0
_TABLE_SHARE = 0.25
_GAP = 12.0
_FEWEST_PIECES, _MOST_PIECES = 24, 600
_FEWEST_LINES = 7
_FEW_CROSS = 12
_LEVEL, _SHARED = 0.7, 0.6
_ALL_LABELS = 0.7
_HEADS = 3.0


def columns(page: Page, grid: Grid) -> list[Page]:
    """Return a page in parts: above, left, right and below of two tables side by side; the page itself if none are."""
    tables = [table for table in _tables(grid) if len(table) >= _FEWEST]
    boxes = [_around(table) for table in tables]
    for one in boxes:
        for other in boxes:
            shared = min(one[3], other[3]) - max(one[1], other[1])
            if other[0] - one[2] >= _NARROWEST and shared >= _BESIDE:
                middle = (one[2] + other[0]) / 2
                top, bottom = _clear(page, boxes, middle, max(one[1], other[1]), min(one[3], other[3]))
                return _parts(page, middle, top, bottom)
    return _of_text(page, boxes)


def _of_text(page: Page, tables: list[Box]) -> list[Page]:
    """Divide a page whose text runs in two columns with lines of their own height; columns of a form share lines."""
    if sum((box[2] - box[0]) * (box[3] - box[1]) for box in tables) > page.width * page.height * _TABLE_SHARE:
        return [page]
    pieces = _pieces(page)
    if not _FEWEST_PIECES <= len(pieces) <= _MOST_PIECES:
        return [page]
    for at in _corridors(page, pieces):
        left = [piece for piece in pieces if piece[2] < at]
        right = [piece for piece in pieces if piece[0] > at]
        if min(len(left), len(right)) < _FEWEST_LINES:
            continue
        top = max(min(p[1] for p in left), min(p[1] for p in right))
        bottom = min(max(p[3] for p in left), max(p[3] for p in right))
        top, bottom = _clear(page, tables, at, top, bottom)
        left = [p for p in left if top <= p[1] and p[3] <= bottom]
        right = [p for p in right if top <= p[1] and p[3] <= bottom]
        enough = min(len(left), len(right)) >= _FEWEST_LINES
        if enough and _apart(left, right) and not _are_labels(page, left) and not _are_headed(page, left, right):
            return _parts(page, at, top, bottom)
    return [page]


def _pieces(page: Page) -> list[Box]:
    """Return the runs of text of a page, cut at gaps wider than a character."""
    pieces: list[Box] = []
    for line in to_lines(page.tokens):
        run: list[Token] = []
        for token in line.tokens:
            if run and token.x0 - run[-1].x1 > _GAP:
                pieces.append(_box(run))
                run = []
            run.append(token)
        pieces.append(_box(run))
    return pieces


def _box(run: list[Token]) -> Box:
    return run[0].x0, min(t.top for t in run), run[-1].x1, max(t.bottom for t in run)


def _corridors(page: Page, pieces: list[Box]) -> list[float]:
    """Return the middles of gaps that hardly any text crosses, the widest first."""
    most = max(2, len(pieces) // _FEW_CROSS)
    steps = range(int(page.width * 0.15), int(page.width * 0.85), 3)
    free = [x for x in steps if sum(p[0] < x + 1 and p[2] > x - 1 for p in pieces) <= most]
    runs: list[list[int]] = []
    for x in free:
        if runs and x - runs[-1][-1] <= 3:  # noqa: PLR2004 - one step
            runs[-1].append(x)
        else:
            runs.append([x])
    wide = [run for run in runs if run[-1] - run[0] >= _GAP]
    return [(run[0] + run[-1]) / 2 for run in sorted(wide, key=lambda run: run[0] - run[-1])]


def _are_labels(page: Page, pieces: list[Box]) -> bool:
    """Whether a column holds only labels, whose values stand beside it."""
    words = vocabulary()
    texts = [
        "".join(t.text for t in page.tokens if p[0] <= t.middle[0] <= p[2] and p[1] <= t.middle[1] <= p[3])
        for p in pieces
    ]
    return sum(words.knows(text) for text in texts) > len(texts) * _ALL_LABELS


def _are_headed(page: Page, left: list[Box], right: list[Box]) -> bool:
    """Whether both begin with heads of columns, on one line or more: they are one table, whose cells wrap."""
    top = max(min(piece[1] for piece in left), min(piece[1] for piece in right))
    stacks: list[list[Box]] = []
    for piece in sorted(left + right, key=lambda p: p[1]):
        high = piece[3] - piece[1]
        if not top - high / 2 <= piece[1] <= top + _HEADS * high:
            continue
        home = next((s for s in stacks if piece[0] < max(p[2] for p in s) and min(p[0] for p in s) < piece[2]), None)
        if home is None:
            stacks.append([piece])
        else:
            home.append(piece)
    return len(stacks) >= _FEWEST and all(
        any(heads_column("".join(_text(page, piece) for piece in stack[:size])) for size in range(1, len(stack) + 1))
        for stack in stacks
    )


def _text(page: Page, box: Box) -> str:
    within = (t for t in page.tokens if box[0] <= t.middle[0] <= box[2] and box[1] <= t.middle[1] <= box[3])
    return "".join(t.text for t in sorted(within, key=lambda t: t.x0))


def _apart(left: list[Box], right: list[Box]) -> bool:
    """Whether lines left and right stand at heights of their own."""

    def level(piece: Box, others: list[Box]) -> bool:
        return any(
            min(piece[3], other[3]) - max(piece[1], other[1]) > _LEVEL * min(piece[3] - piece[1], other[3] - other[1])
            for other in others
        )

    shared = sum(level(piece, right) for piece in left) / len(left)
    return max(shared, sum(level(piece, left) for piece in right) / len(right)) < _SHARED


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
