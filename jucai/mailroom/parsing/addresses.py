"""Mailboxes in From, To and their kin, read in one pass however they are nested or broken (RFC 5322 §3.4)."""

import re

from jucai.mailroom.parsing.headers import clean_text, decode_words
from jucai.mailroom.parsing.values import Address

# Full-width punctuation stands before addresses in Chinese sentences, never inside them.
_ATOM = r"[^\s<>\"(),:;@\[\]：；，。、（）《》“”]"
_ADDR = re.compile(rf"{_ATOM}{{1,128}}@{_ATOM}{{1,255}}")
_SPECIAL = re.compile(r"[\"(<,;:>]")
_BIDI = re.compile(r"[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def _quoted_end(text: str, at: int) -> int:
    """Return where the quoted string that opens at `at` ends (past its closing quote)."""
    end = at + 1
    while True:
        end = text.find('"', end)
        if end < 0:
            return len(text)
        slashes = end - 1
        while slashes > at and text[slashes] == "\\":
            slashes -= 1
        if (end - 1 - slashes) % 2 == 0:
            return end + 1
        end += 1


def _comment_end(text: str, at: int) -> int:
    """Return where the comment that opens at `at` ends; nesting is counted, never recursed into."""
    depth = 0
    for match in re.finditer(r"[()]", text[at:]):
        depth += 1 if match.group() == "(" else -1
        if depth == 0:
            return at + match.end()
    return len(text)


class _Reader:
    """Collects display words until an address or a comma closes the mailbox."""

    def __init__(self, text: str, limit: int) -> None:
        self.text = text
        self.limit = limit
        self.found: list[Address] = []
        self.words: list[str] = []
        self.comment = ""
        self.angle: str | None = None
        self.broken_comment = False

    def close(self) -> None:
        """End the current mailbox at a comma, a semicolon or the end."""
        display = " ".join(word for word in self.words if word)
        if self.angle is not None:
            self._add(display or self.comment, self.angle)
        else:
            match = _ADDR.search(display)
            if match is not None:
                around = (display[: match.start()] + display[match.end() :]).strip()
                self._add(around or self.comment, match.group())
        self.words, self.comment, self.angle = [], "", None

    def _add(self, name: str, addr: str) -> None:
        match = _ADDR.search(addr)
        if match is not None:
            self.found.append(Address(display_name(name), match.group().lower()))

    def read(self) -> tuple[Address, ...]:
        """Return what was found, at most `limit`."""
        at, text = 0, self.text
        while at < len(text) and len(self.found) < self.limit:
            match = _SPECIAL.search(text, at)
            if match is None:
                self.words.append(text[at:].strip())
                break
            self.words.append(text[at : match.start()].strip())
            at = self._take(match.group(), match.start())
        if len(self.found) < self.limit:
            self.close()
        return tuple(self.found)

    def _take(self, sign: str, at: int) -> int:
        """Handle one special character; return where reading goes on."""
        text = self.text
        if sign == '"':
            end = _quoted_end(text, at)
            self.words.append(text[at + 1 : end - 1].replace('\\"', '"').replace("\\\\", "\\"))
            return end
        if sign == "(" and not self.broken_comment:
            end = _comment_end(text, at)
            # A comment that is never closed is looked for only once.
            self.broken_comment = end == len(text) and not text.endswith(")")
            if not self.broken_comment:
                self.comment = text[at + 1 : end - 1]
                return end
        elif sign == "<":
            end = text.find(">", at)
            end = len(text) if end < 0 else end
            if self.angle is None:
                self.angle = text[at + 1 : end]
            return end + 1
        elif sign in ",;":
            self.close()
        elif sign == ":":
            # A group's name, or an obsolete route: what stood before it is no mailbox.
            self.words = []
        return at + 1


def display_name(raw: str) -> str:
    """Return a decoded name on one line, without characters that turn or hide text."""
    return _BIDI.sub("", clean_text(decode_words(raw))).strip().strip("\"'").strip()


def parse_addresses(value: str, limit: int) -> tuple[Address, ...]:
    """Return the mailboxes of a raw header value, at most `limit`; the address is never taken from a name.

    Only where no address stands outside encoded words is the decoded text read: some clients encode it all.
    """
    found = _Reader(value, limit).read()
    if not found and "=?" in value:
        return _Reader(decode_words(value), limit).read()
    return found
