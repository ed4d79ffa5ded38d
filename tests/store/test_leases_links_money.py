"""Leases, links, and lists of money."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from pydantic import SecretStr
from sqlmodel import select

from jucai.approval.events import Actor
from jucai.approval.refusals import NotNow, Refusal, UnknownCase
from jucai.approval.state import PartState, Phase
from jucai.casework.moving import advance_due
from jucai.clock import SHANGHAI, FixedClock
from jucai.store import payments
from jucai.store.bureau import Bureau
from jucai.store.database import reading, transaction
from jucai.store.due import next_due
from jucai.store.leases import lease
from jucai.store.links import Link, LinkError, LinkPurpose, document_mac, form_nonce, make_link, read_token
from jucai.store.payments import Listed, confirm_list, list_due, rows_of
from models.cases import OfficeSetting
from models.effects import Instalment, OutboxMail, PaymentList, PaymentState
from tests.store.work import PROGRAMME, approve, events_of, new_case, state_of, to_payment


def hold(bureau: Bureau, **changes: object) -> None:
    """Somebody holds the lease on delivering."""
    holder = {"host": socket.gethostname(), "pid": os.getpid(), "until": time.time() + 900, **changes}
    with transaction(bureau.engine) as session:
        session.merge(OfficeSetting(key="lease.deliver", value=json.dumps(holder)))


def test_one_holds_a_lease_and_the_next_has_it_after(bureau: Bureau) -> None:
    with lease(bureau.engine, "deliver") as mine:
        assert mine
        with lease(bureau.engine, "deliver") as second, lease(bureau.engine, "other") as elsewhere:
            assert (second, elsewhere) == (False, True)
        with lease(bureau.engine, "deliver") as still:
            assert not still, "who did not get it must not give it back"
    with lease(bureau.engine, "deliver") as again:
        assert again


def test_a_lease_is_given_back_when_the_work_fails(bureau: Bureau) -> None:
    with pytest.raises(RuntimeError), lease(bureau.engine, "deliver"):
        raise RuntimeError
    with lease(bureau.engine, "deliver") as held:
        assert held


def test_a_dead_holder_is_succeeded_at_once_and_a_living_one_respected(bureau: Bureau) -> None:
    living = subprocess.Popen([sys.executable, "-S", "-c", "input()"], stdin=subprocess.PIPE)
    try:
        hold(bureau, pid=living.pid)
        with lease(bureau.engine, "deliver") as held:
            assert not held
    finally:
        living.communicate(b"\n", timeout=30)
    with lease(bureau.engine, "deliver") as held:
        assert held


def test_a_holder_on_another_machine_is_waited_for_until_its_time_is_over(bureau: Bureau) -> None:
    hold(bureau, host="elsewhere", pid=1)
    with lease(bureau.engine, "deliver") as held:
        assert not held
    hold(bureau, host="elsewhere", pid=1, until=time.time() - 1)
    with lease(bureau.engine, "deliver") as held:
        assert held


def test_who_was_too_slow_does_not_give_back_the_successor_s_lease(bureau: Bureau) -> None:
    with lease(bureau.engine, "deliver") as slow:
        assert slow
        hold(bureau, host="elsewhere", pid=1)
    with lease(bureau.engine, "deliver") as held:
        assert not held


def test_many_ask_at_once_and_one_gets_it(bureau: Bureau) -> None:
    barrier, leave = threading.Barrier(8), threading.Event()
    got: list[bool] = []

    def ask() -> None:
        barrier.wait(30)
        with lease(bureau.engine, "deliver") as held:
            got.append(held)
            if len(got) == 8:
                leave.set()
            if held:
                leave.wait(30)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(got) == [False] * 7 + [True]


TASK = Link(LinkPurpose.TASK, "officer-1", "AQ-SUB-2026-000001/employer.1")


def token_of(address: str) -> str:
    return address.rpartition("/")[2]


def test_a_link_opens_what_it_was_made_for(bureau: Bureau) -> None:
    for purpose in LinkPurpose:
        address = make_link(bureau, Link(purpose, "officer-1", "AQ-SUB-2026-000001"))
        assert address.startswith("https://rencai.example/")
        assert read_token(bureau, purpose, token_of(address)) == Link(purpose, "officer-1", "AQ-SUB-2026-000001")


def test_a_link_does_not_open_another_kind_of_page(bureau: Bureau) -> None:
    token = token_of(make_link(bureau, TASK))
    for purpose in set(LinkPurpose) - {LinkPurpose.TASK}:
        with pytest.raises(LinkError, match="不是由本系统签发"):
            read_token(bureau, purpose, token)


def test_a_link_changed_in_any_one_letter_opens_nothing(bureau: Bureau) -> None:
    token = token_of(make_link(bureau, TASK))
    for place, letter in enumerate(token):
        forged = token[:place] + ("A" if letter != "A" else "B") + token[place + 1 :]
        with pytest.raises(LinkError):
            read_token(bureau, LinkPurpose.TASK, forged)
    for nonsense in ("", ".", "a.b", token.partition(".")[0], f"{token}x", "中文.签名"):
        with pytest.raises(LinkError):
            read_token(bureau, LinkPurpose.TASK, nonsense)


def test_a_link_made_with_another_office_s_secret_opens_nothing(bureau: Bureau) -> None:
    other = replace(bureau, settings=bureau.settings.model_copy(update={"secret": SecretStr("t" * 40)}))
    with pytest.raises(LinkError):
        read_token(bureau, LinkPurpose.TASK, token_of(make_link(other, TASK)))


def test_a_link_grows_old(bureau: Bureau, clock: FixedClock) -> None:
    token, batch = token_of(make_link(bureau, TASK)), Link(LinkPurpose.BATCH, "officer-1", "")
    batches = token_of(make_link(bureau, batch))
    clock.advance(timedelta(days=14, seconds=1))
    with pytest.raises(LinkError, match="有效期"):
        read_token(bureau, LinkPurpose.BATCH, batches)
    assert read_token(bureau, LinkPurpose.TASK, token) == TASK
    clock.advance(timedelta(days=46))
    with pytest.raises(LinkError, match="有效期"):
        read_token(bureau, LinkPurpose.TASK, token)


def test_a_form_s_nonce_is_the_same_until_the_case_changes(bureau: Bureau) -> None:
    assert form_nonce(bureau, "t", 4) == form_nonce(bureau, "t", 4)
    assert len({form_nonce(bureau, "t", 4), form_nonce(bureau, "t", 5), form_nonce(bureau, "u", 4)}) == 3
    assert document_mac(bureau, "宜人才受〔2026〕1号") != document_mac(bureau, "宜人才受〔2026〕2号")


def parts(bureau: Bureau) -> list[tuple[int, str]]:
    with reading(bureau.engine) as session:
        return [(part.case_id, part.state) for part in session.exec(select(Instalment).order_by("id"))]


def two_due(bureau: Bureau, clock: FixedClock) -> list[str]:
    numbers = [new_case(bureau, "王小明"), new_case(bureau, "李小红")]
    for number in numbers:
        to_payment(bureau, clock, number)
    return numbers


def test_what_is_due_stands_on_one_list_with_one_mail_to_each_finance_officer(
    bureau: Bureau, clock: FixedClock
) -> None:
    numbers = two_due(bureau, clock)
    listed = list_due(bureau)
    assert listed is not None
    assert (listed.number, listed.rows) == ("AQ-PAY-2026-0001", 2)
    assert list_due(bureau) is None
    with reading(bureau.engine) as session:
        rows = rows_of(session, listed.number)
        assert [case.number for _, case in rows] == numbers
        assert sum(part.amount_fen for part, _ in rows) == listed.total_fen > 0
        mails = [mail for mail in session.exec(select(OutboxMail)) if mail.kind == "payment_list"]
        assert len(mails) == len({mail.recipient for mail in mails}) > 0


def test_a_list_stands_with_all_its_rows_or_not_at_all(
    bureau: Bureau, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = two_due(bureau, clock)
    before = parts(bureau), [len(events_of(bureau, number)) for number in numbers]
    with monkeypatch.context() as patch:
        patch.setattr(payments, "finance_officers", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            list_due(bureau)
    assert (parts(bureau), [len(events_of(bureau, number)) for number in numbers]) == before
    with reading(bureau.engine) as session:
        assert session.exec(select(PaymentList)).all() == []
    listed = list_due(bureau)
    assert listed is not None
    assert listed.number == "AQ-PAY-2026-0001", "the number was not used up"


def test_two_runs_at_once_make_one_list(bureau: Bureau, clock: FixedClock) -> None:
    two_due(bureau, clock)
    barrier, made = threading.Barrier(4), list[Listed | None]()

    def run() -> None:
        barrier.wait(30)
        made.append(list_due(bureau))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(listed is not None for listed in made) == 1
    assert len(made) == 4
    assert {state for _, state in parts(bureau)} == {PaymentState.LISTED}


def test_a_list_is_confirmed_once_and_the_second_is_told_by_whom(bureau: Bureau, clock: FixedClock) -> None:
    numbers = two_due(bureau, clock)
    listed = list_due(bureau)
    assert listed is not None
    today = clock.now().date()
    assert confirm_list(bureau, listed.number, Actor("czj-finance-1"), today, nonce="n") == 2
    before = [len(events_of(bureau, number)) for number in numbers]
    with pytest.raises(NotNow, match=f"{today:%Y-%m-%d} 由 czj-finance-1"):
        confirm_list(bureau, listed.number, Actor("czj-finance-2"), today)
    with pytest.raises(UnknownCase):
        confirm_list(bureau, "AQ-PAY-2026-9999", Actor("czj-finance-1"), today)
    assert [len(events_of(bureau, number)) for number in numbers] == before
    assert all(state_of(bureau, number).parts[0].state is PartState.PAID for number in numbers)


def test_two_confirmations_at_once_pay_once(bureau: Bureau, clock: FixedClock) -> None:
    (number, _) = two_due(bureau, clock)
    listed = list_due(bureau)
    assert listed is not None
    barrier, answers = threading.Barrier(4), list[object]()

    def confirm() -> None:
        barrier.wait(30)
        try:
            answers.append(confirm_list(bureau, listed.number, Actor("f"), clock.now().date()))
        except Refusal as refusal:
            answers.append(type(refusal))

    threads = [threading.Thread(target=confirm) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(map(str, answers)) == sorted(map(str, [2, NotNow, NotNow, NotNow]))
    assert sum(event.type == "InstalmentPaid" for event in events_of(bureau, number)) == 1


def test_time_moves_a_case_only_where_it_has_something_to_do(bureau: Bureau, clock: FixedClock) -> None:
    number = new_case(bureau)

    def due() -> datetime | None:
        return next_due(state_of(bureau, number), PROGRAMME, bureau.calendar, clock.now())

    assert due() == midnight(date(2026, 11, 27)), "only a reminder, the working day before the last"
    while state_of(bureau, number).phase is Phase.IN_STAGES:
        approve(bureau, number)
    assert due() == clock.now(), "it waits for a public list"
    advance_due(bureau)
    shown = state_of(bureau, number).publicity
    assert shown is not None
    assert due() == midnight(shown.last + timedelta(days=1))
    clock.advance(midnight(shown.last + timedelta(days=1)) - clock.now() - timedelta(seconds=1))
    assert advance_due(bureau).advanced == 0, "the last day is not over"
    clock.advance(timedelta(seconds=1))
    assert advance_due(bureau).advanced == 1
    paying = state_of(bureau, number)
    assert paying.phase is Phase.PAYING
    planned = [part.plan.due_on for part in paying.parts if part.state is PartState.PLANNED]
    assert due() == (midnight(min(planned)) if planned else None)


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
