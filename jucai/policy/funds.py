"""Money that is not enough for everybody: a yearly ceiling, and the waiting queue (轮候) in its stated order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from jucai.policy.base import Quantity, Text, Value, Yuan
from jucai.policy.language import Evaluator
from jucai.policy.uncertain import CannotTellError, number_bounds
from models.money import Money


class QueueKey(Value):
    """One thing by which those who wait are ordered; the earlier key decides first."""

    by: Literal["approved", "received", "expression"] = Field(
        description="approved 审定先后，received 收件先后，expression 按 of 的数值"
    )
    of: Quantity | None = Field(default=None, description="by 为 expression 时的规则表达式，如积分、类别序位")
    highest_first: bool = Field(default=False, description="数值大的在前；不写则小的在前")
    title: Text = Field(description="次序的白话表述，如“按审定时间先后”")

    @model_validator(mode="after")
    def _complete(self) -> "QueueKey":
        if (self.by == "expression") is (self.of is None):
            raise ValueError("by 为 expression 时须写 of，其他情形不写")
        return self


class Budget(Value):
    """A programme's ceiling for one calendar year, and who is paid first when it does not reach."""

    yuan: Yuan = Field(description="年度预算（元）")
    order: tuple[QueueKey, ...] = Field(min_length=1, description="超出预算时轮候的先后次序")
    overtaking: bool = Field(default=False, description="前一件放不下时，后面金额较小的是否可以先发")
    article: Text | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one case asks of this year's money: `values` are those of the queue's expressions, None where unknown."""

    number: str
    amount: Money
    approved: date
    received: date
    values: tuple[Decimal | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands: `position` is 0 where the money reaches it, else its place in the queue, from 1."""

    claim: Claim
    position: int
    why: str

    @property
    def granted(self) -> bool:
        """Whether the money of the year reaches this claim."""
        return self.position == 0


def claim_values(budget: Budget, rules: Evaluator) -> tuple[Decimal | None, ...]:
    """The values of the queue's expressions for one case; None where a fact is missing or not exact."""
    values: list[Decimal | None] = []
    for key in budget.order:
        if key.of is None:
            continue
        try:
            low, high = number_bounds(rules.result(key.of))
            values.append(low if low == high else None)
        except CannotTellError:
            values.append(None)
    return tuple(values)


def allot(budget: Budget, committed: Money, claims: Sequence[Claim]) -> tuple[Place, ...]:
    """Give the rest of the year's money to the claims in the stated order; who is not reached waits.

    Args:
        budget: the ceiling and the order.
        committed: what the year has already paid or put on payment lists, in 元.
        claims: the parts that may be paid now, one claim for each.

    Claims that cannot be told apart keep the order of their numbers. Without `overtaking` nobody passes the first
    one that the money does not reach: else a large claim could wait for ever.
    """
    left = budget.yuan - committed
    places: list[Place] = []
    waiting = 0
    for claim in sorted(claims, key=lambda claim: _sort_key(budget, claim)):
        if claim.amount <= left and (budget.overtaking or not waiting):
            left -= claim.amount
            places.append(Place(claim, 0, f"在年度预算之内，拨付后尚余{left.yuan_text}元"))
            continue
        waiting += 1
        order = "、".join(key.title for key in budget.order)
        short = f"年度预算{budget.yuan.yuan_text}元尚余{max(left, Money(0)).yuan_text}元"
        why = f"{short}，本期{claim.amount.yuan_text}元，列轮候第{waiting}位（{order}）"
        unknown = [key.title for key, value in zip(_measured(budget), claim.values, strict=True) if value is None]
        if unknown:
            why += f"；{'、'.join(unknown)}无法判断，排在同类最后，请人工核对"
        places.append(Place(claim, waiting, why))
    return tuple(places)


def _measured(budget: Budget) -> list[QueueKey]:
    return [key for key in budget.order if key.of is not None]


def _sort_key(budget: Budget, claim: Claim) -> tuple[object, ...]:
    values = iter(claim.values)
    keys: list[object] = []
    for key in budget.order:
        if key.by == "approved":
            keys.append(claim.approved)
        elif key.by == "received":
            keys.append(claim.received)
        else:
            value = next(values, None)
            known = value is not None
            keys.append((not known, (-value if key.highest_first else value) if value is not None else Decimal(0)))
    return (*keys, claim.number)
