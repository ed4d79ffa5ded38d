"""From an award to an amount with its reasons, and to the parts in which it is paid."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from jucai.policy.amounts import (
    Award,
    Choice,
    Equal,
    Figure,
    Fixed,
    Monthly,
    Once,
    Parts,
    Schedule,
    Share,
    Stated,
    Table,
    Tiers,
    Times,
    When,
)
from jucai.policy.functions import add_months
from jucai.policy.history import History
from jucai.policy.language import Evaluator
from jucai.policy.uncertain import CannotTellError, number_bounds, plain
from models.money import Money

_MAX_YUAN = Decimal(10) ** 12
_PER_CENT = Decimal(100)
_NOISE = Decimal("1e-9")


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a payment: `n` of `of`, earliest `due` (counted from the decision), and a re-check before it."""

    n: int
    of: int
    after_months: int
    due: date
    amount: Money
    recheck: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Computed:
    """An amount in 元 before rounding, and how it came about."""

    yuan: Decimal
    text: str


def figure(node: Figure, rules: Evaluator, history: History) -> Computed:
    """Compute one figure of an award.

    Raises:
        CannotTellError: a fact that it needs is missing or not among the table's rows.
    """
    result = _COMPUTE[type(node)](node, rules, history)
    if not -_MAX_YUAN < result.yuan < _MAX_YUAN:
        raise CannotTellError("计算出的金额超出范围")
    if node.at_most is not None:
        bound = figure(node.at_most, rules, history)
        if bound.yuan < result.yuan:
            return Computed(bound.yuan, f"{result.text}，超过上限，按上限{bound.text}")
    return result


def _fixed(node: Fixed, rules: Evaluator, history: History) -> Computed:  # noqa: ARG001 - one signature for all kinds
    return Computed(node.yuan.yuan, f"{node.note or '定额'}{_yuan(node.yuan.yuan)}")


def _stated(node: Stated, rules: Evaluator, history: History) -> Computed:  # noqa: ARG001 - as above
    yuan = _number(rules.result(node.fact))
    return Computed(yuan, f"{node.note or '申报数'}{_yuan(yuan)}")


def _share(node: Share, rules: Evaluator, history: History) -> Computed:
    whole = figure(node.of, rules, history)
    yuan = whole.yuan * node.percent / _PER_CENT
    return Computed(yuan, f"{whole.text}的{plain(node.percent)}%，即{_yuan(yuan)}")


def _when(node: When, rules: Evaluator, history: History) -> Computed:
    if rules.result(node.condition):
        return figure(node.figure, rules, history)
    if node.otherwise is not None:
        return figure(node.otherwise, rules, history)
    return Computed(Decimal(0), f"{node.note or '条件不成立'}，0元")


def _table(node: Table, rules: Evaluator, history: History) -> Computed:  # noqa: ARG001 - as above
    value = plain(rules.result(node.by))
    row = node.rows.get(value, node.otherwise)
    if row is None:
        raise CannotTellError(f"标准表中没有“{value}”一档")
    return Computed(row.yuan, f"{node.note or '标准'}（{value}）{_yuan(row.yuan)}")


def _tiers(node: Tiers, rules: Evaluator, history: History) -> Computed:  # noqa: ARG001 - as above
    quantity = _number(rules.result(node.of))
    reached = [step for step in sorted(node.steps, key=lambda step: step.least) if step.least <= quantity]
    if not reached:
        return Computed(Decimal(0), f"{plain(quantity)}未达到最低一档，0元")
    top = reached[-1]
    return Computed(top.yuan.yuan, f"{plain(quantity)}达到“{plain(top.least)}以上”一档{_yuan(top.yuan.yuan)}")


def _times(node: Times, rules: Evaluator, history: History) -> Computed:
    rate = figure(node.rate, rules, history)
    quantity = _number(rules.result(node.quantity))
    if quantity < 0:
        raise CannotTellError(f"数量为负（{plain(quantity)}{node.unit}），请核对起止")
    text = f"{plain(quantity)}{node.unit}"
    limit = node.quantity_at_most
    if limit is not None and node.less_months_of:
        used = history.months(node.less_months_of)
        if used:
            limit = max(Decimal(0), limit - used)
            text += f"（此前已享受{used}{node.unit}，还可{plain(limit)}{node.unit}）"
    if limit is not None and quantity > limit:
        quantity = limit
        text += f"，按上限{plain(limit)}{node.unit}"
    yuan = rate.yuan * quantity
    return Computed(yuan, f"{rate.text} × {text} = {_yuan(yuan)}")


def _choice(node: Choice, rules: Evaluator, history: History) -> Computed:
    found: list[Computed] = []
    doubt: CannotTellError | None = None
    for part in node.figures:
        try:
            found.append(figure(part, rules, history))
        except CannotTellError as error:
            # 就高 over criteria of which a form shows one only; a sum or a lowest needs all of them.
            if node.kind != "highest":
                raise
            doubt = error
    if not found:
        assert doubt is not None
        raise doubt
    if node.kind == "sum":
        yuan = sum((part.yuan for part in found), Decimal(0))
        return Computed(yuan, " + ".join(part.text for part in found) + f" = {_yuan(yuan)}")
    best = (max if node.kind == "highest" else min)(found, key=lambda part: part.yuan)
    if len(found) == 1:
        return best
    word = "取高者" if node.kind == "highest" else "取低者"
    others = "、".join(part.text for part in found if part is not best)
    return Computed(best.yuan, f"{best.text}（与{others}{word}）")


_COMPUTE: dict[type, Callable[[Any, Evaluator, History], Computed]] = {
    Fixed: _fixed,
    Table: _table,
    Tiers: _tiers,
    Stated: _stated,
    Share: _share,
    Times: _times,
    Choice: _choice,
    When: _when,
}


def total(award: Award, rules: Evaluator, history: History) -> tuple[Money, str]:
    """The rounded amount of an award and its explanation."""
    computed = figure(award.figure, rules, history)
    if computed.yuan < 0:
        raise CannotTellError("计算出的金额为负")
    # A division that does not come out even (7/12 of a year) must not lose a 分 to its last digit.
    exact = computed.yuan.quantize(_NOISE, rounding=ROUND_HALF_UP)
    return Money.rounded(exact, unit_fen=award.unit_fen, how=award.rounding), computed.text


def instalments(
    schedule: Schedule, amount: Money, on: date, rules: Evaluator, history: History
) -> tuple[Instalment, ...]:
    """The parts of an amount; they add up to it exactly, the last one takes what rounding left."""
    if not amount:
        return ()
    match schedule:
        case Once():
            plan = [(schedule.after_months, False, "")]
            shares: list[tuple[Decimal | int, Decimal | int]] = [(1, 1)]
        case Parts():
            plan = [(part.after_months, part.recheck, part.note or "") for part in schedule.parts]
            shares = [(share, schedule.whole) for share in schedule.shares]
        case Equal():
            first, step = schedule.first_after_months, schedule.every_months
            plan = [(first + step * i, schedule.recheck and i > 0, "") for i in range(schedule.count)]
            shares = [(1, schedule.count)] * schedule.count
        case Monthly():
            count = _month_count(schedule, rules, history)
            every = schedule.recheck_every
            first = schedule.first_after_months
            plan, paid = [], 0
            spans = schedule.spans(count)
            for span in spans:
                again = bool(every) and paid > 0 and paid % every == 0
                plan.append((first + paid + span - 1, again, f"{span}个月" if schedule.pay_every > 1 else ""))
                paid += span
            shares = [(span, count) for span in spans]
    # Multiplied before divided, down to whole 元: a third of 6,000 元 must not become 1,999.
    amounts = [Money(int(amount.fen * part // (whole * 100)) * 100) for part, whole in shares]
    amounts[-1] = amount - Money(sum(part.fen for part in amounts[:-1]))
    return tuple(
        Instalment(index + 1, len(plan), months, add_months(on, months), part, recheck, note)
        for index, ((months, recheck, note), part) in enumerate(zip(plan, amounts, strict=True))
    )


def _month_count(schedule: Monthly, rules: Evaluator, history: History) -> int:
    wanted = int(_number(rules.result(schedule.months)))
    used = history.months(schedule.less_months_of) if schedule.less_months_of else 0
    count = min(wanted, schedule.at_most - used)
    if count < 1:
        raise CannotTellError("没有可以按月发放的月数")
    return count


def _number(value: object) -> Decimal:
    low, high = number_bounds(value)
    if low != high:
        raise CannotTellError(f"数值不确定（{plain(value)}）")
    return low


def _yuan(value: Decimal) -> str:
    text = f"{value:,.2f}"
    return f"{text.removesuffix('.00')}元"
