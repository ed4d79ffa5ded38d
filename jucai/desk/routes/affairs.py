"""Common affairs of an officer: who acts for whom, hand-overs, meetings and minutes, rankings, a head's cases."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from jucai.approval.owed import owed_words
from jucai.approval.refusals import BadCommand, NotEntitled, Refusal
from jucai.approval.state import Verdict
from jucai.approval.values import Substitution
from jucai.desk.affairs_page import (
    ACTIONS,
    action_nonce,
    affairs_page,
    minutes_nonce,
    minutes_page,
)
from jucai.desk.forms import BadForm, PostedForm
from jucai.desk.guards import BatchLink
from jucai.desk.routes.answering import LOOK, Posted, actor_of, check_nonce
from jucai.desk.surroundings import Desk, desk_of
from jucai.desk.verbs_page import case_command
from jucai.policy import Role
from jucai.store.cases import execute
from jucai.store.database import reading
from jucai.store.meetings import (
    Ruling,
    agenda,
    close_ranking,
    convene,
    hand_over_all,
    record_minutes,
    told_of_convening,
)
from jucai.store.substitutes import appoint_substitute, end_substitution
from jucai.store.waiting import meeting_of
from models.cases import Meeting

router = APIRouter()
Guard = Annotated[BatchLink, Depends()]


@router.api_route("/b/{token}/office", methods=LOOK)
def show_affairs(request: Request, link: Guard) -> Response:
    """What this officer can do besides their tasks."""
    return _page(desk_of(request), link)


@router.post("/b/{token}/office")  # noqa: FAST003 - the guard takes it
def do_affair(request: Request, link: Guard, posted: Posted) -> Response:
    """Do one of these things, and say what came of it."""
    desk, action = desk_of(request), posted.get("action")
    if action not in ACTIONS:
        raise BadForm
    check_nonce(action_nonce(desk, link.token, action), posted.get("nonce"))
    try:
        done = _DO[action](request, desk, link.officer, posted)
    except Refusal as refusal:
        return _page(desk, link, failed=action, error=str(refusal), typed=posted.values)
    return _page(desk, link, done=done)


@router.api_route("/b/{token}/meetings/{meeting}", methods=LOOK)
def show_meeting(request: Request, link: Guard, meeting: int) -> Response:
    """The agenda of a meeting, with the form for its minutes."""
    return _meeting(desk_of(request), link, meeting)


@router.post("/b/{token}/meetings/{meeting}")  # noqa: FAST003 - the guard takes it
def minutes(request: Request, link: Guard, meeting: int, posted: Posted) -> Response:
    """Carry out the minutes: every item is decided as they say, or waits for the next meeting; all, or nothing."""
    desk = desk_of(request)
    with reading(desk.bureau.engine) as session:
        held = _seen(desk, link, meeting_of(session, meeting))
        lines = agenda(session, desk.bureau, held.title)
    check_nonce(minutes_nonce(desk, link.token, held), posted.get("nonce"))
    try:
        rulings = {line.number: ruling for line in lines if (ruling := _ruling(posted, line.position)) is not None}
        present = _ticked(posted, "member")
        if not present:
            raise BadCommand("记录纪要", "请勾选到会人员")
        record_minutes(desk.bureau, held.title, rulings, present, posted.opinion("minutes"), link.officer)
    except Refusal as refusal:
        return _meeting(desk, link, meeting, error=str(refusal), typed=posted.values)
    return RedirectResponse(f"/b/{link.token}/meetings/{meeting}", status_code=303)


def _page(
    desk: Desk, link: BatchLink, *, failed: str = "", error: str = "", done: str = "",
    typed: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    with reading(desk.bureau.engine) as session:
        page = affairs_page(desk, session, link.officer, link.token, failed=failed, error=error, done=done, typed=typed)
    return desk.show("affairs.html.j2", page, status=409 if error else 200)


def _meeting(
    desk: Desk, link: BatchLink, meeting: int, *, error: str = "", typed: Mapping[str, str] | None = None
) -> Response:
    with reading(desk.bureau.engine) as session:
        held = _seen(desk, link, meeting_of(session, meeting))
        page = minutes_page(desk, session, link.officer, link.token, held, error=error, typed=typed)
    return desk.show("meeting.html.j2", page, status=409 if error else 200)


def _seen(desk: Desk, link: BatchLink, meeting: Meeting) -> Meeting:
    """Agendas name applicants: they are for those who run meetings."""
    known = desk.bureau.office.officer(link.officer)
    if known is None or not {Role.SECRETARY, Role.HEAD}.intersection(known.roles):
        raise NotEntitled(known.name if known else link.officer, "查看会议", "会议秘书或负责人")
    return meeting


def _ruling(posted: PostedForm, position: int) -> Ruling | None:
    word = posted.get(f"outcome-{position}")
    if not word:
        return None
    if word not in {verdict.value for verdict in Verdict}:
        raise BadForm
    recused = tuple(name for name in (one.strip() for one in posted.get(f"recused-{position}").split(",")) if name)
    return Ruling(Verdict(word), posted.opinion(f"text-{position}"), recused)


def _ticked(posted: PostedForm, what: str) -> list[str]:
    prefix = f"{what}-"
    return [name.removeprefix(prefix) for name, value in posted.values.items() if name.startswith(prefix) and value]


def _day(posted: PostedForm, name: str) -> date:
    try:
        return date.fromisoformat(posted.get(name).strip())
    except ValueError as error:
        raise BadCommand("提交", "请填写日期，例如 2026-12-01") from error


def _substitute(_: Request, desk: Desk, officer: str, posted: PostedForm) -> str:
    new = Substitution(officer, posted.get("to"), _day(posted, "first"), _day(posted, "last"), posted.opinion("why"))
    appoint_substitute(desk.bureau, new, officer)
    return "代理已设定；代理期间的办理记录会写明“代”。"


def _end_substitute(_: Request, desk: Desk, officer: str, posted: PostedForm) -> str:  # noqa: ARG001 - one signature
    end_substitution(desk.bureau, officer, officer)
    return "代理已结束，今日起由您本人办理。"


def _hand_over(_: Request, desk: Desk, officer: str, posted: PostedForm) -> str:
    moved = hand_over_all(desk.bureau, posted.get("leaver"), posted.get("to"), officer, posted.opinion("why"))
    faults = "".join(f"未移交 {fault}" for fault in moved.faults)
    return f"已移交 {len(moved.cases)} 件。{faults}"


def _convene(_: Request, desk: Desk, officer: str, posted: PostedForm) -> str:
    title = posted.opinion("title")
    numbers, guests = _ticked(posted, "case"), _ticked(posted, "guest")
    convene(desk.bureau, title, _day(posted, "held_on"), posted.opinion("place"), numbers, officer, guests)
    return told_of_convening(title, len(numbers), len(guests))


def _rank(_: Request, desk: Desk, officer: str, posted: PostedForm) -> str:
    placings = close_ranking(
        desk.bureau, posted.get("programme"), posted.get("stage"), officer, chosen=_ticked(posted, "chosen")
    )
    return f"已排序 {len(placings)} 件，入选 {sum(one.within for one in placings)} 件。"


def _case(request: Request, desk: Desk, officer: str, posted: PostedForm) -> str:
    command = case_command(posted.get("do"), officer, posted.opinion("why"), posted.get("days"), posted.get("ground"))
    state = execute(desk.bureau, posted.get("number").strip(), command, actor_of(desk, request, officer))
    programme = desk.bureau.programmes.get(state.programme, state.version)
    return f"{state.number} 已按您的意见处理。" + owed_words(state, programme, desk.today, desk.bureau.calendar)


_DO: Mapping[str, Callable[[Request, Desk, str, PostedForm], str]] = MappingProxyType(
    {
        "substitute": _substitute,
        "substitute-end": _end_substitute,
        "hand-over": _hand_over,
        "convene": _convene,
        "rank": _rank,
        "case": _case,
    }
)
