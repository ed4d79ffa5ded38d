"""The database: SQLite in WAL mode by default, PostgreSQL by another address, the same code for both."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlmodel import Session

_PATIENCE, _PAUSE = 30.0, 0.05
"""For how many seconds a locked database is asked again, and how often."""
_RESTED = 2.0
"""Seconds after which a connection to PostgreSQL is asked whether it still lives."""


_CHECKPOINT = 4000
"""Pages (of 4 KiB) of SQLite's write-ahead log after which they are copied into the file; cases are decided on several
times in a row, and each of their pages is then copied once."""


def open_engine(url: str) -> Engine:
    """Connect to `url`; on SQLite every transaction takes the write lock at its start.

    A transaction that begins by reading and then writes could otherwise fail half-way with
    “database is locked” (https://www.sqlite.org/lang_transaction.html, section 2.2).
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        engine = create_engine(address, json_serializer=written_json, json_deserializer=from_json)
        event.listen(engine, "checkin", _note_rest)
        event.listen(engine, "checkout", partial(_see_whether_it_lives, engine))
        return engine
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        address, connect_args={"timeout": 30}, json_serializer=written_json, json_deserializer=from_json
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _note_rest(_connection: Any, record: Any) -> None:
    record.info["rested_since"] = time.monotonic()


def _see_whether_it_lives(engine: Engine, connection: Any, record: Any, _proxy: Any) -> None:
    """Ask a connection that has rested for a while whether the server is still there.

    To ask before every transaction (`pool_pre_ping`) would be one journey more for each decision.
    """
    if time.monotonic() - record.info.get("rested_since", time.monotonic()) < _RESTED:
        return
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


class JsonText(str):
    """JSON that is written already: it goes into a JSON column as it is."""

    __slots__ = ()


def written_json(value: Any) -> str:
    """A value of a JSON column as text."""
    return value if isinstance(value, JsonText) else to_json(value).decode()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver leaves BEGIN to us
    cursor = connection.cursor()
    _keep_a_log(cursor)
    cursor.execute("PRAGMA synchronous=FULL")  # a decision that was answered survives a power cut
    cursor.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=30000")
    cursor.close()


def _keep_a_log(cursor: Any) -> None:
    """Switch a database to write-ahead logging, once.

    Where another process is at work on a new database, SQLite refuses the switch at once, without the wait that
    `busy_timeout` gives everything else (https://www.sqlite.org/wal.html, section 8): asked again here.

    Raises:
        sqlite3.OperationalError: the database stayed locked for half a minute, or cannot be opened.
    """
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _begin_sqlite(connection: Any) -> None:
    options = connection.get_execution_options()
    # Straight to the driver: this runs before every transaction.
    connection.connection.dbapi_connection.execute("BEGIN" if options.get("reading") else "BEGIN IMMEDIATE")


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """One transaction that writes: committed at the end, rolled back on any error."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One transaction that only reads: it waits for nobody."""
    with Session(engine.execution_options(reading=True), expire_on_commit=False) as session:
        yield session
