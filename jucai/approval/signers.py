"""More signers or fewer, and taking a word back: 加签, 减签, 拿回."""

from jucai.approval import commands as cm
from jucai.approval import events as ev
from jucai.approval.asking import assign
from jucai.approval.assignment import Asked, must_stand_aside, spoken_elsewhere
from jucai.approval.clockwork import settle_clock
from jucai.approval.labels import SEAT_LABELS
from jucai.approval.proceeding import Proceeding
from jucai.approval.refusals import (
    AlreadyAsked,
    FourEyes,
    MustStandAside,
    NotAnAddedSigner,
    NotNow,
    NotRecallable,
    OutsideUnit,
    PersonalVote,
    UnknownTask,
)
from jucai.approval.state import CaseState, Phase, Seat, TaskPurpose, TaskState, TaskStatus
from jucai.approval.tasks import acting, allow, is_counted, known_officer, need_reason, officer_name, open_task
from jucai.approval.walking import OF_STAGE, join
from jucai.policy import Role, Verb


def add_signer(go: Proceeding, command: cm.AddSigner) -> None:
    """Let somebody else sign before, beside or after a task (加签); their word counts like any other."""
    office = go.world.office
    task = open_task(go.state, command.task)
    acting(go, task, command.officer)
    if task.purpose is not TaskPurpose.DECIDE or command.seat is Seat.UNIT:
        raise NotNow("加签", "这类待办不需加签")
    allow(go, task, Verb.ADD_SIGNER)
    if is_counted(go, task):
        raise PersonalVote("加签")
    if go.state.agenda is not None:
        raise NotNow("加签", f"已列入{go.state.agenda.meeting}议题")
    why = need_reason(command.why, Verb.ADD_SIGNER.label)
    signer = known_officer(office, command.signer)
    stage = go.stage(task.stage)
    if Role.PARTNER in signer.roles and signer.unit != task.unit:
        raise OutsideUnit(signer.name, office.short_name)
    if must_stand_aside(signer, office, go.state):
        raise MustStandAside(signer.name)
    if signer.id in spoken_elsewhere(go.state, stage):
        raise FourEyes(signer.name)
    # One person, one word: who is asked alone, or has spoken, in this round is not asked again.
    here = go.state.signing(stage.code, go.state.round)
    if signer.id == command.officer or any(
        signer.id == one.decided_by or (one.pending and signer.id in one.officers) for one in here
    ):
        raise AlreadyAsked(signer.name)
    seat = ev.TaskAssigned(
        code="",
        purpose=TaskPurpose.DECIDE,
        stage="",
        unit="",
        officers=(),
        due_on=None,
        note="",
        branch=task.branch,
        step=task.step,
        seat=command.seat,
        origin=task.code,
        after=(task.code,) if command.seat is Seat.AFTER else (),
    )
    note = f"{officer_name(office, command.officer)}{SEAT_LABELS[command.seat]}：{why}"
    code = assign(go, stage, Asked(signer.unit, (signer.id,), note), seat)
    go.happen(ev.SignerAdded(task.code, command.officer, signer.id, command.seat, code, why))


def drop_signer(go: Proceeding, command: cm.DropSigner) -> None:
    """Drop a signer one has added, or take back a question, before there is an answer (减签)."""
    task = go.state.task(command.task)
    if task is None:
        raise UnknownTask(command.task)
    origin = go.state.task(task.origin) if task.origin else None
    if origin is None:
        raise NotAnAddedSigner("这是事项规定的办理单位，不是加签")
    if not task.pending:
        raise NotAnAddedSigner("对方已经办理")
    if command.officer not in origin.officers and command.officer != origin.decided_by:
        raise NotAnAddedSigner("只有加签的人可以减签")
    if go.state.phase is not Phase.IN_STAGES:
        raise NotNow("减签", "办件不在审批之中")
    allow(go, task, Verb.DROP_SIGNER)
    why = need_reason(command.why, Verb.DROP_SIGNER.label)
    go.happen(ev.SignerDropped(task.code, command.officer, why))
    join(go)


def recall(go: Proceeding, command: cm.RecallDecision) -> None:
    """Take a decision back before anybody else acts (拿回)."""
    state = go.state
    task = state.task(command.task)
    if task is None:
        raise UnknownTask(command.task)
    if task.status is not TaskStatus.DONE or task.purpose is not TaskPurpose.DECIDE:
        raise NotRecallable("这项待办没有作出过审批意见")
    if command.officer != task.decided_by:
        raise NotRecallable("只有作出意见的本人可以拿回")
    allow(go, task, Verb.RECALL)
    if state.closed:
        raise NotRecallable("办件已经终结，结果已通知申请人；确有错误的，由负责人唤醒办件")
    if state.phase is Phase.CORRECTING:
        raise NotRecallable("补正通知已发给申请人")
    if state.recall is None or state.recall.code != task.code:
        raise NotRecallable("其后已有人办理或办件已有新的进展")
    if state.phase not in {Phase.IN_STAGES, Phase.PUBLICITY} or state.publicity is not None:
        raise NotRecallable("办件已进入下一阶段")
    go.happen(
        ev.DecisionRecalled(
            task.code,
            command.officer,
            need_reason(command.why, Verb.RECALL.label),
            cancelled=_opened_since(state, state.recall.revision),
            reopened=_fallen_since(state, state.recall.revision),
        )
    )
    settle_clock(go)


def _opened_since(state: CaseState, revision: int) -> tuple[str, ...]:
    return tuple(t.code for t in state.pending_tasks if t.opened_rev > revision and t.purpose in OF_STAGE)


def _fallen_since(state: CaseState, revision: int) -> tuple[str, ...]:
    """What fell away because of the decision, and had been there before it."""
    return tuple(task.code for task in state.tasks if _fell(task, revision))


def _fell(task: TaskState, revision: int) -> bool:
    return task.status is TaskStatus.CANCELLED and task.closed_rev > revision >= task.opened_rev
