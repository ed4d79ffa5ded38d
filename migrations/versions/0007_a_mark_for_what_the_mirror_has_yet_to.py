"""A mark for what the mirror has yet to show: it changes less often than the revision, and its index with it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_CASES = sa.table(
    "office_case",
    sa.column("to_mirror", sa.Boolean),
    sa.column("mirrored_revision", sa.Integer),
    sa.column("revision", sa.Integer),
)


def upgrade() -> None:
    with op.batch_alter_table("office_case", schema=None) as batch_op:
        batch_op.drop_index("ix_office_case_unmirrored")
        batch_op.add_column(sa.Column("to_mirror", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute(_CASES.update().values(to_mirror=_CASES.c.mirrored_revision != _CASES.c.revision))
    with op.batch_alter_table("office_case", schema=None) as batch_op:
        batch_op.drop_column("mirrored_revision")
        batch_op.create_index(
            "ix_office_case_unmirrored",
            ["id"],
            unique=False,
            sqlite_where=sa.text("to_mirror = 1"),
            postgresql_where=sa.text("to_mirror"),
        )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE office_case SET (fillfactor = 60)")  # room to write a changed row in its place
