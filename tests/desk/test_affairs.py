"""Substitution, hand-over, meetings and their minutes, and a head's cases, on one page of the officer's own."""

import re

import pytest
from httpx import Response
from sqlmodel import select

from jucai.approval.events import Actor
from jucai.approval.state import Phase
from jucai.store.database import reading
from jucai.store.links import LinkPurpose
from jucai.store.payments import confirm_list, list_due
from jucai.store.substitutes import acting_today
from models.cases import Meeting
from models.effects import OutboxMail
from tests.desk.town import Opener, Town

HEAD, SECRETARY, CHAIR, REVIEWER = "rcj-head", "meeting-secretary", "meeting-head", "rsj-reviewer-1"
TITLE = "局务会2026年第7次会议"


def page_of(town: Town, officer: str) -> str:
    return f"{town.path(LinkPurpose.BATCH, officer)}/office"


def do(town: Town, officer: str, action: str, **typed: str) -> Response:
    path = page_of(town, officer)
    html = town.client.get(path).text
    found = re.search(rf'name="action" value="{action}">\s*<input type="hidden" name="nonce" value="([^"]+)"', html)
    nonce = found.group(1) if found else ""
    return town.post(path, {"action": action, "nonce": nonce, **typed})


@pytest.fixture
def waiting(town: Town, application: Opener) -> list[str]:
    """Three cases that wait for a meeting."""
    numbers = [application() for _ in range(3)]
    for number in numbers:
        town.until(number, "meeting")
    return numbers


def test_the_list_of_tasks_leads_there_and_looking_changes_nothing(town: Town, waiting: list[str]) -> None:
    revisions = [town.state(number).revision for number in waiting]
    path = page_of(town, SECRETARY)
    assert path in town.client.get(path.removesuffix("/office")).text
    asked = {"action": "convene", "title": TITLE, f"case-{waiting[0]}": "1"}
    assert town.client.get(path, params=asked).status_code == 200
    assert [town.state(number).revision for number in waiting] == revisions


def test_somebody_acts_for_me_and_no_longer(town: Town) -> None:
    today = town.clock.now().date()
    answer = do(town, REVIEWER, "substitute", to="rsj-reviewer-2", first=f"{today}", last=f"{today}", why="休假")
    assert "代理已设定" in answer.text
    assert [one.substitute for one in acting_today(town.bureau)] == ["rsj-reviewer-2"]
    again = do(town, REVIEWER, "substitute", to="rsj-reviewer-2", first=f"{today}", last=f"{today}", why="休假")
    assert again.status_code == 409
    assert "已有代理人" in again.text
    assert "代理已结束" in do(town, REVIEWER, "substitute-end").text
    assert acting_today(town.bureau) == ()


def test_a_date_that_is_none_is_asked_for_again_and_the_rest_stays(town: Town) -> None:
    answer = do(town, REVIEWER, "substitute", to="rsj-reviewer-2", first="明天", last="", why="休假")
    assert answer.status_code == 409
    assert "请填写日期" in answer.text
    assert 'value="休假"' in answer.text
    assert '<option value="rsj-reviewer-2" selected>' in answer.text


def test_who_leaves_hands_everything_over(town: Town, application: Opener) -> None:
    numbers = [application() for _ in range(2)]
    for number in numbers:
        town.until(number, "county")
    leaver = town.task(numbers[0]).officers[0]
    answer = do(town, leaver, "hand-over", leaver=leaver, to="yingjiang-kjj-1", why="调离")
    assert "已移交 2 件" in answer.text
    assert all(leaver not in town.task(number).officers for number in numbers)


def test_nobody_hands_over_the_tasks_of_others(town: Town, application: Opener) -> None:
    number = application()
    town.until(number, "county")
    officers = town.task(number).officers
    answer = do(town, "kjj-reviewer-1", "hand-over", leaver=officers[0], to="kjj-reviewer-2", why="调离")
    assert "已移交 0 件" in answer.text
    assert "未移交" in answer.text
    assert town.task(number).officers == officers


def test_a_meeting_is_convened_and_its_minutes_decide_each_item(town: Town, waiting: list[str]) -> None:
    yes, no, later = waiting
    ticked = {f"case-{number}": "1" for number in waiting} | {f"guest-{CHAIR}": "1", f"guest-{HEAD}": "1"}
    answer = do(town, SECRETARY, "convene", title=TITLE, held_on="2026-07-08", place="三楼会议室", **ticked)
    assert "议题 3 项，议程将发给 2 人" in answer.text
    with reading(town.bureau.engine) as session:
        meeting = session.exec(select(Meeting)).one()
        assert len(session.exec(select(OutboxMail).where(OutboxMail.kind == "agenda")).all()) == 2
    path = page_of(town, SECRETARY).replace("/office", f"/meetings/{meeting.id}")
    shown = town.client.get(path)
    assert TITLE in shown.text
    assert all(number in shown.text for number in waiting)
    form = {
        **town.fields(path),
        "outcome-1": "approve", "text-1": "同意",
        "outcome-2": "reject", "text-2": "不符合急需条件",
        f"member-{CHAIR}": "1", f"member-{HEAD}": "1", "minutes": "会议审议了三项议题。",
    }  # fmt: skip
    assert town.post(path, form).status_code == 303
    assert town.state(yes).stage == "publicity"
    assert town.state(no).phase is Phase.REFUSED
    assert (town.state(later).stage, town.state(later).agenda) == ("meeting", None)
    closed = town.client.get(path).text
    assert "不符合急需条件" in closed
    assert "未议，转下次会议" in closed
    assert "<form" not in closed
    revisions = [town.state(number).revision for number in waiting]
    assert town.post(path, form).status_code == 409
    assert [town.state(number).revision for number in waiting] == revisions


def test_minutes_with_one_fault_decide_nothing_and_keep_what_was_typed(town: Town, waiting: list[str]) -> None:
    ticked = {f"case-{number}": "1" for number in waiting}
    told = do(town, SECRETARY, "convene", title=TITLE, held_on="2026-07-08", place="三楼", **ticked).text
    assert "没有选择参会人员，议程不会发给任何人" in told
    path = page_of(town, SECRETARY).replace("/office", "/meetings/1")
    form = {**town.fields(path), "outcome-1": "approve", "text-1": "同意上报", "outcome-2": "reject", "text-2": " "}
    nobody = town.post(path, form)
    assert "请勾选到会人员" in nobody.text
    assert "同意上报" in nobody.text
    answer = town.post(path, {**form, f"member-{CHAIR}": "1"})
    assert answer.status_code == 409
    assert {town.state(number).stage for number in waiting} == {"meeting"}
    assert all(town.state(number).agenda is not None for number in waiting)


def test_agendas_are_not_for_everybody(town: Town, waiting: list[str]) -> None:
    ticked = {f"case-{waiting[0]}": "1"}
    do(town, SECRETARY, "convene", title=TITLE, held_on="2026-07-08", place="三楼", **ticked)
    path = page_of(town, REVIEWER).replace("/office", "/meetings/1")
    answer = town.client.get(path)
    assert answer.status_code == 409
    assert waiting[0] not in answer.text
    assert "召集会议" not in town.client.get(page_of(town, REVIEWER)).text
    refused = do(town, REVIEWER, "convene", title="另一次", held_on="2026-07-08", place="三楼", **ticked)
    assert refused.status_code == 422


def test_a_head_looks_after_any_case_by_its_number(town: Town, application: Opener) -> None:
    number = application()
    due = town.state(number).due_on
    assert due is not None
    common = {"number": number, "why": "须向外省核实"}
    assert "处理" in do(town, HEAD, "case", do="extend", days="5", **common).text
    assert town.state(number).due_on == town.bureau.calendar.add_workdays(due, 5)
    do(town, HEAD, "case", do="suspend", **common)
    assert town.state(number).phase is Phase.SUSPENDED
    do(town, HEAD, "case", do="resume", **common)
    assert town.state(number).phase is Phase.IN_STAGES
    do(town, HEAD, "case", do="terminate", **common)
    assert town.state(number).phase is Phase.TERMINATED
    do(town, HEAD, "case", do="revive", **common)
    assert town.state(number).phase is Phase.IN_STAGES
    unknown = do(town, HEAD, "case", do="suspend", number="AQ-0", why="x")
    assert unknown.status_code == 409
    assert "AQ-0" in unknown.text


def test_a_reviewer_cannot_post_what_only_a_head_is_offered(town: Town, application: Opener) -> None:
    number = application()
    assert "按编号处置" not in town.client.get(page_of(town, REVIEWER)).text
    before = town.state(number).revision
    answer = do(town, REVIEWER, "case", do="suspend", number=number, why="x")
    assert answer.status_code == 422
    assert town.state(number).revision == before


def test_an_unknown_action_is_no_form_of_ours(town: Town) -> None:
    assert do(town, SECRETARY, "x", title=TITLE).status_code == 422


def test_who_ends_a_paid_benefit_for_fraud_is_told_what_to_ask_back(town: Town, application: Opener) -> None:
    number = application()
    town.until(number, "publicity")
    town.publish(number)
    town.move_to(2026, 7, 20)
    town.advance(number)
    listed = list_due(town.bureau)
    assert listed is not None
    confirm_list(town.bureau, listed.number, Actor("czj-finance-1"), town.clock.now().date())
    strange = do(town, HEAD, "case", number=number, do="terminate", ground="lies", why="材料虚假")
    assert strange.status_code == 409
    assert "没有“lies”这种事由" in strange.text
    answer = do(town, HEAD, "case", number=number, do="terminate", ground="fraud", why="材料虚假")
    for told in ("追回测算（由您决定）", "弄虚作假骗取补贴的全部退还", "应退还6,000.00元（陆仟元整）", "不得再申报"):
        assert told in answer.text, told
    assert (town.state(number).phase, town.state(number).ended_ground) == (Phase.STOPPED, "fraud")
