"""PDFs whose text is not what they draw: small fonts made of honest outlines under other names and codes."""

import io
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import typst
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from tests.reading.drawing import FONTS
from tests.reading.hostile import pdf, stream

EM = 1000
SIZE = 12
FACE = "FandolHei-Regular"


@cache
def source(face: str) -> TTFont:
    return TTFont(FONTS / f"{face}.otf")


def outline(char: str, face: str) -> tuple[RecordingPen, int]:
    """Return how a character is drawn, and how wide it is, in thousandths of an em."""
    font = source(face)
    pen = RecordingPen()
    name = font.getBestCmap().get(ord(char))
    if name is None:
        return pen, EM // 2
    font.getGlyphSet()[name].draw(pen)
    return pen, font["hmtx"][name][0]


def font_of(drawn: Mapping[str, str], *, face: str = FACE, names: Mapping[str, str] | None = None) -> bytes:
    """Return a TrueType font in which each character is drawn as another, in the order of `drawn` from glyph 1."""
    order = [".notdef", *((names or {}).get(char, f"uni{ord(char):04X}") for char in drawn)]
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(char): name for char, name in zip(drawn, order[1:], strict=True)})
    glyphs, widths = {".notdef": TTGlyphPen(None).glyph()}, {".notdef": (500, 0)}
    for name, shown in zip(order[1:], drawn.values(), strict=True):
        record, wide = outline(shown, face)
        pen = TTGlyphPen(None)
        record.replay(Cu2QuPen(pen, 1.0, reverse_direction=True))
        glyphs[name], widths[name] = pen.glyph(), (wide, 0)
    builder.setupGlyf(glyphs)
    table = builder.font["glyf"]
    widths = {name: (wide, getattr(table[name], "xMin", 0)) for name, (wide, _) in widths.items()}
    builder.setupHorizontalMetrics(widths)
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Lying", "styleName": "Regular", "psName": "Lying-Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120)
    builder.setupPost()
    target = io.BytesIO()
    builder.save(target)
    return target.getvalue()


def set_in(font: bytes, markup: str) -> bytes:
    """Return what Typst makes of `markup` with a font: cmap and ToUnicode agree, and both lie with the font."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "lying.ttf").write_bytes(font)
        return bytes(typst.compile(markup.encode(), font_paths=[folder, str(FONTS)], ignore_system_fonts=True))


def to_unicode(texts: Mapping[int, str], wide: int) -> bytes:
    """Return a ToUnicode CMap for codes of `wide` hexadecimal digits."""
    lines = "\n".join(f"<{code:0{wide}X}> <{text.encode('utf-16-be').hex()}>" for code, text in texts.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        f"1 begincodespacerange <{'0' * wide}> <{'F' * wide}> endcodespacerange\n"
        f"{len(texts)} beginbfchar\n{lines}\nendbfchar endcmap end end"
    ).encode()


def composite(said: list[str], drawn: str, *, face: str = FACE) -> bytes:
    """Return a page in a Type0 font, Identity-H: the font itself is honest, its ToUnicode says `said`."""
    font = font_of({chr(0x4E00 + i): char for i, char in enumerate(drawn)}, face=face)
    widths = " ".join(str(outline(char, face)[1]) for char in drawn)
    codes = "".join(f"{i + 1:04X}" for i in range(len(drawn)))
    return page(
        f"<{codes}> Tj",
        {
            5: b"<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Lying /Encoding /Identity-H /DescendantFonts [6 0 R]"
            b" /ToUnicode 9 0 R >>",
            6: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Lying /FontDescriptor 7 0 R"
            b" /CIDToGIDMap /Identity /W [1 [%s]]"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>" % widths.encode(),
            7: DESCRIPTOR,
            8: stream(font, b"/Length1 %d" % len(font)),
            9: stream(to_unicode({i + 1: text for i, text in enumerate(said)}, 4)),
        },
    )


def simple(said: list[str], drawn: str, *, names: list[str], face: str = FACE, told: bool = True) -> bytes:
    """Return a page in a TrueType font whose /Differences name glyphs that are drawn as others.

    With `told`, a ToUnicode says `said` besides; without, the names are all there is.
    """
    codes = range(0x41, 0x41 + len(drawn))
    given = {chr(code): name for code, name in zip(codes, names, strict=True)}
    font = font_of(dict(zip(map(chr, codes), drawn, strict=True)), face=face, names=given)
    widths = " ".join(str(outline(char, face)[1]) for char in drawn)
    more = b" /ToUnicode 9 0 R" if told else b""
    return page(
        f"<{''.join(f'{code:02X}' for code in codes)}> Tj",
        {
            5: b"<< /Type /Font /Subtype /TrueType /BaseFont /AAAAAA+Lying /FirstChar 65 /LastChar %d /Widths [%s]"
            b" /FontDescriptor 7 0 R /Encoding << /Type /Encoding /Differences [65 %s] >>%s >>"
            % (codes[-1], widths.encode(), " ".join(f"/{name}" for name in names).encode(), more),
            7: DESCRIPTOR,
            8: stream(font, b"/Length1 %d" % len(font)),
            9: stream(to_unicode(dict(zip(codes, said, strict=True)), 2)),
        },
    )


def drawn_glyphs(said: list[str], drawn: str, *, face: str = FACE) -> bytes:
    """Return a page in a Type3 font: each glyph is a little drawing."""
    codes = range(0x41, 0x41 + len(drawn))
    objects = {
        5: b"<< /Type /Font /Subtype /Type3 /FontBBox [0 -200 1000 900] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 65"
        b" /LastChar %d /Widths [%s] /CharProcs << %s >> /Encoding << /Type /Encoding /Differences [65 %s] >>"
        b" /Resources << >> /ToUnicode 9 0 R >>"
        % (
            codes[-1],
            " ".join(str(outline(char, face)[1]) for char in drawn).encode(),
            " ".join(f"/g{code} {code} 0 R" for code in codes).encode(),
            " ".join(f"/g{code}" for code in codes).encode(),
        ),
        9: stream(to_unicode(dict(zip(codes, said, strict=True)), 2)),
    }
    for code, char in zip(codes, drawn, strict=True):
        pen, wide = outline(char, face)
        objects[code] = stream(f"{wide} 0 0 -200 1000 900 d1\n{_operators(pen)} f".encode())
    return page(f"<{''.join(f'{code:02X}' for code in codes)}> Tj", objects)


def borrowed(said: list[str], shown: str) -> bytes:
    """Return a page in Helvetica, which is not embedded, with a ToUnicode that says something else."""
    return page(
        f"({shown}) Tj",
        {
            5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 9 0 R >>",
            9: stream(to_unicode({ord(char): text for char, text in zip(shown, said, strict=True)}, 2)),
        },
    )


DESCRIPTOR = (
    b"<< /Type /FontDescriptor /FontName /AAAAAA+Lying /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0"
    b" /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 /FontFile2 8 0 R >>"
)


def _operators(pen: RecordingPen) -> str:
    """Return a recorded outline as operators of a content stream."""
    signs = {"moveTo": "m", "lineTo": "l", "curveTo": "c", "closePath": "h", "endPath": ""}
    return "\n".join(
        " ".join([*(f"{value:.0f}" for point in points for value in point), signs[step]]) for step, points in pen.value
    )


def page(shown: str, objects: Mapping[int, bytes]) -> bytes:
    """Return one page that shows a string in font object 5."""
    content = f"BT /F1 {SIZE} Tf 36 400 Td {shown} ET".encode()
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            4: stream(content),
            **objects,
        }
    )
