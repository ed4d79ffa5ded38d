"""Running a programme's examples about money after the decision: repayment, change of level, waiting queue."""

from collections.abc import Iterator

from jucai.policy.calendar import WorkCalendar
from jucai.policy.errors import PolicyError
from jucai.policy.example_kinds import LevelExample, QueueExample, RepaymentExample
from jucai.policy.funds import Claim, allot, claim_values
from jucai.policy.programme import Programme
from jucai.policy.relevelling import evaluator, level_change
from jucai.policy.repaying import NoRepaymentRuleError, Paid, repayment
from jucai.policy.uncertain import CannotTellError
from models.money import Money


def repayment_differences(programme: Programme, example: RepaymentExample, calendar: WorkCalendar) -> Iterator[str]:
    """What comes out otherwise than a repayment example says, in words."""
    paid = [Paid(part.yuan, part.on) for part in example.paid]
    rules = evaluator(programme, example.facts, example.left)
    try:
        found = repayment(programme.repayment, example.cause, paid, example.left, rules, calendar, told=example.told)
    except NoRepaymentRuleError:
        yield from _unlike("应退还", example.amount, "none")
        return
    except CannotTellError as error:
        yield f"应退还应为 {example.amount}，得到：{error.reason}"
        return
    yield from _unlike("应退还", _amount(example.amount), plain_yuan(found.amount))
    if example.due is not None:
        yield from _unlike("退还期限", example.due.isoformat(), found.due.isoformat() if found.due else "none")
    if example.barred_until is not None:
        got = found.barred_until.isoformat() if found.barred_until else "none"
        yield from _unlike("不得申报至", example.barred_until.isoformat(), got)


def level_differences(programme: Programme, example: LevelExample) -> Iterator[str]:
    """What comes out otherwise than an example of a change of level says, in words."""
    try:
        parts = level_change(programme, example.granted, example.facts, example.changed_facts, example.changed)
    except PolicyError as error:
        yield f"各期应为 {'、'.join(example.amounts)}，得到：{error}"
        return
    yield from _unlike("各期", "、".join(example.amounts), "、".join(plain_yuan(part.after) for part in parts))


def queue_differences(programme: Programme, example: QueueExample) -> Iterator[str]:
    """What comes out otherwise than an example of the waiting queue says, in words."""
    assert programme.budget is not None, "an example without a budget is refused when the file is read"
    claims = [
        Claim(
            one.number,
            one.yuan,
            one.approved,
            one.received or one.approved,
            claim_values(programme.budget, evaluator(programme, one.facts, one.approved)),
        )
        for one in example.claims
    ]
    places = allot(programme.budget, example.committed, claims)
    granted = "、".join(place.claim.number for place in places if place.granted)
    waiting = "、".join(place.claim.number for place in places if not place.granted)
    yield from _unlike("可以拨付", "、".join(example.granted), granted)
    yield from _unlike("轮候", "、".join(example.waiting), waiting)


def plain_yuan(amount: Money) -> str:
    """An amount as examples write it: 12000 or 12000.50."""
    return str(amount.yuan).removesuffix(".00")


def _amount(text: str) -> str:
    return text if text == "none" else plain_yuan(Money.from_yuan(text))


def _unlike(what: str, wanted: str, got: str) -> Iterator[str]:
    if wanted != got:
        yield f"{what}应为 {wanted or '（无）'}，得到 {got or '（无）'}"
