"""Straightening a picture of a page: paper edge, skew, seal red, ruled lines."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from jucai.reading.page import Rule

Image = Any
"""A numpy array of 8-bit values: grey (height, width) or RGB (height, width, 3)."""

LONG_SIDE = 2340
"""Pixels along the long side of a page: 200 dpi for A4, which is what the recogniser wants."""

_SMALL = 900
_PAPER_LEAST = 0.35
_PAPER_MOST = 0.96
_OFF_SIGHT = 0.006
_STEEPEST = 12.0
_STEEP = 0.25
_FEWEST_STROKES = 5
_SPREAD = 0.3
_CONVERGING, _TOO_MUCH = 0.008, 0.5
"""How much rules lean to each other from one side of the page to the other (a slope) to be set right, and at most."""
_ROOM = 0.2
_ALL_OF_IT = 0.97
_LEVEL = 0.08
_RED_SHARE = 0.0008
_ACROSS = 52
_DOWN = 46
_PIECE = 240
_CORNERS = 4
_REDDISH = 28
_FAINT = 0.74
_SEAL_LEAST, _SEAL_MOST = 110, 620
"""Pixels across a seal: 38 to 45 mm at 200 dpi are 300 to 350, less on a page photographed from afar."""
_COARSE = 8
_LONG = 190
_OUTER, _PAST = 0.2, 40
"""How much of the page the outer rules of a table take at least, and how far past them, in pixels, no wall goes."""

cv2.setNumThreads(1)


@dataclass(slots=True)
class Straight:
    """A straightened picture and the matrix that brings points of the original picture onto it."""

    image: Image
    matrix: Any


def straighten(image: Image) -> Straight:
    """Cut out the sheet of paper if its edges show, and turn it level."""
    paper = _paper(image)
    matrix = np.eye(3)
    if paper is not None:
        matrix, size = _warp(paper)
        image = cv2.warpPerspective(image, matrix, size, borderValue=(255, 255, 255))
    square = _squared(image)
    if square is not None:
        square, size = _roomy(square, image)
        image = cv2.warpPerspective(image, square, size, borderValue=(255, 255, 255), flags=cv2.INTER_CUBIC)
        return Straight(image, square @ matrix)
    angle = _skew(image)
    if abs(angle) > _LEVEL:
        height, width = image.shape[:2]
        turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), [0, 0, 1]])
        image = cv2.warpPerspective(image, turn, (width, height), borderValue=(255, 255, 255), flags=cv2.INTER_CUBIC)
        matrix = turn @ matrix
    return Straight(image, matrix)


def _roomy(matrix: Any, image: Image) -> tuple[Any, tuple[int, int]]:
    """Return the matrix moved, and a size, so that no edge of the picture is cut off, within reason."""
    height, width = image.shape[:2]
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float32)
    spots = cv2.perspectiveTransform(corners, matrix)[0]
    low = np.clip(spots.min(axis=0), [-_ROOM * width, -_ROOM * height], 0)
    high = np.clip(spots.max(axis=0), [width, height], [(1 + _ROOM) * width, (1 + _ROOM) * height])
    move = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]], float)
    return move @ matrix, (round(float(high[0] - low[0])), round(float(high[1] - low[1])))


def _strokes(image: Image) -> tuple[Any, float]:
    """Return straight strokes (x0, y0, x1, y1) of a small copy of the picture, and the scale of that copy."""
    scale = _SMALL / max(image.shape[:2])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    edges = cv2.Canny(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), 60, 160)
    lines = cv2.HoughLinesP(edges, 1, np.pi / 360, 110, minLineLength=130, maxLineGap=6)
    return (np.zeros((0, 4)) if lines is None else lines.reshape(-1, 4).astype(float)), scale


def _squared(image: Image) -> Any:
    """Return the matrix that makes rules parallel again which a camera shows converging; None if they do not.

    Rules lean more the further down (or across) they lie; two straight fits give a frame of four corners.
    """
    strokes, scale = _strokes(image)
    high, wide = image.shape[0] * scale, image.shape[1] * scale
    across = _leaning(strokes, upright=False)
    down = _leaning(strokes, upright=True)
    if across is None or down is None:
        return None
    (a, b), (c, d) = across, down
    spread = max(abs(b) * high, abs(d) * wide)
    if not _CONVERGING < spread < _TOO_MUCH:
        return None
    rows = [(y, a + b * y) for y in (high * 0.05, high * 0.95)]
    columns = [(x, c + d * x) for x in (wide * 0.05, wide * 0.95)]
    corners = [_crossing(row, column, high, wide) for row, column in _around(rows, columns)]
    left, right, top, bottom = wide * 0.05, wide * 0.95, high * 0.05, high * 0.95
    target = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    return cv2.getPerspectiveTransform(np.array(corners, np.float32) / scale, target / scale).astype(float)


def _around(rows: list[tuple[float, float]], columns: list[tuple[float, float]]) -> list[Any]:
    return [(rows[0], columns[0]), (rows[0], columns[1]), (rows[1], columns[1]), (rows[1], columns[0])]


def _crossing(row: tuple[float, float], column: tuple[float, float], high: float, wide: float) -> tuple[float, float]:
    """Return where a rule y = y0 + slope (x - wide / 2) meets one x = x0 + slope (y - high / 2)."""
    (y0, along), (x0, leaning) = row, column
    x = (x0 + leaning * (y0 - along * wide / 2 - high / 2)) / (1 - leaning * along)
    return x, y0 + along * (x - wide / 2)


def _leaning(strokes: Any, *, upright: bool) -> tuple[float, float] | None:
    """Return slope = first + second * place for the long rules of one direction, None if too few or too unlike."""
    dx, dy = strokes[:, 2] - strokes[:, 0], strokes[:, 3] - strokes[:, 1]
    long, short = (dy, dx) if upright else (dx, dy)
    kept = np.abs(short) < np.abs(long) * _STEEP
    if kept.sum() < _FEWEST_STROKES:
        return None
    slopes = short[kept] / long[kept]
    places = ((strokes[:, 0] + strokes[:, 2]) if upright else (strokes[:, 1] + strokes[:, 3]))[kept] / 2
    weights = np.abs(long[kept])
    for _ in range(3):
        if np.ptp(places) < _SMALL * _SPREAD or len(places) < _FEWEST_STROKES:
            return None
        second, first = np.polyfit(places, slopes, 1, w=weights)
        off = np.abs(slopes - (first + second * places))
        near = off <= max(0.004, 2 * float(np.median(off)))
        slopes, places, weights = slopes[near], places[near], weights[near]
    return float(first), float(second)


def turn(straight: Straight, quarter: int) -> Straight:
    """Turn a picture clockwise by quarters of a circle."""
    height, width = straight.image.shape[:2]
    image = np.ascontiguousarray(np.rot90(straight.image, -quarter))
    turns = {
        1: np.array([[0, -1, height], [1, 0, 0], [0, 0, 1]], float),
        2: np.array([[-1, 0, width], [0, -1, height], [0, 0, 1]], float),
        3: np.array([[0, 1, 0], [-1, 0, width], [0, 0, 1]], float),
    }
    return Straight(image, turns[quarter] @ straight.matrix)


def _paper(image: Image) -> Any:
    """Return the four corners of a sheet photographed on a darker ground, None if the page fills the picture."""
    scale = _SMALL / max(image.shape[:2])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), (7, 7), 0)
    rim = np.concatenate([grey[:8].ravel(), grey[-8:].ravel(), grey[:, :8].ravel(), grey[:, -8:].ravel()])
    middle = np.percentile(grey, 80)
    if np.median(rim) > middle - 35:
        return None
    _, mask = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    largest = max(contours, key=cv2.contourArea)
    share = cv2.contourArea(largest) / (small.shape[0] * small.shape[1])
    if not _PAPER_LEAST < share < _PAPER_MOST:
        return None
    hull = cv2.convexHull(largest)
    whole = cv2.contourArea(hull)
    for tolerance in (0.01, 0.02, 0.03, 0.05):
        corners = cv2.approxPolyDP(hull, tolerance * cv2.arcLength(hull, closed=True), closed=True)
        # Four corners that leave a part of the sheet out would cut the form.
        if len(corners) == _CORNERS and cv2.contourArea(corners) > whole * _ALL_OF_IT:
            spots = corners.reshape(4, 2).astype(np.float32)
            limits = np.array([small.shape[1], small.shape[0]], np.float32)
            if ((spots < limits * _OFF_SIGHT) | (spots > limits * (1 - _OFF_SIGHT))).any():
                # A corner out of sight: to cut along the edges would cut the form.
                return None
            return _ordered(spots / scale)
    return None


def _ordered(corners: Any) -> Any:
    """Order corners: top left, top right, bottom right, bottom left."""
    sums, differences = corners.sum(axis=1), corners[:, 1] - corners[:, 0]
    return np.array(
        [corners[sums.argmin()], corners[differences.argmin()], corners[sums.argmax()], corners[differences.argmax()]],
        np.float32,
    )


def _warp(corners: Any) -> tuple[Any, tuple[int, int]]:
    a, b, c, d = corners
    wide = (np.linalg.norm(b - a) + np.linalg.norm(c - d)) / 2
    high = (np.linalg.norm(d - a) + np.linalg.norm(c - b)) / 2
    scale = LONG_SIDE / max(wide, high)
    size = (int(wide * scale), int(high * scale))
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    return cv2.getPerspectiveTransform(corners, target).astype(float), size


def _skew(image: Image) -> float:
    """Return by how many degrees the page leans; its rules tell, else nothing is turned."""
    lines, _ = _strokes(image)
    angles: list[float] = []
    weights: list[float] = []
    for x0, y0, x1, y1 in lines:
        angle = float(np.degrees(np.arctan2(float(y1) - float(y0), float(x1) - float(x0))))
        angle = (angle + 45) % 90 - 45
        if abs(angle) < _STEEPEST:
            angles.append(angle)
            weights.append(float(np.hypot(x1 - x0, y1 - y0)))
    if not angles:
        return 0.0
    order = np.argsort(angles)
    half = np.cumsum(np.array(weights)[order])
    return float(np.array(angles)[order][np.searchsorted(half, half[-1] / 2)])


def without_red(image: Image) -> tuple[Image, Image]:
    """Return two grey pictures without seal red, one for text and one for rules.

    In the first what is left of a seal is cleared away, which would break the rules it crosses.
    """
    red, green, blue = (image[:, :, channel].astype(np.int16) for channel in range(3))
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    reddish = (red - np.maximum(green, blue)) > _REDDISH
    if reddish.mean() < _RED_SHARE:
        return grey, grey
    stamped = _seals(reddish)
    # In the red channel a seal is nearly white and ink stays dark; what is left of the seal is paper.
    near = cv2.dilate(stamped.astype(np.uint8), np.ones((9, 9), np.uint8)).astype(bool)
    paper = paper_tone(grey)
    bright = image[:, :, 0]
    cleared = np.where(bright > paper * _FAINT, np.maximum(bright, paper), bright)
    return np.where(near, cleared, grey).astype(np.uint8), np.where(near, bright, grey).astype(np.uint8)


def _seals(reddish: Any) -> Any:
    """Return what of the red belongs to seals: round shapes of their size. Red print and red rules are kept."""
    closed = cv2.morphologyEx(reddish.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    seals = np.zeros_like(reddish)
    for index in range(1, count):
        x, y, width, height, _ = (int(v) for v in stats[index])
        least, most = min(width, height), max(width, height)
        if least >= _SEAL_LEAST and most <= min(_SEAL_MOST, 2 * least):
            seals[y : y + height, x : x + width] |= reddish[y : y + height, x : x + width]
    return seals


def paper_tone(grey: Image) -> Image:
    """Return how bright the paper is at each place, shadows and uneven light included."""
    small = cv2.resize(grey, None, fx=1 / _COARSE, fy=1 / _COARSE, interpolation=cv2.INTER_AREA)
    tone = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 21)
    return cv2.resize(tone, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)


def ink(grey: Image) -> Image:
    """Return a mask (0 or 255) of what is darker than its surroundings."""
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 14)


def ruled_lines(mask: Image) -> tuple[Image, list[Rule], list[Rule]]:
    """Return (mask of the lines, horizontal rules, vertical rules) in pixels."""
    across = cv2.morphologyEx(
        cv2.dilate(mask, np.ones((2, 1), np.uint8)), cv2.MORPH_OPEN, np.ones((1, _ACROSS), np.uint8)
    )
    down = cv2.morphologyEx(cv2.dilate(mask, np.ones((1, 2), np.uint8)), cv2.MORPH_OPEN, np.ones((_DOWN, 1), np.uint8))
    across = _connected(across, down, upright=False)
    down = _connected(down, across, upright=True)
    across, down = _within(across, down, upright=False), _within(down, across, upright=True)
    horizontal = _rules(cv2.dilate(across, np.ones((1, 17), np.uint8)), upright=False)
    vertical = _rules(cv2.dilate(down, np.ones((17, 1), np.uint8)), upright=True)
    return cv2.bitwise_or(across, down), horizontal, vertical


def _connected(lines: Image, crossing: Image, *, upright: bool) -> Image:
    """Keep long lines, and short ones that run from one crossing line to another: strokes of letters do not."""
    near = cv2.dilate(crossing, np.ones((13, 13), np.uint8))
    grown = cv2.dilate(lines, np.ones((9, 1) if upright else (1, 9), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(grown, connectivity=8)
    kept = np.zeros(count, np.uint8)
    for index in range(1, count):
        x, y, width, height, _ = (int(v) for v in stats[index])
        if (height if upright else width) >= _LONG:
            kept[index] = 1
            continue
        end = slice(y, y + height), slice(x, x + width)
        touched = (near[end] > 0) & (labels[end] == index)
        places = np.nonzero(touched.any(axis=1 if upright else 0))[0]
        length = height if upright else width
        kept[index] = bool(places.size and places[0] < length * 0.3 and places[-1] > length * 0.7)
    return np.where(kept[labels] > 0, lines, 0).astype(np.uint8)


def _within(lines: Image, crossing: Image, *, upright: bool) -> Image:
    """Drop what runs on past the outermost crossing lines at both ends: a fold of the paper, no wall of a table."""
    span = crossing.any(axis=0 if not upright else 1)
    length = crossing.mean(axis=0 if not upright else 1) / 255
    outer = np.nonzero(span & (length > _OUTER))[0]
    if not outer.size:
        return lines
    grown = cv2.dilate(lines, np.ones((25, 3) if upright else (3, 25), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(grown, connectivity=8)
    past = np.zeros(count, np.uint8)
    for index in range(1, count):
        x, y, width, height, _ = (int(v) for v in stats[index])
        low, size = (y, height) if upright else (x, width)
        past[index] = low < outer[0] - _PAST and low + size > outer[-1] + _PAST
    return np.where(past[labels] > 0, 0, lines).astype(np.uint8) if past.any() else lines


def _rules(lines: Image, *, upright: bool) -> list[Rule]:
    """Return rules; long ones in pieces, so that a slightly bent line keeps its place along the way."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    rules: list[Rule] = []
    for index in range(1, min(count, 3000)):
        x, y, width, height, _ = (int(v) for v in stats[index])
        length, thick = (height, width) if upright else (width, height)
        if length < (_DOWN if upright else _ACROSS) or thick > max(14, length * 0.12):
            continue
        part = labels[y : y + height, x : x + width] == index
        start = y if upright else x
        for low in range(0, length, _PIECE):
            high = min(low + _PIECE, length)
            piece = part[low:high] if upright else part[:, low:high]
            spots = np.nonzero(piece)[1 if upright else 0]
            if spots.size:
                rules.append(Rule(float(spots.mean()) + (x if upright else y), float(start + low), float(start + high)))
    return rules
