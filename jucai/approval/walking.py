"""Walking the stages: entering, skipping by rule, joining, going back, and what each kind of stage begins with."""

from jucai.approval import events as ev
from jucai.approval.appointing import add_months, appointment_of
from jucai.approval.assignment import ask, ask_clerks
from jucai.approval.proceeding import Proceeding
from jucai.approval.state import PartState, PlannedPart, TaskPurpose, TaskStatus, Verdict
from jucai.approval.statutory import last_day
from jucai.policy import Stage, StageKind, stage_needed

PARALLEL = frozenset(
    {
        StageKind.ALL_OF,
        StageKind.AGREEMENT,
        StageKind.ANY_OF,
        StageKind.MEETING,
        StageKind.ASSESSMENT,
        StageKind.APPOINTMENT,
    }
)
"""Kinds in which every unit named is asked at once and each must speak; within a unit one officer is enough."""

SUPPORTED = PARALLEL | {StageKind.IN_ORDER, StageKind.PUBLICITY, StageKind.PAYMENT}


def enter_first(go: Proceeding) -> None:
    """Enter the first stage that applies."""
    _enter_from(go, 0)


def finish_stage(go: Proceeding) -> None:
    """End the present stage and enter the next one that applies."""
    stage = go.stage(go.state.stage)
    go.happen(ev.StageFinished(stage.code), ev.SYSTEM)
    if stage.stops_clock:
        resume_clock(go)
    _enter_from(go, 1 + [s.code for s in go.programme.stages].index(stage.code))


def resume(go: Proceeding, stage: str) -> None:
    """Continue where a case was returned from."""
    resume_clock(go)
    _begin(go, go.stage(stage))


def resume_at(go: Proceeding, stage: str) -> None:
    """Begin a stage anew, as the case's present version has it."""
    _begin(go, go.stage(stage))


def walk_again(go: Proceeding, to: str, why: str) -> None:
    """Go back to an earlier stage and walk on from there."""
    go.happen(ev.StageReturned(go.state.stage, to, why))
    _begin(go, go.stage(to))


def resume_clock(go: Proceeding) -> None:
    """Let the statutory clock run again, with the new last day."""
    state = go.state
    if all(pause.last for pause in state.pauses) or state.accepted_on is None:
        return
    limit = go.programme.clock.decision_days
    due_on = last_day(state.accepted_on, limit, state.pauses, go.world.calendar, go.today) if limit else None
    go.happen(ev.ClockResumed(go.today, due_on), ev.SYSTEM)


def _enter_from(go: Proceeding, index: int) -> None:
    for stage in go.programme.stages[index:]:
        if stage.withdrawn:  # kept in the file only so that old cases still load
            continue
        applies, rule = stage_needed(stage, go.programme, go.state.values(), go.today)
        if applies:
            _begin(go, stage)
            return
        go.happen(ev.StageSkipped(stage.code, rule), ev.SYSTEM)
    go.happen(ev.CaseCompleted(), ev.SYSTEM)


def _begin(go: Proceeding, stage: Stage) -> None:
    go.happen(ev.StageEntered(stage.code, stage.kind.value), ev.SYSTEM)
    if stage.stops_clock:
        go.happen(ev.ClockStopped(go.today, stage.stop_cause or stage.title), ev.SYSTEM)
    if stage.kind is StageKind.PAYMENT:
        _plan(go)
    elif stage.kind is StageKind.IN_ORDER:
        ask_unit(go, stage, stage.units[0])
    elif stage.kind is not StageKind.PUBLICITY:
        for unit in stage.units:
            ask_unit(go, stage, unit)


def ask_unit(
    go: Proceeding, stage: Stage, unit: str, purpose: TaskPurpose = TaskPurpose.DECIDE, code: str = ""
) -> None:
    """Ask one unit; its task has a code of its own in each round."""
    state = go.state
    already = frozenset(task.decided_by for task in state.tasks if stage.four_eyes and task.status is TaskStatus.DONE)
    asked = ask(go.world.office, unit, state, already) if unit else ask_clerks(go.world.office, state)
    number = 1 + sum(task.stage == stage.code and task.purpose is purpose for task in state.tasks)
    due_on = go.world.calendar.add_workdays(go.today, stage.due_days) if stage.due_days else None
    go.happen(
        ev.TaskAssigned(
            code or f"{stage.code}-{number}",
            purpose,
            stage.code,
            asked.unit,
            asked.officers,
            due_on,
            asked.note,
        ),
        ev.SYSTEM,
    )


def join(go: Proceeding) -> None:
    """Finish the stage if everybody it asks has agreed; in-order stages ask the next unit."""
    state = go.state
    if any(task.purpose is TaskPurpose.DECIDE for task in state.open_tasks):
        return
    stage = go.stage(state.stage)
    if stage.kind is StageKind.IN_ORDER:
        spoken = _agreed_since_entering(go, stage)
        if spoken < len(stage.units):
            ask_unit(go, stage, stage.units[spoken])
            return
    if stage.kind is StageKind.APPOINTMENT:
        go.happen(ev.PersonAppointed(appointment_of(go.programme, state, go.today)), ev.SYSTEM)
    finish_stage(go)


def _agreed_since_entering(go: Proceeding, stage: Stage) -> int:
    agreed = 0
    for task in go.state.tasks:
        if task.stage != stage.code or task.purpose is not TaskPurpose.DECIDE:
            continue
        agreed = agreed + 1 if task.verdict is Verdict.APPROVE else 0
    return agreed


def _plan(go: Proceeding) -> None:
    state = go.state
    if state.parts:
        return
    parts = tuple(
        PlannedPart(part.number, part.count, part.amount_fen, add_months(go.today, part.after_months), part.recheck)
        for part in state.schedule
    )
    go.happen(ev.PaymentPlanned(parts), ev.SYSTEM)
    release_due(go)


def release_due(go: Proceeding) -> None:
    """Release the instalments whose day has come; some are looked at again first (续发复核)."""
    for part in go.state.parts:
        if part.state is not PartState.PLANNED or part.plan.due_on > go.today:
            continue
        if part.plan.recheck:
            stage = go.stage(go.state.stage)
            unit = stage.units[0] if stage.units else ""
            ask_unit(go, stage, unit, TaskPurpose.RECHECK, f"recheck-{part.plan.number}")
        else:
            go.happen(ev.InstalmentReleased(part.plan.number), ev.SYSTEM)
