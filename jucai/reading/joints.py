"""Where rules drawn cell by cell meet: they tell the columns of a table without vertical rules."""

from dataclasses import dataclass, field
from itertools import pairwise

from jucai.reading.cells import Cell
from jucai.reading.page import Page, Rule

_LEVEL, _SAME = 1.2, 2.5
_WIDEST = 9.0
"""So far apart stand the borders of two cells at most; lines to write on stand farther."""
_SHORTEST = 14.0
"""Shorter pieces are dashes, or lines under single characters."""
_BESIDE = 3.0
_MOST = 2000


@dataclass(slots=True)
class _Run:
    """Pieces of rules that follow one another at one height, and where they meet: the middles of the gaps."""

    at: float
    low: float
    high: float
    joints: list[float] = field(default_factory=list)
    apart: bool = False
    dashed: bool = False


class Joints:
    """The places on a page where pieces of rules meet, if the rule below meets there too.

    `across` and `down` are rules that such tables leave out: what joins borders drawn apart, and their sides.
    """

    def __init__(self, page: Page) -> None:
        self.spans: list[tuple[float, float, float]] = []
        self.across: list[Rule] = []
        self.down: list[Rule] = []
        if page.back is not None or not 1 < len(page.horizontal) <= _MOST:
            return
        standing = {_place(rule.at) + step for rule in page.vertical for step in (-1, 0, 1)}
        runs = [
            run
            for run in _runs(page.horizontal)
            if run.joints and not (run.dashed or standing & set(map(_place, run.joints)))
        ]
        for number, upper in enumerate(runs):
            lower = next((run for run in runs[number + 1 :] if _alike(upper, run)), None)
            if lower is None:
                continue
            shared = [x for x in upper.joints if any(abs(x - other) < _SAME for other in lower.joints)]
            self.spans += [(x, upper.at, lower.at) for x in shared]
            self._close(upper, lower, shared, standing)

    def _close(self, upper: _Run, lower: _Run, joints: list[float], standing: set[int]) -> None:
        if not joints:
            return
        sides = [x for x in (upper.low, upper.high) if _place(x) not in standing]
        self.down += [Rule(x, upper.at, lower.at) for x in sides]
        if upper.apart and lower.apart:
            # Each cell has borders of its own: a cell over two columns would have one piece.
            self.down += [Rule(x, upper.at, lower.at) for x in joints]
            self.across += [Rule(run.at, run.low, run.high) for run in (upper, lower)]

    def cuts(self, cell: Cell) -> tuple[float, ...]:
        """Return where columns meet within a box, left to right."""
        middle = (cell.top + cell.bottom) / 2
        return tuple(sorted(x for x, top, bottom in self.spans if top < middle < bottom and cell.x0 < x < cell.x1))

    def extend(self, top: float, edge: float) -> None:
        """Let columns that begin at `edge` begin at `top`: the row above has no rule of its own."""
        self.spans += [(x, top, edge) for x, upper, _ in self.spans if abs(upper - edge) < _LEVEL]


def _place(x: float) -> int:
    return round(x / _BESIDE)


def _alike(one: _Run, other: _Run) -> bool:
    """Whether two runs are the upper and the lower border of the same row."""
    return other.at - one.at > _BESIDE and abs(one.low - other.low) < _SAME and abs(one.high - other.high) < _SAME


def _runs(rules: list[Rule]) -> list[_Run]:
    """Group pieces at one height that follow one another; a piece drawn twice counts once."""
    levels: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if levels and rule.at - levels[-1][0].at < _LEVEL:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    runs: list[_Run] = []
    for level in levels:
        level.sort(key=lambda r: (r.low, r.high))
        run = _Run(level[0].at, level[0].low, level[0].high)
        runs.append(run)
        for before, rule in pairwise(level):
            gap = rule.low - run.high
            if abs(rule.low - before.low) < 1 and abs(rule.high - before.high) < 1:
                continue
            if not -1.0 < gap < _WIDEST:
                run = _Run(rule.at, rule.low, rule.high)
                runs.append(run)
                continue
            run.joints.append((run.high + rule.low) / 2)
            run.dashed = run.dashed or min(rule.high - rule.low, before.high - before.low) < _SHORTEST
            run.apart = run.apart or gap > 1
            run.high = max(run.high, rule.high)
    return sorted(runs, key=lambda r: r.at)
