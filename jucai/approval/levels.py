"""A change of level while a subsidy is being paid (人才层次变更): the parts still to come, at the new standard."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jucai.approval import events as ev
from jucai.approval.commands import ChangeLevel
from jucai.approval.entitled import need_head
from jucai.approval.labels import PHASE_LABELS
from jucai.approval.proceeding import Proceeding
from jucai.approval.refusals import BadCommand, LevelRefused, NotNow
from jucai.approval.state import CaseState, Part, PartState, Phase, PlannedPart
from jucai.approval.tasks import need_reason
from jucai.policy import Instalment, Money, PolicyError, Programme
from jucai.policy.amounts import facts_of_award
from jucai.policy.functions import add_months
from jucai.policy.levels import Revised, revise
from jucai.policy.relevelling import two_plans
from jucai.policy.vocabulary import expanded

_WHAT = "变更层次"
CHANGEABLE = frozenset({PartState.PLANNED, PartState.RECHECKING, PartState.RELEASED})
"""What is not on a payment list yet can still be another amount."""


@dataclass(frozen=True, slots=True)
class Relevelled:
    """What a change of level means for a case; `owed_fen` is the difference of parts already paid or listed.

    `parts` are the plans of all parts afterwards; where parts are open, the next one has that difference in it.
    """

    parts: tuple[PlannedPart, ...]
    revised: tuple[Revised, ...]
    owed_fen: int

    @property
    def explanation(self) -> str:
        """Which parts change, and why."""
        lines = [
            f"第{one.n}期由{one.before.yuan_text}元改为{one.after.yuan_text}元（{one.why}）"
            for one in self.revised
            if one.difference
        ]
        if self.owed_fen:
            word = "补发" if self.owed_fen > 0 else "扣回"
            lines.append(f"已列入清单或已拨付的各期差额{Money(abs(self.owed_fen)).yuan_text}元，在下一期{word}")
        return "；".join(lines) or "各期金额不变"


def change_level(go: Proceeding, command: ChangeLevel) -> None:
    """Put the parts still to come on the new standard; the head of the bureau decides, a paid part is never touched."""
    state = go.state
    if state.phase is not Phase.PAYING:
        raise NotNow(_WHAT, PHASE_LABELS[state.phase])
    need_head(go, command.officer, _WHAT)
    why = need_reason(command.why, _WHAT)
    if command.on > go.today:
        raise BadCommand(_WHAT, "变更日期不能晚于今天")
    found = relevel(state, go.programme, command.values, command.on)
    if not any(one.difference for one in found.revised):
        raise LevelRefused("按新的层次各期金额不变")
    if not any(part.state in CHANGEABLE for part in state.parts):
        raise LevelRefused(f"各期都已列入清单或已拨付，差额{Money(found.owed_fen).yuan_text}元请另行办理")
    go.happen(ev.LevelChanged(command.on, dict(command.values), found.parts, found.explanation, why))


def relevel(state: CaseState, programme: Programme, values: Mapping[str, str], on: date) -> Relevelled:
    """What another level from the day `on` means; nothing is changed.

    Raises:
        LevelRefused: the programme has no rule for it, nothing hangs on these values, or the amounts granted are not
            those of the rules alone (a share, a deduction, an earlier change): then a person computes.
    """
    if not state.parts:
        raise LevelRefused("还没有核定金额，请更正填报内容后重新核算")
    granted = _granted(state)
    if on < granted:
        raise LevelRefused(f"变更日期早于核定发放的日期（{granted:%Y-%m-%d}）")
    try:
        plans = two_plans(programme, granted, state.values(), values)
        strangers = sorted(set(values) - set(expanded(facts_of_award(plans.award), programme.vocabulary)))
        if strangers:
            raise LevelRefused(f"金额与{'、'.join(map(programme.label, strangers))}无关")
        ours = tuple(_instalment(part) for part in state.parts)
        revised = revise(programme.level_change, plans.award.schedule, ours, plans.after, on)
    except PolicyError as error:
        raise LevelRefused(str(error)) from error
    for one, by_rule in zip(revised, plans.before, strict=True):
        if one.difference and one.before != by_rule.amount:
            told = f"第{one.n}期核定{one.before.yuan_text}元，按规则应为{by_rule.amount.yuan_text}元"
            raise LevelRefused(f"{told}（有夫妻比例、扣除或此前的变更），请人工核算")
    return _with_difference(state.parts, revised)


def _with_difference(parts: tuple[Part, ...], revised: tuple[Revised, ...]) -> Relevelled:
    """Open parts as revised; what was paid by the old standard after the change is made good with the next one."""
    owed = sum(one.difference.fen for part, one in zip(parts, revised, strict=True) if part.state not in CHANGEABLE)
    plans, left = [], owed
    for part, one in zip(parts, revised, strict=True):
        amount = part.plan.amount_fen
        if part.state in CHANGEABLE:
            amount, left = one.after.fen + left, 0
            if amount <= 0:
                told = f"已多发{Money(-owed).yuan_text}元，不少于下一期的{one.after.yuan_text}元，不能在下一期扣回"
                raise LevelRefused(f"{told}，请按追回办理（jucai programmes repayment）")
        plans.append(replace(part.plan, amount_fen=amount))
    return Relevelled(tuple(plans), revised, owed)


def _instalment(part: Part) -> Instalment:
    plan = part.plan
    return Instalment(plan.number, plan.count, 0, plan.due_on, Money(plan.amount_fen), plan.recheck)


def _granted(state: CaseState) -> date:
    """The day from which the parts were counted: the last days of a month do not come back by subtraction alone."""
    months = {part.number: part.after_months for part in state.schedule}
    due = {part.plan.number: part.plan.due_on for part in state.parts}
    first = add_months(due[state.parts[0].plan.number], -months.get(state.parts[0].plan.number, 0))
    for late in range(4):
        day = first + timedelta(days=late)
        if all(add_months(day, months.get(number, 0)) == last for number, last in due.items()):
            return day
    return first
