"""A payment list, for the finance officer who holds its link."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from jucai.approval.refusals import Refusal
from jucai.desk.guards import PaymentLink
from jucai.desk.payment_page import payment_page
from jucai.desk.routes.answering import LOOK, NothingThere, Posted, actor_of, check_nonce
from jucai.desk.security import DOWNLOAD_HEADERS
from jucai.desk.surroundings import Desk, desk_of
from jucai.store.database import reading
from jucai.store.links import form_nonce
from jucai.store.payments import confirm_list, payment_list, rows_of

router = APIRouter()
Guard = Annotated[PaymentLink, Depends()]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.api_route("/l/{token}", methods=LOOK)
def show_list(request: Request, link: Guard) -> Response:
    """The list with its rows and totals."""
    return _page(desk_of(request), link)


@router.api_route("/l/{token}/list.xlsx", methods=LOOK)
def workbook(request: Request, link: Guard) -> Response:
    """The workbook as it was written for the finance office."""
    desk = desk_of(request)
    with reading(desk.bureau.engine) as session:
        sha256 = payment_list(session, link.number).sha256
    if sha256 is None:
        raise NothingThere("清单文件尚未生成，请几分钟后再试。")
    headers = {**DOWNLOAD_HEADERS, "content-disposition": f'attachment; filename="{link.number}.xlsx"'}
    return Response(desk.bureau.blobs.get(sha256), media_type=_XLSX, headers=headers)


@router.post("/l/{token}/paid")  # noqa: FAST003 - the guard takes it
def confirm_paid(request: Request, link: Guard, posted: Posted) -> Response:
    """Confirm that everything on the list was paid, once."""
    desk = desk_of(request)
    check_nonce(_nonce(desk, link), posted.get("nonce"))
    on = _paid_day(posted.get("on"))
    if on is None or on > desk.today:
        error = "请填写拨付日期，例如 2026-06-01。" if on is None else "拨付日期不能晚于今天。"
        return _page(desk, link, status=422, on=posted.get("on"), error=error)
    if not posted.get("confirmed"):
        return _page(desk, link, status=422, on=posted.get("on"), error="请先勾选“清单所列款项均已拨付”。")
    actor = actor_of(desk, request, link.officer)
    try:
        confirm_list(desk.bureau, link.number, actor, on, nonce=posted.get("nonce"))
    except Refusal as refusal:
        return _page(desk, link, status=409, error=str(refusal))
    return RedirectResponse(f"/l/{link.token}", status_code=303)


def _nonce(desk: Desk, link: PaymentLink) -> str:
    # A list never changes once it is made: its link and officer are all there is to bind to.
    return form_nonce(desk.bureau, link.token, 0)


def _paid_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _page(desk: Desk, link: PaymentLink, *, status: int = 200, on: str = "", error: str = "") -> Response:
    with reading(desk.bureau.engine) as session:
        payment, rows = payment_list(session, link.number), rows_of(session, link.number)
    page = payment_page(desk, link.officer, f"/l/{link.token}", payment, rows, _nonce(desk, link), on=on, error=error)
    return desk.show("payment_list.html.j2", page, status=status)
