"""Letters that came in, and how far each mailbox has been read."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlmodel import Field

from models.base import JsonColumn, Moment, Table


class LetterState(StrEnum):
    """How far a letter is: every letter ends in DONE or PARKED."""

    SPOOLED = "spooled"  # 已收存, not yet sorted
    READING = "reading"  # its documents wait for the reader
    DONE = "done"  # 已办, with an outcome
    PARKED = "parked"  # 待人工: shown on the board, can be run again


class LetterOutcome(StrEnum):
    """What became of a letter; the Chinese words stand in `jucai.approval.labels`."""

    CASE_OPENED = "case_opened"
    SUPPLEMENT_ADDED = "supplement_added"
    WITHDRAWAL_DONE = "withdrawal_done"
    DECISION_TAKEN = "decision_taken"
    ASKED_BACK = "asked_back"
    STATUS_ANSWERED = "status_answered"
    FORM_SENT = "form_sent"
    NO_FORM = "no_form"
    UNREADABLE = "unreadable"
    UNKNOWN_FORM = "unknown_form"
    BLANK_FORM = "blank_form"
    CONTAINER_UNSUPPORTED = "container_unsupported"
    DUPLICATE = "duplicate"
    OVERSIZE = "oversize"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    SPAM = "spam"
    FOR_PERSON = "for_person"
    FAILED = "failed"


class MailboxMark(Table, table=True):
    """How far one folder of one mailbox has been read: the highest UID taken in under a UIDVALIDITY."""

    __tablename__ = "mailbox_mark"
    __table_args__ = (UniqueConstraint("host", "username", "folder", "uidvalidity"),)

    id: int | None = Field(default=None, primary_key=True)
    host: str
    username: str
    folder: str
    uidvalidity: int = Field(sa_type=BigInteger)  # up to 2³²−1 (RFC 3501 section 9)
    last_uid: int = Field(default=0, sa_type=BigInteger)


class Letter(Table, table=True):
    """One letter as it came: its raw bytes lie in the store under `sha256` and are never changed."""

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("host", "username", "folder", "uidvalidity", "uid"),
        Index("ix_letter_state_id", "state", "id"),
        # What still lies in a mailbox: looking for it must not cost more with every letter ever received.
        Index(
            "ix_letter_unfiled",
            *("host", "username", "folder", "state"),
            sqlite_where=text("filed_to IS NULL"),
            postgresql_where=text("filed_to IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    host: str
    username: str
    folder: str
    uidvalidity: int = Field(sa_type=BigInteger)
    uid: int = Field(sa_type=BigInteger)
    sha256: str = Field(index=True)
    size: int  # bytes
    received_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    message_id: str | None = Field(default=None, index=True)
    sender: str = ""
    subject: str = ""
    kind: str = ""
    trust: str = ""
    decision: str | None = None
    thread_ref: str | None = None
    case_no: str | None = None
    body_text: str = ""
    must_reply: bool = False
    state: str = Field(default=LetterState.SPOOLED)
    outcome: str | None = None
    outcome_text: str = ""  # one Chinese sentence for people
    # A case knows the letter it was opened by and a letter its case: this side is added once both tables stand.
    case_id: int | None = Field(
        default=None,
        sa_column=Column(Integer, ForeignKey("office_case.id", use_alter=True), index=True, nullable=True),
    )
    duplicate_of: int | None = Field(default=None, foreign_key="letter.id")
    attempts: int = 0
    filed_to: str | None = None  # the folder it was moved to, after everything was safe
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JsonColumn, nullable=False))


class DocumentState(StrEnum):
    """How far a document is with the reader."""

    WAITING = "waiting"
    SCAN_WAITING = "scan_waiting"  # picture pages: a run of its own reads them
    READ = "read"
    KEPT = "kept"  # not a PDF: kept with the case, not read


class Document(Table, table=True):
    """One file that came with a letter; its bytes lie in the store under `sha256`."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("letter_id", "ordinal"),
        Index("ix_document_state_id", "state", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    letter_id: int = Field(foreign_key="letter.id", index=True)
    ordinal: int
    name: str
    sha256: str = Field(index=True)
    size: int
    media_type: str
    state: str
    attempts: int = 0
    case_id: int | None = Field(default=None, foreign_key="office_case.id", index=True)
    reading: dict[str, Any] | None = Field(default=None, sa_column=Column(JsonColumn))
