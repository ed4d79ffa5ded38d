"""Photographed pages become one document: in order, upright, and without holding them all unpacked."""

import io
import subprocess
import sys

import pdfplumber
import pytest
from PIL import Image

from jucai.casework.pictures import pictures_as_pdf
from jucai.mailroom.parsing import Attachment, parse_letter
from jucai.settings import ROOT
from tests.mailroom.letters import file_part, text_part, with_parts

RED, BLUE = (200, 10, 10), (10, 10, 200)


def picture(colour, size=(800, 1100), kind="JPEG", turned=1, mode="RGB") -> bytes:
    """A page with a stripe of `colour` at its top as the sensor saw it."""
    image = Image.new(mode, size, colour if mode == "RGB" else colour[0])
    image.paste("white", (0, size[1] // 4, *size))
    exif = Image.Exif()
    exif[0x0112] = turned
    out = io.BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()


def attached(*pictures: bytes) -> tuple[Attachment, ...]:
    parts = [file_part(data, f"IMG_{number}.jpg") for number, data in enumerate(pictures)]
    return tuple(parse_letter(with_parts(text_part("表"), *parts)).files())


def pages(pdf: bytes | None) -> list[Image.Image]:
    assert pdf is not None
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [page.to_image(resolution=36).original.convert("RGB") for page in document.pages]


def test_pages_stand_in_the_order_they_were_sent():
    first, second = pages(pictures_as_pdf(attached(picture(RED), picture(BLUE))))
    assert first.getpixel((100, 5))[0] > 150 > first.getpixel((100, 5))[2]
    assert second.getpixel((100, 5))[2] > 150 > second.getpixel((100, 5))[0]


def test_a_page_photographed_upside_down_is_turned():
    (page,) = pages(pictures_as_pdf(attached(picture(RED, turned=3))))
    assert page.getpixel((100, page.height - 5))[0] > 150 > page.getpixel((100, page.height - 5))[1]
    assert min(page.getpixel((100, 5))) > 200


def test_an_upright_jpeg_goes_in_byte_for_byte():
    data = picture(RED)
    assert data in (pictures_as_pdf(attached(data)) or b"")


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGB"), ("PNG", "L"), ("JPEG", "L")])
def test_pictures_of_other_kinds_are_pages_too(kind, mode):
    (page,) = pages(pictures_as_pdf(attached(picture(RED, kind=kind, mode=mode))))
    assert min(page.getpixel((100, page.height - 5))) > 200


def test_what_shines_through_is_paper():
    image = Image.new("RGBA", (700, 900), (0, 0, 0, 0))
    out = io.BytesIO()
    image.save(out, "PNG")
    (page,) = pages(pictures_as_pdf(attached(out.getvalue())))
    assert min(page.getpixel((50, 50))) > 240


def test_logos_and_damaged_pictures_are_no_pages():
    assert pictures_as_pdf(attached(picture(RED, size=(300, 200)), picture(RED)[:400], b"\xff\xd8\xff\xe0")) is None


MANY = """
import io, resource
from PIL import Image
from jucai.casework.pictures import pictures_as_pdf
from tests.casework.test_pictures import attached
out = io.BytesIO()
Image.new("RGB", (3000, 4000), "white").save(out, "JPEG")
files = attached(*[out.getvalue()] * 20)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert pictures_as_pdf(files).count(b"/Subtype /Image") == 20
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_many_large_photographs_are_not_held_unpacked_at_once():
    told = subprocess.run([sys.executable, "-c", MANY], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(told.stdout) < 100_000  # KB; one of them unpacked is 36 MB, all of them 720 MB
