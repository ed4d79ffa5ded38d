"""What was read or written a moment ago, so that it need not be read or written out again."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jucai.approval.state import CaseState, Written
from models.base import UTC

_MOST = 512


@dataclass(frozen=True, slots=True)
class Head:
    """What a command needs of a case's row."""

    id: int
    number: str
    revision: int
    last_hash: str
    letter_id: int
    next_due_at: datetime | None = field(compare=False)  # time may have moved it since, which is no event


def head_from(row: Sequence[Any]) -> Head:
    """The head of a row as SQLAlchemy or the driver gives it; SQLite's driver gives a moment as text in UTC."""
    case_id, number, revision, last_hash, letter_id, due = row
    if isinstance(due, str):
        due = datetime.fromisoformat(due).replace(tzinfo=UTC)
    return Head(case_id, number, revision, last_hash, letter_id, due)


@dataclass(frozen=True, slots=True)
class Known:
    """What a case's row said, the state with it, and its text where this process wrote it."""

    head: Head
    state: CaseState
    written: Written | None = None


_known: OrderedDict[str, Known] = OrderedDict()
_lock = threading.Lock()


def remembered(number: str, last_hash: str | None = None) -> Known | None:
    """The state of a case after the event with this seal; without one the latest this process has seen.

    States are values, and the seal of the last event names one of them and no other: who has just shown a case need
    not read it again to decide on it. What was never committed is remembered under a seal no row will ever have.
    """
    with _lock:
        known = _known.get(number)
        if known is None or last_hash not in {None, known.head.last_hash}:
            return None
        _known.move_to_end(number)
        return known


def remember(known: Known) -> None:
    """Keep the latest state of a case; the case that was asked for longest ago goes."""
    number = known.head.number
    with _lock:
        _known[number] = known
        _known.move_to_end(number)
        while len(_known) > _MOST:
            _known.popitem(last=False)


def forget_states() -> None:
    """Forget every state: for measurements, and for tests that change rows by hand."""
    with _lock:
        _known.clear()


def same_again(write: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """`write`, which gives what it gave before where it is given the very same value once more.

    The rows of one transaction hold one moment many times over. Only for values that never change, such as times.
    """
    last: tuple[Any, Any] = (object(), None)

    def written(value: Any) -> Any:
        nonlocal last
        kept = last
        if kept[0] is not value:
            last = kept = (value, write(value))
        return kept[1]

    return written
