"""How signatures, votes and scores come to a result, and how officers are reminded; the words of programme files."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from jucai.policy.base import Code, Expression, Text, Value, Yuan

_Days = Annotated[int, Field(ge=0, le=366)]


class ReturnMode(StrEnum):
    """Where a case goes on after a return (退回) has been answered."""

    CONTINUE = "continue"
    AGAIN = "again"


class Silence(StrEnum):
    """What it means when a unit has not spoken by the end of its term."""

    NOTHING = "nothing"
    CONSENT = "consent"


class ScoreItem(Value):
    """One line of a score sheet (评分指标)."""

    code: Code
    title: Text
    points: Annotated[int, Field(ge=1, le=1000, description="满分")]


class VoteRule(Value):
    """When a vote (票签) or a panel (评审) passes, and how a panel is made up.

    `present` is the share of those entitled who must have spoken, `share` the share of votes cast that must be in
    favour. `ties` orders cases of equal mean: codes of `scheme`, or `accepted` (earlier acceptance first); whoever is
    still equal at the edge of the quota is left for a person to choose.
    """

    share: Annotated[int, Field(ge=1, le=100, description="通过所需票数百分比")] = 67
    present: Annotated[int, Field(ge=1, le=100, description="到会（参评）百分比")] = 67
    weights: dict[str, Annotated[int, Field(ge=1, le=100)]] = Field(
        default_factory=dict, description="单位代码: 票数，缺省 1"
    )
    tie: Literal["fail", "pass"] = Field(default="fail", description="赞成与不赞成票数相等时")
    scheme: tuple[ScoreItem, ...] = Field(default=(), description="评分指标；不写则为总分 100")
    experts: Annotated[int, Field(ge=0, le=99, description="随机抽取的专家人数，0 为单位全部人员")] = 0
    drop_extremes: bool = Field(default=False, description="评分去掉最高、最低分")
    minimum_score: Annotated[Decimal, Field(ge=0, le=1000, description="最低平均分")] = Decimal(0)
    quota: Annotated[int, Field(ge=0, description="名额，0 为不限")] = 0
    ties: tuple[Text, ...] = Field(default=("accepted",), description="同分时的先后：指标代码或 accepted")

    @model_validator(mode="after")
    def _consistent(self) -> "VoteRule":
        codes = [item.code for item in self.scheme]
        if len(codes) != len(set(codes)):
            raise ValueError("评分指标代码重复")
        strange = [tie for tie in self.ties if tie != "accepted" and tie not in codes]
        if strange:
            raise ValueError(f"ties 中没有这些评分指标：{'、'.join(strange)}")
        if self.minimum_score > self.full_score:
            raise ValueError(f"最低平均分高于满分 {self.full_score}")
        return self

    @property
    def items(self) -> tuple[ScoreItem, ...]:
        """The lines of the score sheet."""
        return self.scheme or (ScoreItem(code="total", title="总分", points=100),)

    @property
    def full_score(self) -> int:
        """The most a case can get."""
        return sum(item.points for item in self.items)


class Branch(Value):
    """One of several parallel ways through a stage: its units speak one after the other, each on its own clock."""

    title: Text | None = None
    units: tuple[Text, ...] = Field(min_length=1, description="依次办理的单位")
    due_days: _Days | None = Field(default=None, description="每个单位的办理时限（工作日），缺省同环节")


class Route(Value):
    """Other units where a condition holds or the amount reaches a figure (按金额、类别分送)."""

    when: Expression | None = None
    amount_from: Yuan | None = Field(default=None, description="核定金额不低于（元）")
    units: tuple[Text, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _conditional(self) -> "Route":
        if self.when is None and self.amount_from is None:
            raise ValueError("when 与 amount_from 至少填写一个")
        return self


class Ladder(Value):
    """Reminders on office days, before and after the last day of a task, and then the superior (催办与升级).

    The length of `before` and `after` together is the cap: no task is reminded more often by itself.
    """

    before: tuple[_Days, ...] = Field(default=(1,), max_length=5, description="到期前几个工作日提醒")
    after: tuple[_Days, ...] = Field(default=(1, 3), max_length=10, description="逾期后第几个工作日催办")
    escalate: _Days = Field(default=5, description="逾期后第几个工作日报单位负责人，0 为不报")

    @model_validator(mode="after")
    def _ordered(self) -> "Ladder":
        if sorted(self.before, reverse=True) != list(self.before) or sorted(self.after) != list(self.after):
            raise ValueError("before 应从大到小、after 应从小到大")
        if self.escalate and self.after and self.escalate < self.after[-1]:
            raise ValueError("escalate 不应早于最后一次催办")
        return self
