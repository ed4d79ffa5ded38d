"""The examples a programme file carries: given facts, expected result; written by clerks, run by the tests."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from jucai.policy.base import FactKey, Printed, Text, Value, Yuan
from jucai.policy.facts import flat
from jucai.policy.repaying import Cause


def _rows(raw: Any) -> Any:
    return flat(raw) if isinstance(raw, dict) else raw


class Example(Value):
    """An application with its expected assessment."""

    title: Text
    on: date
    facts: Annotated[dict[FactKey, Printed], BeforeValidator(_rows)]
    documents: tuple[Text, ...] = ()
    history: tuple[dict[str, str | int | bool], ...] = ()
    eligible: Literal["yes", "no", "person"] | None = None
    missing: tuple[Text, ...] | None = None
    not_met: tuple[Text, ...] | None = None
    cannot_tell: tuple[Text, ...] | None = None
    amount: Text | None = Field(default=None, description="应得金额（元）；none 表示不核定")
    borne: tuple[Text, ...] | None = Field(default=None, description="各方承担的“由谁:金额”")
    schedule: tuple[Text, ...] | None = Field(default=None, description="各期“几个月后:金额”")


class PaidExample(Value):
    """One part that was paid."""

    yuan: Yuan
    on: date


class RepaymentExample(Value):
    """A benefit that ended early, with what has to be given back."""

    title: Text
    cause: Cause
    left: date = Field(description="离开（变化、认定）的日期")
    told: date | None = Field(default=None, description="退还通知的日期；不写则同 left")
    facts: dict[FactKey, Printed] = Field(default_factory=dict)
    paid: tuple[PaidExample, ...] = Field(min_length=1)
    amount: Text = Field(description="应退还金额（元）；none 表示没有规定")
    due: date | None = None
    barred_until: date | None = None


class LevelExample(Value):
    """A change of level while a benefit is being paid, with the parts as they are paid afterwards."""

    title: Text
    granted: date
    facts: dict[FactKey, Printed]
    changed: date
    changed_facts: dict[FactKey, Printed] = Field(min_length=1, description="变动后的项目")
    amounts: tuple[Text, ...] = Field(min_length=1, description="变动后各期金额（元）")


class ClaimExample(Value):
    """One part that may be paid."""

    number: Text
    yuan: Yuan
    approved: date
    received: date | None = None
    facts: dict[FactKey, Printed] = Field(default_factory=dict)


class QueueExample(Value):
    """What the year's money reaches, and who waits, in order."""

    title: Text
    committed: Yuan = Field(description="本年度已拨付和已列入清单的金额（元）")
    claims: tuple[ClaimExample, ...] = Field(min_length=1)
    granted: tuple[Text, ...]
    waiting: tuple[Text, ...]
