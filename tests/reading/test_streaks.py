"""Lines of a scan that are no rules of the form: a scanner's streak, a fold; and what lies at the paper's edges."""

from typing import Any

import cv2
import numpy as np

from jucai.reading.scans.imaging import ink, ruled_lines, straighten
from jucai.reading.scans.streaks import without_streaks

HIGH, WIDE = 1200, 850
WALLS = (80, 300, 770)


def sheet(*, top: int = 120, bottom: int = 1000) -> Any:
    """A page with a table of two columns."""
    page = np.full((HIGH, WIDE, 3), 246, np.uint8)
    for y in range(top, bottom + 1, 80):
        cv2.line(page, (WALLS[0], y), (WALLS[-1], y), (30, 30, 30), 2)
    last = range(top, bottom + 1, 80)[-1]
    for x in WALLS:
        cv2.line(page, (x, top), (x, last), (30, 30, 30), 2)
    return page


def walls(page: Any) -> list[int]:
    _, _, vertical = ruled_lines(ink(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)))
    return sorted({round(rule.at / 10) * 10 for rule in vertical})


def test_a_streak_over_the_whole_sheet_is_cleared_away() -> None:
    page = sheet()
    page[:, 500:502] = 90
    mended = without_streaks(page)
    assert (mended[:, 500:502] > 200).mean() > 0.95
    assert walls(mended) == list(WALLS)


def test_what_is_written_beneath_a_streak_stays() -> None:
    page = sheet()
    cv2.putText(page, "ABCDEFGH", (420, 200), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (20, 20, 20), 3)
    clean = ink(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY))
    page[:, 500:502] = 90
    mended = ink(cv2.cvtColor(without_streaks(page), cv2.COLOR_RGB2GRAY))
    part = slice(165, 210), slice(420, 580)
    assert (clean[part] != mended[part]).mean() < 0.02


def test_the_outer_rule_of_a_table_as_high_as_the_page_is_no_streak() -> None:
    page = sheet(top=40, bottom=1160)
    assert (without_streaks(page) == page).all()


def test_a_slanted_fold_past_the_table_is_no_wall() -> None:
    page = sheet()
    cv2.line(page, (520, 0), (540, HIGH - 1), (120, 120, 120), 2)
    assert walls(page) == list(WALLS)


def test_a_table_at_the_edge_of_a_photographed_sheet_is_not_cut_off() -> None:
    photo = np.full((1500, 1100, 3), 90, np.uint8)
    corners = np.array([[60, 90], [1010, 60], [1060, 1440], [30, 1400]], np.float32)
    flat = np.array([[0, 0], [WIDE, 0], [WIDE, HIGH], [0, HIGH]], np.float32)
    page = sheet(top=20, bottom=1180)
    seen = cv2.warpPerspective(page, cv2.getPerspectiveTransform(flat, corners), (1100, 1500))
    photo = np.where(seen.any(axis=2, keepdims=True), seen, photo)
    # A thumb over one corner: the outline of the sheet has five corners.
    cv2.circle(photo, (60, 90), 40, (90, 90, 90), -1)
    straight = straighten(photo)
    _, horizontal, _ = ruled_lines(ink(cv2.cvtColor(straight.image, cv2.COLOR_RGB2GRAY)))
    levels = sorted({round(rule.at / 30) for rule in horizontal if rule.high - rule.low > 150})
    assert len(levels) >= len(range(20, 1181, 80)) - 1
