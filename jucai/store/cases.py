"""Cases in the database: one command is one transaction of events, projections and intended mails."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import partial
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlmodel import Session, col, select

from jucai.approval.commands import Command, OpenCase, ReceiveSupplement, ReviveCase, VerifyFacts
from jucai.approval.events import Actor, Happened
from jucai.approval.evolve import replay
from jucai.approval.machine import proceed
from jucai.approval.proceeding import Proceeding
from jucai.approval.refusals import AlreadyDecided, NonceUsed, Refusal, StaleRevision, UnknownCase
from jucai.approval.state import CaseState, state_from_json, state_from_text, state_to_json, state_to_text
from jucai.approval.tasks import officer_name
from jucai.approval.values import Substitution
from jucai.approval.versions import MoveToVersion
from jucai.approval.world import World
from jucai.policy import PastBenefit
from jucai.store.bureau import Bureau
from jucai.store.chain import BEGINNING, event_values, happened_of
from jucai.store.database import JsonText, transaction
from jucai.store.due import next_due
from jucai.store.outbox import CaseRef, queue_intents
from jucai.store.people import benefits_of
from jucai.store.projections import project_parts, project_tasks, refresh, rewrite_tasks
from jucai.store.substitutes import substitutions
from models.cases import Case, CaseEvent, UsedNonce


def case_row(session: Session, number: str) -> Case:
    """The row of a case; `UnknownCase` if there is none."""
    row = session.exec(select(Case).where(Case.number == number)).first()
    if row is None:
        raise UnknownCase(number)
    return row


def load_state(session: Session, number: str) -> CaseState:
    """The present state of a case; `UnknownCase` if there is none."""
    return state_from_json(case_row(session, number).state)


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
    # A session costs as much as a decision. It is here for what needs one, and mostly stays unopened.
    with bureau.engine.begin() as connection, Session(bind=connection, expire_on_commit=False) as session:
        state = _carry_out(session, connection, bureau, number, command, actor, revision, nonce)
        if session.in_transaction():
            session.commit()
    return state


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
    return _carry_out(session, session.connection(), bureau, number, command, actor, revision, nonce)


def _carry_out(
    session: Session,
    connection: Connection,
    bureau: Bureau,
    number: str,
    command: Command,
    actor: Actor,
    revision: int | None,
    nonce: str | None,
) -> CaseState:
    now = bureau.clock.now()
    head = _head(connection, number)
    before = _state_of(connection, head)
    world = _world(session, bureau, head, before, command, now)
    try:
        go = proceed(before, command, actor, world)
    except AlreadyDecided as refusal:
        raise refusal.named(partial(officer_name, bureau.office)) from refusal
    # Who was first is told before anything else; a page that is merely old is told to look again.
    if nonce is not None and connection.execute(_READ_NONCE, {"of_nonce": nonce}).first() is not None:
        raise NonceUsed
    if revision is not None and revision != head.revision:
        raise StaleRevision
    if nonce is not None:
        _burn(connection, nonce, now)
    return _write(session, connection, bureau, head, before, go, now)


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
    done: list[CaseState | Refusal] = []
    with transaction(bureau.engine) as session:
        for one in orders:
            try:
                state = carry_out(
                    session, bureau, one.number, one.command, one.actor, revision=one.revision, nonce=one.nonce
                )
            except Refusal as refusal:
                done.append(refusal)
            else:
                done.append(state)
    return done


def open_case(session: Session, bureau: Bureau, row: Case, command: OpenCase, actor: Actor) -> CaseState:
    """Open a case: `row` holds what links it to its letter and person, the rest is written from the events."""
    now = bureau.clock.now()
    history = benefits_of(session, bureau.programmes, row.person_index, row.number, now.date())
    go = proceed(None, command, actor, replace(bureau.world(), now=now, history=history))
    for name, value in {**_reflection(bureau, go.state, now), "state": state_to_json(go.state)}.items():
        setattr(row, name, value)
    row.revision = 0
    row.last_hash = BEGINNING
    session.add(row)
    session.flush()
    assert row.id is not None
    head = _Head(row.id, row.number, 0, BEGINNING, row.person_index, row.letter_id)
    return _write(session, session.connection(), bureau, head, None, go, now)


@dataclass(frozen=True, slots=True)
class _Head:
    """What a command needs of a case's row."""

    id: int
    number: str
    revision: int
    last_hash: str
    person_index: str
    letter_id: int


_CASES = cast("sa.Table", Case.__table__)  # type: ignore[attr-defined] # SQLModel gives it at run time
_EVENTS = cast("sa.Table", CaseEvent.__table__)  # type: ignore[attr-defined] # as above
_NONCES = cast("sa.Table", UsedNonce.__table__)  # type: ignore[attr-defined] # as above
# Made once: a statement made anew is compiled from the cache, but has to find its place there each time.
_ADD_EVENTS = _EVENTS.insert()
_BURN_NONCE = _NONCES.insert()
_READ_NONCE = sa.select(_NONCES.c.nonce).where(_NONCES.c.nonce == sa.bindparam("of_nonce"))
# Locked at once: of two people deciding at the same instant the second waits, and is then told by whom and when.
# (SQLite locks the whole database at the start of each writing transaction, and knows no FOR UPDATE.)
_READ_HEAD = (
    sa.select(*[_CASES.c[field.name] for field in fields(_Head)])
    .where(_CASES.c.number == sa.bindparam("of_number"))
    .with_for_update()
)
_READ_STATE = sa.select(sa.cast(_CASES.c.state, sa.Text)).where(_CASES.c.id == sa.bindparam("of_id"))
_REFLECTED = (
    "version", "applicant", "employer", "unit", "phase", "stage", "accepted_on", "amount_fen", "changed_at",
    "next_due_at", "state",
)  # fmt: skip
_WRITE_HEAD = (
    _CASES.update()
    .where(_CASES.c.id == sa.bindparam("of_id"), _CASES.c.revision == sa.bindparam("seen"))
    .values({name: sa.bindparam(f"to_{name}") for name in (*_REFLECTED, "revision", "last_hash")})
)
_WRITE_DUE = (
    _CASES.update().where(_CASES.c.id == sa.bindparam("of_id")).values(next_due_at=sa.bindparam("to_next_due_at"))
)
_LOOKS_BACK = (OpenCase, VerifyFacts, ReceiveSupplement, ReviveCase, MoveToVersion)
"""Commands that apply the programme's rules, and so look at the person's other cases."""


_REMEMBERED = 512
_states: OrderedDict[tuple[str, str], CaseState] = OrderedDict()
_states_lock = threading.Lock()


def _state_of(connection: Connection, head: _Head) -> CaseState:
    """The state of a case as its row has it.

    States are values, and the seal of the last event names one of them and no other: who has just shown a case need
    not read it again to decide on it. What was never committed is remembered under a seal no row will ever have.
    """
    key = (head.number, head.last_hash)
    with _states_lock:
        known = _states.get(key)
        if known is not None:
            _states.move_to_end(key)
            return known
    state = state_from_text(connection.execute(_READ_STATE, {"of_id": head.id}).scalar_one())
    _remember(key, state)
    return state


def _remember(key: tuple[str, str], state: CaseState) -> None:
    with _states_lock:
        _states[key] = state
        while len(_states) > _REMEMBERED:
            _states.popitem(last=False)


def forget_states() -> None:
    """Forget every state: for measurements, and for tests that change rows by hand."""
    with _states_lock:
        _states.clear()


def _head(connection: Connection, number: str) -> _Head:
    row = connection.execute(_READ_HEAD, {"of_number": number}).one_or_none()
    if row is None:
        raise UnknownCase(number)
    return _Head(*row)


def _world(session: Session, bureau: Bureau, head: _Head, before: CaseState, command: Command, now: datetime) -> World:
    history: tuple[PastBenefit, ...] = ()
    if isinstance(command, _LOOKS_BACK):
        history = benefits_of(session, bureau.programmes, head.person_index, head.number, now.date())
    acting: tuple[Substitution, ...] = ()
    task = before.task(getattr(command, "task", ""))
    if task is None or getattr(command, "officer", "") not in task.officers:
        acting = substitutions(session, now.date())
    return replace(bureau.world(), now=now, history=history, substitutions=acting)


def _burn(connection: Connection, nonce: str, now: datetime) -> None:
    try:
        connection.execute(_BURN_NONCE, {"nonce": nonce, "used_at": now})
    except sa.exc.IntegrityError as error:  # on PostgreSQL somebody may use it at the same instant
        raise NonceUsed from error


def _write(
    session: Session,
    connection: Connection,
    bureau: Bureau,
    head: _Head,
    before: CaseState | None,
    go: Proceeding,
    now: datetime,
) -> CaseState:
    if not go.happened:
        assert before is not None
        # Nothing to do today after all: it is not due until it has something to do.
        programme = bureau.programmes.get(before.programme, before.version)
        due_at = next_due(before, programme, bureau.calendar, now)
        connection.execute(_WRITE_DUE, {"of_id": head.id, "to_next_due_at": due_at})
        return before
    previous, rows = head.last_hash, []
    reference = CaseRef(head.id, head.number, head.letter_id)
    for seq, (one, then) in enumerate(zip(go.happened, go.states, strict=True), start=head.revision + 1):
        values = event_values(head.id, head.number, seq, one, previous)
        rows.append(values)
        previous = values["hash"]
        queue_intents(session, connection, bureau, reference, seq, one, then)
    state = go.state
    written = {
        **_reflection(bureau, state, now),
        "revision": state.revision,
        "last_hash": previous,
    }
    guarded = connection.execute(
        _WRITE_HEAD, {"of_id": head.id, "seen": head.revision, **{f"to_{key}": value for key, value in written.items()}}
    )
    if guarded.rowcount != 1:
        raise StaleRevision
    connection.execute(_ADD_EVENTS, rows)
    project_tasks(connection, head.id, before, state)
    project_parts(session, head.id, before, state)
    session.flush()
    refresh(session, head.id)
    _remember((head.number, previous), state)
    return state


def _reflection(bureau: Bureau, state: CaseState, now: datetime) -> dict[str, Any]:
    """The columns of a case's row that follow from its state."""
    programme = bureau.programmes.get(state.programme, state.version)
    return {
        "version": state.version,
        "applicant": state.applicant.name,
        "employer": state.applicant.employer,
        "unit": state.unit,
        "phase": state.phase.value,
        "stage": state.stage,
        "accepted_on": state.accepted_on,
        "amount_fen": state.amount_fen,
        "changed_at": now,
        "next_due_at": next_due(state, programme, bureau.calendar, now),
        "state": JsonText(state_to_text(state)),
    }


def write_projections(session: Session, bureau: Bureau, case_id: int, state: CaseState) -> None:
    """Write everything that follows from the state of a case over whatever stands there.

    Who was told of a task stays as it is: it is a fact about mails, not about the case.
    """
    connection = session.connection()
    written = {**_reflection(bureau, state, bureau.clock.now()), "revision": state.revision}
    connection.execute(_CASES.update().where(_CASES.c.id == case_id).values(written))
    rewrite_tasks(connection, case_id, state)
    project_parts(session, case_id, None, state)
    session.flush()
    refresh(session, case_id)
