import asyncio
import hmac
import logging
import secrets
import ssl
from collections.abc import Callable
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from jucai.clock import Clock
from jucai.demo.mailserver.config import MailServerConfig
from jucai.demo.mailserver.letter import summarise
from jucai.demo.mailserver.store import Delivery, MailStore, normal_address
from jucai.demo.mailserver.trace import Connection, judge, without_forged_results, write_trace

# Longer than RFC 5321 allows: real servers take such lines, and real mail has them.
MAX_LINE = 1024 * 1024
MAX_RECIPIENTS = 1_000
logger = logging.getLogger(__name__)


class LenientSmtp(SMTP):
    """aiosmtpd's protocol with long lines allowed."""

    line_length_limit = MAX_LINE


class LetterHandler:
    """Takes letters for any address and puts them into the store; the sender hears 250 after that."""

    def __init__(self, config: MailServerConfig, store: MailStore, clock: Clock) -> None:
        self.config = config
        self.store = store
        self.clock = clock

    async def handle_RCPT(  # noqa: N802  # aiosmtpd finds its hooks by these names
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Any address with a domain has a box here."""
        local, _, domain = address.rpartition("@")
        if not local or not domain or not _encodable(address):
            return "553 5.1.3 The recipient needs the form name@domain"
        if len(envelope.rcpt_tos) >= MAX_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # as above
        """Stores the letter for every recipient at once, or for none."""
        raw = bytes(envelope.original_content or b"")
        queue_id = secrets.token_hex(6)
        connection = _connection(server, session, envelope)
        await asyncio.to_thread(self.file, raw, connection, list(envelope.rcpt_tos), queue_id)
        return f"250 2.0.0 Ok: queued as {queue_id}"

    def file(self, raw: bytes, connection: Connection, recipients: list[str], queue_id: str) -> None:
        """Puts the trace header above the letter and delivers it; one mailbox gets one copy."""
        at = self.clock.now()
        raw = without_forged_results(raw, self.config.authserv_id)
        verdict = judge(connection, raw, self.config.sender_domains)
        summary = summarise(raw)
        boxes = {normal_address(recipient): recipient for recipient in reversed(recipients)}
        deliveries = [
            Delivery(
                account=box,
                summary=summary,
                trace=write_trace(
                    connection,
                    recipient,
                    verdict,
                    authserv_id=self.config.authserv_id,
                    queue_id=queue_id,
                    at=at,
                ),
            )
            for box, recipient in boxes.items()
        ]
        self.store.deliver(raw, deliveries, at)

    async def handle_exception(self, error: Exception) -> str:
        """A letter that could not be stored is refused for now, so that its sender tries again."""
        logger.error("smtp.letter_not_stored", exc_info=error)
        return "451 4.3.0 Not stored, please try again later"

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any
    ) -> AuthResult:
        """Whether the login is right; the login's address is kept as the identity."""
        if not isinstance(given, LoginPassword):
            return AuthResult(success=False, handled=False)
        user = normal_address(given.login.decode("utf-8", "replace"))
        password = given.password.decode("utf-8", "replace")
        if not password_is_right(self.config, user, password):
            return AuthResult(success=False, handled=False)
        return AuthResult(success=True, auth_data=user)


def password_is_right(config: MailServerConfig, user: str, password: str) -> bool:
    """Whether that password opens that mailbox."""
    if config.passwords is None:
        return "@" in user
    known = {normal_address(address): secret for address, secret in config.passwords.items()}
    return hmac.compare_digest(known.get(user, secrets.token_hex()).encode(), password.encode())


def protocol_factory(handler: LetterHandler, context: ssl.SSLContext, *, implicit_tls: bool) -> Callable[[], SMTP]:
    """What the event loop calls for each SMTP connection."""
    config = handler.config

    def build() -> SMTP:
        return LenientSmtp(
            handler,
            data_size_limit=config.message_limit,
            enable_SMTPUTF8=True,
            hostname=config.authserv_id,
            ident="ESMTP",
            tls_context=None if implicit_tls else context,
            auth_require_tls=not implicit_tls,
            authenticator=handler.authenticate,
            loop=asyncio.get_running_loop(),
        )

    return build


def _connection(server: SMTP, session: Session, envelope: Envelope) -> Connection:
    login: Any = session.auth_data if session.authenticated else None
    transport = server.transport
    assert transport is not None  # it is set as long as there is a command to answer
    secure = transport.get_extra_info("ssl_object") is not None
    keyword = ("UTF8SMTP" if envelope.smtp_utf8 else "ESMTP") if session.extended_smtp else "SMTP"
    if session.extended_smtp:
        keyword += ("S" if secure else "") + ("A" if login else "")
    sender = str(envelope.mail_from or "")
    return Connection(
        peer=str(transport.get_extra_info("peername", ("",))[0]),
        helo=str(session.host_name or ""),
        mail_from="" if sender == "<>" else sender,
        login=login,
        protocol=keyword,
    )


def _encodable(address: str) -> bool:
    """Not so for bytes that are no UTF-8, which SQLite could not store as text."""
    try:
        address.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
