"""From the facts of one mail to the bytes that are stored before the first attempt to send."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LOOP_HEADER = "X-Jucai-Loop"


class MailPurpose(StrEnum):
    """Why we write, which decides the Auto-Submitted header (RFC 3834 §5)."""

    ANSWER = "auto-replied"  # a receipt, the answer to a letter
    NOTICE = "auto-generated"  # a task for an officer, a result, a reminder
    PERSONAL = "no"  # written by a clerk


@dataclass(frozen=True, slots=True)
class Correspondent:
    """A displayed name and an address."""

    name: str
    addr: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file to send: its name as the reader shall see it, its bytes and MIME type."""

    name: str
    data: bytes
    content_type: str = "application/pdf"


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """All facts of one mail. `message_id`, `in_reply_to`, `references` are with <>; `date` is aware."""

    message_id: str
    sender: Correspondent
    to: tuple[Correspondent, ...]
    subject: str
    text: str
    date: datetime
    html: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    cc: tuple[Correspondent, ...] = ()
    reply_to: Correspondent | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    purpose: MailPurpose = MailPurpose.NOTICE
