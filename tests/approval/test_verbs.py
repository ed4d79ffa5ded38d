"""What an office does besides saying yes and no: passing on, asking others, taking back."""

import pytest

from jucai.approval import commands as cm
from jucai.approval import refusals as no
from jucai.approval.state import Phase, Seat, TaskPurpose, TaskStatus, Verdict
from jucai.approval.substituting import check_substitution, stand_ins
from jucai.approval.values import Substitution
from jucai.policy import Branch, ReturnMode, StageKind, Verb
from tests.approval.chain import CZJ1, HEAD, JTJ1, KJJ1, KJJ2, RSJ1, RSJ2, Chain, stage
from tests.approval.office import MONDAY, FieldValue, Paper

ONE = stage("one", StageKind.ANY_OF, "rsj")
TWO = stage("two", StageKind.ANY_OF, "kjj")
THREE = stage("three", StageKind.ANY_OF, "czj")
TODAY = MONDAY.date()


def test_a_transferred_task_is_the_other_s_for_good_and_says_why() -> None:
    case = Chain(ONE, TWO)
    task = case.of(RSJ1)
    case.do(cm.TransferTask(task.code, RSJ1, RSJ2, "出差"))
    assert case.of(RSJ2).officers == (RSJ2,)
    assert "出差" in case.of(RSJ2).note
    assert isinstance(case.refused(cm.DecideTask(task.code, RSJ1, Verdict.APPROVE)), no.NotYours)
    case.say(RSJ2)
    assert case.now.stage == "two"


@pytest.mark.parametrize(
    ("to", "why", "refusal"),
    [
        (KJJ1, "忙", no.OutsideUnit),
        (RSJ1, "忙", no.AlreadyAsked),
        ("nobody", "忙", no.UnknownOfficer),
        (RSJ2, " ", no.ReasonNeeded),
        ("partner.demo-university", "忙", no.OutsideUnit),
    ],
)
def test_a_task_goes_to_colleagues_or_the_bureau_and_with_a_reason(to: str, why: str, refusal: type) -> None:
    case = Chain(ONE)
    assert isinstance(case.refused(cm.TransferTask(case.of(RSJ1).code, RSJ1, to, why)), refusal)


def test_an_opinion_asked_for_comes_back_to_who_decides() -> None:
    case = Chain(ONE, TWO)
    task = case.of(RSJ1)
    case.do(cm.DelegateTask(task.code, RSJ1, KJJ1, "请看技术"))
    assert isinstance(case.refused(cm.DecideTask(task.code, RSJ1, Verdict.APPROVE)), no.WaitsForOthers)
    asked = case.of(KJJ1)
    assert asked.purpose is TaskPurpose.CONSULT
    case.say(KJJ1, Verdict.REJECT, "不建议")
    assert case.now.phase is Phase.IN_STAGES, "advice decides nothing"
    assert case.now.task(task.code).status is TaskStatus.OPEN
    case.say(RSJ1)
    assert case.now.stage == "two"


@pytest.mark.parametrize("seat", [Seat.BEFORE, Seat.BESIDE, Seat.AFTER])
def test_an_added_signer_speaks_in_turn_and_the_stage_waits_for_both(seat: Seat) -> None:
    case = Chain(ONE, TWO)
    case.do(cm.AddSigner(case.of(RSJ1).code, RSJ1, JTJ1, seat, "会同教体局"))
    first, second = (JTJ1, RSJ1) if seat is Seat.BEFORE else (RSJ1, JTJ1)
    if seat is not Seat.BESIDE:
        refused = case.refused(cm.DecideTask(case.of(second).code, second, Verdict.APPROVE))
        assert isinstance(refused, no.WaitsForOthers)
    case.say(first)
    assert case.now.stage == "one"
    case.say(second)
    assert case.now.stage == "two"
    assert case.kinds().count("StageFinished") == 1


def test_an_added_signer_s_no_is_a_no() -> None:
    case = Chain(ONE, TWO)
    case.do(cm.AddSigner(case.of(RSJ1).code, RSJ1, JTJ1, Seat.BESIDE, "会同"))
    case.say(JTJ1, Verdict.REJECT, "重复享受")
    assert case.now.phase is Phase.REFUSED


def test_a_signer_is_dropped_by_who_added_them_and_before_they_have_spoken() -> None:
    case = Chain(ONE, TWO)
    case.do(cm.AddSigner(case.of(RSJ1).code, RSJ1, JTJ1, Seat.BEFORE, "会同"))
    added = case.of(JTJ1)
    assert isinstance(case.refused(cm.DropSigner(added.code, KJJ1, "不用")), no.NotAnAddedSigner)
    assert isinstance(case.refused(cm.DropSigner(case.of(RSJ1).code, RSJ1, "不用")), no.NotAnAddedSigner)
    case.do(cm.DropSigner(added.code, RSJ1, "不再需要"))
    assert isinstance(case.refused(cm.DecideTask(added.code, JTJ1, Verdict.APPROVE)), no.TaskFellAway)
    case.say(RSJ1)
    assert case.now.stage == "two"
    assert isinstance(case.refused(cm.DropSigner(added.code, RSJ1, "不用")), no.NotAnAddedSigner)


def test_the_same_person_is_not_added_twice_nor_oneself() -> None:
    case = Chain(ONE)
    code = case.of(RSJ1).code
    case.do(cm.AddSigner(code, RSJ1, JTJ1, Seat.BESIDE, "会同"))
    for signer in (JTJ1, RSJ1):
        assert isinstance(case.refused(cm.AddSigner(code, RSJ1, signer, Seat.BESIDE, "会同")), no.AlreadyAsked)


def test_a_decision_is_taken_back_before_the_next_one_acts_and_not_after() -> None:
    case = Chain(ONE, TWO, THREE)
    task = case.of(RSJ1)
    case.say(RSJ1)
    assert isinstance(case.refused(cm.RecallDecision(task.code, RSJ2, "误点")), no.NotRecallable)
    case.do(cm.RecallDecision(task.code, RSJ1, "误点"))
    assert case.now.stage == "one"
    assert case.now.finished == ()
    assert [task.code for task in case.now.pending_tasks] == [task.code]
    case.say(RSJ1)
    case.say(KJJ1)
    assert isinstance(case.refused(cm.RecallDecision(task.code, RSJ1, "误点")), no.NotRecallable)


def test_what_a_decision_made_fall_away_comes_back_with_its_recall() -> None:
    case = Chain(stage("any", StageKind.ANY_OF, "rsj", "kjj"), TWO)
    code, other = case.of(RSJ1).code, case.of(KJJ1).code
    case.say(RSJ1)
    assert case.now.task(other).status is TaskStatus.CANCELLED, "any of them is enough"
    case.do(cm.RecallDecision(code, RSJ1, "误点"))
    assert case.now.task(other).status is TaskStatus.OPEN
    case.say(KJJ1)
    assert case.now.stage == "two"


def test_a_refusal_the_applicant_was_told_of_is_not_taken_back_but_revived_by_the_head() -> None:
    case = Chain(ONE)
    code = case.of(RSJ1).code
    case.say(RSJ1, Verdict.REJECT, "不符合")
    assert isinstance(case.refused(cm.RecallDecision(code, RSJ1, "误点")), no.NotRecallable)
    assert isinstance(case.refused(cm.ReviveCase(RSJ1, "误点")), no.NotEntitled)
    case.days(10)
    case.do(cm.ReviveCase(HEAD, "认定有误"))
    assert case.now.phase is Phase.IN_STAGES
    assert case.now.pauses[-1].cause == "办件已终止"
    case.say(RSJ1)
    assert case.now.phase is Phase.COMPLETED


def test_a_stage_allows_the_verbs_its_programme_names() -> None:
    case = Chain(stage("one", StageKind.ANY_OF, "rsj", verbs=(Verb.APPROVE,)))
    code = case.of(RSJ1).code
    for command in (
        cm.DecideTask(code, RSJ1, Verdict.REJECT, "不符"),
        cm.TransferTask(code, RSJ1, RSJ2, "忙"),
        cm.DelegateTask(code, RSJ1, RSJ2, "请看"),
        cm.AddSigner(code, RSJ1, JTJ1, Seat.BESIDE, "会同"),
    ):
        assert isinstance(case.refused(command), no.VerbNotAllowed)


@pytest.mark.parametrize("then", list(ReturnMode))
def test_a_return_goes_on_where_it_came_from_or_walks_the_stages_again(then: ReturnMode) -> None:
    case = Chain(ONE, TWO, THREE)
    case.say(RSJ1)
    case.say(KJJ1)
    case.say(CZJ1, Verdict.RETURN, "请核实社保", return_to="one", then=then)
    assert case.now.stage == "one"
    case.say(RSJ2)
    assert case.now.stage == ("three" if then is ReturnMode.CONTINUE else "two")


def test_nested_returns_come_back_one_after_the_other() -> None:
    case = Chain(ONE, TWO, THREE)
    case.say(RSJ1)
    case.say(KJJ1)
    case.say(CZJ1, Verdict.RETURN, "请核实", return_to="two", then=ReturnMode.CONTINUE)
    case.say(KJJ2, Verdict.RETURN, "先请核实社保", return_to="one", then=ReturnMode.CONTINUE)
    assert case.now.stage == "one"
    case.say(RSJ2)
    assert case.now.stage == "two"
    case.say(KJJ2)
    assert case.now.stage == "three"
    assert case.now.returns == ()


def test_after_a_return_those_who_had_agreed_are_not_asked_again() -> None:
    case = Chain(stage("joint", StageKind.ALL_OF, "rsj", "kjj", "czj"))
    case.say(RSJ1)
    case.say(KJJ1, Verdict.RETURN, "请补学历")
    assert case.now.phase is Phase.CORRECTING
    case.do(cm.ReceiveSupplement((Paper(2, "学历.pdf"),)))
    assert {task.unit for task in case.now.open_tasks} == {"kjj", "czj"}


def test_parallel_ways_have_their_own_steps_and_clocks_and_join_once() -> None:
    ways = (Branch(units=("rsj", "kjj"), due_days=2), Branch(units=("czj",)))
    case = Chain(stage("joint", StageKind.ALL_OF, branches=ways), TWO)
    assert {task.unit: task.due_on.day for task in case.now.open_tasks} == {"rsj": 25, "czj": 30}
    case.days(1)
    case.say(RSJ1)
    assert case.at("kjj").due_on.day == 26
    case.say(CZJ1)
    assert case.now.stage == "joint"
    case.say(KJJ1)
    assert case.now.stage == "two"
    assert case.kinds().count("StageFinished") == 1


def test_where_all_have_to_speak_first_one_no_waits_for_the_others() -> None:
    case = Chain(stage("joint", StageKind.ALL_OF, "rsj", "kjj", veto=False))
    case.say(RSJ1, Verdict.REJECT, "社保不符")
    assert case.now.phase is Phase.IN_STAGES
    case.say(KJJ1, Verdict.REJECT, "专利不实")
    assert case.now.phase is Phase.REFUSED
    assert "社保不符" in case.now.ended_why
    assert "专利不实" in case.now.ended_why


def test_a_copy_is_acknowledged_and_holds_nothing_up() -> None:
    case = Chain(ONE, TWO)
    case.do(cm.CopyCase(RSJ1, (JTJ1,), "请知悉"))
    assert isinstance(case.refused(cm.CopyCase(RSJ1, (JTJ1,), "请知悉")), no.AlreadyAsked)
    case.say(RSJ1)
    assert case.now.stage == "two"
    assert isinstance(case.refused(cm.DecideTask(case.of(JTJ1).code, JTJ1, Verdict.REJECT, "不")), no.NotNow)
    case.say(JTJ1)
    assert case.now.stage == "two"


def test_b_acts_for_a_while_a_is_away_and_the_record_says_so() -> None:
    case = Chain(ONE, TWO)
    assert isinstance(case.refused(cm.DecideTask(case.of(RSJ1).code, JTJ1, Verdict.APPROVE)), no.NotYours)
    case.substitutions = (Substitution(RSJ1, KJJ1, TODAY, TODAY), Substitution(KJJ1, JTJ1, TODAY, TODAY))
    case.do(cm.DecideTask(case.of(RSJ1).code, JTJ1, Verdict.APPROVE), JTJ1)
    decided = case.now.tasks[0]
    assert (decided.decided_by, decided.behalf) == (JTJ1, RSJ1)
    assert stand_ins(RSJ1, TODAY, case.substitutions) == (KJJ1, JTJ1)


@pytest.mark.parametrize(
    ("officer", "substitute", "told"),
    [
        (JTJ1, RSJ1, "循环"),
        (RSJ1, JTJ1, "已有代理人"),
        (RSJ1, RSJ1, "本人"),
        ("nobody", RSJ1, "没有这个编号"),
        (CZJ1, RSJ1, "层次"),
        ("partner.demo-university", RSJ1, "单位联系人"),
    ],
)
def test_nobody_acts_in_circles_or_through_a_long_chain(officer: str, substitute: str, told: str) -> None:
    office = Chain(ONE).book.office("anqing")
    known = [Substitution(a, b, TODAY, TODAY) for a, b in [(RSJ1, KJJ1), (KJJ1, KJJ2), (KJJ2, JTJ1)]]
    with pytest.raises(no.SubstitutionRefused, match=told):
        check_substitution(Substitution(officer, substitute, TODAY, TODAY), office, known, TODAY)


def test_whoever_leaves_hands_over_all_tasks_also_those_that_wait() -> None:
    case = Chain(stage("joint", StageKind.ALL_OF, "kjj", "czj"))
    case.do(cm.TransferTask(case.at("kjj").code, KJJ1, KJJ2, "忙"))
    case.do(cm.DelegateTask(case.of(KJJ2).code, KJJ2, RSJ1, "请看"))
    case.do(cm.HandOver(KJJ2, KJJ1, HEAD, "调离"))
    assert case.of(KJJ1).status is TaskStatus.WAITING
    assert not any(KJJ2 in task.officers for task in case.now.pending_tasks)
    assert isinstance(case.refused(cm.HandOver(KJJ2, KJJ1, HEAD, "调离")), no.TaskFellAway)
    assert isinstance(case.refused(cm.HandOver(CZJ1, KJJ1, RSJ1, "调离")), no.NotEntitled)


def test_whoever_declares_a_conflict_has_nothing_more_to_do_with_the_case() -> None:
    case = Chain(ONE, ONE.model_copy(update={"code": "again"}))
    case.do(cm.StandAside(case.of(RSJ1).code, RSJ1, "同学"))
    assert case.of(RSJ2).officers == (RSJ2,)
    case.say(RSJ2)
    assert case.of(RSJ2).officers == (RSJ2,), "in the next stage neither"
    case.do(cm.StandAside(case.of(RSJ2).code, RSJ2, "同事"))
    assert case.now.open_tasks[0].unit == "rcj", "never nowhere"
    assert "转" in case.now.open_tasks[0].note


def test_the_applicant_s_own_bureau_does_not_decide_on_its_own_man() -> None:
    case = Chain(ONE, TWO, employer_name="市科学技术局")
    case.say(RSJ1)
    assert case.now.open_tasks[0].unit == "rcj"
    assert isinstance(case.refused(cm.DecideTask(case.now.open_tasks[0].code, KJJ1, Verdict.APPROVE)), no.NotYours)


def test_a_relative_named_in_the_form_stands_aside() -> None:
    office = Chain(ONE).book.office("anqing")
    case = Chain(ONE, spouse_name=office.officer(RSJ1).name)
    assert case.now.open_tasks[0].officers == (RSJ2,)


def test_four_eyes_are_those_of_another_person_however_the_task_comes_to_them() -> None:
    case = Chain(ONE, stage("check", StageKind.ANY_OF, "rsj", four_eyes=True))
    case.say(RSJ1)
    assert case.of(RSJ2).officers == (RSJ2,)
    assert isinstance(case.refused(cm.TransferTask(case.of(RSJ2).code, RSJ2, RSJ1, "忙")), no.FourEyes)
    case.substitutions = (Substitution(RSJ2, RSJ1, TODAY, TODAY),)
    assert isinstance(case.refused(cm.DecideTask(case.of(RSJ2).code, RSJ1, Verdict.APPROVE)), no.FourEyes)


def test_a_suspended_case_rests_and_goes_on_where_it_was() -> None:
    case = Chain(ONE, TWO)
    due = case.of(RSJ1).due_on
    assert isinstance(case.refused(cm.SuspendCase(KJJ1, "等待")), no.NotEntitled)
    case.do(cm.SuspendCase(HEAD, "等待法院判决"))
    assert case.now.pauses[-1].cause == "中止（等待法院判决）"
    assert isinstance(case.refused(cm.DecideTask(case.of(RSJ1).code, RSJ1, Verdict.APPROVE)), no.NotNow)
    case.days(7)
    assert not case.do(cm.Advance())
    case.do(cm.ResumeCase(HEAD, "判决生效"))
    assert case.now.phase is Phase.IN_STAGES
    assert (case.of(RSJ1).due_on - due).days == 7, "five working days were lost, and are given back"
    assert not case.now.standing


def test_a_terminated_case_says_why_and_waits_for_nobody() -> None:
    case = Chain(ONE)
    case.do(cm.TerminateCase(HEAD, "申请人已故"))
    assert case.now.phase is Phase.TERMINATED
    assert case.now.ended_why == "申请人已故"
    assert not case.now.pending_tasks


def test_what_the_applicant_has_changed_is_seen_when_the_stages_are_walked_again() -> None:
    case = Chain(stage("one", StageKind.ANY_OF, "rsj"), stage("two", StageKind.ANY_OF, "kjj", after_return="again"))
    case.say(RSJ1)
    case.say(KJJ1, Verdict.RETURN, "请更正电话")
    case.do(cm.ReceiveSupplement((), {"phone": FieldValue("13900000000", 0.99)}))
    assert case.now.stage == "one"
    assert case.now.values()["phone"] == "13900000000"


def test_what_nobody_knows_is_refused_by_name() -> None:
    case = Chain(ONE)
    assert isinstance(case.refused("烧掉"), no.UnknownVerb)
    broken = Chain(ONE)
    broken.book = Chain(stage("other", StageKind.ANY_OF, "rsj")).book
    assert isinstance(broken.refused(cm.DecideTask(broken.of(RSJ1).code, RSJ1, Verdict.APPROVE)), no.BrokenDefinition)
    nobody = Chain(ONE, stage("empty", StageKind.ANY_OF))
    assert isinstance(nobody.refused(cm.DecideTask(nobody.of(RSJ1).code, RSJ1, Verdict.APPROVE)), no.BrokenDefinition)
