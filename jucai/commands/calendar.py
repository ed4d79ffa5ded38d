"""`jucai calendar`: the official days of a year, and importing those that have been published."""

from pathlib import Path

from cyclopts import App
from sqlmodel import col, select

from jucai.approval.state import CLOSED, state_from_json
from jucai.approval.statutory import read_clock
from jucai.casework.recounting import recount_terms
from jucai.commands.common import Json, bureau, say, settings, show
from jucai.policy import WorkCalendar
from jucai.policy import commands as policy
from jucai.policy.calendar_files import read_import, write_calendar
from jucai.store.database import reading
from models.cases import Case

app = App(name="calendar", help="工作日历：查看、导入放假与调休安排")


@app.command(name="show")
def show_calendar(year: int, *, json: Json = False) -> None:
    """查看一年的放假与调休安排。"""
    sheet = policy.show_calendar(WorkCalendar.load(_file()), year)
    show(sheet.title, sheet.columns, sheet.rows, as_json=json)


@app.command(name="import")
def import_days(file: Path, *, source: str = "", dry_run: bool = False) -> None:
    """导入一年的放假与调休安排；之后各件的办理期限按新的安排重算，期限有变的逐件列出。

    Parameters
    ----------
    file
        JSON（本系统的格式，或公开的节假日数据），或 CSV（日期,名称,放假或上班）。
    source
        来源：国务院办公厅通知的名称或网址；文件里已写明的不必再写。
    dry_run
        只看会改变什么，不写入。
    """
    path = _file()
    current = WorkCalendar.load(path)
    found = read_import(file, current, source)
    for line in found.lines:
        say(line)
    moved = _moved(current, found.calendar)
    if moved:
        show("期限有变的办件", ("编号", "原到期日", "现到期日"), moved, as_json=False)
    if dry_run:
        say("以上为试算，没有写入。")
        return
    write_calendar(path, found.years)
    names = "、".join(f"{year.year}年" for year in found.years)
    say(f"已导入 {names}。")
    _recount()


def _file() -> Path:
    return settings().programmes / policy.CALENDAR_FILE


def _recount() -> None:
    """Write the new terms down now; a service that runs takes up the same calendar by itself."""
    if not settings().secret.get_secret_value():
        return
    office = bureau()
    if office.refused:
        say("事项文件夹另有错误，新的安排还没有启用；改正后自动启用并重算期限：")
        for fault in office.refused:
            say(str(fault))
        return
    done = recount_terms(office)
    if done is not None:
        say(f"已按新的安排核对 {done.cases} 件在办件，期限有变的已记入办理经过。")
        for told in done.faults:
            say(told)


def _moved(before: WorkCalendar, after: WorkCalendar) -> list[tuple[str, str, str]]:
    """The open cases whose term ends on another day; empty where no office has been set up here."""
    if not settings().secret.get_secret_value():
        return []
    office = bureau()
    today = office.clock.now().date()
    rows = []
    with reading(office.engine) as session:
        closed = [phase.value for phase in CLOSED]
        for case in session.exec(select(Case).where(col(Case.phase).not_in(closed)).order_by(Case.number)):
            rule = office.programmes.get(case.programme, case.version).clock
            state = state_from_json(case.full_state)
            old, new = read_clock(state, rule, before, today), read_clock(state, rule, after, today)
            if old and new and (old.due_on, old.provisional) != (new.due_on, new.provisional):
                told = [f"{one.due_on}{'（暂定）' if one.provisional else ''}" for one in (old, new)]
                rows.append((case.number, told[0], told[1]))
    return rows
