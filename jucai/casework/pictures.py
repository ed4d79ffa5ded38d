"""Photographs of a form, sent as pictures, become one document in the order they were sent."""

import io
import warnings
from collections.abc import Sequence

from PIL import Image, ImageOps, UnidentifiedImageError

from jucai.mailroom.parsing import PICTURES, Attachment

_SMALLEST = 600  # pixels: below this a picture is a logo or a signature, not a page
_MOST_PIXELS = 60_000_000
_MOST_PAGES = 20


def pictures_as_pdf(files: Sequence[Attachment]) -> bytes | None:
    """One PDF of all pictures that can be pages; None where there is none. Turned upright as the camera noted."""
    pages = [page for file in files if file.type in PICTURES and (page := _page(file.data)) is not None]
    if not pages:
        return None
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:_MOST_PAGES], resolution=150.0)
    return out.getvalue()


def _page(data: bytes) -> Image.Image | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                if min(picture.size) < _SMALLEST or picture.width * picture.height > _MOST_PIXELS:
                    return None
                return ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None  # a damaged picture is kept as a file and told of in the answer
