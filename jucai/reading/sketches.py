"""What is drawn small on a page: boxes to tick and ticks as strokes, told apart from the rules of tables."""

from collections import defaultdict
from collections.abc import Iterable

from models.readings import Box as Rect

LARGEST = 20.0
"""Points: a drawn box to tick is not larger; a digit box may be as small, but touches its neighbours."""
_TOUCH = 1.2
_LEAST = 4.0
_CELL = 24.0
_MOST = 1500


def split_rules(segments: list[Rect]) -> tuple[list[Rect], list[Rect]]:
    """Return (rules of tables, boxes around what is drawn small and stands alone), both in the space given.

    Short strokes that touch each other but no longer one are a drawing; a lone short stroke stays a rule.
    """
    short = [box for box in segments if max(box[2] - box[0], box[3] - box[1]) <= LARGEST]
    if not 0 < len(short) <= _MOST:
        return segments, []
    long = [box for box in segments if max(box[2] - box[0], box[3] - box[1]) > LARGEST]
    groups = clusters(short, _TOUCH)
    places = _Places(long)
    rules, sketches = list(long), []
    for group in groups:
        bounds = around(group)
        wide, high = bounds[2] - bounds[0], bounds[3] - bounds[1]
        small = min(wide, high) >= _LEAST and max(wide, high) <= LARGEST
        if small and not any(places.touches(box) for box in group):
            sketches.append(bounds)
        else:
            rules += group
    return rules, sketches


def frame(boxes: list[Rect]) -> list[Rect]:
    """Return the four sides of the frame that a filled box with a hole makes; nothing where there is no hole."""
    if len(boxes) != 2:  # noqa: PLR2004 - an outer edge and an inner one
        return []
    outer, inner = sorted(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]), reverse=True)
    if not (outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]):
        return []
    return [
        (outer[0], outer[1], inner[0], outer[3]),
        (inner[2], outer[1], outer[2], outer[3]),
        (outer[0], outer[1], outer[2], inner[1]),
        (outer[0], inner[3], outer[2], outer[3]),
    ]


def around(boxes: Iterable[Rect]) -> Rect:
    """Return the box around boxes."""
    lefts, lows, rights, highs = zip(*boxes, strict=True)
    return min(lefts), min(lows), max(rights), max(highs)


def overlap(one: Rect, other: Rect, margin: float = 0.0) -> bool:
    """Whether two boxes come within `margin` of each other."""
    return (
        one[0] - margin <= other[2]
        and other[0] - margin <= one[2]
        and one[1] - margin <= other[3]
        and other[1] - margin <= one[3]
    )


class _Places:
    """Boxes by the squares of a coarse raster, to find neighbours without comparing all with all."""

    def __init__(self, boxes: list[Rect]) -> None:
        self._squares: dict[tuple[int, int], list[Rect]] = defaultdict(list)
        for box in boxes:
            for square in _squares(box):
                self._squares[square].append(box)

    def touches(self, box: Rect) -> bool:
        return any(overlap(box, other, _TOUCH) for square in _squares(box) for other in self._squares.get(square, ()))


def _squares(box: Rect) -> Iterable[tuple[int, int]]:
    for column in range(int((box[0] - _TOUCH) // _CELL), int((box[2] + _TOUCH) // _CELL) + 1):
        for row in range(int((box[1] - _TOUCH) // _CELL), int((box[3] + _TOUCH) // _CELL) + 1):
            yield column, row


def clusters(boxes: list[Rect], margin: float) -> list[list[Rect]]:
    """Return boxes in groups of those that come within `margin` of each other."""
    parent = list(range(len(boxes)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    squares: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, box in enumerate(boxes):
        for square in _squares(box):
            for other in squares[square]:
                if overlap(box, boxes[other], margin):
                    parent[root(index)] = root(other)
            squares[square].append(index)
    groups: dict[int, list[Rect]] = defaultdict(list)
    for index, box in enumerate(boxes):
        groups[root(index)].append(box)
    return list(groups.values())
