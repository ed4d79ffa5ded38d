"""Photographs of a form, sent as pictures, become one document in the order they were sent."""

import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from PIL import Image, ImageOps, UnidentifiedImageError

from jucai.mailroom.parsing import PICTURES, Attachment

_SMALLEST = 600  # pixels: below this a picture is a logo or a signature, not a page
_MOST_PIXELS = 60_000_000
_MOST_PAGES = 20
_DOTS = 150.0  # an inch: what a photographed sheet of A4 has at least
_POINTS = 72.0
_ORIENTATION = 0x0112  # Exif
_QUALITY = 90
_SPACES = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as JPEG; `space` is the colour space in PDF."""

    jpeg: bytes
    width: int
    height: int
    space: str


def pictures_as_pdf(files: Sequence[Attachment]) -> bytes | None:
    """One PDF of all pictures that can be pages; None where there is none. Turned upright as the camera noted.

    One picture is held unpacked at a time. A JPEG that stands upright goes in byte for byte: nothing is lost for the
    reading of it.
    """
    pages = list(islice(_pages(files), _MOST_PAGES))
    return _written(pages) if pages else None


def _pages(files: Iterable[Attachment]) -> Iterator[_Page]:
    for file in files:
        if file.type in PICTURES and (page := _page(file.data)) is not None:
            yield page


def _page(data: bytes) -> _Page | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                if min(picture.size) < _SMALLEST or picture.width * picture.height > _MOST_PIXELS:
                    return None
                picture.load()  # a damaged picture says so now
                upright = picture.getexif().get(_ORIENTATION, 1) == 1
                if picture.format == "JPEG" and upright and picture.mode in _SPACES:
                    return _Page(data, picture.width, picture.height, _SPACES[picture.mode])
                turned = ImageOps.exif_transpose(picture)
                turned = turned if turned.mode == "L" else _on_white(turned)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None  # a damaged picture is kept as a file and told of in the answer
    out = io.BytesIO()
    turned.save(out, "JPEG", quality=_QUALITY)
    return _Page(out.getvalue(), turned.width, turned.height, _SPACES[turned.mode])


def _on_white(picture: Image.Image) -> Image.Image:
    """What shines through is paper: a scan with a transparent ground would else turn black."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper


def _written(pages: Sequence[_Page]) -> bytes:
    """A PDF (ISO 32000-1 section 7.5) with one picture a page: three objects each behind the catalogue and the tree."""
    kids = " ".join(f"{3 + 3 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
    ]
    for number, page in enumerate(pages):
        first = 3 + 3 * number
        width, height = page.width * _POINTS / _DOTS, page.height * _POINTS / _DOTS
        drawn = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /P Do Q".encode()
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] /Contents {first + 1} 0 R "
            f"/Resources << /XObject << /P {first + 2} 0 R >> >> >>".encode(),
            _stream("", drawn),
            _stream(
                f"/Type /XObject /Subtype /Image /Width {page.width} /Height {page.height} "
                f"/ColorSpace {page.space} /BitsPerComponent 8 /Filter /DCTDecode ",
                page.jpeg,
            ),
        ]
    out = io.BytesIO(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + content + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def _stream(entries: str, data: bytes) -> bytes:
    return f"<< {entries}/Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
