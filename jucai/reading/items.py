"""What running text is made of: labels with what is gathered for them, and pieces of printed lines."""

from dataclasses import dataclass, field, replace

from jucai.reading.cells import Line, to_line
from jucai.reading.labelled import signs_for
from jucai.reading.meaning import Keys
from jucai.reading.page import Token
from jucai.reading.sheets import Sheet
from models.fields import FIELDS, FieldType
from models.readings import Box

_FAR = 3.0
"""What stands so far behind a number, in heights of its line, is no part of it."""


@dataclass(slots=True)
class Open:
    """A label whose value is being gathered."""

    keys: Keys
    label: str
    geometry: float
    number: int
    colon: bool
    pieces: list[tuple[int, Line]] = field(default_factory=list)

    @property
    def prose(self) -> bool:
        """Whether its value may run over many lines."""
        return bool(self.keys) and (
            FIELDS[self.keys[0]].type is FieldType.LONGTEXT
            or self.keys[0].endswith("_opinion")
            or self.keys[0].startswith("commitment")
        )

    @property
    def signed(self) -> bool:
        """Whether its value is signed."""
        return bool(self.keys) and self.keys[0].endswith(("_opinion", "_checked"))


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a line: a label (keys is not None) with what is printed after its colon, or plain text."""

    piece: Line
    keys: Keys | None = None
    label: str = ""
    value: str = ""
    colon: bool = False


def with_days(items: list[Item]) -> list[Item]:
    """Give an opinion the day of signing that stands behind it in its line: 意见：同意。　日期：2026.4.4."""
    kept: list[Item] = []
    for item in items:
        before = kept[-1] if kept else Item(item.piece)
        if not (item.value and before.colon and signs_for(item.label, before.keys)):
            kept.append(item)
            continue
        known = {id(token) for token in before.piece.tokens}
        whole = to_line([*before.piece.tokens, *(token for token in item.piece.tokens if id(token) not in known)])
        kept[-1] = replace(before, piece=whole, value=f"{before.value} {item.label}：{item.value}".strip())
    return kept


def numbered(items: list[Item]) -> bool:
    """Whether the last piece of a line stands far behind a number of the application, which has its value."""
    label, last = items[-2], items[-1].piece
    far = last.x0 - label.piece.x1 > _FAR * (last.bottom - last.top)
    return far and label.keys == ("application_no",) and bool(label.value)


def box_of(line: Line) -> Box:
    """Return the box of a printed line: left, top, right, bottom."""
    return line.x0, line.top, line.x1, line.bottom


def printed_rows(lines: list[Line]) -> list[list[Line]]:
    """Group pieces of a column by the printed line they stand in."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(rows[-1][0].top - line.top) < (line.bottom - line.top) / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def joined_lines(pieces: list[tuple[int, Line]]) -> tuple[Line, ...]:
    """Join the pieces of each printed line."""
    by_line: dict[int, list[Line]] = {}
    for number, piece in pieces:
        by_line.setdefault(number, []).append(piece)
    joined: list[Line] = []
    for group in by_line.values():
        if len(group) == 1:
            joined.append(group[0])
            continue
        tokens: list[Token] = [token for piece in group for token in piece.tokens]
        whole = to_line(tokens)
        text = " ".join(piece.text for piece in group)
        joined.append(Line(text, whole.x0, whole.top, whole.x1, whole.bottom, whole.tokens))
    return tuple(joined)


def box_beside(line: Line, ruled: Sheet, used: set[int]) -> tuple[Line, ...]:
    """Return what stands in a lone box right of a label that ends its line, and use it: the fields of a cover."""
    middle = (line.top + line.bottom) / 2
    for cell in ruled.cells:
        alone = len(ruled.row(cell.r0)) == 1 and id(cell) not in used
        if alone and not cell.blank and cell.top < middle < cell.bottom and cell.x0 > line.x1 - 1:
            used.add(id(cell))
            return tuple(cell.lines)
    return ()
