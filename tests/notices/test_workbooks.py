import dataclasses
import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from jucai.notices.parts import Instalment
from jucai.notices.workbooks import EmptyPaymentListError, PaymentList, PaymentRow, payment_list_xlsx
from models.money import Money

ROW = PaymentRow(
    case_number="AQ-SUB-2026-000123",
    name="陈思远",
    id_number="340802199003070018",
    bank="中国工商银行宜城分行",
    account_holder="陈思远",
    account="0062 2202 1309 0000 1234 5",
    programme_title="高层次人才生活补贴",
    instalment=Instalment(number=1, count=3, period="2026年度"),
    amount=Money(1_200_050),
)
LIST = PaymentList(
    title="2026年第二批高层次人才生活补贴拨付清单",
    list_number="BF-2026-003",
    office_name="宜城市人才工作局",
    made_on=dt.date(2026, 9, 7),
    rows=(ROW, dataclasses.replace(ROW, case_number="AQ-SUB-2026-000124", name="王玥", amount=Money(2_000_000))),
)


def _sheet(context: PaymentList, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(payment_list_xlsx(context)), data_only=values).active


def test_the_list_holds_what_a_finance_officer_pays_from() -> None:
    sheet = _sheet(LIST)
    assert sheet["A1"].value == "2026年第二批高层次人才生活补贴拨付清单"
    assert sheet["A2"].value == "清单编号：BF-2026-003"
    assert [cell.value for cell in sheet[3]] == [
        "序号", "受理编号", "姓名", "身份证号", "开户银行", "户名", "银行账号", "项目", "期次", "金额（元）", "备注"
    ]  # fmt: skip
    assert [cell.value for cell in sheet[4]] == [
        1, "AQ-SUB-2026-000123", "陈思远", "340802199003070018", "中国工商银行宜城分行", "陈思远",
        "006222021309000012345", "高层次人才生活补贴", "1/3（2026年度）", 12000.5, None,
    ]  # fmt: skip


def test_numbers_of_persons_are_text_with_all_their_digits() -> None:
    sheet = _sheet(LIST)
    for place in ("D4", "G4"):
        assert sheet[place].data_type == "s"
        assert sheet[place].number_format == "@"


def test_the_total_is_a_formula_with_its_value_and_stands_in_words() -> None:
    assert _sheet(LIST)["J6"].value == "=SUM(J4:J5)"
    assert _sheet(LIST, values=True)["J6"].value == pytest.approx(32000.50)
    assert _sheet(LIST)["J6"].number_format == "#,##0.00"
    assert _sheet(LIST)["A7"].value == f"合计金额（大写）：人民币{LIST.total.upper_text}"
    assert LIST.total == Money(3_200_050)


def test_the_sheet_is_ready_to_print_and_sign() -> None:
    sheet = _sheet(LIST)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$1:$3"
    signs = sheet["A9"].value
    assert all(role in signs for role in ("制表：", "复核：", "审批："))


def test_a_masked_list_gives_no_number_away() -> None:
    texts = [str(cell.value) for row in _sheet(dataclasses.replace(LIST, masked=True)) for cell in row]
    assert "**************0018" in texts
    assert "**** **** **** 2345" in texts
    assert not any("340802199003070018" in text or "0062220213090000" in text for text in texts)


@pytest.mark.parametrize(
    "value",
    ["=1+1", "+A1", "-2+3", "@SUM(A1)", "{=A1}", '=HYPERLINK("https://x")', "https://x.example", "mailto:a@b.cn"],
)
def test_what_an_applicant_writes_never_becomes_a_formula_or_a_link(value: str) -> None:
    rows = (dataclasses.replace(ROW, name=value, bank=value, account=value, remark=value, id_number=value),)
    sheet = _sheet(dataclasses.replace(LIST, title=value, rows=rows))
    for place in ("A1", "C4", "D4", "E4", "G4", "K4"):
        assert sheet[place].value == value
        assert sheet[place].data_type == "s"
        assert sheet[place].hyperlink is None


def test_sample_amounts_are_marked_in_title_header_and_foot() -> None:
    sheet = _sheet(dataclasses.replace(LIST, sample=True))
    assert "示例" in sheet["A1"].value
    assert "示例" in sheet.oddHeader.center.text
    assert "示例" in sheet["A10"].value
    assert "示例" not in _sheet(LIST)["A1"].value


def test_the_same_list_gives_the_same_bytes() -> None:
    assert payment_list_xlsx(LIST) == payment_list_xlsx(LIST)


def test_an_empty_list_is_refused() -> None:
    with pytest.raises(EmptyPaymentListError, match="BF-2026-003"):
        payment_list_xlsx(dataclasses.replace(LIST, rows=()))
