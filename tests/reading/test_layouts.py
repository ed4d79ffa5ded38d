"""Layouts beside the plain table: spouses' columns, split dates, boxes to write in, crossed-out words."""

import numpy as np
import pytest

from jucai.reading import read_bytes
from jucai.reading.page import Page, Rule, Token
from jucai.reading.reader import read_pages
from models.readings import DocumentReading
from tests.reading import drawing
from tests.reading.drawing import C

_SIZE = 10.0


def written(text: str, x: float, y: float) -> list[Token]:
    """Return `text` as one token a character, its baseline box beginning at (x, y)."""
    return [Token(char, x + n * _SIZE, y, x + (n + 1) * _SIZE, y + _SIZE) for n, char in enumerate(text) if char != " "]


def table(rows: list[list[tuple[float, str]]], *, left: float = 50.0, top: float = 100.0) -> Page:
    """Return a page with a ruled table under a title; each cell is (width, text), each row 24 points high."""
    page = Page(1, 595.0, 842.0, tokens=written("某某县引进人才租房补贴申请表", 200.0, 60.0))
    y = top
    for row in rows:
        x = left
        for width, text in row:
            page.vertical += [Rule(x, y, y + 24), Rule(x + width, y, y + 24)]
            page.horizontal += [Rule(y, x, x + width), Rule(y + 24, x, x + width)]
            page.tokens += written(text, x + 4, y + 7)
            x += width
        y += 24
    return page


def values(reading: DocumentReading) -> dict[str, str]:
    return {key: field.value for key, field in reading.fields.items() if field.value}


FILLED = [
    [(100.0, label), (380.0, value)]
    for label, value in (
        ("联系电话", "13800138000"),
        ("申请类型", "租房补贴"),
        ("民族", "汉族"),
        ("学历", "大学本科"),
        ("房屋地址", "青河县人民路十二号三幢二零一室"),
        ("月租金", "1200元"),
        ("申请金额", "4800元"),
    )
]


def test_a_column_for_the_spouse_is_the_spouse_s() -> None:
    rows = [
        [(100.0, "基本情况"), (190.0, "申请人"), (190.0, "配偶")],
        [(100.0, "姓名"), (190.0, "江雨桐"), (190.0, "方海涛")],
        [(100.0, "工作单位"), (190.0, "青河县宏图电器有限公司"), (190.0, "青河县第一中学")],
    ]
    found = values(read_pages([table(FILLED + rows)]))
    assert (found["name"], found["spouse_name"]) == ("江雨桐", "方海涛")
    assert (found["employer_name"], found["spouse_employer"]) == ("青河县宏图电器有限公司", "青河县第一中学")


def test_a_date_spread_over_boxes_is_put_together() -> None:
    parts = ["2024", "年", "8", "月", "1", "日", "止", "2027", "年", "7", "月", "31", "日"]
    rows = [[(90.0, "劳动合同起"), *((44.0 if len(part) == 4 else 27.0, part) for part in parts)]]
    found = values(read_pages([table(FILLED + rows)]))
    assert (found["contract_start"], found["contract_end"]) == ("2024-08-01", "2027-07-31")


@pytest.mark.parametrize(("struck", "chosen"), [({0, 2}, "已婚"), ({1, 2}, "未婚")])
def test_what_is_not_crossed_out_is_chosen(struck: set[int], chosen: str) -> None:
    page = table([*FILLED, [(100.0, "婚姻状况"), (380.0, "未婚/已婚/离异")]])
    for number in struck:
        x = 154.0 + number * 3 * _SIZE
        page.horizontal.append(Rule(100.0 + len(FILLED) * 24 + 12, x, x + 2 * _SIZE))
    assert values(read_pages([page]))["marital_status"] == chosen


def test_a_value_with_a_stroke_through_it_is_for_a_person() -> None:
    page = table([*FILLED, [(100.0, "研究方向"), (380.0, "工业视觉机器人")]])
    page.horizontal.append(Rule(100.0 + len(FILLED) * 24 + 12, 154.0, 154.0 + 4 * _SIZE))
    field = read_pages([page]).fields["research_field"]
    assert (field.confident, field.reason) == (False, "有划改痕迹，请核对")


def test_a_choice_left_untouched_is_no_choice() -> None:
    page = table([*FILLED, [(100.0, "婚姻状况"), (380.0, "未婚/已婚/离异")]])
    assert "marital_status" not in values(read_pages([page]))


def test_boxes_to_write_in_belong_to_the_label_before_them() -> None:
    page = Page(1, 595.0, 842.0, tokens=written("某某县引进人才租房补贴申请表", 200.0, 60.0))
    asked = [("申请人姓名", "江雨桐"), ("联系电话", "13800138000"), ("毕业院校", "安徽大学"), ("月租金", "1200")]
    for number, (label, value) in enumerate(asked):
        y = 100.0 + number * 30
        page.tokens += written(label, 50.0, y + 4) + written(value, 124.0, y + 4)
        page.horizontal += [Rule(y, 120.0, 300.0), Rule(y + 18, 120.0, 300.0)]
        page.vertical += [Rule(120.0, y, y + 18), Rule(300.0, y, y + 18)]
    found = values(read_pages([page]))
    assert found == {"name": "江雨桐", "phone": "13800138000", "school": "安徽大学", "rent_monthly": "1200"}


def test_opinions_in_a_table_of_offices_go_to_each_office() -> None:
    rows = [
        [(90.0, "环节"), (200.0, "办理意见"), (90.0, "经办人"), (100.0, "时间")],
        [(90.0, "用人单位"), (200.0, "情况属实，同意推荐。"), (90.0, "吴佩珊"), (100.0, "2026-08-20")],
        [(90.0, "县人社局"), (200.0, "初审通过，同意上报。"), (90.0, "蔡明远"), (100.0, "2026-09-01")],
    ]
    found = values(read_pages([table(FILLED + rows)]))
    assert found["employer_opinion"] == "情况属实，同意推荐。"
    assert (found["county_opinion"], found["county_opinion_date"]) == ("初审通过，同意上报。", "2026-09-01")
    assert "employer_contact" not in found


def test_tables_side_by_side_are_read_apart() -> None:
    own = [("姓名", "江雨桐"), ("民族", "汉族"), ("职称", "工程师")]
    left = table([[(90.0, label), (110.0, value)] for label, value in own])
    asked = [("联系电话", "13800138000"), ("月租金", "1200元"), ("学历", "本科")]
    right = table([[(90.0, label), (150.0, value)] for label, value in asked], left=280.0, top=108.0)
    left.tokens += right.tokens[14:]
    left.horizontal += right.horizontal
    left.vertical += right.vertical
    found = values(read_pages([left]))
    assert found["name"] == "江雨桐"
    assert (found["phone"], found["rent_monthly"], found["education"]) == ("13800138000", "1200", "本科")


def test_prose_that_stops_at_the_edge_is_doubtful() -> None:
    page = table([*FILLED, [(100.0, "主要业绩"), (380.0, "")]])
    page.tokens += written(
        "主持国家重点新产品计划项目一项，完成技术改造多项，累计为企业增加产", 154.0, 107.0 + len(FILLED) * 24
    )
    field = read_pages([page]).fields["achievements"]
    assert field.value
    assert not field.confident


def test_ink_that_nobody_read_is_seen() -> None:
    from jucai.reading.scans.second import leaves_ink  # noqa: PLC0415 - the picture libraries load slowly
    from jucai.reading.scans.spots import Spot, Words  # noqa: PLC0415 - as above

    mask = np.zeros((40, 200), np.uint8)
    for n in range(4):
        mask[8:32, 10 + n * 45 : 34 + n * 45] = 255
    spot = Spot(0, 0, 200, 40)
    assert not leaves_ink(mask, spot, Words("甲乙丙丁", 0.99, (22.0, 67.0, 112.0, 157.0)))
    assert leaves_ink(mask, spot, Words("甲乙丁", 0.99, (22.0, 67.0, 157.0)))


def test_an_employer_asked_on_about_is_the_applicant_s_though_the_spouse_stands_above() -> None:
    rows = [
        [(100.0, "姓名"), (380.0, "江雨桐")],
        [(100.0, "配偶姓名"), (140.0, "方海涛"), (100.0, "配偶民族"), (140.0, "汉族")],
        [(100.0, "所在单位"), (380.0, "青河县宏图电器有限公司")],
    ]
    nature = [[(100.0, "单位性质"), (380.0, "民营企业")]]
    own = values(read_pages([table(FILLED + rows + nature)]))
    assert own["employer_name"] == "青河县宏图电器有限公司"
    assert "spouse_employer" not in own
    known = [[(100.0, "工作单位"), (380.0, "青河县人民医院")]]
    both = values(read_pages([table(known + FILLED + rows)]))
    assert (both["employer_name"], both["spouse_employer"]) == ("青河县人民医院", "青河县宏图电器有限公司")


def test_heads_of_two_rows_have_a_column_for_each_of_their_parts() -> None:
    form = drawing.page(
        drawing.title("安庆市科技副总选派推荐表")
        + drawing.table(
            "(2fr, 3fr, 2fr, 3fr)",
            [
                ["姓名", "贾婉清", "联系电话", "15500149766"],
                ["职称", "高级工程师", "职务", "主管"],
                ["派驻企业", "青河县宏图电器有限公司", "任职起止时间", "2026.01.01至2027.12.31"],
            ],
        )
        + drawing.table(
            "(1fr, 2fr, 2fr, 4fr, 3fr, 2fr)",
            [
                [
                    C("学习经历", high=4, upright=True), C("起止年月", wide=2),
                    C("院校", high=2), C("专业", high=2), C("学位", high=2),
                ],
                ["起", "止"],
                ["1999年9月", "2003年6月", "东南大学", "环境工程", "学士"],
                ["2003年9月", "2006年6月", "安庆师范大学", "软件工程", "硕士"],
            ],
        )
    )  # fmt: skip
    rows = read_bytes(drawing.render(form)).tables["education_history"]
    assert [list(row.values()) for row in rows] == [
        ["1999-09", "2003-06", "东南大学", "环境工程", "学士"],
        ["2003-09", "2006-06", "安庆师范大学", "软件工程", "硕士"],
    ]


def test_a_value_that_a_wide_gap_parts_is_for_a_person() -> None:
    page = table(FILLED)
    page.tokens += written("单位地址：青河县某某路九十二号", 50.0, 400.0) + written(
        "设备故障主要依靠人工", 300.0, 400.0
    )
    page.tokens += written("毕业院校：安庆师范大学", 50.0, 420.0)
    found = read_pages([page]).fields
    assert found["employer_address"].confidence < 0.9
    assert "空白" in (found["employer_address"].reason or "")
    assert found["school"].confidence >= 0.9
