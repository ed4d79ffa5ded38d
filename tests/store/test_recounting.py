"""The days of a year are published: open cases are counted again once, whoever comes first, and it is written down."""

import json
import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from jucai import console
from jucai.approval.state import CaseState
from jucai.casework.recounting import recount_terms, to_recount
from jucai.clock import SHANGHAI, FixedClock
from jucai.policy import CalendarYear
from jucai.policy.calendar_files import write_calendar
from jucai.store.bureau import Bureau, renewed
from jucai.store.chain import verify_chains
from jucai.store.database import reading
from jucai.store.rebuild import rebuild_projections
from tests.store.test_in_force import rewrite, source
from tests.store.work import approve, events_of, new_case, state_of

__all__ = ["source"]  # a fixture
OFF = {date(2027, 1, day): "元旦" for day in (1, 2, 3)} | {date(2027, 2, day): "春节" for day in range(5, 13)}
YEAR = CalendarYear(2027, "国务院办公厅关于2027年部分节假日安排的通知（测试）", OFF, frozenset({date(2027, 2, 20)}))


@pytest.fixture
def running(bureau: Bureau, source: Path, clock: FixedClock) -> Bureau:
    clock.moment = datetime(2026, 12, 28, 9, 0, tzinfo=SHANGHAI)
    return renewed(replace(bureau, settings=bureau.settings.model_copy(update={"programmes": source})))


def recounted(bureau: Bureau, number: str) -> list[dict[str, object]]:
    return [dict(event.data) for event in events_of(bureau, number) if event.type == "TermRecounted"]


def days(state: CaseState) -> tuple[date | None, date | None]:
    return state.due_on, state.open_tasks[0].due_on


def test_a_published_year_moves_the_term_and_the_open_tasks_once(running: Bureau, source: Path) -> None:
    recount_terms(running)
    numbers = [new_case(running), new_case(running)]
    approve(running, numbers[1])
    before = [days(state_of(running, number)) for number in numbers]
    write_calendar(source / "calendar" / "cn.json", (YEAR,))
    done = recount_terms(running)  # a process that began before the import
    assert done is not None
    assert (done.cases, done.faults) == (2, ())
    office = renewed(running)
    for number, (term, task) in zip(numbers, before, strict=True):
        state = state_of(office, number)
        assert state.due_on == office.calendar.add_workdays(state.accepted_on or date.min, 20)
        assert state.due_on != term
        assert task is not None
        assert state.open_tasks[0].due_on not in {task, None}, "the first of January does not count"
        assert len(recounted(office, number)) == 1
        assert recounted(office, number)[0]["provisional"] is False
    assert recount_terms(running) is None
    assert not to_recount(office)
    with reading(office.engine) as session:
        assert verify_chains(session).broken == ()


def test_a_recount_killed_half_way_is_done_again_with_the_same_end(
    running: Bureau, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recount_terms(running)
    number = new_case(running)
    write_calendar(source / "calendar" / "cn.json", (YEAR,))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Session, "add", killed)  # the last step: remembering that it was done
        with pytest.raises(KeyboardInterrupt):
            recount_terms(running)
    after = state_of(running, number)
    assert len(recounted(running, number)) == 1
    assert to_recount(renewed(running))
    assert recount_terms(running) is not None
    assert state_of(running, number) == after
    assert len(recounted(running, number)) == 1


def test_the_state_of_a_recounted_case_follows_from_its_events(running: Bureau, source: Path) -> None:
    recount_terms(running)
    new_case(running)
    write_calendar(source / "calendar" / "cn.json", (YEAR,))
    recount_terms(running)
    assert rebuild_projections(renewed(running), only_check=True).differed == ()


def test_the_import_command_writes_the_new_terms_down(
    running: Bureau, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    recount_terms(running)
    number = new_case(running)
    file = tmp_path / "2027.json"
    year = {"source": YEAR.source, "off": {day.isoformat(): name for day, name in OFF.items()}, "work": ["2027-02-20"]}
    file.write_text(json.dumps({"years": {"2027": year}}), encoding="utf-8")
    monkeypatch.setattr("jucai.commands.calendar.settings", lambda: running.settings)
    monkeypatch.setattr("jucai.commands.calendar.bureau", lambda: renewed(running))
    console.app(["calendar", "import", str(file), "--dry-run"], result_action="return_value")
    assert recounted(running, number) == []
    console.app(["calendar", "import", str(file)], result_action="return_value")
    said = capsys.readouterr().out
    assert number in said
    assert "已按新的安排核对 1 件在办件" in said
    assert len(recounted(running, number)) == 1


def test_with_a_wrong_programme_file_beside_it_the_calendar_waits(
    running: Bureau, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recount_terms(running)
    number = new_case(running)
    rewrite(source, "kind: subsidy", "kind: subsidie")
    write_calendar(source / "calendar" / "cn.json", (YEAR,))
    assert recount_terms(running) is None
    rewrite(source, "kind: subsidie", "kind: subsidy")
    assert recount_terms(running) is not None
    assert len(recounted(running, number)) == 1
    shutil.rmtree(source)
    assert recount_terms(running) is None, "a folder that is gone changes nothing"
