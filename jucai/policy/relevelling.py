"""The two plans of a benefit whose level changed while it is paid: that of the old level and that of the new one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jucai.policy.amounts import Award
from jucai.policy.assessment import assess
from jucai.policy.computing import Instalment, instalments, total
from jucai.policy.errors import PolicyError
from jucai.policy.facts import Facts
from jucai.policy.history import History
from jucai.policy.language import Evaluator
from jucai.policy.levels import Revised, revise
from jucai.policy.programme import Programme
from jucai.policy.uncertain import CannotTellError


@dataclass(frozen=True, slots=True)
class TwoPlans:
    """The award, and its parts at the old and at the new level, both from the day it was granted."""

    award: Award
    before: tuple[Instalment, ...]
    after: tuple[Instalment, ...]


def evaluator(programme: Programme, facts: Mapping[str, str], on: date) -> Evaluator:
    """What rules are asked of, for a case without history."""
    return Evaluator(Facts(facts, programme.vocabulary), History((), on), on)


def two_plans(
    programme: Programme, granted: date, facts: Mapping[str, str], changed_facts: Mapping[str, str]
) -> TwoPlans:
    """Both plans, without regard to earlier benefits.

    Raises:
        PolicyError: one of the two levels gives no amount.
    """
    old = assess(programme, facts, on=granted)
    award = next((award for award in programme.awards if award.title == old.award), None)
    if award is None or not old.schedule:
        raise PolicyError(f"变动前没有核定金额：{old.amount_text}")
    rules = evaluator(programme, {**facts, **changed_facts}, granted)
    past = History((), granted)
    try:
        amount, _ = total(award, rules, past)
        return TwoPlans(award, old.schedule, instalments(award.schedule, amount, granted, rules, past))
    except CannotTellError as error:
        raise PolicyError(f"变动后不能核定金额：{error.reason}") from error


def level_change(
    programme: Programme, granted: date, facts: dict[str, str], changed_facts: dict[str, str], changed: date
) -> tuple[Revised, ...]:
    """The parts of a benefit before and after a change of level.

    Raises:
        LevelChangeError: the programme has no rule for it.
        PolicyError: one of the two levels gives no amount.
    """
    plans = two_plans(programme, granted, facts, changed_facts)
    return revise(programme.level_change, plans.award.schedule, plans.before, plans.after, changed)
