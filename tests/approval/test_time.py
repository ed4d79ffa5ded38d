"""Terms, standstills, reminders, silence: what time does, and what it never does."""

from datetime import date, timedelta

from jucai.approval import commands as cm
from jucai.approval import refusals as no
from jucai.approval.advancing import next_due_day
from jucai.approval.naming import names_of
from jucai.approval.reminding import ladder_of
from jucai.approval.state import Phase, Seat, TaskStatus, Verdict
from jucai.approval.statutory import read_clock
from jucai.policy import CalendarYear, ClockRule, Ladder, Route, StageKind
from jucai.policy.base import Money
from tests.approval.chain import HEAD, KJJ1, RSJ1, RSJ2, Chain, stage
from tests.approval.office import CALENDAR

ONE = stage("one", StageKind.ANY_OF, "rsj")
SILENT = stage("joint", StageKind.ALL_OF, "rsj", "kjj", silence="consent")


def test_reminders_climb_a_ladder_on_office_days_and_end_with_the_superior() -> None:
    case = Chain(ONE)
    days, told = [], []
    for _ in range(30):
        day = case.days(1)
        for one in case.do(cm.Advance()):
            days.append(day)
            told.append(type(one.event).__name__)
    assert told == ["TaskReminded"] * 3 + ["TaskEscalated"]
    assert days == [date(2026, 11, 27), date(2026, 12, 1), date(2026, 12, 3), date(2026, 12, 7)]
    assert all(CALENDAR.is_workday(day) for day in days)
    assert case.now.open_tasks[0].officers == (RSJ1, RSJ2, HEAD), "the superior may act as well"
    assert case.now.open_tasks[0].verdict is None, "time decides nothing"


def test_a_late_sweep_reminds_once_and_not_for_every_rung_it_missed() -> None:
    case = Chain(ONE)
    case.days(24)
    assert [type(one.event).__name__ for one in case.do(cm.Advance())] == ["TaskReminded", "TaskEscalated"]
    assert not case.do(cm.Advance())


def test_nobody_is_reminded_on_days_off() -> None:
    case = Chain(ONE)
    case.days(12)  # a Saturday, long after the last day
    assert not case.do(cm.Advance())
    assert next_due_day(case.now, case.book.get(case.now.programme), CALENDAR, date(2026, 12, 5)) == date(2026, 12, 7)
    assert isinstance(case.refused(cm.RemindTask(case.of(RSJ1).code, HEAD, "请快")), no.RemindLater)


def test_a_person_reminds_once_a_day() -> None:
    case = Chain(ONE)
    case.do(cm.RemindTask(case.of(RSJ1).code, HEAD, "请快"))
    assert isinstance(case.refused(cm.RemindTask(case.of(RSJ1).code, HEAD, "请快")), no.RemindLater)
    case.days(1)
    case.do(cm.RemindTask(case.of(RSJ1).code, HEAD, "请快"))
    assert case.of(RSJ1).reminders == 2


def test_a_ladder_can_be_switched_off() -> None:
    case = Chain(ONE, clock=ClockRule(ladder=Ladder(before=(), after=(), escalate=0)))
    assert next_due_day(case.now, case.book.get(case.now.programme), CALENDAR, case.clock.now().date()) is None
    assert ladder_of(case.of(RSJ1), Ladder(before=(), after=(), escalate=0), CALENDAR) == ()


def test_silence_counts_only_where_the_programme_says_so_and_is_nobody_s_approval() -> None:
    case = Chain(SILENT, ONE)
    case.say(RSJ1)
    case.days(8)
    case.do(cm.Advance(), "system")
    assert case.now.stage == "one"
    silent = next(task for task in case.now.tasks if task.unit == "kjj")
    assert (silent.status, silent.verdict, silent.decided_by) == (TaskStatus.LAPSED, None, "")
    assert "自动" in silent.opinion
    assert isinstance(case.refused(cm.DecideTask(silent.code, KJJ1, Verdict.APPROVE)), no.TaskFellAway)


def test_an_unanswered_correction_lapses_only_where_the_programme_says_so() -> None:
    for lapses in (False, True):
        case = Chain(ONE, clock=ClockRule(correction_lapses=lapses, correction_days=5))
        case.say(RSJ1, Verdict.RETURN, "请补材料")
        case.days(30)
        happened = case.do(cm.Advance())
        assert (case.now.phase is Phase.WITHDRAWN) is lapses
        assert all(one.actor.who == "system" for one in happened)
        if lapses:
            assert "自动" in case.now.ended_why


def test_the_term_is_extended_once_by_the_head_within_what_the_programme_allows() -> None:
    case = Chain(ONE)
    before = case.now.due_on
    assert isinstance(case.refused(cm.ExtendTerm(RSJ1, 5, "复杂")), no.NotEntitled)
    assert isinstance(case.refused(cm.ExtendTerm(HEAD, 11, "复杂")), no.TermRefused)
    case.do(cm.ExtendTerm(HEAD, 5, "情况复杂"))
    assert case.now.due_on == CALENDAR.add_workdays(before, 5)
    assert isinstance(case.refused(cm.ExtendTerm(HEAD, 5, "复杂")), no.TermRefused)
    reading = read_clock(case.now, ClockRule(decision_days=20), CALENDAR, case.clock.now().date())
    assert reading.limit == 25
    assert "延长" in reading.explanation


def test_where_the_programme_counts_the_day_of_acceptance_the_term_ends_a_working_day_earlier() -> None:
    usual, eager = (Chain(ONE, clock=ClockRule(decision_days=5, first_day_counts=counts)) for counts in (False, True))
    accepted = usual.now.accepted_on
    assert usual.now.due_on == CALENDAR.add_workdays(accepted, 5)
    assert eager.now.due_on == CALENDAR.add_workdays(accepted, 5, first_day_counts=True)
    rule = ClockRule(decision_days=5, first_day_counts=True)
    reading = read_clock(eager.now, rule, CALENDAR, accepted)
    assert (reading.used, reading.due_on) == (1, eager.now.due_on)
    assert "受理，当日起算" in reading.explanation
    assert "受理，次日起算" in read_clock(usual.now, ClockRule(decision_days=5), CALENDAR, accepted).explanation
    eager.do(cm.ExtendTerm(HEAD, 2, "情况复杂"))
    assert eager.now.due_on == CALENDAR.add_workdays(accepted, 7, first_day_counts=True)


def test_the_clock_tells_the_days_a_reader_would_count_otherwise() -> None:
    case = Chain(ONE)
    reading = read_clock(case.now, ClockRule(decision_days=60), CALENDAR.with_years([new_year()]), date(2027, 1, 11))
    assert "1月1日放假不计" in reading.explanation
    assert "1月9日调休上班，计入" in reading.explanation


def new_year() -> CalendarYear:
    return CalendarYear(2027, "示例", {date(2027, 1, 1): "元旦"}, frozenset({date(2027, 1, 9)}))


def test_a_published_year_changes_the_last_day_visibly() -> None:
    case = Chain(ONE, clock=ClockRule(decision_days=40))
    due = case.now.due_on
    book, world = case.book, case.world
    published = CALENDAR.with_years([CalendarYear(2027, "示例", {date(2027, 1, 1): "元旦"}, frozenset())])
    case.world = lambda: type(world())(case.clock.now(), book.office("anqing"), book, published, seed="s")
    (recounted,) = [one for one in case.do(cm.Advance()) if type(one.event).__name__ == "TermRecounted"]
    assert case.now.due_on == recounted.event.due_on != due
    assert not recounted.event.provisional


def test_a_stage_that_stops_the_clock_lets_it_run_again_when_it_is_left_however_that_happens() -> None:
    case = Chain(ONE, stage("panel", StageKind.ANY_OF, "kjj", stops_clock=True, stop_cause="专家评审"))
    case.say(RSJ1)
    assert case.now.standing
    case.days(3)
    case.say(KJJ1, Verdict.RETURN, "请核实", return_to="one")
    assert not case.now.standing
    case.say(RSJ1)
    assert case.now.standing


def test_a_skipped_stage_is_skipped_by_rule_and_by_nobody() -> None:
    case = Chain(ONE, stage("big", StageKind.ANY_OF, "kjj", when="subsidy_months > 99", skip_reason="不足百月"), ONE2)
    case.say(RSJ1)
    assert case.now.skipped == {"big": "不足百月"}
    skip = next(one for one in case.history if type(one.event).__name__ == "StageSkipped")
    assert skip.actor.who == "system"
    assert not any(task.stage == "big" for task in case.now.tasks)


ONE2 = stage("two", StageKind.ANY_OF, "czj")


def test_a_large_amount_or_another_category_goes_to_another_unit() -> None:
    routes = (
        Route(amount_from=Money.from_yuan(20000), units=("kjj",)),
        Route(when="subsidy_months > 99", units=("jtj",)),
    )
    case = Chain(stage("one", StageKind.ANY_OF, "rsj", routes=routes))
    assert case.now.open_tasks[0].unit == "kjj"
    small = Chain(stage("one", StageKind.ANY_OF, "rsj", routes=routes), subsidy_standard="100")
    assert small.now.open_tasks[0].unit == "rsj"


def test_a_role_chooses_within_the_unit_and_falls_to_its_head() -> None:
    case = Chain(stage("one", StageKind.ANY_OF, "rcj", role="reviewer"))
    assert case.now.open_tasks[0].officers == ("rcj-reviewer-1", HEAD)
    odd = Chain(stage("one", StageKind.ANY_OF, "meeting", role="finance"))
    assert odd.now.open_tasks[0].officers == ("meeting-head",)
    assert "负责人" in odd.now.open_tasks[0].note


def test_a_state_has_a_name_for_the_office_one_for_the_applicant_and_a_future() -> None:
    case = Chain(ONE, stage("meet", StageKind.ANY_OF, "kjj", public_title="会议审定"))
    programme = case.book.get(case.now.programme)
    names = names_of(case.now, programme)
    assert (names.code, names.internal, names.public) == ("in_stages/one", "待one环节", "正在办理：one环节")
    assert names.future == "下一环节：会议审定"
    case.say(RSJ1)
    assert names_of(case.now, programme).future == "随后办结"
    case.say(KJJ1)
    assert names_of(case.now, programme).internal == "已办结"


def test_a_closed_case_s_clock_has_stopped_where_it_was() -> None:
    case = Chain(ONE)
    case.days(3)
    case.say(RSJ1)
    later = case.clock.now().date() + timedelta(days=200)
    assert read_clock(case.now, ClockRule(decision_days=20), CALENDAR, later).used == 3
    assert not read_clock(case.now, ClockRule(decision_days=20), CALENDAR, later).overdue


def test_a_programme_that_counts_the_first_day_counts_it_in_every_term() -> None:
    usual, eager = (Chain(ONE, clock=ClockRule(first_day_counts=counts)) for counts in (False, True))
    today = usual.clock.now().date()
    assert usual.now.open_tasks[0].due_on == CALENDAR.add_workdays(today, 5)
    assert eager.now.open_tasks[0].due_on == CALENDAR.add_workdays(today, 5, first_day_counts=True)
    for case in (usual, eager):
        case.say(RSJ1, Verdict.RETURN, "请补充社保证明")
    assert usual.now.correction_due == CALENDAR.add_workdays(today, 15)
    assert eager.now.correction_due == CALENDAR.add_workdays(today, 15, first_day_counts=True)
    doubtful = Chain(ONE, clock=ClockRule(check_days=3, first_day_counts=True), doubts=("身份证号码不清晰",))
    assert doubtful.now.open_tasks[0].due_on == CALENDAR.add_workdays(today, 3, first_day_counts=True)


def test_a_task_that_waited_has_its_whole_term_from_the_day_it_opens() -> None:
    for counts in (False, True):
        case = Chain(ONE, clock=ClockRule(first_day_counts=counts))
        case.do(cm.AddSigner(case.at("rsj").code, RSJ1, KJJ1, Seat.BEFORE, "先征求意见"), RSJ1)
        case.days(2)
        case.say(KJJ1)
        opened = case.clock.now().date()
        assert case.at("rsj").due_on == CALENDAR.add_workdays(opened, 5, first_day_counts=counts)
