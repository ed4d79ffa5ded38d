"""Meetings and what a head orders, by the `jucai` command."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from jucai.approval.commands import DecideTask
from jucai.approval.events import Actor
from jucai.approval.refusals import BadCommand, NotEntitled, NotNow, NotRecallable, UnknownOfficer
from jucai.approval.state import Phase, Seat, TaskPurpose, TaskStatus, Verdict
from jucai.commands import case_verbs, meetings, programmes
from jucai.policy import StageKind, VoteRule
from jucai.store.bureau import Bureau
from jucai.store.cases import execute
from jucai.store.substitutes import acting_today
from tests.approval.chain import stage
from tests.approval.definitions import LIVING
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


def test_signers_are_added_and_dropped_and_words_taken_back(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office = at(with_stages(bureau, stage("one", StageKind.ANY_OF, "rsj"), stage("two", StageKind.ANY_OF, "kjj")),
                monkeypatch)  # fmt: skip
    number = new_case(office)
    mine = state_of(office, number).open_tasks[0]
    by = mine.officers[0]
    with pytest.raises(BadCommand, match="前加签"):
        case_verbs.add_signer(number, mine.code, "kjj-reviewer-1", seat=Seat.UNIT, why="x", by=by)
    case_verbs.add_signer(number, mine.code, "kjj-reviewer-1", seat=Seat.BEFORE, why="先征求意见", by=by)
    assert "已前加签：kjj-reviewer-1" in capsys.readouterr().out
    added = next(task for task in state_of(office, number).open_tasks if task.origin)
    assert (added.seat, added.officers) == (Seat.BEFORE, ("kjj-reviewer-1",))
    case_verbs.drop_signer(number, added.code, why="不再需要", by=by)
    case_verbs.delegate(number, mine.code, "kjj-reviewer-2", why="请核实专利", by=by)
    asked = next(task for task in state_of(office, number).open_tasks if task.purpose is TaskPurpose.CONSULT)
    case_verbs.drop_signer(number, asked.code, why="已自行核实", by=by)
    case_verbs.copy(number, "czj-finance-1，czj-finance-2", why="供参考", by=by)
    readers = [task for task in state_of(office, number).open_tasks if task.purpose is TaskPurpose.READ]
    assert [task.officers for task in readers] == [("czj-finance-1",), ("czj-finance-2",)]
    execute(office, number, DecideTask(mine.code, by, Verdict.APPROVE, "同意"), Actor(by))
    assert state_of(office, number).stage == "two"
    case_verbs.recall(number, mine.code, why="看错了材料", by=by)
    again = state_of(office, number)
    assert (again.stage, again.task(mine.code).status) == ("one", TaskStatus.OPEN)  # type: ignore[union-attr] # it has it
    case_verbs.stand_aside(number, mine.code, why="与申请人是亲属", by=by)
    assert by not in state_of(office, number).open_tasks[0].officers
    with pytest.raises(NotRecallable):
        case_verbs.recall(number, mine.code, why="再看", by=by)


def test_a_vote_is_closed_and_a_panel_is_ranked(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    panel = stage("panel", StageKind.PANEL, "rsj", vote=VoteRule(quota=1, present=50))
    office = at(with_stages(bureau, panel, stage("last", StageKind.ANY_OF, "kjj")), monkeypatch)
    numbers = [new_case(office) for _ in range(2)]
    for number, points in zip(numbers, (90, 80), strict=True):
        sheets = [task for task in state_of(office, number).open_tasks if task.purpose is TaskPurpose.DECIDE]
        for task in sheets[:-1]:
            command = DecideTask(task.code, task.officers[0], Verdict.APPROVE, scores={"total": Decimal(points)})
            execute(office, number, command, Actor(task.officers[0]))
        case_verbs.close_voting(number, why="专家未到", by=HEAD)
    capsys.readouterr()
    case_verbs.rankings("rsj-reviewer-1", json=True)
    shown = json.loads(capsys.readouterr().out)
    assert [(row["编号"], row["平均分"], row["名额"]) for row in shown] == [
        (numbers[0], "90.00", "1"),
        (numbers[1], "80.00", "1"),
    ]
    with pytest.raises(UnknownOfficer):
        case_verbs.rankings("nobody")
    case_verbs.rank(LIVING.code, "panel", by="rsj-reviewer-1")
    told = capsys.readouterr().out
    assert f"{numbers[0]} 第 1 名，入选" in told
    assert f"{numbers[1]} 第 2 名，未入选" in told
    assert [state_of(office, number).phase for number in numbers] == [Phase.IN_STAGES, Phase.REFUSED]


def test_who_convenes_a_meeting_without_guests_is_told_that_nobody_gets_the_agenda(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office = at(meeting_office(bureau), monkeypatch)
    number = new_case(office)
    meetings.convene_meeting(TITLE, number, held_on=date(2026, 11, 25), place="三楼", by=SECRETARY)
    told = capsys.readouterr().out
    assert "议程不会发给任何人" in told
    assert "将发给" not in told


def test_a_substitution_is_made_and_ended(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    office = at(bureau, monkeypatch)
    today = MONDAY.date()
    programmes.substitute("rsj-reviewer-1", "rsj-reviewer-2", first=today, last=today, why="休假")
    assert len(acting_today(office)) == 1
    with pytest.raises(NotEntitled):
        programmes.end_substitute("rsj-reviewer-1", on_word_of="kjj-reviewer-1")
    programmes.end_substitute("rsj-reviewer-1")
    assert acting_today(office) == ()
