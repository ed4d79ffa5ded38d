"""Symbol fonts: the ticks and boxes that office programs draw with Wingdings and its relatives."""

_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0xA1: "○", 0xA8: "□", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x78: "☒", 0xA2: "○", 0xA4: "◉", 0xA7: "■",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x2A: "□", 0xA3: "□", 0x97: "●",
    0x98: "●", 0x99: "○", 0xA2: "■", 0x81: "○",
}  # fmt: skip
_WEBDINGS = {0x61: "✓", 0x63: "□", 0x67: "■", 0x72: "✗"}
_DINGBATS = {
    0x33: "✓",
    0x34: "✓",
    0x35: "✗",
    0x36: "✗",
    0x37: "✗",
    0x38: "✗",
    0x6E: "■",
    0x6F: "□",
    0x6C: "●",
    0x71: "□",
}
_ONE_BYTE = 0x100
_PRIVATE = range(0xF000, 0xF100)


def symbol(font: str, text: str, code: int) -> str | None:
    """Return the tick or box that `font` draws for a code, None where it is an ordinary character."""
    name = font.lower().replace(" ", "").replace("-", "")
    if "wingdings2" in name:
        table = _WINGDINGS_2
    elif "wingdings" in name:
        table = _WINGDINGS
    elif "webdings" in name:
        table = _WEBDINGS
    elif "dingbats" in name:
        table = _DINGBATS
    else:
        point = ord(text) if len(text) == 1 else 0
        # Symbol glyphs that reached another font keep their place in the private area.
        return _WINGDINGS.get(point - _PRIVATE.start) if point in _PRIVATE else None
    point = ord(text) if len(text) == 1 else 0
    for candidate in (point, point - _PRIVATE.start, code):
        if 0 <= candidate < _ONE_BYTE and candidate in table:
            return table[candidate]
    return None
