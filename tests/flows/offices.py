"""Offices of their own for tests: a settings file, a database at noon of a Monday, and a real mail server."""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlmodel import col, select

from jucai.clock import SHANGHAI, FixedClock
from jucai.demo.letters import SampleLetter, post, sample_letters, sender_domains
from jucai.demo.mailserver.config import MailServerAddresses, MailServerConfig, SenderDomain
from jucai.demo.settings import ADDRESS, AUTHSERV_ID
from jucai.settings import Inbox, Settings, Smtp
from jucai.store.bureau import CLOCK_OFFSET, Bureau, open_bureau
from jucai.store.database import reading, transaction
from jucai.store.migrations import upgrade
from models.cases import Case, OfficeSetting
from models.effects import OutboxMail
from models.letters import Letter
from tests.demo.running import run_mail

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)
"""A Monday within the published calendar: the tests mean the same whenever they are run."""

_TOML = """
home = "{home}"
office = "anqing"
demo = true
secret = "{secret}"
address = "{address}"
authserv_id = "{authserv_id}"
answers_per_day = 50

[[inboxes]]
host = "{host}"
port = {imap}
username = "{address}"
password = "demo"
cafile = "{cafile}"

[smtp]
host = "{host}"
port = {smtps}
username = "{address}"
password = "demo"
cafile = "{cafile}"
"""


@dataclass(frozen=True, slots=True)
class Office:
    """One office: where its settings file and its mail lie, and the bureau opened on them."""

    config: Path
    bureau: Bureau
    mail: MailServerAddresses
    mail_data: Path

    def receive(self, letters: Iterable[SampleLetter]) -> None:
        """Letters arrive through SMTP, in this order."""
        post(list(letters), self.mail.host, self.mail.smtp_port)

    def delivered(self) -> list[tuple[str, str]]:
        """(recipient, Message-ID) of every letter in every mailbox but the office's own, as the mail server has it."""
        database = sqlite3.connect(f"file:{self.mail_data / 'mail.sqlite'}?mode=ro", uri=True)
        try:
            rows = database.execute(
                "SELECT account.address, letter.message_id FROM letter JOIN folder ON folder.id = letter.folder_id"
                " JOIN account ON account.id = folder.account_id WHERE account.address <> ?",
                (ADDRESS,),
            ).fetchall()
        finally:
            database.close()
        return [(str(address), str(message_id)) for address, message_id in rows]

    def filed(self) -> dict[str, int]:
        """How many letters lie in each folder of the office's own mailbox."""
        database = sqlite3.connect(f"file:{self.mail_data / 'mail.sqlite'}?mode=ro", uri=True)
        try:
            rows = database.execute(
                "SELECT folder.name, COUNT(*) FROM letter JOIN folder ON folder.id = letter.folder_id"
                " JOIN account ON account.id = folder.account_id WHERE account.address = ? GROUP BY folder.name",
                (ADDRESS,),
            ).fetchall()
        finally:
            database.close()
        return {str(name): int(count) for name, count in rows}

    def letters(self) -> list[Letter]:
        with reading(self.bureau.engine) as session:
            return list(session.exec(select(Letter).order_by(col(Letter.id))))

    def cases(self) -> list[Case]:
        with reading(self.bureau.engine) as session:
            return list(session.exec(select(Case).order_by(col(Case.number))))

    def mails(self) -> list[OutboxMail]:
        with reading(self.bureau.engine) as session:
            return list(session.exec(select(OutboxMail).order_by(col(OutboxMail.id))))


def chosen_letters(names: Iterable[str]) -> list[SampleLetter]:
    """Sample letters, and letters with sample forms, by their names and in that order."""
    known = {letter.name: letter for letter in _samples()}
    return [known[name] for name in names]


@cache
def _samples() -> tuple[SampleLetter, ...]:
    return tuple(sample_letters())


@cache
def _domains() -> dict[str, SenderDomain]:
    return sender_domains()


@contextmanager
def open_office(folder: Path, *, standing_clock: bool = False) -> Iterator[Office]:
    """An office in `folder`. Its clock shows noon of that Monday and goes on, or stands if `standing_clock`."""
    folder.mkdir(parents=True, exist_ok=True)
    mail_data = folder / "mail"
    with run_mail(MailServerConfig(data=mail_data, authserv_id=AUTHSERV_ID, sender_domains=_domains())) as mail:
        yield lay_office(folder, mail.addresses, mail_data, standing_clock=standing_clock)


def lay_office(folder: Path, mail: MailServerAddresses, mail_data: Path, *, standing_clock: bool = False) -> Office:
    """An office in `folder` that uses a mail server which is already running."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(
        home=folder / "home",
        demo=True,
        secret="s" * 40,  # the same in all: ids made with it can be compared
        address=ADDRESS,
        authserv_id=AUTHSERV_ID,
        answers_per_day=50,
        inboxes=(Inbox(host=mail.host, port=mail.imap_port, username=ADDRESS, password="demo", cafile=mail.ca_file),),
        smtp=Smtp(host=mail.host, port=mail.smtps_port, username=ADDRESS, password="demo", cafile=mail.ca_file),
    )
    config = folder / "jucai.toml"
    config.write_text(
        _TOML.format(
            home=settings.home.as_posix(),
            secret="s" * 40,
            address=ADDRESS,
            authserv_id=AUTHSERV_ID,
            host=mail.host,
            imap=mail.imap_port,
            smtps=mail.smtps_port,
            cafile=mail.ca_file.as_posix(),
        ),
        encoding="utf-8",
    )
    upgrade(settings.database_url)
    bureau = open_bureau(settings, FixedClock(NOON) if standing_clock else None)
    if not standing_clock:
        with transaction(bureau.engine) as session:
            session.add(OfficeSetting(key=CLOCK_OFFSET, value=str(int(NOON.timestamp() - time.time()))))
    return Office(config, bureau, mail, mail_data)
