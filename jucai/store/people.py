"""What a person had before: their other cases, found by the keyed hash of the identity number."""

from datetime import date

from sqlmodel import Session, col, select

from jucai.approval.state import CaseState, PartState, Phase, state_from_json
from jucai.policy import PastBenefit, ProgrammeBook, Standing
from models.cases import Case
from models.money import Money

_NOTHING_GRANTED = (Phase.REFUSED, Phase.WITHDRAWN)


def benefits_of(
    session: Session, programmes: ProgrammeBook, person_index: str, number: str, today: date
) -> tuple[PastBenefit, ...]:
    """The benefits of a person in cases other than `number`: running ones, and ended ones with what was paid."""
    rows = session.exec(
        select(Case).where(
            Case.person_index == person_index,
            Case.number != number,
            col(Case.phase).not_in(_NOTHING_GRANTED),
        )
    )
    states = ((row, state_from_json(row.state)) for row in rows)
    return tuple(_benefit(programmes, row, state, today) for row, state in states if state.parts or state.appointment)


def _benefit(programmes: ProgrammeBook, row: Case, state: CaseState, today: date) -> PastBenefit:
    programme = programmes.get(row.programme, row.version)
    paid = [part for part in state.parts if part.state is PartState.PAID]
    return PastBenefit(
        programme=row.programme,
        group=programme.own_group,
        standing=_standing(state, today),
        paid=Money(sum(part.plan.amount_fen for part in paid)),
        months=int(state.values().get("subsidy_months", "0") or 0) if paid else 0,
        granted=state.accepted_on,
        until=state.appointment.last if state.appointment else None,
        case_number=row.number,
        employer=row.employer,
        title=programme.short_title,
    )


def _standing(state: CaseState, today: date) -> Standing:
    appointed = state.appointment is not None and state.appointment.last >= today
    return Standing.ENDED if state.closed and not appointed else Standing.ACTIVE
