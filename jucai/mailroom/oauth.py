"""Access tokens for mail servers that no longer take passwords (OAuth 2, RFC 6749 §6; XOAUTH2 at the server)."""

import threading
import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

import httpx

_EARLY = 60.0  # seconds before its end at which a token is no longer used
_SHORTEST = 300.0  # assumed where the server does not say how long a token lasts
_MAX_DETAIL = 200


class TokenError(Exception):
    """No access token could be had; the message says in Chinese what to do."""


class TokenRefusedError(TokenError):
    """The authorisation server refused: the grant has run out or was taken back."""

    def __init__(self, url: str, detail: str) -> None:
        super().__init__(f"授权服务器 {url} 拒绝签发令牌：请重新授权并更新 refresh_token。{detail}")


class TokenServerUnreachableError(TokenError):
    """The authorisation server did not answer sensibly; trying again later is right."""

    def __init__(self, url: str, detail: str) -> None:
        super().__init__(f"连接不上授权服务器 {url}：稍后会自动重试。{detail}")


class AccessTokens(Protocol):
    """Where a mail account's access tokens come from."""

    def __call__(self, *, fresh: bool = False) -> str:
        """Return a token; with `fresh` one the server has not refused yet. Raises TokenError."""
        ...


@dataclass(frozen=True, slots=True)
class Grant:
    """What an administrator was given when allowing us to use the mailbox."""

    token_url: str
    client_id: str
    refresh_token: str = field(repr=False)
    client_secret: str = field(default="", repr=False)
    scope: str = ""


class RefreshedTokens:
    """Tokens made from a refresh token, kept until shortly before they run out; safe to share between threads.

    A new refresh token that comes along is used from then on; the old one stays in the settings, and the large
    providers keep taking it.
    """

    def __init__(self, grant: Grant, transport: httpx.BaseTransport | None = None, timeout: float = 15.0) -> None:
        self._grant = grant
        self._transport = transport
        self._timeout = timeout
        self._lock = threading.Lock()
        self._refresh = grant.refresh_token
        self._token = ""
        self._until = 0.0

    def __call__(self, *, fresh: bool = False) -> str:
        """Return the token at hand, or ask for a new one."""
        with self._lock:
            if fresh or time.monotonic() >= self._until:
                self._ask()
            return self._token

    def _ask(self) -> None:
        grant = self._grant
        form = {"grant_type": "refresh_token", "refresh_token": self._refresh, "client_id": grant.client_id}
        form |= {"client_secret": grant.client_secret} if grant.client_secret else {}
        form |= {"scope": grant.scope} if grant.scope else {}
        try:
            with httpx.Client(transport=self._transport, timeout=self._timeout) as client:
                answer = client.post(grant.token_url, data=form, headers={"Accept": "application/json"})
        except httpx.HTTPError as error:
            raise TokenServerUnreachableError(grant.token_url, str(error)[:_MAX_DETAIL]) from error
        if answer.status_code in {httpx.codes.BAD_REQUEST, httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
            raise TokenRefusedError(grant.token_url, answer.text[:_MAX_DETAIL])
        try:
            facts = answer.raise_for_status().json()
            token, seconds = str(facts["access_token"]), float(facts.get("expires_in", _SHORTEST))
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise TokenServerUnreachableError(grant.token_url, f"应答 {answer.status_code}") from error
        self._token, self._until = token, time.monotonic() + max(seconds - _EARLY, 0.0)
        self._refresh = str(facts.get("refresh_token") or self._refresh)


@lru_cache(maxsize=32)
def tokens_for(grant: Grant) -> RefreshedTokens:
    """The tokens of a grant, shared by all connections of this process."""
    return RefreshedTokens(grant)


def xoauth2(user: str, token: str) -> str:
    """The initial response of XOAUTH2, before base64."""
    return f"user={user}\x01auth=Bearer {token}\x01\x01"
