"""Money in whole 分 (fen), and the two ways an office writes it: figures and 大写."""

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from typing import Self

_FEN_PER_YUAN = 100
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_LIMIT_FEN = 10**18  # ten thousand 万亿 yuan: beyond any budget, and the end of the group names above
_FIGURES = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")


class MoneyError(ValueError):
    """An amount that cannot be taken as money, told in Chinese."""


class Rounding(StrEnum):
    """What happens to the part below the unit (取整方式)."""

    DOWN = "down"
    HALF_UP = "half_up"


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An exact amount of renminbi, held as integer 分; never a float."""

    fen: int

    def __post_init__(self) -> None:
        if type(self.fen) is not int:
            raise MoneyError(f"金额必须以整数“分”保存，得到的是 {self.fen!r}")
        if abs(self.fen) >= _LIMIT_FEN:
            raise MoneyError("金额超出可以处理的范围（一万万亿元）")

    @classmethod
    def from_yuan(cls, yuan: Decimal | int | str) -> Self:
        """Take an amount in 元 exactly; thousands separators and ￥/元 around it are allowed.

        Raises:
            MoneyError: not a number, not finite, or finer than one 分.
        """
        if isinstance(yuan, str):
            text = yuan.strip().removeprefix("￥").removeprefix("¥").removesuffix("元").strip()
            if not text.isascii() or not _FIGURES.fullmatch(text):
                raise MoneyError(f"“{yuan}”不是金额")
            yuan = text.replace(",", "")
        if isinstance(yuan, bool | float):
            raise MoneyError(f"金额不能由 {type(yuan).__name__} 得出：{yuan!r}")
        try:
            fen = Decimal(yuan) * _FEN_PER_YUAN
        except InvalidOperation as error:
            raise MoneyError(f"“{yuan}”不是金额") from error
        if not fen.is_finite() or abs(fen) >= _LIMIT_FEN:
            raise MoneyError(f"“{yuan}”不是可以处理的金额")
        if fen != fen.to_integral_value():
            raise MoneyError(f"“{yuan}”元不是整数分")
        return cls(int(fen))

    @classmethod
    def rounded(cls, yuan: Decimal, *, unit_fen: int = 1, how: Rounding = Rounding.DOWN) -> Self:
        """The amount nearest to `yuan` 元 in whole units of `unit_fen` 分 (1 = 分, 100 = 元)."""
        mode = ROUND_DOWN if how is Rounding.DOWN else ROUND_HALF_UP
        units = (yuan * _FEN_PER_YUAN / unit_fen).quantize(Decimal(1), rounding=mode)
        return cls(int(units) * unit_fen)

    @property
    def yuan(self) -> Decimal:
        """The amount in 元, always with two places."""
        return (Decimal(self.fen) / _FEN_PER_YUAN).quantize(Decimal("0.01"))

    @property
    def yuan_text(self) -> str:
        """Figures for people: `12,000.00`."""
        return f"{self.yuan:,.2f}"

    @property
    def upper_text(self) -> str:
        """The amount in 大写, as cheques are written (《支付结算办法》附一): 壹万贰仟元整."""
        return upper_text(self.fen)

    def times(self, factor: Decimal | int, *, unit_fen: int = 1, how: Rounding = Rounding.DOWN) -> "Money":
        """The product with a count or a share, rounded to whole units of `unit_fen`."""
        return Money.rounded(Decimal(self.fen) / _FEN_PER_YUAN * factor, unit_fen=unit_fen, how=how)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.fen + other.fen)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.fen - other.fen)

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        return self.yuan_text


ZERO = Money(0)


def from_yuan(yuan: Decimal | int | str) -> int:
    """An amount of 元 in whole 分; see `Money.from_yuan`."""
    return Money.from_yuan(yuan).fen


def yuan_text(fen: int) -> str:
    """Figures for people, from 分: `12,000.00`."""
    return Money(fen).yuan_text


def upper_text(fen: int) -> str:
    """The 大写 of an amount in 分.

    《支付结算办法》附一: 整 after 元 when nothing follows; none after 角 or 分; one 零 for any run of zeros between
    digits, also between 元 and 分.
    """
    money = Money(fen)  # refuses what is out of range
    sign = "负" if money.fen < 0 else ""
    yuan, cents = divmod(abs(money.fen), _FEN_PER_YUAN)
    jiao, last = divmod(cents, 10)
    text = f"{_integer(yuan)}元" if yuan else ""
    if not cents:
        return f"{sign}{text or '零元'}整"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif yuan:
        text += "零"
    if last:
        text += f"{_DIGITS[last]}分"
    return sign + text


def _integer(number: int) -> str:
    """A positive integer in 大写 digits with its place names."""
    text, zero_pending = "", False
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if not group:
            zero_pending = bool(text)
            continue
        if text and (zero_pending or group < 1000):  # noqa: PLR2004 - a group of four digits with a leading zero
            text += "零"
        text += _four_digits(group) + _group_name(index, groups)
        zero_pending = False
    return text


def _group_name(index: int, groups: list[int]) -> str:
    """万, 亿 or 万亿; after a 万亿 group the 亿 is said once, by the group that ends the run."""
    if index == 3 and groups[2]:  # noqa: PLR2004 - 一万二千亿: 万 here, 亿 after the next group
        return "万"
    return _GROUPS[index]


def _four_digits(group: int) -> str:
    text, zero = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + _PLACES[place]
            zero = False
        else:
            zero = True
    return text
