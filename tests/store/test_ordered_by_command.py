"""Meetings and what a head orders, by the `jucai` command."""

import json
from datetime import date
from pathlib import Path

import pytest

from jucai.approval.refusals import BadCommand, NotEntitled, NotNow
from jucai.approval.state import Phase
from jucai.commands import case_verbs, meetings, programmes
from jucai.policy import StageKind
from jucai.store.bureau import Bureau
from jucai.store.substitutes import acting_today
from tests.approval.chain import stage
from tests.store.conftest import MONDAY
from tests.store.test_together import SECRETARY, TITLE, meeting_office, with_stages
from tests.store.work import new_case, state_of

HEAD = "rcj-head"


def at(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    """Let the commands work in this office."""
    for module in (case_verbs, meetings, programmes):
        monkeypatch.setattr(module, "bureau", lambda: bureau)
    return bureau


def test_a_meeting_from_its_agenda_to_its_minutes(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = at(meeting_office(bureau), monkeypatch)
    yes, later = new_case(office), new_case(office)
    meetings.waiting(json=True)
    assert [row["编号"] for row in json.loads(capsys.readouterr().out)] == [yes, later]
    meetings.convene_meeting(
        TITLE, "all", held_on=date(2026, 11, 25), place="三楼", by=SECRETARY, invited="meeting-head, rcj-head"
    )
    assert "议题 2 项，议程将发给 2 人" in capsys.readouterr().out
    meetings.agenda(TITLE, out=tmp_path / "议程.pdf")
    assert (tmp_path / "议程.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(BadCommand, match="没有会议"):
        meetings.agenda("别的会议", out=tmp_path / "x.pdf")
    paper = tmp_path / "纪要.json"
    paper.write_text(
        json.dumps(
            {"present": ["meeting-head"], "text": "纪要", "rulings": {yes: {"outcome": "approve", "text": "同意"}}}
        ),
        encoding="utf-8",
    )
    meetings.minutes(TITLE, paper, by=SECRETARY)
    assert "办理 1 项，转下次会议 1 项" in capsys.readouterr().out
    assert state_of(office, yes).stage == "last"
    assert state_of(office, later).agenda is None
    meetings.list_meetings(json=True)
    assert json.loads(capsys.readouterr().out)[0]["纪要"] == f"{MONDAY:%Y-%m-%d}"
    with pytest.raises(NotNow):
        meetings.minutes(TITLE, paper, by=SECRETARY)


@pytest.mark.parametrize("text", ["", "[]", '{"rulings": {"A": {"outcome": "maybe", "text": ""}}}', '{"present": []}'])
def test_a_minutes_file_that_is_none_is_named(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    at(meeting_office(bureau), monkeypatch)
    paper = tmp_path / "纪要.json"
    paper.write_text(text, encoding="utf-8")
    with pytest.raises(BadCommand, match=r"纪要\.json"):
        meetings.minutes(TITLE, paper, by=SECRETARY)


def test_what_a_head_orders(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office = at(with_stages(bureau, stage("one", StageKind.ANY_OF, "rsj"), stage("two", StageKind.ANY_OF, "kjj")),
                monkeypatch)  # fmt: skip
    number = new_case(office)
    case_verbs.suspend(number, why="仲裁", by=HEAD)
    assert state_of(office, number).phase is Phase.SUSPENDED
    case_verbs.resume(number, why="已裁决", by=HEAD)
    case_verbs.extend(number, 5, why="须核实", by=HEAD)
    told = capsys.readouterr().out
    assert f"已延长 5 个工作日，{state_of(office, number).due_on} 到期" in told
    task = state_of(office, number).open_tasks[0]
    case_verbs.remind(number, task.code, why="请抓紧", by=HEAD)
    case_verbs.transfer(number, task.code, "rsj-reviewer-2", why="外出", by=task.officers[0])
    assert state_of(office, number).open_tasks[0].officers == ("rsj-reviewer-2",)
    with pytest.raises(NotEntitled):
        case_verbs.terminate(number, why="x", by="kjj-reviewer-1")
    case_verbs.terminate(number, why="申请人已离职", by=HEAD)
    assert state_of(office, number).phase is Phase.TERMINATED
    case_verbs.revive(number, why="误终止", by=HEAD)
    assert state_of(office, number).phase is Phase.IN_STAGES


def test_a_substitution_is_made_and_ended(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    office = at(bureau, monkeypatch)
    today = MONDAY.date()
    programmes.substitute("rsj-reviewer-1", "rsj-reviewer-2", first=today, last=today, why="休假")
    assert len(acting_today(office)) == 1
    with pytest.raises(NotEntitled):
        programmes.end_substitute("rsj-reviewer-1", on_word_of="kjj-reviewer-1")
    programmes.end_substitute("rsj-reviewer-1")
    assert acting_today(office) == ()
