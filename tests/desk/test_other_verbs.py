"""What an officer does with a case besides deciding it: passed on, asked, taken back, put aside; all without script."""

import re

import pytest

from jucai.approval.state import Phase, Seat, TaskPurpose, TaskStatus
from tests.desk.town import Opener, Town

HEAD = "rcj-head"
WHY = "情况复杂，请您把关"


def offered(town: Town, path: str) -> set[str]:
    return set(re.findall(r'name="verb" value="([a-z]+)"', town.client.get(f"{path}/more").text))


def act(town: Town, path: str, verb: str, **typed: str):
    fields = town.fields(f"{path}/more")
    return town.post(f"{path}/more", {**fields, "verb": verb, "why": WHY, **typed})


@pytest.fixture
def at_review(town: Town, application: Opener) -> tuple[str, str]:
    """A case at the city's review, and the path of its first reviewer's task."""
    number = application()
    town.until(number, "review")
    return number, town.task_path(number)


def test_the_task_page_leads_to_the_other_ways_and_looking_changes_nothing(
    town: Town, at_review: tuple[str, str]
) -> None:
    number, path = at_review
    before = town.state(number).revision
    assert f'href="{path}/more"' in town.client.get(path).text
    assert {"transfer", "delegate", "sign", "aside", "copy"} <= offered(town, path)
    assert not {"extend", "recall", "drop", "resume"} & offered(town, path)
    assert town.client.get(f"{path}/more", params={"verb": "transfer", "to": HEAD, "why": WHY}).status_code == 200
    assert town.state(number).revision == before


def test_a_task_is_passed_on_for_good(town: Town, at_review: tuple[str, str]) -> None:
    number, path = at_review
    answer = act(town, path, "transfer", to="rsj-reviewer-2")
    assert answer.status_code == 200
    assert "已转办" in answer.text
    assert town.task(number).officers == ("rsj-reviewer-2",)
    assert WHY in town.task(number).note


def test_an_opinion_is_asked_for_and_the_question_taken_back(town: Town, at_review: tuple[str, str]) -> None:
    number, path = at_review
    act(town, path, "delegate", to="kjj-reviewer-1")
    asked = town.task(number)
    assert (asked.purpose, asked.officers) == (TaskPurpose.CONSULT, ("kjj-reviewer-1",))
    assert "drop" in offered(town, path)
    act(town, path, "drop", task=asked.code)
    assert town.task(number).status is TaskStatus.OPEN
    assert town.task(number).purpose is TaskPurpose.DECIDE


def test_a_signer_is_added_beside_and_reminded(town: Town, at_review: tuple[str, str]) -> None:
    number, path = at_review
    act(town, path, "sign", to="kjj-reviewer-1", seat=Seat.BESIDE.value)
    added = next(task for task in town.state(number).open_tasks if task.seat is Seat.BESIDE)
    assert added.officers == ("kjj-reviewer-1",)
    act(town, path, "remind", task=added.code)
    assert town.state(number).task(added.code).reminders == 1  # type: ignore[union-attr] # it was just there
    again = act(town, path, "remind", task=added.code)
    assert again.status_code == 409
    assert town.state(number).task(added.code).reminders == 1  # type: ignore[union-attr] # as above


def test_who_has_an_interest_stands_aside(town: Town, at_review: tuple[str, str]) -> None:
    number, path = at_review
    mine = town.task(number).officers[0]
    act(town, path, "aside")
    assert mine in town.state(number).recused
    assert mine not in town.task(number).officers


def test_a_decision_is_taken_back_while_nobody_has_acted_since(town: Town, at_review: tuple[str, str]) -> None:
    number, path = at_review
    town.decide(number)
    assert "recall" in offered(town, path)
    assert "拿回" in town.client.get(path).text
    act(town, path, "recall")
    assert town.state(number).stage == "review"
    town.decide(number)
    town.decide(number)
    assert "recall" not in offered(town, path)


def test_others_read_along(town: Town, at_review: tuple[str, str]) -> None:
    number, path = at_review
    act(town, path, "copy", to="kjj-reviewer-1")
    reading = [task for task in town.state(number).open_tasks if task.purpose is TaskPurpose.READ]
    assert [task.officers for task in reading] == [("kjj-reviewer-1",)]


def test_a_head_puts_a_case_aside_goes_on_and_gives_it_more_time(town: Town, at_review: tuple[str, str]) -> None:
    number, path = at_review
    act(town, path, "transfer", to=HEAD)
    path = town.task_path(number, officer=HEAD)
    assert {"suspend", "extend", "terminate"} <= offered(town, path)
    due = town.state(number).due_on
    act(town, path, "extend", days="5")
    assert town.state(number).due_on == town.bureau.calendar.add_workdays(due, 5)  # type: ignore[arg-type] # accepted
    assert "extend" not in offered(town, path)
    act(town, path, "suspend")
    assert town.state(number).phase is Phase.SUSPENDED
    assert "suspend" not in offered(town, path)
    act(town, path, "resume")
    assert town.state(number).phase is Phase.IN_STAGES


def test_what_was_typed_stays_when_a_reason_is_missing(town: Town, at_review: tuple[str, str]) -> None:
    number, path = at_review
    before = town.state(number).revision
    answer = act(town, path, "transfer", to="rsj-reviewer-2", why=" ")
    assert answer.status_code == 409
    assert '<option value="rsj-reviewer-2" selected>' in answer.text
    assert '<details class="fold" open>' in answer.text
    assert town.state(number).revision == before


@pytest.mark.parametrize(
    ("verb", "typed"),
    [("extend", {"days": "5"}), ("transfer", {"to": "nobody"}), ("sign", {"to": HEAD, "seat": "unit"}), ("x", {})],
)
def test_what_was_not_offered_is_not_done(
    town: Town, at_review: tuple[str, str], verb: str, typed: dict[str, str]
) -> None:
    number, path = at_review
    before = town.state(number).revision
    assert act(town, path, verb, **typed).status_code == 422
    assert town.state(number).revision == before


def test_the_form_counts_once_and_only_from_our_own_page(town: Town, at_review: tuple[str, str]) -> None:
    number, path = at_review
    form = {**town.fields(f"{path}/more"), "verb": "copy", "why": WHY, "to": "kjj-reviewer-1"}
    foreign = town.post(f"{path}/more", form, **{"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403
    assert town.post(f"{path}/more", {**form, "nonce": "x"}).status_code == 422
    assert town.post(f"{path}/more", form).status_code == 200
    revision = town.state(number).revision
    assert town.post(f"{path}/more", {**form, "to": "kjj-reviewer-2"}).status_code == 409
    assert town.state(number).revision == revision
