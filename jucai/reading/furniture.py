"""What a printer or a web page adds to a form: running heads, addresses, page numbers, the publisher's line."""

import re
from collections.abc import Sequence
from dataclasses import replace

from jucai.reading.cells import Line, to_lines
from jucai.reading.page import Page, Token
from jucai.reading.text import fold

_MARGIN = 0.075
"""Running heads and feet stand in this part of the page, above or below."""
_SMALL = 11.0
"""Titles are printed larger than this many points, and are no running heads."""
_ADDRESS = re.compile(r"(?:https?|file)://\S")
_PRINTED_AT = re.compile(
    r"^(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{4}年\d{1,2}月\d{1,2}日),?\d{1,2}:\d{2}(?::\d{2})?(?:[AP]M)?"
)
_PAGE = re.compile(
    r"^[-—–\s]*(?:第\s*\d{1,3}\s*页?|\d{1,3}\s*页|\d{1,3}\s*[/／]\s*\d{1,3}|[-—–]\s*\d{1,3}\s*[-—–])(?:\s*[/,，共]+\s*\d{1,3}\s*页?)?[-—–\s]*$"
)
_LONE_NUMBER = re.compile(r"^\d{1,3}$")
_PUBLISHER = re.compile(
    r"^(?:主办(?:单位)?[:：]|承办(?:单位)?[:：]|版权所有|技术支持[:：]|copyright|©|网站标识码|.{0,3}ICP备|.{0,3}公网安备)",
    re.IGNORECASE,
)
_DOTS = ".·…‥．・•"
_LEADER = 6
"""So many dots in a row lead from a label to its value; an ellipsis has three, or six in two characters."""
_DIGITS = re.compile(r"\d+")


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """Return pages without what stands in the margins of a print and belongs to no form.

    A line of small print that comes again at the same height of another page is a running head; times and addresses
    that a browser prints are told by their shape.
    """
    margins = [_margin_lines(page) for page in pages]
    seen: dict[tuple[int, str], int] = {}
    for lines in margins:
        for key in {_place(line) for line in lines}:
            seen[key] = seen.get(key, 0) + 1
    return [_without(page, lines, seen) for page, lines in zip(pages, margins, strict=True)]


def _leaders(page: Page) -> set[int]:
    """Return the tokens of dotted lines that lead from a label to its value."""
    dots = [token for token in page.tokens if token.text.strip() and not token.text.strip(_DOTS)]
    gone: set[int] = set()
    if sum(len(token.text.strip()) for token in dots) < _LEADER:
        return gone
    for line in to_lines(dots):
        run: list[Token] = []
        for token in line.tokens:
            if run and token.x0 - run[-1].x1 > token.height:
                run = []
            run.append(token)
            if sum(len(part.text.strip()) for part in run) >= _LEADER:
                gone.update(id(part) for part in run)
    return gone


def is_furniture(line: Line, page: Page) -> bool:
    """Whether a line is the number of its page, or names who runs a web page."""
    text = line.text.strip()
    if _PAGE.match(text) or _PUBLISHER.match(fold(text)):
        return True
    return bool(_LONE_NUMBER.match(text)) and _in_margin(line, page)


def _in_margin(line: Line, page: Page) -> bool:
    return line.bottom < page.height * _MARGIN or line.top > page.height * (1 - _MARGIN)


def _margin_lines(page: Page) -> list[Line]:
    """Return the lines of small print in the margins."""
    edge = page.height * _MARGIN
    tokens = [token for token in page.tokens if token.bottom < edge or token.top > page.height - edge]
    return [line for line in to_lines(tokens) if line.bottom - line.top < _SMALL]


def _place(line: Line) -> tuple[int, str]:
    return round(line.top / 2), _DIGITS.sub("#", fold(line.text))


def _without(page: Page, lines: list[Line], seen: dict[tuple[int, str], int]) -> Page:
    gone = _leaders(page)
    for line in lines:
        text = fold(line.text)
        printed = _PRINTED_AT.match(text) or _ADDRESS.search(line.text)
        if printed or (seen[_place(line)] > 1 and ":" not in text):
            gone.update(id(token) for token in line.tokens)
    return replace(page, tokens=[token for token in page.tokens if id(token) not in gone]) if gone else page
