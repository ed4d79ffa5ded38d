"""What the commands print, replay and compare."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel

from jucai.policy import ProgrammeBook, WorkCalendar
from jucai.policy.book import load_programme
from jucai.policy.commands import (
    FactsFileError,
    assess_case,
    assessment_data,
    case_of,
    check_folder,
    examples_of,
    list_programmes,
    read_case,
    show_calendar,
    show_programme,
)
from jucai.policy.comparing import NOT_COMPARED, diff, label, replay
from jucai.policy.example_kinds import Example, LevelExample, QueueExample, RepaymentExample
from jucai.policy.programme import Programme

ROOT = Path(__file__).parents[2] / "programmes"
CALENDAR = WorkCalendar.load(ROOT / "calendar" / "cn.json")
FACTS = {
    "talent_category": "B类",
    "subsidy_standard": 5000,
    "subsidy_period_start": "2025-01",
    "subsidy_period_end": "2025-12",
    "commitment_checked": True,
    "bank_name": None,
}


def test_the_list_says_what_is_an_example(book: ProgrammeBook) -> None:
    rows = {row[0]: row for row in list_programmes(book, date(2026, 1, 1)).rows}
    assert rows["anqing/living-subsidy"][5] == "示例"
    assert rows["anqing/living-subsidy"][4] == "有效"


def test_a_programme_is_shown_in_words(book: ProgrammeBook) -> None:
    text = str(show_programme(book.get("anqing/housing-subsidy")))
    assert "资格联审" in text
    assert "申请人所在单位所属县（市、区）" in text


def test_the_shipped_folder_passes_its_check() -> None:
    report = check_folder(ROOT)
    assert report.passed, report.faults
    assert report.files >= 7


def test_a_failing_example_keeps_a_folder_out(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "anqing", tmp_path / "anqing")
    path = tmp_path / "anqing" / "living-subsidy.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("B类: 4000", "B类: 4100"), encoding="utf-8")
    report = check_folder(tmp_path)
    assert not report.passed
    assert "金额应为 96000，得到 98400" in report.faults[0].message


def test_examples_of_one_programme_can_be_run(book: ProgrammeBook) -> None:
    results = examples_of(book, "anqing/living-subsidy", CALENDAR)
    programme = book.get("anqing/living-subsidy")
    money = (programme.repayment_examples, programme.level_examples, programme.queue_examples)
    assert len(results) == len(programme.examples) + sum(map(len, money))
    assert all(result.passed for result in results)


def test_a_facts_file_is_assessed(tmp_path: Path, book: ProgrammeBook) -> None:
    path = tmp_path / "facts.json"
    history = [{"programme": "anqing/living-subsidy", "months": 30}]
    content = {"facts": FACTS, "documents": ["劳动合同.pdf"], "history": history, "on": "2026-01-05"}
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    data = assessment_data(assess_case(book.get("anqing/living-subsidy"), read_case(path)))
    assert data["eligible"] is True
    assert data["amount"] == "24000.00"
    assert data["amount_upper"] == "贰万肆仟元整"
    assert [part["amount"] for part in data["schedule"]] == ["12000.00", "12000.00"]
    assert "bank_name" in {item["code"] for item in data["missing_facts"]}
    # The contract came along; the category is checked in the talent library.
    assert data["missing_documents"] == []
    json.dumps(data, ensure_ascii=False)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"facts": []}', '{"facts": {}, "documents": "x"}', '{"facts": {}, "history": [{"x": 1}]}',
     '{"facts": {}, "on": "gestern"}', '{"facts": {}, "history": [{"programme": "a", "paid": "1.001"}]}'],
)  # fmt: skip
def test_a_wrong_facts_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "facts.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FactsFileError, match="facts"):
        read_case(path)


def changed(tmp_path: Path, old: str, new: str) -> Path:
    path = tmp_path / "changed.yaml"
    text = (ROOT / "anqing" / "living-subsidy.yaml").read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_a_replay_tells_which_cases_would_end_differently(tmp_path: Path, book: ProgrammeBook) -> None:
    after = load_programme(changed(tmp_path, "B类: 4000", "B类: 4500"))
    cases = [
        case_of({"facts": FACTS, "number": "AQ-SUB-2026-000001", "on": "2026-01-05"}),
        case_of({"facts": FACTS | {"talent_category": "A类"}, "number": "AQ-SUB-2026-000002", "on": "2026-01-05"}),
    ]
    answers = list(replay(book.get("anqing/living-subsidy"), after, cases))
    assert answers[1] is None
    assert answers[0] is not None
    assert answers[0].number == "AQ-SUB-2026-000001"
    assert answers[0].why[0] == "金额由48,000.00元变为54,000.00元"


def test_a_difference_is_told_in_words(tmp_path: Path, book: ProgrammeBook) -> None:
    before = book.get("anqing/living-subsidy")
    after = load_programme(changed(tmp_path, "B类: 4000", "B类: 4500"))
    assert diff(before, before) == ()
    (line,) = diff(before, after)
    assert line.startswith("金额与发放·生活补贴")
    assert line.endswith("由“4,000.00元”改为“4,500.00元”")


def test_rules_that_come_or_go_are_named(tmp_path: Path, book: ProgrammeBook) -> None:
    before = book.get("anqing/living-subsidy")
    after = load_programme(changed(tmp_path, "  - code: insurance", "  - code: insurance-new"))
    lines = diff(before, after)
    assert any("取消“在本市参加社会保险满六个月”" in line for line in lines)
    assert any("新增“在本市参加社会保险满六个月”" in line for line in lines)


def models_of(model: type[BaseModel], found: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """A model and all that its fields are made of."""
    if model in found:
        return found
    found.add(model)
    for field in model.model_fields.values():
        waiting = [field.annotation]
        while waiting:
            kind = waiting.pop()
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                models_of(kind, found)
            waiting += getattr(kind, "__args__", ())
    return found


def test_every_key_of_a_programme_file_has_its_chinese_name() -> None:
    left_out = models_of(Example, set()) | models_of(RepaymentExample, set()) | models_of(LevelExample, set())
    for model in models_of(Programme, set()) - left_out - models_of(QueueExample, set()):
        for name in model.model_fields.keys() - NOT_COMPARED:
            assert re.search(r"[\u4e00-\u9fff]", label(name)), (model, name)


def test_a_changed_rule_is_told_as_people_speak(tmp_path: Path, book: ProgrammeBook) -> None:
    before = book.get("anqing/living-subsidy")
    after = load_programme(changed(tmp_path, "age_on(birth_date, on) <= 60", "age_on(birth_date, on) <= 55"))
    (line,) = diff(before, after)
    assert line == (
        "条件·年龄不超过60周岁·规则：由“到申报日的年龄（按出生年月）不超过60周岁”改为“到申报日的年龄（按出生年月）不超过55周岁”"
    )


def test_a_case_without_a_day_is_assessed_today_or_asked_for_one(book: ProgrammeBook) -> None:
    case = case_of({"facts": {}})
    programme = book.get("anqing/living-subsidy")
    assert assess_case(programme, case, today=date(2026, 1, 5)).on == date(2026, 1, 5)
    with pytest.raises(FactsFileError, match="评估日期"):
        assess_case(programme, case)
    dated = case_of({"facts": {"application_date": "2026-02-03"}})
    assert assess_case(programme, dated, today=date(2026, 1, 5)).on == date(2026, 2, 3)


def test_the_calendar_can_be_shown(calendar: WorkCalendar) -> None:
    assert ("2026-02-14", "调休上班") in show_calendar(calendar, 2026).rows
    assert "尚未公布" in show_calendar(calendar, 2027).title
