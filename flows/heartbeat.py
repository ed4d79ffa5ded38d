"""心跳: a run whose process is gone is declared crashed, so that it no longer keeps the next one out.

A run killed together with its worker stays “Running” for Prefect and holds its deployment's one place: with
CANCEL_NEW every later round would be cancelled, after a restart of the server even for ever. Every run beats
(`PREFECT_FLOWS_HEARTBEAT_FREQUENCY`); one that falls silent gives its place up.

Prefect's own way, a proactive automation, is not used: its buckets are written for every event of every run, and SQLite
has one writer at a time.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.events.filters import (
    EventFilter,
    EventNameFilter,
    EventOccurredFilter,
    EventResourceFilter,
)
from prefect.states import Crashed

SILENCE = timedelta(seconds=90)
"""Three beats of thirty seconds: Prefect's own events may be late by one."""


def end_silent_runs(client: SyncPrefectClient) -> int:
    """Declare every run crashed that says it is running and has not beaten for `SILENCE`; how many there were.

    So also a run whose worker was killed before it had started it: it holds its place and never beats.
    """
    since = datetime.now(UTC) - SILENCE
    running = client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.CANCELLING])),
            start_time=FlowRunFilterStartTime(before_=since),
        )
    )
    own = [run for run in running if run.parent_task_run_id is None]
    silent = [run for run in own if not _beats(client, run.id, since)]
    alive = [run for run in own if run not in silent]
    # A subflow lives in its parent's process, which beats for both; the parent began before it.
    silent += [
        run
        for run in running
        if run.parent_task_run_id is not None
        and not any(one.start_time and run.start_time and one.start_time <= run.start_time for one in alive)
    ]
    pending = client.read_flow_runs(
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.PENDING])))
    )
    silent += [run for run in pending if run.state is not None and run.state.timestamp < since]
    _end(client, (run.id for run in silent))
    return len(silent)


def _beats(client: SyncPrefectClient, run: UUID, since: datetime) -> bool:
    seen = client.read_events(
        EventFilter(
            occurred=EventOccurredFilter(since=since),
            event=EventNameFilter(prefix=["prefect.flow-run."]),
            resource=EventResourceFilter(id=[f"prefect.flow-run.{run}"]),
        ),
        limit=1,
    )
    return bool(seen.events)


def _end(client: SyncPrefectClient, runs: Iterable[UUID]) -> None:
    for run in runs:
        client.set_flow_run_state(run, Crashed(message="进程已不在，未完成的由下一次运行接着办"), force=True)
