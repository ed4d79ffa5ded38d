"""A second look at lines the recogniser was not sure of, or of which it left strokes unread."""

from typing import Any

import cv2
import numpy as np

from jucai.reading.scans import engine
from jucai.reading.scans.spots import Spot, Words

Image = Any
_UNSURE = 0.94
_AGREED = 0.98
"""What a line is worth that two readings of different pictures agree on."""
_DOUBTED = 0.88
_WIDE, _SLIM = 0.62, 0.42
"""How far around its centre a character reaches, as a share of the height of the line: Chinese, Latin."""
_GAP, _TALL = 0.42, 0.45
_PAD, _ENLARGED = 10, 1.35
_FEWEST = 2
_MOST = 60
_WHITE = 255


def look_again(readings: list[tuple[Spot, Image, Words]], mask: Image) -> list[Words]:
    """Return what each line says after doubtful ones were read a second time from another picture of them.

    `readings` are place, picture and first reading of each line; `mask` is the ink of the page without its rules.
    A line that both pictures tell alike is sure; where they differ, or strokes stay unread, the line is doubtful.
    """
    result = [words for _, _, words in readings]
    again = [
        number
        for number, (spot, _, words) in enumerate(readings)
        if len(words.text.strip()) >= _FEWEST and (words.score < _UNSURE or leaves_ink(mask, spot, words))
    ][:_MOST]
    second = engine.recognise([_other(readings[number][1]) for number in again])
    for number, words in zip(again, second, strict=True):
        spot, crop, first = readings[number]
        scaled = Words(words.text, words.score, _back(words, crop))
        left, unread = leaves_ink(mask, spot, first), leaves_ink(mask, spot, scaled)
        if words.text == first.text:
            score = max(first.score, words.score)
            result[number] = Words(first.text, min(score, _DOUBTED) if left else max(score, _AGREED), first.centres)
            continue
        better = scaled if (left and not unread) or (left == unread and words.score > first.score) else first
        result[number] = Words(better.text, min(better.score, _DOUBTED), better.centres)
    return result


def leaves_ink(mask: Image, spot: Spot, words: Words) -> bool:
    """Whether strokes as tall as writing stand in a line where no character was read."""
    area = engine.cut(mask, spot)
    if area is None or not words.centres:
        return False
    high, wide = area.shape
    columns = (area > 0).any(axis=0)
    rows = np.flatnonzero((area > 0).any(axis=1))
    tall = float(rows[-1] - rows[0] + 1) if len(rows) else float(high)
    free = np.ones(wide, dtype=bool)
    for char, centre in zip(words.text, words.centres, strict=False):
        reach = tall * (_WIDE if ord(char) > 0x2E80 else _SLIM)  # noqa: PLR2004 - from here on characters are square
        free[max(0, int(centre - reach)) : int(centre + reach) + 1] = False
    for start, end in _runs(columns & free):
        part = np.flatnonzero((area[:, start:end] > 0).any(axis=1))
        if end - start >= tall * _GAP and len(part) and part[-1] - part[0] >= tall * _TALL:
            return True
    return False


def _runs(flags: Any) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _other(crop: Image) -> Image:
    """Return a line as another picture: larger, sharper, with paper around it."""
    large = cv2.resize(crop, None, fx=_ENLARGED, fy=_ENLARGED, interpolation=cv2.INTER_CUBIC)
    soft = cv2.GaussianBlur(large, (0, 0), 1.2)
    sharp = cv2.addWeighted(large, 1.6, soft, -0.6, 0)
    return cv2.copyMakeBorder(sharp, _PAD // 2, _PAD // 2, _PAD, _PAD, cv2.BORDER_REPLICATE)


def _back(words: Words, crop: Image) -> tuple[float, ...]:
    """Return the centres of characters in the picture before it was enlarged."""
    limit = float(crop.shape[1])
    return tuple(min(max((centre - _PAD) / _ENLARGED, 0.0), limit) for centre in words.centres)
