"""Cases in the database: one command is one transaction of events, projections and intended mails."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

import sqlalchemy as sa
from sqlmodel import Session, col, select

from jucai.approval.commands import Command, OpenCase
from jucai.approval.events import Actor, Happened
from jucai.approval.evolve import replay
from jucai.approval.machine import proceed
from jucai.approval.refusals import NonceUsed, Refusal, StaleRevision, UnknownCase
from jucai.approval.state import CaseState, state_from_json
from jucai.store.bureau import Bureau
from jucai.store.carrying_out import Carrying, carrying, reflection
from jucai.store.chain import BEGINNING, happened_of
from jucai.store.people import benefits_of, who_is
from jucai.store.projections import project_parts, refresh, rewrite_tasks
from jucai.store.remembered import Head, Known, remember, remembered
from jucai.store.sheet import Overtaken
from models.cases import Case, CaseEvent

_CASES = cast("sa.Table", Case.__table__)  # type: ignore[attr-defined] # SQLModel gives it at run time


def case_row(session: Session, number: str) -> Case:
    """The row of a case; `UnknownCase` if there is none."""
    row = session.exec(select(Case).where(Case.number == number)).first()
    if row is None:
        raise UnknownCase(number)
    return row


def load_state(session: Session, number: str) -> CaseState:
    """The present state of a case; `UnknownCase` if there is none."""
    row = case_row(session, number)
    state = state_from_json(row.full_state)
    if remembered(number, row.last_hash) is None:
        remember(Known(head_of(row), state))
    return state


def head_of(row: Case) -> Head:
    """What a command needs of a case's row."""
    assert row.id is not None
    return Head(row.id, row.number, row.revision, row.last_hash, row.letter_id, row.next_due_at)


def case_history(session: Session, number: str) -> list[Happened]:
    """Everything that has happened to a case, in order."""
    case = case_row(session, number)
    rows = session.exec(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(col(CaseEvent.seq)))
    return [happened_of(row) for row in rows]


def state_at(session: Session, number: str, seq: int) -> CaseState:
    """The state a case had just after its event `seq`."""
    return replay(case_history(session, number)[:seq])


def execute(
    bureau: Bureau,
    number: str,
    command: Command,
    actor: Actor,
    *,
    revision: int | None = None,
    nonce: str | None = None,
) -> CaseState:
    """Carry out one command in one transaction and give the new state; raises a `Refusal` and changes nothing.

    `revision` is the one the person saw; `nonce` is that of the form that was posted, and is used up.
    """
    # SQLite lets one writer in at a time: whoever is in reads what nobody changes, at no journey's cost.
    if bureau.engine.dialect.name != "sqlite":
        try:
            with carrying(bureau, ahead=True) as work:
                return work.carry_out(number, command, actor, revision, nonce)
        except Refusal:
            if not work.guessed:  # else it may have been refused for what is no longer so
                raise
    with carrying(bureau) as work:
        return work.carry_out(number, command, actor, revision, nonce)


def carry_out(
    session: Session,
    bureau: Bureau,
    number: str,
    command: Command,
    actor: Actor,
    *,
    revision: int | None = None,
    nonce: str | None = None,
) -> CaseState:
    """`execute`, inside a transaction that does more."""
    session.flush()
    work = Carrying(bureau, session.connection(), session)
    state = work.carry_out(number, command, actor, revision, nonce)
    _write_for(session, work, number)
    return state


def _write_for(session: Session, work: Carrying, number: str) -> None:
    try:
        work.write()
    except Overtaken as overtaken:
        raise overtaken.refusal from overtaken
    session.flush()
    refresh(session, number)


@dataclass(frozen=True, slots=True)
class Order:
    """One command of a batch."""

    number: str
    command: Command
    actor: Actor
    revision: int | None = None
    nonce: str | None = None


def execute_batch(bureau: Bureau, orders: Sequence[Order]) -> list[CaseState | Refusal]:
    """Carry out many commands in one transaction; gives the new state of each, or why it was refused.

    A refused one writes nothing and holds up none of the others.
    """
    try:
        with carrying(bureau) as work:
            work.look_up([one.number for one in orders], [one.nonce for one in orders if one.nonce])
            return [_outcome(partial(_carry, work, one)) for one in orders]
    except (NonceUsed, StaleRevision):  # at the same instant somebody used a form: whose, each alone will tell
        return [_outcome(partial(_alone, bureau, one)) for one in orders]


def _carry(work: Carrying, one: Order) -> CaseState:
    return work.carry_out(one.number, one.command, one.actor, one.revision, one.nonce)


def _alone(bureau: Bureau, one: Order) -> CaseState:
    return execute(bureau, one.number, one.command, one.actor, revision=one.revision, nonce=one.nonce)


def _outcome(carry_out: Callable[[], CaseState]) -> CaseState | Refusal:
    try:
        return carry_out()
    except Refusal as refusal:
        return refusal


def open_case(session: Session, bureau: Bureau, row: Case, command: OpenCase, actor: Actor) -> CaseState:
    """Open a case: `row` holds what links it to its letter and person, the rest is written from the events."""
    now = bureau.clock.now()
    who = who_is(bureau, command.applicant, {key: fact.value for key, fact in command.facts.items() if fact.value})
    programme = bureau.programmes.get(command.programme, command.version)
    history = benefits_of(session, bureau.programmes, programme, who, row.number, now.date())
    go = proceed(None, command, actor, bureau.world(now=now, history=history))
    for name, value in reflection(bureau, go.state, now).items():
        setattr(row, name, value)
    row.revision = 0
    row.last_hash = BEGINNING
    session.add(row)
    session.flush()
    work = Carrying(bureau, session.connection(), session)
    state = work.gather(head_of(row), None, go, now)
    _write_for(session, work, row.number)
    return state


def write_projections(session: Session, bureau: Bureau, case_id: int, state: CaseState) -> None:
    """Write everything that follows from the state of a case over whatever stands there.

    Who was told of a task stays as it is: it is a fact about mails, not about the case.
    """
    connection = session.connection()
    now = bureau.clock.now()
    written = {**reflection(bureau, state, now), "revision": state.revision, "to_mirror": True}
    connection.execute(_CASES.update().where(_CASES.c.id == case_id).values(written))
    rewrite_tasks(connection, case_id, state)
    project_parts(session, case_id, None, state)
    session.flush()
    refresh(session, state.number)
