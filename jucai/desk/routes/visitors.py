"""Pages without a decision: an applicant's status, public lists, verification, the landing page."""

import hmac
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse
from sqlalchemy import text

from jucai.desk.casefile import open_file
from jucai.desk.guards import PublicPage, StatusLink
from jucai.desk.public_page import PublicPage as Lists
from jucai.desk.public_page import landing_page, public_lists
from jucai.desk.queries import issued_document
from jucai.desk.routes.answering import LOOK, NothingThere
from jucai.desk.status_page import status_page
from jucai.desk.surroundings import PAGES, Desk, desk_of
from jucai.store.database import reading
from jucai.store.links import document_mac
from jucai.store.queries import publicity_now

router = APIRouter()
Open = Annotated[PublicPage, Depends()]


@router.api_route("/s/{token}", methods=LOOK)
def show_status(request: Request, link: Annotated[StatusLink, Depends()]) -> Response:
    """Where one case stands, for its applicant."""
    desk = desk_of(request)
    with reading(desk.bureau.engine) as session:
        file = open_file(session, desk, link.number)
    return desk.show("status.html.j2", status_page(desk, file))


@router.api_route("/", methods=LOOK)
def landing(request: Request, _: Open) -> Response:
    """What can be applied for, and how."""
    desk = desk_of(request)
    return desk.show("landing.html.j2", landing_page(desk, len(_lists(desk).lists)))


@router.api_route("/public", methods=LOOK)
def show_public(request: Request, _: Open) -> Response:
    """All current public lists."""
    desk = desk_of(request)
    return desk.show("public.html.j2", _lists(desk))


@router.api_route("/public/{notice}", methods=LOOK)
def show_public_list(request: Request, _: Open, notice: str) -> Response:
    """One current public list."""
    desk = desk_of(request)
    found = tuple(one for one in _lists(desk).lists if one.notice == notice)
    if not found:
        raise NothingThere("没有这份公示，或公示期已满。")
    return desk.show("public.html.j2", Lists(found))


@router.api_route("/v/{number}/{mac}", methods=LOOK)
def verify_document(request: Request, _: Open, number: str, mac: str) -> Response:
    """Whether a document's number was really given by this office."""
    desk = desk_of(request)
    if not hmac.compare_digest(document_mac(desk.bureau, number).encode(), mac.encode()):
        raise NothingThere(f"核验码与文号“{number}”不符：这份文书可能不是本局出具的，请拨打本局电话核实。")
    with reading(desk.bureau.engine) as session:
        issued = issued_document(session, desk.bureau, number)
    return desk.show("document.html.j2", issued)


@router.api_route("/desk.css", methods=LOOK)
def stylesheet(_: Open) -> Response:
    """The one stylesheet."""
    return FileResponse(PAGES / "desk.css", media_type="text/css")


@router.api_route("/favicon.ico", methods=LOOK)
def no_icon(_: Open) -> Response:
    """Browsers ask for it unasked; there is none."""
    return Response(status_code=204)


@router.api_route("/healthz", methods=LOOK)
def health(request: Request, _: Open) -> Response:
    """Whether the desk can reach its database."""
    with desk_of(request).bureau.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    return PlainTextResponse("ok\n")


def _lists(desk: Desk) -> Lists:
    with reading(desk.bureau.engine) as session:
        return Lists(public_lists(desk, publicity_now(session, desk.today)))
