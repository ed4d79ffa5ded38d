"""Paints one page of a PDF in a process of its own: a stranger's file comes in on stdin, a PNG goes out on stdout.

Run by path, not imported: `python -I paint_page.py PAGE DPI [left,top,right,bottom [left,top,right,bottom]]`. The
first box is what is cut out, the second is outlined; both in points from the upper left of the page as shown.
Ends with status 3 where the page cannot be painted.
"""

import io
import resource
import sys

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

_MEMORY = 1536 * 1024 * 1024  # bytes of address space; an honest page needs a tenth
_SECONDS = 12  # CPU
_MOST_PIXELS = 16_000_000
_MARK = (196, 60, 20)
CANNOT = 3

Box = tuple[float, float, float, float]


def limit() -> None:
    """Take from this process what a hostile file could use up."""
    for what, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_FSIZE, 0)):
        _, hard = resource.getrlimit(what)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (wanted, hard))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS; the caller's clock still ends the process
            continue


def paint(data: bytes, page: int, dpi: int, cut: Box | None, mark: Box | None) -> bytes:
    """The picture of a page or of a part of it; `ValueError` or `PdfiumError` where there is none."""
    document = pdfium.PdfDocument(data)
    if not 1 <= page <= len(document):
        raise ValueError(page)
    shown = document[page - 1]
    width, height = shown.get_size()
    scale = min(dpi / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    picture: Image.Image = shown.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    if mark is not None:
        left, top, right, bottom = (edge * scale for edge in mark)
        ImageDraw.Draw(picture).rectangle((left - 4, top - 4, right + 4, bottom + 4), outline=_MARK, width=2)
    if cut is not None:
        picture = picture.crop(_inside(cut, scale, picture.size))
    out = io.BytesIO()
    picture.quantize(64).save(out, "PNG", optimize=False)
    return out.getvalue()


def _inside(cut: Box, scale: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top = (max(0, int(edge * scale)) for edge in cut[:2])
    right, bottom = (min(most, int(edge * scale)) for edge, most in zip(cut[2:], size, strict=True))
    if right - left < 1 or bottom - top < 1:
        raise ValueError(cut)
    return left, top, right, bottom


def _box(text: str) -> Box:
    left, top, right, bottom = (float(edge) for edge in text.split(","))
    return left, top, right, bottom


def main(arguments: list[str]) -> int:
    """Read the file, paint, write; the status tells whether it went well."""
    limit()
    boxes = [_box(text) for text in arguments[2:]] + [None, None]
    try:
        painted = paint(sys.stdin.buffer.read(), int(arguments[0]), int(arguments[1]), boxes[0], boxes[1])
    except (pdfium.PdfiumError, ValueError, MemoryError):
        return CANNOT
    sys.stdout.buffer.write(painted)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
