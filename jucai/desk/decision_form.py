"""The form by which a task is decided: what may be said, what was typed, what is wrong with it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from jucai.approval import commands as cm
from jucai.approval.labels import verdict_label
from jucai.approval.refusals import ScoresNeeded
from jucai.approval.state import TaskPurpose, TaskState, Verdict
from jucai.approval.ways import rule_of
from jucai.desk.casefile import CaseFile
from jucai.desk.forms import MAX_OPINION, BadForm, PostedForm
from jucai.policy import ScoreItem, Stage, StageKind, Verb

_HINTS = {
    (TaskPurpose.DECIDE, Verdict.APPROVE): "本环节通过，办件进入下一环节",
    (TaskPurpose.DECIDE, Verdict.RETURN): "请申请人补正，或退回先前环节重新办理",
    (TaskPurpose.DECIDE, Verdict.REJECT): "办件终止，理由将书面告知申请人",
    (TaskPurpose.DECIDE, Verdict.ABSTAIN): "计入到会票数，不计入赞成",
    (TaskPurpose.OBJECTION, Verdict.APPROVE): "经核查异议没有事实依据，公示按期结束",
    (TaskPurpose.OBJECTION, Verdict.REJECT): "经核查异议属实，办件终止",
    (TaskPurpose.RECHECK, Verdict.APPROVE): "本期补贴列入拨付",
    (TaskPurpose.RECHECK, Verdict.REJECT): "后续各期不再发放",
    (TaskPurpose.CONSULT, Verdict.APPROVE): "您的意见供委派人参考，由其作出决定",
    (TaskPurpose.CONSULT, Verdict.REJECT): "您的意见供委派人参考，由其作出决定",
    (TaskPurpose.READ, Verdict.APPROVE): "抄送给您阅知，不需表示意见",
}
_OFFERED = {
    TaskPurpose.DECIDE: (Verdict.APPROVE, Verdict.RETURN, Verdict.REJECT),
    TaskPurpose.OBJECTION: (Verdict.APPROVE, Verdict.REJECT),
    TaskPurpose.RECHECK: (Verdict.APPROVE, Verdict.REJECT),
    TaskPurpose.CONSULT: (Verdict.APPROVE, Verdict.REJECT),
    TaskPurpose.READ: (Verdict.APPROVE,),
    TaskPurpose.RANK: (),
}
_VOTED = (Verdict.APPROVE, Verdict.REJECT, Verdict.ABSTAIN)
_USUAL_PHRASES = (
    "经审核，材料齐全、符合条件，同意。",
    "经核查，情况属实，同意。",
    "材料不齐全，请补充后重新提交。",
    "填报内容与证明材料不一致，请更正。",
    "经审核，不符合申报条件。",
)
TO_APPLICANT = "applicant"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ScoreField:
    """One line of a score sheet: `points` is the most that can be given."""

    code: str
    title: str
    points: int
    typed: str = ""


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """The form as it stands on the page; `scores` are there where the stage is judged by a score sheet."""

    revision: int
    nonce: str
    verdicts: tuple[Choice, ...]
    targets: tuple[Choice, ...]
    phrases: tuple[str, ...]
    scores: tuple[ScoreField, ...] = ()
    longest: int = MAX_OPINION
    verdict: str = ""
    target: str = TO_APPLICANT
    phrase: str = ""
    opinion: str = ""
    error: str = ""
    field: str = ""


def blank_form(file: CaseFile, task: TaskState, nonce: str) -> DecisionForm:
    """The form before anything is typed."""
    stage = file.names.programme.stage(task.stage)
    allowed = set(stage.verbs) if stage and task.purpose is TaskPurpose.DECIDE else set(Verb)
    scores = tuple(ScoreField(item.code, item.title, item.points) for item in _scheme(stage, task))
    verdicts = tuple(
        Choice(verdict.value, verdict_label(verdict, task.purpose), _HINTS[task.purpose, verdict])
        for verdict in offered(stage, task)
        if verdict is Verdict.ABSTAIN or Verb(verdict.value) in allowed
    )
    if scores:
        verdicts = (Choice(Verdict.APPROVE.value, "提交评分", "以评分表示意见，提交后不能修改"),)
    return DecisionForm(
        revision=file.state.revision,
        nonce=nonce,
        verdicts=verdicts,
        targets=_targets(file, task) if any(one.value == Verdict.RETURN.value for one in verdicts) else (),
        phrases=tuple(dict.fromkeys((*(stage.phrases if stage else ()), *(() if scores else _USUAL_PHRASES)))),
        scores=scores,
        verdict=Verdict.APPROVE.value if scores else "",
    )


def offered(stage: Stage | None, task: TaskState) -> tuple[Verdict, ...]:
    """What can be said in a task: votes are for, against or neither, experts only score."""
    if task.purpose is TaskPurpose.DECIDE and stage is not None:
        if stage.kind is StageKind.VOTE:
            return _VOTED
        if stage.kind is StageKind.PANEL:
            return (Verdict.APPROVE,)
    return _OFFERED.get(task.purpose, ())


def _scheme(stage: Stage | None, task: TaskState) -> tuple[ScoreItem, ...]:
    if stage is None or stage.kind is not StageKind.PANEL or task.purpose is not TaskPurpose.DECIDE:
        return ()
    return rule_of(stage).items


def _targets(file: CaseFile, task: TaskState) -> tuple[Choice, ...]:
    if task.purpose is not TaskPurpose.DECIDE:
        return ()
    earlier = tuple(Choice(code, f"退回“{file.names.stage(code)}”重新办理") for code in file.state.finished)
    return (Choice(TO_APPLICANT, "退回申请人补正"), *earlier)


def refilled(form: DecisionForm, posted: PostedForm, error: str, field: str) -> DecisionForm:
    """The form with everything that was typed, and what is wrong."""
    return replace(
        form,
        verdict=posted.get("verdict"),
        target=posted.get("target") or TO_APPLICANT,
        phrase=posted.get("phrase"),
        opinion=posted.opinion("opinion"),
        scores=tuple(replace(one, typed=posted.get(f"score-{one.code}").strip()) for one in form.scores),
        error=error,
        field=field,
    )


def full_opinion(phrase: str, typed: str) -> str:
    """The stock phrase, if one was chosen, before what was typed."""
    return phrase.strip() if not typed else f"{phrase.strip()}{typed}" if phrase.strip() not in typed else typed


def read_decision(posted: PostedForm, file: CaseFile, task: TaskState, officer: str) -> cm.DecideTask | None:
    """The command a posted form asks for.

    None where no verdict was chosen; raises `BadForm` for one we never offered, `ScoresNeeded` for points that are no
    number.
    """
    stage = file.names.programme.stage(task.stage)
    chosen = posted.get("verdict")
    if not chosen:
        return None
    if chosen not in {verdict.value for verdict in offered(stage, task)}:
        raise BadForm
    verdict = Verdict(chosen)
    target = posted.get("target") or TO_APPLICANT
    if target != TO_APPLICANT and target not in file.state.finished:
        raise BadForm
    return cm.DecideTask(
        task=task.code,
        officer=officer,
        verdict=verdict,
        opinion=full_opinion(posted.get("phrase"), posted.opinion("opinion"))[:MAX_OPINION],
        return_to=target if verdict is Verdict.RETURN and target != TO_APPLICANT else "",
        scores=_scores(posted, _scheme(stage, task)),
    )


def _scores(posted: PostedForm, scheme: tuple[ScoreItem, ...]) -> Mapping[str, Decimal]:
    given = {}
    for item in scheme:
        typed = unicodedata.normalize("NFKC", posted.get(f"score-{item.code}")).strip()
        if not typed:
            continue  # the machine says which one is missing
        if not re.fullmatch(r"\d{1,4}(\.\d{1,4})?", typed, re.ASCII):
            raise ScoresNeeded(f"“{item.title}”应填写数字，例如 85 或 85.5")
        given[item.code] = Decimal(typed)
    return given
