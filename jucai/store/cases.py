"""Cases in the database: one command is one transaction of events, projections and intended mails."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy import update
from sqlmodel import Session, col, select

from jucai.approval.commands import Command, OpenCase
from jucai.approval.events import Actor, Happened
from jucai.approval.evolve import evolve, replay
from jucai.approval.machine import handle
from jucai.approval.refusals import AlreadyDecided, NonceUsed, StaleRevision, UnknownCase
from jucai.approval.state import CaseState, state_from_json, state_to_json
from jucai.approval.tasks import officer_name
from jucai.approval.world import World
from jucai.store.bureau import Bureau
from jucai.store.chain import BEGINNING, event_row, happened_of
from jucai.store.database import transaction
from jucai.store.due import next_due
from jucai.store.outbox import queue_intents
from jucai.store.people import benefits_of
from jucai.store.projections import project_parts, project_tasks
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
    with transaction(bureau.engine) as session:
        return carry_out(session, bureau, number, command, actor, revision=revision, nonce=nonce)


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
    now = bureau.clock.now()
    row = case_row(session, number)
    before = state_from_json(row.state)
    stale = revision is not None and revision != row.revision
    world = replace(
        bureau.world(),
        now=now,
        history=benefits_of(session, bureau.programmes, row.person_index, row.number, now.date()),
    )
    try:
        happened = handle(before, command, actor, world)
    except AlreadyDecided as refusal:
        raise refusal.named(partial(officer_name, bureau.office)) from refusal
    # Who was first is told before anything else; a page that is merely old is told to look again.
    if nonce is not None:
        _burn(session, nonce, now)
    if stale:
        raise StaleRevision
    return _write(session, bureau, row, before, happened)


def open_case(session: Session, bureau: Bureau, row: Case, command: OpenCase, actor: Actor) -> CaseState:
    """Open a case: `row` holds what links it to its letter and person, the rest is written from the events."""
    now = bureau.clock.now()
    world = replace(
        bureau.world(),
        now=now,
        history=benefits_of(session, bureau.programmes, row.person_index, row.number, now.date()),
    )
    happened = handle(None, command, actor, world)
    state = replay(happened)
    _reflect(row, state, bureau)
    row.revision = 0
    row.last_hash = BEGINNING
    session.add(row)
    session.flush()
    return _write(session, bureau, row, None, happened)


def _world(session: Session, bureau: Bureau, row: Case, now: datetime) -> World:
    history = benefits_of(session, bureau.programmes, row.person_index, row.number, now.date())
    return replace(bureau.world(), now=now, history=history)


def _burn(session: Session, nonce: str, now: datetime) -> None:
    if session.get(UsedNonce, nonce) is not None:
        raise NonceUsed
    session.add(UsedNonce(nonce=nonce, used_at=now))


def _write(
    session: Session, bureau: Bureau, row: Case, before: CaseState | None, happened: Sequence[Happened]
) -> CaseState:
    assert row.id is not None
    if not happened:
        assert before is not None
        return before
    seen = row.revision
    previous, state = row.last_hash, before
    for seq, one in enumerate(happened, start=seen + 1):
        event = event_row(row.id, row.number, seq, one, previous)
        session.add(event)
        previous = event.hash
        state = evolve(state, one)
        queue_intents(session, bureau, row, seq, one, state)
    assert state is not None
    guarded = session.execute(
        update(Case)
        .where(col(Case.id) == row.id, col(Case.revision) == seen)
        .values(revision=state.revision, last_hash=previous)
        .execution_options(synchronize_session=False)
    )
    if guarded.rowcount != 1:  # type: ignore[attr-defined] # an UPDATE gives a CursorResult
        raise StaleRevision
    row.revision, row.last_hash = state.revision, previous
    _reflect(row, state, bureau)
    session.add(row)
    project_tasks(session, row.id, before, state)
    project_parts(session, row.id, before, state)
    session.flush()
    return state


def _reflect(row: Case, state: CaseState, bureau: Bureau) -> None:
    row.version = state.version
    row.applicant = state.applicant.name
    row.employer = state.applicant.employer
    row.unit = state.unit
    row.phase = state.phase
    row.stage = state.stage
    row.accepted_on = state.accepted_on
    row.amount_fen = state.amount_fen
    row.changed_at = bureau.clock.now()
    row.next_due_at = next_due(state, bureau.clock.now())
    row.state = state_to_json(state)
