"""Spouses and employers of cases, so that the rules about them find what they ask for.

What the columns hold for cases that are there already follows from their events and the office's secret: `jucai db
rebuild` writes it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("office_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("spouse_index", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("employer_key", sa.String(), nullable=False, server_default=""))
        batch_op.create_index("ix_office_case_spouse_index", ["spouse_index"], unique=False)
        batch_op.create_index("ix_office_case_employer_key", ["employer_key"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("office_case", schema=None) as batch_op:
        batch_op.drop_index("ix_office_case_employer_key")
        batch_op.drop_index("ix_office_case_spouse_index")
        batch_op.drop_column("employer_key")
        batch_op.drop_column("spouse_index")
