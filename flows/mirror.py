"""The mirror: each open case also stands in the Prefect UI as a paused run; made from our data, never read back."""

import sqlalchemy as sa
from prefect import flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import State
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled, Completed, Paused
from sqlmodel import col, select

from flows.common import bureau, run_name, tell
from jucai.approval.labels import PHASE_LABELS
from jucai.approval.state import CLOSED, CaseState, Phase, state_from_json
from jucai.store.bureau import Bureau
from jucai.store.cases import load_state
from jucai.store.database import reading, transaction
from models.cases import Case

DEPLOYMENT = "办件/case"
_BATCH = 200


@flow(name="办件")
def case_view(number: str) -> None:
    """What a resumed mirror run does: say where the case stands; people decide on the desk, not here."""
    with reading(bureau().engine) as session:
        state = load_state(session, number)
    tell(f"{number}：{shown_state(bureau(), state)}。审批请在待办邮件的链接中办理，此处恢复运行不改变办件。")


@flow(name="重建镜像", flow_run_name=run_name("重建镜像"))
def rebuild_mirror() -> None:
    """Forget what was mirrored and show every case afresh."""
    office = bureau()
    with transaction(office.engine) as session:
        session.execute(sa.update(Case).values(to_mirror=True))
    total = 0
    while count := mirror_changes(office):
        total += count
    tell(f"镜像已重建：{total} 件")


def mirror_changes(office: Bureau) -> int:
    """Show in Prefect what changed since it was last shown; how many cases were."""
    with reading(office.engine) as session:
        changed = session.exec(select(Case).where(col(Case.to_mirror)).order_by(col(Case.id)).limit(_BATCH)).all()
    if not changed:
        return 0
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment_by_name(DEPLOYMENT).id
        for case in changed:
            state = state_from_json(case.full_state)
            run = _show(client, office, case, state, deployment)
            with transaction(office.engine) as session:
                # What has changed meanwhile is shown in the next round.
                shown = {"to_mirror": col(Case.revision) != case.revision, "mirror_run": run}
                session.execute(sa.update(Case).where(col(Case.id) == case.id).values(shown))
    return len(changed)


def _show(client: SyncPrefectClient, office: Bureau, case: Case, state: CaseState, deployment: object) -> str:
    wanted = _prefect_state(office, state)
    tags = _tags(office, state)
    if case.mirror_run is not None:
        try:
            client.set_flow_run_state(case.mirror_run, wanted, force=True)
            client.update_flow_run(case.mirror_run, tags=tags)  # type: ignore[arg-type] # the client takes the id's text
        except ObjectNotFound:
            pass  # the run was removed by Prefect's own retention; a new one is made below
        else:
            return case.mirror_run
    made = client.create_flow_run_from_deployment(
        deployment,  # type: ignore[arg-type] # a UUID; typed loosely so that the client library stays in this file
        parameters={"number": case.number},
        state=wanted,
        name=f"{office.programmes.get(state.programme, state.version).short_title} {case.number}",
        tags=tags,
    )
    return str(made.id)


def _prefect_state(office: Bureau, state: CaseState) -> State:
    name = shown_state(office, state)
    if state.phase is Phase.COMPLETED:
        return Completed(name=name)
    if state.phase in CLOSED:
        return Cancelled(name=name)
    return Paused(name=name)


def shown_state(office: Bureau, state: CaseState) -> str:
    """The name of a case's state for administrators: 待县区初审, 公示中, 补正."""
    if state.phase in {Phase.IN_STAGES, Phase.PAYING} and state.stage:
        stage = office.programmes.get(state.programme, state.version).stage(state.stage)
        return f"待{stage.title}" if stage else PHASE_LABELS[state.phase]
    return PHASE_LABELS[state.phase]


def _tags(office: Bureau, state: CaseState) -> list[str]:
    programme = office.programmes.get(state.programme, state.version)
    return [programme.short_title, state.unit, shown_state(office, state)]
