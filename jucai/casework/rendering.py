"""From a meant mail to its bytes, stored before the first attempt; the same row gives the same bytes."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from jucai.approval.evolve import replay
from jucai.casework.moving import notice_number
from jucai.casework.writing.answers import Answer, answer_mail
from jucai.casework.writing.case_documents import case_document
from jucai.casework.writing.case_mails import CASE_MAILS, Moment, case_mail
from jucai.casework.writing.office_mails import OFFICE_MAILS, agenda_mail, payment_list_mail, task_mail
from jucai.casework.writing.workbook import payment_workbook
from jucai.mailroom.outgoing import (
    Correspondent,
    Enclosure,
    MailPurpose,
    OutgoingMail,
    build_message,
    is_message_id,
)
from jucai.notices.agenda import agenda_paper
from jucai.notices.blank_form import blank_form
from jucai.notices.contexts import AnyMail, BlankFormMail
from jucai.notices.documents import render_document
from jucai.notices.mails import render_mail
from jucai.store.bureau import Bureau
from jucai.store.cases import case_history
from models.cases import Case
from models.effects import Notice, OutboxMail
from models.letters import Letter

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILE_NAMES = {
    "accepted": "受理通知书",
    "correction": "补正通知书",
    "payment": "拨付通知",
    "refused": "不予通过告知书",
    "appointment": "聘书",
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail as it will be sent: its subject and its bytes."""

    subject: str
    data: bytes


def render_outgoing(session: Session, bureau: Bureau, mail: OutboxMail) -> Rendered:
    """Write one mail of the outbox, with its documents; raises whatever the templates or fonts refuse."""
    enclosures: tuple[Enclosure, ...] = ()
    if mail.dedupe.startswith("letter-"):
        context = _answer(session, bureau, mail)
        if isinstance(context, BlankFormMail):
            enclosures = _blank_forms(bureau, mail, context)
    elif mail.kind in CASE_MAILS:
        context, enclosures = _case(session, bureau, mail)
    elif mail.kind in OFFICE_MAILS:
        context = task_mail(session, bureau, mail.intent, mail.kind, _day(mail))
    elif mail.kind == "agenda":
        agenda = agenda_mail(session, bureau, mail.intent)
        enclosures = (Enclosure(f"{agenda.meeting}议程.pdf", agenda_paper(agenda)),)
        context = agenda
    elif mail.kind == "payment_list":
        number = mail.intent["list"]
        name = f"拨付清单{number}.xlsx"
        enclosures = (Enclosure(name, payment_workbook(session, bureau, number), _XLSX),)
        context = payment_list_mail(session, bureau, mail.recipient, number, name)
    else:
        raise ValueError(f"不认识的邮件种类“{mail.kind}”")
    content = render_mail(context)
    office = bureau.office
    message = build_message(
        OutgoingMail(
            message_id=mail.message_id,
            sender=Correspondent(office.name, bureau.settings.address),
            to=(Correspondent("", mail.recipient),),
            subject=content.subject,
            text=content.text,
            html=content.html,
            date=mail.created_at,
            enclosures=enclosures,
            in_reply_to=mail.in_reply_to if mail.in_reply_to and is_message_id(mail.in_reply_to) else None,
            references=_references(session, mail),
            purpose=MailPurpose.ANSWER if mail.letter_id else MailPurpose.NOTICE,
        )
    )
    return Rendered(content.subject, message)


def _references(session: Session, mail: OutboxMail) -> tuple[str, ...]:
    """The ids of the whole conversation, so that mail programs keep it together (RFC 5322 section 3.6.4)."""
    letter = session.get(Letter, mail.letter_id) if mail.letter_id else None
    if mail.in_reply_to is None or letter is None:
        return ()
    earlier = [item for item in letter.details.get("references", ()) if is_message_id(item)]
    last = (mail.in_reply_to,) if is_message_id(mail.in_reply_to) else ()
    return (*earlier, *last)


def _day(mail: OutboxMail) -> date:
    return mail.created_at.date()


def _answer(session: Session, bureau: Bureau, mail: OutboxMail) -> AnyMail:
    letter = session.get(Letter, mail.letter_id)
    assert letter is not None
    return answer_mail(Answer(session, bureau, letter, mail.intent), mail.kind)


def _blank_forms(bureau: Bureau, mail: OutboxMail, context: BlankFormMail) -> tuple[Enclosure, ...]:
    programmes = [bureau.programmes.get(code, version) for code, version in mail.intent["programmes"]]
    pairs = zip(context.files, programmes, strict=True)
    return tuple(Enclosure(name, blank_form(programme)) for name, programme in pairs)


def _case(session: Session, bureau: Bureau, mail: OutboxMail) -> tuple[AnyMail, tuple[Enclosure, ...]]:
    case = session.get(Case, mail.case_id)
    letter = session.get(Letter, mail.letter_id)
    assert case is not None
    assert letter is not None
    history = case_history(session, case.number)[: int(mail.intent["seq"])]
    notice = session.get(Notice, mail.intent["notice"]) if mail.intent.get("notice") else None
    moment = Moment(
        bureau=bureau,
        case=case,
        state=replay(history),
        programme=bureau.programmes.get(case.programme, case.version),
        letter=letter,
        document_number=notice_number(bureau, notice) if notice else "",
        instalment=int(mail.intent.get("number") or 0),
        on=_day(mail),
        event=history[-1].event,
    )
    context = case_mail(moment, mail.kind)
    if notice is None:
        return context, ()
    pdf = bureau.blobs.get(notice.sha256) if notice.sha256 else render_document(case_document(moment, notice.kind))
    notice.sha256 = bureau.blobs.put(pdf)
    session.add(notice)
    name = f"{_FILE_NAMES[notice.kind]}{notice_number(bureau, notice)}.pdf"
    return context, (Enclosure(name, pdf),)
