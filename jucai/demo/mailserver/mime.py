"""A letter taken apart by its bytes: where each part begins and ends (RFC 2045, 2046).

Letters come from strangers: depth and number of parts are bounded, nothing is decoded here, and no input
makes it fail. What is beyond the bounds stays inside the last part that fits.
"""

import base64
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_DEPTH = 24
MAX_PARTS = 2_000
MAX_HEADER = 1_000_000
MAX_VALUE = 8_000
HEADER_END = re.compile(rb"\r?\n(?:\r?\n)")
LINE_END = re.compile(rb"\r\n|\n")
FOLD = re.compile(rb"\r?\n(?=[ \t])")
FIELD_NAME = re.compile(rb"[!-9;-~]+")
PARAMETER = re.compile(rb';\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Field:
    """A header field: its name in lower case and its unfolded value, still bytes."""

    name: str
    value: bytes


@dataclass(frozen=True, slots=True)
class ContentType:
    """`type/subtype` in lower case, with the parameters as they came (names in lower case)."""

    kind: str
    subtype: str
    parameters: tuple[tuple[str, bytes], ...]

    @property
    def name(self) -> str:
        """The media type, as in text/plain."""
        return f"{self.kind}/{self.subtype}"

    def parameter(self, name: str) -> bytes | None:
        """The first parameter of that name."""
        return next((value for known, value in self.parameters if known == name), None)


@dataclass(frozen=True, slots=True)
class Part:
    """One entity of a letter: the slices of `raw` that are its header and its content, and what is inside."""

    raw: bytes
    start: int
    content_start: int
    end: int
    fields: tuple[Field, ...]
    type: ContentType
    children: tuple["Part", ...]

    @property
    def header(self) -> bytes:
        """The header with its closing blank line."""
        return self.raw[self.start : self.content_start]

    @property
    def content(self) -> bytes:
        """The content as sent, still in its transfer encoding."""
        return self.raw[self.content_start : self.end]

    def field(self, name: str) -> bytes | None:
        """The first field of that name (given in lower case)."""
        return next((field.value for field in self.fields if field.name == name), None)

    def disposition(self) -> ContentType:
        """Content-Disposition, read like a media type: `kind` is attachment, inline or empty."""
        return parse_content_type(self.field("content-disposition") or b"", b"")

    def decoded(self) -> bytes:
        """The content without its transfer encoding; broken base64 yields what can be read of it."""
        encoding = (self.field("content-transfer-encoding") or b"").split(b";")[0].strip().lower()
        if encoding == b"base64":
            return _lenient_base64(self.content)
        if encoding == b"quoted-printable":
            return quopri.decodestring(self.content)
        return self.content

    def walk(self) -> Iterator["Part"]:
        """This part and all inside it, in the order of the letter."""
        yield self
        for child in self.children:
            yield from child.walk()


def parse(raw: bytes) -> Part:
    """The letter as a tree of parts."""
    budget = [MAX_PARTS]
    return _part(raw, 0, len(raw), b"text/plain", 0, budget)


def split_header(raw: bytes, start: int = 0, end: int | None = None) -> int:
    """Where the content begins: after the first empty line, or at the end where there is none."""
    end = len(raw) if end is None else end
    first = LINE_END.match(raw, start, end)
    if first:
        return first.end()
    found = HEADER_END.search(raw, start, end)
    return found.end() if found else end


def parse_fields(header: bytes) -> tuple[Field, ...]:
    """The fields of a header in their order; lines that are no field are passed over."""
    fields = []
    for line in LINE_END.split(FOLD.sub(b"", header[:MAX_HEADER])):
        name, colon, value = line.partition(b":")
        if colon and FIELD_NAME.fullmatch(name.rstrip(b" \t")):
            fields.append(Field(name.rstrip(b" \t").decode("ascii").lower(), value.strip(b" \t")))
    return tuple(fields)


def parse_content_type(value: bytes, default: bytes) -> ContentType:
    """A media type with its parameters; what is not one is `default` (RFC 2045 §5.2)."""
    media = value.split(b";", 1)[0].strip().lower()
    kind, slash, subtype = media.partition(b"/")
    if default and not (slash and FIELD_NAME.fullmatch(kind) and FIELD_NAME.fullmatch(subtype)):
        kind, _, subtype = default.partition(b"/")
    parameters = tuple(
        (match[1].decode("ascii", "replace").lower(), unquote(match[2]))
        for match in PARAMETER.finditer(value[:MAX_VALUE])
    )
    return ContentType(kind.decode("ascii", "replace"), subtype.decode("ascii", "replace"), parameters)


def unquote(value: bytes) -> bytes:
    """A parameter's value without its quotes and backslashes."""
    value = value.strip()
    if value[:1] == b'"' and value[-1:] == b'"' and len(value) > 1:
        return re.sub(rb"\\(.)", rb"\1", value[1:-1], flags=re.DOTALL)
    return value


def _part(raw: bytes, start: int, end: int, default: bytes, depth: int, budget: list[int]) -> Part:
    budget[0] -= 1
    content_start = split_header(raw, start, end)
    fields = parse_fields(raw[start:content_start])
    declared = next((field.value for field in fields if field.name == "content-type"), b"")
    media = parse_content_type(declared, default)
    children: tuple[Part, ...] = ()
    if depth < MAX_DEPTH and budget[0] > 0:
        if media.kind == "multipart":
            children = _multipart(raw, content_start, end, media, depth, budget)
        elif media.name == "message/rfc822":
            children = (_part(raw, content_start, end, b"text/plain", depth + 1, budget),)
    return Part(raw, start, content_start, end, fields, media, children)


def _multipart(raw: bytes, start: int, end: int, media: ContentType, depth: int, budget: list[int]) -> tuple[Part, ...]:
    boundary = (media.parameter("boundary") or b"").rstrip()
    if not boundary:
        return ()
    default = b"message/rfc822" if media.subtype == "digest" else b"text/plain"
    marker = re.compile(rb"(?:^|\r\n|\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    children: list[Part] = []
    opened: int | None = None
    # On the slice, so that `^` stands for the start of this content only.
    for match in marker.finditer(raw[start:end]):
        if opened is not None:
            children.append(_part(raw, opened, max(opened, start + match.start()), default, depth + 1, budget))
        line = LINE_END.match(raw, start + match.end(), end)
        opened = None if match[1] or line is None else line.end()
        if match[1] or budget[0] <= 0:
            break
    if opened is not None and budget[0] > 0:
        # No closing line: cut off on the way. What has arrived is still shown.
        children.append(_part(raw, opened, end, default, depth + 1, budget))
    return tuple(children)


def _lenient_base64(content: bytes) -> bytes:
    # What follows the padding is a list's footer or worse, never the file.
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", content.split(b"=", 1)[0])
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    return base64.b64decode(letters + b"=" * (-len(letters) % 4))
