"""Streaks of a scanner: dust on its glass draws a thin straight line over the whole sheet, past every margin."""

from typing import Any

import cv2
import numpy as np

from jucai.reading.scans.imaging import Image

_SIDE = 5
"""How far beside a streak the paper is looked at, in pixels."""
_DARKER = 14
_ALONG, _AT_ENDS = 0.62, 0.6
_END = 0.03
_MOST = 6
_WIDE = 6


def without_streaks(image: Image) -> Image:
    """Return the picture without lines that run straight over all of it, from one edge of the paper to the other.

    A rule of the form ends at its margins. What is written beneath a streak stays as dark as what stands beside it.
    """
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY) if image.ndim == 3 else image  # noqa: PLR2004 - colour or grey
    down = _streaks(grey)
    across = _streaks(np.ascontiguousarray(grey.T))
    if not down.size and not across.size:
        return image
    mended = image.copy()
    for x in down:
        _mend(mended, int(x))
    turned = np.ascontiguousarray(np.swapaxes(mended, 0, 1)) if across.size else mended
    for y in across:
        _mend(turned, int(y))
    return np.ascontiguousarray(np.swapaxes(turned, 0, 1)) if across.size else mended


def _streaks(grey: Image) -> Any:
    """Return the columns that are darker than both their sides nearly all the way down, past both margins."""
    tones = grey.astype(np.int16)
    left = np.roll(tones, _SIDE, axis=1)
    right = np.roll(tones, -_SIDE, axis=1)
    darker = (tones + _DARKER) < np.minimum(left, right)
    darker[:, : 2 * _SIDE] = darker[:, -2 * _SIDE :] = False
    # A lamp that flickers lets a streak sway by a pixel.
    darker = darker | np.roll(darker, 1, axis=1) | np.roll(darker, -1, axis=1)
    end = max(8, round(len(grey) * _END))
    found = np.nonzero(
        (darker.mean(axis=0) > _ALONG)
        & (darker[:end].mean(axis=0) > _AT_ENDS)
        & (darker[-end:].mean(axis=0) > _AT_ENDS)
    )[0]
    groups = np.split(found, np.nonzero(np.diff(found) > 1)[0] + 1) if found.size else []
    narrow = [group for group in groups if len(group) <= _WIDE]
    return np.concatenate(narrow) if 0 < len(narrow) <= _MOST else np.zeros(0, int)


def _mend(image: Image, x: int) -> None:
    """Brighten a column to the darker of its two sides."""
    beside = np.minimum(image[:, x - _SIDE], image[:, x + _SIDE])
    image[:, x] = np.maximum(image[:, x], beside)
