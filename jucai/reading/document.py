"""One file from bytes to reading, in this process: gate, pages, form. Nothing is raised to the caller."""

import io
import logging
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Any

from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdftypes import resolve1
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from jucai.reading.active import find_active_content
from jucai.reading.digital import borrowed_faces, hidden_layers, open_document, read_page
from jucai.reading.gate import check
from jucai.reading.limits import DEFAULT, Limits
from jucai.reading.own_forms import read_own_form
from jucai.reading.page import Page
from jucai.reading.reader import read_pages
from jucai.reading.refusals import (
    Encrypted,
    GarbledText,
    NoPages,
    Refusal,
    TooComplex,
    TooManyPages,
    Truncated,
)
from jucai.reading.witness import examine
from models.readings import DocumentReading, ReadingStatus

_SCAN_PENDING = "文件含有扫描或拍照页面，正在等待文字识别。"
_log = logging.getLogger(__name__)
# pdfminer reports every oddity of every font; none of it concerns the office.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

Announce = Callable[[int], None]


def read_bytes(
    data: bytes, *, ocr: bool = True, limits: Limits = DEFAULT, announce: Announce | None = None
) -> DocumentReading:
    """Read a file; whatever is wrong with it comes back as `status` and a Chinese `reason`.

    With `ocr` off, pages that are pictures are left alone and the status is scan_pending. `announce` is told
    how many pictures will be recognised before that work begins.
    """
    try:
        return _read(data, ocr=ocr, limits=limits, announce=announce)
    except Refusal as refusal:
        return DocumentReading(ReadingStatus.REJECT, str(refusal))
    except (MemoryError, RecursionError):
        return DocumentReading(ReadingStatus.REJECT, str(TooComplex()))
    except Exception as error:  # noqa: BLE001 - parsers of hostile files raise anything; the sender gets a reason
        _log.warning("reading.failed", extra={"error": type(error).__name__})
        return DocumentReading(
            ReadingStatus.REJECT, str(Truncated()), warnings=(f"读取时出错：{type(error).__name__}",)
        )


def _read(data: bytes, *, ocr: bool, limits: Limits, announce: Announce | None) -> DocumentReading:
    check(data, limits)
    with _open(data) as document:
        warnings = find_active_content(document.doc.catalog, data)
        pages = _pages(document, limits)
        warnings += tuple(examine(data, pages, borrowed_faces(document)))
        garbled = [page for page in pages if page.garbled]
        pictures = [page for page in pages if page.picture]
        if pictures and ocr:
            pages = _recognise(data, pages, announce)
        elif garbled and len(garbled) == len(pictures):
            raise GarbledText
        if any(page.sketches and not page.picture for page in pages):
            _look_at_drawn(data, pages)
        reading = read_pages([page for page in pages if not page.picture] if not ocr else pages)
        reading = read_own_form(document, reading)
    if pictures and not ocr:
        reading = replace(reading, status=ReadingStatus.SCAN_PENDING, reason=_SCAN_PENDING, pages=len(pages))
    return replace(reading, warnings=(*warnings, *reading.warnings), pages=len(pages))


def _open(data: bytes) -> PDF:
    try:
        return open_document(io.BytesIO(data))
    except PdfminerException as error:
        if any(isinstance(arg, PDFPasswordIncorrect) for arg in error.args):
            raise Encrypted from error
        raise Truncated from error


def _pages(document: PDF, limits: Limits) -> list[Page]:
    root = resolve1(document.doc.catalog.get("Pages"))
    count = resolve1(root.get("Count")) if isinstance(root, dict) else None
    if isinstance(count, int) and count > limits.pages:
        raise TooManyPages(count, limits.pages)
    layers = hidden_layers(document)
    pages: list[Page] = []
    for page in islice(_each(document), limits.pages):
        pages.append(read_page(document, page, layers, limits))
        page.close()
    if not pages:
        raise NoPages
    return pages


def _each(document: PDF) -> Any:
    yield from document.pages


def _look_at_drawn(data: bytes, pages: list[Page]) -> None:
    """Read ticks that are drawn as strokes; OpenCV is loaded only for a file that has some."""
    from jucai.reading.scans.drawn import read_drawn  # noqa: PLC0415 - as above

    read_drawn(data, pages)


def _recognise(data: bytes, pages: list[Page], announce: Announce | None) -> list[Page]:
    """Read the pages that are pictures; the libraries for it are loaded only now."""
    from jucai.reading.scans.pages import recognise  # noqa: PLC0415 - OpenCV and OCR cost a second and 300 MB

    if announce is not None:
        announce(sum(page.picture for page in pages))
    return recognise(data, pages)
