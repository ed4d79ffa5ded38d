"""A bureau on a database of its own, with a mail server to write to and a folder to read from."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from jucai.casework.delivering import Delivered, deliver_outbox
from jucai.casework.documents import read_documents
from jucai.casework.moving import advance_due
from jucai.casework.notifying import notify_officers
from jucai.casework.spooling import fetch_letters
from jucai.casework.triage import sort_letters
from jucai.clock import SHANGHAI, FixedClock
from jucai.demo.mailserver.config import MailServerAddresses, MailServerConfig
from jucai.settings import ROOT, Inbox, Settings, Smtp
from jucai.store.bureau import Bureau, open_bureau
from jucai.store.database import reading
from jucai.store.migrations import upgrade
from models.cases import Case
from models.effects import OutboxMail
from models.letters import Letter
from tests.demo.running import run_mail

FORMS = ROOT / "samples" / "forms"
LETTERS = ROOT / "samples" / "mail"
ADDRESS = "rencai@rcj.example"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture(scope="session")
def post_office(tmp_path_factory) -> Iterator[MailServerAddresses]:
    """The demo's own mail server, running for the whole session."""
    with run_mail(MailServerConfig(data=tmp_path_factory.mktemp("mail"))) as mail:
        yield mail.addresses


@dataclass
class OfficeAtWork:
    """The office with everything a test does in it."""

    bureau: Bureau
    clock: FixedClock
    drop: Path

    def letter(self, name: str, data: bytes) -> None:
        """Put a letter into the mailbox."""
        (self.drop / f"{name}.eml").write_bytes(data)

    def form(self, name: str, sender: str = "wang@applicant.example", **headers: str) -> None:
        """A letter that carries one of the sample forms."""
        self.letter(name, form_letter(FORMS / f"{name}.pdf", sender, **headers))

    def take_in(self) -> None:
        """Fetch, sort, read: what a round does up to the cases."""
        fetch_letters(self.bureau)
        sort_letters(self.bureau)
        read_documents(self.bureau)

    def round(self) -> Delivered:
        """A whole round."""
        self.take_in()
        advance_due(self.bureau)
        notify_officers(self.bureau)
        done = deliver_outbox(self.bureau)
        assert done is not None
        return done

    def letters(self) -> list[Letter]:
        with reading(self.bureau.engine) as session:
            return list(session.exec(select(Letter).order_by(col(Letter.id))))

    def cases(self) -> list[Case]:
        with reading(self.bureau.engine) as session:
            return list(session.exec(select(Case).order_by(col(Case.number))))

    def mails(self, kind: str = "") -> list[OutboxMail]:
        query = select(OutboxMail).order_by(col(OutboxMail.id))
        with reading(self.bureau.engine) as session:
            return [mail for mail in session.exec(query) if not kind or mail.kind == kind]

    def text_of(self, mail: OutboxMail) -> str:
        assert mail.sha256 is not None
        message = message_from_bytes(self.bureau.blobs.get(mail.sha256), policy=policy.default)
        body = message.get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    def enclosures(self, mail: OutboxMail) -> list[str]:
        assert mail.sha256 is not None
        message = message_from_bytes(self.bureau.blobs.get(mail.sha256), policy=policy.default)
        return [part.get_filename() or "" for part in message.iter_attachments()]

    def wait_days(self, days: int) -> None:
        self.clock.advance(timedelta(days=days))

    def session(self) -> Session:
        return Session(self.bureau.engine)


def received(sender: str) -> bytes:
    """What our mail server writes on top of a letter whose sending domain it has checked."""
    domain = sender.rpartition("@")[2].rstrip(">")
    return (
        "Received: from a by mx.rcj.example; Mon, 23 Nov 2026 10:00:00 +0800\r\n"
        f"Authentication-Results: mx.rcj.example; dmarc=pass header.from={domain}\r\n"
    ).encode()


def form_letter(path: Path, sender: str, **headers: str) -> bytes:
    """A letter with a file, as our server stored it; `vouched="no"`: as a server that checks nothing did."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = sender
    message["To"] = ADDRESS
    message["Subject"] = headers.get("subject", "申请材料")
    message["Message-ID"] = headers.get("message_id", f"<{path.stem}.{sender}>")
    if "in_reply_to" in headers:
        message["In-Reply-To"] = headers["in_reply_to"]
    message.set_content(headers.get("body", "请查收附件。\n"))
    name = headers.get("name", f"{path.stem}.pdf")
    message.add_attachment(path.read_bytes(), maintype="application", subtype="pdf", filename=name)
    top = received(sender) if headers.get("vouched", "yes") == "yes" else b""
    return top + bytes(message)


def plain_letter(sender: str, subject: str, body: str, **headers: str) -> bytes:
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = sender
    message["To"] = ADDRESS
    message["Subject"] = subject
    message["Message-ID"] = headers.pop("message_id", f"<{abs(hash((sender, subject, body)))}@x.example>")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return bytes(message)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables and no rows, made once and copied for each test."""
    path = tmp_path_factory.mktemp("empty") / "jucai.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def office(tmp_path, post_office, empty_database: Path) -> OfficeAtWork:
    drop = tmp_path / "inbox"
    drop.mkdir()
    settings = Settings(
        home=tmp_path / "home",
        secret="一" * 40,
        address=ADDRESS,
        authserv_id="mx.rcj.example",
        inboxes=(Inbox(kind="folder", path=drop),),
        smtp=Smtp(
            host="127.0.0.1", port=post_office.smtps_port, username=ADDRESS, password="demo", cafile=post_office.ca_file
        ),
    )
    settings.home.mkdir()
    shutil.copyfile(empty_database, settings.home / "jucai.db")
    clock = FixedClock(NOON)
    return OfficeAtWork(open_bureau(settings, clock), clock, drop)


__all__ = ["ADDRESS", "FORMS", "LETTERS", "NOON", "OfficeAtWork", "form_letter", "office", "plain_letter", "replace"]
