"""What a case is at one moment: a value derived from its events and from nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter, is_
from typing import Any

from pydantic import TypeAdapter

from jucai.approval.copying import copier
from jucai.approval.values import (
    AgendaItem,
    Applicant,
    Appointment,
    Draw,
    Finding,
    MissingPaper,
    PanelResult,
    Paper,
    Part,
    PartState,
    Pause,
    PlannedPart,
    Publicity,
    Rank,
    RecallPoint,
    ReturnPoint,
    ScheduledPart,
    Suspension,
)
from models.readings import FieldValue

__all__ = [
    "CLOSED",
    "AgendaItem",
    "Applicant",
    "Appointment",
    "CaseState",
    "Draw",
    "Finding",
    "MissingPaper",
    "PanelResult",
    "Paper",
    "Part",
    "PartState",
    "Pause",
    "Phase",
    "PlannedPart",
    "Publicity",
    "Rank",
    "RecallPoint",
    "ReturnPoint",
    "ScheduledPart",
    "Seat",
    "Suspension",
    "TaskPurpose",
    "TaskState",
    "TaskStatus",
    "Verdict",
    "Written",
    "changed",
    "same_application",
    "settle",
    "split_state",
    "state_from_json",
    "state_from_text",
    "state_to_json",
    "task_changed",
    "write_state",
]


class Phase(StrEnum):
    """Where a case is in its life; stable codes, words in `jucai.approval.labels`."""

    VERIFYING = "verifying"  # 核验: a clerk looks at what the reader was unsure of
    CORRECTING = "correcting"  # 补正: the applicant owes papers or facts; the clock stands
    IN_STAGES = "in_stages"  # 审批中: accepted, walking the programme's stages
    PUBLICITY = "publicity"  # 公示
    PAYING = "paying"  # 拨付
    SUSPENDED = "suspended"  # 中止: put aside with a cause; the clock stands
    COMPLETED = "completed"  # 办结
    REFUSED = "refused"  # 不予通过
    WITHDRAWN = "withdrawn"  # 撤回
    TERMINATED = "terminated"  # 终止: ended by the office without a decision on the merits
    STOPPED = "stopped"  # 停发: ended while being paid


CLOSED = frozenset({Phase.COMPLETED, Phase.REFUSED, Phase.WITHDRAWN, Phase.TERMINATED, Phase.STOPPED})


class TaskStatus(StrEnum):
    """How far one task is."""

    OPEN = "open"
    WAITING = "waiting"  # somebody else has to speak first (前加签, 委派)
    DONE = "done"
    LAPSED = "lapsed"  # 逾期视为无异议: the programme declares what silence means; nobody approved
    CANCELLED = "cancelled"  # fell away: another word ended the stage, the signer was dropped, the case went elsewhere


class TaskPurpose(StrEnum):
    """What a task asks for."""

    VERIFY = "verify"  # 核验
    DECIDE = "decide"  # 审批
    OBJECTION = "objection"  # 异议核查
    RECHECK = "recheck"  # 续发复核
    CONSULT = "consult"  # 委派: an opinion for whoever decides
    READ = "read"  # 抄送: to be acknowledged (已阅), decides nothing
    RANK = "rank"  # 名额择优: close the ranking of everything scored together


class Verdict(StrEnum):
    """What an officer can say in a task."""

    APPROVE = "approve"  # 同意
    RETURN = "return"  # 退回
    REJECT = "reject"  # 不同意
    ABSTAIN = "abstain"  # 弃权: only where votes are counted


class Seat(StrEnum):
    """As what somebody signs."""

    UNIT = "unit"  # asked by the programme
    BEFORE = "before"  # 前加签
    BESIDE = "beside"  # 并加签
    AFTER = "after"  # 后加签


def _no_scores() -> Mapping[str, Decimal]:
    return {}


@dataclass(frozen=True)  # no slots: see `copier`
class TaskState:
    """One task: `code` is unique in the case; the first of `officers` (or their substitutes) to decide, decides.

    A stage is walked in rounds; within one, `branch` and `step` say which of its parallel ways the task stands on and
    how far along. `after` are the tasks that have to be closed before this one opens, `origin` the task whose officer
    added or delegated this one, `replaces` the task this one asks again after a return.
    """

    code: str
    purpose: TaskPurpose
    stage: str
    unit: str
    officers: tuple[str, ...]
    opened_at: datetime
    due_on: date | None
    status: TaskStatus = TaskStatus.OPEN
    verdict: Verdict | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    opinion: str = ""
    note: str = ""  # why it went to somebody other than the unit asked for
    behalf: str = ""  # whom the decider acted for (B 代 A)
    asked: str = ""  # the unit or resolver as the programme names it
    round: int = 0
    branch: int = 0
    step: int = 0
    seat: Seat = Seat.UNIT
    origin: str = ""
    after: tuple[str, ...] = ()
    replaces: str = ""
    weight: int = 1
    scores: Mapping[str, Decimal] = field(default_factory=_no_scores)
    return_to: str = ""
    then: str = ""
    rung: int = 0  # how many reminders of the ladder were given
    reminders: int = 0  # reminders of any kind
    reminded_on: date | None = None
    escalated: bool = False
    opened_rev: int = 0  # the revision at which it was assigned
    closed_rev: int = 0  # the revision at which it was decided, lapsed or fell away

    @property
    def pending(self) -> bool:
        """Whether it still waits for somebody."""
        return self.status in {TaskStatus.OPEN, TaskStatus.WAITING}


def _no_fields() -> Mapping[str, FieldValue]:
    return {}


@dataclass(frozen=True)  # no slots: see `copier`
class CaseState:
    """A case at one moment; `revision` counts its events."""

    number: str
    programme: str
    version: str
    kind: str
    form: str
    applicant: Applicant
    unit: str
    phase: Phase
    opened_at: datetime
    revision: int = 0
    stage: str = ""
    round: int = 0  # the round of the present stage
    rounds: int = 0  # rounds begun so far, in all stages
    skipped: Mapping[str, str] = field(default_factory=dict)  # stage → the rule that skipped it
    finished: tuple[str, ...] = ()
    returns: tuple[ReturnPoint, ...] = ()
    recall: RecallPoint | None = None
    facts: Mapping[str, FieldValue] = field(default_factory=_no_fields)
    tables: Mapping[str, list[dict[str, str]]] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    doubts: tuple[str, ...] = ()  # Chinese: why a clerk has to look
    to_verify: tuple[str, ...] = ()  # field keys a clerk has to look at
    verified: tuple[str, ...] = ()
    missing: tuple[MissingPaper, ...] = ()
    correction_from: str = ""  # the stage that asked for it, empty before acceptance
    correction_then: str = ""  # where to go on afterwards: continue or again
    correction_rounds: int = 0
    correction_due: date | None = None
    eligible: str = ""
    findings: tuple[Finding, ...] = ()
    amount_fen: int | None = None
    amount_text: str = ""
    schedule: tuple[ScheduledPart, ...] = ()
    award: str = ""  # which benefit of the programme, and the group in which it counts later
    group: str = ""
    accepted_on: date | None = None
    due_on: date | None = None
    extension_days: int = 0
    pauses: tuple[Pause, ...] = ()
    suspension: Suspension | None = None
    publicity: Publicity | None = None
    tasks: tuple[TaskState, ...] = ()
    recused: tuple[str, ...] = ()  # officers who declared a conflict of interest in this case
    draws: tuple[Draw, ...] = ()
    result: PanelResult | None = None
    rank: Rank | None = None
    agenda: AgendaItem | None = None
    parts: tuple[Part, ...] = ()
    appointment: Appointment | None = None
    ended_on: date | None = None
    ended_why: str = ""
    ended_ground: str = ""  # the cause that rules ask for later (a `Cause`), empty for any other

    @property
    def open_tasks(self) -> tuple[TaskState, ...]:
        """The tasks somebody can act on now."""
        return tuple(task for task in self.tasks if task.status is TaskStatus.OPEN)

    @property
    def pending_tasks(self) -> tuple[TaskState, ...]:
        """The tasks that are open, or will be once somebody else has spoken."""
        return tuple(task for task in self.tasks if task.pending)

    @property
    def closed(self) -> bool:
        """Whether nothing more happens by itself or by anybody."""
        return self.phase in CLOSED

    @property
    def standing(self) -> bool:
        """Whether the statutory clock stands."""
        return any(pause.last is None for pause in self.pauses)

    def task(self, code: str) -> TaskState | None:
        """The task called `code`, None where the case has none."""
        return next((task for task in self.tasks if task.code == code), None)

    def signing(self, stage: str, round_: int) -> tuple[TaskState, ...]:
        """The deciding tasks of one round of a stage, those left out that were asked again."""
        replaced = {task.replaces for task in self.tasks if task.replaces}
        return tuple(
            task
            for task in self.tasks
            if task.purpose is TaskPurpose.DECIDE
            and task.stage == stage
            and task.round == round_
            and task.code not in replaced
        )

    def value(self, key: str) -> str:
        """One fact as a plain value, empty where the case does not know it."""
        fact = self.facts.get(key)
        return fact.value if fact is not None else ""

    def values(self) -> dict[str, str]:
        """The facts as plain values, empty ones left out."""
        return {key: fact.value for key, fact in self.facts.items() if fact.value}


_ADAPTER: TypeAdapter[CaseState] = TypeAdapter(CaseState)
_TASK_ADAPTER: TypeAdapter[TaskState] = TypeAdapter(TaskState)
changed, settle = copier(CaseState)
task_changed, _ = copier(TaskState)

_BROUGHT = (
    "number",
    "programme",
    "kind",
    "form",
    "applicant",
    "opened_at",
    "facts",
    "tables",
    "papers",
    "doubts",
    "verified",
    "findings",
    "schedule",
    "draws",
)
"""What an application brings along: nine tenths of a state, and hardly any decision changes it. It is kept apart."""
_ONLY_BROUGHT = set(_BROUGHT)
_ALL_ELSE = {one.name for one in fields(CaseState)} - _ONLY_BROUGHT - {"tasks"}
_brought_by = attrgetter(*_BROUGHT)


def state_to_json(state: CaseState) -> dict[str, Any]:
    """The state as JSON data, for the case row; what has its usual value is left out."""
    dumped: dict[str, Any] = _ADAPTER.dump_python(state, mode="json", exclude_defaults=True)
    return dumped


def split_state(state: CaseState) -> tuple[dict[str, Any], dict[str, Any]]:
    """`state_to_json` in two: what the application brought along, and what has become of it."""
    whole = state_to_json(state)
    brought = {name: whole.pop(name) for name in _BROUGHT if name in whole}
    return brought, whole


def state_from_json(data: Mapping[str, Any]) -> CaseState:
    """The state that `state_to_json` wrote, now or in an earlier release."""
    return _ADAPTER.validate_python(data)


@dataclass(frozen=True, slots=True)
class Written:
    """A state as text: what the application brought along, each task, and all else."""

    application: str
    tasks: tuple[str, ...]
    else_: str

    @property
    def state(self) -> str:
        """All but the application as one JSON object; what has its usual value is left out."""
        tasks = f'{{"tasks":[{",".join(self.tasks)}]}}' if self.tasks else "{}"
        return _joined(tasks, self.else_)


def same_application(before: CaseState, after: CaseState) -> bool:
    """Whether both states hold what the application brought along as the very same values."""
    return all(map(is_, _brought_by(before), _brought_by(after)))


def write_state(state: CaseState, before: CaseState | None = None, known: Written | None = None) -> Written:
    """`split_state` as text; what is the same in the state `before`, written as `known`, is not written again."""
    application, tasks = "", {}
    if before is not None and known is not None:
        tasks = {id(task): text for task, text in zip(before.tasks, known.tasks, strict=True)}
        if same_application(before, state):
            application = known.application
    return Written(
        application=application or _ADAPTER.dump_json(state, include=_ONLY_BROUGHT, exclude_defaults=True).decode(),
        tasks=tuple(tasks.get(id(task)) or _task_to_text(task) for task in state.tasks),
        else_=_ADAPTER.dump_json(state, include=_ALL_ELSE, exclude_defaults=True).decode(),
    )


def _task_to_text(task: TaskState) -> str:
    return _TASK_ADAPTER.dump_json(task, exclude_defaults=True).decode()


def state_from_text(application: str, state: str) -> CaseState:
    """`state_from_json` from the two texts of `write_state`, in one step."""
    return _ADAPTER.validate_json(_joined(application, state))


def _joined(one: str, other: str) -> str:
    """Two JSON objects as one, neither of which begins or ends with a blank."""
    return f"{one[:-1]},{other[1:]}" if one != "{}" != other else one if other == "{}" else other
