"""A payment list for the finance office: rows, totals, the workbook, and one word: paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from jucai.approval.labels import PAYMENT_STATE_LABELS
from jucai.approval.state import state_from_json
from jucai.desk.surroundings import Desk
from jucai.store.payments import payee_name, remark_of
from models.cases import Case
from models.effects import Instalment, PaymentList, PaymentState

_SHOWN_DIGITS = 4


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment; the account is masked here, the workbook has it in full."""

    number: str
    applicant: str
    employer: str
    programme: str
    example: bool
    instalment: int
    count: int
    amount_fen: int
    bank: str
    account: str
    holder: str
    state: str
    remark: str


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """Everything on a payment list's page; without `nonce` there is nothing left to confirm."""

    here: str
    number: str
    officer: str
    created: datetime
    rows: tuple[PaymentRow, ...]
    total_fen: int
    payable_fen: int
    payable: int
    workbook: bool
    today: date
    nonce: str
    paid_at: datetime | None
    paid_by: str
    on: str = ""
    error: str = ""

    @property
    def example(self) -> bool:
        """Whether an amount on the list is 示例."""
        return any(row.example for row in self.rows)


def payment_page(
    desk: Desk,
    officer: str,
    here: str,
    payment: PaymentList,
    rows: Sequence[tuple[Instalment, Case]],
    nonce: str,
    *,
    on: str = "",
    error: str = "",
) -> PaymentPage:
    """The page of one payment list for one finance officer."""
    people = desk.bureau.office
    known, paid_by = people.officer(officer), people.officer(payment.paid_by or "")
    payable = [part for part, _ in rows if part.state == PaymentState.LISTED]
    return PaymentPage(
        here=here,
        number=payment.number,
        officer=known.name if known else officer,
        created=payment.created_at,
        rows=tuple(_row(desk, part, case) for part, case in rows),
        total_fen=sum(part.amount_fen for part, _ in rows),
        payable_fen=sum(part.amount_fen for part in payable),
        payable=len(payable),
        workbook=payment.sha256 is not None,
        today=desk.today,
        nonce=nonce if payment.paid_at is None else "",
        paid_at=payment.paid_at,
        paid_by=paid_by.name if paid_by else payment.paid_by or "",
        on=on,
        error=error,
    )


def _row(desk: Desk, part: Instalment, case: Case) -> PaymentRow:
    values = state_from_json(case.full_state).values()
    programme = desk.bureau.programmes.get(case.programme, case.version)
    return PaymentRow(
        number=case.number,
        applicant=case.applicant,
        employer=case.employer,
        programme=programme.short_title,
        example=programme.example,
        instalment=part.number,
        count=part.count,
        amount_fen=part.amount_fen,
        bank=values.get("bank_name", ""),
        account=mask_account(values.get("bank_account", "")),
        holder=values.get("bank_account_name") or payee_name(programme, case),
        state=PAYMENT_STATE_LABELS[PaymentState(part.state)],
        remark=remark_of(programme, values, part, case),
    )


def mask_account(account: str) -> str:
    """The last four digits, as on a bank's slip."""
    return f"**** {account[-_SHOWN_DIGITS:]}" if len(account) > _SHOWN_DIGITS else "****" if account else ""
