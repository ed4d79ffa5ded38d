"""What happens when an open case goes over to another version: its rules are applied anew, its stage begins anew."""

from jucai.approval import events as ev
from jucai.approval.proceeding import Proceeding
from jucai.approval.screening import assess_again
from jucai.approval.state import Phase
from jucai.approval.versions import MoveToVersion, keeps_its_tasks, moved
from jucai.approval.walking import begin_stage


def move_to_version(go: Proceeding, command: MoveToVersion) -> None:
    """Move a case; raises `CannotMove` and changes nothing where it cannot go over."""
    state, old = go.state, go.programme
    new = go.world.programmes.get(state.programme, command.version)
    event = moved(state, old, new)
    anew = state.phase is Phase.IN_STAGES and not keeps_its_tasks(old, new, event, state.stage)
    if anew:
        go.cancel_pending(f"换到 {new.version} 版，本环节重新分派")
    go.happen(event)
    if state.findings:
        go.happen(assess_again(go), ev.SYSTEM)
    if anew:
        begin_stage(go, go.stage(event.stage))
