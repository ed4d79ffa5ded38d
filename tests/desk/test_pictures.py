"""Pictures of strangers' pages are painted outside the desk, within bounds, and kept within bounds."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from jucai.desk.painter import isolated_painter
from jucai.desk.pictures import DPI, PictureFailed, Pictures
from tests.desk.town import FORM


class Counting:
    """A painter that paints white pages of A4 at 72 dpi and counts them."""

    def __init__(self, picture: bytes = b"") -> None:
        self.painted: list[int] = []
        out = io.BytesIO()
        Image.new("RGB", (595, 842), "white").save(out, "PNG", dpi=(72, 72))
        self.picture = picture or out.getvalue()

    def __call__(self, data: bytes, page: int, *, dpi: int) -> bytes:
        assert isinstance(data, bytes)
        assert dpi == DPI
        self.painted.append(page)
        return self.picture


def test_a_page_is_painted_whole_and_says_its_resolution() -> None:
    picture = Image.open(io.BytesIO(isolated_painter(FORM.read_bytes(), 1, dpi=72)))
    assert abs(picture.width - 595) < 5
    assert abs(picture.height - 842) < 5
    assert round(picture.info["dpi"][0]) == 72


def test_a_place_is_cut_out_with_its_label_and_outlined() -> None:
    box = (200.0, 120.0, 300.0, 140.0)
    picture = Image.open(io.BytesIO(Pictures(Counting()).place("sha", b"", 1, box))).convert("RGB")
    assert picture.size == (130 + 100 + 14, 14 + 20 + 14)
    red, green, blue = picture.getpixel((180, 11))  # type: ignore[misc] # an RGB picture gives three bands
    assert red > 150 > green > blue
    assert picture.getpixel((20, 20)) == (255, 255, 255)


def test_a_place_at_the_edge_is_cut_at_the_edge() -> None:
    picture = Image.open(io.BytesIO(Pictures(Counting()).place("sha", b"", 1, (5.0, 5.0, 590.0, 840.0))))
    assert picture.size == (595, 842)


@pytest.mark.parametrize("data", [b"", b"not a pdf", b"%PDF-1.7\n%broken", b"\x89PNG\r\n\x1a\n" + b"0" * 100])
def test_what_is_no_pdf_fails_and_hurts_nobody(data: bytes) -> None:
    with pytest.raises(PictureFailed):
        isolated_painter(data, 1, dpi=72)


def test_a_page_that_is_not_there_fails() -> None:
    for page in (0, 99, -1):
        with pytest.raises(PictureFailed):
            isolated_painter(FORM.read_bytes(), page, dpi=72)


def test_a_place_outside_the_page_fails() -> None:
    with pytest.raises(PictureFailed):
        Pictures(Counting()).place("sha", b"", 1, (5000.0, 5000.0, 5100.0, 5100.0))


def test_a_page_that_never_ends_is_stopped_and_not_tried_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    endless = tmp_path / "endless.py"
    tried = tmp_path / "tried"
    endless.write_text(f"open({str(tried)!r}, 'a').write('x')\nwhile True: pass\n", encoding="utf-8")
    monkeypatch.setattr("jucai.desk.painter._SCRIPT", endless)
    monkeypatch.setattr("jucai.desk.painter._SECONDS", 1.5)
    pictures = Pictures(isolated_painter)
    for _ in range(3):
        with pytest.raises(PictureFailed):
            pictures.page("sha", b"%PDF", 1)
    assert not tried.exists() or tried.read_text(encoding="utf-8") == "x"


def test_a_page_is_painted_once_and_the_oldest_goes_first() -> None:
    painter = Counting(bytes(100))
    pictures = Pictures(painter, bound=250)
    for page in (1, 2, 1, 3, 1, 2):
        pictures.page("sha", b"", page)
    assert painter.painted == [1, 2, 3, 2]


def test_thirty_places_asked_for_at_once_paint_their_page_once() -> None:
    painter = Counting()
    pictures = Pictures(painter)
    with ThreadPoolExecutor(8) as pool:
        boxes = [(100.0, 20.0 * n, 200.0, 20.0 * n + 12) for n in range(30)]
        places = list(pool.map(lambda box: pictures.place("sha", b"", 1, box), boxes))
    assert len(places) == 30
    assert painter.painted == [1]
