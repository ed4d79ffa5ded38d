"""The payment list (拨付清单) as a workbook that a finance officer checks, prints and signs."""

import datetime as dt
import io
import re
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jucai.notices.masking import mask_account, mask_id
from jucai.notices.parts import Instalment
from jucai.notices.text import clean_line, display_width, long_date
from models.money import Money

_COLUMNS = (
    "序号",
    "受理编号",
    "姓名",
    "身份证号",
    "开户银行",
    "户名",
    "银行账号",
    "项目",
    "期次",
    "金额（元）",
    "备注",
)
_LEAST_WIDTHS = (6, 21, 10, 21, 18, 10, 23, 18, 10, 15, 10)
_MOST_WIDTHS = (6, 24, 20, 24, 34, 24, 30, 30, 16, 20, 30)
_LAST = len(_COLUMNS) - 1
_AMOUNT = _COLUMNS.index("金额（元）")
_HEAD_ROW = 2
_FEN_PER_YUAN = 100
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """One payment. Numbers come in full; whether they are written so is decided for the whole list."""

    case_number: str
    name: str
    id_number: str
    bank: str
    account_holder: str
    account: str
    programme_title: str
    instalment: Instalment
    amount: Money
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentList:
    """A list of payments under one number; `masked` hides ID and account numbers but for their ends."""

    title: str
    list_number: str
    office_name: str
    made_on: dt.date
    rows: tuple[PaymentRow, ...]
    masked: bool = False
    sample: bool = False

    @property
    def total(self) -> Money:
        """The sum of all rows."""
        return sum((row.amount for row in self.rows), start=Money(0))


class EmptyPaymentListError(ValueError):
    """There is nothing to pay."""

    def __init__(self, list_number: str) -> None:
        super().__init__(f"拨付清单 {list_number} 没有任何一笔，未生成表格。")


def payment_list_xlsx(context: PaymentList) -> bytes:
    """The workbook: title, number, one row per payment, total by formula and in 大写, lines to sign.

    All texts are written as text (never as formula, number or link); amounts are numbers with two places. The same
    list gives the same bytes.

    Raises:
        EmptyPaymentListError: the list has no rows.
    """
    if not context.rows:
        raise EmptyPaymentListError(context.list_number)
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(
            {
                "title": clean_line(context.title),
                "author": clean_line(context.office_name),
                "created": dt.datetime.combine(context.made_on, dt.time()),
            }
        )
        sheet = book.add_worksheet("拨付清单")
        looks = _Looks.of(book)
        cells = [_cells(number, row, masked=context.masked) for number, row in enumerate(context.rows, start=1)]
        _set_page(sheet, context)
        _write_head(sheet, context, looks)
        _write_rows(sheet, context, cells, looks)
        _write_foot(sheet, context, looks)
        _set_widths(sheet, cells)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Looks:
    title: Format
    side: Format
    right: Format
    head: Format
    text: Format
    centre: Format
    count: Format
    money: Format
    total: Format
    total_money: Format
    words: Format
    sign: Format
    sample: Format

    @classmethod
    def of(cls, book: xlsxwriter.Workbook) -> "_Looks":
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        cell = base | {"border": 1, "text_wrap": True}
        strong = cell | {"bold": True, "bg_color": "#F2F2F2"}
        figures = {"num_format": "#,##0.00", "align": "right", "text_wrap": False}
        return cls(
            title=book.add_format(base | {"font_size": 18, "bold": True, "align": "center"}),
            side=book.add_format(base | {"align": "left"}),
            right=book.add_format(base | {"align": "right"}),
            head=book.add_format(strong | {"align": "center"}),
            text=book.add_format(cell | {"num_format": "@"}),
            centre=book.add_format(cell | {"num_format": "@", "align": "center"}),
            count=book.add_format(cell | {"align": "center"}),
            money=book.add_format(cell | figures),
            total=book.add_format(strong | {"align": "center"}),
            total_money=book.add_format(strong | figures),
            words=book.add_format(strong | {"align": "left"}),
            sign=book.add_format(base | {"align": "left", "font_size": 12}),
            sample=book.add_format(base | {"bold": True, "font_color": "#B00020", "align": "center"}),
        )


def _cells(number: int, row: PaymentRow, *, masked: bool) -> tuple[str, ...]:
    """The texts of a row, in the order of the columns; the place of the amount stays empty."""
    period = f"（{row.instalment.period}）" if row.instalment.period else ""
    texts = (
        str(number),
        row.case_number,
        row.name,
        mask_id(row.id_number) if masked else _SPACES.sub("", row.id_number),
        row.bank,
        row.account_holder,
        mask_account(row.account) if masked else _SPACES.sub("", row.account),
        row.programme_title,
        f"{row.instalment.number}/{row.instalment.count}{period}",
        "",
        row.remark,
    )
    return tuple(map(clean_line, texts))


def _set_page(sheet: Worksheet, context: PaymentList) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.repeat_rows(0, _HEAD_ROW)
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    if context.sample:
        sheet.set_header("&C&B示例：金额未经公布，不作为拨付依据")


def _write_head(sheet: Worksheet, context: PaymentList, looks: _Looks) -> None:
    title = f"{context.title}（示例）" if context.sample else context.title
    sheet.merge_range(0, 0, 0, _LAST, clean_line(title), looks.title)
    sheet.set_row(0, 32)
    sheet.merge_range(1, 0, 1, 4, clean_line(f"清单编号：{context.list_number}"), looks.side)
    made = f"编制单位：{context.office_name}　编制日期：{long_date(context.made_on)}"
    sheet.merge_range(1, 5, 1, _LAST, clean_line(made), looks.right)
    for column, label in enumerate(_COLUMNS):
        sheet.write_string(_HEAD_ROW, column, label, looks.head)
    sheet.set_row(_HEAD_ROW, 24)


def _write_rows(sheet: Worksheet, context: PaymentList, cells: list[tuple[str, ...]], looks: _Looks) -> None:
    centred = {"序号", "姓名", "期次"}
    for offset, (row, texts) in enumerate(zip(context.rows, cells, strict=True), start=1):
        line = _HEAD_ROW + offset
        for column, text in enumerate(texts):
            if column == _AMOUNT:
                sheet.write_number(line, column, row.amount.fen / _FEN_PER_YUAN, looks.money)
            elif column == 0:
                sheet.write_number(line, column, offset, looks.count)
            elif not text:
                sheet.write_blank(line, column, None, looks.text)
            else:
                sheet.write_string(line, column, text, looks.centre if _COLUMNS[column] in centred else looks.text)


def _write_foot(sheet: Worksheet, context: PaymentList, looks: _Looks) -> None:
    first, line = _HEAD_ROW + 1, _HEAD_ROW + 1 + len(context.rows)
    letter = chr(ord("A") + _AMOUNT)
    total = context.total
    sheet.merge_range(line, 0, line, _AMOUNT - 1, f"合计（{len(context.rows)}笔）", looks.total)
    formula = f"=SUM({letter}{first + 1}:{letter}{line})"
    # The value is stored beside the formula for viewers that do not calculate (mail previews, phones).
    sheet.write_formula(line, _AMOUNT, formula, looks.total_money, total.fen / _FEN_PER_YUAN)
    sheet.write_blank(line, _LAST, None, looks.total)
    words = f"合计金额（大写）：人民币{total.upper_text}"
    sheet.merge_range(line + 1, 0, line + 1, _LAST, words, looks.words)
    sheet.set_row(line, 22)
    sheet.set_row(line + 1, 22)
    signs = "制表：　　　　　　　　　　复核：　　　　　　　　　　审批：　　　　　　　　　　日期：　　　　年　　月　　日"
    sheet.merge_range(line + 3, 0, line + 3, _LAST, signs, looks.sign)
    sheet.set_row(line + 3, 30)
    if context.sample:
        sheet.merge_range(line + 4, 0, line + 4, _LAST, "示例：金额未经公布，不作为拨付依据", looks.sample)


def _set_widths(sheet: Worksheet, cells: list[tuple[str, ...]]) -> None:
    for column, (least, most) in enumerate(zip(_LEAST_WIDTHS, _MOST_WIDTHS, strict=True)):
        longest = max(display_width(texts[column]) for texts in cells) + 2
        sheet.set_column(column, column, min(max(least, longest), most))
