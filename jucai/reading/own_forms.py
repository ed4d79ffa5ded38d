"""The office's own fillable forms: their fields carry the keys of facts, so nothing has to be guessed from labels."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pdfminer.pdftypes import list_value, resolve1
from pdfplumber.pdf import PDF

from jucai.reading.checks import cross_check
from jucai.reading.plausible import doubt_of
from jucai.reading.values import CLEAN, DOUBTFUL, parse
from jucai.reading.widgets import is_hidden, widget_name, widget_rect, widget_text
from models.fields import FIELDS, FieldSpec, FieldType
from models.own_forms import OwnField, own_field
from models.readings import Box, DocumentReading, FieldValue, ReadingStatus

_MOST = 3_000
_PRESET = frozenset({"application_date", "commitment_checked"})
_FEWEST_VALUES = 2
_BLANK = "表格没有填写内容，请填写后重新发送。"
_UNIT = {FieldType.MONEY: "（元）"}  # as the label beside the field says
_UNLIKE = "表单域与栏目位置读出的内容不一致"
_SAME = "表单域与栏目一致"


@dataclass(frozen=True, slots=True)
class _Filled:
    """One field as it was found: what it is, what stands in it, and where."""

    field: OwnField
    text: str
    page: int
    box: Box


def read_own_form(document: PDF, reading: DocumentReading) -> DocumentReading:
    """Put the fields of an own form into a reading; any other document is returned as it is.

    The value of a field counts by its name. Where its label, read from the page, says otherwise, a person looks: the
    names of a form can be changed by whoever sends it. A field left empty keeps what was written over its place.
    """
    found = list(_filled(document))
    forms = {one.field.form for one in found}
    if len(forms) != 1 or reading.status is ReadingStatus.MERGED:
        return reading
    fields = {}
    for key, ones in _by_key(found).items():
        seen = reading.fields.get(key)
        # Printed words taken for a value stand in no field; what was typed or written does.
        fields[key] = _value(ones, seen if seen is not None and any(_holds(one, seen) for one in found) else None)
    cross_check(fields, {})
    written = [key for key, one in fields.items() if one.value not in {"", "false"} and key not in _PRESET]
    blank = len(written) < _FEWEST_VALUES
    return replace(
        reading,
        status=ReadingStatus.BLANK if blank else ReadingStatus.FILLED,
        reason=_BLANK if blank else None,
        form=forms.pop(),
        fields=fields,
        # What the label reader could not map is a field with a name here.
        warnings=tuple(text for text in reading.warnings if not text.startswith("未识别的栏目")),
    )


def _filled(document: PDF) -> Iterator[_Filled]:
    for page in document.pages:
        _, low, _, high = page.mediabox
        for reference in list_value(page.page_obj.annots)[:_MOST] if page.page_obj.annots else []:
            widget: Any = resolve1(reference)
            if not isinstance(widget, dict) or is_hidden(widget):
                continue
            own, rect = own_field(widget_name(widget)), widget_rect(widget)
            if own is not None and rect is not None:
                box = (rect[0], high - rect[3], rect[2], high - rect[1]) if low < high else rect
                yield _Filled(own, widget_text(widget), page.page_number, box)


def _by_key(found: list[_Filled]) -> dict[str, list[_Filled]]:
    grouped: dict[str, list[_Filled]] = {}
    for one in found:
        grouped.setdefault(one.field.key, []).append(one)
    return grouped


def _holds(one: _Filled, seen: FieldValue) -> bool:
    """Whether what the label reader saw stands within this field."""
    if seen.bbox is None or seen.page != one.page:
        return False
    x, y = (seen.bbox[0] + seen.bbox[2]) / 2, (seen.bbox[1] + seen.bbox[3]) / 2
    return one.box[0] <= x <= one.box[2] and one.box[1] <= y <= one.box[3]


def _value(ones: list[_Filled], seen: FieldValue | None) -> FieldValue:
    """One fact from its field, or from its boxes to tick, held against what the label reader saw in some field."""
    first = ones[0]
    key, kind = first.field.key, first.field.type
    if kind is FieldType.MULTI and first.field.option:
        text = "、".join(one.field.option for one in ones if one.text == "☑")
        value = FieldValue(text, CLEAN, first.page, first.box, "widget", text)
    elif kind is FieldType.BOOL:
        ticked = first.text == "☑"
        value = FieldValue(str(ticked).lower(), CLEAN, first.page, first.box, "widget", first.text)
    else:
        value = _parsed(first)
    if key not in FIELDS or seen is None or not seen.value:
        return value
    if not value.value and any(_holds(one, seen) for one in ones):
        return seen  # written over the empty field with a viewer's pen or typewriter
    if seen.value != value.value:
        return replace(value, confidence=min(value.confidence, DOUBTFUL), reason=value.reason or _UNLIKE)
    return replace(value, checks=tuple(dict.fromkeys((*value.checks, *seen.checks, _SAME))))


def _parsed(one: _Filled) -> FieldValue:
    # A choice of a programme's own fact was made from the form's list; the list itself stands in the programme.
    kind = FieldType.TEXT if one.field.type is FieldType.ENUM else one.field.type
    spec = FIELDS.get(one.field.key) or FieldSpec(one.field.key, one.field.key, kind)
    parsed = parse(spec, one.text, _UNIT.get(spec.type, "")) if one.text.strip() else None
    if parsed is None:
        return FieldValue("", CLEAN, one.page, one.box, "widget", "")
    confidence, reason = parsed.confidence, parsed.reason
    if reason is None and spec.key in FIELDS and (doubt := doubt_of(spec.key, parsed.value)) is not None:
        confidence, reason = min(confidence, DOUBTFUL), doubt
    return FieldValue(parsed.value, confidence, one.page, one.box, "widget", one.text.strip(), parsed.checks, reason)
