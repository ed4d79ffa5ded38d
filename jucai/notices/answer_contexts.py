"""The facts of each answer to a letter that did not become a case, one frozen dataclass per kind."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from jucai.notices.mail_contexts import MailContext, TaskLine
from jucai.notices.mail_kinds import MailKind
from jucai.notices.parts import Deadline, FormOffer


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterAnswer(MailContext):
    """An answer to a letter that did not become a case: when it came and under which subject."""

    received_at: dt.datetime
    letter_subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoFormMail(LetterAnswer):
    """The letter carried no form; `files` are the attachments that did come."""

    kind: ClassVar[MailKind] = MailKind.NO_FORM

    forms: tuple[FormOffer, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableMail(LetterAnswer):
    """A file cannot be read; `reason` is the reader's own Chinese sentence."""

    kind: ClassVar[MailKind] = MailKind.UNREADABLE

    file_name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EncryptedMail(LetterAnswer):
    """A file asks for a password."""

    kind: ClassVar[MailKind] = MailKind.ENCRYPTED

    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownFormMail(LetterAnswer):
    """A document that is none of the forms we take; the list of those follows."""

    kind: ClassVar[MailKind] = MailKind.UNKNOWN_FORM

    file_name: str
    forms: tuple[FormOffer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateMail(LetterAnswer):
    """The same letter or file again: `case_number` says under which number it already is."""

    kind: ClassVar[MailKind] = MailKind.DUPLICATE

    first_received_at: dt.datetime
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerUnsupportedMail(LetterAnswer):
    """An archive or cloud attachment we do not open; `container` names it (RAR压缩包, 超大附件)."""

    kind: ClassVar[MailKind] = MailKind.CONTAINER_UNSUPPORTED

    file_name: str
    container: str
    limit_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyUnclearMail(LetterAnswer):
    """A reply that shall decide a task, but does not say what; `words` is what was read."""

    kind: ClassVar[MailKind] = MailKind.REPLY_UNCLEAR

    words: str
    reason: str
    task: TaskLine | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanWaitingMail(LetterAnswer):
    """A scan: it is being recognised, and a clerk compares the result with the picture."""

    kind: ClassVar[MailKind] = MailKind.SCAN_WAITING

    files: tuple[str, ...]
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankFormMail(LetterAnswer):
    """空白表格: the forms asked for, attached to be filled in on the screen; `files` are their names."""

    kind: ClassVar[MailKind] = MailKind.BLANK_FORM

    forms: tuple[FormOffer, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmWithdrawalMail(LetterAnswer):
    """撤回待确认: somebody wrote in the applicant's name and nobody vouches for it; answering confirms it."""

    kind: ClassVar[MailKind] = MailKind.CONFIRM_WITHDRAWAL

    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionReceivedMail(LetterAnswer):
    """异议已收到: a third person objects to a public list; `case_number` is empty if it is not clear to whom."""

    kind: ClassVar[MailKind] = MailKind.OBJECTION_RECEIVED


AnyAnswerMail = (
    NoFormMail
    | UnreadableMail
    | EncryptedMail
    | UnknownFormMail
    | DuplicateMail
    | ContainerUnsupportedMail
    | ReplyUnclearMail
    | ScanWaitingMail
    | BlankFormMail
    | ConfirmWithdrawalMail
    | ObjectionReceivedMail
)
