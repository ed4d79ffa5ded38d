"""What every flow needs: the bureau from the settings, a name for its run, a line for the log."""

import time
from collections.abc import Callable
from datetime import datetime

from prefect import get_run_logger
from prefect.runtime import flow_run

from jucai.clock import SHANGHAI
from jucai.settings import load_settings, require_for_service
from jucai.store.bureau import Bureau, open_bureau, renewed

_LOOK = 5.0  # seconds between two looks whether the rules have changed


class _Office:
    """Gives the bureau of this process, by the rules in force; a round of minutes takes up a changed file too."""

    def __init__(self) -> None:
        self._opened: Bureau | None = None
        self._looked = 0.0

    def __call__(self) -> Bureau:
        """The bureau; a missing or wrong setting fails the run with a sentence that names it."""
        if self._opened is None:
            settings = load_settings()
            require_for_service(settings)
            self._opened, self._looked = open_bureau(settings), time.monotonic()
        elif time.monotonic() - self._looked > _LOOK:
            self._opened, self._looked = renewed(self._opened), time.monotonic()
        return self._opened

    def cache_clear(self) -> None:
        """Open it anew next time."""
        self._opened = None


bureau = _Office()


def run_name(title: str) -> Callable[[], str]:
    """A run's name: what it is and when, never about whom."""

    def name() -> str:
        expected: datetime | None = flow_run.scheduled_start_time
        return f"{title} {(expected or datetime.now(SHANGHAI)).astimezone(SHANGHAI):%m-%d %H:%M:%S}"

    return name


def tell(text: str) -> None:
    """Write one line into the run's log: counts and case numbers, nothing personal."""
    get_run_logger().info(text)


def tell_faults(faults: tuple[str, ...]) -> None:
    """Write faults into the run's log as warnings."""
    for fault in faults:
        get_run_logger().warning(fault)
