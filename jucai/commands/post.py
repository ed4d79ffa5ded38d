"""`jucai inbox` and `jucai outbox`: letters and mails that need a person's word."""

from cyclopts import App
from sqlmodel import col, select

from jucai.approval.labels import LETTER_OUTCOME_LABELS, OUTBOX_STATE_LABELS
from jucai.approval.refusals import Refusal
from jucai.commands.common import Json, bureau, say, show
from jucai.mailroom.kinds import LetterKind
from jucai.store.database import reading, transaction
from models.effects import RESENT_AFTER, OutboxMail, OutboxState
from models.letters import Document, Letter, LetterOutcome, LetterState

inbox = App(name="inbox", help="来信：列出待人工的来信，重新处理")
outbox = App(name="outbox", help="发件箱：列出未送达的邮件，决定重发或了结")
_OF_THE_MAILBOX = frozenset({"oversize"})
_TROUBLE = (OutboxState.REFUSED, OutboxState.UNKNOWN, OutboxState.RETURNED, OutboxState.DEFERRED)


class NothingToDo(Refusal):
    """There is no such letter or mail, or it is not one that waits for a person."""


@inbox.command(name="list")
def list_letters(*, everything: bool = False, json: Json = False) -> None:
    """列出来信；缺省只列待人工的。"""
    query = select(Letter).order_by(col(Letter.id))
    if not everything:
        query = query.where(Letter.state == LetterState.PARKED)
    with reading(bureau().engine) as session:
        letters = session.exec(query).all()
    rows = [
        (
            str(letter.id),
            f"{letter.received_at:%Y-%m-%d %H:%M}",
            letter.subject[:40],
            LETTER_OUTCOME_LABELS[LetterOutcome(letter.outcome)] if letter.outcome else "处理中",
            letter.outcome_text,
        )
        for letter in letters
    ]
    show("来信", ("编号", "收到", "主题", "结果", "说明"), rows, as_json=json)


@inbox.command
def again(letter: int) -> None:
    """重新处理一封待人工的来信：从分拣开始，如同刚刚收到。"""
    with transaction(bureau().engine) as session:
        row = session.get(Letter, letter)
        if row is None or row.state != LetterState.PARKED:
            raise NothingToDo(f"第 {letter} 号来信不存在，或不是待人工的来信。")
        if row.kind == LetterKind.OBJECTION and row.case_id is not None:
            raise NothingToDo(f"第 {letter} 号来信的异议已经登记并交经办人核查，不重复处理。")
        # Nothing was decided by a parked letter: its files are written down anew by what it is found to be now.
        for document in session.exec(select(Document).where(Document.letter_id == letter)):
            session.delete(document)
        row.state, row.outcome, row.outcome_text, row.attempts = LetterState.SPOOLED, None, "", 0
        row.case_id = None
        row.details = {key: value for key, value in row.details.items() if key in _OF_THE_MAILBOX}
        session.add(row)
    say(f"第 {letter} 号来信将在下一轮重新处理。")


@outbox.command(name="list")
def list_mails(*, json: Json = False) -> None:
    """列出未送达、被退回或结果不明的邮件。"""
    with reading(bureau().engine) as session:
        mails = session.exec(
            select(OutboxMail).where(col(OutboxMail.state).in_(_TROUBLE)).order_by(col(OutboxMail.id))
        ).all()
    rows = [
        (str(mail.id), mail.subject, OUTBOX_STATE_LABELS[OutboxState(mail.state)], mail.last_detail) for mail in mails
    ]
    show("未送达的邮件", ("编号", "主题", "状态", "详情"), rows, as_json=json)


@outbox.command
def resend(mail: int) -> None:
    """再发一次：用同样的内容和编号，重试次数从头计起。对方可能已经收到的（状态不明），会收到第二份。"""
    with transaction(bureau().engine) as session:
        row = session.get(OutboxMail, mail)
        if row is None or row.state not in _TROUBLE:
            raise NothingToDo(f"第 {mail} 号邮件不存在，或没有需要处理的问题。")
        row.state = OutboxState.READY if row.sha256 else OutboxState.QUEUED
        row.intent = {**row.intent, RESENT_AFTER: row.attempts}
        row.next_attempt_at = bureau().clock.now()
        session.add(row)
    say(f"第 {mail} 号邮件将在下一轮重发。")


@outbox.command
def settle(mail: int) -> None:
    """确认对方已经收到：不再重发。"""
    with transaction(bureau().engine) as session:
        row = session.get(OutboxMail, mail)
        if row is None or row.state != OutboxState.UNKNOWN:
            raise NothingToDo(f"第 {mail} 号邮件不存在，或状态不是“不明”。")
        row.state = OutboxState.SENT
        row.sent_at = bureau().clock.now()
        row.last_detail = "经人工确认已送达"
        session.add(row)
    say(f"第 {mail} 号邮件已记为送达。")
