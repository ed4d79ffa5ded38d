"""A changed calendar: every open case is counted again, once, and what ends on another day is written down."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from jucai.approval.commands import Advance
from jucai.approval.events import SYSTEM
from jucai.approval.refusals import Refusal
from jucai.approval.state import CLOSED, Phase
from jucai.store.bureau import Bureau, renewed
from jucai.store.cases import Order, execute_batch
from jucai.store.database import reading, transaction
from models.cases import Case, OfficeSetting

COUNTED = "calendar.counted"
"""The setting that names the calendar by which all open cases were last counted."""
_CHUNK = 100


@dataclass(frozen=True, slots=True)
class Recounted:
    """How many open cases were looked at, and what stood in the way of any."""

    cases: int
    faults: tuple[str, ...]


def to_recount(bureau: Bureau) -> bool:
    """Whether the calendar in force is another one than that by which the open cases were counted."""
    with reading(bureau.engine) as session:
        return _counted_by(session) != bureau.calendar.mark()


def recount_terms(bureau: Bureau) -> Recounted | None:
    """Count every open case by the calendar in force; None where that was done before.

    Killed half way, it begins anew: a case that was counted is as it should be, and nothing is written twice. The
    calendar is the one in force *now*, so that a process that began earlier does not count by an old one.
    """
    bureau = renewed(bureau)
    if not to_recount(bureau):
        return None
    last, cases, faults = 0, 0, list[str]()
    while True:
        with reading(bureau.engine) as session:
            rows = session.exec(
                select(Case.id, Case.number)
                .where(
                    col(Case.id) > last,
                    col(Case.phase).not_in([*(phase.value for phase in CLOSED), Phase.SUSPENDED.value]),
                )
                .order_by(col(Case.id))
                .limit(_CHUNK)
            ).all()
        if not rows:
            break
        last = rows[-1][0] or last
        done = execute_batch(bureau, [Order(number, Advance(), SYSTEM) for _, number in rows])
        cases += len(done)
        faults += [f"{number}：{one}" for (_, number), one in zip(rows, done, strict=True) if isinstance(one, Refusal)]
    with transaction(bureau.engine) as session:
        row = session.get(OfficeSetting, COUNTED) or OfficeSetting(key=COUNTED, value="")
        row.value = bureau.calendar.mark()
        session.add(row)
    return Recounted(cases, tuple(faults))


def _counted_by(session: Session) -> str:
    row = session.get(OfficeSetting, COUNTED)
    return row.value if row else ""
