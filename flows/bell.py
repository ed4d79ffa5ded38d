"""门铃: tells Prefect what happened, and wakes the round early; losing it costs a minute, nothing else.

Nothing below this floor knows Prefect, so the events of cases are relayed from their table, by their running id.
"""

import logging
import signal
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import FrameType
from uuid import UUID

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.events import emit_event
from prefect.exceptions import PrefectException
from sqlmodel import col, func, select

from flows.heartbeat import end_silent_runs
from jucai.casework.mailboxes import imap_mailbox
from jucai.casework.work import work_waiting
from jucai.mailroom.mailbox import MailboxError
from jucai.settings import Inbox, load_settings, require_for_service
from jucai.store.bureau import Bureau, open_bureau
from jucai.store.database import reading
from models.cases import Case, CaseEvent

ROUND = "巡办/round"
SCANS = "扫描件识别/scans"
_PAUSE = 1.0  # seconds between two looks at the database
_AWAY = 1.0  # seconds before Prefect is tried again
_PULSE = 30.0  # seconds between two looks for runs whose process is gone
_IDLE = 60.0  # seconds of listening before the line is tried
_SOON = 8.0  # seconds; a run that falls due so soon is waited for
_BUSY = [StateType.RUNNING, StateType.PENDING, StateType.SCHEDULED]
TOLD = (
    "CaseOpened",
    "VerificationRequested",
    "CorrectionRequested",
    "SupplementReceived",
    "CaseAccepted",
    "PublicityStarted",
    "ObjectionReceived",
    "PublicityEnded",
    "InstalmentPaid",
    "PersonAppointed",
    "CaseRefused",
    "CaseWithdrawn",
    "PaymentStopped",
    "CaseCompleted",
)
"""What administrators want to see in the event feed; each event costs Prefect's SQLite several writes."""
logger = logging.getLogger("jucai.bell")


class Bell:
    """Looks for what happened and what waits, and rings."""

    def __init__(self, office: Bureau) -> None:
        self._office = office
        self._last_event = self._newest_event()
        self._mail = threading.Event()
        self.stopped = threading.Event()

    def watch(self) -> None:
        """Look and ring until told to stop; a server that is away is tried again."""
        for inbox in self._office.settings.inboxes:
            if inbox.kind == "imap":
                threading.Thread(target=self._listen, args=(inbox,), daemon=True).start()
        while not self.stopped.is_set():
            try:
                with get_client(sync_client=True) as client:
                    bells = {name: client.read_deployment_by_name(name).id for name in (ROUND, SCANS)}
                    looked = 0.0
                    while not self.stopped.is_set():
                        if time.monotonic() - looked > _PULSE:
                            end_silent_runs(client)
                            looked = time.monotonic()
                        self._look(client, bells)
                        self.stopped.wait(_PAUSE)
            except (httpx.HTTPError, PrefectException) as error:
                logger.warning("Prefect 暂时不可用：%s", type(error).__name__)
                self.stopped.wait(_AWAY)

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        """End after the present look."""
        self.stopped.set()

    def _listen(self, inbox: Inbox) -> None:
        """IDLE on one mailbox; a mailbox that is away is tried again, and the minutely round looks anyway."""
        while not self.stopped.is_set():
            try:
                with imap_mailbox(inbox) as mailbox:
                    self._mail.set()  # whatever came while nobody listened
                    while not self.stopped.is_set():
                        if mailbox.wait(_IDLE):
                            self._mail.set()
            except MailboxError as error:
                logger.warning("邮箱监听中断：%s", error)
                self.stopped.wait(_IDLE)

    def _look(self, client: SyncPrefectClient, bells: Mapping[str, UUID]) -> None:
        self._relay()
        work = work_waiting(self._office)
        if (self._mail.is_set() or work.for_round or work.to_mirror) and not _running(client, bells[ROUND]):
            self._mail.clear()
            client.create_flow_run_from_deployment(bells[ROUND])
        if work.to_read_scans and not _running(client, bells[SCANS]):
            client.create_flow_run_from_deployment(bells[SCANS])

    def _newest_event(self) -> int:
        with reading(self._office.engine) as session:
            return session.exec(select(func.max(CaseEvent.id))).one() or 0

    def _relay(self) -> None:
        with reading(self._office.engine) as session:
            fresh = session.exec(
                select(CaseEvent, Case.number, Case.phase)
                .join(Case, col(Case.id) == col(CaseEvent.case_id))
                .where(col(CaseEvent.id) > self._last_event, col(CaseEvent.type).in_(TOLD))
                .order_by(col(CaseEvent.id))
                .limit(200)
            ).all()
        for row, number, phase in fresh:
            emit_event(
                event=f"jucai.case.{row.type}",
                resource={"prefect.resource.id": f"jucai.case.{number}", "prefect.resource.name": number},
                payload={"seq": row.seq, "phase": phase},
            )
            self._last_event = row.id or self._last_event


def _running(client: SyncPrefectClient, deployment: UUID) -> bool:
    """Whether a run of this deployment is under way or about to be."""
    soon = FlowRunFilterExpectedStartTime(before_=datetime.now(UTC) + timedelta(seconds=_SOON))
    runs = client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_BUSY)), expected_start_time=soon
        ),
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment])),
        limit=1,
    )
    return bool(runs)


def main() -> None:
    """Run the bell until SIGTERM or SIGINT."""
    settings = load_settings()
    require_for_service(settings)
    bell = Bell(open_bureau(settings))
    signal.signal(signal.SIGTERM, bell.stop)
    signal.signal(signal.SIGINT, bell.stop)
    bell.watch()


if __name__ == "__main__":
    main()
