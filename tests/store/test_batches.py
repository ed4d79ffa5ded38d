"""Many decisions in one transaction, and what is written of each."""

import hashlib
import json

import pytest
import sqlalchemy as sa
from sqlmodel import select

from jucai.approval.commands import DecideTask
from jucai.approval.events import Actor
from jucai.approval.refusals import AlreadyDecided, NonceUsed, Refusal, StaleRevision
from jucai.approval.state import CaseState, Verdict, state_from_text, state_to_json, write_state
from jucai.store.bureau import Bureau
from jucai.store.carrying_out import Carrying
from jucai.store.cases import Order, case_history, execute_batch, state_at
from jucai.store.chain import seal, verify_chains
from jucai.store.database import reading, transaction
from jucai.store.rebuild import rebuild_projections
from models.base import UTC
from models.cases import CaseEvent, UsedNonce
from tests.store.work import approve, events_of, new_case, state_of


def order_of(bureau: Bureau, number: str, nonce: str | None = None, revision: int | None = None) -> Order:
    state = state_of(bureau, number)
    task = state.open_tasks[0]
    command = DecideTask(task.code, task.officers[0], Verdict.APPROVE, "同意")
    return Order(number, command, Actor("o"), revision or state.revision, nonce)


def sound(bureau: Bureau) -> None:
    with reading(bureau.engine) as session:
        assert verify_chains(session).broken == ()
    assert rebuild_projections(bureau, only_check=True).differed == ()


def test_a_batch_writes_what_single_decisions_write(bureau: Bureau) -> None:
    together, alone = [new_case(bureau) for _ in range(3)], new_case(bureau)
    outcomes = execute_batch(bureau, [order_of(bureau, number, f"n/{number}") for number in together])
    approve(bureau, alone)
    kinds = [event.type for event in events_of(bureau, alone)]
    for number, outcome in zip(together, outcomes, strict=True):
        assert outcome == state_of(bureau, number)
        assert [event.type for event in events_of(bureau, number)] == kinds
    sound(bureau)


def test_two_orders_on_one_case_follow_each_other(bureau: Bureau) -> None:
    number = new_case(bureau)
    first = order_of(bureau, number)
    task = state_of(bureau, number).open_tasks[0]
    again = Order(number, DecideTask(task.code, task.officers[0], Verdict.APPROVE), Actor("o"))
    one, other = execute_batch(bureau, [first, again])
    assert isinstance(one, CaseState)
    assert isinstance(other, AlreadyDecided)
    sound(bureau)


def test_of_a_batch_only_the_refused_order_writes_nothing(bureau: Bureau) -> None:
    numbers = [new_case(bureau) for _ in range(3)]
    orders = [order_of(bureau, number, f"n/{number}") for number in numbers]
    stale = Order(orders[1].number, orders[1].command, orders[1].actor, 1, "n/stale")
    outcomes = execute_batch(bureau, [orders[0], stale, orders[2]])
    assert [type(one) for one in outcomes] == [CaseState, StaleRevision, CaseState]
    with reading(bureau.engine) as session:
        assert set(session.exec(select(UsedNonce.nonce))) == {f"n/{numbers[0]}", f"n/{numbers[2]}"}
    sound(bureau)


def test_one_form_twice_in_a_batch_counts_once(bureau: Bureau) -> None:
    numbers = [new_case(bureau) for _ in range(2)]
    outcomes = execute_batch(bureau, [order_of(bureau, number, "same") for number in numbers])
    assert [isinstance(one, NonceUsed) for one in outcomes] == [False, True]


def test_a_form_used_elsewhere_at_the_same_instant_holds_up_no_other(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [new_case(bureau) for _ in range(3)]
    orders = [order_of(bureau, number, f"n/{number}") for number in numbers]
    with transaction(bureau.engine) as session:
        session.add(UsedNonce(nonce=f"n/{numbers[1]}", used_at=bureau.clock.now()))
    look_up = Carrying.look_up

    # Whoever looked a moment before the other committed did not see it.
    monkeypatch.setattr(Carrying, "look_up", lambda work, numbers, _: look_up(work, numbers, []))
    outcomes = execute_batch(bureau, orders)
    assert [type(one) for one in outcomes] == [CaseState, NonceUsed, CaseState]
    assert isinstance(outcomes[1], Refusal)
    sound(bureau)


def test_a_single_form_used_at_the_same_instant_is_told_so(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    number = new_case(bureau)
    order = order_of(bureau, number, "n")
    with transaction(bureau.engine) as session:
        session.add(UsedNonce(nonce="n", used_at=bureau.clock.now()))
    monkeypatch.setattr(Carrying, "_used", lambda *_: False)
    before = len(events_of(bureau, number))
    assert [type(one) for one in execute_batch(bureau, [order])] == [NonceUsed]
    assert len(events_of(bureau, number)) == before


def test_a_state_is_the_same_in_whichever_way_it_is_written(bureau: Bureau) -> None:
    number = new_case(bureau)
    for _ in range(3):
        approve(bureau, number)
    with reading(bureau.engine) as session:
        steps = [state_at(session, number, seq + 1) for seq in range(len(case_history(session, number)))]
    before, written = steps[0], write_state(steps[0])
    for state in steps[1:]:
        written, before = write_state(state, before, written), state
        assert {**json.loads(written.application), **json.loads(written.state)} == state_to_json(state)
        assert state_from_text(written.application, written.state) == state


def test_a_broken_rule_of_the_database_is_told_as_everywhere(bureau: Bureau) -> None:
    number = new_case(bureau)
    with bureau.engine.begin() as connection:
        work = Carrying(bureau, connection)
        work.sheet.events += [
            {column.name: None for column in CaseEvent.__table__.columns}  # type: ignore[attr-defined] # run time
            | {"case_id": 1, "seq": 1, "data": {}, "at": bureau.clock.now()}
        ]
        with pytest.raises(sa.exc.IntegrityError):
            work.write()
        connection.rollback()
    assert state_of(bureau, number).open_tasks


def test_an_unknown_case_in_a_batch_is_refused_by_name(bureau: Bureau) -> None:
    number = new_case(bureau)
    order = order_of(bureau, number)
    lost = Order("AQ-NONE-1", order.command, order.actor)
    outcomes = execute_batch(bureau, [lost, order])
    assert [isinstance(one, Refusal) for one in outcomes] == [True, False]
    assert "AQ-NONE-1" in str(outcomes[0])


def test_the_seal_is_the_hash_of_canonical_json_as_every_release_has_written_it(bureau: Bureau) -> None:
    number = new_case(bureau, name='引号"与反斜杠\\换行\n与表情😀')
    approve(bureau, number)
    for row in events_of(bureau, number):
        content = {
            "case": number,
            "seq": row.seq,
            "type": row.type,
            "at": row.at.astimezone(UTC).isoformat(),
            "actor": row.actor,
            "role": row.role,
            "address": row.address,
            "why": row.why,
            "data": row.data,
            "previous": row.previous_hash,
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == row.hash == seal(number, row)
