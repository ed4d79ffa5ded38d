"""The facts of each official document (文书), one frozen dataclass per kind."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from jucai.notices.parts import (
    CorrectionItem,
    Deadline,
    Instalment,
    Office,
    PayeeAccount,
    RefusalReason,
)
from models.money import Money


class DocumentKind(StrEnum):
    """The official documents; each has `templates/notices/<kind>.typ.j2`."""

    ACCEPTED = "accepted"
    CORRECTION = "correction"
    PUBLICITY = "publicity"
    PAYMENT = "payment"
    REFUSED = "refused"
    APPOINTMENT = "appointment"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentContext:
    """What every official document says.

    `number` is the finished 发文字号 (`宜人才受〔2026〕1号`). `sample` marks amounts nobody published
    (示例) and shows on every page. `verify_url` holds only the number and a short code, never personal
    data; empty: no QR code. `title_lines` sets the lines of the title by hand (GB/T 9704-2012 §7.3.1);
    empty: the kind's usual title, broken by `jucai.notices.titles`. `seal_here` prints “（此处加盖印章）”:
    a seal is never drawn.
    """

    office: Office
    number: str
    issued_on: dt.date
    programme_title: str
    basis: tuple[str, ...] = ()
    title_lines: tuple[str, ...] = ()
    verify_url: str = ""
    sample: bool = False
    seal_here: bool = True
    copies_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceNotice(DocumentContext):
    """受理通知书: accepted, by whom it is handled, and by when."""

    kind: ClassVar[DocumentKind] = DocumentKind.ACCEPTED

    applicant_name: str
    case_number: str
    received_on: dt.date
    accepted_on: dt.date
    deadline: Deadline | None = None
    applicant_unit: str = ""
    materials: tuple[str, ...] = ()
    clock_stops: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionNotice(DocumentContext):
    """补正通知书: the one complete list of what is missing (行政许可法 第32条, followed as good custom)."""

    kind: ClassVar[DocumentKind] = DocumentKind.CORRECTION

    applicant_name: str
    case_number: str
    received_on: dt.date
    items: tuple[CorrectionItem, ...]
    deadline: Deadline | None = None
    consequence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicityNotice(DocumentContext):
    """公示公告 with its list.

    `rows` have one text per column; a 序号 column is added by the template. `days_text` is printed as
    given (“5个工作日”, “7天”). Rows and texts pass the gate of `jucai.notices.publication` before anything
    is rendered.
    """

    kind: ClassVar[DocumentKind] = DocumentKind.PUBLICITY

    procedure: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_day: dt.date
    last_day: dt.date
    days_text: str
    list_title: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentNotice(DocumentContext):
    """拨付通知: instalment n of N, figures and 大写, the masked account, and the receipt asked for."""

    kind: ClassVar[DocumentKind] = DocumentKind.PAYMENT

    applicant_name: str
    case_number: str
    instalment: Instalment
    amount: Money
    account: PayeeAccount
    pay_on: dt.date | None = None
    total: Money | None = None
    receipt_days: int | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalNotice(DocumentContext):
    """不予通过告知书: which article, which facts, which evidence, and what can be done.

    `remedies` are configured per programme and issuing body and may be empty: remedies lie against
    administrative acts, not against acts of a Party organ.
    """

    kind: ClassVar[DocumentKind] = DocumentKind.REFUSED

    applicant_name: str
    case_number: str
    received_on: dt.date
    reasons: tuple[RefusalReason, ...]
    remedies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentLetter(DocumentContext):
    """聘书: who is appointed to which post (科技副总, 产业导师) of which employer, from when until when."""

    kind: ClassVar[DocumentKind] = DocumentKind.APPOINTMENT

    appointee_name: str
    post: str
    host_unit: str
    term_from: dt.date
    term_to: dt.date
    home_unit: str = ""
    honorific: str = "同志"


AnyDocument = AcceptanceNotice | CorrectionNotice | PublicityNotice | PaymentNotice | RefusalNotice | AppointmentLetter
