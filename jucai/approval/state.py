"""What a case is at one moment: a value derived from its events and from nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from models.readings import FieldValue


class Phase(StrEnum):
    """Where a case is in its life; stable codes, words in `jucai.approval.labels`."""

    VERIFYING = "verifying"  # 核验: a clerk looks at what the reader was unsure of
    CORRECTING = "correcting"  # 补正: the applicant owes papers or facts; the clock stands
    IN_STAGES = "in_stages"  # 审批中: accepted, walking the programme's stages
    PUBLICITY = "publicity"  # 公示
    PAYING = "paying"  # 拨付
    COMPLETED = "completed"  # 办结
    REFUSED = "refused"  # 不予通过
    WITHDRAWN = "withdrawn"  # 撤回
    STOPPED = "stopped"  # 停发: ended while being paid


CLOSED = frozenset({Phase.COMPLETED, Phase.REFUSED, Phase.WITHDRAWN, Phase.STOPPED})


class TaskStatus(StrEnum):
    """How far one unit's task is."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"  # another unit's word ended the stage


class TaskPurpose(StrEnum):
    """What a task asks for."""

    VERIFY = "verify"  # 核验
    DECIDE = "decide"  # 审批
    OBJECTION = "objection"  # 异议核查
    RECHECK = "recheck"  # 续发复核


class Verdict(StrEnum):
    """What an officer can say in a task."""

    APPROVE = "approve"  # 同意
    RETURN = "return"  # 退回
    REJECT = "reject"  # 不同意


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies: `person_index` is a keyed hash of the identity number, so that no number stands here."""

    name: str
    email: str
    person_index: str
    employer: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One file in the case: its row in the document table and the name it came under."""

    document_id: int
    name: str


@dataclass(frozen=True, slots=True)
class MissingPaper:
    """One point of a 补正 list: what is missing and what it has to be like."""

    key: str
    title: str
    standard: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule of the programme found: outcome met, not_met, cannot_tell or not_applicable, in Chinese."""

    code: str
    title: str
    article: str
    outcome: str
    failing: str
    explanation: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class ScheduledPart:
    """One part of the money as the programme cuts it: 分, whole months after the plan is made."""

    number: int
    count: int
    after_months: int
    amount_fen: int
    recheck: bool


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """One instalment as planned: 分, earliest day, and whether eligibility is looked at again before it."""

    number: int
    count: int
    amount_fen: int
    due_on: date
    recheck: bool


class PartState(StrEnum):
    """How far one instalment is."""

    PLANNED = "planned"
    RECHECKING = "rechecking"
    RELEASED = "released"
    LISTED = "listed"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment and how far it is; `list_number` is the payment list it stands on."""

    plan: PlannedPart
    state: PartState = PartState.PLANNED
    list_number: str = ""
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class TaskState:
    """One unit's task: `code` is unique in the case; the first of `officers` to decide, decides."""

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


@dataclass(frozen=True, slots=True)
class Pause:
    """One standstill of the statutory clock: from the day it stopped to the day it ran again."""

    first: date
    last: date | None
    cause: str


@dataclass(frozen=True, slots=True)
class Publicity:
    """The publicity period: both days included, as printed in the announcement."""

    notice: str
    first: date
    last: date
    provisional: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """What a 聘书 says: the host, the post, and the first and last day of the term."""

    host: str
    post: str
    first: date
    last: date


def _no_fields() -> Mapping[str, FieldValue]:
    return {}


@dataclass(frozen=True, slots=True)
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
    skipped: Mapping[str, str] = field(default_factory=dict)  # stage → the rule that skipped it
    finished: tuple[str, ...] = ()
    facts: Mapping[str, FieldValue] = field(default_factory=_no_fields)
    tables: Mapping[str, list[dict[str, str]]] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    doubts: tuple[str, ...] = ()  # Chinese: why a clerk has to look
    to_verify: tuple[str, ...] = ()  # field keys a clerk has to look at
    verified: tuple[str, ...] = ()
    missing: tuple[MissingPaper, ...] = ()
    correction_from: str = ""  # the stage that asked for it, empty before acceptance
    correction_rounds: int = 0
    correction_due: date | None = None
    eligible: str = ""
    findings: tuple[Finding, ...] = ()
    amount_fen: int | None = None
    amount_text: str = ""
    schedule: tuple[ScheduledPart, ...] = ()
    accepted_on: date | None = None
    due_on: date | None = None
    pauses: tuple[Pause, ...] = ()
    publicity: Publicity | None = None
    tasks: tuple[TaskState, ...] = ()
    parts: tuple[Part, ...] = ()
    appointment: Appointment | None = None
    ended_why: str = ""

    @property
    def open_tasks(self) -> tuple[TaskState, ...]:
        """The tasks that wait for somebody."""
        return tuple(task for task in self.tasks if task.status is TaskStatus.OPEN)

    @property
    def closed(self) -> bool:
        """Whether nothing more happens by itself or by anybody."""
        return self.phase in CLOSED

    def task(self, code: str) -> TaskState | None:
        """The task called `code`, None where the case has none."""
        return next((task for task in self.tasks if task.code == code), None)

    def values(self) -> dict[str, str]:
        """The facts as plain values, empty ones left out."""
        return {key: fact.value for key, fact in self.facts.items() if fact.value}


_ADAPTER: TypeAdapter[CaseState] = TypeAdapter(CaseState)


def state_to_json(state: CaseState) -> dict[str, Any]:
    """The state as JSON data, for the case row."""
    dumped: dict[str, Any] = _ADAPTER.dump_python(state, mode="json")
    return dumped


def state_from_json(data: Mapping[str, Any]) -> CaseState:
    """The state that `state_to_json` wrote."""
    return _ADAPTER.validate_python(data)
