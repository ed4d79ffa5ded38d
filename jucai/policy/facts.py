"""The facts of a form as typed values: read once, exactly, or not at all."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from jucai.policy.language import FactsView
from jucai.policy.parts import cell_key
from jucai.policy.uncertain import OPEN_END, CannotTellError, Day, DayRange, month_range
from models.fields import FieldSpec, FieldType

_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")
_OPEN = frozenset({"至今", "长期", "无固定期限", "永久"})
_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,6})?")
_YES = frozenset({"true", "是", "有", "√", "☑", "已承诺"})
_NO = frozenset({"false", "否", "无", "□"})


def read_day(text: str) -> Day:
    """A date as forms write it: `2026-01-31`, `2026-01`, `2026`, 2026年1月, 至今.

    Raises:
        ValueError: none of these, or no day of the calendar.
    """
    if text in _OPEN:
        return OPEN_END
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day = found.groups()
    if month is None:
        return DayRange(date(int(year), 1, 1), date(int(year), 12, 31))
    if day is None:
        if not 1 <= int(month) <= 12:  # noqa: PLR2004 - months
            raise ValueError(text)
        return month_range(int(year), int(month))
    return date(int(year), int(month), int(day))


def read_number(text: str) -> Decimal:
    """A number of a form; thousands separators are allowed.

    Raises:
        ValueError: anything else.
    """
    plain = text.replace(",", "").removeprefix("￥").removeprefix("¥").removesuffix("元")
    if not _NUMBER.fullmatch(plain):
        raise ValueError(text)
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(text) from error


def read_value(text: str, kind: FieldType) -> Any:
    """The typed value of a normalised field.

    Raises:
        ValueError: the text is not of that type.
    """
    if not text.isascii() and kind not in _PROSE:
        text = unicodedata.normalize("NFKC", text)
    reader = _READERS.get(kind)
    return reader(text.strip()) if reader else text.strip()


def _whole(text: str) -> Decimal:
    number = read_number(text)
    if number != number.to_integral_value():
        raise ValueError(text)
    return number


def _yes_or_no(text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise ValueError(text)


def _choices(text: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[、,;\s]+", text) if part)


_PROSE = frozenset({FieldType.TEXT, FieldType.LONGTEXT})
_READERS: dict[FieldType, Callable[[str], Any]] = {
    FieldType.DATE: read_day,
    FieldType.MONEY: read_number,
    FieldType.MONEY_UPPER: read_number,
    FieldType.DECIMAL: read_number,
    FieldType.INT: _whole,
    FieldType.BOOL: _yes_or_no,
    FieldType.MULTI: _choices,
}


def table_label(table: str, vocabulary: Mapping[str, FieldSpec]) -> str:
    """What people call a programme's own table; its key where there is none."""
    first = next((spec for spec in vocabulary.values() if spec.table == table), None)
    return first.label.partition(f"第{first.row}行")[0] if first else table


def flat(raw: Mapping[str, object]) -> dict[str, object]:
    """Facts with the rows of tables (`{table: [{column: value}]}`) put under the keys of their cells."""
    found: dict[str, object] = {}
    for key, value in raw.items():
        if isinstance(value, list) and all(isinstance(row, dict) for row in value):
            for number, row in enumerate(value, start=1):
                found |= {cell_key(key, number, str(column)): cell for column, cell in row.items()}
        else:
            found[key] = value
    return found


class Facts(FactsView):
    """One case's facts under a programme's vocabulary; values are read when first asked for."""

    def __init__(self, raw: Mapping[str, str], vocabulary: Mapping[str, FieldSpec]) -> None:
        self._raw = raw
        self._vocabulary = vocabulary
        self._values: dict[str, Any] = {}

    def label(self, key: str) -> str:
        """The Chinese wording of a fact."""
        spec = self._vocabulary.get(key)
        return spec.label if spec else key

    def value(self, key: str) -> Any:
        """The typed value.

        Raises:
            CannotTellError: not given, or not readable as its type.
        """
        if key in self._values:
            return self._values[key]
        text = self._raw.get(key, "").strip()
        if not text:
            raise CannotTellError(f"没有填写{self.label(key)}", key)
        try:
            value = read_value(text, self._type(key))
        except ValueError:
            raise CannotTellError(f"{self.label(key)}“{text}”无法识别", key) from None
        self._values[key] = value
        return value

    def has(self, key: str) -> bool:
        """Whether something is written there."""
        return bool(self._raw.get(key, "").strip())

    def on_form(self, key: str) -> bool:
        """Whether the form has that box."""
        return key in self._raw

    def readable(self, key: str) -> bool:
        """Whether what is written there can be read as its type."""
        try:
            self.value(key)
        except CannotTellError:
            return False
        return True

    def rows(self, table: str) -> Sequence[Mapping[str, str]]:
        """The rows of a programme's own table that are filled in: for each column the key of its fact.

        Raises:
            CannotTellError: the form that was read has no such table.
        """
        found: dict[int, dict[str, str]] = {}
        for spec in self._vocabulary.values():
            if spec.table == table:
                found.setdefault(spec.row, {})[spec.column] = spec.key
        if not any(key in self._raw for cells in found.values() for key in cells.values()):
            raise CannotTellError(f"表上没有“{table_label(table, self._vocabulary)}”", table)
        return [cells for _, cells in sorted(found.items()) if any(self.has(key) for key in cells.values())]

    def formula(self, key: str) -> str:
        """How the value is computed; empty for what a form says."""
        spec = self._vocabulary.get(key)
        return spec.formula if spec else ""

    def _type(self, key: str) -> FieldType:
        spec = self._vocabulary.get(key)
        return spec.type if spec else FieldType.TEXT
