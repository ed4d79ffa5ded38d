"""Every kind of amount and schedule the field knows, each from one published case."""

from collections.abc import Callable
from datetime import date

import pytest

from jucai.policy import PastBenefit, Programme, assess
from jucai.policy.errors import ProgrammeError
from models.money import Money

MakeProgramme = Callable[..., Programme]
DAY = date(2026, 6, 30)
ONCE = "{kind: once}"
TABLE = '{kind: table, by: degree_level(education), rows: {"4": 20000, "3": 15000, "2": 10000, "1": 6000}}'
MONTHS = "{kind: times, rate: %s, quantity: subsidy_months, quantity_at_most: 36, less_months_of: rent}"
PER_AREA = (
    "{kind: times, rate: {kind: fixed, yuan: 600}, quantity: house_area, unit: 平方米, quantity_at_most: 90,"
    " at_most: {kind: fixed, yuan: 80000}}"
)
HALF_PRICE = "{kind: share, percent: 50, of: {kind: fact, fact: house_price}, at_most: {kind: fixed, yuan: 1000000}}"
BONUS = (
    "{kind: sum, figures: [{kind: fixed, yuan: 30000}, {kind: when, condition: score >= 10 and married,"
    " figure: {kind: fixed, yuan: 20000}}]}"
)
TIERS = "{kind: tiers, of: score, steps: [{least: 60, yuan: 1000}, {least: 80, yuan: 2000}, {least: 90.5, yuan: 3000}]}"


def facts(**values: object) -> dict[str, str]:
    return {key: str(value) for key, value in values.items()}


BEST = f"{{kind: highest, figures: [{{kind: table, by: talent_category, rows: {{A类: 500000, E类: 60000}}}}, {TABLE}]}}"


@pytest.mark.parametrize(
    ("figure", "values", "yuan"),
    [
        (TABLE, {"education": "博士研究生"}, "20000"),
        (TABLE, {"education": "大专"}, "6000"),
        (MONTHS % "{kind: fixed, yuan: 1000}", {"subsidy_months": 12}, "12000"),
        (MONTHS % "{kind: fixed, yuan: 1000}", {"subsidy_months": 48}, "36000"),
        (PER_AREA, {"house_area": "88.88"}, "53328"),
        (PER_AREA, {"house_area": "140"}, "54000"),
        (HALF_PRICE, {"house_price": 1821967}, "910983"),
        (HALF_PRICE, {"house_price": 2500000}, "1000000"),
        (BONUS, {"score": 10, "married": "true"}, "50000"),
        (BONUS, {"score": 9, "married": "true"}, "30000"),
        (TIERS, {"score": "90.5"}, "3000"),
        (TIERS, {"score": "59.9"}, "0"),
        (BEST, {"talent_category": "E类", "education": "博士研究生"}, "60000"),
        (BEST, {"education": "博士研究生"}, "20000"),
    ],
)
def test_the_amount_follows_from_the_figures(
    make: MakeProgramme, figure: str, values: dict[str, str], yuan: str
) -> None:
    result = assess(make(figure), facts(**values), on=DAY)
    assert result.amount == Money.from_yuan(yuan)
    assert result.amount_text


@pytest.mark.parametrize(
    ("figure", "values", "why"),
    [
        (TABLE, {}, "没有填写学历"),
        (TABLE, {"education": "小学"}, "不能识别学历"),
        (BEST, {"talent_category": "C类"}, "没有"),
        (MONTHS % "{kind: fixed, yuan: 1}", {"subsidy_months": -2}, "为负"),
        ("{kind: lowest, figures: [{kind: fixed, yuan: 1}, {kind: fact, fact: rent_monthly}]}", {}, "没有填写月租金"),
    ],
)
def test_an_amount_that_cannot_be_computed_is_left_to_a_person(
    make: MakeProgramme, figure: str, values: dict[str, str], why: str
) -> None:
    result = assess(make(figure), facts(**values), on=DAY)
    assert result.amount is None
    assert result.schedule == ()
    assert why in result.amount_text


def test_months_already_paid_are_counted(make: MakeProgramme) -> None:
    programme = make(MONTHS % "{kind: fixed, yuan: 1000}")
    past = [PastBenefit("a/b", "rent", months=30)]
    result = assess(programme, facts(subsidy_months=12), (), past, DAY)
    assert result.amount == Money.from_yuan(6000)
    assert "此前已享受30个月" in result.amount_text


PARTS = (
    "{kind: parts, parts: [{percent: 40}, {percent: 30, after_months: 12, recheck: true},"
    " {percent: 30, after_months: 24}]}"
)


@pytest.mark.parametrize(
    ("schedule", "yuan", "expected"),
    [
        (ONCE, 100, [(0, "100", False)]),
        ("{kind: once, after_months: 6}", 100, [(6, "100", False)]),
        (PARTS, 100001, [(0, "40000", False), (12, "30000", True), (24, "30001", False)]),
        (
            "{kind: parts, parts: [{percent: 50, after_months: 6}, {percent: 50, after_months: 12}]}",
            50000,
            [(6, "25000", False), (12, "25000", False)],
        ),
        (
            "{kind: equal, count: 5}",
            1000001,
            [(0, "200000", False), *[(12 * i, "200000", True) for i in range(1, 4)], (48, "200001", True)],
        ),
        (
            "{kind: monthly, months: 3, at_most: 36}",
            1000,
            [(1, "333", False), (2, "333", False), (3, "334", False)],
        ),
    ],
)
def test_the_parts_add_up_exactly(
    make: MakeProgramme, schedule: str, yuan: int, expected: list[tuple[int, str, bool]]
) -> None:
    result = assess(make(f"{{kind: fixed, yuan: {yuan}}}", schedule), {}, on=DAY)
    got = [(part.after_months, str(part.amount.yuan).removesuffix(".00"), part.recheck) for part in result.schedule]
    assert got == expected
    assert result.amount is not None
    assert sum(part.amount.fen for part in result.schedule) == result.amount.fen
    assert [part.n for part in result.schedule] == list(range(1, len(expected) + 1))


def test_a_monthly_schedule_is_rechecked_each_year_and_ends_at_its_limit(make: MakeProgramme) -> None:
    programme = make("{kind: fixed, yuan: 36000}", "{kind: monthly, months: 99, at_most: 36, less_months_of: rent}")
    result = assess(programme, {}, (), [PastBenefit("a/b", "rent", months=6)], DAY)
    assert len(result.schedule) == 30
    assert [part.n for part in result.schedule if part.recheck] == [13, 25]


def test_a_due_day_stays_in_its_month(make: MakeProgramme) -> None:
    result = assess(
        make("{kind: fixed, yuan: 2}", "{kind: equal, count: 2, every_months: 1}"), {}, on=date(2026, 1, 31)
    )
    assert [part.due for part in result.schedule] == [date(2026, 1, 31), date(2026, 2, 28)]


@pytest.mark.parametrize(
    ("figure", "schedule", "message"),
    [
        ("{kind: fixed, yuan: 1.001}", ONCE, "不是整数分"),
        ("{kind: fixed, yuan: 一百}", ONCE, "不是金额"),
        ("{kind: fixd, yuan: 1}", ONCE, "kind 应为以下之一"),
        ("{yuan: 1}", ONCE, "缺少 kind"),
        ("{kind: fact, fact: no_such}", ONCE, "没有叫“no_such”的项目"),
        ("{kind: share, percent: 1200, of: {kind: fixed, yuan: 1}}", ONCE, "比例应大于 0、不超过 1000"),
        ("{kind: fixed, yuan: 1}", "{kind: parts, parts: [{percent: 40}, {percent: 50}]}", "合计应为 100"),
        ("{kind: fixed, yuan: 1}", "{kind: equal, count: 1}", "应 ≥ 2"),
        ("{kind: table, by: no_such, rows: {a: 1}}", ONCE, "没有叫“no_such”的项目"),
    ],
)
def test_a_wrong_amount_is_refused_with_its_line(make: MakeProgramme, figure: str, schedule: str, message: str) -> None:
    with pytest.raises(ProgrammeError, match=message) as caught:
        make(figure, schedule)
    assert caught.value.line == 22
    assert caught.value.key.startswith("awards.0")


def test_a_different_amount_asked_for_is_shown_and_the_computed_one_counts(make: MakeProgramme) -> None:
    result = assess(make(), facts(requested_amount=250), on=DAY)
    assert result.amount == Money.from_yuan(100)
    finding = next(f for f in result.findings if f.code == "amount")
    assert "申请250.00元，按标准核算100.00元" in finding.explanation
    assert result.eligible == "yes"


def test_the_highest_of_several_awards_is_taken(make: MakeProgramme) -> None:
    second = (
        "  - {title: 高, figure: {kind: fixed, yuan: 300}, schedule: {kind: once}, when: married}\nchoose: highest\n"
    )
    low = "awards:\n  - {title: 低, figure: {kind: fixed, yuan: 100}, schedule: {kind: once}}\n"
    programme = make(awards=low + second)
    assert assess(programme, facts(married="true"), on=DAY).amount == Money.from_yuan(300)
    assert assess(programme, facts(married="false"), on=DAY).amount == Money.from_yuan(100)
