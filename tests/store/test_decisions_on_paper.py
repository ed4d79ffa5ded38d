"""Decisions made on paper are copied into their cases: by whoever made them, with their day, and only once."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from jucai.approval.refusals import BadCommand, UnknownOfficer
from jucai.approval.state import TaskState, Verdict
from jucai.casework.importing import Fate, Imported, import_decisions, read_decisions
from jucai.commands import cases
from jucai.desk.history import line
from jucai.desk.names import Names
from jucai.store.bureau import Bureau
from jucai.store.cases import case_history
from jucai.store.chain import verify_chains
from jucai.store.database import reading
from jucai.store.rebuild import rebuild_projections
from tests.store.work import PROGRAMME, approve, events_of, new_case, state_of

CLERK = "rcj-clerk-1"
HEADS = ("编号", "待办", "环节", "结论", "意见", "办理人", "日期")
Cells = tuple[object, ...]


def first_task(office: Bureau, number: str) -> TaskState:
    return state_of(office, number).open_tasks[0]


def row(office: Bureau, number: str, day: object = "2026-11-20", opinion: str = "会上同意") -> Cells:
    """The approval of the first open task of a case, as a clerk would type it."""
    task = first_task(office, number)
    return (number, "", task.stage, "同意", opinion, task.officers[0], day)


def as_csv(path: Path, rows: Sequence[Cells], encoding: str = "utf-8-sig") -> Path:
    path.write_text("\n".join(",".join(map(str, cells)) for cells in (HEADS, *rows)), encoding=encoding)
    return path


def as_xlsx(path: Path, rows: Sequence[Cells]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for cells in (HEADS, *rows):
        book.active.append(cells)
    book.save(path)
    return path


def as_json(path: Path, rows: Sequence[Cells]) -> Path:
    path.write_text(json.dumps([dict(zip(HEADS, cells, strict=True)) for cells in rows]), encoding="utf-8")
    return path


def fates(found: Sequence[Imported]) -> list[Fate]:
    return [one.fate for one in found]


@pytest.mark.parametrize("kind", ["csv", "gb18030", "xlsx", "json"])
def test_each_kind_of_table_is_imported_once(bureau: Bureau, tmp_path: Path, kind: str) -> None:
    number = new_case(bureau)
    task = first_task(bureau, number)
    if kind == "xlsx":
        path = as_xlsx(tmp_path / "决定.xlsx", [row(bureau, number, date(2026, 11, 20))])
    elif kind == "json":
        path = as_json(tmp_path / "决定.json", [row(bureau, number, "2026/11/20")])
    else:
        path = as_csv(tmp_path / "决定.csv", [row(bureau, number)], "gb18030" if kind == "gb18030" else "utf-8-sig")
    before = state_of(bureau, number)

    rows = read_decisions(path)
    assert fates(import_decisions(bureau, rows, CLERK, apply=False)) == [Fate.IMPORTED]
    assert state_of(bureau, number) == before, "it was only tried"
    assert fates(import_decisions(bureau, rows, CLERK, apply=True)) == [Fate.IMPORTED]
    after = state_of(bureau, number)
    decided = after.task(task.code)
    assert decided is not None
    assert (decided.verdict, decided.decided_by, decided.opinion) == (Verdict.APPROVE, task.officers[0], "会上同意")
    for apply in (False, True):
        assert fates(import_decisions(bureau, rows, CLERK, apply=apply)) == [Fate.KNOWN]
    assert state_of(bureau, number) == after


def test_the_history_says_that_it_was_copied_from_which_day_and_by_whom(bureau: Bureau, tmp_path: Path) -> None:
    number = new_case(bureau)
    import_decisions(bureau, read_decisions(as_csv(tmp_path / "a.csv", [row(bureau, number)])), CLERK, apply=True)
    clerk = bureau.office.officer(CLERK)
    assert clerk is not None
    with reading(bureau.engine) as session:
        (copied,) = [one for one in case_history(session, number) if one.actor.role == "补录"]
        assert verify_chains(session).broken == ()
    assert copied.at == bureau.clock.now(), "the chain says when it was written down"
    shown = line(copied, Names(bureau.office, PROGRAMME))
    assert shown.text.endswith(f"同意：会上同意（2026-11-20 另行作出的决定，由{clerk.name}补录）")
    assert rebuild_projections(bureau, only_check=True).differed == ()


def test_rows_follow_each_other_and_a_wrong_one_holds_up_none(bureau: Bureau, tmp_path: Path) -> None:
    number, scout = new_case(bureau), new_case(bureau)
    chain = []
    for _ in range(2):  # what the second word on a case will be is seen on another one
        chain.append((number, *row(bureau, scout)[1:]))
        approve(bureau, scout)
    stranger = next(o.id for o in bureau.office.officers if o.id not in first_task(bureau, number).officers)
    task, stage = first_task(bureau, number), first_task(bureau, number).stage
    wrong: dict[Cells, str] = {
        (number, "", stage, "同意", "", stranger, "2026-11-20"): "",
        (number, "no-such", "", "同意", "", task.officers[0], "2026-11-20"): "没有待办“no-such”",
        (number, "", "no-such", "同意", "", task.officers[0], "2026-11-20"): "没有待办的审批",
        (number, "", stage, "可以", "", task.officers[0], "2026-11-20"): "结论“可以”不认识",
        (number, "", stage, "不同意", "", task.officers[0], "2026-11-20"): "",
        (number, "", stage, "同意", "", task.officers[0], "2026-12-20"): "还没有到",
        (number, "", stage, "同意", "", task.officers[0], "前天"): "日期“前天”不认识",
        (number, "", stage, "同意", "", "查无此人", "2026-11-20"): "查无此人",
        ("AQ-SUB-1999-000001", "", stage, "同意", "", task.officers[0], "2026-11-20"): "AQ-SUB-1999-000001",
    }
    rows = read_decisions(as_csv(tmp_path / "a.csv", [*wrong, *chain, chain[0]]))
    expected = [Fate.REFUSED] * len(wrong) + [Fate.IMPORTED, Fate.IMPORTED, Fate.KNOWN]
    before = len(events_of(bureau, number))
    tried = import_decisions(bureau, rows, CLERK, apply=False)
    assert fates(tried) == expected, tried
    assert all(why in one.told for why, one in zip(wrong.values(), tried, strict=False))
    assert len(events_of(bureau, number)) == before
    assert import_decisions(bureau, rows, CLERK, apply=True) == tried, "it becomes of them what was foretold"
    assert sum(one.actor == "system" for one in events_of(bureau, number)) > 0
    assert sum(one.role == "补录" for one in events_of(bureau, number)) == 2


def test_an_officer_is_named_by_id_or_by_a_name_nobody_else_bears(bureau: Bureau, tmp_path: Path) -> None:
    number = new_case(bureau)
    officers = first_task(bureau, number).officers
    name = bureau.office.all_officers[officers[0]].name
    cells = list(row(bureau, number))
    cells[5] = name
    rows = read_decisions(as_csv(tmp_path / "a.csv", [tuple(cells)]))
    assert fates(import_decisions(bureau, rows, CLERK, apply=True)) == [Fate.IMPORTED]
    assert [one.actor for one in events_of(bureau, number) if one.role == "补录"] == [officers[0]]
    with pytest.raises(UnknownOfficer):
        import_decisions(bureau, rows, "nobody", apply=True)
    office = bureau.office.model_dump(by_alias=True)
    for officer in office["officers"]:
        officer["name"] = name
    namesakes = replace(bureau, office=type(bureau.office).model_validate(office))
    (told,) = import_decisions(namesakes, rows, CLERK, apply=True)
    assert "请写人员编号" in told.told


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "编号,结论\nx,同意\n"),
        ("a.csv", ",".join(HEADS)),
        ("a.json", "{"),
        ("a.json", '{"编号": "x"}'),
        ("a.xlsx", "no workbook"),
        ("a.docx", "x"),
    ],
)
def test_a_file_that_is_no_such_table_is_named(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadCommand, match=name):
        read_decisions(path)
    with pytest.raises(BadCommand, match="gone"):
        read_decisions(tmp_path / "gone.csv")


def test_by_command_it_is_tried_first_and_a_refused_row_shows_in_the_exit_code(
    bureau: Bureau,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(cases, "bureau", lambda: bureau)
    number = new_case(bureau)
    good = row(bureau, number)
    cases.import_decision(as_csv(tmp_path / "a.csv", [good]), by=CLERK)
    assert "补录 1 行，已有 0 行，未办 0 行。核对后加 --apply 写入。" in capsys.readouterr().out
    path = as_csv(tmp_path / "a.csv", [good, (*good[:3], "可以", *good[4:])])
    with pytest.raises(SystemExit) as ended:
        cases.import_decision(path, by=CLERK, apply=True, json=True)
    assert ended.value.code == 1
    assert [one["结果"] for one in json.loads(capsys.readouterr().out)] == ["补录", "未办"]
