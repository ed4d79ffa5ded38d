"""When time will next have something to do in a case; derived from its state, never set by hand."""

from datetime import datetime, time

from jucai.approval.advancing import next_due_day
from jucai.approval.state import CaseState
from jucai.clock import SHANGHAI
from jucai.policy import Programme, WorkCalendar


def next_due(state: CaseState, programme: Programme, calendar: WorkCalendar, now: datetime) -> datetime | None:
    """The moment `Advance` or a publicity list has something to do; None where only people can move the case."""
    day = next_due_day(state, programme, calendar, now.date())
    if day is None:
        return None
    return now if day == now.date() else datetime.combine(day, time(), SHANGHAI)
