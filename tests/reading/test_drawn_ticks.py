"""Ticks drawn as strokes, in every manner that form programs and PDF viewers have."""

import pytest

from jucai.reading import read_bytes
from models.readings import ReadingStatus
from tests.reading.drawing import C, page, render, table, title

SQUARE = "#box(width: 8.5pt, height: 8.5pt, stroke: 0.7pt)[%s]"
ROUND = "#box(circle(radius: 4.2pt, stroke: 0.7pt)[%s])"
DOT = "#place(center + horizon, circle(radius: 2pt, fill: black))"
LINES = (
    "#place(top + left, curve(stroke: %s, curve.move((1pt, 4.2pt)), curve.line((3.4pt, 7pt)), curve.line((8pt, 1pt))))"
)
TICK = LINES % "0.9pt"
HANDWRITTEN = (
    "#place(curve(stroke: 0.9pt, curve.move((0pt, 4pt)), curve.quad((2pt, 5pt), (3pt, 8pt)), "
    "curve.quad((5pt, 2pt), (11pt, -3pt))))"
)
CROSS = "#place(line(start: (1pt, 1pt), end: (7.5pt, 7.5pt)))#place(line(start: (7.5pt, 1pt), end: (1pt, 7.5pt)))"
FILLED = "#box(width: 8.5pt, height: 8.5pt, fill: black)[]"
BLUE = f"#box(width: 8.5pt, height: 8.5pt, fill: rgb(0, 117, 255), radius: 1.5pt)[{LINES % '1pt + white'}]"
STYLES = {
    "tick in a square": (SQUARE % "", SQUARE % TICK),
    "tick that leaves its square": (SQUARE % "", SQUARE % HANDWRITTEN),
    "cross in a square": (SQUARE % "", SQUARE % CROSS),
    "filled square": (SQUARE % "", FILLED),
    "blue box of a browser": ("#box(width: 8.5pt, height: 8.5pt, stroke: 0.7pt + gray, radius: 1.5pt)[]", BLUE),
    "radio button": (ROUND % "", ROUND % DOT),
    "tick over a typed box": ("□", f"#box[□{TICK}]"),
    "drawn tick without a box": ("#h(1em)", f"#box(width: 9pt, height: 8pt)[{TICK}]"),
}


def options(names: list[str], chosen: set[str], style: str, *, behind: bool = False) -> str:
    empty, ticked = STYLES[style]
    parts = [(ticked if name in chosen else empty, name) for name in names]
    return " #h(0.8em) ".join(f"{name}{mark}" if behind else f"{mark}{name}" for mark, name in parts)


def raw(markup: str, wide: int = 1) -> str:
    return f"table.cell(colspan: {wide}, align: left + horizon)[{markup}]"


def form(style: str, *, behind: bool = False) -> bytes:
    sex = options(["男", "女"], {"女"}, style, behind=behind)
    nature = options(["国有企业", "民营企业", "外资企业", "事业单位"], {"民营企业"}, style, behind=behind)
    kind = options(["生活补贴", "交通补贴"], {"生活补贴"}, style, behind=behind)
    rows = (
        table(
            "(2.6cm, 1fr, 2.6cm, 1fr)",
            [
                ["姓名", "钱若水", "出生年月", "1988.03"],
                ["身份证号", C("340802198803120024", 3)],
                ["工作单位", "安庆振风新材料有限公司", "手机号码", "13905561234"],
            ],
        ).rstrip(")\n")
        + f",\n[性别], {raw(sex)}, [婚否], {raw(options(['未婚', '已婚', '离异'], {'已婚'}, style, behind=behind))},"
        + f"[单位性质], {raw(nature, 3)}, [补贴类型], {raw(kind)}, [申请金额], [24000元])\n"
    )
    return render(page(title("人才生活补贴申请表") + rows))


@pytest.mark.parametrize("behind", [False, True], ids=["before", "behind"])
@pytest.mark.parametrize("style", STYLES)
def test_a_drawn_tick_chooses_its_option(style: str, *, behind: bool) -> None:
    reading = read_bytes(form(style, behind=behind), ocr=False)
    assert reading.status is ReadingStatus.FILLED
    read = {key: reading.fields[key].value for key in ("sex", "marital_status", "employer_nature", "subsidy_type")}
    assert read == {
        "sex": "女",
        "marital_status": "已婚",
        "employer_nature": "民营企业",
        "subsidy_type": "生活补贴",
    }
    assert reading.fields["name"].value == "钱若水"


def test_a_ring_around_an_option_chooses_it() -> None:
    ring = "#box[%s#place(top + left, dx: -4pt, dy: -4pt, ellipse(width: 52pt, height: 17pt, stroke: 0.8pt))]"
    nature = f"国有企业 #h(1em) {ring % '民营企业'} #h(1em) 外资企业"
    rows = (
        table("(2.6cm, 1fr)", [["姓名", "钱若水"], ["身份证号", "340802198803120024"], ["手机号码", "13905561234"]])
    ).rstrip(")\n") + f",\n[单位性质], {raw(nature)}, [申请金额], [24000元])\n"
    reading = read_bytes(render(page(title("人才生活补贴申请表") + rows)), ocr=False)
    assert reading.fields["employer_nature"].value == "民营企业"


def test_digit_boxes_are_no_boxes_to_tick() -> None:
    digits = ", ".join(f"[{d}]" for d in "340802198803120024")
    boxes = f"#grid(columns: (11pt,) * 18, rows: 11pt, stroke: 0.5pt, align: center + horizon, {digits})"
    rows = table("(2.6cm, 1fr)", [["姓名", "钱若水"], ["手机号码", "13905561234"], ["工作单位", "安庆师范大学"]])
    rows = rows.rstrip(")\n") + f",\n[身份证号码], {raw(boxes)}, [申请金额], [24000元])\n"
    reading = read_bytes(render(page(title("人才生活补贴申请表") + rows)), ocr=False)
    assert reading.fields["id_number"].value == "340802198803120024"
