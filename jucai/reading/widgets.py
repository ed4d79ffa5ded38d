"""What people filled into a fillable PDF, or typed onto it with a viewer: placed where it shows."""

from collections.abc import Iterator
from typing import Any

from pdfminer.pdftypes import dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import PDFDocEncoding

from jucai.reading.page import Token
from jucai.reading.text import repair_glyph
from models.readings import Box

_ASCII = 0x80
_PUNCTUATION = range(0x80, 0x93)
"""Dashes, dots and quotation marks of PDFDocEncoding."""
_HIDDEN = 1 << 1 | 1 << 5
_PUSH_BUTTON = 1 << 16
_MOST = 3_000
_LINE = 12.0
_EDGES = 4
_PENS = {"Ink", "Stamp", "Square", "Circle", "Line", "PolyLine", "Polygon"}


def widget_tokens(page: Any, place: Any) -> Iterator[Token]:
    """Yield the values of a page's widgets and typed notes; `place` turns a PDF box into a page box.

    Values stand in the field or in its parents, whether or not an appearance was drawn; check boxes and
    radio buttons become ☑ or □ where they are.
    """
    annotations = list_value(page.page_obj.annots) if page.page_obj.annots else []
    for reference in annotations[:_MOST]:
        widget = resolve1(reference)
        if not isinstance(widget, dict) or _flags(widget.get("F")) & _HIDDEN:
            continue
        rect = _rect(widget)
        if rect is None:
            continue
        text, small = _shown(widget)
        if text.strip():
            yield from _lines(text, place(rect), small=small)


def entry_boxes(page: Any) -> Iterator[Box]:
    """Yield the boxes (PDF space) of the fields of a page that take text or offer a list."""
    annotations = list_value(page.page_obj.annots) if page.page_obj.annots else []
    for reference in annotations[:_MOST]:
        widget = resolve1(reference)
        if not isinstance(widget, dict) or _name(widget.get("Subtype")) != "Widget" or is_hidden(widget):
            continue
        if _name(_inherited(widget, "FT")) in {"Tx", "Ch"} and (box := _rect(widget)) is not None:
            yield box


def drawn_notes(page: Any) -> Iterator[Box]:
    """Yield the boxes (PDF space) of what was drawn on a page with a viewer's pen, stamp or shape tool."""
    annotations = list_value(page.page_obj.annots) if page.page_obj.annots else []
    for reference in annotations[:_MOST]:
        note = resolve1(reference)
        if not isinstance(note, dict) or _flags(note.get("F")) & _HIDDEN:
            continue
        if _name(note.get("Subtype")) in _PENS and (box := _rect(note)) is not None:
            yield box


def is_hidden(widget: dict[str, Any]) -> bool:
    """Whether a field or note is not shown."""
    return bool(_flags(widget.get("F")) & _HIDDEN)


def widget_name(widget: dict[str, Any]) -> str:
    """The name of a field, by which its own form knows it; empty if it has none."""
    return _decode(_inherited(widget, "T")) if _name(widget.get("Subtype")) == "Widget" else ""


def widget_text(widget: dict[str, Any]) -> str:
    """What was filled into a field: its lines, the option chosen, ☑ or □."""
    return _shown(widget)[0]


def widget_rect(widget: dict[str, Any]) -> Box | None:
    """Where a field is, in the page's own space; None if it says nothing usable."""
    return _rect(widget)


def _rect(note: dict[str, Any]) -> Box | None:
    """Return the rectangle of an annotation, None if it has none."""
    rect = resolve1(note.get("Rect"))
    if not isinstance(rect, list) or len(rect) != _EDGES:
        return None
    try:
        left, low, right, high = (float(resolve1(edge)) for edge in rect)
    except (TypeError, ValueError):
        return None
    return min(left, right), min(low, high), max(left, right), max(low, high)


def _lines(text: str, box: tuple[float, float, float, float], *, small: bool) -> Iterator[Token]:
    x0, top, x1, bottom = box
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    step = (bottom - top) / max(len(lines), 1)
    for number, line in enumerate(lines):
        start = top + number * step
        height = step if small else min(step, _LINE)
        middle = start + step / 2 if len(lines) == 1 else start + height / 2
        yield Token(line.strip(), x0, middle - height / 2, x1, middle + height / 2, "widget")


def _shown(widget: dict[str, Any]) -> tuple[str, bool]:  # noqa: PLR0911 - one answer for each kind of widget
    """Return what a widget shows and whether it is a mere box to tick."""
    subtype = _name(widget.get("Subtype"))
    if subtype == "FreeText":
        return _decode(widget.get("Contents")), False
    if subtype != "Widget":
        return "", False
    kind = _name(_inherited(widget, "FT"))
    if kind == "Btn":
        if _flags(_inherited(widget, "Ff")) & _PUSH_BUTTON:
            return "", False
        state = _name(widget.get("AS")) or _name(_inherited(widget, "V"))
        return ("☑" if state not in ("", "Off") and _is_on(widget, state) else "□"), True
    value = resolve1(_inherited(widget, "V"))
    if kind == "Ch":
        return _choice(widget, value), False
    if isinstance(value, bytes | str):
        return _decode(value), False
    if hasattr(value, "get_data"):
        return _decode(value.get_data()), False
    return "", False


def _is_on(widget: dict[str, Any], state: str) -> bool:
    """Whether this button of a group is the one that is on: its own appearance knows the state."""
    if _name(widget.get("AS")):
        return True
    normal = resolve1(dict_value(widget.get("AP", {})).get("N"))
    return isinstance(normal, dict) and state in normal


def _choice(widget: dict[str, Any], value: Any) -> str:
    chosen = [_decode(item) for item in (value if isinstance(value, list) else [value]) if item is not None]
    options = resolve1(_inherited(widget, "Opt"))
    shown = {}
    for option in options if isinstance(options, list) else []:
        pair = resolve1(option)
        if isinstance(pair, list) and len(pair) > 1:
            shown[_decode(pair[0])] = _decode(pair[1])
    return "、".join(shown.get(text, text) for text in chosen)


def _inherited(widget: dict[str, Any], key: str) -> Any:
    node: Any = widget
    for _ in range(16):
        if not isinstance(node, dict):
            return None
        if key in node:
            return resolve1(node[key])
        node = resolve1(node.get("Parent"))
    return None


def _flags(value: Any) -> int:
    number = resolve1(value)
    return number if isinstance(number, int) else 0


def _name(value: Any) -> str:
    literal = resolve1(value)
    if not isinstance(literal, PSLiteral):
        return ""
    return literal.name if isinstance(literal.name, str) else literal.name.decode("utf-8", "replace")


def _decode(value: Any) -> str:
    """Return a PDF text string: UTF-16 or UTF-8 with a mark, else what Chinese programs write."""
    raw = resolve1(value)
    if isinstance(raw, str):
        text = raw
    elif not isinstance(raw, bytes):
        text = _name(raw)
    elif raw.startswith(b"\xfe\xff"):
        text = raw[2:].decode("utf-16-be", "replace")
    elif raw.startswith(b"\xff\xfe"):
        text = raw[2:].decode("utf-16-le", "replace")
    elif raw.startswith(b"\xef\xbb\xbf"):
        text = raw[3:].decode("utf-8", "replace")
    else:
        text = _bare(raw)
    return repair_glyph(text)


def _bare(raw: bytes) -> str:
    """Return text without a mark: PDFDocEncoding (ISO 32000-1, 7.9.2.2), or what Chinese programs write instead.

    A dash or quotation mark alone is PDFDocEncoding, though two of them would be a rare character of GB 18030.
    """
    if all(byte < _ASCII or byte in _PUNCTUATION for byte in raw):
        return "".join(PDFDocEncoding[byte] for byte in raw)
    for encoding in ("ascii", "utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
