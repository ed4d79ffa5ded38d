"""Earlier benefits: once, not together, highest, deducted, counted, shared with a spouse, banned after fraud."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from jucai.policy import Failing, Holder, Outcome, PastBenefit, Programme, Standing, assess, load_programmes
from jucai.policy.parts import ExclusivityKind
from models.money import Money

MakeProgramme = Callable[..., Programme]
DAY = date(2026, 6, 30)
OLD = PastBenefit("town/old", "housing", paid=Money.from_yuan(30), months=12, case_number="AQ-SUB-2024-000001")
RUNNING = PastBenefit("town/old", "housing", standing=Standing.ACTIVE, until=date(2026, 6, 30))
SPOUSE = PastBenefit("town/old", "housing", holder=Holder.SPOUSE)
FRAUD = PastBenefit("town/old", "housing", standing=Standing.FRAUD, until=date(2024, 6, 30))


@pytest.mark.parametrize(
    ("rule", "past", "eligible", "yuan"),
    [
        ("kind: once_per_life", [], "yes", 100),
        ("kind: once_per_life", [OLD], "no", 100),
        ("kind: once_per_life, failing: ask", [OLD], "person", 100),
        ("kind: once_per_life", [SPOUSE], "yes", 100),
        ("kind: not_together", [OLD], "yes", 100),
        ("kind: not_together", [RUNNING], "no", 100),
        ("kind: highest_only", [OLD], "yes", 70),
        ("kind: deduct", [OLD, OLD], "yes", 40),
        ("kind: deduct", [OLD, OLD, OLD, OLD], "yes", 0),
        ("kind: spouse_one", [SPOUSE], "no", 100),
        ("kind: spouse_one", [OLD], "yes", 100),
        ("kind: spouse_share, percent: 50", [SPOUSE], "yes", 50),
        ("kind: spouse_share, percent: 50", [], "yes", 100),
        ("kind: max_claims, limit: 3", [OLD, OLD], "yes", 100),
        ("kind: max_claims, limit: 3", [OLD, OLD, OLD], "no", 100),
        ("kind: max_months, limit: 36", [OLD, OLD], "yes", 100),
        ("kind: max_months, limit: 24", [OLD, OLD], "no", 100),
        ("kind: ban, years: 3", [FRAUD], "no", 100),
        ("kind: ban, years: 2", [FRAUD], "yes", 100),
        ("kind: once_per_life, same_employer: true", [OLD], "yes", 100),
    ],
)
def test_an_earlier_benefit_counts_as_the_rule_says(
    make: MakeProgramme, rule: str, past: list[PastBenefit], eligible: str, yuan: int
) -> None:
    past = [PastBenefit(**{name: getattr(b, name) for name in b.__slots__}) for b in past]  # several of the same
    more = f"exclusivity: [{{code: x, title: 互斥, article: 第二条, groups: [housing], {rule}}}]\n"
    result = assess(make(more=more), {"employer_name": "某公司"}, (), past, DAY)
    assert result.eligible == eligible
    assert result.amount == Money.from_yuan(yuan)


def test_an_appointment_that_ended_yesterday_no_longer_counts(make: MakeProgramme) -> None:
    more = "exclusivity: [{code: x, title: 互斥, article: 第二条, groups: [housing], kind: not_together}]\n"
    assert assess(make(more=more), {}, (), [RUNNING], date(2026, 7, 1)).eligible == "yes"


def test_the_case_that_stands_in_the_way_is_named(make: MakeProgramme) -> None:
    more = "exclusivity: [{code: x, title: 一人一次, article: 第二条, groups: [housing], kind: once_per_life}]\n"
    result = assess(make(more=more), {}, (), [OLD], DAY)
    finding = next(f for f in result.findings if f.code == "x")
    assert finding.explanation == "不符合“一人一次”（第二条）。已享受：town/old（AQ-SUB-2024-000001）"


@pytest.mark.parametrize(
    ("window", "on", "values", "eligible", "text"),
    [
        ("{kind: all_year}", DAY, {}, "yes", "常年受理"),
        ("{kind: monthly, collect_until_day: 10}", date(2026, 12, 11), {}, "yes", "2027年1月"),
        ("{kind: quarterly, collect_until_day: 10}", date(2026, 10, 10), {}, "yes", "2026年第4季度"),
        ("{kind: quarterly, collect_until_day: 10}", date(2026, 11, 1), {}, "yes", "2027年第1季度"),
        (
            "{kind: half_year, batches: [{title: 上半年, opens: {month: 4, day: 1}, closes: {month: 6, day: 30}}]}",
            DAY,
            {},
            "yes",
            "上半年",
        ),
        (
            "{kind: half_year, batches: [{title: 上半年, opens: {month: 4, day: 1}, closes: {month: 6, day: 30}}]}",
            date(2026, 7, 1),
            {},
            "person",
            "不在申报时间内",
        ),
        (
            "{kind: yearly, batches: [{title: 跨年, opens: {month: 12, day: 1}, closes: {month: 1, day: 31}}]}",
            date(2026, 1, 31),
            {},
            "yes",
            "跨年",
        ),
        (
            "{within_months_of: intro_date, within_months: 12}",
            DAY,
            {"intro_date": "2025-06-30"},
            "yes",
            "2026年6月30日",
        ),
        ("{within_months_of: intro_date, within_months: 12}", DAY, {"intro_date": "2025-06-29"}, "person", "已超过"),
        ("{within_months_of: intro_date, within_months: 12}", DAY, {"intro_date": "2025-06"}, "person", "不能判断"),
        ("{within_months_of: intro_date, within_months: 12}", DAY, {}, "person", "没有填写引进时间"),
    ],
)
def test_the_window_is_kept(
    make: MakeProgramme, window: str, on: date, values: dict[str, str], eligible: str, text: str
) -> None:
    result = assess(make(more=f"window: {window}\n"), values, on=on)
    assert result.eligible == eligible
    assert text in result.window.text


def test_a_married_applicant_who_gives_no_number_of_the_spouse_is_a_matter_for_a_person() -> None:
    book = load_programmes(Path(__file__).parents[2] / "programmes")
    housing = book.get("anqing/housing-subsidy")
    rule = next(one for one in housing.exclusivity if one.kind is ExclusivityKind.SPOUSE_ONE)

    def answer(**facts: str) -> tuple[Outcome, Failing]:
        result = assess(housing, facts, on=date(2026, 9, 1))
        return next((f.outcome, f.failing) for f in result.findings if f.code == rule.code)

    assert answer(marital_status="已婚") == (Outcome.CANNOT_TELL, Failing.ASK)
    assert answer(marital_status="已婚", spouse_id_number="340802199001010028")[0] is Outcome.MET
    assert answer(marital_status="未婚")[0] is Outcome.MET
    assert answer()[0] is Outcome.MET
