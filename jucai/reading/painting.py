# ruff: noqa: ARG002 - the names and arguments of the overridden methods are pdfminer's
"""What a content stream paints: every character and line in order, with what hides it.

pdfplumber's own characters carry neither render mode nor clip nor transparency, and cost a dictionary each;
this device keeps what the reader needs, in the order of painting, and stops at the limits.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect

from jucai.reading.fonts import FontShelf
from jucai.reading.limits import DEFAULT, Limits
from jucai.reading.refusals import TooComplex
from jucai.reading.sketches import frame
from jucai.reading.text import repair_glyph
from jucai.reading.wingdings import symbol

Rect = tuple[float, float, float, float]
EVERYTHING: Rect = (-1e9, -1e9, 1e9, 1e9)
INVISIBLE_MODES = {3, 7}
NEARLY_TRANSPARENT = 0.1
OPAQUE = 0.9
_CMYK = 4


@dataclass(slots=True)
class Glyph:
    """A painted character in device space (y upwards): text, box, direction, colour, and what may hide it.

    Glyphs of one `face` are drawn by the same code of the same font; 0 where a clip cuts into one.
    """

    order: int
    text: str
    box: Rect
    direction: tuple[float, float]
    size: float
    colour: tuple[float, ...]
    visible: bool
    trusted: bool
    string: int
    face: int = 0


@dataclass(slots=True)
class Fill:
    """An opaque area painted over what was there before: box, colour (None for a picture)."""

    order: int
    box: Rect
    colour: tuple[float, ...] | None


@dataclass(slots=True)
class Painting:
    """All that was painted on a page, in order; segments are straight strokes, shapes small drawings that are none."""

    glyphs: list[Glyph] = field(default_factory=list)
    segments: list[Rect] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    pictures: list[Rect] = field(default_factory=list)
    shapes: list[Rect] = field(default_factory=list)

    def shift(self, right: float, up: float) -> None:
        """Move everything, so that the visible part of the page begins at the origin."""
        if right == 0 and up == 0:
            return
        for glyph in self.glyphs:
            glyph.box = _moved(glyph.box, right, up)
        for fill in self.fills:
            fill.box = _moved(fill.box, right, up)
        self.segments = [_moved(box, right, up) for box in self.segments]
        self.pictures = [_moved(box, right, up) for box in self.pictures]
        self.shapes = [_moved(box, right, up) for box in self.shapes]


def _moved(box: Rect, right: float, up: float) -> Rect:
    return box[0] + right, box[1] + up, box[2] + right, box[3] + up


_GREYS: dict[tuple[object, ...], tuple[float, ...]] = {
    colour: tuple(map(float, colour)) for colour in ((0,), (1,), (0, 0, 0), (1, 1, 1), (0, 0, 0, 1))
}
"""Nearly all text is black, and nearly all ground white."""


def _colour(value: object) -> tuple[float, ...]:
    if isinstance(value, tuple) and value in _GREYS:
        return _GREYS[value]
    if isinstance(value, int | float):
        return (float(value),)
    if isinstance(value, tuple | list) and all(isinstance(part, int | float) for part in value):
        return tuple(float(part) for part in value)
    return (0.5,)


def brightness(colour: tuple[float, ...]) -> float:
    """Return 0 for black to 1 for white, for grey, RGB and CMYK."""
    if len(colour) == _CMYK:
        cyan, magenta, yellow, black = colour
        return max(0.0, (1 - black) * (1 - (cyan + magenta + yellow) / 3))
    return sum(colour) / max(len(colour), 1)


class Recorder(PDFTextDevice):
    """A pdfminer device that records glyphs, straight lines, fills and pictures of one page."""

    def __init__(self, shelf: FontShelf, limits: Limits = DEFAULT) -> None:
        super().__init__(shelf)
        self.shelf = shelf
        self.painting = Painting()
        self.limits = limits
        self.clip: Rect = EVERYTHING
        self.alpha = 1.0
        self.layers_off = 0
        self._letters: dict[tuple[Any, int], tuple[str, bool, float, float, int]] = {}
        self._mode = 0
        self._order = 0
        self._string = 0
        self._depth = 0
        self._drawn = 0

    def begin_page(self, page: Any, ctm: Any) -> None:
        """Start a page."""

    def end_page(self, page: Any) -> None:
        """End a page."""

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """Enter a form XObject or a picture; refuse nests that unfold without end."""
        self._depth += 1
        self._drawn += 1
        if self._depth > self.limits.forms_deep or self._drawn > self.limits.forms_drawn:
            raise TooComplex

    def end_figure(self, name: str) -> None:
        """Leave a form XObject or a picture."""
        self._depth -= 1

    def render_image(self, name: str, stream: Any) -> None:
        """Record where a picture lies, and that it covers what is below unless it has a mask."""
        if self.ctm is None or self.layers_off:
            return
        box = intersect(apply_matrix_rect(self.ctm, (0, 0, 1, 1)), self.clip)
        self._order += 1
        self.painting.pictures.append(box)
        if not any(key in stream for key in ("SMask", "Mask", "ImageMask")) and self.alpha > OPAQUE:
            self.painting.fills.append(Fill(self._order, box, None))

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Remember the render mode for the characters of this string."""
        self._mode = textstate.render or 0
        self._string += 1
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        """Record one character and return its advance."""
        letter = self._letters.get((font, cid))
        if letter is None:
            letter = self._letters[font, cid] = self._letter(font, cid)
        text, trusted, width, low, face = letter
        advance = width * fontsize * scaling
        if font.is_vertical():
            box = apply_matrix_rect(matrix, (-fontsize / 2, rise + advance, fontsize / 2, rise))
        else:
            descent = low * fontsize + rise
            box = apply_matrix_rect(matrix, (0, descent, advance, descent + fontsize))
        self._order += 1
        glyphs = self.painting.glyphs
        if len(glyphs) >= self.limits.glyphs:
            raise TooComplex
        glyphs.append(
            Glyph(
                self._order,
                text,
                box,
                (matrix[0], matrix[1]),
                fontsize * (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5,
                _colour(graphicstate.ncolor),
                self._mode not in INVISIBLE_MODES
                and self.alpha > NEARLY_TRANSPARENT
                and abs(scaling) > _FLAT
                and not self.layers_off
                and _holds(self.clip, box),
                trusted,
                self._string,
                face if _whole(self.clip, box) else 0,
            )
        )
        return float(advance)

    def _letter(self, font: Any, code: int) -> tuple[str, bool, float, float, int]:
        """Return what a code of a font stands for, whether that can be trusted, its width and descent, and its face."""
        try:
            text = font.to_unichr(code)
        except PDFUnicodeNotDefined:
            text = "\ufffd"
        name = font.fontname if isinstance(font.fontname, str) else font.fontname.decode("latin-1")
        marker = symbol(name, text, code)
        text = marker or repair_glyph(text)
        trusted = bool(marker) or (self.shelf.trusts(font) and text != "\ufffd")
        return text, trusted, font.char_width(code), font.get_descent(), self.shelf.face(font, code)

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:  # noqa: FBT001 - pdfminer's signature
        """Record the straight segments of a path and the area it fills."""
        if self.layers_off or self.alpha <= NEARLY_TRANSPARENT or not (stroke or fill) or self.ctm is None:
            return
        self._order += 1
        subpaths: list[list[tuple[float, float]]] = []
        for step in path:
            if step[0] == "m" or not subpaths:
                subpaths.append([])
            if step[0] == "h":
                subpaths[-1] += subpaths[-1][:1]
            else:
                subpaths[-1].append(apply_matrix_pt(self.ctm, (step[-2], step[-1])))
        subpaths = [points for points in subpaths if len(points) > 1]
        boxes = [_bounds(points) for points in subpaths]
        sides = frame(boxes) if fill and not stroke else []
        if sides:
            self._frame(boxes, sides, _colour(gstate.ncolor), round_=any(map(_aslant, subpaths)))
            return
        for points in subpaths:
            self._paint_subpath(points, gstate, stroke=stroke, fill=fill)

    def _frame(self, boxes: list[Rect], sides: list[Rect], colour: tuple[float, ...], *, round_: bool) -> None:
        """Record a border drawn as a filled box with a hole: its sides, or a ring around something."""
        outer = max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
        if max(outer[2] - outer[0], outer[3] - outer[1]) < _SHAPE and brightness(colour) < _PALE and round_:
            self.painting.shapes.append(outer)
            return
        for side in sides:
            shown = intersect(side, self.clip)
            if min(side[2] - side[0], side[3] - side[1]) > 0 or shown == side:
                self._fill(shown, colour)

    def _paint_subpath(self, points: list[tuple[float, float]], gstate: Any, *, stroke: bool, fill: bool) -> None:
        if len(self.painting.segments) > self.limits.rules:
            raise TooComplex
        box = _bounds(points)
        sides = box[2] - box[0], box[3] - box[1]
        thin = min(sides) < _THIN
        drawn = (stroke and brightness(_colour(gstate.scolor)) < _PALE) or (
            fill and brightness(_colour(gstate.ncolor)) < _PALE
        )
        if drawn and not thin and max(sides) < _SHAPE and (_aslant(points) or (fill and max(sides) < _SOLID)):
            self.painting.shapes.append(box)
        if stroke and brightness(_colour(gstate.scolor)) < _PALE:
            if thin:
                self.painting.segments.append(box)
            elif not (max(sides) < _SHAPE and min(sides) < _RING and _aslant(points)):
                self._segments(points)
        if fill:
            self._fill(intersect(box, self.clip), _colour(gstate.ncolor))

    def _fill(self, shown: Rect, colour: tuple[float, ...]) -> None:
        """Record what of a filled area shows: a thin strip is a rule, also where a clip makes it thin."""
        if min(shown[2] - shown[0], shown[3] - shown[1]) >= _THIN:
            self.painting.fills.append(Fill(self._order, shown, colour))
        elif brightness(colour) < _PALE and max(shown[2] - shown[0], shown[3] - shown[1]) > 0:
            self.painting.segments.append(shown)

    def _segments(self, points: Iterable[tuple[float, float]]) -> None:
        before: tuple[float, float] | None = None
        for point in points:
            if before is not None and (abs(before[0] - point[0]) < 1 or abs(before[1] - point[1]) < 1):
                self.painting.segments.append(
                    (
                        min(before[0], point[0]),
                        min(before[1], point[1]),
                        max(before[0], point[0]),
                        max(before[1], point[1]),
                    )
                )
            before = point


_THIN = 3.0
_FLAT = 0.1
"""Text squeezed to less than a tenth of its width cannot be read."""
_BESIDE, _ABOVE = 0.12, 0.22
_PALE = 0.97
_SHAPE = 90.0
_RING = 34.0
_SOLID = 20.0


def _bounds(points: list[tuple[float, float]]) -> Rect:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _aslant(points: list[tuple[float, float]]) -> bool:
    return any(abs(a[0] - b[0]) > 1 and abs(a[1] - b[1]) > 1 for a, b in pairwise(points))


def intersect(first: Rect, second: Rect) -> Rect:
    """Return what two boxes share; where they share nothing, a box without extent."""
    x0, y0 = max(first[0], second[0]), max(first[1], second[1])
    return x0, y0, max(x0, min(first[2], second[2])), max(y0, min(first[3], second[3]))


def _holds(clip: Rect, box: Rect) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return clip[0] <= x <= clip[2] and clip[1] <= y <= clip[3]


def _whole(clip: Rect, box: Rect) -> bool:
    """Whether no more of a character can be cut off than the white around it."""
    across, down = (box[2] - box[0]) * _BESIDE, (box[3] - box[1]) * _ABOVE
    return (
        clip[0] <= box[0] + across
        and box[2] - across <= clip[2]
        and clip[1] <= box[1] + down
        and box[3] - down <= clip[3]
    )
