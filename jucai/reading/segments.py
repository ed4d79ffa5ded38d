"""Pieces of a line: cut where the gap is wide, put together where a label was spaced out."""

from collections.abc import Sequence

from jucai.reading.cells import Line, to_line
from jucai.reading.page import Token
from jucai.reading.text import fold
from jucai.reading.vocabulary import vocabulary

_SEGMENT_GAP = 1.05
_NARROW_GAP = 0.45
_COLUMN_GAP, _TOUCH = 0.2, 0.6
_SPACED = 6
_FEW = 2
_LABEL_MOST = 24
_BULLETS = set("■□●◆▲※★►▶•·")


def segments(line: Line, cuts: Sequence[float] = ()) -> list[Line]:
    """Split a line where the gap is wider than a character, or where a label ends before a narrower gap.

    A label whose characters stand far apart (姓　　名) is put together again. `cuts` are edges of columns: no piece
    of text goes on across one of them, unless it runs there without a gap.
    """
    if cuts:
        parts = cut(line, cuts)
        if len(parts) > 1:
            return [piece for part in parts for piece in segments(part)]
    groups: list[list[Token]] = [[line.tokens[0]]]
    for before, token in zip(line.tokens, line.tokens[1:], strict=False):
        if before.framed or token.framed or token.x0 - before.x1 > max(before.height, token.height) * _SEGMENT_GAP:
            groups.append([])
        groups[-1].append(token)
    pieces = [to_line(part) for group in _spaced(_rejoined(groups)) for part in _after_label(group)]
    return pieces or [line]


def cut(line: Line, cuts: Sequence[float]) -> list[Line]:
    """Cut a line at the edges of columns that lie in a gap of it."""
    groups: list[list[Token]] = [[line.tokens[0]]]
    for before, token in zip(line.tokens, line.tokens[1:], strict=False):
        if token.x0 - before.x1 > max(before.height, token.height) * _COLUMN_GAP and any(
            before.x1 - _TOUCH < at < token.x0 + _TOUCH for at in cuts
        ):
            groups.append([])
        groups[-1].append(token)
    return [to_line(group) for group in groups] if len(groups) > 1 else [line]


def _rejoined(groups: list[list[Token]]) -> list[list[Token]]:
    """Join neighbouring single characters that make a label."""
    words = vocabulary()
    joined: list[list[Token]] = []
    index = 0
    while index < len(groups):
        size = 1
        if len(groups) > 1 and _short(groups[index]):
            for end in range(min(len(groups), index + _SPACED), index + 1, -1):
                run = groups[index:end]
                apart = all(words.knows(fold("".join(t.text for t in group))) for group in run)
                if (
                    all(map(_short, run))
                    and not apart
                    and words.knows(fold("".join(t.text for group in run for t in group)))
                ):
                    size = end - index
                    break
        joined.append([token for group in groups[index : index + size] for token in group])
        index += size
    return joined


def _spaced(groups: list[list[Token]]) -> list[list[Token]]:
    """Join single characters with the piece that ends their label and goes on with its value: 姓　　名：闻人杰."""
    words = vocabulary()
    joined: list[list[Token]] = []
    index = 0
    while index < len(groups):
        size = 1
        text = ""
        for end in range(index, min(len(groups), index + _SPACED)):
            piece = fold("".join(token.text for token in groups[end]))
            head, colon, _ = piece.partition(":")
            if end > index and colon and len(head) == 1 and words.knows(text + head):
                size = end + 1 - index
            if len(piece) > 1 or not "\u4e00" <= piece <= "\u9fff":
                break
            text += piece
        joined.append([token for group in groups[index : index + size] for token in group])
        index += size
    return joined


def _short(group: list[Token]) -> bool:
    return len(fold("".join(token.text for token in group)).rstrip(":")) <= _FEW


def _after_label(group: list[Token]) -> list[list[Token]]:
    """Cut once more behind a label that a narrower gap parts from its value."""
    words = vocabulary()
    for index in range(1, min(len(group), _LABEL_MOST)):
        before, token = group[index - 1], group[index]
        if token.x0 - before.x1 > max(before.height, token.height) * _NARROW_GAP:
            head = "".join(t.text for t in group[:index])
            tail = "".join(t.text for t in group[index:])
            if len(fold(head)) >= _FEW and words.knows(head) and not words.knows(head + tail):
                return [group[:index], *_after_label(group[index:])]
            if len(fold(tail)) >= _FEW and words.lists(tail) and not words.knows(head + tail):
                # 元/月 月数: the label of the next box right behind the unit of the one before.
                return [group[:index], group[index:]]
    return [group]


def without_bullet(pieces: list[Line]) -> list[Line]:
    """Leave out the mark that a heading or a label begins with, which a gap parts from it."""
    if len(pieces) == _FEW and fold(pieces[0].text) in _BULLETS and vocabulary().knows(pieces[1].text):
        return pieces[1:]
    return pieces
