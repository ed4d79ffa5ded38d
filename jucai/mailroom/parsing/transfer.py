"""Content-Transfer-Encoding, undone as far as the bytes allow (RFC 2045 §6)."""

import binascii

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(set(range(256)) - set(_ALPHABET) - {ord("=")})
_EXPECTED = _ALPHABET + b"=\r\n\t "
# What files look like when their base64 was forgotten to be declared: %PDF-, PK\3\4, JPEG, PNG, OLE, Rar!
_FORGOTTEN = (b"JVBERi0", b"UEsDB", b"/9j/", b"iVBORw0KGgo", b"0M8R4KGxGu", b"UmFyIR")
_RAW_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n", b"\xd0\xcf\x11\xe0")


def from_base64(data: bytes) -> tuple[bytes, bool]:
    """Return (bytes, was clean). Foreign characters are skipped, pieces with padding of their own are joined."""
    kept = data.translate(None, _NOT_BASE64)
    clean = not data.translate(None, _EXPECTED)
    body = kept.rstrip(b"=")
    if b"=" not in body:
        return _one_piece(body), clean
    return b"".join(_one_piece(piece) for piece in body.split(b"=") if piece), False


def _one_piece(body: bytes) -> bytes:
    # A lone last character carries no whole byte.
    usable = body[:-1] if len(body) % 4 == 1 else body
    return binascii.a2b_base64(usable + b"=" * (-len(usable) % 4))


def from_uu(data: bytes) -> bytes:
    """Return the bytes between `begin` and `end`; broken lines are cut to what they hold."""
    out = []
    for line in data.splitlines():
        if line.startswith((b"begin ", b"end")) or not line.strip():
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            count = ((line[0] - 32) & 63) * 4 // 3 + 2
            try:
                out.append(binascii.a2b_uu(line[: count + 1]))
            except binascii.Error:
                continue
    return b"".join(out)


def _without_padding(data: bytes) -> bytes:
    """Leave out blanks at the end of lines, after a soft break too: they were added on the way (RFC 2045 §6.7)."""
    if b" \r" not in data and b" \n" not in data and b"\t\r" not in data and b"\t\n" not in data:
        return data
    lines = data.split(b"\n")
    return b"\n".join(line.rstrip(b" \t\r") + (b"\r" if line.endswith(b"\r") else b"") for line in lines)


def undo(data: bytes, encoding: str, *, text: bool) -> tuple[bytes, bool]:
    """Return (decoded bytes, was clean) for a declared encoding; an unknown or wrong one leaves the bytes."""
    kind = encoding.strip().strip("\"'").lower()
    head = data.lstrip()[:16]
    if kind == "base64":
        if head.startswith(_RAW_MAGIC):
            return data, False
        return from_base64(data)
    if kind == "quoted-printable":
        return binascii.a2b_qp(_without_padding(data)), True
    if kind in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        return from_uu(data), True
    if not text and head.startswith(_FORGOTTEN):
        kept = data.translate(None, b"\r\n\t ")
        if not kept.translate(None, _ALPHABET + b"="):
            return from_base64(data)[0], False
    return data, True
