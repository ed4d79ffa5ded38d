"""Options chosen with a stroke of the pen: the others crossed out, or the one meant underlined."""

from collections.abc import Iterable, Sequence

from jucai.reading.cells import Line
from jucai.reading.page import Page, Token
from jucai.reading.text import fold

_MOST = 0.7
"""So much of an option must be crossed out or underlined."""
_UPPER, _LOWER, _BENEATH = 0.25, 0.78, 0.3
_SHORTEST = 6.0
_LONGEST = 240.0
"""Longer rules, in points, are those of the table."""


def by_stroke(lines: Iterable[Line], page: Page, options: tuple[str, ...]) -> list[str]:
    """Return the options that are meant: all but those crossed out, or else the ones underlined; none if neither."""
    tokens = [token for line in lines for token in line.tokens if token.text.strip()]
    places = _places(tokens, options)
    if len(places) < 2:  # noqa: PLR2004 - a choice
        return []
    rules = [rule for rule in page.horizontal if rule.high - rule.low < _LONGEST]
    struck, under = set(), set()
    for option, part in places.items():
        covered = [_stroke(token, page) for token in part] if rules else []
        if covered.count("struck") >= len(part) * _MOST:
            struck.add(option)
        elif covered.count("under") >= len(part) * _MOST:
            under.add(option)
    if struck:
        return [option for option in places if option not in struck]
    return [option for option in places if option in under] if len(under) < len(places) else []


def is_crossed_out(tokens: Sequence[Token], page: Page) -> bool:
    """Whether a stroke runs through a part of a text: what was meant instead, a person has to say."""
    top = min((token.top for token in tokens), default=0.0)
    bottom = max((token.bottom for token in tokens), default=0.0)
    for rule in page.horizontal:
        if not (top < rule.at < bottom and _SHORTEST <= rule.high - rule.low < _LONGEST):
            continue
        through = [
            token
            for token in tokens
            if rule.low - 1 <= token.middle[0] <= rule.high + 1
            and _UPPER < (rule.at - token.top) / max(token.height, 1.0) < _LOWER
        ]
        if not through:
            continue
        em = through[0].height
        # A stroke of the pen ends where the words end; a rule of the table goes on.
        if rule.low > min(t.x0 for t in through) - em and rule.high < max(t.x1 for t in through) + em:
            return True
    return False


def _places(tokens: list[Token], options: tuple[str, ...]) -> dict[str, list[Token]]:
    """Return the tokens of each option printed, the longest wording first."""
    text, owners = "", []
    for token in tokens:
        piece = fold(token.text)
        text += piece
        owners += [token] * len(piece)
    places: dict[str, list[Token]] = {}
    for option in sorted(options, key=len, reverse=True):
        at = text.find(fold(option))
        if at >= 0:
            places[option] = owners[at : at + len(fold(option))]
            text = text[:at] + "\0" * len(fold(option)) + text[at + len(fold(option)) :]
    return places


def _stroke(token: Token, page: Page) -> str:
    """Return how a rule meets a character: struck, under, or not at all."""
    x, _ = token.middle
    for rule in page.horizontal:
        if rule.low - 1 <= x <= rule.high + 1 and rule.high - rule.low < _LONGEST:
            depth = (rule.at - token.top) / max(token.height, 1.0)
            if _UPPER < depth < _LOWER:
                return "struck"
            if _LOWER <= depth < 1 + _BENEATH:
                return "under"
    return ""
