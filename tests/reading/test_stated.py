"""Boxes that state several facts in words, each with its number and unit."""

import pytest

from jucai.reading import read_bytes
from jucai.reading.stated import clauses
from models.readings import DocumentReading
from tests.reading.drawing import C, page, render, table, title

FIRM = [
    ["企业名称", "青河县宏图电器有限公司", "联系人", "邵学峰"],
    ["联系电话", "13794400676", "需求领域", "新能源"],
    ["需求名称", "低温锁鲜技术", "预计投入经费", "120万元"],
]


def stated(*rows: tuple[str, str]) -> DocumentReading:
    boxes: list[list[C | str]] = [*FIRM, *([label, C(said, wide=3)] for label, said in rows)]
    form = page(title("青河县企业技术难题“揭榜挂帅”需求表") + table("(2fr, 4fr, 2fr, 3fr)", boxes))
    return read_bytes(render(form), ocr=False)


def sure(reading: DocumentReading) -> dict[str, str]:
    return {key: field.value for key, field in reading.fields.items() if field.value and field.confident}


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("企业规模", "职工 172 人，其中研发人员 19 人"),
        ("职工人数", "172人（其中：研发人员19人）"),
        ("职工总数", "职工总数为172人；科技人员为19人。"),
    ],
)
def test_people_stated_in_words_are_counted_apart(label: str, said: str) -> None:
    found = sure(stated((label, said)))
    assert (found["employer_staff_count"], found["employer_rd_count"]) == ("172", "19")


@pytest.mark.parametrize(
    "said",
    [
        "销售收入 60894.3 万元，研发投入 1229 万元",
        "营业收入约6.08943亿元、利税300万元、研发经费12,290,000元",
        "销售收入（万元）：60894.3；研发投入（万元）：1229",
    ],
)
def test_figures_beside_a_label_nobody_knows_belong_to_their_own_labels(said: str) -> None:
    reading = stated(("经营数据（上年度）", said))
    found = sure(reading)
    assert (found["employer_sales"], found["employer_rd_spend"]) == ("608943000", "12290000")
    assert found["project_budget"] == "1200000"
    assert not any("经营数据" in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("职工人数", "女职工50人，男职工122人"),
        ("职工人数", "172人，196人"),
        ("职工人数", "约170余人，研发人员近19人"),
        ("企业规模", "研发人员19人，研发人员21人"),
    ],
)
def test_what_is_not_said_clearly_is_not_sure(label: str, said: str) -> None:
    found = sure(stated((label, said)))
    assert "employer_staff_count" not in found
    assert "employer_rd_count" not in found


def test_prose_with_figures_is_no_list_of_facts() -> None:
    assert clauses("公司有职工172人，产品销往多地，其中研发人员19人") == []
    assert clauses("职工172人") == []
    assert clauses("销售收入比上年增长20%，研发投入1229万元") == []
    reading = stated(("经营情况", "近年发展稳定，销售收入60894.3万元，研发投入1229万元"))
    assert {"employer_sales", "employer_rd_spend"}.isdisjoint(reading.fields)
