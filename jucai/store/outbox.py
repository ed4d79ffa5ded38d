"""The outbox: a mail is a row first, in the transaction that means it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from jucai.approval.events import Happened
from jucai.approval.intents import intents
from jucai.approval.state import CaseState
from jucai.store.bureau import Bureau
from jucai.store.numbers import next_number
from models.effects import Notice, OutboxMail
from models.letters import Letter


@dataclass(frozen=True, slots=True)
class CaseRef:
    """The case a mail is about."""

    id: int
    number: str
    letter_id: int


def queue_intents(
    session: Session, bureau: Bureau, case: CaseRef, seq: int, happened: Happened, state: CaseState
) -> None:
    """Write down every mail that one event asks for, and number the documents that go with them."""
    for intent in intents(happened.event, state):
        notice = (
            issue_notice(session, intent.document, f"{case.number}/{seq}", happened.at, case.id)
            if intent.document
            else None
        )
        queue_mail(
            session,
            bureau,
            kind=intent.kind,
            recipient=intent.recipient,
            reference=f"{case.number}.{intent.kind}.{seq}",
            now=happened.at,
            case_id=case.id,
            letter=session.get(Letter, case.letter_id),
            intent={"seq": seq, "number": intent.number, "notice": notice.id if notice else None},
        )


def queue_mail(
    session: Session,
    bureau: Bureau,
    *,
    kind: str,
    recipient: str,
    reference: str,
    now: datetime,
    case_id: int | None = None,
    letter: Letter | None = None,
    intent: dict[str, Any] | None = None,
) -> OutboxMail:
    """Write one mail down; meaning the same `reference` to the same recipient twice gives the same row.

    The Message-ID is made from `reference`, so that a bounce or an answer tells which row it belongs to. `letter` is
    the one this mail belongs under in its reader's mail program.
    """
    dedupe = f"{reference}>{recipient.lower()}"
    known = session.exec(select(OutboxMail).where(OutboxMail.dedupe == dedupe)).first()
    if known is not None:
        return known
    domain = bureau.settings.address.rpartition("@")[2] or "localhost"
    # Only who received the mail can answer under its id: the seal makes it unguessable.
    seal = bureau.sign("message-id", dedupe).hex()[:12]
    mail = OutboxMail(
        dedupe=dedupe,
        kind=kind,
        case_id=case_id,
        letter_id=letter.id if letter else None,
        recipient=recipient,
        intent=intent or {},
        message_id=f"<{reference}.{seal}@{domain}>",
        in_reply_to=letter.message_id if letter else None,
        created_at=now,
        next_attempt_at=now,
    )
    session.add(mail)
    session.flush()
    return mail


def issue_notice(session: Session, kind: str, reference: str, at: datetime, case_id: int | None) -> Notice:
    """Give an official document its number in the series of its kind and year (〔2026〕1号)."""
    dedupe = f"{kind}:{reference}"
    known = session.exec(select(Notice).where(Notice.dedupe == dedupe)).first()
    if known is not None:
        return known
    notice = Notice(
        dedupe=dedupe,
        kind=kind,
        year=at.year,
        seq=next_number(session, f"notice/{kind}", at.year),
        case_id=case_id,
        issued_at=at,
    )
    session.add(notice)
    session.flush()
    return notice
