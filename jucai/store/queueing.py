"""The waiting queue (轮候) of programmes with a yearly ceiling: who is paid now, who waits, and why."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from jucai.approval.state import CaseState, TaskPurpose, state_from_json
from jucai.clock import SHANGHAI
from jucai.policy import Evaluator, Facts, Money, Programme
from jucai.policy.funds import Claim, Place, allot, claim_values
from jucai.policy.history import History
from jucai.store.bureau import Bureau
from models.cases import Case
from models.effects import Instalment, PaymentList, PaymentState

Due = tuple[Instalment, Case]


@dataclass(frozen=True, slots=True)
class Queued:
    """One instalment that waits, its case, and where it stands in the queue of its programme."""

    part: Instalment
    case: Case
    place: Place


def within_budgets(session: Session, bureau: Bureau, due: Sequence[Due], today: date) -> tuple[list[Due], list[Queued]]:
    """Divide what is due into what the year's money reaches and what waits, by the programmes' own order.

    The budget of a programme is that of its version in force today, or of its newest one.
    """
    by_programme: dict[str, list[Due]] = defaultdict(list)
    for part, case in due:
        by_programme[case.programme].append((part, case))
    payable: list[Due] = []
    waiting: list[Queued] = []
    for code, rows in by_programme.items():
        programme = bureau.programmes.in_force(code, today) or bureau.programmes.get(code)
        if programme.budget is None:
            payable += rows
            continue
        known = {_name(part, case): (part, case) for part, case in rows}
        claims = [_claim(programme, part, case, today) for part, case in rows]
        for place in allot(programme.budget, committed(session, code, today.year), claims):
            part, case = known[place.claim.number]
            if place.granted:
                payable.append((part, case))
            else:
                waiting.append(Queued(part, case, place))
    payable.sort(key=lambda row: (row[1].number, row[0].number))
    return payable, waiting


def committed(session: Session, programme: str, year: int) -> Money:
    """What a programme has put on payment lists in a calendar year, whether paid already or not yet."""
    query = (
        select(func.coalesce(func.sum(Instalment.amount_fen), 0))
        .join(Case, col(Case.id) == col(Instalment.case_id))
        .join(PaymentList, col(PaymentList.id) == col(Instalment.list_id))
        .where(
            Case.programme == programme,
            col(Instalment.state).in_([PaymentState.LISTED, PaymentState.PAID]),
            col(PaymentList.created_at) >= datetime(year, 1, 1, tzinfo=SHANGHAI),
            col(PaymentList.created_at) < datetime(year + 1, 1, 1, tzinfo=SHANGHAI),
        )
    )
    return Money(int(session.exec(query).one()))


def queue_of(session: Session, bureau: Bureau, today: date) -> list[Queued]:
    """Everybody who waits for money today, by programme and place."""
    rows = session.exec(
        select(Instalment, Case)
        .join(Case, col(Case.id) == col(Instalment.case_id))
        .where(Instalment.state == PaymentState.DUE, col(Instalment.due_on) <= today)
    )
    _, waiting = within_budgets(session, bureau, [(row[0], row[1]) for row in rows], today)
    return sorted(waiting, key=lambda one: (one.case.programme, one.place.position))


def _claim(programme: Programme, part: Instalment, case: Case, today: date) -> Claim:
    assert programme.budget is not None
    state = state_from_json(case.full_state)
    rules = Evaluator(Facts(state.values(), programme.vocabulary), History((), today), today)
    return Claim(
        number=_name(part, case),
        amount=Money(part.amount_fen),
        approved=_approved(state, case),
        received=case.opened_at.date(),
        values=claim_values(programme.budget, rules),
    )


def _approved(state: CaseState, case: Case) -> date:
    """The day the case was approved: that of the last decision, which a meeting or the last reviewer gave."""
    decided = [t.decided_at for t in state.tasks if t.decided_at is not None and t.purpose is TaskPurpose.DECIDE]
    return max(decided).date() if decided else case.accepted_on or case.opened_at.date()


def _name(part: Instalment, case: Case) -> str:
    return f"{case.number}/{part.number:03}"
