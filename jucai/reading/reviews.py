"""Tables of opinions, one row for each office: 环节 | 办理意见 | 经办人 | 时间."""

from collections.abc import Iterator

from jucai.reading.blocks import Blocks
from jucai.reading.cells import Cell
from jucai.reading.meaning import Keys
from jucai.reading.sheets import Sheet
from jucai.reading.text import fold, label_forms
from jucai.reading.vocabulary import vocabulary

_OFFICE = {
    "环节", "审核环节", "审批环节", "办理环节", "审核单位", "审批单位", "审核部门", "审批部门", "部门", "单位",
    "步骤", "节点", "审核层级", "审批层级", "办理单位", "办理部门", "审核机构", "意见单位", "流程", "流程环节",
    "审批步骤", "签批单位", "级别", "审核级别",
}  # fmt: skip
_OPINION = {
    "意见", "办理意见", "审核意见", "审批意见", "审查意见", "处理意见", "审核结果", "意见内容", "办理结果",
    "签署意见", "结论", "审核结论", "审批结果",
}  # fmt: skip
_DATE = {
    "时间", "日期", "办理时间", "审核时间", "审批时间", "办理日期", "审核日期", "审批日期", "签署日期",
    "签署时间", "处理时间", "完成时间", "落款日期",
}  # fmt: skip
_FAR = 40.0

Asked = tuple[Cell, Keys, Cell]
"""The box that names the office, the keys, and the box of the opinion or the date."""


def reviews(sheet: Sheet, blocks: Blocks, form: str | None) -> Iterator[Asked]:
    """Yield the opinions and dates of such tables, and mark their boxes as used."""
    for number in sheet.rows:
        row = [cell for cell in sheet.row(number) if not cell.blank and id(cell) not in blocks.used]
        office, said, dated = (_one_of(row, words) for words in (_OFFICE, _OPINION, _DATE))
        if office is None or said is None or office is not row[0]:
            continue
        found: list[Asked] = []
        taken = list(row)
        for below in (later for later in sheet.rows if later > number):
            cells = sheet.row(below)
            keys = _opinion(cells[0], form) if not cells[0].blank else None
            if not keys or abs(cells[0].x0 - office.x0) > _FAR:
                break
            text, date = _under(cells, said, row), _under(cells, dated, row) if dated else None
            if text is not None:
                found.append((cells[0], keys[:1], text))
            if date is not None:
                found.append((cells[0], keys[1:], date))
            taken += cells
        if found:
            blocks.take(taken)
            yield from found


def _one_of(row: list[Cell], names: set[str]) -> Cell | None:
    return next((cell for cell in row if label_forms(cell.label)[-1] in names), None)


def _opinion(cell: Cell, form: str | None) -> Keys | None:
    """Return the keys of the office's opinion: named as such, or by the office alone."""
    words = vocabulary()
    for label in (cell.label, f"{fold(cell.label)}意见"):
        keys = words.lookup(label, form=form, section="", after=None)
        if keys and keys[0].endswith("_opinion"):
            return keys
    return None


def _under(cells: list[Cell], head: Cell, heads: list[Cell]) -> Cell | None:
    """Return the cell of a row that stands nearer to `head` than to any other head."""

    def gap(cell: Cell, other: Cell) -> float:
        shared = min(cell.x1, other.x1) - max(cell.x0, other.x0)
        return -shared if shared > 0 else min(abs(cell.x0 - other.x1), abs(other.x0 - cell.x1))

    best = [cell for cell in cells[1:] if not cell.blank and min(heads, key=lambda other: gap(cell, other)) is head]
    return best[0] if best else None
