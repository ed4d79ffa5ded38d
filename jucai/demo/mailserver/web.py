"""The page to read what arrived, and the same as JSON. It shows; it changes nothing."""

import re
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.middleware.base import RequestResponseEndpoint
from starlette.middleware.trustedhost import TrustedHostMiddleware

from jucai.clock import SHANGHAI
from jucai.demo.mailserver import listing
from jucai.demo.mailserver.config import MailServerConfig
from jucai.demo.mailserver.letter import open_letter
from jucai.demo.mailserver.store import MailStore, normal_address

PAGE = 50
# A letter's own markup is shown in a sandboxed frame that inherits this policy: it may bring inline
# styles and embedded pictures, and may load or send nothing.
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
LETTER_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'; img-src data:")
FILE_POLICY = "default-src 'none'; sandbox"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Links in letters carry one-time codes; no other site may learn where the reader came from.
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
# ASCII only: Chinese text runs on after an address without a blank.
LINK = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{1,2000}")
FRAME_HEAD = (
    '<!doctype html><meta charset="utf-8"><base target="_blank">'
    "<style>body{font:16px/1.7 system-ui,sans-serif;margin:1rem;overflow-wrap:anywhere}"
    "img{max-width:100%}</style>"
)
TRACE_LABELS = {
    "return-path": "退信地址",
    "received": "传递",
    "authentication-results": "来源验证",
    "message-id": "信件标识",
    "in-reply-to": "回复",
    "auto-submitted": "自动发出",
}


def mailbox_app(config: MailServerConfig, store: MailStore) -> FastAPI:
    """The page over a store; every route only reads (GET)."""
    app = FastAPI(title="演示邮箱", docs_url=None, redoc_url=None, openapi_url=None)
    # A name that was pointed at this machine from outside must not open other people's mail.
    hosts = ["localhost", "127.0.0.1", config.host, *config.http_hosts]
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts)

    @app.middleware("http")
    async def guarded(request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        for name, value in {**HEADERS, "Content-Security-Policy": POLICY}.items():
            response.headers.setdefault(name, value)
        return response

    _add_pages(app, config, store)
    _add_letter_pages(app, config, store)
    _add_api(app, store)
    return app


def _add_pages(app: FastAPI, config: MailServerConfig, store: MailStore) -> None:
    pages = _environment(config)

    @app.get("/")
    def mailboxes() -> HTMLResponse:
        boxes = listing.mailboxes(store)
        return HTMLResponse(pages.get_template("mailboxes.html").render(boxes=boxes, own=config.domain))

    @app.get("/mailboxes/{address}")
    def letters(address: str, q: str = "", page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> HTMLResponse:
        address = normal_address(address)
        known = {box.address: box for box in listing.mailboxes(store)}
        if address not in known:
            raise HTTPException(404, "没有这个邮箱")
        found = listing.letters(store, address, search=q, limit=PAGE + 1, offset=(page - 1) * PAGE)
        return HTMLResponse(
            pages.get_template("letters.html").render(
                box=known[address], letters=found[:PAGE], more=len(found) > PAGE, q=q, page=page
            )
        )

    @app.get("/mailbox.css")
    def style() -> FileResponse:
        return FileResponse(config.templates / "mailbox.css", media_type="text/css")

    @app.exception_handler(404)
    @app.exception_handler(RequestValidationError)
    def missing(request: Request, error: Exception) -> Response:
        message = error.detail if isinstance(error, HTTPException) else "没有这个页面"
        if request.url.path.startswith("/api/"):
            return JSONResponse({"message": message}, status_code=404)
        return HTMLResponse(pages.get_template("missing.html").render(message=message), status_code=404)


def _add_letter_pages(app: FastAPI, config: MailServerConfig, store: MailStore) -> None:
    pages = _environment(config)

    @app.get("/letters/{number}")
    def letter(number: int, view: str = "") -> HTMLResponse:
        line = listing.letter(store, number)
        opened = open_letter(_raw(store, number))
        assert line is not None
        shown = view if view in {"html", "text"} else ("html" if opened.html is not None else "text")
        page = pages.get_template("letter.html").render(
            line=line,
            letter=opened,
            view=shown,
            frame=FRAME_HEAD + (opened.html or ""),
            labels=TRACE_LABELS,
        )
        return HTMLResponse(page, headers={"Content-Security-Policy": LETTER_POLICY})

    @app.get("/letters/{number}/source")
    def source(number: int) -> Response:
        return Response(
            _raw(store, number).decode("utf-8", "replace"),
            media_type="text/plain; charset=utf-8",
            headers={"Content-Security-Policy": FILE_POLICY},
        )

    @app.get("/letters/{number}/attachments/{index}")
    def attachment(number: int, index: int) -> Response:
        files = {one.index: one for one in open_letter(_raw(store, number)).attachments}
        if index not in files:
            raise HTTPException(404, "这封信没有这个附件")
        return _download(files[index].content, files[index].name)

    @app.get("/letters/{number}/letter.eml")
    def whole(number: int) -> Response:
        return _download(_raw(store, number), f"letter-{number}.eml")


def _add_api(app: FastAPI, store: MailStore) -> None:
    @app.get("/api/mailboxes")
    def mailboxes() -> list[dict[str, Any]]:
        return [asdict(box) for box in listing.mailboxes(store)]

    @app.get("/api/mailboxes/{address}/messages")
    def messages(
        address: str,
        q: str = "",
        after: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    ) -> list[dict[str, Any]]:
        found = listing.letters(store, normal_address(address), search=q, after=after, limit=limit)
        return [asdict(one) for one in found]

    @app.get("/api/messages/{number}/raw")
    def raw(number: int) -> Response:
        return Response(
            _raw(store, number), media_type="message/rfc822", headers={"Content-Security-Policy": FILE_POLICY}
        )


def _raw(store: MailStore, number: int) -> bytes:
    raw = store.raw(number)
    if raw is None:
        raise HTTPException(404, "没有这封信，可能已被删除")
    return raw


def _download(content: bytes, name: str) -> Response:
    """A file to save, never to show: whatever type its sender claimed."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(
        content,
        media_type="application/octet-stream",
        headers={"Content-Disposition": disposition, "Content-Security-Policy": FILE_POLICY},
    )


def _environment(config: MailServerConfig) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(config.templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.filters |= {"linked": linked, "moment": moment, "size": size}
    return environment


def linked(text: str) -> Markup:
    """Plain text as markup, its addresses made into links that open in a new tab."""
    pieces, position = [], 0
    for match in LINK.finditer(text):
        address = match[0].rstrip(".,;:!?'*")
        while address.endswith(")") and address.count("(") < address.count(")"):
            address = address[:-1].rstrip(".,;:!?'*")
        pieces.append(escape(text[position : match.start()]))
        pieces.append(Markup('<a href="{0}" target="_blank" rel="noopener noreferrer">{0}</a>').format(address))
        position = match.start() + len(address)
    return Markup("").join([*pieces, escape(text[position:])])


def moment(value: datetime | None) -> str:
    """A moment as an office writes it."""
    if value is None:
        return "—"
    local = value.astimezone(SHANGHAI)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def size(count: int) -> str:
    """A number of bytes in words."""
    if count < 1024:  # noqa: PLR2004  # a kilobyte
        return f"{count} 字节"
    return f"{count / 1024:.0f} KB" if count < 1024**2 else f"{count / 1024**2:.1f} MB"
