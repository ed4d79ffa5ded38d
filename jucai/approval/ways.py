"""The parallel ways through a stage: which units speak, in which order, each on its own clock."""

from dataclasses import dataclass
from datetime import date

from jucai.approval.state import CaseState, Seat, TaskState, TaskStatus, Verdict
from jucai.policy import (
    CannotTellError,
    Evaluator,
    Facts,
    Programme,
    Route,
    Stage,
    StageKind,
    VoteRule,
)
from jucai.policy.history import History

COUNTED = frozenset({StageKind.VOTE, StageKind.PANEL})
"""Kinds in which everybody has a voice of their own, and the voices are counted."""


@dataclass(frozen=True, slots=True)
class Way:
    """One parallel way: its units speak one after the other, each within `due_days` working days."""

    units: tuple[str, ...]
    due_days: int


def ways_of(stage: Stage, programme: Programme, state: CaseState) -> tuple[Way, ...]:
    """The ways of a stage in this case, after its routes by amount and category."""
    on = state.accepted_on or state.opened_at.date()
    route = next((one for one in stage.routes if _holds(one, programme, state, on)), None)
    units = route.units if route else stage.units
    if stage.kind is StageKind.IN_ORDER:
        return (Way(units, stage.due_days),)
    if route is None and stage.branches:
        return tuple(
            Way(branch.units, stage.due_days if branch.due_days is None else branch.due_days)
            for branch in stage.branches
        )
    return tuple(Way((unit,), stage.due_days) for unit in units)


def rule_of(stage: Stage) -> VoteRule:
    """How votes and scores are counted in a stage."""
    return stage.vote or VoteRule()


def _holds(route: Route, programme: Programme, state: CaseState, on: date) -> bool:
    if route.amount_from is not None and (state.amount_fen is None or state.amount_fen < route.amount_from.fen):
        return False
    if route.when is None:
        return True
    rules = Evaluator(Facts(state.values(), programme.vocabulary), History((), on), on)
    try:
        return bool(rules.result(route.when))
    except CannotTellError:
        return False  # what cannot be told goes the usual way


def step_done(tasks: tuple[TaskState, ...], branch: int, step: int) -> bool:
    """Whether everybody asked in one step of a way has spoken, or kept silent past their term."""
    here = [task for task in tasks if (task.branch, task.step) == (branch, step)]
    return any(spoke(task) for task in here) and not any(task.pending for task in here)


def spoke(task: TaskState) -> bool:
    """Whether a task ended with a word, or with a silence that counts as one."""
    return task.status in {TaskStatus.DONE, TaskStatus.LAPSED}


def last_step(tasks: tuple[TaskState, ...], branch: int) -> int:
    """The furthest step that was asked on a way, and was not taken back (拿回); −1 where none was."""
    asked = (task.step for task in tasks if task.branch == branch and task.status is not TaskStatus.CANCELLED)
    return max(asked, default=-1)


def objectors(tasks: tuple[TaskState, ...], verdict: Verdict) -> tuple[TaskState, ...]:
    """The tasks that ended with this verdict."""
    return tuple(task for task in tasks if task.status is TaskStatus.DONE and task.verdict is verdict)


def asked_again(tasks: tuple[TaskState, ...]) -> tuple[TaskState, ...]:
    """The tasks that a return had ended, which are asked again when the case comes back."""
    returned = objectors(tasks, Verdict.RETURN)
    if not returned:
        return tuple(task for task in tasks if task.status is TaskStatus.CANCELLED and task.seat is Seat.UNIT)
    since = max(task.closed_rev for task in returned)
    return tuple(
        task for task in tasks if task in returned or (task.status is TaskStatus.CANCELLED and task.closed_rev > since)
    )
