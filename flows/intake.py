"""收件: fetch new letters, keep them, sort them."""

from prefect import flow, task

from flows.common import bureau, run_name, tell, tell_faults
from jucai.casework.spooling import Fetched, fetch_letters
from jucai.casework.triage import Triaged, sort_letters


@flow(name="收件", flow_run_name=run_name("收件"))
def intake() -> None:
    """Fetch new letters into the store and sort them; open or extend what needs no reading."""
    fetched = fetch()
    tell(f"新收 {fetched.new} 封，归档 {fetched.filed} 封")
    tell_faults(fetched.faults)
    sorted_ = sort()
    tell(f"分拣 {sorted_.sorted} 封，失败 {sorted_.failed} 封")


@task(name="取信", retries=2, retry_delay_seconds=2)
def fetch() -> Fetched:
    """One visit to every mailbox."""
    return fetch_letters(bureau())


@task(name="分拣")
def sort() -> Triaged:
    """One batch of sorting."""
    return sort_letters(bureau())
