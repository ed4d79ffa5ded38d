"""Names in one form, so that the same employer is found however somebody typed it."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")


def normal_name(name: str) -> str:
    """A name without blanks, with half-width brackets and letters (NFKC), for comparing and finding; never for show."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", name)).casefold()
