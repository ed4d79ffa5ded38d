"""Header texts and file names as a reader sees them (RFC 2047, RFC 2231, and what Chinese mailers do)."""

import base64
import binascii
import codecs
import quopri
import re
import unicodedata
from urllib.parse import unquote_to_bytes

from jucai.demo.mailserver.mime import MAX_VALUE, ContentType, Part

ENCODED_WORD = re.compile(rb"=\?([^?\s]{1,40})\?([BbQq])\?([^?]*)\?=")
# Declared as an older set, written in the newer one that contains it.
WIDER = dict.fromkeys(("gb2312", "gbk", "x-gbk", "cp936", "ms936", "gb_2312-80", "euc-cn"), "gb18030")
# Python's own codecs that no letter means; some of them take minutes on a large text.
NO_CHARSETS = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined"})
UNSAFE_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff<>:"|?*]')
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
MAX_NAME = 120


def decode_bytes(data: bytes, charset: str = "") -> str:
    """Text out of bytes: as declared if that works, else UTF-8, else GB18030; never fails."""
    declared = charset.strip().strip("\"'").lower()
    for candidate in (WIDER.get(declared, declared), "utf-8", "gb18030"):
        try:
            if codecs.lookup(candidate).name not in NO_CHARSETS:
                text = data.decode(candidate)
                text.encode("utf-8")  # some yield halves of characters, which nothing can store
                return text
        except (LookupError, ValueError):
            # LookupError: no such text encoding; ValueError also covers a name with a NUL.
            continue
    return data.decode("gb18030", "replace")


def decode_text(data: bytes, charset: str = "") -> str:
    """A body's text; broken bytes are shown as such when the declared charset is known."""
    text = decode_bytes(data, charset)
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def decode_header(value: bytes | None) -> str:
    """A header's value on one line; encoded words that split a character are joined before decoding."""
    pieces: list[str] = []
    position, pending, charset = 0, b"", ""
    value = (value or b"")[:MAX_VALUE]
    for match in ENCODED_WORD.finditer(value):
        between = value[position : match.start()]
        named = match[1].split(b"*", 1)[0].decode("ascii", "replace").lower()
        adjacent = position > 0 and not between.strip()
        if not (adjacent and named == charset):
            pieces.append(decode_bytes(pending, charset))
            pending, charset = b"", named
        if not adjacent:
            pieces.append(decode_bytes(between))
        pending += _word_bytes(match[2], match[3])
        position = match.end()
    pieces.append(decode_bytes(pending, charset))
    pieces.append(decode_bytes(value[position:]))
    return " ".join(CONTROLS.sub(" ", "".join(pieces)).split())


def file_name(part: Part) -> str | None:
    """The name an attachment was given, safe to save under; None when it was given none."""
    for holder, key in ((part.disposition(), "filename"), (part.type, "name")):
        name = _parameter_text(holder, key)
        if name:
            return safe_name(name)
    return None


def safe_name(name: str) -> str | None:
    """The last step of a path without control, direction and shell characters; None if nothing is left."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = UNSAFE_IN_NAMES.sub("", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if len(name) > MAX_NAME and dot and len(ending) <= MAX_NAME // 10:
        name = stem[: MAX_NAME - len(ending) - 1] + "." + ending
    return name[:MAX_NAME] or None


def _word_bytes(encoding: bytes, text: bytes) -> bytes:
    if encoding in b"Qq":
        return quopri.decodestring(text.replace(b"_", b" "), header=True)
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4))
    except binascii.Error:
        return text


def _parameter_text(holder: ContentType, key: str) -> str | None:
    """A parameter's text: RFC 2231 (whole or in pieces) first, then plain, RFC 2047 or raw 8-bit."""
    pieces: dict[int, tuple[bytes, bool]] = {}
    for name, value in holder.parameters:
        match = re.fullmatch(re.escape(key) + r"\*(\d{1,3})?(\*?)", name)
        if match and match[1] is None:
            pieces.setdefault(0, (value, True))
        elif match:
            pieces.setdefault(int(match[1]), (value, bool(match[2])))
    if 0 not in pieces:
        plain = holder.parameter(key)
        return None if plain is None else decode_header(plain)
    charset, joined = "", b""
    for number in range(len(pieces)):
        if number not in pieces:
            break
        value, encoded = pieces[number]
        if encoded and number == 0 and value.count(b"'") >= 2:  # noqa: PLR2004  # charset'language'text
            declared, _, value = value.split(b"'", 2)
            charset = declared.decode("ascii", "replace")
        joined += unquote_to_bytes(value) if encoded else value
    return decode_bytes(joined, charset)
