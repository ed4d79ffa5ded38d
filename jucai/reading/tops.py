"""Rows of a table without vertical rules above which the rule was left out, so that a heading runs into them."""

from collections.abc import Iterator

from jucai.reading.cells import Line, to_lines
from jucai.reading.joints import Joints
from jucai.reading.page import Page, Rule
from jucai.reading.segments import segments
from jucai.reading.vocabulary import vocabulary

_SAME = 1.5
_COVER = 0.9
_CLOSE = 0.75
"""Lines of one box stand so near, in heights of a line; a heading stands farther."""
_HIGHEST = 64.0
_LEAST = 2


def open_tops(page: Page, rules: list[Rule], sides: list[Rule], joints: Joints) -> tuple[list[Rule], list[Rule]]:
    """Return the rules left out above rows that look like the row beneath them, and the sides of such rows.

    `sides` are the ends of tables without vertical rules.
    """
    across: list[Rule] = []
    down: list[Rule] = []
    for left, right, heights in _tables(page, rules, sides):
        tokens = [t for t in page.tokens if left - _SAME < t.middle[0] < right + _SAME]
        lines = to_lines(t for t in tokens if heights[0] - _HIGHEST < t.middle[1] < heights[-1])
        for number, edge in enumerate(heights[:-1]):
            upper = heights[number - 1] if number else edge - _HIGHEST
            band = [line for line in lines if upper < (line.top + line.bottom) / 2 < edge]
            below = [line for line in lines if edge < (line.top + line.bottom) / 2 < heights[number + 1]]
            top = _top(band, below, first=not number) if band and below else None
            if top is None:
                continue
            across.append(Rule(top, left, right))
            joints.extend(top, edge)
            if not number:
                down += [Rule(left, top, edge), Rule(right, top, edge)]
    return across, down


def _tables(page: Page, rules: list[Rule], sides: list[Rule]) -> Iterator[tuple[float, float, list[float]]]:
    """Yield left and right ends of tables with the heights of their rules, top to bottom."""
    whole_sides = _joined(sides)
    for left in whole_sides:
        for right in whole_sides:
            low, high = max(left.low, right.low), min(left.high, right.high)
            alike = abs(left.low - right.low) < _SAME and abs(left.high - right.high) < _SAME
            if right.at <= left.at + _HIGHEST or not alike or _stands(page, left, right):
                continue
            pieces = [
                r
                for r in rules
                if left.at - _SAME < r.low and r.high < right.at + _SAME and low - _SAME < r.at < high + _SAME
            ]
            heights: dict[int, list[Rule]] = {}
            for rule in pieces:
                heights.setdefault(round(rule.at), []).append(rule)
            whole = [
                level[0].at
                for _, level in sorted(heights.items())
                if max(r.high for r in level) - min(r.low for r in level) > (right.at - left.at) * _COVER
            ]
            if len(whole) >= _LEAST:
                yield left.at, right.at, whole


def _joined(sides: list[Rule]) -> list[Rule]:
    """Return sides of tables with those that go on in one line joined."""
    joined: list[Rule] = []
    for side in sorted(sides, key=lambda r: (round(r.at), r.low)):
        last = joined[-1] if joined else None
        if last is not None and round(last.at) == round(side.at) and side.low < last.high + _SAME:
            joined[-1] = Rule(last.at, last.low, max(last.high, side.high))
        else:
            joined.append(side)
    return joined


def _stands(page: Page, left: Rule, right: Rule) -> bool:
    """Whether a rule runs down between the sides of a table: its boxes are closed."""
    return any(
        left.at + _SAME < rule.at < right.at - _SAME and rule.low < left.high and rule.high > left.low
        for rule in page.vertical
    )


def _top(band: list[Line], below: list[Line], *, first: bool) -> float | None:
    """Return where the rule above the last row of a band was left out, None if nothing says that it begins there."""
    lefts = [piece.x0 for line in below for piece in segments(line)]
    begin = len(band) - 1
    while begin and _close(band[begin - 1], band[begin]) and _alike(band[begin - 1], lefts):
        begin -= 1
    if (not begin and not first) or (begin and _close(band[begin - 1], band[begin])):
        return None
    row = band[begin:]
    stacks: dict[float, str] = {}
    for line in row:
        for piece in segments(line):
            place = next((x for x in stacks if abs(x - piece.x0) < _SAME), piece.x0)
            stacks[place] = stacks.get(place, "") + piece.text
    alike = sum(any(abs(x - left) < _SAME for left in lefts) for x in stacks)
    if len(stacks) < _LEAST or alike < _LEAST or not vocabulary().knows(stacks[min(stacks)]):
        return None
    top = min(line.top for line in row)
    return (top + max(line.bottom for line in band[:begin])) / 2 if begin else top - _SAME


def _close(upper: Line, lower: Line) -> bool:
    """Whether two lines stand as near as those of a wrapped label."""
    height = sorted(token.height for token in lower.tokens)[len(lower.tokens) // 2]
    return lower.top - upper.bottom < _CLOSE * height


def _alike(line: Line, lefts: list[float]) -> bool:
    """Whether a line begins where lines of the table begin."""
    return any(abs(line.x0 - left) < _SAME for left in lefts)
