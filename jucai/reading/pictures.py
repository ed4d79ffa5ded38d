"""Pages as pictures, drawn by pdfium."""

import io
from typing import Any

import pypdfium2

from jucai.reading.limits import DEFAULT
from models.readings import Box

_MARGIN = 12.0
_POINTS = 72


def open_pdfium(data: bytes) -> Any:
    """Open a document in pdfium with its form fields, so that their values are drawn."""
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    return document


def draw(document: Any, number: int, dpi: float, bbox: Box | None = None) -> Any:
    """Return page `number` (from 1), or the part within `bbox` in points of the displayed page, as a PIL image.

    The resolution is lowered where the page would have more pixels than the limits allow.
    """
    page = document[number - 1]
    try:
        width, height = page.get_size()
        x0, top, x1, bottom = bbox or (0.0, 0.0, width, height)
        x0, top = max(0.0, min(x0, width - 1)), max(0.0, min(top, height - 1))
        x1, bottom = max(x0 + 1, min(x1, width)), max(top + 1, min(bottom, height))
        scale = dpi / _POINTS
        scale = min(scale, (DEFAULT.pixels / ((x1 - x0) * (bottom - top))) ** 0.5)
        crop = (x0, height - bottom, width - x1, top)
        return page.render(scale=scale, crop=crop, may_draw_forms=True).to_pil()
    finally:
        page.close()


def render(data: bytes, number: int, bbox: Box | None, dpi: int) -> bytes:
    """Return a page or the surroundings of `bbox` as PNG."""
    document = open_pdfium(data)
    try:
        if bbox is not None:
            bbox = (bbox[0] - _MARGIN, bbox[1] - _MARGIN, bbox[2] + _MARGIN, bbox[3] + _MARGIN)
        image = draw(document, number, dpi, bbox)
        target = io.BytesIO()
        image.convert("RGB").save(target, "PNG", optimize=False)
        return target.getvalue()
    finally:
        document.close()
