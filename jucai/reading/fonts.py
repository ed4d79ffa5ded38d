"""The fonts of a document: which can be trusted to tell their characters, and a number for each glyph they draw."""

from collections.abc import Mapping
from typing import Any

from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import dict_value, resolve1


class FontShelf(PDFResourceManager):
    """Fonts of a document, which of them do not tell what characters they draw, and a number for each of their glyphs.

    `borrowed` are the glyphs of fonts that are not in the file: what they look like is up to the viewer.
    """

    def __init__(self) -> None:
        super().__init__(caching=True)
        self._seen: dict[int, PDFFont] = {}
        self._untrusted: dict[int, PDFFont] = {}
        self._absent: dict[int, PDFFont] = {}
        self._faces: dict[tuple[PDFFont, int], int] = {}
        self.borrowed: set[int] = set()

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Return the font; remember it if its codes cannot be turned into characters without guessing."""
        if "ToUnicode" in spec and getattr(resolve1(spec.get("Subtype")), "name", "") == "Type3":
            # Chromium makes a font of each glyph; reading all their glyph names costs half the page.
            spec = {key: value for key, value in spec.items() if key != "Encoding"}
        font = super().get_font(objid, spec)
        if id(font) in self._seen:
            return font
        self._seen[id(font)] = font
        if not _is_trusted(spec):
            self._untrusted[id(font)] = font
        if not _is_embedded(spec):
            self._absent[id(font)] = font
        return font

    def face(self, font: PDFFont, code: int) -> int:
        """Return the number of a glyph in this document, from 1."""
        number = self._faces.get((font, code))
        if number is None:
            number = self._faces[font, code] = len(self._faces) + 1
            if id(font) in self._absent:
                self.borrowed.add(number)
        return number

    def trusts(self, font: PDFFont) -> bool:
        """Whether the characters of `font` are what it draws."""
        return id(font) not in self._untrusted


def _is_trusted(spec: Mapping[str, Any]) -> bool:
    """Whether the codes of a font can be turned into characters without guessing.

    An embedded font with Identity encoding and no ToUnicode uses glyph numbers of its own; what comes out
    looks like Chinese and is not what is drawn.
    """
    if "ToUnicode" in spec:
        return True
    subtype = getattr(resolve1(spec.get("Subtype")), "name", "")
    if subtype == "Type3":
        return "Encoding" in spec
    encoding = getattr(resolve1(spec.get("Encoding")), "name", "")
    if not encoding.startswith("Identity"):
        return True
    return not _is_embedded(spec)


def _is_embedded(spec: Mapping[str, Any]) -> bool:
    """Whether the glyphs of a font are in the file."""
    if getattr(resolve1(spec.get("Subtype")), "name", "") == "Type3":
        return True
    for font in (spec, *(dict_value(child) for child in resolve1(spec.get("DescendantFonts")) or ())):
        descriptor = dict_value(font.get("FontDescriptor", {}))
        if any(name in descriptor for name in ("FontFile", "FontFile2", "FontFile3")):
            return True
    return False
