"""A provider gets no more mails a minute than the settings allow; the others do not wait for it."""

from datetime import timedelta

from jucai.casework.delivering import deliver_outbox
from models.effects import OutboxState
from tests.casework.conftest import plain_letter, replace


def test_mails_over_the_pace_follow_in_the_next_minutes_without_counting_as_attempts(office):
    smtp = office.bureau.settings.smtp.model_copy(update={"pace": {"qq.example": 2}})
    office.bureau = replace(office.bureau, settings=office.bureau.settings.model_copy(update={"smtp": smtp}))
    for number in range(5):
        office.letter(f"q{number}", plain_letter(f"a{number}@qq.example", "进度", "请问审批到哪一步了？"))
        office.letter(f"w{number}", plain_letter(f"b{number}@163.example", "进度", "请问审批到哪一步了？"))
    done = office.round()
    assert (done.sent, done.put_off) == (7, 3)
    assert {mail.attempts for mail in office.mails() if mail.state == OutboxState.READY} == {0}
    again = deliver_outbox(office.bureau)
    assert again is not None
    assert (again.sent, again.put_off) == (0, 0)
    office.clock.advance(timedelta(minutes=1))
    later = deliver_outbox(office.bureau)
    assert later is not None
    assert (later.sent, later.put_off) == (2, 0)
    office.clock.advance(timedelta(minutes=1))
    last = deliver_outbox(office.bureau)
    assert last is not None
    assert last.sent == 1
    assert all(mail.state == OutboxState.SENT for mail in office.mails())


def test_what_another_round_sent_in_the_same_minute_counts(office):
    smtp = office.bureau.settings.smtp.model_copy(update={"pace": {"*": 1}})
    office.bureau = replace(office.bureau, settings=office.bureau.settings.model_copy(update={"smtp": smtp}))
    results = []
    for number in range(2):
        office.letter(f"q{number}", plain_letter(f"a{number}@qq.example", "进度", "请问审批到哪一步了？"))
        results.append(office.round().sent)
    assert results == [1, 0]
