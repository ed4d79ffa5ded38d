"""What a file is, from its first bytes; names and declared types lie too often."""

import re

from jucai.mailroom.parsing.values import AttachmentType
from jucai.mailroom.parsing.zipping import zip_names

_T = AttachmentType
_MAGIC: tuple[tuple[bytes, AttachmentType], ...] = (
    (b"%PDF-", _T.PDF),
    (b"\xff\xd8\xff", _T.JPG),
    (b"\x89PNG\r\n\x1a\n", _T.PNG),
    (b"GIF87a", _T.GIF),
    (b"GIF89a", _T.GIF),
    (b"II*\x00", _T.TIFF),
    (b"MM\x00*", _T.TIFF),
    (b"7z\xbc\xaf\x27\x1c", _T.SEVEN_ZIP),
    (b"Rar!\x1a\x07", _T.RAR),
    (b"\x78\x9f\x3e\x22", _T.TNEF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _T.OLE),
    (b"{\\rtf", _T.RTF),
    (b"\x7fELF", _T.EXE),
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", _T.EXE),  # a Windows shortcut starts programs as well
)
_OFFICE = (
    ("word/document.xml", _T.DOCX),
    ("xl/workbook.xml", _T.XLSX),
    ("ppt/presentation.xml", _T.PPTX),
    ("ofd.xml", _T.OFD),
)
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim"})
_HEADER_LINE = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?[^\r\n]*")
_LETTER_HEADERS = frozenset(
    {b"from", b"date", b"message-id", b"mime-version", b"received", b"return-path", b"subject", b"to"}
)
_ENOUGH_HEADERS = 3
_PDF_WINDOW = 1024


def _looks_like_letter(data: bytes) -> bool:
    seen: set[bytes] = set()
    for line in data[:8_192].split(b"\n"):
        bare = line.rstrip(b"\r")
        if bare[:1] in {b" ", b"\t"} and seen:
            continue
        if not bare or _HEADER_LINE.fullmatch(bare) is None:
            break
        seen.add(bare.partition(b":")[0].lower())
    return b"from" in seen and len(seen & _LETTER_HEADERS) >= _ENOUGH_HEADERS


def _by_shape(data: bytes) -> AttachmentType | None:
    """Recognise what needs a look at more than the first bytes."""
    checks = (
        (_T.EXE, data.startswith(b"MZ") and b"\x00" in data[:256]),
        (_T.BMP, data.startswith(b"BM") and data[6:10] == b"\x00\x00\x00\x00"),
        (_T.WEBP, data.startswith(b"RIFF") and data[8:12] == b"WEBP"),
        (_T.HEIC, data[4:8] == b"ftyp" and data[8:12] in _HEIC),
        (_T.ICS, data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:15].upper() == b"BEGIN:VCALENDAR"),
        (_T.EML, _looks_like_letter(data)),
        # Readers accept a PDF header within the first 1024 bytes (ISO 32000-1, annex H.3.4.1).
        (_T.PDF, b"%PDF-" in data[:_PDF_WINDOW]),
    )
    return next((kind for kind, fits in checks if fits), None)


def sniff(data: bytes) -> AttachmentType:
    """Return the type of the content; UNKNOWN for text and for everything not recognised."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04")):
        names = {name.lower() for name in zip_names(data)}
        return next((kind for inner, kind in _OFFICE if inner in names), _T.ZIP)
    return _by_shape(data) or _T.UNKNOWN
