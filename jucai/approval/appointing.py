"""What a letter of appointment says, from the programme and the form (聘书)."""

from calendar import monthrange
from datetime import date, timedelta

from jucai.approval.state import Appointment, CaseState
from jucai.policy import Programme

_DAY = timedelta(days=1)
_FULL = 10  # characters of YYYY-MM-DD
_MONTH = 7  # characters of YYYY-MM


def appointment_of(programme: Programme, state: CaseState, today: date) -> Appointment:
    """Host, post and term: as the form says, else from today for the programme's usual number of months."""
    rule = programme.appointment
    assert rule is not None, "a programme with an appointment stage says what its letter holds"
    values = state.values()
    first = _day(values.get(rule.start_fact, ""), end=False) or today
    last = _day(values.get(rule.end_fact, ""), end=True)
    if last is None or last < first:
        last = add_months(first, rule.months) - _DAY
    post = values.get(rule.post_fact or "", "") or rule.post
    return Appointment(host=values.get(rule.host_fact, ""), post=post, first=first, last=last)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day (民法典第202条)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _day(text: str, *, end: bool) -> date | None:
    if len(text) == _FULL:
        return date.fromisoformat(text)
    if len(text) == _MONTH:
        year, month = (int(part) for part in text.split("-"))
        return date(year, month, monthrange(year, month)[1] if end else 1)
    return None
