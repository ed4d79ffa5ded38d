"""An officer's batch page: two hundred cases are one mail and one page, each decided on its own."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from jucai.approval.commands import DecideTask
from jucai.approval.events import Actor
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


@dataclass(frozen=True, slots=True)
class _RowForm:
    """What was posted about one row."""

    subject: str
    revision: int
    nonce: str
    verdict: Verdict | None
    opinion: str


@router.api_route("/b/{token}", methods=LOOK)
def show_batch(request: Request, link: Guard) -> Response:
    """All open tasks of the officer."""
    return _page(desk_of(request), link, ())


@router.post("/b/{token}/decide")  # noqa: FAST003 - the guard takes it
def decide_batch(request: Request, link: Guard, posted: Posted) -> Response:
    """Decide each row that was given a word, in a transaction of its own; tell what became of each."""
    desk = desk_of(request)
    # The whole form is read before the first decision: a broken one decides nothing.
    rows = [row for row in (_read_row(posted, index) for index in range(_rows(posted))) if row]
    actor = actor_of(desk, request, link.officer)
    outcomes = tuple(_decide_row(desk, link, row, actor) for row in rows)
    return _page(desk, link, outcomes, posted=True)


def _page(desk: Desk, link: BatchLink, outcomes: tuple[RowOutcome, ...], *, posted: bool = False) -> Response:
    with reading(desk.bureau.engine) as session:
        tasks = open_tasks_of(session, link.officer, desk.bureau.clock.now().date())
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


def _read_row(posted: PostedForm, index: int) -> _RowForm | None:
    """What was said about one row; None for a row that was left alone."""
    own = posted.get(f"verdict-{index}")
    if not (own or posted.get(f"pick-{index}")):
        return None
    word = own or posted.get("verdict")
    if word and word not in set(Verdict):
        raise BadForm
    subject = posted.get(f"task-{index}")
    if "/" not in subject:
        raise BadForm
    return _RowForm(
        subject=subject,
        revision=posted.number(f"revision-{index}"),
        nonce=posted.get(f"nonce-{index}"),
        verdict=Verdict(word) if word else None,
        opinion=posted.opinion(f"opinion-{index}") or posted.opinion("opinion"),
    )


def _decide_row(desk: Desk, link: BatchLink, row: _RowForm, actor: Actor) -> RowOutcome:
    number, task = split_task(row.subject)
    try:
        check_nonce(row_nonce(desk, link.token, row.subject, row.revision), row.nonce)
    except ForgedNonce as forged:
        return RowOutcome(number=number, applicant="", word="", done=False, text=str(forged), url="")
    with reading(desk.bureau.engine) as session:
        applicant = case_row(session, number).applicant
    url = make_link(desk.bureau, Link(LinkPurpose.TASK, link.officer, row.subject))
    if row.verdict is None:
        text = "已勾选，但没有选择意见，未办理。"
        return RowOutcome(number=number, applicant=applicant, word="", done=False, text=text, url=url)
    word = VERDICT_LABELS[row.verdict]
    command = DecideTask(task=task, officer=link.officer, verdict=row.verdict, opinion=row.opinion)
    try:
        execute(desk.bureau, number, command, actor, revision=row.revision, nonce=row.nonce)
    except Refusal as refusal:
        return RowOutcome(number=number, applicant=applicant, word=word, done=False, text=str(refusal), url=url)
    return RowOutcome(number=number, applicant=applicant, word=word, done=True, text=row.opinion or "已记录", url=url)
