"""What one transaction writes about its cases: gathered first, then written with one statement for each table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, cast

import sqlalchemy as sa

from jucai.approval.refusals import NonceUsed, Refusal, StaleRevision
from jucai.approval.state import CaseState
from jucai.store.outbox import ADD_MAILS
from jucai.store.prepared import Prepared, together, violated
from jucai.store.projections import ADD_TASKS, CHANGE_TASKS, TELL_AGAIN, TaskRows
from models.cases import Case, CaseEvent, UsedNonce

_CASES = cast("sa.Table", Case.__table__)  # type: ignore[attr-defined] # SQLModel gives it at run time
_EVENTS = cast("sa.Table", CaseEvent.__table__)  # type: ignore[attr-defined] # as above
_NONCES = cast("sa.Table", UsedNonce.__table__)  # type: ignore[attr-defined] # as above

Row = Mapping[str, Any]

_USUAL = ("stage", "changed_at", "next_due_at", "state", "revision", "last_hash")
_SELDOM = ("version", "applicant", "employer", "unit", "phase", "accepted_on", "amount_fen")
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
_BURN_NONCES = Prepared(_NONCES.insert().inline(), "nonce", "used_at")
_GUARDED = frozenset({_WRITE_USUAL, _WRITE_ALL})
"""Statements that have to find every row as it was seen."""
_KEYS: Mapping[str, type[Refusal]] = MappingProxyType({"used_nonce": NonceUsed, "case_event": StaleRevision})
"""What it means that a row of this table is there already: somebody was quicker at the same instant."""


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

    def write(self, connection: sa.Connection, commit: Callable[[], None] | None = None) -> None:
        """Write everything down, with `commit` for good, and begin anew.

        Raises `Overtaken` where a case is no longer the one that was seen, or a form was used meanwhile. Where all
        goes in one journey the commit goes with it, before any answer has come back: then it is the key over case
        and place in the history that stops the transaction, as nobody can write the same event of a case twice.
        """
        todo = self._todo()
        try:
            with together(connection) as in_one_journey:
                done = [(statement, statement.run_all(connection, rows), len(rows)) for statement, rows in todo]
                if not in_one_journey:
                    _see_that_all_were_found(done)
                if commit is not None:
                    commit()
        except sa.exc.IntegrityError as error:
            table = violated(error)
            if table not in _KEYS:
                raise
            raise Overtaken(_KEYS[table]()) from error
        if in_one_journey and commit is None:
            _see_that_all_were_found(done)
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


def _see_that_all_were_found(done: Sequence[tuple[Prepared, Any, int]]) -> None:
    for statement, cursor, wanted in done:
        if statement in _GUARDED and cursor.rowcount != wanted:
            raise Overtaken(StaleRevision())


def _seldom(state: CaseState) -> tuple[Any, ...]:
    return (
        state.version, state.applicant, state.unit, state.phase, state.accepted_on, state.amount_fen,
    )  # fmt: skip
