"""办件看板: artifacts for administrators."""

from prefect import flow, task
from prefect.artifacts import create_table_artifact

from flows.common import bureau, run_name, tell
from jucai.casework.board import board_tables


@flow(name="办件看板", flow_run_name=run_name("办件看板"))
def board() -> None:
    """Show where cases stand, what waits on whom, and what needs a person."""
    tell(f"看板 {show()} 张表已更新")


@task(name="更新看板")
def show() -> int:
    """Write every table of the board as an artifact; how many there are."""
    tables = board_tables(bureau())
    for table in tables:
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        create_table_artifact(table=rows or [{"": "（没有）"}], key=table.key, description=f"## {table.title}")
    return len(tables)
