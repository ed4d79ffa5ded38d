"""The facts of each mail, one frozen dataclass per kind.

Values are written as they shall be read; numbers of persons come masked (`jucai.notices.masking`).
A private number that slips in all the same is masked by the renderer, the office's own telephones excepted.
"""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from jucai.notices.mail_kinds import MailKind
from jucai.notices.parts import (
    CorrectionItem,
    Deadline,
    Fact,
    Instalment,
    Office,
    PayeeAccount,
    RefusalReason,
)
from models.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class MailContext:
    """What every mail knows: who writes, to whom, about which case.

    `addressee` is the name in the greeting (a person, or a unit; may be empty). `case_number` is empty where there is
    no case yet. `sample` says that amounts are 示例. `status_url` opens the status page without an account;
    empty: not shown.
    """

    office: Office
    addressee: str
    case_number: str = ""
    programme_title: str = ""
    status_url: str = ""
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptMail(MailContext):
    """收件回执: the number, what was read (masked), what happens next."""

    kind: ClassVar[MailKind] = MailKind.RECEIPT

    received_at: dt.datetime
    facts: tuple[Fact, ...]
    files: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionMail(MailContext):
    """补正: one complete numbered list; `document_number` names the attached 补正通知书, if there is one."""

    kind: ClassVar[MailKind] = MailKind.CORRECTION

    items: tuple[CorrectionItem, ...]
    deadline: Deadline | None = None
    document_number: str = ""
    consequence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedMail(MailContext):
    """受理: accepted on, decided by, the stages it will walk."""

    kind: ClassVar[MailKind] = MailKind.ACCEPTED

    accepted_on: dt.date
    deadline: Deadline | None = None
    stages: tuple[str, ...] = ()
    document_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """One task of an approver: `url` opens the decision page and decides nothing.

    `summary` is one line of what matters (degree, unit, amount); `flags` are rule results to look at.
    `overdue` is decided by the caller's clock.
    """

    case_number: str
    applicant_name: str
    programme_title: str
    stage: str
    url: str
    summary: str = ""
    flags: tuple[str, ...] = ()
    deadline: Deadline | None = None
    overdue: bool = False
    reply_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskMail(MailContext):
    """审批待办: one or many tasks of one officer; `desk_url` opens the list of all of them."""

    kind: ClassVar[MailKind] = MailKind.TASK

    tasks: tuple[TaskLine, ...]
    desk_url: str = ""
    reminder: bool = False
    substitute_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestMail(MailContext):
    """待办汇总: all open tasks of one officer on one day, in one mail."""

    kind: ClassVar[MailKind] = MailKind.DIGEST

    on: dt.date
    tasks: tuple[TaskLine, ...]
    desk_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicityMail(MailContext):
    """公示 notice to the applicant: first and last day, where it is published, what may be objected."""

    kind: ClassVar[MailKind] = MailKind.PUBLICITY

    first_day: dt.date
    last_day: dt.date
    days_text: str
    publicity_url: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMail(MailContext):
    """拨付: instalment, figures and 大写, masked account, when it should arrive, what comes after."""

    kind: ClassVar[MailKind] = MailKind.PAYMENT

    instalment: Instalment
    amount: Money
    account: PayeeAccount
    pay_on: dt.date | None = None
    document_number: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedMail(MailContext):
    """不予通过: reasons by article, and what can be done (configured, may be empty)."""

    kind: ClassVar[MailKind] = MailKind.REFUSED

    reasons: tuple[RefusalReason, ...]
    remedies: tuple[str, ...] = ()
    document_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointedMail(MailContext):
    """聘任: post, host unit, term; the 聘书 is attached."""

    kind: ClassVar[MailKind] = MailKind.APPOINTED

    post: str
    host_unit: str
    term_from: dt.date
    term_to: dt.date
    document_number: str = ""
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletedMail(MailContext):
    """办结: how it ended, in one sentence and a few facts."""

    kind: ClassVar[MailKind] = MailKind.COMPLETED

    outcome: str
    completed_on: dt.date
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedMail(MailContext):
    """退回: a stage sent it back to the applicant; why, what to do, until when."""

    kind: ClassVar[MailKind] = MailKind.RETURNED

    stage: str
    unit: str
    reason: str
    items: tuple[CorrectionItem, ...] = ()
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnMail(MailContext):
    """已撤回: the applicant's own withdrawal is recorded."""

    kind: ClassVar[MailKind] = MailKind.WITHDRAWN

    withdrawn_on: dt.date
    reapply: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendedMail(MailContext):
    """中止办理: why, since when, and how many 工作日 of the term are left; None where none was promised."""

    kind: ClassVar[MailKind] = MailKind.SUSPENDED

    since: dt.date
    cause: str
    days_left: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumedMail(MailContext):
    """恢复办理: why, from when, and the new last day; None where the term is not running or was not promised."""

    kind: ClassVar[MailKind] = MailKind.RESUMED

    resumed_on: dt.date
    why: str
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendedMail(MailContext):
    """延长办理期限: by how many 工作日, why, the last day before and the new one (行政许可法第42条)."""

    kind: ClassVar[MailKind] = MailKind.EXTENDED

    days: int
    why: str
    before: dt.date | None = None
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChangedMail(MailContext):
    """层次变更: what is another value since which day, on what ground, and the amounts of the parts still to come."""

    kind: ClassVar[MailKind] = MailKind.LEVEL_CHANGED

    changed_on: dt.date
    why: str
    changes: tuple[Fact, ...]
    explanation: str
    parts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StageLine:
    """One step on the way: `state` is a word for people (已完成, 办理中, 未开始)."""

    name: str
    unit: str
    state: str
    on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStatus:
    """Where one case stands, since when, until when and why."""

    case_number: str
    programme_title: str
    stage: str
    unit: str
    since: dt.date
    deadline: Deadline | None = None
    explanation: str = ""
    history: tuple[StageLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusMail(MailContext):
    """进度查询: all cases asked about; an empty tuple says that nothing was found under this address.

    `note` says what could not be done with the letter that is answered, and what to do instead.
    """

    kind: ClassVar[MailKind] = MailKind.STATUS

    cases: tuple[CaseStatus, ...]
    asked_on: dt.date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationLine:
    """One document to verify: the fields the reader was unsure of, and the page where they are compared."""

    case_number: str
    document: str
    fields: tuple[str, ...]
    url: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationMail(MailContext):
    """核验待办, to a clerk."""

    kind: ClassVar[MailKind] = MailKind.VERIFICATION

    lines: tuple[VerificationLine, ...]
    desk_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentListMail(MailContext):
    """拨付清单, to the finance officer, with the workbook attached."""

    kind: ClassVar[MailKind] = MailKind.PAYMENT_LIST

    list_number: str
    count: int
    total: Money
    file_name: str
    pay_by: dt.date | None = None
    desk_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item of an agenda: which case, whose, and the amount in words where there is one."""

    position: int
    case_number: str
    programme_title: str
    applicant_name: str
    employer: str
    amount: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaMail(MailContext):
    """会议议程, to those invited: when, where, and every item."""

    kind: ClassVar[MailKind] = MailKind.AGENDA

    meeting: str
    held_on: dt.date
    place: str
    items: tuple[AgendaItem, ...]


AnyCaseMail = (
    ReceiptMail
    | CorrectionMail
    | AcceptedMail
    | TaskMail
    | DigestMail
    | PublicityMail
    | PaymentMail
    | RefusedMail
    | AppointedMail
    | CompletedMail
    | ReturnedMail
    | WithdrawnMail
    | SuspendedMail
    | ResumedMail
    | ExtendedMail
    | LevelChangedMail
    | StatusMail
    | VerificationMail
    | PaymentListMail
    | AgendaMail
)
