"""Free-standing boxes to write in: a frame around one value, beside its label, is no cell of a table."""

from dataclasses import replace
from itertools import pairwise

from jucai.reading.cells import to_lines
from jucai.reading.page import Page, Rule, Token
from jucai.reading.vocabulary import vocabulary
from models.readings import Box

_SAME, _TOUCH = 1.6, 1.2
_ROUND = 6.0
"""Rounded corners take so much of each side."""
_LOWEST, _HIGHEST = 9.0, 40.0
_FEWEST = 3
_MOST_RULES = 600
_COMB = 3
_NARROWEST = 14.0
_WIDEST, _UNEVEN = 28.0, 4.0


def without_frames(page: Page) -> Page:
    """Return the page with the rules of free-standing frames taken away, if it is filled in that way.

    What stands in the boxes of a comb, one for each digit, becomes one piece of text.
    """
    if not page.vertical or len(page.vertical) + len(page.horizontal) > _MOST_RULES:
        return page
    drawn = _frames(page)
    frames = [frame for frame in drawn if not _has_label(page, frame)]
    if len(frames) < _FEWEST or len(drawn) - len(frames) >= _FEWEST:
        # Where labels stand in frames too, these are the cells of a table drawn one by one.
        frames = [frame for frame in frames if _is_comb(page, frame)]
    if not frames:
        return page
    gone = {id(rule) for frame in frames for rule in _edges(page, frame)}
    tokens = list(page.tokens)
    for frame in frames:
        tokens = _joined(tokens, frame, comb=_is_comb(page, frame))
    return replace(
        page,
        tokens=tokens,
        horizontal=[rule for rule in page.horizontal if id(rule) not in gone],
        vertical=[rule for rule in page.vertical if id(rule) not in gone],
    )


def _frames(page: Page) -> list[Box]:
    """Return the rectangles that four rules make and that touch no other rule."""
    found: list[Box] = []
    across = _whole(page.horizontal)
    for number, upper in enumerate(across):
        if upper.high - upper.low < _NARROWEST:
            continue
        for lower in across[number + 1 :]:
            if lower.at - upper.at > _HIGHEST:
                break
            same = abs(lower.low - upper.low) < _SAME and abs(lower.high - upper.high) < _SAME
            if same and lower.at - upper.at >= _LOWEST:
                box = (upper.low, upper.at, upper.high, lower.at)
                if _sides(page, box) and not _attached(page, box) and _is_one_place(page, box):
                    found.append(box)
                break
    return found


def _whole(rules: list[Rule]) -> list[Rule]:
    """Return rules with pieces that go on in one line joined, in the order of their places."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.at / _TOUCH), r.low)):
        last = joined[-1] if joined else None
        near = last is not None and abs(rule.at - last.at) < _TOUCH
        if near and last is not None and last.low - _TOUCH < rule.low < last.high + _TOUCH:
            joined[-1] = Rule(last.at, last.low, max(last.high, rule.high))
        else:
            joined.append(rule)
    return sorted(joined, key=lambda r: r.at)


def _sides(page: Page, box: Box) -> bool:
    return all(
        any(
            (abs(rule.at - x) < _SAME and abs(rule.low - box[1]) < _SAME and abs(rule.high - box[3]) < _SAME)
            or (
                0 < (x - rule.at) * side < _ROUND and 0 < rule.low - box[1] < _ROUND and 0 < box[3] - rule.high < _ROUND
            )
            for rule in page.vertical
        )
        for x, side in ((box[0], 1), (box[2], -1))
    )


def _is_one_place(page: Page, box: Box) -> bool:
    """Whether a rectangle is undivided, or divided into even boxes for single characters."""
    inner = [rule.at for rule in _within(page, box) if box[0] + _SAME < rule.at < box[2] - _SAME]
    places = sorted({*map(round, inner), round(box[0]), round(box[2])})
    widths = [right - left for left, right in pairwise(places) if right - left > _SAME]
    return len(widths) == 1 or (len(widths) > _COMB and max(widths) <= _WIDEST and max(widths) - min(widths) <= _UNEVEN)


def _attached(page: Page, box: Box) -> bool:
    """Whether a rule reaches this box from outside: then it is part of a table."""
    x0, top, x1, bottom = box
    for rule in page.vertical:
        beside = x0 - _TOUCH <= rule.at <= x1 + _TOUCH and rule.high > top + _TOUCH and rule.low < bottom - _TOUCH
        if beside and (rule.low < top - _SAME or rule.high > bottom + _SAME):
            return True
    for rule in page.horizontal:
        level = top - _TOUCH <= rule.at <= bottom + _TOUCH and rule.high > x0 + _TOUCH and rule.low < x1 - _TOUCH
        if level and (rule.low < x0 - _SAME or rule.high > x1 + _SAME):
            return True
    return False


def _within(page: Page, box: Box) -> list[Rule]:
    return [
        rule
        for rule in page.vertical
        if box[0] - _ROUND < rule.at < box[2] + _ROUND and rule.low > box[1] - _SAME and rule.high < box[3] + _SAME
    ]


def _is_comb(page: Page, box: Box) -> bool:
    """Whether a frame is divided into boxes for single characters."""
    return sum(box[0] + _SAME < rule.at < box[2] - _SAME for rule in _within(page, box)) >= _COMB


def _edges(page: Page, box: Box) -> list[Rule]:
    across = [
        rule
        for rule in page.horizontal
        if box[1] - _SAME < rule.at < box[3] + _SAME and rule.low > box[0] - _SAME and rule.high < box[2] + _SAME
    ]
    return across + _within(page, box)


def _inside(token: Token, box: Box) -> bool:
    x, y = token.middle
    return box[0] < x < box[2] and box[1] < y < box[3]


def _has_label(page: Page, box: Box) -> bool:
    """Whether a box holds its own label: then it is a card, and stays one."""
    lines = to_lines(token for token in page.tokens if _inside(token, box))
    head = lines[0].text.replace("：", ":").partition(":")[0] if lines else ""
    return bool(head) and vocabulary().knows(head)


def _joined(tokens: list[Token], box: Box, *, comb: bool) -> list[Token]:
    """Return the tokens with those in a box made one a line, as wide as the box; in a comb, without gaps."""
    inside = [token for token in tokens if _inside(token, box)]
    if not inside:
        return tokens
    made = [
        replace(
            line.tokens[0],
            text="".join(token.text for token in line.tokens) if comb else line.text,
            x0=box[0],
            top=line.top,
            x1=box[2],
            bottom=line.bottom,
            score=min(token.score for token in line.tokens),
            contested=any(token.contested for token in line.tokens),
            framed=True,
        )
        for line in to_lines(inside)
    ]
    return [*(token for token in tokens if not _inside(token, box)), *made]
