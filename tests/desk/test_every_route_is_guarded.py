"""Every address names who may see it; looking never changes anything; posting needs one of our own pages."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from jucai.desk.forms import posted_form
from jucai.desk.guards import GUARDS
from jucai.settings import Settings
from jucai.store.links import LinkPurpose, document_mac
from tests.desk.town import NOTICE, Opener, Town

NUMBER = "宜人才受〔2026〕1号"


def _routes(town: Town) -> list[BaseRoute]:
    app = town.client.app
    assert isinstance(app, FastAPI)
    return list(_flat(app.routes))


def _flat(routes: list[BaseRoute]) -> Iterator[BaseRoute]:
    for route in routes:
        inner = getattr(getattr(route, "original_router", None), "routes", None)
        if inner is None:
            yield route
        else:
            yield from _flat(inner)


def _calls(dependant: Dependant) -> set[object]:
    return {call for one in dependant.dependencies for call in {one.call} | _calls(one)}


def test_there_is_no_route_without_a_named_guard(town: Town) -> None:
    routes = _routes(town)
    assert len(routes) >= 15
    for route in routes:
        assert isinstance(route, APIRoute), f"{route} is outside the walk"
        assert len(_calls(route.dependant) & GUARDS) == 1, route.path


def test_every_post_is_read_through_the_one_checked_form_and_nothing_else_changes_anything(town: Town) -> None:
    posts = 0
    for route in _routes(town):
        assert isinstance(route, APIRoute)
        if route.methods <= {"GET", "HEAD"}:
            continue
        assert route.methods == {"POST"}, route.path
        assert posted_form in _calls(route.dependant), route.path
        posts += 1
    assert posts == 8


def _dump(settings: Settings) -> list[str]:
    with sqlite3.connect(settings.database.removeprefix("sqlite:///")) as connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


@pytest.fixture
def addresses(town: Town, application: Opener) -> list[str]:
    """One address of every kind, with something behind it."""
    checked, open_, shown = application(doubtful={"bank_account": "印章遮挡"}), application(), application()
    town.until(shown, "publicity")
    town.publish(shown)
    task, clerk = town.task_path(open_), town.task_path(checked)
    mac = document_mac(town.bureau, NUMBER)
    return [
        "/", "/healthz", "/desk.css", "/favicon.ico", "/public", f"/public/{NOTICE}", f"/v/{NUMBER}/{mac}",
        task, clerk, f"{task}/document/2", f"{task}/document/2/page/1.png", f"{task}/place/name.png",
        town.path(LinkPurpose.BATCH, town.task(open_).officers[0]),
        town.path(LinkPurpose.STATUS, "", open_),
    ]  # fmt: skip


def test_a_scanner_that_follows_every_link_again_and_again_changes_nothing(
    town: Town, settings: Settings, addresses: list[str], tmp_path: Path
) -> None:
    before = _dump(settings)
    files = sorted(path for path in tmp_path.rglob("*") if path.parent.name != tmp_path.name)
    for _ in range(3):
        for address in addresses:
            assert town.client.get(address).status_code in {200, 204}, address
            assert town.client.head(address).status_code in {200, 204}, address
            assert town.client.get(f"{address}?verdict=approve&opinion=x").status_code in {200, 204}
    assert _dump(settings) == before
    assert sorted(path for path in tmp_path.rglob("*") if path.parent.name != tmp_path.name) == files


def test_deciding_by_following_an_address_is_not_possible(town: Town, application: Opener) -> None:
    number = application()
    path = town.task_path(number)
    fields = town.fields(path)
    for address in (f"{path}/decide", f"{path}/verify"):
        answer = town.client.get(address, params={**fields, "verdict": "approve"})
        assert answer.status_code == 405
        assert "不能这样访问" in answer.text
    assert town.state(number).stage == "employer"


def test_every_answer_carries_the_protecting_headers(town: Town, addresses: list[str]) -> None:
    for address in [*addresses, "/nowhere", "/t/forged.link"]:
        headers = town.client.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy, address
        assert "frame-ancestors 'none'" in policy, address
        assert "script-src" not in policy, address
        assert "unsafe" not in policy, address
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert headers["x-robots-tag"].startswith("noindex")
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"


def test_pages_hold_no_script_and_fetch_nothing_from_elsewhere(town: Town, addresses: list[str]) -> None:
    for address in addresses:
        answer = town.client.get(address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        assert '<html lang="zh-CN">' in answer.text
        assert "<main" in answer.text
        for forbidden in ("<script", "javascript:", " style=", "<style", ' src="http', " onclick", "<iframe"):
            assert forbidden not in answer.text, f"{address}: {forbidden}"
