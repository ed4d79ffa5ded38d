"""The life of a case, from the form to the money or the refusal."""

from datetime import date, timedelta

import pytest

from jucai.approval import commands as cm
from jucai.approval import events as ev
from jucai.approval.refusals import (
    AlreadyDecided,
    NotNow,
    NotYours,
    ReasonNeeded,
    TaskFellAway,
    UnknownStage,
    UnknownTask,
)
from jucai.approval.state import Paper, PartState, Phase, TaskPurpose, TaskStatus, Verdict
from jucai.approval.statutory import read_clock
from jucai.policy import ClockRule
from models.readings import FieldValue
from tests.approval.office import BOOK, CALENDAR, GOOD, Walk, without


@pytest.fixture
def walk():
    return Walk()


def kinds(happened):
    return [type(one.event).__name__ for one in happened]


def test_a_complete_form_is_accepted_at_once_with_a_due_date(walk):
    state = walk.open()
    assert state.phase is Phase.IN_STAGES
    assert state.accepted_on == date(2026, 11, 23)
    assert state.due_on == CALENDAR.add_workdays(date(2026, 11, 23), BOOK.get(state.programme).clock.decision_days)
    assert state.amount_fen == 2_400_000


def test_acceptance_is_labelled_as_automatic_and_no_task_is_ever_decided_by_the_system(walk):
    walk.open()
    walk.to_payment()
    by = {one.actor.who for one in walk.history if isinstance(one.event, ev.TaskDecided)}
    assert "system" not in by
    accepted = next(one for one in walk.history if isinstance(one.event, ev.CaseAccepted))
    assert accepted.actor.who == "system"


def test_everything_that_is_missing_is_told_in_one_complete_list(walk):
    state = walk.open(without("phone", "bank_account", "talent_category"))
    assert state.phase is Phase.CORRECTING
    assert {paper.key for paper in state.missing} >= {"phone", "bank_account", "talent_category"}
    assert sum(isinstance(one.event, ev.CorrectionRequested) for one in walk.history) == 1
    assert state.accepted_on is None


def test_a_supplement_that_completes_the_form_leads_to_acceptance(walk):
    walk.open(without("phone"))
    walk.do(cm.ReceiveSupplement((Paper(2, "更正.pdf"),), {"phone": FieldValue("13800000000", 0.99)}))
    assert walk.now.phase is Phase.IN_STAGES
    assert [paper.name for paper in walk.now.papers] == ["申请表.pdf", "更正.pdf"]


def test_a_supplement_that_leaves_something_out_is_answered_with_what_is_still_missing(walk):
    walk.open(without("phone", "bank_account"))
    walk.do(cm.ReceiveSupplement((Paper(2, "更正.pdf"),), {"phone": FieldValue("13800000000", 0.99)}))
    assert [paper.key for paper in walk.now.missing] == ["bank_account"]
    assert walk.now.correction_rounds == 2


def test_a_doubtful_number_goes_to_a_clerk_before_anything_else(walk):
    state = walk.open(confidence=0.99)
    assert not state.to_verify
    walk = Walk()
    state = walk.open(doubts=(), confidence=0.5)
    assert state.phase is Phase.VERIFYING
    assert {"id_number", "bank_account"} <= set(state.to_verify)
    assert [task.purpose for task in state.open_tasks] == [TaskPurpose.VERIFY]


def test_what_a_clerk_confirmed_is_not_asked_again_and_a_correction_counts(walk):
    walk.open(confidence=0.5)
    task = walk.now.open_tasks[0]
    walk.do(cm.VerifyFacts(task.code, task.officers[0], {"bank_account": "6217000000000000018"}))
    assert walk.now.phase is Phase.IN_STAGES
    assert walk.now.values()["bank_account"] == "6217000000000000018"
    assert walk.now.facts["bank_account"].source == "person"
    assert walk.now.values()["id_number"] == GOOD["id_number"]


def test_a_forged_sender_is_looked_at_by_a_clerk_however_clean_the_form(walk):
    state = walk.open(doubts=("来信的发件人未通过验证",))
    assert state.phase is Phase.VERIFYING
    task = state.open_tasks[0]
    walk.do(cm.VerifyFacts(task.code, task.officers[0], {}))
    assert walk.now.phase is Phase.IN_STAGES


def test_the_employer_s_county_is_asked_and_an_unknown_employer_goes_to_the_head_never_nowhere(walk):
    walk.open()
    walk.approve_until("county")
    assert walk.now.open_tasks[0].unit == "yingjiang.rsj"
    stranger = Walk()
    stranger.open(employer_name="外地示例公司", employer_address="", employer_uscc="91320505MA2X00001X")
    stranger.approve_until("county")
    task = stranger.now.open_tasks[0]
    assert task.officers == ("rcj-head",)
    assert "转" in task.note


def test_the_joint_check_asks_all_units_at_once_and_joins_exactly_once(walk):
    walk.open()
    walk.approve_until("joint")
    units = [task.unit for task in walk.now.open_tasks]
    assert len(units) == 3
    assert len(set(units)) == 3
    for _ in range(2):
        walk.decide()
        assert walk.now.stage == "joint"
    walk.decide()
    assert walk.now.stage != "joint"
    assert sum(isinstance(one.event, ev.StageFinished) and one.event.stage == "joint" for one in walk.history) == 1


def test_one_veto_ends_the_joint_check_and_the_other_units_are_told(walk):
    walk.open()
    walk.approve_until("joint")
    first, second, _ = walk.now.open_tasks
    walk.decide(Verdict.REJECT, "社保记录不符", task=first)
    assert walk.now.phase is Phase.REFUSED
    assert walk.now.ended_why == "社保记录不符"
    with pytest.raises(TaskFellAway):
        walk.decide(task=second)


def test_a_second_click_is_told_who_decided_and_when(walk):
    walk.open()
    task = walk.now.open_tasks[0]
    walk.decide(task=task)
    before = len(walk.history)
    with pytest.raises(AlreadyDecided, match="2026年11月23日 09:00"):
        walk.decide(task=task)
    assert len(walk.history) == before


def test_nobody_decides_a_task_that_was_not_given_to_them(walk):
    walk.open()
    with pytest.raises(NotYours):
        walk.decide(officer="czj-finance-1")
    with pytest.raises(UnknownTask):
        walk.do(cm.DecideTask("no-such-task", "rcj-head", Verdict.APPROVE))


def test_a_return_or_refusal_without_a_reason_is_refused_and_leaves_no_trace(walk):
    walk.open()
    before = walk.now
    for verdict in (Verdict.RETURN, Verdict.REJECT):
        with pytest.raises(ReasonNeeded):
            walk.decide(verdict, "  ")
    assert walk.now == before


def test_a_return_to_the_applicant_stops_the_clock_and_continues_where_it_came_from(walk):
    walk.open()
    walk.approve_until("review")
    walk.decide(Verdict.RETURN, "请补充学历证明")
    assert walk.now.phase is Phase.CORRECTING
    assert walk.now.pauses[-1].last is None
    due = walk.now.due_on
    walk.clock.advance(timedelta(days=7))
    walk.do(cm.ReceiveSupplement((Paper(2, "学历证明.pdf"),)))
    assert walk.now.phase is Phase.IN_STAGES
    assert walk.now.stage == "review"
    assert walk.now.pauses[-1].last == date(2026, 11, 30)
    assert walk.now.due_on > due


def test_a_return_to_an_earlier_stage_walks_the_stages_again(walk):
    walk.open()
    walk.approve_until("joint")
    walk.decide(Verdict.RETURN, "请县区重新核实", return_to="county")
    assert walk.now.stage == "county"
    assert all(task.stage == "county" for task in walk.now.open_tasks)
    walk.approve_until("joint")
    assert len(walk.now.open_tasks) == 3


def test_nobody_returns_to_a_stage_the_case_has_not_walked(walk):
    walk.open()
    with pytest.raises(UnknownStage):
        walk.decide(Verdict.RETURN, "退回", return_to="meeting")


def test_publicity_ends_after_its_last_day_and_not_before(walk):
    walk.open()
    walk.approve_until("publicity")
    walk.publish()
    last = walk.now.publicity.last
    walk.to_day(last)
    assert not walk.do(cm.Advance())
    walk.to_day(last + timedelta(days=1))
    walk.do(cm.Advance())
    assert walk.now.phase is Phase.PAYING


def test_an_open_objection_keeps_the_publicity_from_ending(walk):
    walk.open()
    walk.approve_until("publicity")
    walk.publish()
    walk.do(cm.RaiseObjection(7))
    walk.to_day(walk.now.publicity.last + timedelta(days=3))
    assert kinds(walk.do(cm.Advance())) == ["TaskReminded"], "the clerk is reminded, nothing else happens"
    walk.decide(Verdict.APPROVE, "经核查，异议不成立")
    walk.do(cm.Advance())
    assert walk.now.phase is Phase.PAYING


def test_an_objection_that_is_upheld_refuses_the_case(walk):
    walk.open()
    walk.approve_until("publicity")
    walk.publish()
    walk.do(cm.RaiseObjection(7))
    walk.decide(Verdict.REJECT, "劳动关系不实")
    assert walk.now.phase is Phase.REFUSED


def test_the_parts_add_up_to_the_amount_and_are_paid_once_each(walk):
    walk.open()
    walk.to_payment()
    assert sum(part.plan.amount_fen for part in walk.now.parts) == walk.now.amount_fen
    assert walk.now.parts[0].state is PartState.RELEASED
    walk.do(cm.ListInstalment(1, "AQ-PAY-2026-0001"))
    with pytest.raises(NotNow):
        walk.do(cm.ListInstalment(1, "AQ-PAY-2026-0002"))
    walk.do(cm.ConfirmPayment(1, walk.clock.now().date()))
    with pytest.raises(NotNow):
        walk.do(cm.ConfirmPayment(1, walk.clock.now().date()))


def test_a_later_part_waits_for_its_day_and_for_the_recheck(walk):
    walk.open()
    walk.to_payment()
    walk.do(cm.ListInstalment(1, "L1"))
    walk.do(cm.ConfirmPayment(1, walk.clock.now().date()))
    second = walk.now.parts[1]
    assert second.state is PartState.PLANNED
    walk.to_day(second.plan.due_on - timedelta(days=1))
    assert not walk.do(cm.Advance())
    walk.to_day(second.plan.due_on)
    walk.do(cm.Advance())
    assert walk.now.parts[1].state is PartState.RECHECKING
    walk.decide()
    walk.do(cm.ListInstalment(2, "L2"))
    walk.do(cm.ConfirmPayment(2, walk.clock.now().date()))
    assert walk.now.phase is Phase.COMPLETED


def test_a_failed_recheck_stops_what_is_still_to_be_paid(walk):
    walk.open()
    walk.to_payment()
    walk.do(cm.ListInstalment(1, "L1"))
    walk.do(cm.ConfirmPayment(1, walk.clock.now().date()))
    walk.to_day(walk.now.parts[1].plan.due_on)
    walk.do(cm.Advance())
    walk.decide(Verdict.REJECT, "已离职")
    assert walk.now.phase is Phase.STOPPED
    assert not walk.do(cm.Advance())


def test_an_applicant_can_withdraw_until_the_money_is_on_its_way(walk):
    walk.open()
    walk.do(cm.Withdraw("工作变动"))
    assert walk.now.phase is Phase.WITHDRAWN
    assert all(task.status is not TaskStatus.OPEN for task in walk.now.tasks)
    late = Walk()
    late.open()
    late.to_payment()
    with pytest.raises(NotNow):
        late.do(cm.Withdraw("工作变动"))


def test_an_officer_never_decides_on_a_namesake_s_case_who_might_be_the_officer(walk):
    office = BOOK.office("anqing")
    officer = office.officers_of("rsj")[0]
    walk.open(name=officer.name)
    walk.approve_until("review")
    assert officer.id not in walk.now.open_tasks[0].officers


def test_a_secondment_ends_with_a_letter_of_appointment_for_the_term_of_the_form(walk):
    walk.open(
        {
            "name": "李教授",
            "id_number": "340802198001011230",
            "sex": "男",
            "birth_date": "1980-01",
            "phone": "13900000000",
            "email": "li@applicant.example",
            "education": "博士研究生",
            "degree": "工学博士",
            "professional_title": "教授",
            "employer_name": "安庆示例大学",
            "host_company_name": "桐城示例包装科技有限公司",
            "host_company_uscc": "91340881MA2X00001X",
            "research_field": "材料",
            "service_start": "2027-01-01",
            "service_end": "2028-12-31",
            "weekly_days": "8",
            "work_plan": "联合攻关",
            "achievements": "主持省级项目三项",
            "position": "副院长",
            "commitment_checked": "true",
        },
        programme="anqing/technology-deputy",
    )
    assert walk.now.phase is Phase.IN_STAGES, walk.now.missing
    walk.approve_until("publicity")
    walk.publish()
    walk.to_day(walk.now.publicity.last + timedelta(days=1))
    walk.do(cm.Advance())
    while walk.now.open_tasks:
        walk.decide()
    assert walk.now.phase is Phase.COMPLETED
    assert walk.now.appointment.host == "桐城示例包装科技有限公司"
    assert (walk.now.appointment.first, walk.now.appointment.last) == (date(2027, 1, 1), date(2028, 12, 31))


def test_the_clock_counts_working_days_and_says_why(walk):
    walk.open()
    reading = read_clock(walk.now, ClockRule(decision_days=20), CALENDAR, date(2026, 12, 2))
    assert reading.used == 7
    assert reading.explanation.startswith("第 7 个工作日")
    assert "2026年11月23日受理" in reading.explanation
    assert not reading.overdue


def test_an_overdue_case_is_shown_and_not_decided_by_time(walk):
    walk.open()
    late = read_clock(walk.now, ClockRule(decision_days=20), CALENDAR, date(2027, 1, 15))
    assert late.overdue
    walk.to_day(date(2027, 1, 15))
    assert set(kinds(walk.do(cm.Advance()))) <= {"TaskReminded", "TaskEscalated"}
    assert walk.now.phase is Phase.IN_STAGES
    assert walk.now.open_tasks[0].verdict is None
