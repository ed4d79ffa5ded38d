"""The answers to letters that did not become a case, and to questions about cases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from jucai.approval.labels import PHASE_PUBLIC_LABELS
from jucai.approval.state import CaseState, state_from_json
from jucai.approval.statutory import read_clock
from jucai.casework.writing.office_mails import task_line
from jucai.casework.writing.parts import deadline, forms_taken, office_part, status_url
from jucai.notices import contexts as ctx
from jucai.notices.blank_form import form_title
from jucai.store.bureau import Bureau
from jucai.store.cases import load_state
from models.cases import Case
from models.letters import Letter

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the letter it answers, and the facts that were written down with it."""

    session: Session
    bureau: Bureau
    letter: Letter
    facts: dict[str, Any]

    @property
    def common(self) -> dict[str, Any]:
        """What every answer knows."""
        return {"office": office_part(self.bureau), "addressee": ""}

    @property
    def about(self) -> dict[str, Any]:
        """When the letter came and what it was called."""
        return {**self.common, "received_at": self.letter.received_at, "letter_subject": self.letter.subject}

    @property
    def today(self) -> date:
        """The office's date."""
        return self.bureau.clock.now().date()


def answer_mail(answer: Answer, kind: str) -> ctx.AnyMail:
    """The facts of one answer; `KeyError` for a kind no letter is answered with."""
    return _WRITERS[kind](answer)


def _no_form(a: Answer) -> ctx.AnyMail:
    return ctx.NoFormMail(**a.about, forms=forms_taken(a.bureau), files=tuple(a.facts.get("files", ())))


def _unreadable(a: Answer) -> ctx.AnyMail:
    return ctx.UnreadableMail(**a.about, file_name=a.facts["file_name"], reason=a.facts["reason"])


def _encrypted(a: Answer) -> ctx.AnyMail:
    return ctx.EncryptedMail(**a.about, file_name=a.facts["file_name"])


def _unknown(a: Answer) -> ctx.AnyMail:
    return ctx.UnknownFormMail(**a.about, file_name=a.facts["file_name"], forms=forms_taken(a.bureau))


def _duplicate(a: Answer) -> ctx.AnyMail:
    first = a.session.get(Letter, a.facts["first"])
    assert first is not None
    case = a.session.get(Case, first.case_id) if first.case_id else None
    state = load_state(a.session, case.number) if case else None
    return ctx.DuplicateMail(
        **a.about,
        case_number=case.number if case and case.applicant_email == a.letter.sender else "",
        first_received_at=first.received_at,
        stage=PHASE_PUBLIC_LABELS[state.phase] if state and case and case.applicant_email == a.letter.sender else "",
    )


def _container(a: Answer) -> ctx.AnyMail:
    return ctx.ContainerUnsupportedMail(
        **a.about,
        file_name=a.facts["file_name"],
        container=a.facts["container"],
        limit_text=f"{min((i.max_bytes for i in a.bureau.settings.inboxes), default=50 * _MB) // _MB} MB",
    )


def _unclear(a: Answer) -> ctx.AnyMail:
    officer = a.bureau.office.officer_by_email(a.letter.sender)
    task = None
    if officer is not None and len(a.facts.get("tasks", ())) == 1:
        number, code = a.facts["tasks"][0]
        state = load_state(a.session, number)
        found = state.task(code)
        task = task_line(a.bureau, officer, state, found, a.today) if found else None
    common = {**a.about, "addressee": officer.name if officer else ""}
    return ctx.ReplyUnclearMail(**common, words=a.facts["words"], reason=a.facts["reason"], task=task)


def _blank_form(a: Answer) -> ctx.AnyMail:
    programmes = [a.bureau.programmes.get(code, version) for code, version in a.facts["programmes"]]
    forms = tuple(ctx.FormOffer(title=form_title(one), note=one.summary) for one in programmes)
    return ctx.BlankFormMail(**a.about, forms=forms, files=tuple(f"{form.title}.pdf" for form in forms))


def _confirm_withdrawal(a: Answer) -> ctx.AnyMail:
    state = load_state(a.session, a.facts["number"])
    programme = a.bureau.programmes.get(state.programme, state.version)
    return ctx.ConfirmWithdrawalMail(
        **{**a.about, "addressee": state.applicant.name},
        case_number=state.number,
        programme_title=programme.title,
        words=a.letter.body_text.strip()[:200],
        status_url=status_url(a.bureau, state.number),
    )


def _objection(a: Answer) -> ctx.AnyMail:
    return ctx.ObjectionReceivedMail(**a.about, case_number=a.facts.get("number", ""))


def _status(a: Answer) -> ctx.AnyMail:
    rows = a.session.exec(
        select(Case).where(Case.applicant_email == a.letter.sender).order_by(col(Case.id).desc()).limit(20)
    ).all()
    states = [(row, state_from_json(row.full_state)) for row in rows]
    numbers = [row.number for row in rows]
    return ctx.StatusMail(
        **{**a.common, "addressee": states[0][1].applicant.name if states else ""},
        case_number=numbers[0] if len(numbers) == 1 else "",
        status_url=status_url(a.bureau, numbers[0]) if len(numbers) == 1 else "",
        cases=tuple(case_status(a.bureau, row, state, a.today) for row, state in states),
        asked_on=a.today,
        note=a.facts.get("note", ""),
    )


def case_status(bureau: Bureau, row: Case, state: CaseState, today: date) -> ctx.CaseStatus:
    """Where one case stands, as its applicant may read it."""
    programme = bureau.programmes.get(state.programme, state.version)
    stage = programme.stage(state.stage)
    clock = read_clock(state, programme.clock, bureau.calendar, today)
    asked = state.open_tasks[0].unit if state.open_tasks else bureau.office.head_unit
    return ctx.CaseStatus(
        case_number=row.number,
        programme_title=programme.title,
        stage=stage.shown_title if stage and not state.closed else PHASE_PUBLIC_LABELS[state.phase],
        unit=bureau.office.unit(asked).title,
        since=row.changed_at.date(),
        deadline=deadline(bureau, clock.due_on, clock.limit) if clock else None,
        explanation=clock.explanation if clock else PHASE_PUBLIC_LABELS[state.phase],
    )


_WRITERS: dict[str, Callable[[Answer], ctx.AnyMail]] = {
    "no_form": _no_form,
    "unreadable": _unreadable,
    "encrypted": _encrypted,
    "unknown_form": _unknown,
    "duplicate": _duplicate,
    "container_unsupported": _container,
    "reply_unclear": _unclear,
    "status": _status,
    "blank_form": _blank_form,
    "confirm_withdrawal": _confirm_withdrawal,
    "objection_received": _objection,
}
ANSWERS = frozenset(_WRITERS)
