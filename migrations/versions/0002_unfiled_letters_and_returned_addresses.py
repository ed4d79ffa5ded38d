"""Unfiled letters, returned addresses and the pace of sending."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "returned_address",
        sa.Column("addr", sa.String(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["outbox_mail.id"], name=op.f("fk_returned_address_mail_id_outbox_mail")),
        sa.PrimaryKeyConstraint("addr", name=op.f("pk_returned_address")),
    )
    with op.batch_alter_table("delivery_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_attempt_started_at"), ["started_at"], unique=False)

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(
            "ix_letter_unfiled",
            ["host", "username", "folder", "state"],
            unique=False,
            sqlite_where=sa.text("filed_to IS NULL"),
            postgresql_where=sa.text("filed_to IS NULL"),
        )
