"""An officer opens the link in a mail, sees everything, and decides once."""

import pytest
from sqlmodel import select

from jucai.approval.state import Phase, Verdict
from jucai.store.database import transaction
from jucai.store.links import LinkPurpose
from models.cases import Case
from models.effects import OutboxMail, ReturnedAddress
from tests.desk.town import Opener, Town


def test_the_page_shows_the_evidence_beside_the_decision(town: Town, application: Opener) -> None:
    number = application(name="示例甲", requested_amount="12000")
    page = town.client.get(town.task_path(number))
    assert page.status_code == 200
    for shown in (
        number,
        "示例甲",
        "安庆宜江新材料有限公司",
        "身份证号码",
        "34080219900101001X",
        "12,000.00 元",
        "壹万贰仟元整",
        "示例",  # amounts nobody published say so
        "属于 A—E 类人才",
        "第三条第一项",
        "生活补贴申请表（签字）.pdf",
        "承诺 20 个工作日",
        "资格联审",
        "经核实，材料真实，同意申报。",
        "县（市、区）初审",
    ):
        assert shown in page.text, shown
    assert "<script" not in page.text


def test_approving_moves_the_case_on_and_says_what_happens_next(town: Town, application: Opener) -> None:
    number = application()
    path = town.task_path(number)
    answer = town.post(f"{path}/decide", {**town.fields(path), "verdict": "approve"})
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert town.state(number).stage == "county"
    result = town.client.get(path).text
    assert "您的意见已记录：同意" in result
    assert "县（市、区）初审" in result
    assert 'name="verdict"' not in result


def test_the_decision_is_written_with_who_where_and_which_words(town: Town, application: Opener) -> None:
    number = application()
    path = town.task_path(number)
    form = {
        **town.fields(path),
        "verdict": "approve",
        "phrase": "经核实，材料真实，同意申报。",
        "opinion": "合同已核。",
    }
    town.post(f"{path}/decide", form)
    task = town.state(number).tasks[0]
    assert task.opinion == "经核实，材料真实，同意申报。合同已核。"
    assert task.decided_by == task.officers[0]


def test_the_next_task_of_the_officer_is_one_click_away(town: Town, application: Opener) -> None:
    first, second = application(), application()
    path = town.task_path(first)
    town.post(f"{path}/decide", {**town.fields(path), "verdict": "approve"})
    result = town.client.get(path).text
    assert "办理下一件（还有 1 件）" in result
    following = result.split('class="button" href="')[1].split('"')[0]
    assert second in town.client.get(following).text


@pytest.mark.parametrize("verdict", ["return", "reject"])
def test_a_return_or_refusal_without_a_reason_is_asked_for_one_and_nothing_typed_is_lost(
    town: Town, application: Opener, verdict: str
) -> None:
    number = application()
    path = town.task_path(number)
    answer = town.post(f"{path}/decide", {**town.fields(path), "verdict": verdict, "opinion": "   "})
    assert answer.status_code == 422
    assert "必须写明理由" in answer.text
    assert f'value="{verdict}" checked' in answer.text
    assert town.state(number).open_tasks
    again = {**town.fields("", answer.text), "verdict": verdict, "opinion": "合同页缺失"}
    assert town.post(f"{path}/decide", again).status_code == 303


def test_no_verdict_keeps_the_opinion_that_was_typed(town: Town, application: Opener) -> None:
    path = town.task_path(application())
    answer = town.post(f"{path}/decide", {**town.fields(path), "opinion": "写了很久的意见 <b>"})
    assert answer.status_code == 422
    assert "请选择一种意见" in answer.text
    assert "写了很久的意见 &lt;b&gt;" in answer.text


def test_returning_to_the_applicant_starts_a_correction(town: Town, application: Opener) -> None:
    number = application()
    town.until(number, "county")
    path = town.task_path(number)
    form = {**town.fields(path), "verdict": "return", "target": "applicant", "opinion": "请补社保证明"}
    assert town.post(f"{path}/decide", form).status_code == 303
    assert town.state(number).phase is Phase.CORRECTING
    assert "已一次性告知申请人补正" in town.client.get(path).text


def test_returning_to_an_earlier_stage_walks_it_again(town: Town, application: Opener) -> None:
    number = application()
    town.until(number, "review")
    path = town.task_path(number)
    form = {**town.fields(path), "verdict": "return", "target": "county", "opinion": "初审意见不完整"}
    assert town.post(f"{path}/decide", form).status_code == 303
    assert town.state(number).stage == "county"


def test_a_stage_that_was_never_walked_cannot_be_returned_to(town: Town, application: Opener) -> None:
    number = application()
    path = town.task_path(number)
    form = {**town.fields(path), "verdict": "return", "target": "meeting", "opinion": "退回"}
    assert town.post(f"{path}/decide", form).status_code == 422
    assert town.state(number).stage == "employer"


def test_refusing_ends_the_case(town: Town, application: Opener) -> None:
    number = application()
    path = town.task_path(number)
    town.post(f"{path}/decide", {**town.fields(path), "verdict": "reject", "opinion": "不在本单位任职"})
    assert town.state(number).phase is Phase.REFUSED
    assert "审核未通过" in town.client.get(path).text


def test_a_second_click_is_told_who_decided_when_and_what(town: Town, application: Opener) -> None:
    number = application()
    path = town.task_path(number)
    form = {**town.fields(path), "verdict": "approve", "opinion": "同意"}
    town.post(f"{path}/decide", form)
    late = town.post(f"{path}/decide", {**form, "verdict": "reject", "opinion": "改主意了"})
    assert late.status_code == 409
    assert "您这次的提交未生效" in late.text
    assert "2026年7月6日 09:00" in late.text
    assert "示例·潘人事" in late.text
    assert "同意" in late.text
    assert town.state(number).stage == "county"


def test_a_colleague_who_comes_late_is_told_who_was_first(town: Town, application: Opener) -> None:
    number = application()
    task = town.task(number)
    path = town.task_path(number, task)
    form = town.fields(path)
    town.decide(number, opinion="材料真实")
    late = town.post(f"{path}/decide", {**form, "verdict": "approve"})
    assert late.status_code == 409
    assert "材料真实" in late.text


def test_a_task_that_fell_away_says_why(town: Town, application: Opener) -> None:
    number = application()
    town.until(number, "joint")
    first, second, _ = town.state(number).open_tasks
    path = town.task_path(number, second)
    form = town.fields(path)
    refusing = town.task_path(number, first)
    town.post(f"{refusing}/decide", {**town.fields(refusing), "verdict": "reject", "opinion": "未参保"})
    late = town.post(f"{path}/decide", {**form, "verdict": "approve"})
    assert late.status_code == 409
    assert "已取消" in late.text
    assert "不同意，本环节结束" in late.text


def test_a_page_that_has_grown_old_shows_the_news_and_keeps_what_was_typed(town: Town, application: Opener) -> None:
    number = application()
    town.until(number, "joint")
    first, second, _ = town.state(number).open_tasks
    path = town.task_path(number, second)
    form = town.fields(path)
    town.decide(number, opinion="社保已核")
    assert town.state(number).task(first.code).verdict is Verdict.APPROVE
    stale = town.post(f"{path}/decide", {**form, "verdict": "approve", "opinion": "我的意见"})
    assert stale.status_code == 409
    assert "已有新的变化" in stale.text
    assert "社保已核" in stale.text
    assert "我的意见" in stale.text
    again = {**town.fields("", stale.text), "verdict": "approve"}
    assert town.post(f"{path}/decide", again).status_code == 303


def test_somebody_who_was_not_asked_sees_nothing(town: Town, application: Opener) -> None:
    number = application(name="示例甲")
    path = town.path(LinkPurpose.TASK, "rcj-clerk-1", f"{number}/{town.task(number).code}")
    for address in (path, f"{path}/place/name.png", f"{path}/document/1"):
        answer = town.client.get(address)
        assert answer.status_code == 403
        assert "示例甲" not in answer.text


def test_the_original_is_given_unchanged_and_as_a_download_only(town: Town, application: Opener) -> None:
    path = town.task_path(application())
    answer = town.client.get(f"{path}/document/1")
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert "sandbox" in answer.headers["content-security-policy"]


def test_another_cases_papers_are_not_to_be_had_with_this_link(town: Town, application: Opener) -> None:
    path = town.task_path(application())
    application()
    assert town.client.get(f"{path}/document/2").status_code == 404
    assert town.client.get(f"{path}/document/2/page/1.png").status_code == 404


def test_a_recheck_offers_to_go_on_or_to_stop(town: Town, application: Opener) -> None:
    number = application()
    town.until(number, "publicity")
    town.publish(number)
    town.move_to(2026, 8, 10)
    town.advance(number)
    town.move_to(2027, 9, 1)
    state = town.advance(number)
    recheck = next(task for task in state.open_tasks if task.code.startswith("recheck"))
    path = town.task_path(number, recheck)
    page = town.client.get(path).text
    assert "不再符合条件，停发" in page
    assert 'value="return"' not in page
    town.post(f"{path}/decide", {**town.fields(path), "verdict": "approve"})
    assert "符合条件，继续发放" in town.client.get(path).text


def test_an_address_mail_came_back_from_is_told_on_the_page_until_it_writes_again(
    town: Town, application: Opener
) -> None:
    number = application()
    page = town.task_path(number, town.task(number))
    assert "被退回" not in town.client.get(page).text
    with transaction(town.bureau.engine) as session:
        case = session.exec(select(Case).where(Case.number == number)).one()
        mail = session.exec(select(OutboxMail).where(OutboxMail.recipient == case.applicant_email)).first()
        assert mail is not None
        addr, last = case.applicant_email.lower(), town.clock.now()
        session.add(ReturnedAddress(addr=addr, mail_id=mail.id, last_at=last, detail="550 <b>no such user</b>"))
    shown = town.client.get(page).text
    assert f"发给申请人的邮件被退回：{addr}" in shown
    assert "550 &lt;b&gt;no such user" in shown


def test_an_objection_is_read_by_the_clerk_who_looks_into_it_and_by_nobody_else(
    town: Town, application: Opener
) -> None:
    number = application()
    town.until(number, "publicity")
    town.publish(number)
    attachment = town.objection(number, "反映材料：该同志未在岗工作\n附考勤照片")
    task = town.task(number)
    path = town.task_path(number, task)
    page = town.client.get(path).text
    for shown in ("该同志未在岗工作", "objector@example.cn", "考勤照片.pdf", "异议不成立", "异议成立"):
        assert shown in page, shown
    assert 'value="return"' not in page
    assert town.client.get(f"{path}/document/{attachment}").status_code == 200
    earlier = town.state(number).tasks[0]
    other = town.task_path(number, earlier)
    assert "objector@example.cn" not in town.client.get(other).text
    assert town.client.get(f"{other}/document/{attachment}").status_code == 404
    town.post(f"{path}/decide", {**town.fields(path), "verdict": "approve", "opinion": "经核查在岗"})
    assert "异议不成立" in town.client.get(path).text
    assert town.state(number).phase is Phase.PUBLICITY
