"""Everybody of good will: what brings any case to its end."""

from datetime import datetime

from jucai.approval import commands as cm
from jucai.approval.advancing import next_due_day
from jucai.approval.assignment import must_stand_aside
from jucai.approval.state import Paper, PartState, Phase, TaskPurpose, Verdict
from jucai.clock import SHANGHAI
from tests.approval.office import CALENDAR

HEAD = "rcj-head"
MEETING = "局务会2026年第1次会议"
PRESENT = ("meeting-head", "rcj-clerk-2", "rcj-reviewer-1", "rsj-reviewer-2")


def drive_to_the_end(model) -> None:
    """Everybody of good will: the case comes to its end in a bounded number of steps."""
    for _ in range(400):
        state = model.state
        if state.closed:
            return
        if state.phase is Phase.SUSPENDED:
            assert model.attempt(cm.ResumeCase(HEAD, "继续"))
        elif state.phase is Phase.CORRECTING:
            assert model.attempt(cm.ReceiveSupplement((Paper(900 + len(model.history), "补.pdf"),)), "applicant")
        elif state.phase is Phase.PUBLICITY and state.publicity is None:
            model.publish()
        elif not decide_one(model):
            _let_time_pass(model)
    raise AssertionError(f"no end in sight: {model.state.phase} {model.state.stage}")


def decide_one(model) -> bool:
    """One task decided, or one payment made, by people of good will; whether there was one."""
    state = model.state
    for task in state.open_tasks:
        if task.purpose is not TaskPurpose.READ:
            return _settle(model, task)
    for part in state.parts:
        if part.state is PartState.RELEASED:
            return model.attempt(cm.ListInstalment(part.plan.number, "L9"))
        if part.state is PartState.LISTED:
            return model.attempt(cm.ConfirmPayment(part.plan.number, model.now.date()))
    return False


def _settle(model, task) -> bool:
    if task.purpose is TaskPurpose.RANK:
        return model.attempt(cm.ApplyRanking(task.officers[0], 1, 1, 2, within=True, explanation="第 1 名"))
    if any(model.attempt(_good_word(model, task, officer)) for officer in task.officers):
        return True
    others = [officer.id for officer in model.office.officers]
    assert any(model.attempt(cm.TransferTask(task.code, task.officers[0], other, "代为办理")) for other in others), (
        f"nobody can take {task}"
    )
    return True


def _good_word(model, task, officer: str) -> cm.Command:
    if task.purpose is not TaskPurpose.DECIDE or model.state.agenda is None:
        return model.word(task, officer, Verdict.APPROVE, 9)
    aside = tuple(one for one in PRESENT if must_stand_aside(model.office.officer(one), model.office, model.state))
    return cm.DecideByMinutes(officer, MEETING, Verdict.APPROVE, "同意", PRESENT, recused=aside)


def _let_time_pass(model) -> None:
    due = next_due_day(model.state, model.programme, CALENDAR, model.now.date())
    assert due is not None, "nobody and nothing can move it"
    due = max(due, model.now.date())
    model.now = datetime(due.year, due.month, due.day, 9, tzinfo=SHANGHAI)
    assert model.attempt(cm.Advance(), "system")
