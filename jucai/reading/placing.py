"""Characters are assigned to cells here, run by run, so that a value that overflows its box stays whole."""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from jucai.reading.cells import Cell
from jucai.reading.grid import Grid
from jucai.reading.page import Token

_RUN_GAP = 0.35
_STRING_GAP = 0.08
_TOUCH = 0.12


def place(grid: Grid, tokens: Iterable[Token]) -> list[Token]:
    """Put tokens into the cells of `grid` and settle their lines; return those that lie in no cell."""
    loose: list[Token] = []
    for run in _runs(tokens):
        homes = [grid.at(*token.middle) for token in run]
        if len({id(home) for home in homes}) > 1 and _overflows(run, homes):
            counted = Counter(id(home) for home in homes if home is not None)
            if counted:
                best = counted.most_common(1)[0][0]
                homes = [next(h for h in homes if h is not None and id(h) == best)] * len(run)
        for token, home in zip(run, homes, strict=True):
            if home is None:
                loose.append(token)
            else:
                home.tokens.append(token)
    for cell in grid.cells:
        cell.settle()
    return loose


def _runs(tokens: Iterable[Token]) -> Iterable[list[Token]]:
    """Yield characters painted one after the other without a gap."""
    run: list[Token] = []
    for token in tokens:
        if run:
            last = run[-1]
            height = max(last.height, token.height)
            widest = _RUN_GAP if token.string == last.string else _STRING_GAP
            joins = (
                abs(token.bottom - last.bottom) < height * 0.3
                and -height * 0.3 < token.x0 - last.x1 < height * widest
                and token.source == last.source == "text"
            )
            if not joins:
                yield run
                run = []
        run.append(token)
    if run:
        yield run


def _overflows(run: list[Token], homes: list[Cell | None]) -> bool:
    """Whether glyphs of one string touch across every rule they cross: then the text runs over its border."""
    crossings = [
        (before, after)
        for (before, home), (after, other) in pairwise(zip(run, homes, strict=True))
        if home is not other
    ]
    return all(after.x0 - before.x1 < max(before.height, after.height) * _TOUCH for before, after in crossings)
