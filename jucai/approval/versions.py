"""Moving an open case to another version of its programme, by the mapping that the new file states."""

from dataclasses import dataclass

from jucai.approval.refusals import Refusal
from jucai.approval.state import CaseState, Phase
from jucai.policy import Programme, StageKind, UnmappedStageError, mapped_stage


@dataclass(frozen=True, slots=True)
class VersionMoved:
    """The case was moved to another version; `stage` and `finished` are the stages as that version names them."""

    before: str
    after: str
    stage: str
    finished: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoveToVersion:
    """Move an open case to another version of its programme."""

    version: str


class CannotMove(Refusal):
    """The case cannot go over to the other version as it stands."""


def moved(state: CaseState, old: Programme, new: Programme) -> VersionMoved:
    """Where a case would stand under another version; nothing is changed.

    Raises:
        CannotMove: closed, money already planned, a return not yet answered, in a publicity that would end up
            elsewhere, or a stage without a successor.
    """
    if state.closed:
        raise CannotMove("已办结，不能换版")
    if state.version == new.version:
        raise CannotMove(f"已经是 {new.version} 版")
    if state.phase is Phase.PAYING:
        raise CannotMove("已核定金额并开始拨付，按原版本办理到底")
    if state.returns:
        raise CannotMove("有退回的环节尚未办回，办回后再换版")
    try:
        stage = mapped_stage(new, state.stage) if state.stage else ""
        finished = tuple(_kept(new, code) for code in state.finished)
    except UnmappedStageError as error:
        raise CannotMove(str(error)) from error
    if state.phase is Phase.PUBLICITY and not _same_kind(old, state.stage, new, stage):
        raise CannotMove("正在公示，公示期满后再换版")
    return VersionMoved(state.version, new.version, stage, finished)


def keeps_its_tasks(old: Programme, new: Programme, event: VersionMoved, stage: str) -> bool:
    """Whether the people asked now are those whom the new version asks."""
    before, after = old.stage(stage), new.stage(event.stage)
    return before is not None and after is not None and (before.kind, before.units) == (after.kind, after.units)


def _kept(new: Programme, code: str) -> str:
    """A finished stage by its new name; one that is gone or withdrawn stays what it was."""
    return new.stage_mapping.get(code, code)


def _same_kind(old: Programme, before: str, new: Programme, after: str) -> bool:
    stages = old.stage(before), new.stage(after)
    return all(stage is not None and stage.kind is StageKind.PUBLICITY for stage in stages)
