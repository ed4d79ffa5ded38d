"""Single glyphs cut from the picture of a page that shows nothing but its text."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from jucai.reading.page import Page, Token
from jucai.reading.pictures import draw_text

Array = Any
DPI = 144
GROUND, WHITE = 160, 255
"""Neither black nor white, so that both can be seen; and another, for greys that cannot."""
_CONTRAST = {ground: np.abs(np.arange(256) - ground).astype(np.uint8) for ground in (GROUND, WHITE)}
_PALE = 24
_MARGIN = 0.3
_SHIFTS = (-0.06, 0.06, -0.12, 0.12, -0.2, 0.2, -0.28, 0.28)
_SLIGHT = 0.15
_EDGE = 0.25
_INK = 0.3
_RIM = 0.12
_COVERED = 0.15
_SMALLEST = 9
_COARSE, _POINTS = 20, 72


@dataclass(frozen=True, slots=True)
class Cut:
    """What is drawn in the place of a token: ink from 0 to 1, cut to its bounds, and how large that is in its line."""

    ink: Array
    high: float
    wide: float


class Lens:
    """Looks at the glyphs of one page."""

    def __init__(self, document: Any, page: Page, dpi: int = DPI) -> None:
        self._document, self._page, self._dpi = document, page, dpi
        self._pictures: dict[int, Array] = {}
        self._boxes: Array | None = None
        self._finer: Lens | None = None

    def cut(self, token: Token, ground: int = GROUND) -> Cut | None:
        """Return what is drawn in the place of a token, None where nothing is."""
        picture = self._picture(ground)
        scale = picture.shape[1] / self._page.width
        left, right = max(0, int(token.x0 * scale + 1 - _EDGE)), int(token.x1 * scale + _EDGE)
        top, bottom = max(0, round(token.top * scale)), round(token.bottom * scale)
        contrast = _CONTRAST[ground][picture[top:bottom, left:right]]
        if contrast.size == 0:
            return None
        strongest = int(contrast.max())
        if strongest < _PALE:
            return None
        drawn = contrast > int(strongest * _INK)
        if drawn[0].any() or drawn[-1].any():
            contrast = _with_overhang(picture, (top, bottom, left, right), ground, strongest)
            drawn = contrast > int(strongest * _INK)
        return _cut(contrast, drawn, strongest, bottom - top)

    def shifted(self, token: Token, ground: int) -> list[Cut]:
        """Return what is drawn a little above or below the place of a token, where that cuts nothing in two.

        Fonts state their height wrongly, so that a neighbouring line reaches into a place, or a stroke out of it;
        more than slightly only where nothing is lost.
        """
        picture = self._picture(ground)
        scale = picture.shape[1] / self._page.width
        left, right = max(0, int(token.x0 * scale + 1 - _EDGE)), int(token.x1 * scale + _EDGE)
        start, high = round(token.top * scale), round(token.bottom * scale) - round(token.top * scale)
        cuts: list[Cut] = []
        for shift in _SHIFTS:
            top = round((token.top + shift * token.height) * scale)
            lost = slice(start, top) if top > start else slice(top + high, start + high)
            if top < 1 or (abs(shift) > _SLIGHT and (_CONTRAST[ground][picture[lost, left:right]] > _PALE).any()):
                continue
            contrast = _CONTRAST[ground][picture[top - 1 : top + high + 1, left:right]]
            if contrast.size == 0 or (strongest := int(contrast.max())) < _PALE:
                continue
            inked = contrast > int(strongest * _INK)
            if len(inked) < high + 2 or (inked[0] & inked[1]).any() or (inked[-1] & inked[-2]).any():
                continue
            if inked[1:-1].any():
                cuts.append(_cut(contrast[1:-1], inked[1:-1], strongest, high))
        return cuts

    def tall_enough(self, token: Token) -> bool:
        """Whether the picture is fine enough to tell the shape of a token."""
        return bool(token.height * self._picture(GROUND).shape[1] >= _SMALLEST * self._page.width)

    @property
    def finer(self) -> "Lens":
        """The same page through a lens twice as fine: small print has too few points to tell a dense character."""
        if self._finer is None:
            self._finer = Lens(self._document, self._page, 2 * self._dpi)
        return self._finer

    def is_small(self, token: Token) -> bool:
        """Whether a dense character of this size has too few points to be told from others."""
        return bool(token.height * self._dpi / _POINTS < _COARSE)

    def stands_alone(self, token: Token) -> bool:
        """Whether a token is wholly on the page and no other character is printed over or under it."""
        if token.x0 < 0 or token.top < 0 or token.x1 > self._page.width or token.bottom > self._page.height:
            return False
        if self._boxes is None:
            printed = [(t.x0, t.top, t.x1, t.bottom, t.face) for t in self._page.tokens]
            self._boxes = np.array([*printed, *((*box, 0) for box in self._page.clutter)], dtype=np.float64)
        boxes = self._boxes
        across = np.minimum(boxes[:, 2], token.x1) - np.maximum(boxes[:, 0], token.x0)
        down = np.minimum(boxes[:, 3], token.bottom) - np.maximum(boxes[:, 1], token.top)
        shared = np.clip(across, 0, None) * np.clip(down, 0, None)
        area = max(token.width * token.height, 1e-6)
        return not bool(np.any((shared > area * _COVERED) & (boxes[:, 4] != token.face)))

    def is_dense(self, token: Token) -> bool:
        """Whether the line above or below is so near that strokes of it may reach into the place of a token.

        Fonts of small print state their height wrongly by as much; one Chinese character with a stroke of another
        in it looks like a third.
        """
        rim = token.height * _RIM
        return any(
            other.top < token.bottom + rim
            and other.bottom > token.top - rim
            and abs(other.middle[1] - token.middle[1]) > token.height / 2
            and other.x0 < token.x1
            and token.x0 < other.x1
            for other in self._page.tokens
        )

    def _picture(self, ground: int) -> Array:
        if ground not in self._pictures:
            picture = draw_text(self._document, self._page.number, self._dpi, ground)
            self._pictures[ground] = np.ascontiguousarray(np.rot90(picture, -self._page.turned // 90))
        return self._pictures[ground]


def _cut(contrast: Array, drawn: Array, strongest: int, size: int) -> Cut:
    """Return the ink of a contrast, cut to what is `drawn`, for a line that is `size` pixels high."""
    first, last = _span(drawn.any(axis=1))
    before, behind = _span(drawn[first:last].any(axis=0))
    ink = contrast[first:last, before:behind] * np.float32(1.0 / strongest)
    return Cut(ink, (last - first) / max(size, 1), (behind - before) / max(size, 1))


def _span(inked: Array) -> tuple[int, int]:
    """Return the first place that is inked and the one after the last; at least one is."""
    return int(inked.argmax()), len(inked) - int(inked[::-1].argmax())


def _with_overhang(picture: Array, box: tuple[int, int, int, int], ground: int, strongest: int) -> Array:
    """Return the contrast in a box and in the rows beyond it that hang together with it."""
    top, bottom, left, right = box
    rim = int((bottom - top) * _MARGIN)
    above = min(rim, top)
    contrast = _CONTRAST[ground][picture[top - above : bottom + rim, left:right]]
    rows = (contrast > int(strongest * _INK)).any(axis=1)
    first, last = above, min(above + bottom - top, len(rows))
    while first > 0 and rows[first] and rows[first - 1]:
        first -= 1
    while last < len(rows) and rows[last - 1] and rows[last]:
        last += 1
    return contrast[first:last]
