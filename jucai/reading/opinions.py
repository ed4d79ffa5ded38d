"""Boxes that are signed: an opinion, a promise or a report, then seal, signature and date."""

import re
from dataclasses import dataclass, replace

from jucai.reading.cells import Line
from jucai.reading.dates import find_dates, is_blank_date
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
_GREETING = re.compile(
    r"(?:^|(?<=[。！!\s]))\s*(?:此致\s*(?:敬礼)?|敬礼|顺颂商祺|特此(?:证明|说明|推荐))\s*[!！。:：]?\s*$"
)
"""How a letter closes is no part of what is said in it."""
_DAY = re.compile(r"^(?:落款|签署|审核|签字)?(?:日期|时间):?")


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


def take_apart(lines: tuple[Line, ...]) -> Signed:
    """Split the lines of a signed box into text and signature; the signature stands at the end."""
    bare = (replace(line, text=_GREETING.sub("", line.text.strip(" ★☆"))) for line in lines)
    lines = tuple(piece for line in bare if line.text for piece in _without_date(line))
    body: list[Line] = []
    texts: list[str] = []
    dates: list[tuple[str, Line]] = []
    own = place = doubtful = False
    last_tail = _tail_start(lines)
    for index, line in enumerate(lines):
        plain = fold(line.text)
        if index < last_tail:
            body.append(line)
            texts.append(line.text)
            continue
        own = own or bool(_OWN_HAND.search(plain))
        found = find_dates(plain)
        found = [d for d in found if not d.guessed]
        stray = None if found else _STRAY.search(plain)
        if stray:
            # A stroke of the signature was taken for a digit before the year.
            found = find_dates(stray.group(1))
            doubtful = doubtful or bool(found)
            plain = stray.group(1)
        if found:
            dates.append((found[-1].value, line))
            plain = plain[: found[-1].start] + plain[found[-1].end :]
            place = True
        elif _BLANK_DATE.search(plain) or is_blank_date(plain):
            place = True
            plain = _BLANK_DATE.sub("", plain)
        plain = _DAY.sub("", plain)
        rest = _PERSON.sub("", _PERSONS.sub("", _SIGN.sub("", plain)))
        if rest != plain and (_PERSON.match(plain) or _PERSONS.match(plain)) and _HAND.match(rest):
            rest = ""
        if (_SIGN.search(plain) and len(rest) <= _NAME) or _STUB.fullmatch(rest):
            rest = ""
        if rest.strip(":：()年月日.,，。、_-"):
            body.append(line)
            texts.append(_restore(line.text, rest))
    date, date_line = dates[-1] if dates else ("", None)
    doubt = "落款日期前有无法识别的笔画" if doubtful else None
    if date and len(date) < len("2026-01-01"):
        doubt = "落款日期不完整"
    doubt = "有两个落款日期" if len({d for d, _ in dates}) > 1 else doubt
    return Signed(tuple(body), tidy("".join(texts)), date, date_line, own, place or bool(dates), doubt)


_SAID_DATE = re.compile(r"^(.*[^\s])\s+((?:落款|签署|审核|签字)?(?:日期|时间)\s*[:：]?\s*\d.*)$")


def _without_date(line: Line) -> tuple[Line, ...]:
    """Cut a line where the day of signing stands behind the opinion: 审核无异议。 日期 2025.04.17."""
    match = _SAID_DATE.match(line.text)
    if not match or not find_dates(match[2]):
        return (line,)
    return replace(line, text=match[1]), replace(line, text=match[2])


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
