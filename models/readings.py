"""What reading a document gives: fields with their evidence, and what became of the document as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the upper left corner of the page as it is shown."""

CONFIDENT = 0.9
"""From here on a value is taken without a person looking at it."""


class ReadingStatus(StrEnum):
    """What became of a document.

    filled: one application with values. blank: a form nobody filled in. merged: several applications, see
    `applications`. not_a_form: another kind of document. reject: cannot be read, `reason` tells the sender
    what to do. scan_pending: pages that are pictures still wait for OCR. killed: stopped at a limit.
    """

    FILLED = "filled"
    BLANK = "blank"
    MERGED = "merged"
    NOT_A_FORM = "not_a_form"
    REJECT = "reject"
    SCAN_PENDING = "scan_pending"
    KILLED = "killed"


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value with its evidence.

    `value` is normalised as `models.fields.FieldType` says, empty when the box is there and blank;
    `confidence` is 0 to 1; `page` counts from 1; `source` is text, widget or ocr; `raw` is what is printed;
    `checks` name what was verified; `reason` says in Chinese why a value is doubtful.
    """

    value: str
    confidence: float
    page: int | None = None
    bbox: Box | None = None
    source: str = "text"
    raw: str = ""
    checks: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def confident(self) -> bool:
        """Whether nobody needs to look at this value."""
        return self.confidence >= CONFIDENT

    def to_json(self) -> dict[str, Any]:
        """Return the value as JSON data."""
        return {
            "value": self.value,
            "confidence": round(self.confidence, 3),
            "page": self.page,
            "bbox": [round(edge, 1) for edge in self.bbox] if self.bbox else None,
            "source": self.source,
            "raw": self.raw,
            "checks": list(self.checks),
            "reason": self.reason,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "FieldValue":
        """Build the value from what `to_json` gave."""
        box = data.get("bbox")
        return cls(
            value=str(data["value"]),
            confidence=float(data["confidence"]),
            page=data.get("page"),
            bbox=(float(box[0]), float(box[1]), float(box[2]), float(box[3])) if box else None,
            source=str(data.get("source", "text")),
            raw=str(data.get("raw", "")),
            checks=tuple(data.get("checks", ())),
            reason=data.get("reason"),
        )


Fields = Mapping[str, FieldValue]
Tables = Mapping[str, list[Mapping[str, str]]]


def _fields_json(fields: Fields) -> dict[str, Any]:
    return {key: value.to_json() for key, value in fields.items()}


def _fields_from(data: Mapping[str, Any]) -> Fields:
    return MappingProxyType({key: FieldValue.from_json(value) for key, value in data.items()})


def _tables_from(data: Mapping[str, Any]) -> Tables:
    return MappingProxyType({key: [dict(row) for row in rows] for key, rows in data.items()})


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Application:
    """One of several applications in a single file: its form code, fields by key and repeated blocks."""

    form: str
    fields: Fields
    tables: Tables

    def to_json(self) -> dict[str, Any]:
        """Return the application as JSON data."""
        return {
            "form": self.form,
            "fields": _fields_json(self.fields),
            "tables": {key: [dict(row) for row in rows] for key, rows in self.tables.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Application":
        """Build the application from what `to_json` gave."""
        return cls(str(data["form"]), _fields_from(data["fields"]), _tables_from(data["tables"]))


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What was read from one file: status, form code, fields by key, repeated blocks, warnings, page count.

    `reason` is Chinese and tells the sender what to do; None where nothing needs doing. `warnings` are
    Chinese sentences for the clerk (scripts, embedded files, unmapped labels).
    """

    status: ReadingStatus
    reason: str | None = None
    form: str | None = None
    fields: Fields = field(default_factory=_nothing)
    tables: Tables = field(default_factory=_nothing)
    applications: tuple[Application, ...] = ()
    warnings: tuple[str, ...] = ()
    pages: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return the reading as JSON data, the layout `jucai read` writes."""
        return {
            "status": self.status.value,
            "reason": self.reason,
            "form": self.form,
            "fields": _fields_json(self.fields),
            "tables": {key: [dict(row) for row in rows] for key, rows in self.tables.items()},
            "applications": [application.to_json() for application in self.applications],
            "warnings": list(self.warnings),
            "pages": self.pages,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "DocumentReading":
        """Build the reading from what `to_json` gave."""
        return cls(
            status=ReadingStatus(data["status"]),
            reason=data.get("reason"),
            form=data.get("form"),
            fields=_fields_from(data.get("fields", {})),
            tables=_tables_from(data.get("tables", {})),
            applications=tuple(Application.from_json(item) for item in data.get("applications", ())),
            warnings=tuple(data.get("warnings", ())),
            pages=int(data.get("pages", 0)),
        )
