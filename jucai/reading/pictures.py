"""Pages as pictures, drawn by pdfium."""

import io
from typing import Any

import pypdfium2
from pypdfium2 import raw

from jucai.reading.limits import DEFAULT
from models.readings import Box

_MARGIN = 12.0
_POINTS = 72


def open_pdfium(data: bytes) -> Any:
    """Open a document in pdfium with its form fields, so that their values are drawn."""
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    return document


def draw(document: Any, number: int, dpi: float, bbox: Box | None = None, *, grey: bool = False) -> Any:
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
        return page.render(scale=scale, crop=crop, may_draw_forms=True, grayscale=grey).to_pil()
    finally:
        page.close()


def draw_text(document: Any, number: int, dpi: float, ground: int) -> Any:
    """Return page `number` (from 1) with nothing but its text, on paper of grey level `ground`, as an array.

    The resolution is lowered where the page would have more pixels than the limits allow.
    """
    page = document[number - 1]
    try:
        _leave_text(raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, page.raw, DEFAULT.forms_deep)
        width, height = page.get_size()
        scale = min(dpi / _POINTS, (DEFAULT.pixels / max(width * height, 1)) ** 0.5)
        paper = (ground, ground, ground, 255)
        bitmap = page.render(scale=scale, grayscale=True, fill_color=paper, may_draw_forms=False, draw_annots=False)
        return bitmap.to_numpy().copy()
    finally:
        page.close()


def _leave_text(count: Any, member: Any, parent: Any, deep: int) -> None:
    """Switch off whatever is drawn on a page, or in a form on it, that is no text."""
    for index in range(count(parent)):
        drawn = member(parent, index)
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_FORM and deep:
            _leave_text(raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, drawn, deep - 1)
        elif kind != raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFPageObj_SetIsActive(drawn, False)  # noqa: FBT003 - a C function takes no names


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
