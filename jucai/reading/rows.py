"""Rows of a table without vertical rules: each piece of text goes to the head it stands under."""

from jucai.reading.cells import Cell, Line
from jucai.reading.page import Token
from jucai.reading.segments import segments

_EDGE = 6.0
_FAR = 60.0


def rows_by_heads(heads: list[Cell], row: list[Cell]) -> list[dict[int, Cell]]:
    """Return the rows that one wide box holds beneath `heads`: column by place → cell; nothing if it is no such box.

    A line without anything in the first column, or with nothing else, goes on with the row above it.
    """
    if len(row) != 1 or row[0].blank:
        return []
    box = row[0]
    if box.x0 > heads[0].x0 + _EDGE or box.x1 < heads[-1].x1 - _EDGE:
        return []
    inks = [head.ink() for head in heads]
    rows: list[dict[int, list[Token]]] = []
    for line in box.lines:
        placed = _placed(line, inks)
        if placed is None:
            return []
        if rows and (min(placed) > 0 or list(placed) == [0]):
            for place, tokens in placed.items():
                rows[-1].setdefault(place, []).extend(tokens)
        else:
            rows.append(placed)
    if any(len(found) < min(2, len(heads)) for found in rows):
        return []
    return [{place: _cell(box, tokens) for place, tokens in sorted(found.items())} for found in rows]


def _placed(line: Line, inks: list[tuple[float, float, float, float]]) -> dict[int, list[Token]] | None:
    """Return the tokens of a line by column, None where a piece stands under no head."""
    placed: dict[int, list[Token]] = {}
    pieces = segments(line)
    for piece in pieces:
        distances = [
            min(abs(piece.x0 - x0), abs(piece.x1 - x1), abs((piece.x0 + piece.x1) / 2 - (x0 + x1) / 2))
            for x0, _, x1, _ in inks
        ]
        nearest = min(range(len(inks)), key=lambda place: distances[place])
        if distances[nearest] > _FAR:
            if piece is pieces[0] and piece.text.strip().isdigit():
                continue
            return None
        if piece is pieces[0] and len(pieces) > len(inks) and piece.text.strip().isdigit():
            # The number of the row, whose head was left out.
            continue
        placed.setdefault(nearest, []).extend(piece.tokens)
    return placed or None


def _cell(box: Cell, tokens: list[Token]) -> Cell:
    cell = Cell(
        box.page, box.r0, box.c0, box.r1, box.c1,
        min(t.x0 for t in tokens), min(t.top for t in tokens), max(t.x1 for t in tokens), max(t.bottom for t in tokens),
        tokens=list(tokens),
    )  # fmt: skip
    cell.settle()
    return cell
