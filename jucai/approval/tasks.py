"""Finding a task that can still be decided, or saying who was first."""

from jucai.approval.labels import VERDICT_LABELS
from jucai.approval.refusals import AlreadyDecided, TaskFellAway, UnknownTask
from jucai.approval.state import CaseState, TaskState, TaskStatus
from jucai.policy import Office


def officer_name(office: Office, officer_id: str) -> str:
    """The officer's name as people know it; the id where the officer is no longer registered."""
    officer = office.officer(officer_id)
    return officer.name if officer else officer_id


def open_task(state: CaseState, code: str) -> TaskState:
    """The open task called `code`; `UnknownTask`, `AlreadyDecided` or `TaskFellAway` where there is none."""
    task = state.task(code)
    if task is None:
        raise UnknownTask(code)
    if task.status is TaskStatus.DONE:
        assert task.decided_at is not None
        assert task.verdict is not None
        raise AlreadyDecided(task.decided_by, task.decided_at, VERDICT_LABELS[task.verdict])
    if task.status is TaskStatus.CANCELLED:
        raise TaskFellAway(task.opinion)
    return task
