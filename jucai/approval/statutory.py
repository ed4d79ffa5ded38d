"""The statutory clock: working days from acceptance, standing still with a cause, explained in words."""

from dataclasses import dataclass
from datetime import date, timedelta

from jucai.approval.state import CaseState, Pause
from jucai.policy import ClockRule, WorkCalendar

_DAY = timedelta(days=1)
_SATURDAY = 5
_HORIZON = 3660  # days; a limit beyond ten years is a mistake in a programme file


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What the clock says on a day: working days used of `limit`, the last day, and why."""

    used: int
    limit: int
    due_on: date
    standing: bool
    overdue: bool
    provisional: bool
    explanation: str


def read_clock(state: CaseState, rule: ClockRule, calendar: WorkCalendar, today: date) -> ClockReading | None:
    """What the statutory clock of a case says `today`; None before acceptance or where no limit was promised.

    `rule` is what the programme promises; an extension granted in the case is added. The day of acceptance is not
    counted (民法典第201条) unless the programme says `first_day_counts`; days are working days (行政许可法第82条);
    a day after a standstill began, up to and with the day it ended, is not counted. The clock of a closed case reads
    what it did on the day it was closed.
    """
    if state.accepted_on is None or rule.decision_days <= 0:
        return None
    limit = rule.decision_days + state.extension_days
    begin = _eve(state.accepted_on, rule)
    today = min(today, state.ended_on) if state.ended_on else today
    used = sum(1 for day in _days(begin, today) if calendar.is_workday(day) and not _stands(state.pauses, day))
    due_on = _nth_day(begin, limit, state.pauses, calendar, today)
    standing = any(pause.last is None for pause in state.pauses)
    provisional = not calendar.is_published(due_on)
    return ClockReading(
        used=used,
        limit=limit,
        due_on=due_on,
        standing=standing,
        overdue=used > limit and not standing,
        provisional=provisional,
        explanation=_explain(state, rule, used, due_on, standing=standing, provisional=provisional)
        + _special_days(state, begin, calendar, today),
    )


def last_day(
    accepted_on: date, rule: ClockRule, more: int, pauses: tuple[Pause, ...], calendar: WorkCalendar, today: date
) -> date:
    """The last day of the term, `more` working days longer than the rule; an open standstill ends `today`."""
    return _nth_day(_eve(accepted_on, rule), rule.decision_days + more, pauses, calendar, today)


def term_ends(start: date, days: int, rule: ClockRule, calendar: WorkCalendar) -> date:
    """The last of so many working days of a term set on `start`: that day counts only where the programme says so."""
    return calendar.add_workdays(start, days, first_day_counts=rule.first_day_counts)


def _eve(accepted_on: date, rule: ClockRule) -> date:
    """The day after which counting begins."""
    return accepted_on - _DAY if rule.first_day_counts else accepted_on


def _nth_day(begin: date, limit: int, pauses: tuple[Pause, ...], calendar: WorkCalendar, today: date) -> date:
    """The day the `limit`-th counted working day after `begin` falls on."""
    closed = tuple(Pause(p.first, p.last or max(today, p.first), p.cause) for p in pauses)
    left, day = limit, begin
    for _ in range(_HORIZON):
        if left == 0:
            return day
        day += _DAY
        if calendar.is_workday(day) and not _stands(closed, day):
            left -= 1
    raise ValueError(f"办理时限 {limit} 个工作日超出可计算的范围，请检查事项文件")


def _days(after: date, until: date) -> list[date]:
    return [after + _DAY * n for n in range(1, (until - after).days + 1)]


def _stands(pauses: tuple[Pause, ...], day: date) -> bool:
    return any(pause.first < day and (pause.last is None or day <= pause.last) for pause in pauses)


def _explain(state: CaseState, rule: ClockRule, used: int, due_on: date, *, standing: bool, provisional: bool) -> str:
    accepted, limit = state.accepted_on, rule.decision_days + state.extension_days
    text = f"第 {used} 个工作日，承诺 {limit} 个工作日" if used else f"承诺 {limit} 个工作日，尚未开始计数"
    if accepted is not None:
        begins = "当日" if rule.first_day_counts else "次日"
        text += f"；{accepted.year}年{accepted.month}月{accepted.day}日受理，{begins}起算"
    if state.extension_days:
        text += f"（含经批准延长的 {state.extension_days} 个工作日）"
    for pause in state.pauses:
        end = f"至{pause.last.month}月{pause.last.day}日" if pause.last else "起至今"
        text += f"；{pause.first.month}月{pause.first.day}日{end}因{pause.cause}不计"
    if standing:
        return text + "；目前停计，恢复后重新推算到期日"
    text += f"；{due_on.year}年{due_on.month}月{due_on.day}日到期"
    return text + ("（该年放假安排尚未公布，为暂定）" if provisional else "")


def _special_days(state: CaseState, begin: date, calendar: WorkCalendar, today: date) -> str:
    """The days a reader would count differently: holidays on weekdays, and weekends worked instead (调休)."""
    counted = [day for day in _days(begin, today) if not _stands(state.pauses, day)]
    worked = [day for day in counted if calendar.is_workday(day) and day.weekday() >= _SATURDAY]
    off = [day for day in counted if not calendar.is_workday(day) and day.weekday() < _SATURDAY]
    return "".join(f"；{_runs(days)}{word}" for days, word in ((off, "放假不计"), (worked, "调休上班，计入")) if days)


def _runs(days: list[date]) -> str:
    """Days in a row as one: 10月1日至8日."""
    runs: list[list[date]] = []
    for day in days:
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return "、".join(
        f"{run[0].month}月{run[0].day}日" + (f"至{run[-1].month}月{run[-1].day}日" if len(run) > 1 else "")
        for run in runs
    )
