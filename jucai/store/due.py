"""When time will next have something to do in a case; derived from its state, never set by hand."""

from datetime import date, datetime, time, timedelta

from jucai.approval.state import CaseState, PartState, Phase, TaskPurpose
from jucai.clock import SHANGHAI


def next_due(state: CaseState, now: datetime) -> datetime | None:
    """The moment `Advance` or a publicity list has something to do; None where only people can move the case."""
    if state.phase is Phase.PUBLICITY:
        if state.publicity is None:
            return now
        if any(task.purpose is TaskPurpose.OBJECTION for task in state.open_tasks):
            return None
        return _midnight(state.publicity.last + timedelta(days=1))
    if state.phase is Phase.PAYING:
        days = [part.plan.due_on for part in state.parts if part.state is PartState.PLANNED]
        return _midnight(min(days)) if days else None
    return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
