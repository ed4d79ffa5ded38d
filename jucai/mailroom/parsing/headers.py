"""Header lines: unfolded, decoded from bytes, encoded words joined before they are decoded (RFC 5322, 2047)."""

import binascii
import re
from dataclasses import dataclass

from jucai.mailroom.parsing.charsets import codec_of, decode, guess
from jucai.mailroom.parsing.transfer import from_base64
from jucai.mailroom.parsing.values import Defect, Limits

_NAME = re.compile(rb"[!-9;-~]{1,100}[ \t]*:")
_MESSAGE_ID = re.compile(r"<([^<>]{1,998})>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_WHITE = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Headers:
    """The header section of a letter or of one of its parts: (lower-case name, raw unfolded text) in order."""

    fields: tuple[tuple[str, str], ...]
    defects: tuple[Defect, ...] = ()

    def raw(self, name: str) -> str:
        """Return the first value, encoded words still closed; "" if there is none."""
        return next((value for key, value in self.fields if key == name), "")

    def has(self, name: str) -> bool:
        """Tell whether a header of that name is there."""
        return any(key == name for key, _ in self.fields)


def body_start(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Return (end of the header section, start of the body) of the entity in `data[start:end]`.

    A part that begins with an empty line has no headers; without an empty line there is no body.
    """
    if data.startswith(b"\n", start, end):
        return start, start + 1
    if data.startswith(b"\r\n", start, end):
        return start, start + 2
    unix = data.find(b"\n\n", start, end)
    dos = data.find(b"\n\r\n", start, end if unix < 0 else unix)
    if dos >= 0:
        return dos + 1, dos + 3
    if unix >= 0:
        return unix + 1, unix + 2
    return end, end


def read_headers(section: bytes, limits: Limits) -> Headers:
    """Read a header section; lines that are none are passed over and noted."""
    defects: list[Defect] = []
    fields: list[tuple[str, str]] = []
    name, lines, length = "", [b""], 0
    for line in section.split(b"\n"):
        bare = line.rstrip(b"\r")
        if bare[:1] in {b" ", b"\t"} and name:
            length += len(bare)
            if length <= limits.header_line:
                # A tab that folds a line is a blank; one inside a name would be a control character.
                lines.append(b" " + bare[1:])
            else:
                _note(defects, Defect.HEADERS_TOO_LONG)
            continue
        if name:
            fields.append((name, _unfold(lines, defects)))
            name = ""
        if len(fields) >= limits.headers:
            _note(defects, Defect.HEADERS_TOO_LONG)
            break
        match = _NAME.match(bare)
        if match is None:
            if bare.strip() and not bare.startswith((b"From ", b">From ")):
                _note(defects, Defect.BROKEN_HEADER)
            continue
        name = bare[: match.end() - 1].rstrip().decode("ascii").lower()
        lines, length = [bare[match.end() : match.end() + limits.header_line]], len(bare)
    if name and len(fields) < limits.headers:
        fields.append((name, _unfold(lines, defects)))
    return Headers(tuple(fields), tuple(defects))


def _note(defects: list[Defect], defect: Defect) -> None:
    if defect not in defects:
        defects.append(defect)


def _unfold(lines: list[bytes], defects: list[Defect]) -> str:
    value = b"".join(lines).strip()
    if value.isascii():
        return value.decode("ascii")
    _note(defects, Defect.RAW_8BIT_HEADER)
    return guess(value)[0]


@dataclass(frozen=True, slots=True)
class _Word:
    charset: str
    binary: bool  # B encoding, not Q
    text: str


def _cut(value: str) -> list[str | _Word]:
    """Split into plain text and encoded words, in one pass however the input is broken."""
    out: list[str | _Word] = []
    at = plain = 0
    end = -1
    while True:
        start = value.find("=?", at)
        if start < 0:
            break
        first = value.find("?", start + 2, start + 62)
        if first < 0 or value[first + 1 : first + 2] not in {"b", "B", "q", "Q"} or value[first + 2 : first + 3] != "?":
            at = start + 2
            continue
        body = first + 3
        if end < body:
            end = value.find("?=", body)
        if end < 0:
            break
        inner = value.find("=?", body, end)
        if inner >= 0 and _WHITE.search(value, body, inner):
            at = inner
            continue
        out.append(value[plain:start])
        charset = value[start + 2 : first].partition("*")[0]
        out.append(_Word(charset, value[first + 1] in "bB", value[body:end]))
        at = plain = end + 2
    out.append(value[plain:])
    return out


def _word_bytes(word: _Word) -> bytes:
    if word.binary:
        return from_base64(word.text.encode("ascii", "ignore"))[0]
    text = word.text.replace("_", " ").replace("\r", "").replace("\n", "")
    raw = text.encode("ascii", "ignore") if text.isascii() else text.encode("utf-8", "ignore")
    return binascii.a2b_qp(raw, header=True)


def _join(words: list[_Word]) -> str:
    """Decode a run of adjacent words of one charset: bytes are joined first, since clients cut inside characters."""
    pieces: list[bytes] = []
    pending = ""
    for number, word in enumerate(words):
        if not word.binary:
            pieces.append(_word_bytes(word))
            continue
        text = pending + word.text
        last = number + 1 == len(words) or not words[number + 1].binary
        # Base64 itself cut into words: the quantum goes on in the next one.
        if not last and "=" not in text and len(_WHITE.sub("", text)) % 4:
            pending = text
            continue
        pending = ""
        pieces.append(_word_bytes(_Word(word.charset, binary=True, text=text)))
    return decode(b"".join(pieces), words[0].charset)[0]


def decode_words(value: str) -> str:
    """Return a header value with its encoded words decoded; white space between adjacent words is dropped."""
    if "=?" not in value:
        return value
    out: list[str] = []
    run: list[_Word] = []
    for piece in _cut(value):
        if isinstance(piece, str):
            if run and not piece.strip():
                continue
            if run:
                out.append(_join(run))
                run = []
            out.append(piece)
            continue
        if run and codec_of(run[0].charset) != codec_of(piece.charset):
            out.append(_join(run))
            run = []
        run.append(piece)
    if run:
        out.append(_join(run))
    return "".join(out)


def clean_text(value: str) -> str:
    """Return one line: control characters become blanks, runs of white space one blank."""
    return _WHITE.sub(" ", _CONTROL.sub(" ", value)).strip()


def message_ids(value: str) -> tuple[str, ...]:
    """Return the message ids in a header value, with <>; folding inside an id is undone."""
    opened = decode_words(value)
    found = tuple(f"<{_WHITE.sub('', inner)}>" for inner in _MESSAGE_ID.findall(opened))
    if found:
        return tuple(item for item in found if item != "<>")
    bare = [word.strip("<>,;") for word in opened.split() if "@" in word]
    return tuple(f"<{word}>" for word in bare if word)
