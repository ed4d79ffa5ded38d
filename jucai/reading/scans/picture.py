"""One picture of a page becomes a page of tokens and rules, upright."""

import re
from collections.abc import Iterable
from dataclasses import astuple, replace
from itertools import pairwise
from typing import Any

import cv2
import numpy as np

from jucai.reading.grid import Grid
from jucai.reading.page import Page, Rule, Token
from jucai.reading.scans import engine
from jucai.reading.scans.hints import compare
from jucai.reading.scans.imaging import Image, Straight, ink, ruled_lines, straighten, turn, without_red
from jucai.reading.scans.marks import find_boxes, mark
from jucai.reading.scans.missed import is_writing, missed_lines
from jucai.reading.scans.second import look_again
from jucai.reading.scans.spots import Spot, Words
from jucai.reading.scans.streaks import without_streaks
from jucai.script import is_simplified, mended

_DARKEST_JUNK = 0.5
_MARGIN = 2.0
_SNAP = 4.5
_RIM = 0.15
_MENDED = 0.93
"""The score a line has at most after a character of it was replaced: not enough to be sure."""
_RISE = 0.8
"""Letters upright in a column: what is cut off has to hold at least one of them."""
_SPECKS = re.compile(r"^[.·,，'`、]+(?=[\u4e00-\u9fffA-Za-z0-9])|(?<=[\u4e00-\u9fff])[.'`]+$")
"""Dust before or behind a line that was taken for a stop."""


def read_picture(picture: Any, page: Page, width: float) -> Page:
    """Return the page a picture shows; `width` is that of the displayed page in points."""
    image = np.asarray(picture.convert("RGB"))
    points = width / image.shape[1]
    straight = straighten(without_streaks(image))
    straight, grey, ruled, spots = _upright(straight)
    mask = ink(grey)
    lines, horizontal, vertical = ruled_lines(ink(ruled))
    high, wide = grey.shape[:2]
    sheet = Page(page.number, wide * points, high * points, hidden=page.hidden, hints=page.hints, snap=_SNAP)
    sheet.horizontal = [_scaled(rule, points) for rule in horizontal]
    sheet.vertical = [_scaled(rule, points) for rule in vertical]
    sheet.back = _back(straight, points)
    clean = _erase(grey, lines)
    grid = Grid(sheet)
    pieces = [piece for spot in spots for piece in _divide(spot, grid, points)]
    paper = engine.to_rgb(clean)
    written = cv2.bitwise_and(mask, cv2.bitwise_not(cv2.dilate(lines, np.ones((3, 3), np.uint8))))
    boxes = find_boxes(cv2.bitwise_and(mask, cv2.bitwise_not(lines)))
    missed = {piece for spot in missed_lines(written, spots) for piece in _divide(spot, grid, points)}
    # Each lot by itself: the recogniser reads a line a little differently in other company.
    readings = [*_first_reading(paper, pieces), *_first_reading(paper, sorted(missed, key=astuple))]
    for (piece, *_), words in zip(readings, look_again(readings, written), strict=True):
        text = _SPECKS.sub("", mark(words, piece, boxes).strip())
        if text and words.score > _DARKEST_JUNK and (piece not in missed or is_writing(text, words.score)):
            sheet.tokens += _tokens(text, words.score, piece, points)
    if is_simplified("".join(token.text for token in sheet.tokens)):
        # 情況 on a page of simplified characters is a slip of the recogniser; 陳 in a name may be none: a person looks.
        sheet.tokens = [_mended(token) for token in sheet.tokens]
    if not page.garbled:
        compare(sheet, page)
    return sheet


def _first_reading(paper: Any, pieces: Iterable[Spot]) -> list[tuple[Spot, Any, Words]]:
    """Return place, picture and words of each piece that is large enough to hold any."""
    crops = [(piece, crop) for piece in pieces if (crop := engine.cut(paper, piece)) is not None]
    told = engine.recognise([crop for _, crop in crops])
    return [(piece, crop, words) for (piece, crop), words in zip(crops, told, strict=True)]


def _mended(token: Token) -> Token:
    text = mended(token.text)
    return token if text == token.text else replace(token, text=text, score=min(token.score, _MENDED))


def _upright(straight: Straight) -> tuple[Straight, Image, Image, list[Spot]]:
    """Turn the picture until its text stands upright; return it, in grey for text and for rules, and where text is."""
    grey, ruled, spots = _detect(straight)
    if engine.lies_on_its_side(spots):
        straight = turn(straight, 1)
        grey, ruled, spots = _detect(straight)
    if engine.upside_down(engine.to_rgb(grey), spots):
        straight = turn(straight, 2)
        grey, ruled, spots = _detect(straight)
    return straight, grey, ruled, spots


def _detect(straight: Straight) -> tuple[Image, Image, list[Spot]]:
    """Return the picture in grey for text and for rules, and where text stands in it."""
    grey, ruled = without_red(straight.image)
    lines, _, _ = ruled_lines(ink(ruled))
    return grey, ruled, engine.detect(engine.to_rgb(_erase(grey, lines)))


def _erase(grey: Image, lines: Image) -> Image:
    """Paint ruled lines over with the paper around them."""
    wide = cv2.dilate(lines, np.ones((5, 5), np.uint8))
    paper = cv2.medianBlur(cv2.dilate(grey, np.ones((9, 9), np.uint8)), 9)
    return np.where(wide > 0, paper, grey).astype(np.uint8)


def _scaled(rule: Rule, points: float) -> Rule:
    return Rule(rule.at * points, rule.low * points, rule.high * points)


def _back(straight: Straight, points: float) -> tuple[float, ...]:
    """Return the matrix from points of the upright page to points of the displayed one, row by row."""
    scale = np.diag([points, points, 1.0])
    inverse = scale @ np.linalg.inv(straight.matrix) @ np.linalg.inv(scale)
    return tuple(float(value) for value in inverse.ravel())


def _divide(spot: Spot, grid: Grid, points: float) -> list[Spot]:
    """Cut a detected line where a wall of the grid stands: two cells were taken for one line."""
    levels = [spot.top]
    for index, y in enumerate(grid.ys):
        inside = spot.top + _RISE * (spot.x1 - spot.x0) < y / points < spot.bottom - _RISE * (spot.x1 - spot.x0)
        if inside and grid.across.stands(index, spot.x0 * points, spot.x1 * points):
            levels.append(y / points)
    levels.append(spot.bottom)
    return [
        piece for low, high in pairwise(levels) for piece in _beside(Spot(spot.x0, low, spot.x1, high), grid, points)
    ]


def _beside(spot: Spot, grid: Grid, points: float) -> list[Spot]:
    edges = [spot.x0]
    for index, x in enumerate(grid.xs):
        inside = spot.x0 + 6 < x / points < spot.x1 - 6
        if inside and grid.down.stands(index, spot.top * points, spot.bottom * points):
            edges.append(x / points)
    edges.append(spot.x1)
    pieces = [Spot(a, spot.top, b, spot.bottom) for a, b in pairwise(edges)]
    return [piece for piece in pieces if piece.x1 - piece.x0 > _MARGIN]


def _tokens(text: str, score: float, piece: Spot, points: float) -> list[Token]:
    """Return the token of a recognised line; detected boxes are taller than what stands in them."""
    rim = (piece.bottom - piece.top) * _RIM
    top, bottom = (piece.top + rim) * points, (piece.bottom - rim) * points
    return [Token(text, piece.x0 * points, top, piece.x1 * points, bottom, "ocr", score)]
