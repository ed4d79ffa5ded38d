"""What a printer, a browser or a questionnaire adds is not read; what looks like it and is a value stays."""

import pytest
from pdfminer.psparser import LIT

from jucai.reading.cells import to_lines
from jucai.reading.columns import heads_section
from jucai.reading.furniture import is_furniture, without_furniture
from jucai.reading.page import Page, Token
from jucai.reading.plausible import doubt_of
from jucai.reading.text import label_forms
from jucai.reading.ticks import has_marks
from jucai.reading.widgets import widget_text

WIDE, HIGH = 595.0, 842.0


def printed(text: str, top: float, size: float = 9.0, left: float = 50.0) -> list[Token]:
    return [Token(char, left + i * size, top, left + (i + 1) * size, top + size) for i, char in enumerate(text)]


def page(number: int, *lines: list[Token]) -> Page:
    return Page(number, WIDE, HIGH, tokens=[token for line in lines for token in line])


def texts(sheet: Page) -> list[str]:
    return [line.text for line in to_lines(sheet.tokens)]


def test_what_a_browser_prints_in_the_margins_is_left_out() -> None:
    sheets = [
        page(
            n,
            printed("2026/11/26 21:35", 15, 7),
            printed("姓名：张三", 300),
            printed(f"https://a.example/form {n}/2", 822, 7),
        )
        for n in (1, 2)
    ]
    assert [texts(sheet) for sheet in without_furniture(sheets)] == [["姓名：张三"], ["姓名：张三"]]


def test_a_running_head_is_small_and_comes_again_but_a_title_or_a_label_stays() -> None:
    def sheet(number: int) -> Page:
        return page(
            number, printed("人才补贴申请表", 20, 16), printed("某某办公系统", 45, 8), printed("编号：17", 45, 8, 300)
        )

    first, second = without_furniture([sheet(1), sheet(2)])
    assert "人才补贴申请表" in texts(first)[0]
    assert any("编号" in text for text in texts(second))
    alone = without_furniture([page(1, printed("某某办公系统", 45, 8)), page(2, printed("姓名：张三", 300))])
    assert texts(alone[0]) == ["某某办公系统"]


def test_dotted_lines_lead_to_a_value_and_are_no_part_of_it() -> None:
    (sheet,) = without_furniture([page(1, printed("单位名称..........示例公司", 300))])
    assert texts(sheet) == ["单位名称 示例公司"]
    (prose,) = without_furniture([page(1, printed("他说……后来又说……", 300))])
    assert texts(prose) == ["他说……后来又说……"]


def test_a_lone_number_is_a_page_s_only_in_the_margin() -> None:
    sheet = page(1, printed("5", 400), printed("5", 825))
    assert [is_furniture(line, sheet) for line in to_lines(sheet.tokens)] == [False, True]


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        ("3. 您的出生年月 *[填空题]", "出生年月"),
        ("请填写贵单位的注册地址（必填）", "注册地址"),
        ("▎技术需求描述", "技术需求描述"),
        ("您的性别【单选题】", "性别"),
    ],
)
def test_a_questionnaire_asks_for_what_a_form_asks_for(asked: str, label: str) -> None:
    assert label in label_forms(asked)


def test_the_nought_of_a_written_year_is_no_empty_box() -> None:
    assert not has_marks("二〇二六年三月一日")
    assert not has_marks("二○二六年")
    assert has_marks("○男 ●女")


@pytest.mark.parametrize("text", ["三、收款账户", "【房产信息】", "就业情况", "基本情况。"])
def test_the_name_of_a_part_is_no_value(text: str) -> None:
    assert heads_section(text)


@pytest.mark.parametrize("text", ["安庆市宜秀区示例路1号", "已婚", "示例（安庆）有限公司", "情况属实，同意申报。"])
def test_a_value_is_no_name_of_a_part(text: str) -> None:
    assert not heads_section(text)


@pytest.mark.parametrize(
    ("key", "torn"),
    [
        ("employer_name", "示例智造（安庆）有限公"),
        ("bank_name", "示例银行安庆支行/"),
        ("employer_address", "......示例路1号"),
        ("employer_name", "示例智造（安庆"),
        ("professional_title", "职称"),
    ],
)
def test_a_torn_value_is_doubted(key: str, torn: str) -> None:
    assert doubt_of(key, torn)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"\x84\x84", "——"),
        (b"\x84", "—"),
        ("张三".encode("gb18030"), "张三"),
        (b"\xfe\xff\x5f\x20\x4e\x09", "张三"),
        ("刘—".encode(), "刘—"),
    ],
)
def test_what_was_filled_in_is_told_whatever_program_wrote_it(raw: bytes, text: str) -> None:
    assert widget_text({"Subtype": LIT("Widget"), "FT": LIT("Tx"), "V": raw}) == text
