"""The text layer under a picture: a second source that can confirm what was recognised, or contest it."""

from dataclasses import replace
from difflib import SequenceMatcher

from jucai.reading.page import Page, Token
from jucai.reading.text import fold
from jucai.reading.ticks import EMPTY, TICKED
from models.readings import Box

_CONFIRMED = 0.99
_LEGIBLE = 0.8
_SAME_TEXT = 0.4
_MARGIN = 1.5
_MARKS = str.maketrans("", "", TICKED + EMPTY)


def compare(sheet: Page, page: Page) -> None:
    """Hold every recognised line of `sheet` against the text layer of `page`, in place.

    Equal words confirm each other; words that are alike but not equal contest each other, and the line says so, as
    does one beneath which characters are drawn as others. What lies elsewhere, or says something else altogether, is
    not counted: the picture is what a person sees.
    """
    hints = [(token, page.displayed((token.x0, token.top, token.x1, token.bottom))) for token in page.hints]
    if not hints:
        return
    sheet.tokens = [_judged(token, _beneath(sheet, token, hints)) for token in sheet.tokens]


def _beneath(sheet: Page, token: Token, hints: list[tuple[Token, Box]]) -> list[Token]:
    """Return what of the layer lies where `token` is shown, in reading order."""
    x0, top, x1, bottom = sheet.displayed((token.x0, token.top, token.x1, token.bottom))
    inside = [
        hint
        for hint, box in hints
        if x0 - _MARGIN <= (box[0] + box[2]) / 2 <= x1 + _MARGIN
        and top - _MARGIN <= (box[1] + box[3]) / 2 <= bottom + _MARGIN
    ]
    return sorted(inside, key=lambda hint: hint.x0)


def _judged(token: Token, beneath: list[Token]) -> Token:
    if any(hint.contested for hint in beneath):
        return replace(token, contested=True)
    mine = fold(token.text).translate(_MARKS)
    theirs = fold("".join(hint.text for hint in beneath)).translate(_MARKS)
    if not mine or not theirs:
        return token
    if mine == theirs:
        return replace(token, score=max(token.score, _CONFIRMED)) if token.score >= _LEGIBLE else token
    alike = SequenceMatcher(None, mine, theirs, autojunk=False).ratio()
    return replace(token, contested=True) if alike >= _SAME_TEXT else token
