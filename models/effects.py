"""What the office sends and pays: a row first, then the effect."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Column, Index, UniqueConstraint
from sqlmodel import Field

from models.base import JsonColumn, Moment, Table


class OutboxState(StrEnum):
    """How far an outgoing mail is."""

    QUEUED = "queued"  # meant, not yet rendered
    READY = "ready"  # its bytes are stored
    SENDING = "sending"  # an attempt was begun: its fate is not known yet
    SENT = "sent"
    DEFERRED = "deferred"  # tried, will be tried again
    REFUSED = "refused"  # final
    UNKNOWN = "unknown"  # fate unknown: a person decides whether to send again
    RETURNED = "returned"  # bounced after it was sent


RESENT_AFTER = "resent_after"
"""In the intent of a mail a person sent again: how many attempts there had been, which no longer count."""
UNFINISHED = frozenset({OutboxState.QUEUED, OutboxState.READY, OutboxState.DEFERRED})


class OutboxMail(Table, table=True):
    """One mail to one address, and why it is sent; `dedupe` keeps it from being meant twice."""

    __tablename__ = "outbox_mail"
    __table_args__ = (
        UniqueConstraint("dedupe"),
        UniqueConstraint("message_id"),
        Index("ix_outbox_mail_state_next", "state", "next_attempt_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    dedupe: str
    kind: str
    case_id: int | None = Field(default=None, foreign_key="office_case.id", index=True)
    letter_id: int | None = Field(default=None, foreign_key="letter.id", index=True)
    recipient: str = Field(index=True)
    intent: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JsonColumn, nullable=False))
    state: str = Field(default=OutboxState.QUEUED)
    message_id: str
    in_reply_to: str | None = None
    subject: str = ""
    sha256: str | None = None  # the rendered bytes in the store
    attempts: int = 0
    created_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    next_attempt_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    sent_at: datetime | None = Field(default=None, sa_column=Column(Moment))
    last_detail: str = ""

    @property
    def tries(self) -> int:
        """Attempts since it was queued, or since a person sent it again."""
        return self.attempts - int(self.intent.get(RESENT_AFTER, 0))


class DeliveryAttempt(Table, table=True):
    """One attempt to send one mail, written down before it is made."""

    __tablename__ = "delivery_attempt"
    __table_args__ = (UniqueConstraint("mail_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    mail_id: int = Field(foreign_key="outbox_mail.id")
    number: int
    started_at: datetime = Field(sa_column=Column(Moment, nullable=False, index=True))
    ended_at: datetime | None = Field(default=None, sa_column=Column(Moment))
    result: str = ""
    detail: str = ""


class ReturnedAddress(Table, table=True):
    """An address our mail came back from for good; the row goes when a letter arrives from it."""

    __tablename__ = "returned_address"

    addr: str = Field(primary_key=True)
    mail_id: int = Field(foreign_key="outbox_mail.id")
    times: int = 1
    last_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    detail: str = ""


class Notice(Table, table=True):
    """One official document: its number 〔year〕seq号 and its PDF in the store."""

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("kind", "year", "seq"), UniqueConstraint("dedupe"))

    id: int | None = Field(default=None, primary_key=True)
    dedupe: str
    kind: str
    year: int
    seq: int
    case_id: int | None = Field(default=None, foreign_key="office_case.id", index=True)
    sha256: str | None = None
    issued_at: datetime = Field(sa_column=Column(Moment, nullable=False))


class PaymentState(StrEnum):
    """How far an instalment is."""

    DUE = "due"  # 待拨付
    LISTED = "listed"  # 已列入清单
    PAID = "paid"  # 已拨付
    STOPPED = "stopped"  # 停发


class PaymentList(Table, table=True):
    """A payment list handed to the finance office."""

    __tablename__ = "payment_list"
    __table_args__ = (UniqueConstraint("number"),)

    id: int | None = Field(default=None, primary_key=True)
    number: str
    created_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    sha256: str | None = None
    paid_at: datetime | None = Field(default=None, sa_column=Column(Moment))
    paid_by: str | None = None


class Instalment(Table, table=True):
    """One part of one case's money: part `number` of `count`, in 分."""

    __tablename__ = "instalment"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        Index("ix_instalment_state_due", "state", "due_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="office_case.id")
    number: int
    count: int
    amount_fen: int = Field(sa_type=BigInteger)
    due_on: date
    state: str = Field(default=PaymentState.DUE)
    list_id: int | None = Field(default=None, foreign_key="payment_list.id", index=True)
