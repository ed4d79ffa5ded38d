"""A bureau on a database of its own, with cases to decide on."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from jucai.clock import SHANGHAI, FixedClock
from jucai.settings import Settings
from jucai.store.bureau import Bureau, open_bureau
from jucai.store.migrations import upgrade

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MONDAY)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables and no rows; a copy is made in a moment, the tables are not."""
    path = tmp_path_factory.mktemp("empty") / "jucai.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def bureau(tmp_path: Path, clock: FixedClock, empty_database: Path) -> Bureau:
    settings = Settings(
        home=tmp_path / "home", secret="s" * 40, address="rencai@rcj.example", desk_url="https://rencai.example"
    )
    settings.home.mkdir()
    shutil.copyfile(empty_database, settings.home / "jucai.db")
    return open_bureau(settings, clock)
