"""Finding a task that can still be decided and whether this person may, or saying who was first."""

from jucai.approval.assignment import must_stand_aside
from jucai.approval.labels import PHASE_LABELS, VERDICT_LABELS
from jucai.approval.proceeding import Proceeding
from jucai.approval.refusals import (
    AlreadyDecided,
    MustStandAside,
    NotNow,
    NotYours,
    PersonalVote,
    ReasonNeeded,
    TaskFellAway,
    UnknownOfficer,
    UnknownTask,
    VerbNotAllowed,
    WaitsForOthers,
)
from jucai.approval.state import CaseState, Phase, TaskPurpose, TaskState, TaskStatus, Verdict
from jucai.approval.substituting import acts_for
from jucai.approval.ways import COUNTED
from jucai.policy import Office, Officer, Verb


def officer_name(office: Office, officer_id: str) -> str:
    """The officer's name as people know it; the id where the officer is no longer registered."""
    officer = office.officer(officer_id)
    return officer.name if officer else officer_id


def known_officer(office: Office, officer_id: str) -> Officer:
    """The officer of that id; `UnknownOfficer` where there is none."""
    officer = office.officer(officer_id)
    if officer is None:
        raise UnknownOfficer(officer_id)
    return officer


def open_task(state: CaseState, code: str) -> TaskState:
    """The open task called `code`.

    Raises `UnknownTask`, `AlreadyDecided`, `TaskFellAway` or `WaitsForOthers` where there is none.
    """
    task = state.task(code)
    if task is None:
        raise UnknownTask(code)
    if task.status is TaskStatus.DONE:
        assert task.decided_at is not None
        assert task.verdict is not None
        raise AlreadyDecided(task.decided_by, task.decided_at, VERDICT_LABELS[task.verdict])
    if task.status in {TaskStatus.CANCELLED, TaskStatus.LAPSED}:
        raise TaskFellAway(task.opinion)
    if task.status is TaskStatus.WAITING:
        raise WaitsForOthers("、".join(_forerunners(state, task)))
    return task


def acting(go: Proceeding, task: TaskState, who: str) -> str:
    """Whom `who` acts for in this task: nobody (themselves), or the officer asked (代理).

    Raises `NotYours` for strangers to the task, `MustStandAside` for a conflict of interest, `PersonalVote` for
    substitutes where voices are counted, `NotNow` while the case is suspended.
    """
    office = go.world.office
    behalf = acts_for(task.officers, who, go.today, go.world.substitutions)
    if behalf is None:
        raise NotYours(officer_name(office, who))
    if go.state.phase is Phase.SUSPENDED and task.purpose is not TaskPurpose.READ:
        raise NotNow("办理待办", PHASE_LABELS[Phase.SUSPENDED])
    officer = known_officer(office, who)
    if task.purpose is not TaskPurpose.READ and must_stand_aside(officer, office, go.state):
        raise MustStandAside(officer.name)
    if behalf and is_counted(go, task):
        raise PersonalVote("代理")
    return behalf


def is_counted(go: Proceeding, task: TaskState) -> bool:
    """Whether the task is a voice of its own in a vote or a panel."""
    return task.purpose is TaskPurpose.DECIDE and go.stage(task.stage).kind in COUNTED


def allow(go: Proceeding, task: TaskState, verb: Verb) -> None:
    """`VerbNotAllowed` where the programme does not allow this verb in the stage of the task."""
    if task.purpose is not TaskPurpose.DECIDE or not task.stage:
        return
    stage = go.stage(task.stage)
    if verb not in stage.verbs:
        raise VerbNotAllowed(verb.label, stage.title)


def need_reason(why: str, verb: str) -> str:
    """The reason, without blanks around it; `ReasonNeeded` where there is none."""
    if not why.strip():
        raise ReasonNeeded(verb)
    return why.strip()


def _forerunners(state: CaseState, task: TaskState) -> list[str]:
    codes = {one.code for one in state.pending_tasks}
    return [one.unit for one in state.tasks if one.code in task.after and one.code in codes] or [task.unit]


VERDICT_VERBS = {Verdict.APPROVE: Verb.APPROVE, Verdict.RETURN: Verb.RETURN, Verdict.REJECT: Verb.REJECT}
