"""Mail out over one verified connection a batch; what became of each mail is said exactly, never guessed."""

import smtplib
import socket
import ssl
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import yagmail

from jucai.mailroom.oauth import AccessTokens, TokenError, TokenRefusedError, xoauth2

_PLAN = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240, 480, 720, 1440))
_CLOSING = 421
_OK = 250
_GO_AHEAD = 354
_FINAL = 500
_MAX_DETAIL = 300


class SendState(StrEnum):
    """What became of one attempt."""

    SENT = "sent"  # the server took it over
    REFUSED = "refused"  # final: do not try again
    DEFERRED = "deferred"  # certainly not taken over: try again later
    UNKNOWN = "unknown"  # the connection was lost after DATA: a person decides, never repeated blindly


@dataclass(frozen=True, slots=True)
class Envelope:
    """What goes over the wire: return path, recipients, and the stored bytes."""

    sender: str
    to: tuple[str, ...]
    data: bytes


@dataclass(frozen=True, slots=True)
class RefusedRecipient:
    """One recipient the server did not take, with its answer; `permanent` if trying again is no use."""

    addr: str
    permanent: bool
    detail: str


@dataclass(frozen=True, slots=True)
class SendResult:
    """The fate of one mail. With SENT, `refused` names the recipients it was not taken for."""

    state: SendState
    detail: str
    refused: tuple[RefusedRecipient, ...] = ()


@dataclass(frozen=True, slots=True)
class SmtpAccount:
    """Where mail leaves. `cafile` names the certificates to trust instead of the system's; `timeout` in seconds.

    `tokens` (OAuth 2) take the place of `password` if given.
    `redirect_all_to` is the test mode: every mail goes to this one address, whatever its envelope says.
    """

    host: str
    port: int = 465
    security: Literal["tls", "starttls"] = "tls"
    user: str = ""
    password: str = field(default="", repr=False)
    tokens: AccessTokens | None = field(default=None, repr=False)
    cafile: Path | None = None
    timeout: float = 30.0
    redirect_all_to: str = ""


class PostOfficeError(Exception):
    """The server could not be used at all; no mail of the batch was begun. The message says what to do."""


class SmtpLoginRefusedError(PostOfficeError):
    """User or password not accepted."""

    def __init__(self, host: str, user: str, detail: str) -> None:
        super().__init__(
            f"发信账号 {user} 登录 {host} 被拒绝：请核对授权码（不是网页密码），并确认已开启 SMTP。{detail}"
        )


class SmtpTlsNotVerifiedError(PostOfficeError):
    """The certificate is not one we may trust."""

    def __init__(self, host: str, detail: str) -> None:
        super().__init__(
            f"发信服务器 {host} 的证书未通过验证，未发送任何邮件：请核对主机名，或配置其 CA 证书文件。{detail}"
        )


class SmtpUnreachableError(PostOfficeError):
    """No connection."""

    def __init__(self, host: str, detail: str) -> None:
        super().__init__(f"连接不上发信服务器 {host}：稍后会自动重试。{detail}")


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after `attempts` deferred ones (1 or more); None when it is time to give up.

    One minute at first, a day at last, about two days altogether: greylisting opens within minutes, a full
    mailbox or a server under repair within days (RFC 5321 §4.5.4.1).
    """
    if attempts < 1:
        raise ValueError("attempts 从 1 开始计数")
    return now + _PLAN[attempts - 1] if attempts <= len(_PLAN) else None


def _say(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"[:_MAX_DETAIL]


def _wire(data: bytes) -> bytes:
    """Return the bytes as SMTP wants them: CRLF, leading dots doubled, the dot at the end (RFC 5321 §4.5.2)."""
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n.", b"\n..").replace(b"\n", b"\r\n")
    stuffed = b"." + lines if lines.startswith(b".") else lines
    return stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n") + b".\r\n"


class Postman:
    """Sends mails over one connection. Use as a context manager, one for each batch and thread.

    The connection is made with the first mail. `send` raises PostOfficeError only if no connection can be
    had, that is before anything of that mail was said.
    """

    def __init__(self, account: SmtpAccount) -> None:
        self.account = account
        self._client: yagmail.SMTP | None = None
        self._clean = False  # the last word of the server was that it has the whole mail: nothing is half said

    def __enter__(self) -> Self:
        """Nothing is opened yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """Close the connection."""
        self.close()

    def connect(self) -> None:
        """Connect and log in without sending, to see whether it works. Raises PostOfficeError."""
        self._connect()

    def close(self) -> None:
        """Say goodbye; a connection that is already gone is no error any more."""
        client, self._client = self._client, None
        if client is None or client.smtp is None:
            return
        try:
            client.close()
        except (smtplib.SMTPException, OSError):
            client.smtp.close()

    def _connect(self) -> smtplib.SMTP:
        account = self.account
        context = ssl.create_default_context(cafile=str(account.cafile) if account.cafile else None)
        implicit = account.security == "tls"
        options = {"context": context} if implicit else {}
        # yagmail would build and repeat mails by rules of its own; only its connection is used.
        client = yagmail.SMTP(
            account.user or None,
            account.password,
            host=account.host,
            port=account.port,
            smtp_ssl=implicit,
            smtp_starttls=False if implicit else {"context": context},
            smtp_skip_login=not account.user or account.tokens is not None,
            soft_email_validation=False,
            timeout=account.timeout,
            local_hostname=account.user.rpartition("@")[2] or "localhost",
            **options,
        )
        self._client = client
        try:
            client.login()
            # Otherwise the end of each mail waits for the receipt of its beginning, which many servers put off by
            # 40 ms (Nagle's algorithm against delayed acknowledgement, RFC 1122 section 4.2.3.2).
            client.smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client.smtp.ehlo_or_helo_if_needed()  # login skipped: nothing was said yet
            if account.tokens is not None:
                _login_by_token(client.smtp, account.user, account.tokens)
        except TokenError as error:
            self._drop()
            if isinstance(error, TokenRefusedError):
                raise SmtpLoginRefusedError(account.host, account.user, str(error)) from error
            raise SmtpUnreachableError(account.host, str(error)) from error
        except smtplib.SMTPAuthenticationError as error:
            self._drop()
            raise SmtpLoginRefusedError(account.host, account.user, _say(error.smtp_code, error.smtp_error)) from error
        except ssl.SSLError as error:
            self._drop()
            raise SmtpTlsNotVerifiedError(account.host, str(error)[:_MAX_DETAIL]) from error
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise SmtpUnreachableError(account.host, str(error)[:_MAX_DETAIL]) from error
        smtp: smtplib.SMTP = client.smtp
        return smtp

    def _drop(self) -> None:
        """Forget a connection without talking to it."""
        client, self._client = self._client, None
        if client is not None:
            client.is_closed = True  # or its finaliser would say QUIT on a dead line
            if client.smtp is not None:
                client.smtp.close()

    def _begin(self, sender: str) -> tuple[smtplib.SMTP, int, bytes]:
        """Say MAIL on a connection with nothing half said on it; one that died since the last mail is replaced."""
        clean, self._clean = self._clean, False
        if self._client is not None and self._client.smtp is not None:
            smtp: smtplib.SMTP = self._client.smtp
            try:
                code, words = smtp.mail(sender) if clean else smtp.rset()
                if clean and code != _CLOSING:
                    return smtp, code, words
                if not clean and code == _OK:
                    return smtp, *smtp.mail(sender)
            except (smtplib.SMTPException, OSError):
                pass
            self._drop()
        smtp = self._connect()
        return smtp, *smtp.mail(sender)

    def send(self, envelope: Envelope) -> SendResult:
        """Try once to send one mail. Raises PostOfficeError if there is no connection to try with."""
        recipients = (self.account.redirect_all_to,) if self.account.redirect_all_to else envelope.to
        if not recipients or not all(addr.isascii() for addr in (envelope.sender, *recipients)):
            return SendResult(SendState.REFUSED, "收件地址为空或含有非英文字符")
        try:
            smtp, code, words = self._begin(envelope.sender)
            before = self._announce(smtp, recipients) if code == _OK else self._not_begun(code, words, ())
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return SendResult(SendState.DEFERRED, f"连接在发送正文前中断：{error}"[:_MAX_DETAIL])
        if isinstance(before, SendResult):
            return before
        try:
            smtp.send(_wire(envelope.data))
            code, words = smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return SendResult(
                SendState.UNKNOWN, f"连接在发送正文后中断，对方是否收下未知：{error}"[:_MAX_DETAIL], before
            )
        if code == _CLOSING:
            self._drop()
        if code == _OK:
            self._clean = True
            return SendResult(SendState.SENT, _say(code, words), before)
        return SendResult(_state(code), _say(code, words), before)

    def _announce(self, smtp: smtplib.SMTP, recipients: tuple[str, ...]) -> tuple[RefusedRecipient, ...] | SendResult:
        """Say RCPT and DATA. Returns the refused recipients if the server waits for the text now."""
        refused: list[RefusedRecipient] = []
        for addr in recipients:
            code, words = smtp.rcpt(addr)
            if code == _CLOSING:
                return self._not_begun(code, words, ())
            if code not in {_OK, 251}:
                refused.append(RefusedRecipient(addr, permanent=code >= _FINAL, detail=_say(code, words)))
        if len(refused) == len(recipients):
            final = all(item.permanent for item in refused)
            state = SendState.REFUSED if final else SendState.DEFERRED
            return SendResult(state, refused[0].detail, tuple(refused))
        code, words = smtp.docmd("DATA")
        if code != _GO_AHEAD:
            return self._not_begun(code, words, tuple(refused))
        return tuple(refused)

    def _not_begun(self, code: int, words: bytes, refused: tuple[RefusedRecipient, ...]) -> SendResult:
        if code == _CLOSING:
            self._drop()
        return SendResult(_state(code), _say(code, words), refused)


def _login_by_token(smtp: smtplib.SMTP, user: str, tokens: AccessTokens) -> None:
    def login(token: str) -> None:
        # A refusal comes as a challenge, which is to be answered with nothing before the code is said.
        smtp.auth("XOAUTH2", lambda challenge=None: "" if challenge is not None else xoauth2(user, token))

    try:
        login(tokens())
    except smtplib.SMTPAuthenticationError:  # taken back or run out before its time
        login(tokens(fresh=True))


def _state(code: int) -> SendState:
    return SendState.REFUSED if code >= _FINAL else SendState.DEFERRED
