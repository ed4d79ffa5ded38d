"""HTML to the text a reader sees, in one pass over the tags; quoted history becomes lines that begin with `> `."""

import html
import re
from dataclasses import dataclass

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9:]{0,30})")
_HREF = re.compile(r"href\s*=\s*(?:\"([^\"]{1,2000})\"|'([^']{1,2000})'|([^\s\"'>]{1,2000}))", re.IGNORECASE)
_QUOTE = re.compile(
    r"type\s*=\s*[\"']?cite|gmail_quote|isReplyContent|yahoo_quoted|moz-cite|ntes_not_fresh|protonmail_quote"
    r"|margin:\s*0(?:px)?\s+0(?:px)?\s+0(?:px)?\s+\.?0?\.8ex",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "table",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "section",
        "article",
        "header",
        "footer",
        "hr",
        "dl",
        "dt",
        "dd",
        "center",
        "address",
        "form",
        "fieldset",
        "body",
        "main",
        "aside",
        "nav",
        "figure",
    ]
)
_UNSEEN = frozenset({"script", "style", "title", "template", "xml"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "area", "base", "col", "embed"})
_MAX_LINKS = 200


@dataclass(frozen=True, slots=True)
class Rendered:
    """The text of an HTML body and its links as (address, words shown)."""

    text: str
    links: tuple[tuple[str, str], ...]


class _Page:
    """The lines so far and where we are: how deep in quotes, inside hidden elements, inside a link."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quotes: list[bool] = []  # one entry for each open blockquote: is it history?
        self.hidden_tag = ""
        self.hidden_depth = 0
        self.links: list[tuple[str, str]] = []
        self.href = ""
        self.href_words: list[str] = []

    def text(self, raw: str) -> None:
        if self.hidden_depth or not raw:
            return
        words = _SPACE.sub(" ", html.unescape(raw))
        self.line.append(words)
        if self.href:
            self.href_words.append(words)

    def end_line(self) -> None:
        text = _SPACE.sub(" ", "".join(self.line)).strip(" ")
        self.lines.append(f"> {text}" if any(self.quotes) and text else text)
        self.line = []

    def block(self) -> None:
        if "".join(self.line).strip(" "):
            self.end_line()
        else:
            self.line = []

    def close_link(self) -> None:
        if self.href and len(self.links) < _MAX_LINKS:
            self.links.append((html.unescape(self.href), "".join(self.href_words).strip()))
        self.href, self.href_words = "", []

    def tag(self, name: str, inner: str, *, closing: bool) -> None:
        """Handle one tag; `inner` is what stands after its name."""
        if self.hidden_depth:
            # Only elements of the same name can close what hides.
            if name == self.hidden_tag and name not in _VOID:
                self.hidden_depth += -1 if closing else 1
        elif not closing and name not in _VOID and not inner.endswith("/") and _HIDDEN.search(inner):
            self.block()
            self.hidden_tag, self.hidden_depth = name, 1
        elif name == "br":
            self.end_line()
        elif name in {"td", "th"}:
            self.line.append(" ")
        elif name == "a":
            self.close_link()
            match = None if closing else _HREF.search(inner)
            if match is not None:
                self.href = match.group(1) or match.group(2) or match.group(3) or ""
        elif name in _BLOCKS:
            self._block_tag(name, inner, closing=closing)

    def _block_tag(self, name: str, inner: str, *, closing: bool) -> None:
        self.block()
        if name == "p" and closing:
            self.lines.append("")
        if name != "blockquote":
            return
        if not closing:
            self.quotes.append(_QUOTE.search(inner) is not None)
        elif self.quotes:
            self.quotes.pop()


def render(source: str) -> Rendered:
    """Return what a reader sees of an HTML body; broken markup is read as far as it goes."""
    page = _Page()
    lowered = source.lower()
    unclosed: set[str] = set()  # not looked for again: a letter may open a title on every line
    at = 0
    while True:
        start = source.find("<", at)
        if start < 0:
            page.text(source[at:])
            break
        page.text(source[at:start])
        if source.startswith("<!--", start):
            end = source.find("-->", start + 4)
            at = len(source) if end < 0 else end + 3
            continue
        match = _TAG.match(source, start)
        if match is None and source[start + 1 : start + 2] not in {"!", "?"}:
            page.text("<")
            at = start + 1
            continue
        end = source.find(">", start)
        if end < 0:
            break
        at = end + 1
        if match is None:
            continue
        name = match.group(1).lower()
        closing = source[start + 1] == "/"
        if name in _UNSEEN and not closing:
            close = -1 if name in unclosed else lowered.find(f"</{name}", at)
            if close < 0:
                unclosed.add(name)
            if close >= 0 or name in {"script", "style"}:
                at = len(source) if close < 0 else close
            continue
        page.tag(name, source[match.end() : end], closing=closing)
    page.close_link()
    page.end_line()
    return Rendered("\n".join(page.lines).replace("\u00a0", " ").strip("\n"), tuple(page.links))
