"""What `prefect.yaml` says really happens: the newest SQLAlchemy lets cron runs silently never appear."""

import importlib.util
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from ruamel.yaml import YAML

from jucai.running import deploy
from jucai.settings import ROOT
from tests.flows.conftest import RunningPrefect, wait_for

pytestmark = pytest.mark.prefect

DEPLOYMENTS: list[dict[str, Any]] = YAML(typ="safe").load(ROOT / "prefect.yaml")["deployments"]
NAMES = [row["name"] for row in DEPLOYMENTS]
CRON = [row for row in DEPLOYMENTS if "schedules" in row]
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize("name", NAMES)
def test_every_entrypoint_names_a_flow(name: str) -> None:
    from prefect import Flow  # noqa: PLC0415 - three seconds to import

    row = next(row for row in DEPLOYMENTS if row["name"] == name)
    path, _, function = row["entrypoint"].partition(":")
    module = importlib.import_module(Path(path).with_suffix("").as_posix().replace("/", "."))
    flow = getattr(module, function)
    assert isinstance(flow, Flow)
    assert re.search("[一-鿿]", flow.name), "administrators read Chinese names"


def test_the_deployments_are_those_of_the_file(prefect: RunningPrefect) -> None:
    assert sorted(row["name"] for row in prefect.deployments()) == sorted(NAMES)
    assert all(row["work_pool_name"] == "office" for row in prefect.deployments())
    assert all(re.search("[一-鿿]", row["description"]) for row in prefect.deployments())


def test_one_run_at_a_time_and_the_second_is_cancelled(prefect: RunningPrefect) -> None:
    for row in prefect.deployments():
        limit, options = row["global_concurrency_limit"], row["concurrency_options"]
        if row["name"] == "case":  # as many as there are cases: paused runs that only show something
            assert limit is None
        else:
            assert (limit["limit"], options["collision_strategy"]) == (1, "CANCEL_NEW"), row["name"]


@pytest.mark.parametrize("name", [row["name"] for row in CRON])
def test_each_cron_is_scheduled_by_the_office_s_own_time(prefect: RunningPrefect, name: str) -> None:
    wanted = next(row for row in CRON if row["name"] == name)["schedules"]
    held = next(row for row in prefect.deployments() if row["name"] == name)["schedules"]
    assert sorted(s["schedule"]["cron"] for s in held) == sorted(s["cron"] for s in wanted)
    assert {s["schedule"]["timezone"] for s in held} == {"Asia/Shanghai"}
    assert all(s["active"] for s in held)


@pytest.mark.parametrize("name", [row["name"] for row in CRON])
def test_the_scheduler_really_makes_runs_of_each_cron(prefect: RunningPrefect, name: str) -> None:
    runs = wait_for(
        lambda: [run for run in prefect.runs(name) if run["auto_scheduled"] and run["state_type"] == "SCHEDULED"],
        f"scheduled runs of {name}",
    )
    crons = [schedule["cron"].split() for schedule in next(row for row in CRON if row["name"] == name)["schedules"]]
    for run in runs:
        when = datetime.fromisoformat(run["expected_start_time"]).astimezone(SHANGHAI)
        assert any(_matches(cron, when) for cron in crons), (name, when)


def _matches(cron: list[str], when: datetime) -> bool:
    """Whether `when` is a moment of `cron`, for the minutes and hours our crons use: *, */n or a number."""
    assert cron[2:] == ["*", "*", "*"], "teach this test the other fields"
    pairs = zip(cron[:2], (when.minute, when.hour), strict=True)
    return when.second == 0 and all(
        part == "*" or (part.startswith("*/") and value % int(part[2:]) == 0) or part == str(value)
        for part, value in pairs
    )


@pytest.mark.nightly
def test_applying_the_file_again_changes_nothing(prefect: RunningPrefect) -> None:
    def standing() -> list[tuple[object, ...]]:
        return sorted(
            (row["id"], row["name"], row["entrypoint"], len(row["schedules"]), tuple(row["tags"]))
            for row in prefect.deployments()
        )

    before = standing()
    deploy(prefect.environment)
    assert standing() == before
