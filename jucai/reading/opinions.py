"""Boxes that are signed: an opinion, a promise or a report, then seal, signature and date."""

import re
from dataclasses import dataclass, replace

from jucai.reading.cells import Line
from jucai.reading.dates import find_dates, is_blank_date
from jucai.reading.signing import DAY_LABEL, cut_off, is_stray_rest, rejoined
from jucai.reading.text import fold, tidy

_BLANK_DATE = re.compile(r"年月日?$|^年月日|^年[^\d年月日]日$|^年月[^\d年月日]$")
"""A date nobody filled in; on a scan a seal may have made something else of one of its characters."""
_SIGN = re.compile(
    r"\(?(?:(?:申请人|申报人|承诺人|本人|负责人|经办人|审核人|审批人|复核人|法定代表人|单位|领导|主管|填表人|被考核人|科技副总|导师|专家|审查|推荐|主要)*"
    r"(?:单位)?(?:\((?:章|签字|签名|签章|盖章|公章|印章|手签|手写)\)|签字|签名|签章|盖章|公章|印章|签字盖章|签字或盖章|签章处|盖章处)+)\)?[:：]?"
)
_PERSON = re.compile(
    r"^(?:申请人|申报人|承诺人|负责人|经办人|审核人|审批人|复核人|法定代表人|主管领导|分管领导|领导|填表人|联系人|审核|审批|复核|经办)"
    r"(?:[:：]|$|(?=\())"
)
_STUB = re.compile(r"(?:经办人|负责人|审核人)?:?\(?(?:单位|公司|企业|学校|部门)?\(?(?:盖章?|公章?|签章?)?\)?")
"""What is left of 经办人：（单位盖章） beneath a seal."""
_HAND = re.compile(r"^[\u4e00-\u9fff·•]{2,4}$")
_PERSONS = re.compile(r"(?:负责人|经办人|审核人|审批人|复核人|主管领导|分管领导|联系人|法定代表人)[:：]")
_OWN_HAND = re.compile(r"(?:本人|承诺人|申请人|申报人|被考核人)\(?(?:签字|签名|签章)|^签名|签名[:：]")
_STRAY = re.compile(r"\d{1,2}((?:19|20)\d\d年(?:1[0-2]|0?[1-9])月(?:3[01]|[12]\d|0?[1-9])日)$")
_TAIL_LENGTH = 40
_STOPS = ("。", "！", "!")
_GREETING = re.compile(
    r"(?:^|(?<=[。！!\s]))\s*(?:此致\s*(?:敬礼)?|敬礼|顺颂商祺|特此(?:证明|说明|推荐))\s*[!！。:：]?\s*$"
)
"""How a letter closes is no part of what is said in it."""
_DAY = re.compile(rf"^{DAY_LABEL}:?")


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed box taken apart: what is said, the date of signing, where that stands, and whose hand it is."""

    body: tuple[Line, ...]
    text: str
    date: str
    date_line: Line | None
    own_hand: bool
    has_date_place: bool
    doubt: str | None = None
    text_doubt: str | None = None


def take_apart(lines: tuple[Line, ...]) -> Signed:
    """Split the lines of a signed box into text and signature; the signature stands at the end."""
    bare = (replace(line, text=_GREETING.sub("", line.text.strip(" ★☆"))) for line in lines)
    whole = rejoined([line for line in bare if line.text], _SIGN)
    pieces = [piece for line in whole for piece in cut_off(line)]
    kept = [line for n, line in enumerate(pieces) if not (n and is_stray_rest(pieces[n - 1].text, line.text))]
    lines = tuple(kept)
    body: list[Line] = []
    texts: list[str] = []
    days: list[_Day] = []
    own = place = named = False
    last_tail = _tail_start(lines)
    for index, line in enumerate(lines):
        plain = fold(line.text)
        if index < last_tail:
            body.append(line)
            texts.append(line.text)
            continue
        own = own or bool(_OWN_HAND.search(plain))
        day, plain = _day_in(line, plain)
        if day is not None:
            days.append(day)
        elif _BLANK_DATE.search(plain) or is_blank_date(plain):
            place = True
            plain = _BLANK_DATE.sub("", plain)
        rest = _said(plain)
        if rest:
            named = named or bool(day and texts and texts[-1].endswith(_STOPS) and _HAND.match(rest))
            body.append(line)
            texts.append(_restore(line.text, rest))
    broken = len(kept) < len(pieces)
    last = days[-1] if days else _Day("", None)
    text_doubt = "末尾的日期被换行拆开，意见可能不完整" if broken else "意见末尾可能有签名" if named else None
    place = place or bool(days)
    return Signed(
        tuple(body),
        tidy("".join(texts)),
        last.value,
        last.line,
        own,
        place,
        _doubt(days, broken=broken, named=named),
        text_doubt,
    )


@dataclass(frozen=True, slots=True)
class _Day:
    """A day of signing, the line it stands in, and whether a stroke before its year was taken for a digit."""

    value: str
    line: Line | None
    stray: bool = False


def _day_in(line: Line, plain: str) -> tuple[_Day | None, str]:
    """Return the day of signing in a line of a signature, None if there is none, and the folded text without it."""
    found = [day for day in find_dates(plain) if not day.guessed]
    stray = None if found else _STRAY.search(plain)
    if stray:
        plain = stray.group(1)
        found = find_dates(plain)
    if not found:
        return None, plain
    rest = plain[: found[-1].start] + plain[found[-1].end :]
    return _Day(found[-1].value, line, stray is not None), rest


def _said(plain: str) -> str:
    """Return what a line of a signature says beside seal, names and the word for the day."""
    plain = _DAY.sub("", plain)
    rest = _PERSON.sub("", _PERSONS.sub("", _SIGN.sub("", plain)))
    if rest != plain and (_PERSON.match(plain) or _PERSONS.match(plain)) and _HAND.match(rest):
        rest = ""
    if (_SIGN.search(plain) and len(rest) <= _NAME) or _STUB.fullmatch(rest):
        rest = ""
    return rest if rest.strip(":：()（）年月日.,，。、_-") else ""


def _doubt(days: list[_Day], *, broken: bool, named: bool) -> str | None:
    """Return what speaks against the last of the days of signing."""
    if len({day.value for day in days}) > 1:
        return "有两个落款日期"
    if broken or (days and days[-1].value and len(days[-1].value) < len("2026-01-01")):
        return "落款日期不完整"
    if named:
        return "日期前的文字可能不是签名"
    return "落款日期前有无法识别的笔画" if any(day.stray for day in days) else None


def belongs_to_signature(text: str) -> bool:
    """Whether a piece of text is part of a signature: seal, hand or date."""
    plain = fold(text)
    return bool(_SIGN.search(plain) or _PERSON.match(plain) or find_dates(plain) or _BLANK_DATE.search(plain))


_NAME = 5


def _restore(printed: str, rest: str) -> str:
    """Return `rest` with the punctuation it was printed with, where it is a prefix of the line."""
    kept = tidy(printed)
    return kept[: len(rest)] if fold(kept[: len(rest)]) == rest else rest


def _tail_start(lines: tuple[Line, ...]) -> int:
    """Return the index of the first line that belongs to the signature."""
    start = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        plain = fold(lines[index].text)
        signs = (
            _SIGN.search(plain)
            or _BLANK_DATE.search(plain)
            or _PERSON.match(plain)
            or _DAY.fullmatch(plain)
            or _STUB.fullmatch(plain)
        )
        dated = bool(find_dates(plain) or _STRAY.search(plain))
        dated = dated and len(plain) < _TAIL_LENGTH and not re.search(r"[，。；;]", plain)
        if signs or dated or (start == index + 1 and is_blank_date(plain)):
            start = index
        elif (start < len(lines) and len(plain) > _NAME) or (start == len(lines) and index < len(lines) - 3):
            break
    return start
