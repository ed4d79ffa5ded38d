from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from jucai.demo.mailserver import ImapSession, LetterHandler, MailServerConfig, SenderDomain
from tests.demo.running import RunningMail, StartMail, run_mail

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "mail"


@pytest.fixture
def start_mail(tmp_path: Path) -> StartMail:
    """Starts a mail server on the test's own folder; given options replace the configuration's."""

    def start(
        handler: type[LetterHandler] = LetterHandler, session: type[ImapSession] = ImapSession, **options: object
    ) -> AbstractContextManager[RunningMail]:
        known = {
            "qq.example": SenderDomain(hosts=("mail.qq.example",)),
            "163.example": SenderDomain(hosts=("mail.163.example",), dkim=False),
            "rcj.example": SenderDomain(hosts=("mail.rcj.example",)),
        }
        chosen = {"data": tmp_path / "mail", "sender_domains": known, **options}
        return run_mail(MailServerConfig(**chosen), handler, session)  # type: ignore[arg-type]  # options of a test

    return start


@pytest.fixture
def mail(start_mail: StartMail) -> Iterator[RunningMail]:
    with start_mail() as running:
        yield running


@pytest.fixture
def samples() -> list[Path]:
    """The sample letters of the project, as bytes on the disk."""
    found = sorted(SAMPLES.glob("*.eml"))
    assert found
    return found
