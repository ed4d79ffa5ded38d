"""Walking the stages: entering, skipping by rule, joining, going back, and going on where a return came from."""

from jucai.approval import events as ev
from jucai.approval.appointing import add_months, appointment_of
from jucai.approval.asking import ask_again, ask_for, ask_step, begin_asking
from jucai.approval.clockwork import due_in, settle_clock
from jucai.approval.correcting import request_correction
from jucai.approval.counting import count_voices
from jucai.approval.proceeding import Proceeding
from jucai.approval.refusals import BrokenDefinition
from jucai.approval.state import MissingPaper, PartState, PlannedPart, TaskPurpose, TaskState, TaskStatus, Verdict
from jucai.approval.ways import COUNTED, asked_again, last_step, objectors, step_done, ways_of
from jucai.policy import ReturnMode, Stage, StageKind, stage_needed

OF_STAGE = frozenset({TaskPurpose.DECIDE, TaskPurpose.CONSULT, TaskPurpose.RANK})
"""Tasks that end with their stage."""


def enter_first(go: Proceeding) -> None:
    """Enter the first stage that applies."""
    _enter_from(go, 0)


def finish_stage(go: Proceeding) -> None:
    """End the present stage; go on where it was returned from, else to the next stage that applies."""
    stage = go.present_stage
    go.cancel_pending("本环节已办结", purposes=OF_STAGE)
    go.happen(ev.StageFinished(stage.code), ev.SYSTEM)
    if go.state.returns and go.state.returns[-1].to == stage.code:
        point = go.state.returns[-1]
        resume_stage(go, point.stage, point.round)
    else:
        _enter_from(go, 1 + _order(go).index(stage.code))


def resume_stage(go: Proceeding, code: str, round_: int) -> None:
    """Go on in a round of a stage: who has spoken has spoken, the others are asked again."""
    stage = go.stage(code)
    go.happen(ev.StageResumed(stage.code, stage.kind.value, round_), ev.SYSTEM)
    settle_clock(go)
    ask_again(go, stage, asked_again(go.state.signing(code, round_)))
    join(go)


def go_back(go: Proceeding, to: str, why: str, then: ReturnMode) -> None:
    """Go back to an earlier stage, and from there walk on, or jump back here once it is done."""
    here, order = go.state.stage, _order(go)
    again = tuple(order[order.index(to) : order.index(here) + 1]) if then is ReturnMode.AGAIN else ()
    go.happen(ev.StageReturned(here, to, why, then.value, again))
    begin_stage(go, go.stage(to))


def begin_stage(go: Proceeding, stage: Stage) -> None:
    """Enter a stage, and ask whoever it begins with."""
    go.happen(ev.StageEntered(stage.code, stage.kind.value), ev.SYSTEM)
    settle_clock(go)
    if stage.kind is StageKind.PAYMENT:
        _plan(go)
    elif stage.kind is not StageKind.PUBLICITY:
        begin_asking(go, stage)


def join(go: Proceeding) -> None:
    """See how far the present stage is: open what waited, ask the next in a way, finish it when all ways are done."""
    _open_waiting(go)
    state = go.state
    stage = go.present_stage
    if stage.kind in {StageKind.PUBLICITY, StageKind.PAYMENT}:
        return
    tasks = state.signing(stage.code, state.round)
    if stage.kind in COUNTED:
        if any(task.pending for task in tasks):
            return
        if count_voices(go, stage, tasks):
            finish_stage(go)
        return
    ways = ways_of(stage, go.programme, state)
    done = []
    for branch, way in enumerate(ways):
        step = last_step(tasks, branch)
        if not step_done(tasks, branch, step):
            done.append(False)
        elif step + 1 < len(way.units):
            ask_step(go, stage, branch, step + 1)
            done.append(False)
        else:
            done.append(True)
    if any(done) if stage.kind is StageKind.ANY_OF else all(done):
        _conclude(go, stage, tasks)


def refuse(go: Proceeding, why: str, fallen: str = "办件已作出不予通过的决定") -> None:
    """Refuse the case, with reasons; `fallen` is told to those whose tasks fall away."""
    go.end(ev.CaseRefused(go.state.stage, why), fallen)


def return_case(go: Proceeding, tasks: tuple[TaskState, ...]) -> None:
    """Carry out a return: to the earliest stage that all who returned the case named, else to the applicant."""
    office, order = go.world.office, _order(go)
    why = "；".join(dict.fromkeys(task.opinion for task in tasks))
    units = "、".join(dict.fromkeys(office.unit(task.unit).title for task in tasks))
    then = ReturnMode.AGAIN if any(task.then == ReturnMode.AGAIN.value for task in tasks) else ReturnMode.CONTINUE
    go.cancel_pending(f"{units}退回", purposes=OF_STAGE)
    if all(task.return_to for task in tasks):
        go_back(go, min((task.return_to for task in tasks), key=order.index), why, then)
        return
    missing = tuple(
        MissingPaper("opinion", f"{office.unit(task.unit).title}提出的补正要求", task.opinion) for task in tasks
    )
    request_correction(go, missing, stage=go.state.stage, why=f"{units}退回：{why}", then=then)


def _conclude(go: Proceeding, stage: Stage, tasks: tuple[TaskState, ...]) -> None:
    """Every way is done; where all had to speak first, their words are taken together now."""
    against = objectors(tasks, Verdict.REJECT)
    if against:
        office = go.world.office
        refuse(go, "；".join(f"{office.unit(task.unit).title}：{task.opinion}" for task in against))
        return
    returned = objectors(tasks, Verdict.RETURN)
    if returned:
        return_case(go, returned)
        return
    if stage.kind is StageKind.APPOINTMENT:
        go.happen(ev.PersonAppointed(appointment_of(go.programme, go.state, go.today)), ev.SYSTEM)
    finish_stage(go)


def _open_waiting(go: Proceeding) -> None:
    """Open every task whose forerunners have all spoken or fallen away."""
    for task in go.state.tasks:
        if task.status is not TaskStatus.WAITING:
            continue
        pending = {one.code for one in go.state.pending_tasks}
        if pending.intersection(task.after):
            continue
        opened, first = task.opened_at.date(), go.programme.clock.first_day_counts
        days = go.world.calendar.count_workdays(opened, task.due_on, first_day_counts=first) if task.due_on else 0
        due_on = due_in(go, days) if days else None
        go.happen(ev.TaskOpened(task.code, due_on), ev.SYSTEM)


def _order(go: Proceeding) -> list[str]:
    return [stage.code for stage in go.programme.stages]


def _enter_from(go: Proceeding, index: int) -> None:
    for stage in go.programme.stages[index:]:
        if stage.withdrawn:  # kept in the file only so that old cases still load
            continue
        applies, rule = stage_needed(stage, go.programme, go.state.values(), go.today)
        if applies:
            begin_stage(go, stage)
            return
        go.happen(ev.StageSkipped(stage.code, rule), ev.SYSTEM)
        if go.state.returns and go.state.returns[-1].to == stage.code:
            # The stage it was returned to is not needed any more: go on where the return came from.
            point = go.state.returns[-1]
            resume_stage(go, point.stage, point.round)
            return
    go.end(ev.CaseCompleted(), "办件已办结")


def _plan(go: Proceeding) -> None:
    state = go.state
    if not state.parts:
        parts = tuple(
            PlannedPart(part.number, part.count, part.amount_fen, add_months(go.today, part.after_months), part.recheck)
            for part in state.schedule
        )
        if not parts:
            raise BrokenDefinition("没有核定金额与发放安排，不能进入拨付")
        go.happen(ev.PaymentPlanned(parts), ev.SYSTEM)
    release_due(go)


def release_due(go: Proceeding) -> None:
    """Release the instalments whose day has come; some are looked at again first (续发复核)."""
    for part in go.state.parts:
        if part.state is not PartState.PLANNED or part.plan.due_on > go.today:
            continue
        if part.plan.recheck:
            stage = go.present_stage
            asked_before = sum(task.code.startswith(f"recheck-{part.plan.number}") for task in go.state.tasks)
            code = f"recheck-{part.plan.number}" + (f".{asked_before}" if asked_before else "")
            ask_for(go, stage, stage.units[0] if stage.units else "", TaskPurpose.RECHECK, code)
        else:
            go.happen(ev.InstalmentReleased(part.plan.number), ev.SYSTEM)
