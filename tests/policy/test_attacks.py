"""Whoever may edit a programme file still cannot make the office compute for ever, or anything but rules."""

import ast
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jucai.policy import CannotTellError, ExpressionError, ProgrammeError
from jucai.policy.book import check_programme
from jucai.policy.checking import check
from jucai.policy.facts import Facts
from jucai.policy.functions import REGISTRY
from jucai.policy.history import History
from jucai.policy.language import Evaluator, compiled
from jucai.policy.uncertain import plain
from jucai.policy.vocabulary import vocabulary_of
from jucai.policy.yamlfile import parse
from jucai.settings import ROOT
from models.fields import FIELDS, FieldSpec

ON = date(2026, 6, 30)
TEXT = (ROOT / "programmes" / "anqing" / "living-subsidy.yaml").read_text(encoding="utf-8")


class Counted(Evaluator):
    """Counts every step of the evaluation: what bounds the steps bounds the time, on any machine."""

    def __init__(self, vocabulary: dict[str, FieldSpec], values: dict[str, str]) -> None:
        super().__init__(Facts(values, vocabulary), History((), ON), ON)
        self.steps: Counter[str] = Counter()

    def _eval(self, node: ast.AST) -> object:
        self.steps["all"] += 1
        return super()._eval(node)


def steps(text: str, vocabulary: dict[str, FieldSpec] | None = None, **values: str) -> tuple[int, object]:
    evaluator = Counted(vocabulary or dict(FIELDS), values)
    try:
        result = evaluator.result(text)
    except CannotTellError as doubt:
        result = doubt
    return evaluator.steps["all"], result


@pytest.mark.parametrize(
    "text",
    [
        "().__class__.__bases__[0].__subclasses__()", "name.__class__", "name.format(name)", "on.replace(1)",
        "__import__('os').system('id')", "eval('1')", "exec('1')", "open('/etc/passwd')", "getattr(name, 'x')",
        "[x for x in name]", "{x: 1 for x in name}", "(x for x in name)", "lambda: 1",
        "(lambda f: f(f))(lambda f: f(f))",
        "f'{name.__class__}'", "f'{1:>999999999}'", "'a' * 999999999", "name * 999999999", "name + name",
        "'%999999d' % 1",
        "9 ** 9 ** 9", "2 ** 999999", "1 << 999999", "~1", "7 // 2", "7 % 2", "1e999", "0x" + "f" * 400, "9" * 400,
        "'" + "a" * 700 + "'", "b'x' == b'x'", "1j", "...", "None", "name[0]", "name[0:9]", "*name", "name := 'x'",
        "await name", "yield", "(yield)", "x = 1", "import os", "del name", "name; name", "name\nname", "assert name",
        "contains(name, *name)", "contains(**name)", "date(name)", "given(name)", "on_form('a' 'b')", "one_of()",
        "-" * 400 + "1", "not " * 140 + "true", "(" * 250 + "1" + ")" * 250, "+".join("1" * 200),
        "1 if " * 60 + "True" + " else 0" * 60, "a" * 601, "\x00", "１ ＋ １", "name == '\\N{BULLET}' * 9**9",
    ],
)  # fmt: skip
def test_what_is_no_rule_is_never_evaluated(text: str) -> None:
    with pytest.raises(ExpressionError, match=r"[一-鿿]"):
        check(text, FIELDS)


names = st.sampled_from(["house_area", "house_price", "subsidy_months", "weekly_days"])
numbers = st.one_of(names, st.integers(0, 10**17).map(str), st.sampled_from(["0", "0.000001", "999999999999999999"]))
formulas = st.recursive(
    numbers,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} if {t[1]} > {t[2]} else {t[0]})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda many: f"least({', '.join(many)})"),
        inner.map(lambda one: f"floor({one})"),
        st.tuples(inner, inner).map(lambda t: f"days_between(on, add_months(on, {t[0]} * {t[1]}))"),
    ),
    max_leaves=25,
)
values = st.fixed_dictionaries(
    {}, optional={key: st.sampled_from(["1", "0", "90.5", "999999999999999999", "x", ""]) for key in
                  ("house_area", "house_price", "subsidy_months", "weekly_days")},
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(formulas, values)
def test_a_rule_takes_no_more_steps_than_it_has_parts(text: str, given_values: dict[str, str]) -> None:
    try:
        check(text, FIELDS)
    except ExpressionError:
        return
    taken, result = steps(text, **given_values)
    assert taken <= sum(1 for _ in ast.walk(compiled(text)))
    assert isinstance(result, CannotTellError) or len(plain(result)) < 120, "no number grows without end"


def own_facts(*formulas_: str) -> dict[str, FieldSpec]:
    lines = [f"  f{n}: {{label: 第{n}项, formula: '{formula}'}}" for n, formula in enumerate(formulas_)]
    document = parse(("own_facts:\n" + "\n".join(lines) + "\n").encode(), "x.yaml")
    return dict(vocabulary_of(document))


def test_formulas_within_formulas_are_computed_once_each() -> None:
    words = own_facts("subsidy_months + subsidy_months", *(" + ".join([f"f{n}"] * 20) for n in range(4)))
    taken, result = steps("f4 + f4 + f4 > 0", words, subsidy_months="1")
    assert result is True
    assert taken < 1000, "twenty times twenty times … would be half a million"


def test_formulas_that_square_each_other_end_in_doubt_not_in_a_million_digits() -> None:
    words = own_facts("house_price * house_price", *(f"f{n} * f{n}" for n in range(4)))
    _, result = steps("f4 > 0", words, house_price="999999999999999999")
    assert isinstance(result, CannotTellError)
    assert "数值过大" in result.reason


@pytest.mark.parametrize(
    ("own", "told"),
    [
        (["f0 + 1"], "互相引用"),
        (["f1 + 1", "f2 + 1", "f0 + 1"], "互相引用"),
        (["subsidy_months", "f0 + 1", "f1 + 1", "f2 + 1", "f3 + 1", "f4 + 1"], "最多 5 层"),
        (["subsidy_moths + 1"], "是否应为“subsidy_months”"),
        (["coop_mode"], "公式的结果应为"),
        (["name.real"], "不支持这种写法"),
    ],
)
def test_formulas_that_go_in_circles_or_nowhere_are_refused(own: list[str], told: str) -> None:
    with pytest.raises(ProgrammeError, match=told) as raised:
        own_facts(*own)
    assert raised.value.key.startswith("own_facts.f")
    assert raised.value.line >= 2


def test_a_computed_fact_is_asked_of_nobody_and_told_by_its_name() -> None:
    own = "own_facts:\n  points: {label: 积分, formula: '10 * degree_level(education) + house_area'}"
    text = TEXT.replace("\nneeds:", f"\n{own}\nneeds:").replace("test: contract_end >= on", "test: points >= 40")
    programme = check_programme(parse(text.encode(), "x.yaml"))
    assert "points" not in programme.facts_used
    assert {"education", "house_area"} <= set(programme.facts_used)
    with pytest.raises(ProgrammeError, match="不能要求填写"):
        check_programme(parse(text.replace("{fact: phone,", "{fact: points,").encode(), "x.yaml"))
    with pytest.raises(ProgrammeError, match="由公式算出，表上没有这一项"):
        check_programme(parse(text.replace("points >= 40", 'given("points")').encode(), "x.yaml"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('has_local_house == "没有"', "选项里没有“没有”"),
        ('talent_category != "A"', "是否应为“A类”"),
        ('one_of(assessment_level, "优", "良")', "选项里没有“优”"),
    ],
)
def test_a_choice_is_compared_with_its_own_options(text: str, told: str) -> None:
    with pytest.raises(ExpressionError, match=told):
        check(text, FIELDS)
    check('one_of(employer_nature, "事业单位", "党政机关")', FIELDS)


def test_every_function_bears_the_extremes_of_its_types() -> None:
    """No function of the registry loops, overflows or raises anything but doubt on the strangest values."""
    extremes = {
        "date": [date.min, date.max, ON],
        "number": [Decimal(0), Decimal("-1e40"), Decimal("1e40"), Decimal("0.000001")],
        "text": ["", "甲" * 10_000, "A" * 10_000, "博士", "2026-13-99"],
        "list": [(), ("甲",) * 1000],
        "any": ["", Decimal(1)],
    }
    for function in REGISTRY.values():
        if function.wants_history:
            continue
        rows = [Facts({}, FIELDS)] if function.wants_rows else []
        for number in range(5):
            arguments = [*rows, *(extremes[kind][number % len(extremes[kind])] for kind in function.takes)]
            try:
                result = function.call(*arguments)
            except (CannotTellError, ArithmeticError, ValueError, OverflowError):
                continue
            assert len(plain(result)) < 200, function.name
