"""Bytes to text, trusting the bytes more than the label: GBK under the name gb2312, raw 8-bit, Big5."""

import codecs
import re
from functools import lru_cache

_GB = frozenset({"gb2312", "gbk", "gb18030", "hz", "cp936", "gb2312-80", "ms936", "euc-cn", "gb"})
_BIG5 = frozenset({"big5", "big5hkscs", "cp950", "big5-tw"})
# Text codecs only: Python would also run zip, rot13 or the quadratic idna on a stranger's word.
_FAMILIES = (
    "utf-",
    "utf_",
    "ascii",
    "iso8859",
    "latin",
    "cp",
    "koi8",
    "euc",
    "shift_jis",
    "iso2022",
    "mac-",
    "tis-620",
)
_LATIN = frozenset({"iso8859-1", "cp1252"})
_VAGUE = frozenset({"ascii", "unknown"}) | _LATIN
_COMMON = 0.6
_HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}")
_MULTIBYTE_SAMPLE = 4_000


@lru_cache(maxsize=256)
def codec_of(label: str) -> str:
    """Return Python's name for a charset label; "unknown" if there is none or it is not one for text."""
    plain = label.strip().strip("\"'").lower().replace("_", "-")[:40]
    if plain in _GB or plain.startswith(("gb2312", "gbk", "gb18030", "hz-gb")):
        return "gb18030"
    if plain in _BIG5 or plain.startswith("big5"):
        return "big5hkscs"
    try:
        name = codecs.lookup(plain).name
    except (LookupError, ValueError, UnicodeError):
        return "unknown"
    return name if name.startswith(_FAMILIES) else "unknown"


def _level_one(data: bytes, leads: range, trails: tuple[range, ...]) -> float:
    """Return the share of two-byte characters that belong to the everyday block of a Chinese charset."""
    common = total = index = 0
    end = min(len(data), _MULTIBYTE_SAMPLE) - 1
    while index < end:
        if data[index] < 0x80:  # noqa: PLR2004 - the end of ASCII
            index += 1
            continue
        total += 1
        if data[index] in leads and any(data[index + 1] in trail for trail in trails):
            common += 1
        index += 2
    return common / total if total else 0.0


def _everyday(data: bytes) -> tuple[float, float]:
    """Return the shares of everyday characters if the bytes were GB2312, and if they were Big5."""
    return (
        _level_one(data, range(0xB0, 0xD8), (range(0xA1, 0xFF),)),
        _level_one(data, range(0xA4, 0xC7), (range(0x40, 0x7F), range(0xA1, 0xFF))),
    )


def guess(data: bytes) -> tuple[str, str]:
    """Return (text, codec) for bytes without a usable label; bytes that fit nothing are replaced.

    UTF-8 if valid, else GB18030 or Big5, whichever has more everyday characters.
    """
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    # Level one of GB 2312 is rows 16-55; the everyday block of Big5 is A440-C67E.
    gb, big5 = _everyday(data)
    order = ("big5hkscs", "gb18030") if big5 > max(gb, _COMMON) and gb < _COMMON else ("gb18030", "big5hkscs")
    for codec in order:
        try:
            return data.decode(codec), codec
        except UnicodeDecodeError:
            continue
    # Damaged somewhere: keep what can be read in the likelier charset.
    as_utf8 = data.decode("utf-8", "replace")
    as_gb = data.decode(order[0], "replace")
    if as_utf8.count("\ufffd") <= as_gb.count("\ufffd"):
        return as_utf8, "utf-8"
    return as_gb, order[0]


def _believed(data: bytes, codec: str) -> tuple[str, bool]:
    """Decode under a label that names no charset for certain: none at all, ASCII, or a server's "iso-8859-1"."""
    text, found = guess(data)
    # Servers write "iso-8859-1" on whatever they do not know; now and then it is true.
    if codec in _LATIN and ("\ufffd" in text or (found != "utf-8" and max(_everyday(data)) < _COMMON)):
        return data.decode(codec, "replace"), True
    return text, codec == "unknown"


def decode(data: bytes, label: str) -> tuple[str, bool]:
    """Return (text, label was right) for labelled bytes; a label the bytes contradict is not believed."""
    codec = codec_of(label)
    if data.isascii() and not codec.startswith(("utf-16", "utf-32", "utf-7", "iso2022")):
        hz = label.lower().startswith("hz") and _HZ.search(data) is not None
        return data.decode("hz" if hz else "ascii", "replace"), True
    if codec in _VAGUE:
        return _believed(data, codec)
    try:
        return data.decode(codec), True
    except (UnicodeDecodeError, ValueError):
        text, _ = guess(data)
    strict = data.decode(codec, "replace")
    damaged = "\ufffd" in text and strict.count("\ufffd") <= text.count("\ufffd")
    return strict if damaged else text, False
