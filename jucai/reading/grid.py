"""Ruled lines become cells: an elementary grid, walls where a rule runs, rooms between the walls."""

from bisect import bisect_right
from collections import defaultdict
from itertools import pairwise

from jucai.reading.cells import Cell
from jucai.reading.joints import Joints
from jucai.reading.page import Page, Rule
from jucai.reading.refusals import TooComplex
from jucai.reading.tops import open_tops

_GAP = 3.5
_COVER = 0.7
_SHORTEST = 4.0
_NARROWEST = 3.0
_LONG = 12.0
_TABLE_WIDE = 0.4
_TWO_WIDE = 1.8
"""Two rules alone make a table only if they are this many times as wide as the least table."""
_DIGIT_BOX = 28.0
_LINE = 18.0
_ENDS = 2
_PITCH, _FULL = 30.0, 0.85
_MOST_CELLS = 24_000

Intervals = list[tuple[float, float]]


class Walls:
    """Rules of one direction, snapped to common positions: position index → covered intervals."""

    def __init__(self, rules: list[Rule], snap: float) -> None:
        groups: list[list[Rule]] = []
        for rule in sorted(rules, key=lambda r: r.at):
            if groups and rule.at - groups[-1][-1].at < snap and rule.at - groups[-1][0].at < 2 * snap:
                groups[-1].append(rule)
            else:
                groups.append([rule])
        self.snap = snap
        self.positions: list[float] = []
        self.covered: list[Intervals] = []
        for group in groups:
            intervals = _merge(group)
            if max(high - low for low, high in intervals) >= _SHORTEST:
                self.positions.append(sum(r.at for r in group) / len(group))
                self.covered.append(intervals)

    def stands(self, index: int, low: float, high: float) -> bool:
        """Whether a wall runs along position `index` between `low` and `high`."""
        length = high - low
        within = 0.0
        for start, end in self.covered[index]:
            within += max(0.0, min(end + 1.0, high) - max(start - 1.0, low))
        return within >= length * _COVER


def _merge(rules: list[Rule]) -> Intervals:
    merged: Intervals = []
    for rule in sorted(rules, key=lambda r: r.low):
        if merged and rule.low - merged[-1][1] <= _GAP:
            merged[-1] = (merged[-1][0], max(merged[-1][1], rule.high))
        else:
            merged.append((rule.low, rule.high))
    return merged


def close_open_sides(page: Page, joints: Joints) -> tuple[list[Rule], list[Rule]]:
    """Add the edges a form leaves out: where a page break cuts a box, and tables without an outer frame."""
    horizontal, vertical = page.horizontal + joints.across, page.vertical + joints.down
    across, down = Walls(horizontal, page.snap), Walls(vertical, page.snap)
    # Short rules are lines to write on, not the rows of a table.
    bottoms = _closing(across, down, _LONG)
    sides = _closing(down, across, page.width * _TABLE_WIDE, alike=True)
    closed = [side for side in sides if not (_is_written_on(page, side) or _holds_prose(page, side))]
    tops, above = open_tops(page, horizontal, closed + joints.down, joints)
    return horizontal + bottoms + tops, vertical + closed + above


def _closing(walls: Walls, crossing: Walls, longest: float, *, alike: bool = False) -> list[Rule]:
    """Return rules that join the loose ends of `crossing` where none of `walls` runs.

    With `alike`, only where most of these rules end together on the other side too: lines to write on do not.
    """
    closing: list[Rule] = []
    for pick in (0, 1):
        ends: list[tuple[float, float]] = []
        others: dict[tuple[float, float], float] = {}
        for at, intervals in zip(crossing.positions, crossing.covered, strict=True):
            long = [interval for interval in intervals if interval[1] - interval[0] > longest]
            ends += [(interval[pick], at) for interval in long]
            others.update({(interval[pick], at): interval[1 - pick] for interval in long})
        ends.sort()
        group: list[tuple[float, float]] = []
        for end in [*ends, (float("inf"), 0.0)]:
            if group and end[0] - group[-1][0] > _GAP:
                for part in _unbroken(group, crossing):
                    far = [others[end] for end in part]
                    short = len(part) == _ENDS and abs(far[0] - part[0][0]) < longest * _TWO_WIDE
                    if not alike or (_end_alike(far) and not short):
                        closing += _join(part, walls)
                group = []
            group.append(end)
    return closing


def _is_written_on(page: Page, side: Rule) -> bool:
    """Whether labels stand right before the rules that begin at `side`: then these are lines to write on."""
    if side.at > page.width / 2:
        return False
    before = [
        token
        for token in page.tokens
        if side.low - _LINE < token.middle[1] < side.high + 1 and -_LINE < token.x1 - side.at < _NARROWEST
    ]
    return len({round(token.bottom / _LINE) for token in before}) >= _ENDS


def _holds_prose(page: Page, side: Rule) -> bool:
    """Whether the rules that begin or end at `side` are lines under running text, one line of it to each."""
    rules = sorted(
        {
            round(rule.at, 1): rule
            for rule in page.horizontal
            if side.low - 1 <= rule.at <= side.high + 1
            and min(abs(rule.low - side.at), abs(rule.high - side.at)) < _GAP
        }.values(),
        key=lambda rule: rule.at,
    )
    if len(rules) < _ENDS + 1:
        return False
    written = 0
    for upper, lower in pairwise(rules):
        if lower.at - upper.at > _PITCH:
            return False
        run = sorted(
            (
                t
                for t in page.tokens
                if upper.at < t.middle[1] < lower.at and lower.low - 1 < t.middle[0] < lower.high + 1
            ),
            key=lambda t: t.x0,
        )
        if run and any(after.x0 - before.x1 > before.height for before, after in pairwise(run)):
            return False
        full = bool(run) and run[-1].x1 - run[0].x0 > (lower.high - lower.low) * _FULL
        written += full
    return written >= (len(rules) - 1) / 2


def _end_alike(ends: list[float]) -> bool:
    """Whether most of these positions are one and the same."""
    most = max((sum(abs(end - other) <= _GAP for other in ends) for end in ends), default=0)
    return most >= len(ends) * _COVER


def _unbroken(group: list[tuple[float, float]], crossing: Walls) -> list[list[tuple[float, float]]]:
    """Divide loose ends where a rule between two of them runs on across: there the edge is none."""
    at = sum(end for end, _ in group) / len(group)
    passing = [
        position
        for position, intervals in zip(crossing.positions, crossing.covered, strict=True)
        if any(low < at - 2 * _GAP and high > at + 2 * _GAP for low, high in intervals)
    ]
    parts: list[list[tuple[float, float]]] = []
    for end in sorted(group, key=lambda item: item[1]):
        if parts and not any(parts[-1][-1][1] + 1 < position < end[1] - 1 for position in passing):
            parts[-1].append(end)
        else:
            parts.append([end])
    return parts


def _join(group: list[tuple[float, float]], walls: Walls) -> list[Rule]:
    if len(group) < _ENDS:
        return []
    at = sum(end for end, _ in group) / len(group)
    low, high = min(other for _, other in group), max(other for _, other in group)
    for index, position in enumerate(walls.positions):
        if abs(position - at) <= max(_GAP, 2 * walls.snap) and walls.stands(index, low, high):
            return []
    return [Rule(at, low, high)]


class Grid:
    """The rooms of one page and a way to find the room at a point."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.joints = Joints(page)
        horizontal, vertical = close_open_sides(page, self.joints)
        self.across = Walls(horizontal, page.snap)
        self.down = Walls(vertical, page.snap)
        self.xs, self.ys = self.down.positions, self.across.positions
        if len(self.xs) * len(self.ys) > _MOST_CELLS:
            raise TooComplex
        self.cells: list[Cell] = []
        self._rooms: dict[tuple[int, int], Cell] = {}
        if len(self.xs) > 1 and len(self.ys) > 1:
            self._build()

    def at(self, x: float, y: float) -> Cell | None:
        """Return the cell that holds a point, None outside of all."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        return self._rooms.get((row, column))

    def touching(self, cell: Cell) -> list[Cell]:
        """Return the cells that share an edge with a cell of this grid."""
        beside = [(row, column) for row in range(cell.r0, cell.r1) for column in (cell.c0 - 1, cell.c1)]
        stacked = [(row, column) for column in range(cell.c0, cell.c1) for row in (cell.r0 - 1, cell.r1)]
        found = {id(other): other for spot in beside + stacked if (other := self._rooms.get(spot)) is not None}
        return list(found.values())

    def _build(self) -> None:
        columns, rows = len(self.xs) - 1, len(self.ys) - 1
        upper = [[self.across.stands(j, self.xs[i], self.xs[i + 1]) for i in range(columns)] for j in range(rows + 1)]
        left = [[self.down.stands(i, self.ys[j], self.ys[j + 1]) for i in range(columns + 1)] for j in range(rows)]
        seen: set[tuple[int, int]] = set()
        rooms: list[set[tuple[int, int]]] = []
        for j in range(rows):
            for i in range(columns):
                if (j, i) not in seen:
                    room, closed = self._flood(j, i, upper, left, rows, columns)
                    seen |= room
                    if closed:
                        rooms.append(room)
        for room in self._with_boxes_inside(rooms):
            self._add(room)
        self.cells.sort(key=lambda c: (c.r0, c.c0))

    def _with_boxes_inside(self, rooms: list[set[tuple[int, int]]]) -> list[set[tuple[int, int]]]:
        """Add to a room the boxes for single digits that stand free within it: they are its content."""
        small = {min(room) for room in rooms if self._is_digit_box(room)}
        if not small:
            return rooms
        homes = {spot: room for room in rooms for spot in room}
        eaten: set[tuple[int, int]] = set()
        for room in rooms:
            inside = _enclosed(room)
            guests = {min(homes[spot]) for spot in inside if spot in homes}
            if inside and guests <= small and all(spot in homes for spot in inside):
                room.update(inside)
                eaten |= guests
        return [room for room in rooms if min(room) not in eaten]

    def _is_digit_box(self, room: set[tuple[int, int]]) -> bool:
        top, left = min(j for j, _ in room), min(i for _, i in room)
        bottom, right = max(j for j, _ in room) + 1, max(i for _, i in room) + 1
        return self.xs[right] - self.xs[left] <= _DIGIT_BOX and self.ys[bottom] - self.ys[top] <= _DIGIT_BOX

    @staticmethod
    def _flood(
        row: int, column: int, upper: list[list[bool]], left: list[list[bool]], rows: int, columns: int
    ) -> tuple[set[tuple[int, int]], bool]:
        room = {(row, column)}
        waiting = [(row, column)]
        closed = True
        while waiting:
            j, i = waiting.pop()
            for wall, neighbour in (
                (upper[j][i], (j - 1, i)),
                (upper[j + 1][i], (j + 1, i)),
                (left[j][i], (j, i - 1)),
                (left[j][i + 1], (j, i + 1)),
            ):
                if wall or neighbour in room:
                    continue
                if not (0 <= neighbour[0] < rows and 0 <= neighbour[1] < columns):
                    closed = False
                    continue
                room.add(neighbour)
                waiting.append(neighbour)
        return room, closed

    def _add(self, room: set[tuple[int, int]]) -> None:
        for r0, c0, r1, c1 in _rectangles(room):
            cell = Cell(self.page.number, r0, c0, r1, c1, self.xs[c0], self.ys[r0], self.xs[c1], self.ys[r1])
            if min(cell.x1 - cell.x0, cell.bottom - cell.top) < _NARROWEST:
                continue
            self.cells.append(cell)
            for j in range(r0, r1):
                for i in range(c0, c1):
                    self._rooms[j, i] = cell


def _enclosed(room: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the places around which a room runs on all sides."""
    top, left = min(j for j, _ in room), min(i for _, i in room)
    bottom, right = max(j for j, _ in room), max(i for _, i in room)
    if len(room) == (bottom - top + 1) * (right - left + 1):
        return set()
    missing = {(j, i) for j in range(top, bottom + 1) for i in range(left, right + 1)} - room
    return missing if all(top < j < bottom and left < i < right for j, i in missing) else set()


def _rectangles(room: set[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Cut a room into rectangles (nearly every room is one): r0, c0, r1, c1."""
    runs: dict[tuple[int, int], list[int]] = defaultdict(list)
    by_row: dict[int, list[int]] = defaultdict(list)
    for j, i in room:
        by_row[j].append(i)
    for j in sorted(by_row):
        columns = sorted(by_row[j])
        start = columns[0]
        for before, column in zip(columns, [*columns[1:], -2], strict=True):
            if column != before + 1:
                runs[start, before + 1].append(j)
                start = column
    pieces = []
    for (c0, c1), rows in runs.items():
        start = rows[0]
        for before, row in zip(rows, [*rows[1:], -2], strict=True):
            if row != before + 1:
                pieces.append((start, c0, before + 1, c1))
                start = row
    return pieces
