"""A head of the bureau puts a running benefit on another standard: first what it means, then the deed."""

import re
from email import message_from_bytes, policy
from urllib.parse import urlencode

import pytest
from httpx import Response
from sqlmodel import select

from jucai.approval.state import Phase
from jucai.casework.rendering import render_outgoing
from jucai.store.database import reading
from jucai.store.links import LinkPurpose
from models.effects import OutboxMail
from tests.desk.town import Opener, Town

HEAD, REVIEWER = "rcj-head", "rsj-reviewer-1"


@pytest.fixture
def paying(town: Town, application: Opener) -> str:
    """A C类 case of two parts of 12,000 元 each, of which none is paid; the second one is due next summer."""
    number = application(talent_category="C类", subsidy_standard="5000", requested_amount="36000")
    town.until(number, "publicity")
    town.publish(number)
    town.move_to(2026, 7, 20)
    assert town.advance(number).phase is Phase.PAYING
    return number


def page_of(town: Town, officer: str, number: str) -> str:
    return f"{town.path(LinkPurpose.BATCH, officer)}/level?{urlencode({'number': number})}"


def send(town: Town, officer: str, number: str, **typed: str) -> Response:
    path = page_of(town, officer, number)
    html = town.client.get(path).text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html))
    return town.post(path.partition("?")[0], {**hidden, "on": "2026-07-20", **typed})


def amounts(town: Town, number: str) -> list[int]:
    return [part.plan.amount_fen // 100 for part in town.state(number).parts]


def test_the_affairs_of_a_head_lead_there_and_trying_changes_nothing(town: Town, paying: str) -> None:
    affairs = town.client.get(f"{town.path(LinkPurpose.BATCH, HEAD)}/office").text
    assert f'action="{town.path(LinkPurpose.BATCH, HEAD)}/level"' in affairs
    before = town.state(paying)
    page = town.client.get(page_of(town, HEAD, paying)).text
    assert "现为：C类" in page
    assert "从下一期起按新的标准发放" in page
    tried = send(town, HEAD, paying, **{"value-talent_category": "A类"})
    assert tried.status_code == 200
    for told in ("18,000.00", "30,000.00", "变动前已到期，不变", "按以上金额变更"):
        assert told in tried.text, told
    assert town.state(paying) == before


def test_the_deed_is_done_once_and_the_applicant_is_told(town: Town, paying: str) -> None:
    asked = {"value-talent_category": "A类", "apply": "1"}
    refused = send(town, HEAD, paying, **asked)
    assert refused.status_code == 409
    assert "理由" in refused.text
    done = send(town, HEAD, paying, **asked, why="认定文件〔2026〕12号")
    assert "已变更" in done.text
    assert amounts(town, paying) == [18000, 30000]
    with reading(town.bureau.engine) as session:
        (mail,) = [one for one in session.exec(select(OutboxMail)) if one.kind == "level_changed"]
        assert mail.recipient == town.state(paying).applicant.email
        letter = message_from_bytes(render_outgoing(session, town.bureau, mail).data, policy=policy.default)
    body = letter.get_body(("plain",))
    assert body is not None
    text = str(body.get_content())
    for told in ("认定文件〔2026〕12号", "A类", "第2期由18,000.00元改为30,000.00元", "30,000.00 元"):
        assert told in text, told
    again = send(town, HEAD, paying, **asked, why="再来一次")
    assert again.status_code == 409
    assert "没有改动任何一项" in again.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"value-talent_category": "C类"}, "没有改动任何一项"),
        ({"value-talent_category": "A类", "on": ""}, "请填写变更日期"),
        ({"value-talent_category": "A类", "on": "2026-01-01"}, "早于核定发放的日期"),
        ({"value-subsidy_standard": "五千左右"}, "补贴标准"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(
    town: Town, paying: str, typed: dict[str, str], told: str
) -> None:
    answer = send(town, HEAD, paying, **typed)
    assert answer.status_code == 409
    assert told in answer.text


def test_only_a_head_may_and_a_wrong_number_is_told(town: Town, paying: str) -> None:
    answer = town.client.get(page_of(town, REVIEWER, paying))
    assert answer.status_code == 409
    assert "局负责人" in answer.text
    assert town.state(paying).applicant.name not in answer.text
    assert "AQ-SUB-2026-999999" in town.client.get(page_of(town, HEAD, "AQ-SUB-2026-999999")).text
