"""When one may apply: all year, in batches, until a day of the month, within so many months of an event."""

from dataclasses import dataclass
from datetime import date

from jucai.policy.facts import Facts
from jucai.policy.functions import add_months
from jucai.policy.language import Evaluator
from jucai.policy.parts import Batch, MonthDay, Window, WindowKind
from jucai.policy.uncertain import CannotTellError, day_bounds


@dataclass(frozen=True, slots=True)
class WindowAnswer:
    """Whether the window is open on the day; None means that a person must look. `batch` is what it counts in."""

    open: bool | None
    batch: str
    text: str


def window_open(window: Window, rules: Evaluator, facts: Facts, on: date) -> WindowAnswer:
    """Whether an application of that day is in time, and in which batch it is taken."""
    answer = _by_calendar(window, on)
    if answer.open is False or not window.within_months_of or window.within_months is None:
        return answer
    key = window.within_months_of
    try:
        first, last = day_bounds(rules.result(key))
    except CannotTellError as error:
        return WindowAnswer(None, answer.batch, f"无法判断是否在申报期限内：{error.reason}")
    earliest, latest = add_months(first, window.within_months), add_months(last, window.within_months)
    told = f"自{facts.label(key)}起{window.within_months}个月内申报，截止{_cn(latest)}"
    if on > latest:
        return WindowAnswer(False, answer.batch, f"已超过申报期限：{told}")  # noqa: FBT003 - named by the class
    if on > earliest:
        return WindowAnswer(None, answer.batch, f"{told}，日期只写到月，不能判断")
    return WindowAnswer(True, answer.batch, told)  # noqa: FBT003 - named by the class


def _by_calendar(window: Window, on: date) -> WindowAnswer:
    if window.kind is WindowKind.ALL_YEAR:
        return WindowAnswer(True, f"{on.year}年", "常年受理")  # noqa: FBT003 - named by the class
    if window.kind is WindowKind.MONTHLY:
        return _collected(window, on, months=1)
    if window.kind is WindowKind.QUARTERLY and not window.batches:
        return _collected(window, on, months=3)
    for batch in window.batches:
        if _within(batch, on):
            return WindowAnswer(True, f"{on.year}年{batch.title}", f"{batch.title}申报期内")  # noqa: FBT003 - named by the class
    spans = "；".join(f"{b.title}{_md(b.opens)}至{_md(b.closes)}" for b in window.batches)
    return WindowAnswer(False, "", f"{_cn(on)}不在申报时间内（{spans}）")  # noqa: FBT003 - named by the class


def _collected(window: Window, on: date, months: int) -> WindowAnswer:
    """All year, but gathered per month or quarter: what comes after the collecting day counts for the next run."""
    start = date(on.year, (on.month - 1) // months * months + 1, 1)
    late = window.collect_until_day is not None and (on.month != start.month or on.day > window.collect_until_day)
    if late:
        start = add_months(start, months)
    name = f"{start.year}年{start.month}月" if months == 1 else f"{start.year}年第{(start.month + 2) // 3}季度"
    return WindowAnswer(True, name, f"计入{name}批次")  # noqa: FBT003 - named by the class


def _within(batch: Batch, on: date) -> bool:
    day = (on.month, on.day)
    opens, closes = (batch.opens.month, batch.opens.day), (batch.closes.month, batch.closes.day)
    return opens <= day <= closes if opens <= closes else day >= opens or day <= closes


def _md(day: MonthDay) -> str:
    return f"{day.month}月{day.day}日"


def _cn(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
