"""The main job as a process that can be killed: `python -m tests.flows.round_process`, orders on standard input.

Does what the flow 巡办 does, through the same functions, in a fresh fork for every order, so that a hundred kills do
not cost a hundred interpreters. An order is one line of JSON: the office's settings file, and where to die.

Dying is SIGKILL to oneself at the n-th step of a phase. A step is the beginning or the end of a transaction, or a
border about to be crossed: a command to the mail servers, a file put in its place, a process started.
"""

import json
import os
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import event

from jucai.casework.delivering import deliver_outbox
from jucai.casework.documents import read_documents
from jucai.casework.moving import advance_due
from jucai.casework.notifying import notify_officers
from jucai.casework.spooling import fetch_letters
from jucai.casework.triage import sort_letters
from jucai.clock import FixedClock
from jucai.settings import load_settings
from jucai.store.bureau import Bureau, open_bureau
from tests.flows.offices import NOON

BORDERS = frozenset({"smtplib.send", "imaplib.send", "os.rename", "subprocess.Popen"})
"""Audit events (https://docs.python.org/3/library/audit_events.html), raised just before the deed."""

PHASES: tuple[tuple[str, Callable[[Bureau], Any]], ...] = (
    ("fetch", fetch_letters),
    ("sort", sort_letters),
    ("read", read_documents),
    ("advance", advance_due),
    ("notify", notify_officers),
    ("deliver", deliver_outbox),
)


@dataclass
class Fate:
    """Counts the steps of each phase and dies at the one it was told to; `phase` empty: counts steps of the whole."""

    phase: str
    step: int
    now: str = ""
    steps: Counter[str] = field(default_factory=Counter)

    def pass_by(self, *_: object) -> None:
        """Called at every step."""
        self.steps[self.now] += 1
        counted = self.steps[self.phase] if self.phase else self.steps.total()
        if counted == self.step and self.phase in {"", self.now}:
            os.kill(os.getpid(), signal.SIGKILL)

    def cross(self, name: str, _: object) -> None:
        """Called at every audit event."""
        if name in BORDERS:
            if name == "smtplib.send":
                self.now = "send"
            self.pass_by()


def work(config: str, fate: Fate) -> None:
    os.environ["JUCAI_CONFIG"] = config
    office = open_bureau(load_settings(), FixedClock(NOON))
    for name in ("begin", "commit"):
        event.listen(office.engine, name, fate.pass_by)
    sys.addaudithook(fate.cross)
    for phase, deed in PHASES:
        fate.now = phase
        deed(office)
    fate.now = "done"
    Path(config).with_name("steps.json").write_text(json.dumps(fate.steps), encoding="utf-8")


def _as_child(order: dict[str, Any]) -> int:
    try:
        work(order["config"], Fate(order["phase"], order["step"]))
    except Exception:  # noqa: BLE001 - a fork must never return into its parent's loop; the test sees the 1
        traceback.print_exc()
        return 1
    return 0


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            os._exit(_as_child(order))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
