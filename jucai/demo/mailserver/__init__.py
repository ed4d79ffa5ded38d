"""The demo office's mail server: SMTP in, IMAP out, and a page to read what arrived.

One process on loopback. It accepts mail for any address and never passes any on, so nothing of a demo
can leave the machine.
"""

from jucai.demo.mailserver.config import MailServerAddresses, MailServerConfig, SenderDomain
from jucai.demo.mailserver.imap_session import ImapSession
from jucai.demo.mailserver.server import MailServer, serve
from jucai.demo.mailserver.smtp import LetterHandler

__all__ = [
    "ImapSession",
    "LetterHandler",
    "MailServer",
    "MailServerAddresses",
    "MailServerConfig",
    "SenderDomain",
    "serve",
]
