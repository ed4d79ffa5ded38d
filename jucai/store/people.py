"""What a person had before: their other cases, found by the keyed hash of the identity number."""

from collections import defaultdict
from collections.abc import Sequence
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
    found = granted_to(session, programmes, [person_index]).get(person_index, [])
    return benefits(programmes, found, number, today)


Granted = list[tuple[Case, CaseState]]


def granted_to(session: Session, programmes: ProgrammeBook, persons: Sequence[str]) -> dict[str, Granted]:
    """The cases in which something was granted, by person."""
    rows = session.exec(
        select(Case).where(
            # Named, so that the index over programme and person is used: a scan would read every case there is.
            col(Case.programme).in_(programmes.codes()),
            col(Case.person_index).in_(persons),
            col(Case.phase).not_in(_NOTHING_GRANTED),
        )
    )
    found: dict[str, Granted] = defaultdict(list)
    for row in rows:
        if row.state.get("parts") or row.state.get("appointment"):
            found[row.person_index].append((row, state_from_json(row.state)))
    return found


def benefits(programmes: ProgrammeBook, granted: Granted, number: str, today: date) -> tuple[PastBenefit, ...]:
    """What these cases, but for `number`, mean to the rules on that day."""
    return tuple(_benefit(programmes, row, state, today) for row, state in granted if row.number != number)


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
