"""Reminders (催办): a ladder on office days with a cap, then the superior; nobody is reminded on days off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from jucai.approval import commands as cm
from jucai.approval import events as ev
from jucai.approval.assignment import able_officers, spoken_elsewhere
from jucai.approval.labels import PHASE_LABELS
from jucai.approval.proceeding import Proceeding
from jucai.approval.refusals import NotNow, RemindLater
from jucai.approval.state import Phase, TaskPurpose, TaskState, TaskStatus
from jucai.approval.tasks import is_counted, known_officer, need_reason, open_task
from jucai.policy import Ladder, Role, WorkCalendar

_DAY = timedelta(days=1)
_ASLEEP = frozenset({Phase.SUSPENDED, Phase.CORRECTING})


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: its place from 1, its day, and what it says."""

    number: int
    day: date
    text: str


def ladder_of(task: TaskState, ladder: Ladder, calendar: WorkCalendar) -> tuple[Rung, ...]:
    """The reminders of a task, in order; those that would fall on the day it was assigned, or earlier, are left out."""
    if task.due_on is None:
        return ()
    opened = task.opened_at.date()
    return tuple(rung for rung in _rungs(task.due_on, ladder.before, ladder.after, calendar) if rung.day > opened)


@lru_cache(maxsize=1024)  # tasks of one day share their term, and every decision asks for the ladder of each open one
def _rungs(due_on: date, before: tuple[int, ...], after: tuple[int, ...], calendar: WorkCalendar) -> tuple[Rung, ...]:
    days = [(_workdays_before(due_on, n, calendar), f"距到期还有 {n} 个工作日") for n in before if n]
    days += [(due_on, "今日到期") for n in (*before, *after) if not n]
    days += [(calendar.add_workdays(due_on, n), f"已逾期 {n} 个工作日") for n in after if n]
    return tuple(Rung(number, day, text) for number, (day, text) in enumerate(days, start=1))


def escalation_day(task: TaskState, ladder: Ladder, calendar: WorkCalendar) -> date | None:
    """The day on which the superior is asked as well; None where nobody is."""
    if task.due_on is None or not ladder.escalate:
        return None
    return calendar.add_workdays(task.due_on, ladder.escalate)


def next_reminder(task: TaskState, ladder: Ladder, calendar: WorkCalendar) -> date | None:
    """The next day on which the ladder has something to say about a task."""
    if task.status is not TaskStatus.OPEN or task.purpose is TaskPurpose.READ:
        return None
    days = [rung.day for rung in ladder_of(task, ladder, calendar) if rung.number > task.rung]
    up = escalation_day(task, ladder, calendar)
    if up is not None and not task.escalated:
        days.append(up)
    return min(days, default=None)


def remind_due(go: Proceeding) -> None:
    """Give the reminders that are due today, at most one for each task, and tell superiors."""
    calendar, ladder = go.world.calendar, go.programme.clock.ladder
    if go.state.phase in _ASLEEP or not calendar.is_workday(go.today):
        return
    for task in go.state.open_tasks:
        if task.purpose is TaskPurpose.READ:
            continue
        reached = [r for r in ladder_of(task, ladder, calendar) if r.day <= go.today and r.number > task.rung]
        if reached:
            go.happen(ev.TaskReminded(task.code, reached[-1].number, reached[-1].text), ev.SYSTEM)
        up = escalation_day(task, ladder, calendar)
        if up is not None and up <= go.today and not task.escalated:
            late = calendar.count_workdays(task.due_on or go.today, go.today)
            superior = next(_superiors(go, task), "")
            go.happen(ev.TaskEscalated(task.code, superior, f"已逾期 {late} 个工作日，报负责人督办"), ev.SYSTEM)


def remind(go: Proceeding, command: cm.RemindTask) -> None:
    """Remind whoever has a task, on somebody's word: on office days, once a day."""
    task = open_task(go.state, command.task)
    known_officer(go.world.office, command.officer)
    if go.state.phase in _ASLEEP:
        raise NotNow("催办", PHASE_LABELS[go.state.phase])
    why = need_reason(command.why, "催办")
    if not go.world.calendar.is_workday(go.today):
        raise RemindLater("今天不是工作日")
    if task.reminded_on == go.today:
        raise RemindLater("今天已经催办过")
    go.happen(ev.TaskReminded(task.code, 0, why))


def _superiors(go: Proceeding, task: TaskState) -> Iterator[str]:
    """The heads of the unit, then of the bureau, who can take the task; nobody where voices are counted."""
    office, state = go.world.office, go.state
    if is_counted(go, task):
        return
    spoken = (
        spoken_elsewhere(state, go.stage(task.stage))
        if task.stage and task.purpose is TaskPurpose.DECIDE
        else frozenset()
    )
    heads = [*office.officers_of(task.unit, Role.HEAD), office.head_officer]
    yield from (who for who in able_officers(heads, office, state, spoken) if who not in task.officers)


def _workdays_before(day: date, n: int, calendar: WorkCalendar) -> date:
    while n:
        day -= _DAY
        n -= calendar.is_workday(day)
    return day
