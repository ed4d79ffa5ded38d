"""Running numbers, given out in the transaction that uses them, so that none is lost or used twice."""

import sqlalchemy as sa
from sqlmodel import Session

# In one statement: of two who take the very first number of a year at once, the second waits and takes the next.
_NEXT = sa.text(
    "INSERT INTO counter (name, year, value) VALUES (:name, :year, 1)"
    " ON CONFLICT (name, year) DO UPDATE SET value = counter.value + 1 RETURNING value"
)


def next_number(session: Session, name: str, year: int) -> int:
    """The next number of a series in a year, from 1."""
    return int(session.connection().execute(_NEXT, {"name": name, "year": year}).scalar_one())
