"""A desk over a real database: the example office, its programmes, and cases opened from letters."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from jucai.approval.commands import OpenCase
from jucai.approval.events import Actor
from jucai.approval.state import Applicant, Paper
from jucai.clock import SHANGHAI, FixedClock
from jucai.desk.app import create_app
from jucai.settings import Settings
from jucai.store.blobs import Blobs
from jucai.store.bureau import Bureau, open_bureau
from jucai.store.cases import open_case
from jucai.store.database import open_engine, transaction
from jucai.store.migrations import upgrade
from models.cases import Case
from models.letters import Document, DocumentState, Letter
from models.readings import DocumentReading, ReadingStatus
from tests.desk.town import FORM, LIVING, Opener, TestClient, Town, facts_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        home=tmp_path,
        database=f"sqlite:///{tmp_path / 'desk.db'}",
        store=str(tmp_path / "store"),
        secret="s" * 40,
        address="rencai@aq.example",
        desk_url="http://testserver",
    )


@pytest.fixture(scope="session")
def office() -> Bureau:
    """The example office and its programmes, read once for all tests."""
    return open_bureau(Settings(database="sqlite://", secret="s" * 40, store="memory://desk"))


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the present structure, made once and copied for each test."""
    path = tmp_path_factory.mktemp("structure") / "desk.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()  # the last to leave writes everything into the one file
    return path


@pytest.fixture
def town(settings: Settings, office: Bureau, empty_database: Path) -> Iterator[Town]:
    clock = FixedClock(datetime(2026, 7, 6, 9, 0, tzinfo=SHANGHAI))
    shutil.copy(empty_database, settings.home / "desk.db")
    engine = open_engine(settings.database_url)
    bureau = replace(office, settings=settings, clock=clock, engine=engine, blobs=Blobs(settings.store_url))
    with TestClient(create_app(bureau), raise_server_exceptions=False) as client:
        yield Town(bureau, clock, client)
    engine.dispose()


@pytest.fixture
def application(town: Town) -> Opener:
    """Opens a case as the reader would: `application(name=…, doubtful={key: reason}, doubts=(…))` gives its number."""
    opened = 0

    def open_one(
        programme: str = LIVING,
        *,
        doubtful: dict[str, str] | None = None,
        doubts: tuple[str, ...] = (),
        warnings: tuple[str, ...] = (),
        **changes: str,
    ) -> str:
        nonlocal opened
        opened += 1
        bureau, now = town.bureau, town.clock.now()
        facts = facts_of(bureau, programme, {"name": f"示例{opened}", **changes}, doubtful or {})
        result = DocumentReading(
            ReadingStatus.FILLED, form=bureau.programmes.get(programme).form, fields=facts, warnings=warnings, pages=1
        )
        data = FORM.read_bytes()
        with transaction(bureau.engine) as session:
            letter = Letter(
                host="mail", username="rencai", folder="INBOX", uidvalidity=1, uid=opened, sha256="0", size=1,
                received_at=now, sender=f"person{opened}@example.cn", subject="申请",
            )  # fmt: skip
            session.add(letter)
            session.flush()
            paper = Document(
                letter_id=letter.id or 0, ordinal=0, name="生活补贴申请表（签字）.pdf", sha256=bureau.blobs.put(data),
                size=len(data), media_type="application/pdf", state=DocumentState.READ, reading=result.to_json(),
            )  # fmt: skip
            session.add(paper)
            session.flush()
            version = bureau.programmes.get(programme).version
            number = f"AQ-SUB-2026-{opened:06d}"
            values = {key: fact.value for key, fact in facts.items()}
            person = Applicant(
                values.get("name", ""), letter.sender, f"person-{opened}", values.get("employer_name", "")
            )
            command = OpenCase(
                number, programme, version, person, "迎江区", (Paper(paper.id or 0, paper.name),), facts, {}, doubts
            )
            row = Case(
                number=number, programme=programme, version=version, kind="subsidy", form=result.form or "",
                letter_id=letter.id or 0, document_id=paper.id or 0, applicant=person.name,
                applicant_email=person.email, person_index=person.person_index, employer=person.employer,
                unit="迎江区", phase="", stage="", revision=0, last_hash="", opened_at=now, changed_at=now,
            )  # fmt: skip
            open_case(session, bureau, row, command, Actor(person.email, "申请人"))
            paper.case_id = row.id
            session.add(paper)
        return number

    return open_one
