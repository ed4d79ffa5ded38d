"""Characters are assigned to cells here, run by run, so that a value that overflows its box stays whole."""

from collections import Counter
from collections.abc import Iterable

from jucai.reading.cells import Cell
from jucai.reading.grid import Grid
from jucai.reading.page import Token

_RUN_GAP = 0.35
_PIERCED = 0.18


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
            joins = (
                abs(token.bottom - last.bottom) < height * 0.3
                and -height * 0.3 < token.x0 - last.x1 < height * _RUN_GAP
                and token.source == last.source == "text"
            )
            if not joins:
                yield run
                run = []
        run.append(token)
    if run:
        yield run


def _overflows(run: list[Token], homes: list[Cell | None]) -> bool:
    """Whether a rule cuts through a glyph or touches it: then the text merely runs over the border."""
    for (token, home), (after, next_home) in zip(
        zip(run, homes, strict=True), zip(run[1:], homes[1:], strict=True), strict=False
    ):
        if home is next_home:
            continue
        edge = home.x1 if home is not None else (next_home.x0 if next_home is not None else 0.0)
        slack = max(token.width, after.width) * _PIERCED
        if token.x1 - slack < edge < after.x0 + slack:
            # The rule stands in the white between two glyphs; only a touching pair is an overflow.
            if after.x0 - token.x1 > 1.0 or edge - token.x1 > 0.8 or after.x0 - edge > 0.8:
                return False
        elif not (token.x0 < edge < token.x1 or after.x0 < edge < after.x1):
            return False
    return True
