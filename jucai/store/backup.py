"""Backups: a whole and consistent copy of the database; the store of files only ever grows and is copied as it is."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from jucai.store.bureau import Bureau

_KEPT = 14


class BackupNotHereError(Exception):
    """The database is not one that a file copy can back up."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: its file and size in bytes."""

    path: Path
    size: int


def back_up(bureau: Bureau) -> Backup:
    """Copy the SQLite database while it is in use, and keep the last fourteen copies.

    Raises `BackupNotHereError` for PostgreSQL, which is backed up by its own tools (pg_dump).
    """
    url = make_url(bureau.settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise BackupNotHereError("PostgreSQL 数据库请用 pg_dump 备份，见 docs/operations.md")
    folder = bureau.settings.home / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"jucai-{bureau.clock.now():%Y%m%d-%H%M%S}.db"
    part = path.with_suffix(".part")
    source, copy = sqlite3.connect(url.database), sqlite3.connect(part)
    try:
        source.backup(copy)
    finally:
        copy.close()
        source.close()
    part.replace(path)
    for old in sorted(folder.glob("jucai-*.db"))[:-_KEPT]:
        old.unlink()
    return Backup(path, path.stat().st_size)
