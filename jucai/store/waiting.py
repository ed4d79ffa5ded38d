"""What waits to be decided together: cases for a meeting, meetings for their minutes, scored cases for a ranking."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from jucai.approval.refusals import UnknownCase
from jucai.approval.state import CaseState, Phase, TaskPurpose, state_from_json
from jucai.policy import StageKind
from jucai.store.bureau import Bureau
from models.cases import Case, Meeting


@dataclass(frozen=True, slots=True)
class Waiting:
    """One case, and what its state says."""

    case: Case
    state: CaseState


@dataclass(frozen=True, slots=True)
class RankingDue:
    """The cases of one stage that wait to be ranked together."""

    programme: str
    stage: str
    title: str
    quota: int
    cases: tuple[Waiting, ...]


def for_a_meeting(session: Session, bureau: Bureau) -> tuple[Waiting, ...]:
    """The cases that wait at a meeting stage and stand on no agenda, by number."""
    stages = {
        (programme.code, stage.code)
        for programme in bureau.programmes.programmes
        for stage in programme.stages
        if stage.kind is StageKind.MEETING
    }
    if not stages:
        return ()
    found = _at_stages(session, {stage for _, stage in stages})
    return tuple(one for one in found if (one.case.programme, one.case.stage) in stages and one.state.agenda is None)


def meetings_without_minutes(session: Session) -> Sequence[Meeting]:
    """The meetings whose minutes are still to be recorded, the next one first."""
    return session.exec(
        select(Meeting).where(col(Meeting.closed_at).is_(None)).order_by(col(Meeting.held_on), col(Meeting.id))
    ).all()


def meeting_of(session: Session, meeting_id: int) -> Meeting:
    """One meeting; `UnknownCase` if there is none."""
    found = session.get(Meeting, meeting_id)
    if found is None:
        raise UnknownCase(str(meeting_id))
    return found


def rankings_due(session: Session, bureau: Bureau, officer: str) -> tuple[RankingDue, ...]:
    """What this officer is asked to rank, by programme and stage."""
    grouped: dict[tuple[str, str], list[Waiting]] = defaultdict(list)
    stages = {
        stage.code
        for programme in bureau.programmes.programmes
        for stage in programme.stages
        if stage.kind is StageKind.PANEL
    }
    for one in _at_stages(session, stages):
        if any(task.purpose is TaskPurpose.RANK and officer in task.officers for task in one.state.open_tasks):
            grouped[one.case.programme, one.case.stage].append(one)
    due = []
    for (code, stage_code), cases in sorted(grouped.items()):
        programme = bureau.programmes.get(code, cases[0].case.version)
        stage = programme.stage(stage_code)
        assert stage is not None
        quota = stage.vote.quota if stage.vote else 0
        due.append(RankingDue(code, stage_code, f"{programme.short_title} · {stage.title}", quota or 0, tuple(cases)))
    return tuple(due)


def _at_stages(session: Session, stages: set[str]) -> list[Waiting]:
    if not stages:
        return []
    rows = session.exec(
        select(Case)
        .where(Case.phase == Phase.IN_STAGES, col(Case.stage).in_(sorted(stages)))
        .order_by(col(Case.number))
    ).all()
    return [Waiting(row, state_from_json(row.full_state)) for row in rows]
