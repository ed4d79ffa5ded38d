"""Mail servers that take no password: tokens asked for, kept, renewed, and given by XOAUTH2."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest

from jucai.mailroom import oauth
from jucai.mailroom.imap import ImapMailbox
from jucai.mailroom.mailbox import LoginRefusedError, ServerUnreachableError
from jucai.mailroom.oauth import (
    Grant,
    RefreshedTokens,
    TokenRefusedError,
    TokenServerUnreachableError,
    tokens_for,
    xoauth2,
)
from jucai.mailroom.parsing import parse_letter
from jucai.mailroom.postman import Envelope, Postman, SendState, SmtpLoginRefusedError, SmtpUnreachableError
from jucai.settings import OAuth
from tests.mailroom.dovecot import Server, replace, running_dovecot
from tests.mailroom.letters import plain
from tests.mailroom.smtp_office import Start, certificate, start

__all__ = ["certificate", "start"]  # fixtures

GRANT = Grant("https://login.example/token", "jucai", "refresh-1", "hush", "imap")


class Issuer:
    """An authorisation server that behaves as told."""

    def __init__(self, *answers: httpx.Response) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, list[str]]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(parse_qs(request.content.decode()))
        return self.answers.pop(0)

    def tokens(self) -> RefreshedTokens:
        return RefreshedTokens(GRANT, httpx.MockTransport(self))


def issued(token: str, seconds: int = 3600, **more: str) -> httpx.Response:
    return httpx.Response(200, json={"access_token": token, "expires_in": seconds, **more})


# ---- tokens


def test_a_token_is_asked_for_once_and_kept_while_it_lasts() -> None:
    issuer = Issuer(issued("a"))
    tokens = issuer.tokens()
    assert [tokens(), tokens()] == ["a", "a"]
    assert issuer.asked == [
        {
            "grant_type": ["refresh_token"],
            "refresh_token": ["refresh-1"],
            "client_id": ["jucai"],
            "client_secret": ["hush"],
            "scope": ["imap"],
        }
    ]


def test_a_token_about_to_end_and_one_refused_are_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    issuer = Issuer(issued("a", 600), issued("b", 600, refresh_token="refresh-2"), issued("c"))
    tokens = issuer.tokens()
    now = 1_000.0
    monkeypatch.setattr(oauth.time, "monotonic", lambda: now)
    assert tokens() == "a"
    now += 541
    assert tokens() == "b"
    assert tokens(fresh=True) == "c"
    assert [one["refresh_token"] for one in issuer.asked] == [["refresh-1"], ["refresh-1"], ["refresh-2"]]


def test_a_refusal_and_a_fault_are_told_apart() -> None:
    with pytest.raises(TokenRefusedError, match="重新授权"):
        Issuer(httpx.Response(400, json={"error": "invalid_grant"})).tokens()()
    for answer in (httpx.Response(503), httpx.Response(200, text="<html>"), httpx.Response(200, json={"x": 1})):
        with pytest.raises(TokenServerUnreachableError, match="自动重试"):
            Issuer(answer).tokens()()

    def dead(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route")

    with pytest.raises(TokenServerUnreachableError):
        RefreshedTokens(GRANT, httpx.MockTransport(dead))()


def test_one_grant_has_one_set_of_tokens_and_shows_no_secret() -> None:
    assert tokens_for(GRANT) is tokens_for(replace(GRANT))
    assert "hush" not in repr(GRANT)
    assert "refresh-1" not in repr(GRANT)


def test_tokens_are_asked_for_over_https_only() -> None:
    with pytest.raises(ValueError, match="https"):
        OAuth(token_url="http://login.example/token", client_id="x", refresh_token="y")


# ---- a real server that takes XOAUTH2


class Introspection(BaseHTTPRequestHandler):
    """Tells Dovecot whose token it was shown; the token is the last part of the address."""

    good = "good-token"

    def do_GET(self) -> None:
        token = self.path.rpartition("/")[2].partition("&")[0]
        body = b'{"active": true, "user": "tokenuser"}' if token == self.good else b'{"active": false}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def dovecot(dovecot_path: Path) -> Iterator[Server]:
    http = ThreadingHTTPServer(("127.0.0.1", 0), Introspection)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    with running_dovecot(dovecot_path, f"http://127.0.0.1:{http.server_port}/introspect/") as server:
        yield server
    http.shutdown()
    http.server_close()


@pytest.mark.dovecot
def test_a_mailbox_is_read_with_a_token_instead_of_a_password(dovecot: Server) -> None:
    dovecot.deliver("tokenuser", plain("凭令牌"))
    issuer = Issuer(issued("good-token"))
    account = replace(dovecot.user("tokenuser"), password="", tokens=issuer.tokens())
    with ImapMailbox(account) as mailbox:
        (letter,) = list(mailbox.fetch_new(None))
    assert parse_letter(letter.data or b"").body_text == "凭令牌"


@pytest.mark.dovecot
def test_a_token_taken_back_is_renewed_once_and_then_named(dovecot: Server) -> None:
    renewed = Issuer(issued("stale"), issued("good-token"))
    with ImapMailbox(replace(dovecot.user("tokenuser"), tokens=renewed.tokens())):
        assert len(renewed.asked) == 2
    with pytest.raises(LoginRefusedError):
        ImapMailbox(replace(dovecot.user("tokenuser"), tokens=Issuer(issued("x"), issued("y")).tokens())).__enter__()
    refused = Issuer(httpx.Response(400, json={"error": "invalid_grant"}))
    with pytest.raises(LoginRefusedError, match="重新授权"):
        ImapMailbox(replace(dovecot.user("tokenuser"), tokens=refused.tokens())).__enter__()
    away = Issuer(httpx.Response(503))
    with pytest.raises(ServerUnreachableError, match="授权服务器"):
        ImapMailbox(replace(dovecot.user("tokenuser"), tokens=away.tokens())).__enter__()


# ---- outgoing mail


ENVELOPE = Envelope("shouli@rcj.example", ("zhangsan@qq.example",), b"Subject: x\r\n\r\nx\r\n")


def test_mail_leaves_with_a_token_renewed_where_it_was_taken_back(start: Start) -> None:
    office, account = start(starttls=True, password="unused", token="good-token")
    issuer = Issuer(issued("stale"), issued("good-token"))
    with Postman(replace(account, password="", tokens=issuer.tokens())) as postman:
        assert postman.send(ENVELOPE).state is SendState.SENT
    assert [said.partition("Bearer ")[2].rstrip("\x01") for said in office.tokens] == ["stale", "good-token"]
    assert len(office.arrived) == 1


def test_a_token_nobody_takes_stops_the_batch_before_any_mail(start: Start) -> None:
    office, account = start(starttls=True, password="unused", token="good-token")
    never = replace(account, tokens=Issuer(issued("x"), issued("y")).tokens())
    with Postman(never) as postman, pytest.raises(SmtpLoginRefusedError):
        postman.send(ENVELOPE)
    away = replace(account, tokens=Issuer(httpx.Response(503)).tokens())
    with Postman(away) as postman, pytest.raises(SmtpUnreachableError, match="授权服务器"):
        postman.send(ENVELOPE)
    assert office.arrived == []


def test_the_words_of_xoauth2() -> None:
    assert xoauth2("a@b.example", "t") == "user=a@b.example\x01auth=Bearer t\x01\x01"
