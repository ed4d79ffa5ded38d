"""What one transaction writes about its cases: gathered first, then written with one statement for each table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, cast

import sqlalchemy as sa

from jucai.approval.refusals import NonceUsed, Refusal, StaleRevision
from jucai.approval.state import CaseState
from jucai.store.outbox import ADD_MAILS
from jucai.store.prepared import Prepared, together
from jucai.store.projections import ADD_TASKS, CHANGE_TASKS, TELL_AGAIN, TaskRows
from models.base import Moment
from models.cases import Case, CaseEvent

_CASES = cast("sa.Table", Case.__table__)  # type: ignore[attr-defined] # SQLModel gives it at run time
_EVENTS = cast("sa.Table", CaseEvent.__table__)  # type: ignore[attr-defined] # as above

Row = Mapping[str, Any]

_USUAL = ("stage", "changed_at", "next_due_at", "state", "revision", "last_hash")
_SELDOM = (
    "version", "applicant", "employer", "unit", "phase", "accepted_on", "amount_fen",
    "person_index", "spouse_index", "employer_key",
)  # fmt: skip
"""Columns most decisions leave alone; SQLite touches the index of every column that is written, changed or not."""


def _writing(*columns: str) -> Prepared:
    return Prepared(
        _CASES.update()
        .where(_CASES.c.id == sa.bindparam("of_id"), _CASES.c.revision == sa.bindparam("seen"))
        .values({name: sa.bindparam(name) for name in columns})
    )


_WRITE_USUAL = _writing(*_USUAL)
_WRITE_ALL = _writing(*_USUAL, *_SELDOM)
_WRITE_DUE = Prepared(
    _CASES.update().where(_CASES.c.id == sa.bindparam("of_id")).values(next_due_at=sa.bindparam("next_due_at"))
)
_ADD_EVENTS = Prepared(_EVENTS.insert().inline(), *(column.name for column in _EVENTS.columns if column.name != "id"))
# A second use at the same instant waits for the first and then adds nothing.
_BURN_NONCES = Prepared(
    sa.text("INSERT INTO used_nonce (nonce, used_at) VALUES (:nonce, :used_at) ON CONFLICT DO NOTHING").bindparams(
        sa.bindparam("used_at", type_=Moment())
    )
)
_REFUSALS: Mapping[Prepared, type[Refusal]] = MappingProxyType(
    {_WRITE_USUAL: StaleRevision, _WRITE_ALL: StaleRevision, _BURN_NONCES: NonceUsed}
)
"""What it means that a statement did not find every row as it was seen."""


class Overtaken(Exception):  # noqa: N818 - named for what is wrong
    """Somebody else was there at the same instant: the transaction cannot go on, and `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


@dataclass(slots=True)
class Sheet:
    """The rows of a transaction that are not written yet."""

    usual: list[Row] = field(default_factory=list)
    whole: list[Row] = field(default_factory=list)
    due: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    tasks: TaskRows = field(default_factory=TaskRows)
    mails: list[Row] = field(default_factory=list)
    nonces: list[Row] = field(default_factory=list)

    def case(self, case_id: int, seen: int, columns: Row, before: CaseState | None, after: CaseState) -> None:
        """Write the row of a case whose revision is still the one `seen`."""
        row = {**columns, "of_id": case_id, "seen": seen}
        same = before is not None and _seldom(before) == _seldom(after)
        (self.usual if same else self.whole).append(row)

    def write(self, connection: sa.Connection) -> None:
        """Write everything down, and begin anew.

        Raises `Overtaken` where a case is no longer the one that was seen, or a form was used meanwhile.
        """
        todo = self._todo()
        if not todo:
            return
        with together(connection):
            done = [(statement, statement.run_all(connection, rows), len(rows)) for statement, rows in todo]
        for statement, cursor, wanted in done:
            if statement in _REFUSALS and cursor.rowcount != wanted:
                raise Overtaken(_REFUSALS[statement]())
        for _, rows in todo:
            rows.clear()

    def _todo(self) -> list[tuple[Prepared, list[Row]]]:
        everything = (
            (_WRITE_USUAL, self.usual),
            (_WRITE_ALL, self.whole),
            (_WRITE_DUE, self.due),
            (_BURN_NONCES, self.nonces),
            (_ADD_EVENTS, self.events),
            (ADD_TASKS, self.tasks.fresh),
            (CHANGE_TASKS, self.tasks.changed),
            (TELL_AGAIN, self.tasks.told_again),
            (ADD_MAILS, self.mails),
        )
        return [(statement, rows) for statement, rows in everything if rows]


_IDENTITY = ("id_number", "spouse_id_number", "employer_name")


def _seldom(state: CaseState) -> tuple[Any, ...]:
    return (
        state.version, state.applicant, state.unit, state.phase, state.accepted_on, state.amount_fen,
        *(state.value(key) for key in _IDENTITY),
    )  # fmt: skip
