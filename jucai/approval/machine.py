"""Command + state → events or a named refusal, and nothing else."""

from collections.abc import Callable
from typing import Any

from jucai.approval import commands as cm
from jucai.approval import events as ev
from jucai.approval.assignment import ask_clerks
from jucai.approval.deciding import decide_task
from jucai.approval.events import Actor, Happened
from jucai.approval.labels import PHASE_LABELS
from jucai.approval.moving_versions import move_to_version
from jucai.approval.proceeding import Proceeding
from jucai.approval.refusals import NotNow, NotYours
from jucai.approval.screening import changed_values, screen
from jucai.approval.state import CaseState, PartState, Phase, TaskPurpose, Verdict
from jucai.approval.tasks import officer_name, open_task
from jucai.approval.versions import MoveToVersion
from jucai.approval.walking import finish_stage, release_due
from jucai.approval.world import World


def handle(state: CaseState | None, command: cm.Command, actor: Actor, world: World) -> list[Happened]:
    """What happens on this command; raises a `Refusal` and changes nothing where it is not allowed."""
    go = Proceeding(world, actor, state)
    _HANDLERS[type(command)](go, command)
    return go.happened


def _open(go: Proceeding, command: cm.OpenCase) -> None:
    programme = go.world.programmes.get(command.programme, command.version)
    go.happen(
        ev.CaseOpened(
            number=command.number,
            programme=command.programme,
            version=command.version,
            kind=programme.kind.value,
            form=programme.form,
            applicant=command.applicant,
            unit=command.unit,
            papers=command.papers,
        )
    )
    go.happen(ev.FactsRead(dict(command.facts), dict(command.tables), command.doubts))
    screen(go)


def _verify(go: Proceeding, command: cm.VerifyFacts) -> None:
    task = open_task(go.state, command.task)
    if task.purpose is not TaskPurpose.VERIFY:
        raise NotNow("核验这项待办", task.stage)
    if command.officer not in task.officers:
        raise NotYours(officer_name(go.world.office, command.officer))
    go.happen(ev.TaskDecided(command.task, Verdict.APPROVE, command.officer, "已核验"))
    # What the page asked for and was left as it is counts as confirmed as well.
    values = {key: go.state.facts[key].value for key in go.state.to_verify}
    go.happen(ev.FactsVerified({**values, **changed_values(go.state, command.values)}))
    screen(go)


def _supplement(go: Proceeding, command: cm.ReceiveSupplement) -> None:
    state = go.state
    if state.closed or state.phase is Phase.PAYING:
        raise NotNow("补充材料", PHASE_LABELS[state.phase])
    go.happen(ev.SupplementReceived(command.papers))
    if command.facts and state.phase in {Phase.CORRECTING, Phase.VERIFYING}:
        go.happen(ev.FactsRead(dict(command.facts), dict(command.tables), command.doubts))
    if state.phase is Phase.CORRECTING:
        screen(go)


def _start_publicity(go: Proceeding, command: cm.StartPublicity) -> None:
    state = go.state
    if state.phase is not Phase.PUBLICITY or state.publicity is not None:
        raise NotNow("开始公示", PHASE_LABELS[state.phase])
    go.happen(ev.PublicityStarted(command.publicity))


def _object(go: Proceeding, command: cm.RaiseObjection) -> None:
    state = go.state
    if state.phase is not Phase.PUBLICITY or state.publicity is None:
        raise NotNow("受理异议", PHASE_LABELS[state.phase])
    go.happen(ev.ObjectionReceived(command.letter_id))
    asked = ask_clerks(go.world.office, state)
    number = 1 + sum(task.purpose is TaskPurpose.OBJECTION for task in state.tasks)
    due_on = go.world.calendar.add_workdays(go.today, go.programme.clock.check_days)
    go.happen(
        ev.TaskAssigned(
            f"objection-{number}",
            TaskPurpose.OBJECTION,
            state.stage,
            asked.unit,
            asked.officers,
            due_on,
            asked.note,
        ),
        ev.SYSTEM,
    )


def _list_instalment(go: Proceeding, command: cm.ListInstalment) -> None:
    _part_in(go, command.number, PartState.RELEASED, "列入拨付清单")
    go.happen(ev.InstalmentListed(command.number, command.list_number))


def _confirm_payment(go: Proceeding, command: cm.ConfirmPayment) -> None:
    _part_in(go, command.number, PartState.LISTED, "确认拨付")
    go.happen(ev.InstalmentPaid(command.number, command.on))
    if all(part.state is PartState.PAID for part in go.state.parts):
        finish_stage(go)


def _part_in(go: Proceeding, number: int, state: PartState, what: str) -> None:
    part = next((part for part in go.state.parts if part.plan.number == number), None)
    if part is None or part.state is not state or go.state.phase is not Phase.PAYING:
        raise NotNow(what, PHASE_LABELS[go.state.phase])


def _withdraw(go: Proceeding, command: cm.Withdraw) -> None:
    state = go.state
    if state.closed or state.phase is Phase.PAYING:
        raise NotNow("撤回申请", PHASE_LABELS[state.phase])
    go.cancel_open("申请人撤回申请")
    go.happen(ev.CaseWithdrawn(command.why))


def _advance(go: Proceeding, command: cm.Advance) -> None:  # noqa: ARG001 - one signature for all
    state = go.state
    if state.phase is Phase.PUBLICITY and state.publicity is not None:
        objected = any(task.purpose is TaskPurpose.OBJECTION for task in state.open_tasks)
        if go.today > state.publicity.last and not objected:
            go.happen(ev.PublicityEnded(go.today), ev.SYSTEM)
            finish_stage(go)
    elif state.phase is Phase.PAYING:
        release_due(go)


_HANDLERS: dict[type, Callable[[Proceeding, Any], None]] = {
    cm.OpenCase: _open,
    cm.VerifyFacts: _verify,
    cm.ReceiveSupplement: _supplement,
    cm.DecideTask: decide_task,
    cm.StartPublicity: _start_publicity,
    cm.RaiseObjection: _object,
    cm.ListInstalment: _list_instalment,
    cm.ConfirmPayment: _confirm_payment,
    cm.Withdraw: _withdraw,
    cm.Advance: _advance,
    MoveToVersion: move_to_version,
}
