"""Official documents (文书): from a context to the bytes of a PDF/A, through a Jinja template and Typst."""

import datetime as dt
import io
import json
import re
import shutil
import tempfile
import threading
import weakref
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

import jinja2
import segno
import typst
from markupsafe import Markup

from jucai.notices.contexts import AnyDocument, PublicityNotice
from jucai.notices.fonts import TEMPLATES, FontStack, MissingGlyphsError
from jucai.notices.publication import check_publication
from jucai.notices.text import clean_block, clean_line, display_width, long_date
from jucai.notices.titles import break_title, document_title

_LONG_WORD = re.compile(r"[^\s\-/\u2e80-\U0003ffff]{28,}")
_WORD_PIECE = 8
_LIST_WIDTH_PT = 404  # 156 mm less the 序号 column
_PT_PER_COLUMN, _CELL_PADDING_PT = 6.2, 10


class DocumentError(RuntimeError):
    """The template itself is wrong: Typst could not set it."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(f"文书模板“{kind}”排版失败：{reason}")


class DocumentRenderer:
    """Sets documents with one reused compiler; safe to share between threads.

    Nothing outside memory can be read by a document: the root folder is an empty one, packages are not
    looked for, system fonts are ignored.
    """

    def __init__(self, fonts: FontStack | None = None) -> None:
        self._fonts = fonts or FontStack()
        self._fonts.check()
        self._environment = _environment(self._fonts)
        self._lock = threading.Lock()
        self._closed_root = tempfile.mkdtemp(prefix="jucai-typst-")
        weakref.finalize(self, shutil.rmtree, self._closed_root, ignore_errors=True)
        # One for the renderer's whole life: 500 notices and ten lists took it from 154 to 208 MB, while renewing it
        # every hundred documents came to 267 MB.
        self._compiler = typst.Compiler(
            root=self._closed_root,
            font_paths=[str(folder) for folder in self._fonts.folders],
            ignore_system_fonts=True,
            package_path=self._closed_root,
            package_cache_path=self._closed_root,
        )

    def source(self, context: AnyDocument) -> str:
        """The Typst source of a document, for looking into a layout."""
        template = self._environment.get_template(f"{context.kind.value}.typ.j2")
        return template.render(doc=context, title=document_title(context), qr=_qr_svg(context.verify_url))

    def render(self, context: AnyDocument) -> bytes:
        """The PDF (PDF/A-2b, tagged) of a document; the same context gives the same bytes.

        Raises:
            PublicationRefusedError: a public list holds private data.
            MissingGlyphsError: the fonts cannot write a character.
            DocumentError: the template is wrong.
        """
        if isinstance(context, PublicityNotice):
            _gate(context)
        moment = dt.datetime.combine(context.issued_on, dt.time(), tzinfo=dt.UTC)
        return self._compile(context.kind.value, self.source(context), "a-2b", moment)

    def typeset(self, template: str, values: Mapping[str, Any]) -> bytes:
        """The PDF of a template of `templates/notices` with these values; the same values give the same bytes.

        Raises:
            MissingGlyphsError: the fonts cannot write a character.
            DocumentError: the template is wrong.
        """
        source = self._environment.get_template(template).render(**values)
        return self._compile(template, source, "1.7", dt.datetime(2026, 1, 1, tzinfo=dt.UTC))

    def _compile(self, what: str, source: str, standard: Literal["a-2b", "1.7"], moment: dt.datetime) -> bytes:
        if missing := self._fonts.missing(source):
            raise MissingGlyphsError(missing)
        try:
            with self._lock:
                pdf = self._compiler.compile(source.encode(), format="pdf", pdf_standards=standard, timestamp=moment)
        except typst.TypstError as error:
            raise DocumentError(what, error.diagnostic) from error
        assert isinstance(pdf, bytes)
        return pdf


def typeset(template: str, *, renderer: DocumentRenderer | None = None, **values: Any) -> bytes:
    """The PDF of a layout that is no official document (a blank form): see `DocumentRenderer.typeset`."""
    return (renderer or _shared()).typeset(template, values)


def render_document(context: AnyDocument, *, renderer: DocumentRenderer | None = None) -> bytes:
    """The PDF of an official document; see `DocumentRenderer.render`.

    Without a renderer the shipped fonts and one shared compiler are used.
    """
    return (renderer or _shared()).render(context)


@lru_cache(maxsize=1)
def _shared() -> DocumentRenderer:
    return DocumentRenderer()


def _gate(context: PublicityNotice) -> None:
    office = context.office
    own = (office.phone, office.supervision_phone, office.mailbox)
    texts = [
        ("标题", "".join(context.title_lines)),
        ("名单标题", context.list_title),
        ("项目名称", context.programme_title),
        *(("依据", text) for text in context.basis),
        *(("程序", text) for text in context.procedure),
        *(("备注", text) for text in context.remarks),
    ]
    check_publication(texts=texts, columns=context.columns, rows=context.rows, allowed=own)


def _environment(fonts: FontStack) -> jinja2.Environment:
    """Jinja with delimiters of its own, where every `<< value >>` is a Typst string, never markup."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES / "notices"),
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_in_markup,
        autoescape=True,  # what macros return is finished (Markup); everything else goes through `finalize`
    )
    environment.filters |= {
        "date": long_date,
        "code": _code,
        "paragraphs": lambda text: clean_block(text).split("\n") if text else [],
        "column_widths": _column_widths,
        "list_title_lines": _list_title_lines,
    }
    environment.globals["fonts"] = fonts
    return environment


def _literal(value: object) -> str:
    """A Typst string literal: without control characters JSON escapes just what Typst does."""
    text = _LONG_WORD.sub(_breakable, clean_line(str(value)))
    return json.dumps(text, ensure_ascii=False)


def _in_markup(value: object) -> Markup:
    """A value as it stands in markup: `#"…";`, where the semicolon ends the expression and is not printed."""
    return value if isinstance(value, Markup) else _finished(f"#{_literal(value)};")


def _finished(source: str) -> Markup:
    """Typst source as it stands."""
    return Markup(source)  # noqa: S704 - Typst, not HTML; callers pass string literals and figures only


def _code(value: object) -> Markup:
    """A value in code mode: a number, a tuple of values, or a string literal."""
    if isinstance(value, bool):
        return _finished("true" if value else "false")
    if isinstance(value, int):
        return _finished(str(value))
    if isinstance(value, tuple | list):
        return _finished("(" + "".join(f"{_code(item)}, " for item in value) + ")")
    return _finished(_literal(value))


def _breakable(word: re.Match[str]) -> str:
    """Places to break in an unbroken run (a long address, a hostile word): it shall not leave the page."""
    run = word.group()
    return "\u200b".join(run[at : at + _WORD_PIECE] for at in range(0, len(run), _WORD_PIECE))


def _column_widths(context: PublicityNotice) -> list[int]:
    """Widths of the list's columns in points: short columns get what they need, long ones share the rest."""
    wanted = [
        max(display_width(head) / 2 + 1, *map(display_width, cells)) * _PT_PER_COLUMN + _CELL_PADDING_PT
        for head, *cells in zip(context.columns, *context.rows, strict=True)
    ]
    widths = [0.0] * len(wanted)
    room = float(_LIST_WIDTH_PT)
    for left, index in zip(range(len(wanted), 0, -1), sorted(range(len(wanted)), key=wanted.__getitem__), strict=True):
        widths[index] = min(wanted[index], room / left)
        room -= widths[index]
    return [int(width + room / len(widths)) for width in widths]


def _list_title_lines(context: PublicityNotice) -> tuple[str, ...]:
    return break_title(context.list_title or f"{context.programme_title}公示名单", keep=(context.programme_title,))


def _qr_svg(address: str) -> Markup:
    if not address:
        return _finished("")
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=0, xmldecl=False, svgns=True)
    return _finished(json.dumps(out.getvalue().decode()))
