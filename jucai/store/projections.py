"""Tables for lists and links, kept beside the events in the same transaction."""

from datetime import date

from sqlmodel import Session, col, select

from jucai.approval.state import CaseState, Part, PartState, TaskState, TaskStatus
from models.cases import Task
from models.effects import Instalment, PaymentState

_SHOWN_PARTS = {
    PartState.RELEASED: PaymentState.DUE,
    PartState.LISTED: PaymentState.LISTED,
    PartState.PAID: PaymentState.PAID,
}


def project_tasks(session: Session, case_id: int, before: CaseState | None, after: CaseState) -> None:
    """Bring the task rows of a case up to its state."""
    known = {task.code: task for task in before.tasks} if before else {}
    for task in after.tasks:
        if known.get(task.code) == task:
            continue
        row = session.exec(select(Task).where(Task.case_id == case_id, Task.code == task.code)).first()
        row = row or Task(
            case_id=case_id,
            code=task.code,
            stage=task.stage,
            unit=task.unit,
            opened_at=task.opened_at,
            status=task.status,
        )
        session.add(_fill(row, task))


def _fill(row: Task, task: TaskState) -> Task:
    row.status = task.status
    row.officers = list(task.officers)
    row.due_on = task.due_on
    row.decided_at = task.decided_at
    row.decided_by = task.decided_by or None
    row.verdict = task.verdict
    row.opinion = task.opinion if task.status is not TaskStatus.OPEN else ""
    return row


def project_parts(session: Session, case_id: int, before: CaseState | None, after: CaseState) -> None:
    """Bring the instalment rows of a case up to its state; only released parts have a row."""
    known = {part.plan.number: part for part in before.parts} if before else {}
    stopped = after.closed and after.phase != "completed"
    for part in after.parts:
        if part.state not in _SHOWN_PARTS or (known.get(part.plan.number) == part and not stopped):
            continue
        row = session.exec(
            select(Instalment).where(col(Instalment.case_id) == case_id, col(Instalment.number) == part.plan.number)
        ).first()
        row = row or _instalment(case_id, part)
        row.state = _SHOWN_PARTS[part.state]
        if stopped and part.state is not PartState.PAID:
            row.state = PaymentState.STOPPED
        session.add(row)


def _instalment(case_id: int, part: Part) -> Instalment:
    due_on: date = part.plan.due_on
    return Instalment(
        case_id=case_id,
        number=part.plan.number,
        count=part.plan.count,
        amount_fen=part.plan.amount_fen,
        due_on=due_on,
    )
