"""Dates and numbers that a form gives only in part: decided where the rest does not matter, else left to a person.

A form that prints “1995年11月” gives a birth date known to the month. A rule about age is still decided for nearly
everybody; only at the boundary does it raise `CannotTellError`.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NoReturn

OPEN_END = date.max
"""The end of what has no end: 至今, 长期, 无固定期限."""


class CannotTellError(Exception):
    """A rule cannot be decided from what is known; `missing` names the fact, if it is one that is missing."""

    def __init__(self, reason: str, missing: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.missing = missing


@dataclass(frozen=True, slots=True, eq=False)
class Between:
    """A number that lies from `low` to `high`; comparing it succeeds only where every value agrees."""

    low: Decimal
    high: Decimal

    def _decide(self, always: bool, never: bool) -> bool:  # noqa: FBT001 - the two halves of one answer
        if always:
            return True
        if never:
            return False
        raise CannotTellError(f"只能确定在 {plain(self.low)} 至 {plain(self.high)} 之间")

    def __lt__(self, other: object) -> bool:
        low, high = number_bounds(other)
        return self._decide(self.high < low, self.low >= high)

    def __le__(self, other: object) -> bool:
        low, high = number_bounds(other)
        return self._decide(self.high <= low, self.low > high)

    def __gt__(self, other: object) -> bool:
        low, high = number_bounds(other)
        return self._decide(self.low > high, self.high <= low)

    def __ge__(self, other: object) -> bool:
        low, high = number_bounds(other)
        return self._decide(self.low >= high, self.high < low)

    def __eq__(self, other: object) -> bool:
        low, high = number_bounds(other)
        return self._decide(self.low == self.high == low == high, self.high < low or self.low > high)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment] # what may or may not be equal has no hash

    def __add__(self, other: object) -> "Between":
        low, high = number_bounds(other)
        return Between(self.low + low, self.high + high)

    __radd__ = __add__

    def __sub__(self, other: object) -> "Between":
        low, high = number_bounds(other)
        return Between(self.low - high, self.high - low)

    def __rsub__(self, other: object) -> "Between":
        low, high = number_bounds(other)
        return Between(low - self.high, high - self.low)

    def __mul__(self, other: object) -> "Between":
        low, high = number_bounds(other)
        products = (self.low * low, self.low * high, self.high * low, self.high * high)
        return Between(min(products), max(products))

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> NoReturn:
        raise CannotTellError("数值不确定，不能相除")

    __rtruediv__ = __truediv__

    def __neg__(self) -> "Between":
        return Between(-self.high, -self.low)

    def __bool__(self) -> bool:
        return self != 0

    def __str__(self) -> str:
        return f"{plain(self.low)}至{plain(self.high)}"


@dataclass(frozen=True, slots=True, eq=False)
class DayRange:
    """A date known only to the month or year: some day from `first` to `last`."""

    first: date
    last: date

    def _decide(self, always: bool, never: bool) -> bool:  # noqa: FBT001 - the two halves of one answer
        if always:
            return True
        if never:
            return False
        raise CannotTellError(f"日期只写到{self}，不能判断")

    def __lt__(self, other: object) -> bool:
        first, last = day_bounds(other)
        return self._decide(self.last < first, self.first >= last)

    def __le__(self, other: object) -> bool:
        first, last = day_bounds(other)
        return self._decide(self.last <= first, self.first > last)

    def __gt__(self, other: object) -> bool:
        first, last = day_bounds(other)
        return self._decide(self.first > last, self.last <= first)

    def __ge__(self, other: object) -> bool:
        first, last = day_bounds(other)
        return self._decide(self.first >= last, self.last < first)

    def __eq__(self, other: object) -> bool:
        first, last = day_bounds(other)
        return self._decide(self.first == self.last == first == last, self.last < first or self.first > last)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment] # what may or may not be equal has no hash

    def __str__(self) -> str:
        if self.first.month == self.last.month and self.first.year == self.last.year:
            return f"{self.first.year}年{self.first.month}月"
        return f"{self.first.year}年"


Day = date | DayRange
Number = int | Decimal | Between


def day_bounds(value: object) -> tuple[date, date]:
    """The earliest and latest day that `value` can be."""
    if isinstance(value, DayRange):
        return value.first, value.last
    if isinstance(value, date):
        return value, value
    raise CannotTellError(f"“{value}”不是日期")


def number_bounds(value: object) -> tuple[Decimal, Decimal]:
    """The least and greatest number that `value` can be."""
    if isinstance(value, Between):
        return value.low, value.high
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        exact = Decimal(value)
        return exact, exact
    raise CannotTellError(f"“{value}”不是数字")


def month_range(year: int, month: int) -> DayRange:
    """Every day of one month."""
    return DayRange(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def between(low: int, high: int) -> int | Between:
    """One number where both ends agree, else the range."""
    return low if low == high else Between(Decimal(min(low, high)), Decimal(max(low, high)))


def plain(value: object) -> str:
    """A value as a clerk would write it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    if isinstance(value, date):
        return "至今（长期）" if value == OPEN_END else f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, tuple):
        return "、".join(plain(part) for part in value)
    return str(value)
