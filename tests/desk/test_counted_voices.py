"""Votes and score sheets on a task's page, and the ranking they end in."""

import re
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from jucai.approval.state import Phase, TaskPurpose, Verdict
from jucai.desk.app import create_app
from jucai.policy import ProgrammeBook, ScoreItem, Stage, StageKind, VoteRule
from jucai.store.links import LinkPurpose
from tests.desk.town import LIVING, Opener, TestClient, Town

SCHEME = (ScoreItem(code="merit", title="业绩", points=60), ScoreItem(code="plan", title="计划", points=40))
LAST = Stage(code="last", title="审定", kind=StageKind.ANY_OF, units=("rcj",), due_days=5)


def staged(town: Town, kind: StageKind, rule: VoteRule) -> Town:
    """The same town, whose programme begins with a panel or a vote of the 人社局."""
    first = Stage(code="first", title="专家评审", kind=kind, units=("rsj",), due_days=5, vote=rule, batch=True)
    programme = town.bureau.programmes.get(LIVING).model_copy(update={"stages": (first, LAST)})
    book = ProgrammeBook((programme,), town.bureau.programmes.offices, MappingProxyType({LIVING: "anqing"}), {})
    town.bureau = replace(town.bureau, programmes=book)
    town.client = TestClient(create_app(town.bureau), raise_server_exceptions=False)
    return town


def give(town: Town, number: str, **typed: str):
    path = town.task_path(number)
    return town.post(f"{path}/decide", {**town.fields(path), "verdict": "approve", **typed})


@pytest.fixture
def panel(town: Town) -> Town:
    return staged(town, StageKind.PANEL, VoteRule(scheme=SCHEME, quota=1))


def test_an_expert_fills_in_the_score_sheet_and_nothing_else(panel: Town, application: Opener) -> None:
    number = application()
    html = panel.client.get(panel.task_path(number)).text
    assert "业绩（满分 60 分）" in html
    assert re.findall(r'name="verdict" value="([a-z]+)"', html) == ["approve"]
    assert give(panel, number, verdict="reject").status_code == 422
    path = panel.path(LinkPurpose.BATCH, panel.task(number).officers[0])
    assert 'name="pick-0"' not in panel.client.get(path).text


@pytest.mark.parametrize("kind", [StageKind.PANEL, StageKind.VOTE])
def test_nobody_reads_what_others_said_before_everybody_has_spoken(
    town: Town, application: Opener, kind: StageKind
) -> None:
    office = staged(town, kind, VoteRule(scheme=SCHEME if kind is StageKind.PANEL else (), share=50, present=50))
    number = application()
    first, second = office.state(number).open_tasks[:2]
    sheet = {"score-merit": "50", "score-plan": "30"} if kind is StageKind.PANEL else {}
    assert give(office, number, opinion="材料扎实，值得支持", **sheet).status_code == 303
    assert office.state(number).task(first.code).opinion == "材料扎实，值得支持"  # type: ignore[union-attr] # it has it
    own = office.client.get(office.path(LinkPurpose.TASK, first.officers[0], f"{number}/{first.code}")).text
    assert "材料扎实" in own
    others = office.client.get(office.path(LinkPurpose.TASK, second.officers[0], f"{number}/{second.code}")).text
    assert "材料扎实" not in others
    assert "内容待全部表态后公布" in others
    while any(task.stage == "first" for task in office.state(number).open_tasks if task.purpose is TaskPurpose.DECIDE):
        assert give(office, number, **sheet).status_code == 303
    assert "材料扎实" in office.client.get(office.task_path(number)).text


@pytest.mark.parametrize(
    ("merit", "plan", "told"),
    [("五十", "30", "应填写数字"), ("61", "30", "0 至 60 分"), ("50", "", "没有评分"), ("1e2", "30", "应填写数字")],
)
def test_a_sheet_that_is_not_filled_in_well_is_asked_for_again(
    panel: Town, application: Opener, merit: str, plan: str, told: str
) -> None:
    number = application()
    answer = give(panel, number, **{"score-merit": merit, "score-plan": plan})
    assert answer.status_code == 422
    assert told in answer.text
    assert f'name="score-merit" value="{merit}"' in answer.text
    assert panel.task(number).purpose is TaskPurpose.DECIDE
    assert not panel.task(number).scores


def test_scored_cases_are_ranked_on_the_page_and_a_tie_is_settled_by_ticking(panel: Town, application: Opener) -> None:
    numbers = [application() for _ in range(2)]
    for number in numbers:
        while panel.task(number).purpose is TaskPurpose.DECIDE:
            assert give(panel, number, **{"score-merit": "５０", "score-plan": "30.5"}).status_code == 303
    assert panel.state(numbers[0]).result.mean == Decimal("80.50")  # type: ignore[union-attr] # it was scored
    officer = panel.task(numbers[0]).officers[0]
    path = f"{panel.path(LinkPurpose.BATCH, officer)}/office"
    html = panel.client.get(path).text
    assert "名额 1 个，2 件" in html
    form = re.search(r'name="action" value="rank">.*?</form>', html, re.DOTALL)
    assert form is not None
    fields = {"action": "rank", **panel.fields(path, form.group())}
    both = panel.post(path, fields)
    assert both.status_code == 409
    assert "并列" in both.text
    done = panel.post(path, {**fields, f"chosen-{numbers[1]}": "1"})
    assert "已排序 2 件，入选 1 件" in done.text
    assert panel.state(numbers[0]).phase is Phase.REFUSED
    assert panel.state(numbers[1]).stage == "last"


def test_a_vote_is_for_against_or_neither(town: Town, application: Opener) -> None:
    voting = staged(town, StageKind.VOTE, VoteRule(share=50, present=50))
    number = application()
    path = voting.task_path(number)
    html = voting.client.get(path).text
    assert re.findall(r'name="verdict" value="([a-z]+)"', html) == ["approve", "reject", "abstain"]
    assert "退回到" not in html
    assert give(voting, number, verdict="return", opinion="x").status_code == 422
    assert give(voting, number, verdict="abstain").status_code == 303
    assert voting.state(number).tasks[0].verdict is Verdict.ABSTAIN
