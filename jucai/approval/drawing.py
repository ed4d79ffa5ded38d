"""Drawing experts at random so that anybody can repeat it with nothing but SHA-256."""

import hashlib
from collections.abc import Iterable


def draw_order(pool: Iterable[str], seed: str) -> tuple[str, ...]:
    """The pool in the order of the draw: by SHA-256 of `seed`, a line feed, and the id.

    The first n are drawn; who stands aside is followed by the next one. The order does not depend on that of the pool.
    """
    return tuple(sorted(set(pool), key=lambda who: hashlib.sha256(f"{seed}\n{who}".encode()).hexdigest()))
