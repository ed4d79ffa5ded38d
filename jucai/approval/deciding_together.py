"""What is decided for many at once: votes that are closed, rankings within a quota, meetings and their minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jucai.approval import commands as cm
from jucai.approval import events as ev
from jucai.approval.assignment import must_stand_aside
from jucai.approval.counting import enough
from jucai.approval.deciding import check_return, write_decision
from jucai.approval.labels import PHASE_LABELS
from jucai.approval.proceeding import Proceeding
from jucai.approval.refusals import MustStandAside, NoQuorum, NotEntitled, NotNow, NotOnAgenda, TiedAtQuota
from jucai.approval.state import Phase, TaskPurpose, TaskState, Verdict
from jucai.approval.tasks import acting, known_officer, need_reason, officer_name
from jucai.approval.walking import finish_stage, join, refuse
from jucai.approval.ways import COUNTED, rule_of
from jucai.policy import Role, StageKind


@dataclass(frozen=True, slots=True)
class Contender:
    """A case scored by a panel: what a ranking looks at."""

    number: str
    mean: Decimal
    items: dict[str, Decimal]
    accepted_on: date


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a contender stands."""

    number: str
    place: int
    within: bool
    explanation: str


def rank(
    contenders: Sequence[Contender], quota: int, ties: Sequence[str], chosen: Sequence[str] = ()
) -> tuple[Placing, ...]:
    """Order contenders by mean, then by the programme's rules for ties; the first `quota` are within.

    Equals share a place. Where equals compete for the last places, `chosen` names those a person has picked;
    `TiedAtQuota` is raised where they are not just as many as there are places.
    """

    def key(one: Contender) -> tuple[Decimal | int, ...]:
        broken = (one.accepted_on.toordinal() if tie == "accepted" else -one.items.get(tie, Decimal(0)) for tie in ties)
        return (-one.mean, *broken)

    ordered = sorted(contenders, key=lambda one: (key(one), one.number))
    inside = {one.number for one in ordered[:quota]}
    if quota < len(ordered) and key(ordered[quota - 1]) == key(ordered[quota]):
        edge = [one.number for one in ordered if key(one) == key(ordered[quota])]
        places = sum(number in inside for number in edge)
        picked = [number for number in edge if number in chosen]
        if len(picked) != places:
            raise TiedAtQuota(tuple(edge), places)
        inside = (inside - set(edge)) | set(picked)
    placings = []
    for index, one in enumerate(ordered):
        place = 1 + next(i for i in range(index + 1) if key(ordered[i]) == key(one))
        within = one.number in inside
        text = (
            f"平均 {one.mean} 分，{len(ordered)} 件中第 {place} 名，名额 {quota} 个，{'入选' if within else '未入选'}"
        )
        placings.append(Placing(one.number, place, within, text))
    return tuple(placings)


def close_voting(go: Proceeding, command: cm.CloseVoting) -> None:
    """Close a vote or a panel with those who have spoken, where they are enough; the others count as absent."""
    stage = go.present_stage
    if go.state.phase is not Phase.IN_STAGES or stage.kind not in COUNTED:
        raise NotNow("结束表决", PHASE_LABELS[go.state.phase])
    _convener(go, command.officer, "结束表决")
    tasks = go.state.signing(stage.code, go.state.round)
    pending = [task for task in tasks if task.pending]
    if not pending:
        raise NotNow("结束表决", "各位均已表态")
    cast, needed = enough(tasks, rule_of(stage))
    if cast < needed:
        raise NoQuorum(cast, needed)
    why = need_reason(command.why, "结束表决")
    go.happen(ev.VotingClosed(stage.code, command.officer, why))
    for task in pending:
        go.happen(ev.TaskLapsed(task.code, "表决结束时未表态，按缺席计"), ev.SYSTEM)
    join(go)


def apply_ranking(go: Proceeding, command: cm.ApplyRanking) -> None:
    """Write down the place of a case: within the quota it goes on, else it is refused with its place told."""
    task = next((one for one in go.state.open_tasks if one.purpose is TaskPurpose.RANK), None)
    if task is None or go.state.result is None:
        raise NotNow("排序", PHASE_LABELS[go.state.phase])
    behalf = acting(go, task, command.officer)
    verdict = Verdict.APPROVE if command.within else Verdict.REJECT
    go.happen(ev.TaskDecided(task.code, verdict, command.officer, command.explanation, behalf))
    stage = go.present_stage.code
    go.happen(ev.CaseRanked(stage, command.place, command.among, command.quota, command.within, command.explanation))
    if command.within:
        finish_stage(go)
    else:
        refuse(go, f"名额择优未入选：{command.explanation}")


def put_on_agenda(go: Proceeding, command: cm.PutOnAgenda) -> None:
    """Put a case that waits for a meeting on its agenda (列入议题)."""
    if go.state.phase is not Phase.IN_STAGES or go.present_stage.kind is not StageKind.MEETING:
        raise NotNow("列入议题", PHASE_LABELS[go.state.phase])
    _convener(go, command.officer, "列入议题")
    if go.state.agenda is not None:
        raise NotNow("列入议题", f"已列入{go.state.agenda.meeting}议题")
    go.happen(ev.PutOnAgenda(command.meeting, command.position))


def take_off_agenda(go: Proceeding, command: cm.TakeOffAgenda) -> None:
    """Take a case off the agenda; it waits for the next meeting."""
    _of_meeting(go, command.meeting)
    _convener(go, command.officer, "撤下议题")
    go.happen(ev.TakenOffAgenda(command.meeting, need_reason(command.why, "撤下议题")))


def decide_by_minutes(go: Proceeding, command: cm.DecideByMinutes) -> None:
    """Carry out what the minutes say of a case; who had to stand aside is named in them."""
    office = go.world.office
    _of_meeting(go, command.meeting)
    tasks = [task for task in go.state.open_tasks if task.purpose is TaskPurpose.DECIDE]
    if not tasks:
        raise NotNow("按纪要办理", PHASE_LABELS[go.state.phase])
    task = next((one for one in tasks if command.officer in one.officers), tasks[0])
    behalf = acting(go, task, command.officer)
    taking_part = [who for who in command.present if who not in command.recused]
    conflicted = [who for who in taking_part if must_stand_aside(known_officer(office, who), office, go.state)]
    if conflicted:
        raise MustStandAside("、".join(officer_name(office, who) for who in conflicted))
    if not taking_part:
        raise NoQuorum(0, 1)
    if command.outcome is Verdict.ABSTAIN:
        raise NotNow("弃权", "按纪要办理")
    text = need_reason(command.text, "会议纪要")
    if command.return_to:
        check_return(go, command.outcome, command.return_to)
    go.happen(ev.MinutesRecorded(command.meeting, command.present, command.recused, command.outcome, text))
    for one in tasks:
        _carry_out(go, one, command, text, behalf if one is task else "")


def _carry_out(go: Proceeding, task: TaskState, command: cm.DecideByMinutes, text: str, behalf: str) -> None:
    present = go.state.task(task.code)
    if present is None or not present.pending:
        return  # an earlier word of the same minutes ended the stage
    word = f"{command.meeting}：{text}"
    decision = cm.DecideTask(task.code, command.officer, command.outcome, word, command.return_to, command.then)
    write_decision(go, task, decision, behalf)


def _of_meeting(go: Proceeding, meeting: str) -> None:
    if go.state.phase is Phase.SUSPENDED:
        raise NotNow("按纪要办理", PHASE_LABELS[Phase.SUSPENDED])
    if go.state.agenda is None or go.state.agenda.meeting != meeting:
        raise NotOnAgenda(go.state.number, meeting)


def _convener(go: Proceeding, who: str, what: str) -> None:
    """Secretaries, heads, and whoever has a task in the stage convene; others do not."""
    office = go.world.office
    officer = known_officer(office, who)
    asked = any(who in task.officers for task in go.state.open_tasks)
    if not asked and not {Role.SECRETARY, Role.HEAD}.intersection(officer.roles):
        raise NotEntitled(officer.name, what, "会议秘书或负责人")
