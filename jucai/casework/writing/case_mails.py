"""The mails a case sends its applicant, written from the state the case had when they were meant."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jucai.approval.events import CaseResumed, Event, LevelChanged, TermExtended
from jucai.approval.levels import CHANGEABLE
from jucai.approval.state import CaseState, Phase
from jucai.approval.statutory import ClockReading, read_clock
from jucai.casework.writing.parts import (
    account,
    correction_items,
    deadline,
    office_part,
    receipt_facts,
    status_url,
)
from jucai.notices import contexts as ctx
from jucai.notices.text import long_date
from jucai.policy import PeriodKind, Programme
from jucai.store.bureau import Bureau
from models.cases import Case
from models.letters import Letter
from models.money import Money

_CONSEQUENCE = "逾期未补正的，本局将电话联系确认；补正期间不计入承诺办理时限。"


@dataclass(frozen=True, slots=True)
class Moment:
    """One mail of a case: the event it tells of, the case just after it, the opening letter, the document's number."""

    bureau: Bureau
    case: Case
    state: CaseState
    programme: Programme
    letter: Letter
    document_number: str
    instalment: int
    on: date
    event: Event

    @property
    def common(self) -> dict[str, Any]:
        """What every mail to the applicant knows."""
        return {
            "office": office_part(self.bureau),
            "addressee": self.state.applicant.name,
            "case_number": self.case.number,
            "programme_title": self.programme.title,
            "status_url": status_url(self.bureau, self.case.number),
            "sample": self.programme.example,
        }


def case_mail(moment: Moment, kind: str) -> ctx.AnyMail:
    """The facts of one mail of a case; `KeyError` for a kind no case sends."""
    return _WRITERS[kind](moment)


def _receipt(m: Moment) -> ctx.AnyMail:
    steps = {
        Phase.VERIFYING: ("申请表中有内容需要工作人员对照原件核验", "核验后一次性告知是否需要补正"),
        Phase.CORRECTING: ("材料需要补正，清单另行发送给您，请在同一封邮件上回复补正材料",),
    }.get(m.state.phase, ("材料齐全的，受理通知书随后发送给您",))
    return ctx.ReceiptMail(
        **m.common,
        received_at=m.letter.received_at,
        facts=receipt_facts(m.state, m.programme),
        files=tuple(paper.name for paper in m.state.papers),
        next_steps=steps,
    )


def _correction(m: Moment) -> ctx.AnyMail:
    return ctx.CorrectionMail(
        **m.common,
        items=correction_items(m.state.missing),
        deadline=deadline(m.bureau, m.state.correction_due, m.programme.clock.correction_days),
        document_number=m.document_number,
        consequence=_CONSEQUENCE,
    )


def _returned(m: Moment) -> ctx.AnyMail:
    stage = m.programme.stage(m.state.stage)
    last = next((t for t in reversed(m.state.tasks) if t.verdict == "return"), None)
    unit = m.bureau.office.unit(last.unit).title if last else m.bureau.office.name
    return ctx.ReturnedMail(
        **m.common,
        stage=stage.shown_title if stage else "审核",
        unit=unit,
        reason=last.opinion if last else "",
        items=correction_items(m.state.missing),
        deadline=deadline(m.bureau, m.state.correction_due, m.programme.clock.correction_days),
    )


def _accepted(m: Moment) -> ctx.AnyMail:
    assert m.state.accepted_on is not None
    return ctx.AcceptedMail(
        **m.common,
        accepted_on=m.state.accepted_on,
        deadline=deadline(m.bureau, m.state.due_on, m.programme.clock.decision_days),
        stages=tuple(s.shown_title for s in m.programme.active_stages if s.code not in m.state.skipped),
        document_number=m.document_number,
    )


def _publicity(m: Moment) -> ctx.AnyMail:
    period, rule = m.state.publicity, m.programme.publicity
    assert period is not None
    assert rule is not None
    facts = [ctx.Fact(label="公示文号", value=period.notice)]
    if m.state.amount_fen is not None:
        facts.append(ctx.Fact(label="拟核定金额", value=f"{Money(m.state.amount_fen).yuan_text} 元"))
    return ctx.PublicityMail(
        **m.common,
        first_day=period.first,
        last_day=period.last,
        days_text=f"{rule.days}{PeriodKind(rule.kind).label}",
        publicity_url=f"{m.bureau.settings.desk_url}/public",
        facts=tuple(facts),
    )


def _payment(m: Moment) -> ctx.AnyMail:
    part = next(part for part in m.state.parts if part.plan.number == m.instalment)
    rest = [p for p in m.state.parts if p.plan.number > m.instalment]
    after = ""
    if rest:
        due = rest[0].plan.due_on
        after = f"下一期（第{rest[0].plan.number}期）预计 {due.year}年{due.month}月{due.day}日后拨付"
        after += "，拨付前复核在岗等条件，无需重新申请。" if rest[0].plan.recheck else "，无需重新申请。"
    pass_on = m.programme.payee.pass_on
    if pass_on:
        after = f"资金拨付至您的用人单位，单位应在收款后{pass_on.text}转付给您。{after}"
    return ctx.PaymentMail(
        **m.common,
        instalment=ctx.Instalment(number=part.plan.number, count=part.plan.count),
        amount=Money(part.plan.amount_fen),
        account=account(m.state, m.programme),
        pay_on=part.paid_on,
        document_number=m.document_number,
        after=after,
    )


def refusal_reasons(m: Moment) -> tuple[ctx.RefusalReason, ...]:
    """Why a case was refused: the person's words first, then the rules that were not met."""
    reasons = [ctx.RefusalReason(article="审核意见", requirement="符合申报条件", fact=m.state.ended_why)]
    reasons += [
        ctx.RefusalReason(article=f.article, requirement=f.title, fact=f.explanation)
        for f in m.state.findings
        if f.outcome == "not_met" and f.failing == "reject"
    ]
    return tuple(reasons)


def _refused(m: Moment) -> ctx.AnyMail:
    return ctx.RefusedMail(
        **m.common,
        reasons=refusal_reasons(m),
        remedies=(m.programme.remedies,) if m.programme.remedies else (),
        document_number=m.document_number,
    )


def _appointed(m: Moment) -> ctx.AnyMail:
    appointment = m.state.appointment
    assert appointment is not None
    return ctx.AppointedMail(
        **m.common,
        post=appointment.post,
        host_unit=appointment.host,
        term_from=appointment.first,
        term_to=appointment.last,
        document_number=m.document_number,
    )


def _completed(m: Moment) -> ctx.AnyMail:
    paid = Money(sum(p.plan.amount_fen for p in m.state.parts if p.paid_on is not None))
    facts = [ctx.Fact(label="累计拨付", value=f"{paid.yuan_text} 元")] if m.state.parts else []
    outcome = {
        Phase.STOPPED: f"后续补贴已停止发放：{m.state.ended_why}",
        Phase.TERMINATED: f"本件已终止办理：{m.state.ended_why}",
    }.get(m.state.phase, "所有环节已经办结。")
    return ctx.CompletedMail(**m.common, outcome=outcome, completed_on=m.on, facts=tuple(facts))


def _withdrawn(m: Moment) -> ctx.AnyMail:
    return ctx.WithdrawnMail(**m.common, withdrawn_on=m.on, reapply="如需再次申请，请重新发送申请表，原编号不再使用。")


def _suspended(m: Moment) -> ctx.AnyMail:
    suspension = m.state.suspension
    assert suspension is not None
    clock = _promised(m, Phase(suspension.phase))
    return ctx.SuspendedMail(
        **m.common,
        since=suspension.since,
        cause=suspension.cause,
        days_left=max(0, clock.limit - clock.used) if clock else None,
    )


def _resumed(m: Moment) -> ctx.AnyMail:
    resumed = m.event
    assert isinstance(resumed, CaseResumed)
    # The clock begins to run in the same breath, but after this: until then the standstill is open, and ends today.
    clock = _promised(m, m.state.phase)
    stage = m.programme.stage(m.state.stage)
    stands = stage is not None and stage.stops_clock
    return ctx.ResumedMail(
        **m.common,
        resumed_on=resumed.on,
        why=resumed.why,
        deadline=deadline(m.bureau, clock.due_on) if clock and not stands else None,
    )


def _level_changed(m: Moment) -> ctx.AnyMail:
    changed = m.event
    assert isinstance(changed, LevelChanged)
    parts = tuple(
        ctx.Fact(
            label=f"第{part.plan.number}期（共{part.plan.count}期）",
            value=f"{Money(part.plan.amount_fen).yuan_text} 元，{long_date(part.plan.due_on)}以后"
            + ("，拨付前复核" if part.plan.recheck else ""),
        )
        for part in m.state.parts
        if part.state in CHANGEABLE
    )
    return ctx.LevelChangedMail(
        **m.common,
        changed_on=changed.on,
        why=changed.why,
        changes=tuple(ctx.Fact(label=m.programme.label(key), value=value) for key, value in changed.values.items()),
        explanation=changed.explanation,
        parts=parts,
    )


def _extended(m: Moment) -> ctx.AnyMail:
    extended = m.event
    assert isinstance(extended, TermExtended)
    unextended = read_clock(replace(m.state, extension_days=0), m.programme.clock, m.bureau.calendar, m.on)
    stands = m.state.standing
    return ctx.ExtendedMail(
        **m.common,
        days=extended.days,
        why=extended.why,
        before=unextended.due_on if unextended and not stands else None,
        deadline=deadline(m.bureau, extended.due_on) if not stands else None,
    )


def _promised(m: Moment, phase: Phase) -> ClockReading | None:
    """What the clock says of the term that was promised; once money is being paid the promise was kept."""
    if phase is Phase.PAYING:
        return None
    return read_clock(m.state, m.programme.clock, m.bureau.calendar, m.on)


_WRITERS: dict[str, Callable[[Moment], ctx.AnyMail]] = {
    "receipt": _receipt,
    "correction": _correction,
    "returned": _returned,
    "accepted": _accepted,
    "publicity": _publicity,
    "payment": _payment,
    "refused": _refused,
    "appointed": _appointed,
    "completed": _completed,
    "withdrawn": _withdrawn,
    "suspended": _suspended,
    "resumed": _resumed,
    "extended": _extended,
    "level_changed": _level_changed,
}
CASE_MAILS = frozenset(_WRITERS)
