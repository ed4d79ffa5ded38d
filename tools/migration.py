"""Writes the next migration from the difference between the tables and the migrations so far.

`make migration MESSAGE="Cases know their batch"`; look at what it wrote before committing it.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from jucai.store.database import open_engine
from jucai.store.migrations import MIGRATIONS, alembic_config, head_file, upgrade


def main(message: str) -> int:
    """Write the migration and the head file; the exit code is 1 where nothing changed."""
    heads = sorted((MIGRATIONS / "versions").glob("[0-9]*.py"))
    number = f"{len(heads) + 1:04d}"
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/before.db")
        if heads:
            upgrade(engine)
        with engine.begin() as connection:
            script = command.revision(
                alembic_config(connection), message=message.rstrip("."), autogenerate=True, rev_id=number
            )
        engine.dispose()
    if script is None or isinstance(script, list):
        raise RuntimeError("alembic wrote no single migration")
    path = Path(script.path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.lstrip().startswith("# ###")), encoding="utf-8")
    if path.read_text(encoding="utf-8").rstrip().endswith("pass"):
        path.unlink()
        print("the tables and the migrations already agree")
        return 1
    ruff = Path(sys.executable).with_name("ruff")
    for step in (["format", "--quiet"], ["check", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([ruff, *step, path], check=True)
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    head_file().write_text(f"{head}\n", encoding="utf-8")
    print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:]) or "change"))
