"""Letters about cases: believed as far as they are vouched for, answered once, and never lost."""

import subprocess
from base64 import b64encode
from email import message_from_bytes, policy
from email.message import EmailMessage

import dkim
import pytest
from sqlmodel import select

from jucai.approval.commands import DecideTask
from jucai.approval.events import Actor
from jucai.approval.state import Phase, TaskPurpose, Verdict, state_from_json
from jucai.casework.board import board_tables
from jucai.casework.documents import read_documents
from jucai.casework.outcomes import Ended
from jucai.casework.spooling import fetch_letters
from jucai.casework.triage import sort_letters
from jucai.commands.post import NothingToDo
from jucai.reading import read_many
from jucai.store.cases import execute
from jucai.store.database import reading
from models.effects import OutboxState, ReturnedAddress
from models.letters import Document, DocumentState, LetterOutcome, LetterState
from models.readings import ReadingStatus
from tests.casework.conftest import FORMS, form_letter, plain_letter, replace

APPLICANT = "wang@applicant.example"
OURS = "Received: from a by mx.rcj.example; Mon, 23 Nov 2026 10:00:00 +0800\r\nAuthentication-Results: mx.rcj.example; "
PASSED = OURS + "dmarc=pass header.from=applicant.example\r\n"
WORDS = "因工作变动，本人申请撤回申请。"


def vouched(data: bytes, line: str = PASSED) -> bytes:
    return line.encode() + data


def opened(office) -> str:
    office.form("p01_F1_docx")
    office.round()
    return office.cases()[0].number


def sent(office, mail) -> EmailMessage:
    message = message_from_bytes(office.bureau.blobs.get(mail.sha256), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


# ---- withdrawals


def test_a_withdrawal_our_server_vouches_for_ends_the_case_and_one_by_a_stranger_does_not(office):
    number = opened(office)
    office.letter("w1", plain_letter("mallory@elsewhere.example", f"申请撤回 受理编号 {number}", WORDS))
    office.round()
    assert office.cases()[0].phase == Phase.IN_STAGES
    assert office.letters()[1].state == LetterState.PARKED
    office.letter("w2", vouched(plain_letter(APPLICANT, f"申请撤回 受理编号 {number}", WORDS)))
    office.round()
    assert office.cases()[0].phase == Phase.WITHDRAWN
    assert len(office.mails("withdrawn")) == 1


def test_a_withdrawal_nobody_vouches_for_is_confirmed_by_answering_and_not_before(office):
    number = opened(office)
    office.letter("w1", plain_letter(APPLICANT, f"申请撤回 受理编号 {number}", WORDS))
    office.round()
    assert office.letters()[1].outcome == LetterOutcome.ASKED_BACK
    assert office.cases()[0].phase == Phase.IN_STAGES
    (asked,) = office.mails("confirm_withdrawal")
    assert asked.recipient == APPLICANT
    assert "确认撤回" in office.text_of(asked)
    office.letter("w2", plain_letter(APPLICANT, f"回复：{asked.subject}", "确认撤回", In_Reply_To=asked.message_id))
    office.round()
    assert office.letters()[2].details["reply_code"] is True
    assert office.cases()[0].phase == Phase.WITHDRAWN


def test_a_forged_withdrawal_is_neither_believed_nor_answered_nor_lost(office):
    number = opened(office)
    failed = OURS + "dmarc=fail header.from=applicant.example\r\n"
    before = len(office.mails())
    office.letter("w", vouched(plain_letter(APPLICANT, f"申请撤回 {number}", WORDS), failed))
    office.round()
    letter = office.letters()[1]
    assert (letter.trust, letter.outcome, letter.state) == ("forged", LetterOutcome.FOR_PERSON, LetterState.PARKED)
    assert office.cases()[0].phase == Phase.IN_STAGES
    assert len(office.mails()) == before


# ---- objections


def listed(office) -> str:
    """A case on a public list."""
    number = opened(office)
    while (state := state_from_json(office.cases()[0].full_state)).phase is not Phase.PUBLICITY:
        for task in state.open_tasks:
            execute(office.bureau, number, DecideTask(task.code, task.officers[0], Verdict.APPROVE, "同意"), Actor("o"))
        office.round()
    return number


def test_who_objects_is_told_that_it_arrived_and_the_applicant_learns_nothing_of_it(office):
    number = listed(office)
    letter = form_letter(FORMS / "p02_F1_chromium.pdf", "neighbour@other.example", subject=f"对 {number} 公示的异议",
        body="本人对公示对象提出异议，附材料。", name="证据.pdf")  # fmt: skip
    office.letter("objection", letter)
    office.round()
    row = office.letters()[1]
    assert (row.kind, row.outcome, row.state) == ("objection", LetterOutcome.FOR_PERSON, LetterState.PARKED)
    (answer,) = office.mails("objection_received")
    assert (answer.recipient, answer.case_id, answer.state) == ("neighbour@other.example", None, OutboxState.SENT)
    assert "已登记" in office.text_of(answer)
    assert state_from_json(office.cases()[0].full_state).open_tasks[0].purpose is TaskPurpose.OBJECTION
    with reading(office.bureau.engine) as session:
        (paper,) = session.exec(select(Document).where(Document.letter_id == row.id))
    assert (paper.name, paper.state, paper.case_id) == ("证据.pdf", DocumentState.KEPT, None)


def test_an_objection_to_nobody_named_is_asked_whom_it_means(office):
    office.letter("vague", plain_letter("neighbour@other.example", "公示异议", "本人对公示名单提出异议，有人造假。"))
    office.round()
    (answer,) = office.mails("objection_received")
    assert "未能确定" in office.text_of(answer)


# ---- trust


def test_a_doubtful_sender_opens_a_case_that_a_clerk_confirms_first(office):
    doubtful = OURS + "spf=none smtp.mailfrom=applicant.example; dkim=none\r\n"
    office.letter("a", vouched(form_letter(FORMS / "p01_F1_docx.pdf", APPLICANT), doubtful))
    office.round()
    (case,) = office.cases()
    assert case.phase == Phase.VERIFYING
    assert "发件域" in str(state_from_json(case.full_state).doubts)


def test_a_signature_we_verify_ourselves_is_recorded_and_believed(office, tmp_path):
    key = tmp_path / "key.pem"
    subprocess.run(["openssl", "genrsa", "-traditional", "-out", str(key), "2048"], check=True, capture_output=True)
    public = subprocess.run(
        ["openssl", "rsa", "-in", str(key), "-pubout", "-outform", "DER"], check=True, capture_output=True
    ).stdout
    record = b"v=DKIM1; p=" + b64encode(public)
    number = opened(office)
    raw = plain_letter(APPLICANT, f"申请撤回 {number}", WORDS)
    signed = dkim.sign(raw, b"m", b"applicant.example", key.read_bytes()) + raw
    office.letter("signed", signed)
    fetch_letters(office.bureau)
    sort_letters(office.bureau, keys=lambda name: record if name == "m._domainkey.applicant.example" else None)
    letter = office.letters()[1]
    assert (letter.trust, letter.details["dkim"]) == ("verified", ["applicant.example"])
    assert letter.outcome == LetterOutcome.WITHDRAWAL_DONE


def test_an_office_on_a_public_provider_does_not_own_everybody_there(office):
    settings = office.bureau.settings.model_copy(update={"address": "rencai@163.com"})
    bureau = replace(office.bureau, settings=settings)
    letter = plain_letter("zhangsan@163.com", "AQ-SUB-2026-000001", "同意")
    office.letter("x", OURS.encode() + b"spf=none smtp.mailfrom=163.com\r\n" + letter)
    fetch_letters(bureau)
    sort_letters(bureau)
    assert (office.letters()[0].trust, office.letters()[0].kind) == ("doubtful", "other")


# ---- answers


def test_a_request_for_a_form_is_answered_with_one_that_can_be_filled_in(office):
    office.letter("ask", plain_letter("hr@firm.example", "索取表格", "您好，麻烦发一份科技副总的申请表，谢谢。"))
    office.round()
    assert office.letters()[0].outcome == LetterOutcome.FORM_SENT
    (mail,) = office.mails("blank_form")
    assert office.enclosures(mail) == ["科技副总申报表.pdf"]
    (part,) = sent(office, mail).iter_attachments()
    pdf = part.get_content()
    assert b"/AcroForm" in pdf
    ((_, result),) = read_many([("a", pdf)], workers=1)
    assert (result.status, result.form) == (ReadingStatus.BLANK, "technology-deputy")


def test_a_request_that_names_no_form_gets_all_of_them(office):
    office.letter("ask", plain_letter("hr@firm.example", "索取表格", "请发一下申报表的模板，谢谢"))
    office.round()
    assert len(office.enclosures(office.mails("blank_form")[0])) >= 5


def test_answers_to_one_correspondent_end_at_the_day_s_count_and_begin_again_tomorrow(office):
    settings = office.bureau.settings.model_copy(update={"answers_per_day": 3})
    office.bureau = replace(office.bureau, settings=settings)
    for number in range(5):
        office.letter(str(number), plain_letter("ask@firm.example", f"进度{number}", "请问我的申请审批到哪一步了？"))
    office.letter("other", plain_letter("else@firm.example", "进度", "请问我的申请审批到哪一步了？"))
    office.round()
    assert [mail.recipient for mail in office.mails("status")].count("ask@firm.example") == 3
    assert [mail.recipient for mail in office.mails("status")].count("else@firm.example") == 1
    assert all(letter.outcome for letter in office.letters())
    office.wait_days(1)
    office.letter("next", plain_letter("ask@firm.example", "进度又来", "请问我的申请审批到哪一步了？"))
    office.round()
    assert [mail.recipient for mail in office.mails("status")].count("ask@firm.example") == 4


@pytest.mark.parametrize(
    ("name", "data"),
    [("申报材料.rar", b"Rar!\x1a\x07\x01\x00" + b"\x33" * 900), ("申报材料.7z", b"7z\xbc\xaf\x27\x1c" + b"\x21" * 700)],
)
def test_an_archive_we_do_not_open_is_answered_with_what_to_send_instead(office, name, data):
    message = message_from_bytes(plain_letter("li@firm.example", "生活补贴申报", "材料见附件"), policy=policy.SMTP)
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    office.letter("packed", bytes(message))
    office.round()
    assert office.letters()[0].outcome == LetterOutcome.CONTAINER_UNSUPPORTED
    text = office.text_of(office.mails("container_unsupported")[0])
    assert name in text
    assert "PDF" in text


def test_a_file_put_up_for_download_is_answered_with_what_to_send_instead(office):
    words = "申报材料见附件。\n从QQ邮箱发来的超大附件\n材料.zip (1.2G) https://mail.qq.example/ftn/download?k=1"
    office.letter("cloud", plain_letter("li@firm.example", "生活补贴申报", words))
    office.round()
    assert office.letters()[0].outcome == LetterOutcome.CONTAINER_UNSUPPORTED
    assert "超大附件" in office.text_of(office.mails("container_unsupported")[0])


def test_a_letter_too_large_is_not_loaded_but_its_sender_is_told(office):
    settings = office.bureau.settings
    inbox = settings.inboxes[0].model_copy(update={"max_bytes": 200_000})
    office.bureau = replace(office.bureau, settings=settings.model_copy(update={"inboxes": (inbox,)}))
    big = plain_letter("li@firm.example", "生活补贴申报", "大" * 200_000)
    office.letter("big", big)
    office.round()
    (letter,) = office.letters()
    assert (letter.outcome, letter.sender, letter.size) == (LetterOutcome.OVERSIZE, "li@firm.example", len(big))
    assert letter.state == LetterState.PARKED
    assert len(office.bureau.blobs.get(letter.sha256)) < 2_000
    assert office.mails("container_unsupported")[0].state == OutboxState.SENT


def test_an_answer_keeps_the_conversation_together_whatever_ids_a_stranger_wrote(office):
    office.letter(
        "q",
        plain_letter(
            "a@firm.example", "进度", "请问审批到哪一步了？", message_id="<q3@firm.example>",
            In_Reply_To="<q2@firm.example>", References="<q1@firm.example> <b ad@x> <q2@firm.example>",
        ),
    )  # fmt: skip
    office.letter(
        "bad",
        plain_letter("b@firm.example", "进度", "请问审批到哪一步了？", message_id="<odd@firm.example>").replace(
            b"<odd", "<中".encode()
        ),
    )
    office.round()
    first, second = office.mails("status")
    assert (first.state, second.state) == (OutboxState.SENT, OutboxState.SENT)
    assert sent(office, first)["References"].split() == [
        "<q1@firm.example>", "<bad@x>", "<q2@firm.example>", "<q3@firm.example>",
    ]  # fmt: skip
    assert sent(office, second)["In-Reply-To"] is None


# ---- bounces


def bounce(original: str, address: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    report = (
        f"Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; {address}\r\nAction: {action}\r\n"
        f"Status: {status}\r\nDiagnostic-Code: smtp; 550 no such user\r\n"
    )
    head = (
        "From: MAILER-DAEMON@mx.rcj.example\r\nSubject: Undelivered Mail Returned to Sender\r\nReturn-Path: <>\r\n"
        f"Message-ID: <b{abs(hash(original + status))}@mx>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
    )
    parts = [
        "Content-Type: text/plain\r\n\r\nsorry",
        f"Content-Type: message/delivery-status\r\n\r\n{report}",
        f"Content-Type: text/rfc822-headers\r\n\r\n{original}",
    ]
    return (head + "".join(f"--b\r\n{part}\r\n" for part in parts) + "--b--\r\n").encode()


def test_a_bounce_lands_on_the_mail_the_case_and_the_address_until_the_address_writes_again(office):
    number = opened(office)
    (receipt,) = office.mails("receipt")
    office.letter("late", bounce(f"Message-ID: {receipt.message_id}\r\n", APPLICANT, action="delayed", status="4.4.1"))
    office.round()
    assert office.mails("receipt")[0].state == OutboxState.SENT
    office.letter("gone", bounce(f"Message-ID: {receipt.message_id}\r\n", APPLICANT))
    office.round()
    assert office.mails("receipt")[0].state == OutboxState.RETURNED
    assert {letter.case_id for letter in office.letters()[1:]} == {office.cases()[0].id}
    (table,) = [one for one in board_tables(office.bureau) if one.key == "board-addresses"]
    assert table.rows == ((number, "1", "2026-11-23 12:00"),)
    assert APPLICANT not in str(table)
    office.letter("alive", plain_letter(APPLICANT, "进度", "请问审批到哪一步了？"))
    office.round()
    with reading(office.bureau.engine) as session:
        assert session.exec(select(ReturnedAddress)).all() == []


def test_a_bounce_that_guesses_says_nothing_about_an_address(office):
    number = opened(office)
    office.letter("guess", bounce(f"Message-ID: <{number}.receipt.1.000000000000@rcj.example>\r\n", APPLICANT))
    office.round()
    with reading(office.bureau.engine) as session:
        assert session.exec(select(ReturnedAddress)).all() == []


def test_a_bounce_without_an_id_is_known_by_case_and_address(office):
    number = opened(office)
    words = f"抱歉，您的邮件被退回\n收件人：{APPLICANT}\n退信原因：550 User not found\n原邮件主题：受理通知 {number}\n"
    office.letter("qq", plain_letter("postmaster@qq.example", "系统退信", words))
    office.round()
    letter = office.letters()[1]
    assert (letter.kind, letter.case_id) == ("bounce", office.cases()[0].id)
    assert OutboxState.RETURNED in {mail.state for mail in office.mails() if mail.recipient == APPLICANT}


# ---- what goes wrong


def test_a_letter_that_cannot_be_processed_is_parked_shown_and_can_be_run_again(office, monkeypatch):
    from jucai.casework import triage  # noqa: PLC0415 - a seam of this test alone
    from jucai.commands.post import again  # noqa: PLC0415

    office.form("p01_F1_docx")
    fetch_letters(office.bureau)
    real = triage.parse_letter

    def broken(_data: bytes) -> None:
        raise RuntimeError("坏了")

    monkeypatch.setattr(triage, "parse_letter", broken)
    for _ in range(3):
        sort_letters(office.bureau)
    (letter,) = office.letters()
    assert (letter.state, letter.outcome) == (LetterState.PARKED, LetterOutcome.FAILED)
    assert ("1", "处理失败，待人工") in [
        (row[0], row[2])
        for t in board_tables(office.bureau)
        for row in t.rows
        if len(row) == 4 and t.key == "board-letters"
    ]
    monkeypatch.setattr(triage, "parse_letter", real)
    monkeypatch.setattr("jucai.commands.post.bureau", lambda: office.bureau)
    again(1)
    sort_letters(office.bureau)
    read_documents(office.bureau)
    assert office.letters()[0].outcome == LetterOutcome.CASE_OPENED


def run_again(office, monkeypatch, letter: int) -> None:
    from jucai.commands.post import again  # noqa: PLC0415 - a seam of these tests

    monkeypatch.setattr("jucai.commands.post.bureau", lambda: office.bureau)
    again(letter)


def test_a_letter_that_waits_for_a_person_is_sorted_anew_with_its_files_written_down_once(office, monkeypatch):
    data = form_letter(FORMS / "x_unrelated_thesis.pdf", APPLICANT, subject="关于召开会议的通知", body="请派员参会。")
    office.letter("m", data)
    monkeypatch.setattr("jucai.casework.triage.settle_simple", lambda *_: Ended(LetterOutcome.FOR_PERSON, "人工"))
    office.take_in()
    assert office.letters()[0].state == LetterState.PARKED
    monkeypatch.undo()
    run_again(office, monkeypatch, 1)
    assert office.letters()[0].state == LetterState.SPOOLED
    office.take_in()
    (letter,) = office.letters()
    assert (letter.kind, letter.outcome) == ("other", LetterOutcome.UNKNOWN_FORM)
    with reading(office.bureau.engine) as session:
        assert len(session.exec(select(Document)).all()) == 1


def test_an_objection_that_was_taken_is_not_taken_twice_and_its_papers_stay_out_of_the_case(office, monkeypatch):
    number = listed(office)
    paper = form_letter(FORMS / "p02_F1_chromium.pdf", "neighbour@other.example", subject=f"对 {number} 公示的异议",
        body="本人对公示对象提出异议，附材料。", name="证据.pdf")  # fmt: skip
    office.letter("objection", paper)
    office.round()
    with pytest.raises(NothingToDo, match="已经登记"):
        run_again(office, monkeypatch, office.letters()[1].id)
    with reading(office.bureau.engine) as session:
        (kept,) = session.exec(select(Document).where(Document.letter_id == office.letters()[1].id))
    assert kept.case_id is None
