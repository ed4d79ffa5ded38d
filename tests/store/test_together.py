"""Meetings, rankings, hand-overs and rebuilds, with their rows."""

import email
import email.policy
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from jucai.approval.commands import DecideTask, RemindTask
from jucai.approval.events import Actor
from jucai.approval.refusals import BadCommand, NotEntitled, NotNow, NotOnAgenda, TiedAtQuota
from jucai.approval.state import Phase, TaskPurpose, Verdict
from jucai.approval.values import Substitution
from jucai.casework.notifying import notify_officers
from jucai.casework.rendering import render_outgoing
from jucai.clock import FixedClock
from jucai.policy import StageKind, VoteRule
from jucai.store.bureau import Bureau
from jucai.store.cases import execute
from jucai.store.database import reading, transaction
from jucai.store.meetings import Ruling, agenda, close_ranking, convene, hand_over_all, record_minutes
from jucai.store.queries import open_tasks_of
from jucai.store.rebuild import rebuild_projections
from jucai.store.substitutes import acting_today, appoint_substitute, end_substitution
from models.cases import Case, Meeting, Task
from models.effects import Instalment, OutboxMail
from tests.approval.chain import stage
from tests.approval.definitions import LIVING, book_of
from tests.store.conftest import MONDAY
from tests.store.work import approve, new_case, state_of, to_payment

TITLE = "局务会2026年第7次会议"
SECRETARY = "meeting-secretary"
TODAY = MONDAY.date()


def with_stages(bureau: Bureau, *stages) -> Bureau:
    return replace(bureau, programmes=book_of(LIVING.model_copy(update={"stages": stages})))


def meeting_office(bureau: Bureau) -> Bureau:
    last = stage("last", StageKind.ANY_OF, "rcj")
    return with_stages(bureau, stage("meeting", StageKind.MEETING, "meeting"), last)


def test_a_meeting_takes_a_batch_sends_its_agenda_and_its_minutes_decide_each_item(bureau: Bureau) -> None:
    office = meeting_office(bureau)
    yes, no, later = (new_case(office) for _ in range(3))
    convene(office, TITLE, date(2026, 11, 25), "三楼会议室", [yes, no, later], SECRETARY, ["meeting-head", "rcj-head"])
    with reading(office.engine) as session:
        assert [line.number for line in agenda(session, office, TITLE)] == [yes, no, later]
        mails = session.exec(select(OutboxMail).where(OutboxMail.kind == "agenda")).all()
        assert {mail.recipient for mail in mails} == {"zhuren@rcj.aq.example", "fuzeren@rcj.aq.example"}
        written = render_outgoing(session, office, mails[0])
        assert TITLE in written.subject
        told = email.message_from_bytes(written.data, policy=email.policy.default).get_body(("plain",)).get_content()
        assert all(number in told for number in (yes, no, later))
    rulings = {yes: Ruling(Verdict.APPROVE, "同意"), no: Ruling(Verdict.REJECT, "不符合急需条件")}
    done = record_minutes(office, TITLE, rulings, ["meeting-head", "rcj-head"], "纪要全文", SECRETARY)
    assert done[yes].stage == "last"
    assert done[no].phase is Phase.REFUSED
    assert "不符合急需条件" in done[no].ended_why
    assert done[later].agenda is None
    assert done[later].stage == "meeting"
    with reading(office.engine) as session:
        assert [line.outcome for line in agenda(session, office, TITLE)] == ["approve", "reject", "deferred"]
    with pytest.raises(NotNow, match="已于"):
        record_minutes(office, TITLE, rulings, ["meeting-head"], "再来", SECRETARY)


def test_minutes_with_one_fault_change_nothing(bureau: Bureau) -> None:
    office = meeting_office(bureau)
    number, stranger = new_case(office), new_case(office)
    convene(office, TITLE, date(2026, 11, 25), "三楼", [number], SECRETARY, [])
    ruling = Ruling(Verdict.APPROVE, "同意")
    with pytest.raises(NotOnAgenda, match=stranger):
        record_minutes(office, TITLE, {number: ruling, stranger: ruling}, ["meeting-head"], "", SECRETARY)
    assert state_of(office, number).stage == "meeting"
    with reading(office.engine) as session:
        assert session.exec(select(Meeting)).one().closed_at is None


def test_a_meeting_is_convened_as_a_whole_or_not_at_all(bureau: Bureau) -> None:
    office = meeting_office(bureau)
    number = new_case(office)
    elsewhere = new_case(with_stages(bureau, stage("one", StageKind.ANY_OF, "rsj")))
    with pytest.raises(BadCommand, match="议题"):
        convene(office, TITLE, date(2026, 11, 25), "", [], SECRETARY, [])
    with pytest.raises(BadCommand, match="已过"):
        convene(office, TITLE, date(2026, 11, 1), "", [number], SECRETARY, [])
    with pytest.raises(Exception, match=r"没有环节|不能"):
        convene(office, TITLE, date(2026, 11, 25), "", [number, elsewhere], SECRETARY, ["meeting-head"])
    assert state_of(office, number).agenda is None
    with reading(office.engine) as session:
        assert not session.exec(select(Meeting)).all()
        assert not session.exec(select(OutboxMail).where(OutboxMail.kind == "agenda")).all()


def test_a_ranking_waits_for_every_sheet_and_carries_out_every_place(bureau: Bureau) -> None:
    panel = stage("panel", StageKind.PANEL, "rsj", vote=VoteRule(quota=2))
    office = with_stages(bureau, panel, stage("last", StageKind.ANY_OF, "kjj"))
    numbers = [new_case(office) for _ in range(4)]

    def score(number: str, points: int) -> None:
        for task in state_of(office, number).open_tasks:
            command = DecideTask(task.code, task.officers[0], Verdict.APPROVE, scores={"total": Decimal(points)})
            execute(office, number, command, Actor(task.officers[0]))

    for number, points in zip(numbers[:3], (90, 80, 80), strict=True):
        score(number, points)
    with pytest.raises(NotNow, match="尚未评完"):
        close_ranking(office, LIVING.code, "panel", "rsj-reviewer-1")
    score(numbers[3], 70)
    assert {t.purpose for n in numbers for t in state_of(office, n).open_tasks} == {TaskPurpose.RANK}
    with pytest.raises(TiedAtQuota, match=f"{numbers[1]}、{numbers[2]} 并列"):
        close_ranking(office, LIVING.code, "panel", "rsj-reviewer-1")
    assert state_of(office, numbers[0]).stage == "panel", "nothing was carried out"
    close_ranking(office, LIVING.code, "panel", "rsj-reviewer-1", chosen=[numbers[2]])
    assert [state_of(office, number).phase for number in numbers] == [
        Phase.IN_STAGES,
        Phase.REFUSED,
        Phase.IN_STAGES,
        Phase.REFUSED,
    ]


def test_all_tasks_of_somebody_who_leaves_go_over_and_the_command_may_be_run_again(bureau: Bureau) -> None:
    office = with_stages(bureau, stage("one", StageKind.ANY_OF, "kjj"))
    numbers = [new_case(office) for _ in range(3)]
    moved = hand_over_all(office, "kjj-reviewer-1", "kjj-reviewer-2", "rcj-head", "调离")
    assert moved.cases == tuple(numbers)
    assert not moved.faults
    assert hand_over_all(office, "kjj-reviewer-1", "kjj-reviewer-2", "rcj-head", "调离").cases == ()
    with reading(office.engine) as session:
        assert open_tasks_of(session, "kjj-reviewer-1") == []
        assert len(open_tasks_of(session, "kjj-reviewer-2")) == 3


def test_whoever_acts_for_another_decides_from_the_database_s_word_and_until_it_ends(bureau: Bureau) -> None:
    office = with_stages(bureau, stage("one", StageKind.ANY_OF, "kjj"), stage("two", StageKind.ANY_OF, "kjj"))
    number = new_case(office)
    away = Substitution("kjj-reviewer-1", "rsj-reviewer-1", TODAY, TODAY + timedelta(days=3), "休假")
    with pytest.raises(NotEntitled):
        appoint_substitute(office, away, "czj-finance-1")
    appoint_substitute(office, away, "kjj-reviewer-1")
    task = state_of(office, number).open_tasks[0]
    execute(office, number, DecideTask(task.code, "rsj-reviewer-1", Verdict.APPROVE), Actor("rsj-reviewer-1"))
    assert state_of(office, number).task(task.code).behalf == "kjj-reviewer-1"
    end_substitution(office, "kjj-reviewer-1", "kjj-reviewer-1")
    assert acting_today(office) == ()


def test_whoever_is_reminded_by_a_person_or_new_to_a_task_is_told_again(bureau: Bureau) -> None:
    number = new_case(bureau)
    notify_officers(bureau)
    with reading(bureau.engine) as session:
        assert session.exec(select(Task)).one().notified_at is not None
    task = state_of(bureau, number).open_tasks[0]
    execute(bureau, number, RemindTask(task.code, "rcj-head", "请尽快"), Actor("rcj-head"))
    with reading(bureau.engine) as session:
        row = session.exec(select(Task)).one()
        assert (row.notified_at, row.reminders) == (None, 1)
    notify_officers(bureau)
    with reading(bureau.engine) as session:
        assert len(session.exec(select(OutboxMail).where(OutboxMail.kind == "task")).all()) == 2


def test_rows_that_say_something_else_are_found_and_written_anew_from_the_events(
    bureau: Bureau, clock: FixedClock
) -> None:
    good, bad, paid = new_case(bureau), new_case(bureau), new_case(bureau)
    approve(bureau, bad)
    to_payment(bureau, clock, paid)
    before = {number: state_of(bureau, number) for number in (good, bad, paid)}
    assert rebuild_projections(bureau, only_check=True).differed == ()
    with transaction(bureau.engine) as session:
        connection = session.connection()
        ids = dict(connection.execute(sa.select(col(Case.number), col(Case.id))).tuples().all())
        connection.execute(sa.update(Case).where(col(Case.number) == bad).values(state={"phase": "?"}, phase="paying"))
        connection.execute(sa.delete(Task).where(col(Task.case_id) == ids[bad]))
        connection.execute(sa.delete(Instalment).where(col(Instalment.case_id) == ids[paid]))
    assert set(rebuild_projections(bureau, only_check=True).differed) == {bad, paid}
    assert set(rebuild_projections(bureau).differed) == {bad, paid}
    assert rebuild_projections(bureau).differed == ()
    assert {number: state_of(bureau, number) for number in (good, bad, paid)} == before
    with reading(bureau.engine) as session:
        assert session.exec(select(Instalment)).one().case_id == ids[paid]
