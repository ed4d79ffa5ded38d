"""The examples that every programme file carries: given facts, expected result."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from jucai.policy.assessment import Assessment, Outcome, assess
from jucai.policy.calendar import WorkCalendar
from jucai.policy.example_kinds import Example
from jucai.policy.history import Holder, PastBenefit, Standing
from jucai.policy.money_examples import level_differences, plain_yuan, queue_differences, repayment_differences
from jucai.policy.programme import Programme
from models.money import Money


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example run: the differences in Chinese, none if it came out as expected."""

    programme: str
    title: str
    differences: tuple[str, ...]
    assessment: Assessment | None = None  # none where the example is about repayment, levels or the queue

    def __str__(self) -> str:
        told = "；".join(self.differences) or "相符"
        return f"{self.programme}“{self.title}”：{told}"

    @property
    def passed(self) -> bool:
        """Whether everything expected came about."""
        return not self.differences


def past_benefit(raw: Mapping[str, object]) -> PastBenefit:
    """A past benefit as files write it: amounts in 元, dates as `2026-01-31`.

    Raises:
        ValueError: an unknown key, or a value that is not what the key wants.
    """
    known = {field.name for field in fields(PastBenefit)}
    unknown = sorted(set(raw) - known)
    if unknown or not raw.get("programme"):
        raise ValueError(f"享受记录应有 programme，且没有这些项：{'、'.join(unknown)}")
    programme = str(raw["programme"])

    def day(key: str) -> date | None:
        return date.fromisoformat(str(raw[key])) if raw.get(key) else None

    return PastBenefit(
        programme=programme,
        group=str(raw.get("group", programme)),
        holder=Holder(str(raw.get("holder", "self"))),
        standing=Standing(str(raw.get("standing", "ended"))),
        paid=Money.from_yuan(str(raw.get("paid", "0"))),
        awarded=Money.from_yuan(str(raw.get("awarded", "0"))),
        months=int(str(raw.get("months", 0))),
        granted=day("granted"),
        until=day("until"),
        case_number=str(raw.get("case_number", "")),
        employer=str(raw.get("employer", "")),
        title=str(raw.get("title", "")),
    )


def run_example(programme: Programme, example: Example) -> ExampleResult:
    """Run one example and say in words what came out otherwise."""
    history = [past_benefit(raw) for raw in example.history]
    result = assess(programme, example.facts, example.documents, history, example.on)
    return ExampleResult(programme.code, example.title, tuple(_differences(example, result)), result)


def run_examples(programme: Programme, calendar: WorkCalendar | None = None) -> tuple[ExampleResult, ...]:
    """Run every example of a programme, of all kinds; without a calendar Monday to Friday are working days."""
    days = calendar or WorkCalendar(())
    results = [run_example(programme, example) for example in programme.examples]
    told = [
        *((one.title, repayment_differences(programme, one, days)) for one in programme.repayment_examples),
        *((one.title, level_differences(programme, one)) for one in programme.level_examples),
        *((one.title, queue_differences(programme, one)) for one in programme.queue_examples),
    ]
    results += [ExampleResult(programme.code, title, tuple(differences)) for title, differences in told]
    return tuple(results)


def _codes(result: Assessment, outcome: Outcome) -> tuple[str, ...]:
    return tuple(finding.code for finding in result.findings if finding.outcome is outcome)


def _differences(example: Example, result: Assessment) -> list[str]:
    schedule = tuple(f"{part.after_months}:{plain_yuan(part.amount)}" for part in result.schedule)
    amount = "none" if result.amount is None else plain_yuan(result.amount)
    wanted_amount = example.amount
    if wanted_amount not in (None, "none"):
        wanted_amount = plain_yuan(Money.from_yuan(wanted_amount or "0"))
    pairs: list[tuple[str, object, object]] = [
        ("结论", example.eligible, result.eligible),
        ("缺项", _sorted(example.missing), _sorted(tuple(item.code for item in result.missing))),
        ("不符合", _sorted(example.not_met), _sorted(_codes(result, Outcome.NOT_MET))),
        ("无法判断", _sorted(example.cannot_tell), _sorted(_codes(result, Outcome.CANNOT_TELL))),
        ("金额", wanted_amount, amount),
        ("分期", example.schedule, schedule),
        ("分担", example.borne, tuple(f"{part.payer}:{plain_yuan(part.amount)}" for part in result.borne)),
    ]
    return [
        f"{what}应为 {_words(want)}，得到 {_words(got)}"
        for what, want, got in pairs
        if want is not None and want != got
    ]


def _sorted(codes: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return None if codes is None else tuple(sorted(codes))


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(str, value)) or "（无）"
    return str(value)
