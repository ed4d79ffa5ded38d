"""The outbox: a mail is a row first, in the transaction that means it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlmodel import Session, select

from jucai.approval.events import Happened
from jucai.approval.intents import intents
from jucai.approval.state import CaseState
from jucai.store.bureau import Bureau
from jucai.store.numbers import next_number
from jucai.store.prepared import Prepared
from models.effects import Notice, OutboxMail, OutboxState
from models.letters import Letter

_MAILS = cast("sa.Table", OutboxMail.__table__)  # type: ignore[attr-defined] # SQLModel gives it at run time
_LETTERS = cast("sa.Table", Letter.__table__)  # type: ignore[attr-defined] # as above
_NEW_MAIL = {"state": OutboxState.QUEUED.value, "subject": "", "attempts": 0, "last_detail": ""}
_MESSAGE_ID_OF = sa.select(_LETTERS.c.message_id).where(_LETTERS.c.id == sa.bindparam("of_letter")).scalar_subquery()
ADDED_MAIL = (
    "dedupe",
    "kind",
    "case_id",
    "letter_id",
    "recipient",
    "intent",
    "message_id",
    "in_reply_to",
    "created_at",
    "next_attempt_at",
    *_NEW_MAIL,
)
ADD_MAILS = Prepared(_MAILS.insert().inline().values(in_reply_to=_MESSAGE_ID_OF), *ADDED_MAIL)


@dataclass(frozen=True, slots=True)
class CaseRef:
    """The case a mail is about."""

    id: int
    number: str
    letter_id: int


def mails_of(
    session: Callable[[], Session], bureau: Bureau, case: CaseRef, seq: int, happened: Happened, state: CaseState
) -> list[dict[str, Any]]:
    """The rows (for `ADD_MAILS`) of the mails that one event asks for; the documents that go with them are numbered.

    An event happens once, and its number is part of the reference: nothing has to be looked up before.
    """
    rows = []
    for intent in intents(happened.event, state):
        notice = (
            issue_notice(session(), intent.document, f"{case.number}/{seq}", happened.at, case.id)
            if intent.document
            else None
        )
        reference = f"{case.number}.{intent.kind}.{seq}"
        dedupe = _dedupe(reference, intent.recipient)
        rows.append(
            {
                "dedupe": dedupe,
                "kind": intent.kind,
                "case_id": case.id,
                "letter_id": case.letter_id,
                "recipient": intent.recipient,
                "intent": {"seq": seq, "number": intent.number, "notice": notice.id if notice else None},
                "message_id": _message_id(bureau, reference, dedupe),
                "of_letter": case.letter_id,
                "created_at": happened.at,
                "next_attempt_at": happened.at,
                **_NEW_MAIL,
            }
        )
    return rows


def _dedupe(reference: str, recipient: str) -> str:
    return f"{reference}>{recipient.lower()}"


def _message_id(bureau: Bureau, reference: str, dedupe: str) -> str:
    """Only who received the mail can answer under its id: the seal makes it unguessable."""
    domain = bureau.settings.address.rpartition("@")[2] or "localhost"
    return f"<{reference}.{bureau.sign('message-id', dedupe).hex()[:12]}@{domain}>"


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
    dedupe = _dedupe(reference, recipient)
    known = session.exec(select(OutboxMail).where(OutboxMail.dedupe == dedupe)).first()
    if known is not None:
        return known
    mail = OutboxMail(
        dedupe=dedupe,
        kind=kind,
        case_id=case_id,
        letter_id=letter.id if letter else None,
        recipient=recipient,
        intent=intent or {},
        message_id=_message_id(bureau, reference, dedupe),
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
