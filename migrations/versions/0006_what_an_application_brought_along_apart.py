"""What an application brought along, apart from what becomes of it: a decision need not write it again."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_BROUGHT = (
    "number", "programme", "kind", "form", "applicant", "opened_at", "facts", "tables", "papers", "doubts", "verified",
    "findings", "schedule", "draws",
)  # fmt: skip
_CASES = sa.table(
    "office_case", sa.column("id", sa.Integer), sa.column("application", sa.JSON), sa.column("state", sa.JSON)
)
_AT_ONCE = 500


def upgrade() -> None:
    with op.batch_alter_table("office_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("application", sa.JSON(), nullable=False, server_default="{}"))
    connection = op.get_bind()
    change = (
        _CASES.update()
        .where(_CASES.c.id == sa.bindparam("of_id"))
        .values(application=sa.bindparam("brought"), state=sa.bindparam("rest"))
    )
    last: int | None = None
    while True:
        some = sa.select(_CASES.c.id, _CASES.c.state).order_by(_CASES.c.id).limit(_AT_ONCE)
        rows = connection.execute(some if last is None else some.where(_CASES.c.id > last)).all()
        if not rows:
            return
        last = rows[-1].id
        connection.execute(change, [_parted(row.id, row.state) for row in rows])


def _parted(case_id: int, state: dict[str, object]) -> dict[str, object]:
    brought = {name: state[name] for name in _BROUGHT if name in state}
    rest = {name: value for name, value in state.items() if name not in brought}
    return {"of_id": case_id, "brought": brought, "rest": rest}
