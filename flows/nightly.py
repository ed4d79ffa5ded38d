"""夜间维护: verify the chain of events, back up, bring the mirror up to date."""

from prefect import flow, task

from flows.common import bureau, run_name, tell
from flows.mirror import mirror_changes
from jucai.store.backup import Backup, back_up
from jucai.store.chain import ChainReport, verify_chains
from jucai.store.database import reading


class ChainBrokenError(Exception):
    """The record of a case is not what was written; the run fails so that everybody sees it."""


@flow(name="夜间维护", flow_run_name=run_name("夜间维护"))
def nightly() -> None:
    """Verify, back up, refresh; a broken chain fails the run and names the cases."""
    kept = backup()
    tell(f"备份 {kept.path}，{kept.size // 1024} KiB")
    tell(f"镜像更新 {mirror_changes(bureau())} 件")
    report = verify()
    tell(f"事件链：{report.cases} 件，{report.events} 条")
    if report.broken:
        raise ChainBrokenError(f"事件链校验不符：{'、'.join(report.broken)}，请立即从备份核对，勿再办理这些办件")


@task(name="备份")
def backup() -> Backup:
    """A copy of the database as of now."""
    return back_up(bureau())


@task(name="校验事件链")
def verify() -> ChainReport:
    """Every event of every case."""
    office = bureau()
    with reading(office.engine) as session:
        return verify_chains(session)
