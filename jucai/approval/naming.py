"""What a case's state is called: inside the office, towards the applicant, and what comes next."""

from dataclasses import dataclass

from jucai.approval.labels import PHASE_FUTURE_LABELS, PHASE_LABELS, PHASE_PUBLIC_LABELS
from jucai.approval.state import CaseState, Phase
from jucai.policy import Programme, Stage, StageKind

_AT_A_STAGE = frozenset({Phase.IN_STAGES, Phase.PUBLICITY, Phase.PAYING})


@dataclass(frozen=True, slots=True)
class StateNames:
    """The three names of a state; `code` is the stable one, `phase` or `phase/stage`."""

    code: str
    internal: str
    public: str
    future: str


def names_of(state: CaseState, programme: Programme) -> StateNames:
    """The names of a case's present state, with the stage where there is one.

    Internal names say whom it waits for, public ones what is being done; who exactly has it is nobody's business
    outside. Stages that were left out by rule are not announced as the future.
    """
    internal, public = PHASE_LABELS[state.phase], PHASE_PUBLIC_LABELS[state.phase]
    future = PHASE_FUTURE_LABELS[state.phase]
    if state.phase not in _AT_A_STAGE or not state.stage:
        return StateNames(state.phase.value, internal, public, future)
    stage = programme.stage(state.stage)
    if stage is None:
        return StateNames(f"{state.phase.value}/{state.stage}", internal, public, future)
    if state.phase is Phase.IN_STAGES:
        internal = f"待{stage.title}"
        public = f"正在办理：{stage.shown_title}"
    following = _following(state, programme, stage)
    end = "全部拨付后办结" if stage.kind is StageKind.PAYMENT else "随后办结"
    future = f"下一环节：{following.shown_title}" if following else end
    return StateNames(f"{state.phase.value}/{stage.code}", internal, public, future)


def _following(state: CaseState, programme: Programme, here: Stage) -> Stage | None:
    if state.returns and state.returns[-1].to == here.code:
        return programme.stage(state.returns[-1].stage)
    order = [stage.code for stage in programme.stages]
    ahead = programme.stages[order.index(here.code) + 1 :]
    return next((stage for stage in ahead if not stage.withdrawn and stage.code not in state.skipped), None)
