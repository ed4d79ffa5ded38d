"""The real flows on a real worker, which is killed with everything below it in the middle of a round."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import func, select

from flows import heartbeat
from jucai.demo.letters import SampleLetter
from jucai.process_guard import living
from jucai.running import worker
from jucai.store.database import reading
from models.effects import OutboxMail, OutboxState
from models.letters import Document, DocumentState
from tests.flows.conftest import RunningPrefect, wait_for
from tests.flows.killing import EndState, assert_same, assert_sent_once, assert_sound, end_state, without_times
from tests.flows.offices import Office

pytestmark = pytest.mark.prefect

WORKER = "prefect-worker"


def count(office: Office, what: Any, *where: Any) -> int:
    with reading(office.bureau.engine) as session:
        return int(session.exec(select(func.count()).select_from(what).where(*where)).one())


def kill_worker(prefect: RunningPrefect) -> None:
    """kill -9 of the worker with its guard, its runs, and their readers, as a power cut would."""
    guard = prefect.supervisor._running[WORKER].guard.pid
    family = below(guard)
    assert len(family) > 2, "no run is under way"
    for pid in family:
        os.kill(pid, signal.SIGSTOP)  # so that nobody notices the end of another
    for pid in family | below(guard):
        os.kill(pid, signal.SIGKILL)
    prefect.supervisor.stop(WORKER)


def below(pid: int) -> set[int]:
    """A process and its living descendants."""
    if Path("/proc/self/stat").exists():
        parents = dict(living())
    else:
        listed = subprocess.run(["ps", "-axo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
        parents = {int(one): int(parent) for one, parent in (line.split() for line in listed.splitlines())}
    found, waiting = {pid}, {pid}
    while waiting:
        waiting = {one for one, parent in parents.items() if parent in waiting} - found
        found |= waiting
    return found


@dataclass
class Cut:
    """What Prefect said of the run that was killed: just after, and in the end."""

    at_once: str
    places_taken: int
    in_the_end: str
    places_taken_then: int


@pytest.fixture(scope="module")
def cut(prefect: RunningPrefect, letters: list[SampleLetter]) -> Iterator[Cut]:
    """Letters arrive; the worker is killed while some mails are sent and some are not; a new one goes on."""
    office = prefect.office
    prefect.pause_schedules()
    office.receive(letters)
    prefect.supervisor.launch(worker(prefect.environment))
    killed = prefect.start("round")
    wait_for(lambda: count(office, Document, Document.state == DocumentState.READ), "a document that is read")
    wait_for(lambda: count(office, OutboxMail, OutboxMail.state == OutboxState.SENT) >= 3, "mails that are sent")
    kill_worker(prefect)
    assert count(office, OutboxMail, OutboxMail.state == OutboxState.READY) > 0, "the round was over already"
    at_once, places = prefect.run(killed)["state_type"], places_taken(prefect)
    prefect.supervisor.launch(worker(prefect.environment))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(heartbeat, "SILENCE", timedelta(seconds=5))  # the killed run is the only one there is
        in_the_end = ended(prefect, killed, feel_pulse)
    wait_for(lambda: places_taken(prefect) == 0, "the place given up")
    assert ended(prefect, prefect.start("round")) == "COMPLETED"
    yield Cut(at_once, places, in_the_end, places_taken(prefect))
    prefect.supervisor.stop(WORKER)
    prefect.resume_schedules()


def places_taken(prefect: RunningPrefect) -> int:
    """How many runs of the round Prefect believes to be under way; more than one is never let in."""
    row = next(row for row in prefect.deployments() if row["name"] == "round")
    return int(row["global_concurrency_limit"]["active_slots"])


def feel_pulse(prefect: RunningPrefect) -> None:
    from prefect.client.orchestration import SyncPrefectClient  # noqa: PLC0415 - three seconds to import

    with SyncPrefectClient(prefect.environment["PREFECT_API_URL"]) as client:
        heartbeat.end_silent_runs(client)


def ended(prefect: RunningPrefect, run_id: str, meanwhile: Callable[[RunningPrefect], None] | None = None) -> str:
    final = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}

    def look() -> str | bool:
        if meanwhile is not None:
            meanwhile(prefect)
        state = str(prefect.run(run_id)["state_type"])
        return state if state in final else False

    return str(wait_for(look, "a run that ended", 60))


def test_nothing_is_lost_and_nothing_is_done_twice(
    prefect: RunningPrefect, cut: Cut, undisturbed: tuple[EndState, dict[str, int]]
) -> None:
    office = prefect.office
    assert_same(without_times(end_state(office)), without_times(undisturbed[0]))
    assert_sent_once(office, kills=1)
    assert_sound(office)


def test_a_killed_run_gives_up_its_place_when_its_heart_has_stopped(cut: Cut) -> None:
    assert (cut.at_once, cut.places_taken) == ("RUNNING", 1), "nobody was left to say that it ended"
    assert (cut.in_the_end, cut.places_taken_then) == ("CRASHED", 0)


def test_each_open_case_stands_in_prefect_as_a_paused_run_at_its_stage(prefect: RunningPrefect, cut: Cut) -> None:
    shown = {run["parameters"]["number"]: run for run in prefect.runs("case")}
    assert set(shown) == {case.number for case in prefect.office.cases()}
    for case in prefect.office.cases():
        run = shown[case.number]
        assert run["state_type"] == "PAUSED"
        assert case.number in run["name"]
        assert re.search("[一-鿿]", run["state"]["name"])
        assert run["state"]["name"] in run["tags"]
        assert run["parameters"] == {"number": case.number}


def test_prefect_knows_nothing_personal(prefect: RunningPrefect, cut: Cut) -> None:
    office = prefect.office
    secrets = {letter.sender for letter in office.letters()} | {letter.subject for letter in office.letters()}
    for case in office.cases():
        secrets |= {case.applicant, case.applicant_email, case.employer, case.person_index}
        facts = case.application["facts"]
        secrets |= {
            str(facts[key]["value"]) for key in ("id_number", "phone", "bank_account", "name") if facts.get(key)
        }
    secrets = {secret for secret in secrets if len(secret) > 1}
    assert len(secrets) > 20
    told = {
        "runs": [
            {key: run[key] for key in ("name", "tags", "parameters", "labels", "state")}
            for run in prefect.ask("/flow_runs/filter")
        ],
        "tasks": [{key: run[key] for key in ("name", "tags", "state")} for run in prefect.ask("/task_runs/filter")],
        "artifacts": prefect.ask("/artifacts/filter"),
        "logs": wait_for(lambda: prefect.ask("/logs/filter"), "logs"),
        "deployments": prefect.deployments(),
    }
    assert all(told.values())
    for what, found in told.items():
        text = json.dumps(found, ensure_ascii=False)
        assert [secret for secret in secrets if secret in text] == [], what
