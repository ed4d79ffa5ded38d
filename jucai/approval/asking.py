"""Asking people: the tasks a step of a stage begins with, and the same ones again after a return."""

from dataclasses import replace

from jucai.approval import events as ev
from jucai.approval.assignment import Asked, able_officers, ask, ask_clerks, spoken_elsewhere
from jucai.approval.clockwork import due_in
from jucai.approval.drawing import draw_order
from jucai.approval.proceeding import Proceeding
from jucai.approval.refusals import BrokenDefinition
from jucai.approval.state import Seat, TaskPurpose, TaskState
from jucai.approval.ways import COUNTED, Way, rule_of, ways_of
from jucai.policy import Officer, Stage, StageKind


def begin_asking(go: Proceeding, stage: Stage) -> None:
    """Ask everybody a stage begins with; `BrokenDefinition` where it names nobody."""
    ways = ways_of(stage, go.programme, go.state)
    if not ways or not ways[0].units:
        raise BrokenDefinition(f"环节“{stage.title}”没有办理单位")
    if stage.kind in COUNTED:
        _ask_voters(go, stage, ways)
        return
    for branch in range(len(ways)):
        ask_step(go, stage, branch, 0)


def ask_step(go: Proceeding, stage: Stage, branch: int, step: int) -> None:
    """Ask the unit of one step of a way."""
    way = ways_of(stage, go.programme, go.state)[branch]
    unit = way.units[step]
    asked = asked_of(go, stage, unit)
    assign(go, stage, asked, replace(_SEAT, asked=unit, branch=branch, step=step), days=way.due_days)


def asked_of(go: Proceeding, stage: Stage, unit: str) -> Asked:
    """Who takes a task of that unit in this stage."""
    return ask(go.world.office, unit, go.state, spoken_elsewhere(go.state, stage), stage.role)


def assign(go: Proceeding, stage: Stage, asked: Asked, seat: ev.TaskAssigned, *, days: int = 0, code: str = "") -> str:
    """Write a task down; `seat` says what kind it is. Gives its code, unique within the case."""
    if not code:
        number = 1 + sum(task.stage == stage.code and task.purpose is seat.purpose for task in go.state.tasks)
        prefix = stage.code if seat.purpose is TaskPurpose.DECIDE else f"{stage.code}-{seat.purpose.value}"
        code = f"{prefix}-{number}"
    days = days or stage.due_days
    go.happen(
        replace(
            seat,
            code=code,
            stage=stage.code,
            unit=asked.unit,
            officers=asked.officers,
            due_on=due_in(go, days) if days else None,
            note=asked.note,
        ),
        ev.SYSTEM,
    )
    return code


def ask_for(go: Proceeding, stage: Stage, unit: str, purpose: TaskPurpose, code: str = "") -> None:
    """Ask a unit for something beside the decision of the stage: a recheck, a ranking."""
    asked = asked_of(go, stage, unit) if unit else ask_clerks(go.world.office, go.state)
    assign(go, stage, asked, replace(_SEAT, purpose=purpose, asked=unit), code=code)


def ask_again(go: Proceeding, stage: Stage, tasks: tuple[TaskState, ...]) -> None:
    """Ask again what a return had ended: the same people in the same seats, as far as they still can."""
    codes: dict[str, str] = {}
    for task in tasks:
        asked = _same_people(go, stage, task)
        after = tuple(codes.get(code, "") or code for code in task.after)
        pending = {one.code for one in go.state.pending_tasks}
        seat = replace(
            _SEAT,
            asked=task.asked,
            branch=task.branch,
            step=task.step,
            seat=task.seat,
            origin=codes.get(task.origin, task.origin),
            after=tuple(code for code in after if code in pending),
            replaces=task.code,
            weight=task.weight,
        )
        ways = ways_of(stage, go.programme, go.state)
        days = ways[task.branch].due_days if task.branch < len(ways) else stage.due_days
        codes[task.code] = assign(go, stage, asked, seat, days=days)


def _same_people(go: Proceeding, stage: Stage, task: TaskState) -> Asked:
    office = go.world.office
    people = [officer for who in task.officers if (officer := office.officer(who)) is not None]
    able = able_officers(people, office, go.state, spoken_elsewhere(go.state, stage))
    if able:
        return Asked(task.unit, able, task.note)
    return asked_of(go, stage, task.asked or task.unit)


def _ask_voters(go: Proceeding, stage: Stage, ways: tuple[Way, ...]) -> None:
    """Everybody of the units has a voice of their own; of a pool of experts so many are drawn."""
    office, state, rule = go.world.office, go.state, rule_of(stage)
    spoken = spoken_elsewhere(state, stage)
    voters: dict[str, tuple[str, int]] = {}
    left_out: list[str] = []
    for way in ways:
        for unit in way.units:
            found = office.resolve(unit, state.values())
            able = able_officers(found.officers, office, state, spoken)
            left_out += [officer.id for officer in found.officers if officer.id not in able]
            voters |= {who: (unit, rule.weights.get(unit, 1)) for who in able if who not in voters}
    pool = tuple(voters)
    if stage.kind is StageKind.PANEL and rule.experts:
        seed = f"{go.world.seed}/{state.number}/{stage.code}/{state.round}"
        drawn = draw_order(pool, seed)[: rule.experts]
        go.happen(ev.ExpertsDrawn(stage.code, pool, tuple(left_out), seed, drawn), ev.SYSTEM)
        voters = {who: voters[who] for who in drawn}
    if not voters:
        unit = ways[0].units[0]
        assign(go, stage, asked_of(go, stage, unit), replace(_SEAT, asked=unit), days=ways[0].due_days)
        return
    for branch, (who, (unit, weight)) in enumerate(voters.items()):
        voter: Officer = office.all_officers[who]
        seat = replace(_SEAT, asked=unit, branch=branch, weight=weight)
        assign(go, stage, Asked(voter.unit, (who,)), seat, days=ways[0].due_days)


_SEAT = ev.TaskAssigned(
    code="", purpose=TaskPurpose.DECIDE, stage="", unit="", officers=(), due_on=None, note="", seat=Seat.UNIT
)
