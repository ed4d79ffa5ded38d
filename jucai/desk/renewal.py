"""Taking up changed programme files while the desk runs: a good folder at once, a wrong one never."""

import logging
import threading
from dataclasses import replace

from fastapi import FastAPI

from jucai.desk.surroundings import Desk
from jucai.store.bureau import renewed

_LOG = logging.getLogger(__name__)
_EVERY = 5.0  # seconds between two looks at the folder


def renew(app: FastAPI) -> bool:
    """Let the next request come to a desk with the rules in force now; whether they are other ones."""
    desk = app.state.desk
    assert isinstance(desk, Desk)
    bureau = renewed(desk.bureau)
    if bureau is desk.bureau:
        return False
    app.state.desk = replace(desk, bureau=bureau)
    return bureau.rules != desk.bureau.rules


def keep_renewing(app: FastAPI, stopped: threading.Event) -> threading.Thread:
    """Look every few seconds, in a thread of its own, until `stopped` is set."""

    def look() -> None:
        while not stopped.wait(_EVERY):
            try:
                if renew(app):
                    _LOG.info("desk.rules_renewed")
            except Exception:  # noqa: BLE001 - a disk that is away, a database that is busy: the desk goes on as it is
                _LOG.exception("desk.rules_not_renewed")

    thread = threading.Thread(target=look, name="rules", daemon=True)
    thread.start()
    return thread
