"""Events → state: one small function for each thing that can happen."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import reduce
from typing import Any

from jucai.approval import events as ev
from jucai.approval.evolving_tasks import TASK_CHANGES, with_part
from jucai.approval.state import (
    CaseState,
    Part,
    PartState,
    Pause,
    Phase,
    ReturnPoint,
    Suspension,
    changed,
    settle,
    task_changed,
)
from jucai.approval.values import Moment
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
    event = happened.event
    now = Moment(happened.at, happened.actor.who, state.revision + 1)
    after = _CHANGES[type(event)](state, event, now)
    # Whoever acts after a decision makes it final: it can be recalled until then.
    keeps = after.recall is None or isinstance(event, _KEEP_RECALL)
    recall = after.recall if keeps else None
    if after is state:
        return changed(state, revision=now.revision, recall=recall)
    return settle(after, revision=now.revision, recall=recall)  # it was made for this event


def replay(history: Iterable[ev.Happened]) -> CaseState:
    """The state after a whole history; `ValueError` if there is none."""
    state = reduce(evolve, history, None)
    if state is None:
        raise ValueError("没有事件可以重放")
    return state


def _facts_read(state: CaseState, event: ev.FactsRead, _: Moment) -> CaseState:
    facts = {**state.facts, **event.facts}
    tables = {**state.tables, **event.tables}
    return changed(state, facts=facts, tables=tables, doubts=event.doubts, verified=())


def _verification_requested(state: CaseState, event: ev.VerificationRequested, _: Moment) -> CaseState:
    return changed(state, phase=Phase.VERIFYING, to_verify=event.keys, doubts=event.doubts)


def _facts_verified(state: CaseState, event: ev.FactsVerified, now: Moment) -> CaseState:
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
            checks=(*(old.checks if old else ()), f"核验：{now.who}"),
        )
    # Sorted, as the event is once it has been written down: a replay gives the same.
    verified = tuple(dict.fromkeys((*state.verified, *sorted(event.values))))
    return changed(state, facts=facts, verified=verified, to_verify=(), doubts=())


def _assessed(state: CaseState, event: ev.CaseAssessed, _: Moment) -> CaseState:
    return changed(
        state,
        eligible=event.eligible,
        findings=event.findings,
        amount_fen=event.amount_fen,
        amount_text=event.amount_text,
        schedule=event.schedule,
        award=event.award,
        group=event.group,
    )


def _correction(state: CaseState, event: ev.CorrectionRequested, _: Moment) -> CaseState:
    return changed(
        state,
        phase=Phase.CORRECTING,
        missing=event.missing,
        correction_from=event.stage,
        correction_then=event.then,
        correction_due=event.due_on,
        correction_rounds=state.correction_rounds + 1,
    )


def _supplement(state: CaseState, event: ev.SupplementReceived, _: Moment) -> CaseState:
    known = {paper.document_id for paper in state.papers}
    added = tuple(paper for paper in event.papers if paper.document_id not in known)
    return changed(state, papers=(*state.papers, *added))


def _accepted(state: CaseState, event: ev.CaseAccepted, _: Moment) -> CaseState:
    return changed(
        state,
        phase=Phase.IN_STAGES,
        accepted_on=event.on,
        due_on=event.due_on,
        missing=(),
        correction_due=None,
    )


def _skipped(state: CaseState, event: ev.StageSkipped, _: Moment) -> CaseState:
    return changed(state, skipped={**state.skipped, event.stage: event.rule})


def _entered(state: CaseState, event: ev.StageEntered, _: Moment) -> CaseState:
    skipped = {stage: rule for stage, rule in state.skipped.items() if stage != event.stage}
    rounds = state.rounds + 1
    return changed(_come_to(state, event.stage, event.kind), skipped=skipped, round=rounds, rounds=rounds)


def _resumed_stage(state: CaseState, event: ev.StageResumed, _: Moment) -> CaseState:
    returns = state.returns[:-1] if state.returns and state.returns[-1].stage == event.stage else state.returns
    return changed(_come_to(state, event.stage, event.kind), round=event.round, returns=returns)


def _come_to(state: CaseState, stage: str, kind: str) -> CaseState:
    return changed(
        state,
        stage=stage,
        phase={"publicity": Phase.PUBLICITY, "payment": Phase.PAYING}.get(kind, Phase.IN_STAGES),
        missing=(),
        correction_from="",
        correction_then="",
        correction_due=None,
        publicity=None if kind == "publicity" else state.publicity,
        result=None if kind == "panel" else state.result,
        rank=None if kind == "panel" else state.rank,
        agenda=None,
    )


def _stage_finished(state: CaseState, event: ev.StageFinished, _: Moment) -> CaseState:
    return changed(state, finished=tuple(dict.fromkeys((*state.finished, event.stage))))


def _stage_returned(state: CaseState, event: ev.StageReturned, _: Moment) -> CaseState:
    if event.then == "continue":
        point = ReturnPoint(event.to, event.stage, state.round)
        finished = tuple(stage for stage in state.finished if stage != event.to)
        return changed(state, finished=finished, returns=(*state.returns, point))
    again = {*event.again, event.to}
    kept = state.finished[: state.finished.index(event.to)] if event.to in state.finished else state.finished
    finished = tuple(stage for stage in kept if stage not in again)
    skipped = {stage: rule for stage, rule in state.skipped.items() if stage not in again}
    returns = tuple(point for point in state.returns if point.stage not in again)
    return changed(state, finished=finished, skipped=skipped, returns=returns)


def _clock_stopped(state: CaseState, event: ev.ClockStopped, _: Moment) -> CaseState:
    return changed(state, pauses=(*state.pauses, Pause(event.on, None, event.cause)))


def _clock_resumed(state: CaseState, event: ev.ClockResumed, _: Moment) -> CaseState:
    pauses = tuple(pause if pause.last else replace(pause, last=event.on) for pause in state.pauses)
    return changed(state, pauses=pauses, due_on=event.due_on)


def _publicity_started(state: CaseState, event: ev.PublicityStarted, _: Moment) -> CaseState:
    return changed(state, publicity=event.publicity)


def _payment_planned(state: CaseState, event: ev.PaymentPlanned, _: Moment) -> CaseState:
    return changed(state, parts=tuple(Part(plan) for plan in event.parts))


def _released(state: CaseState, event: ev.InstalmentReleased, _: Moment) -> CaseState:
    return changed(state, parts=with_part(state.parts, event.number, state=PartState.RELEASED))


def _listed(state: CaseState, event: ev.InstalmentListed, _: Moment) -> CaseState:
    parts = with_part(state.parts, event.number, state=PartState.LISTED, list_number=event.list_number)
    return changed(state, parts=parts)


def _paid(state: CaseState, event: ev.InstalmentPaid, _: Moment) -> CaseState:
    return changed(state, parts=with_part(state.parts, event.number, state=PartState.PAID, paid_on=event.on))


def _appointed(state: CaseState, event: ev.PersonAppointed, _: Moment) -> CaseState:
    return changed(state, appointment=event.appointment)


def _term_extended(state: CaseState, event: ev.TermExtended, _: Moment) -> CaseState:
    return changed(state, extension_days=state.extension_days + event.days, due_on=event.due_on)


def _recounted(state: CaseState, event: ev.TermRecounted, _: Moment) -> CaseState:
    tasks = tuple(replace(t, due_on=event.tasks[t.code]) if t.code in event.tasks else t for t in state.tasks)
    return changed(state, due_on=event.due_on, tasks=tasks)


def _level_changed(state: CaseState, event: ev.LevelChanged, now: Moment) -> CaseState:
    after = _facts_verified(state, ev.FactsVerified(event.values), now)
    plans = {plan.number: plan for plan in event.parts}
    parts = tuple(replace(part, plan=plans.get(part.plan.number, part.plan)) for part in state.parts)
    return changed(
        after,
        to_verify=state.to_verify,
        doubts=state.doubts,
        parts=parts,
        amount_fen=sum(part.plan.amount_fen for part in parts),
    )


def _suspended(state: CaseState, event: ev.CaseSuspended, _: Moment) -> CaseState:
    suspension = Suspension(event.cause, event.on, state.phase.value)
    return changed(state, phase=Phase.SUSPENDED, suspension=suspension)


def _resumed(state: CaseState, event: ev.CaseResumed, _: Moment) -> CaseState:
    assert state.suspension is not None
    tasks = tuple(task_changed(t, due_on=event.due[t.code]) if t.code in event.due else t for t in state.tasks)
    return changed(state, phase=Phase(state.suspension.phase), suspension=None, tasks=tasks)


def _ended(state: CaseState, phase: Phase, why: str, now: Moment, ground: str = "") -> CaseState:
    return changed(state, phase=phase, ended_why=why, ended_on=now.at.date(), ended_ground=ground, suspension=None)


def _refused(state: CaseState, event: ev.CaseRefused, now: Moment) -> CaseState:
    return _ended(state, Phase.REFUSED, event.why, now)


def _withdrawn(state: CaseState, event: ev.CaseWithdrawn, now: Moment) -> CaseState:
    return _ended(state, Phase.WITHDRAWN, event.why, now)


def _terminated(state: CaseState, event: ev.CaseTerminated, now: Moment) -> CaseState:
    return _ended(state, Phase.TERMINATED, event.why, now, event.ground)


def _stopped(state: CaseState, event: ev.PaymentStopped, now: Moment) -> CaseState:
    return _ended(state, Phase.STOPPED, event.why, now, event.ground)


def _completed(state: CaseState, event: ev.CaseCompleted, now: Moment) -> CaseState:  # noqa: ARG001 - one signature
    return _ended(state, Phase.COMPLETED, "", now)


def _revived(state: CaseState, event: ev.CaseRevived, _: Moment) -> CaseState:
    stood = any(pause.last is None for pause in state.pauses)
    pauses = tuple(pause if pause.last else replace(pause, last=event.on) for pause in state.pauses)
    if state.accepted_on is not None and not stood and state.ended_on is not None:
        pauses = (*pauses, Pause(state.ended_on, event.on, "办件已终止"))
    phase = Phase.IN_STAGES if state.accepted_on else Phase.VERIFYING
    if state.phase is Phase.STOPPED:
        phase = Phase.PAYING
    parts = tuple(
        replace(part, state=PartState.PLANNED) if part.state is PartState.RECHECKING else part for part in state.parts
    )
    return changed(
        state, phase=phase, pauses=pauses, parts=parts, due_on=event.due_on, ended_on=None, ended_why="",
        ended_ground="", returns=(),
    )  # fmt: skip


def _version_moved(state: CaseState, event: ev.VersionMoved, _: Moment) -> CaseState:
    # Who was asked in the present round stands under the stage's new name: the desk goes on where it was.
    tasks = tuple(
        task_changed(task, stage=event.stage) if (task.stage, task.round) == (state.stage, state.round) else task
        for task in state.tasks
    )
    return changed(
        state,
        tasks=tasks,
        recall=None,  # what could be taken back stands under names of the version before
        version=event.after,
        stage=event.stage,
        finished=event.finished,
        correction_from=event.stage if state.correction_from else "",
    )


def _unchanged(state: CaseState, event: Any, _: Moment) -> CaseState:  # noqa: ARG001 - one signature for all
    return state


_CHANGES: dict[type, Callable[[CaseState, Any, Moment], CaseState]] = {
    **TASK_CHANGES,
    ev.FactsRead: _facts_read,
    ev.VerificationRequested: _verification_requested,
    ev.FactsVerified: _facts_verified,
    ev.CaseAssessed: _assessed,
    ev.CorrectionRequested: _correction,
    ev.CorrectionLapsed: _unchanged,  # CaseWithdrawn follows in the same breath
    ev.SupplementReceived: _supplement,
    ev.CaseAccepted: _accepted,
    ev.StageSkipped: _skipped,
    ev.StageEntered: _entered,
    ev.StageFinished: _stage_finished,
    ev.StageReturned: _stage_returned,
    ev.StageResumed: _resumed_stage,
    ev.ClockStopped: _clock_stopped,
    ev.ClockResumed: _clock_resumed,
    ev.TermExtended: _term_extended,
    ev.TermRecounted: _recounted,
    ev.LevelChanged: _level_changed,
    ev.PublicityStarted: _publicity_started,
    ev.ObjectionReceived: _unchanged,  # its task says what there is to do
    ev.PublicityEnded: _unchanged,  # StageFinished follows in the same breath
    ev.PaymentPlanned: _payment_planned,
    ev.InstalmentReleased: _released,
    ev.InstalmentListed: _listed,
    ev.InstalmentPaid: _paid,
    ev.PersonAppointed: _appointed,
    ev.CaseSuspended: _suspended,
    ev.CaseResumed: _resumed,
    ev.CaseRefused: _refused,
    ev.CaseWithdrawn: _withdrawn,
    ev.CaseTerminated: _terminated,
    ev.CaseRevived: _revived,
    ev.PaymentStopped: _stopped,
    ev.CaseCompleted: _completed,
    ev.VersionMoved: _version_moved,
}

_KEEP_RECALL = (
    # The decision itself and what follows from it by itself.
    ev.TaskDecided,
    ev.TaskAssigned,
    ev.TaskOpened,
    ev.TaskCancelled,
    ev.StageFinished,
    ev.StageSkipped,
    ev.StageEntered,
    ev.StageReturned,
    ev.StageResumed,
    ev.ClockStopped,
    ev.ClockResumed,
    ev.ExpertsDrawn,
    # Nobody's act on the case.
    ev.TaskReminded,
    ev.TermRecounted,
)
