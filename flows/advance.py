"""推进: move what time has made due, tell officers what waits for them."""

from prefect import flow, task

from flows.common import bureau, run_name, tell, tell_faults
from jucai.casework.moving import Moved, advance_due
from jucai.casework.notifying import Notified, notify_officers
from jucai.casework.recounting import Recounted, recount_terms


@flow(name="推进", flow_run_name=run_name("推进"))
def advance() -> None:
    """Advance every due case and mean the mails to officers; after a change of the calendar count anew first."""
    recounted = recount()
    if recounted is not None:
        tell(f"工作日历有变，已重算 {recounted.cases} 件的期限")
        tell_faults(recounted.faults)
    moved = move()
    tell(f"推进 {moved.advanced} 件，公示 {moved.published} 件")
    tell_faults(moved.faults)
    notified = notify()
    tell(f"通知 {notified.officers} 人，{notified.tasks} 项待办")


@task(name="重算期限")
def recount() -> Recounted | None:
    """Every open case, where the calendar has changed."""
    return recount_terms(bureau())


@task(name="到期推进")
def move() -> Moved:
    """One batch of due cases."""
    return advance_due(bureau())


@task(name="待办通知")
def notify() -> Notified:
    """One mail for each officer."""
    return notify_officers(bureau())
