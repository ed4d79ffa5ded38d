"""The payment list as a workbook, made once and kept."""

from sqlmodel import Session

from jucai.approval.state import state_from_json
from jucai.notices.contexts import Instalment
from jucai.notices.workbooks import PaymentList, PaymentRow, payment_list_xlsx
from jucai.store.bureau import Bureau
from jucai.store.payments import payee_name, payment_list, remark_of, rows_of
from models.cases import Case
from models.effects import Instalment as InstalmentRow
from models.money import Money


def payment_workbook(session: Session, bureau: Bureau, number: str) -> bytes:
    """The workbook of a payment list; the first making of it is kept, so that everybody sees the same one."""
    listed = payment_list(session, number)
    if listed.sha256:
        return bureau.blobs.get(listed.sha256)
    rows = tuple(_row(bureau, part, case) for part, case in rows_of(session, number))
    data = payment_list_xlsx(
        PaymentList(
            title=f"{bureau.office.name}人才补贴拨付清单",
            list_number=number,
            office_name=bureau.office.name,
            made_on=listed.created_at.date(),
            rows=rows,
            sample=any(bureau.programmes.get(c.programme, c.version).example for _, c in rows_of(session, number)),
        )
    )
    listed.sha256 = bureau.blobs.put(data)
    session.add(listed)
    return data


def _row(bureau: Bureau, part: InstalmentRow, case: Case) -> PaymentRow:
    values = state_from_json(case.full_state).values()
    programme = bureau.programmes.get(case.programme, case.version)
    return PaymentRow(
        case_number=case.number,
        name=case.applicant,
        id_number=values.get("id_number", ""),
        bank=values.get("bank_name", ""),
        account_holder=values.get("bank_account_name") or payee_name(programme, case),
        account=values.get("bank_account", ""),
        programme_title=programme.title,
        instalment=Instalment(number=part.number, count=part.count),
        amount=Money(part.amount_fen),
        remark=remark_of(programme, values, part, case),
    )
