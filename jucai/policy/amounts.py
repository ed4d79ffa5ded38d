"""How much and when: the amount of an award as a small tree of figures, and the schedule of its parts."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from jucai.policy.base import Expression, FactKey, Percent, Quantity, Rate, Text, Value, Yuan
from jucai.policy.faults import Misplaced
from jucai.policy.language import facts_used
from models.money import Rounding


class Limit(Value):
    """Common to all figures: an upper bound and a remark."""

    at_most: "Figure | None" = Field(default=None, description="不超过")
    note: Text | None = Field(default=None, description="说明")


class Fixed(Limit):
    """A fixed amount (定额)."""

    kind: Literal["fixed"]
    yuan: Yuan


class Table(Limit):
    """An amount by the value of an expression: category, degree level (分类标准)."""

    kind: Literal["table"]
    by: Quantity = Field(description="按什么分档，如 talent_category 或 degree_level(education)")
    rows: dict[str, Yuan] = Field(min_length=1, description="值: 金额（元）")
    otherwise: Yuan | None = Field(default=None, description="其他情形的金额；不写则由人工判断")


class Tier(Value):
    """One step of a tiered amount: from this quantity on."""

    least: Decimal = Field(description="达到（含）")
    yuan: Yuan


class Tiers(Limit):
    """An amount by steps of a quantity (分段)."""

    kind: Literal["tiers"]
    of: Quantity
    steps: tuple[Tier, ...] = Field(min_length=1)


class Stated(Limit):
    """The amount that the form states in a money field (申报金额)."""

    kind: Literal["fact"]
    fact: FactKey


class Share(Limit):
    """A share of another figure (按比例)."""

    kind: Literal["share"]
    percent: Rate
    of: "Figure"


class Times(Limit):
    """A rate times a quantity: months, square metres, persons (标准 × 数量)."""

    kind: Literal["times"]
    rate: "Figure"
    quantity: Quantity
    unit: Text = "个月"
    quantity_at_most: Decimal | None = Field(default=None, description="数量上限")
    less_months_of: Text | None = Field(default=None, description="从上限中扣除此前已享受该组补贴的月数")


class Choice(Limit):
    """The highest, lowest or sum of several figures (就高, 孰低, 合计)."""

    kind: Literal["highest", "lowest", "sum"]
    figures: tuple["Figure", ...] = Field(min_length=1)


class When(Limit):
    """A figure only where a condition holds, else nothing or another figure (达标奖励)."""

    kind: Literal["when"]
    condition: Expression
    figure: "Figure"
    otherwise: "Figure | None" = None


Figure = Annotated[
    Fixed | Table | Tiers | Stated | Share | Times | Choice | When,
    Field(discriminator="kind", description="金额"),
]


class ScheduleKind(StrEnum):
    """How an award is paid out."""

    ONCE = "once"
    PARTS = "parts"
    EQUAL = "equal"
    MONTHLY = "monthly"


class Part(Value):
    """One part of a schedule: its share, how many months after the decision, and whether it needs a re-check.

    The share is a percentage, or a weight beside those of the other parts (3 : 2 : 1).
    """

    percent: Percent | None = None
    weight: Annotated[Decimal, Field(gt=0, le=1_000_000)] | None = Field(
        default=None, description="份数，各期按份数分，如 3、2、1"
    )
    after_months: Annotated[int, Field(ge=0, le=240)] = 0
    recheck: bool = False
    note: Text | None = None


class Once(Value):
    """One payment (一次性)."""

    kind: Literal["once"]
    after_months: Annotated[int, Field(ge=0, le=240)] = 0


class Parts(Value):
    """Parts by percentage (40/30/30, 50/50) or by weight (3 : 2 : 1)."""

    kind: Literal["parts"]
    parts: tuple[Part, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _whole(self) -> "Parts":
        for number, part in enumerate(self.parts):
            if (part.percent is None) is (part.weight is None):
                raise Misplaced("percent（百分比）与 weight（份数）应填且只填一个", "parts", number)
            if (part.weight is None) is not (self.parts[0].weight is None):
                raise Misplaced("各期要么都写 percent，要么都写 weight", "parts", number)
        total = self.whole
        if self.parts[0].weight is None and total != 100:  # noqa: PLR2004 - per cent
            raise ValueError(f"各期比例合计应为 100，现为 {total}；不是百分比的用 weight 写份数")
        months = [part.after_months for part in self.parts]
        if months != sorted(months):
            raise ValueError("各期应按时间先后排列")
        return self

    @property
    def shares(self) -> tuple[Decimal, ...]:
        """The share of each part, of `whole`."""
        return tuple(part.percent or part.weight or Decimal(0) for part in self.parts)

    @property
    def whole(self) -> Decimal:
        """What the shares add up to."""
        return sum(self.shares, Decimal(0))


class Equal(Value):
    """Equal parts (等额分期)."""

    kind: Literal["equal"]
    count: Annotated[int, Field(ge=2, le=60)]
    every_months: Annotated[int, Field(ge=1, le=60)] = 12
    first_after_months: Annotated[int, Field(ge=0, le=240)] = 0
    recheck: bool = True


class Monthly(Value):
    """A part for each month of the award (按月); the number of months is the quantity given here.

    With `pay_every` several months are paid together, at the end of the last one (按月计算、按季发放).
    """

    kind: Literal["monthly"]
    months: Quantity
    at_most: Annotated[int, Field(ge=1, le=240)]
    less_months_of: Text | None = None
    first_after_months: Annotated[int, Field(ge=0, le=240)] = 1
    pay_every: Annotated[int, Field(ge=1, le=12)] = Field(default=1, description="每几个月发放一次，如按季发放写 3")
    recheck_every: Annotated[int, Field(ge=0, le=240)] = Field(default=12, description="每几个月复核一次，0 为不复核")

    def spans(self, months: int) -> tuple[int, ...]:
        """How many months each part is for; the last one may be for fewer."""
        whole, rest = divmod(months, self.pay_every)
        return (self.pay_every,) * whole + ((rest,) if rest else ())

    @model_validator(mode="after")
    def _rechecked_between_parts(self) -> "Monthly":
        if self.recheck_every % self.pay_every:
            raise Misplaced("复核的间隔应是发放间隔的整数倍", "recheck_every")
        return self


Schedule = Annotated[Once | Parts | Equal | Monthly, Field(discriminator="kind", description="发放方式")]


class Award(Value):
    """One benefit of a programme: when it applies, how much, and how it is paid."""

    title: Text
    when: Expression | None = None
    article: Text | None = None
    group: Text | None = Field(default=None, description="计入的互斥组，缺省同项目")
    figure: Figure
    schedule: Schedule
    round_to: Literal["fen", "yuan", "hundred"] = Field(default="yuan", description="取整到：分、元、百元")
    rounding: Rounding = Rounding.DOWN

    @property
    def unit_fen(self) -> int:
        """The unit of rounding in 分."""
        return {"fen": 1, "yuan": 100, "hundred": 10_000}[self.round_to]


def facts_of_award(award: Award) -> tuple[str, ...]:
    """The keys of all facts that an award looks at, in order."""
    keys: dict[str, None] = {}
    for name, value in _walk(award.model_dump(mode="python")):
        if name == "fact" and isinstance(value, str):
            keys[value] = None
        elif name in _EXPRESSIONS and isinstance(value, str):
            keys.update(dict.fromkeys(facts_used(value)))
    return tuple(keys)


_EXPRESSIONS = frozenset({"when", "by", "of", "quantity", "condition", "months"})


def _walk(node: object) -> Iterator[tuple[str, object]]:
    if isinstance(node, dict):
        for name, value in node.items():
            yield str(name), value
            yield from _walk(value)
    elif isinstance(node, tuple | list):
        for value in node:
            yield from _walk(value)


for _model in (Limit, Fixed, Table, Tiers, Stated, Share, Times, Choice, When, Award):
    _model.model_rebuild()
