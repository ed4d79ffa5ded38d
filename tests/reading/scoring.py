"""How much of a form was read: right, missing, wrong and flagged, wrong in silence."""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from models.fields import FIELDS, FieldType
from models.readings import DocumentReading

SAME_PROSE = 0.97


@dataclass
class Score:
    """Counts over one or more forms; rates are shares from 0 to 1."""

    truth: int = 0
    right: int = 0
    confident: int = 0
    silent: list[str] = field(default_factory=list)
    cells: int = 0
    cells_right: int = 0
    cells_read: int = 0

    @property
    def recall(self) -> float:
        return self.right / max(self.truth, 1)

    @property
    def silent_rate(self) -> float:
        return len(self.silent) / max(self.confident, 1)

    def add(self, name: str, known: Mapping[str, Any], reading: DocumentReading) -> None:
        """Count one form against what is known of it (`fields`, `tables`)."""
        for key in set(known["fields"]) | set(reading.fields):
            wanted = known["fields"].get(key, "")
            got = reading.fields.get(key)
            value = got.value if got else ""
            right = bool(plain(wanted)) and same(key, wanted, value)
            self.truth += bool(plain(wanted))
            self.right += right
            if got and plain(value) and got.confident:
                self.confident += 1
                if not right:
                    self.silent.append(f"{name} {key}: {value} ≠ {wanted}")
        for table in set(known.get("tables", {})) | set(reading.tables):
            wanted_cells = cells(known.get("tables", {}).get(table, []))
            read_cells = cells(reading.tables.get(table, []))
            self.cells += sum(wanted_cells.values())
            self.cells_read += sum(read_cells.values())
            self.cells_right += sum((wanted_cells & read_cells).values())


def plain(text: object) -> str:
    return "".join(unicodedata.normalize("NFKC", str(text)).split())


def same(key: str, wanted: object, got: object) -> bool:
    one, other = plain(wanted), plain(got)
    if FIELDS[key].type is FieldType.LONGTEXT:
        one, other = ("".join(filter(str.isalnum, text)) for text in (one, other))
        return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= SAME_PROSE
    return one.upper().rstrip("。.;,") == other.upper().rstrip("。.;,")


def cells(rows: list[dict[str, str]]) -> Counter[tuple[int, str, str]]:
    return Counter((n, key, plain(value)) for n, row in enumerate(rows) for key, value in row.items() if plain(value))
