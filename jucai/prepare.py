"""What can be made ready once, so that every later start is quicker; `python -m jucai.prepare`, called by setup."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from jucai.settings import ROOT

_CACHE = ROOT / ".cache"


def empty_prefect_database() -> Path:
    """Prefect's own database with all its tables and no rows, made once for each version of Prefect.

    Its two hundred migrations take about ten seconds, which every fresh demo would otherwise wait for.
    """
    path = _CACHE / f"prefect-{version('prefect')}.db"
    if path.exists():
        return path
    _CACHE.mkdir(exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    environment = {
        **os.environ,
        "PREFECT_HOME": str(_CACHE / "prefect-home"),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{part}",
    }
    subprocess.run(  # noqa: S603 - Prefect's own command beside our interpreter
        [str(Path(sys.executable).parent / "prefect"), "server", "database", "upgrade", "-y"],
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    shutil.rmtree(_CACHE / "prefect-home", ignore_errors=True)
    part.replace(path)
    return path


def lay_prefect_database(home: Path) -> None:
    """Give a Prefect home that has no database yet a copy of the empty one; a server would make it itself, slowly."""
    target = home / "prefect.db"
    if target.exists():
        return
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(empty_prefect_database(), target)


if __name__ == "__main__":
    empty_prefect_database()
