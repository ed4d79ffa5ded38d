"""What one transaction writes about its cases: gathered first, then written with one statement for each table."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, cast

import sqlalchemy as sa

from jucai.approval.refusals import NonceUsed, Refusal, StaleRevision
from jucai.store.at_once import ADDED_EVENT, ADDED_NONCE, write_at_once
from jucai.store.outbox import ADD_MAILS
from jucai.store.prepared import Prepared, refused_by, together
from jucai.store.projections import ADD_TASKS, CHANGE_TASKS, TELL_AGAIN, TaskRows
from jucai.store.remembered import Head
from models.cases import Case, CaseEvent, UsedNonce

_CASES = cast("sa.Table", Case.__table__)  # type: ignore[attr-defined] # SQLModel gives it at run time
_EVENTS = cast("sa.Table", CaseEvent.__table__)  # type: ignore[attr-defined] # as above
_NONCES = cast("sa.Table", UsedNonce.__table__)  # type: ignore[attr-defined] # as above

Row = Mapping[str, Any]

_IDLE = 0
"""PQTRANS_IDLE (https://www.postgresql.org/docs/current/libpq-status.html)."""

_ALWAYS = ("stage", "changed_at", "state", "last_hash")
_APPLICATION = (
    "version", "applicant", "employer", "unit", "phase", "accepted_on", "amount_fen",
    "person_index", "spouse_index", "employer_key", "application",
)  # fmt: skip
"""Columns most decisions leave alone, as many do `next_due_at`: SQLite touches the index of every column that is
written, changed or not, and each page it touches goes to the disk once more."""


def _writing(*columns: str) -> sa.Update:
    """A row that is no longer as it was seen gets no revision, which the table refuses: with it goes all else.

    Where the mirror has not caught up, no index of the row changes with most decisions: PostgreSQL then writes the row
    in its place, and none of the indexes.
    """
    as_seen = (_CASES.c.last_hash == sa.bindparam("seen"), sa.bindparam("revision", type_=sa.Integer))
    return (
        _CASES.update()
        .where(_CASES.c.id == sa.bindparam("of_id"))
        .values({name: sa.bindparam(name) for name in columns} | {"revision": sa.case(as_seen), "to_mirror": sa.true()})
    )


_ON_AND_DUE = _writing(*_ALWAYS, "next_due_at")
_WHOLE = _writing(*_ALWAYS, "next_due_at", *_APPLICATION)
_WRITE_ON, _WRITE_ON_AND_DUE, _WRITE_WHOLE = Prepared(_writing(*_ALWAYS)), Prepared(_ON_AND_DUE), Prepared(_WHOLE)
_WRITE_DUE = Prepared(
    _CASES.update().where(_CASES.c.id == sa.bindparam("of_id")).values(next_due_at=sa.bindparam("next_due_at"))
)
_ADD_EVENTS = Prepared(_EVENTS.insert().inline(), *ADDED_EVENT)
_BURN_NONCES = Prepared(_NONCES.insert().inline(), *ADDED_NONCE)
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

    same_due: list[Row] = field(default_factory=list)
    new_due: list[Row] = field(default_factory=list)
    all_new: list[Row] = field(default_factory=list)
    due: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    tasks: TaskRows = field(default_factory=TaskRows)
    mails: list[Row] = field(default_factory=list)
    nonces: list[Row] = field(default_factory=list)

    def progress(self, head: Head, columns: Row, *, locked: bool) -> None:
        """Write how far a case is whose last event is still the one `head` says.

        Of a row that is `locked` it is known when it was due: what did not change is not written.
        """
        same = locked and columns["next_due_at"] == head.next_due_at
        (self.same_due if same else self.new_due).append(_seen(head, columns))

    def whole(self, head: Head, columns: Row) -> None:
        """Write everything about a case whose last event is still the one `head` says."""
        self.all_new.append(_seen(head, columns))

    def write(self, connection: sa.Connection, commit: Callable[[], None] | None = None) -> None:
        """Write everything down, with `commit` for good, and begin anew.

        Raises `Overtaken` where a case is no longer the one that was seen, or a form was used meanwhile. On PostgreSQL
        the commit travels with the rows, before any answer has come back: the tables themselves refuse.
        """
        todo = self._todo()
        if not todo and commit is None:
            return
        try:
            if commit is not None and self._is_one_decision() and _at_rest(connection):
                self._write_at_once(connection)
                commit()
            else:
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

    def _is_one_decision(self) -> bool:
        """Whether all that is to be written is of one case, and no row twice: one statement cannot do that."""
        return len(self.new_due) + len(self.all_new) == 1 and not (self.same_due or self.due or self.tasks.told_again)

    def _write_at_once(self, connection: sa.Connection) -> None:
        rows = {
            "nonces": self.nonces,
            "events": self.events,
            "fresh": self.tasks.fresh,
            "changed": self.tasks.changed,
            "mails": self.mails,
        }
        update, case = (_ON_AND_DUE, self.new_due[0]) if self.new_due else (_WHOLE, self.all_new[0])
        write_at_once(connection, update, case, {kind: some for kind, some in rows.items() if some})

    def _todo(self) -> list[tuple[Prepared, list[Row]]]:
        everything = (
            (_WRITE_ON, self.same_due),
            (_WRITE_ON_AND_DUE, self.new_due),
            (_WRITE_WHOLE, self.all_new),
            (_WRITE_DUE, self.due),
            (_BURN_NONCES, self.nonces),
            (_ADD_EVENTS, self.events),
            (ADD_TASKS, self.tasks.fresh),
            (CHANGE_TASKS, self.tasks.changed),
            (TELL_AGAIN, self.tasks.told_again),
            (ADD_MAILS, self.mails),
        )
        return [(statement, rows) for statement, rows in everything if rows]


def _at_rest(connection: sa.Connection) -> bool:
    """Whether the server has not been asked anything in this transaction yet, so that it needs none."""
    driver = connection.connection.dbapi_connection
    pgconn = getattr(driver, "pgconn", None)
    return pgconn is not None and pgconn.transaction_status == _IDLE


def _seen(head: Head, columns: Row) -> Row:
    return {**columns, "of_id": head.id, "seen": head.last_hash}
