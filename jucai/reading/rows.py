"""Rows of a table without vertical rules: each piece of text goes to the head it stands under."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from jucai.reading.cells import Cell, Line, to_line
from jucai.reading.page import Token
from jucai.reading.segments import cut, segments
from jucai.reading.wrapping import Piece, group

_EDGE = 6.0
_FAR = 60.0
_ALIGNED = 1.6
_STRIPE = 0.12


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as columns by place → cell, and whether nothing but a guess tells where one ends."""

    cells: list[dict[int, Cell]]
    doubtful: bool = False


def rows_by_heads(heads: list[Cell], row: list[Cell]) -> Rows:
    """Return the rows that one wide box holds beneath `heads`; none if it is no such box."""
    none = Rows([])
    if len(row) != 1 or row[0].blank:
        return none
    box = row[0]
    if box.x0 > heads[0].x0 + _EDGE or box.x1 < heads[-1].x1 - _EDGE:
        return none
    columns = Columns(heads, box.cuts, box.lines)
    pieces: list[Piece] = []
    for line in box.lines:
        placed = columns.place(line)
        if placed is None:
            return none
        pieces += placed
    if not pieces:
        return none
    leads = [lower.top - upper.top for head in heads for upper, lower in pairwise(head.lines)]
    groups, doubtful = group(pieces, columns.edges(pieces), leads)
    rows = [{place: _cell(box, part) for place, part in sorted(found.items())} for found in groups]
    if any(len(found) < min(2, len(heads)) for found in rows):
        return none
    return Rows(rows, doubtful)


class Columns:
    """The columns under heads: between edges where rules meet, or between stripes of white that no text crosses.

    Where neither tells them, a piece belongs to the head that begins or ends where it does, or has its middle.
    """

    def __init__(self, heads: Sequence[Cell], cuts: Sequence[float], lines: Sequence[Line] = ()) -> None:
        self.inks = [head.ink() for head in heads]
        self.boxed = bool(cuts)
        tokens = [token for line in (*lines, *(line for head in heads for line in head.lines)) for token in line.tokens]
        self.cuts = tuple(cuts) or self._stripes(tokens)
        self.spans = self._spans() if self.cuts else None

    def _stripes(self, tokens: list[Token]) -> tuple[float, ...]:
        """Return the middle of the widest stripe without text between each two heads; nothing if one is missing."""
        free: list[tuple[float, float]] = []
        edge = float("inf")
        for token in sorted(tokens, key=lambda t: t.x0):
            if token.x0 - edge > token.height * _STRIPE:
                free.append((edge, token.x0))
            edge = max(edge, token.x1) if edge != float("inf") else token.x1
        cuts: list[float] = []
        for (x0, _, x1, _), (y0, _, y1, _) in pairwise(self.inks):
            between = [(b - a, (a + b) / 2) for a, b in free if (x0 + x1) / 2 < a and b < (y0 + y1) / 2]
            if not between:
                return ()
            cuts.append(max(between)[1])
        return tuple(cuts)

    def _spans(self) -> list[tuple[float, float]] | None:
        """Return the left and right edge of each column, None if the edges part no column from the next."""
        edges = [float("-inf"), *self.cuts, float("inf")]
        spans = []
        for x0, _, x1, _ in self.inks:
            middle = (x0 + x1) / 2
            spans.append(next((a, b) for a, b in pairwise(edges) if a <= middle < b))
        return spans if len(set(spans)) == len(spans) else None

    def edges(self, pieces: list[Piece]) -> list[float]:
        """Return how far the text of each column can reach to the right."""
        reach = [ink[2] for ink in self.inks]
        for piece in pieces:
            reach[piece.place] = max(reach[piece.place], piece.line.x1)
        return reach

    def crosses(self, pieces: list[Piece]) -> bool:
        """Whether a piece runs on under the next head: running text."""
        lefts = [x0 for x0, *_ in self.inks[1:]]
        return any(p.line.x0 < x - _EDGE and x + _EDGE < p.line.x1 for p in pieces for x in lefts)

    def place(self, line: Line) -> list[Piece] | None:
        """Return the pieces of a line with their columns, None where a piece stands under no head."""
        parts = cut(line, self.cuts or self._begins(line))
        pieces = [piece for part in parts for piece in segments(part)]
        placed: dict[int, list[Token]] = {}
        for piece in pieces:
            counter = piece is pieces[0] and piece.text.strip().isdigit()
            place = self._nearest(piece)
            if place is None:
                if counter:
                    continue
                return None
            if counter and not self.boxed and len(pieces) > len(self.inks):
                # The number of the row, whose head was left out.
                continue
            placed.setdefault(place, []).extend(piece.tokens)
        return [Piece(place, to_line(tokens)) for place, tokens in placed.items()]

    def _begins(self, line: Line) -> list[float]:
        """Return the left edges of heads at which a piece of this line begins as well."""
        lefts = [ink[0] for ink in self.inks[1:]]
        return [t.x0 for t in line.tokens if any(abs(t.x0 - left) < _ALIGNED for left in lefts)]

    def _nearest(self, piece: Line) -> int | None:
        middle = (piece.x0 + piece.x1) / 2
        within = None
        if self.spans:
            within = next((place for place, (low, high) in enumerate(self.spans) if low <= middle < high), None)
            if self.boxed:
                return within
        distances = [
            min(abs(piece.x0 - x0), abs(piece.x1 - x1), abs(middle - (x0 + x1) / 2)) for x0, _, x1, _ in self.inks
        ]
        nearest = min(range(len(distances)), key=lambda place: distances[place])
        if distances[nearest] > _FAR:
            return None
        return nearest if within is None else within


def _cell(box: Cell, lines: Sequence[Line]) -> Cell:
    tokens = [token for line in lines for token in line.tokens]
    cell = Cell(
        box.page, box.r0, box.c0, box.r1, box.c1,
        min(t.x0 for t in tokens), min(t.top for t in tokens), max(t.x1 for t in tokens), max(t.bottom for t in tokens),
        tokens=tokens,
    )  # fmt: skip
    cell.settle()
    return cell
