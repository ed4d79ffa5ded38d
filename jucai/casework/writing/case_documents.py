"""The official documents of a case."""

from collections.abc import Callable, Sequence
from typing import Any

from jucai.approval.state import CaseState
from jucai.casework.writing.case_mails import Moment, refusal_reasons
from jucai.casework.writing.parts import account, correction_items, deadline, office_part, verify_url
from jucai.notices import contexts as ctx
from jucai.policy import PeriodKind, Programme
from jucai.store.bureau import Bureau
from models.cases import Case
from models.money import Money


def case_document(moment: Moment, kind: str) -> ctx.AnyDocument:
    """The facts of one official document of a case; `KeyError` for a kind no case has."""
    return _WRITERS[kind](moment)


def _common(m: Moment) -> dict[str, Any]:
    return {
        "office": office_part(m.bureau),
        "number": m.document_number,
        "issued_on": m.on,
        "programme_title": m.programme.title,
        "basis": m.programme.article_list,
        "verify_url": verify_url(m.bureau, m.document_number),
        "sample": m.programme.example,
    }


def _accepted(m: Moment) -> ctx.AnyDocument:
    assert m.state.accepted_on is not None
    return ctx.AcceptanceNotice(
        **_common(m),
        applicant_name=m.state.applicant.name,
        case_number=m.case.number,
        received_on=m.letter.received_at.date(),
        accepted_on=m.state.accepted_on,
        deadline=deadline(m.bureau, m.state.due_on, m.programme.clock.decision_days),
        applicant_unit=m.state.applicant.employer,
        materials=tuple(paper.name for paper in m.state.papers),
        clock_stops=m.programme.clock.stops,
    )


def _correction(m: Moment) -> ctx.AnyDocument:
    return ctx.CorrectionNotice(
        **_common(m),
        applicant_name=m.state.applicant.name,
        case_number=m.case.number,
        received_on=m.letter.received_at.date(),
        items=correction_items(m.state.missing),
        deadline=deadline(m.bureau, m.state.correction_due, m.programme.clock.correction_days),
    )


def _payment(m: Moment) -> ctx.AnyDocument:
    part = next(part for part in m.state.parts if part.plan.number == m.instalment)
    return ctx.PaymentNotice(
        **_common(m),
        applicant_name=m.state.applicant.name,
        case_number=m.case.number,
        instalment=ctx.Instalment(number=part.plan.number, count=part.plan.count),
        amount=Money(part.plan.amount_fen),
        account=account(m.state, m.programme),
        pay_on=part.paid_on,
        total=Money(m.state.amount_fen) if m.state.amount_fen is not None else None,
    )


def _refused(m: Moment) -> ctx.AnyDocument:
    return ctx.RefusalNotice(
        **_common(m),
        applicant_name=m.state.applicant.name,
        case_number=m.case.number,
        received_on=m.letter.received_at.date(),
        reasons=refusal_reasons(m),
        remedies=(m.programme.remedies,) if m.programme.remedies else (),
    )


def _appointment(m: Moment) -> ctx.AnyDocument:
    appointment = m.state.appointment
    assert appointment is not None
    return ctx.AppointmentLetter(
        **_common(m),
        appointee_name=m.state.applicant.name,
        post=appointment.post,
        host_unit=appointment.host,
        term_from=appointment.first,
        term_to=appointment.last,
        home_unit=m.state.applicant.employer,
    )


def publicity_document(
    bureau: Bureau, programme: Programme, number: str, cases: Sequence[tuple[Case, CaseState]]
) -> ctx.PublicityNotice:
    """The announcement of one public list; of each person it shows what the programme names, nothing private."""
    rule, period = programme.publicity, cases[0][1].publicity
    assert rule is not None
    assert period is not None
    shown = [key for key in rule.columns if key != "amount"]
    labels = [programme.label(key) for key in shown]
    money = any(state.amount_fen is not None for _, state in cases)
    rows = []
    for _, state in cases:
        row = [state.values().get(key, "") for key in shown]
        if money:
            row.append(Money(state.amount_fen).yuan_text if state.amount_fen is not None else "")
        rows.append(tuple(row))
    return ctx.PublicityNotice(
        office=office_part(bureau),
        number=number,
        issued_on=period.first,
        programme_title=programme.title,
        basis=programme.article_list,
        verify_url=verify_url(bureau, number),
        sample=programme.example,
        procedure=tuple(
            stage.shown_title for stage in programme.active_stages if stage.kind not in {"publicity", "payment"}
        ),
        columns=(*labels, "拟核定金额（元）") if money else tuple(labels),
        rows=tuple(rows),
        first_day=period.first,
        last_day=period.last,
        days_text=f"{rule.days}{PeriodKind(rule.kind).label}",
        list_title=rule.title or f"{programme.title}拟通过名单",
    )


_WRITERS: dict[str, Callable[[Moment], ctx.AnyDocument]] = {
    "accepted": _accepted,
    "correction": _correction,
    "payment": _payment,
    "refused": _refused,
    "appointment": _appointment,
}
