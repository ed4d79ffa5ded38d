"""Cells of a form and the lines of text in them: what every later step works on, whatever the source."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from jucai.reading.page import Token
from models.readings import Box

_SPACE_GAP = 0.28
_SAME_LINE = 0.5


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text with its box; `tokens` from left to right."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    tokens: tuple[Token, ...]


@dataclass(slots=True, eq=False)
class Cell:
    """A box of the grid: rows `r0` to `r1` and columns `c0` to `c1` (exclusive), edges in points.

    `ruled` is false for boxes inferred from white space. `joined` is what a page break cut off from a label;
    `parted` says that the box was cut from a wider one where its text leaves room, `cuts` where the rules above and
    below it meet: edges of columns.
    """

    page: int
    r0: int
    c0: int
    r1: int
    c1: int
    x0: float
    top: float
    x1: float
    bottom: float
    ruled: bool = True
    tokens: list[Token] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    joined: str | None = None
    parted: bool = False
    cuts: tuple[float, ...] = ()

    @property
    def text(self) -> str:
        """All text, lines joined without a break."""
        return "".join(line.text for line in self.lines)

    @property
    def label(self) -> str:
        """The text as a label, completed across a page break."""
        return self.joined if self.joined is not None else self.text

    @property
    def blank(self) -> bool:
        """Whether nothing stands in the box."""
        return not self.lines

    @property
    def box(self) -> Box:
        """The edges: left, top, right, bottom."""
        return self.x0, self.top, self.x1, self.bottom

    @property
    def sources(self) -> set[str]:
        """Where the text came from: text, widget, ocr."""
        return {token.source for line in self.lines for token in line.tokens}

    def settle(self) -> None:
        """Put the tokens into lines."""
        self.lines = to_lines(self.tokens)

    def ink(self) -> Box:
        """Return the box around the text, or the edges if blank."""
        if not self.lines:
            return self.box
        return (
            min(line.x0 for line in self.lines),
            min(line.top for line in self.lines),
            max(line.x1 for line in self.lines),
            max(line.bottom for line in self.lines),
        )


def to_lines(tokens: Iterable[Token]) -> list[Line]:
    """Group tokens into lines, top to bottom, and join each from left to right."""
    rows: list[list[Token]] = []
    middles = tallest = 0.0
    for middle, token in sorted(((t.top + t.bottom, t) for t in tokens), key=lambda pair: pair[0]):
        height = token.height
        if rows and abs(middle - middles / len(rows[-1])) / 2 < max(tallest, height) * _SAME_LINE:
            rows[-1].append(token)
            middles += middle
            tallest = max(tallest, height)
        else:
            rows.append([token])
            middles, tallest = middle, height
    return [to_line(row) for row in rows]


def to_line(row: list[Token]) -> Line:
    """Join tokens of one line; a gap becomes a space."""
    ordered = sorted(row, key=lambda t: t.x0)
    parts = [ordered[0].text]
    for before, token in pairwise(ordered):
        if token.x0 - before.x1 > max(before.height, token.height) * _SPACE_GAP:
            parts.append(" ")
        parts.append(token.text)
    return Line(
        "".join(parts),
        ordered[0].x0,
        min(t.top for t in ordered),
        max(t.x1 for t in ordered),
        max(t.bottom for t in ordered),
        tuple(ordered),
    )
