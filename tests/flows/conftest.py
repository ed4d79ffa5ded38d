"""One Prefect server for all tests of flows: on loopback, in a home of its own, with `prefect.yaml` applied."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from jucai.demo.letters import SampleLetter
from jucai.processes import Supervisor, free_port
from jucai.running import Ports, deploy, lay_database, make_pool, prefect_environment, server
from tests.flows.killing import (
    POST,
    EndState,
    Rounds,
    assert_sent_once,
    assert_sound,
    end_state,
    rounds,
    steps_of,
)
from tests.flows.offices import Office, chosen_letters, open_office

T = TypeVar("T")


class Patient(httpx.HTTPTransport):
    """Asks again where the server's SQLite is busy writing, as Prefect's own client does."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        until = time.monotonic() + 30.0
        while True:
            answer = super().handle_request(request)
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE or time.monotonic() > until:
                return answer
            answer.close()
            time.sleep(0.3)


@dataclass(frozen=True, slots=True)
class RunningPrefect:
    """The server, and how to ask it."""

    ports: Ports
    environment: Mapping[str, str]
    supervisor: Supervisor
    office: Office  # the one whose settings the worker has
    client: httpx.Client

    def ask(self, path: str, **query: object) -> Any:
        """POST to one of the API's reading routes."""
        return self.client.post(path, json=query).raise_for_status().json()

    def deployments(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("/deployments/filter")
        return found

    def runs(self, deployment: str) -> list[dict[str, Any]]:
        """The newest runs of a deployment, given by its name."""
        found: list[dict[str, Any]] = self.ask(
            "/flow_runs/filter", deployments={"name": {"any_": [deployment]}}, sort="EXPECTED_START_TIME_DESC"
        )
        return found

    def start(self, deployment: str) -> str:
        """Start a run as an administrator does; its id."""
        row = next(row for row in self.deployments() if row["name"] == deployment)
        made = self.client.post(f"/deployments/{row['id']}/create_flow_run", json={}).raise_for_status().json()
        return str(made["id"])

    def run(self, run_id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(f"/flow_runs/{run_id}").raise_for_status().json()
        return found

    def pause_schedules(self) -> None:
        """So that only the runs of the test itself are under way."""
        for row in self.deployments():
            self.client.post(f"/deployments/{row['id']}/pause_deployment").raise_for_status()

    def resume_schedules(self) -> None:
        for row in self.deployments():
            self.client.post(f"/deployments/{row['id']}/resume_deployment").raise_for_status()


def wait_for(look: Callable[[], T], what: str, seconds: float = 60.0) -> T:
    """Look until there is something to see; fails with `what` was waited for."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > deadline:
            pytest.fail(f"{what}: not within {seconds:g} seconds")
        time.sleep(0.1)
    return seen


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPrefect]:
    """The server as the product starts it, on a free port, and the deployments as it applies them; no worker yet."""
    folder: Path = tmp_path_factory.mktemp("prefect-office")
    ports = Ports(free_port(0)[0], free_port(0)[0])
    with open_office(folder) as office, Supervisor(folder / "logs") as supervisor:
        environment = {**prefect_environment(office.bureau.settings, ports), "JUCAI_CONFIG": str(office.config)}
        lay_database(environment)
        supervisor.start(server(environment, ports))
        make_pool(ports)
        deploy(environment)
        with httpx.Client(base_url=environment["PREFECT_API_URL"], timeout=30, transport=Patient()) as client:
            yield RunningPrefect(ports, environment, supervisor, office, client)


@pytest.fixture
def in_process(prefect: RunningPrefect, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Flows called in this process report to the server."""
    from prefect.settings import PREFECT_API_URL, temporary_settings  # noqa: PLC0415 - three seconds to import

    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    with temporary_settings({PREFECT_API_URL: prefect.environment["PREFECT_API_URL"]}):
        yield


@pytest.fixture(scope="session")
def letters() -> list[SampleLetter]:
    return chosen_letters(POST)


@pytest.fixture(scope="session")
def killable() -> Iterator[Rounds]:
    with rounds() as process:
        yield process


@pytest.fixture(scope="session")
def undisturbed(
    tmp_path_factory: pytest.TempPathFactory, killable: Rounds, letters: list[SampleLetter]
) -> tuple[EndState, dict[str, int]]:
    """What becomes of the letters when nobody kills anything, and how many steps that takes."""
    with open_office(tmp_path_factory.mktemp("undisturbed"), standing_clock=True) as office:
        office.receive(letters)
        assert killable.run(office) == 0
        steps = steps_of(office)
        assert killable.run(office) == 0
        assert_sent_once(office, kills=0)
        assert_sound(office)
        return end_state(office), steps
