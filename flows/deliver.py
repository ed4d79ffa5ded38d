"""发件: send the outbox."""

from prefect import flow, task

from flows.common import bureau, run_name, tell, tell_faults
from jucai.casework.delivering import Delivered, deliver_outbox


@flow(name="发件", flow_run_name=run_name("发件"))
def deliver() -> None:
    """Write, keep and send every mail that is meant; one delivery at a time."""
    done = send()
    if done is None:
        tell("另一轮正在发送，本轮不重复发送")
        return
    tell(
        f"生成 {done.written} 封，发出 {done.sent}，稍后再试 {done.deferred}，被拒 {done.refused}，不明 {done.unknown}"
    )
    tell_faults(done.faults)


@task(name="发送邮件")
def send() -> Delivered | None:
    """One batch over one connection."""
    return deliver_outbox(bureau())
