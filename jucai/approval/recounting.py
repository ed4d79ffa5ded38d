"""Counting again when the official days of a year are published: the term of the case, and the days of its tasks.

Days that were told to people outside (a correction's last day, a publicity's) stay as they were told.
"""

from collections.abc import Mapping
from datetime import date

from jucai.approval import events as ev
from jucai.approval.clockwork import last_day_of_term
from jucai.approval.proceeding import Proceeding
from jucai.approval.state import TaskPurpose, TaskState
from jucai.approval.statutory import term_ends
from jucai.approval.ways import ways_of


def recount(go: Proceeding) -> None:
    """Say what ends on another day now; nothing where all is as it was, so that it may be done again at any time."""
    state = go.state
    due_on = None
    if not state.standing and state.due_on is not None:  # a clock that stands is counted anew when it runs again
        due_on = last_day_of_term(go, state.pauses)
    tasks = _tasks(go)
    if (due_on is None or due_on == state.due_on) and not tasks:
        return
    due_on = due_on or state.due_on
    provisional = due_on is not None and not go.world.calendar.is_published(due_on)
    go.happen(ev.TermRecounted(due_on, provisional, tasks), ev.SYSTEM)


def _tasks(go: Proceeding) -> Mapping[str, date]:
    """The open tasks whose last day was counted before its year was published, each with its new last day."""
    found = {}
    rule, calendar = go.programme.clock, go.world.calendar
    for task in go.state.pending_tasks:
        days = _days(go, task)
        if task.due_on is None or not days:
            continue
        opened = task.opened_at.date()
        new = term_ends(opened, days, rule, calendar)
        # Only what was counted so and not otherwise: a day that a suspension moved, or a person, is nobody's guess.
        if new != task.due_on == term_ends(opened, days, rule, calendar.without(task.due_on.year)):
            found[task.code] = new
    return found


def _days(go: Proceeding, task: TaskState) -> int:
    if task.purpose in {TaskPurpose.VERIFY, TaskPurpose.OBJECTION}:
        return go.programme.clock.check_days
    stage = go.programme.stage(task.stage)
    if stage is None:
        return 0
    if task.purpose is TaskPurpose.DECIDE:
        ways = ways_of(stage, go.programme, go.state)
        if task.branch < len(ways):
            return ways[task.branch].due_days or stage.due_days
    return stage.due_days
