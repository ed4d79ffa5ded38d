"""Working days and periods, counted from the office's own dated calendar (调休 included)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Self

from jucai.policy.errors import CalendarError

_DAY = timedelta(days=1)
_SATURDAY = 5
_WEEKDAYS = "一二三四五六日"
_SKIPPED_SHOWN = 12
_MAX_DAYS = 3660
_MOST_ADDED = 4096


class PeriodKind(StrEnum):
    """How the days of a period are counted."""

    WORKING = "working"
    NATURAL = "natural"

    @property
    def label(self) -> str:
        """工作日 or 日 (自然日)."""
        return "个工作日" if self is PeriodKind.WORKING else "日（自然日）"


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One published year: days off on the official list, and weekends worked (调休上班)."""

    year: int
    source: str
    off: Mapping[date, str]
    work: frozenset[date]


@dataclass(frozen=True, slots=True)
class DayFact:
    """What one day is, and why."""

    day: date
    workday: bool
    reason: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Period:
    """A counted period; both ends are part of it.

    `provisional` says that it touches a year whose official days are not published yet.
    """

    first: date
    last: date
    provisional: bool
    explanation: str


class WorkCalendar:
    """The dated official days of some years; other years are assumed Monday to Friday and marked so."""

    def __init__(self, years: Iterable[CalendarYear]) -> None:
        self._years = {year.year: year for year in years}
        self._added: dict[tuple[date, int, bool], date] = {}  # each decision counts the same few terms and reminders

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read `programmes/calendar/cn.json`.

        Raises:
            CalendarError: unreadable, a date outside its year, a weekend without need in `work`.
        """
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            years = [year_from(int(key), value) for key, value in raw["years"].items()]
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise CalendarError(f"工作日历文件 {path.name} 不能使用：{error}") from error
        return cls(years)

    @property
    def years(self) -> tuple[int, ...]:
        """The published years, in order."""
        return tuple(sorted(self._years))

    def year(self, year: int) -> CalendarYear | None:
        """The official days of one year, if published."""
        return self._years.get(year)

    def with_years(self, years: Iterable[CalendarYear]) -> "WorkCalendar":
        """A calendar with these years added or replaced (importing a notice)."""
        return WorkCalendar([*self._years.values(), *years])

    def without(self, year: int) -> "WorkCalendar":
        """The calendar as it was before the days of that year were published."""
        return WorkCalendar(one for one in self._years.values() if one.year != year)

    def mark(self) -> str:
        """Names the content: two calendars with the same official days have the same."""
        text = repr([(y.year, sorted(y.off), sorted(y.work)) for _, y in sorted(self._years.items())])
        return hashlib.sha256(text.encode()).hexdigest()

    def is_published(self, day: date) -> bool:
        """Whether the official days of that year are known."""
        return day.year in self._years

    def is_workday(self, day: date) -> bool:
        """Whether offices work on that day; Monday to Friday is assumed for an unpublished year."""
        year = self._years.get(day.year)
        if year is not None:
            if day in year.work:
                return True
            if day in year.off:
                return False
        return day.weekday() < _SATURDAY

    def explain(self, day: date) -> DayFact:
        """What that day is and why: `周六（调休上班）`, `国庆节放假`."""
        year = self._years.get(day.year)
        weekday = f"周{_WEEKDAYS[day.weekday()]}"
        workday = self.is_workday(day)
        if year is not None and day in year.work:
            reason = f"{weekday}，调休上班"
        elif year is not None and day in year.off:
            reason = f"{year.off[day]}放假"
        else:
            reason = weekday
        return DayFact(day, workday, reason, provisional=year is None)

    def next_workday(self, day: date) -> date:
        """That day if it is a working day, else the next one."""
        while not self.is_workday(day):
            day += _DAY
        return day

    def add_workdays(self, start: date, n: int, *, first_day_counts: bool = False) -> date:
        """The n-th working day counted from `start` (n ≥ 0).

        By default the start is not counted (民法典第201条); with `first_day_counts` a working start is day one.
        """
        if not 0 <= n <= _MAX_DAYS:
            raise CalendarError(f"工作日数应为 0 至 {_MAX_DAYS}，得到 {n}")
        found = self._added.get((start, n, first_day_counts))
        if found is None:
            if len(self._added) >= _MOST_ADDED:
                self._added.clear()
            found = self._added[start, n, first_day_counts] = self._add(start, n, first_day_counts=first_day_counts)
        return found

    def _add(self, start: date, n: int, *, first_day_counts: bool) -> date:
        day, left = start, n
        if first_day_counts and left and self.is_workday(day):
            left -= 1
        while left:
            day += _DAY
            left -= self.is_workday(day)
        return day

    def count_workdays(self, start: date, end: date, *, first_day_counts: bool = False) -> int:
        """How many working days lie from `start` to `end`, the end included; 0 if the end is earlier."""
        day = start if first_day_counts else start + _DAY
        count = 0
        while day <= end:
            count += self.is_workday(day)
            day += _DAY
        return count

    def period(
        self,
        kind: PeriodKind | str,
        days: int,
        start: date,
        *,
        first_day_counts: bool = False,
        roll_to_workday: bool = False,
    ) -> Period:
        """The first and last day of a period of `days` days announced on `start`.

        `roll_to_workday` moves the end of a natural period off a holiday (民法典第203条).
        """
        kind = PeriodKind(kind)
        if not 1 <= days <= _MAX_DAYS:
            raise CalendarError(f"期限天数应为 1 至 {_MAX_DAYS}，得到 {days}")
        first = start if first_day_counts else start + _DAY
        if kind is PeriodKind.WORKING:
            first = self.next_workday(first)
            last = self.add_workdays(first, days, first_day_counts=True)
        else:
            last = first + _DAY * (days - 1)
            if roll_to_workday:
                last = self.next_workday(last)
        # A start that is no working day moved the count: its year matters too.
        provisional = any(year not in self._years for year in range(start.year, last.year + 1))
        return Period(first, last, provisional, self._explain(kind, days, start, first, last))

    def _explain(self, kind: PeriodKind, days: int, start: date, first: date, last: date) -> str:
        counted = "当日计入" if first == start else "次日起算" if first == start + _DAY else "顺延至首个工作日起算"
        text = f"自{_cn(start)}起（{counted}）{days}{kind.label}，{_cn(first)}至{_cn(last)}"
        if kind is PeriodKind.WORKING:
            special = [self.explain(first + _DAY * i) for i in range((last - first).days + 1)]
            worked = [f for f in special if f.workday and f.day.weekday() >= _SATURDAY]
            skipped = [f for f in special if not f.workday]
            if worked:
                text += "；" + "、".join(f"{_short(f.day)}{f.reason}" for f in worked) + "，计入"
            if skipped:
                names = "、".join(f"{_short(f.day)}{f.reason}" for f in skipped[:_SKIPPED_SHOWN])
                more = f"等{len(skipped)}天" if len(skipped) > _SKIPPED_SHOWN else ""
                text += f"；{names}{more}不计"
        unknown = [year for year in range(start.year, last.year + 1) if year not in self._years]
        if unknown:
            named = "、".join(f"{year}年" for year in unknown)
            text += f"。{named}放假安排尚未公布，暂按周一至周五计算，公布后重算"
        return text


def year_from(year: int, raw: Mapping[str, object]) -> CalendarYear:
    """One year from JSON data; `ValueError` or `TypeError` say what is wrong with it."""
    off_raw, work_raw = raw["off"], raw["work"]
    if not isinstance(off_raw, dict) or not isinstance(work_raw, list):
        raise TypeError(f"{year} 年应有 off（日期→节日）和 work（日期列表）")
    off = {date.fromisoformat(day): str(name) for day, name in off_raw.items()}
    work = frozenset(date.fromisoformat(day) for day in work_raw)
    for day in (*off, *work):
        if day.year != year:
            raise ValueError(f"{day} 不属于 {year} 年")
    both = sorted(work & set(off))
    if both:
        raise ValueError(f"{both[0]} 既放假又上班")
    weekdays = sorted(day for day in work if day.weekday() < _SATURDAY)
    if weekdays:
        raise ValueError(f"{weekdays[0]} 本是工作日，不应列入调休上班")
    return CalendarYear(year, str(raw["source"]), off, work)


def _cn(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
