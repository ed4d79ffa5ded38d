"""Projections made anew from the events alone: what stands in rows can be thrown away and written again."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from jucai.approval.evolve import replay
from jucai.approval.state import CaseState, state_from_json
from jucai.store.bureau import Bureau
from jucai.store.cases import case_history, write_projections
from jucai.store.database import transaction
from jucai.store.people import Who, who_is
from jucai.store.projections import shown_parts, task_values
from models.cases import Case, Task
from models.effects import Instalment

_BATCH = 100


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild looked at, and the numbers of the cases whose rows said something else than their events."""

    cases: int
    differed: tuple[str, ...]


def rebuild_projections(bureau: Bureau, *, only_check: bool = False) -> Rebuilt:
    """Replay every case and write its rows anew where they differ; with `only_check` they are left as they are.

    Works in small transactions from case to case, so that it can be killed and run again while the office works.
    """
    last, seen, differed = 0, 0, []
    while True:
        with transaction(bureau.engine) as session:
            rows = session.exec(
                select(Case).where(col(Case.id) > last).order_by(col(Case.id)).limit(_BATCH).with_for_update()
            ).all()
            for row in rows:
                seen += 1
                state = replay(case_history(session, row.number))
                if _same(session, bureau, row, state):
                    continue
                differed.append(row.number)
                if not only_check:
                    assert row.id is not None
                    write_projections(session, bureau, row.id, state)
            if not rows:
                return Rebuilt(seen, tuple(differed))
            last = rows[-1].id or 0


def _same(session: Session, bureau: Bureau, row: Case, state: CaseState) -> bool:
    try:
        stands = state_from_json(row.full_state)
    except ValueError:  # a state nobody can read is certainly not the one that was written
        return False
    told = (
        row.revision, row.phase, row.stage, row.unit, row.accepted_on, row.amount_fen, row.applicant, row.employer,
        Who(row.person_index, row.spouse_index, row.employer_key),
    )  # fmt: skip
    wanted = (
        state.revision,
        state.phase.value,
        state.stage,
        state.unit,
        state.accepted_on,
        state.amount_fen,
        state.applicant.name,
        state.applicant.employer,
        who_is(bureau, state.applicant, state.values()),
    )
    return stands == state and told == wanted and _same_tasks(session, row, state) and _same_parts(session, row, state)


def _same_tasks(session: Session, row: Case, state: CaseState) -> bool:
    assert row.id is not None
    stored = {task.code: task for task in session.exec(select(Task).where(Task.case_id == row.id))}
    if set(stored) != {task.code for task in state.tasks}:
        return False
    return all(
        all(getattr(stored[task.code], name) == value for name, value in task_values(row.id, task).items())
        for task in state.tasks
    )


def _same_parts(session: Session, row: Case, state: CaseState) -> bool:
    stored = session.execute(
        sa.select(col(Instalment.number), col(Instalment.amount_fen), col(Instalment.state)).where(
            col(Instalment.case_id) == row.id
        )
    )
    return {tuple(one) for one in stored} == set(shown_parts(state))
