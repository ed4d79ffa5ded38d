"""What has to be given back, by whom and until when, if somebody leaves early or was paid on false papers (追回)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from jucai.policy.base import Code, Expression, FactKey, Quantity, Text, Value
from jucai.policy.calendar import WorkCalendar
from jucai.policy.errors import PolicyError
from jucai.policy.functions import add_months
from jucai.policy.language import Evaluator
from jucai.policy.uncertain import CannotTellError, day_bounds, number_bounds, plain
from models.money import Money

_MONTHS_A_YEAR = 12


class NoRepaymentRuleError(PolicyError):
    """The programme does not say what happens on such an end."""


class Cause(StrEnum):
    """Why a benefit ends before its time."""

    LEAVING = "leaving"
    CHANGE = "change"
    FRAUD = "fraud"

    @property
    def label(self) -> str:
        """The Chinese words."""
        return {"leaving": "提前离开", "change": "条件变化", "fraud": "弄虚作假"}[self.value]


class Within(Value):
    """A term for paying back, counted from the day of the notice; that day is not counted (民法典第201条)."""

    count: Annotated[int, Field(ge=1, le=366)]
    unit: Literal["working", "natural", "months"]

    @property
    def text(self) -> str:
        """For people: 1个月内, 3个工作日内."""
        return f"{self.count}{ {'working': '个工作日', 'natural': '日', 'months': '个月'}[self.unit] }内"


class RepaymentRule(Value):
    """What is given back on one cause.

    `kind`: `all` everything paid; `unserved` the share of the months not served of a term (`term_months` from the
    fact `served_from`); `prepaid` of each part the share of the months after the end, where a part paid in advance is
    for `covers_months`; `none` nothing, only what is not paid yet ends.
    """

    code: Code
    title: Text
    cause: Cause
    kind: Literal["all", "unserved", "prepaid", "none"]
    article: Text
    when: Expression | None = Field(default=None, description="何时适用；不写则总是适用")
    served_from: FactKey | None = Field(default=None, description="服务期起算的日期项目")
    term_months: Quantity | None = Field(default=None, description="应服务的月数")
    covers_months: Annotated[int, Field(ge=1, le=120)] | None = Field(default=None, description="每期预付几个月")
    part_month: Literal["keep", "back"] = Field(default="keep", description="不足一个月的：keep 不退，back 按一个月退")
    within: Within | None = Field(default=None, description="退还期限")
    by: tuple[Text, ...] = Field(default=(), description="退还的途径，依次：本人、用人单位、主管部门")
    ban_years: Annotated[int, Field(ge=1, le=99)] | None = Field(default=None, description="几年内不得再申报")
    consequence: Text | None = Field(default=None, description="其他后果，如记入诚信档案")

    @model_validator(mode="after")
    def _complete(self) -> "RepaymentRule":
        if self.kind == "unserved" and (self.served_from is None or self.term_months is None):
            raise ValueError("kind 为 unserved 须写明 served_from（起算日期）和 term_months（应服务月数）")
        if self.kind == "prepaid" and self.covers_months is None:
            raise ValueError("kind 为 prepaid 须写明 covers_months（每期预付几个月）")
        return self


@dataclass(frozen=True, slots=True)
class Paid:
    """One part that was paid, and when."""

    amount: Money
    on: date


@dataclass(frozen=True, slots=True)
class Repayment:
    """What one rule asks back; `due` is None where the programme states no term, `barred_until` where it bars nobody.

    A person decides and signs: this is the computation only.
    """

    rule: RepaymentRule
    amount: Money
    due: date | None
    provisional: bool
    barred_until: date | None
    explanation: str


def repayment(
    rules: Sequence[RepaymentRule],
    cause: Cause,
    paid: Sequence[Paid],
    left: date,
    facts: Evaluator,
    calendar: WorkCalendar,
    *,
    told: date | None = None,
) -> Repayment:
    """What has to be given back.

    Args:
        rules: those of the programme, in order; the first one that fits the cause and its condition counts.
        cause: why the benefit ends.
        paid: the parts paid so far.
        left: the day the person left, or the condition fell away.
        facts: the facts of the case.
        calendar: for terms in working days.
        told: the day of the notice from which the term runs; without it, `left`.

    Raises:
        NoRepaymentRuleError: no rule of the programme fits.
        CannotTellError: a fact that the rule needs is missing.
    """
    rule = next((r for r in rules if r.cause is cause and (r.when is None or facts.result(r.when))), None)
    if rule is None:
        raise NoRepaymentRuleError(f"本项目没有写明“{cause.label}”时如何追回，请按文件人工处理")
    whole = Money(sum(part.amount.fen for part in paid))
    amount, text = _amount(rule, paid, whole, left, facts)
    start = told or left
    due, provisional = _due(rule.within, start, calendar)
    barred = add_months(start, rule.ban_years * _MONTHS_A_YEAR) if rule.ban_years else None
    told_text = f"“{rule.title}”（{rule.article}）：已发放{whole.yuan_text}元，{text}"
    if amount:
        told_text += f"，应退还{amount.yuan_text}元（{amount.upper_text}）"
        told_text += f"，{_cn(due)}前" if due else ""
        told_text += f"，由{'→'.join(rule.by)}退还" if rule.by else ""
    if barred:
        told_text += f"；{_cn(barred)}前不得再申报"
    if rule.consequence:
        told_text += f"；{rule.consequence}"
    return Repayment(rule, amount, due, provisional, barred, told_text)


def _amount(rule: RepaymentRule, paid: Sequence[Paid], whole: Money, left: date, facts: Evaluator) -> tuple[Money, str]:
    if rule.kind == "none":
        return Money(0), "已发放的不退，尚未发放的不再发放"
    if rule.kind == "all":
        return whole, "全部退还"
    if rule.kind == "prepaid":
        return _prepaid(rule, paid, left)
    assert rule.served_from is not None
    assert rule.term_months is not None
    term = _exact(facts.result(rule.term_months), "应服务月数")
    first, last = day_bounds(facts.result(rule.served_from))
    if first.replace(day=1) != last.replace(day=1):
        raise CannotTellError("服务期起算日期只写到年，不能计算")
    served = _whole_months(first, left, up=rule.part_month == "keep")
    missing = max(Decimal(0), term - served)
    if term <= 0:
        raise CannotTellError("应服务月数须大于零")
    text = f"应服务{plain(term)}个月，已服务{served}个月，未服务{plain(missing)}个月"
    return _share(whole, missing, term), f"{text}，按比例退还"


def _prepaid(rule: RepaymentRule, paid: Sequence[Paid], left: date) -> tuple[Money, str]:
    assert rule.covers_months is not None
    back, months = Money(0), 0
    for part in paid:
        covered = rule.covers_months
        used = _whole_months(part.on, left, up=rule.part_month == "keep") if left > part.on else 0
        unused = max(0, covered - used)
        months += unused
        back += _share(part.amount, Decimal(unused), Decimal(covered))
    return back, f"每期预付{rule.covers_months}个月，{_cn(left)}以后还有{months}个月" + ("" if months else "，不退")


def _share(amount: Money, part: Decimal, whole: Decimal) -> Money:
    """Multiplied before divided, to whole 分 downwards: nobody gives back more than was paid."""
    return Money(int(amount.fen * part // whole))


def _whole_months(start: date, end: date, *, up: bool) -> int:
    """Months from `start` to `end`; a month that was only begun counts with `up`."""
    if end <= start:
        return 0
    months = (end.year - start.year) * _MONTHS_A_YEAR + end.month - start.month - (end.day < start.day)
    return months + (up and add_months(start, months) < end)


def _exact(value: object, what: str) -> Decimal:
    low, high = number_bounds(value)
    if low != high:
        raise CannotTellError(f"{what}不确定")
    return low


def _due(within: Within | None, start: date, calendar: WorkCalendar) -> tuple[date | None, bool]:
    if within is None:
        return None, False
    if within.unit == "months":
        # 民法典第202、203条: the same date of the last month; off a holiday to the next working day.
        due = calendar.next_workday(add_months(start, within.count))
    elif within.unit == "natural":
        due = calendar.next_workday(start + timedelta(days=within.count))
    else:
        due = calendar.add_workdays(start, within.count)
    return due, not all(calendar.is_published(day) for day in (start, due))


def _cn(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
