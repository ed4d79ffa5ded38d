"""How the office's own blank forms name their fields, so that whoever reads them knows each without looking."""

import hashlib
import re
from dataclasses import dataclass

from models.fields import FieldType

_NAME = re.compile(r"jucai/1/([a-z][a-z0-9-]{0,59})/([a-z][a-z0-9_]{0,59})/([a-z_]+)(?:/(.+))?", re.DOTALL)
_TYPES = frozenset(kind.value for kind in FieldType)
_PRINTED = re.compile(r"表单代码[:：]?([a-z][a-z0-9-]{0,59})/([0-9a-f]{4})")


@dataclass(frozen=True, slots=True)
class OwnField:
    """One field of an own form: the form's code, the fact's key and type, and the option of a box to tick."""

    form: str
    key: str
    type: FieldType
    option: str = ""


def field_name(form: str, key: str, kind: FieldType, option: str = "") -> str:
    """The name of a field in a fillable form; full stops would make a tree of it (ISO 32000-1 §12.7.3.2)."""
    return f"jucai/1/{form}/{key}/{kind.value}" + (f"/{option.replace('.', '．')}" if option else "")


def own_field(name: str) -> OwnField | None:
    """What a field name says; None where the form is not one of ours."""
    found = _NAME.fullmatch(name)
    if found is None or found[3] not in _TYPES:
        return None
    return OwnField(found[1], found[2], FieldType(found[3]), found[4] or "")


def printed_code(form: str) -> str:
    """The line at the head of a printed form, with a check so that a misread code is taken for none."""
    return f"表单代码：{form}/{_check(form)}"


def form_of(line: str) -> str | None:
    """The code in such a line; None if there is none or a character of it was misread."""
    found = _PRINTED.search(re.sub(r"\s", "", line))
    return found[1] if found and found[2] == _check(found[1]) else None


def _check(form: str) -> str:
    return hashlib.sha256(form.encode()).hexdigest()[:4]
