"""Tables for lists and links, kept beside the events in the same transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

import sqlalchemy as sa
from sqlmodel import Session, col, select

from jucai.approval.state import CaseState, Part, PartState, Phase, TaskState
from jucai.store.prepared import Prepared
from models.cases import Case, Task
from models.effects import Instalment, PaymentState

_TASKS = cast("sa.Table", Task.__table__)  # type: ignore[attr-defined] # SQLModel gives it at run time
CHANGED_TASK = (
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
_THIS_TASK = sa.and_(_TASKS.c.case_id == sa.bindparam("of_case"), _TASKS.c.code == sa.bindparam("of_code"))
ADDED_TASK = ("case_id", "code", "stage", "opened_at", *CHANGED_TASK)
ADD_TASKS = Prepared(_TASKS.insert().inline(), *ADDED_TASK)
CHANGE_TASKS = Prepared(_TASKS.update().where(_THIS_TASK).values({name: sa.bindparam(name) for name in CHANGED_TASK}))
TELL_AGAIN = Prepared(_TASKS.update().where(_THIS_TASK).values(notified_at=sa.null()))

_SHOWN_PARTS = {
    PartState.RELEASED: PaymentState.DUE,
    PartState.LISTED: PaymentState.LISTED,
    PartState.PAID: PaymentState.PAID,
}


@dataclass(slots=True)
class TaskRows:
    """Task rows to be added and changed, and those whose officers are to be told of them once more."""

    fresh: list[Mapping[str, Any]] = field(default_factory=list)
    changed: list[Mapping[str, Any]] = field(default_factory=list)
    told_again: list[Mapping[str, Any]] = field(default_factory=list)

    def bring_up(self, case_id: int, before: CaseState | None, after: CaseState) -> None:
        """Bring the task rows of a case up to its state."""
        known = {task.code: task for task in before.tasks} if before else {}
        for task in after.tasks:
            old = known.get(task.code)
            if old is None:
                self.fresh.append(task_values(case_id, task))
            elif old is not task and old != task:
                self.changed.append({**task_values(case_id, task), "of_case": case_id, "of_code": task.code})
                # Whoever is new to a task, or is reminded by a person, is told of it.
                if set(task.officers) - set(old.officers) or (task.reminders > old.reminders and task.rung == old.rung):
                    self.told_again.append({"of_case": case_id, "of_code": task.code})


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
            ADD_TASKS.run(connection, values)


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


def refresh(session: Session, number: str) -> None:
    """Read again what the session holds of this case: statements have changed it behind its back."""
    held = list(session.identity_map.values())
    cases = [one for one in held if isinstance(one, Case) and one.number == number]
    ids = {case.id for case in cases}
    for one in [*cases, *(one for one in held if isinstance(one, Task) and one.case_id in ids)]:
        session.refresh(one)


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
