"""A person's earlier benefits, and what exclusivity rules make of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jucai.policy.functions import add_months
from jucai.policy.names import normal_name
from jucai.policy.parts import Exclusivity, ExclusivityKind
from models.money import Money

_MONTHS_A_YEAR = 12


class Holder(StrEnum):
    """Whose benefit it was."""

    SELF = "self"
    SPOUSE = "spouse"
    EMPLOYER = "employer"  # another person of the same employer


class Standing(StrEnum):
    """What became of it."""

    ACTIVE = "active"
    ENDED = "ended"
    FRAUD = "fraud"


@dataclass(frozen=True, slots=True)
class PastBenefit:
    """One earlier or running benefit, found by the office (people are matched by blind index, never by name alone).

    `awarded` is all that was granted, paid or not; `months` counts the months paid for; `until` ends a running
    appointment, or dates a fraud case.
    """

    programme: str
    group: str
    holder: Holder = Holder.SELF
    standing: Standing = Standing.ENDED
    paid: Money = Money(0)  # noqa: RUF009 - Money is frozen
    awarded: Money = Money(0)  # noqa: RUF009 - as above
    months: int = 0
    granted: date | None = None
    until: date | None = None
    case_number: str = ""
    employer: str = ""
    title: str = ""

    @property
    def name(self) -> str:
        """What people call it."""
        return self.title or self.programme


@dataclass(frozen=True, slots=True)
class ExclusivityResult:
    """What one rule found; with `unknown` nobody can tell, `room` is what is left for this amount."""

    rule: Exclusivity
    hits: tuple[PastBenefit, ...]
    explanation: str
    broken: bool
    deduct: Money = Money(0)  # noqa: RUF009 - Money is frozen
    share: Decimal | None = None
    room: Money | None = None
    unknown: bool = False


class History:
    """A person's benefits as rules ask about them."""

    def __init__(self, benefits: Sequence[PastBenefit], on: date) -> None:
        self._benefits = tuple(benefits)
        self._on = on

    def of(self, group: str, holder: Holder = Holder.SELF) -> tuple[PastBenefit, ...]:
        """The benefits of a group or programme."""
        return tuple(b for b in self._benefits if b.holder is holder and group in (b.group, b.programme))

    def claims(self, group: str) -> int:
        """How many were granted to the person."""
        return sum(1 for b in self.of(group) if b.standing is not Standing.FRAUD)

    def months(self, group: str) -> int:
        """How many months were paid to the person."""
        return sum(b.months for b in self.of(group))

    def yuan(self, group: str) -> Decimal:
        """How much was paid to the person, in 元."""
        return sum((b.paid.yuan for b in self.of(group)), Decimal(0))

    def spouse_yuan(self, group: str) -> Decimal:
        """How much was paid to the spouse, in 元."""
        return sum((b.paid.yuan for b in self.of(group, Holder.SPOUSE)), Decimal(0))

    def active(self, group: str) -> bool:
        """Whether one is still running on the day of the assessment."""
        return any(self._running(b) for b in self.of(group))

    def _running(self, benefit: PastBenefit) -> bool:
        return benefit.standing is Standing.ACTIVE and (benefit.until is None or benefit.until >= self._on)

    def apply(self, rule: Exclusivity, own_group: str, employer: str) -> ExclusivityResult:
        """What one exclusivity rule makes of the history."""
        groups = rule.groups or (own_group,)
        holders = _HOLDERS.get(rule.kind, (Holder.SELF,))
        found = {
            id(b): b
            for group in groups
            for holder in holders
            for b in self.of(group, holder)
            # An application that ended for fraud before anything was granted bars, but was no benefit.
            if rule.kind is ExclusivityKind.BAN or b.standing is not Standing.FRAUD or b.paid
        }
        here = normal_name(employer)
        if rule.looks_at_employer:
            if not here:
                return ExclusivityResult(rule, (), "没有填写工作单位，请人工核对", broken=False, unknown=True)
            found = {key: b for key, b in found.items() if normal_name(b.employer) == here}
        return _KINDS[rule.kind](self, rule, tuple(found.values()))

    def _once(self, rule: Exclusivity, hits: tuple[PastBenefit, ...]) -> ExclusivityResult:
        return self._plain(rule, hits, "已享受：", "没有享受记录")

    def _not_together(self, rule: Exclusivity, hits: tuple[PastBenefit, ...]) -> ExclusivityResult:
        running = tuple(b for b in hits if self._running(b))
        return self._plain(rule, running, "正在享受（任职）：", "没有正在享受的互斥项目")

    def _deduct(self, rule: Exclusivity, hits: tuple[PastBenefit, ...]) -> ExclusivityResult:
        paid = Money(sum(b.paid.fen for b in hits))
        text = f"此前已发放{paid.yuan_text}元，从本次金额中扣除" if paid else "此前没有应扣除的发放"
        return ExclusivityResult(rule, hits, text, broken=False, deduct=paid)

    def _spouse_share(self, rule: Exclusivity, hits: tuple[PastBenefit, ...]) -> ExclusivityResult:
        text = f"配偶已享受，按{rule.percent}%计" if hits else "配偶未享受同类补贴"
        return ExclusivityResult(rule, hits, text, broken=False, share=rule.percent if hits else None)

    def _plain(self, rule: Exclusivity, hits: tuple[PastBenefit, ...], found: str, none: str) -> ExclusivityResult:
        return ExclusivityResult(rule, hits, found + _names(hits) if hits else none, broken=bool(hits))

    def _highest(self, rule: Exclusivity, hits: tuple[PastBenefit, ...]) -> ExclusivityResult:
        """就高不重复: what was paid for the lower one is taken off the higher."""
        paid = Money(max((b.paid.fen for b in hits), default=0))
        text = f"就高不重复：已享受{_names(hits)}，只补差额" if hits else "没有享受同类补贴"
        return ExclusivityResult(rule, hits, text, broken=False, deduct=paid)

    def _ban(self, rule: Exclusivity, hits: tuple[PastBenefit, ...]) -> ExclusivityResult:
        barred = []
        for benefit in hits:
            if benefit.standing is not Standing.FRAUD:
                continue
            since = benefit.until or benefit.granted
            if since is None or self._on < add_months(since, (rule.years or 0) * _MONTHS_A_YEAR):
                barred.append(benefit)
        text = f"{_names(barred)}曾被认定弄虚作假，{rule.years}年内不得申报" if barred else "没有失信记录"
        return ExclusivityResult(rule, tuple(barred), text, broken=bool(barred))

    def _counted(self, rule: Exclusivity, hits: tuple[PastBenefit, ...]) -> ExclusivityResult:
        months = rule.kind is ExclusivityKind.MAX_MONTHS
        hits, span = self._within(rule, hits)
        used = sum(b.months for b in hits) if months else len(hits)
        unit = "个月" if months else "次"
        text = f"{'此前' if span == '累计' else span}已享受{used}{unit}，上限{rule.limit}{unit}"
        return ExclusivityResult(rule, hits, text, broken=used >= (rule.limit or 0))

    def _within(self, rule: Exclusivity, hits: tuple[PastBenefit, ...]) -> tuple[tuple[PastBenefit, ...], str]:
        """Those that count: all, or those of the calendar year or of the last years; an unknown day counts."""
        if rule.within_years is not None:
            since = add_months(self._on, -rule.within_years * _MONTHS_A_YEAR)
            return tuple(b for b in hits if b.granted is None or b.granted > since), f"{rule.within_years}年内"
        if rule.per == "ever":
            return hits, "累计"
        return tuple(b for b in hits if b.granted is None or b.granted.year == self._on.year), "本年度"

    def _per_employer(self, rule: Exclusivity, hits: tuple[PastBenefit, ...]) -> ExclusivityResult:
        """A quota of one employer, in persons or in money, for a calendar year or for good."""
        hits, span = self._within(rule, hits)
        if rule.limit is not None and len(hits) >= rule.limit:
            return ExclusivityResult(rule, hits, f"本单位{span}已有{len(hits)}人次，上限{rule.limit}人次", broken=True)
        used = Money(sum(max(b.paid, b.awarded).fen for b in hits))
        told = [f"已有{len(hits)}人次，上限{rule.limit}人次"] if rule.limit is not None else []
        room = None
        if rule.yuan is not None:
            room = max(Money(0), rule.yuan - used)
            told.append(f"已核定{used.yuan_text}元，上限{rule.yuan.yuan_text}元")
        return ExclusivityResult(rule, hits, f"本单位{span}{'，'.join(told)}", broken=room == Money(0), room=room)


def _names(hits: Sequence[PastBenefit]) -> str:
    return "、".join(f"{b.name}{f'（{b.case_number}）' if b.case_number else ''}" for b in hits)


_KINDS: dict[ExclusivityKind, Callable[[History, Exclusivity, tuple[PastBenefit, ...]], ExclusivityResult]] = {
    ExclusivityKind.ONCE_PER_LIFE: History._once,  # noqa: SLF001 - this module's own class
    ExclusivityKind.SPOUSE_ONE: History._once,  # noqa: SLF001 - this module's own class
    ExclusivityKind.NOT_TOGETHER: History._not_together,  # noqa: SLF001 - this module's own class
    ExclusivityKind.HIGHEST_ONLY: History._highest,  # noqa: SLF001 - this module's own class
    ExclusivityKind.DEDUCT: History._deduct,  # noqa: SLF001 - this module's own class
    ExclusivityKind.SPOUSE_SHARE: History._spouse_share,  # noqa: SLF001 - this module's own class
    ExclusivityKind.MAX_CLAIMS: History._counted,  # noqa: SLF001 - this module's own class
    ExclusivityKind.MAX_MONTHS: History._counted,  # noqa: SLF001 - this module's own class
    ExclusivityKind.BAN: History._ban,  # noqa: SLF001 - this module's own class
    ExclusivityKind.PER_EMPLOYER: History._per_employer,  # noqa: SLF001 - this module's own class
}
_HOLDERS: dict[ExclusivityKind, tuple[Holder, ...]] = {
    ExclusivityKind.SPOUSE_ONE: (Holder.SPOUSE,),
    ExclusivityKind.SPOUSE_SHARE: (Holder.SPOUSE,),
    ExclusivityKind.PER_EMPLOYER: (Holder.SELF, Holder.EMPLOYER),
}
"""Whose benefits a rule looks at; the person's own where nothing else is said."""
