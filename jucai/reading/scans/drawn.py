"""Ticks that are drawn, not typed: looked at on the picture of a born-digital page, where its strokes lie."""

from dataclasses import replace
from typing import Any

import cv2
import numpy as np

from jucai.reading.page import Page, Token
from jucai.reading.pictures import draw, open_pdfium
from jucai.reading.scans.marks import Box as Square
from jucai.reading.scans.marks import find_boxes
from jucai.reading.sketches import around, clusters, overlap
from jucai.reading.ticks import EMPTY, TICKED
from models.readings import Box

_DPI = 216
_DARKER = 40
_JOINED = 1.0
_MOST = 400
_MARGIN = 1.5
_RIM_WIDE = 0.6
_LEAST, _LARGEST = 3.5, 24.0
_RING_HIGH, _RING_WIDE = 34.0, 90.0
_NEAR = 3.0


def read_drawn(data: bytes, pages: list[Page]) -> None:
    """Add to born-digital pages the marks that are drawn on them, in place."""
    document = open_pdfium(data)
    try:
        for page in pages:
            if page.picture or not 0 < len(page.sketches) <= _MOST:
                continue
            picture = draw(document, page.number, _DPI, grey=True)
            image = np.ascontiguousarray(np.rot90(np.asarray(picture), -page.turned // 90))
            mark_page(page, image)
    finally:
        document.close()


def mark_page(page: Page, grey: Any) -> None:
    """Add the marks of one upright page; `grey` is its picture, however large."""
    scale = grey.shape[1] / page.width
    for group in clusters(page.sketches, _JOINED):
        bounds = around(group)
        wide, high = bounds[2] - bounds[0], bounds[3] - bounds[1]
        inside = [token for token in page.tokens if _holds(bounds, token)]
        if any(token.source == "widget" for token in page.tokens if overlap(_box(token), bounds, -1.0)):
            continue
        words = [token for token in inside if token.text not in TICKED + EMPTY]
        if words:
            if high <= _RING_HIGH and wide <= _RING_WIDE and _is_ring(grey, bounds, scale):
                _put(page, "◉", (bounds[0], words[0].top, bounds[0] + 1.0, words[0].bottom))
            continue
        if not (_LEAST <= max(wide, high) <= _LARGEST):
            continue
        _mark(page, grey, bounds, scale)


def _mark(page: Page, grey: Any, bounds: Box, scale: float) -> None:
    """Put what is drawn within `bounds` in the place of the typed marks there."""
    typed = [token for token in page.tokens if token.text in TICKED + EMPTY and overlap(_box(token), bounds, -0.5)]
    square = _square(grey, bounds, scale)
    if square is not None:
        ticked = square.ticked or any(token.text in TICKED for token in typed)
        text = "☑" if ticked else "□"
    else:
        text = "☑" if typed else "√"
    for token in typed:
        page.tokens.remove(token)
    box = around([bounds, *map(_box, typed)])
    _put(page, text, box)


def _put(page: Page, text: str, box: Box) -> None:
    """Add a mark as a token of the line it stands in: as high as the text beside it."""
    middle = (box[1] + box[3]) / 2
    line = [token for token in page.tokens if token.top < middle < token.bottom]
    beside = [token for token in line if -_MARGIN < token.x0 - box[2] < _NEAR * token.height]
    beside = beside or [token for token in line if -_MARGIN < box[0] - token.x1 < _NEAR * token.height]
    token = Token(text, box[0], box[1], box[2], box[3], "drawn")
    if beside:
        nearest = min(beside, key=lambda t: abs(t.x0 - box[2]))
        token = replace(token, top=nearest.top, bottom=nearest.bottom)
    page.tokens.append(token)


def _cut(grey: Any, bounds: Box, scale: float) -> Any:
    """Return the ink (0 or 255) within `bounds` and a little around, 200 dpi or more."""
    x0, top = (max(0, int((edge - _RIM_WIDE) * scale)) for edge in bounds[:2])
    x1, bottom = (int((edge + _RIM_WIDE) * scale) + 1 for edge in bounds[2:])
    part = grey[top:bottom, x0:x1]
    if part.size == 0:
        return part
    return np.where(part < np.percentile(part, 95) - _DARKER, 255, 0).astype(np.uint8)


def _square(grey: Any, bounds: Box, scale: float) -> Square | None:
    """Return the box to tick that is drawn there, None if the strokes make none."""
    part = _cut(grey, bounds, scale)
    if part.size == 0:
        return None
    boxes = find_boxes(np.pad(part, 4), rim=0.42)
    return max(boxes, key=lambda box: box.side, default=None)


def _is_ring(grey: Any, bounds: Box, scale: float) -> bool:
    """Whether a line is drawn around what stands within `bounds`."""
    part = _cut(grey, bounds, scale)
    contours, hierarchy = cv2.findContours(np.pad(part, 2), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return False
    largest = max(range(len(contours)), key=lambda i: cv2.contourArea(contours[i]))
    _, _, wide, high = cv2.boundingRect(contours[largest])
    return bool(hierarchy[0][largest][2] != -1 and wide > part.shape[1] * 0.7 and high > part.shape[0] * 0.7)


def _box(token: Token) -> Box:
    return token.x0, token.top, token.x1, token.bottom


def _holds(bounds: Box, token: Token) -> bool:
    x, y = token.middle
    return bounds[0] <= x <= bounds[2] and bounds[1] <= y <= bounds[3]
