"""What every answer of the desk carries, and what it never takes in: headers, body limit, same origin."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_LIMIT = 1024 * 1024
"""Bytes; a batch of three hundred cases with an opinion on each stays below."""

CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No script at all, nothing from elsewhere, in nobody's frame."""

_DOWNLOAD_CSP = "sandbox; default-src 'none'; frame-ancestors 'none'"

_HEADERS: Mapping[str, str] = {
    "content-security-policy": CSP,
    "referrer-policy": "no-referrer",  # an address is a key: it never travels on
    "cache-control": "no-store",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}

DOWNLOAD_HEADERS: Mapping[str, str] = {"content-security-policy": _DOWNLOAD_CSP}
"""For strangers' files: even opened in the browser they may do nothing."""


class BodyTooLarge(Exception):  # noqa: N818 - named for what is wrong
    """More was posted than any of our forms can hold."""

    def __init__(self) -> None:
        super().__init__("提交的内容过大，未作处理。请减少文字后重新提交。")


class ForeignForm(Exception):  # noqa: N818 - named for what is wrong
    """A form that did not come from one of our pages."""

    def __init__(self) -> None:
        super().__init__("这次提交不是从本系统页面发出的，未作处理。请从邮件中的链接打开页面后再提交。")


class Protection:
    """Puts the headers on every answer and counts what comes in."""

    def __init__(self, app: ASGIApp, *, limit: int = BODY_LIMIT) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, its body counted and its answer covered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._limit:
                raise BodyTooLarge
            return message

        async def covered(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, counted, covered)


def check_same_origin(headers: Headers, desk_url: str) -> None:
    """Let a form pass only if it was sent from a page of this desk; `ForeignForm` otherwise.

    Our own `Referrer-Policy: no-referrer` makes browsers send `Origin: null` with a form (Fetch standard, “append a
    request Origin header”), so `Sec-Fetch-Site` is asked first. Browsers without it (plain http beyond loopback,
    Safari before 16.4) say only `null`: there the nonce, which nobody else's page can know, decides alone.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        if site in {"same-origin", "none"}:  # none: sent again by the person, from the browser's own controls
            return
        raise ForeignForm
    origin = headers.get("origin")
    if origin == "null":
        return
    claimed = origin or headers.get("referer")
    ours = {urlsplit(desk_url).netloc, headers.get("host", "")}
    if not claimed or urlsplit(claimed).netloc not in ours:
        raise ForeignForm
