"""Where a case stands, as a list of steps that anybody can read: done, now, skipped by rule, still ahead."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jucai.approval import events as ev
from jucai.approval.labels import PHASE_LABELS, PHASE_PUBLIC_LABELS
from jucai.approval.state import CaseState, Phase, TaskPurpose, TaskStatus
from jucai.desk.names import Names
from jucai.desk.surroundings import zh_day
from jucai.policy import Stage


class StepState(StrEnum):
    """How far one step is."""

    DONE = "done"
    NOW = "now"
    SKIPPED = "skipped"
    AHEAD = "ahead"
    ENDED = "ended"  # the case ended here, without a good end

    @property
    def label(self) -> str:
        """The word beside the step."""
        return {"done": "已完成", "now": "办理中", "skipped": "按规定跳过", "ahead": "未开始", "ended": "终止"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way; `since` and `until` are the days it began and ended."""

    title: str
    state: StepState
    units: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Days:
    """When stages were entered and finished, by their last round."""

    entered: dict[str, date]
    finished: dict[str, date]

    @classmethod
    def of(cls, history: Sequence[ev.Happened]) -> "_Days":
        days = cls({}, {})
        for happened in history:
            match happened.event:
                case ev.StageEntered(stage):
                    days.entered[stage] = happened.at.date()
                case ev.StageFinished(stage):
                    days.finished[stage] = happened.at.date()
                case _:
                    pass
        return days


def steps(state: CaseState, history: Sequence[ev.Happened], names: Names, *, public: bool = False) -> tuple[Step, ...]:
    """The way of a case from its letter to its end; `public` uses the titles applicants read."""
    days = _Days.of(history)
    return (*_before_acceptance(state), *_stages(state, days, names, public=public), _end(state, public=public))


def _before_acceptance(state: CaseState) -> Iterator[Step]:
    opened = state.opened_at.date()
    yield Step("收件", StepState.DONE, since=opened, until=opened)
    looked = [task for task in state.tasks if task.purpose is TaskPurpose.VERIFY]
    if looked:
        decided = looked[-1].decided_at
        waiting = looked[-1].status is TaskStatus.OPEN
        yield Step(
            "核验",
            StepState.NOW if waiting else StepState.DONE,
            since=looked[0].opened_at.date(),
            until=decided.date() if decided else None,
            note="经办人正在与原件核对" if waiting else "",
        )
    if state.correction_rounds and not state.correction_from:
        yield _correction(state)
    accepted = StepState.DONE if state.accepted_on else StepState.ENDED if state.closed else StepState.AHEAD
    yield Step("受理", accepted, since=state.accepted_on, until=state.accepted_on)


def _correction(state: CaseState) -> Step:
    waiting = state.phase is Phase.CORRECTING
    until = f"请于{zh_day(state.correction_due)}前补齐" if state.correction_due else ""
    return Step("补正", StepState.NOW if waiting else StepState.DONE, note=until if waiting else "")


def _stages(state: CaseState, days: _Days, names: Names, *, public: bool) -> Iterator[Step]:
    walked = {*state.finished, *state.skipped, state.stage}
    for stage in names.programme.stages:
        if stage.withdrawn and stage.code not in walked:
            continue
        how, note = _how_far(state, stage)
        yield Step(
            names.stage(stage.code, public=public),
            how,
            units=_units(state, stage, names),
            since=days.entered.get(stage.code) if how is not StepState.AHEAD else None,
            until=days.finished.get(stage.code) if how is StepState.DONE else None,
            note=note,
        )


def _how_far(state: CaseState, stage: Stage) -> tuple[StepState, str]:
    if stage.code in state.finished:
        return StepState.DONE, ""
    if stage.code == state.stage and state.accepted_on:
        if state.closed:
            return StepState.ENDED, PHASE_LABELS[state.phase]
        if state.phase is Phase.CORRECTING:
            return StepState.NOW, f"已退回申请人补正，{zh_day(state.correction_due)}前"
        return StepState.NOW, _period(state)
    if stage.code in state.skipped:
        return StepState.SKIPPED, state.skipped[stage.code]
    return StepState.AHEAD, ""


def _period(state: CaseState) -> str:
    if state.phase is Phase.PUBLICITY and state.publicity:
        return f"公示期{zh_day(state.publicity.first)}至{zh_day(state.publicity.last)}"
    return ""


def _units(state: CaseState, stage: Stage, names: Names) -> tuple[str, ...]:
    asked = dict.fromkeys(task.unit for task in state.tasks if task.stage == stage.code)
    return tuple(names.unit(code) for code in asked) or names.asked(stage, state)


def _end(state: CaseState, *, public: bool) -> Step:
    if not state.closed:
        return Step("办结", StepState.AHEAD)
    if state.phase is Phase.COMPLETED:
        return Step("办结", StepState.DONE)
    labels = PHASE_PUBLIC_LABELS if public else PHASE_LABELS
    return Step(labels[state.phase], StepState.ENDED, note="" if public else state.ended_why)
