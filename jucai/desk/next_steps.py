"""What happens next with a case, told to officers and to applicants."""

from jucai.approval.state import CaseState, PartState, Phase
from jucai.desk.casefile import CaseFile
from jucai.desk.standing import StepState, steps
from jucai.desk.surroundings import zh_day

_ENDED = {
    Phase.COMPLETED: "本件已办结，不需要再做什么。",
    Phase.REFUSED: "审核未通过，理由已书面告知申请人。",
    Phase.WITHDRAWN: "申请人已撤回申请，本件终止。",
    Phase.TERMINATED: "本件已终止办理。",
    Phase.STOPPED: "后续各期停止发放，本件终止。",
}

_RESTING = {Phase.SUSPENDED: "办件已中止，办理时限停计；恢复后从中止处继续。"}
_BY_CALENDAR = {
    Phase.PUBLICITY: "办件进入公示，系统将按日程发布公示。",
    Phase.PAYING: "办件进入拨付，系统将按日程生成拨付清单。",
}
_NOTHING_TO_DO = {
    Phase.VERIFYING: (
        "经办人核对材料后，我们会发邮件告知您正式受理；材料不齐的，会一次性告知需要补什么。您现在不需要做什么。"
    ),
    Phase.SUSPENDED: "因故暂时中止办理，办理时限停计；原因消除后继续办理。您现在不需要做什么。",
}


def next_for_officers(file: CaseFile) -> str:
    """What happens next, for whoever has just decided."""
    state = file.state
    if state.closed:
        return _ENDED[state.phase]
    if state.phase is Phase.CORRECTING:
        return f"已一次性告知申请人补正，{zh_day(state.correction_due)}前补齐；补正期间办理时限停计。"
    if state.open_tasks and state.phase not in _RESTING:
        waiting = "、".join(dict.fromkeys(file.names.unit(task.unit) for task in state.open_tasks))
        stage = file.names.stage(state.stage) if state.stage else "核验"
        return f"办件现处于“{stage}”，等待{waiting}办理。"
    return _RESTING.get(state.phase) or _BY_CALENDAR.get(
        state.phase, f"办件现处于“{file.names.stage(state.stage)}”，系统将自动推进。"
    )


def next_for_applicant(file: CaseFile) -> str:
    """What happens next, and what the applicant has to do, if anything."""
    state = file.state
    if state.phase is Phase.CORRECTING:
        return (
            f"请在{zh_day(state.correction_due)}前，直接回复我们的补正邮件，把下列材料一次补齐。"
            "补正期间办理时限停计，补齐后继续办理。"
        )
    if state.phase in _NOTHING_TO_DO:
        return _NOTHING_TO_DO[state.phase]
    if state.phase is Phase.PUBLICITY:
        return f"公示期满无异议后，进入{_following(file)}。您现在不需要做什么。"
    if state.phase is Phase.PAYING:
        return _paying(state)
    if state.closed:
        return _closed(state)
    return f"本环节办结后，进入{_following(file)}。您现在不需要做什么，有结果我们会发邮件通知您。"


def _following(file: CaseFile) -> str:
    way = steps(file.state, file.history, file.names, public=True)
    ahead = [step.title for step in way if step.state is StepState.AHEAD]
    return f"“{ahead[0]}”" if ahead else "下一环节"


def _paying(state: CaseState) -> str:
    waiting = next((part for part in state.parts if part.state is not PartState.PAID), None)
    if waiting is None:
        return "各期补贴均已拨付。"
    plan = waiting.plan
    recheck = "，发放前将复核您是否仍符合条件" if plan.recheck else ""
    when = {
        PartState.PLANNED: f"计划于{zh_day(plan.due_on)}以后发放{recheck}",
        PartState.RECHECKING: "正在复核续发条件",
        PartState.RELEASED: "已可拨付，待列入拨付清单",
        PartState.LISTED: "已列入拨付清单，待财政部门拨付",
    }[waiting.state]
    return f"第 {plan.number} 期（共 {plan.count} 期）{when}。到账后我们会发邮件通知您。"


def _closed(state: CaseState) -> str:
    if state.phase is Phase.REFUSED:
        return "审核未通过，理由和救济途径见我们发给您的告知书。如有疑问，请拨打下面的电话。"
    if state.phase is Phase.WITHDRAWN:
        return "您的申请已撤回。在申报期内可以重新申请。"
    if state.phase is Phase.TERMINATED:
        return "您的申请已终止办理，原因已发邮件告知您。如有疑问，请拨打下面的电话。"
    if state.phase is Phase.STOPPED:
        return "后续补贴已停止发放，原因已发邮件告知您。如有疑问，请拨打下面的电话。"
    return "本件已办结，感谢您对我们工作的支持。"
