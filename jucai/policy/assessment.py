"""Assessing one application: findings with articles, the one complete list of what is missing, amount, schedule.

Pure: no clock, no files. An assessment never decides a refusal; it proposes, and a person confirms.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from jucai.policy.amounts import Award
from jucai.policy.computing import Instalment, instalments, total
from jucai.policy.facts import Facts
from jucai.policy.funding import Borne, borne
from jucai.policy.history import ExclusivityResult, History, PastBenefit
from jucai.policy.language import Evaluator, facts_used
from jucai.policy.parts import Exclusivity, Failing, Rule
from jucai.policy.programme import Programme
from jucai.policy.requirements import MissingItem, missing_items
from jucai.policy.uncertain import CannotTellError, number_bounds
from jucai.policy.vocabulary import expanded
from jucai.policy.windows import WindowAnswer, window_open
from models.money import Money


class Outcome(StrEnum):
    """What a rule found."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return _OUTCOME_LABELS[self]


_OUTCOME_LABELS = {
    Outcome.MET: "符合",
    Outcome.NOT_MET: "不符合",
    Outcome.CANNOT_TELL: "无法判断",
    Outcome.NOT_APPLICABLE: "不适用",
}


@dataclass(frozen=True, slots=True)
class UsedValue:
    """A value that a rule looked at: the fact, its wording, what was read, and where (page and box, if known)."""

    key: str
    label: str
    value: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found, with the article, the values used and a plain explanation."""

    code: str
    title: str
    article: str
    outcome: Outcome
    failing: Failing
    explanation: str
    used: tuple[UsedValue, ...] = ()
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole result. `amount` is None where it could not be computed; `amount_text` then says why.

    `group` is the exclusivity group in which a benefit granted on this result counts later.
    """

    programme: str
    version: str
    on: date
    eligible: Literal["yes", "no", "person"]
    findings: tuple[Finding, ...]
    missing: tuple[MissingItem, ...]
    award: str
    group: str
    amount: Money | None
    amount_text: str
    schedule: tuple[Instalment, ...]
    window: WindowAnswer
    example: bool
    borne: tuple[Borne, ...] = ()

    @property
    def reasons(self) -> tuple[Finding, ...]:
        """The findings that a person has to look at, refusals first."""
        order = {Failing.REJECT: 0, Failing.ASK: 1, Failing.FLAG: 2}
        open_ones = [f for f in self.findings if f.outcome in {Outcome.NOT_MET, Outcome.CANNOT_TELL}]
        return tuple(sorted(open_ones, key=lambda f: (f.outcome is Outcome.CANNOT_TELL, order[f.failing])))


@dataclass(frozen=True, slots=True)
class Shared:
    """What two versions have in common, so that a case under the second need not be looked at twice.

    `rules` are the codes of the rules that are the same; `missing` says that needs and papers are, `money` that awards
    and exclusivity rules are.
    """

    rules: frozenset[str]
    missing: bool
    money: bool

    @classmethod
    def of(cls, before: Programme, after: Programme) -> "Shared":
        """What of `before` may be taken over; nothing where the facts mean something else."""
        if before.vocabulary != after.vocabulary or before.code != after.code:
            return cls(frozenset(), missing=False, money=False)
        own = before.own_group == after.own_group
        limits = own and before.exclusivity == after.exclusivity
        old = {rule.code: rule for rule in before.rules}
        return cls(
            rules=frozenset(rule.code for rule in after.rules if old.get(rule.code) == rule),
            missing=(before.needs, before.papers) == (after.needs, after.papers),
            money=limits
            and (before.awards, before.choose, before.funding) == (after.awards, after.choose, after.funding),
        )


def assess(
    programme: Programme,
    facts: Mapping[str, str],
    documents: Sequence[str] = (),
    history: Sequence[PastBenefit] = (),
    on: date | None = None,
    *,
    where: Mapping[str, str] | None = None,
    known: tuple[Assessment, Shared] | None = None,
) -> Assessment:
    """Assess one application under one version of a programme.

    Args:
        programme: the version under which the case was accepted.
        facts: normalised values by key; an empty string is a box left blank.
        documents: codes of documents known to be there, or file names and titles to recognise them by.
        history: earlier benefits of the person and spouse.
        on: the day of the assessment; without it, the form's own `application_date`.
        where: for each fact, where it was read, to be shown in the trace.
        known: the same case on the same day under another version, and what the two have in common.
    """
    typed = Facts(facts, programme.vocabulary)
    day = on or _form_day(typed)
    past = History(history, day)
    rules = Evaluator(typed, past, day)
    trace = _Trace(programme, rules, where or {})
    other, shared = known or (None, _NOTHING)
    found = {finding.code: finding for finding in other.findings if finding.code in shared.rules} if other else {}
    findings = [found.get(rule.code) or trace.rule(rule) for rule in programme.rules]
    exclusive = [
        _looked_up(past.apply(rule, programme.own_group, facts.get("employer_name", "")), facts)
        for rule in programme.exclusivity
    ]
    findings += [_exclusivity_finding(result) for result in exclusive]
    window = window_open(programme.window, rules, typed, day)
    findings += [_window_finding(window)] if window.open is not True else []
    if other is not None and shared.money:
        title, group, amount, text, parts = other.award, other.group, other.amount, other.amount_text, other.schedule
    else:
        award, amount, text, parts = _best_award(programme, rules, past, day, exclusive)
        title, group = (award.title, award.group or "") if award else ("", "")
    findings += _requested(typed, amount, text)
    shares, text = _borne(programme, amount, text, rules)
    return Assessment(
        programme=programme.code,
        version=programme.version,
        on=day,
        eligible=_eligible(findings),
        findings=tuple(findings),
        missing=other.missing
        if other is not None and shared.missing
        else missing_items(programme, typed, rules, documents),
        award=title,
        group=group or programme.own_group,
        amount=amount,
        amount_text=text,
        schedule=parts,
        window=window,
        example=programme.example,
        borne=shares,
    )


_NOTHING = Shared(frozenset(), missing=False, money=False)


def _form_day(typed: Facts) -> date:
    if typed.readable("application_date"):
        day = typed.value("application_date")
        if isinstance(day, date):
            return day
    raise ValueError("没有指明评估日期，申请表上也没有填表日期")


def _eligible(findings: Sequence[Finding]) -> Literal["yes", "no", "person"]:
    answer: Literal["yes", "person"] = "yes"
    for finding in findings:
        if finding.outcome is Outcome.NOT_MET and finding.failing is Failing.REJECT:
            return "no"
        if finding.outcome in {Outcome.NOT_MET, Outcome.CANNOT_TELL} and finding.failing is not Failing.FLAG:
            answer = "person"
    return answer


class _Trace:
    """Evaluates rules and words their findings."""

    def __init__(self, programme: Programme, rules: Evaluator, where: Mapping[str, str]) -> None:
        self.programme, self.rules, self.where = programme, rules, where
        self.computes = any(fact.formula for fact in programme.own_facts.values())

    def rule(self, rule: Rule) -> Finding:
        self.rules.start_trace()
        failing = rule.failing
        try:
            if rule.when and not self.rules.result(rule.when):
                return self._finding(rule, Outcome.NOT_APPLICABLE, failing, "本件不适用此条")
            met = bool(self.rules.result(rule.test))
        except CannotTellError as error:
            return self._finding(rule, Outcome.CANNOT_TELL, rule.when_unknown, f"{error.reason}，请人工核对")
        return self._finding(rule, Outcome.MET if met else Outcome.NOT_MET, failing, "")

    def _finding(self, rule: Rule, outcome: Outcome, failing: Failing, remark: str) -> Finding:
        used = self._used(rule)
        shown = [f"{value.label}：{value.value}" for value in used]
        shown += [f"{label}：{value}" for label, value in self.rules.derived.items()]
        text = f"{outcome.label}“{rule.title}”（{rule.article}）"
        if shown:
            text += f"。{'，'.join(shown)}"
        if remark:
            text += f"。{remark}"
        advice = rule.advice if rule.advice and outcome is not Outcome.MET else ""
        return Finding(rule.code, rule.title, rule.article, outcome, failing, text, used, advice or "")

    def _used(self, rule: Rule) -> tuple[UsedValue, ...]:
        seen = self.rules.used
        keys = facts_used(rule.test)
        if self.computes:
            keys = expanded(keys, self.programme.vocabulary)
        return tuple(
            UsedValue(key, self.programme.label(key), seen[key], self.where.get(key, "")) for key in keys if key in seen
        )


def _looked_up(result: ExclusivityResult, facts: Mapping[str, str]) -> ExclusivityResult:
    """Nothing found about a spouse whose number nobody gave is no answer: a person has to ask."""
    asked = "spouse_id_number" in result.rule.facts
    if not asked or result.hits or facts.get("marital_status") != "已婚" or facts.get("spouse_id_number", "").strip():
        return result
    told = "已婚，但没有填写配偶身份证号，不能查询配偶是否享受，请人工核对"
    return replace(result, explanation=told, unknown=True)


def _exclusivity_finding(result: ExclusivityResult) -> Finding:
    rule: Exclusivity = result.rule
    outcome = Outcome.NOT_MET if result.broken else Outcome.CANNOT_TELL if result.unknown else Outcome.MET
    failing = Failing.ASK if result.unknown else rule.failing
    text = f"{outcome.label}“{rule.title}”（{rule.article}）。{result.explanation}"
    return Finding(rule.code, rule.title, rule.article, outcome, failing, text)


def _window_finding(window: WindowAnswer) -> Finding:
    outcome = Outcome.NOT_MET if window.open is False else Outcome.CANNOT_TELL
    return Finding("window", "在申报时间内", "申报时间", outcome, Failing.ASK, window.text)


def _best_award(
    programme: Programme, rules: Evaluator, past: History, day: date, exclusive: Sequence[ExclusivityResult]
) -> tuple[Award | None, Money | None, str, tuple[Instalment, ...]]:
    best: tuple[Award, Money, str] | None = None
    doubts: list[str] = []
    for award in programme.awards:
        try:
            if award.when and not rules.result(award.when):
                continue
            amount, text = total(award, rules, past)
        except CannotTellError as error:
            doubts.append(f"{award.title}：{error.reason}")
            continue
        if best is None or amount > best[1]:
            best = (award, amount, text)
        if programme.choose == "first":
            break
    if best is None:
        if not programme.awards:
            return None, None, "本项目不核定金额", ()
        return None, None, "金额无法核定，请人工核对：" + "；".join(doubts or ["没有适用的补贴标准"]), ()
    award, amount, text = best
    amount, text = _adjusted(amount, text, exclusive, award)
    try:
        parts = instalments(award.schedule, amount, day, rules, past)
    except CannotTellError as error:
        return award, amount, f"{text}。发放安排无法确定：{error.reason}", ()
    return award, amount, text, parts


def _adjusted(amount: Money, text: str, exclusive: Sequence[ExclusivityResult], award: Award) -> tuple[Money, str]:
    """The amount after shares of spouses and deductions of what was paid."""
    for result in exclusive:
        if result.share is not None:
            amount = amount.times(result.share / Decimal(100), unit_fen=award.unit_fen)
            text += f"；{result.explanation}，为{amount.yuan_text}元"
        if result.deduct:
            amount = max(Money(0), amount - result.deduct)
            text += f"；{result.explanation}，余{amount.yuan_text}元"
        if result.room is not None and result.room < amount:
            amount = result.room
            text += f"；{result.explanation}，为{amount.yuan_text}元"
    return amount, text


def _borne(programme: Programme, amount: Money | None, text: str, rules: Evaluator) -> tuple[tuple[Borne, ...], str]:
    """Which budgets bear the amount; where nobody can tell, the explanation says so and a person settles it."""
    if not programme.funding or amount is None:
        return (), text
    try:
        return borne(programme.funding, amount, rules), text
    except CannotTellError as error:
        return (), f"{text}。经费由谁承担无法确定：{error.reason}"


def _requested(typed: Facts, amount: Money | None, text: str) -> list[Finding]:
    """Tell when the form asks for another amount than the programme gives; the computed one counts."""
    if amount is None or not typed.readable("requested_amount"):
        return []
    asked = Money.rounded(number_bounds(typed.value("requested_amount"))[0])
    if asked == amount:
        return []
    told = f"申请{asked.yuan_text}元，按标准核算{amount.yuan_text}元（{text}），以核算金额为准"
    return [Finding("amount", "申请金额与核算一致", "补贴标准", Outcome.NOT_MET, Failing.FLAG, told)]
