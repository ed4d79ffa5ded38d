"""Which stages a case walks, and who is asked in each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from jucai.policy.errors import PolicyError
from jucai.policy.facts import Facts
from jucai.policy.history import History
from jucai.policy.language import Evaluator
from jucai.policy.office import Assignment, Office
from jucai.policy.programme import Programme
from jucai.policy.stages import Stage
from jucai.policy.uncertain import CannotTellError


@dataclass(frozen=True, slots=True)
class StagePlan:
    """One stage of one case: needed or skipped by rule (and why), and who is asked."""

    stage: Stage
    needed: bool
    why: str
    assignments: tuple[Assignment, ...]


def stage_needed(stage: Stage, programme: Programme, facts: Mapping[str, str], on: date) -> tuple[bool, str]:
    """Whether a case with these facts walks a stage, and why; a rule that cannot be told keeps the stage."""
    if stage.when is None:
        return True, ""
    rules = Evaluator(Facts(facts, programme.vocabulary), History((), on), on)
    try:
        needed = bool(rules.result(stage.when))
    except CannotTellError as error:
        return True, f"{error.reason}，保留本环节"
    if needed:
        return True, ""
    return False, stage.skip_reason or f"按规则跳过{stage.title}"


def plan_stages(programme: Programme, office: Office, facts: Mapping[str, str], on: date) -> tuple[StagePlan, ...]:
    """The whole walk of a case as it stands today."""
    plans = []
    for stage in programme.active_stages:
        needed, why = stage_needed(stage, programme, facts, on)
        asked = tuple(office.resolve(unit, facts) for unit in stage.units_named) if needed else ()
        plans.append(StagePlan(stage, needed, why, asked))
    return tuple(plans)


class UnmappedStageError(PolicyError):
    """A case stands at a stage for which the new version names no successor."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where one open case would stand under a new version; `refused` says why it cannot be moved."""

    number: str
    stage: str
    new_stage: str
    refused: str = ""


def mapped_stage(new: Programme, stage: str) -> str:
    """The stage of the new version that a case at `stage` goes on from.

    Raises:
        UnmappedStageError: the stage is gone or withdrawn and `stage_mapping` does not name another.
    """
    target = new.stage_mapping.get(stage, stage)
    known = new.stage(target)
    if known is None or known.withdrawn:
        raise UnmappedStageError(f"{new.code} {new.version} 版没有环节“{target}”，请在 stage_mapping 中写明去向")
    return target


def plan_moves(new: Programme, cases: Iterable[tuple[str, str]]) -> tuple[Move, ...]:
    """A dry run of moving open cases, given as (case number, stage code), to a new version."""
    moves = []
    for number, stage in cases:
        try:
            moves.append(Move(number, stage, mapped_stage(new, stage)))
        except UnmappedStageError as error:
            moves.append(Move(number, stage, "", str(error)))
    return tuple(moves)
