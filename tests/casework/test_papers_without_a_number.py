"""Papers in a letter of their own: for the one case that waits for them, never guessed, never a stranger's."""

import pytest
from sqlmodel import col, select

from jucai.approval.state import Phase
from models.cases import CaseEvent
from models.letters import LetterOutcome, LetterState
from tests.casework.conftest import FORMS, form_letter, plain_letter

APPLICANT = "wang@applicant.example"
THESIS = FORMS / "x_unrelated_thesis.pdf"
FAILED = (
    b"Received: from a by mx.rcj.example; Mon, 23 Nov 2026 10:00:00 +0800\r\n"
    b"Authentication-Results: mx.rcj.example; dmarc=fail header.from=applicant.example\r\n"
)


def waiting(office, *senders: str) -> None:
    """Cases that wait for a purchase contract, one of each sender."""
    for number, sender in enumerate(senders):
        office.form(
            ("p04_F2_xlsx", "p16_F2_acro_vonly")[number % 2], sender, message_id=f"<form{number}@applicant.example>"
        )
        office.round()


def papers(sender: str = APPLICANT, **headers: str) -> bytes:
    headers = {
        "subject": "王",
        "body": "",
        "name": "购房合同.pdf",
        "message_id": "<papers@applicant.example>",
        **headers,
    }
    return form_letter(THESIS, sender, **headers)


def test_papers_in_a_new_letter_complete_the_one_case_that_waits_for_them(office):
    waiting(office, APPLICANT)
    assert office.cases()[0].phase == Phase.CORRECTING
    office.letter("papers", papers())
    office.round()
    letter = office.letters()[-1]
    assert (letter.kind, letter.outcome, letter.case_id) == (
        "supplement", LetterOutcome.SUPPLEMENT_ADDED, office.cases()[0].id,
    )  # fmt: skip
    assert office.cases()[0].phase == Phase.IN_STAGES


@pytest.mark.parametrize(
    ("sender", "head"), [("mallory@elsewhere.example", b""), (APPLICANT, FAILED)], ids=["stranger", "forged"]
)
def test_papers_of_somebody_else_do_not_reach_the_case_that_waits(office, sender, head):
    waiting(office, APPLICANT)
    office.letter("papers", head + papers(sender, subject="补正材料 购房合同"))
    office.round()
    assert office.letters()[-1].case_id is None
    assert office.cases()[0].phase == Phase.CORRECTING


def test_papers_for_one_of_two_cases_go_to_a_person_and_their_sender_is_told_what_to_write(office):
    waiting(office, APPLICANT, APPLICANT)
    first, second = office.cases()
    assert {first.phase, second.phase} == {Phase.CORRECTING}
    office.letter("papers", papers(subject="补交购房合同"))
    office.round()
    letter = office.letters()[-1]
    assert (letter.outcome, letter.state, letter.case_id) == (LetterOutcome.FOR_PERSON, LetterState.PARKED, None)
    (answer,) = office.mails("status")
    assert "写明受理编号" in office.text_of(answer)
    assert first.number in office.text_of(answer)
    assert {case.phase for case in office.cases()} == {Phase.CORRECTING}


@pytest.mark.parametrize("answers", [False, True], ids=["fresh letter", "reply to the correction"])
def test_the_form_of_another_person_opens_a_case_of_its_own(office, answers):
    waiting(office, APPLICANT)
    (asked,) = office.mails("correction")
    headers = {"in_reply_to": asked.message_id, "subject": f"回复：{asked.subject}"} if answers else {}
    office.form("p16_F2_acro_vonly", APPLICANT, body="另有一位员工也要申报。", **headers)
    office.round()
    assert office.letters()[-1].outcome == LetterOutcome.CASE_OPENED
    assert len({case.applicant for case in office.cases()}) == 2
    assert len(office.mails("receipt")) == 2


def test_who_withdraws_what_can_no_longer_be_withdrawn_is_told_why(office):
    waiting(office, APPLICANT)
    number = office.cases()[0].number
    passed = FAILED.replace(b"fail", b"pass")
    for turn in ("first", "second"):
        text = "因工作变动，本人申请撤回申请。"
        office.letter(turn, passed + plain_letter(APPLICANT, f"申请撤回 {number} {turn}", text))
        office.round()
    assert office.cases()[0].phase == Phase.WITHDRAWN
    assert office.letters()[-1].outcome == LetterOutcome.STATUS_ANSWERED
    (answer,) = office.mails("status")
    note = office.letters()[-1].outcome_text.removeprefix("未能撤回：")
    assert note
    assert note in office.text_of(answer)


@pytest.mark.parametrize(
    ("head", "grade"),
    [(b"", "发件人未经验证"), (FAILED.replace(b"fail", b"pass"), "发件人已验证"), (FAILED, "发件人疑似冒用")],
)
def test_how_far_the_sender_was_believed_is_recorded_on_the_case(office, head, grade):
    office.letter("form", head + form_letter(FORMS / "p01_F1_docx.pdf", APPLICANT, vouched="no"))
    office.take_in()
    with office.session() as session:
        opened = session.exec(select(CaseEvent).order_by(col(CaseEvent.id))).first()
    assert opened.why == f"来信 1（{grade}）"


@pytest.mark.parametrize(
    ("head", "asked"),
    [(b"", "没有记录"), (FAILED.replace(b"fail", b"none"), "没有可核对"), (FAILED, "疑似冒名")],
    ids=["unknown", "doubtful", "forged"],
)
def test_a_low_grade_is_neither_dropped_nor_believed_but_put_to_a_person(office, head, asked):
    office.letter("form", head + form_letter(FORMS / "p01_F1_docx.pdf", APPLICANT, vouched="no"))
    office.round()
    (case,) = office.cases()
    assert case.phase == Phase.VERIFYING
    assert [doubt for doubt in case.application["doubts"] if asked in doubt]


def test_a_reply_to_a_task_is_known_by_our_records_whatever_its_subject_says(office):
    office.form("p01_F1_docx")
    office.round()
    task = office.mails("task")[0]
    head = FAILED.replace(b"fail", b"pass").replace(b"applicant.example", task.recipient.rpartition("@")[2].encode())
    office.letter("ok", head + plain_letter(task.recipient, "Re:", "没看懂，回头再说", In_Reply_To=task.message_id))
    office.round()
    letter = office.letters()[-1]
    assert (letter.kind, letter.decision, letter.outcome) == ("decision_reply", "unclear", LetterOutcome.ASKED_BACK)
    assert len(office.mails("reply_unclear")) == 1
