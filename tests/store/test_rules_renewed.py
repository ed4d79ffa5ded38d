"""Programme files change under a running office: good ones are taken up at once, those that cases need stay."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from jucai.casework.board import board_tables
from jucai.desk.app import create_app
from jucai.desk.renewal import renew
from jucai.doctor import _versions
from jucai.store.bureau import Bureau, renewed
from jucai.store.pinned import lost_to_cases
from tests.store.test_in_force import rewrite, source
from tests.store.work import approve, new_case

CODE = "anqing/living-subsidy"
__all__ = ["source"]  # a fixture


@pytest.fixture
def running(bureau: Bureau, source: Path) -> Bureau:
    """The office with programme files of its own, as a process that has been running for a while."""
    return renewed(replace(bureau, settings=bureau.settings.model_copy(update={"programmes": source})))


def board(bureau: Bureau) -> tuple[str, tuple[tuple[str, ...], ...]]:
    (table,) = [one for one in board_tables(bureau) if one.key == "board-rules"]
    return table.title, table.rows


def test_the_desk_takes_up_a_good_change_and_keeps_the_last_good_rules_through_a_bad_one(
    running: Bureau, source: Path
) -> None:
    app = create_app(running)
    assert not renew(app), "nothing changed"
    rewrite(source, "title: 高层次人才生活补贴", "title: 生活补贴新名")
    assert renew(app)
    assert app.state.desk.bureau.programmes.get(CODE).title == "生活补贴新名"
    rewrite(source, "kind: subsidy", "kind: subsidie")
    assert not renew(app)
    bureau = app.state.desk.bureau
    assert bureau.programmes.get(CODE).kind == "subsidy"
    title, rows = board(bureau)
    assert "没有启用" in title
    assert rows[0][0] == "anqing/living-subsidy.yaml"
    assert "subsidy" in rows[0][3]
    rewrite(source, "kind: subsidie", "kind: subsidy")
    assert not renew(app), "what is in force is what it was"
    assert board(app.state.desk.bureau) == ("事项文件：已启用，没有错误", ())


def test_a_file_saved_after_the_look_does_not_slip_in(
    running: Bureau, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewrite(source, "title: 高层次人才生活补贴", "title: 生活补贴新名")
    loaded = lost_to_cases

    def while_it_is_checked(*given: object) -> tuple[object, ...]:
        if "生活补贴新名" in (source / "anqing" / "living-subsidy.yaml").read_text(encoding="utf-8"):
            rewrite(source, "title: 生活补贴新名", "title: 没有看过的名字")
        return loaded(*given)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr("jucai.store.bureau.lost_to_cases", while_it_is_checked)
    first = renewed(running)
    assert first.programmes.get(CODE).title == "生活补贴新名"
    assert renewed(first).programmes.get(CODE).title == "没有看过的名字", "looked at in its own turn"


def test_a_version_that_cases_need_cannot_be_deleted(running: Bureau, source: Path) -> None:
    number = new_case(running)
    (source / "anqing" / "living-subsidy.yaml").unlink()
    after = renewed(running)
    assert after.programmes.get(CODE).version == "2024-01-01"
    (fault,) = [one for one in after.refused if one.file == f"{CODE}.yaml"]
    assert "没有 2024-01-01 版，而有 1 件" in fault.message
    assert number in fault.message


def test_a_stage_where_a_case_stands_cannot_be_deleted(running: Bureau, source: Path) -> None:
    number = new_case(running)
    approve(running, number)
    rewrite(source, "code: county, title: 县（市、区）初审", "code: first, title: 县区初审")
    (fault,) = renewed(running).refused
    assert "没有环节“county”" in fault.message
    assert number in fault.message
    rewrite(source, "code: first, title: 县区初审", "code: county, title: 县区初审")
    assert renewed(running).refused == ()


def test_the_doctor_names_the_cases_whose_version_is_gone(running: Bureau) -> None:
    number = new_case(running)
    assert _versions(running).ok
    left = tuple(one for one in running.programmes.programmes if one.code != CODE)
    damaged = replace(running, programmes=replace(running.programmes, programmes=left))
    found = _versions(damaged)
    assert not found.ok
    assert number in found.text
    (cases,) = [one for one in board_tables(damaged) if one.key == "board-cases"]
    assert "缺 2024-01-01 版文件" in cases.rows[0][0]


def test_a_kept_copy_that_somebody_touched_is_not_trusted(running: Bureau, source: Path) -> None:
    (kept,) = [path for path in (running.settings.home / "in-force").iterdir() if path.name == running.rules]
    path = kept / "anqing" / "living-subsidy.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("B类: 4000", "B类: 4100"), encoding="utf-8")
    again = renewed(replace(running, rules_seen=""))
    assert again.refused == ()
    assert "B类: 4000" in path.read_text(encoding="utf-8"), "copied anew from the folder"
    shutil.rmtree(kept)
    assert renewed(replace(running, rules_seen="")).rules == running.rules
