"""巡办: each minute, from the mailbox to the receipt in one process."""

from prefect import flow

from flows.advance import advance
from flows.common import bureau, run_name, tell
from flows.deliver import deliver
from flows.intake import intake
from flows.reading import reading
from jucai.casework.work import work_waiting


@flow(name="巡办", flow_run_name=run_name("巡办"))
def office_round() -> None:
    """Run intake, reading, advance and deliver, in this order and only where there is work."""
    office = bureau()
    intake()
    if work_waiting(office).to_read:
        reading()
    work = work_waiting(office)
    if work.to_advance or work.to_mirror:
        advance()
    if work_waiting(office).to_deliver:
        deliver()
    else:
        tell("没有待发邮件")
