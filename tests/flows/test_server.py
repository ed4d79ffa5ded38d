"""Prefect's server does not stand still over what a failed statement left behind.

Each test plays it on an engine of the server's kind: a write is refused at once since its connection has read before
somebody else wrote, and what the refusal left behind is kept for a while.
"""

import asyncio
import gc
import sqlite3
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from flows.server import retire_failed_connections

BUSY = 4.0  # seconds; Prefect's own is sixty


def office_engine(folder: Path) -> AsyncEngine:
    """An engine as Prefect makes it: transactions begun by hand, write-ahead log, patience."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{folder / 'prefect.db'}")

    @event.listens_for(engine.sync_engine, "connect")
    def _(connection: Any, _entry: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute(f"PRAGMA busy_timeout = {BUSY * 1000:.0f}")
        cursor.close()

    retire_failed_connections(engine.sync_engine)
    return engine


async def refused(engine: AsyncEngine) -> tuple[list[OperationalError], Any, Any]:
    """The refusal, the connection it came from, and the one that had written meanwhile."""
    async with engine.connect() as late, engine.connect() as early:
        await early.exec_driver_sql("CREATE TABLE run (name)")
        await late.exec_driver_sql("BEGIN DEFERRED")
        await late.exec_driver_sql("SELECT * FROM run")
        await early.exec_driver_sql("INSERT INTO run VALUES ('early')")
        with pytest.raises(OperationalError) as refusal:
            await late.exec_driver_sql("INSERT INTO run VALUES ('late')")
        assert isinstance(refusal.value.orig, sqlite3.OperationalError)
        assert refusal.value.orig.sqlite_errorname == "SQLITE_BUSY_SNAPSHOT"
        await late.rollback()
        kept = [refusal.value]
        return kept, await driver(late), await driver(early)


async def driver(connection: AsyncConnection) -> Any:
    return (await connection.get_raw_connection()).driver_connection


def played(act: Callable[[AsyncEngine], Awaitable[None]], folder: Path) -> None:
    async def play() -> None:
        engine = office_engine(folder)
        try:
            await act(engine)
        finally:
            await engine.dispose()

    asyncio.run(play())


def test_a_connection_that_saw_a_failure_is_not_used_again_and_the_others_are(tmp_path: Path) -> None:
    async def act(engine: AsyncEngine) -> None:
        _, failed, sound = await refused(engine)
        async with engine.connect() as one, engine.connect() as other:
            taken = {await driver(one), await driver(other)}
        assert failed not in taken
        assert sound in taken
        async with engine.connect() as one, engine.connect() as other:
            assert {await driver(one), await driver(other)} == taken, "nothing has failed on the new one"

    played(act, tmp_path)


def test_dropping_a_refusal_never_stops_who_holds_the_lock(tmp_path: Path) -> None:
    async def act(engine: AsyncEngine) -> None:
        kept, failed, _ = await refused(engine)
        async with engine.connect() as one, engine.connect() as other:
            # Who waits is the connection that was refused, if it is still there.
            waiter, holder = (one, other) if await driver(one) is failed else (other, one)
            await holder.exec_driver_sql("BEGIN IMMEDIATE")
            waiting = asyncio.ensure_future(waiter.exec_driver_sql("INSERT INTO run VALUES ('waiter')"))
            await asyncio.sleep(0.3)
            began = time.monotonic()
            kept.clear()
            gc.collect()
            await holder.exec_driver_sql("COMMIT")
            await waiting
        assert time.monotonic() - began < BUSY / 2

    played(act, tmp_path)
