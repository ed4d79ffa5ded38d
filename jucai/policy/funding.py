"""Whose money it is and who receives it: shares of city and county (分担), and an employer that passes on (转付)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from jucai.policy.base import Expression, Percent, Text, Value
from jucai.policy.faults import Misplaced
from jucai.policy.language import Evaluator
from jucai.policy.repaying import Within
from jucai.policy.uncertain import CannotTellError
from models.money import Money

_WHOLE = 100


class FundingShare(Value):
    """What one budget bears."""

    payer: Text = Field(description="由谁承担，如 市财政、县（市、区）财政")
    percent: Percent


class Funding(Value):
    """How the money is shared between budgets; of several the first whose condition holds counts."""

    when: Expression | None = Field(default=None, description="何时适用；不写则总是适用")
    article: Text
    shares: tuple[FundingShare, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> "Funding":
        total = sum((share.percent for share in self.shares), Decimal(0))
        if total != _WHOLE:
            raise Misplaced(f"各方承担的比例合计应为 100，现为 {total}", "shares")
        return self


class Payee(Value):
    """Who receives the money; an employer keeps it, or passes it on within a term."""

    kind: Literal["person", "employer"] = Field(description="person 本人，employer 用人单位")
    pass_on: Within | None = Field(default=None, description="单位收款后多久内转付本人；不写则归单位")
    article: Text | None = None

    @model_validator(mode="after")
    def _who_passes_on(self) -> "Payee":
        if self.pass_on is not None and self.kind != "employer":
            raise Misplaced("发给本人的不需要转付；pass_on 只用于 kind: employer", "pass_on")
        return self


@dataclass(frozen=True, slots=True)
class Borne:
    """What one payer bears of an amount."""

    payer: str
    amount: Money


def borne(rules: Sequence[Funding], amount: Money, facts: Evaluator) -> tuple[Borne, ...]:
    """An amount by payers, each rounded down to whole 分 but for the last one, so that they add up to it exactly.

    Raises:
        CannotTellError: a fact that says who bears it is missing.
    """
    rule = next((rule for rule in rules if rule.when is None or facts.result(rule.when)), None)
    if rule is None:
        if rules:
            raise CannotTellError("没有写明这种情形由谁承担")
        return ()
    parts = [Money(int(amount.fen * share.percent // _WHOLE)) for share in rule.shares]
    parts[-1] = amount - Money(sum(part.fen for part in parts[:-1]))
    return tuple(Borne(share.payer, part) for share, part in zip(rule.shares, parts, strict=True))


def borne_words(parts: Sequence[Borne]) -> str:
    """For people: 市财政 6,000.00元，县财政 6,000.00元; empty where nothing is said."""
    return "，".join(f"{part.payer} {part.amount.yuan_text}元" for part in parts)
