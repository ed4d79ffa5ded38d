"""拨付: put what is due on a payment list for the finance office."""

from prefect import flow, task

from flows.common import bureau, run_name, tell
from flows.deliver import deliver
from jucai.store.payments import Listed, list_due


@flow(name="拨付清单", flow_run_name=run_name("拨付清单"))
def payout() -> None:
    """Make one list of all instalments due and send it to the finance officers."""
    listed = make_list()
    if listed is None:
        tell("没有到期的拨付")
        return
    tell(f"清单 {listed.number}：{listed.rows} 笔，共 {listed.total_fen // 100} 元")
    deliver()


@task(name="生成清单")
def make_list() -> Listed | None:
    """The list with all its rows, or nothing."""
    return list_due(bureau())
