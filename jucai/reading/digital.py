"""Born-digital pages: what a content stream paints, made upright and reduced to what a person can see."""

from typing import Any

from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.utils import apply_matrix_rect
from pdfplumber.pdf import PDF

from jucai.reading.entries import frame_entries
from jucai.reading.fonts import FontShelf
from jucai.reading.interpreter import Interpreter
from jucai.reading.lexing import QuickDocument, quicken
from jucai.reading.limits import DEFAULT, Limits
from jucai.reading.page import Page, Rule, Token
from jucai.reading.painting import Fill, Glyph, Painting, Recorder, brightness
from jucai.reading.refusals import TooComplex
from jucai.reading.sketches import LARGEST, split_rules
from jucai.reading.widgets import drawn_notes, entry_boxes, widget_tokens
from models.readings import Box

SMALLEST = 3.0
"""Text below this many points is not meant to be read."""
CONTRAST = 0.12
PICTURE_SHARE = 0.8
"""A page covered this far by pictures is a picture; its text layer is a hint."""
_PICTURE_ALONE, _FEW_GLYPHS = 0.2, 40
"""A smaller picture is the page if hardly anything is written beside it."""
_MANY_FILLS = 600
_FEW_BLANKS = 40
_MANY_SHAPES = 150
_SHADED, _BAR_WIDE, _BAR_HIGH = 0.985, 0.35, 60.0
_CARD_NARROW, _CARD_WIDE = 0.25, 0.6
_COARSE = 3.0
_RGB = 3


def open_document(stream: Any) -> PDF:
    """Open a PDF with fonts that know whether they can be trusted."""
    quicken()
    document = PDF.open(stream, raise_unicode_errors=False)
    document.rsrcmgr = FontShelf()
    document.doc.__class__ = QuickDocument
    return document


def borrowed_faces(document: PDF) -> set[int]:
    """Return the painted glyphs whose fonts are not in the file: what they look like is up to the viewer."""
    shelf = document.rsrcmgr
    assert isinstance(shelf, FontShelf)
    return shelf.borrowed


def hidden_layers(document: PDF) -> frozenset[int]:
    """Return the object numbers of optional content that is switched off when the file opens."""
    properties = resolve1(document.doc.catalog.get("OCProperties"))
    if not isinstance(properties, dict):
        return frozenset()
    default = resolve1(properties.get("D"))
    default = default if isinstance(default, dict) else {}
    off = resolve1(default.get("OFF")) or []
    if getattr(resolve1(default.get("BaseState")), "name", "") == "OFF":
        on = {ref.objid for ref in resolve1(default.get("ON")) or [] if isinstance(ref, PDFObjRef)}
        off = [ref for ref in resolve1(properties.get("OCGs")) or [] if getattr(ref, "objid", None) not in on]
    return frozenset(ref.objid for ref in off if isinstance(ref, PDFObjRef))


def paint(document: PDF, page: Any, layers: frozenset[int], limits: Limits = DEFAULT) -> Painting:
    """Run a page's content and return all it paints.

    Raises:
        TooComplex: a limit was reached.
    """
    shelf = document.rsrcmgr
    assert isinstance(shelf, FontShelf)
    recorder = Recorder(shelf, limits)
    interpreter = Interpreter(shelf, recorder)
    interpreter.hidden_layers = layers
    try:
        interpreter.process_page(page.page_obj)
    except RecursionError as error:
        raise TooComplex from error
    return recorder.painting


def read_page(document: PDF, page: Any, layers: frozenset[int], limits: Limits = DEFAULT) -> Page:
    """Return one page, upright, with only its visible text.

    Pages that are pictures, or whose fonts do not tell their characters, come back with `picture` set.
    """
    painting = paint(document, page, layers, limits)
    x0, bottom, x1, top = _crop(page.page_obj)
    wide, high = x1 - x0, top - bottom
    painting.shift(-x0, -bottom)
    turned = _turned(painting.glyphs)
    sheet = Page(
        page.page_number,
        high if turned in {90, 270} else wide,
        wide if turned in {90, 270} else high,
        turned=turned,
    )
    place = _Placer(wide, high, turned)
    seen, hidden = _visible(painting, turned, wide, high)
    sheet.hidden = len(hidden)
    covered = sum(_area(box, wide, high) for box in painting.pictures) / max(wide * high, 1)
    untrusted = sum(1 for glyph in seen if not glyph.trusted)
    sheet.garbled = untrusted > max(2, len(seen) * 0.01)
    # Text turned into outlines is drawn like a picture, and read like one.
    outlined = len(painting.shapes) > _MANY_SHAPES > len(seen)
    bare = covered >= _PICTURE_ALONE and len(seen) < _FEW_GLYPHS
    sheet.picture = covered >= PICTURE_SHARE or sheet.garbled or outlined or bare
    tokens = [_token(glyph, place) for glyph in (seen + hidden if sheet.picture else seen)]
    matrix = _matrix(page.page_obj)
    filled = list(widget_tokens(page, lambda box: place.box(_moved(apply_matrix_rect(matrix, box), -x0, -bottom))))
    tokens += filled
    if sheet.picture:
        sheet.hints = tokens
    else:
        sheet.tokens = tokens
        read = {glyph.order for glyph in seen}
        unread = [glyph for glyph in painting.glyphs if glyph.order not in read and glyph.text.strip()]
        sheet.clutter = [place.box(glyph.box) for glyph in unread]
        sheet.covered = [place.box(glyph.box) for glyph in hidden if glyph.visible and glyph.size >= SMALLEST]
        sheet.voids = [_token(glyph, place) for glyph in _blank(painting, turned, wide, high)]
        rules, sketches = split_rules(painting.segments)
        for segment in (*rules, *_bands(painting.fills, wide)):
            _rule(sheet, place.box(segment))
        entries = [_moved(apply_matrix_rect(matrix, box), -x0, -bottom) for box in entry_boxes(page)]
        frame_entries(sheet, [place.box(box) for box in entries])
        icons = [box for box in painting.pictures if max(_sides(box)) <= LARGEST]
        notes = [_moved(apply_matrix_rect(matrix, box), -x0, -bottom) for box in drawn_notes(page)]
        sheet.sketches = [place.box(box) for box in (*sketches, *painting.shapes, *icons, *notes)]
    return sheet


def _bands(fills: list[Fill], wide: float) -> list[Box]:
    """Return the upper and lower edges of shaded bars: they divide rows where no rule is drawn."""
    edges: list[Box] = []
    for fill in fills:
        x0, y0, x1, y1 = fill.box
        shaded = fill.colour is not None and brightness(fill.colour) < _SHADED
        if shaded and y1 - y0 >= _BAR_HIGH and _CARD_NARROW < (x1 - x0) / wide < _CARD_WIDE:
            # A card: what stands on it belongs together.
            edges += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
        if shaded and x1 - x0 > wide * _BAR_WIDE and _COARSE * 2 < y1 - y0 < _BAR_HIGH:
            edges += [(x0, y0, x1, y0), (x0, y1, x1, y1)]
    return edges


Matrix = tuple[float, float, float, float, float, float]


def _matrix(page: Any) -> Matrix:
    """Return the matrix with which pdfminer brings a page into device space: /Rotate and origin."""
    x0, y0, x1, y1 = page.mediabox
    turned: dict[int, Matrix] = {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }
    return turned.get(page.rotate, (1, 0, 0, 1, -x0, -y0))


def _crop(page: Any) -> Box:
    """Return the visible part of a page in device space: its crop box within its media box."""
    media = apply_matrix_rect(_matrix(page), page.mediabox)
    crop = apply_matrix_rect(_matrix(page), page.cropbox)
    x0, y0 = max(media[0], crop[0]), max(media[1], crop[1])
    x1, y1 = min(media[2], crop[2]), min(media[3], crop[3])
    return (x0, y0, x1, y1) if x1 - x0 > 1 and y1 - y0 > 1 else media


def _moved(box: Box, right: float, up: float) -> Box:
    return box[0] + right, box[1] + up, box[2] + right, box[3] + up


class _Placer:
    """Turns boxes of device space (y upwards) into boxes of the upright page (y downwards)."""

    def __init__(self, wide: float, high: float, turned: int) -> None:
        self.wide, self.high, self.turned = wide, high, turned

    def box(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        x0, top, x1, bottom = box[0], self.high - box[3], box[2], self.high - box[1]
        if self.turned == 90:  # noqa: PLR2004 - a quarter of a circle
            return self.high - bottom, x0, self.high - top, x1
        if self.turned == 180:  # noqa: PLR2004 - as above
            return self.wide - x1, self.high - bottom, self.wide - x0, self.high - top
        if self.turned == 270:  # noqa: PLR2004 - as above
            return top, self.wide - x1, bottom, self.wide - x0
        return x0, top, x1, bottom


def _direction(glyph: Glyph) -> int:
    """Return how far a glyph must be turned clockwise to stand upright; -1 if it is aslant."""
    right, up = glyph.direction
    if abs(up) < abs(right) * 0.1:
        return 0 if right > 0 else 180
    if abs(right) < abs(up) * 0.1:
        return 90 if up > 0 else 270
    return -1


def _turned(glyphs: list[Glyph]) -> int:
    votes = {0: 0, 90: 0, 180: 0, 270: 0}
    for glyph in glyphs:
        direction = _direction(glyph)
        if direction >= 0 and glyph.visible:
            votes[direction] += 1
    return max(votes, key=lambda angle: votes[angle])


def _visible(painting: Painting, turned: int, wide: float, high: float) -> tuple[list[Glyph], list[Glyph]]:
    """Split glyphs into those a person sees and those that are hidden; slanted ones (watermarks) are dropped."""
    fills = [fill for fill in painting.fills if min(_sides(fill.box)) > _COARSE]
    if len(fills) > _MANY_FILLS:
        raise TooComplex
    seen: list[Glyph] = []
    hidden: list[Glyph] = []
    for glyph in painting.glyphs:
        if not glyph.text.strip() or _direction(glyph) != turned:
            continue
        x, y = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
        on_page = 0 <= x <= wide and 0 <= y <= high
        if glyph.visible and on_page and glyph.size >= SMALLEST and _stands_out(glyph, fills, x, y):
            seen.append(glyph)
        else:
            hidden.append(glyph)
    return seen, hidden


def _blank(painting: Painting, turned: int, wide: float, high: float) -> list[Glyph]:
    """Return visible glyphs that are said to be blank, a few of each."""
    found: dict[int, list[Glyph]] = {}
    for glyph in painting.glyphs:
        if glyph.visible and not glyph.text.strip() and glyph.size >= SMALLEST and _direction(glyph) == turned:
            same = found.setdefault(glyph.face, [])
            x, y = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
            if len(same) < _FEW_BLANKS and 0 <= x <= wide and 0 <= y <= high:
                same.append(glyph)
    return [glyph for same in found.values() for glyph in same]


def _stands_out(glyph: Glyph, fills: list[Fill], x: float, y: float) -> bool:
    ground: tuple[float, ...] = (1.0,)
    for fill in fills:
        x0, y0, x1, y1 = fill.box
        if x0 <= x <= x1 and y0 <= y <= y1:
            if fill.order > glyph.order:
                return False
            ground = fill.colour or (0.5,)
    if len(ground) == len(glyph.colour) and len(ground) == _RGB:
        return max(abs(a - b) for a, b in zip(ground, glyph.colour, strict=True)) > CONTRAST
    return abs(brightness(ground) - brightness(glyph.colour)) > CONTRAST


def _sides(box: tuple[float, float, float, float]) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _area(box: tuple[float, float, float, float], wide: float, high: float) -> float:
    return max(0.0, min(box[2], wide) - max(box[0], 0)) * max(0.0, min(box[3], high) - max(box[1], 0))


def _token(glyph: Glyph, place: _Placer) -> Token:
    return Token(glyph.text, *place.box(glyph.box), string=glyph.string, face=glyph.face)


def _rule(sheet: Page, box: tuple[float, float, float, float]) -> None:
    x0, top, x1, bottom = box
    if x1 - x0 >= bottom - top:
        if x1 - x0 > 1:
            sheet.horizontal.append(Rule((top + bottom) / 2, x0, x1))
    elif bottom - top > 1:
        sheet.vertical.append(Rule((x0 + x1) / 2, top, bottom))
