"""What an officer may see of the others' words: scores and votes stay blind until they are counted (盲评)."""

from jucai.approval.state import CaseState, TaskPurpose, TaskState, TaskStatus
from jucai.approval.ways import COUNTED
from jucai.policy import Programme


def words_shown(state: CaseState, programme: Programme, viewer: str) -> tuple[TaskState, ...]:
    """The decided tasks whose words `viewer` may read, in the order they were assigned.

    While a vote or a panel is under way nobody reads anybody's word but their own.
    """
    return tuple(
        task
        for task in state.tasks
        if task.status is TaskStatus.DONE and (task.decided_by == viewer or not _blind(state, programme, task))
    )


def hidden_tasks(state: CaseState, programme: Programme, viewer: str) -> frozenset[str]:
    """The codes of the tasks whose words nobody but who spoke them may read yet; those of `viewer` are not among them.

    A word that was taken back in the meantime is as blind as one that stands.
    """
    return frozenset(
        task.code for task in state.tasks if viewer not in task.officers and _blind(state, programme, task)
    )


def _blind(state: CaseState, programme: Programme, task: TaskState) -> bool:
    stage = programme.stage(task.stage)
    if task.purpose is not TaskPurpose.DECIDE or stage is None or stage.kind not in COUNTED:
        return False
    return any(one.pending for one in state.signing(task.stage, task.round))
