"""Offices that give their opinion: the county's or the city's, the host's, and what stands in no field."""

import pytest

from jucai.reading import read_bytes
from jucai.reading.levels import county_cities
from jucai.reading.vocabulary import vocabulary
from tests.reading.drawing import line, page, render, table, title

FACTS = [
    ["姓名", "江雨桐", "身份证号", "530102199308150981"],
    ["联系电话", "13800138000", "补贴标准", "1000元/月"],
    ["人才类别", "C类", "申请金额", "12000元"],
    ["工作单位", "青河县宏图电器有限公司", "引进时间", "2024年5月"],
]


def opinions(name: str, *offices: str) -> dict[str, str]:
    """Return the opinions read from a form with this title; the nth office says 同意 followed by n."""
    boxes = [
        [office, f"第{number}级审核，同意。\n（盖章）\n2026年4月{number}日"] for number, office in enumerate(offices, 1)
    ]
    source = title(name) + table("(2fr, 3fr, 2fr, 3fr)", FACTS) + table("(2fr, 8fr)", boxes)
    fields = read_bytes(render(page(source))).fields
    found = {key: fields[key] for key in fields if key.endswith("_opinion") and fields[key].value}
    return {key: f"{value.value[1]}/{fields[f'{key}_date'].value[-1]}" for key, value in found.items()}


@pytest.mark.parametrize("place", ["青河县", "安庆市青河县", "迎江区", "桐城市", "天长市", "江苏省如皋市", "和静县"])
def test_on_the_form_of_a_county_the_first_office_is_the_county_s(place: str) -> None:
    form = f"{place}高层次人才生活补贴申请表"
    assert opinions(form, "人社局意见") == {"county_opinion": "1/1"}
    assert opinions(form, "市科技局意见" if place.endswith("市") else "科技部门意见") == {"county_opinion": "1/1"}
    assert opinions(form, "用人单位意见", "人社部门意见", "市人才办意见") == {
        "employer_opinion": "1/1",
        "county_opinion": "2/2",
        "city_opinion": "3/3",
    }


def test_on_the_form_of_a_city_one_office_is_the_city_s_and_two_are_the_two_levels() -> None:
    form = "安庆市高层次人才生活补贴申请表"
    assert opinions(form, "人社部门意见") == {"city_opinion": "1/1"}
    assert opinions(form, "人社部门意见", "市人才办意见") == {"county_opinion": "1/1", "city_opinion": "2/2"}
    assert opinions(form, "县（市、区）人社部门意见", "人才办意见") == {"county_opinion": "1/1", "city_opinion": "2/2"}


def test_two_offices_of_one_county_are_for_a_person() -> None:
    boxes = [
        ["人社局意见", "初审通过。\n（盖章）\n2026年4月1日"],
        ["县人才办意见", "同意上报。\n（盖章）\n2026年4月9日"],
    ]
    source = title("青河县高层次人才生活补贴申请表") + table("(2fr, 3fr, 2fr, 3fr)", FACTS) + table("(2fr, 8fr)", boxes)
    fields = read_bytes(render(page(source))).fields
    assert fields["county_opinion"].confidence < 0.9
    assert "city_opinion" not in fields or not fields["city_opinion"].value


def test_a_title_without_a_place_leaves_a_lone_office_where_its_name_puts_it() -> None:
    assert opinions("高层次人才生活补贴申请表", "市人才办意见") == {"city_opinion": "1/1"}


def test_what_a_township_says_stands_in_no_field() -> None:
    assert opinions("青河县高层次人才生活补贴申请表", "镇（街道）意见", "人社局意见") == {"county_opinion": "2/2"}
    assert opinions("柏乡镇高层次人才生活补贴申请表", "镇（街道）意见") == {"county_opinion": "1/1"}


@pytest.mark.parametrize(
    ("label", "form", "keys"),
    [
        ("企业考核意见", "annual-assessment", ()),
        ("企业意见", "technology-deputy", ()),
        ("企业意见", "industry-mentor", ("employer_opinion", "employer_opinion_date")),
        ("派出单位意见", "annual-assessment", ("employer_opinion", "employer_opinion_date")),
        ("单位意见日期", "industry-mentor", ("employer_opinion_date",)),
        ("县人社局意见时间", "living-subsidy", ("county_opinion_date",)),
        ("（大写）", "housing-subsidy", ("requested_amount_upper",)),
        ("来广德时间", "living-subsidy", ("intro_date",)),
        ("来怀宁前工作单位", "living-subsidy", ("arrival_from",)),
        ("服务单位", "annual-assessment", ("host_company_name",)),
    ],
)
def test_labels_that_name_a_place_a_host_or_a_day(label: str, form: str, keys: tuple[str, ...]) -> None:
    assert vocabulary().lookup(label, form=form, section="", after=None) == keys


def test_cities_of_county_level_are_known_without_those_of_a_prefecture() -> None:
    assert {"桐城", "潜山", "昆山", "义乌"} <= county_cities()
    assert not {"安庆", "合肥", "南京", "苏州", "迎江"} & county_cities()


def test_a_day_behind_an_opinion_in_its_line_is_the_day_of_the_opinion() -> None:
    lines = [f"{label}：{value}" for row in FACTS for label, value in (row[:2], row[2:])]
    lines += ["用人单位意见：材料真实，同意上报。　　日期：2026年4月4日", "填表日期：2026年4月1日"]
    fields = read_bytes(render(page(title("青河县高层次人才生活补贴申请表") + "".join(map(line, lines))))).fields
    assert fields["employer_opinion"].value == "材料真实，同意上报。"
    assert fields["employer_opinion_date"].value == "2026-04-04"
    assert fields["application_date"].value == "2026-04-01"
