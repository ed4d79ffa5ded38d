"""Ink that the detector passed over: what may be writing is looked at again, dust and seals are not."""

import cv2
import numpy as np
import pytest

from jucai.reading.page import Token
from jucai.reading.reader import read_pages
from jucai.reading.scans.missed import is_writing, missed_lines
from jucai.reading.scans.spots import Spot
from tests.reading.test_layouts import FILLED, table, values

HIGH = 40
LINES = [Spot(100.0, 100.0 + 60 * n, 400.0, 140.0 + 60 * n) for n in range(10)]


def ink(*boxes: tuple[int, int, int, int]) -> np.ndarray:
    """Return a page whose lines are written, and hatched boxes (left, top, right, bottom) besides."""
    page = np.zeros((900, 1200), dtype=np.uint8)
    for x0, top, x1, bottom in [*boxes, *((int(s.x0), int(s.top) + 5, int(s.x1), int(s.bottom) - 5) for s in LINES)]:
        for at in range(x0, x1, 6):
            page[top:bottom, at : at + 2] = 255
        page[top : top + 2, x0:x1] = 255
    return page


def test_what_was_detected_is_not_looked_for_again() -> None:
    assert missed_lines(ink(), LINES) == []


@pytest.mark.parametrize("box", [(600, 108, 630, 135), (600, 300, 900, 332)])
def test_ink_as_tall_as_writing_is_found_where_nothing_was_detected(box: tuple[int, int, int, int]) -> None:
    aside = Spot(1000.0, 100.0, 1100.0, 140.0)
    (found,) = missed_lines(ink(box), [*LINES, aside])
    assert (found.x0, found.top) < (box[0], box[1])
    assert found.x1 > box[2] - 6
    assert found.bottom > box[3]


def test_dust_bars_seals_and_what_lies_beside_the_form_are_no_writing() -> None:
    page = ink((600, 100, 605, 104), (600, 200, 606, 330), (1150, 100, 1190, 135))
    cv2.circle(page, (700, 600), 120, 255, 3)
    page[500:535, 600:640] = 255
    assert missed_lines(page, [*LINES, Spot(900.0, 100.0, 1000.0, 140.0)]) == []


def test_a_page_with_hardly_any_text_does_not_tell_how_tall_it_is() -> None:
    assert missed_lines(ink((600, 108, 630, 135)), LINES[:5]) == []


def test_strokes_and_guesses_are_no_text() -> None:
    assert [is_writing(*one) for one in (("民", 0.99), ("1", 0.6), ("·—", 0.99), ("", 1.0))] == [
        True,
        False,
        False,
        False,
    ]


def test_a_value_that_nearly_reads_like_a_label_is_one_where_a_value_is_due() -> None:
    page = table([*FILLED, [(100.0, "现任职务"), (150.0, "项目经理"), (80.0, "职称"), (150.0, "讲师")]])
    page.tokens = [Token(t.text, t.x0, t.top, t.x1, t.bottom, "ocr", 0.99) for t in page.tokens]
    found = values(read_pages([page]))
    assert (found.get("position"), found.get("professional_title")) == ("项目经理", "讲师")
