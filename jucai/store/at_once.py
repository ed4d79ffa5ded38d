"""What one decision writes, as one statement of PostgreSQL: one journey, committed where it arrives.

A pipeline of half a dozen statements makes one journey as well, but costs the driver more than the decision itself.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

import sqlalchemy as sa
from pydantic_core import to_json

from jucai.store.database import written_json
from jucai.store.outbox import ADDED_MAIL
from jucai.store.prepared import Prepared
from jucai.store.projections import ADDED_TASK, CHANGED_TASK
from models.base import Moment
from models.cases import CaseEvent, Task, UsedNonce
from models.effects import OutboxMail
from models.letters import Letter

Row = Mapping[str, Any]

_TASKS = cast("sa.Table", Task.__table__)  # type: ignore[attr-defined] # SQLModel gives it at run time
_LETTERS = cast("sa.Table", Letter.__table__)  # type: ignore[attr-defined] # as above
_MAILS = cast("sa.Table", OutboxMail.__table__)  # type: ignore[attr-defined] # as above
_EVENTS = cast("sa.Table", CaseEvent.__table__)  # type: ignore[attr-defined] # as above
_NONCES = cast("sa.Table", UsedNonce.__table__)  # type: ignore[attr-defined] # as above
ADDED_EVENT = tuple(column.name for column in _EVENTS.columns if column.name != "id")
ADDED_NONCE = ("nonce", "used_at")
_COLUMNS: Mapping[str, tuple[sa.Table, tuple[str, ...]]] = {
    "nonces": (_NONCES, ADDED_NONCE),
    "events": (_EVENTS, ADDED_EVENT),
    "fresh": (_TASKS, ADDED_TASK),
    "changed": (_TASKS, ("code", *CHANGED_TASK)),
    "mails": (_MAILS, tuple(name for name in ADDED_MAIL if name != "in_reply_to")),
}
"""Of each kind of row: its table, and what is given of it."""


def write_at_once(connection: sa.Connection, update: sa.Update, case: Row, rows: Mapping[str, Sequence[Row]]) -> None:
    """Carry out `update` on the row of one `case`, and write all other `rows` of it, each kind under its name.

    The connection must not be in a transaction: the statement is one of its own, and is committed when this returns.
    """
    texts = {kind: _text(kind, some) for kind, some in rows.items()}
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.autocommit = True
    try:
        _statement(update, tuple(rows)).run(connection, {**case, **texts})
    finally:
        if not driver.closed:
            driver.autocommit = False


def _text(kind: str, rows: Sequence[Row]) -> str:
    writes = _writes(kind)
    return to_json(
        [{name: write(row[name]) if write else row[name] for name, write in writes} for row in rows]
    ).decode()


@lru_cache
def _writes(kind: str) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    table, names = _COLUMNS[kind]
    return tuple((name, _writer(table.c[name].type)) for name in names)


def _writer(of: sa.types.TypeEngine[Any]) -> Callable[[Any], Any] | None:
    if isinstance(of, sa.JSON):
        return written_json
    return of.in_utc if isinstance(of, Moment) else None


@lru_cache
def _statement(update: sa.Update, kinds: tuple[str, ...]) -> Prepared:
    # Everything comes after the row of the case: whoever holds that is alone, and no two wait for each other.
    case = update.returning(sa.literal_column("1").label("here")).cte("of_case")
    parts = [_part(kind, case).cte(f"of_{kind}") for kind in kinds]
    return Prepared(sa.select(case.c.here).add_cte(*parts))


def _part(kind: str, case: sa.CTE) -> sa.Insert | sa.Update:
    table, names = _COLUMNS[kind]
    types = {name: table.c[name].type for name in names}
    given = sa.func.json_to_recordset(sa.cast(sa.bindparam(kind, type_=sa.Text), sa.JSON)).table_valued(
        *(sa.column(name, sa.Text() if isinstance(of, sa.JSON) else of) for name, of in types.items())
    )
    given = given.render_derived(name=f"given_{kind}", with_types=True)
    values: dict[str, Any] = {
        name: sa.cast(given.c[name], sa.JSON) if isinstance(of, sa.JSON) else given.c[name]
        for name, of in types.items()
    }
    if kind == "changed":
        del values["code"]
        here = (_TASKS.c.case_id == sa.bindparam("of_id"), _TASKS.c.code == given.c.code)
        return _TASKS.update().values(values).where(*here, sa.exists().select_from(case)).returning(_TASKS.c.id)
    if kind == "mails":
        letter = _LETTERS.c.id == given.c.letter_id
        values["in_reply_to"] = sa.select(_LETTERS.c.message_id).where(letter).scalar_subquery()
    rows = sa.select(*values.values()).select_from(given.join(case, sa.true()))
    return table.insert().from_select(list(values), rows, include_defaults=False).returning(sa.literal_column("1"))
