"""A folder of `.eml` files as a mailbox: for letters saved from a mail program, and for offices without IMAP."""

import fcntl
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from jucai.clock import SHANGHAI
from jucai.mailroom.mailbox import MAX_HEAD, FolderMissingError, RawLetter, Tray, Watermark

_LEDGER = ".jucai-uids.json"
_HOST = "folder"


@dataclass(slots=True)
class _Ledger:
    """Which file got which number: numbers only grow and are never given twice."""

    uidvalidity: int
    next_uid: int
    numbers: dict[str, int]


def _key(path: Path) -> str:
    status = path.stat()
    return f"{path.name}|{status.st_size}|{status.st_mtime_ns}"


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        start = file.read(MAX_HEAD)
    ends = [start.find(mark) for mark in (b"\r\n\r\n", b"\n\n")]
    return start[: min((end for end in ends if end >= 0), default=len(start))] + b"\r\n\r\n"


class EmlFolderMailbox:
    """The `.eml` files directly in `path`; filing away moves a file into a folder beside them.

    Files get their numbers in the order of their times when they are first seen; the numbers are kept in a
    ledger in the folder. A file that is still being written should bear another suffix until it is whole.
    """

    def __init__(self, path: Path, max_bytes: int = 50 * 1024 * 1024) -> None:
        self.path = path
        self.max_bytes = max_bytes

    def __enter__(self) -> Self:
        """Check that the folder is there; FolderMissingError if not."""
        if not self.path.is_dir():
            raise FolderMissingError("本机", str(self.path))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """Nothing is held open."""

    @contextmanager
    def _ledger(self) -> Iterator[_Ledger]:
        """Give the ledger to one process at a time and store it whole at the end."""
        with (self.path / f"{_LEDGER}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            file = self.path / _LEDGER
            if file.is_file():
                stored = json.loads(file.read_text(encoding="utf-8"))
                ledger = _Ledger(stored["uidvalidity"], stored["next_uid"], stored["numbers"])
            else:
                ledger = _Ledger(int((self.path / f"{_LEDGER}.lock").stat().st_mtime), 1, {})
            yield ledger
            fresh = file.with_suffix(".new")
            content = {"uidvalidity": ledger.uidvalidity, "next_uid": ledger.next_uid, "numbers": ledger.numbers}
            fresh.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
            fresh.replace(file)

    def _numbered(self) -> tuple[int, list[tuple[int, Path]]]:
        """Return (UIDVALIDITY, files with their numbers); new files are numbered, vanished ones forgotten."""
        with self._ledger() as ledger:
            files = sorted(
                (path for path in self.path.glob("*.eml") if path.is_file() and not path.name.startswith(".")),
                key=lambda path: (path.stat().st_mtime_ns, path.name),
            )
            numbers: dict[str, int] = {}
            found: list[tuple[int, Path]] = []
            for path in files:
                key = _key(path)
                if key in ledger.numbers:
                    number = ledger.numbers[key]
                else:
                    number = ledger.next_uid
                    ledger.next_uid += 1
                numbers[key] = number
                found.append((number, path))
            ledger.numbers = numbers
            return ledger.uidvalidity, sorted(found)

    def fetch_new(self, mark: Watermark | None) -> Iterator[RawLetter]:
        """Yield the files after `mark`, by number; `data` is None for one larger than `max_bytes`."""
        uidvalidity, files = self._numbered()
        since = mark.uid if mark is not None and mark.uidvalidity == uidvalidity else 0
        for uid, path in files:
            if uid <= since or not path.is_file():
                continue
            status = path.stat()
            yield RawLetter(
                uid=uid,
                uidvalidity=uidvalidity,
                size=status.st_size,
                internal_date=datetime.fromtimestamp(int(status.st_mtime), SHANGHAI),
                data=path.read_bytes() if status.st_size <= self.max_bytes else None,
                mark=Watermark(_HOST, "", str(self.path.resolve()), uidvalidity, uid),
                head=_head(path) if status.st_size > self.max_bytes else b"",
            )

    def file_away(self, uids: Sequence[int], uidvalidity: int, folder: Tray) -> frozenset[int]:
        """Move the files; a name already taken there gets the number in front."""
        current, files = self._numbered()
        there = dict(files) if current == uidvalidity else {}
        target = self.path / str(folder)
        gone = set()
        for uid in uids:
            path = there.get(uid)
            if path is None:
                gone.add(uid)
                continue
            target.mkdir(exist_ok=True)
            place = target / path.name
            path.rename(target / f"{uid}-{path.name}" if place.exists() else place)
        return frozenset(gone)
