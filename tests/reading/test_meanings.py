"""Labels told by their words, and texts held against what their labels ask for."""

import pytest

from jucai.reading.amounts import parse_money
from jucai.reading.dates import parse_date, parse_range
from jucai.reading.meaning import meanings
from jucai.reading.plausible import doubt_of
from jucai.reading.text import repair_glyph
from jucai.reading.ticks import read_options
from jucai.reading.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("label", "form", "keys"),
    [
        ("来蓉首次参加社保月份", "living-subsidy", ("social_security_start",)),
        ("申请人及配偶在本县有无自有住房", "housing-subsidy", ("has_local_house",)),
        ("★ 3．现就业单位（全称）", "living-subsidy", ("employer_name",)),
        ("姓名 / Name", "industry-mentor", ("name",)),
        ("⑸ 拟投入研发资金（万元）", "enterprise-demand", ("project_budget",)),
        ("任职企业", "industry-mentor", ("employer_name",)),
        ("任职企业", "technology-deputy", ("host_company_name",)),
        ("全年到企服务天数", "annual-assessment", ("onsite_days",)),
        ("职务职称", "annual-assessment", ("position", "professional_title")),
        ("县人社局审核", "living-subsidy", ("county_opinion", "county_opinion_date")),
        ("购房总价（元）", "technology-deputy", ()),
        ("毕业院校及毕业时间", "living-subsidy", ("school", "graduation_date")),
        ("经办人及联系方式", "housing-subsidy", ("employer_contact", "employer_contact_phone")),
        ("配偶姓名及证件号码", "housing-subsidy", ("spouse_name", "spouse_id_number")),
        ("主要业绩及成果", "industry-mentor", ("achievements",)),
        ("【任期工作计划】", "technology-deputy", ("work_plan",)),
        ("个月", "living-subsidy", None),
        ("安庆振风新材料有限公司", "living-subsidy", None),
        ("硕士研究生", "living-subsidy", None),
    ],
)
def test_a_label_is_told_by_its_words(label: str, form: str, keys: tuple[str, ...] | None) -> None:
    assert vocabulary().lookup(label, form=form, section="", after=None) == keys


def test_rules_agree_with_the_list_of_wordings() -> None:
    general = vocabulary().general
    told = {
        wording: meanings().read(wording, None)
        for wording, keys in general.items()
        if not keys[1:] or keys[0].endswith("_start")
    }
    wrong = [wording for wording, keys in told.items() if keys not in (None, general[wording])]
    assert sum(keys is not None for keys in told.values()) / len(general) >= 0.7
    assert len(wrong) / len(general) <= 0.025, wrong


@pytest.mark.parametrize(
    ("key", "value", "sure"),
    [
        ("name", "古丽巴哈尔·艾合买提", True),
        ("name", "姓名朱若溪", False),
        ("name", "2024年", False),
        ("ethnicity", "维吾尔族", True),
        ("ethnicity", "汉族民主党派", False),
        ("school", "合肥工业大学", True),
        ("school", "值640万元。", False),
        ("degree", "工学博士", True),
        ("degree", "王学博士", False),
        ("employer_opinion", "经复核，拟同意发放。", True),
        ("employer_opinion", "情况属实。负责人陈卫", False),
        ("position", "总工程师", True),
        ("position", "宁川恒拓精密机械有限公司", False),
        ("application_no", "皖宜〔2026〕12号", True),
        ("application_no", "KJ202400982024年10月1日", False),
        ("work_plan", "一、调研：走访车间3个。", True),
    ],
)
def test_a_text_that_cannot_be_what_is_asked_for_is_flagged(key: str, value: str, *, sure: bool) -> None:
    assert (doubt_of(key, value) is None) is sure


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1988年3月（38岁）", "1988-03"), ("1988、3、5", "1988-03-05"), ("1988年三月", "1988-03"),
        ("2025-06-05 00:00:00", "2025-06-05"), ("公元1988年3月", "1988-03"),
    ],
)  # fmt: skip
def test_dates_with_what_people_write_around_them(text: str, value: str) -> None:
    assert parse_date(text) == (value, None)


def test_short_ranges_are_no_single_dates() -> None:
    assert parse_range("23.09-26.08") == ("2023-09", "2026-08", "年份只有两位")
    assert parse_range("2025.1-12")[:2] == ("2025-01", "2025-12")


@pytest.mark.parametrize("text", ["300余万元", "30（万元）", "30 （单位：万元）"])
def test_a_unit_that_stands_apart_is_never_lost(text: str) -> None:
    value, _ = parse_money(text, "研发投入")
    assert value in {"3000000", "300000"}


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("（2）1.国有企业 2.民营企业 3.外资企业", ["民营企业"]),
        ("3 （1.国有企业 2.民营企业 3.外资企业）", ["外资企业"]),
        ("①国有企业 ②民营企业√ ③外资企业", ["民营企业"]),
        ("国有企业 ◉民营企业 外资企业", ["民营企业"]),
        ("（ ）1.国有企业 2.民营企业", []),
    ],
)
def test_a_choice_by_number_tick_or_ring(text: str, chosen: list[str]) -> None:
    options = read_options(text, ("国有企业", "民营企业", "外资企业"))
    assert [option.text for option in options if option.ticked] == chosen


def test_glyphs_shared_with_radicals_are_written_simplified() -> None:
    assert repair_glyph("\u2f3e\u2fad\u2fc8") == "户青黄"
