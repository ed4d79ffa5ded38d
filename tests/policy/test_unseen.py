"""Twenty-two policies of a city that does not exist, written by the documentation alone: what real offices' rules need.

They were no model for the language; each holds a kind of rule that the shipped files do not have in that form.
"""

from pathlib import Path

import pytest

from jucai.notices.guide import guide_of
from jucai.policy import Programme, load_programmes
from jucai.policy.commands import Case, list_facts, show_programme, unknown_facts
from jucai.policy.comparing import diff
from jucai.policy.examples import run_examples
from jucai.policy.form_items import form_parts
from tests.policy.conftest import ROOT

BOOK = load_programmes(Path(__file__).parent / "unseen")


@pytest.mark.parametrize("programme", BOOK.programmes, ids=lambda p: p.code.rpartition("/")[2])
def test_an_unseen_policy_gives_what_its_examples_say(programme: Programme) -> None:
    results = list(run_examples(programme, None))
    assert results
    assert [str(result) for result in results if not result.passed] == []


@pytest.mark.parametrize("programme", BOOK.programmes, ids=lambda p: p.code.rpartition("/")[2])
def test_an_unseen_policy_is_told_to_people(programme: Programme) -> None:
    said = "".join(cell for sheet in show_programme(programme) for row in sheet.rows for cell in row)
    keys = [key for key in programme.facts_used if "_" in key]
    assert not [key for key in keys if key in said], "no key of a fact is shown to people"
    guide = guide_of(programme, None)
    assert guide.awards or not programme.awards
    asked = {item.spec.key for part in form_parts(programme) for item in part.items}
    computed = {key for key, fact in programme.own_facts.items() if fact.formula}
    assert set(programme.own_facts) - computed - {"local_account"} <= asked
    assert not computed & asked, "what is computed is asked of nobody"


def test_all_of_them_are_there() -> None:
    assert len(BOOK.programmes) == 22


def test_a_formula_is_told_and_compared_in_words() -> None:
    points = BOOK.get("nanwan/points")
    said = [row[0] for sheet in show_programme(points) for row in sheet.rows]
    assert any(text.startswith("积分＝10乘学历的层次加") for text in said)
    fact = points.own_facts["points"].model_copy(update={"formula": "10 * degree_level(education)"})
    changed = points.model_copy(update={"own_facts": {**points.own_facts, "points": fact}})
    (line,) = diff(points, changed)
    assert line.endswith("改为“10乘学历的层次”")


def test_a_key_that_is_none_is_told_with_what_was_meant() -> None:
    points = BOOK.get("nanwan/points")
    (told,) = unknown_facts(points, Case({"papres_count": "3", "education": "博士"}))
    assert "是否应为“papers_count”（核心期刊论文数）" in told
    sheet = list_facts(points.vocabulary, "合同")
    assert ("contract_start", "劳动合同期限（起）", "date", "") in sheet.rows
    assert list_facts(points.vocabulary, "获奖").rows == (
        ("award_level", "获奖等级", "enum", "国家级、省级、市级、无"),
    )


def test_units_are_shown_by_their_names() -> None:
    book = load_programmes(ROOT)
    sheets = show_programme(book.get("anqing/living-subsidy"), book.office("anqing"))
    said = "".join(cell for sheet in sheets if sheet.title == "环节" for row in sheet.rows for cell in row)
    assert "市人力资源和社会保障局" in said or "市人社局" in said
    assert "rsj" not in said
