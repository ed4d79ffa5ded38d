"""Every kind of rule, amount, schedule and window is in a shipped file, with examples that pass and that fail."""

from collections import defaultdict
from pathlib import Path
from typing import Any, get_args

import pytest

from jucai.policy import Outcome, Programme, load_programmes
from jucai.policy.amounts import Figure, Schedule
from jucai.policy.examples import run_example
from jucai.policy.funding import Payee
from jucai.policy.funds import QueueKey
from jucai.policy.levels import LevelChange
from jucai.policy.parts import ExclusivityKind, Failing, Kind, WindowKind
from jucai.policy.repaying import Cause, RepaymentRule

BOOK = load_programmes(Path(__file__).parents[2] / "programmes")
PROGRAMMES = [pytest.param(programme, id=programme.code) for programme in BOOK.programmes]


def outcomes(programme: Programme) -> dict[str, set[Outcome]]:
    found: dict[str, set[Outcome]] = defaultdict(set)
    for example in programme.examples:
        result = run_example(programme, example).assessment
        assert result is not None
        for finding in result.findings:
            found[finding.code].add(finding.outcome)
    return found


def kinds(node: Any, found: set[str]) -> set[str]:
    """All `kind`s within a dumped part of a programme."""
    if isinstance(node, dict):
        if isinstance(node.get("kind"), str):
            found.add(node["kind"])
        for value in node.values():
            kinds(value, found)
    elif isinstance(node, list):
        for value in node:
            kinds(value, found)
    return found


def literals(model: type, field: str) -> set[str]:
    return set(get_args(model.model_fields[field].annotation))  # type: ignore[attr-defined] # a pydantic model


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_rule_has_an_example_that_passes_and_one_that_fails(programme: Programme) -> None:
    found = outcomes(programme)
    wanted = {Outcome.MET, Outcome.NOT_MET}
    assert {rule.code: wanted - found[rule.code] for rule in programme.rules if wanted - found[rule.code]} == {}


def test_every_kind_of_exclusivity_is_met_and_broken_or_reduces_somewhere() -> None:
    free, hit = set(), set()
    for programme in BOOK.programmes:
        rules = {rule.code: rule.kind for rule in programme.exclusivity}
        for example in programme.examples:
            result = run_example(programme, example).assessment
            assert result is not None
            for finding in result.findings:
                kind = rules.get(finding.code)
                if kind is None:
                    continue
                reduces = any(word in finding.explanation for word in ("从本次金额中扣除", "只补差额", "%计"))
                (hit if reduces or finding.outcome is Outcome.NOT_MET else free).add(kind)
    assert free == hit == set(ExclusivityKind)


def test_every_kind_of_amount_and_schedule_is_in_a_shipped_file() -> None:
    used: set[str] = set()
    for programme in BOOK.programmes:
        kinds([award.model_dump(mode="json") for award in programme.awards], used)
    wanted = set()
    for union in (Figure, Schedule):
        for model in get_args(get_args(union)[0]):
            wanted |= literals(model, "kind")
    assert wanted == used


def test_every_window_is_in_a_shipped_file_and_closed_ones_are_shown_closed() -> None:
    seen: dict[str, set[bool | None]] = defaultdict(set)
    for programme in BOOK.programmes:
        for example in programme.examples:
            result = run_example(programme, example).assessment
            assert result is not None
            seen[programme.window.kind].add(result.window.open)
            if programme.window.within_months_of:
                seen["within"].add(result.window.open)
    assert set(seen) == {*WindowKind, "within"}
    for kind in ("within", WindowKind.HALF_YEAR, WindowKind.YEARLY):
        assert {True, False} <= seen[kind]


def test_every_way_of_failing_and_every_kind_of_programme_is_shipped() -> None:
    assert {rule.failing for programme in BOOK.programmes for rule in programme.rules} == set(Failing)
    assert {programme.kind for programme in BOOK.programmes} == set(Kind)


def test_every_kind_of_repayment_level_change_and_queue_is_shipped_with_an_example() -> None:
    repayments = [(p, rule) for p in BOOK.programmes for rule in p.repayment]
    assert {rule.kind for _, rule in repayments} == literals(RepaymentRule, "kind")
    assert {rule.cause for _, rule in repayments} == set(Cause)
    for programme, rule in repayments:
        assert rule.cause in {example.cause for example in programme.repayment_examples} or rule.cause is Cause.CHANGE
    assert any(example.amount == "none" for p in BOOK.programmes for example in p.repayment_examples)
    changes = [p for p in BOOK.programmes if p.level_change]
    assert {p.level_change.starts for p in changes if p.level_change} == literals(LevelChange, "starts")
    assert all(p.level_examples for p in changes)
    budgets = [p for p in BOOK.programmes if p.budget]
    used = {key.by for p in budgets if p.budget for key in p.budget.order}
    assert used | {"received"} == literals(QueueKey, "by")  # 收件先后: nobody publishes it; see test_money_rules
    assert all(any(example.waiting for example in p.queue_examples) for p in budgets)
    assert all(any(not example.waiting for example in p.queue_examples) for p in budgets)


def test_a_shared_budget_and_a_paid_employer_are_shipped_with_an_example() -> None:
    shared = [p for p in BOOK.programmes if p.funding]
    assert shared
    assert all(any(example.borne for example in p.examples) for p in shared)
    assert {p.payee.kind for p in BOOK.programmes} == literals(Payee, "kind")


def test_the_subsidies_of_the_nineteen_published_programmes_are_shipped() -> None:
    subsidies = [p.code for p in BOOK.programmes if p.kind is Kind.SUBSIDY and p.code.startswith("examples/")]
    assert len(subsidies) >= 19
    whole = [code for code in subsidies if not BOOK.get(code).example]
    assert len(whole) >= 12
