"""Everything of the office ends at once, Prefect's server too; started again, it goes on by itself."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from jucai.demo.letters import SampleLetter
from jucai.processes import Supervisor, free_port
from jucai.running import Ports, prefect_environment, start_office
from models.effects import OutboxMail, OutboxState
from tests.flows.conftest import wait_for
from tests.flows.killing import EndState, assert_same, assert_sent_once, assert_sound, end_state, without_times
from tests.flows.offices import Office, open_office
from tests.flows.test_worker import below, count

pytestmark = [pytest.mark.prefect, pytest.mark.nightly]

PROGRAMS = ("desk", "prefect-server", "prefect-worker", "bell")


def cut_the_power(supervisor: Supervisor) -> None:
    family = set[int]().union(*[below(supervisor._running[name].guard.pid) for name in PROGRAMS])
    for pid in family:
        os.kill(pid, signal.SIGSTOP)
    for pid in family:
        os.kill(pid, signal.SIGKILL)
    supervisor.stop()


def busy(environment: Mapping[str, str]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = (
        httpx.post(
            f"{environment['PREFECT_API_URL']}/flow_runs/filter",
            json={"flow_runs": {"state": {"type": {"any_": ["RUNNING", "PENDING"]}}}},
            timeout=30,
        )
        .raise_for_status()
        .json()
    )
    return found


def all_sent(office: Office) -> bool:
    rest = [OutboxState.QUEUED, OutboxState.READY, OutboxState.SENDING]
    return bool(office.filed().get("已处理")) and not any(mail.state in rest for mail in office.mails())


def test_the_office_goes_on_by_itself_after_a_power_cut(
    tmp_path: Path, letters: list[SampleLetter], undisturbed: tuple[EndState, dict[str, int]]
) -> None:
    ports = Ports(free_port(0)[0], free_port(0)[0])
    with open_office(tmp_path) as office:
        environment = {**prefect_environment(office.bureau.settings, ports), "JUCAI_CONFIG": str(office.config)}
        office.receive(letters)
        with Supervisor(tmp_path / "logs") as supervisor:
            start_office(supervisor, environment, ports)
            wait_for(
                lambda: count(office, OutboxMail, OutboxMail.state == OutboxState.SENT) >= 3, "mails that are sent", 120
            )
            cut_the_power(supervisor)
            assert not all_sent(office), "the round was over already"
            start_office(supervisor, environment, ports)
            assert busy(environment), "Prefect still believes in the run that is gone"
            wait_for(lambda: all_sent(office) and office.filed() == undisturbed[0].filed, "the rest done", 300)
            assert_same(without_times(end_state(office)), without_times(undisturbed[0]))
            assert_sent_once(office, kills=1)
            assert_sound(office)
