"""How far a table that stands in lines without boxes reaches: its heads, and the rows beneath them."""

import re
from collections.abc import Iterable

from jucai.reading.cells import Cell
from jucai.reading.columns import heads_block, heads_column, heads_section
from jucai.reading.rows import Columns
from jucai.reading.sheets import Sheet
from jucai.reading.text import fold
from jucai.reading.vocabulary import vocabulary
from models.fields import FIELDS, FieldType

_LABEL_MOST = 30
_ENOUGH = 2
_LONG = 4
_HEAD_LINES = 3
_CLOSE, _FAR = 0.9, 2.5
_SIGNED = re.compile(r"承诺|[(（](?:盖章|公章|签章|签字|签名)|(?:签字|签名|盖章)[:：]")
"""No row of a table is signed."""
_SIGNS = ("签字", "签名", "盖章", "签章")
_FOUR = 4


def tall_heads(sheet: Sheet, number: int) -> list[list[Cell]]:
    """Return the rows from `number` on as heads of two lines or three, one above the other: 本人 over 角色."""
    found: list[list[Cell]] = []
    rows = [sheet.row(number)]
    for following in range(number + 1, number + _HEAD_LINES):
        row = sheet.row(following)
        if not row or _gap(rows[-1], row) > _CLOSE * height(row) or len(row) < len(rows[0]) / 2:
            break
        rows.append(row)
        stacks: list[list[Cell]] = []
        for cell in sorted((cell for part in rows for cell in part), key=lambda c: c.x0):
            if stacks and cell.x0 < max(other.x1 for other in stacks[-1]):
                stacks[-1].append(cell)
            else:
                stacks.append([cell])
        if len(stacks) >= _ENOUGH and any(heads_column(cell.text) for cell in rows[0] + row):
            found.append([merged(stack) for stack in stacks])
    return found


def region(sheet: Sheet, number: int, heads: list[Cell]) -> list[list[Cell]]:
    """Return the rows from `number` on that may stand in a table with these heads."""
    columns = Columns(heads, ())
    rows: list[list[Cell]] = []
    while row := sheet.row(number):
        if ends_table(row) or _asks(row) or (rows and _gap(rows[-1], row) > _FAR * height(row)):
            break
        placed = [columns.place(line) for line in merged(row).lines]
        if any(pieces is None or (len(pieces) == 1 and columns.crosses(pieces)) for pieces in placed):
            break
        rows.append(row)
        number += 1
    # A line that stands alone and apart heads what follows the table.
    while len(rows) > 1 and len(rows[-1]) == 1 and _gap(rows[-2], rows[-1]) > _CLOSE * height(rows[-1]):
        rows.pop()
    return rows


def _asks(row: list[Cell]) -> bool:
    """Whether a row holds a heading, labels or heads of columns: something else begins."""
    if len(row) == 1:
        text = row[0].text
        return heads_block(text) or heads_section(text) or (len(text) >= _LONG and vocabulary().knows(text))
    heads = len(row) > _ENOUGH and all(heads_column(cell.text) for cell in row)
    return heads or sum(vocabulary().lists(cell.text) for cell in row) * 2 >= len(row)


def ends_table(row: list[Cell]) -> bool:
    """Whether a row begins something else: an opinion, a promise, a long text, a label with a colon."""
    signed = any(is_opinion(cell) or _SIGNED.search(fold(cell.text)) for cell in row)
    return signed or heads_prose(row) or _fills_in(row) or any(labels(cell) for cell in row if not cell.ruled)


def _fills_in(row: list[Cell]) -> bool:
    """Whether boxes for labels and for values take turns: 填表日期, its day, 填表人签字, a blank."""
    asks = [vocabulary().lists(cell.label) or fold(cell.label).endswith(_SIGNS) for cell in row]
    pairs = len(row) >= _FOUR and len(row) % 2 == 0 and all(cell.ruled for cell in row)
    return pairs and all(asks[::2]) and not any(asks[1::2])


def _gap(upper: Iterable[Cell], lower: Iterable[Cell]) -> float:
    return min(cell.top for cell in lower) - max(cell.bottom for cell in upper)


def height(row: list[Cell]) -> float:
    """Return how high a line of a row is."""
    return max(line.bottom - line.top for cell in row for line in cell.lines[:1])


def is_opinion(cell: Cell) -> bool:
    """Whether an opinion box begins: the block is over, though the columns may go on."""
    keys = vocabulary().lookup(cell.label, form=None, section="", after=None) if len(cell.label) < _LABEL_MOST else None
    return bool(keys) and keys is not None and keys[0].endswith("_opinion")


def heads_prose(row: list[Cell]) -> bool:
    """Whether a box without columns begins with the label of a long text, on a line of its own."""
    if len(row) != 1 or len(row[0].lines) < _ENOUGH or len(row[0].lines[0].text) > _LABEL_MOST:
        return False
    keys = vocabulary().lookup(row[0].lines[0].text, form=None, section="", after=None)
    return bool(keys) and keys is not None and FIELDS[keys[0]].type is FieldType.LONGTEXT


def labels(cell: Cell) -> bool:
    """Whether a piece of text begins with a label and a colon: no row of a table, but a line of the form."""
    label, colon, _ = fold(cell.text).partition(":")
    return bool(colon) and len(label) < _LABEL_MOST and vocabulary().knows(label)


def merged(row: list[Cell], heads: Iterable[Cell] = ()) -> Cell:
    """Return cells as one box without rules, as wide as `heads` at least."""
    tokens = [token for cell in row for line in cell.lines for token in line.tokens]
    around = [*row, *heads]
    box = Cell(
        row[0].page, min(c.r0 for c in row), min(c.c0 for c in row), max(c.r1 for c in row), max(c.c1 for c in row),
        min(c.x0 for c in around), min(c.top for c in row), max(c.x1 for c in around), max(c.bottom for c in row),
        ruled=False, tokens=tokens, cuts=row[0].cuts,
    )  # fmt: skip
    box.settle()
    return box
