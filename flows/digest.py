"""待办汇总: one mail for each officer, on working days."""

from prefect import flow, task

from flows.common import bureau, run_name, tell
from flows.deliver import deliver
from jucai.casework.notifying import Notified, digest_officers


@flow(name="待办汇总", flow_run_name=run_name("待办汇总"))
def digest() -> None:
    """Remind every officer of what waits, in one mail; nothing on days the office does not work."""
    told = gather()
    tell(f"提醒 {told.officers} 人，{told.tasks} 项待办")
    if told.officers:
        deliver()


@task(name="汇总待办")
def gather() -> Notified:
    """One mail for each officer."""
    return digest_officers(bureau())
