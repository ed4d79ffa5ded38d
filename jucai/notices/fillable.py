"""Blank forms as fillable PDFs: printed by Typst, with form fields (AcroForm, ISO 32000-1 §12.7) laid over the boxes.

The fields are appended to Typst's file as an incremental update (§7.5.6): nothing of what it wrote is changed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jucai.notices.documents import typeset

_LEFT, _WIDTH, _TOP, _BOTTOM = 57, 482, 100, 60  # points; A4 with 20 mm on both sides
_PAGE = 842
_LABEL = 96
_ROW, _LONG = 27, 92
_LINE_LIMIT = 80  # characters a viewer lets into a line of one row
_PAGES = re.compile(rb"(?m)^(\d+) 0 obj\s*<</Type/Page/")
_TRAILER = re.compile(rb"trailer\s*<</Size (\d+)/Root (\d+) 0 R(.*?)>>\s*startxref\s*(\d+)", re.DOTALL)
_MULTILINE, _COMBO = 1 << 12, 1 << 17


class Entry(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    LONG = "long"
    CHOICE = "choice"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class BlankField:
    """One field: its key (the name in the PDF), printed label, way of filling in, and options of a choice.

    `hint` says what is wanted; it shows while the pointer rests on the field, and is not printed.
    """

    key: str
    label: str
    entry: Entry = Entry.LINE
    options: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A form: title, who issues it, whether it is a 示例, its fields in order and notes printed below."""

    title: str
    issuer: str
    sample: bool
    fields: tuple[BlankField, ...]
    notes: tuple[str, ...] = ()


class FormLayoutError(RuntimeError):
    """The typesetter wrote a file we cannot add fields to."""

    def __init__(self) -> None:
        super().__init__("空白表格未能生成：排版程序输出的 PDF 结构与预期不符，请联系维护人员。")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A field's place on its page, in points from the top left."""

    field: BlankField
    x: int
    y: int
    label_width: int
    value_width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Note:
    y: int
    text: str


def fillable_pdf(form: BlankForm, values: Mapping[str, str] | None = None) -> bytes:
    """The PDF of a form; `values` by key are filled in beforehand (a tick by any value).

    Raises MissingGlyphsError for a label the fonts cannot write, FormLayoutError if Typst's file is not as expected.
    """
    pages, end = _lay_out(form.fields)
    notes = tuple(_Note(end + 12 + number * 16, text) for number, text in enumerate(form.notes))
    printed = typeset("blank_form.typ.j2", form=form, pages=pages, notes=notes, left=_LEFT, width=_WIDTH)
    return _with_fields(printed, pages, values or {})


def _lay_out(fields: Sequence[BlankField]) -> tuple[tuple[tuple[_Cell, ...], ...], int]:
    """Two short fields a row, a long one over the whole width; returns the pages and where the last one ends."""
    pages: list[list[_Cell]] = [[]]
    y, half, column = _TOP, _WIDTH // 2, 0
    for field in fields:
        whole = field.entry in {Entry.LONG, Entry.TICK}
        height = _LONG if field.entry is Entry.LONG else _ROW
        if column and whole:
            y, column = y + _ROW, 0
        if y + height > _PAGE - _BOTTOM:
            pages.append([])
            y, column = _BOTTOM, 0
        x = _LEFT + column * half
        # What is ticked is a sentence behind its box, not a label in front of it.
        label = 0 if field.entry is Entry.TICK else _LABEL
        pages[-1].append(_Cell(field, x, y, label, (_WIDTH if whole else half) - label, height))
        column = 0 if whole else 1 - column
        if not column:
            y += height
    return tuple(tuple(page) for page in pages), y + (_ROW if column else 0)


def _with_fields(printed: bytes, pages: Sequence[Sequence[_Cell]], values: Mapping[str, str]) -> bytes:
    found = [int(number) for number in _PAGES.findall(printed)]
    trailer = _TRAILER.search(printed)
    if trailer is None or len(found) != len(pages):
        raise FormLayoutError
    size, root, rest, start = int(trailer[1]), int(trailer[2]), trailer[3], trailer[4]
    objects: dict[int, bytes] = {}
    on, off, font, descendant = size, size + 1, size + 2, size + 3
    tick = b"q 0 0 0 rg BT /ZaDb 11 Tf 2 2 Td (4) Tj ET Q"
    frame = b"<</Type/XObject/Subtype/Form/BBox[0 0 14 14]/Resources<</Font<</ZaDb %d 0 R>>>>/Length %d>>"
    dingbats = size + 4
    objects[on] = frame % (dingbats, len(tick)) + b"\nstream\n" + tick + b"\nendstream"
    objects[off] = frame % (dingbats, 0) + b"\nstream\n\nendstream"
    # A font every viewer with Chinese has by itself; what is typed cannot be embedded beforehand.
    objects[font] = (
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[%d 0 R]>>" % descendant
    )
    objects[descendant] = (
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
        b"/Supplement 2>>/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6"
        b"/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>"
    )
    objects[dingbats] = b"<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>"
    following = size + 5
    kids: list[int] = []
    for page, cells in zip(found, pages, strict=True):
        numbers = list(range(following, following + len(cells)))
        following += len(cells)
        for number, cell in zip(numbers, cells, strict=True):
            objects[number] = _widget(cell, page, values.get(cell.field.key, ""), on, off)
        objects[page] = _with_entry(_object(printed, page), b"/Annots[%s]" % _references(numbers))
        kids += numbers
    resources = b"/DR<</Font<</Song %d 0 R/ZaDb %d 0 R>>>>/DA(/Song 10.5 Tf 0 g)" % (font, dingbats)
    acroform = b"/AcroForm<</NeedAppearances true%s/Fields[%s]>>" % (resources, _references(kids))
    objects[root] = _with_entry(_object(printed, root), acroform)
    return _updated(printed, objects, b"/Root %d 0 R%s/Prev %s" % (root, rest, start), max(following, size))


def _object(data: bytes, number: int) -> bytes:
    found = re.search(rb"(?m)^%d 0 obj\s*(<<.*?>>)\s*endobj" % number, data, re.DOTALL)
    if found is None:
        raise FormLayoutError
    return found[1]


def _with_entry(dictionary: bytes, entry: bytes) -> bytes:
    return dictionary[:-2] + entry + b">>"


def _references(numbers: Sequence[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _string(text: str) -> bytes:
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def _widget(cell: _Cell, page: int, value: str, on: int, off: int) -> bytes:
    field = cell.field
    left, right = cell.x + cell.label_width + 2, cell.x + cell.label_width + cell.value_width - 2
    high, low = _PAGE - cell.y - 2, _PAGE - cell.y - cell.height + 2
    hint = f"{field.label}：{field.hint}" if field.hint else field.label
    common = b"/Type/Annot/Subtype/Widget/F 4/P %d 0 R/T%s/TU%s" % (page, _string(field.key), _string(hint))
    if field.entry is Entry.TICK:
        box = b"/Rect[%d %d %d %d]" % (left + 2, low + 5, left + 16, low + 19)
        state = b"Yes" if value else b"Off"
        looks = b"/AP<</N<</Yes %d 0 R/Off %d 0 R>>>>/MK<</BC[0]/CA(4)>>" % (on, off)
        return b"<<%s%s/FT/Btn/V/%s/AS/%s%s>>" % (common, box, state, state, looks)
    box = b"/Rect[%d %d %d %d]/DA(/Song 10.5 Tf 0 g)" % (left, low, right, high)
    filled = b"/V" + _string(value) if value else b""
    if field.entry is Entry.CHOICE:
        options = b"".join(_string(option) for option in field.options)
        return b"<<%s%s/FT/Ch/Ff %d/Opt[%s]%s>>" % (common, box, _COMBO, options, filled)
    flags = _MULTILINE if field.entry is Entry.LONG else 0
    limit = b"" if field.entry is Entry.LONG else b"/MaxLen %d" % _LINE_LIMIT
    return b"<<%s%s/FT/Tx/Ff %d%s%s>>" % (common, box, flags, limit, filled)


def _updated(printed: bytes, objects: Mapping[int, bytes], trailer: bytes, size: int) -> bytes:
    """Append new and changed objects with a cross-reference section of their own."""
    out = bytearray(printed if printed.endswith(b"\n") else printed + b"\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n"
    for number in sorted(places):
        out += b"%d 1\n%010d 00000 n \n" % (number, places[number])
    out += b"trailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, table)
    return bytes(out)
