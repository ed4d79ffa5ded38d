"""Money after the decision: the year's ceiling and its queue, giving back, and a change of level."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jucai.policy import CannotTellError, ProgrammeError, WorkCalendar
from jucai.policy.amounts import Equal, Monthly
from jucai.policy.book import check_programme
from jucai.policy.computing import Instalment
from jucai.policy.examples import run_examples
from jucai.policy.functions import add_months
from jucai.policy.funds import Budget, Claim, QueueKey, allot
from jucai.policy.levels import LevelChange, LevelChangeError, revise
from jucai.policy.money_examples import evaluator
from jucai.policy.repaying import Cause, NoRepaymentRuleError, Paid, RepaymentRule, Within, repayment
from jucai.policy.yamlfile import parse
from models.money import Money
from tests.policy.conftest import AWARD, ONCE, SMALL, MakeProgramme

APPROVED = QueueKey(by="approved", title="审定先后")
RECEIVED = QueueKey(by="received", title="收件先后")
DAY = date(2026, 3, 2)
SMALL_PROGRAMME = check_programme(parse((SMALL + AWARD % ("{kind: fixed, yuan: 1}", ONCE)).encode(), "small.yaml"))


def budget(yuan: int, *order: QueueKey, overtaking: bool = False) -> Budget:
    return Budget(yuan=Money.from_yuan(yuan), order=order or (APPROVED,), overtaking=overtaking)


def claim(number: str, yuan: int, approved: date = DAY, received: date = DAY) -> Claim:
    return Claim(number, Money.from_yuan(yuan), approved, received)


def test_who_was_approved_first_is_paid_first_and_the_rest_wait_in_that_order() -> None:
    claims = [claim("丙", 10, date(2026, 3, 4)), claim("甲", 60), claim("乙", 50, date(2026, 3, 3))]
    places = allot(budget(100), Money(0), claims)
    assert [(p.claim.number, p.position) for p in places] == [("甲", 0), ("乙", 1), ("丙", 2)]
    assert places[1].why == "年度预算100.00元尚余40.00元，本期50.00元，列轮候第1位（审定先后）"


def test_a_small_claim_passes_a_large_one_only_where_the_programme_says_so() -> None:
    claims = [claim("甲", 60), claim("乙", 50, date(2026, 3, 3)), claim("丙", 10, date(2026, 3, 4))]
    places = allot(budget(100, overtaking=True), Money(0), claims)
    assert [p.claim.number for p in places if p.granted] == ["甲", "丙"]


def test_the_order_may_be_that_of_receipt() -> None:
    claims = [claim("后收", 60, received=date(2026, 2, 2)), claim("先收", 60, date(2026, 3, 9), date(2026, 1, 5))]
    places = allot(budget(100, RECEIVED), Money(0), claims)
    assert [p.claim.number for p in places] == ["先收", "后收"]


@given(
    yuan=st.integers(0, 1000),
    spent=st.integers(0, 1000),
    amounts=st.lists(st.integers(1, 300), max_size=12),
    overtaking=st.booleans(),
)
def test_nothing_beyond_the_ceiling_is_ever_granted(
    yuan: int, spent: int, amounts: list[int], *, overtaking: bool
) -> None:
    claims = [claim(f"{n:03}", amount) for n, amount in enumerate(amounts)]
    places = allot(budget(yuan, overtaking=overtaking), Money.from_yuan(spent), claims)
    granted = sum(p.claim.amount.fen for p in places if p.granted)
    assert granted + spent * 100 <= max(yuan, spent) * 100
    assert [p.position for p in places if not p.granted] == list(range(1, 1 + sum(not p.granted for p in places)))
    assert sorted(p.claim.number for p in places) == [c.number for c in claims]


def rule(**facts: object) -> RepaymentRule:
    return RepaymentRule.model_validate(
        {"code": "back", "title": "退还", "cause": "leaving", "article": "第九条"} | facts
    )


def test_the_months_not_served_are_given_back(make: MakeProgramme, calendar: WorkCalendar) -> None:
    facts = evaluator(make(), {"intro_date": "2024-01-15"}, DAY)
    unserved = rule(kind="unserved", served_from="intro_date", term_months=36, by=["本人", "用人单位"])
    found = repayment(
        [unserved], Cause.LEAVING, [Paid(Money.from_yuan(36000), DAY)], date(2026, 1, 20), facts, calendar
    )
    # 24 months and five days: the month that was begun is not given back.
    assert found.amount == Money.from_yuan(11000)
    assert "由本人→用人单位退还" in found.explanation
    assert "壹万壹仟元整" in found.explanation
    strict = unserved.model_copy(update={"part_month": "back"})
    back = repayment([strict], Cause.LEAVING, [Paid(Money.from_yuan(36000), DAY)], date(2026, 1, 20), facts, calendar)
    assert back.amount == Money.from_yuan(12000)


def test_who_served_the_whole_term_gives_nothing_back(make: MakeProgramme, calendar: WorkCalendar) -> None:
    facts = evaluator(make(), {"intro_date": "2020-01-15"}, DAY)
    unserved = rule(kind="unserved", served_from="intro_date", term_months=36)
    found = repayment([unserved], Cause.LEAVING, [Paid(Money.from_yuan(36000), DAY)], DAY, facts, calendar)
    assert not found.amount


def test_a_missing_beginning_is_left_to_a_person(make: MakeProgramme, calendar: WorkCalendar) -> None:
    unserved = rule(kind="unserved", served_from="intro_date", term_months=36)
    with pytest.raises(CannotTellError, match="引进时间"):
        repayment([unserved], Cause.LEAVING, [], DAY, evaluator(make(), {}, DAY), calendar)


def test_a_cause_without_a_rule_is_left_to_a_person(make: MakeProgramme, calendar: WorkCalendar) -> None:
    with pytest.raises(NoRepaymentRuleError, match="弄虚作假"):
        repayment([rule(kind="all")], Cause.FRAUD, [], DAY, evaluator(make(), {}, DAY), calendar)


@pytest.mark.parametrize(
    ("within", "due"),
    [
        (Within(count=1, unit="months"), date(2026, 10, 8)),  # the first of October is a holiday
        (Within(count=3, unit="working"), date(2026, 9, 4)),
        (Within(count=30, unit="natural"), date(2026, 10, 8)),
        (None, None),
    ],
)
def test_the_term_for_giving_back_ends_on_a_working_day(
    make: MakeProgramme, calendar: WorkCalendar, within: Within | None, due: date | None
) -> None:
    back = rule(kind="all").model_copy(update={"within": within})
    left = date(2026, 9, 1)
    found = repayment([back], Cause.LEAVING, [Paid(Money(100), DAY)], left, evaluator(make(), {}, DAY), calendar)
    assert (found.due, found.provisional) == (due, False)
    late = repayment(
        [back], Cause.LEAVING, [Paid(Money(100), DAY)], left, evaluator(make(), {}, DAY), calendar,
        told=date(2026, 12, 30),
    )  # fmt: skip
    assert late.provisional is (within is not None)


@given(
    paid=st.integers(1, 10**9),
    served=st.integers(0, 80),
    term=st.integers(1, 60),
)
def test_never_more_is_asked_back_than_was_paid(paid: int, served: int, term: int) -> None:
    facts = evaluator(SMALL_PROGRAMME, {"intro_date": "2020-01-01"}, DAY)
    left = date(2020 + served // 12, served % 12 + 1, 1)
    unserved = rule(kind="unserved", served_from="intro_date", term_months=term)
    found = repayment([unserved], Cause.LEAVING, [Paid(Money(paid), DAY)], left, facts, WorkCalendar(()))
    assert 0 <= found.amount.fen <= paid
    assert (found.amount.fen == 0) is (served >= term or paid * (term - served) < term)


def plan(*yuan: int, every: int = 12) -> list[Instalment]:
    """A plan that begins on 2026-01-06, with a part every so many months."""
    parts = []
    for n, amount in enumerate(yuan):
        due = add_months(date(2026, 1, 6), n * every)
        parts.append(Instalment(n + 1, len(yuan), n * every, due, Money.from_yuan(amount), recheck=False))
    return parts


def test_a_new_level_counts_from_the_next_month() -> None:
    change = LevelChange(starts="next_month", article="第五条")
    schedule = Monthly(kind="monthly", months="3", at_most=36)
    parts = revise(change, schedule, plan(100, 100, 100, every=1), plan(150, 150, 150, every=1), date(2026, 2, 1))
    assert [part.after.yuan for part in parts] == [Decimal(100), Decimal(100), Decimal(150)]
    assert parts[2].difference == Money.from_yuan(50)
    assert "第五条" in parts[2].why


def test_a_lower_level_lowers_unless_the_higher_one_is_kept() -> None:
    schedule = Equal(kind="equal", count=2)
    new = LevelChange(starts="next_part", article="第五条")
    lower = revise(new, schedule, plan(200, 200), plan(100, 100), date(2026, 6, 1))
    assert [part.after.yuan for part in lower] == [Decimal(200), Decimal(100)]
    kept = revise(
        new.model_copy(update={"keep": "highest"}), schedule, plan(200, 200), plan(100, 100), date(2026, 6, 1)
    )
    assert [part.after.yuan for part in kept] == [Decimal(200), Decimal(200)]


def test_plans_that_do_not_match_are_left_to_a_person() -> None:
    schedule = Equal(kind="equal", count=2)
    with pytest.raises(LevelChangeError, match="没有写明"):
        revise(None, schedule, plan(1), plan(1), DAY)
    with pytest.raises(LevelChangeError, match="期数不同"):
        revise(LevelChange(starts="next_part", article="第五条"), schedule, plan(1), plan(1, 1), DAY)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("budget: {yuan: 1, order: [{by: expression, title: 积分}]}", "须写 of"),
        ("budget: {yuan: 1, order: [{by: approved, of: score, title: 先后}]}", "须写 of"),
        ("budget: {yuan: 1, order: [{by: expression, of: no_such, title: 积分}]}", "没有叫“no_such”的项目"),
        ("repayment: [{code: b, title: 退, cause: leaving, kind: unserved, article: 一}]", "served_from"),
        ("repayment: [{code: b, title: 退, cause: leaving, kind: prepaid, article: 一}]", "covers_months"),
        ("queue_examples: [{title: 例, committed: 0, claims: [{number: 甲, yuan: 1, approved: 2026-01-01}], granted: [], waiting: []}]", "却没有写 budget"),  # noqa: E501 - one case
    ],
)  # fmt: skip
def test_an_incomplete_money_rule_is_named_with_what_it_lacks(make: MakeProgramme, more: str, message: str) -> None:
    with pytest.raises(ProgrammeError, match=message):
        make(more=more + "\n")


def test_a_wrong_example_about_money_is_told_in_words(make: MakeProgramme) -> None:
    programme = make(
        more="""\
budget: {yuan: 100, order: [{by: approved, title: 审定先后}]}
level_change: {starts: next_part, article: 第五条}
repayment: [{code: b, title: 退, cause: leaving, kind: all, article: 第六条}]
repayment_examples: [{title: 甲, cause: leaving, left: 2026-01-05, paid: [{yuan: 7, on: 2025-01-05}], amount: "5"}]
level_examples: [{title: 乙, granted: 2026-01-05, facts: {score: 1}, changed: 2026-02-05, changed_facts: {score: 2}, amounts: ["1"]}]
queue_examples: [{title: 丙, committed: 99, claims: [{number: 子, yuan: 2, approved: 2026-01-05}], granted: [子], waiting: []}]
"""  # noqa: E501 - YAML
    )
    told = [str(result) for result in run_examples(programme) if not result.passed]
    assert told == [
        "town/small“甲”：应退还应为 5，得到 7",
        "town/small“乙”：各期应为 1，得到 100",
        "town/small“丙”：可以拨付应为 子，得到 （无）；轮候应为 （无），得到 子",
    ]
