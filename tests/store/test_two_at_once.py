"""Two people at the same instant: one decides, the other is told who did; nothing is doubled."""

import multiprocessing
import threading
from collections import Counter
from collections.abc import Callable

import pytest
from sqlmodel import col, select

from jucai.approval.commands import DecideTask
from jucai.approval.events import Actor
from jucai.approval.refusals import AlreadyDecided, NonceUsed, NotYours, Refusal, StaleRevision, UnknownCase
from jucai.approval.state import Verdict
from jucai.store.bureau import Bureau
from jucai.store.cases import case_history, execute, state_at
from jucai.store.chain import verify_chains
from jucai.store.database import reading, transaction
from jucai.store.numbers import next_number
from jucai.store.rebuild import rebuild_projections
from models.cases import Task, UsedNonce
from models.effects import OutboxMail
from tests.store.conftest import MONDAY
from tests.store.work import approve, decide_in_a_process, events_of, new_case, row_of, state_of


def to_a_shared_task(bureau: Bureau) -> tuple[str, str]:
    """A case whose open task two or more officers may decide: its number and the stage."""
    number = new_case(bureau)
    while len(state_of(bureau, number).open_tasks[0].officers) < 2:
        approve(bureau, number)
    return number, state_of(bureau, number).stage


def test_of_two_processes_deciding_at_once_one_wins_and_the_other_is_told_who_and_when(bureau: Bureau) -> None:
    numbers = [to_a_shared_task(bureau)[0] for _ in range(5)]
    officers = state_of(bureau, numbers[0]).open_tasks[0].officers[:2]
    before = {number: len(events_of(bureau, number)) for number in numbers}
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(2), context.Queue()
    home = str(bureau.settings.home)
    people = [
        context.Process(target=decide_in_a_process, args=(home, numbers, officer, barrier, answers))
        for officer in officers
    ]
    for person in people:
        person.start()
    told = dict(answers.get(timeout=120) for _ in people)
    for person in people:
        person.join(30)
    names = {officer: bureau.office.officer(officer).name for officer in officers}  # type: ignore[union-attr] # known ids
    for turn, number in enumerate(numbers):
        verdicts = {officer: told[officer][turn] for officer in officers}
        (winner,) = [officer for officer, (what, _) in verdicts.items() if what == "decided"]
        (loser,) = [officer for officer in officers if officer != winner]
        assert verdicts[loser] == ("late", f"{names[winner]} {MONDAY:%Y-%m-%d %H:%M}")
        kinds = Counter(event.type for event in events_of(bureau, number)[before[number] :])
        assert kinds["TaskDecided"] == 1
        assert [e.actor for e in events_of(bureau, number) if e.type == "TaskDecided"][-1] == winner
    with reading(bureau.engine) as session:
        assert verify_chains(session).broken == ()


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do all of it at the same time; what each gave, or the refusal it met."""
    barrier = threading.Barrier(len(deeds))
    results: list[object] = [None] * len(deeds)

    def do(place: int) -> None:
        barrier.wait(30)
        try:
            results[place] = deeds[place]()
        except Refusal as refusal:
            results[place] = refusal

    threads = [threading.Thread(target=do, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_one_form_posted_by_two_clicks_counts_once(bureau: Bureau) -> None:
    number = new_case(bureau)
    task = state_of(bureau, number).open_tasks[0]
    command = DecideTask(task.code, task.officers[0], Verdict.APPROVE, "同意")
    revision = state_of(bureau, number).revision

    def click() -> object:
        return execute(bureau, number, command, Actor(task.officers[0]), revision=revision, nonce="n1")

    answers = at_once(*[click] * 6)
    assert sum(not isinstance(answer, Refusal) for answer in answers) == 1
    assert sum(isinstance(answer, AlreadyDecided) for answer in answers) == 5
    assert sum(event.type == "TaskDecided" for event in events_of(bureau, number)) == 1
    with reading(bureau.engine) as session:
        assert len(session.exec(select(UsedNonce)).all()) == 1


def test_a_page_that_is_older_than_the_case_changes_nothing(bureau: Bureau) -> None:
    number = new_case(bureau)
    seen = state_of(bureau, number).revision
    approve(bureau, number)
    before = events_of(bureau, number)
    task = state_of(bureau, number).open_tasks[0]
    command = DecideTask(task.code, task.officers[0], Verdict.APPROVE, "同意")
    with pytest.raises(StaleRevision, match="刷新"):
        execute(bureau, number, command, Actor("o"), revision=seen, nonce="n")
    assert len(events_of(bureau, number)) == len(before)
    with reading(bureau.engine) as session:
        assert session.get(UsedNonce, "n") is None  # the form may be posted again after looking
    execute(bureau, number, command, Actor("o"), revision=state_of(bureau, number).revision, nonce="n")


def test_a_nonce_is_burnt_once_whatever_the_case_does_with_it(bureau: Bureau) -> None:
    number = new_case(bureau)
    task = state_of(bureau, number).open_tasks[0]
    execute(bureau, number, DecideTask(task.code, task.officers[0], Verdict.APPROVE), Actor("o"), nonce="once")
    later = state_of(bureau, number).open_tasks[0]
    before = len(events_of(bureau, number))
    with pytest.raises(NonceUsed):
        execute(bureau, number, DecideTask(later.code, later.officers[0], Verdict.APPROVE), Actor("o"), nonce="once")
    assert len(events_of(bureau, number)) == before


def test_a_refused_command_leaves_no_trace(bureau: Bureau) -> None:
    number = new_case(bureau)
    task = state_of(bureau, number).open_tasks[0]
    with reading(bureau.engine) as session:
        before = (row_of(session, number).revision, len(session.exec(select(OutboxMail)).all()))
    with pytest.raises(NotYours):
        execute(bureau, number, DecideTask(task.code, "nobody", Verdict.APPROVE), Actor("nobody"), nonce="n")
    with pytest.raises(UnknownCase, match="AQ-SUB-1999-000001"):
        execute(bureau, "AQ-SUB-1999-000001", DecideTask("a", "b", Verdict.APPROVE), Actor("o"))
    with reading(bureau.engine) as session:
        assert (row_of(session, number).revision, len(session.exec(select(OutboxMail)).all())) == before
        assert session.get(UsedNonce, "n") is None


def test_a_fault_in_the_middle_of_a_transaction_undoes_all_of_it(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = new_case(bureau)
    before = (state_of(bureau, number), len(events_of(bureau, number)))

    def fail(*_: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr("jucai.store.sheet.ADD_TASKS.run_all", fail)
    with pytest.raises(OSError, match="disk"):
        approve(bureau, number)
    assert (state_of(bureau, number), len(events_of(bureau, number))) == before


def test_tables_for_lists_say_what_the_events_say(bureau: Bureau) -> None:
    number = new_case(bureau)
    approve(bureau, number)
    state = state_of(bureau, number)
    with reading(bureau.engine) as session:
        row = row_of(session, number)
        tasks = session.exec(select(Task).where(Task.case_id == row.id).order_by(col(Task.id))).all()
        assert [(task.code, task.status) for task in tasks] == [(task.code, task.status) for task in state.tasks]
        assert (row.revision, row.phase, row.stage) == (state.revision, state.phase, state.stage)
        assert state_at(session, number, state.revision) == state
        assert len(case_history(session, number)) == row.revision


def test_numbers_have_no_gaps_and_no_doubles_when_many_take_them_at_once(bureau: Bureau) -> None:
    given: list[int] = []

    def take() -> None:
        for _ in range(15):
            with transaction(bureau.engine) as session:
                given.append(next_number(session, "notice/accepted", 2026))

    at_once(*[take] * 6)
    assert sorted(given) == list(range(1, 91))


def test_a_number_is_not_used_up_by_what_failed(bureau: Bureau) -> None:
    def take_and_fail() -> None:
        with transaction(bureau.engine) as session:
            assert next_number(session, "notice/refused", 2026) == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        take_and_fail()
    with transaction(bureau.engine) as session:
        assert next_number(session, "notice/refused", 2026) == 1
        assert next_number(session, "notice/refused", 2027) == 1
        assert next_number(session, "notice/accepted", 2026) == 1  # each series counts for itself


def test_when_a_case_is_due_follows_its_state_whatever_stood_in_the_row(bureau: Bureau) -> None:
    """Time may move the date without an event: what this process remembers of it is not what the row says."""
    number, _ = to_a_shared_task(bureau)
    while len(state_of(bureau, number).open_tasks) < 2:  # the first of several words leaves the stage's dates alone
        approve(bureau, number)
    with reading(bureau.engine) as session:
        due = row_of(session, number).next_due_at
    assert due is not None
    for wrong in (None, MONDAY):
        with transaction(bureau.engine) as session:
            row_of(session, number).next_due_at = wrong
        approve(bureau, number)
        with reading(bureau.engine) as session:
            assert row_of(session, number).next_due_at == due
    assert rebuild_projections(bureau, only_check=True).differed == ()
