"""Running the office on one machine: Prefect's server and worker, the deployments, the desk, the bell."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
from ruamel.yaml import YAML

from jucai.prepare import lay_prefect_database
from jucai.processes import HttpReady, Program, Supervisor
from jucai.settings import ROOT, Settings

POOL = "office"
_DEPLOYERS = 3
_BIN = Path(sys.executable).parent


class DeployError(Exception):
    """The deployments could not be applied; the message holds Prefect's own words."""

    def __init__(self, what: str, detail: str) -> None:
        super().__init__(f"{what}未成功：{detail[-1500:]}")


@dataclass(frozen=True, slots=True)
class Ports:
    """The loopback ports of Prefect's server and of the desk."""

    prefect: int
    desk: int


def prefect_environment(settings: Settings, ports: Ports) -> dict[str, str]:
    """Prefect's own settings: everything on loopback, its files under `home`, nothing told to anybody."""
    home = (settings.home / "prefect").resolve()
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "PREFECT_API_URL": f"http://127.0.0.1:{ports.prefect}/api",
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(ports.prefect),
        "PREFECT_UI_API_URL": f"http://127.0.0.1:{ports.prefect}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        # Asked each second, the worker need not take a run before its time: the round before may still be at work.
        "PREFECT_WORKER_PREFETCH_SECONDS": "0",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        "PREFECT_LOGGING_LEVEL": "INFO",
        "PREFECT_CLI_PROMPT": "false",
        "NO_COLOR": "1",
        "PATH": f"{_BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}",  # runs start our own `python`
    }


def server(environment: Mapping[str, str], ports: Ports) -> Program:
    """Prefect's server and UI."""
    return Program(
        name="prefect-server",
        command=[sys.executable, "-m", "flows.server"],
        ready=HttpReady(f"http://127.0.0.1:{ports.prefect}/api/health", timeout=90),
        environment=environment,
        folder=ROOT,
    )


def worker(environment: Mapping[str, str]) -> Program:
    """The worker that starts a process for each run."""
    return Program(
        name="prefect-worker",
        command=[str(_BIN / "prefect"), "worker", "start", "--pool", POOL, "--type", "process", "--limit", "4"],
        environment=environment,
        folder=ROOT,
    )


def desk(environment: Mapping[str, str], ports: Ports) -> Program:
    """The pages where people act."""
    return Program(
        name="desk",
        command=[str(_BIN / "jucai"), "desk", "--port", str(ports.desk)],
        ready=HttpReady(f"http://127.0.0.1:{ports.desk}/healthz", timeout=60),
        environment=environment,
        folder=ROOT,
    )


def bell(environment: Mapping[str, str]) -> Program:
    """What wakes the round early."""
    return Program(name="bell", command=[sys.executable, "-m", "flows.bell"], environment=environment, folder=ROOT)


def make_pool(ports: Ports) -> None:
    """Make the work pool if there is none; the worker that joins it fills in how its processes are started."""
    address = f"http://127.0.0.1:{ports.prefect}/api/work_pools/"
    answer = httpx.post(address, json={"name": POOL, "type": "process"}, timeout=30)
    if answer.status_code not in {httpx.codes.CREATED, httpx.codes.CONFLICT}:
        raise DeployError("建立工作池", answer.text)


def deploy(environment: Mapping[str, str]) -> None:
    """Apply `prefect.yaml`; `DeployError` with Prefect's words if it does not take it."""
    listed = YAML(typ="safe").load(ROOT / "prefect.yaml")
    names = [deployment["name"] for deployment in listed["deployments"]]
    # Each takes Prefect's command about two seconds, most of them waiting: several commands share them out.
    shares = [names[start::_DEPLOYERS] for start in range(_DEPLOYERS)]
    running = [_deploying(environment, share) for share in shares]
    for process in running:
        said, _ = process.communicate()
        if process.returncode != 0:
            raise DeployError("部署流程", said)


def _deploying(environment: Mapping[str, str], names: Sequence[str]) -> subprocess.Popen[str]:
    wanted = [word for name in names for word in ("--name", name)]
    return subprocess.Popen(  # noqa: S603 - Prefect's own command beside our interpreter
        [str(_BIN / "prefect"), "--no-prompt", "deploy", *wanted],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def lay_database(environment: Mapping[str, str]) -> None:
    """Make Prefect's database ready where there is none yet."""
    lay_prefect_database(Path(environment["PREFECT_HOME"]))


def start_office(supervisor: Supervisor, environment: Mapping[str, str], ports: Ports) -> None:
    """Start everything in the order it needs, and wait until it answers."""
    lay_database(environment)
    supervisor.launch(desk(environment, ports))
    supervisor.start(server(environment, ports))
    make_pool(ports)
    supervisor.launch(worker(environment))
    supervisor.launch(bell(environment))  # it waits until there is something to ring for
    deploy(environment)
    supervisor.wait_ready("desk")
