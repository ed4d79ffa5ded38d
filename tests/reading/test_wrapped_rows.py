"""Tables without vertical rules whose cells wrap: which lines are one row, and where the columns part."""

import json
from itertools import pairwise, product

import pytest

from jucai.reading import read_bytes
from jucai.reading.page import Page, Rule, Token
from jucai.reading.reader import read_pages
from jucai.reading.text import fold
from jucai.reading.values import parse
from models.fields import FIELDS
from models.readings import DocumentReading
from tests.reading.drawing import render

HEADS = ("项目名称", "起止年月", "本人角色", "经费（万元）")
WRAPPED_HEADS = ("项目名称", "起止年月", "本人\n角色", "经费\n（万元）")
PROJECTS = (
    ("丘陵山区小型收割机振动抑制与减损关键技术研究及应用", "2020年04月至2022年10月", "第二负责人", "36"),
    ("茶叶色选机", "2021.01-2022.12", "主持", "150"),
    ("省科技重大专项（2022B0307）", "2022年07月至2025年06月", "参与", "80"),
)
READ = [
    {"name": fold(PROJECTS[0][0]), "start": "2020-04", "end": "2022-10", "role": "第二负责人", "amount": "360000"},
    {"name": "茶叶色选机", "start": "2021-01", "end": "2022-12", "role": "主持", "amount": "1500000"},
    {"name": fold(PROJECTS[2][0]), "start": "2022-07", "end": "2025-06", "role": "参与", "amount": "800000"},
]
RULES = {
    "none": "",
    "three": f"table.hline(y: 0), table.hline(y: 1), table.hline(y: {len(PROJECTS) + 1}),",
    "every": "".join(f"table.hline(y: {row})," for row in range(len(PROJECTS) + 2)),
}


def drawn(
    *, columns: str, align: str, inset: str, leading: str, rules: str, font: str, heads: tuple[str, ...] = HEADS
) -> DocumentReading:
    """Return the reading of a form with a table of projects between lines of labels."""

    def body(text: str) -> str:
        return (
            "["
            + " #linebreak() ".join(f"#text({json.dumps(part, ensure_ascii=False)})" for part in text.split("\n"))
            + "]"
        )

    cells = ",".join(body(text) for row in (heads, *PROJECTS) for text in row)
    return read_bytes(
        render(
            f"""#set page(paper: "a4", margin: 2cm)
#set text(font: ("{font}", "FandolSong", "FandolFang R"), size: 10.5pt, lang: "zh")
#set par(leading: {leading})
#align(center)[#text(size: 16pt)[科技副总申报表]]

姓名：祁若楠 #h(2cm) 性别：女

职称：副教授 #h(2cm) 民族：汉族

联系电话：13812345678

工作单位：青河农业大学

拟派驻企业名称：青河县宏图机械有限公司

承担主要科研项目

#table(columns: ({columns}), stroke: none, align: {align}, inset: {inset}, {RULES[rules]}
{cells})

主要工作业绩：带领团队完成色选机改造，破损率下降。
"""
        ),
        ocr=False,
    )


def projects(reading: DocumentReading) -> list[dict[str, str]]:
    return [{key: fold(value) for key, value in row.items()} for row in reading.tables.get("projects", [])]


@pytest.mark.parametrize("font", ["FandolSong", "FandolHei"])
@pytest.mark.parametrize("rules", list(RULES))
@pytest.mark.parametrize(
    ("align", "inset", "leading", "columns"),
    [
        ("left + top", "(x: 3pt, y: 4pt)", "0.4em", "1fr, 1fr, 1fr, 1fr"),
        ("left + top", "(x: 5pt, y: 7pt)", "0.8em", "6cm, 3cm, 1.6cm, 2.2cm"),
        ("left + horizon", "(x: 3pt, y: 4pt)", "0.4em", "3fr, 2fr, 1fr, 1fr"),
        ("center + horizon", "(x: 5pt, y: 7pt)", "0.6em", "6cm, 3cm, 1.6cm, 2.2cm"),
    ],
)
def test_lines_of_wrapped_cells_make_one_row(
    align: str, inset: str, leading: str, columns: str, rules: str, font: str
) -> None:
    reading = drawn(columns=columns, align=align, inset=inset, leading=leading, rules=rules, font=font)
    assert projects(reading) == READ


@pytest.mark.parametrize("align", ["left + top", "left + horizon", "center + horizon", "left + bottom"])
@pytest.mark.parametrize("rules", list(RULES))
def test_heads_of_two_lines_are_heads(align: str, rules: str) -> None:
    columns = "5cm, 4cm, 2.4cm, 3cm"
    reading = drawn(
        columns=columns, align=align, inset="(x: 4pt, y: 6pt)", leading="0.5em", rules=rules, font="FandolSong",
        heads=WRAPPED_HEADS,
    )  # fmt: skip
    assert projects(reading) == READ


@pytest.mark.parametrize(
    ("align", "leading"), list(product(("left + top", "left + horizon", "left + bottom"), ("0.6em", "0.9em")))
)
def test_rows_that_nothing_tells_apart_are_doubted(align: str, leading: str) -> None:
    """Where lines of a cell stand farther apart than rows do, a row is read right, or for a person to look at."""
    reading = drawn(
        columns="1fr, 1fr, 1fr, 1fr", align=align, inset="(x: 3pt, y: 1.5pt)", leading=leading, rules="three",
        font="FandolSong",
    )  # fmt: skip
    assert projects(reading) in ([], READ) or any("主要项目" in warning for warning in reading.warnings)


_SIZE = 10.0


def written(text: str, x: float, y: float, *, size: float = _SIZE) -> list[Token]:
    """Return `text` as one token a character, the box of the first beginning at (x, y)."""
    return [Token(char, x + n * size, y, x + (n + 1) * size, y + size) for n, char in enumerate(text) if char != " "]


def form(*, across: tuple[float, ...], gap: float, heading: bool) -> Page:
    """Return a page with two tables of labels and values: rules drawn cell by cell, none above the first row."""
    page = Page(1, 595.0, 842.0, tokens=written("产业导师（产业教授）推荐表", 200.0, 40.0, size=14.0))
    parts = (
        (
            "申报人",
            (
                ("姓名", "江雨桐", "性别", "女"),
                ("职称", "教授", "现任职务", "室主任"),
                ("民族", "汉族", "学历", "博士"),
            ),
        ),
        ("聘任", (("申报高校", "青河理工大学", "拟聘院系", "机械学院"), ("联系电话", "13800138000", "国籍", "中国"))),
    )
    y = 80.0
    for name, rows in parts:
        if heading:
            page.tokens += written(name, across[0], y, size=11.0)
        y += 26.0
        for row in rows:
            for x, text in zip(across, row, strict=False):
                page.tokens += written(text, x + 4, y)
            y += 16.0
            page.horizontal += [Rule(y, x + gap, end - gap) for x, end in pairwise(across)]
            y += 7.0
    return page


@pytest.mark.parametrize("heading", [True, False])
@pytest.mark.parametrize("across", [(60.0, 140.0, 300.0, 380.0, 540.0), (50.0, 118.0, 262.0, 334.0, 545.0)])
def test_a_first_row_without_a_rule_above_is_no_part_of_the_heading(
    across: tuple[float, ...], *, heading: bool
) -> None:
    fields = read_pages([form(across=across, gap=0.0, heading=heading)]).fields
    found = {key: fields[key].value for key in ("name", "sex", "position", "applied_university", "applied_college")}
    assert found == {
        "name": "江雨桐", "sex": "女", "position": "室主任", "applied_university": "青河理工大学",
        "applied_college": "机械学院",
    }  # fmt: skip


@pytest.mark.parametrize("gap", [0.0, 1.5, 3.0])
def test_rules_drawn_cell_by_cell_tell_narrow_columns(gap: float) -> None:
    """Where borders stand apart or texts nearly touch, a table that is narrow has its columns none the less."""
    page = form(across=(60.0, 140.0, 300.0, 380.0, 540.0), gap=0.0, heading=True)
    page.tokens += written("已享受补贴情况", 60.0, 300.0, size=11.0)
    across = (60.0, 92.0, 136.0, 200.0)
    for number, row in enumerate(
        (("年度", "补贴名称", "金额（元）"), ("2024", "交通补贴", "18000"), ("2025", "生活补贴", "9000"))
    ):
        top = 320.0 + 16 * number
        for x, text in zip(across, row, strict=False):
            wide = 5.0 if text.isdigit() else 10.0
            page.tokens += [
                Token(c, x + 3 + n * wide, top + 3, x + 3 + (n + 1) * wide, top + 13) for n, c in enumerate(text)
            ]
        page.horizontal += [Rule(at, x + gap, end - gap) for at in (top, top + 16) for x, end in pairwise(across)]
    assert read_pages([page]).tables["subsidy_history"] == [
        {"year": "2024", "kind": "交通补贴", "amount": "18000"},
        {"year": "2025", "kind": "生活补贴", "amount": "9000"},
    ]


def test_the_kind_of_document_in_a_card_is_a_value_not_a_label() -> None:
    page = Page(1, 595.0, 842.0, tokens=written("人才生活补贴申报信息确认单", 180.0, 40.0, size=14.0))
    cards = (
        (("姓名", "江雨桐"), ("证件种类", "身份证")), (("民族", "汉族"), ("国籍", "中国")),
        (("最高学历", "大学本科"), ("学位", "学士")), (("本人手机", "13800138000"), ("邮政编码", "246005")),
        (("申请金额（元）", "19200"), ("补贴月数", "24")),
    )  # fmt: skip
    for number, card in enumerate(cards):
        for x, (label, value) in zip((70.0, 218.0), card, strict=True):
            page.tokens += written(label, x, 90.0 + 34 * number, size=8.0)
            page.tokens += written(value, x, 101.0 + 34 * number)
    fields = read_pages([page]).fields
    assert (fields["name"].value, fields["id_type"].value) == ("江雨桐", "身份证")


@pytest.mark.parametrize(
    ("text", "value"),
    [("☒男\ufffd女", "男"), ("\ufffd男 ☑女", "女"), ("☒ 男 \ufffd 女", "男")],
)
def test_a_character_without_meaning_beside_a_tick_is_an_empty_box(text: str, value: str) -> None:
    assert parse(FIELDS["sex"], text).value == value


@pytest.mark.parametrize("text", ["\ufffd男\ufffd女", "\ufffd男□女", "男\ufffd☒女", "☒男\ufffd"])
def test_a_character_that_may_be_a_tick_is_for_a_person(text: str) -> None:
    assert parse(FIELDS["sex"], text).confidence < 0.5
