"""Pieces that mails and documents share: the office, deadlines, masked facts, accounts, forms we take."""

from collections.abc import Iterable
from datetime import date

from jucai.approval.state import CaseState, MissingPaper
from jucai.notices.contexts import CorrectionItem, Deadline, Fact, FormOffer, Office, PayeeAccount
from jucai.notices.masking import mask_account, mask_email, mask_id, mask_phone
from jucai.policy import Programme
from jucai.store.bureau import Bureau
from jucai.store.links import Link, LinkPurpose, document_mac, make_link
from models.fields import FIELDS, FieldType

_MASKS = {
    FieldType.IDNO: mask_id,
    FieldType.PHONE: mask_phone,
    FieldType.EMAIL: mask_email,
    FieldType.DIGITS: mask_account,
}
_IN_RECEIPT = (
    "name", "id_number", "phone", "employer_name", "host_company_name", "applied_university", "talent_category",
    "education", "degree", "professional_title", "subsidy_type", "subsidy_period_start", "subsidy_period_end",
    "requested_amount", "bank_name", "bank_account", "service_start", "service_end", "demand_title",
    "assessment_year",
)  # fmt: skip


def office_part(bureau: Bureau) -> Office:
    """The office as it signs its letters."""
    office = bureau.office
    return Office(
        name=office.name,
        contact_person=office.unit(office.head_unit).title,
        phone=plain_phone(office.phone),
        mailbox=bureau.settings.address or office.public_email,
        hours="工作日 8:00—12:00、14:30—17:30",
        address=office.address,
        supervision_phone=plain_phone(office.supervision_phone),
    )


def plain_phone(text: str) -> str:
    """A telephone without the remark behind it, which would keep the masks from knowing it as the office's own."""
    return text.partition("（")[0].strip()


def deadline(bureau: Bureau, on: date | None, working_days: int | None = None) -> Deadline | None:
    """A last day, marked provisional where its year's official days are not published yet."""
    if on is None:
        return None
    return Deadline(on=on, working_days=working_days, provisional=not bureau.calendar.is_published(on))


def receipt_facts(state: CaseState, programme: Programme) -> tuple[Fact, ...]:
    """What was read, as the applicant may see it again: numbers masked, doubtful values marked."""
    facts = []
    for key in _IN_RECEIPT:
        field = state.facts.get(key)
        if field is None or not field.value:
            continue
        shown = masked(key, field.value)
        if shown:
            facts.append(Fact(label=programme.label(key), value=shown, doubtful=not field.confident))
    return tuple(facts)


def masked(key: str, value: str) -> str:
    """A value as it may stand in a letter; empty for what is private and has no mask."""
    spec = FIELDS.get(key)
    if spec is None or not spec.sensitive:
        return value
    mask = _MASKS.get(spec.type)
    return mask(value) if mask else ""


def correction_items(missing: Iterable[MissingPaper]) -> tuple[CorrectionItem, ...]:
    """The points of a 补正 list: what is wrong now, and what is asked for."""
    return tuple(_item(point) for point in missing)


def _item(point: MissingPaper) -> CorrectionItem:
    problem, _, standard = point.standard.partition("。")
    if not standard:
        return CorrectionItem(title=point.title, problem=problem, standard="")
    return CorrectionItem(title=point.title, problem=problem, standard=standard)


def account(state: CaseState, programme: Programme) -> PayeeAccount:
    """Where money goes, as it may be shown."""
    values = state.values()
    to_employer = programme.payee.kind == "employer"
    return PayeeAccount(
        bank=values.get("bank_name", "（申请表未填开户银行）"),
        holder=values.get("bank_account_name") or (state.applicant.employer if to_employer else state.applicant.name),
        account_masked=mask_account(values.get("bank_account", "")),
    )


def forms_taken(bureau: Bureau) -> tuple[FormOffer, ...]:
    """The forms this office takes today."""
    today = bureau.clock.now().date()
    offers = {}
    for code in bureau.programmes.codes():
        programme = bureau.programmes.in_force(code, today)
        if programme is not None and bureau.programmes.office_of.get(code) == bureau.settings.office:
            title = programme.form_title or f"{programme.title}申请表"
            offers[title] = FormOffer(title=title, note=programme.summary)
    return tuple(offers.values())


def status_url(bureau: Bureau, number: str) -> str:
    """The address of an applicant's status page."""
    return make_link(bureau, Link(LinkPurpose.STATUS, "", number))


def verify_url(bureau: Bureau, number: str) -> str:
    """The address at which anybody can check an official document's number."""
    return f"{bureau.settings.desk_url}/v/{number}/{document_mac(bureau, number)}"
