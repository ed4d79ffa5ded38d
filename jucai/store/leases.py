"""Leases: work that must not be done twice at once, such as sending mail; a dead holder is succeeded at once."""

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from jucai.store.database import transaction
from models.cases import OfficeSetting

_SECONDS = 900  # longer than any one delivery round; a holder on another machine is succeeded after this


@contextmanager
def lease(engine: Engine, name: str) -> Iterator[bool]:
    """Hold the lease `name` if nobody else does; gives whether it is held.

    Real time, not the office's clock: a demo that moves its clock must not steal a running delivery's lease.
    """
    mine = json.dumps({"host": socket.gethostname(), "pid": os.getpid(), "until": time.time() + _SECONDS})
    held = _take(engine, name, mine)
    try:
        yield held
    finally:
        if held:
            _give_back(engine, name, mine)


def _take(engine: Engine, name: str, mine: str) -> bool:
    with transaction(engine) as session:
        row = session.get(OfficeSetting, f"lease.{name}", with_for_update=True)
        if row is None:
            row = OfficeSetting(key=f"lease.{name}", value="")
        if row.value and not _free(json.loads(row.value)):
            return False
        row.value = mine
        session.add(row)
    return True


def _free(holder: dict[str, object]) -> bool:
    if float(str(holder["until"])) < time.time():
        return True
    if holder["host"] != socket.gethostname():
        return False
    pid = int(str(holder["pid"]))
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _give_back(engine: Engine, name: str, mine: str) -> None:
    with transaction(engine) as session:
        row = session.get(OfficeSetting, f"lease.{name}")
        if row is not None and row.value == mine:  # a holder who was too slow has been succeeded meanwhile
            row.value = ""
            session.add(row)
