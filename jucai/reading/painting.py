# ruff: noqa: ARG002, N802 - the names and arguments of the overridden methods are pdfminer's
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
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, resolve1
from pdfminer.psparser import PSLiteral
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


def _colour(value: object) -> tuple[float, ...]:
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
        box = _intersect(apply_matrix_rect(self.ctm, (0, 0, 1, 1)), self.clip)
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
        advance = font.char_width(cid) * fontsize * scaling
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = "\ufffd"
        name = font.fontname if isinstance(font.fontname, str) else font.fontname.decode("latin-1")
        marker = symbol(name, text, cid)
        text = marker or repair_glyph(text)
        if font.is_vertical():
            box = apply_matrix_rect(matrix, (-fontsize / 2, rise + advance, fontsize / 2, rise))
        else:
            descent = font.get_descent() * fontsize + rise
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
                bool(marker) or (self.shelf.trusts(font) and text != "\ufffd"),
                self._string,
                self.shelf.face(font, cid) if _whole(self.clip, box) else 0,
            )
        )
        return float(advance)

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
            shown = _intersect(side, self.clip)
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
            self._fill(_intersect(box, self.clip), _colour(gstate.ncolor))

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


def _intersect(first: Rect, second: Rect) -> Rect:
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


class Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter, which also follows clips, transparency and layers that are switched off."""

    device: Recorder
    hidden_layers: frozenset[int] = frozenset()

    def __init__(self, shelf: FontShelf, device: Recorder) -> None:
        super().__init__(shelf, device)
        self._kept: list[tuple[Rect, float]] = []
        self._marks: list[bool] = []

    def subinterp(self) -> "Interpreter":
        """Return an interpreter for a nested stream that knows the same hidden layers."""
        child = super().subinterp()
        assert isinstance(child, Interpreter)
        child.hidden_layers = self.hidden_layers
        return child

    def do_Do(self, xobjid_arg: Any) -> None:
        """Draw a form or picture; clip and transparency set inside do not leak out."""
        kept = self.device.clip, self.device.alpha
        off = self._is_off(self.xobjmap.get(getattr(xobjid_arg, "name", None)))
        self.device.layers_off += off
        super().do_Do(xobjid_arg)
        self.device.layers_off -= off
        self.device.clip, self.device.alpha = kept
        self.device.set_ctm(self.ctm)

    def _is_off(self, drawn: Any) -> bool:
        """Whether a form or picture belongs to a layer that is switched off."""
        stream = resolve1(drawn)
        layer = stream.attrs.get("OC") if self.hidden_layers and isinstance(stream, PDFStream) else None
        return layer is not None and self._switched_off(layer)

    def _switched_off(self, layer: Any) -> bool:
        """Whether a layer, or all the layers a membership dictionary names, are switched off (ISO 32000-1, 8.11.2)."""
        if isinstance(layer, PDFObjRef) and layer.objid in self.hidden_layers:
            return True
        members = resolve1(layer)
        named = resolve1(members.get("OCGs")) if isinstance(members, dict) else None
        if isinstance(named, dict):
            named = [members["OCGs"]]
        refs = [ref for ref in named or [] if isinstance(ref, PDFObjRef)] if isinstance(named, list) else []
        return bool(refs) and all(ref.objid in self.hidden_layers for ref in refs)

    def do_q(self) -> None:
        """Save the graphics state."""
        super().do_q()
        self._kept.append((self.device.clip, self.device.alpha))

    def do_Q(self) -> None:
        """Restore the graphics state."""
        super().do_Q()
        if self._kept:
            self.device.clip, self.device.alpha = self._kept.pop()

    def do_W(self) -> None:
        """Clip to the box of the current path."""
        steps: list[Any] = [step for step in self.curpath if step[0] != "h"]
        points = [apply_matrix_pt(self.ctm, (step[-2], step[-1])) for step in steps]
        if points:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            self.device.clip = _intersect(self.device.clip, (min(xs), min(ys), max(xs), max(ys)))

    do_W_a = do_W  # noqa: N815 - pdfminer's name for the operator W*

    def do_gs(self, name: Any) -> None:
        """Follow the opacity an extended graphics state sets."""
        states = dict_value(self.resources.get("ExtGState", {}))
        state = resolve1(states.get(getattr(name, "name", "")))
        if not isinstance(state, dict):
            return
        if isinstance(resolve1(state.get("ca")), int | float):
            self.device.alpha = float(resolve1(state["ca"]))
        mask = resolve1(state.get("SMask"))
        if isinstance(mask, dict):
            # What a soft mask lets through is not looked into: text beneath one counts for nothing.
            self.device.alpha = 0.0
        elif mask is not None and self.device.alpha == 0.0 and "ca" not in state:
            # /SMask /None: the mask is lifted.
            self.device.alpha = 1.0

    def do_BMC(self, tag: Any) -> None:
        """Begin marked content."""
        self._marks.append(False)

    def do_BDC(self, tag: Any, props: Any) -> None:
        """Begin marked content; text of a switched-off layer is not seen."""
        off = False
        if self.hidden_layers and isinstance(tag, PSLiteral) and tag.name == "OC" and isinstance(props, PSLiteral):
            layer = dict_value(self.resources.get("Properties", {})).get(str(props.name))
            off = layer is not None and self._switched_off(layer)
        self._marks.append(off)
        self.device.layers_off += off

    def do_EMC(self) -> None:
        """End marked content."""
        if self._marks:
            self.device.layers_off -= self._marks.pop()
