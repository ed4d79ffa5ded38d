"""The database's structure comes from the migrations alone, and is exactly what the tables say."""

import ast
import json
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, ForeignKeyConstraint, UniqueConstraint, inspect, text

from jucai.store import migrations
from jucai.store.database import open_engine

# Letters know their case and cases know their letter: SQLAlchemy says that it cannot sort them.
pytestmark = pytest.mark.filterwarnings("ignore:Cannot correctly sort tables:sqlalchemy.exc.SAWarning")

VERSIONS = sorted((migrations.MIGRATIONS / "versions").glob("*.py"))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'office.db'}")
    yield engine
    engine.dispose()


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, migrations.metadata()))


def test_an_empty_database_becomes_exactly_what_the_tables_say(empty: Engine) -> None:
    assert migrations.upgrade(empty) == migrations.current_head()
    assert differences(empty) == []
    assert set(inspect(empty).get_table_names()) == {*migrations.metadata().tables, "alembic_version"}


def test_the_comparison_would_notice_a_missing_column(empty: Engine) -> None:
    migrations.upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("ALTER TABLE outbox_mail DROP COLUMN last_detail"))
    assert differences(empty) != []


def test_an_address_does_as_well_as_an_engine(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'office.db'}"
    migrations.upgrade(address)
    engine = open_engine(address)
    assert migrations.is_current(engine)
    engine.dispose()


def test_upgrading_twice_changes_nothing_and_foreign_keys_are_watched_again(empty: Engine) -> None:
    migrations.upgrade(empty)
    migrations.upgrade(empty)
    with empty.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_two_processes_starting_together_upgrade_once(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'office.db'}"
    faults: list[BaseException] = []

    def start() -> None:
        try:
            migrations.upgrade(address)
        except BaseException as fault:  # noqa: BLE001 - handed to the assertion below
            faults.append(fault)

    starts = [threading.Thread(target=start) for _ in range(3)]
    for thread in starts:
        thread.start()
    for thread in starts:
        thread.join()
    assert faults == []


def test_who_opens_a_new_database_waits_for_who_writes_in_it(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    writer = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("CREATE TABLE begun (number INTEGER)")
    end = threading.Timer(0.3, writer.execute, ["COMMIT"])
    end.start()
    with open_engine(f"sqlite:///{path}").connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    end.join()
    writer.close()


def test_start_up_on_a_database_without_structure_says_what_to_run(empty: Engine) -> None:
    assert not migrations.is_current(empty)
    with pytest.raises(migrations.DatabaseBehind, match="jucai db upgrade"):
        migrations.require_current(empty)
    migrations.upgrade(empty)
    migrations.require_current(empty)


def test_a_database_of_a_newer_programme_is_left_alone(empty: Engine) -> None:
    migrations.upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(migrations.DatabaseAhead, match="9999"):
        migrations.require_current(empty)
    with pytest.raises(migrations.DatabaseAhead, match="新"):
        migrations.upgrade(empty)


def test_tables_of_unknown_origin_are_left_alone(empty: Engine) -> None:
    with empty.begin() as connection:
        connection.execute(text("CREATE TABLE letter (id INTEGER)"))
    with pytest.raises(migrations.DatabaseForeign, match="database"):
        migrations.upgrade(empty)
    assert inspect(empty).get_table_names() == ["letter"]


def test_the_head_file_holds_the_head() -> None:
    assert migrations.head_file().read_text(encoding="utf-8") == f"{migrations.current_head()}\n"


def test_migrations_are_one_line_numbered_without_gaps() -> None:
    numbers = [path.name[:4] for path in VERSIONS]
    assert numbers == [f"{number:04d}" for number in range(1, len(VERSIONS) + 1)]
    assert migrations.current_head() == numbers[-1]


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_migration_stands_apart_from_our_code(path: Path) -> None:
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert imported <= {"sqlalchemy", "alembic"}


def test_every_constraint_has_a_name_of_the_convention() -> None:
    prefixes = {UniqueConstraint: "uq_", ForeignKeyConstraint: "fk_"}
    for table in migrations.metadata().tables.values():
        assert table.primary_key.name == f"pk_{table.name}"
        for constraint in table.constraints:
            prefix = prefixes.get(type(constraint))
            if prefix:
                assert str(constraint.name).startswith(f"{prefix}{table.name}_")
        for index in table.indexes:
            assert str(index.name).startswith(f"ix_{table.name}_")
            assert len(str(index.name)) <= 63  # PostgreSQL cuts longer names silently


def test_an_office_at_work_keeps_its_cases_and_tasks_when_it_is_upgraded(empty: Engine) -> None:
    with empty.connect() as connection, connection.begin():
        command.upgrade(migrations.alembic_config(connection), "0001")
    with empty.begin() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        connection.execute(text(
            "INSERT INTO letter (id, host, username, folder, uidvalidity, uid, sha256, size, received_at, sender,"
            " subject, kind, trust, body_text, must_reply, state, outcome_text, attempts, details)"
            " VALUES (1, 'h', 'u', 'INBOX', 1, 1, 'x', 1, '2026-11-23', '', '', '', '', '', 0, 'done', '', 0, '{}')"
        ))  # fmt: skip
        connection.execute(text(
            "INSERT INTO office_case (id, number, programme, version, kind, form, letter_id, document_id, part,"
            " applicant, applicant_email, person_index, employer, unit, phase, stage, revision, last_hash, opened_at,"
            " changed_at, state, mirrored_revision) VALUES (1, 'AQ-1', 'p', 'v', 'k', 'f', 1, 1, 0, 'a', 'e', 'i', '',"
            " '', 'in_stages', 'one', 1, 'x', '2026-11-23', '2026-11-23', :state, -1)"
        ), {"state": json.dumps({"number": "AQ-1", "facts": {"name": {"value": "王"}}, "phase": "one"})})  # fmt: skip
        connection.execute(text(
            "INSERT INTO task (case_id, code, stage, unit, status, officers, opened_at, opinion)"
            " VALUES (1, 'one-1', 'one', 'rsj', 'open', '[]', '2026-11-23', '')"
        ))  # fmt: skip
    migrations.upgrade(empty)
    with empty.connect() as connection:
        assert connection.execute(text("SELECT code, note, reminders FROM task")).all() == [("one-1", "", 0)]
        ((brought, rest),) = connection.execute(text("SELECT application, state FROM office_case")).all()
        assert connection.execute(text("SELECT to_mirror FROM office_case")).scalar() == 1
    assert json.loads(brought) == {"number": "AQ-1", "facts": {"name": {"value": "王"}}}
    assert json.loads(rest) == {"phase": "one"}
