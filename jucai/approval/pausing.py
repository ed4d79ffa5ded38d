"""Putting a case aside and going on, ending it, opening it again, and giving it more time."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from jucai.approval import commands as cm
from jucai.approval import events as ev
from jucai.approval.clockwork import last_day_of_term, settle_clock
from jucai.approval.entitled import is_head, need_head
from jucai.approval.labels import PHASE_LABELS
from jucai.approval.proceeding import Proceeding
from jucai.approval.refusals import BadCommand, NotEntitled, NotNow, TermRefused
from jucai.approval.screening import screen
from jucai.approval.state import PartState, Phase
from jucai.approval.tasks import known_officer, need_reason
from jucai.approval.walking import begin_stage, finish_stage, release_due
from jucai.policy import Verb
from jucai.policy.repaying import Cause

_RUNNING = frozenset({Phase.IN_STAGES, Phase.PUBLICITY, Phase.PAYING})
_REVIVABLE = frozenset({Phase.REFUSED, Phase.WITHDRAWN, Phase.TERMINATED, Phase.STOPPED})


def suspend(go: Proceeding, command: cm.SuspendCase) -> None:
    """Put a case aside with a cause (中止); the clock stands, nobody decides, time does nothing."""
    state = go.state
    if state.phase not in _RUNNING:
        raise NotNow("中止", PHASE_LABELS[state.phase])
    _entitled(go, command.officer, Verb.SUSPEND)
    go.happen(ev.CaseSuspended(go.today, need_reason(command.cause, Verb.SUSPEND.label)))
    settle_clock(go)


def resume(go: Proceeding, command: cm.ResumeCase) -> None:
    """Go on with a suspended case (恢复): open tasks get the working days back that the suspension took."""
    state = go.state
    if state.phase is not Phase.SUSPENDED or state.suspension is None:
        raise NotNow("恢复", PHASE_LABELS[state.phase])
    _entitled(go, command.officer, Verb.RESUME)
    lost = go.world.calendar.count_workdays(state.suspension.since, go.today)
    go.happen(ev.CaseResumed(go.today, need_reason(command.why, Verb.RESUME.label), _later(go, lost)))
    settle_clock(go)
    if go.state.phase is Phase.PAYING:
        release_due(go)
        if go.state.parts and all(part.state is PartState.PAID for part in go.state.parts):
            finish_stage(go)


def terminate(go: Proceeding, command: cm.TerminateCase) -> None:
    """End a case without a decision on the merits (终止); one that is being paid is stopped (停发)."""
    state = go.state
    if state.closed:
        raise NotNow("终止", PHASE_LABELS[state.phase])
    _entitled(go, command.officer, Verb.TERMINATE)
    why = need_reason(command.why, Verb.TERMINATE.label)
    paying = Phase.PAYING in {state.phase, state.suspension and Phase(state.suspension.phase)}
    if command.ground not in {"", *Cause}:
        raise BadCommand("终止", f"没有“{command.ground}”这种事由，应为 {'、'.join(Cause)} 之一")
    ended = ev.PaymentStopped if paying else ev.CaseTerminated
    go.end(ended(why, command.ground), "办件已终止")


def revive(go: Proceeding, command: cm.ReviveCase) -> None:
    """Open a closed case again (唤醒): its stage begins anew; the time between does not count."""
    state = go.state
    if state.phase not in _REVIVABLE:
        raise NotNow("唤醒", PHASE_LABELS[state.phase])
    need_head(go, command.officer, "唤醒办件")
    why = need_reason(command.why, "唤醒")
    pauses = tuple(pause if pause.last else replace(pause, last=go.today) for pause in state.pauses)
    go.happen(ev.CaseRevived(go.today, why, last_day_of_term(go, pauses)))
    due_on = last_day_of_term(go, go.state.pauses)
    if due_on is not None and due_on != go.state.due_on:
        provisional = not go.world.calendar.is_published(due_on)
        go.happen(ev.TermRecounted(due_on, provisional), ev.SYSTEM)
    if go.state.accepted_on is None:
        screen(go)
    elif go.state.phase is Phase.PAYING:
        settle_clock(go)
        release_due(go)
    else:
        begin_stage(go, go.present_stage)


def extend(go: Proceeding, command: cm.ExtendTerm) -> None:
    """Extend the term once, by at most what the programme allows (行政许可法第42条)."""
    state, rule = go.state, go.programme.clock
    if state.closed or state.accepted_on is None or not rule.decision_days:
        raise NotNow("延长办理时限", PHASE_LABELS[state.phase])
    need_head(go, command.officer, "延长办理时限")
    why = need_reason(command.why, "延长办理时限")
    if state.extension_days:
        raise TermRefused("已经延长过一次")
    if not 1 <= command.days <= rule.extension_days:
        raise TermRefused(f"本事项至多延长 {rule.extension_days} 个工作日")
    go.happen(ev.TermExtended(command.days, last_day_of_term(go, state.pauses, more=command.days), why))


def _later(go: Proceeding, days: int) -> Mapping[str, date]:
    calendar = go.world.calendar
    return {
        task.code: calendar.add_workdays(task.due_on, days)
        for task in go.state.pending_tasks
        if task.due_on is not None and days
    }


def _entitled(go: Proceeding, who: str, verb: Verb) -> None:
    """The bureau's heads may; whoever has the task may where the programme says so."""
    officer = known_officer(go.world.office, who)
    if is_head(go, officer):
        return
    state = go.state
    mine = [task for task in state.pending_tasks if who in task.officers and task.stage]
    if any(verb in go.stage(task.stage).verbs for task in mine):
        return
    raise NotEntitled(officer.name, verb.label, f"{go.world.office.short_name}负责人")
