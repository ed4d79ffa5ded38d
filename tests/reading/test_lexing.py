"""The quick lexer tells what pdfminer's own tells, at the same places, whatever the bytes and wherever buffers end."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import PSBaseParser

from jucai.reading import lexing
from jucai.reading.lexing import ContentParser, QuickDocument

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "samples" / "forms").glob("p*.pdf"))
PIECES = st.sampled_from(
    [
        *(
            b"1",
            b"-2",
            b"+3",
            b"--4",
            b"5.",
            b".5",
            b"-.5",
            b".",
            b"-",
            b"1.2.3",
            b"12abc",
            b"1-2",
            b"0" * 30,
            b"9" * 5000,
        ),
        *(b"/A", b"/", b"/A#20B", b"/\xe4\xb8\xad", b"/\xff", b"/A/B", b"true", b"false", b"null", b"Tj", b"T*", b"f*"),
        *(b"BT", b"'", b'"', b"<41>", b"<4 1\n4>", b"<414>", b"<>", b"<<", b">>", b"<41>>>", b">", b"<", b"<zz>", b"["),
        *(b"]", b"(a)", b"(a(b)c)", rb"(a\)b)", rb"(\101)", b"()", b"(", b")", b"%x\n", b"%", b"{", b"}", b"\0", b"\v"),
        *(b"BI /W 1 ID ab EI ", b"ID", b"EI", b"1 0 R", b"obj", b"endobj", b"\0\0 "),
    ]
)
GAPS = st.sampled_from([b"", b" ", b"\n", b"\r\n", b"\t ", b"\0"])
SOUP = st.lists(st.tuples(PIECES, GAPS), max_size=40).map(lambda parts: b"".join(a + b for a, b in parts))


@pytest.fixture(autouse=True)
def _quick() -> None:
    lexing.quicken()


def tokens(data: bytes, lexer: type[PSBaseParser], one: Callable[[Any], Any]) -> list[Any]:
    """Return all tokens with their places, and the kind of error that ended them."""
    reader = lexer(io.BytesIO(data))
    found: list[Any] = []
    try:
        while len(found) < 10_000:
            found.append(one(reader))
    except PSEOF:
        return found
    except Exception as error:  # noqa: BLE001 - that both fail alike is what is tested
        return [*found, type(error)]
    return found


class _Small(PSBaseParser):
    BUFSIZ = 7


@given(SOUP)
@settings(max_examples=400)
def test_tokens_and_their_places_are_pdfminers(data: bytes) -> None:
    for lexer in (PSBaseParser, _Small):
        assert tokens(data, lexer, lambda reader: reader.nexttoken()) == tokens(data, lexer, lexing._slowly)


def painted(data: bytes, parser: type[PDFContentParser], cut: int) -> list[Any]:
    """Return what a content parser yields for a stream in two parts."""
    parts = [PDFStream({}, data[:cut]), PDFStream({}, data[cut:])]
    found: list[Any] = []
    try:
        reader = parser(parts)
        while len(found) < 10_000:
            place, value = reader.nextobject()
            found.append((place, value.get_data() if isinstance(value, PDFStream) else value))
    except PSEOF:
        return found
    except Exception as error:  # noqa: BLE001 - as above
        return [*found, type(error)]
    return found


@given(SOUP, st.integers(0, 60))
@settings(max_examples=400)
def test_operands_and_operators_are_pdfminers(data: bytes, cut: int) -> None:
    quick, slow = painted(data, ContentParser, cut), painted(data, _slow_contents(), cut)
    # A bracket that the data end with opens or closes nothing that is ever used.
    assert quick == slow or (quick == slow[: len(quick)] and len(slow) - len(quick) <= 1)


def _slow_contents() -> type[PDFContentParser]:
    class Slow(PDFContentParser):
        BUFSIZ = ContentParser.BUFSIZ
        nexttoken = lexing._slowly

    return Slow


def plain(value: Any) -> Any:
    """Return an object in a form that compares by value."""
    if isinstance(value, PDFObjRef):
        return ("R", value.objid)
    if isinstance(value, PDFStream):
        return ("stream", plain(value.attrs), value.rawdata)
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list) else value


def objects(document: PDFDocument) -> Iterator[tuple[int, Any]]:
    """Yield all objects of a file."""
    for xref in document.xrefs:
        for number in xref.get_objids():
            try:
                yield number, plain(document.getobj(number))
            except Exception as error:  # noqa: BLE001 - as above
                yield number, type(error)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_objects_of_the_samples_are_pdfminers(path: Path) -> None:
    quick, slow = (PDFDocument(PDFParser(io.BytesIO(path.read_bytes()))) for _ in range(2))
    quick.__class__ = QuickDocument
    assert dict(objects(quick)) == dict(objects(slow))


@given(SOUP)
@example(b"[/A 1>>")
@example(b"<</A 1]")
@example(b"<</A [1 0 R 2]/B<41>/C(x)/D null/E true>>")
@settings(max_examples=400)
def test_any_object_is_pdfminers(data: bytes) -> None:
    root = b"1 0 obj <</Type/Catalog>> endobj\n"
    body = root + b"2 0 obj " + data + b" endobj\n"
    table = b"xref\n0 3\n0000000000 65535 f \n0000000000 00000 n \n%010d 00000 n \n" % len(root)
    file = body + table + b"trailer <</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    quick, slow = (PDFDocument(PDFParser(io.BytesIO(file))) for _ in range(2))
    quick.__class__ = QuickDocument
    assert dict(objects(quick)) == dict(objects(slow))
