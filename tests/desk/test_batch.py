"""Many cases on one page: each decided on its own, each with an outcome of its own."""

import re

import sqlalchemy as sa

from jucai.approval.state import Phase
from jucai.store.links import LinkPurpose
from tests.desk.town import Opener, Town


def _at_county(town: Town, application: Opener, count: int) -> tuple[list[str], str]:
    numbers = [application() for _ in range(count)]
    for number in numbers:
        town.decide(number)
    return numbers, town.path(LinkPurpose.BATCH, town.task(numbers[0]).officers[0])


def _index(fields: dict[str, str], number: str) -> str:
    key = next(key for key, value in fields.items() if key.startswith("task-") and value.startswith(number))
    return key.removeprefix("task-")


def test_thirty_cases_are_one_page_and_one_post(town: Town, application: Opener) -> None:
    numbers, path = _at_county(town, application, 30)
    page = town.client.get(path).text
    assert "待办 30 件" in page
    assert not re.search(r'<option value="(approve|return|reject)" selected', page)
    assert "checked" not in page
    fields = town.fields(path)
    picks = {f"pick-{n}": "1" for n in range(30)}
    answer = town.post(f"{path}/decide", {**fields, **picks, "verdict": "approve", "opinion": "同意上报"})
    assert answer.status_code == 200
    assert "本次办理 30 件" in answer.text
    assert {town.state(number).stage for number in numbers} == {"review"}
    assert town.state(numbers[7]).tasks[1].opinion == "同意上报"


def test_a_page_of_cases_costs_one_commit(town: Town, application: Opener) -> None:
    numbers, path = _at_county(town, application, 6)
    fields = town.fields(path)
    commits: list[sa.Connection] = []

    def count(connection: sa.Connection) -> None:
        commits.append(connection)

    sa.event.listen(town.bureau.engine, "commit", count)
    town.post(f"{path}/decide", {**fields, **{f"pick-{n}": "1" for n in range(6)}, "verdict": "approve"})
    sa.event.remove(town.bureau.engine, "commit", count)
    assert {town.state(number).stage for number in numbers} == {"review"}
    assert len(commits) == 1


def test_a_case_decided_meanwhile_tells_by_whom_and_the_others_are_done(town: Town, application: Opener) -> None:
    numbers, path = _at_county(town, application, 3)
    fields = town.fields(path)
    town.decide(numbers[1])
    answer = town.post(f"{path}/decide", {**fields, **{f"pick-{n}": "1" for n in range(3)}, "verdict": "approve"})
    assert "本次办理 2 件，1 件未办" in answer.text
    assert {town.state(number).stage for number in numbers} == {"review"}
    name = town.bureau.office.officer(town.state(numbers[1]).tasks[1].decided_by or "").name  # type: ignore[union-attr] # known
    assert re.search(rf"已由\s*{name}", answer.text)


def test_rows_without_a_word_are_left_alone(town: Town, application: Opener) -> None:
    numbers, path = _at_county(town, application, 2)
    fields = town.fields(path)
    pick = f"pick-{_index(fields, numbers[0])}"
    town.post(f"{path}/decide", {**fields, pick: "1", "verdict": "approve"})
    assert [town.state(number).stage for number in numbers] == ["review", "county"]


def test_a_word_of_its_own_goes_before_the_common_one(town: Town, application: Opener) -> None:
    numbers, path = _at_county(town, application, 2)
    fields = town.fields(path)
    one, other = (_index(fields, number) for number in numbers)
    form = {
        **fields,
        f"pick-{one}": "1",
        f"verdict-{other}": "return",
        f"opinion-{other}": "请补合同",
        "verdict": "approve",
    }
    answer = town.post(f"{path}/decide", form)
    assert "本次办理 2 件" in answer.text
    assert town.state(numbers[0]).stage == "review"
    assert town.state(numbers[1]).phase is Phase.CORRECTING


def test_a_row_that_needs_a_reason_is_told_so_and_the_others_are_done(town: Town, application: Opener) -> None:
    numbers, path = _at_county(town, application, 2)
    fields = town.fields(path)
    one, other = (_index(fields, number) for number in numbers)
    answer = town.post(f"{path}/decide", {**fields, f"verdict-{one}": "reject", f"verdict-{other}": "approve"})
    assert "本次办理 1 件，1 件未办" in answer.text
    assert "必须写明理由" in answer.text
    assert [town.state(number).stage for number in numbers] == ["county", "review"]


def test_posting_the_batch_twice_decides_nothing_twice(town: Town, application: Opener) -> None:
    numbers, path = _at_county(town, application, 1)
    form = {**town.fields(path), "pick-0": "1", "verdict": "approve"}
    town.post(f"{path}/decide", form)
    revision = town.state(numbers[0]).revision
    again = town.post(f"{path}/decide", form)
    assert "未生效" in again.text
    assert "本次办理 0 件，1 件未办" in again.text
    assert town.state(numbers[0]).revision == revision


def test_a_row_of_another_officer_cannot_be_slipped_in(town: Town, application: Opener) -> None:
    numbers, path = _at_county(town, application, 1)
    strange = application(name="别人的件")
    fields = town.fields(path)
    form = {**fields, "task-0": f"{strange}/{town.task(strange).code}", "verdict-0": "approve"}
    answer = town.post(f"{path}/decide", form)
    assert "表单已失效" in answer.text
    assert "别人的件" not in answer.text
    assert town.state(strange).stage == "employer"
    assert town.state(numbers[0]).stage == "county"


def test_a_broken_form_decides_nothing_at_all(town: Town, application: Opener) -> None:
    numbers, path = _at_county(town, application, 2)
    fields = town.fields(path)
    form = {**fields, "verdict-0": "approve", "verdict-1": "approve", "revision-1": "neu"}
    assert town.post(f"{path}/decide", form).status_code == 422
    assert {town.state(number).stage for number in numbers} == {"county"}


def test_sending_nothing_is_answered_with_what_to_do(town: Town, application: Opener) -> None:
    _, path = _at_county(town, application, 1)
    answer = town.post(f"{path}/decide", {**town.fields(path), "verdict": "approve"})
    assert answer.status_code == 422
    assert "没有选择任何一件" in answer.text


def test_a_tick_without_a_word_is_told_so(town: Town, application: Opener) -> None:
    numbers, path = _at_county(town, application, 1)
    answer = town.post(f"{path}/decide", {**town.fields(path), "pick-0": "1"})
    assert "没有选择意见" in answer.text
    assert town.state(numbers[0]).stage == "county"


def test_stages_that_are_no_batch_stages_are_only_listed(town: Town, application: Opener) -> None:
    number = application()
    path = town.path(LinkPurpose.BATCH, town.task(number).officers[0])
    page = town.client.get(path).text
    assert number in page
    assert "打开办理" in page
    assert 'name="pick-' not in page


def test_an_officer_without_tasks_is_told_so(town: Town) -> None:
    assert "没有待办" in town.client.get(town.path(LinkPurpose.BATCH, "rcj-head")).text
