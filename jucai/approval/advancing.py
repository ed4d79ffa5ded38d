"""What time does to a case by itself: declared in the programme, labelled as automatic, derived and never scheduled."""

from datetime import date

from jucai.approval import events as ev
from jucai.approval.proceeding import Proceeding
from jucai.approval.recounting import recount
from jucai.approval.reminding import next_reminder, remind_due
from jucai.approval.state import CaseState, PartState, Phase, TaskPurpose, TaskState
from jucai.approval.walking import finish_stage, join, release_due
from jucai.policy import Programme, Silence, StageKind, WorkCalendar

_SILENT = frozenset({StageKind.ANY_OF, StageKind.ALL_OF, StageKind.IN_ORDER})
"""Kinds in which silence may count as no objection; nobody is bound by an agreement or a vote they slept through."""


def advance(go: Proceeding) -> None:
    """Let time do what is due; nothing while the case is suspended or closed."""
    state = go.state
    if state.closed or state.phase is Phase.SUSPENDED:
        return
    recount(go)
    if state.phase is Phase.CORRECTING:
        _lapse_correction(go)
    elif state.phase is Phase.PUBLICITY and state.publicity is not None:
        objected = any(task.purpose is TaskPurpose.OBJECTION for task in state.open_tasks)
        if go.today > state.publicity.last and not objected:
            go.happen(ev.PublicityEnded(go.today), ev.SYSTEM)
            finish_stage(go)
    elif state.phase is Phase.PAYING:
        release_due(go)
    elif state.phase is Phase.IN_STAGES:
        _lapse_silent(go)
    if not go.state.closed:
        remind_due(go)


def next_due_day(state: CaseState, programme: Programme, calendar: WorkCalendar, today: date) -> date | None:
    """The first day on which `advance` has something to do; None where only people can move the case.

    A public list to be made is due `today`.
    """
    if state.closed or state.phase is Phase.SUSPENDED:
        return None
    days = _own_days(state, programme, today)
    if state.phase is not Phase.CORRECTING:
        for task in state.open_tasks:
            day = next_reminder(task, programme.clock.ladder, calendar)
            if day is not None:
                days.append(day if day >= today else calendar.next_workday(today))
    return min(days, default=None)


def _own_days(state: CaseState, programme: Programme, today: date) -> list[date]:
    """The days on which the case itself moves, reminders apart."""
    match state.phase:
        case Phase.CORRECTING:
            lapses = programme.clock.correction_lapses and state.correction_due is not None
            return [_after(state.correction_due)] if lapses and state.correction_due else []
        case Phase.PUBLICITY if state.publicity is None:
            return [today]
        case Phase.PUBLICITY if state.publicity is not None:
            objected = any(task.purpose is TaskPurpose.OBJECTION for task in state.open_tasks)
            return [] if objected else [_after(state.publicity.last)]
        case Phase.PAYING:
            return [part.plan.due_on for part in state.parts if part.state is PartState.PLANNED]
        case Phase.IN_STAGES:
            return [_after(task.due_on) for task in _silent(state, programme) if task.due_on]
        case _:
            return []


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _lapse_correction(go: Proceeding) -> None:
    due_on = go.state.correction_due
    if go.programme.clock.correction_lapses and due_on is not None and go.today > due_on:
        rule = "逾期未补正，按事项规定视为撤回申请（自动办理）"
        go.happen(ev.CorrectionLapsed(go.today, rule), ev.SYSTEM)
        go.cancel_pending("申请人逾期未补正")
        go.happen(ev.CaseWithdrawn(rule), ev.SYSTEM)


def _silent(state: CaseState, programme: Programme) -> list[TaskState]:
    """The open tasks of the present stage in which silence counts."""
    stage = programme.stage(state.stage)
    if stage is None or stage.silence is not Silence.CONSENT or stage.kind not in _SILENT:
        return []
    return [
        task
        for task in state.open_tasks
        if task.purpose is TaskPurpose.DECIDE and task.stage == stage.code and task.due_on is not None
    ]


def _lapse_silent(go: Proceeding) -> None:
    lapsed = [task for task in _silent(go.state, go.programme) if task.due_on and go.today > task.due_on]
    for task in lapsed:
        go.happen(ev.TaskLapsed(task.code, "逾期未反馈，按事项规定视为无异议（自动办理）"), ev.SYSTEM)
    if lapsed:
        join(go)
