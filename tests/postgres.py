"""A PostgreSQL of one's own for tests and benchmarks: from Debian's packages, on a socket, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POSTGRES_LINE = "sudo apt-get install postgresql"
_USER = "postgres"


def server_programs() -> Path | None:
    """The folder with `initdb` and `postgres`; Debian keeps it off the PATH."""
    found = [Path(path).parent for path in [shutil.which("initdb")] if path]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in found if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def postgres_fault() -> str | None:
    """Why no server can be started here; None where one can."""
    if server_programs() is None:
        return f"PostgreSQL is not installed: {POSTGRES_LINE}"
    if os.getuid() == 0 and (_account() is None or shutil.which("runuser") is None):
        return "PostgreSQL does not run as root, and there is no account “postgres” to run it as"
    return None


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[str]:
    """Start a server and give the address of an empty database.

    With `durable` commits wait for the disk, as in the office; tests of behaviour do without.
    """
    programs = server_programs()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="jucai-pg-"))
    account = _account() if os.getuid() == 0 else None
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)
    user = _USER if account else pwd.getpwuid(os.getuid()).pw_name
    prefix = ["runuser", "-u", _USER, "--"] if account else []

    def run(*words: str | Path) -> None:
        subprocess.run([*prefix, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    data = folder / "data"
    options = f"-k {folder} -c listen_addresses='' -c max_connections=60"
    options += "" if durable else " -c fsync=off -c synchronous_commit=off"
    try:
        run(programs / "initdb", "-D", data, "-A", "trust", "-E", "UTF8", "-U", user)
        control = (programs / "pg_ctl", "-D", data, "-w")
        run(*control, "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://{user}@/postgres?host={folder}"
        finally:
            run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(_USER)
    except KeyError:
        return None
