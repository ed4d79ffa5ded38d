"""What an officer can do besides deciding a task: pass it on, ask others, take a word back, put the case aside."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from jucai.approval import commands as cm
from jucai.approval.labels import SEAT_LABELS
from jucai.approval.refusals import BadCommand
from jucai.approval.state import CaseState, Phase, Seat, TaskPurpose, TaskState, TaskStatus
from jucai.desk.casefile import CaseFile, task_title
from jucai.desk.decision_form import Choice
from jucai.desk.forms import BadForm, PostedForm
from jucai.desk.surroundings import Desk
from jucai.desk.task_page import CaseHead, head_of
from jucai.policy import Office, Officer, Role, Verb
from jucai.policy.repaying import Cause

_RUNNING = frozenset({Phase.IN_STAGES, Phase.PUBLICITY, Phase.PAYING})


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One thing that can be done, and what has to be chosen for it."""

    code: str
    title: str
    hint: str
    people: tuple[Choice, ...] = ()
    tasks: tuple[Choice, ...] = ()
    seats: tuple[Choice, ...] = ()
    grounds: tuple[Choice, ...] = ()
    longest: int = 0  # working days an extension may have
    grave: bool = False


@dataclass(frozen=True, slots=True)
class VerbsPage:
    """Everything on the page; `failed` is the form that was refused, with what was typed into it."""

    here: str
    back: str
    head: CaseHead
    title: str
    officer: str
    unit: str
    revision: int
    nonce: str
    forms: tuple[VerbForm, ...]
    failed: str = ""
    error: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)


def verbs_page(
    desk: Desk, file: CaseFile, task: TaskState, here: str, officer: str, nonce: str, *, failed: str = "",
    error: str = "", typed: Mapping[str, str] | None = None,
) -> VerbsPage:  # fmt: skip
    """The page of one task; it offers what can be of use, and the machine says what is not allowed."""
    return VerbsPage(
        here=f"{here}/more",
        back=here,
        head=head_of(file),
        title=task_title(file, task),
        officer=file.names.person(officer),
        unit=file.names.unit(task.unit),
        revision=file.state.revision,
        nonce=nonce,
        forms=verb_forms(desk.bureau.office, file, task, officer),
        failed=failed,
        error=error,
        typed=typed or {},
    )


def verb_forms(office: Office, file: CaseFile, task: TaskState, officer: str) -> tuple[VerbForm, ...]:
    """What this officer can do with the case as it stands."""
    state, stage = file.state, file.names.programme.stage(task.stage)
    allowed = set(stage.verbs) if stage is not None else set(Verb)
    people = colleagues(office, officer)
    found: list[VerbForm] = []
    if task.status is TaskStatus.OPEN:
        found += _for_open(task, allowed, people)
    if task.decided_by == officer and state.recall is not None and state.recall.code == task.code:
        found.append(VerbForm("recall", "拿回", "收回您刚才的意见重新办理；只在其后无人办理时可以。"))
    asked = tuple(one for one in state.pending_tasks if one.origin == task.code)
    if asked:
        choices = tuple(Choice(one.code, _who(file, one)) for one in asked)
        found.append(VerbForm("drop", "减签", "收回您加的签或委派的事项，对方不再办理。", tasks=choices))
    others = tuple(one for one in state.open_tasks if officer not in one.officers and one.purpose is not _READ)
    if others:
        choices = tuple(Choice(one.code, _who(file, one)) for one in others)
        found.append(VerbForm("remind", "催办", "提醒办理人；工作日内每天一次。", tasks=choices))
    if not state.closed:
        found.append(VerbForm("copy", "抄送", "请他人阅知，不需要对方表示意见。", people=people))
    return (*found, *_for_case(office, file, allowed if task.pending else set(), officer))


_READ = TaskPurpose.READ


def _for_open(task: TaskState, allowed: set[Verb], people: tuple[Choice, ...]) -> list[VerbForm]:
    found = []
    if Verb.TRANSFER in allowed:
        found.append(VerbForm("transfer", "转办", "交由他人办理，您不再办理本项。", people=people))
    if task.purpose is TaskPurpose.DECIDE and Verb.DELEGATE in allowed:
        found.append(VerbForm("delegate", "委派", "先请他人提出意见，再由您办理。", people=people))
    if task.purpose is TaskPurpose.DECIDE and Verb.ADD_SIGNER in allowed:
        seats = tuple(Choice(seat.value, f"{SEAT_LABELS[seat]}（{hint}）") for seat, hint in _SEAT_HINTS.items())
        found.append(VerbForm("sign", "加签", "请他人一并签署意见，与您的意见同样有效。", people=people, seats=seats))
    if task.purpose is not _READ:
        found.append(VerbForm("aside", "申报回避", "您与本件有利害关系，由他人办理；以后不再参与本件。", grave=True))
    return found


_SEAT_HINTS = {Seat.BEFORE: "在您之前", Seat.BESIDE: "与您同时", Seat.AFTER: "在您之后"}


def _for_case(office: Office, file: CaseFile, allowed: set[Verb], officer: str) -> tuple[VerbForm, ...]:
    state, head = file.state, leads(office, officer)
    found = []
    if state.phase in _RUNNING and (head or Verb.SUSPEND in allowed):
        found.append(VerbForm("suspend", "中止", "暂停办理，时限停计；系统会把原因告知申请人。", grave=True))
    if state.phase is Phase.SUSPENDED and (head or Verb.RESUME in allowed):
        found.append(VerbForm("resume", "恢复", "继续办理，重新推算到期日，并告知申请人。"))
    longest = file.names.programme.clock.extension_days
    if head and not state.closed and state.accepted_on is not None and longest and not state.extension_days:
        hint = f"至多 {longest} 个工作日，只能一次；系统会把理由和新的到期日告知申请人。"
        found.append(VerbForm("extend", "延长办理期限", hint, longest=longest))
    if not state.closed and (head or Verb.TERMINATE in allowed):
        hint = "不再办理本件；系统会把原因告知申请人。"
        found.append(VerbForm("terminate", "终止", hint, grounds=GROUNDS, grave=True))
    return tuple(found)


GROUNDS = (Choice("", "其他原因"), *(Choice(cause.value, cause.label) for cause in Cause))
"""Why a case is ended, where rules of later cases ask for it (弄虚作假: 几年内不得申报)."""


def leads(office: Office, officer: str) -> bool:
    """Whether somebody is a head of the bureau."""
    known = office.officer(officer)
    return officer == office.head or (known is not None and known.unit == office.head_unit and Role.HEAD in known.roles)


def colleagues(office: Office, officer: str) -> tuple[Choice, ...]:
    """Everybody a task can be passed on to: one's own unit first, no contacts of partners."""
    me = office.officer(officer)
    found = [one for one in office.all_officers.values() if one.id != officer and Role.PARTNER not in one.roles]

    def place(one: Officer) -> tuple[bool, str, str]:
        return (me is None or one.unit != me.unit, one.unit, one.id)

    return tuple(Choice(one.id, f"{one.name}（{office.unit(one.unit).title}）") for one in sorted(found, key=place))


def _who(file: CaseFile, task: TaskState) -> str:
    people = "、".join(file.names.person(one) for one in task.officers)
    return f"{file.names.unit(task.unit)}　{people}"


def read_verb(posted: PostedForm, forms: tuple[VerbForm, ...], task: str, officer: str) -> cm.Command:
    """The command a posted form asks for; `BadForm` for one that was not offered."""
    chosen = next((one for one in forms if one.code == posted.get("verb")), None)
    if chosen is None:
        raise BadForm
    offered = (
        ("to", chosen.people), ("task", chosen.tasks), ("seat", chosen.seats), ("ground", chosen.grounds),
    )  # fmt: skip
    for name, choices in offered:
        if choices and posted.get(name) not in {choice.value for choice in choices}:
            raise BadForm
    return _command(chosen.code, task, officer, posted)


def _command(code: str, task: str, officer: str, posted: PostedForm) -> cm.Command:  # noqa: PLR0911 - one for each verb
    why, to, other = posted.opinion("why"), posted.get("to"), posted.get("task")
    match code:
        case "transfer":
            return cm.TransferTask(task, officer, to, why)
        case "delegate":
            return cm.DelegateTask(task, officer, to, why)
        case "sign":
            return cm.AddSigner(task, officer, to, Seat(posted.get("seat")), why)
        case "aside":
            return cm.StandAside(task, officer, why)
        case "recall":
            return cm.RecallDecision(task, officer, why)
        case "drop":
            return cm.DropSigner(other, officer, why)
        case "remind":
            return cm.RemindTask(other, officer, why)
        case "copy":
            return cm.CopyCase(officer, (to,), why)
        case _:
            return case_command(code, officer, why, posted.get("days"), posted.get("ground"))


def case_command(code: str, officer: str, why: str, days: str, ground: str) -> cm.Command:
    """What is done to a whole case; `BadForm` for what is not offered, `BadCommand` for days that are no number."""
    match code:
        case "suspend":
            return cm.SuspendCase(officer, why)
        case "resume":
            return cm.ResumeCase(officer, why)
        case "terminate":
            return cm.TerminateCase(officer, why, ground)
        case "revive":
            return cm.ReviveCase(officer, why)
        case "close-voting":
            return cm.CloseVoting(officer, why)
        case "extend":
            if not re.fullmatch(r"\d{1,3}", days.strip(), re.ASCII):
                raise BadCommand("延长办理期限", "请填写延长的工作日数")
            return cm.ExtendTerm(officer, int(days), why)
        case _:
            raise BadForm


def done_text(state: CaseState, code: str) -> str:
    """What is said when it is done."""
    return f"已{_DONE[code]}，办件 {state.number} 的办理记录中可以查到。"


_DONE = {
    "transfer": "转办", "delegate": "委派", "sign": "加签", "aside": "申报回避", "recall": "拿回意见", "drop": "减签",
    "remind": "催办", "copy": "抄送", "suspend": "中止", "resume": "恢复办理", "extend": "延长办理期限",
    "terminate": "终止",
}  # fmt: skip
