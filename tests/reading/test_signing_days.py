"""The day of signing beside what is signed, behind it without a label, and cut by the end of a line."""

import pytest

from jucai.reading import read_bytes
from jucai.reading.cells import Line
from jucai.reading.opinions import take_apart
from models.readings import DocumentReading
from tests.reading.drawing import C, line, page, render, table, text, title

PERSON = [
    ["申请人姓名", "江雨桐", "联系电话", "13794400676"],
    ["工作单位", "青河县宏图电器有限公司", "学历", "硕士研究生"],
    ["毕业院校", "安徽大学", "职称", "工程师"],
]
OWN = {
    "青河县企业科技副总选派申请表": ["派驻企业", "青河县绿野食品有限公司", "任职时间", "2026.01.01至2027.12.31"],
    "青河县引进人才生活补贴申请表": ["申请金额（元）", "12000", "人才类别", "E类"],
}
PROMISE = "☑ 本人自愿申请担任科技副总，保证所填信息真实。"


def lines(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(words, 0.0, 20.0 * n, 200.0, 20.0 * n + 10.0, ()) for n, words in enumerate(texts))


def filled(*rows: list[C | str], name: str = "青河县企业科技副总选派申请表") -> DocumentReading:
    form = title(name) + table("(2fr, 4fr, 2fr, 4fr)", [*PERSON, [*OWN[name]], *rows])
    return read_bytes(render(page(form)), ocr=False)


def signed(label: str, said: str) -> DocumentReading:
    return filled([label, C(said, wide=3, align="left")])


def value(reading: DocumentReading, key: str) -> str:
    return reading.fields[key].value if key in reading.fields else ""


@pytest.mark.parametrize(
    "said",
    [
        f"{PROMISE}  2026年5月25日",
        f"{PROMISE}承诺日期：2026-05-25",
        f"{PROMISE} 签名：江雨桐   2026年5月25日",
        f"{PROMISE} 签名：  日期：2026年5月\n25日",
        f"{PROMISE}\n2026年5\n月25日",
    ],
)
def test_a_promise_is_dated_by_the_day_behind_it(said: str) -> None:
    reading = signed("本人承诺", said)
    assert value(reading, "commitment_checked") == "true"
    assert value(reading, "commitment_date") == "2026-05-25"
    assert reading.fields["commitment_date"].confident


@pytest.mark.parametrize("other", ["服务期不早于 2028年2月29日", " 合同日期 2028年2月29日"])
def test_a_day_that_a_promise_speaks_of_is_not_the_day_of_signing(other: str) -> None:
    reading = signed("本人承诺", PROMISE + other)
    assert value(reading, "commitment_date") == ""


@pytest.mark.parametrize(
    "said",
    [
        "情况属实，同意申报。\n（盖章）\n2026年3月\n25日",
        "情况属实，同意申报。\n2026年\n3月25日（盖章）",
        "情况属实，同意申报。（盖章） 2026年3月2\n5日",
        "情况属实，同意申报。 日期：2026-03-\n25",
        "情况属实，同意申报。2026年3月25日",
    ],
)
def test_a_day_over_two_lines_is_put_together(said: str) -> None:
    reading = signed("派出单位意见", said)
    assert value(reading, "employer_opinion") == "情况属实，同意申报。"
    assert value(reading, "employer_opinion_date") == "2026-03-25"
    assert all(reading.fields[key].confident for key in ("employer_opinion", "employer_opinion_date"))


def test_the_end_of_a_day_without_its_beginning_makes_the_opinion_doubtful() -> None:
    reading = signed("派出单位意见", "情况属实，同意申报。\n2026年3月\n（盖章）\n25日")
    assert value(reading, "employer_opinion") == "情况属实，同意申报。"
    assert not reading.fields["employer_opinion"].confident
    assert not reading.fields["employer_opinion_date"].confident


def test_a_day_in_the_middle_of_an_opinion_stays_in_it() -> None:
    found = take_apart(lines("公示期为2026年3月18日至2026年3月", "25日，公示无异议，同意申报。", "2026年3月28日"))
    assert found.text == "公示期为2026年3月18日至2026年3月25日，公示无异议，同意申报。"
    assert (found.date, found.doubt, found.text_doubt) == ("2026-03-28", None, None)


def test_a_name_before_the_day_is_no_sure_part_of_an_opinion() -> None:
    found = take_apart(lines("情况属实，同意申报。 江雨桐 2026年3月25日"))
    assert found.date == "2026-03-25"
    assert found.doubt
    assert found.text_doubt


def test_the_day_behind_an_opinion_in_a_line_is_no_day_of_filling_in() -> None:
    asked = ("姓名：江雨桐", "填表日期：2026年4月1日", "联系电话：13794400676", "工作单位：青河县宏图电器有限公司")
    asked += ("毕业院校：安徽大学", "申请金额（元）：12000", "人才类别：E类")
    gap = "#h(60pt)"
    opinions = "".join(
        text(words) + gap + text(day) + "\n\n"
        for words, day in (
            ("用人单位意见：材料真实，同意上报。", "日期：2026年4月4日"),
            ("县人社局意见：初审通过。", "日期：2026年4月19日"),
        )
    )
    form = page(title("青河县引进人才生活补贴申请表") + "".join(map(line, asked)) + opinions)
    reading = read_bytes(render(form), ocr=False)
    found = {key: field.value for key, field in reading.fields.items() if field.confident}
    assert found["application_date"] == "2026-04-01"
    assert (found["employer_opinion"], found["employer_opinion_date"]) == ("材料真实，同意上报。", "2026-04-04")
    assert (found["county_opinion"], found["county_opinion_date"]) == ("初审通过。", "2026-04-19")


def test_the_day_behind_an_opinion_in_its_box_is_the_opinion_s() -> None:
    opinion = C("用人单位意见：材料真实，同意上报。日期：2026年4月4日", wide=4)
    reading = filled([opinion], name="青河县引进人才生活补贴申请表")
    assert value(reading, "employer_opinion") == "材料真实，同意上报。"
    assert value(reading, "employer_opinion_date") == "2026-04-04"
    assert value(reading, "application_date") == ""


@pytest.mark.parametrize(("gap", "day"), [("1fr", "2026-05-25"), ("12pt", "")])
def test_a_day_alone_at_the_right_of_the_number_is_the_day_of_filling_in(gap: str, day: str) -> None:
    head = text("申请编号：〔2026〕第218号") + f"#h({gap})" + text("2026年5月25日") + "\n\n"
    name = "青河县企业科技副总选派申请表"
    form = title(name) + head + table("(2fr, 4fr, 2fr, 4fr)", [*PERSON, [*OWN[name]]])
    reading = read_bytes(render(page(form)), ocr=False)
    assert value(reading, "application_no").startswith("〔2026〕第218号")
    assert value(reading, "application_date") == day
