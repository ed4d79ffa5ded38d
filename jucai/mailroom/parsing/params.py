"""Parameters of Content-Type and Content-Disposition, as standards (RFC 2231) and as QQ, 163 and IE write them."""

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from jucai.mailroom.parsing.charsets import decode, guess
from jucai.mailroom.parsing.headers import decode_words

_KEY = re.compile(r"[\s;]*([!#$%&'*+\-.^_`|~0-9A-Za-z]{1,60})\s*=\s*")
_CLOSING = re.compile(r'"(?=\s*(?:;|$|[A-Za-z][\w*-]{0,40}=))')
_SEGMENT = re.compile(r"(.+?)\*(?:(\d{1,4})(\*)?)?")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}){2,}")
_ENTITIES = re.compile(r"(?:&#(?:\d{3,7}|x[0-9A-Fa-f]{2,6});)+")
_MAX_PARAMS = 200
_MAX_NAME = 180


@dataclass(frozen=True, slots=True)
class Parameters:
    """A structured header: its value in lower case and its parameters, decoded."""

    value: str
    items: Mapping[str, str]

    def get(self, key: str) -> str:
        """Return a parameter, "" if it is not there."""
        return self.items.get(key, "")


def _value_at(text: str, at: int) -> tuple[str, int]:
    """Return (value, where it ends) for a parameter value that begins at `at`."""
    if text[at : at + 1] == '"':
        closing = _CLOSING.search(text, at + 1)
        if closing is not None:
            inner = text[at + 1 : closing.start()]
            # Only these two are escaped: IE sends whole Windows paths with single backslashes.
            return inner.replace('\\\\"', '"').replace('\\"', '"').replace("\\\\", "\\"), closing.end()
        at += 1
    end = text.find(";", at)
    end = len(text) if end < 0 else end
    return text[at:end].strip().strip('"'), end


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    at = text.find(";")
    while 0 <= at < len(text) and len(pairs) < _MAX_PARAMS:
        match = _KEY.match(text, at)
        if match is None:
            at = text.find(";", at + 1)
            continue
        value, at = _value_at(text, match.end())
        pairs.append((match.group(1).lower(), value))
    return pairs


def _from_segments(segments: list[tuple[int, bool, str]]) -> str:
    """Join RFC 2231 pieces: bytes first, since a character may be cut between two of them."""
    ordered = sorted(segments, key=lambda segment: segment[0])
    if not any(encoded for _, encoded, _ in ordered):
        return decode_words("".join(text for _, _, text in ordered))
    charset = ""
    first = ordered[0][2]
    if ordered[0][1] and first.count("'") >= 2:  # noqa: PLR2004 - charset'language'value
        charset, _, rest = first.split("'", 2)
        ordered[0] = (ordered[0][0], True, rest)
    raw = b"".join(
        unquote_to_bytes(text) if encoded else text.encode("utf-8", "ignore") for _, encoded, text in ordered
    )
    return decode(raw, charset)[0]


def _plain(text: str) -> str:
    """Decode what clients put into ordinary parameters: encoded words, percent escapes, HTML entities."""
    text = decode_words(text)
    if "%" in text and _PERCENT.search(text):
        tail = text[text.rfind("''") + 2 :] if text[:20].lower().startswith(("utf-8''", "gbk''", "gb2312''")) else text
        raw = unquote_to_bytes(tail)
        opened, codec = guess(raw)
        if not raw.isascii() and codec == "utf-8" and "\ufffd" not in opened:
            return opened
    if "&#" in text and _ENTITIES.search(text):
        return html.unescape(text)
    return text


def parse_parameters(text: str) -> Parameters:
    """Read a raw header value such as `attachment; filename*0*=UTF-8''...`; nothing in it can raise."""
    items: dict[str, str] = {}
    segments: dict[str, list[tuple[int, bool, str]]] = {}
    for key, value in _pairs(text):
        match = _SEGMENT.fullmatch(key)
        if match is None:
            # A boundary is compared with bytes, whatever it looks like.
            items.setdefault(key, value if key == "boundary" else _plain(value))
            continue
        name, number, star = match.groups()
        # `name*=` is one encoded piece, `name*0=` plain, `name*0*=` encoded.
        encoded = number is None or star is not None
        segments.setdefault(name, []).append((int(number or 0), encoded, value))
    for name, pieces in segments.items():
        opened = _from_segments(pieces)
        if opened:
            items[name] = opened  # RFC 2231 wins over the plain twin kept for old readers
    head = text.partition(";")[0].strip().strip('"').lower()
    return Parameters(head, items)


def clean_name(name: str) -> str | None:
    """Return a file name without folders, control, bidi and invisible characters; None if nothing is left."""
    bare = "".join(char for char in name if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    last = bare.replace("\\", "/").rstrip("/ ").rpartition("/")[2].strip()
    if not last.strip("."):
        return None
    if len(last) > _MAX_NAME:
        stem, dot, suffix = last.rpartition(".")
        short = bool(dot) and len(suffix) <= 10  # noqa: PLR2004 - longer is no suffix
        last = f"{stem[: _MAX_NAME - len(suffix) - 1]}.{suffix}" if short else last[:_MAX_NAME]
    return last
