"""The programmes that are shipped: complete, honest about what is 示例, and right by their own examples."""

import json
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from jucai.policy import (
    Failing,
    Kind,
    Outcome,
    Programme,
    ProgrammeBook,
    StageKind,
    UnknownProgrammeError,
    WorkCalendar,
    assess,
    load_programmes,
    plan_stages,
)
from jucai.policy.examples import ExampleResult, run_example, run_examples
from jucai.policy.schema import schema_text
from models.fields import FORM_TITLES

ROOT = Path(__file__).parents[2] / "programmes"
BOOK = load_programmes(ROOT)
CALENDAR = WorkCalendar.load(ROOT / "calendar" / "cn.json")
RESULTS = [result for programme in BOOK.programmes for result in run_examples(programme, CALENDAR)]
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("result", RESULTS, ids=[f"{r.programme}: {r.title}" for r in RESULTS])
def test_each_example_comes_out_as_its_file_says(result: ExampleResult) -> None:
    assert result.differences == ()


def test_an_example_that_is_wrong_is_told_in_words() -> None:
    programme = BOOK.get("anqing/living-subsidy")
    wrong = programme.examples[0].model_copy(update={"amount": "1", "eligible": "no", "schedule": ("0:1",)})
    result = run_example(programme, wrong)
    assert not result.passed
    assert "金额应为 1，得到 12000" in result.differences
    assert "结论应为 no，得到 yes" in result.differences


def test_the_published_schema_is_current() -> None:
    assert (ROOT / "schema.json").read_text(encoding="utf-8") == schema_text()
    assert json.loads(schema_text())["properties"]["stages"]


def test_the_published_schema_takes_every_shipped_file() -> None:
    schema = json.loads((ROOT / "schema.json").read_text(encoding="utf-8"))
    checker = jsonschema.Draft202012Validator(schema)
    for path in ROOT.rglob("*.yaml"):
        if path.name == "office.yaml":
            continue
        # What an editor sees: dates and times are text there.
        data = json.loads(json.dumps(YAML(typ="safe").load(path), default=str))
        assert [error.message for error in checker.iter_errors(data)] == [], path
        first = path.read_text(encoding="utf-8").splitlines()[0]
        named = (path.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve()
        assert named == ROOT / "schema.json", path


def test_every_form_of_the_product_has_a_programme_of_the_demo_office(book: ProgrammeBook) -> None:
    for form in FORM_TITLES:
        assert [p.code for p in book.for_form(form, TODAY, "anqing")] == [f"anqing/{form}"]


@pytest.mark.parametrize("programme", BOOK.programmes, ids=lambda p: p.code)
def test_what_was_not_published_says_so(programme: Programme) -> None:
    grades = {source.grade.value for source in programme.source}
    if programme.code.startswith("anqing/"):
        assert programme.example
        assert "示例" in grades
    if not programme.example:
        assert grades - {"示例"}
    for source in programme.source:
        assert source.address or source.grade.value == "示例"


@pytest.mark.parametrize("programme", BOOK.programmes, ids=lambda p: p.code)
def test_every_rule_names_its_article(programme: Programme) -> None:
    for rule in (*programme.rules, *programme.exclusivity):
        assert rule.article


def test_a_subsidy_walks_the_whole_chain(book: ProgrammeBook) -> None:
    for code in ("anqing/living-subsidy", "anqing/housing-subsidy"):
        stages = book.get(code).active_stages
        assert [stage.title for stage in stages] == [
            "用人单位核实",
            "县（市、区）初审",
            "市人社局复审",
            "资格联审",
            "局务会审定",
            "公示",
            "拨付",
        ]
        joint = stages[3]
        assert joint.kind is StageKind.ALL_OF
        assert len(joint.units) == 3


def test_a_secondment_ends_with_a_letter_of_appointment(book: ProgrammeBook) -> None:
    for programme in book.programmes:
        if programme.kind is Kind.SECONDMENT and programme.code in book.office_of:
            assert programme.active_stages[-1].kind is StageKind.APPOINTMENT
            assert programme.appointment is not None


def test_no_stage_of_any_case_is_left_without_somebody_to_ask(book: ProgrammeBook) -> None:
    for programme in book.programmes:
        if programme.code not in book.office_of:
            continue
        for plan in plan_stages(programme, book.office(programme.code), {}, TODAY):
            for assignment in plan.assignments:
                assert assignment.officers, (programme.code, plan.stage.code)


@pytest.mark.parametrize("programme", BOOK.programmes, ids=lambda p: p.code)
def test_an_empty_form_gets_one_complete_list_and_no_refusal(programme: Programme) -> None:
    result = assess(programme, {}, on=TODAY)
    wanted = {"|".join(need.keys) for need in programme.needs if need.when is None}
    assert wanted <= {item.code for item in result.missing}
    assert result.eligible != "no"
    assert all(item.standard and item.why for item in result.missing)


@pytest.mark.parametrize("programme", BOOK.programmes, ids=lambda p: p.code)
def test_nonsense_in_every_field_is_survived(programme: Programme) -> None:
    for nonsense in ("？？？", "9" * 40, "-1", "2026-02-31", "\u0000", "{{7*7}}", "甲" * 5000):
        result = assess(programme, dict.fromkeys(programme.vocabulary, nonsense), on=TODAY)
        assert result.eligible in {"yes", "no", "person"}
        for finding in result.findings:
            assert finding.explanation


def test_an_explanation_names_article_value_and_outcome(book: ProgrammeBook) -> None:
    facts = {"birth_date": "1990-01-01", "talent_category": "A类"}
    result = assess(book.get("anqing/living-subsidy"), facts, on=TODAY, where={"birth_date": "第1页 出生年月"})
    age = next(finding for finding in result.findings if finding.code == "age")
    assert age.outcome is Outcome.MET
    assert age.explanation == "符合“年龄不超过60周岁”（第三条第五项）。出生年月：1990年1月1日，周岁：36"
    assert age.used[0].where == "第1页 出生年月"


def test_a_refusal_is_only_proposed(book: ProgrammeBook) -> None:
    result = assess(book.get("anqing/living-subsidy"), {"talent_category": "F类"}, on=TODAY)
    assert result.eligible == "no"
    assert result.reasons[0].failing is Failing.REJECT
    assert result.reasons[0].failing.label == "拟不予通过"


def test_an_employer_of_another_city_is_shown_to_a_person_not_refused(book: ProgrammeBook) -> None:
    facts = {
        "employer_uscc": "913212026X9CAM7787",
        "employer_address": "江苏省泰州市",
        "employer_name": "宿迁绿源新材料科技有限公司",
        "talent_category": "A类",
    }
    programme = book.get("anqing/living-subsidy")
    result = assess(programme, facts, on=TODAY)
    finding = next(f for f in result.findings if f.code == "employer-in-city")
    assert (finding.outcome, finding.failing) == (Outcome.NOT_MET, Failing.FLAG)
    county = next(p for p in plan_stages(programme, book.office("anqing"), facts, TODAY) if p.stage.code == "county")
    assert county.assignments[0].fallback
    assert county.assignments[0].officers[0].id == "rcj-head"
    assert "不在安庆市" in county.assignments[0].note


def test_an_unknown_programme_or_version_is_named(book: ProgrammeBook) -> None:
    with pytest.raises(UnknownProgrammeError, match="没有项目"):
        book.get("anqing/none")
    with pytest.raises(UnknownProgrammeError, match="没有 1999-01-01 版"):
        book.get("anqing/living-subsidy", "1999-01-01")
    with pytest.raises(UnknownProgrammeError, match="没有所属的办公室"):
        book.office("nowhere/none")


def test_no_file_carries_an_address_of_a_real_person() -> None:
    for path in ROOT.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for address in re.findall(r"[\w.+-]+@[\w.-]+", text):
            assert address.endswith(".example"), (path.name, address)
        assert not re.search(r"(?<!\d)1[3-9]\d(?!0{8})\d{8}(?!\d)", text), path.name
