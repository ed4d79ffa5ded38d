"""What alembic runs: `jucai.store.migrations` hands it an open connection, inside a transaction."""

from collections.abc import Iterable
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, ForeignKeyConstraint
from sqlmodel.sql.sqltypes import AutoString

from jucai.store.migrations import metadata
from models.base import Moment


def _frozen_type(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column types as what they are in the database: a migration outlives our code."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


def _postpone_forward_references(
    _context: MigrationContext,
    _revision: str | Iterable[str | None] | Iterable[str],
    directives: list[ops.MigrationScript],
) -> None:
    """Let a table refer to one that is made after it only once both are there: PostgreSQL asks for that.

    Letters know their case and cases know their letter, so one of the two references always looks forward.
    """
    for script in directives:
        upgrades = script.upgrade_ops.ops if script.upgrade_ops else []
        made = [operation for operation in upgrades if isinstance(operation, ops.CreateTableOp)]
        later = {table.table_name for table in made}
        for table in made:
            later.discard(table.table_name)
            now, forward = _split(table, later)
            table.columns = now
            if forward:
                upgrades.append(ops.ModifyTableOps(table.table_name, forward))


def _split(table: ops.CreateTableOp, later: set[str]) -> tuple[list[Any], list[ops.MigrateOperation]]:
    """Part what can be made with the table from its references to tables made later."""
    now: list[Any] = []
    forward: list[ops.MigrateOperation] = []
    for item in table.columns:
        if isinstance(item, ForeignKeyConstraint) and item.referred_table.name in later:
            forward.append(ops.CreateForeignKeyOp.from_constraint(item))
        else:
            now.append(item)
    return now, forward


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata(),
        render_item=_frozen_type,
        process_revision_directives=_postpone_forward_references,
        compare_type=True,
        # SQLite cannot alter a table: it is made anew, filled and renamed.
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


_run(context.config.attributes["connection"])
