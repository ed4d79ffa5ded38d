"""The papers of a case, for whoever holds the link of one of its tasks: originals, pages, places."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response

from jucai.desk.guards import TaskLink
from jucai.desk.opened import OpenedTask, open_task
from jucai.desk.routes.answering import LOOK, NothingThere
from jucai.desk.security import DOWNLOAD_HEADERS
from jucai.desk.task_page import MOST_PAGES
from models.letters import Document

router = APIRouter()
Guard = Annotated[TaskLink, Depends()]


class NoSuchPaper(NothingThere):
    """The case has no such document, page or place."""

    def __init__(self) -> None:
        super().__init__("本办件没有这份材料或这一页。")


def _document(opened: OpenedTask, document_id: int) -> Document:
    document = opened.document(document_id)
    if document is None:
        raise NoSuchPaper
    return document


@router.api_route("/t/{token}/document/{document_id}", methods=LOOK)
def download(request: Request, link: Guard, document_id: int) -> Response:
    """The original, unchanged, to be kept or opened by the officer's own programs."""
    opened = open_task(request, link)
    document = _document(opened, document_id)
    return Response(
        opened.desk.bureau.blobs.get(document.sha256),
        media_type="application/octet-stream",  # a browser shall save it, not interpret it
        headers={**DOWNLOAD_HEADERS, "content-disposition": _attachment(document.name)},
    )


@router.api_route("/t/{token}/document/{document_id}/page/{page}.png", methods=LOOK)
def page_picture(request: Request, link: Guard, document_id: int, page: int) -> Response:
    """The picture of one page."""
    opened = open_task(request, link)
    document = _document(opened, document_id)
    if not 1 <= page <= MOST_PAGES:
        raise NoSuchPaper
    data = opened.desk.bureau.blobs.get(document.sha256)
    return Response(opened.desk.pictures.page(document.sha256, data, page), media_type="image/png")


@router.api_route("/t/{token}/place/{key}.png", methods=LOOK)
def place_picture(request: Request, link: Guard, key: str) -> Response:
    """The picture of the place a field was read from."""
    opened = open_task(request, link)
    place = opened.file.place(key)
    if place is None:
        raise NoSuchPaper
    document, page, box = place
    data = opened.desk.bureau.blobs.get(document.sha256)
    return Response(opened.desk.pictures.place(document.sha256, data, page, box), media_type="image/png")


def _attachment(name: str) -> str:
    """A file name in RFC 6266 form, with a plain one for old programs."""
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "._-") else "_" for char in name)
    return f"attachment; filename=\"{plain or 'file'}\"; filename*=UTF-8''{quote(name, safe='')}"
