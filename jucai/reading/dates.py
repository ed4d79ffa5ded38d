"""Dates in every spelling that forms carry, and the ranges made of two of them."""

import re
from dataclasses import dataclass
from datetime import date

from jucai.reading.text import fold

_DIGIT = dict(zip("〇零○Oo一二三四五六七八九", "00000123456789", strict=True))
_HAN = "〇零○一二三四五六七八九十"
_OPEN_END = re.compile(r"至今|现在|目前|今后|迄今|^今$|至现在|present", re.IGNORECASE)
_SEP = r"[-./年·—–、,]"
_PATTERNS = (
    # 2026年7月4日, 2026-07-04, 2026.7.4, 2026/7/4
    re.compile(rf"(?<!\d)((?:19|20)\d\d){_SEP}(0?[1-9]|1[0-2])[-./月·—–、,](3[01]|[12]\d|0?[1-9])(?:日|号)?(?!\d)"),
    # 二〇二六年四月十五日, 二○二六年四月
    re.compile(rf"([{_HAN}]{{4}}|(?:19|20)\d\d)年([{_HAN}]{{1,3}})月(?:([{_HAN}]{{1,3}})[日号])?"),
    # 20260704
    re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"),
    # 2026年7月, 2026.07, 2026-7, 2026/07
    re.compile(rf"(?<!\d)((?:19|20)\d\d){_SEP}(0?[1-9]|1[0-2])(?:月份?)?(?!\d|月)"),
    # 202607
    re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(?!\d)"),
    # 95.09, 95年9月, 95-09-12
    re.compile(r"(?<!\d)(\d\d)[-./年](0?[1-9]|1[0-2])(?:[-./月](3[01]|[12]\d|0?[1-9])?日?)?(?!\d)"),
    # 6405
    re.compile(r"(?<!\d)(\d\d)(0[1-9]|1[0-2])(?!\d)"),
)
_MONTH_ONLY = re.compile(r"^(?:[-—–~至到]+)(0?[1-9]|1[0-2])月?$")
_YEAR_ONLY = re.compile(r"^((?:19|20)\d\d)年?$")
_SHORT_YEAR = 5
SHORT_YEAR = "年份只有两位"
"""Why a date is doubtful whose century was completed; another source that agrees settles it."""
_PIVOT = 35
_AGE = re.compile(r"[(（]?\s*(?:年满)?\d{1,3}\s*周?岁\s*[)）]?")
_CLOCK = re.compile(r"(?<=\d)(?:T|\s+)\d{1,2}:\d{2}(?::\d{2})?")
_SHORT_RANGE = re.compile(r"^(\d\d)[./年](1[0-2]|0?[1-9])月?[-—–~至到]+(\d\d)[./年](1[0-2]|0?[1-9])月?$")
_MONTHS = re.compile(r"^((?:19|20)\d\d)[./年](1[0-2]|0?[1-9])月?[-—–~至到](1[0-2]|0?[1-9])月?$")
_EMPTY = re.compile(r"^[年月日\s/.\-—_至到自起止()]*$")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found in text: ISO value, where it stands, and whether its year had to be completed."""

    value: str
    start: int
    end: int
    guessed: bool = False


def _han(text: str) -> int:
    """Return a number of up to two digits written in characters."""
    if text.startswith("十"):
        text = "一" + text
    if text.endswith("十"):
        return int(_DIGIT[text[0]]) * 10
    tens, _, ones = text.partition("十")
    digits = "".join(_DIGIT.get(char, "") for char in (tens + ones if ones else tens))
    return int(digits or 0)


def _iso(year: str, month: str, day: str | None) -> str | None:
    try:
        number = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return number.isoformat() if day else number.isoformat()[:7]


def _build(index: int, groups: tuple[str | None, ...]) -> tuple[str | None, bool]:
    year, month, *rest = groups
    day = rest[0] if rest else None
    assert year is not None
    assert month is not None
    if index == 1:
        numbers = "".join(_DIGIT.get(char, char) for char in year)
        return _iso(numbers, str(_han(month)), str(_han(day)) if day else None), False
    if index >= _SHORT_YEAR:
        century = 2000 if int(year) <= _PIVOT else 1900
        return _iso(str(century + int(year)), month, day), True
    return _iso(year, month, day), False


def find_dates(text: str) -> list[Dated]:
    """Return all dates in `text` in order; positions refer to `fold(text)`.

    Two-digit years up to 35 belong to this century; whoever uses them is told that the year was completed.
    """
    plain = fold(text)
    found: list[Dated] = []
    taken: list[tuple[int, int]] = []
    for index, pattern in enumerate(_PATTERNS):
        if index >= _SHORT_YEAR and found:
            break
        for match in pattern.finditer(plain):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            value, guessed = _build(index, match.groups())
            if value:
                found.append(Dated(value, match.start(), match.end(), guessed))
                taken.append((match.start(), match.end()))
    return sorted(found, key=lambda d: d.start)


def is_whole_day(text: str) -> bool:
    """Whether `text` is one day, with year, month and day, and nothing else."""
    return bool(_WHOLE_DAY.fullmatch(text)) and [len(day.value) for day in find_dates(text)] == [len("2026-01-01")]


_WHOLE_DAY = re.compile(r"(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}[日号]|([./-])\d{1,2}\1\d{1,2})")


def is_blank_date(text: str) -> bool:
    """Whether `text` is only the preprinted 年 月 日."""
    return bool(_EMPTY.match(fold(text)))


def open_end(text: str) -> bool:
    """Whether a range has no end yet: 至今."""
    return bool(_OPEN_END.search(fold(text)))


def parse_date(text: str) -> tuple[str, str | None]:  # noqa: PLR0911 - one answer for each way to be wrong
    """Return (ISO value, reason for doubt) for a box that holds one date; empty if it holds none."""
    plain = fold(_CLOCK.sub("", _AGE.sub("", text))).removeprefix("公元")
    if is_blank_date(plain):
        return "", None
    found = find_dates(plain)
    if not found:
        if open_end(plain):
            return "至今", None
        if year := _YEAR_ONLY.match(plain):
            return year.group(1), "只写了年份，没有月份"
        return plain, "不是可识别的日期"
    first = found[0]
    if len(found) > 1 and found[1].value != first.value:
        return first.value, "栏内有多个日期"
    rest = plain[: first.start] + plain[first.end :]
    if first.guessed:
        return first.value, SHORT_YEAR
    if _leftover(rest):
        return first.value, "日期前后另有文字"
    return first.value, None


_DRESS = re.compile(r"[()（）:：,，。.、起止开始时间日期月份期第]|签订|毕业|生效|到期|截至|左右")


def _leftover(text: str) -> bool:
    return len(_DRESS.sub("", text)) > 1


def _short_range(plain: str) -> tuple[str, str, str] | None:
    """Read 23.09-26.08 and 2025.1-12, which would pass for one date; None for any other text."""
    if short := _SHORT_RANGE.match(plain):
        start, end = (find_dates(f"{short[i]}.{short[i + 1]}")[0].value for i in (1, 3))
        return start, end, SHORT_YEAR
    if months := _MONTHS.match(plain):
        start, end = (f"{months[1]}-{int(month):02d}" for month in months.groups()[1:])
        return start, end, "终止年份未写，按起始年份补全"
    return None


def parse_range(text: str) -> tuple[str, str, str | None]:  # noqa: PLR0911 - as above
    """Return (start, end, reason for doubt) for a box that holds two dates."""
    plain = fold(_CLOCK.sub("", text))
    if is_blank_date(plain):
        return "", "", None
    if (short := _short_range(plain)) is not None:
        return short
    found = find_dates(plain)
    if not found:
        return "", "", "不是可识别的起止时间"
    doubt = SHORT_YEAR if any(d.guessed for d in found) else None
    if len(found) == 1:
        tail = plain[found[0].end :]
        if open_end(tail):
            return found[0].value, "至今", doubt
        if month := _MONTH_ONLY.match(tail):
            return (
                found[0].value,
                f"{found[0].value[:4]}-{int(month.group(1)):02d}",
                "终止年份未写，按起始年份补全",
            )
        if plain[: found[0].start].strip("自从由起") in {"至", "到", "—", "-", "止"}:
            return "", found[0].value, "只有终止时间"
        return found[0].value, "", "只有起始时间" if tail.strip("至到-—~起止") or not tail else None
    start, end = found[0].value, found[1].value
    if found[2:]:
        doubt = "栏内有两个以上日期"
    elif end[: len(start)] < start[: len(end)]:
        doubt = "终止时间早于起始时间"
    return start, end, doubt
