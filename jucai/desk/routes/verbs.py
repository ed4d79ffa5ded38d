"""What can be done with a case besides deciding a task: the page that offers it, and the form that does it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from jucai.approval.owed import owed_words
from jucai.approval.refusals import Refusal
from jucai.desk.guards import TaskLink
from jucai.desk.opened import OpenedTask, open_task
from jucai.desk.routes.answering import LOOK, Message, Posted, actor_of, check_nonce
from jucai.desk.verbs_page import done_text, read_verb, verb_forms, verbs_page
from jucai.store.cases import execute

router = APIRouter()
Guard = Annotated[TaskLink, Depends()]


@router.api_route("/t/{token}/more", methods=LOOK)
def show_verbs(request: Request, link: Guard) -> Response:
    """Everything this officer can do with the case."""
    return _page(open_task(request, link))


@router.post("/t/{token}/more")  # noqa: FAST003 - the guard takes it
def carry_out_verb(request: Request, link: Guard, posted: Posted) -> Response:
    """Do one of them, once."""
    opened = open_task(request, link)
    revision = posted.number("revision")
    check_nonce(opened.nonce(revision), posted.get("nonce"))
    forms = verb_forms(opened.desk.bureau.office, opened.file, opened.task, link.officer)
    command = read_verb(posted, forms, link.task, link.officer)
    actor = actor_of(opened.desk, request, link.officer)
    try:
        state = execute(opened.desk.bureau, link.number, command, actor, revision=revision, nonce=posted.get("nonce"))
    except Refusal as refusal:
        typed = {name: posted.get(name) for name in ("to", "task", "seat", "ground", "days", "why")}
        return _page(open_task(request, link), failed=posted.get("verb"), error=str(refusal), typed=typed)
    # The task may be somebody else's now: its page would turn its own officer away.
    bureau = opened.desk.bureau
    programme = bureau.programmes.get(state.programme, state.version)
    text = done_text(state, posted.get("verb")) + owed_words(state, programme, opened.desk.today, bureau.calendar)
    return opened.desk.show("message.html.j2", Message(title="已办理", text=text, code=200))


def _page(opened: OpenedTask, *, failed: str = "", error: str = "", typed: dict[str, str] | None = None) -> Response:
    page = verbs_page(
        opened.desk,
        opened.file,
        opened.task,
        opened.here,
        opened.link.officer,
        opened.nonce(opened.file.state.revision),
        failed=failed,
        error=error,
        typed=typed or {},
    )
    return opened.desk.show("verbs.html.j2", page, status=409 if error else 200)
