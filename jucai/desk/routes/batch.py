"""An officer's batch page: two hundred cases are one mail and one page, each decided on its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from jucai.approval.commands import DecideTask
from jucai.approval.events import Actor
from jucai.approval.labels import VERDICT_LABELS
from jucai.approval.refusals import Refusal
from jucai.approval.state import CaseState, Verdict
from jucai.desk.batch_page import RowOutcome, batch_page, row_nonce
from jucai.desk.forms import BadForm, PostedForm
from jucai.desk.guards import BatchLink, split_task
from jucai.desk.routes.answering import LOOK, ForgedNonce, Posted, actor_of, check_nonce
from jucai.desk.surroundings import Desk, desk_of
from jucai.store.cases import Order, execute_batch
from jucai.store.database import reading
from jucai.store.links import Link, LinkPurpose, make_link
from jucai.store.queries import applicants_of, open_tasks_of

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
    """Decide every row that was given a word, in one transaction; tell what became of each."""
    desk = desk_of(request)
    # The whole form is read before the first decision: a broken one decides nothing.
    rows = [row for row in (_read_row(posted, index) for index in range(_rows(posted))) if row]
    actor = actor_of(desk, request, link.officer)
    return _page(desk, link, _decide(desk, link, rows, actor), posted=True)


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


def _decide(desk: Desk, link: BatchLink, rows: Sequence[_RowForm], actor: Actor) -> tuple[RowOutcome, ...]:
    """Decide all rows at once: two hundred cost one commit, and none holds up another."""
    numbers = [split_task(row.subject)[0] for row in rows if _ours(desk, link, row)]
    with reading(desk.bureau.engine) as session:
        applicants = applicants_of(session, numbers)
    orders = {
        place: Order(number, DecideTask(task, link.officer, row.verdict, row.opinion), actor, row.revision, row.nonce)
        for place, row in enumerate(rows)
        for number, task in (split_task(row.subject),)
        if row.verdict is not None and _ours(desk, link, row)
    }
    results = dict(zip(orders, execute_batch(desk.bureau, list(orders.values())), strict=True))
    return tuple(_outcome(desk, link, row, applicants, results.get(place)) for place, row in enumerate(rows))


def _ours(desk: Desk, link: BatchLink, row: _RowForm) -> bool:
    try:
        check_nonce(row_nonce(desk, link.token, row.subject, row.revision), row.nonce)
    except ForgedNonce:
        return False
    return True


def _outcome(
    desk: Desk, link: BatchLink, row: _RowForm, applicants: Mapping[str, str], result: CaseState | Refusal | None
) -> RowOutcome:
    number, _ = split_task(row.subject)
    if not _ours(desk, link, row):
        return RowOutcome(number=number, applicant="", word="", done=False, text=str(ForgedNonce()), url="")
    url = make_link(desk.bureau, Link(LinkPurpose.TASK, link.officer, row.subject))
    applicant = applicants.get(number, "")
    if row.verdict is None:
        text = "已勾选，但没有选择意见，未办理。"
        return RowOutcome(number=number, applicant=applicant, word="", done=False, text=text, url=url)
    done = not isinstance(result, Refusal)
    text = str(result) if isinstance(result, Refusal) else row.opinion or "已记录"
    return RowOutcome(number, applicant, VERDICT_LABELS[row.verdict], done, text, url)
