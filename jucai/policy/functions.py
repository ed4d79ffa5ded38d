"""The typed registry of functions that rules may use; a rule can call nothing else."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Protocol

from jucai.policy.uncertain import (
    OPEN_END,
    Between,
    CannotTellError,
    Day,
    DayRange,
    Number,
    between,
    day_bounds,
    number_bounds,
)


class HistoryView(Protocol):
    """What rules may ask about a person's earlier benefits of a group (互斥组 or programme code)."""

    def claims(self, group: str) -> int:
        """How many were granted."""

    def months(self, group: str) -> int:
        """How many months were paid for."""

    def yuan(self, group: str) -> Decimal:
        """How much was paid, in 元."""

    def spouse_yuan(self, group: str) -> Decimal:
        """How much was paid to the spouse, in 元."""

    def active(self, group: str) -> bool:
        """Whether one is still running."""


class RowsView(Protocol):
    """What rules may ask about the rows of a programme's own table."""

    def rows(self, table: str) -> Sequence[Mapping[str, str]]:
        """The rows that are filled in: for each column the key of its fact."""

    def value(self, key: str) -> Any:
        """The typed value of a fact; CannotTellError if it is not known."""


@dataclass(frozen=True, slots=True)
class Function:
    """One function: `takes` are parameter types; with `rest` the last one may repeat; `label` is for the trace."""

    name: str
    label: str
    takes: tuple[str, ...]
    returns: str
    call: Callable[..., Any]
    rest: bool = False
    wants_history: bool = False
    wants_rows: bool = False
    shown: bool = True


REGISTRY: dict[str, Function] = {}
PRESENCE = frozenset({"given", "missing", "on_form"})
"""Functions about whether a fact is there; their argument is the fact's key in quotes."""

DEGREES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (4, ("博士",)),
    (3, ("硕士",)),
    (2, ("本科", "学士", "双学位")),
    (1, ("专科", "大专", "高职", "高级技工", "技师学院")),
    (0, ("高中", "中专", "中技", "初中", "职高")),
)
# Longer words first: 副教授 must not be taken for 教授, nor 副主任医师 for 主任医师.
TITLES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (3, ("副教授", "副研究员", "副研究馆员", "副编审", "副译审", "副主任", "副高", "高级技师")),
    (4, ("正高", "特级教师", "首席技师", "特级技师")),
    (2, ("助理教授", "助理研究员", "主治", "主管", "中级")),
    (4, ("教授", "研究员", "研究馆员", "编审", "译审", "主任医师", "主任药师", "主任护师", "主任技师")),
    (3, ("高级",)),
    (1, ("助理", "助教", "技术员", "初级", "助工")),
    (2, ("讲师", "工程师", "经济师", "会计师", "农艺师", "技师", "编辑", "馆员")),
    (1, ("医师", "药师", "护师")),
)


def _function(
    name: str, label: str, takes: str, returns: str, **options: bool
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def register(call: Callable[..., Any]) -> Callable[..., Any]:
        REGISTRY[name] = Function(name, label, tuple(takes.split()), returns, call, **options)
        return call

    return register


def _months(first: date, last: date) -> int:
    """Whole months from `first` to `last` (a negative span counts as negative)."""
    if last == OPEN_END:
        return 12 * (9999 - first.year)
    if last < first:
        return -_months(last, first)
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def _spread(start: Day, end: Day, count: Callable[[date, date], int]) -> int | Between:
    start_first, start_last = day_bounds(start)
    end_first, end_last = day_bounds(end)
    return between(count(start_last, end_first), count(start_first, end_last))


@_function("date", "日期", "text", "date", shown=False)
def _date(text: str) -> date:
    return date.fromisoformat(text)


@_function("age_on", "周岁", "date date", "number")
def _age(birth: Day, on: Day) -> int | Between:
    return _spread(birth, on, lambda first, last: _months(first, last) // 12)


@_function("years_between", "满年数", "date date", "number")
def _years(start: Day, end: Day) -> int | Between:
    return _spread(start, end, lambda first, last: _months(first, last) // 12)


@_function("months_between", "满月数", "date date", "number")
def _months_between(start: Day, end: Day) -> int | Between:
    return _spread(start, end, _months)


@_function("days_between", "天数", "date date", "number")
def _days(start: Day, end: Day) -> int | Between:
    return _spread(start, end, lambda first, last: (last - first).days)


@_function("term_months", "期限（月）", "date date", "number")
def _term(start: Day, end: Day) -> int | Between:
    """A contract's months: its last day is part of it (2023-05-17 to 2026-05-16 is 36).

    Where both ends are written to the month only, the difference of the months counts: 2025-07 to 2027-07 is 24.
    """
    if isinstance(start, DayRange) and isinstance(end, DayRange):
        return (end.first.year - start.first.year) * 12 + end.first.month - start.first.month

    def count(first: date, last: date) -> int:
        return _months(first, date.fromordinal(last.toordinal() + 1) if last != OPEN_END else last)

    return _spread(start, end, count)


@_function("months_covered", "所含月数", "date date", "number")
def months_covered(start: Day, end: Day) -> int:
    """Calendar months touched, both ends included: 2025-01 to 2025-12 is 12."""
    first, last = day_bounds(start)[0], day_bounds(end)[1]
    if last == OPEN_END:
        raise CannotTellError("时段没有写明止期")
    return (last.year - first.year) * 12 + last.month - first.month + 1


@_function("add_months", "加月", "date number", "date")
def _add_months(day: Day, months: Number) -> Day:
    if isinstance(day, DayRange):
        return DayRange(add_months(day.first, months), add_months(day.last, months))
    return add_months(day, months)


def add_months(day: date, months: Number) -> date:
    """The same day `months` later, or the last day of that month."""
    low, high = number_bounds(months)
    if low != high:
        raise CannotTellError("月数不确定")
    index = day.year * 12 + day.month - 1 + int(low)
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise CannotTellError("日期超出范围")


@_function("year_of", "年份", "date", "number")
def _year(day: Day) -> int | Between:
    first, last = day_bounds(day)
    return between(first.year, last.year)


@_function("month_of", "月份", "date", "number")
def _month(day: Day) -> int | Between:
    first, last = day_bounds(day)
    return between(first.month, last.month)


@_function("first_of_year", "当年1月1日", "date", "date")
def _first_of_year(day: Day) -> date:
    first, last = day_bounds(day)
    if first.year != last.year:
        raise CannotTellError("日期不确定")
    return date(first.year, 1, 1)


@_function("contains", "包含", "text text", "bool", rest=True)
def _contains(text: str, *words: str) -> bool:
    return any(word in text for word in words)


@_function("starts_with", "开头为", "text text", "bool", rest=True)
def _starts(text: str, *words: str) -> bool:
    return text.startswith(words)


@_function("one_of", "属于", "any any", "bool", rest=True)
def _one_of(value: object, *options: object) -> bool:
    return any(value == option for option in options)


@_function("includes", "选中", "list text", "bool", rest=True)
def _includes(values: tuple[str, ...], *options: str) -> bool:
    return any(option in values for option in options)


@_function("count_of", "选中项数", "list", "number")
def _count(values: tuple[str, ...]) -> int:
    return len(dict.fromkeys(values))


@_function("degree_level", "学历层次", "text", "number")
def _degree(text: str) -> int:
    """4 博士, 3 硕士, 2 本科, 1 大专, 0 below; a person decides on anything else."""
    for level, words in DEGREES:
        if any(word in text for word in words):
            return level
    raise CannotTellError(f"不能识别学历学位“{text}”")


@_function("title_level", "职称层次", "text", "number")
def _title(text: str) -> int:
    """4 正高, 3 副高 or 高级技师, 2 中级, 1 初级; 0 where the form says 无."""
    if text in {"无", "暂无", "/", "—", "-", "－"}:
        return 0
    for level, words in TITLES:
        if any(word in text for word in words):
            return level
    raise CannotTellError(f"不能识别职称“{text}”")


@_function("category_rank", "类别序位", "text", "number")
def _category(text: str) -> int:
    """A → 1, B → 2 …: a smaller number is a higher category."""
    found = re.search(r"[A-G]", text.upper())
    if found is None:
        raise CannotTellError(f"不能识别人才类别“{text}”")
    return ord(found[0]) - ord("A") + 1


@_function("region_of", "登记地区划代码", "text", "text")
def _region(uscc: str) -> str:
    """Digits 3 to 8 of a 统一社会信用代码 (GB 32100): the place of registration."""
    if not re.fullmatch(r"[0-9A-Z]{18}", uscc):
        raise CannotTellError("统一社会信用代码不是18位")
    return uscc[2:8]


def _extreme(values: tuple[Number, ...], pick: Callable[..., Decimal]) -> Number:
    low = pick(number_bounds(value)[0] for value in values)
    high = pick(number_bounds(value)[1] for value in values)
    return low if low == high else Between(low, high)


@_function("least", "最小值", "number number", "number", rest=True)
def _least(*values: Number) -> Number:
    return _extreme(values, min)


@_function("greatest", "最大值", "number number", "number", rest=True)
def _greatest(*values: Number) -> Number:
    return _extreme(values, max)


def _whole(value: Number, how: str) -> Decimal:
    low, high = number_bounds(value)
    if low != high:
        raise CannotTellError("数值不确定")
    return low.to_integral_value(rounding=how)


@_function("floor", "向下取整", "number", "number")
def _floor(value: Number) -> Decimal:
    return _whole(value, ROUND_FLOOR)


@_function("ceiling", "向上取整", "number", "number")
def _ceiling(value: Number) -> Decimal:
    return _whole(value, ROUND_CEILING)


@_function("length", "字数", "text", "number")
def _length(text: str) -> int:
    return len(text)


@_function("claims_before", "此前享受次数", "text", "number", wants_history=True)
def _claims(history: HistoryView, group: str) -> int:
    return history.claims(group)


@_function("months_before", "此前享受月数", "text", "number", wants_history=True)
def _months_before(history: HistoryView, group: str) -> int:
    return history.months(group)


@_function("yuan_before", "此前享受金额", "text", "number", wants_history=True)
def _yuan_before(history: HistoryView, group: str) -> Decimal:
    return history.yuan(group)


@_function("spouse_yuan_before", "配偶此前享受金额", "text", "number", wants_history=True)
def _spouse_yuan_before(history: HistoryView, group: str) -> Decimal:
    return history.spouse_yuan(group)


@_function("active_before", "仍在享受（任职）", "text", "bool", wants_history=True)
def _active(history: HistoryView, group: str) -> bool:
    return history.active(group)


@_function("rows_of", "行数", "text", "number", wants_rows=True)
def _rows_of(facts: RowsView, table: str) -> int:
    return len(facts.rows(table))


@_function("sum_of", "合计", "text text", "number", wants_rows=True)
def _sum_of(facts: RowsView, table: str, column: str) -> Number:
    return _added([facts.value(row[column]) for row in facts.rows(table)])


@_function("highest_of", "最大一行", "text text", "number", wants_rows=True)
def _highest_of(facts: RowsView, table: str, column: str) -> Number:
    values = tuple(facts.value(row[column]) for row in facts.rows(table))
    return _extreme(values, max) if values else Decimal(0)


@_function("sum_where", "其中合计", "text text text text", "number", rest=True, wants_rows=True)
def _sum_where(facts: RowsView, table: str, column: str, by: str, *words: str) -> Number:
    """The sum over those rows in which `by` is one of the words."""
    return _added([facts.value(row[column]) for row in facts.rows(table) if facts.value(row[by]) in words])


@_function("count_where", "其中行数", "text text text", "number", rest=True, wants_rows=True)
def _count_where(facts: RowsView, table: str, by: str, *words: str) -> int:
    return sum(1 for row in facts.rows(table) if facts.value(row[by]) in words)


def _added(values: Sequence[Number]) -> Number:
    low = sum((number_bounds(value)[0] for value in values), Decimal(0))
    high = sum((number_bounds(value)[1] for value in values), Decimal(0))
    return low if low == high else Between(low, high)


NAMES: Mapping[str, str] = {"on": "date"}
"""Names that every rule knows beside the facts: `on` is the day of the assessment."""
