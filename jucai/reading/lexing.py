"""Tokens of PDF syntax, told by one expression each where nothing is unusual; pdfminer's own lexer does the rest.

pdfminer goes through its states once or more for each token, which is a third of all work on a born-digital page, and
it makes its lexers itself, for objects, object streams, fonts and contents alike: `quicken` puts a quick step before
them all. What `_TOKEN` matches ends within the buffer and means the same there (ISO 32000-1, 7.2 and 7.3); anything
else, escapes, comments, nested parentheses, what runs over the end of the buffer, is left to pdfminer at the same
place.
"""

import contextlib
import re
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFObjRef
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import KWD, LIT, PSBaseParser, PSBaseParserToken, PSKeyword, PSLiteral

_DELIMITERS = rb"/%\[\]()<>{}\s"
_KINDS = (
    rb"([-+]?\d++)(?=[^\d.])"
    rb"|([-+]?\d*+\.\d*+)(?=\D)"
    rb"|/([^#" + _DELIMITERS + rb"]*+)(?=[" + _DELIMITERS + rb"])"
    rb"|([A-Za-z][^#" + _DELIMITERS + rb"]*+(?=[#" + _DELIMITERS + rb"])|<<|>>|[\[\]{}'\"])"
    rb"|<([\da-fA-F\s]*+)>(?=[^>])"
    rb"|\(([^()\\]*+)\)"
)
_INTEGER, _REAL, _NAME, _KEYWORD, _HEX, _STRING, _REFERENCE = range(1, 8)
_TOKEN = re.compile(rb"[\s\0]*+(?:" + _KINDS + rb")").match
_PLAIN = re.compile(
    rb"\s*+(?:(?!\d++\s++\d++\s++R)(?:" + _KINDS + rb")|(\d++)\s++\d++\s++R(?=[" + _DELIMITERS + rb"]))"
).match
_HEAD = re.compile(rb"\s*+(\d++)\s++\d++\s++obj(?=[" + _DELIMITERS + rb"])").match
_MOST = 1 << 14
"""A longer object is read by pdfminer."""
_OPENS = {b"]": b"[", b">>": b"<<"}
_BEHIND_A_SIGN = frozenset((_NAME, _HEX, _STRING))
_BLANKS = b" \t\n\r\f\v"
_TRUTH = {b"true": True, b"false": False}
_STRUCTURE = frozenset(KWD(word) for word in (b"[", b"]", b"<<", b">>", b"{", b"}", b"BI", b"ID"))
_slowly = PSBaseParser.nexttoken


def quicken() -> None:
    """Let all lexers of pdfminer in this process take plain tokens in one step."""
    setattr(PSBaseParser, "nexttoken", _nexttoken)  # noqa: B010 - see above; a plain assignment is none mypy allows


def _nexttoken(lexer: PSBaseParser) -> tuple[int, PSBaseParserToken]:
    """Return the place of the next token and the token, as pdfminer would.

    Raises:
        PSEOF: there is none.
    """
    if lexer._tokens or lexer.eof:  # noqa: SLF001 - what pdfminer has read and not yet handed out
        return _slowly(lexer)
    if lexer.charpos >= len(lexer.buf):
        with contextlib.suppress(PSEOF):
            lexer.fillbuf()
    found = _TOKEN(lexer.buf, lexer.charpos)
    token = None if found is None else _worth(found)
    if found is None or token is None:
        return _slowly(lexer)
    kind = found.lastindex or 0
    lexer.charpos = found.end()
    return lexer.bufpos + found.start(kind) - (kind in _BEHIND_A_SIGN), token


def _worth(found: re.Match[bytes]) -> PSBaseParserToken | None:
    """Return the token that was found, None for what is none after all."""
    kind = found.lastindex or 0
    text = found[kind]
    try:
        if kind == _INTEGER:
            return int(text)
        if kind == _REAL:
            return float(text)
        if kind == _NAME:
            return LIT(str(text, "utf-8"))
        if kind == _HEX:
            return bytes.fromhex(text.translate(None, _BLANKS).decode("ascii"))
    except ValueError:
        return None
    return text if kind == _STRING else _TRUTH[text] if text in _TRUTH else KWD(text)


class QuickDocument(PDFDocument):
    """A document whose plain objects are read in one go: dictionaries and arrays without comments, escapes or streams.

    Chromium makes a font of each few glyphs, with a dictionary of 256 references that nobody asks for.
    """

    def _getobj_parse(self, pos: int, objid: int) -> object:
        assert self._parser is not None
        self._parser.fp.seek(pos)
        try:
            return self._plain(self._parser.fp.read(_MOST), objid)
        except (_NotPlainError, ValueError, IndexError):
            return super()._getobj_parse(pos, objid)

    def _plain(self, data: bytes, objid: int) -> object:
        """Return the object at the start of `data`.

        Raises:
            _NotPlainError, ValueError, IndexError: it is not plain, and pdfminer has to say what it is.
        """
        head = _HEAD(data)
        if head is None or int(head[1]) != objid:
            raise _NotPlainError
        place = head.end()
        stack: list[tuple[bytes, list[Any]]] = []
        values: list[Any] = []
        while True:
            found = _PLAIN(data, place)
            if found is None:
                raise _NotPlainError
            place = found.end()
            kind = found.lastindex or 0
            if kind == _REFERENCE:
                values.append(PDFObjRef(self, int(found[kind])))
            elif kind != _KEYWORD:
                values.append(_plain_value(found))
            elif found[kind] == b"endobj" and not stack:
                (value,) = values
                return value
            else:
                values = _structured(found[kind], stack, values)


class _NotPlainError(Exception):
    """Something that pdfminer has to read."""


def _plain_value(found: re.Match[bytes]) -> PSBaseParserToken:
    token = _worth(found)
    if token is None:
        raise _NotPlainError
    return token


def _structured(word: bytes, stack: list[tuple[bytes, list[Any]]], values: list[Any]) -> list[Any]:
    """Return the values of the level on which what follows a bracket or a truth value stands."""
    if word in _OPENS.values():
        stack.append((word, values))
        return []
    if word in _TRUTH:
        values.append(_TRUTH[word])
        return values
    opened, above = stack.pop()
    if opened != _OPENS.get(word):
        raise _NotPlainError
    above.append(values if word == b"]" else _dictionary(values))
    return above


def _dictionary(values: list[Any]) -> dict[str, Any]:
    keys = values[::2]
    if len(values) % 2 or not all(isinstance(key, PSLiteral) and isinstance(key.name, str) for key in keys):
        raise _NotPlainError
    return {key.name: value for key, value in zip(keys, values[1::2], strict=True)}


class ContentParser(PDFContentParser):
    """pdfminer's parser of content streams, in which most tokens are operands and operators by themselves."""

    BUFSIZ = 1 << 16

    def nextobject(self) -> tuple[int, Any]:
        """Return the place of the next operand or operator and the object, as pdfminer would."""
        if self.results or self.context or self.curstack:
            return super().nextobject()
        place, token = self.nexttoken()
        if isinstance(token, PSKeyword) and token in _STRUCTURE:
            self._tokens.insert(0, (place, token))
            return super().nextobject()
        return place, token
