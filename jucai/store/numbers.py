"""Running numbers, given out in the transaction that uses them, so that none is lost or used twice."""

from sqlmodel import Session, select

from models.cases import Counter


def next_number(session: Session, name: str, year: int) -> int:
    """The next number of a series in a year, from 1."""
    row = session.exec(select(Counter).where(Counter.name == name, Counter.year == year).with_for_update()).first()
    if row is None:
        row = Counter(name=name, year=year, value=0)
    row.value += 1
    session.add(row)
    session.flush()
    return row.value
