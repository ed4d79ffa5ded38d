"""The programmes in force: a changed folder is looked at as a whole first; a wrong one leaves the last good one.

What the office works by is always a kept copy, never the folder that people edit: a file saved a moment after the
folder was looked at would otherwise come into force unseen.
"""

import hashlib
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from jucai import policy
from jucai.policy import Fault, PolicyError, ProgrammeBook, ProgrammeError, WorkCalendar, load_programmes
from jucai.policy.commands import CALENDAR_FILE, example_faults

_LOG = logging.getLogger(__name__)
_CURRENT = "current"
_REFUSED = "refused.json"
_KEPT = 5

Objections = Callable[[ProgrammeBook], Sequence[Fault]]
"""What else stands against a book: that it lacks what open cases hang on."""


@dataclass(frozen=True, slots=True)
class InForce:
    """What the office works by; `refused` are the faults of the folder as it lies there now, none if that is used.

    `mark` names the content in force, `seen` that of the folder that was looked at.
    """

    book: ProgrammeBook
    calendar: WorkCalendar
    mark: str
    seen: str
    refused: tuple[Fault, ...] = ()


def programmes_in_force(source: Path, kept: Path, objections: Objections | None = None) -> InForce:
    """The programmes of `source`, or those that were last in force where it has a fault.

    A folder that has changed is copied, and the copy loaded, its own examples run and `objections` asked before
    anything of it is used. Many processes may do so at once.

    Raises:
        PolicyError: the folder has a fault, and none was in force before.
    """
    seen, before = _digest(source), _current(kept)
    if seen == before:
        return _load(kept / before, before, seen)
    refused = _known_refusal(kept, seen) if before is not None else ()
    if before is not None and refused:
        return _in_force_before(kept, before, seen, refused)
    part = _copied(source, kept)
    try:
        mark = _digest(part)
        found, faults = _checked(part, mark, seen)
        if found is None and mark == seen:
            _note_refusal(kept, seen, faults)
        if found is not None and objections:
            faults = tuple(objections(found.book))
            found = None if faults else found
        if found is not None:
            _keep(part, kept, mark)
            return found
    finally:
        shutil.rmtree(part, ignore_errors=True)
    if before is None:
        raise ProgrammeError(list(faults))
    _LOG.warning("programmes.refused", extra={"faults": [str(fault) for fault in faults]})
    return _in_force_before(kept, before, seen, faults)


def changed_since(source: Path, kept: Path, mark: str, seen: str) -> bool:
    """Whether the folder, or what is in force, is another than that; reads some fifty small files."""
    return _digest(source) != seen or (_current(kept) or mark) != mark


def _in_force_before(kept: Path, before: str, seen: str, faults: tuple[Fault, ...]) -> InForce:
    last = _load(kept / before, before, seen)
    return InForce(last.book, last.calendar, before, seen, faults)


def _known_refusal(kept: Path, seen: str) -> tuple[Fault, ...]:
    """Why this very content was refused before: each flow is a process of its own, and would check it all again.

    What speaks against a folder because of open cases is asked anew each time: cases come and go.
    """
    try:
        noted = json.loads((kept / _REFUSED).read_text(encoding="utf-8"))
        if noted["seen"] != seen or noted["by"] != _checker():
            return ()
        return tuple(Fault(**one) for one in noted["faults"])
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def _note_refusal(kept: Path, seen: str, faults: tuple[Fault, ...]) -> None:
    noted = {"seen": seen, "by": _checker(), "faults": [asdict(fault) for fault in faults]}
    _write(kept / _REFUSED, json.dumps(noted, ensure_ascii=False))


def _checker() -> str:
    """What checks: another release may find right what this one refuses."""
    mark = hashlib.sha256()
    for path in sorted(Path(policy.__file__).parent.glob("*.py")):
        mark.update(path.read_bytes())
    return mark.hexdigest()


def _load(folder: Path, mark: str, seen: str) -> InForce:
    return InForce(load_programmes(folder), WorkCalendar.load(folder / CALENDAR_FILE), mark, seen)


def _checked(folder: Path, mark: str, seen: str) -> tuple[InForce | None, tuple[Fault, ...]]:
    """The folder loaded, or what is wrong with it."""
    try:
        found = _load(folder, mark, seen)
    except ProgrammeError as error:
        return None, error.faults
    except PolicyError as error:
        return None, (Fault(CALENDAR_FILE.as_posix(), 1, "（全文）", str(error)),)
    faults = example_faults(found.book, found.calendar)
    return (None, faults) if faults else (found, ())


def _files(folder: Path) -> list[Path]:
    """The files that say something: other things that lie there change nothing."""
    return sorted(path for path in folder.rglob("*") if path.suffix in {".yaml", ".json"} and path.is_file())


def _digest(folder: Path) -> str:
    mark = hashlib.sha256()
    for path in _files(folder):
        mark.update(path.relative_to(folder).as_posix().encode() + b"\0")
        try:
            mark.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError:  # removed meanwhile, or not ours to read: loading it says which
            mark.update(b"?")
    return mark.hexdigest()


def _current(kept: Path) -> str | None:
    """What was last put in force; None where there is nothing, or where somebody touched the copy."""
    try:
        name = (kept / _CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return name if name and (kept / name).is_dir() and _digest(kept / name) == name else None


def _copied(source: Path, kept: Path) -> Path:
    """A copy of the folder as it is now."""
    kept.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=kept, prefix=".part-"))
    for path in _files(source):
        target = part / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(path, target)
        except FileNotFoundError:  # renamed while we copied: an editor saves so
            continue
    return part


def _keep(part: Path, kept: Path, mark: str) -> None:
    """Put the copy beside the earlier ones and point to it, each in one step."""
    if (kept / mark).is_dir() and _digest(kept / mark) != mark:
        shutil.rmtree(kept / mark, ignore_errors=True)
    try:
        part.rename(kept / mark)
    except OSError:  # kept before, or another process was first
        shutil.rmtree(part, ignore_errors=True)
    _write(kept / _CURRENT, mark)
    earlier = [p for p in kept.iterdir() if p.is_dir() and p.name != mark and not p.name.startswith(".")]
    for path in sorted(earlier, key=lambda p: p.stat().st_mtime)[: -_KEPT or None]:
        shutil.rmtree(path, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    """Put a small file there in one step, whoever reads it meanwhile."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    Path(name).replace(path)
