"""A mail server in a thread of the test, and clients that talk to it over real sockets."""

import asyncio
import smtplib
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from jucai.demo.mailserver import (
    ImapSession,
    LetterHandler,
    MailServer,
    MailServerAddresses,
    MailServerConfig,
)


class RunningMail:
    """A mail server in a thread of this process, and clients to talk to it over real sockets."""

    def __init__(self, addresses: MailServerAddresses) -> None:
        self.addresses = addresses
        self.trust = ssl.create_default_context(cafile=addresses.ca_file)

    @contextmanager
    def postman(self, helo: str = "mail.qq.example") -> Iterator[smtplib.SMTP]:
        with smtplib.SMTP(self.addresses.host, self.addresses.smtp_port, local_hostname=helo, timeout=30) as client:
            yield client

    def post(
        self,
        raw: bytes,
        to: str = "shouli@rcj.example",
        sender: str = "zhangsan@qq.example",
        helo: str = "mail.qq.example",
    ) -> None:
        with self.postman(helo) as client:
            assert client.sendmail(sender, [to], raw) == {}

    @contextmanager
    def reader(self, user: str = "shouli@rcj.example", folder: str | None = "INBOX") -> Iterator[IMAPClient]:
        client = IMAPClient(self.addresses.host, self.addresses.imap_port, ssl_context=self.trust, timeout=30)
        try:
            # imaplib's LOGIN is limited to ASCII names.
            (client.login if user.isascii() else client.plain_login)(user, "anything")
            if folder is not None:
                client.select_folder(folder)
            yield client
        finally:
            try:
                client.logout()
            except (IMAPClientError, OSError):
                client.shutdown()

    def newest(self, user: str = "shouli@rcj.example") -> bytes:
        with self.reader(user) as client:
            uid = client.search("ALL")[-1]
            body: bytes = client.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"]
            return body


StartMail = Callable[..., AbstractContextManager[RunningMail]]


@contextmanager
def run_mail(
    config: MailServerConfig, handler: type[LetterHandler] = LetterHandler, session: type[ImapSession] = ImapSession
) -> Iterator[RunningMail]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = MailServer(config, handler=handler, session=session)
    try:
        addresses = asyncio.run_coroutine_threadsafe(server.start(), loop).result(30)
        try:
            yield RunningMail(addresses)
        finally:
            asyncio.run_coroutine_threadsafe(server.stop(), loop).result(30)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(30)
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
