"""Ink as tall as writing where the detector found no text: single characters far apart, short values in wide boxes."""

from typing import Any

import cv2
import numpy as np

from jucai.reading.scans.spots import Spot

Image = Any
_FEWEST = 8
"""So many lines tell how tall the writing of a page is."""
_AROUND = 0.2
_SPECK = 0.3
_LEAST, _MOST = 0.4, 1.5
"""How tall ink is that may be writing, beside the lines that were found, whose boxes are taller than their ink."""
_BLACK = 0.08, 0.75
"""How much of its box writing covers: an arc of a seal covers less, a bar more."""
_JOINED = 0.7
_AT_MOST = 40
_SURE = 0.85


def missed_lines(written: Image, spots: list[Spot]) -> list[Spot]:
    """Return places of ink that may be lines of text and that lie in none of `spots`.

    `written` is the ink of the page without its rules; at most forty places are given, the longest first.
    """
    tall = [spot.bottom - spot.top for spot in spots if spot.bottom - spot.top < spot.x1 - spot.x0]
    if len(tall) < _FEWEST:
        return []
    high = float(np.median(tall))
    pad = _AROUND * high
    rest = (written > 0).astype(np.uint8)
    for spot in spots:
        above, before = max(0, int(spot.top - pad)), max(0, int(spot.x0 - pad))
        rest[above : int(spot.bottom + pad) + 1, before : int(spot.x1 + pad) + 1] = 0
    rest = _without_specks(rest, high)
    reach = max(1, int(_JOINED * high))
    joined = cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones((max(1, reach // 4), reach), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    left, right = min(spot.x0 for spot in spots) - high, max(spot.x1 for spot in spots) + high
    found: list[Spot] = []
    for x, top, wide, rise, _ in stats[1:count]:
        black = float(rest[top : top + rise, x : x + wide].mean())
        as_tall = _LEAST * high <= rise <= _MOST * high and wide >= _LEAST * high
        if as_tall and left <= x and x + wide <= right and _BLACK[0] <= black <= _BLACK[1]:
            found.append(Spot(float(x) - pad, float(top) - pad, float(x + wide) + pad, float(top + rise) + pad))
    return sorted(found, key=lambda spot: spot.x0 - spot.x1)[:_AT_MOST]


def _without_specks(ink: Image, high: float) -> Image:
    """Leave out what is too small to be a character."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    big = np.zeros(count, dtype=np.uint8)
    big[1:] = np.maximum(stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]) >= _SPECK * high
    return big[labels]


def is_writing(text: str, score: float) -> bool:
    """Whether what was read at such a place is text: letters, figures or Chinese characters, read with certainty."""
    return score >= _SURE and any(char.isalnum() for char in text)
