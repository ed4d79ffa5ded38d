"""Command + state → events or a named refusal, and nothing else."""

from collections.abc import Callable
from typing import Any

from jucai.approval import commands as cm
from jucai.approval import events as ev
from jucai.approval.advancing import advance
from jucai.approval.assignment import ask_clerks
from jucai.approval.clockwork import due_in
from jucai.approval.deciding import decide_task
from jucai.approval.deciding_together import (
    apply_ranking,
    close_voting,
    decide_by_minutes,
    put_on_agenda,
    take_off_agenda,
)
from jucai.approval.events import Actor, Happened
from jucai.approval.labels import PHASE_LABELS
from jucai.approval.levels import change_level
from jucai.approval.moving_versions import move_to_version
from jucai.approval.passing_on import delegate, hand_over, stand_aside, transfer
from jucai.approval.pausing import extend, resume, revive, suspend, terminate
from jucai.approval.proceeding import Proceeding
from jucai.approval.refusals import (
    AlreadyAsked,
    BadCommand,
    BrokenDefinition,
    NotNow,
    OutsideUnit,
    UnknownCase,
    UnknownVerb,
)
from jucai.approval.reminding import remind
from jucai.approval.screening import changed_values, screen
from jucai.approval.signers import add_signer, drop_signer, recall
from jucai.approval.state import CaseState, PartState, Phase, TaskPurpose, Verdict
from jucai.approval.tasks import acting, known_officer, need_reason, open_task
from jucai.approval.versions import MoveToVersion
from jucai.approval.walking import finish_stage
from jucai.approval.world import World
from jucai.policy import Role, UnknownProgrammeError, UnknownUnitError


def handle(state: CaseState | None, command: cm.Command, actor: Actor, world: World) -> list[Happened]:
    """What happens on this command; raises a `Refusal` and changes nothing where it is not allowed."""
    return proceed(state, command, actor, world).happened


def proceed(state: CaseState | None, command: cm.Command, actor: Actor, world: World) -> Proceeding:
    """`handle`, with the state after each event.

    Raises `UnknownVerb` for what is no command, `BrokenDefinition` where the programme file does not say what the
    case needs now.
    """
    handler = _HANDLERS.get(type(command))
    if handler is None:
        raise UnknownVerb(type(command).__name__)
    if state is None and not isinstance(command, cm.OpenCase):
        raise UnknownCase("")
    if state is not None and isinstance(command, cm.OpenCase):
        raise NotNow("重复立件", PHASE_LABELS[state.phase])
    go = Proceeding(world, actor, state)
    try:
        handler(go, command)
    except (UnknownProgrammeError, UnknownUnitError) as error:
        raise BrokenDefinition(str(error)) from error
    return go


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
    behalf = acting(go, task, command.officer)
    go.happen(ev.TaskDecided(command.task, Verdict.APPROVE, command.officer, "已核验", behalf))
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
    number = 1 + sum(task.purpose is TaskPurpose.OBJECTION for task in state.tasks)
    _ask_clerks(go, TaskPurpose.OBJECTION, f"objection-{number}")


def _ask_clerks(go: Proceeding, purpose: TaskPurpose, code: str) -> None:
    asked = ask_clerks(go.world.office, go.state)
    due_on = due_in(go, go.programme.clock.check_days)
    go.happen(ev.TaskAssigned(code, purpose, go.state.stage, asked.unit, asked.officers, due_on, asked.note), ev.SYSTEM)


def _copy(go: Proceeding, command: cm.CopyCase) -> None:
    """Let others read along (抄送): a task that decides nothing, closed by 已阅."""
    office = go.world.office
    sender = known_officer(office, command.officer)
    if go.state.closed:
        raise NotNow("抄送", PHASE_LABELS[go.state.phase])
    why = need_reason(command.why, "抄送")
    for who in dict.fromkeys(command.to):
        reader = known_officer(office, who)
        if Role.PARTNER in reader.roles:
            raise OutsideUnit(reader.name, office.short_name)
        if any(t.purpose is TaskPurpose.READ and t.pending and who in t.officers for t in go.state.tasks):
            raise AlreadyAsked(reader.name)
        number = 1 + sum(task.purpose is TaskPurpose.READ for task in go.state.tasks)
        note = f"{sender.name}抄送：{why}"
        go.happen(ev.TaskAssigned(f"read-{number}", TaskPurpose.READ, go.state.stage, reader.unit, (who,), None, note))
    if not command.to:
        raise BadCommand("抄送", "没有写明抄送给谁")


def _list_instalment(go: Proceeding, command: cm.ListInstalment) -> None:
    _part_in(go, command.number, PartState.RELEASED, "列入拨付清单")
    go.happen(ev.InstalmentListed(command.number, command.list_number))


def _confirm_payment(go: Proceeding, command: cm.ConfirmPayment) -> None:
    _part_in(go, command.number, PartState.LISTED, "确认拨付")
    go.happen(ev.InstalmentPaid(command.number, command.on))
    if go.state.phase is Phase.PAYING and all(part.state is PartState.PAID for part in go.state.parts):
        finish_stage(go)


def _part_in(go: Proceeding, number: int, wanted: PartState, what: str) -> None:
    state = go.state
    part = next((part for part in state.parts if part.plan.number == number), None)
    # Money that is on its way is booked even while the case is suspended.
    booked = (
        wanted is PartState.LISTED and state.suspension is not None and state.suspension.phase == Phase.PAYING.value
    )
    if part is None or part.state is not wanted or not (state.phase is Phase.PAYING or booked):
        raise NotNow(what, PHASE_LABELS[state.phase])


def _withdraw(go: Proceeding, command: cm.Withdraw) -> None:
    state = go.state
    paying = state.phase is Phase.PAYING or (
        state.suspension is not None and state.suspension.phase == Phase.PAYING.value
    )
    if state.closed or paying:
        raise NotNow("撤回申请", PHASE_LABELS[state.phase])
    go.end(ev.CaseWithdrawn(command.why), "申请人撤回申请")


def _advance(go: Proceeding, command: cm.Advance) -> None:  # noqa: ARG001 - one signature for all
    advance(go)


_HANDLERS: dict[type, Callable[[Proceeding, Any], None]] = {
    cm.OpenCase: _open,
    cm.VerifyFacts: _verify,
    cm.ReceiveSupplement: _supplement,
    cm.DecideTask: decide_task,
    cm.TransferTask: transfer,
    cm.DelegateTask: delegate,
    cm.AddSigner: add_signer,
    cm.DropSigner: drop_signer,
    cm.RecallDecision: recall,
    cm.StandAside: stand_aside,
    cm.CopyCase: _copy,
    cm.RemindTask: remind,
    cm.HandOver: hand_over,
    cm.CloseVoting: close_voting,
    cm.ApplyRanking: apply_ranking,
    cm.PutOnAgenda: put_on_agenda,
    cm.TakeOffAgenda: take_off_agenda,
    cm.DecideByMinutes: decide_by_minutes,
    cm.SuspendCase: suspend,
    cm.ResumeCase: resume,
    cm.TerminateCase: terminate,
    cm.ReviveCase: revive,
    cm.ExtendTerm: extend,
    cm.ChangeLevel: change_level,
    cm.StartPublicity: _start_publicity,
    cm.RaiseObjection: _object,
    cm.ListInstalment: _list_instalment,
    cm.ConfirmPayment: _confirm_payment,
    cm.Withdraw: _withdraw,
    cm.Advance: _advance,
    MoveToVersion: move_to_version,
}
