"""Tables that ask the same of the applicant and the spouse, one column or one row for each."""

from collections.abc import Iterator

from jucai.reading.blocks import Blocks
from jucai.reading.cells import Cell
from jucai.reading.meaning import Keys
from jucai.reading.sheets import Sheet
from jucai.reading.text import fold, label_forms
from jucai.reading.vocabulary import vocabulary

_APPLICANT = {
    "申请人", "本人", "申报人", "主申请人", "申请人本人", "申请人情况", "本人情况", "申请人信息", "申请者",
    "共同申请人一", "申领人", "人才本人", "本人信息", "申请人一",
}  # fmt: skip
_SPOUSE = {"配偶", "配偶情况", "配偶信息", "爱人", "申请人配偶", "共同申请人", "申请人二", "夫妻另一方"}
_EDGE = 5.0

Asked = tuple[Cell, Keys, Cell]
"""The box of a label, the keys it stands for there, and the box of the value."""


def persons(sheet: Sheet, blocks: Blocks, form: str | None) -> Iterator[Asked]:
    """Yield what such a table asks and its answers, and mark its boxes as used."""
    if not sheet.ruled:
        return
    for number in sheet.rows:
        row = [cell for cell in sheet.row(number) if id(cell) not in blocks.used]
        own, other = _one_of(row, _APPLICANT), _one_of(row, _SPOUSE)
        if own is not None and other is not None:
            yield from _by_column(sheet, blocks, form, own, other)
        elif own is not None and row[0] is own:
            yield from _by_row(sheet, blocks, form, own)


def _one_of(row: list[Cell], names: set[str]) -> Cell | None:
    return next((cell for cell in row if not cell.blank and label_forms(cell.label)[-1] in names), None)


def _by_column(sheet: Sheet, blocks: Blocks, form: str | None, own: Cell, other: Cell) -> Iterator[Asked]:
    found: list[Asked] = []
    taken: list[Cell] = [own, other]
    row = own.r1
    while True:
        cells = sheet.row(row)
        mine, theirs = _aligned(cells, own), _aligned(cells, other)
        label = next((cell for cell in cells if mine is not None and cell.c1 == mine.c0 and not cell.blank), None)
        if mine is None or theirs is None or label is None:
            break
        taken += [mine, theirs, label]
        found += _asked(label, mine, theirs, form)
        row = max(label.r1, mine.r1)
    if len(found) > 1:
        blocks.take(taken)
        yield from found


def _by_row(sheet: Sheet, blocks: Blocks, form: str | None, own: Cell) -> Iterator[Asked]:
    heads = [cell for cell in sheet.cells if cell.r1 == own.r0 and cell.c0 >= own.c1]
    other = next((cell for cell in sheet.row(own.r1) if abs(cell.x0 - own.x0) < _EDGE), None)
    if other is None or other.blank or label_forms(other.label)[-1] not in _SPOUSE:
        return
    found: list[Asked] = []
    taken: list[Cell] = [own, other, *heads]
    for head in heads:
        mine, theirs = _aligned(sheet.row(own.r0), head), _aligned(sheet.row(other.r0), head)
        if head.blank or mine is None or theirs is None:
            return
        taken += [mine, theirs]
        found += _asked(head, mine, theirs, form)
    if len(found) > 1:
        blocks.take(taken)
        yield from found


def _aligned(cells: list[Cell], head: Cell) -> Cell | None:
    return next((c for c in cells if abs(c.x0 - head.x0) < _EDGE and abs(c.x1 - head.x1) < _EDGE), None)


def _asked(label: Cell, mine: Cell, theirs: Cell, form: str | None) -> list[Asked]:
    words = vocabulary()
    own = words.lookup(label.label, form=form, section="", after=None)
    spouse = words.lookup(f"配偶{fold(label.label)}", form=form, section="", after=None)
    if spouse is None:
        spouse = words.lookup(label.label, form=form, section="配偶", after="spouse_name")
    found: list[Asked] = [(label, own, mine)] if own else []
    if spouse and spouse[0].startswith("spouse_"):
        found.append((label, spouse, theirs))
    return found
