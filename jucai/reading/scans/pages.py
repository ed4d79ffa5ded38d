"""All pages of a file that are pictures, one after the other."""

from jucai.reading.page import Page
from jucai.reading.pictures import draw, open_pdfium
from jucai.reading.scans.imaging import LONG_SIDE
from jucai.reading.scans.picture import read_picture

_POINTS = 72


def recognise(data: bytes, pages: list[Page]) -> list[Page]:
    """Return `pages` with those that are pictures read by OCR; the others as they are."""
    document = open_pdfium(data)
    try:
        result: list[Page] = []
        for page in pages:
            if not page.picture:
                result.append(page)
                continue
            width, height = document[page.number - 1].get_size()
            dpi = LONG_SIDE / max(width, height) * _POINTS
            result.append(read_picture(draw(document, page.number, dpi), page, width))
        return result
    finally:
        document.close()
