"""The rule language: exact, traceable, and unable to do harm."""

from datetime import date
from decimal import Decimal

import pytest

from jucai.policy import CannotTellError, ExpressionError, PastBenefit, Standing
from jucai.policy.checking import check
from jucai.policy.facts import Facts
from jucai.policy.functions import REGISTRY
from jucai.policy.history import History
from jucai.policy.language import Evaluator, compiled, facts_used
from models.fields import FIELDS
from models.money import Money

ON = date(2026, 6, 30)


def result(text: str, history: tuple[PastBenefit, ...] = (), **values: str) -> object:
    check(text, FIELDS)
    return Evaluator(Facts(values, FIELDS), History(history, ON), ON).result(text)


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("age_on(birth_date, on) == 35", {"birth_date": "1990-07-01"}, True),
        ("age_on(birth_date, on) == 36", {"birth_date": "1990-06-30"}, True),
        ("age_on(birth_date, first_of_year(on)) < 35", {"birth_date": "1991-01-02"}, True),
        ("years_between(work_start_date, on) >= 3", {"work_start_date": "2023-06-30"}, True),
        ("months_between(social_security_start, on) >= 6", {"social_security_start": "2026-01"}, False),
        ("days_between(date('2026-06-01'), on)", {}, 29),
        ("term_months(contract_start, contract_end)",
         {"contract_start": "2023-05-17", "contract_end": "2026-05-16"}, 36),
        ("term_months(service_start, service_end)", {"service_start": "2025-10", "service_end": "2027-10"}, 24),
        ("months_covered(subsidy_period_start, subsidy_period_end)",
         {"subsidy_period_start": "2025-01", "subsidy_period_end": "2026-12-01"}, 24),
        ("add_months(contract_start, 1) == date('2026-02-28')", {"contract_start": "2026-01-31"}, True),
        ("year_of(on) * 100 + month_of(on)", {}, Decimal(202606)),
        ("contains(employer_name, '大学', '学院')", {"employer_name": "某职业学院"}, True),
        ("starts_with(region_of(employer_uscc), '3408')", {"employer_uscc": "91340802MA00000000"}, True),
        ("one_of(employer_nature, '民营企业', '外资企业')", {"employer_nature": "国有企业"}, False),
        ("includes(coop_mode, '共建平台')", {"coop_mode": "技术咨询、共建平台"}, True),
        ("degree_level(education) >= 3", {"education": "博士研究生"}, True),
        ("category_rank(talent_category) <= 2", {"talent_category": "C类"}, False),
        ("least(house_price / 2, 100000.5)", {"house_price": "300000"}, Decimal("100000.5")),
        ("greatest(1, 2, 3)", {}, 3),
        ("floor(7.9) + ceiling(7.1)", {}, Decimal(15)),
        ("length(name) > 1 and not given('spouse_name')", {"name": "阿卜杜热依木·买买提"}, True),
        ("commitment_checked", {"commitment_checked": "true"}, True),
        ("1 if missing('name') else 2", {}, Decimal(1)),
        ("-employer_rd_count < 0", {"employer_rd_count": "3"}, True),
        ("on_form('email') and missing('email')", {"email": ""}, True),
        ("contract_end > on", {"contract_end": "至今"}, True),
    ],
)  # fmt: skip
def test_a_rule_says_what_the_policy_says(text: str, values: dict[str, str], expected: object) -> None:
    assert result(text, **values) == expected


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("教授", 4), ("副教授", 3), ("讲师", 2), ("助教", 1), ("研究员", 4), ("副研究员", 3), ("助理研究员", 2),
        ("正高级工程师", 4), ("高级工程师", 3), ("工程师", 2), ("助理工程师", 1), ("高级技师", 3), ("技师", 2),
        ("主任医师", 4), ("副主任医师", 3), ("主治医师", 2), ("医师", 1), ("教授级高级工程师", 4), ("助理教授", 2),
        ("无", 0),
    ],
)  # fmt: skip
def test_titles_stand_on_their_level(title: str, level: int) -> None:
    assert result("title_level(professional_title)", professional_title=title) == level


def test_history_can_be_asked_about() -> None:
    past = (
        PastBenefit("a/x", "g", months=12, paid=Money.from_yuan("1200.50")),
        PastBenefit("a/y", "g", standing=Standing.ACTIVE, until=date(2026, 7, 1)),
    )
    text = "claims_before('g') == 2 and months_before('g') == 12 and yuan_before('g') == 1200.5 and active_before('g')"
    assert result(text, past) is True
    assert result("active_before('a/x')", past) is False


def test_a_month_is_enough_where_the_day_does_not_matter() -> None:
    assert result("age_on(birth_date, on) <= 45", birth_date="1990-06") is True
    assert result("age_on(birth_date, on) <= 35", birth_date="1980") is False


def test_at_the_boundary_a_person_decides() -> None:
    with pytest.raises(CannotTellError, match="35 至 36"):
        result("age_on(birth_date, on) <= 35", birth_date="1990")


def test_a_missing_fact_only_matters_where_it_could_change_the_answer() -> None:
    text = "title_level(professional_title) >= 3 or degree_level(degree) >= 4"
    assert result(text, degree="工学博士") is True
    with pytest.raises(CannotTellError) as caught:
        result(text, degree="工学硕士")
    assert caught.value.missing == "professional_title"


@pytest.mark.parametrize("value", ["2026-13", "明年", "20260101", "2026-02-30"])
def test_a_date_that_is_none_is_not_guessed(value: str) -> None:
    with pytest.raises(CannotTellError, match="无法识别"):
        result("birth_date < on", birth_date=value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("birth_date < 3", "拿数字与日期相比|拿日期与数字相比"),
        ("nothing_such == 1", "没有叫“nothing_such”的项目"),
        ("name > '甲'", "只有数字和日期能比大小"),
        ("age_on(birth_date)", "应有 2 个参数"),
        ("age_on(name, on)", "应为日期"),
        ("given(name)", "带引号的项目名"),
        ("given('nothing_such')", "没有叫"),
        ("name + name", "应为数字"),
        ("name and given('name')", "应为是/否"),
        ("date('31.12.2026') < on", "应写日期"),
        ("__import__('os').system('true')", "不支持这种写法"),
        ("().__class__", "不支持这种写法"),
        ("name.upper()", "不支持这种写法"),
        ("[x for x in name]", "不支持这种写法"),
        ("lambda: 1", "不支持这种写法"),
        ("9 ** 9 ** 9", "只支持加、减、乘、除"),
        ("name * 9", "应为数字"),
        ("f'{name}'", "不支持这种写法"),
        ("name in name", "one_of"),
        ("x = 1", "应为一个表达式"),
        ("1; 2", "应为一个表达式"),
        ("on is on", "one_of"),
        ("(", "写法不对"),
        ("", "不能为空"),
        ("1e300 > 0", "写法不对"),
        ("1 + " * 100 + "1", "过于复杂"),
        ("'" + "x" * 700 + "'", "600"),
        ("~house_price > 1", "不支持这种运算"),
        ("least(house_price, *name)", "不支持这种写法"),
        ("least(house_price, house_price, k=1)", "不支持这种写法"),
        ("None", "不支持这种写法"),
        ("b'x'", "不支持这种写法"),
    ],
)
def test_what_is_not_a_rule_is_refused_in_chinese(text: str, complaint: str) -> None:
    with pytest.raises(ExpressionError, match=complaint):
        check(text, FIELDS, result="bool")


def test_numbers_never_become_floats() -> None:
    assert result("house_price * 0.1", house_price="0.3") == Decimal("0.03")


def test_division_by_nothing_is_left_to_a_person() -> None:
    with pytest.raises(CannotTellError, match="不能计算"):
        result("house_price / house_area > 1", house_price="1", house_area="0")


def test_the_trace_names_the_values_used() -> None:
    rules = Evaluator(Facts({"birth_date": "1990-01-01"}, FIELDS), History((), ON), ON)
    assert rules.result("age_on(birth_date, on) <= 45") is True
    assert rules.used == {"birth_date": "1990年1月1日"}
    assert rules.derived == {"周岁": "36"}


def test_the_facts_of_a_rule_are_known() -> None:
    assert set(facts_used("given('name') and age_on(birth_date, on) > 1")) == {"name", "birth_date"}


def test_every_function_has_types_and_a_chinese_label() -> None:
    kinds = {"bool", "number", "date", "text", "list", "any"}
    for function in REGISTRY.values():
        assert set(function.takes) <= kinds
        assert function.returns in kinds
        assert any("一" <= char <= "鿿" for char in function.label)


def test_a_tree_is_compiled_once() -> None:
    assert compiled("1 < 2") is compiled("1 < 2")
