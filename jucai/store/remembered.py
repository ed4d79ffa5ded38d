"""States of cases that were read or written a moment ago, so that they need not be read again."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from jucai.approval.state import CaseState, Written

_MOST = 512


@dataclass(frozen=True, slots=True)
class Known:
    """The state of a case, and its text where this process wrote it."""

    state: CaseState
    written: Written | None = None


_known: OrderedDict[tuple[str, str], Known] = OrderedDict()
_lock = threading.Lock()


def remembered(number: str, last_hash: str) -> Known | None:
    """The state of a case after the event with this seal.

    States are values, and the seal of the last event names one of them and no other: who has just shown a case need
    not read it again to decide on it. What was never committed is remembered under a seal no row will ever have.
    """
    key = (number, last_hash)
    with _lock:
        known = _known.get(key)
        if known is not None:
            _known.move_to_end(key)
        return known


def remember(number: str, last_hash: str, known: Known) -> None:
    """Keep a state; the one that was asked for longest ago goes."""
    with _lock:
        _known[number, last_hash] = known
        while len(_known) > _MOST:
            _known.popitem(last=False)


def forget_states() -> None:
    """Forget every state: for measurements, and for tests that change rows by hand."""
    with _lock:
        _known.clear()
