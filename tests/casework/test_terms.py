"""When the date somebody counts on becomes another one, they are told why, and which."""

from datetime import timedelta

from jucai.approval.commands import ExtendTerm, ResumeCase, SuspendCase
from jucai.approval.events import Actor
from jucai.store.cases import execute


def opened(office) -> str:
    office.form("p01_F1_docx")
    office.round()
    return office.cases()[0].number


def test_a_suspension_is_told_with_its_cause_and_the_resumption_with_the_new_last_day(office):
    number = opened(office)
    head = office.bureau.office.head
    state = execute(office.bureau, number, SuspendCase(head, "劳动争议仲裁尚未裁决"), Actor(head))
    due = state.due_on
    office.round()
    (told,) = office.mails("suspended")
    text = office.text_of(told)
    assert told.recipient == state.applicant.email
    assert "劳动争议仲裁尚未裁决" in text
    assert "尚余20个工作日" in text
    office.clock.advance(timedelta(days=7))
    state = execute(office.bureau, number, ResumeCase(head, "裁决已经生效"), Actor(head))
    office.round()
    (resumed,) = office.mails("resumed")
    text = office.text_of(resumed)
    assert "裁决已经生效" in text
    assert state.due_on is not None
    assert state.due_on > due
    assert f"{state.due_on.month}月{state.due_on.day}日" in text


def test_an_extension_is_told_with_its_reason_the_old_day_and_the_new_one(office):
    number = opened(office)
    head = office.bureau.office.head
    before = execute(office.bureau, number, ExtendTerm(head, 5, "须向外省核实学历"), Actor(head))
    office.round()
    (told,) = office.mails("extended")
    text = office.text_of(told)
    accepted = before.accepted_on
    old = office.bureau.calendar.add_workdays(accepted, 20)
    assert "第四十二条" in text
    assert "须向外省核实学历" in text
    assert f"原定{old.year}年{old.month}月{old.day}日前办结" in text
    assert f"现延长至{before.due_on.year}年{before.due_on.month}月{before.due_on.day}日" in text
    office.round()
    assert len(office.mails("extended")) == 1
