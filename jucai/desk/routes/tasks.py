"""One task of one officer: looking at it, deciding it, verifying what was read."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from jucai.approval.commands import VerifyFacts
from jucai.approval.labels import verdict_label
from jucai.approval.refusals import ReasonNeeded, Refusal, ScoresNeeded, StaleRevision, UnknownStage
from jucai.approval.state import TaskPurpose, TaskStatus
from jucai.desk.decision_form import blank_form, read_decision, refilled
from jucai.desk.forms import PostedForm
from jucai.desk.guards import TaskLink, task_subject
from jucai.desk.next_steps import next_for_officers
from jucai.desk.opened import OpenedTask, open_task
from jucai.desk.routes.answering import LOOK, Posted, actor_of, check_nonce
from jucai.desk.task_page import Outcome, task_page
from jucai.desk.verify_page import check, verify_page
from jucai.store.cases import execute
from jucai.store.database import reading
from jucai.store.links import Link, LinkPurpose, make_link
from jucai.store.queries import open_tasks_of

router = APIRouter()
Guard = Annotated[TaskLink, Depends()]
_FIELDS: Mapping[type[Refusal], str] = MappingProxyType(
    {ReasonNeeded: "opinion", ScoresNeeded: "scores", UnknownStage: "target"}
)
"""Which field of the form a refusal is about."""


@router.api_route("/t/{token}", methods=LOOK)
def show_task(request: Request, link: Guard) -> Response:
    """The page of the task; once decided, what became of it."""
    return _page(open_task(request, link))


@router.post("/t/{token}/decide")  # noqa: FAST003 - the guard takes it
def decide(request: Request, link: Guard, posted: Posted) -> Response:
    """Decide the task, once."""
    opened = open_task(request, link)
    revision = posted.number("revision")
    check_nonce(opened.nonce(revision), posted.get("nonce"))
    if opened.task.status is not TaskStatus.OPEN:
        return _page(opened, status=409, late=True)
    actor = actor_of(opened.desk, request, link.officer)
    try:
        command = read_decision(posted, opened.file, opened.task, link.officer)
        if command is None:
            return _page(opened, status=422, posted=posted, error="请选择一种意见。", field="verdict")
        execute(opened.desk.bureau, link.number, command, actor, revision=revision, nonce=posted.get("nonce"))
    except (ReasonNeeded, ScoresNeeded, UnknownStage) as refusal:
        return _page(opened, status=422, posted=posted, error=str(refusal), field=_FIELDS[type(refusal)])
    except StaleRevision as refusal:
        return _page(open_task(request, link), status=409, posted=posted, error=str(refusal), field="form")
    return RedirectResponse(opened.here, status_code=303)


@router.post("/t/{token}/verify")  # noqa: FAST003 - the guard takes it
def verify(request: Request, link: Guard, posted: Posted) -> Response:
    """Record what a clerk has compared with the paper, once."""
    opened = open_task(request, link)
    revision = posted.number("revision")
    check_nonce(opened.nonce(revision), posted.get("nonce"))
    if opened.task.status is not TaskStatus.OPEN or opened.task.purpose is not TaskPurpose.VERIFY:
        return _page(opened, status=409, late=True)
    checked = check(opened.file, posted)
    if checked.problems:
        page = verify_page(
            opened.desk,
            opened.file,
            opened.task,
            opened.here,
            link.officer,
            opened.nonce(opened.file.state.revision),
            posted=posted,
            problems=checked.problems,
        )
        return opened.desk.show("verify.html.j2", page, status=422)
    command = VerifyFacts(opened.task.code, link.officer, checked.values)
    actor = actor_of(opened.desk, request, link.officer)
    try:
        execute(opened.desk.bureau, link.number, command, actor, revision=revision, nonce=posted.get("nonce"))
    except StaleRevision as refusal:
        return _page(open_task(request, link), status=409, posted=posted, error=str(refusal), field="form")
    return RedirectResponse(opened.here, status_code=303)


def _page(
    opened: OpenedTask,
    *,
    status: int = 200,
    posted: PostedForm | None = None,
    error: str = "",
    field: str = "",
    late: bool = False,
) -> Response:
    """The page that fits the task: verification, decision, or its outcome."""
    desk, file, task, officer = opened.desk, opened.file, opened.task, opened.link.officer
    nonce = opened.nonce(file.state.revision)
    form, outcome = None, None
    if task.status is not TaskStatus.OPEN:
        outcome = _outcome(opened, late=late)
    elif task.purpose is TaskPurpose.VERIFY:
        looked = verify_page(desk, file, task, opened.here, officer, nonce, posted=posted, error=error)
        return desk.show("verify.html.j2", looked, status=status)
    else:
        form = blank_form(file, task, nonce)
        form = refilled(form, posted, error, field) if posted else form
    page = task_page(desk, file, task, opened.here, officer, objection=opened.objection, form=form, outcome=outcome)
    return desk.show("task.html.j2", page, status=status)


def _outcome(opened: OpenedTask, *, late: bool) -> Outcome:
    desk, task, officer = opened.desk, opened.task, opened.link.officer
    with reading(desk.bureau.engine) as session:
        others = open_tasks_of(session, officer, desk.bureau.clock.now().date())
    next_url = ""
    if others:
        following, case = others[0]
        subject = task_subject(case.number, following.code)
        next_url = make_link(desk.bureau, Link(LinkPurpose.TASK, officer, subject))
    return Outcome(
        mine=task.decided_by == officer,
        late=late,
        who=opened.file.names.person(task.decided_by) if task.decided_by else "",
        verdict=verdict_label(task.verdict, task.purpose) if task.verdict else "",
        opinion=task.opinion,
        at=task.decided_at,
        cancelled=task.status is TaskStatus.CANCELLED,
        next_text=next_for_officers(opened.file),
        next_url=next_url,
        waiting=len(others),
    )
