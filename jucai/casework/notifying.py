"""Telling officers what waits for them: one mail for each officer, however many cases it names."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from jucai.approval.state import TaskStatus
from jucai.approval.substituting import stand_ins
from jucai.approval.values import Substitution
from jucai.store.bureau import Bureau
from jucai.store.database import transaction
from jucai.store.outbox import queue_mail
from jucai.store.substitutes import substitutions
from models.cases import Case, Task

_MOST = 200  # tasks in one mail


@dataclass(frozen=True, slots=True)
class Notified:
    """How many officers were written to, about how many tasks."""

    officers: int
    tasks: int


def notify_officers(bureau: Bureau) -> Notified:
    """Mean one mail to every officer with tasks nobody was told of yet."""
    now = bureau.clock.now()
    with transaction(bureau.engine) as session:
        fresh = session.exec(
            select(Task, Case)
            .join(Case, col(Case.id) == col(Task.case_id))
            .where(Task.status == TaskStatus.OPEN, col(Task.notified_at).is_(None))
            .order_by(col(Task.id))
        ).all()
        for_whom: dict[str, list[tuple[Task, Case]]] = defaultdict(list)
        acting = substitutions(session, now.date())
        for task, case in fresh:
            for officer in _readers(task, now.date(), acting):
                for_whom[officer].append((task, case))
            task.notified_at = now
            session.add(task)
        for officer, tasks in for_whom.items():
            for start in range(0, len(tasks), _MOST):
                _write(session, bureau, officer, tasks[start : start + _MOST], "task", now)
    return Notified(len(for_whom), len(fresh))


def digest_officers(bureau: Bureau) -> Notified:
    """Mean one mail to every officer with open tasks, on working days only; one for each half of a day."""
    now = bureau.clock.now()
    if not bureau.calendar.is_workday(now.date()):
        return Notified(0, 0)
    with transaction(bureau.engine) as session:
        rows = session.exec(
            select(Task, Case)
            .join(Case, col(Case.id) == col(Task.case_id))
            .where(Task.status == TaskStatus.OPEN)
            .order_by(col(Task.due_on), col(Task.id))
        ).all()
        for_whom: dict[str, list[tuple[Task, Case]]] = defaultdict(list)
        acting = substitutions(session, now.date())
        for task, case in rows:
            for officer in _readers(task, now.date(), acting):
                for_whom[officer].append((task, case))
        for officer, tasks in for_whom.items():
            _write(session, bureau, officer, tasks[:_MOST], "digest", now)
    return Notified(len(for_whom), len(rows))


def _readers(task: Task, today: date, acting: Sequence[Substitution]) -> tuple[str, ...]:
    """Whoever was asked, and whoever acts for them today; each once, however many tasks there are."""
    people = [who for officer in task.officers for who in (officer, *stand_ins(officer, today, acting))]
    return tuple(dict.fromkeys(people))


def _write(
    session: Session, bureau: Bureau, officer_id: str, tasks: list[tuple[Task, Case]], kind: str, now: datetime
) -> None:
    officer = bureau.office.officer(officer_id)
    if officer is None:  # left the office since: the task stays on the board for the head
        officer = bureau.office.head_officer
    first = tasks[0]
    # A task may be told of again: to somebody new, or because a person asked to.
    again = f".{first[0].reminders}" if first[0].reminders else ""
    reference = f"{first[1].number}.{kind}.{first[0].code}{again}"
    if kind == "digest":
        reference = f"digest-{now:%Y%m%d}{'a' if now.hour < 12 else 'p'}"  # noqa: PLR2004 - noon
    queue_mail(
        session,
        bureau,
        kind=kind,
        recipient=officer.email,
        reference=reference,
        now=now,
        case_id=first[1].id if len(tasks) == 1 else None,
        intent={"officer": officer.id, "tasks": [[case.number, task.code] for task, case in tasks]},
    )
