"""One page as every source delivers it: pieces of text and ruled lines, upright, origin at the top left."""

from dataclasses import dataclass, field

from models.readings import Box


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text with its box in points: a character, a widget's value or a line read by OCR.

    `source` is text, widget, drawn or ocr; `score` is the recogniser's own opinion, 1.0 for printed text; characters
    shown by one operator have the same `string`, those drawn by the same code of the same font the same `face`.
    `contested` says that the text layer under a picture reads otherwise, or that a character is drawn as another,
    and `framed` that the text filled a box of its own.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    source: str = "text"
    score: float = 1.0
    string: int = 0
    contested: bool = False
    face: int = 0
    framed: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Height of the box in points."""
        return self.bottom - self.top

    @property
    def width(self) -> float:
        """Width of the box in points."""
        return self.x1 - self.x0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along an axis: at `at`, from `low` to `high`."""

    at: float
    low: float
    high: float


@dataclass(slots=True)
class Page:
    """What stands on one page.

    `turned` says by how many degrees the displayed page was turned clockwise so that its text stands upright;
    `width` and `height` are those of the upright page. `picture` marks a page that is an image: its text
    layer, if any, is only a hint. `back` brings points of a straightened picture to the displayed page (3 x 3
    matrix, row by row). Rules closer than `snap` points are one rule. `garbled` says that it is treated so
    because its fonts tell nothing. `sketches` are places of small drawings on a born-digital page: ticks, perhaps.
    `voids` are characters said to be blank; `clutter` is text that is not read, such as a watermark;
    `covered` are characters of which something drawn later leaves nothing to see; `entries` says that fields of a
    fillable form stand here outside of a table.
    """

    number: int
    width: float
    height: float
    tokens: list[Token] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    turned: int = 0
    picture: bool = False
    garbled: bool = False
    hidden: int = 0
    hints: list[Token] = field(default_factory=list)
    sketches: list[Box] = field(default_factory=list)
    voids: list[Token] = field(default_factory=list)
    clutter: list[Box] = field(default_factory=list)
    covered: list[Box] = field(default_factory=list)
    entries: bool = False
    back: tuple[float, ...] | None = None
    snap: float = 2.2

    def displayed(self, box: Box) -> Box:
        """Return `box` as it lies on the page that a viewer shows."""
        x0, top, x1, bottom = box
        if self.back is not None:
            corners = [_mapped(self.back, x, y) for x in (x0, x1) for y in (top, bottom)]
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            return min(xs), min(ys), max(xs), max(ys)
        if self.turned == 90:  # noqa: PLR2004 - a quarter of a circle
            return top, self.width - x1, bottom, self.width - x0
        if self.turned == 180:  # noqa: PLR2004 - as above
            return self.width - x1, self.height - bottom, self.width - x0, self.height - top
        if self.turned == 270:  # noqa: PLR2004 - as above
            return self.height - bottom, x0, self.height - top, x1
        return box


def _mapped(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f, g, h, i = matrix
    weight = g * x + h * y + i
    return (a * x + b * y + c) / weight, (d * x + e * y + f) / weight
