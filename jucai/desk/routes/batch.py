"""An officer's batch page: two hundred cases are one mail and one page, each decided on its own."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from jucai.approval.commands import DecideTask
from jucai.approval.labels import VERDICT_LABELS
from jucai.approval.refusals import Refusal
from jucai.approval.state import Verdict
from jucai.desk.batch_page import RowOutcome, batch_page, row_nonce
from jucai.desk.forms import BadForm, PostedForm
from jucai.desk.guards import BatchLink, split_task
from jucai.desk.routes.answering import LOOK, ForgedNonce, Posted, actor_of, check_nonce
from jucai.desk.surroundings import Desk, desk_of
from jucai.store.cases import case_row, execute
from jucai.store.database import reading
from jucai.store.links import Link, LinkPurpose, make_link
from jucai.store.queries import open_tasks_of

router = APIRouter()
Guard = Annotated[BatchLink, Depends()]


@router.api_route("/b/{token}", methods=LOOK)
def show_batch(request: Request, link: Guard) -> Response:
    """All open tasks of the officer."""
    return _page(desk_of(request), link, ())


@router.post("/b/{token}/decide")
def decide_batch(request: Request, link: Guard, posted: Posted) -> Response:
    """Decide each row that was given a word, in a transaction of its own; tell what became of each."""
    desk = desk_of(request)
    outcomes = tuple(
        _decide_row(request, desk, link, posted, index) for index in range(_rows(posted)) if _chosen(posted, index)
    )
    return _page(desk, link, outcomes, posted=True)


def _page(desk: Desk, link: BatchLink, outcomes: tuple[RowOutcome, ...], *, posted: bool = False) -> Response:
    with reading(desk.bureau.engine) as session:
        tasks = open_tasks_of(session, link.officer)
    error = "没有选择任何一件：请勾选办件并选择意见后再提交。" if posted and not outcomes else ""
    return desk.show(
        "batch.html.j2",
        batch_page(desk, link.officer, link.token, tasks, outcomes, error),
        status=422 if error else 200,
    )


def _rows(posted: PostedForm) -> int:
    rows = posted.number("rows")
    if rows > len(posted.values):
        raise BadForm
    return rows


def _chosen(posted: PostedForm, index: int) -> bool:
    return bool(posted.get(f"verdict-{index}") or posted.get(f"pick-{index}"))


def _decide_row(request: Request, desk: Desk, link: BatchLink, posted: PostedForm, index: int) -> RowOutcome:
    subject = posted.get(f"task-{index}")
    number, task = split_task(subject)
    revision = posted.number(f"revision-{index}")
    nonce = posted.get(f"nonce-{index}")
    word = posted.get(f"verdict-{index}") or posted.get("verdict")
    opinion = posted.opinion(f"opinion-{index}") or posted.opinion("opinion")
    try:
        check_nonce(row_nonce(desk, link.token, subject, revision), nonce)
        if not word:
            return _outcome(desk, link, subject, "", "已勾选，但没有选择意见，未办理", done=False)
        if word not in set(Verdict):
            raise BadForm
        verdict = Verdict(word)
        command = DecideTask(task=task, officer=link.officer, verdict=verdict, opinion=opinion)
        actor = actor_of(desk, request, link.officer)
        execute(desk.bureau, number, command, actor, revision=revision, nonce=nonce)
    except (Refusal, ForgedNonce) as refusal:
        label = VERDICT_LABELS[Verdict(word)] if word else ""
        return _outcome(desk, link, subject, label, str(refusal), done=False)
    return _outcome(desk, link, subject, VERDICT_LABELS[verdict], opinion or "已记录", done=True)


def _outcome(desk: Desk, link: BatchLink, subject: str, word: str, text: str, *, done: bool) -> RowOutcome:
    number, _ = split_task(subject)
    with reading(desk.bureau.engine) as session:
        applicant = case_row(session, number).applicant
    url = make_link(desk.bureau, Link(LinkPurpose.TASK, link.officer, subject))
    return RowOutcome(number=number, applicant=applicant, word=word, done=done, text=text, url=url)
