"""Past cases as the rules see them: for trying a changed programme on what was really applied for."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from jucai.policy.commands import Case as PolicyCase
from jucai.store.bureau import Bureau
from jucai.store.people import benefits, granted_to
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
    columns = (Case.id, Case.number, Case.version, Case.person_index, Case.accepted_on, Case.opened_at, Case.state)
    last = 0
    while True:
        # Columns only, a piece at a time: ten thousand cases are never in memory at once.
        query = select(*columns).where(Case.programme == programme, col(Case.id) > last)  # type: ignore[call-overload] # seven columns; the library types four
        rows = session.exec(query.order_by(col(Case.id)).limit(_CHUNK)).all()
        if not rows:
            return
        granted = granted_to(session, bureau.programmes, sorted({row[3] for row in rows} & several))
        for case_id, number, version, person, accepted_on, opened_at, state in rows:
            last = case_id
            day = accepted_on or opened_at.date()
            had = benefits(bureau.programmes, granted.get(person, []), number, day)
            history = tuple(one for one in had if _before(one.granted, day))
            yield version, PolicyCase(_values(state), _papers(state), history, day, number)


def _before(granted: date | None, day: date) -> bool:
    return granted is None or granted < day


def _values(state: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(fact["value"]) for key, fact in state.get("facts", {}).items() if fact.get("value")}


def _papers(state: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(paper["name"]) for paper in state.get("papers", ()))


def _with_several_cases(session: Session) -> frozenset[str]:
    """The persons who have more than one case of any programme: only they have a history to be looked up."""
    query = select(Case.person_index).group_by(Case.person_index).having(func.count() > 1)
    return frozenset(session.exec(query))
