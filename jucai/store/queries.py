"""What lists and pages ask for most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from jucai.approval.state import CaseState, Phase, TaskStatus, state_from_json
from jucai.approval.substituting import represented
from jucai.store.substitutes import substitutions
from models.cases import Case, Task
from models.letters import Document


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """One case on a current public list."""

    case: Case
    state: CaseState


def open_tasks_of(session: Session, officer: str, today: date | None = None) -> list[tuple[Task, Case]]:
    """The open tasks an officer may decide, oldest first; with `today` also those of whoever they act for (代理)."""
    people = {officer}
    if today is not None:
        people |= set(represented(officer, today, substitutions(session, today)))
    rows = session.exec(
        select(Task, Case)
        .join(Case, col(Case.id) == col(Task.case_id))
        .where(Task.status == TaskStatus.OPEN)
        .order_by(col(Task.id))
    )
    return [(row[0], row[1]) for row in rows if people.intersection(row[0].officers)]


def applicants_of(session: Session, numbers: Sequence[str]) -> dict[str, str]:
    """The applicants' names of these cases."""
    return dict(session.exec(select(Case.number, Case.applicant).where(col(Case.number).in_(numbers))).all())


def documents_of(session: Session, case_id: int) -> Sequence[Document]:
    """The files of a case in the order they came."""
    return session.exec(
        select(Document).where(Document.case_id == case_id).order_by(col(Document.letter_id), col(Document.ordinal))
    ).all()


def publicity_now(session: Session, today: date) -> list[PublicEntry]:
    """The cases that stand on a public list today."""
    rows = session.exec(select(Case).where(Case.phase == Phase.PUBLICITY).order_by(col(Case.number))).all()
    entries = [PublicEntry(row, state_from_json(row.full_state)) for row in rows]
    return [e for e in entries if e.state.publicity is not None and e.state.publicity.first <= today]
