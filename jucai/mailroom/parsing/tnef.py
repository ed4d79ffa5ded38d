"""winmail.dat, in which Outlook wraps what others send as MIME (MS-OXTNEF): files and text, nothing more."""

import struct
from dataclasses import dataclass

from jucai.mailroom.parsing.charsets import decode, guess
from jucai.mailroom.parsing.values import Defect
from jucai.mailroom.parsing.zipping import ContainerError, Packed

SIGNATURE = b"\x78\x9f\x3e\x22"
_ATT_BODY = 0x800C
_ATT_DATA = 0x800F
_ATT_TITLE = 0x8010
_ATT_REND = 0x9002
_ATT_MAPI = 0x9003
_ATT_PROPS = 0x9005
_ATT_CODEPAGE = 0x9007
_PR_BODY = 0x1000
_PR_DISPLAY_NAME = 0x3001
_PR_DATA = 0x3701
_PR_SHORT_NAME = 0x3704
_PR_LONG_NAME = 0x3707
_STRING8, _UNICODE, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x102
_MULTIPLE = 0x1000
_FIXED = {0x0001: 0, 0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4,
          0x0014: 8, 0x0040: 8, 0x0048: 16}  # fmt: skip
_VARIABLE = frozenset({_STRING8, _UNICODE, _OBJECT, _BINARY})
_NAMED = 0x8000
_MAX_ITEMS = 4_000


@dataclass(frozen=True, slots=True)
class TnefContent:
    """What a winmail.dat holds: its files in order and the text of the letter, "" if it has none."""

    files: tuple[Packed, ...]
    text: str


def _decode(raw: bytes, codepage: int) -> str:
    raw = raw.rstrip(b"\x00")
    # Outlook writes GBK names under whatever code page it was installed with.
    return decode(raw, f"cp{codepage}")[0] if codepage else guess(raw)[0]


class _Cursor:
    """Reads numbers and blocks; past the end it raises ContainerError."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def number(self, form: str) -> int:
        size = struct.calcsize(form)
        if self.at + size > len(self.data):
            raise ContainerError(Defect.ARCHIVE_DAMAGED)
        (value,) = struct.unpack_from(form, self.data, self.at)
        self.at += size
        return int(value)

    def block(self, length: int) -> bytes:
        if self.at + length > len(self.data):
            raise ContainerError(Defect.ARCHIVE_DAMAGED)
        self.at += length
        return self.data[self.at - length : self.at]

    def padded(self, length: int) -> bytes:
        piece = self.block(length)
        self.at = min(self.at + -length % 4, len(self.data))
        return piece


def _skip_name(cursor: _Cursor) -> None:
    cursor.block(16)
    if cursor.number("<L") == 0:
        cursor.number("<L")
    else:
        cursor.padded(cursor.number("<L"))


def _value(cursor: _Cursor, kind: int) -> bytes:
    base = kind & ~_MULTIPLE
    if base in _VARIABLE:
        count = cursor.number("<L")
        values = [cursor.padded(cursor.number("<L")) for _ in range(min(count, _MAX_ITEMS))]
        return values[0] if values else b""
    if base not in _FIXED:
        raise ContainerError(Defect.ARCHIVE_DAMAGED)
    count = cursor.number("<L") if kind & _MULTIPLE else 1
    return cursor.block(_FIXED[base] * min(count, _MAX_ITEMS))


def _properties(data: bytes) -> dict[int, tuple[int, bytes]]:
    """Return MAPI properties by id as (type, bytes of the first value); what follows damage is left out."""
    cursor = _Cursor(data)
    found: dict[int, tuple[int, bytes]] = {}
    try:
        for _ in range(min(cursor.number("<L"), _MAX_ITEMS)):
            kind, number = cursor.number("<H"), cursor.number("<H")
            if number >= _NAMED:
                _skip_name(cursor)
            found.setdefault(number, (kind & ~_MULTIPLE, _value(cursor, kind)))
    except ContainerError:
        return found
    return found


def _text(prop: tuple[int, bytes] | None, codepage: int) -> str:
    if prop is None:
        return ""
    kind, raw = prop
    return raw.decode("utf-16-le", "replace").rstrip("\x00") if kind == _UNICODE else _decode(raw, codepage)


class _File:
    """One attachment while its attributes come in."""

    def __init__(self) -> None:
        self.title = b""
        self.data = b""
        self.props: dict[int, tuple[int, bytes]] = {}

    def packed(self, codepage: int) -> Packed:
        names = (_text(self.props.get(key), codepage) for key in (_PR_LONG_NAME, _PR_DISPLAY_NAME, _PR_SHORT_NAME))
        name = next((name for name in names if name), _decode(self.title, codepage)) or None
        data = self.data
        kind, inner = self.props.get(_PR_DATA, (0, b""))
        if not data and inner:
            # An object begins with the 16 bytes of its interface id (an enclosed letter is TNEF again).
            data = inner[16:] if kind == _OBJECT or inner[16:20] == SIGNATURE else inner
        return Packed(name, data)


class _Reader:
    """What the attributes have told so far."""

    def __init__(self) -> None:
        self.files: list[_File] = []
        self.codepage = 0
        self.text = ""

    def take(self, attribute: int, value: bytes) -> None:
        """Take in one attribute; those of files belong to the file begun last."""
        if attribute == _ATT_CODEPAGE and len(value) >= 4:  # noqa: PLR2004 - one long
            self.codepage = struct.unpack_from("<L", value)[0]
        elif attribute == _ATT_REND:
            self.files.append(_File())
        elif attribute == _ATT_BODY:
            self.text = _decode(value, self.codepage)
        elif attribute == _ATT_MAPI and not self.text:
            self.text = _text(_properties(value).get(_PR_BODY), self.codepage)
        elif self.files:
            self._take_file(self.files[-1], attribute, value)

    @staticmethod
    def _take_file(file: _File, attribute: int, value: bytes) -> None:
        if attribute == _ATT_TITLE:
            file.title = value
        elif attribute == _ATT_DATA:
            file.data = value
        elif attribute == _ATT_PROPS:
            file.props = _properties(value)


def read_tnef(data: bytes) -> TnefContent:
    """Read a winmail.dat; raises ContainerError if it is none. What was read before damage is kept."""
    if not data.startswith(SIGNATURE):
        raise ContainerError(Defect.ARCHIVE_DAMAGED)
    cursor = _Cursor(data)
    cursor.at = 6  # signature and key
    reader = _Reader()
    for _ in range(_MAX_ITEMS):
        if cursor.at >= len(data):
            break
        try:
            cursor.number("<B")
            attribute = cursor.number("<L") & 0xFFFF
            value = cursor.block(cursor.number("<L"))
            cursor.number("<H")
        except ContainerError:
            if not reader.files and not reader.text:
                raise
            break
        reader.take(attribute, value)
    return TnefContent(tuple(file.packed(reader.codepage) for file in reader.files), reader.text)
