"""Letters in, cases and answers out."""

import pytest

from jucai.approval.commands import DecideTask
from jucai.approval.events import Actor
from jucai.approval.state import Phase, Verdict, state_from_json
from jucai.casework.documents import read_documents
from jucai.casework.spooling import fetch_letters
from jucai.casework.triage import sort_letters
from jucai.store.cases import execute
from models.effects import OutboxState
from models.letters import LetterOutcome, LetterState
from tests.casework.conftest import FORMS, LETTERS, form_letter, plain_letter

APPLICANT = "wang@applicant.example"


def test_a_form_becomes_a_case_with_a_receipt_and_an_acceptance(office):
    office.form("p01_F1_docx")
    office.round()
    (case,) = office.cases()
    assert case.number == "AQ-SUB-2026-000001"
    assert case.phase == Phase.IN_STAGES
    assert [mail.kind for mail in office.mails() if mail.recipient == APPLICANT] == ["receipt", "accepted"]
    assert all(mail.state == OutboxState.SENT for mail in office.mails())
    receipt = office.text_of(office.mails("receipt")[0])
    assert case.number in receipt
    assert "310115199511251690" not in receipt
    assert office.enclosures(office.mails("accepted")[0]) == ["受理通知书宜人才受〔2026〕1号.pdf"]


def test_the_answers_stand_in_the_applicant_s_own_thread(office):
    office.form("p01_F1_docx", message_id="<first@applicant.example>")
    office.round()
    assert {mail.in_reply_to for mail in office.mails() if mail.recipient == APPLICANT} == {"<first@applicant.example>"}


def test_a_missing_paper_is_told_once_and_completely_and_the_reply_completes_the_case(office):
    office.form("p04_F2_xlsx")
    office.round()
    (case,) = office.cases()
    assert case.phase == Phase.CORRECTING
    (asked,) = office.mails("correction")
    assert "购房合同" in office.text_of(asked)
    assert office.enclosures(asked) == ["补正通知书宜人才补〔2026〕1号.pdf"]
    office.letter(
        "reply",
        form_letter(
            FORMS / "x_unrelated_thesis.pdf",
            APPLICANT,
            subject=f"回复：{asked.subject}",
            message_id="<reply@applicant.example>",
            in_reply_to=asked.message_id,
            name="购房合同.pdf",
        ),
    )
    office.round()
    assert office.letters()[1].outcome == LetterOutcome.SUPPLEMENT_ADDED
    assert office.cases()[0].phase == Phase.IN_STAGES
    assert len(office.mails("correction")) == 1


def test_a_stranger_who_knows_the_number_adds_nothing_to_the_case(office):
    office.form("p04_F2_xlsx")
    office.round()
    number = office.cases()[0].number
    office.letter(
        "stranger",
        form_letter(
            FORMS / "x_unrelated_thesis.pdf",
            "stranger@elsewhere.example",
            subject=f"回复：补正通知 受理编号 {number}",
            message_id="<stranger@elsewhere.example>",
            name="购房合同.pdf",
        ),
    )
    office.round()
    assert office.cases()[0].phase == Phase.CORRECTING
    assert office.letters()[1].case_id is None


@pytest.mark.parametrize(
    ("form", "outcome", "answer", "words"),
    [
        ("x_encrypted_user", LetterOutcome.UNREADABLE, "encrypted", "密码"),
        ("x_truncated", LetterOutcome.UNREADABLE, "unreadable", "PDF"),
        ("x_unrelated_thesis", LetterOutcome.UNKNOWN_FORM, "unknown_form", "高层次人才生活补贴"),
        ("x_blank", LetterOutcome.BLANK_FORM, "unreadable", "填写"),
    ],
)
def test_what_cannot_become_a_case_is_answered_with_what_to_do(office, form, outcome, answer, words):
    office.form(form)
    office.round()
    (letter,) = office.letters()
    assert (letter.state, letter.outcome) == (LetterState.DONE, outcome)
    assert not office.cases()
    (mail,) = office.mails(answer)
    assert words in office.text_of(mail)
    assert mail.recipient == APPLICANT


def test_a_letter_without_a_form_is_told_what_to_send(office):
    office.letter("empty", plain_letter(APPLICANT, "申报材料", "材料见附件"))
    office.round()
    (letter,) = office.letters()
    assert letter.outcome in {LetterOutcome.NO_FORM, LetterOutcome.FOR_PERSON}
    assert letter.outcome_text


def test_two_applications_in_one_file_become_two_cases(office):
    office.form("x_merged")
    office.round()
    assert len(office.cases()) == 2
    assert {case.part for case in office.cases()} == {0, 1}


def test_the_very_same_letter_again_opens_no_second_case_and_is_not_answered_again(office):
    data = form_letter(FORMS / "p01_F1_docx.pdf", APPLICANT)
    office.letter("first", data)
    office.round()
    office.letter("second", b"X-Delivered-Twice: yes\r\n" + data)
    office.round()
    assert len(office.cases()) == 1
    second = office.letters()[1]
    assert (second.outcome, second.duplicate_of, second.case_id) == (LetterOutcome.DUPLICATE, 1, office.cases()[0].id)
    assert office.mails("duplicate") == []


def test_a_letter_sent_again_opens_no_second_case_and_is_answered_with_its_number(office):
    for number in (1, 2):
        office.letter(
            str(number), form_letter(FORMS / "p01_F1_docx.pdf", APPLICANT, message_id=f"<{number}@a.example>")
        )
        office.round()
    assert len(office.cases()) == 1
    assert office.letters()[1].outcome == LetterOutcome.DUPLICATE
    assert office.cases()[0].number in office.text_of(office.mails("duplicate")[0])


def test_two_letters_under_one_message_id_are_two_letters(office):
    """Some programs give every letter with the same subject the same id."""
    for name in ("p01_F1_docx", "p03_F2_docx"):
        office.form(name, message_id="<same@a.example>")
    office.round()
    assert len(office.cases()) == 2


def test_the_same_form_in_another_letter_opens_no_second_case_and_tells_a_stranger_nothing(office):
    office.form("p01_F1_docx")
    office.round()
    office.letter(
        "again", form_letter(FORMS / "p01_F1_docx.pdf", "other@elsewhere.example", message_id="<o@e.example>")
    )
    office.round()
    assert len(office.cases()) == 1
    answer = office.text_of(office.mails("duplicate")[0])
    assert office.cases()[0].number not in answer


def test_running_every_step_twice_changes_nothing(office):
    office.form("p01_F1_docx")
    for _ in range(2):
        fetch_letters(office.bureau)
        sort_letters(office.bureau)
        read_documents(office.bureau)
    office.round()
    before = ([c.revision for c in office.cases()], [m.message_id for m in office.mails()])
    office.round()
    assert ([c.revision for c in office.cases()], [m.message_id for m in office.mails()]) == before


def test_a_reply_of_an_officer_that_nobody_vouches_for_decides_nothing_and_is_asked_back(office):
    office.form("p01_F1_docx")
    office.round()
    (asked,) = office.mails("task")
    office.letter(
        "reply", plain_letter(asked.recipient, f"回复：{asked.subject}", "同意", In_Reply_To=asked.message_id)
    )
    office.round()
    assert office.letters()[1].outcome == LetterOutcome.ASKED_BACK
    assert len(state_from_json(office.cases()[0].full_state).open_tasks) == 1
    assert office.mails("reply_unclear")[0].recipient == asked.recipient


def test_a_reply_our_own_server_vouches_for_decides_the_one_task_of_the_mail(office):
    office.form("p01_F1_docx")
    office.round()
    (asked,) = office.mails("task")
    domain = asked.recipient.partition("@")[2]
    verdict = f"Authentication-Results: mx.rcj.example; dmarc=pass header.from={domain}\r\n".encode()
    reply = plain_letter(asked.recipient, f"回复：{asked.subject}", "同意", In_Reply_To=asked.message_id)
    office.letter("forged", reply.replace(b"\r\n\r\n", b"\r\n" + verdict + b"\r\n", 1))
    office.round()
    assert office.letters()[1].outcome == LetterOutcome.ASKED_BACK  # the sender's own words, below the line
    office.letter("reply", verdict + reply.replace(b"Message-ID: <", b"Message-ID: <2."))
    office.round()
    assert office.letters()[2].outcome == LetterOutcome.DECISION_TAKEN
    assert state_from_json(office.cases()[0].full_state).stage == "county"


def test_every_sample_letter_ends_with_an_outcome_and_none_is_lost(office):
    for path in sorted(LETTERS.glob("*.eml")):
        office.letter(path.stem, path.read_bytes())
    office.round()
    read_documents(office.bureau, scans=True)
    letters = office.letters()
    assert len(letters) == len(list(LETTERS.glob("*.eml")))
    assert all(letter.outcome and letter.outcome_text for letter in letters)
    assert all(letter.outcome != LetterOutcome.FAILED for letter in letters)
    assert all(letter.state in {LetterState.DONE, LetterState.PARKED} for letter in letters)


def test_letters_are_filed_away_only_after_their_outcome_is_known(office):
    office.form("p01_F1_docx")
    fetch_letters(office.bureau)
    assert (office.drop / "p01_F1_docx.eml").exists()
    office.round()
    fetch_letters(office.bureau)
    assert office.letters()[0].filed_to == "已处理"
    assert not (office.drop / "p01_F1_docx.eml").exists()


def test_thirty_cases_are_one_mail_to_the_officer(office):
    for name in ("p09_F5_docx", "p10_F5_xlsx", "p21_F5_docx", "p22_F5_chromium"):
        office.form(name, sender=f"{name.lower().replace('_', '-')}@applicant.example")
    office.round()
    to_one = [mail for mail in office.mails("task") if mail.recipient == office.mails("task")[0].recipient]
    assert len(to_one) == 1
    assert len(to_one[0].intent["tasks"]) >= 2


def test_a_case_reaches_payment_and_the_finance_office_gets_a_list(office):
    from jucai.store.payments import confirm_list, list_due  # noqa: PLC0415 - the end of a long way

    office.form("p01_F1_docx")
    office.round()
    number = office.cases()[0].number
    for _ in range(20):
        state = state_from_json(office.cases()[0].full_state)
        if state.phase is Phase.PAYING:
            break
        for task in state.open_tasks:
            execute(office.bureau, number, DecideTask(task.code, task.officers[0], Verdict.APPROVE, "同意"), Actor("o"))
        office.round()
        if state.phase is Phase.PUBLICITY:
            office.wait_days(8)
    listed = list_due(office.bureau)
    assert listed is not None
    assert list_due(office.bureau) is None
    office.round()
    mail = office.mails("payment_list")[0]
    assert office.enclosures(mail) == [f"拨付清单{listed.number}.xlsx"]
    assert confirm_list(office.bureau, listed.number, Actor("czj-finance-1"), office.clock.now().date()) == 1
    office.round()
    paid = office.mails("payment")[0]
    assert "大写" in office.text_of(paid) or "整" in office.text_of(paid)
    assert office.enclosures(paid)[0].startswith("拨付通知宜人才拨〔2026〕1号")
    assert office.mails("publicity")
