"""Decisions made on paper or in another system, taken over from a table (补录): each by its officer, each only once."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from jucai.approval.commands import DecideTask
from jucai.approval.events import IMPORTED, Actor, Happened, TaskDecided
from jucai.approval.labels import VERDICT_LABELS
from jucai.approval.refusals import BadCommand, Refusal
from jucai.approval.state import CaseState, TaskPurpose, TaskState, Verdict
from jucai.approval.tasks import known_officer
from jucai.policy import Office
from jucai.store.bureau import Bureau
from jucai.store.carrying_out import carrying
from jucai.store.cases import case_history, execute, load_state
from jucai.store.database import reading

_HEADS = {
    "number": ("编号", "办件编号"),
    "task": ("待办", "待办代码"),
    "stage": ("环节", "环节代码"),
    "verdict": ("结论", "决定"),
    "opinion": ("意见",),
    "officer": ("办理人", "人员"),
    "date": ("日期", "决定日期"),
}
_NAMES = {head: key for key, heads in _HEADS.items() for head in (key, *heads)}
_NEEDED = ("number", "verdict", "officer", "date")
_VERDICTS = {word: one for one in Verdict for word in (one.value, VERDICT_LABELS[one])}


_UNREADABLE = (OSError, ValueError, KeyError, TypeError, csv.Error, BadZipFile, ParseError, InvalidFileException)


class Fate(StrEnum):
    """What became of one row."""

    IMPORTED = "imported"
    KNOWN = "known"  # an earlier run has imported it
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PaperDecision:
    """One row of the table: its place in the file, from 1 without the heading, and its cells by column."""

    place: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one row, and in Chinese why."""

    place: int
    number: str
    fate: Fate
    told: str


class _OnlyTried(Exception):  # noqa: N818 - undoes a transaction that was meant to be undone
    """The rows were only tried."""


def read_decisions(path: Path) -> list[PaperDecision]:
    """The rows of a table of decisions: `.csv` (UTF-8 or GB18030), `.xlsx` (its first sheet) or `.json` (a list).

    The columns are 编号, 待办 or 环节, 结论, 意见, 办理人 and 日期, or `number`, `task`, `stage`, `verdict`, `opinion`,
    `officer` and `date`.

    Raises:
        BadCommand: the file cannot be read as such a table, or lacks a column.
    """
    try:
        rows = _rows(path)
    except _UNREADABLE as error:
        raise BadCommand("补录决定", f"文件 {path.name} 不能读取，请使用 csv、xlsx 或 json：{error}") from error
    found = []
    for place, row in enumerate(rows, start=1):
        named = {_NAMES[key]: value for key, value in row.items() if key in _NAMES}
        lacking = [_HEADS[key][0] for key in _NEEDED if key not in named]
        if "task" not in named and "stage" not in named:
            lacking.append("待办（或环节）")
        if lacking:
            raise BadCommand("补录决定", f"文件 {path.name} 第 {place} 行缺少列：{'、'.join(lacking)}")
        if any(named.values()):
            found.append(PaperDecision(place, named))
    if not found:
        raise BadCommand("补录决定", f"文件 {path.name} 中没有决定")
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    kind = path.suffix.lower()
    if kind == ".json":
        return [{str(key).strip(): _text(value) for key, value in row.items()} for row in _objects(path)]
    if kind == ".xlsx":
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            return _table(book.worksheets[0].iter_rows(values_only=True))
        finally:
            book.close()
    if kind == ".csv":
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("gb18030")  # what Excel saves on a Chinese desktop
        return _table(csv.reader(io.StringIO(text, newline="")))
    raise ValueError(f"不认识的格式“{path.suffix}”")


def _objects(path: Path) -> list[dict[str, Any]]:
    rows = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise TypeError("须是一个列表，每项一件")
    return rows


def _table(rows: Iterable[Sequence[object]]) -> list[dict[str, str]]:
    lines = iter(rows)
    heads = [_text(cell) for cell in next(lines, ())]
    return [dict(zip(heads, [*map(_text, line), *[""] * len(heads)], strict=False)) for line in lines]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    # A spreadsheet gives a day as a moment at midnight.
    return f"{cell:%Y-%m-%d}" if isinstance(cell, date) else str(cell).strip()


def import_decisions(bureau: Bureau, rows: Sequence[PaperDecision], by: str, *, apply: bool) -> list[Imported]:
    """Carry out the decisions of a table in its order, each in a transaction of its own, and tell what became of each.

    Without `apply` everything is tried, one row after the other on what the earlier ones left, and nothing is kept.
    `by` is the officer who copies the table; each decision is that of the officer it names, who must be entitled to
    it. In the history it stands under the day of the import, with the day on the paper beside it.

    Raises:
        UnknownOfficer: nobody is called `by`.
    """
    clerk = known_officer(bureau.office, by).name
    if apply:
        copying = _Copying(bureau, clerk, partial(execute, bureau))
        return [copying.outcome(row) for row in rows]
    found: list[Imported] = []
    with suppress(_OnlyTried), carrying(bureau) as work:
        copying = _Copying(bureau, clerk, work.carry_out)
        found += [copying.outcome(row) for row in rows]
        raise _OnlyTried
    return found


@dataclass(frozen=True, slots=True)
class _Copying:
    """One table that is taken over; `states` and `done` are what its rows have left so far."""

    bureau: Bureau
    clerk: str
    carry_out: Callable[[str, DecideTask, Actor], CaseState]
    states: dict[str, CaseState] = field(default_factory=dict)
    done: set[tuple[str, ...]] = field(default_factory=set)

    def outcome(self, row: PaperDecision) -> Imported:
        number = row.cells["number"]
        try:
            told = self._copy(number, row.cells)
        except Refusal as refusal:
            return Imported(row.place, number, Fate.REFUSED, str(refusal))
        return Imported(row.place, number, Fate.IMPORTED if told else Fate.KNOWN, told or "以前已经补录")

    def _copy(self, number: str, cells: Mapping[str, str]) -> str:
        """Carry out one row and say what was decided; empty where that was done before."""
        office = self.bureau.office
        officer = _officer(office, cells["officer"])
        verdict = _VERDICTS.get(cells["verdict"])
        if verdict is None:
            raise BadCommand("补录决定", f"结论“{cells['verdict']}”不认识，请写：{'、'.join(VERDICT_LABELS.values())}")
        decided_on = _day(cells["date"], self.bureau.clock.now().date())
        paper = f"{decided_on} 另行作出的决定，"
        with reading(self.bureau.engine) as session:
            state = load_state(session, number)
            history = case_history(session, number)
        code, stage = cells.get("task", ""), cells.get("stage", "")
        this = (number, code, stage, officer, verdict, paper)
        if this in self.done or any(_same(state, one, code, stage, officer, verdict, paper) for one in history):
            return ""
        task = _task(self.states.get(number, state), code, stage, officer)
        command = DecideTask(task.code, officer, verdict, cells.get("opinion", ""))
        self.states[number] = self.carry_out(
            number, command, Actor(officer, IMPORTED, "", f"{paper}由{self.clerk}补录")
        )
        self.done.add(this)
        return f"{task.code} {VERDICT_LABELS[verdict]}（{decided_on}）"


def _officer(office: Office, said: str) -> str:
    """The id of the officer who is named by id or by a name that only one bears."""
    if office.officer(said) is not None:
        return said
    named = [one.id for one in office.officers if one.name == said]
    if len(named) > 1:
        raise BadCommand("补录决定", f"有 {len(named)} 人名叫“{said}”，请写人员编号：{'、'.join(named)}")
    return known_officer(office, named[0] if named else said).id


def _day(said: str, today: date) -> date:
    try:
        day = date.fromisoformat(said.replace("/", "-").replace(".", "-")[:10])
    except ValueError:
        raise BadCommand("补录决定", f"日期“{said}”不认识，请写成 2026-11-23") from None
    if day > today:
        raise BadCommand("补录决定", f"决定日期 {day} 还没有到")
    return day


def _same(state: CaseState, one: Happened, code: str, stage: str, officer: str, verdict: Verdict, paper: str) -> bool:
    """Whether an event is this very decision, imported before."""
    event = one.event
    if not isinstance(event, TaskDecided) or one.actor.role != IMPORTED or not one.actor.why.startswith(paper):
        return False
    task = state.task(event.code)
    there = event.code == code if code else task is not None and task.stage == stage
    return there and event.officer == officer and event.verdict is verdict


def _task(state: CaseState, code: str, stage: str, officer: str) -> TaskState:
    """The task of that code; else the open one of that stage that is the officer's, or the only one."""
    if code:
        found = state.task(code)
        if found is None:
            raise BadCommand("补录决定", f"{state.number} 没有待办“{code}”")
        return found
    there = [one for one in _deciding(state) if one.stage == stage]
    mine = [one for one in there if officer in one.officers] or there
    if len(mine) != 1:
        fault = "没有待办的审批" if not mine else "有几项待办，请写明待办代码：" + "、".join(t.code for t in mine)
        raise BadCommand("补录决定", f"{state.number} 的环节“{stage}”{fault}")
    return mine[0]


def _deciding(state: CaseState) -> Iterator[TaskState]:
    return (one for one in state.open_tasks if one.purpose is TaskPurpose.DECIDE)
