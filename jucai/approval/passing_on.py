"""Passing work on: transfer, delegation, standing aside, and the hand-over of somebody who leaves."""

from jucai.approval import commands as cm
from jucai.approval import events as ev
from jucai.approval.asking import asked_of, assign
from jucai.approval.assignment import Asked, able_officers, ask_clerks, must_stand_aside, spoken_elsewhere
from jucai.approval.drawing import draw_order
from jucai.approval.proceeding import Proceeding
from jucai.approval.refusals import (
    AlreadyAsked,
    FourEyes,
    MustStandAside,
    NotEntitled,
    NotNow,
    NotYours,
    OutsideUnit,
    PersonalVote,
    TaskFellAway,
)
from jucai.approval.state import Seat, TaskPurpose, TaskState
from jucai.approval.substituting import acts_for
from jucai.approval.tasks import acting, allow, is_counted, known_officer, need_reason, officer_name, open_task
from jucai.approval.walking import join
from jucai.policy import Officer, Role, Verb


def transfer(go: Proceeding, command: cm.TransferTask) -> None:
    """Give a task to a colleague or to the bureau for good (转办)."""
    task = open_task(go.state, command.task)
    _holds(go, task, command.officer)
    allow(go, task, Verb.TRANSFER)
    if is_counted(go, task) and _able_to_decide(go, task):
        raise PersonalVote("转办")
    why = need_reason(command.why, Verb.TRANSFER.label)
    to = _eligible(go, task, command.officer, command.to)
    if task.officers == (to.id,):
        raise AlreadyAsked(to.name)
    go.happen(
        ev.TaskTransferred(task.code, command.officer, to.id, to.unit, f"{_name(go, command.officer)}转办：{why}")
    )


def delegate(go: Proceeding, command: cm.DelegateTask) -> None:
    """Ask somebody for an opinion; the task waits, and comes back with it (委派)."""
    task = open_task(go.state, command.task)
    acting(go, task, command.officer)
    if task.purpose is not TaskPurpose.DECIDE:
        raise NotNow("委派", "这类待办须由本人办理")
    allow(go, task, Verb.DELEGATE)
    if is_counted(go, task):
        raise PersonalVote("委派")
    why = need_reason(command.why, Verb.DELEGATE.label)
    to = _eligible(go, task, command.officer, command.to, advice=True)
    seat = ev.TaskAssigned(
        code="",
        purpose=TaskPurpose.CONSULT,
        stage="",
        unit="",
        officers=(),
        due_on=None,
        note="",
        branch=task.branch,
        step=task.step,
        seat=Seat.BEFORE,
        origin=task.code,
    )
    note = f"{_name(go, command.officer)}委派：{why}"
    code = assign(go, go.stage(task.stage), Asked(to.unit, (to.id,), note), seat)
    go.happen(ev.TaskDelegated(task.code, command.officer, to.id, code, why))


def stand_aside(go: Proceeding, command: cm.StandAside) -> None:
    """Declare a conflict of interest (回避): the officer has nothing more to do with the case."""
    task = open_task(go.state, command.task)
    if acts_for(task.officers, command.officer, go.today, go.world.substitutions) is None:
        raise NotYours(_name(go, command.officer))
    if task.purpose is TaskPurpose.READ:
        raise NotNow("申报回避", "抄送件不作决定")
    why = need_reason(command.why, "回避")
    # Decide who comes next as if the declaration had been made already.
    go.happen(ev.OfficerRecused(task.code, command.officer, why, task.unit, task.officers, task.note))
    for one in go.state.pending_tasks:
        if command.officer in one.officers and one.purpose is not TaskPurpose.READ:
            rest = tuple(who for who in one.officers if who != command.officer)
            asked = Asked(one.unit, rest, one.note) if rest else _next_in_line(go, one, command.officer)
            _rewrite(go, one, command.officer, asked, f"{_name(go, command.officer)}申报回避")
    _join_if_walking(go)


def hand_over(go: Proceeding, command: cm.HandOver) -> None:
    """Let a successor have all tasks of somebody who leaves (离职转办)."""
    office = go.world.office
    officer = known_officer(office, command.officer)
    successor = known_officer(office, command.successor)
    if not (officer.unit == office.head_unit or Role.HEAD in officer.roles or officer.id == command.leaver):
        raise NotEntitled(officer.name, "办理离职转办", f"本人、单位负责人或{office.short_name}")
    why = need_reason(command.why, "离职转办")
    mine = [task for task in go.state.pending_tasks if command.leaver in task.officers]
    if not mine:
        raise TaskFellAway(f"{_name(go, command.leaver)}在本件没有未办的待办")
    for task in mine:
        asked = _successor_for(go, task, command.leaver, successor)
        _rewrite(go, task, command.leaver, asked, f"{_name(go, command.leaver)}离职转办：{why}")
    _join_if_walking(go)


def _rewrite(go: Proceeding, task: TaskState, leaver: str, asked: Asked | None, why: str) -> None:
    if asked is None:
        go.happen(ev.TaskCancelled(task.code, why))
    else:
        note = f"{why}；{asked.note}" if asked.note and asked.note != task.note else why
        go.happen(ev.TaskHandedOver(task.code, leaver, asked.unit, asked.officers, note))


def _successor_for(go: Proceeding, task: TaskState, leaver: str, successor: Officer) -> Asked | None:
    """Who has the task next; None where a voice simply falls away because the successor has one already."""
    office, state = go.world.office, go.state
    stage = go.stage(task.stage) if task.stage else None
    spoken = spoken_elsewhere(state, stage) if stage and task.purpose is TaskPurpose.DECIDE else frozenset()
    others = tuple(who for who in task.officers if who != leaver)
    if able_officers([successor], office, state, spoken):
        if is_counted(go, task) and _has_voice(go, task, successor.id):
            return None
        unit = successor.unit if not others else task.unit
        return Asked(unit, tuple(dict.fromkeys((*others, successor.id))))
    if others:
        return Asked(task.unit, others)
    return _next_in_line(go, task, leaver)


def _next_in_line(go: Proceeding, task: TaskState, leaver: str) -> Asked | None:
    """Somebody else for a task nobody is left for: the next drawn, the rest of the unit, the head."""
    if task.purpose is TaskPurpose.VERIFY or not task.stage:
        return _without(ask_clerks(go.world.office, go.state), leaver)
    stage = go.stage(task.stage)
    if is_counted(go, task):
        return _next_voice(go, task)
    return _without(asked_of(go, stage, task.asked or task.unit), leaver)


def _next_voice(go: Proceeding, task: TaskState) -> Asked | None:
    draw = next((one for one in reversed(go.state.draws) if one.stage == task.stage), None)
    voices = {who for one in go.state.signing(task.stage, task.round) for who in (*one.officers, one.decided_by)}
    for who in draw_order(draw.pool, draw.seed) if draw else ():
        officer = go.world.office.officer(who)
        if officer is not None and who not in voices and not must_stand_aside(officer, go.world.office, go.state):
            return Asked(officer.unit, (who,), "按抽取次序递补")
    others = [one for one in go.state.signing(task.stage, task.round) if one.code != task.code]
    if any(one.pending or one.decided_by for one in others):
        return None  # the others are enough of a panel; whether they are a quorum is seen when voices are counted
    return asked_of(go, go.stage(task.stage), go.world.office.head_unit)


def _without(asked: Asked, leaver: str) -> Asked:
    left = tuple(who for who in asked.officers if who != leaver)
    return Asked(asked.unit, left or asked.officers, asked.note)


def _has_voice(go: Proceeding, task: TaskState, who: str) -> bool:
    return any(
        who in one.officers or who == one.decided_by
        for one in go.state.signing(task.stage, task.round)
        if one.code != task.code
    )


def _able_to_decide(go: Proceeding, task: TaskState) -> tuple[str, ...]:
    """Who of those asked may decide: a voice that came to the bureau for want of voters may have nobody."""
    people = [officer for who in task.officers if (officer := go.world.office.officer(who)) is not None]
    return able_officers(people, go.world.office, go.state, spoken_elsewhere(go.state, go.stage(task.stage)))


def _holds(go: Proceeding, task: TaskState, who: str) -> None:
    """Whoever has a task may pass it on, also one who has to stand aside."""
    if acts_for(task.officers, who, go.today, go.world.substitutions) is None:
        raise NotYours(_name(go, who))


def _eligible(go: Proceeding, task: TaskState, giver: str, to: str, *, advice: bool = False) -> Officer:
    office = go.world.office
    officer = known_officer(office, to)
    if to == giver:
        raise AlreadyAsked(officer.name)
    if must_stand_aside(officer, office, go.state):
        raise MustStandAside(officer.name)
    near = {task.unit, known_officer(office, giver).unit}
    if Role.PARTNER in officer.roles and officer.unit not in near:
        raise OutsideUnit(officer.name, office.short_name)
    if not advice and officer.unit not in near and office.head_unit not in {*near, officer.unit}:
        raise OutsideUnit(officer.name, office.short_name)
    if not advice and task.purpose is TaskPurpose.DECIDE and to in spoken_elsewhere(go.state, go.stage(task.stage)):
        raise FourEyes(officer.name)
    return officer


def _join_if_walking(go: Proceeding) -> None:
    if go.state.phase.value == "in_stages" and go.state.stage:
        join(go)


def _name(go: Proceeding, who: str) -> str:
    return officer_name(go.world.office, who)
