"""Which stages a case walks, and where it goes on when the rules change under it."""

from collections.abc import Callable
from datetime import date

import pytest

from jucai.policy import (
    Office,
    Programme,
    ProgrammeBook,
    StageKind,
    UnmappedStageError,
    Verb,
    mapped_stage,
    plan_moves,
    plan_stages,
    stage_needed,
)

MakeProgramme = Callable[..., Programme]
DAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("facts", "needed", "why"),
    [
        ({"employer_opinion": "同意"}, False, "表上已有意见"),
        ({"employer_opinion": ""}, True, ""),
        ({}, True, ""),
    ],
)
def test_a_stage_is_skipped_by_rule_and_says_why(
    book: ProgrammeBook, facts: dict[str, str], *, needed: bool, why: str
) -> None:
    programme = book.get("anqing/living-subsidy")
    stage = programme.stages[0].model_copy(
        update={"when": 'missing("employer_opinion")', "skip_reason": "表上已有意见"}
    )
    assert stage_needed(stage, programme, facts, DAY) == (needed, why)


def test_a_condition_that_cannot_be_told_keeps_the_stage(book: ProgrammeBook) -> None:
    programme = book.get("anqing/living-subsidy")
    stage = programme.stages[0].model_copy(update={"when": "requested_amount > 100000"})
    needed, why = stage_needed(stage, programme, {}, DAY)
    assert needed
    assert "没有填写申请金额，保留本环节" in why


def test_a_parallel_stage_asks_every_unit(book: ProgrammeBook, office: Office) -> None:
    plans = plan_stages(book.get("anqing/housing-subsidy"), office, {}, DAY)
    joint = next(plan for plan in plans if plan.stage.code == "joint")
    assert [assignment.unit for assignment in joint.assignments] == ["bdc", "zjj", "czj"]


def test_a_case_moves_to_the_new_version_only_where_its_stage_has_a_successor(make: MakeProgramme) -> None:
    new = make(more="stage_mapping: {county: check}\n")
    moves = plan_moves(new, [("AQ-1", "check"), ("AQ-2", "county"), ("AQ-3", "meeting")])
    assert [(move.number, move.new_stage) for move in moves] == [("AQ-1", "check"), ("AQ-2", "check"), ("AQ-3", "")]
    assert "请在 stage_mapping 中写明去向" in moves[2].refused


def test_a_withdrawn_stage_stays_known_but_takes_no_new_case(book: ProgrammeBook, office: Office) -> None:
    programme = book.get("anqing/living-subsidy")
    stages = tuple(s.model_copy(update={"withdrawn": s.code == "county"}) for s in programme.stages)
    newer = programme.model_copy(update={"stages": stages})
    assert newer.stage("county") is not None
    assert "county" not in {plan.stage.code for plan in plan_stages(newer, office, {}, DAY)}
    with pytest.raises(UnmappedStageError):
        mapped_stage(newer, "county")


def test_every_kind_and_verb_has_its_chinese_word() -> None:
    assert all(kind.label for kind in StageKind)
    assert all(verb.label for verb in Verb)
