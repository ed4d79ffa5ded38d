"""Paints one page of a PDF in a process of its own: a stranger's file comes in on stdin, a PNG goes out on stdout.

Run by path, not imported: `python -I paint_page.py PAGE DPI`. Pages count from 1; the PNG says which resolution it
really has, since huge pages are painted smaller. Ends with status 3 where the page cannot be painted.
"""

import io
import resource
import sys

import pypdfium2 as pdfium
from PIL import Image

_MEMORY = 1536 * 1024 * 1024  # bytes of address space; an honest page needs a tenth
_SECONDS = 12  # CPU
_MOST_PIXELS = 16_000_000
_POINTS = 72  # to the inch
CANNOT = 3


def limit() -> None:
    """Take from this process what a hostile file could use up."""
    for what, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_FSIZE, 0)):
        _, hard = resource.getrlimit(what)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (wanted, hard))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS; the caller's clock still ends the process
            continue


def paint(data: bytes, page: int, dpi: int) -> bytes:
    """The picture of a page; `ValueError` or `PdfiumError` where there is none."""
    document = pdfium.PdfDocument(data)
    if not 1 <= page <= len(document):
        raise ValueError(page)
    shown = document[page - 1]
    width, height = shown.get_size()
    scale = min(dpi / _POINTS, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    picture: Image.Image = shown.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.quantize(64).save(out, "PNG", dpi=(scale * _POINTS, scale * _POINTS))
    return out.getvalue()


def main(arguments: list[str]) -> int:
    """Read the file, paint, write; the status tells whether it went well."""
    limit()
    try:
        painted = paint(sys.stdin.buffer.read(), int(arguments[0]), int(arguments[1]))
    except (pdfium.PdfiumError, ValueError, MemoryError):
        return CANNOT
    sys.stdout.buffer.write(painted)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
