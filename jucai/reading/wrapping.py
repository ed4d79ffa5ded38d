"""Which lines of a table belong to one row, where cells wrap and no rule parts the rows."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jucai.reading.cells import Line

_LEVEL = 0.3
"""Lines whose middles differ by less than this part of their height stand side by side."""
_MIDDLE = 0.2
_NEAR = 2.6
_JUMP, _SHARE = 1.0, 0.08
"""Gaps between rows are wider than gaps within by so many points, and by this part of a line's height."""
_SAME_LEAD = 0.7
_MOST_KINDS = 4
_SLACK, _MOVED = 0.35, 1.0
"""A line is full if the next character had no room; with a stop behind it, two characters moved on."""
_SHORT = 9
_BEGUN = re.compile(r"[-—–~～〜至到、，,;；/（(“《〈]$")
_GOES_ON = re.compile(r"^(?:[年月日）)”》〉、，,；;。～〜~—–-]|至(?!今)|\d{1,2}[月日](?!\d))")
_STOP = "）)”》〉、，,；;。：:！？"
_NUMBER = re.compile(r"^[\d,.]+(?:万?元|万)?$")
_PAIRS = ("()", "（）", "“”", "《》", "〈〉")

Row = dict[int, list[Line]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line and the number of the column it stands in."""

    place: int
    line: Line

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.line.top + self.line.bottom) / 2

    @property
    def height(self) -> float:
        """Height of the line."""
        return self.line.bottom - self.line.top


def group(pieces: Iterable[Piece], edges: Sequence[float], leads: Sequence[float] = ()) -> tuple[list[Row], bool]:
    """Return rows of columns with their lines, and whether they were guessed.

    `edges` say how far to the right the text of each column can reach, `leads` how far apart the lines of a wrapped
    head stand. Evidence for one row, strongest first: a cell that stands between two lines of another, midway;
    two kinds of gaps; lines that are full, and columns that only begin with a row.
    """
    levels = _levels(pieces)
    if len(levels) == 1:
        return _rows(levels, frozenset()), False
    held = _held(levels)
    free = [index for index in range(len(levels) - 1) if index not in held]
    apart = _pitches(levels)
    pitches = {index: apart[index] for index in free}
    known = [*leads, *(apart[index] for index in held if apart[index] < _NEAR * levels[index][0].height)]
    best: tuple[int, list[Row]] | None = None
    rival = False
    tried: list[frozenset[int]] = []
    telling = True
    for breaks, told in _candidates(levels, pitches, known):
        if breaks in tried:
            continue
        tried.append(breaks)
        rows = _rows(levels, breaks)
        faults = _faults(rows, edges)
        if best is None or faults < best[0]:
            best, telling, rival = (faults, rows), told, False
        elif faults == best[0] and not telling and len(rows) > 1:
            rival = True
        if not faults and told:
            break
    assert best is not None
    return best[1], best[0] > 0 or rival


def _levels(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Group pieces that stand side by side, top to bottom."""
    levels: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.middle):
        if levels and piece.middle - levels[-1][0].middle < _LEVEL * min(piece.height, levels[-1][0].height):
            levels[-1].append(piece)
        else:
            levels.append([piece])
    return levels


def _held(levels: list[list[Piece]]) -> set[int]:
    """Return the gaps (by the level above) that a cell spans: it stands midway between two lines of another column."""
    held: set[int] = set()
    places = [{piece.place for piece in level} for level in levels]
    for index in range(1, len(levels) - 1):
        piece = levels[index][0]
        upper, lower = levels[index - 1][0].middle, levels[index + 1][0].middle
        wrapped = places[index - 1] & places[index + 1] - places[index]
        between = places[index] - places[index - 1] - places[index + 1]
        midway = abs(piece.middle - (upper + lower) / 2) < _MIDDLE * piece.height
        if wrapped and between and midway and lower - upper < _NEAR * piece.height:
            held |= {index - 1, index}
    return held


def _pitches(levels: list[list[Piece]]) -> list[float]:
    """Return for each gap how far apart the nearest lines of one column stand above and below it."""
    lowers: list[dict[int, float]] = [{}]
    for level in reversed(levels):
        lowers.append(lowers[-1] | {piece.place: piece.middle for piece in level})
    lowers.reverse()
    upper: dict[int, float] = {}
    pitches: list[float] = []
    for index, level in enumerate(levels[:-1]):
        upper |= {piece.place: piece.middle for piece in level}
        lower = lowers[index + 1]
        shared = [lower[place] - upper[place] for place in upper.keys() & lower.keys()]
        pitches.append(min(shared, default=levels[index + 1][0].middle - level[0].middle))
    return pitches


def _candidates(
    levels: list[list[Piece]], pitches: dict[int, float], known: Sequence[float]
) -> Iterator[tuple[frozenset[int], bool]]:
    """Yield ways to break a table into rows, the likeliest first, and whether distances tell so."""
    if not pitches:
        yield frozenset(), True
        return
    height = sorted(level[0].height for level in levels)[len(levels) // 2]
    ordered = sorted(pitches.values())
    if known:
        lead = sorted(known)[len(known) // 2]
        yield (
            frozenset(index for index, pitch in pitches.items() if pitch > lead + max(_SAME_LEAD, _SHARE * height)),
            True,
        )
    jumps = [(less + more) / 2 for less, more in pairwise(ordered) if more - less > max(_JUMP, _SHARE * height)]
    for jump in jumps[:_MOST_KINDS]:
        yield frozenset(index for index, pitch in pitches.items() if pitch > jump), True
    for breaks in _anchored(levels):
        yield breaks & pitches.keys(), False
    yield frozenset(index for index in pitches if _begins(levels[index + 1])), False
    yield frozenset(pitches), False
    yield frozenset(), False


def _anchored(levels: list[list[Piece]]) -> Iterator[frozenset[int]]:
    """Yield the breaks if each row has one line in the column with the fewest: at its top, its foot, in its middle."""
    counted = Counter(piece.place for level in levels for piece in level)
    key = min(counted, key=lambda place: (counted[place], -place))
    anchors = [index for index, level in enumerate(levels) if any(piece.place == key for piece in level)]
    yield frozenset(index - 1 for index in anchors[1:])
    yield frozenset(anchors[:-1])
    breaks: set[int] = set()
    first = 0
    for anchor in anchors[:-1]:
        foot = 2 * levels[anchor][0].middle - levels[first][0].middle + _LEVEL * levels[anchor][0].height
        last = max((index for index in range(anchor, len(levels)) if levels[index][0].middle < foot), default=anchor)
        breaks.add(last)
        first = last + 1
        if first == len(levels):
            return
    yield frozenset(breaks)


def _begins(level: list[Piece]) -> bool:
    """Whether a line begins a row: something stands in its first column, and in another."""
    places = {piece.place for piece in level}
    return 0 in places and len(places) > 1


def _rows(levels: list[list[Piece]], breaks: frozenset[int]) -> list[Row]:
    rows: list[Row] = [{}]
    for index, level in enumerate(levels):
        for piece in level:
            rows[-1].setdefault(piece.place, []).append(piece.line)
        if index in breaks:
            rows.append({})
    return rows


def _faults(rows: list[Row], edges: Sequence[float]) -> int:
    """Count what speaks against these rows."""
    faults = 0
    for row in rows:
        faults += len(row) < min(len(edges), 2)
        for place, lines in row.items():
            faults += sum(not _full(upper, lower, edges[place]) for upper, lower in pairwise(lines))
            faults += sum(_is_number(upper) and _is_number(lower) for upper, lower in pairwise(lines))
            faults += _is_cut("".join(line.text for line in lines))
    return faults + sum(_may_go_on(above, below, edges) for above, below in pairwise(rows))


def _full(upper: Line, lower: Line, edge: float) -> bool:
    """Whether what stands in the next line had no room in this one."""
    if _BEGUN.search(upper.text):
        return True
    high = upper.bottom - upper.top
    word, behind = _first_word(lower)
    slack = _MOVED if behind and behind in _STOP else _SLACK
    return edge - upper.x1 < word + slack * high


def _first_word(line: Line) -> tuple[float, str]:
    """Return how wide the first word of a line is, a Chinese character or a run of letters, and what follows it."""
    tokens = line.tokens
    last = 0
    while (
        last + 1 < len(tokens)
        and tokens[last].text.isascii()
        and tokens[last + 1].text.isascii()
        and tokens[last + 1].x0 - tokens[last].x1 < _SLACK * tokens[last].height / 2
    ):
        last += 1
    behind = tokens[last + 1].text[:1] if last + 1 < len(tokens) else ""
    return tokens[last].x1 - tokens[0].x0, behind


def _is_number(line: Line) -> bool:
    return len(line.text) <= _SHORT and bool(_NUMBER.match(line.text))


def _is_cut(text: str) -> bool:
    """Whether a text begins in the middle of something, or a bracket lacks its other half."""
    return bool(_GOES_ON.match(text)) or any(text.count(pair[0]) != text.count(pair[1]) for pair in _PAIRS)


def _may_go_on(above: Row, below: Row, edges: Sequence[float]) -> bool:
    """Whether a row may be the rest of the one above: it has fewer columns, each under a full line."""
    if not below.keys() < above.keys():
        return False
    return all(_full(above[place][-1], lines[0], edges[place]) for place, lines in below.items())
