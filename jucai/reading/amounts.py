"""Amounts of money: figures with their unit, wherever it is printed, and 大写 characters."""

import re
from decimal import Decimal, InvalidOperation

from jucai.reading.text import fold

_NUMBER = re.compile(
    r"[￥¥]?(-?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(?:[余多来])?(?:\((?:单位:)?)?(亿元|万元|亿|万|千元|元)?"
)
_PLAIN_YUAN = 100_000
"""From here on a figure without a unit is 元, not 万元: nobody writes a thousand million so."""
_UNITS = {"亿元": 10**8, "亿": 10**8, "万元": 10**4, "万": 10**4, "千元": 10**3, "元": 1}
_LABEL_UNIT = re.compile(r"(亿元|万元|千元|元)")
_DIGITS = {
    **dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    **dict(zip("〇一二三四五六七八九", range(10), strict=True)),
    "弌": 1, "贰": 2, "貳": 2, "两": 2, "叄": 3, "參": 3, "参": 3, "陸": 6, "○": 0,
}  # fmt: skip
_SMALL = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_UPPER = re.compile(
    r"[零壹贰貳叁叄參参肆伍陆陸柒捌玖拾佰仟万萬亿億〇○一二两三四五六七八九十百千]+[元圆圓]"
    r"(?:[整正]|(?:零?[壹贰叁肆伍陆柒捌玖]角)?(?:零?[壹贰叁肆伍陆柒捌玖]分)?整?)?"
)
_UPPER_BARE = re.compile(r"[零壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟万萬亿億]{2,}")


def label_unit(label: str) -> int | None:
    """Return how many 元 one unit of the label is, None where it names no unit."""
    found = _LABEL_UNIT.search(fold(label))
    return _UNITS[found.group(1)] if found else None


def yuan(amount: Decimal) -> str:
    """Return 元 without superfluous zeros."""
    return str(int(amount)) if amount == int(amount) else format(amount.normalize(), "f")


def find_amount(text: str) -> tuple[Decimal, int | None, str] | None:
    """Return (figure, factor of its unit or None, what else stands there) of the first figure in `text`."""
    plain = fold(text)
    match = _NUMBER.search(plain)
    if not match:
        return None
    try:
        number = Decimal(match.group(1).replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    unit = _UNITS[match.group(2)] if match.group(2) else None
    return number, unit, plain[: match.start()] + plain[match.end() :]


def parse_money(text: str, label: str, *, usual_unit: int = 1) -> tuple[str, str | None]:  # noqa: C901 - one answer for each way to doubt
    """Return (whole 元, reason for doubt); the value's own unit beats the label's.

    `usual_unit` is what a figure without any unit means for this field; where that is 万元 the value is
    doubtful, since nothing on the page says so.
    """
    plain = fold(text)
    if re.fullmatch(r"[￥¥元万圆整正/月年㎡()人民币大小写金额:、,]*", plain):
        return "", None
    found = find_amount(plain)
    if found is None:
        upper = parse_upper(plain)
        return (upper, "金额只有大写") if upper else (plain, "不是可识别的金额")
    number, unit, rest = found
    if "=" in plain and (total := find_amount(plain.rpartition("=")[2])) is not None:
        number, unit, rest = total
    printed = label_unit(label)
    unsure = usual_unit != 1 and not re.match(r"[￥¥]", plain)
    if number >= _PLAIN_YUAN or not unsure:
        usual_unit = 1
    factor = unit or printed or usual_unit
    doubt: str | None = None
    if re.search(r"\d[余多来]", plain):
        doubt = "金额是约数"
    elif unit is None and re.search(r"[万亿]", _UPPER_BARE.sub(_if_empty, _UPPER.sub(_if_empty, rest))):
        doubt = "金额单位看不清楚"
    elif unit is None and printed is None and unsure:
        doubt = "未注明单位（元或万元）"
    elif re.search(r"\d", re.sub(r"/\d*(?:月|年)", "", rest)) and not _UPPER_BARE.search(rest):
        doubt = "栏内有多个数字"
    elif unit == 1 and printed and printed != 1:
        doubt = "栏目单位与填写单位不一致"
    value = number * factor
    if number < 0 or value != int(value):
        doubt = doubt or "金额不是整数元"
    return yuan(value), doubt


def _if_empty(words: re.Match[str]) -> str:
    """Drop an amount in characters; a bare 万元 is a unit and stays."""
    return "" if any(char in _DIGITS for char in words.group()) else words.group()


def parse_upper(text: str) -> str:
    """Return the amount in 元 that 大写 characters spell, empty if there are none or they make no number."""
    plain = fold(text)
    found = _UPPER.search(plain) or _UPPER_BARE.search(plain)
    if not found or not any(char in _DIGITS or char in "拾十" for char in found.group(0)):
        return ""
    words = found.group(0)
    body, mark, rest = words, "", ""
    for sign in "元圆圓":
        if sign in words:
            body, mark, rest = words.partition(sign)
            break
    whole = _integer(body)
    if whole is None:
        return ""
    cents = 0
    if mark:
        for digit, unit in re.findall(r"([壹贰叁肆伍陆柒捌玖一二三四五六七八九])([角分])", rest):
            cents += _DIGITS[digit] * (10 if unit == "角" else 1)
    return yuan(Decimal(whole) + Decimal(cents) / 100)


def _integer(words: str) -> int | None:
    total = section = digit = 0
    for char in words:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SMALL:
            section += (digit or (1 if section == 0 else 0)) * _SMALL[char]
            digit = 0
        elif char in _LARGE:
            total = (
                (total + section + digit) * _LARGE[char]
                if _LARGE[char] > 10**4
                else total + (section + digit) * _LARGE[char]
            )
            section = digit = 0
        else:
            return None
    return total + section + digit
