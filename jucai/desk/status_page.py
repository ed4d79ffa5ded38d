"""The applicant's page: where it stands, since when, until when, why, and what comes next; nothing to decide."""

from dataclasses import dataclass
from datetime import date

from jucai.approval.labels import PHASE_PUBLIC_LABELS
from jucai.approval.state import CaseState, MissingPaper, PartState, Phase
from jucai.desk.casefile import CaseFile, clock_of
from jucai.desk.next_steps import next_for_applicant
from jucai.desk.standing import Step, StepState, steps
from jucai.desk.surroundings import Desk
from jucai.desk.task_page import PartView, parts
from jucai.store.database import reading
from jucai.store.queueing import queue_of

_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class StatusPage:
    """Everything on an applicant's status page; names are masked, numbers of persons are not there at all."""

    number: str
    applicant: str
    employer: str
    programme: str
    example: bool
    phase: str
    tone: str  # going, waiting (for the applicant), good, bad
    stage: str
    units: tuple[str, ...]
    received: date
    since: date | None
    expected: date | None
    provisional: bool
    clock: str
    next_text: str
    missing: tuple[MissingPaper, ...]
    correction_due: date | None
    reason: str
    steps: tuple[Step, ...]
    amount_fen: int | None
    parts: tuple[PartView, ...]
    waiting: str  # why the money does not come yet and the place in the queue; empty for most


def mask_name(name: str) -> str:
    """A person's name on a page that may be left open: the family name and stars (张*, 欧阳**, A***)."""
    if len(name) < _SHORTEST:
        return name
    kept = 2 if len(name) > 3 and name[:2] in _DOUBLE else 1  # noqa: PLR2004 - 欧阳修 keeps one, 欧阳晓明 two
    return name[:kept] + "*" * (len(name) - kept)


_DOUBLE = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "司徒", "长孙", "宇文"}
)


def status_page(desk: Desk, file: CaseFile) -> StatusPage:
    """The page of one case for its applicant."""
    state = file.state
    way = steps(state, file.history, file.names, public=True)
    now = next((step for step in way if step.state is StepState.NOW), None)
    clock = clock_of(file, desk.bureau.calendar, desk.today)
    running = clock if clock and not state.closed and state.phase is not Phase.PAYING else None
    return StatusPage(
        number=state.number,
        applicant=mask_name(state.applicant.name),
        employer=state.applicant.employer,
        programme=file.names.programme.title,
        example=file.names.programme.example,
        phase=PHASE_PUBLIC_LABELS[state.phase],
        tone=_tone(state),
        stage=now.title if now and state.phase is Phase.IN_STAGES else "",
        units=now.units if now else (),
        received=state.opened_at.date(),
        since=now.since if now and now.since else _since(file),
        expected=None if running is None or running.standing else running.due_on,
        provisional=running.provisional if running else False,
        clock=running.explanation if running else "",
        next_text=next_for_applicant(file),
        missing=state.missing if state.phase is Phase.CORRECTING else (),
        correction_due=state.correction_due if state.phase is Phase.CORRECTING else None,
        reason=state.ended_why if state.closed else "",
        steps=way,
        amount_fen=state.amount_fen if state.parts else None,
        parts=parts(state),
        waiting=_waiting(desk, file),
    )


def _waiting(desk: Desk, file: CaseFile) -> str:
    """Where a released part stands in the queue of a programme whose yearly budget is used up (轮候)."""
    if file.names.programme.budget is None or all(part.state is not PartState.RELEASED for part in file.state.parts):
        return ""
    with reading(desk.bureau.engine) as session:
        queue = queue_of(session, desk.bureau, desk.today)
    place = next((one.place for one in queue if one.case.number == file.state.number), None)
    if place is None:
        return ""
    order = "、".join(key.title for key in file.names.programme.budget.order)
    return f"本年度预算不足，您的本期补贴已列入轮候，目前第{place.position}位（按{order}）。拨付后我们会发邮件通知您。"


def _tone(state: CaseState) -> str:
    if state.phase is Phase.CORRECTING:
        return "waiting"
    if state.phase is Phase.COMPLETED:
        return "good"
    return "bad" if state.closed else "going"


def _since(file: CaseFile) -> date | None:
    return file.history[-1].at.date() if file.history else None
