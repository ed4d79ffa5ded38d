"""Past cases as the rules see them: for trying a changed programme on what was really applied for."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, col, func, select

from jucai.policy import PastBenefit
from jucai.policy.commands import Case as PolicyCase
from jucai.store.bureau import Bureau
from jucai.store.people import benefits_of
from models.cases import Case

_CHUNK = 500


def count_cases(session: Session, programme: str) -> int:
    """How many cases of a programme there are."""
    return int(session.exec(select(func.count()).select_from(Case).where(Case.programme == programme)).one())


def past_cases(session: Session, bureau: Bureau, programme: str) -> Iterator[tuple[str, PolicyCase]]:
    """Every case of a programme, with the name of its version, in the order of numbers.

    Facts are as they stand now, with what clerks corrected; the day is that of acceptance, else of receipt. Of the
    person's other benefits only those granted before that day count.
    """
    several = _with_several_cases(session)
    last = 0
    while True:
        rows = session.exec(
            select(Case).where(Case.programme == programme, col(Case.id) > last).order_by(col(Case.id)).limit(_CHUNK)
        ).all()
        if not rows:
            return
        for row in rows:
            assert row.id is not None
            last = row.id
            day = row.accepted_on or row.opened_at.date()
            history: tuple[PastBenefit, ...] = ()
            if row.person_index in several:
                found = benefits_of(session, bureau.programmes, row.person_index, row.number, day)
                history = tuple(one for one in found if _before(one.granted, day))
            yield row.version, PolicyCase(_values(row), _papers(row), history, day, row.number)
        session.expunge_all()  # ten thousand cases are not kept in memory


def _before(granted: date | None, day: date) -> bool:
    return granted is None or granted < day


def _values(row: Case) -> dict[str, str]:
    return {key: str(fact["value"]) for key, fact in row.state.get("facts", {}).items() if fact.get("value")}


def _papers(row: Case) -> tuple[str, ...]:
    return tuple(str(paper["name"]) for paper in row.state.get("papers", ()))


def _with_several_cases(session: Session) -> frozenset[str]:
    """The persons who have more than one case of any programme: only they have a history to be looked up."""
    query = select(Case.person_index).group_by(Case.person_index).having(func.count() > 1)
    return frozenset(session.exec(query))
