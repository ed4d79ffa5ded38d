"""巡办: each minute, from the mailbox to the receipt in one process."""

import time

from prefect import flow, task

from flows.advance import advance
from flows.common import bureau, run_name, tell
from flows.deliver import deliver
from flows.intake import intake
from flows.mirror import mirror_changes
from flows.reading import reading
from jucai.casework.recounting import to_recount
from jucai.casework.work import work_waiting

_LINGER = 4.0  # seconds; starting a process for the next bit of work would take about as long
_MINUTE = 60.0
_MAKE_ROOM = 6.0  # seconds before the next round falls due, at which this one ends and leaves the rest to it
_LEAST = 10.0  # seconds; who begins later in a minute goes on into the next
_MAIL_EVERY = 15.0  # seconds between two visits to the mailboxes within a round
_MIRROR_EVERY = 20.0  # seconds between two updates of the mirror within a round; the last one is never left out
_GLANCE = 0.25  # seconds between two looks


@flow(name="巡办", flow_run_name=run_name("巡办"))
def office_round() -> None:
    """Run intake, reading, advance and deliver, in this order and only where there is work.

    What is decided meanwhile is carried on in the same run, as long as it keeps coming and until the next round
    falls due: Prefect cancels a round that finds another, and its work would wait for the one after.
    """
    until = time.monotonic() + room_left(time.time())
    visited = mirrored = 0.0
    while True:
        if time.monotonic() - visited > _MAIL_EVERY:
            intake()
            visited = time.monotonic()
        _pass()
        if time.monotonic() - mirrored > _MIRROR_EVERY:
            _mirror()
            mirrored = time.monotonic()
        if not _more_comes(until):
            break
    _mirror()
    tell("本轮结束")


def _pass() -> None:
    office = bureau()
    if work_waiting(office).to_sort:
        intake()
    if work_waiting(office).to_read:
        reading()
    if work_waiting(office).to_advance or to_recount(office):
        advance()
    if work_waiting(office).to_deliver:
        deliver()


def _mirror() -> None:
    if work_waiting(bureau()).to_mirror:
        tell(f"镜像更新 {mirror()} 件")


def room_left(now: float) -> float:
    """Return for how many seconds a round that begins `now` (Unix time) may go on taking up work."""
    left = _MINUTE - now % _MINUTE
    return (left if left >= _LEAST else left + _MINUTE) - _MAKE_ROOM


def _more_comes(until: float) -> bool:
    """Whether more work has come, looked for during a few seconds."""
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < _LINGER and time.monotonic() < until:
        if work_waiting(bureau()).for_round:
            return True
        time.sleep(_GLANCE)
    return False


@task(name="更新镜像")
def mirror() -> int:
    """Show in this interface what changed."""
    return mirror_changes(bureau())
