"""Sending the outbox: write, keep the bytes, note the attempt, send, note what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select

from jucai.approval.state import state_from_json
from jucai.casework.mailboxes import access_tokens
from jucai.casework.moving import notice_number
from jucai.casework.rendering import render_outgoing
from jucai.casework.sending import send_all
from jucai.casework.writing.case_documents import publicity_document
from jucai.mailroom.pace import WINDOW, Pace
from jucai.mailroom.postman import Postman, PostOfficeError, SendState, SmtpAccount
from jucai.notices.documents import render_document
from jucai.store.bureau import Bureau
from jucai.store.database import reading, transaction
from jucai.store.leases import lease
from models.cases import Case
from models.effects import DeliveryAttempt, Notice, OutboxMail, OutboxState

_RENDER_TRIES = 3


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one delivery round did; `faults` are Chinese sentences for the board.

    `put_off` mails wait for their provider's pace and were not tried.
    """

    written: int
    sent: int
    deferred: int
    refused: int
    unknown: int
    faults: tuple[str, ...]
    put_off: int = 0


def deliver_outbox(bureau: Bureau) -> Delivered | None:
    """`deliver`, unless another delivery is under way (None)."""
    with lease(bureau.engine, "deliver") as held:
        return deliver(bureau) if held else None


def deliver(bureau: Bureau, limit: int = 500, progress: Callable[[int, int], None] | None = None) -> Delivered:
    """Perform what the outbox means; every step is kept before the next, so that a kill at any line loses nothing.

    A mail that was being sent when the process was killed is UNKNOWN: it is shown, not blindly sent again.
    """
    lost = _note_lost_attempts(bureau)
    _write_publicity_notices(bureau)
    written, faults = _write(bureau, limit)
    counts = dict.fromkeys(SendState, 0)
    ready, put_off = _paced(bureau, _ready(bureau, limit))
    if ready:
        try:
            with Postman(smtp_account(bureau)) as postman:
                for done, result in enumerate(send_all(bureau, postman, ready), start=1):
                    counts[result.state] += 1
                    if result.state is not SendState.SENT:
                        faults.append(result.detail)
                    if progress is not None:
                        progress(done, len(ready))
        except PostOfficeError as error:  # the mails behind the first stay as they are for the next round
            faults.append(str(error))
    return Delivered(
        written,
        counts[SendState.SENT],
        counts[SendState.DEFERRED],
        counts[SendState.REFUSED],
        counts[SendState.UNKNOWN] + lost,
        tuple(dict.fromkeys(faults)),
        put_off,
    )


def smtp_account(bureau: Bureau) -> SmtpAccount:
    """The account mail leaves through, as the settings name it."""
    smtp = bureau.settings.smtp
    return SmtpAccount(
        host=smtp.host,
        port=smtp.port,
        security=smtp.security,
        user=smtp.username,
        password=smtp.password.get_secret_value(),
        tokens=access_tokens(smtp.oauth),
        cafile=smtp.cafile,
        timeout=smtp.timeout,
        redirect_all_to=bureau.settings.redirect_all_to,
    )


def _note_lost_attempts(bureau: Bureau) -> int:
    """Deliveries run one at a time: whatever still says “sending” belongs to one that was killed."""
    now = bureau.clock.now()
    with transaction(bureau.engine) as session:
        lost = session.exec(select(OutboxMail).where(OutboxMail.state == OutboxState.SENDING)).all()
        for mail in lost:
            mail.state = OutboxState.UNKNOWN
            mail.last_detail = "发送过程中断，是否送达不明，请在看板上确认后决定是否重发"
            attempt = _attempt(session, mail)
            if attempt is not None:
                attempt.ended_at, attempt.result, attempt.detail = now, OutboxState.UNKNOWN, mail.last_detail
                session.add(attempt)
            session.add(mail)
        return len(lost)


def _write_publicity_notices(bureau: Bureau) -> None:
    """The announcements of public lists that have a number and no PDF yet."""
    with reading(bureau.engine) as session:
        waiting = session.exec(select(Notice.id).where(Notice.kind == "publicity", col(Notice.sha256).is_(None))).all()
    for notice_id in waiting:
        with transaction(bureau.engine) as session:
            notice = session.get(Notice, notice_id)
            assert notice is not None
            number = notice_number(bureau, notice)
            cases = [
                (case, state)
                for case in session.exec(select(Case).order_by(col(Case.number)))
                if (state := state_from_json(case.full_state)).publicity and state.publicity.notice == number
            ]
            if not cases:
                continue
            programme = bureau.programmes.get(cases[0][0].programme, cases[0][0].version)
            pdf = render_document(publicity_document(bureau, programme, number, cases))
            notice.sha256 = bureau.blobs.put(pdf)
            session.add(notice)


def _write(bureau: Bureau, limit: int) -> tuple[int, list[str]]:
    now = bureau.clock.now()
    with reading(bureau.engine) as session:
        queued = session.exec(
            select(OutboxMail.id)
            .where(OutboxMail.state == OutboxState.QUEUED, OutboxMail.next_attempt_at <= now)
            .order_by(col(OutboxMail.id))
            .limit(limit)
        ).all()
    faults: list[str] = []
    for mail_id in queued:
        try:
            with transaction(bureau.engine) as session:
                mail = session.get(OutboxMail, mail_id)
                assert mail is not None
                rendered = render_outgoing(session, bureau, mail)
                mail.sha256 = bureau.blobs.put(rendered.data)
                mail.subject = rendered.subject
                mail.state = OutboxState.READY
                session.add(mail)
        except Exception as error:  # noqa: BLE001 - one mail that cannot be written never stops the others; it is shown
            faults.append(_note_unwritten(bureau, mail_id, error))
    return len(queued) - len(faults), faults


def _note_unwritten(bureau: Bureau, mail_id: int | None, error: Exception) -> str:
    with transaction(bureau.engine) as session:
        mail = session.get(OutboxMail, mail_id)
        assert mail is not None
        mail.attempts += 1
        mail.last_detail = f"邮件未能生成：{error}"[:500]
        mail.next_attempt_at = bureau.clock.now() + timedelta(minutes=mail.tries * 10)
        if mail.tries >= _RENDER_TRIES:
            mail.state = OutboxState.REFUSED
        session.add(mail)
        return f"{mail.message_id}：{mail.last_detail}"


def _ready(bureau: Bureau, limit: int) -> list[tuple[int, str]]:
    with reading(bureau.engine) as session:
        rows = session.exec(
            select(OutboxMail.id, OutboxMail.recipient)
            .where(
                col(OutboxMail.state).in_([OutboxState.READY, OutboxState.DEFERRED]),
                OutboxMail.next_attempt_at <= bureau.clock.now(),
            )
            .order_by(col(OutboxMail.id))
            .limit(limit)
        ).all()
    return [(row[0], row[1]) for row in rows if row[0] is not None]


def _paced(bureau: Bureau, ready: list[tuple[int, str]]) -> tuple[list[int], int]:
    """The mails that may go now; those over their provider's pace are put off, which is no attempt."""
    limits, redirect = bureau.settings.smtp.pace, bureau.settings.redirect_all_to
    if not limits:
        return [mail_id for mail_id, _ in ready], 0
    now = bureau.clock.now()
    go: list[int] = []
    with transaction(bureau.engine) as session:
        recent = session.exec(
            select(OutboxMail.recipient)
            .join(DeliveryAttempt, col(DeliveryAttempt.mail_id) == col(OutboxMail.id))
            .where(DeliveryAttempt.started_at > now - WINDOW)
        ).all()
        pace = Pace(limits, (redirect or addr for addr in recent))
        for mail_id, recipient in ready:
            wait = pace.wait_for(redirect or recipient)
            if wait:
                mail = session.get(OutboxMail, mail_id)
                assert mail is not None
                mail.next_attempt_at = now + wait
                session.add(mail)
            else:
                go.append(mail_id)
    return go, len(ready) - len(go)


def _attempt(session: Session, mail: OutboxMail) -> DeliveryAttempt | None:
    return session.exec(
        select(DeliveryAttempt).where(DeliveryAttempt.mail_id == mail.id, DeliveryAttempt.number == mail.attempts)
    ).first()
