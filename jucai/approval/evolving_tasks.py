"""Events → state, for what happens to tasks: one small function each."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from jucai.approval import task_events as ev
from jucai.approval.state import (
    AgendaItem,
    CaseState,
    Draw,
    Part,
    PartState,
    Phase,
    Rank,
    RecallPoint,
    Seat,
    TaskPurpose,
    TaskState,
    TaskStatus,
    changed,
    settle,
    task_changed,
)
from jucai.approval.values import Moment


def part_number(code: str) -> int:
    """The instalment a 续发复核 is about: `recheck-2`, and `recheck-2.1` where it was asked again."""
    return int(code.split("-")[1].split(".", maxsplit=1)[0])


def with_part(parts: tuple[Part, ...], number: int, **changes: Any) -> tuple[Part, ...]:
    """The parts with one of them changed."""
    return tuple(replace(part, **changes) if part.plan.number == number else part for part in parts)


def _with_task(state: CaseState, code: str, **changes: Any) -> CaseState:
    tasks = tuple(task_changed(task, **changes) if task.code == code else task for task in state.tasks)
    return changed(state, tasks=tasks)


def _assigned(state: CaseState, event: ev.TaskAssigned, now: Moment) -> CaseState:
    task = TaskState(
        code=event.code,
        purpose=event.purpose,
        stage=event.stage,
        unit=event.unit,
        officers=event.officers,
        opened_at=now.at,
        due_on=event.due_on,
        status=TaskStatus.WAITING if event.after else TaskStatus.OPEN,
        note=event.note,
        asked=event.asked,
        round=state.round,
        branch=event.branch,
        step=event.step,
        seat=event.seat,
        origin=event.origin,
        after=event.after,
        replaces=event.replaces,
        weight=event.weight,
        opened_rev=now.revision,
    )
    parts = state.parts
    if event.purpose is TaskPurpose.RECHECK:
        parts = with_part(parts, part_number(event.code), state=PartState.RECHECKING)
    return changed(state, tasks=(*state.tasks, task), parts=parts)


def _opened(state: CaseState, event: ev.TaskOpened, _: Moment) -> CaseState:
    return _with_task(state, event.code, status=TaskStatus.OPEN, due_on=event.due_on)


def _decided(state: CaseState, event: ev.TaskDecided, now: Moment) -> CaseState:
    task = state.task(event.code)
    recall = state.recall
    if task is not None and task.purpose is TaskPurpose.DECIDE:
        recall = RecallPoint(
            code=event.code,
            stage=state.stage,
            round=state.round,
            revision=now.revision,
            finished=state.finished,
            skipped=state.skipped,
            returns=state.returns,
            result=state.result,
        )
    elif task is not None and task.purpose is not TaskPurpose.READ:
        recall = None
    decided = _with_task(
        state,
        event.code,
        status=TaskStatus.DONE,
        verdict=event.verdict,
        decided_by=event.officer,
        decided_at=now.at,
        opinion=event.opinion,
        behalf=event.behalf,
        scores=event.scores,
        return_to=event.return_to,
        then=event.then,
        closed_rev=now.revision,
    )
    return settle(decided, recall=recall)


def _cancelled(state: CaseState, event: ev.TaskCancelled, now: Moment) -> CaseState:
    return _with_task(state, event.code, status=TaskStatus.CANCELLED, opinion=event.why, closed_rev=now.revision)


def _lapsed(state: CaseState, event: ev.TaskLapsed, now: Moment) -> CaseState:
    return _with_task(state, event.code, status=TaskStatus.LAPSED, opinion=event.rule, closed_rev=now.revision)


def _transferred(state: CaseState, event: ev.TaskTransferred, _: Moment) -> CaseState:
    return _with_task(state, event.code, officers=(event.to,), unit=event.unit, note=event.why, escalated=False, rung=0)


def _delegated(state: CaseState, event: ev.TaskDelegated, _: Moment) -> CaseState:
    return _wait_for(state, event.code, event.task)


def _signer_added(state: CaseState, event: ev.SignerAdded, _: Moment) -> CaseState:
    return _wait_for(state, event.code, event.task) if event.seat is Seat.BEFORE else state


def _wait_for(state: CaseState, code: str, other: str) -> CaseState:
    task = state.task(code)
    assert task is not None
    return _with_task(state, code, status=TaskStatus.WAITING, after=(*task.after, other))


def _signer_dropped(state: CaseState, event: ev.SignerDropped, now: Moment) -> CaseState:
    return _with_task(state, event.code, status=TaskStatus.CANCELLED, opinion=event.why, closed_rev=now.revision)


def _recalled(state: CaseState, event: ev.DecisionRecalled, now: Moment) -> CaseState:
    point = state.recall
    assert point is not None, "only the decision that can be recalled is recalled"
    tasks = []
    for task in state.tasks:
        if task.code == event.code:
            tasks.append(
                task_changed(
                    task,
                    status=TaskStatus.OPEN,
                    verdict=None,
                    decided_by="",
                    decided_at=None,
                    opinion="",
                    behalf="",
                    scores={},
                    return_to="",
                    then="",
                    closed_rev=0,
                )
            )
        elif task.code in event.cancelled:
            why = event.why or "前一办理人拿回"
            tasks.append(task_changed(task, status=TaskStatus.CANCELLED, opinion=why, closed_rev=now.revision))
        elif task.code in event.reopened:
            tasks.append(task_changed(task, status=TaskStatus.OPEN, opinion="", closed_rev=0))
        else:
            tasks.append(task)
    return changed(
        state,
        tasks=_waiting_again(tuple(tasks)),
        stage=point.stage,
        round=point.round,
        phase=Phase.IN_STAGES,
        finished=point.finished,
        skipped=point.skipped,
        returns=point.returns,
        result=point.result,
        recall=None,
    )


def _waiting_again(tasks: tuple[TaskState, ...]) -> tuple[TaskState, ...]:
    """Tasks that wait for one that is pending again wait again."""
    pending = {task.code for task in tasks if task.pending}
    return tuple(
        task_changed(task, status=TaskStatus.WAITING) if task.pending and pending.intersection(task.after) else task
        for task in tasks
    )


def _recused(state: CaseState, event: ev.OfficerRecused, _: Moment) -> CaseState:
    recused = tuple(dict.fromkeys((*state.recused, event.officer)))
    moved = _with_task(state, event.code, officers=event.officers, unit=event.unit, note=event.note)
    return changed(moved, recused=recused)


def _handed_over(state: CaseState, event: ev.TaskHandedOver, _: Moment) -> CaseState:
    return _with_task(state, event.code, officers=event.officers, unit=event.unit, note=event.why)


def _reminded(state: CaseState, event: ev.TaskReminded, now: Moment) -> CaseState:
    task = state.task(event.code)
    assert task is not None
    return _with_task(
        state,
        event.code,
        rung=max(task.rung, event.rung),
        reminders=task.reminders + 1,
        reminded_on=now.at.date(),
    )


def _escalated(state: CaseState, event: ev.TaskEscalated, _: Moment) -> CaseState:
    task = state.task(event.code)
    assert task is not None
    officers = tuple(dict.fromkeys((*task.officers, event.to))) if event.to else task.officers
    return _with_task(state, event.code, officers=officers, escalated=True, note=event.why)


def _drawn(state: CaseState, event: ev.ExpertsDrawn, _: Moment) -> CaseState:
    draw = Draw(event.stage, event.pool, event.left_out, event.seed, event.drawn)
    return changed(state, draws=(*state.draws, draw))


def _scored(state: CaseState, event: ev.PanelScored, _: Moment) -> CaseState:
    return changed(state, result=event.result, rank=None)


def _ranked(state: CaseState, event: ev.CaseRanked, _: Moment) -> CaseState:
    rank = Rank(event.place, event.among, event.quota, event.within, event.explanation)
    return changed(state, rank=rank)


def _on_agenda(state: CaseState, event: ev.PutOnAgenda, _: Moment) -> CaseState:
    return changed(state, agenda=AgendaItem(event.meeting, event.position))


def _off_agenda(state: CaseState, event: Any, _: Moment) -> CaseState:  # noqa: ARG001 - one signature for all
    return changed(state, agenda=None)


def _unchanged(state: CaseState, event: Any, _: Moment) -> CaseState:  # noqa: ARG001 - one signature for all
    return state


TASK_CHANGES: dict[type, Callable[[CaseState, Any, Moment], CaseState]] = {
    ev.TaskAssigned: _assigned,
    ev.TaskOpened: _opened,
    ev.TaskDecided: _decided,
    ev.TaskCancelled: _cancelled,
    ev.TaskLapsed: _lapsed,
    ev.TaskTransferred: _transferred,
    ev.TaskDelegated: _delegated,
    ev.SignerAdded: _signer_added,
    ev.SignerDropped: _signer_dropped,
    ev.DecisionRecalled: _recalled,
    ev.OfficerRecused: _recused,
    ev.TaskHandedOver: _handed_over,
    ev.TaskReminded: _reminded,
    ev.TaskEscalated: _escalated,
    ev.ExpertsDrawn: _drawn,
    ev.VotingClosed: _unchanged,  # what it closes is cancelled in the same breath
    ev.VotesCounted: _unchanged,  # StageFinished or CaseRefused follows
    ev.PanelScored: _scored,
    ev.CaseRanked: _ranked,
    ev.PutOnAgenda: _on_agenda,
    ev.TakenOffAgenda: _off_agenda,
    ev.MinutesRecorded: _off_agenda,  # TaskDecided follows
}
