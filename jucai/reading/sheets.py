"""Sheets of cells: ruled ones, and ones inferred from white space where a form has no vertical lines."""

import re
from bisect import bisect_right
from dataclasses import replace

from jucai.reading.cells import Cell, Line, to_lines
from jucai.reading.columns import heads_column, heads_section
from jucai.reading.frames import without_frames
from jucai.reading.furniture import is_furniture
from jucai.reading.grid import Grid
from jucai.reading.gutters import columns
from jucai.reading.joints import Joints
from jucai.reading.page import Page
from jucai.reading.placing import place
from jucai.reading.segments import segments
from jucai.reading.text import fold
from jucai.reading.ticks import EMPTY, TICKED, has_marks
from jucai.reading.vocabulary import vocabulary

_LONG_RULE = 0.35
_CLOSE = 0.75
_OVERLAP = 0.15
_BESIDE = 0.4
_SIGNED = re.compile(r"盖章|公章|签字|签名|签章|[(（]章[)）]|印章|负责人:|经办人:")
PROMISE = re.compile(rf"^(?:[{TICKED}{EMPTY}]|[(\[][\s{TICKED}xXvV]*[)\]]).*(?:承诺|声明|申明|保证|真实|属实)")
"""A promise with a box before it, which no label announces."""
PROMISED = re.compile(
    r"^(?:本人|我|申请人|申报人|本单位)(?:郑重)?(?:承诺|声明|保证)(?:以上|上述|所填|所提|本表|如实|提供|填报).{6}"
)
"""A promise without a box."""
BOX_AFTER = re.compile(rf"[。；;]\s*(?=[{TICKED}{EMPTY}])")
"""Where a box to tick follows the words of a promise."""
_SLIVER = 9.0
_WHOLE = 0.7
_CARD_LINES, _CARD_LABELS, _CARD_SIGNED = 2, 3, 6
_NOTE = re.compile(r"^(?:注|备注|说明|填表说明|填写说明|填报说明|填表须知|注意事项|特别说明|带\*)(?:[:：.、\d\s]|$|为)")


class Sheet:
    """Cells with row and column numbers, and who stands beside whom."""

    def __init__(self, cells: list[Cell], *, ruled: bool) -> None:
        self.cells = sorted(cells, key=lambda c: (c.r0, c.c0))
        self.ruled = ruled
        self._starts: dict[int, list[Cell]] = {}
        for cell in self.cells:
            self._starts.setdefault(cell.r0, []).append(cell)

    @property
    def rows(self) -> list[int]:
        """Numbers of the rows in which a cell begins, top to bottom."""
        return sorted(self._starts)

    def row(self, number: int) -> list[Cell]:
        """Cells that begin in a row, left to right."""
        return self._starts.get(number, [])

    def rights(self, cell: Cell) -> list[Cell]:
        """Cells that touch the right edge of `cell` within its rows, top to bottom."""
        level = [other for other in self.cells if other.r0 < cell.r1 and cell.r0 < other.r1]
        touching = [other for other in level if other.c0 == cell.c1]
        if touching or not self.ruled:
            return touching
        # Padding in between was left out.
        return [other for other in level if -1.0 < other.x0 - cell.x1 < _SLIVER]

    def right(self, cell: Cell) -> Cell | None:
        """The cell to the right, in the first row of `cell`."""
        beside = self.rights(cell)
        return beside[0] if beside else None

    def below(self, cell: Cell) -> Cell | None:
        """The cell beneath that shares most of the width of `cell`."""
        best, most = None, 0.0
        for other in self.row(cell.r1):
            shared = min(other.x1, cell.x1) - max(other.x0, cell.x0)
            if shared > most:
                best, most = other, shared
        return best if most > 0.5 * min(cell.x1 - cell.x0, (best.x1 - best.x0) if best else 0) else None

    def lefts(self, cell: Cell) -> list[Cell]:
        """Cells left of `cell` that span its first row, nearest first."""
        return sorted((o for o in self.cells if o.c1 <= cell.c0 and o.r0 <= cell.r0 < o.r1), key=lambda o: -o.c1)

    def add(self, cell: Cell) -> None:
        """Put a cell in, above or between the others."""
        self.cells.append(cell)
        self.cells.sort(key=lambda c: (c.r0, c.c0))
        self._starts.setdefault(cell.r0, []).append(cell)

    def drop(self, cell: Cell) -> None:
        """Take a cell out, after it was merged into another."""
        self.cells.remove(cell)
        self._starts[cell.r0].remove(cell)
        if not self._starts[cell.r0]:
            del self._starts[cell.r0]


class PageSheets:
    """One page as sheets: `ruled` cells, `loose` text as cells of its own, `notes` that count for nothing."""

    def __init__(self, page: Page, grid: Grid | None = None) -> None:
        self.page = page
        self.number = page.number
        grid = grid or Grid(page)
        rest = place(grid, page.tokens)
        cells = [cell for cell in divide_wide_cells(grid.cells, grid.joints) if not _is_sliver(cell)]
        self.inner = [PageSheets(_within(page, cell)) for cell in cells if _is_container(cell, page)]
        """What stands in boxes that hold a form of their own: cards, columns, frames without rules."""
        self.ruled = Sheet(cells, ruled=True)
        self.notes: list[Line] = []
        self.lines: list[Line] = self._readable(to_lines(rest))
        self.loose = Sheet(_loose_cells(page, self.lines), ruled=False)
        inside = sum(len(line.tokens) for cell in grid.cells for line in cell.lines)
        outside = sum(len(line.tokens) for line in self.lines)
        self.open = outside > inside or page.entries
        """Most text stands outside of ruled cells: white space tells the columns."""

    def _readable(self, lines: list[Line]) -> list[Line]:
        kept: list[Line] = []
        noting = False
        last = max((cell.bottom for cell in self.ruled.cells), default=None)
        for line in lines:
            if is_furniture(line, self.page):
                continue
            if _NOTE.match(fold(line.text)) and (last is None or line.top > last - 2 or not self.ruled.cells):
                noting = True
            elif noting and last is not None and line.top < last:
                noting = False
            (self.notes if noting else kept).append(line)
        return kept


def sheets_of(page: Page) -> list[PageSheets]:
    """Return the sheets of a page: one, or one for each part where tables stand side by side."""
    page = without_frames(page)
    grid = Grid(page)
    parts = columns(page, grid)
    return [PageSheets(page, grid)] if len(parts) == 1 else [PageSheets(part) for part in parts]


def _is_sliver(cell: Cell) -> bool:
    """Whether a blank box is only the padding around a table in a box."""
    return cell.blank and min(cell.x1 - cell.x0, cell.bottom - cell.top) < _SLIVER


def _is_container(cell: Cell, page: Page) -> bool:
    """Whether a box holds labels and values of its own, not one value or one label.

    A box as wide as the form is no value either, if it begins with the heading of a part or with two labels.
    """
    words = vocabulary()
    if len(cell.lines) < _CARD_LINES or words.knows(cell.text):
        return False
    pieces = [piece for line in cell.lines for piece in segments(line)]
    labels = sum(words.knows(piece.text) for piece in pieces)
    heads = segments(cell.lines[0])
    if len(heads) > 1 and all(heads_column(piece.text) for piece in heads) and len(segments(cell.lines[1])) > 1:
        # A table in a frame, with no rules of its own.
        return True
    if len(heads) > 1 and all(words.knows(piece.text) and ":" not in fold(piece.text) for piece in heads):
        return True
    if _SIGNED.search(fold(cell.text)):
        return labels >= _CARD_SIGNED
    wide = cell.x1 - cell.x0 > page.width * _WHOLE and not cell.parted
    opens = [_alternates(segments(line)) for line in cell.lines]
    if wide and (heads_section(cell.lines[0].text) or sum(opens) * 2 >= len(opens) > 1):
        return True
    return labels >= _CARD_LABELS


def _alternates(pieces: list[Line]) -> bool:
    """Whether a line begins with a label, and as many of its pieces are labels as are values."""
    words = vocabulary()
    known = [words.knows(piece.text) for piece in pieces]
    return known[0] and sum(known) * 2 >= len(known)


def _within(page: Page, cell: Cell) -> Page:
    """Return what stands in a box as a page of its own, and empty the box."""
    tokens = [token for line in cell.lines for token in line.tokens]
    cell.tokens, cell.lines = [], []
    return replace(
        page,
        tokens=tokens,
        horizontal=[
            r for r in page.horizontal if cell.top + 1 < r.at < cell.bottom - 1 and cell.x0 < r.high and r.low < cell.x1
        ],
        vertical=[],
        hidden=0,
        hints=[],
        sketches=[],
    )


_FINE = 1000


def divide_wide_cells(cells: list[Cell], joints: Joints) -> list[Cell]:
    """Cut boxes that hold a whole row of labels and values, as in forms without vertical lines."""
    words = vocabulary()
    divided: list[Cell] = []
    for cell in cells:
        stacks: list[list[Line]] = []
        cell.cuts = joints.cuts(cell)
        for line in cell.lines:
            for piece in segments(line, cell.cuts):
                home = max(stacks, key=lambda stack: _shared(stack, piece), default=None)
                if home is not None and _shared(home, piece) > 0:
                    home.append(piece)
                else:
                    stacks.append([piece])
        stacks.sort(key=lambda stack: min(piece.x0 for piece in stack))
        texts = ["".join(piece.text for piece in stack) for stack in stacks]
        named = [words.knows(text) for text in texts]
        if sum(map(heads_column, texts)) > len(texts) / 2:
            named = [True] * len(texts)
        beside = [_has_neighbour(stack, stacks) for stack in stacks]
        fits = len(stacks) > 1 and any(n and b for n, b in zip(named, beside, strict=True))
        fits = fits and not has_marks(stacks[0][0].text)
        if fits and _SIGNED.search(fold(cell.text)):
            # A box that is signed is one value; at most its label stands in it, at the left.
            stacks = [stacks[0], [piece for stack in stacks[1:] for piece in stack]]
            fits = named[0] and beside[0] and not _SIGNED.search(fold(texts[0]))
        cell.c0, cell.c1 = cell.c0 * _FINE, cell.c1 * _FINE
        divided += _split(cell, stacks) if fits else [cell]
    return divided


def _has_neighbour(stack: list[Line], stacks: list[list[Line]]) -> bool:
    """Whether something stands beside a stack of text, not only below it."""
    top, bottom = _span(stack)
    high = min(piece.bottom - piece.top for piece in stack)
    spans = [_span(other) for other in stacks if other is not stack]
    return any(min(below, bottom) - max(above, top) > _BESIDE * high for above, below in spans)


def _span(stack: list[Line]) -> tuple[float, float]:
    return min(piece.top for piece in stack), max(piece.bottom for piece in stack)


def _split(cell: Cell, stacks: list[list[Line]]) -> list[Cell]:
    """Return one cell for each stack of text, side by side within `cell`."""
    lefts = [min(piece.x0 for piece in stack) for stack in stacks]
    rights = [max(piece.x1 for piece in stack) for stack in stacks]
    edges = [cell.x0, *(_edge(a, b, cell.cuts) for a, b in zip(rights, lefts[1:], strict=False)), cell.x1]
    pieces: list[Cell] = []
    for number, stack in enumerate(stacks):
        last = number == len(stacks) - 1
        piece = Cell(
            cell.page, cell.r0, cell.c0 + number, cell.r1, cell.c1 if last else cell.c0 + number + 1,
            edges[number], cell.top, edges[number + 1], cell.bottom,
            tokens=[token for line in stack for token in line.tokens], parted=True, cuts=cell.cuts,
        )  # fmt: skip
        piece.settle()
        pieces.append(piece)
    return pieces


def _edge(right: float, left: float, cuts: tuple[float, ...]) -> float:
    """Return where two pieces of text are parted: at the edge of a column, or in the middle between them."""
    return next((at for at in cuts if right - 1 < at < left + 1), (right + left) / 2)


def _loose_cells(page: Page, lines: list[Line]) -> list[Cell]:
    """Turn loose lines into rows of cells; between long rules, what stands one above the other is one cell."""
    rules = sorted({round(r.at, 1) for r in page.horizontal if r.high - r.low > page.width * _LONG_RULE})
    rows: list[list[list[Line]]] = []
    band_before: int | None = None
    for line in lines:
        band = bisect_right(rules, (line.top + line.bottom) / 2) if rules else None
        pieces = segments(line)
        named = len(rows) > 0 and (
            _both_labels(rows[-1], pieces) or _all_labels(rows[-1], pieces) or bool(PROMISE.match(fold(line.text)))
        )
        if rows and not named and band is not None and band == band_before and 0 < band < len(rules):
            _stack(rows[-1], pieces, always=True)
        elif rows and line.top < _bottom(rows[-1]) - _OVERLAP * (line.bottom - line.top):
            # Beside a value of two lines the label stands half a line lower or higher.
            _stack(rows[-1], pieces, always=True)
        elif not (rows and _continues(rows[-1], line, pieces)):
            rows.append([[piece] for piece in pieces])
        band_before = band
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        for column, stack in enumerate(sorted(row, key=lambda s: min(p.x0 for p in s))):
            tokens = [token for piece in stack for token in piece.tokens]
            cell = Cell(
                page.number,
                number,
                column,
                number + 1,
                column + 1,
                min(p.x0 for p in stack),
                min(p.top for p in stack),
                max(p.x1 for p in stack),
                max(p.bottom for p in stack),
                ruled=False,
                tokens=tokens,
            )
            cell.settle()
            cells.append(cell)
    return cells


def _both_labels(row: list[list[Line]], pieces: list[Line]) -> bool:
    """Whether a label of this line stands below another label, which it does not complete."""
    words = vocabulary()
    told: list[str] = []
    for piece in pieces:
        home = max(row, key=lambda stack: _shared(stack, piece))
        above = "".join(part.text for part in home)
        if _shared(home, piece) > 0 and words.knows(piece.text) and words.knows(above):
            told.append(above + piece.text)
    return len(told) > 1 or any(not words.knows(text) for text in told)


def _all_labels(row: list[list[Line]], pieces: list[Line]) -> bool:
    """Whether a line holds nothing but labels, none of which goes on with what stands above it."""
    words = vocabulary()
    homes = [max(row, key=lambda stack: _shared(stack, piece)) for piece in pieces]
    above = [
        "".join(part.text for part in home) if _shared(home, p) > 0 else ""
        for home, p in zip(homes, pieces, strict=True)
    ]
    return all(
        words.knows(piece.text) and not (text and words.knows(text + piece.text))
        for piece, text in zip(pieces, above, strict=True)
    )


def _stack(row: list[list[Line]], pieces: list[Line], *, always: bool) -> bool:
    """Put pieces under the stacks they overlap; without `always` only if every piece finds one."""
    found: list[tuple[list[Line], Line]] = []
    for piece in pieces:
        home = max(row, key=lambda stack: _shared(stack, piece))
        if _shared(home, piece) <= 0:
            if not always:
                return False
            row.append([piece])
        else:
            found.append((home, piece))
    for home, piece in found:
        home.append(piece)
    return True


def _shared(stack: list[Line], piece: Line) -> float:
    return min(max(p.x1 for p in stack), piece.x1) - max(min(p.x0 for p in stack), piece.x0)


def _bottom(row: list[list[Line]]) -> float:
    return max(piece.bottom for stack in row for piece in stack)


def _continues(row: list[list[Line]], line: Line, pieces: list[Line]) -> bool:  # noqa: PLR0911 - one test a line
    """Whether a line only completes what stands right above: a wrapped label or a wrapped value."""
    words = vocabulary()
    bottom = _bottom(row)
    if line.top - bottom > _CLOSE * (line.bottom - line.top):
        return False
    if any(":" in fold(piece.text) or words.knows(piece.text) for piece in pieces):
        return False
    for piece in pieces:
        home = max(row, key=lambda stack: _shared(stack, piece))
        if _shared(home, piece) <= 0:
            return False
        above = "".join(p.text for p in home)
        if words.knows(above) and not words.knows(above + piece.text):
            return False
        if heads_column(above) and not heads_column(above + piece.text):
            return False
        if not words.knows(above + piece.text) and abs(home[0].x0 - piece.x0) > 2 * (piece.bottom - piece.top):
            return False
    if len(row) == 1 and len(pieces) == 1 and not words.knows("".join(p.text for p in row[0]) + pieces[0].text):
        return False
    return _stack(row, pieces, always=False)
