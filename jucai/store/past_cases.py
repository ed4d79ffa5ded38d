"""Past cases as the rules see them: for trying a changed programme on what was really applied for."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from jucai.policy.commands import Case as PolicyCase
from jucai.store.bureau import Bureau
from jucai.store.people import Relations, Who, counts_employers
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
    related = _with_relations(session)
    newest = bureau.programmes.get(programme)
    last = 0
    columns = (
        Case.id, Case.number, Case.version, Case.person_index, Case.spouse_index, Case.employer_key, Case.accepted_on,
        Case.opened_at, Case.application,
    )  # fmt: skip
    while True:
        # Columns only, a piece at a time: ten thousand cases are never in memory at once.
        query = sa.select(*columns).where(Case.programme == programme, col(Case.id) > last)  # type: ignore[call-overload] # SQLModel types columns as their values
        rows = session.execute(query.order_by(col(Case.id)).limit(_CHUNK)).all()
        if not rows:
            return
        several = {row.number: Who(row.person_index, row.spouse_index, row.employer_key) for row in rows}
        some = [who for who in several.values() if related(who) or counts_employers(newest)]
        found = Relations.read(session, bureau.programmes, newest, some)
        for row in rows:
            last = row.id
            day = row.accepted_on or row.opened_at.date()
            had = found.of(several[row.number], row.number, day)
            history = tuple(one for one in had if _before(one.granted, day))
            yield row.version, PolicyCase(_values(row.application), _papers(row.application), history, day, row.number)


def _before(granted: date | None, day: date) -> bool:
    return granted is None or granted < day


def _values(application: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(fact["value"]) for key, fact in application.get("facts", {}).items() if fact.get("value")}


def _papers(application: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(paper["name"]) for paper in application.get("papers", ()))


def _with_relations(session: Session) -> Callable[[Who], bool]:
    """Whether somebody has, or is named in, another case: only they have a history to be looked up."""
    query = select(Case.person_index).group_by(Case.person_index).having(func.count() > 1)
    several = frozenset(session.exec(query))
    spouses = frozenset(session.exec(select(Case.spouse_index).where(Case.spouse_index != "")))
    married = frozenset(session.exec(select(Case.person_index).where(col(Case.person_index).in_(spouses))))
    return lambda who: who.person in several or who.spouse in married or who.person in spouses
