"""Statements of Core that are compiled once and then go straight to the driver.

What SQLAlchemy does around each execution costs several times what SQLite needs for the statement itself; a decision
is half a dozen of them.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.compiler import SQLCompiler

from jucai.store.remembered import same_again
from models.base import Moment

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_NOT_NULL_VIOLATION, _UNIQUE_VIOLATION = "23502", "23505"
_REFUSED_BY_SQLITE = re.compile(
    r"UNIQUE constraint failed: (?P<table>\w+)[.]|NOT NULL constraint failed: (?P<column>.+)"
)
_Write = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """One statement in the words of one driver: its text, and how each value is written."""

    text: str
    names: tuple[tuple[str, _Write | None], ...]
    positional: bool
    error: type[Exception]

    def parameters(self, values: Mapping[str, Any]) -> list[Any] | dict[str, Any]:
        if self.positional:
            return [values[name] if write is None else write(values[name]) for name, write in self.names]
        return {name: values[name] if write is None else write(values[name]) for name, write in self.names}


class Prepared:
    """A statement whose values are all given by name at each execution; `columns` are those an insert writes.

    Rows come back as the driver gives them: it is for columns of numbers and text. Errors are SQLAlchemy's own.
    """

    def __init__(self, statement: sa.Executable, *columns: str) -> None:
        self._statement = statement
        self._columns = list(columns) or None
        self._compiled: dict[str, _Compiled] = {}

    def run(self, connection: sa.Connection, values: Mapping[str, Any]) -> Any:
        """Carry it out once; gives the driver's cursor."""
        compiled = self._for(connection)
        try:
            return connection.connection.dbapi_connection.execute(  # type: ignore[union-attr] # both drivers have it
                compiled.text, compiled.parameters(values)
            )
        except compiled.error as error:
            raise _as_ours(connection, compiled.text, error) from error

    def run_all(self, connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> Any:
        """Carry it out for each of `rows`; gives the driver's cursor, whose `rowcount` is that of all together."""
        if len(rows) == 1:
            return self.run(connection, rows[0])
        compiled = self._for(connection)
        cursor = connection.connection.cursor()
        try:
            cursor.executemany(compiled.text, [compiled.parameters(values) for values in rows])  # type: ignore[arg-type] # all alike
        except compiled.error as error:
            raise _as_ours(connection, compiled.text, error) from error
        return cursor

    def _for(self, connection: sa.Connection) -> _Compiled:
        dialect = connection.dialect
        found = self._compiled.get(dialect.driver)
        if found is None:
            found = self._compiled[dialect.driver] = _compile(self._statement, self._columns, dialect)
        return found


def _compile(statement: sa.Executable, columns: list[str] | None, dialect: sa.Dialect) -> _Compiled:
    made = statement.compile(dialect=dialect, column_keys=columns)  # type: ignore[attr-defined] # every statement has it
    assert isinstance(made, SQLCompiler)
    names = made.positiontup if made.positional else list(made.binds)
    assert names is not None
    writes = {name: _writer(bind.type, dialect) for name, bind in made.binds.items()}
    return _Compiled(
        text=made.string,
        names=tuple((name, writes[name]) for name in names),
        positional=bool(made.positional),
        error=dialect.loaded_dbapi.Error,
    )


def _writer(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> _Write | None:
    write = kind.dialect_impl(dialect).bind_processor(dialect)
    return same_again(write) if write is not None and isinstance(kind, Moment) else write


@contextmanager
def together(connection: sa.Connection) -> Iterator[None]:
    """Statements that do not wait for each other's answers: on PostgreSQL they make one journey, not one each.

    Rows and counts can be read afterwards.
    """
    pipeline = getattr(connection.connection.dbapi_connection, "pipeline", None)
    if pipeline is None:
        yield
        return
    try:
        with pipeline():
            yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_ours(connection, "", error) from error


def refused_by(error: sa.exc.DBAPIError) -> str:
    """The table whose key is taken, or the column (`table.column`) that lacks a value; empty for anything else."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        column = f".{diagnosis.column_name}" if diagnosis.sqlstate == _NOT_NULL_VIOLATION else ""
        known = diagnosis.sqlstate in {_NOT_NULL_VIOLATION, _UNIQUE_VIOLATION}
        return f"{diagnosis.table_name}{column}" if known else ""
    found = _REFUSED_BY_SQLITE.match(str(error.orig))
    return (found["table"] or found["column"]) if found else ""


def _as_ours(connection: sa.Connection, text: str, error: Exception) -> BaseException:
    return sa.exc.DBAPIError.instance(
        text, None, error, connection.dialect.loaded_dbapi.Error, hide_parameters=True, dialect=connection.dialect
    )
