"""Deciding a task: approve, return, reject or abstain, and what follows for the stage and the case."""

from collections.abc import Mapping
from types import MappingProxyType

from jucai.approval import commands as cm
from jucai.approval import events as ev
from jucai.approval.assignment import spoken_elsewhere
from jucai.approval.counting import check_scores
from jucai.approval.labels import VERDICT_LABELS
from jucai.approval.proceeding import Proceeding
from jucai.approval.refusals import FourEyes, NotNow, ReasonNeeded, ScoresNeeded, UnknownStage
from jucai.approval.state import TaskPurpose, TaskState, Verdict
from jucai.approval.tasks import VERDICT_VERBS, acting, allow, officer_name, open_task
from jucai.approval.walking import join, refuse, return_case
from jucai.approval.ways import COUNTED, rule_of
from jucai.policy import ReturnMode, StageKind

_INSTEAD: Mapping[tuple[TaskPurpose, Verdict | None], tuple[str, str]] = MappingProxyType(
    {
        (TaskPurpose.VERIFY, None): ("审批核验待办，请在核验页面逐项确认", "核验"),
        (TaskPurpose.RANK, None): ("逐件办理，请对本批评审统一排序", "专家评审"),
        (TaskPurpose.OBJECTION, Verdict.RETURN): (
            "退回异议核查，请选择“同意”（异议不成立）或“不同意”（异议成立）",
            "公示",
        ),
        (TaskPurpose.RECHECK, Verdict.RETURN): ("退回续发复核，请选择“同意”（继续发放）或“不同意”（停发）", "拨付"),
        (TaskPurpose.CONSULT, Verdict.RETURN): ("退回，请对委派事项写明意见", "委派办理"),
        (TaskPurpose.READ, Verdict.RETURN): ("退回，抄送件只需已阅", "抄送"),
        (TaskPurpose.READ, Verdict.REJECT): ("表示不同意，抄送件只需已阅", "抄送"),
    }
)
"""What a task of a purpose cannot be answered with (None: with anything), and what is told instead."""


def decide_task(go: Proceeding, command: cm.DecideTask) -> None:
    """Decide one task; raises a `Refusal` where it is not this officer's, not open, or lacks a reason."""
    task = open_task(go.state, command.task)
    behalf = acting(go, task, command.officer)
    for key in ((task.purpose, None), (task.purpose, command.verdict)):
        if key in _INSTEAD:
            raise NotNow(*_INSTEAD[key])
    if command.verdict in {Verdict.RETURN, Verdict.REJECT} and not command.opinion.strip():
        raise ReasonNeeded(VERDICT_LABELS[command.verdict])
    if task.purpose is TaskPurpose.DECIDE:
        _check_word(go, task, command)
    elif command.verdict is Verdict.ABSTAIN:
        raise NotNow("弃权", "逐件办理")
    write_decision(go, task, command, behalf)


def write_decision(go: Proceeding, task: TaskState, command: cm.DecideTask, behalf: str) -> None:
    """Write a decision that has been checked, and carry out what follows."""
    word = command.opinion.strip()
    then = ""
    if command.verdict is Verdict.RETURN:
        then = (command.then or go.stage(task.stage).after_return).value
    scores = dict(command.scores)
    go.happen(
        ev.TaskDecided(task.code, command.verdict, command.officer, word, behalf, scores, command.return_to, then)
    )
    {
        TaskPurpose.DECIDE: _stage_word,
        TaskPurpose.OBJECTION: _objection_word,
        TaskPurpose.RECHECK: _recheck_word,
        TaskPurpose.CONSULT: _consult_word,
        TaskPurpose.READ: _nothing_follows,
    }[task.purpose](go, task, command)


def _check_word(go: Proceeding, task: TaskState, command: cm.DecideTask) -> None:
    stage = go.stage(task.stage)
    counted = stage.kind in COUNTED
    if go.state.agenda is not None:
        raise NotNow("单独办理", f"已列入{go.state.agenda.meeting}议题")
    if command.verdict in VERDICT_VERBS:
        allow(go, task, VERDICT_VERBS[command.verdict])
    if command.verdict is Verdict.ABSTAIN and stage.kind is not StageKind.VOTE:
        raise NotNow("弃权", stage.title)
    if command.verdict is Verdict.RETURN and counted:
        raise NotNow("退回", f"{stage.title}（{stage.kind.label}）")
    if stage.kind is StageKind.PANEL:
        if command.verdict is not Verdict.APPROVE:
            raise ScoresNeeded("评审以评分表示意见，不另行表示同意或不同意")
        check_scores(command.scores, rule_of(stage))
    elif command.scores:
        raise ScoresNeeded("本环节不评分")
    if command.return_to or command.then is ReturnMode.AGAIN:
        check_return(go, command.verdict, command.return_to)
    if command.officer in spoken_elsewhere(go.state, stage):
        raise FourEyes(officer_name(go.world.office, command.officer))


def check_return(go: Proceeding, verdict: Verdict, to: str) -> None:
    """Whether the case can go back to that stage; `UnknownStage` where it has not walked it."""
    if verdict is not Verdict.RETURN:
        raise UnknownStage(to)
    order = [stage.code for stage in go.programme.stages]
    if to and (to not in go.state.finished or order.index(to) >= order.index(go.state.stage)):
        raise UnknownStage(to)


def _stage_word(go: Proceeding, task: TaskState, command: cm.DecideTask) -> None:
    stage = go.stage(task.stage)
    # In a vote, and in a 会签 in which all must speak, nothing follows before everybody has.
    at_once = stage.kind not in COUNTED and (stage.veto or stage.kind is StageKind.ANY_OF)
    if not at_once or command.verdict is Verdict.APPROVE:
        join(go)
    elif command.verdict is Verdict.REJECT:
        unit = go.world.office.unit(task.unit).title
        refuse(go, command.opinion.strip(), f"{unit}不同意，本环节结束")  # one veto ends a 会签
    else:
        decided = go.state.task(task.code)
        assert decided is not None
        return_case(go, (decided,))


def _objection_word(go: Proceeding, task: TaskState, command: cm.DecideTask) -> None:  # noqa: ARG001 - one signature
    if command.verdict is Verdict.REJECT:
        refuse(go, f"公示异议经核查成立：{command.opinion.strip()}")
    # Not upheld: the publicity runs on and ends on its day.


def _recheck_word(go: Proceeding, task: TaskState, command: cm.DecideTask) -> None:
    if command.verdict is Verdict.APPROVE:
        go.happen(ev.InstalmentReleased(int(task.code.split("-")[1].split(".")[0])))
        return
    go.end(ev.PaymentStopped(command.opinion.strip()), "停发后续补贴")


def _consult_word(go: Proceeding, task: TaskState, command: cm.DecideTask) -> None:  # noqa: ARG001 - one signature
    join(go)  # the one who asked can decide now


def _nothing_follows(go: Proceeding, task: TaskState, command: cm.DecideTask) -> None:
    """An acknowledgement changes nothing."""
