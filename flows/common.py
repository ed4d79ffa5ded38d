"""What every flow needs: the bureau from the settings, a name for its run, a line for the log."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from prefect import get_run_logger
from prefect.runtime import flow_run

from jucai.clock import SHANGHAI
from jucai.settings import load_settings, require_for_service
from jucai.store.bureau import Bureau, open_bureau


@lru_cache(maxsize=1)
def bureau() -> Bureau:
    """The bureau of this process; a missing or wrong setting fails the run with a sentence that names it."""
    settings = load_settings()
    require_for_service(settings)
    return open_bureau(settings)


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
