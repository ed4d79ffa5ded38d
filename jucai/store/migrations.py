"""The database's structure: brought to the present one, and checked at start-up (alembic)."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, inspect, text

from jucai.settings import ROOT
from jucai.store.database import open_engine
from models.base import Table

MIGRATIONS = ROOT / "migrations"
TABLES = ("models.cases", "models.effects", "models.letters")
"""The modules that declare tables; naming them here makes them known to the metadata."""

_UPGRADE_LOCK = 0x6A756361  # any number, the same in every process: "juca"


class DatabaseBehind(Exception):  # noqa: N818 - named for what is wrong
    """The database has an older structure than the programme."""

    def __init__(self, found: str | None, expected: str) -> None:
        held = f"第 {found} 版" if found else "空的"
        super().__init__(f"数据库结构是{held}，程序需要第 {expected} 版。请先运行 jucai db upgrade。")


class DatabaseAhead(Exception):  # noqa: N818 - named for what is wrong
    """The database was upgraded by a newer programme than this one."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"数据库结构（{found}）比本程序（第 {expected} 版）新。请安装新版程序，或恢复升级前的备份。")


class DatabaseForeign(Exception):  # noqa: N818 - named for what is wrong
    """The database holds our tables but nobody knows of which structure."""

    def __init__(self) -> None:
        super().__init__("数据库里已有同名的表，但没有结构版本记录，不能升级。请检查设置项 database 是否指对了数据库。")


def metadata() -> MetaData:
    """All tables of the house."""
    for module in TABLES:
        import_module(module)
    found: MetaData = Table.metadata
    return found


def current_head() -> str:
    """The revision the programme needs."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    if head is None:
        raise FileNotFoundError(f"{MIGRATIONS / 'versions'} 中没有迁移文件，安装不完整。")
    return head


def revision_of(engine: Engine) -> str | None:
    """The revision the database has; None for one that was never upgraded."""
    with engine.connect().execution_options(reading=True) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(engine: Engine) -> bool:
    """Whether the database has exactly the structure the programme needs."""
    return revision_of(engine) == current_head()


def require_current(engine: Engine) -> None:
    """Refuse to work on another structure: `DatabaseBehind` or `DatabaseAhead` say what to do."""
    found = revision_of(engine)
    if found == current_head():
        return
    if found is not None and found not in _known():
        raise DatabaseAhead(found, current_head())
    raise DatabaseBehind(found, current_head())


def upgrade(database: Engine | str) -> str:
    """Bring the database (an engine or its address) to the present structure and give its revision.

    All steps happen in one transaction, and several processes starting together do them once.
    Raises `DatabaseAhead` for a database of a newer programme, `DatabaseForeign` for tables that are not known
    to be ours.
    """
    if isinstance(database, Engine):
        _upgrade(database)
    else:
        engine = open_engine(database)
        try:
            _upgrade(engine)
        finally:
            engine.dispose()
    return current_head()


def alembic_config(connection: Connection) -> Config:
    """What alembic's commands need to work on this open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _known() -> set[str]:
    return {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}


def _upgrade(engine: Engine) -> None:
    with engine.connect() as connection, _keys_resting(connection), connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        found = MigrationContext.configure(connection).get_current_revision()
        if found is not None and found not in _known():
            raise DatabaseAhead(found, current_head())
        if found is None and set(inspect(connection).get_table_names()) & set(metadata().tables):
            raise DatabaseForeign
        command.upgrade(alembic_config(connection), "head")
        _check_keys(connection)


@contextmanager
def _keys_resting(connection: Connection) -> Iterator[None]:
    """Let SQLite's foreign keys rest while tables are made anew.

    Dropping the old table would otherwise delete what refers to it; the switch works outside a transaction only
    (https://www.sqlite.org/lang_altertable.html, section 7).
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _check_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"升级后有 {len(broken)} 行数据的引用失效，升级已撤销，请联系维护人员。")


def head_file() -> Path:
    """The file that holds the head: two migrations made side by side then conflict in git."""
    return MIGRATIONS / "HEAD"
