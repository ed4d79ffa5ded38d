"""Which stages a case walks, and who is asked in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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
        asked = tuple(office.resolve(unit, facts) for unit in stage.units) if needed else ()
        plans.append(StagePlan(stage, needed, why, asked))
    return tuple(plans)
