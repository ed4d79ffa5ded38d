"""Indexes nobody needs, and one for what is not mirrored yet."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("office_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_office_case_mirrored"))
        batch_op.create_index(
            "ix_office_case_unmirrored",
            ["id"],
            unique=False,
            sqlite_where=sa.text("mirrored_revision != revision"),
            postgresql_where=sa.text("mirrored_revision != revision"),
        )

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_case_id"))
