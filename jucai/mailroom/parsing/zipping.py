"""Zip archives, read by their central directory with bounds (APPNOTE 6.3); names as Chinese archivers write them."""

import struct
import zlib
from dataclasses import dataclass

from jucai.mailroom.parsing.charsets import guess
from jucai.mailroom.parsing.values import Defect, Limits

_EOCD = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_ENCRYPTED = 0x1
_UTF8 = 0x800
_STORED, _DEFLATED, _AES = 0, 8, 99
_FULL = 0xFFFFFFFF
_UNICODE_PATH = 0x7075
_ZIP64 = 0x0001
_TAIL = 65_600
_MAX_ENTRIES = 20_000


class ContainerError(Exception):
    """A container could not be opened; `defect` says why, in a word for the clerk."""

    def __init__(self, defect: Defect) -> None:
        super().__init__(defect.label)
        self.defect = defect


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    flags: int
    method: int
    packed: int
    size: int
    offset: int


@dataclass(frozen=True, slots=True)
class Packed:
    """One file out of a container: its name as stored (with folders) and its bytes."""

    name: str | None
    data: bytes


def _extras(extra: bytes) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        found.setdefault(kind, extra[at + 4 : at + 4 + length])
        at += 4 + length
    return found


def _entry_name(raw: bytes, extras: dict[int, bytes]) -> str:
    unicode_path = extras.get(_UNICODE_PATH, b"")
    if len(unicode_path) > 5 and unicode_path[1:5] == struct.pack("<L", zlib.crc32(raw)):  # noqa: PLR2004 - version, CRC
        return unicode_path[5:].decode("utf-8", "replace")
    # The UTF-8 flag is both forgotten and set on GBK names; UTF-8 is told apart by its own shape.
    return guess(raw)[0]


def _wide(entry: tuple[int, int, int], extra: bytes) -> tuple[int, int, int]:
    """Return (size, packed, offset), taken from the ZIP64 extra where the short field is full."""
    values: list[int] = []
    at = 0
    for value in entry:
        if value == _FULL and at + 8 <= len(extra):
            values.append(struct.unpack_from("<Q", extra, at)[0])
            at += 8
        else:
            values.append(value)
    return values[0], values[1], values[2]


def _directory(data: bytes) -> list[_Entry]:
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - _TAIL))
    if end < 0 or end + _EOCD.size > len(data):
        raise ContainerError(Defect.ARCHIVE_DAMAGED)
    _, _, _, _, count, length, start, _ = _EOCD.unpack_from(data, end)
    # Bytes before the archive (a self-extractor, a stray prefix) shift every offset.
    shift = end - length - start if start != _FULL else 0
    at = start + max(shift, 0) if start != _FULL else data.find(b"PK\x01\x02")
    entries: list[_Entry] = []
    while 0 <= at <= end - _CENTRAL.size and len(entries) < min(count or 1, _MAX_ENTRIES):
        fields = _CENTRAL.unpack_from(data, at)
        if fields[0] != b"PK\x01\x02":
            break
        _, _, _, flags, method, _, _, _, packed, size, *lengths, _, _, _, offset = fields
        name_length, extra_length, comment_length = lengths
        name_at = at + _CENTRAL.size
        raw = data[name_at : name_at + name_length]
        extras = _extras(data[name_at + name_length : name_at + name_length + extra_length])
        size, packed, offset = _wide((size, packed, offset), extras.get(_ZIP64, b""))
        entries.append(_Entry(_entry_name(raw, extras), flags, method, packed, size, offset + max(shift, 0)))
        at = name_at + name_length + extra_length + comment_length
    if not entries and count:
        raise ContainerError(Defect.ARCHIVE_DAMAGED)
    return entries


def zip_names(data: bytes) -> tuple[str, ...]:
    """Return the stored names of an archive, () if its directory cannot be read."""
    try:
        return tuple(entry.name for entry in _directory(data))
    except ContainerError:
        return ()


def _wanted(entry: _Entry) -> bool:
    name = entry.name.replace("\\", "/")
    return not name.endswith("/") and not name.startswith("__MACOSX/") and not name.endswith(".DS_Store")


def _inflate(data: bytes, entry: _Entry, allowed: int) -> bytes:
    if entry.offset + _LOCAL.size > len(data):
        raise ContainerError(Defect.ARCHIVE_DAMAGED)
    local = _LOCAL.unpack_from(data, entry.offset)
    if local[0] != b"PK\x03\x04":
        raise ContainerError(Defect.ARCHIVE_DAMAGED)
    start = entry.offset + _LOCAL.size + local[9] + local[10]
    packed = data[start : start + entry.packed]
    if entry.method == _STORED:
        if len(packed) > allowed:
            raise ContainerError(Defect.ARCHIVE_BOMB)
        return packed
    unpacker = zlib.decompressobj(-15)
    try:
        out = unpacker.decompress(packed, allowed + 1)
    except zlib.error as error:
        raise ContainerError(Defect.ARCHIVE_DAMAGED) from error
    if len(out) > allowed:
        raise ContainerError(Defect.ARCHIVE_BOMB)
    return out


def read_zip(data: bytes, limits: Limits, inflated: int) -> tuple[Packed, ...]:
    """Return the files of an archive, folders and the Finder's own files left out.

    `inflated` is how many bytes may still be inflated for the whole letter. Raises ContainerError when the
    archive is encrypted, of an unsupported method, damaged, or inflates beyond all reason.
    """
    entries = [entry for entry in _directory(data) if _wanted(entry)]
    if any(entry.flags & _ENCRYPTED or entry.method == _AES for entry in entries):
        raise ContainerError(Defect.ARCHIVE_ENCRYPTED)
    if any(entry.method not in {_STORED, _DEFLATED} for entry in entries):
        raise ContainerError(Defect.ARCHIVE_UNSUPPORTED)
    allowed = min(inflated, max(limits.bomb_floor, len(data) * limits.bomb_ratio))
    if len(entries) > limits.members or sum(entry.size for entry in entries) > allowed:
        raise ContainerError(Defect.ARCHIVE_BOMB)
    files: list[Packed] = []
    for entry in entries:
        out = _inflate(data, entry, allowed)
        allowed -= len(out)
        files.append(Packed(entry.name, out))
    return tuple(files)
