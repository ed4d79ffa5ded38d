"""Events → state: one small function for each thing that can happen."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import reduce
from typing import Any

from jucai.approval import events as ev
from jucai.approval.state import (
    CaseState,
    Part,
    PartState,
    Pause,
    Phase,
    TaskPurpose,
    TaskState,
    TaskStatus,
)
from models.readings import FieldValue


def opened(happened: ev.Happened) -> CaseState:
    """The state a case begins with; `ValueError` if the first event is another one."""
    event = happened.event
    if not isinstance(event, ev.CaseOpened):
        raise ValueError("一件办件的第一个事件必须是“开案”")  # noqa: TRY004 - the order is wrong, not a type
    return CaseState(
        number=event.number,
        programme=event.programme,
        version=event.version,
        kind=event.kind,
        form=event.form,
        applicant=event.applicant,
        unit=event.unit,
        phase=Phase.VERIFYING,
        opened_at=happened.at,
        revision=1,
        papers=event.papers,
    )


def evolve(state: CaseState | None, happened: ev.Happened) -> CaseState:
    """The state after one more event."""
    if state is None:
        return opened(happened)
    changed = _CHANGES[type(happened.event)](state, happened.event, happened)
    return replace(changed, revision=state.revision + 1)


def replay(history: Iterable[ev.Happened]) -> CaseState:
    """The state after a whole history; `ValueError` if there is none."""
    state = reduce(evolve, history, None)
    if state is None:
        raise ValueError("没有事件可以重放")
    return state


def _facts_read(state: CaseState, event: ev.FactsRead, _: ev.Happened) -> CaseState:
    facts = {**state.facts, **event.facts}
    tables = {**state.tables, **event.tables}
    return replace(state, facts=facts, tables=tables, doubts=event.doubts, verified=())


def _verification_requested(state: CaseState, event: ev.VerificationRequested, _: ev.Happened) -> CaseState:
    return replace(state, phase=Phase.VERIFYING, to_verify=event.keys, doubts=event.doubts)


def _facts_verified(state: CaseState, event: ev.FactsVerified, happened: ev.Happened) -> CaseState:
    facts = dict(state.facts)
    for key, value in event.values.items():
        old = facts.get(key)
        facts[key] = FieldValue(
            value=value,
            confidence=1.0,
            page=old.page if old else None,
            bbox=old.bbox if old else None,
            source="person",
            raw=old.raw if old else "",
            checks=(*(old.checks if old else ()), f"核验：{happened.actor.who}"),
        )
    verified = tuple(dict.fromkeys((*state.verified, *event.values)))
    return replace(state, facts=facts, verified=verified, to_verify=(), doubts=())


def _assessed(state: CaseState, event: ev.CaseAssessed, _: ev.Happened) -> CaseState:
    return replace(
        state,
        eligible=event.eligible,
        findings=event.findings,
        amount_fen=event.amount_fen,
        amount_text=event.amount_text,
        schedule=event.schedule,
    )


def _correction(state: CaseState, event: ev.CorrectionRequested, _: ev.Happened) -> CaseState:
    return replace(
        state,
        phase=Phase.CORRECTING,
        missing=event.missing,
        correction_from=event.stage,
        correction_due=event.due_on,
        correction_rounds=state.correction_rounds + 1,
    )


def _supplement(state: CaseState, event: ev.SupplementReceived, _: ev.Happened) -> CaseState:
    known = {paper.document_id for paper in state.papers}
    added = tuple(paper for paper in event.papers if paper.document_id not in known)
    return replace(state, papers=(*state.papers, *added))


def _accepted(state: CaseState, event: ev.CaseAccepted, _: ev.Happened) -> CaseState:
    return replace(
        state,
        phase=Phase.IN_STAGES,
        accepted_on=event.on,
        due_on=event.due_on,
        missing=(),
        correction_due=None,
    )


def _skipped(state: CaseState, event: ev.StageSkipped, _: ev.Happened) -> CaseState:
    return replace(state, skipped={**state.skipped, event.stage: event.rule})


def _entered(state: CaseState, event: ev.StageEntered, _: ev.Happened) -> CaseState:
    phase = {"publicity": Phase.PUBLICITY, "payment": Phase.PAYING}.get(event.kind, Phase.IN_STAGES)
    return replace(
        state,
        stage=event.stage,
        phase=phase,
        missing=(),
        correction_from="",
        correction_due=None,
        publicity=None if event.kind == "publicity" else state.publicity,
    )


def _assigned(state: CaseState, event: ev.TaskAssigned, happened: ev.Happened) -> CaseState:
    task = TaskState(
        code=event.code,
        purpose=event.purpose,
        stage=event.stage,
        unit=event.unit,
        officers=event.officers,
        opened_at=happened.at,
        due_on=event.due_on,
        note=event.note,
    )
    parts = state.parts
    if event.purpose is TaskPurpose.RECHECK:
        parts = _with_part(parts, int(event.code.rsplit("-", 1)[1]), state=PartState.RECHECKING)
    return replace(state, tasks=(*state.tasks, task), parts=parts)


def _with_task(state: CaseState, code: str, **changes: Any) -> CaseState:
    tasks = tuple(replace(task, **changes) if task.code == code else task for task in state.tasks)
    return replace(state, tasks=tasks)


def _decided(state: CaseState, event: ev.TaskDecided, happened: ev.Happened) -> CaseState:
    return _with_task(
        state,
        event.code,
        status=TaskStatus.DONE,
        verdict=event.verdict,
        decided_by=event.officer,
        decided_at=happened.at,
        opinion=event.opinion,
    )


def _cancelled(state: CaseState, event: ev.TaskCancelled, _: ev.Happened) -> CaseState:
    return _with_task(state, event.code, status=TaskStatus.CANCELLED, opinion=event.why)


def _stage_finished(state: CaseState, event: ev.StageFinished, _: ev.Happened) -> CaseState:
    return replace(state, finished=tuple(dict.fromkeys((*state.finished, event.stage))))


def _stage_returned(state: CaseState, event: ev.StageReturned, _: ev.Happened) -> CaseState:
    kept = state.finished[: state.finished.index(event.to)] if event.to in state.finished else state.finished
    return replace(state, finished=kept)


def _clock_stopped(state: CaseState, event: ev.ClockStopped, _: ev.Happened) -> CaseState:
    return replace(state, pauses=(*state.pauses, Pause(event.on, None, event.cause)))


def _clock_resumed(state: CaseState, event: ev.ClockResumed, _: ev.Happened) -> CaseState:
    pauses = tuple(pause if pause.last else replace(pause, last=event.on) for pause in state.pauses)
    return replace(state, pauses=pauses, due_on=event.due_on)


def _publicity_started(state: CaseState, event: ev.PublicityStarted, _: ev.Happened) -> CaseState:
    return replace(state, publicity=event.publicity)


def _payment_planned(state: CaseState, event: ev.PaymentPlanned, _: ev.Happened) -> CaseState:
    return replace(state, parts=tuple(Part(plan) for plan in event.parts))


def _with_part(parts: tuple[Part, ...], number: int, **changes: Any) -> tuple[Part, ...]:
    return tuple(replace(part, **changes) if part.plan.number == number else part for part in parts)


def _released(state: CaseState, event: ev.InstalmentReleased, _: ev.Happened) -> CaseState:
    return replace(state, parts=_with_part(state.parts, event.number, state=PartState.RELEASED))


def _listed(state: CaseState, event: ev.InstalmentListed, _: ev.Happened) -> CaseState:
    parts = _with_part(state.parts, event.number, state=PartState.LISTED, list_number=event.list_number)
    return replace(state, parts=parts)


def _paid(state: CaseState, event: ev.InstalmentPaid, _: ev.Happened) -> CaseState:
    return replace(state, parts=_with_part(state.parts, event.number, state=PartState.PAID, paid_on=event.on))


def _appointed(state: CaseState, event: ev.PersonAppointed, _: ev.Happened) -> CaseState:
    return replace(state, appointment=event.appointment)


def _refused(state: CaseState, event: ev.CaseRefused, _: ev.Happened) -> CaseState:
    return replace(state, phase=Phase.REFUSED, ended_why=event.why)


def _withdrawn(state: CaseState, event: ev.CaseWithdrawn, _: ev.Happened) -> CaseState:
    return replace(state, phase=Phase.WITHDRAWN, ended_why=event.why)


def _stopped(state: CaseState, event: ev.PaymentStopped, _: ev.Happened) -> CaseState:
    return replace(state, phase=Phase.STOPPED, ended_why=event.why)


def _completed(state: CaseState, event: ev.CaseCompleted, _: ev.Happened) -> CaseState:  # noqa: ARG001 - one signature for all
    return replace(state, phase=Phase.COMPLETED)


def _version_moved(state: CaseState, event: ev.VersionMoved, _: ev.Happened) -> CaseState:
    return replace(
        state,
        version=event.after,
        stage=event.stage,
        finished=event.finished,
        correction_from=event.stage if state.correction_from else "",
    )


def _unchanged(state: CaseState, event: Any, _: ev.Happened) -> CaseState:  # noqa: ARG001 - one signature for all
    return state


_CHANGES: dict[type, Callable[[CaseState, Any, ev.Happened], CaseState]] = {
    ev.FactsRead: _facts_read,
    ev.VerificationRequested: _verification_requested,
    ev.FactsVerified: _facts_verified,
    ev.CaseAssessed: _assessed,
    ev.CorrectionRequested: _correction,
    ev.SupplementReceived: _supplement,
    ev.CaseAccepted: _accepted,
    ev.StageSkipped: _skipped,
    ev.StageEntered: _entered,
    ev.TaskAssigned: _assigned,
    ev.TaskDecided: _decided,
    ev.TaskCancelled: _cancelled,
    ev.StageFinished: _stage_finished,
    ev.StageReturned: _stage_returned,
    ev.ClockStopped: _clock_stopped,
    ev.ClockResumed: _clock_resumed,
    ev.PublicityStarted: _publicity_started,
    ev.ObjectionReceived: _unchanged,  # its task says what there is to do
    ev.PublicityEnded: _unchanged,  # StageFinished follows in the same breath
    ev.PaymentPlanned: _payment_planned,
    ev.InstalmentReleased: _released,
    ev.InstalmentListed: _listed,
    ev.InstalmentPaid: _paid,
    ev.PersonAppointed: _appointed,
    ev.CaseRefused: _refused,
    ev.CaseWithdrawn: _withdrawn,
    ev.PaymentStopped: _stopped,
    ev.CaseCompleted: _completed,
    ev.VersionMoved: _version_moved,
}
