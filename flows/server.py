"""Prefect's server, with one precaution: an SQLite connection on which a statement failed is not used again.

Python 3.11 leaves a failed statement with its cursor, SQLAlchemy's adapter for asyncio leaves the cursor to the garbage
collector, and this resets the statement in the thread of the event loop, under the mutex of the connection. Where that
connection, in use again, was just waiting for the write lock, it kept its mutex until `busy_timeout`; who had the lock
could only go on in the event loop, and so Prefect stood still for a minute. From 3.12 on a failed statement is let go
of at once: when that is the lowest version, this module can go, and `prefect server start` takes its place.
"""

import sys

from prefect.cli import app
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

_FAILED = "jucai.failed"


def retire_failed_connections(engine: Engine | type[Engine] = Engine) -> None:
    """Let `engine` (by default all of this process) open a new connection in place of one that saw a failure."""
    event.listen(engine, "handle_error", _remember)
    event.listen(engine, "checkout", _refuse)


def _remember(context: ExceptionContext) -> None:
    connection = context.connection
    if connection is None or connection.closed or connection.invalidated or context.dialect.name != "sqlite":
        return
    connection.info[_FAILED] = True


def _refuse(_: DBAPIConnection, entry: ConnectionPoolEntry, __: PoolProxiedConnection) -> None:
    if _FAILED in entry.info:
        raise DisconnectionError  # the pool closes this one and opens another; `info` goes with it


def main() -> None:
    """Run `prefect server start` in this process."""
    retire_failed_connections()
    sys.argv[1:] = ["server", "start"]  # where Prefect's command looks for what to do
    app()


if __name__ == "__main__":
    main()
