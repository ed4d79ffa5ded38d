"""Payment lists: what is due goes on a list for the finance office, which confirms what it has paid."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from jucai.approval.commands import ConfirmPayment, ListInstalment
from jucai.approval.events import SYSTEM, Actor
from jucai.approval.refusals import NotNow, UnknownCase
from jucai.policy import CannotTellError, Money, Programme, Role
from jucai.policy.funding import borne, borne_words
from jucai.policy.relevelling import evaluator
from jucai.store.bureau import Bureau
from jucai.store.cases import carry_out
from jucai.store.database import transaction
from jucai.store.numbers import next_number
from jucai.store.outbox import queue_mail
from jucai.store.queueing import within_budgets
from models.cases import Case
from models.effects import Instalment, PaymentList, PaymentState

_MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """A payment list that was made: its number, rows and sum in 分."""

    number: str
    rows: int
    total_fen: int


def list_due(bureau: Bureau) -> Listed | None:
    """Put every instalment that is due on a new list and mean the mails to the finance officers.

    One transaction: either the list stands with all its rows and mails, or nothing does. None where nothing is due,
    or nothing that the programmes' yearly budgets reach.
    """
    now = bureau.clock.now()
    with transaction(bureau.engine) as session:
        # What the year's money does not reach waits in its programme's queue, and is looked at again with each list.
        payable, _ = within_budgets(session, bureau, _due(session, now.date()), now.date())
        due = payable[:_MOST_ROWS]
        if not due:
            return None
        number = f"{bureau.office.case_prefix}-PAY-{now.year}-{next_number(session, 'payment-list', now.year):04d}"
        payment = PaymentList(number=number, created_at=now)
        session.add(payment)
        session.flush()
        for part, case in due:
            carry_out(session, bureau, case.number, ListInstalment(part.number, number), SYSTEM)
            part.list_id = payment.id
            session.add(part)
        for officer in finance_officers(bureau):
            queue_mail(
                session,
                bureau,
                kind="payment_list",
                recipient=officer,
                reference=f"{number}.list",
                now=now,
                intent={"list": number},
            )
        return Listed(number, len(due), sum(part.amount_fen for part, _ in due))


def finance_officers(bureau: Bureau) -> tuple[str, ...]:
    """The addresses payment lists go to: the finance officers, else the head of the bureau."""
    officers = bureau.office.with_role(Role.FINANCE)
    return tuple(o.email for o in officers) or (bureau.office.head_officer.email,)


def rows_of(session: Session, number: str) -> list[tuple[Instalment, Case]]:
    """The rows of a payment list with their cases, in the order of case numbers."""
    rows = session.exec(
        select(Instalment, Case)
        .join(PaymentList, col(PaymentList.id) == col(Instalment.list_id))
        .join(Case, col(Case.id) == col(Instalment.case_id))
        .where(PaymentList.number == number)
        .order_by(col(Case.number), col(Instalment.number))
    )
    return [(row[0], row[1]) for row in rows]


def payment_list(session: Session, number: str) -> PaymentList:
    """The list of that number; `UnknownCase` if there is none."""
    row = session.exec(select(PaymentList).where(PaymentList.number == number)).first()
    if row is None:
        raise UnknownCase(number)
    return row


def confirm_list(bureau: Bureau, number: str, actor: Actor, on: date, *, nonce: str | None = None) -> int:
    """Confirm that everything on a list was paid on that day, in one transaction; how many rows were confirmed.

    Raises `NotNow` where the list is already confirmed.
    """
    with transaction(bureau.engine) as session:
        payment = payment_list(session, number)
        if payment.paid_at is not None:
            raise NotNow("再次确认拨付", f"已于 {payment.paid_at:%Y-%m-%d} 由 {payment.paid_by} 确认")
        confirmed = 0
        for part, case in rows_of(session, number):
            if part.state != PaymentState.LISTED:
                continue
            carry_out(
                session,
                bureau,
                case.number,
                ConfirmPayment(part.number, on),
                actor,
                nonce=nonce if not confirmed else None,
            )
            confirmed += 1
        payment.paid_at = bureau.clock.now()
        payment.paid_by = actor.who
        session.add(payment)
        return confirmed


def payee_name(programme: Programme, case: Case) -> str:
    """Who the money goes to."""
    return case.employer if programme.payee.kind == "employer" else case.applicant


def remark_of(programme: Programme, values: Mapping[str, str], part: Instalment, case: Case) -> str:
    """What the finance office has to know beside the amount: who bears it, and what the employer passes on."""
    rules = evaluator(programme, values, case.accepted_on or part.due_on)
    try:
        shares = borne_words(borne(programme.funding, Money(part.amount_fen), rules))
    except CannotTellError as error:
        shares = f"经费由谁承担须核对：{error.reason}"
    pass_on = programme.payee.pass_on
    passed = f"单位收款后{pass_on.text}转付{case.applicant}" if pass_on else ""
    return "；".join(filter(None, (shares, passed)))


def _due(session: Session, today: date) -> list[tuple[Instalment, Case]]:
    rows = session.exec(
        select(Instalment, Case)
        .join(Case, col(Case.id) == col(Instalment.case_id))
        .where(Instalment.state == PaymentState.DUE, col(Instalment.due_on) <= today)
        .order_by(col(Case.number), col(Instalment.number))
    )
    return [(row[0], row[1]) for row in rows]
