"""The mails to the office's own people: tasks, digests, verifications, payment lists."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, select

from jucai.approval.labels import PURPOSE_LABELS
from jucai.approval.state import CaseState, TaskState
from jucai.casework.writing.parts import deadline, office_part
from jucai.notices import contexts as ctx
from jucai.policy import Officer
from jucai.store.bureau import Bureau
from jucai.store.cases import load_state
from jucai.store.links import Link, LinkPurpose, make_link
from jucai.store.meetings import agenda
from jucai.store.payments import rows_of
from models.cases import Meeting
from models.fields import FIELDS
from models.money import Money


def task_mail(session: Session, bureau: Bureau, intent: dict[str, Any], kind: str, today: date) -> ctx.AnyMail:
    """A mail to one officer about the tasks named in its intent, as they stand now."""
    officer = bureau.office.all_officers[intent["officer"]]
    pairs = [(number, code) for number, code in intent["tasks"]]
    batch = make_link(bureau, Link(LinkPurpose.BATCH, officer.id, ""))
    common: dict[str, Any] = {"office": office_part(bureau), "addressee": officer.name}
    if kind == "verification":
        return ctx.VerificationMail(
            **common, lines=tuple(_verification(session, bureau, officer, *pair) for pair in pairs), desk_url=batch
        )
    lines = tuple(_line(session, bureau, officer, number, code, today) for number, code in pairs)
    sample = any("示例" in line.summary for line in lines)
    if kind == "digest":
        return ctx.DigestMail(**common, on=today, tasks=lines, desk_url=batch)
    number = pairs[0][0] if len(pairs) == 1 else ""
    title = lines[0].programme_title if len(pairs) == 1 else ""
    return ctx.TaskMail(**common, case_number=number, programme_title=title, sample=sample, tasks=lines, desk_url=batch)


def task_line(bureau: Bureau, officer: Officer, state: CaseState, task: TaskState, today: date) -> ctx.TaskLine:
    """One task as an officer reads it in a mail."""
    programme = bureau.programmes.get(state.programme, state.version)
    stage = programme.stage(task.stage)
    what = stage.title if stage else PURPOSE_LABELS[task.purpose]
    if stage and task.purpose != "decide":
        what = f"{stage.title}（{PURPOSE_LABELS[task.purpose]}）"
    summary = state.applicant.employer
    if state.amount_fen is not None:
        summary += f"；拟核定 {Money(state.amount_fen).yuan_text} 元{'（示例标准）' if programme.example else ''}"
    flags = tuple(
        f"{finding.title}：{'不符合' if finding.outcome == 'not_met' else '无法判断'}"
        for finding in state.findings
        if finding.outcome in {"not_met", "cannot_tell"} and finding.failing != "flag"
    )
    return ctx.TaskLine(
        case_number=state.number,
        applicant_name=state.applicant.name,
        programme_title=programme.title,
        stage=what,
        url=make_link(bureau, Link(LinkPurpose.TASK, officer.id, f"{state.number}/{task.code}")),
        summary=summary,
        flags=(*flags, *_about(task)),
        deadline=deadline(bureau, task.due_on),
        overdue=task.due_on is not None and task.due_on < today,
    )


def _about(task: TaskState) -> tuple[str, ...]:
    """Why the task came here, and how often its officers were reminded."""
    reminded = f"第 {task.reminders} 次催办" if task.reminders else ""
    return tuple(text for text in (task.note, reminded) if text)


def _line(session: Session, bureau: Bureau, officer: Officer, number: str, code: str, today: date) -> ctx.TaskLine:
    state = load_state(session, number)
    task = state.task(code)
    assert task is not None
    return task_line(bureau, officer, state, task, today)


def _verification(session: Session, bureau: Bureau, officer: Officer, number: str, code: str) -> ctx.VerificationLine:
    state = load_state(session, number)
    labels = tuple(FIELDS[key].label for key in state.to_verify if key in FIELDS)
    return ctx.VerificationLine(
        case_number=number,
        document=state.papers[0].name if state.papers else "",
        fields=labels,
        url=make_link(bureau, Link(LinkPurpose.TASK, officer.id, f"{number}/{code}")),
        reason="；".join(state.doubts),
    )


def payment_list_mail(session: Session, bureau: Bureau, recipient: str, number: str, file_name: str) -> ctx.AnyMail:
    """The mail a payment list goes to the finance office with."""
    rows = rows_of(session, number)
    officer = bureau.office.officer_by_email(recipient) or bureau.office.head_officer
    return ctx.PaymentListMail(
        office=office_part(bureau),
        addressee=officer.name,
        list_number=number,
        count=len(rows),
        total=Money(sum(part.amount_fen for part, _ in rows)),
        file_name=file_name,
        desk_url=make_link(bureau, Link(LinkPurpose.PAYMENT, officer.id, number)),
        sample=any(bureau.programmes.get(case.programme, case.version).example for _, case in rows),
    )


def agenda_mail(session: Session, bureau: Bureau, intent: dict[str, Any]) -> ctx.AgendaMail:
    """The agenda of a meeting to one of those invited, or on its own where `intent` names nobody."""
    meeting = session.exec(select(Meeting).where(Meeting.title == intent["meeting"])).one()
    lines = agenda(session, bureau, meeting.title)
    invited = bureau.office.officer(intent.get("officer", ""))
    return ctx.AgendaMail(
        office=office_part(bureau),
        addressee=invited.name if invited else "",
        meeting=meeting.title,
        held_on=meeting.held_on,
        place=meeting.place,
        items=tuple(
            ctx.AgendaItem(
                position=line.position,
                case_number=line.number,
                programme_title=line.programme,
                applicant_name=line.applicant,
                employer=line.employer,
                amount=f"{line.amount}（示例标准）" if line.amount and line.example else line.amount,
            )
            for line in lines
        ),
        sample=any(line.example for line in lines),
    )


OFFICE_MAILS: Sequence[str] = ("task", "digest", "verification")
