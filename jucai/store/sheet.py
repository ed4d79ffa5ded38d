"""What one transaction writes about its cases: gathered first, then written with one statement for each table."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, cast

import sqlalchemy as sa

from jucai.approval.refusals import NonceUsed, Refusal, StaleRevision
from jucai.approval.state import CaseState
from jucai.store.outbox import ADD_MAILS
from jucai.store.prepared import Prepared, refused_by, together
from jucai.store.projections import ADD_TASKS, CHANGE_TASKS, TELL_AGAIN, TaskRows
from models.cases import Case, CaseEvent, UsedNonce

_CASES = cast("sa.Table", Case.__table__)  # type: ignore[attr-defined] # SQLModel gives it at run time
_EVENTS = cast("sa.Table", CaseEvent.__table__)  # type: ignore[attr-defined] # as above
_NONCES = cast("sa.Table", UsedNonce.__table__)  # type: ignore[attr-defined] # as above

Row = Mapping[str, Any]

_USUAL = ("stage", "changed_at", "next_due_at", "state", "last_hash")
_SELDOM = (
    "version", "applicant", "employer", "unit", "phase", "accepted_on", "amount_fen",
    "person_index", "spouse_index", "employer_key",
)  # fmt: skip
"""Columns most decisions leave alone; SQLite touches the index of every column that is written, changed or not."""


def _writing(*columns: str) -> Prepared:
    """A row that is no longer as it was seen gets no revision, which the table refuses: with it goes all else."""
    as_seen = (_CASES.c.last_hash == sa.bindparam("seen"), sa.bindparam("revision", type_=sa.Integer))
    return Prepared(
        _CASES.update()
        .where(_CASES.c.id == sa.bindparam("of_id"))
        .values({name: sa.bindparam(name) for name in columns} | {"revision": sa.case(as_seen)})
    )


_WRITE_USUAL = _writing(*_USUAL)
_WRITE_ALL = _writing(*_USUAL, *_SELDOM)
_WRITE_DUE = Prepared(
    _CASES.update().where(_CASES.c.id == sa.bindparam("of_id")).values(next_due_at=sa.bindparam("next_due_at"))
)
_ADD_EVENTS = Prepared(_EVENTS.insert().inline(), *(column.name for column in _EVENTS.columns if column.name != "id"))
_BURN_NONCES = Prepared(_NONCES.insert().inline(), "nonce", "used_at")
_REFUSALS: Mapping[str, type[Refusal]] = MappingProxyType(
    {"office_case.revision": StaleRevision, "case_event": StaleRevision, "used_nonce": NonceUsed}
)
"""What it means that the database does not take a row: somebody was quicker at the same instant."""


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

    def case(self, case_id: int, seen: str, columns: Row, before: CaseState | None, after: CaseState) -> None:
        """Write the row of a case whose last event is still the one with the seal `seen`."""
        row = {**columns, "of_id": case_id, "seen": seen}
        same = before is not None and _seldom(before) == _seldom(after)
        (self.usual if same else self.whole).append(row)

    def write(self, connection: sa.Connection, commit: Callable[[], None] | None = None) -> None:
        """Write everything down, with `commit` for good, and begin anew.

        Raises `Overtaken` where a case is no longer the one that was seen, or a form was used meanwhile. On PostgreSQL
        the commit travels with the rows, before any answer has come back: the tables themselves refuse.
        """
        todo = self._todo()
        try:
            with together(connection):
                for statement, rows in todo:
                    statement.run_all(connection, rows)
                if commit is not None:
                    commit()
        except sa.exc.DBAPIError as error:
            if commit is not None:  # it has not happened, but SQLAlchemy may take the transaction for ended
                with suppress(connection.dialect.loaded_dbapi.Error):  # of a connection that is gone
                    connection.connection.rollback()
            refusal = _REFUSALS.get(refused_by(error))
            if refusal is None:
                raise
            raise Overtaken(refusal()) from error
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
