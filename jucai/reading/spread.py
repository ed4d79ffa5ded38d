"""Values that are spread over several boxes: 2024|年|8|月|1|日, or 起|2025.3.1|止|2026.3.1."""

import re

from jucai.reading.cells import Cell
from jucai.reading.meaning import Keys
from jucai.reading.sheets import Sheet
from jucai.reading.text import fold
from models.fields import FIELDS, FieldType

_DATE_PART = re.compile(
    r"^(?:[年月日起止至到自]|\d{1,4}[年月日]?|(?:19|20)\d\d[年./-]\d{1,2}(?:[月./-](?:\d{1,2}日?)?)?|)$"
)
_DATE_WORD = re.compile(r"^[年月日起止至到自]$")


def date_run(sheet: Sheet, keys: Keys, first: Cell) -> list[Cell]:
    """Return the run of boxes over which a date is spread: 2024|年|8|月|1|日|止|2027|年…, or 起|2025.3.1|止|…"""
    if not keys or FIELDS[keys[0]].type is not FieldType.DATE:
        return []
    run: list[Cell] = []
    following: Cell | None = first
    while following is not None and _DATE_PART.match(fold(following.text)) and following.r0 == first.r0:
        run.append(following)
        following = sheet.right(following)
    while run and run[-1].blank:
        run.pop()
    told = [fold(part.text) for part in run if not part.blank]
    return run if len(told) > 1 and any(_DATE_WORD.match(text) for text in told) else []


def both_ends(keys: Keys, values: list[Cell]) -> Keys:
    """Return the keys of both ends where a label for the first is followed by 止 and another date."""
    end = keys[0].removesuffix("_start") + "_end" if keys and keys[0].endswith("_start") else ""
    until = any(fold(value.text) in {"止", "至", "到"} for value in values[1:])
    return (keys[0], end) if end in FIELDS and len(keys) == 1 and until else keys
