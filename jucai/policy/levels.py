"""A change of category or degree while a subsidy is being paid: the new standard from the next month or part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from jucai.policy.amounts import Equal, Monthly, Schedule
from jucai.policy.base import Text, Value
from jucai.policy.computing import Instalment
from jucai.policy.errors import PolicyError
from jucai.policy.functions import add_months
from models.money import Money


class LevelChange(Value):
    """What a new level means for the parts still to come (层次变动)."""

    starts: Literal["next_month", "next_part"] = Field(description="从次月起，或从下一期起")
    keep: Literal["new", "highest"] = Field(default="new", description="按新标准，或就高")
    covers_months: Annotated[int, Field(ge=1, le=120)] | None = Field(
        default=None, description="每期包含几个月；按月、等额发放的不必写"
    )
    article: Text


class LevelChangeError(PolicyError):
    """The programme does not say what a change of level means, or the two plans cannot be laid side by side."""


@dataclass(frozen=True, slots=True)
class Revised:
    """One part before and after; `difference` is what is paid in addition (or less), also for a part already paid."""

    n: int
    due: date
    before: Money
    after: Money
    why: str

    @property
    def difference(self) -> Money:
        """After less before."""
        return self.after - self.before


def revise(
    rule: LevelChange | None,
    schedule: Schedule,
    before: Sequence[Instalment],
    after: Sequence[Instalment],
    changed: date,
) -> tuple[Revised, ...]:
    """Lay the plan of the new level over the old one.

    Args:
        rule: what the programme says about it.
        schedule: how the award is paid.
        before: the plan of the old level, from the day it was granted.
        after: the plan of the new level *from the same day*; only the months after the change are taken from it.
        changed: the day of the new level.

    Raises:
        LevelChangeError: no rule, or plans of different length.
    """
    if rule is None:
        raise LevelChangeError("本项目没有写明层次变动后怎样发放，请按文件人工处理")
    if len(before) != len(after):
        raise LevelChangeError(f"两个层次的期数不同（{len(before)}期与{len(after)}期），不能逐期对应")
    spans = _spans(rule, schedule, before)
    first = add_months(changed.replace(day=1), 1)
    revised = []
    for old, new, (start, covered) in zip(before, after, spans, strict=True):
        target = max(old.amount, new.amount) if rule.keep == "highest" else new.amount
        if rule.starts == "next_part":
            amount = target if old.due > changed else old.amount
            why = "下一期起按新标准" if old.due > changed else "变动前已到期，不变"
        else:
            months = _months_after(start, covered, first)
            fen = (old.amount.fen * (covered - months) + target.fen * months) // covered
            amount = Money(fen)
            why = f"{covered}个月中{months}个月按新标准" if months else "变动前的月份，不变"
        revised.append(Revised(old.n, old.due, old.amount, amount, f"{why}（{rule.article}）"))
    return tuple(revised)


def _spans(rule: LevelChange, schedule: Schedule, parts: Sequence[Instalment]) -> list[tuple[date, int]]:
    """For each part the first month it is for, and for how many months.

    Parts are paid in advance, but for months that are reckoned singly and paid together: these at their end.
    """
    if isinstance(schedule, Monthly) and rule.covers_months is None:
        spans, last = [], add_months(parts[0].due, -schedule.pay_every) if parts else date.max
        for part in parts:
            months = (part.due.year - last.year) * 12 + part.due.month - last.month
            spans.append((add_months(part.due.replace(day=1), 1 - months), months))
            last = part.due
        return spans
    covered = rule.covers_months or (schedule.every_months if isinstance(schedule, Equal) else 1)
    return [(part.due, covered) for part in parts]


def _months_after(start: date, covered: int, first: date) -> int:
    """How many of the months from the month of `start` on begin at or after `first`."""
    start = start.replace(day=1)
    before = (first.year - start.year) * 12 + first.month - start.month
    return min(covered, max(0, covered - max(0, before)))
