"""Tables for lists and links, kept beside the events in the same transaction."""

from datetime import date
from typing import Any, cast

import sqlalchemy as sa
from sqlmodel import Session, col, select

from jucai.approval.state import CaseState, Part, PartState, Phase, TaskState
from models.cases import Case, Task
from models.effects import Instalment, PaymentState

_TASKS = cast("sa.Table", Task.__table__)  # type: ignore[attr-defined] # SQLModel gives it at run time
_ADD_TASKS = _TASKS.insert()
_FOLLOWS = (
    "unit",
    "status",
    "officers",
    "due_on",
    "decided_at",
    "decided_by",
    "verdict",
    "opinion",
    "note",
    "reminders",
)
_THIS_TASK = sa.and_(_TASKS.c.case_id == sa.bindparam("to_case_id"), _TASKS.c.code == sa.bindparam("to_code"))
_CHANGE_TASK = _TASKS.update().where(_THIS_TASK).values({name: sa.bindparam(f"to_{name}") for name in _FOLLOWS})
_TELL_AGAIN = _TASKS.update().where(_THIS_TASK).values(notified_at=None)

_SHOWN_PARTS = {
    PartState.RELEASED: PaymentState.DUE,
    PartState.LISTED: PaymentState.LISTED,
    PartState.PAID: PaymentState.PAID,
}


def project_tasks(connection: sa.Connection, case_id: int, before: CaseState | None, after: CaseState) -> None:
    """Bring the task rows of a case up to its state: one statement for what is new, one for what changed."""
    known = {task.code: task for task in before.tasks} if before else {}
    fresh = [task_values(case_id, task) for task in after.tasks if task.code not in known]
    changed = [(task, known[task.code]) for task in after.tasks if task.code in known and known[task.code] is not task]
    if fresh:
        connection.execute(_ADD_TASKS, fresh)
    for task, old in changed:
        if old == task:
            continue
        values = task_values(case_id, task)
        connection.execute(_CHANGE_TASK, {f"to_{key}": value for key, value in values.items()})
        # Whoever is new to a task, or is reminded by a person, is told of it.
        if set(task.officers) - set(old.officers) or (task.reminders > old.reminders and task.rung == old.rung):
            connection.execute(_TELL_AGAIN, {"to_case_id": case_id, "to_code": task.code})


def rewrite_tasks(connection: sa.Connection, case_id: int, state: CaseState) -> None:
    """Write all task rows of a case over whatever stands there, and remove those the case does not know."""
    stored = set(connection.execute(sa.select(_TASKS.c.code).where(_TASKS.c.case_id == case_id)).scalars())
    for code in stored - {task.code for task in state.tasks}:
        connection.execute(_TASKS.delete().where(_TASKS.c.case_id == case_id, _TASKS.c.code == code))
    for task in state.tasks:
        values = task_values(case_id, task)
        if task.code in stored:
            there = (_TASKS.c.case_id == case_id, _TASKS.c.code == task.code)
            connection.execute(_TASKS.update().where(*there).values(values))
        else:
            connection.execute(_ADD_TASKS, [values])


def task_values(case_id: int, task: TaskState) -> dict[str, Any]:
    """The columns of a task's row that follow from the state of its case."""
    return {
        "case_id": case_id,
        "code": task.code,
        "stage": task.stage,
        "unit": task.unit,
        "status": task.status.value,
        "officers": list(task.officers),
        "opened_at": task.opened_at,
        "due_on": task.due_on,
        "decided_at": task.decided_at,
        "decided_by": task.decided_by or None,
        "verdict": task.verdict.value if task.verdict else None,
        "opinion": task.opinion if not task.pending else "",
        "note": task.note,
        "reminders": task.reminders,
    }


def refresh(session: Session, case_id: int) -> None:
    """Read again what the session holds of this case: statements have changed it behind its back."""
    for held in list(session.identity_map.values()):
        mine = held.case_id if isinstance(held, Task) else held.id if isinstance(held, Case) else None
        if mine == case_id:
            session.refresh(held)


def project_parts(session: Session, case_id: int, before: CaseState | None, after: CaseState) -> None:
    """Bring the instalment rows of a case up to its state; only released parts have a row."""
    if not after.parts:
        return
    known = set(shown_parts(before)) if before else set()
    plans = {part.plan.number: part for part in after.parts}
    for number, amount, state in shown_parts(after):
        if (number, amount, state) in known:
            continue
        row = session.exec(
            select(Instalment).where(col(Instalment.case_id) == case_id, col(Instalment.number) == number)
        ).first()
        row = row or _instalment(case_id, plans[number])
        row.amount_fen, row.state = amount, state
        session.add(row)


def shown_parts(state: CaseState) -> tuple[tuple[int, int, str], ...]:
    """The instalments that have a row: number, amount in 分, and how far each is.

    Of a case that ended before everything was paid the rest is stopped.
    """
    stopped = state.closed and state.phase is not Phase.COMPLETED
    return tuple(
        (
            part.plan.number,
            part.plan.amount_fen,
            (PaymentState.STOPPED if stopped and part.state is not PartState.PAID else _SHOWN_PARTS[part.state]).value,
        )
        for part in state.parts
        if part.state in _SHOWN_PARTS
    )


def _instalment(case_id: int, part: Part) -> Instalment:
    due_on: date = part.plan.due_on
    return Instalment(
        case_id=case_id,
        number=part.plan.number,
        count=part.plan.count,
        amount_fen=part.plan.amount_fen,
        due_on=due_on,
    )
