"""A change of level while a subsidy is being paid: the head of the bureau looks at what it means, then decides."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from jucai.approval.commands import ChangeLevel
from jucai.approval.refusals import BadCommand, NotEntitled, Refusal
from jucai.desk.casefile import CaseFile, open_file
from jucai.desk.forms import PostedForm
from jucai.desk.guards import BatchLink
from jucai.desk.level_page import LevelPage, level_nonce, level_page, read_values, tried
from jucai.desk.routes.answering import LOOK, Posted, actor_of, check_nonce
from jucai.desk.surroundings import Desk, desk_of
from jucai.desk.verbs_page import leads
from jucai.store.cases import execute
from jucai.store.database import reading

router = APIRouter()
Guard = Annotated[BatchLink, Depends()]


@router.api_route("/b/{token}/level", methods=LOOK)
def show_level(request: Request, link: Guard, number: str = "") -> Response:
    """What the granted amount hangs on, and the parts as they are."""
    desk = desk_of(request)
    try:
        file = _file(desk, link, number)
    except Refusal as refusal:
        known = desk.bureau.office.officer(link.officer)
        page = LevelPage(
            here=f"/b/{link.token}/level", back=f"/b/{link.token}/office", today=desk.today, error=str(refusal),
            officer=known.name if known else link.officer,
        )  # fmt: skip
        return desk.show("level.html.j2", page, status=409)
    return desk.show("level.html.j2", level_page(desk, file, link.officer, link.token))


@router.post("/b/{token}/level")  # noqa: FAST003 - the guard takes it
def change_level(request: Request, link: Guard, posted: Posted) -> Response:
    """Show what a change would mean; with `apply` carry it out, once."""
    desk = desk_of(request)
    file = _file(desk, link, posted.get("number"))
    state, revision = file.state, posted.number("revision")
    check_nonce(level_nonce(desk, link.token, state.number, revision), posted.get("nonce"))
    try:
        values = read_values(posted, state, file.names.programme)
        on = _day(posted)
        found = tried(file, values, on)
        if posted.get("apply"):
            command = ChangeLevel(link.officer, values, on, posted.opinion("why"))
            actor = actor_of(desk, request, link.officer)
            execute(desk.bureau, state.number, command, actor, revision=revision, nonce=posted.get("nonce"))
    except Refusal as refusal:
        page = level_page(desk, file, link.officer, link.token, posted, error=str(refusal))
        return desk.show("level.html.j2", page, status=409)
    if not posted.get("apply"):
        return desk.show("level.html.j2", level_page(desk, file, link.officer, link.token, posted, found=found))
    done = "已变更，以后各期按新的金额发放；系统会把变更内容和各期金额告知申请人。"
    return desk.show(
        "level.html.j2", level_page(desk, _file(desk, link, state.number), link.officer, link.token, done=done)
    )


def _file(desk: Desk, link: BatchLink, number: str) -> CaseFile:
    """The case, for a head of the bureau; `UnknownCase` and `NotEntitled` say why not."""
    if not leads(desk.bureau.office, link.officer):
        known = desk.bureau.office.officer(link.officer)
        raise NotEntitled(known.name if known else link.officer, "变更层次", "局负责人")
    with reading(desk.bureau.engine) as session:
        return open_file(session, desk, number.strip())


def _day(posted: PostedForm) -> date:
    try:
        return date.fromisoformat(posted.get("on").strip())
    except ValueError as error:
        raise BadCommand("变更层次", "请填写变更日期，例如 2026-12-01") from error
