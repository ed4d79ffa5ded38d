"""A drawn character as numbers: the directions of its edges on a coarse grid, whatever its size and weight.

The classical features for printed Chinese: the aspect ratio is evened out (Liu et al., Pattern Recognition 37, 2004,
“aspect ratio adaptive normalization”), edges are divided into four directions and blurred into a grid of 8 x 8.
"""

from functools import lru_cache
from typing import Any

import numpy as np

Array = Any
SIDE = 24
"""Pixels of a normalised picture along each side."""
_GRID = 8
_DIRECTIONS = 4
_BLUR = 1.95
_NARROWEST = 3
_INK = 0.3
_DIAGONAL = 0.7071


def bounds(ink: Array) -> tuple[int, int, int, int] | None:
    """Return top, bottom, left and right of what is drawn in a picture of ink (0 to 1), None if nothing is."""
    rows = np.flatnonzero(ink.max(axis=1) > _INK)
    if rows.size == 0:
        return None
    columns = np.flatnonzero(ink.max(axis=0) > _INK)
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def normalise(ink: Array) -> Array:
    """Return a picture of ink, cut to its bounds, as SIDE x SIDE pixels; narrow shapes stay narrower than tall."""
    high, wide = ink.shape
    ratio = min(high, wide) / max(high, wide)
    short = max(_NARROWEST, round(SIDE * float(np.sqrt(np.sin(np.pi / 2 * ratio)))))
    down, across = (SIDE, short) if high >= wide else (short, SIDE)
    return _spread(high, down) @ ink @ _spread(wide, across).T


@lru_cache(maxsize=4096)
def _spread(length: int, target: int) -> Array:
    """Return the matrix (SIDE x length) that averages `length` pixels into `target` in the middle of SIDE."""
    edges = np.arange(SIDE + 1) - (SIDE - target) / 2
    low = np.clip(edges[:-1], 0, target)[:, None] * (length / target)
    high = np.clip(edges[1:], 0, target)[:, None] * (length / target)
    cell = np.arange(length)[None, :]
    cover = np.clip(np.minimum(high, cell + 1) - np.maximum(low, cell), 0, None)
    return (cover * (target / length)).astype(np.float32)


def _pooling() -> Array:
    """Return the matrix (GRID x SIDE) that blurs a line of pixels into the cells of the grid."""
    centres = (np.arange(_GRID) + 0.5) * SIDE / _GRID - 0.5
    weights = np.exp(-((np.arange(SIDE)[None, :] - centres[:, None]) ** 2) / (2 * _BLUR**2))
    return (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)


_POOL = _pooling()


def features(pictures: Array) -> Array:
    """Return the features (n x 256) of normalised pictures (n x SIDE x SIDE)."""
    count = len(pictures)
    padded = np.zeros((count, SIDE + 2, SIDE + 2), np.float32)
    padded[:, 1:-1, 1:-1] = pictures
    right = padded[:, 1:-1, 2:] - padded[:, 1:-1, :-2]
    down = padded[:, 2:, 1:-1] - padded[:, :-2, 1:-1]
    planes = np.empty((_DIRECTIONS, count, SIDE, SIDE), np.float32)
    planes[0], planes[1] = right, down
    planes[2], planes[3] = (right + down) * _DIAGONAL, (right - down) * _DIAGONAL
    np.abs(planes, out=planes)
    across = planes.reshape(-1, SIDE) @ _POOL.T
    across = across.reshape(-1, SIDE, _GRID).transpose(0, 2, 1).reshape(-1, SIDE)
    pooled = (across @ _POOL.T).reshape(_DIRECTIONS, count, _GRID, _GRID).transpose(1, 0, 3, 2)
    flat = np.sqrt(pooled.reshape(count, -1))
    return flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)
