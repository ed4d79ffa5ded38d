"""Importing a year's official days: our own JSON, that of the public holiday data, or a table (CSV)."""

import csv
import io
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jucai.policy.calendar import CalendarYear, WorkCalendar, year_from
from jucai.policy.errors import CalendarError

_OFF_WORDS = frozenset({"放假", "休", "off", "true"})
_WORK_WORDS = frozenset({"上班", "调休上班", "班", "work", "false"})
_COLUMNS = 3
_LEAST_DAYS_OFF = 5


@dataclass(frozen=True, slots=True)
class Import:
    """What an import brings: the years, and for each whether it is new or what it changes."""

    years: tuple[CalendarYear, ...]
    lines: tuple[str, ...]
    calendar: WorkCalendar


def read_import(path: Path, current: WorkCalendar, source: str = "") -> Import:
    """Read a file of official days against the present calendar; nothing is written.

    Taken are `{"years": {"2027": {source, off: {day: name}, work: [day]}}}`; the public holiday data
    `{"year", "papers": [address], "days": [{"name", "date", "isOffDay"}]}`; and CSV lines `日期,名称,放假|上班`.

    Raises:
        CalendarError: unreadable, a day outside its year, a source that is not named, a year with hardly any day.
    """
    try:
        text = _text(path.read_bytes())
        raw = _csv(text) if path.suffix.lower() == ".csv" else json.loads(text)
        years = tuple(year_from(int(year), with_source(value, source)) for year, value in _years(raw).items())
    except FileNotFoundError as error:
        raise CalendarError(f"没有文件 {path}") from error
    except json.JSONDecodeError as error:
        told = f"第 {error.lineno} 行第 {error.colno} 列不是有效的 JSON"
        raise CalendarError(f"工作日历文件 {path.name} 不能使用：{told}") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CalendarError(f"工作日历文件 {path.name} 不能使用：{error}") from error
    for year in years:
        if len(year.off) < _LEAST_DAYS_OFF:
            raise CalendarError(f"{path.name}：{year.year} 年只有 {len(year.off)} 天放假，不像完整的安排，没有导入")
    if not years:
        raise CalendarError(f"{path.name} 里没有任何一年")
    lines = tuple(line for year in years for line in _changes(current.year(year.year), year))
    return Import(years, lines, current.with_years(years))


def _text(content: bytes) -> str:
    """UTF-8, or what spreadsheets here write when they save a table."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def with_source(value: Mapping[str, Any], source: str) -> dict[str, Any]:
    """A year's data with its source; `ValueError` where nobody says where it comes from."""
    named = source or value.get("source")
    if not named:
        raise ValueError("没有写明来源，请加 --source（国务院办公厅通知的名称或网址）")
    return {**value, "source": named}


def write_calendar(path: Path, years: tuple[CalendarYear, ...]) -> None:
    """Put years into the calendar file, in one step; the others stay as they are."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    for year in years:
        raw["years"][str(year.year)] = {
            "source": year.source,
            "off": {day.isoformat(): name for day, name in sorted(year.off.items())},
            "work": [day.isoformat() for day in sorted(year.work)],
        }
    raw["years"] = dict(sorted(raw["years"].items()))
    text = json.dumps(raw, ensure_ascii=False, indent=1) + "\n"
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".calendar-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
        WorkCalendar.load(Path(name))  # what cannot be read again never replaces what can
        Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _years(raw: Any) -> Mapping[str, Any]:
    if isinstance(raw, dict) and "days" in raw:
        return _public(raw)
    if isinstance(raw, dict) and isinstance(raw.get("years"), dict):
        years: Mapping[str, Any] = raw["years"]
        return years
    raise TypeError("应有 years（年份: 安排），或 year 与 days（公开的节假日数据）")


def _public(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The public holiday data: its papers are the notices; ordinary weekends are not in it."""
    year = int(raw["year"])
    days = {date.fromisoformat(str(item["date"])): item for item in raw["days"]}
    off = {day.isoformat(): str(item["name"]) for day, item in days.items() if item["isOffDay"] and day.year == year}
    work = [day.isoformat() for day, item in days.items() if not item["isOffDay"] and day.year == year]
    return {str(year): {"source": "、".join(map(str, raw.get("papers") or ())), "off": off, "work": work}}


def _csv(text: str) -> dict[str, Any]:
    years: dict[str, Any] = {}
    for number, row in enumerate(csv.reader(io.StringIO(text)), start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells[0] in {"日期", "date"}):
            continue
        if len(cells) < _COLUMNS:
            raise ValueError(f"第 {number} 行应有三列：日期、名称、放假或上班")
        day = date.fromisoformat(cells[0])
        year = years.setdefault(str(day.year), {"off": {}, "work": []})
        if cells[2] in _OFF_WORDS:
            year["off"][day.isoformat()] = cells[1]
        elif cells[2] in _WORK_WORDS:
            year["work"].append(day.isoformat())
        else:
            raise ValueError(f"第 {number} 行第三列应为“放假”或“上班”，现为“{cells[2]}”")
    return {"years": years}


def _changes(before: CalendarYear | None, after: CalendarYear) -> list[str]:
    if before is None:
        return [f"{after.year}年：新增，放假 {len(after.off)} 天，调休上班 {len(after.work)} 天"]
    lines = []
    for day in sorted({*before.off, *after.off, *before.work, *after.work}):
        old, new = _state(before, day), _state(after, day)
        if old != new:
            lines.append(f"{day.isoformat()}：由{old}改为{new}")
    return lines or [f"{after.year}年：与现有安排相同"]


def _state(year: CalendarYear, day: date) -> str:
    if day in year.work:
        return "调休上班"
    return f"{year.off[day]}放假" if day in year.off else "平常"
