"""From read documents to cases: new ones, supplements to open ones, or the right answer to the sender."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from jucai.approval.commands import OpenCase, ReceiveSupplement
from jucai.approval.events import Actor
from jucai.approval.refusals import Refusal
from jucai.approval.state import CLOSED, Applicant, Paper
from jucai.casework.acquaintance import for_which_case
from jucai.casework.outcomes import Ended, cited
from jucai.mailroom.kinds import LetterKind
from jucai.policy import Programme
from jucai.store.bureau import Bureau
from jucai.store.cases import carry_out, open_case
from jucai.store.numbers import next_number
from models.cases import Case
from models.fields import FORM_TITLES
from models.letters import Document, DocumentState, Letter, LetterOutcome
from models.readings import DocumentReading, FieldValue, ReadingStatus

_LOW_TRUST = {
    "forged": "来信的发件人未通过验证（疑似冒名），请先与申请人核实",
    "doubtful": "来信的发件域没有可核对的身份证明，请与申请人核实是否本人来信",
    "unknown": "收信服务器没有记录对来信发件人的验证，请与申请人核实是否本人来信",
}
_ENCRYPTED_WORDS = ("密码", "加密")


@dataclass(frozen=True, slots=True)
class Application:
    """One application found in a letter: the document and which one in it, its form, fields and tables."""

    document: Document
    part: int
    form: str
    fields: Mapping[str, FieldValue]
    tables: Mapping[str, list[dict[str, str]]]
    warnings: tuple[str, ...]

    def value(self, key: str) -> str:
        """The value of a field, empty where it was not read."""
        field = self.fields.get(key)
        return field.value if field else ""


def settle_read(session: Session, bureau: Bureau, letter: Letter, documents: Sequence[Document]) -> Ended:
    """Open or extend cases from what was read in one letter, and say what became of it."""
    readings = [(d, DocumentReading.from_json(d.reading)) for d in documents if d.reading is not None]
    found = [application for document, result in readings for application in applications(document, result)]
    if letter.case_id is not None and not _for_somebody_else(session, bureau, letter, found):
        return _supplement(session, bureau, letter, documents, found)
    letter.case_id = None
    if not found:
        return for_which_case(session, letter) or _no_application(readings, documents)
    numbers: list[str] = []
    again: list[Case] = []
    for application in found:
        programmes = bureau.programmes.for_form(application.form, bureau.clock.now().date(), bureau.settings.office)
        if not programmes:
            continue
        case = _same_application(session, bureau, application, programmes[0])
        if case is not None and case.phase == "correcting" and case.applicant_email.lower() == letter.sender:
            # Asked for a correction, many send the whole form again in a new letter instead of answering.
            letter.case_id = case.id
            return _supplement(session, bureau, letter, documents, found)
        if case is not None:
            again.append(case)
            continue
        numbers.append(_open(session, bureau, letter, documents, application, programmes[0]))
    return _told(session, bureau, numbers, again, found)


def _for_somebody_else(session: Session, bureau: Bureau, letter: Letter, found: Sequence[Application]) -> bool:
    """Whether a letter bound to a case brings the form of another person: a clerk of an employer writes for many.

    Both name and identity number must differ, for one alone may be misread. Where the case was only inferred from the
    sender (`inferred_case`), or the letter says it applies, any form is looked at afresh: that leads back to the case
    of the same person.
    """
    case = session.get(Case, letter.case_id)
    assert case is not None
    if found and (letter.details.get("inferred_case") or letter.kind == LetterKind.NEW_APPLICATION):
        return True
    return any(
        application.value("name") not in {"", case.applicant}
        and application.value("id_number")
        and bureau.person_index(application.value("id_number")) != case.person_index
        for application in found
    )


def applications(document: Document, result: DocumentReading) -> list[Application]:
    """The applications in one document: none, one, or several in a merged file."""
    if result.status is ReadingStatus.MERGED:
        return [
            Application(document, part, one.form, one.fields, _tables(one.tables), result.warnings)
            for part, one in enumerate(result.applications)
        ]
    if result.status is ReadingStatus.FILLED and result.form:
        return [Application(document, 0, result.form, result.fields, _tables(result.tables), result.warnings)]
    return []


def _tables(tables: Mapping[str, list[Mapping[str, str]]]) -> dict[str, list[dict[str, str]]]:
    return {name: [dict(row) for row in rows] for name, rows in tables.items()}


def _same_application(session: Session, bureau: Bureau, application: Application, programme: Programme) -> Case | None:
    """The open case in which this very file, or this person under this programme, already is."""
    same_file = session.exec(
        select(Case)
        .join(Document, col(Document.id) == col(Case.document_id))
        .where(
            Document.sha256 == application.document.sha256,
            Case.part == application.part,
            col(Case.phase).not_in([phase.value for phase in CLOSED]),
        )
    ).first()
    if same_file is not None or not application.value("id_number"):
        return same_file
    return session.exec(
        select(Case).where(
            Case.programme == programme.code,
            Case.person_index == bureau.person_index(application.value("id_number")),
            col(Case.phase).in_(["verifying", "correcting", "in_stages", "publicity"]),
        )
    ).first()


def _open(
    session: Session,
    bureau: Bureau,
    letter: Letter,
    documents: Sequence[Document],
    application: Application,
    programme: Programme,
) -> str:
    now = bureau.clock.now()
    series = f"{bureau.office.case_prefix}-{programme.number_prefix}"
    number = f"{series}-{now.year}-{next_number(session, f'case/{series}', now.year):06d}"
    applicant = _applicant(bureau, letter, application)
    values = {key: field.value for key, field in application.fields.items() if field.value}
    county, _ = bureau.office.county(
        values.get("employer_name", "") or values.get("host_company_name", ""),
        values.get("employer_address", ""),
        values.get("employer_uscc", "") or values.get("host_company_uscc", ""),
    )
    papers = tuple(Paper(d.id, d.name) for d in _papers(documents, application) if d.id is not None)
    command = OpenCase(
        number=number,
        programme=programme.code,
        version=programme.version,
        applicant=applicant,
        unit=county.title if county else bureau.office.short_name,
        papers=papers,
        facts=application.fields,
        tables=application.tables,
        doubts=_doubts(letter, application),
    )
    assert letter.id is not None
    assert application.document.id is not None
    row = Case(
        number=number,
        programme=programme.code,
        version=programme.version,
        kind=programme.kind.value,
        form=programme.form,
        letter_id=letter.id,
        document_id=application.document.id,
        part=application.part,
        applicant=applicant.name,
        applicant_email=letter.sender,
        person_index=applicant.person_index,
        employer=applicant.employer,
        unit=command.unit,
        phase="",
        stage="",
        revision=0,
        last_hash="",
        opened_at=now,
        changed_at=now,
    )
    open_case(session, bureau, row, command, Actor(letter.sender, "申请人", letter.sender, cited(letter)))
    for document in _papers(documents, application):
        document.case_id = row.id
        session.add(document)
    return number


def _papers(documents: Sequence[Document], application: Application) -> list[Document]:
    """The form itself and everything in the letter that is not somebody else's form."""
    others = [
        d for d in documents if d.id != application.document.id and (d.reading is None or d.reading.get("form") is None)
    ]
    return [application.document, *others]


def _applicant(bureau: Bureau, letter: Letter, application: Application) -> Applicant:
    company = application.value("employer_name") or application.value("host_company_name")
    name = application.value("name") or company or "（申请表未填姓名）"
    identity = application.value("id_number") or application.value("employer_uscc") or f"letter-{letter.id}"
    return Applicant(name=name, email=letter.sender, person_index=bureau.person_index(identity), employer=company)


def _doubts(letter: Letter, application: Application) -> tuple[str, ...]:
    return (*application.warnings, *_low_trust(letter))


def _low_trust(letter: Letter) -> tuple[str, ...]:
    """What to confirm about the sender; nothing where the letter gives back the code of a mail we sent there."""
    if letter.trust not in _LOW_TRUST or (letter.trust != "forged" and letter.details.get("reply_code")):
        return ()
    return (_LOW_TRUST[letter.trust],)


def _supplement(
    session: Session, bureau: Bureau, letter: Letter, documents: Sequence[Document], found: Sequence[Application]
) -> Ended:
    case = session.get(Case, letter.case_id)
    assert case is not None
    form = next((application for application in found if application.form == case.form), None)
    papers = tuple(Paper(d.id, d.name) for d in documents if d.id is not None)
    command = ReceiveSupplement(
        papers=papers,
        facts=form.fields if form else {},
        tables=form.tables if form else {},
        doubts=_doubts(letter, form) if form else _low_trust(letter),
    )
    for document in documents:
        document.case_id = case.id
        session.add(document)
    actor = Actor(letter.sender, "申请人", letter.sender, cited(letter))
    try:
        carry_out(session, bureau, case.number, command, actor)
    except Refusal as refusal:
        text = f"补充材料已存入 {case.number}，但{refusal}"
        return Ended(LetterOutcome.STATUS_ANSWERED, text, "status", (("note", str(refusal)),), case.id)
    names = "、".join(paper.name for paper in papers) or "无附件"
    return Ended(LetterOutcome.SUPPLEMENT_ADDED, f"补正材料已并入 {case.number}：{names}", case_id=case.id)


def _told(
    session: Session,
    bureau: Bureau,
    numbers: Sequence[str],
    again: Sequence[Case],
    found: Sequence[Application],
) -> Ended:
    if numbers:
        first = session.exec(select(Case).where(Case.number == numbers[0])).one()
        text = f"已立件 {'、'.join(numbers)}"
        if again:
            text += f"；另有 {len(again)} 份与在办件重复，未重复立件"
        return Ended(LetterOutcome.CASE_OPENED, text, case_id=first.id)
    if again:
        case = again[0]
        text = f"该申请已在办，编号 {case.number}，未重复立件"
        facts = (("first", case.letter_id), ("number", case.number))
        return Ended(LetterOutcome.DUPLICATE, text, "duplicate", facts, case.id, case.letter_id)
    titles = "、".join(FORM_TITLES.get(application.form, application.form) for application in found)
    return Ended(
        LetterOutcome.UNKNOWN_FORM,
        f"{titles}：{bureau.office.short_name}目前没有受理此表的事项，已回信说明",
        "unknown_form",
        (("file_name", found[0].document.name),),
    )


def _no_application(readings: Sequence[tuple[Document, DocumentReading]], documents: Sequence[Document]) -> Ended:
    """What to answer when no document was a filled-in form: the most helpful reason first."""
    for status in (ReadingStatus.REJECT, ReadingStatus.KILLED):
        for document, result in readings:
            if result.status is status:
                return _unreadable(document, result)
    for document, result in readings:
        if result.status is ReadingStatus.BLANK:
            reason = result.reason or "申请表没有填写内容，请填写后重新发送"
            return Ended(
                LetterOutcome.BLANK_FORM,
                f"“{document.name}”是空白表，已回信请其填写",
                "unreadable",
                (("file_name", document.name), ("reason", reason)),
            )
    if readings:
        document = readings[0][0]
        return Ended(
            LetterOutcome.UNKNOWN_FORM,
            f"“{document.name}”不是本局受理的申请表，已回信说明",
            "unknown_form",
            (("file_name", document.name),),
        )
    names = [d.name for d in documents if d.state == DocumentState.KEPT]
    return Ended(LetterOutcome.NO_FORM, "没有可读的申请表，已回信说明应寄什么", "no_form", (("files", names),))


def _unreadable(document: Document, result: DocumentReading) -> Ended:
    reason = result.reason or "文件无法读取，请重新导出为 PDF 后发送"
    locked = any(word in reason for word in _ENCRYPTED_WORDS)
    return Ended(
        LetterOutcome.UNREADABLE,
        f"“{document.name}”无法读取：{reason}",
        "encrypted" if locked else "unreadable",
        (("file_name", document.name), ("reason", reason)),
    )
