"""What is looked at before a PDF is parsed: bytes, kind of file, how far its streams unfold."""

import io
import re
import zipfile
import zlib

from jucai.reading.limits import DEFAULT, MIB, Limits
from jucai.reading.refusals import (
    EmptyFile,
    NotPdf,
    TooComplex,
    TooLarge,
    Truncated,
    UnknownContent,
)

_HEAD = 1024
_TAIL = 64 * 1024
_BITE = 16 * 1024
_CHUNK = 256 * 1024
_DICTIONARY = 1200
_MOST_STREAMS = 20_000
_IMAGE = 160 * MIB
_NUMBER = re.compile(rb"/(Width|Height)\s+(\d{1,9})")
_STREAM = re.compile(rb"stream\r?\n")
_MAGIC = (
    (b"\xd0\xcf\x11\xe0", "旧版Word/Excel/WPS文件"),
    (b"\xff\xd8\xff", "JPG图片"),
    (b"\x89PNG", "PNG图片"),
    (b"GIF8", "GIF图片"),
    (b"BM", "BMP图片"),
    (b"II*\x00", "TIFF图片"),
    (b"MM\x00*", "TIFF图片"),
    (b"{\\rtf", "RTF文档"),
    (b"Rar!", "RAR压缩包"),
    (b"7z\xbc\xaf", "7z压缩包"),
    (b"MZ", "可执行程序"),
)


def check(data: bytes, limits: Limits = DEFAULT) -> None:
    """Refuse what is no PDF, too large, cut short, or unfolds beyond the limits.

    Raises:
        EmptyFile, TooLarge, NotPdf, UnknownContent, Truncated, TooComplex: with a sentence for the sender.
    """
    if not data:
        raise EmptyFile
    if len(data) > limits.size:
        raise TooLarge(limits.size // MIB)
    if b"%PDF-" not in data[:_HEAD]:
        raise_for_kind(data)
    tail = data[-_TAIL:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise Truncated
    measure(data, limits)


def raise_for_kind(data: bytes) -> None:
    """Say what a file that is no PDF really is.

    Raises:
        NotPdf, UnknownContent: always one of them.
    """
    if data.startswith(b"PK\x03\x04"):
        raise NotPdf(_archive(data))
    if data[8:12] == b"WEBP" and data.startswith(b"RIFF"):
        raise NotPdf("WEBP图片")
    if data[4:8] == b"ftyp":
        raise NotPdf("HEIC图片" if data[8:11] in (b"hei", b"mif") else "视频文件")
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise NotPdf(kind)
    start = data[:_HEAD].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise NotPdf("网页文件")
    raise UnknownContent


def _archive(data: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "ZIP压缩包（已损坏）"
    for name, kind in (
        ("word/document.xml", "Word文档（docx）"),
        ("xl/workbook.xml", "Excel表格（xlsx）"),
        ("ppt/presentation.xml", "PPT文件（pptx）"),
        ("OFD.xml", "OFD文件"),
    ):
        if name in names:
            return kind
    return "ZIP压缩包"


def measure(data: bytes, limits: Limits = DEFAULT) -> int:
    """Return how many bytes the Flate streams of a file unfold to, without keeping them.

    Raises:
        TooComplex: more than the limits allow, or a picture with too many pixels.
    """
    total = 0
    for count, match in enumerate(_STREAM.finditer(data)):
        if count > _MOST_STREAMS:
            raise TooComplex
        head = data[max(0, match.start() - _DICTIONARY) : match.start()]
        head = head[max(head.rfind(b"obj"), 0) :]
        image = b"/Image" in head
        sides = dict(_NUMBER.findall(head))
        if image and int(sides.get(b"Width", 1)) * int(sides.get(b"Height", 1)) > limits.pixels:
            raise TooComplex
        layers = head.count(b"/FlateDecode") + len(re.findall(rb"/Fl\b", head))
        if layers:
            size = _unfolded(data, match.end(), layers, _IMAGE if image else limits.inflated - total)
            total += 0 if image else size
    return total


def _unfolded(data: bytes, start: int, layers: int, most: int) -> int:
    """Return the size of a stream after `layers` of Flate; bytes that are no Flate count as they are."""
    chain = [zlib.decompressobj() for _ in range(min(layers, 4))]
    size = 0
    pending = memoryview(data)[start:]
    position = 0
    while position < len(pending) and not chain[0].eof:
        piece: bytes = bytes(pending[position : position + _BITE])
        position += len(piece)
        try:
            size += _through(chain, piece, most - size)
        except zlib.error:
            return size
    return size


def _through(chain: list["zlib._Decompress"], piece: bytes, most: int) -> int:
    """Push a piece through all layers and return how much comes out at the end."""
    if not chain:
        return len(piece)
    size = 0
    while piece:
        out = chain[0].decompress(piece, _CHUNK)
        size += _through(chain[1:], out, most - size)
        if size > most:
            raise TooComplex
        piece = b"" if chain[0].eof else chain[0].unconsumed_tail
    return size
