"""Threads and processes at the same instant, on SQLite and on a real PostgreSQL: nothing is lost, doubled or stuck."""

import multiprocessing
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlmodel import select

from jucai.approval.commands import Advance, DecideTask
from jucai.approval.events import SYSTEM, Actor
from jucai.approval.refusals import AlreadyDecided, NonceUsed, Refusal, StaleRevision, SubstitutionRefused, UnknownCase
from jucai.approval.state import Phase, Verdict
from jucai.approval.values import Substitution
from jucai.clock import FixedClock
from jucai.settings import Settings
from jucai.store.bureau import Bureau, open_bureau
from jucai.store.carrying_out import carrying
from jucai.store.cases import Order, execute, execute_batch
from jucai.store.chain import verify_chains
from jucai.store.database import open_engine, reading
from jucai.store.migrations import upgrade
from jucai.store.prepared import Prepared
from jucai.store.rebuild import rebuild_projections
from jucai.store.remembered import remember, remembered
from jucai.store.substitutes import acting_today, appoint_substitute
from models.cases import Task, UsedNonce
from models.effects import Notice
from tests.conftest import skip_or_fail
from tests.postgres import postgres_fault, running_postgres
from tests.store.conftest import MONDAY
from tests.store.test_two_at_once import at_once
from tests.store.work import events_of, new_case, state_of


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    if fault := postgres_fault():
        skip_or_fail(fault)
    with running_postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bureau]:
    """A bureau on a fresh database of each kind."""
    more = {}
    if request.param == "postgresql":
        more = {"database": request.getfixturevalue("postgres_url")}
    settings = Settings(home=tmp_path, secret="s" * 40, address="a@rcj.example", desk_url="https://x.example", **more)
    if more:
        first = open_bureau(settings, FixedClock(MONDAY))
        with first.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        first.engine.dispose()
    upgrade(settings.database_url)
    bureau = open_bureau(settings, FixedClock(MONDAY))
    yield bureau
    bureau.engine.dispose()


def to_stage(bureau: Bureau, number: str, stage: str) -> None:
    while state_of(bureau, number).stage != stage:
        task = state_of(bureau, number).open_tasks[0]
        execute(bureau, number, DecideTask(task.code, task.officers[0], Verdict.APPROVE), Actor(task.officers[0]))


def sound(bureau: Bureau) -> None:
    with reading(bureau.engine) as session:
        assert verify_chains(session).broken == ()
    assert rebuild_projections(bureau, only_check=True).differed == ()


def test_of_many_who_decide_one_task_one_does_and_the_others_are_told_by_whom(shared: Bureau) -> None:
    number = new_case(shared)
    to_stage(shared, number, "review")
    task = state_of(shared, number).open_tasks[0]
    assert len(task.officers) == 2
    answers = at_once(
        *[
            lambda who=who: execute(shared, number, DecideTask(task.code, who, Verdict.APPROVE), Actor(who))
            for who in task.officers * 4
        ]
    )
    assert sum(not isinstance(answer, Refusal) for answer in answers) == 1, answers
    winner = [e.actor for e in events_of(shared, number) if e.type == "TaskDecided"][-1]
    told = {answer.who for answer in answers if isinstance(answer, AlreadyDecided)}
    assert told == {shared.office.officer(winner).name}  # type: ignore[union-attr] # a known id
    assert sum(isinstance(answer, AlreadyDecided) for answer in answers) == 7
    sound(shared)


def test_units_that_decide_beside_each_other_join_exactly_once(shared: Bureau) -> None:
    for _ in range(3):
        number = new_case(shared)
        to_stage(shared, number, "joint")
        tasks = state_of(shared, number).open_tasks
        answers = at_once(
            *[
                partial(execute, shared, number, DecideTask(t.code, t.officers[0], Verdict.APPROVE), Actor("o"))
                for t in tasks
            ]
        )
        assert not any(isinstance(answer, Refusal) for answer in answers), answers
        finished = [e.data["stage"] for e in events_of(shared, number) if e.type == "StageFinished"]
        assert Counter(finished)["joint"] == 1
        assert state_of(shared, number).stage == "meeting"
    sound(shared)


def test_what_was_never_committed_is_not_built_upon(shared: Bureau) -> None:
    number = new_case(shared)
    task = state_of(shared, number).open_tasks[0]
    command = DecideTask(task.code, task.officers[0], Verdict.APPROVE, "同意")
    with pytest.raises(UnknownCase), carrying(shared) as work:  # noqa: PT012 - both in one transaction
        work.carry_out(number, command, Actor("o"))
        work.carry_out("AQ-0", command, Actor("o"))  # and with it the whole transaction fails
    known = remembered(number)
    assert known is not None
    assert known.state.task(task.code).decided_by == task.officers[0]  # type: ignore[union-attr] # it has it
    assert state_of(shared, number).task(task.code).pending  # type: ignore[union-attr] # as above
    remember(known)
    execute(shared, number, command, Actor("o"))
    assert [e.type for e in events_of(shared, number)].count("TaskDecided") == 1
    sound(shared)


def test_who_set_out_from_an_old_state_is_told_what_has_happened_since(shared: Bureau) -> None:
    number = new_case(shared)
    to_stage(shared, number, "review")
    task = state_of(shared, number).open_tasks[0]
    old = remembered(number)
    assert old is not None
    execute(shared, number, DecideTask(task.code, task.officers[0], Verdict.APPROVE, "同意"), Actor("o"), nonce="first")
    remember(old)  # as a process that has not heard of it
    late = DecideTask(task.code, task.officers[1], Verdict.APPROVE, "同意")
    with pytest.raises(AlreadyDecided) as told:
        execute(shared, number, late, Actor("o"), nonce="second")
    assert told.value.who == shared.office.officer(task.officers[0]).name  # type: ignore[union-attr] # a known id
    remember(old)
    with pytest.raises(AlreadyDecided):
        execute(shared, number, late, Actor("o"), nonce="first")
    remember(old)
    execute(shared, number, Advance(), SYSTEM)
    other = replace(old, head=replace(old.head, revision=state_of(shared, number).revision, last_hash="f" * 64))
    remember(other)  # another history of the same length
    before = len(events_of(shared, number))
    following = state_of(shared, number).open_tasks[0]
    remember(other)
    execute(shared, number, DecideTask(following.code, following.officers[0], Verdict.APPROVE), Actor("o"), nonce="n")
    assert [one.seq for one in events_of(shared, number)] == list(range(1, len(events_of(shared, number)) + 1))
    assert len(events_of(shared, number)) > before
    with reading(shared.engine) as session:
        assert {one.nonce for one in session.exec(select(UsedNonce))} == {"first", "n"}
    sound(shared)


def test_refusals_that_number_documents_at_once_wait_for_each_other_in_no_circle(shared: Bureau) -> None:
    numbers = [new_case(shared) for _ in range(4)]
    orders = []
    for number in numbers:
        task = state_of(shared, number).open_tasks[0]
        for verdict in (Verdict.REJECT, Verdict.REJECT, Verdict.APPROVE):
            command = DecideTask(task.code, task.officers[0], verdict, "不符合")
            orders.append(partial(execute, shared, number, command, Actor("o")))
    answers = at_once(*orders)
    assert sum(not isinstance(answer, Refusal) for answer in answers) == len(numbers), answers
    with reading(shared.engine) as session:
        given = sorted(notice.seq for notice in session.exec(select(Notice).where(Notice.kind == "refused")))
        refused = sum(state_of(shared, number).phase is Phase.REFUSED for number in numbers)
    assert given == list(range(1, refused + 1))
    sound(shared)


def test_one_form_counts_once_however_often_it_arrives(shared: Bureau) -> None:
    number = new_case(shared)
    task = state_of(shared, number).open_tasks[0]
    command = DecideTask(task.code, task.officers[0], Verdict.APPROVE)
    answers = at_once(*[lambda: execute(shared, number, command, Actor("o"), nonce="n")] * 6)
    assert sum(not isinstance(answer, Refusal) for answer in answers) == 1
    with reading(shared.engine) as session:
        assert len(session.exec(select(UsedNonce)).all()) == 1


def test_one_nonce_on_two_cases_is_taken_by_one(shared: Bureau) -> None:
    numbers = [new_case(shared) for _ in range(4)]
    orders = {number: state_of(shared, number).open_tasks[0] for number in numbers}
    answers = at_once(
        *[
            lambda number=number, task=task: execute(
                shared, number, DecideTask(task.code, task.officers[0], Verdict.APPROVE), Actor("o"), nonce="same"
            )
            for number, task in orders.items()
        ]
    )
    assert sum(isinstance(answer, NonceUsed) for answer in answers) == 3, answers
    sound(shared)


def test_two_substitutions_made_at_once_do_not_close_a_circle(shared: Bureau) -> None:
    day = MONDAY.date()
    one, other = "rsj-reviewer-1", "kjj-reviewer-1"
    answers = at_once(
        lambda: appoint_substitute(shared, Substitution(one, other, day, day), one),
        lambda: appoint_substitute(shared, Substitution(other, one, day, day), other),
    )
    assert sum(isinstance(answer, SubstitutionRefused) for answer in answers) == 1
    assert len(acting_today(shared)) == 1


def test_batches_that_overlap_decide_each_case_once_and_say_which(shared: Bureau) -> None:
    numbers = [new_case(shared) for _ in range(8)]
    orders = []
    for number in numbers:
        task = state_of(shared, number).open_tasks[0]
        command = DecideTask(task.code, task.officers[0], Verdict.APPROVE, "同意")
        orders.append(Order(number, command, Actor("o"), state_of(shared, number).revision))
    stale = Order(numbers[0], orders[0].command, Actor("o"), 1)
    answers = at_once(*[lambda: execute_batch(shared, [*orders, stale])] * 3)
    done = [[not isinstance(outcome, Refusal) for outcome in answer] for answer in answers]  # type: ignore[union-attr]
    assert sorted(map(sum, done)) == [0, 0, 8]
    outcomes = [outcome for answer in answers for outcome in answer]  # type: ignore[union-attr]
    refusals = {type(outcome) for outcome in outcomes if isinstance(outcome, Refusal)}
    assert refusals <= {AlreadyDecided, StaleRevision}
    sound(shared)


def test_batches_in_opposite_order_do_not_wait_for_each_other(shared: Bureau) -> None:
    numbers = [new_case(shared) for _ in range(6)]
    orders = []
    for number in numbers:
        task = state_of(shared, number).open_tasks[0]
        orders.append(Order(number, DecideTask(task.code, task.officers[0], Verdict.APPROVE, "同意"), Actor("o")))
    answers = at_once(*[partial(execute_batch, shared, orders[::step]) for step in (1, -1, 1, -1)])
    outcomes = [outcome for answer in answers for outcome in answer]  # type: ignore[union-attr]
    assert sum(not isinstance(outcome, Refusal) for outcome in outcomes) == len(numbers)
    assert {type(outcome) for outcome in outcomes if isinstance(outcome, Refusal)} == {AlreadyDecided}
    sound(shared)


def test_one_form_in_two_batches_at_once_counts_once(shared: Bureau) -> None:
    numbers = [new_case(shared) for _ in range(4)]
    orders = []
    for place, number in enumerate(numbers):
        task = state_of(shared, number).open_tasks[0]
        command = DecideTask(task.code, task.officers[0], Verdict.APPROVE, "同意")
        # The first of each half is posted with the same form.
        nonce = "same" if place % 2 == 0 else f"n/{number}"
        orders.append(Order(number, command, Actor("o"), nonce=nonce))
    answers = at_once(partial(execute_batch, shared, orders[:2]), partial(execute_batch, shared, orders[2:]))
    outcomes = [outcome for answer in answers for outcome in answer]  # type: ignore[union-attr]
    assert sorted(type(one).__name__ for one in outcomes) == ["CaseState", "CaseState", "CaseState", "NonceUsed"]
    sound(shared)


@pytest.mark.parametrize("shared", ["postgresql"], indirect=True)
def test_a_decision_is_one_statement_of_postgresql(shared: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """It leaves what several statements leave, words with quotes and all, or nothing."""
    number, other = new_case(shared), new_case(shared)
    state, idle = state_of(shared, number), state_of(shared, other)
    run, sent, word = Prepared.run, [], "同意“一”\n'二'\\"

    def noted(statement: Prepared, connection: Connection, values: Mapping[str, object]) -> object:
        sent.append(statement)
        return run(statement, connection, values)

    monkeypatch.setattr(Prepared, "run", noted)
    made = 0
    while state.phase is Phase.IN_STAGES:
        task = state.open_tasks[0]
        command = DecideTask(task.code, task.officers[0], Verdict.APPROVE, word)
        state = execute(shared, number, command, Actor(task.officers[0]), nonce=f"form/{made}")
        made += 1
    assert len(sent) == made
    monkeypatch.undo()
    with reading(shared.engine) as session:
        done = session.exec(select(Task).where(Task.status == "done")).all()
        assert [(one.opinion, one.decided_at) for one in done] == [(word, MONDAY)] * made
        assert len(session.exec(select(UsedNonce)).all()) == made
    task = idle.open_tasks[0]
    with pytest.raises(NonceUsed):
        execute(shared, other, DecideTask(task.code, task.officers[0], Verdict.APPROVE), Actor("o"), nonce="form/0")
    assert state_of(shared, other) == idle
    sound(shared)


def test_a_connection_the_server_has_dropped_is_not_used_again(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jucai.store.database._RESTED", 0.0)
    engine = open_engine(postgres_url)
    with engine.connect() as connection:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    other = open_engine(postgres_url)
    with other.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
    other.dispose()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT pg_backend_pid()")).scalar_one() != pid
    engine.dispose()


def walk_alone(url: str, home: str, numbers: list[str], officers: dict[str, str], answers: object) -> None:
    """One process that approves whatever it finds, case by case, against the others."""
    settings = Settings(home=Path(home), secret="s" * 40, address="a@rcj.example", database=url)
    bureau = open_bureau(settings, FixedClock(MONDAY))
    made = 0
    for number in numbers:
        while (state := state_of(bureau, number)).phase is Phase.IN_STAGES:
            task = state.open_tasks[0]
            try:
                execute(bureau, number, DecideTask(task.code, task.officers[0], Verdict.APPROVE, "同意"), Actor("p"))
            except Refusal:
                continue
            made += 1
    answers.put(made)  # type: ignore[attr-defined] # a queue of multiprocessing, whose class is not public


def test_processes_that_all_want_the_same_cases_do_each_task_once(shared: Bureau) -> None:
    numbers = [new_case(shared) for _ in range(4)]
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    url = shared.engine.url.render_as_string(hide_password=False)
    arguments = (url, str(shared.settings.home), numbers, {}, answers)
    people = [context.Process(target=walk_alone, args=arguments) for _ in range(3)]
    for one in people:
        one.start()
    made = sum(answers.get(timeout=180) for _ in people)
    for one in people:
        one.join(60)
    with reading(shared.engine) as session:
        done = session.exec(select(Task).where(Task.status == "done")).all()
    assert made == len(done) == len(numbers) * 7
    assert {state_of(shared, number).phase for number in numbers} == {Phase.PUBLICITY}
    sound(shared)


def test_a_reader_never_waits_for_a_writer(shared: Bureau) -> None:
    number = new_case(shared)
    seen: list[int] = []
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            seen.append(state_of(shared, number).revision)

    watcher = threading.Thread(target=watch)
    watcher.start()
    to_stage(shared, number, "meeting")
    stop.set()
    watcher.join(30)
    assert seen == sorted(seen), "a case never goes backwards"
