"""Fillable PDFs, written from nothing: lines, text with the fonts inside, and fields to type into (ISO 32000-1 §12.7).

Typst sets official documents but has no form fields, and no library of ours writes them with Chinese fonts.
"""

import hashlib
import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from jucai.notices.fonts import TEMPLATES, MissingGlyphsError

A4 = (595.28, 841.89)
"""Width and height in points."""

_REQUIRED, _MULTILINE, _COMBO = 1 << 1, 1 << 12, 1 << 17
_PRINTED = 4  # an annotation that is printed with its page


WidgetKind = Literal["line", "lines", "choice", "tick"]


@dataclass(frozen=True, slots=True)
class Run:
    """One line of text: its left end and baseline in points from the lower left corner."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    grey: float = 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with a thin border; `fill` is the grey inside it, None for none."""

    x: float
    y: float
    width: float
    height: float
    fill: float | None = None


@dataclass(frozen=True, slots=True)
class Widget:
    """A field to fill in: its name, what a reader aloud says, and for a choice its options."""

    name: str
    spoken: str
    kind: WidgetKind
    x: float
    y: float
    width: float
    height: float
    options: tuple[str, ...] = ()
    required: bool = False


@dataclass(slots=True)
class Sheet:
    """What stands on one page."""

    boxes: list[Box] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    widgets: list[Widget] = field(default_factory=list)


class Face:
    """One font: how wide its characters are, and the piece of it that a document needs."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _glyphs(self) -> Mapping[int, str]:
        return self._font.getBestCmap() or {}

    @cached_property
    def _font(self) -> TTFont:
        return TTFont(self._path, lazy=True)

    def width(self, text: str, size: float) -> float:
        """The width of a line in points."""
        metrics = self._font["hmtx"]
        units: int = sum(metrics[self._glyphs[ord(ch)]][0] for ch in text if ord(ch) in self._glyphs)
        return units * size / 1000

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters that the font cannot write."""
        return tuple(ch for ch in dict.fromkeys(text) if ord(ch) not in self._glyphs)

    def wrapped(self, text: str, size: float, room: float) -> list[str]:
        """The text in lines no wider than `room` points; a line never begins with a closing mark."""
        lines, line = [], ""
        for ch in text:
            if line and ch not in _CLOSING and self.width(line + ch, size) > room:
                lines.append(line)
                line = ""
            line += ch
        return [*lines, line] if line else lines

    def piece(self, text: str) -> "Piece":
        """The font cut down to the characters of `text`."""
        options = Options(layout_features=[], name_IDs=[])
        with TTFont(self._path, recalcBBoxes=False, lazy=True) as font:
            glyphs = font.getBestCmap() or {}
            cutter = Subsetter(options)
            cutter.populate(text=text)
            cutter.subset(font)
            top = font["CFF "].cff.topDictIndex[0]
            codes = {ch: int(glyphs[ord(ch)].removeprefix("cid")) for ch in sorted(set(text)) if ord(ch) in glyphs}
            widths = {codes[ch]: int(font["hmtx"][glyphs[ord(ch)]][0]) for ch in codes}
            program = io.BytesIO()
            font["CFF "].cff.compile(program, font)
            registry, ordering, supplement = top.ROS
            return Piece(self._path.stem, program.getvalue(), codes, widths, (registry, ordering, supplement))


_CLOSING = frozenset("，。；：、）》”」！？,.;:)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A font cut down: its program, the code of each character, widths by code, and the character collection."""

    name: str
    program: bytes
    codes: Mapping[str, int]
    widths: Mapping[int, int]
    collection: tuple[str, str, int]

    def encoded(self, text: str) -> bytes:
        """The text as a hexadecimal string of two-byte codes."""
        return b"<" + "".join(f"{self.codes[ch]:04x}" for ch in text).encode() + b">"


BODY = Face(TEMPLATES / "fonts" / "FandolFang-Regular.otf")
BOLD = Face(TEMPLATES / "fonts" / "FandolHei-Regular.otf")


def write_fillable(sheets: Sequence[Sheet], title: str) -> bytes:
    """The PDF of these pages; the same pages give the same bytes.

    Raises:
        MissingGlyphsError: a printed character that the fonts cannot write.
    """
    words = {bold: "".join(run.text for s in sheets for run in s.runs if run.bold is bold) for bold in (False, True)}
    missing = dict.fromkeys((*BODY.missing(words[False]), *BOLD.missing(words[True])))
    if missing:
        raise MissingGlyphsError(tuple(missing))
    return _Writer(BODY.piece(words[False]), BOLD.piece(words[True])).document(sheets, title)


class _Writer:
    """Numbers objects and writes them."""

    def __init__(self, body: Piece, bold: Piece) -> None:
        self._objects: list[bytes] = []
        self._pieces = {False: body, True: bold}

    def document(self, sheets: Sequence[Sheet], title: str) -> bytes:
        fonts = b"<< /B %s /H %s >>" % (self._font(self._pieces[False]), self._font(self._pieces[True]))
        typed = self._typed_font()
        dingbats = self._add(b"<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>")
        marks = self._marks(dingbats)
        tree = self._reserve()
        kids, fields = [], []
        for sheet in sheets:
            content = self._stream(self._content(sheet))
            page = self._reserve()
            widgets = [self._widget(widget, page, marks) for widget in sheet.widgets]
            fields += widgets
            self._fill(
                page,
                b"<< /Type /Page /Parent %s /MediaBox [0 0 %.2f %.2f] /Resources << /Font %s >> /Contents %s"
                b" /Annots [%s] /Tabs /R >>" % (tree, *A4, fonts, content, b" ".join(widgets)),
            )
            kids.append(page)
        self._fill(tree, b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids)))
        form = self._add(
            b"<< /Fields [%s] /NeedAppearances true /DA (/F 10 Tf 0 g) /DR << /Font << /F %s /ZaDb %s >> >> >>"
            % (b" ".join(fields), typed, dingbats)
        )
        root = self._add(
            b"<< /Type /Catalog /Pages %s /AcroForm %s /Lang (zh-CN) /ViewerPreferences << /DisplayDocTitle true >> >>"
            % (tree, form)
        )
        info = self._add(b"<< /Title %s /Producer (jucai) >>" % _text(title))
        return self._file(root, info)

    def _font(self, piece: Piece) -> bytes:
        program = self._stream(piece.program, b"/Subtype /CIDFontType0C ")
        name = f"/JUCAI+{piece.name}".encode()
        descriptor = self._add(
            b"<< /Type /FontDescriptor /FontName %s /Flags 4 /FontBBox [-100 -200 1100 950] /ItalicAngle 0"
            b" /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 /FontFile3 %s >>" % (name, program)
        )
        widths = b" ".join(b"%d [%d]" % item for item in sorted(piece.widths.items()))
        registry, ordering, supplement = piece.collection
        cid = self._add(
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont %s /CIDSystemInfo << /Registry (%s) /Ordering (%s)"
            b" /Supplement %d >> /FontDescriptor %s /DW 1000 /W [%s] >>"
            % (name, registry.encode(), ordering.encode(), supplement, descriptor, widths)
        )
        unicode = self._stream(_to_unicode(piece.codes))
        return self._add(
            b"<< /Type /Font /Subtype /Type0 /BaseFont %s /Encoding /Identity-H /DescendantFonts [%s] /ToUnicode %s >>"
            % (name, cid, unicode)
        )

    def _typed_font(self) -> bytes:
        """What people type is shown in the viewer's own Song font: nobody knows yet which characters it will be."""
        descriptor = self._add(
            b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
            b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
        )
        cid = self._add(
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe)"
            b" /Ordering (GB1) /Supplement 4 >> /FontDescriptor %s /DW 1000 /W [1 95 500] >>" % descriptor
        )
        return self._add(
            b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [%s] >>"
            % cid
        )

    def _marks(self, dingbats: bytes) -> bytes:
        """The two faces of a box to tick."""
        head = b"/Type /XObject /Subtype /Form /BBox [0 0 10 10] /Resources << /Font << /ZaDb %s >> >> " % dingbats
        on = self._stream(b"q BT /ZaDb 10 Tf 1 1.5 Td (4) Tj ET Q", head)
        off = self._stream(b"q Q", head)
        return b"<< /N << /Yes %s /Off %s >> >>" % (on, off)

    def _content(self, sheet: Sheet) -> bytes:
        parts = [b"0.6 w"]
        for box in sheet.boxes:
            shape = b"%.2f %.2f %.2f %.2f re" % (box.x, box.y, box.width, box.height)
            parts.append(b"0 G " + shape + b" S" if box.fill is None else b"%.2f g 0 G " % box.fill + shape + b" B")
        for run in sheet.runs:
            shown = self._pieces[run.bold].encoded(run.text)
            face = b"H" if run.bold else b"B"
            parts.append(
                b"BT %.2f g /%s %.1f Tf %.2f %.2f Td %s Tj ET" % (run.grey, face, run.size, run.x, run.y, shown)
            )
        return b"\n".join(parts)

    def _widget(self, widget: Widget, page: bytes, marks: bytes) -> bytes:
        flags = (_REQUIRED if widget.required else 0) | {"lines": _MULTILINE, "choice": _COMBO}.get(widget.kind, 0)
        head = b"<< /Type /Annot /Subtype /Widget /F %d /P %s /Rect [%.2f %.2f %.2f %.2f] /T %s /TU %s /Ff %d" % (
            _PRINTED,
            page,
            widget.x,
            widget.y,
            widget.x + widget.width,
            widget.y + widget.height,
            _text(widget.name),
            _text(widget.spoken),
            flags,
        )
        if widget.kind == "tick":
            kind = b" /FT /Btn /MK << /CA (4) /BC [0] >> /BS << /W 0.6 >> /AS /Off /V /Off /AP %s" % marks
        elif widget.kind == "choice":
            options = b" ".join(map(_text, ("", *widget.options)))
            kind = b" /FT /Ch /Opt [%s] /V () /DA (/F 10 Tf 0 g)" % options
        else:
            kind = b" /FT /Tx /V () /DA (/F 10 Tf 0 g)"
        return self._add(head + kind + b" >>")

    def _add(self, body: bytes) -> bytes:
        self._objects.append(body)
        return b"%d 0 R" % len(self._objects)

    def _reserve(self) -> bytes:
        return self._add(b"")

    def _fill(self, reference: bytes, body: bytes) -> None:
        self._objects[int(reference.split()[0]) - 1] = body

    def _stream(self, data: bytes, head: bytes = b"") -> bytes:
        packed = zlib.compress(data, 9)
        head += b"/Filter /FlateDecode "
        return self._add(b"<< %s/Length %d >>\nstream\n%s\nendstream" % (head, len(packed), packed))

    def _file(self, root: bytes, info: bytes) -> bytes:
        out = bytearray(b"%PDF-1.6\n%\xe8\x81\x9a\xe6\x89\x8d\n")
        offsets = []
        for number, body in enumerate(self._objects, start=1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
        out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        mark = hashlib.sha256(bytes(out)).hexdigest()[:32].encode()
        out += b"trailer\n<< /Size %d /Root %s /Info %s /ID [<%s> <%s>] >>\nstartxref\n%d\n%%%%EOF\n" % (
            len(offsets) + 1, root, info, mark, mark, start,
        )  # fmt: skip
        return bytes(out)


def _text(value: str) -> bytes:
    """A PDF text string: UTF-16 with its mark, in hexadecimal digits."""
    return b"<feff" + value.encode("utf-16-be").hex().encode() + b">"


def _to_unicode(codes: Mapping[str, int]) -> bytes:
    """The map from codes back to characters, so that text can be searched, copied and read again."""
    lines = [f"<{code:04x}> <{ch.encode('utf-16-be').hex()}>" for ch, code in sorted(codes.items(), key=lambda i: i[1])]
    blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /JucaiUnicode def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{body}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()
