"""The simple sentences that stay true whatever people do to a case."""

from collections import Counter

from jucai.approval import events as ev
from jucai.approval.state import PartState, Phase, Seat, TaskPurpose, TaskStatus
from jucai.approval.statutory import read_clock
from jucai.approval.ways import COUNTED
from tests.approval.office import CALENDAR


def check_tasks(model) -> None:
    """No task is lost or doubled, and whatever waits waits for something that will come."""
    state = model.state
    codes = [task.code for task in state.tasks]
    assert len(codes) == len(set(codes))
    pending = {task.code for task in state.pending_tasks}
    for task in state.tasks:
        assert not task.pending or task.officers, "somebody is asked"
        assert (task.status is TaskStatus.WAITING) == (task.pending and bool(pending.intersection(task.after)))
    if not state.stage or state.phase is not Phase.IN_STAGES:
        return
    stage = model.programme.stage(state.stage)
    signing = [t for t in state.signing(state.stage, state.round) if t.status is not TaskStatus.CANCELLED]
    if stage.kind in COUNTED:
        voices = Counter(
            who for task in signing for who in ({task.decided_by} if task.decided_by else set(task.officers))
        )
        assert max(voices.values(), default=0) <= 1, "one person, one voice"
    else:
        places = Counter((task.branch, task.step) for task in signing if task.seat is Seat.UNIT)
        assert max(places.values(), default=0) <= 1, "a unit is asked once"
    others = [t for t in state.pending_tasks if t.purpose is TaskPurpose.DECIDE and t.round != state.round]
    assert not others, "nothing is left over from an earlier round"


def check_clock(model) -> None:
    state = model.state
    open_pauses = [pause for pause in state.pauses if pause.last is None]
    assert len(open_pauses) <= 1
    for one, other in zip(state.pauses, state.pauses[1:], strict=False):
        assert one.last is not None
        assert one.last <= other.first
    reading = read_clock(state, model.programme.clock, CALENDAR, model.now.date())
    if reading is not None:
        assert reading.used >= model.used, "the clock never runs backwards"
        model.used = reading.used
    if state.accepted_on and state.phase is Phase.SUSPENDED:
        assert state.standing
    if state.accepted_on and state.phase is Phase.IN_STAGES:
        assert state.standing == model.programme.stage(state.stage).stops_clock


def can_move(model) -> bool:
    """Whether somebody, or time, can move the case on."""
    state = model.state
    if state.phase in {Phase.CORRECTING, Phase.SUSPENDED}:
        return True
    if state.phase is Phase.PUBLICITY:
        return True
    if state.phase is Phase.PAYING:
        moving = {PartState.PLANNED, PartState.RELEASED, PartState.LISTED}
        return any(part.state in moving for part in state.parts) or bool(state.open_tasks)
    return any(task.purpose is not TaskPurpose.READ for task in state.open_tasks)


def check_rounds(history: list[ev.Happened]) -> None:
    """Between two arrivals at stages at most one stage is finished: the present one."""
    here, finished = "", False
    for one in history:
        match one.event:
            case ev.StageEntered(stage) | ev.StageResumed(stage):
                here, finished = stage, False
            case ev.DecisionRecalled():
                here, finished = "", False
            case ev.StageFinished(stage):
                assert not finished
                assert here in {"", stage}
                finished = True
            case _:
                pass
