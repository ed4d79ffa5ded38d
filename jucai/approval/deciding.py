"""Deciding a task: approve, return or reject, and what follows for the stage and the case."""

from jucai.approval import commands as cm
from jucai.approval import events as ev
from jucai.approval.labels import VERDICT_LABELS
from jucai.approval.proceeding import Proceeding
from jucai.approval.refusals import NotNow, NotYours, ReasonNeeded, UnknownStage
from jucai.approval.screening import request_correction
from jucai.approval.state import MissingPaper, TaskPurpose, TaskState, Verdict
from jucai.approval.tasks import officer_name, open_task
from jucai.approval.walking import join, walk_again


def decide_task(go: Proceeding, command: cm.DecideTask) -> None:
    """Decide one task; raises a `Refusal` where it is not this officer's, not open, or lacks a reason."""
    task = open_task(go.state, command.task)
    if command.officer not in task.officers:
        raise NotYours(officer_name(go.world.office, command.officer))
    if task.purpose is TaskPurpose.VERIFY:
        raise NotNow("审批核验待办，请在核验页面逐项确认", "核验")
    if command.verdict is not Verdict.APPROVE and not command.opinion.strip():
        raise ReasonNeeded(VERDICT_LABELS[command.verdict])
    if command.verdict is Verdict.RETURN and command.return_to:
        _check_return(go, task, command.return_to)
    go.happen(ev.TaskDecided(task.code, command.verdict, command.officer, command.opinion.strip()))
    {
        TaskPurpose.DECIDE: _stage_word,
        TaskPurpose.OBJECTION: _objection_word,
        TaskPurpose.RECHECK: _recheck_word,
    }[task.purpose](go, task, command)


def _stage_word(go: Proceeding, task: TaskState, command: cm.DecideTask) -> None:
    word = command.opinion.strip()
    unit = go.world.office.unit(task.unit).title
    if command.verdict is Verdict.APPROVE:
        join(go)
    elif command.verdict is Verdict.REJECT:
        go.cancel_open(f"{unit}不同意，本环节结束")  # one veto ends a 会签
        go.happen(ev.CaseRefused(task.stage, word))
    elif command.return_to:
        go.cancel_open(f"{unit}退回上一环节")
        walk_again(go, command.return_to, word)
    else:
        go.cancel_open(f"{unit}退回申请人补正")
        missing = (MissingPaper("opinion", f"{unit}提出的补正要求", word),)
        request_correction(go, missing, stage=task.stage, why=f"{unit}退回：{word}")


def _objection_word(go: Proceeding, task: TaskState, command: cm.DecideTask) -> None:
    if command.verdict is Verdict.APPROVE:
        return  # not upheld: the publicity runs on and ends on its day
    if command.verdict is Verdict.REJECT:
        go.happen(ev.CaseRefused(task.stage, f"公示异议经核查成立：{command.opinion.strip()}"))
        return
    raise NotNow("退回异议核查，请选择“同意”（异议不成立）或“不同意”（异议成立）", "公示")


def _recheck_word(go: Proceeding, task: TaskState, command: cm.DecideTask) -> None:
    if command.verdict is Verdict.APPROVE:
        go.happen(ev.InstalmentReleased(int(task.code.rsplit("-", 1)[1])))
        return
    go.cancel_open("停发后续补贴")
    go.happen(ev.PaymentStopped(command.opinion.strip()))


def _check_return(go: Proceeding, task: TaskState, to: str) -> None:
    if task.purpose is not TaskPurpose.DECIDE or to not in go.state.finished:
        raise UnknownStage(to)
