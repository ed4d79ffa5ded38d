"""Letters and mails are handled by the batch; what goes wrong with one of them stays with that one."""

import socket
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from jucai.casework import sending, triage
from jucai.casework.delivering import deliver_outbox, smtp_account
from jucai.casework.spooling import fetch_letters
from jucai.casework.triage import Triaged, sort_letters
from jucai.commands.post import resend
from jucai.mailroom.postman import Postman, SendResult, SendState
from jucai.store.database import reading, transaction
from models.effects import DeliveryAttempt, OutboxMail, OutboxState
from models.letters import LetterOutcome, LetterState
from tests.casework.conftest import OfficeAtWork, plain_letter

ASKS = "请问我的申请审批到哪一步了？"


def letters(office: OfficeAtWork, count: int) -> None:
    for number in range(count):
        office.letter(f"q{number}", plain_letter(f"a{number}@qq.example", f"进度 {number}", ASKS))
    fetch_letters(office.bureau)


@pytest.mark.parametrize("step", ["parse_letter", "settle_simple"])
def test_one_letter_that_fails_takes_none_of_its_batch_with_it(office, monkeypatch, step):
    letters(office, 5)
    real = getattr(triage, step)

    def fails_on_the_third(*args: object) -> object:
        said = args[0] if step == "parse_letter" else args[2].sender.encode()  # type: ignore[attr-defined]
        if b"a2@qq.example" in said:  # type: ignore[operator]
            raise RuntimeError("坏了")
        return real(*args)

    monkeypatch.setattr(triage, step, fails_on_the_third)
    assert sort_letters(office.bureau) == Triaged(4, 1)
    assert Counter(letter.outcome for letter in office.letters()) == {LetterOutcome.STATUS_ANSWERED: 4, None: 1}
    (bad,) = [letter for letter in office.letters() if letter.state == LetterState.SPOOLED]
    assert (bad.attempts, "坏了" in bad.details["error"]) == (1, True)
    assert len(office.mails("status")) == 4


def test_two_copies_in_one_batch_are_answered_once(office):
    data = plain_letter("a@qq.example", "进度", ASKS)
    office.letter("one", data)
    office.letter("two", b"Received: from b by mx2; x\r\n" + data)
    fetch_letters(office.bureau)
    assert sort_letters(office.bureau) == Triaged(2, 0)
    assert [letter.outcome for letter in office.letters()] == [LetterOutcome.STATUS_ANSWERED, LetterOutcome.DUPLICATE]
    assert len(office.mails("status")) == 1


def ready(office: OfficeAtWork, monkeypatch: pytest.MonkeyPatch, count: int) -> list[OutboxMail]:
    """Mails that are written and wait for the postman."""
    letters(office, count)
    sort_letters(office.bureau)
    with monkeypatch.context() as patch:
        patch.setattr("jucai.casework.delivering.send_all", lambda *_: iter(()))
        deliver_outbox(office.bureau)
    return office.mails("status")


def test_at_any_moment_only_the_mail_under_way_is_in_doubt(office, monkeypatch):
    mails = ready(office, monkeypatch, 4)
    seen: list[Counter[str]] = []
    real = Postman.send

    def looks(self: Postman, envelope: object) -> object:
        seen.append(Counter(mail.state for mail in office.mails("status")))
        return real(self, envelope)  # type: ignore[arg-type]

    monkeypatch.setattr(Postman, "send", looks)
    done = deliver_outbox(office.bureau)
    assert done is not None
    assert done.sent == len(mails) == 4
    for number, states in enumerate(seen):
        rest = {OutboxState.SENT: number, OutboxState.SENDING: 1, OutboxState.READY: 3 - number}
        assert states == Counter({state: count for state, count in rest.items() if count})
    with reading(office.bureau.engine) as session:
        attempts = session.exec(select(DeliveryAttempt)).all()
    assert [(one.number, one.result, one.ended_at is not None) for one in attempts] == [(1, "sent", True)] * 4


def test_bytes_that_are_missing_put_off_their_own_mail_only(office, monkeypatch):
    first, *_ = ready(office, monkeypatch, 3)
    assert first.sha256 is not None
    path = Path(office.bureau.blobs._path(first.sha256))
    kept = path.read_bytes()
    path.unlink()
    done = deliver_outbox(office.bureau)
    assert done is not None
    assert (done.sent, done.deferred, "备份" in done.faults[0]) == (2, 1, True)
    office.bureau.blobs.put(kept)
    office.clock.advance(timedelta(minutes=1))
    again = deliver_outbox(office.bureau)
    assert again is not None
    assert again.sent == 1


def test_a_mail_somebody_else_has_taken_up_meanwhile_is_passed_over(office, monkeypatch):
    mails = ready(office, monkeypatch, 3)
    ids = [mail.id or 0 for mail in mails]
    with Postman(smtp_account(office.bureau)) as postman:
        results = sending.send_all(office.bureau, postman, ids)
        assert next(results).state is SendState.SENT  # the second is begun now
        with transaction(office.bureau.engine) as session:
            third = session.get(OutboxMail, ids[2])
            assert third is not None
            third.state, third.attempts = OutboxState.REFUSED, 1
            session.add(third)
        assert [result.state for result in results] == [SendState.SENT]
    assert [mail.state for mail in office.mails("status")] == [OutboxState.SENT, OutboxState.SENT, OutboxState.REFUSED]


def test_a_mail_sent_again_by_a_person_has_its_whole_plan_before_it(office, monkeypatch):
    (mail,) = ready(office, monkeypatch, 1)
    monkeypatch.setattr("jucai.commands.post.bureau", lambda: office.bureau)
    monkeypatch.setattr(Postman, "send", lambda *_: SendResult(SendState.DEFERRED, "450 稍后再试"))

    def tries_until_given_up() -> list[timedelta]:
        waits = []
        while (row := office.mails("status")[0]).state != OutboxState.REFUSED:
            office.clock.advance(max(row.next_attempt_at - office.bureau.clock.now(), timedelta()))
            deliver_outbox(office.bureau)
            waits.append(office.mails("status")[0].next_attempt_at - office.bureau.clock.now())
        return waits

    first = tries_until_given_up()
    assert len(first) > 2
    resend(mail.id or 0)
    assert office.mails("status")[0].state == OutboxState.READY
    assert tries_until_given_up() == first
    with reading(office.bureau.engine) as session:
        attempts = session.exec(select(DeliveryAttempt)).all()
    assert [one.number for one in attempts] == list(range(1, 2 * len(first) + 1))  # none is lost


def test_a_mail_that_could_not_be_written_is_tried_as_often_again_when_a_person_sends_it(office, monkeypatch):
    letters(office, 1)
    sort_letters(office.bureau)
    monkeypatch.setattr("jucai.commands.post.bureau", lambda: office.bureau)
    monkeypatch.setattr("jucai.casework.delivering.render_outgoing", lambda *_: 1 / 0)
    for _ in range(2):
        rounds = 0
        while (row := office.mails("status")[0]).state != OutboxState.REFUSED:
            office.clock.advance(timedelta(hours=2))
            deliver_outbox(office.bureau)
            rounds += 1
        assert rounds > 1
        assert row.tries == rounds
        resend(row.id or 0)


def test_whoever_stops_listening_leaves_nothing_in_doubt(office, monkeypatch):
    ids = [mail.id or 0 for mail in ready(office, monkeypatch, 3)]
    with Postman(smtp_account(office.bureau)) as postman:
        results = sending.send_all(office.bureau, postman, ids)
        next(results)
        results.close()
    assert [mail.state for mail in office.mails("status")] == [
        OutboxState.SENT, OutboxState.DEFERRED, OutboxState.READY,
    ]  # fmt: skip


def test_the_end_of_a_mail_does_not_wait_for_the_receipt_of_its_beginning(office):
    with Postman(smtp_account(office.bureau)) as postman:
        postman.connect()
        assert postman._client is not None
        assert postman._client.smtp.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
