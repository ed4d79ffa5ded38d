"""Filling in a PDF form as a viewer does: with the clicks and keys of PDFium's own form engine."""

import ctypes
import io
from collections.abc import Mapping
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from models.own_forms import own_field

_TEXT, _CHECK, _COMBO = (
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_CHECKBOX,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
)


def fill(data: bytes, values: Mapping[str, str]) -> bytes:
    """The form with these values typed, chosen and ticked, by the keys of its facts; others are left empty."""
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    document.init_forms()
    for number in range(len(document)):
        page = document[number]
        for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
            _fill_one(document.formenv, page, index, values)
        pdfium.FORM_ForceToKillFocus(document.formenv)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fill_one(form: Any, page: Any, index: int, values: Mapping[str, str]) -> None:
    note = pdfium.FPDFPage_GetAnnot(page, index)
    own = own_field(_name(form, note))
    assert own is not None
    value = values.get(own.key, "")
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(note, rect)
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, note)
    if not value or (kind == _CHECK and not _ticked(own.option, value)):
        return
    x, y = (rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2
    pdfium.FORM_OnMouseMove(form, page, 0, x, y)
    pdfium.FORM_OnLButtonDown(form, page, 0, x, y)
    pdfium.FORM_OnLButtonUp(form, page, 0, x, y)
    if kind == _TEXT:
        pdfium.FORM_SelectAllText(form, page)
        pdfium.FORM_ReplaceSelection(form, page, _wide(value))
    elif kind == _COMBO:
        chosen = pdfium.FORM_SetIndexSelected(form, page, _option(form, note, value), True)  # noqa: FBT003 - C
        assert chosen


def _ticked(option: str, value: str) -> bool:
    return option in value.split("、") if option else value == "true"


def _option(form: Any, note: Any, value: str) -> int:
    for index in range(pdfium.FPDFAnnot_GetOptionCount(form, note)):
        if _string(lambda out, size, at=index: pdfium.FPDFAnnot_GetOptionLabel(form, note, at, out, size)) == value:
            return index
    raise AssertionError(f"no option {value}")


def _name(form: Any, note: Any) -> str:
    return _string(lambda out, size: pdfium.FPDFAnnot_GetFormFieldName(form, note, out, size))


def _string(get: Any) -> str:
    size = get(None, 0)
    out = ctypes.create_string_buffer(size)
    get(ctypes.cast(out, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return out.raw[: size - 2].decode("utf-16-le")


def _wide(text: str) -> Any:
    raw = text.encode("utf-16-le") + b"\0\0"
    return ctypes.cast(ctypes.create_string_buffer(raw), ctypes.POINTER(pdfium.FPDF_WCHAR))
