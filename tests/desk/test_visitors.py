"""Applicants and the public look; they decide nothing and see nothing that is not theirs."""

from datetime import date, timedelta

import pytest

from jucai.approval.commands import Withdraw
from jucai.approval.events import Actor
from jucai.approval.state import Verdict
from jucai.desk.status_page import mask_name
from jucai.store.cases import case_row, execute
from jucai.store.database import reading, transaction
from jucai.store.links import LinkPurpose, document_mac
from jucai.store.outbox import issue_notice
from tests.desk.town import NOTICE, Opener, Town


def _status(town: Town, number: str) -> str:
    return town.client.get(town.path(LinkPurpose.STATUS, "", number)).text


def test_an_applicant_sees_where_it_stands_since_when_until_when_and_who(town: Town, application: Opener) -> None:
    number = application(name="欧阳晓明")
    town.until(number, "meeting")
    page = _status(town, number)
    for shown in (
        number,
        "会议审定",
        "2026年8月3日",
        "市委人才工作局局务会",
        "2026年7月6日",
        "0556-0000100",
        "次日起算",
    ):
        assert shown in page, shown
    for hidden in ("欧阳晓明", "局务会审定", "34080219900101001X", "13800000000", "6217000000000000", "<form"):
        assert hidden not in page, hidden
    assert "欧阳**" in page


def test_an_applicant_in_correction_sees_the_whole_list_and_the_last_day(town: Town, application: Opener) -> None:
    number = application()
    town.until(number, "county")
    town.decide(number, Verdict.RETURN, "社保缴费证明缺少三个月")
    page = _status(town, number)
    for shown in ("等待您补正材料", "社保缴费证明缺少三个月", "2026年7月27日", "时限停计"):
        assert shown in page, shown


def test_an_applicant_during_publicity_and_payment_sees_the_dates(town: Town, application: Opener) -> None:
    number = application()
    town.until(number, "publicity")
    town.publish(number)
    assert "公示期2026年7月6日至2026年7月10日" in _status(town, number)
    town.move_to(2026, 7, 13)
    town.advance(number)
    page = _status(town, number)
    for shown in ("正在拨付", "6,000.00", "第 1 期（共 2 期）", "待列入清单", "未到期"):
        assert shown in page, shown


@pytest.mark.parametrize(("end", "shown"), [("reject", "审核未通过"), ("withdraw", "已按您的申请撤回")])
def test_an_ended_case_says_how_and_why(town: Town, application: Opener, end: str, shown: str) -> None:
    number = application()
    if end == "reject":
        town.decide(number, Verdict.REJECT, "不属于引进人才")
    else:
        execute(town.bureau, number, Withdraw("申请人来信撤回：不属于引进人才"), Actor("a@example.cn"))
    page = _status(town, number)
    assert shown in page
    assert "不属于引进人才" in page


def test_a_status_link_opens_no_task(town: Town, application: Opener) -> None:
    path = town.path(LinkPurpose.STATUS, "", application())
    assert town.client.post(path).status_code == 405
    assert town.client.get(f"{path}/document/1").status_code == 404


@pytest.mark.parametrize(
    ("name", "shown"), [("张三", "张*"), ("欧阳修", "欧**"), ("欧阳晓明", "欧阳**"), ("李", "李"), ("", "")]
)
def test_names_are_masked(name: str, shown: str) -> None:
    assert mask_name(name) == shown


def test_the_public_list_holds_what_the_programme_says_and_nothing_else(town: Town, application: Opener) -> None:
    number = application(name="示例甲", employer_name="安庆宜江新材料有限公司 电话13912345678")
    assert "没有正在公示" in town.client.get("/public").text
    town.until(number, "publicity")
    town.publish(number)
    for address in ("/public", f"/public/{NOTICE}"):
        page = town.client.get(address).text
        for shown in (
            "示例甲",
            "安庆宜江新材料有限公司",
            "A类",
            "2026年7月6日",
            "2026年7月10日",
            "0556-0000101",
            "实名反映",
        ):
            assert shown in page, shown
        for hidden in ("34080219900101001X", "13800000000", "6217000000000000", "13912345678", "1990"):
            assert hidden not in page, hidden


def test_a_list_disappears_when_its_period_is_over(town: Town, application: Opener) -> None:
    number = application()
    town.until(number, "publicity")
    town.publish(number)
    town.move_to(2026, 7, 11)
    assert NOTICE not in town.client.get("/public").text
    assert town.client.get(f"/public/{NOTICE}").status_code == 404


def test_a_genuine_number_is_confirmed_and_a_wrong_one_is_not(town: Town, application: Opener) -> None:
    number = application(name="示例甲")
    with transaction(town.bureau.engine) as session:
        case = case_row(session, number)
        notice = issue_notice(session, "accepted", f"{number}/1", town.clock.now(), case.id)
        notice.sha256 = "ab" * 32
    text = f"宜人才受〔2026〕{notice.seq}号"
    mac = document_mac(town.bureau, text)
    page = town.client.get(f"/v/{text}/{mac}")
    assert page.status_code == 200
    for shown in ("文号真实", "受理通知书", "2026年7月6日", "高层次人才生活补贴", "ab" * 32):
        assert shown in page.text, shown
    assert "示例甲" not in page.text
    for wrong in (f"/v/{text}/{mac[:-1]}0", f"/v/宜人才受〔2026〕99号/{mac}", f"/v/{text}/x"):
        answer = town.client.get(wrong)
        assert answer.status_code == 404
        assert "可能不是本局出具" in answer.text


def test_the_landing_page_says_what_can_be_applied_for_and_how(town: Town) -> None:
    page = town.client.get("/").text
    for shown in (
        "rencai@aq.example",
        "高层次人才生活补贴",
        "生活补贴申请表",
        "20 个工作日",
        "示例",
        "科技副总",
        "产业导师",
    ):
        assert shown in page, shown


def test_the_desk_says_that_it_is_well(town: Town) -> None:
    assert town.client.get("/healthz").text == "ok\n"


def test_the_clock_is_told_in_words_on_every_day_of_a_case(town: Town, application: Opener) -> None:
    number = application()
    town.until(number, "county")
    day = date(2026, 7, 6)
    while day < date(2026, 8, 10):
        town.move_to(day.year, day.month, day.day)
        with reading(town.bureau.engine) as session:
            assert case_row(session, number).phase == "in_stages"
        assert "承诺 20 个工作日" in _status(town, number)
        day += timedelta(days=9)
