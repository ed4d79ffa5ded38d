"""The desk as a web application: routes, protection around them, and an answer in Chinese for everything."""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from jucai.approval.refusals import NotYours, Refusal, UnknownCase, UnknownTask
from jucai.desk.forms import BadForm
from jucai.desk.painter import isolated_painter
from jucai.desk.pictures import PagePainter, PictureFailed, Pictures
from jucai.desk.routes import affairs, batch, evidence, levels, payments, tasks, verbs, visitors
from jucai.desk.routes.answering import ForgedNonce, Message, NothingThere
from jucai.desk.security import BodyTooLarge, ForeignForm, Protection
from jucai.desk.surroundings import Desk, desk_of, page_templates
from jucai.store.blobs import DamagedBlob, MissingBlob
from jucai.store.bureau import Bureau
from jucai.store.links import LinkError

_LOG = logging.getLogger(__name__)

_ANSWERS: dict[type[Exception], tuple[int, str]] = {
    LinkError: (410, "链接无法使用"),
    NotYours: (403, "这项待办不由您办理"),
    UnknownTask: (404, "没有这项待办"),
    UnknownCase: (404, "没有找到"),
    Refusal: (409, "提交未生效"),
    NothingThere: (404, "没有找到"),
    PictureFailed: (422, "图片无法生成"),
    ForgedNonce: (422, "表单已失效"),
    BadForm: (422, "提交内容有误"),
    ForeignForm: (403, "提交未被接受"),
    BodyTooLarge: (413, "提交内容过大"),
    MissingBlob: (503, "文件暂时无法读取"),
    DamagedBlob: (503, "文件暂时无法读取"),
}
"""What each business reason becomes: status and heading; its own sentence is the text."""

_HTTP = {
    404: ("没有找到这个页面", "地址可能不完整。请从邮件中的链接重新打开，不要手工修改地址。"),
    405: ("不能这样访问", "请从邮件中的链接重新打开页面。"),
}


def create_app(bureau: Bureau, *, painter: PagePainter | None = None) -> FastAPI:
    """The desk of one bureau; `painter` draws pages of PDF files (in a process of its own by default)."""
    app = FastAPI(title="聚才", openapi_url=None, docs_url=None, redoc_url=None)
    app.state.desk = Desk(bureau, Pictures(painter or isolated_painter), page_templates())
    for room in (tasks, verbs, evidence, batch, affairs, levels, payments, visitors):
        app.include_router(room.router)
    for kind in _ANSWERS:
        app.add_exception_handler(kind, _business)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _not_found)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(Protection)
    return app


def _say(request: Request, status: int, title: str, text: str) -> HTMLResponse:
    page = Message(title=title, text=text, code=status)
    return desk_of(request).show("message.html.j2", page, status=status)


async def _business(request: Request, error: Exception) -> HTMLResponse:
    """A named reason: its own sentence tells the person what to do."""
    kind = next(one for one in type(error).__mro__ if one in _ANSWERS)
    status, title = _ANSWERS[kind]
    return _say(request, status, title, str(error))


async def _http(request: Request, error: Exception) -> HTMLResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    title, text = _HTTP.get(status, ("请求未能完成", "请从邮件中的链接重新打开页面后再试。"))
    return _say(request, status, title, text)


async def _not_found(request: Request, _: Exception) -> HTMLResponse:
    """An address whose parts are not of the right kind leads nowhere."""
    return _say(request, 404, *_HTTP[404])


async def _broken(request: Request, error: Exception) -> HTMLResponse:
    # The address holds a link's key: only the shape of the route goes into the log.
    route = getattr(request.scope.get("route"), "path", "?")
    _LOG.error("desk.failed", extra={"route": route}, exc_info=error)
    return _say(
        request, 500, "系统出错了", "您的操作可能没有完成。请稍后从邮件中的链接重新打开页面，确认结果后再决定是否重做。"
    )
