"""The programmes in force: a changed folder is looked at as a whole first; a wrong one leaves the last good one."""

import hashlib
import logging
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from jucai.policy import Fault, PolicyError, ProgrammeBook, ProgrammeError, WorkCalendar, load_programmes
from jucai.policy.commands import CALENDAR_FILE, check_folder

_LOG = logging.getLogger(__name__)
_CURRENT = "current"
_KEPT = 5


@dataclass(frozen=True, slots=True)
class InForce:
    """What the office works by; `refused` are the faults of the folder as it lies there now, none if that is used."""

    book: ProgrammeBook
    calendar: WorkCalendar
    refused: tuple[Fault, ...] = ()


def programmes_in_force(source: Path, kept: Path) -> InForce:
    """The programmes of `source`, or those that were last in force where it has a fault.

    A folder that has changed is loaded and its own examples are run before anything of it is used; then it is kept
    under `kept`, by its content. Many processes may do so at once.

    Raises:
        PolicyError: the folder has a fault, and none was in force before.
    """
    digest = _digest(source)
    before = _current(kept)
    if digest == before:
        return _load(source)
    faults = _faults(source)
    if not faults:
        found = _load(source)
        _keep(source, kept, digest)
        return found
    if before is None:
        raise ProgrammeError(list(faults))
    _LOG.warning("programmes.refused", extra={"faults": [str(fault) for fault in faults]})
    last = _load(kept / before)
    return InForce(last.book, last.calendar, faults)


def _load(folder: Path) -> InForce:
    return InForce(load_programmes(folder), WorkCalendar.load(folder / CALENDAR_FILE))


def _faults(folder: Path) -> tuple[Fault, ...]:
    try:
        WorkCalendar.load(folder / CALENDAR_FILE)
        return check_folder(folder).faults
    except PolicyError as error:
        return (Fault(CALENDAR_FILE.as_posix(), 1, "", str(error)),)


def _files(folder: Path) -> list[Path]:
    """The files that say something: other things that lie there change nothing."""
    return sorted(path for path in folder.rglob("*") if path.suffix in {".yaml", ".json"} and path.is_file())


def _digest(folder: Path) -> str:
    mark = hashlib.sha256()
    for path in _files(folder):
        mark.update(path.relative_to(folder).as_posix().encode() + b"\0")
        mark.update(hashlib.sha256(path.read_bytes()).digest())
    return mark.hexdigest()


def _current(kept: Path) -> str | None:
    try:
        name = (kept / _CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return name if (kept / name).is_dir() else None


def _keep(source: Path, kept: Path, digest: str) -> None:
    """Copy the folder beside the earlier ones and point to it, each in one step."""
    kept.mkdir(parents=True, exist_ok=True)
    if not (kept / digest).is_dir():
        part = Path(tempfile.mkdtemp(dir=kept, prefix=".part-"))
        for path in _files(source):
            target = part / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        try:
            part.rename(kept / digest)
        except OSError:  # another process was first
            shutil.rmtree(part, ignore_errors=True)
    handle, name = tempfile.mkstemp(dir=kept, prefix=".current-")
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(digest)
    Path(name).replace(kept / _CURRENT)
    earlier = sorted((p for p in kept.iterdir() if p.is_dir() and p.name != digest), key=lambda p: p.stat().st_mtime)
    for path in earlier[: -_KEPT or None]:
        shutil.rmtree(path, ignore_errors=True)
