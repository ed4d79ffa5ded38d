"""What a benefit that ended early leaves to be given back: reckoned from a case, for a person to decide on (追回)."""

from datetime import date

from jucai.approval.state import CaseState, PartState
from jucai.policy import CannotTellError, Money, Programme, WorkCalendar
from jucai.policy.relevelling import evaluator
from jucai.policy.repaying import Cause, NoRepaymentRuleError, Paid, Repayment, repayment


def owed(
    state: CaseState, programme: Programme, cause: Cause, left: date, calendar: WorkCalendar, told: date | None = None
) -> Repayment:
    """What has to be given back of the parts paid so far; nothing is changed.

    Raises:
        NoRepaymentRuleError: the programme says nothing about it, or a fact that its rule needs is missing.
    """
    paid = [
        Paid(Money(part.plan.amount_fen), part.paid_on)
        for part in state.parts
        if part.state is PartState.PAID and part.paid_on is not None
    ]
    rules = evaluator(programme, state.values(), state.accepted_on or left)
    try:
        return repayment(programme.repayment, cause, paid, left, rules, calendar, told=told)
    except CannotTellError as error:
        raise NoRepaymentRuleError(f"{error.reason}，不能计算应退还的金额，请人工处理") from error


def owed_words(state: CaseState, programme: Programme, left: date, calendar: WorkCalendar) -> str:
    """What is told to who ended a paid benefit on a ground; empty where nothing was paid or no ground was given."""
    if not state.ended_ground or not any(part.paid_on for part in state.parts):
        return ""
    try:
        found = owed(state, programme, Cause(state.ended_ground), left, calendar)
    except NoRepaymentRuleError as error:
        return str(error)
    return f"追回测算（由您决定）：{found.explanation}"
