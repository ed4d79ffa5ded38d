"""What a clerk types, brought into the form `models.fields.FieldType` asks for, or told why it cannot be."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

import cn2an

from models.fields import FieldSpec, FieldType

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(3**n % 31 for n in range(17))
_OPEN_ENDS = frozenset({"至今", "今", "现在", "长期", "无固定期限", "目前"})
_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2})\s*日?|\s*月?)")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_HANZI_DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_HANZI_DATE = re.compile(r"([〇零○一二三四五六七八九]{4})年(.{1,3})月(?:(.{1,3})日)?")
_FIGURES = re.compile(r"[￥¥]?(-?\d+(?:\.\d+)?)(万|亿)?元?")
_UPPER = re.compile(r"[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿一二三四五六七八九十百千两]+")
_CENTS = re.compile(r"(?:([壹贰叁肆伍陆柒捌玖零])角)?(?:([壹贰叁肆伍陆柒捌玖])分)?")
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_TIMES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), None: Decimal(1)}
_EMAIL = re.compile(r"[^\s@<>,;]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_MAX_TEXT = {FieldType.LONGTEXT: 5000}
_YES = frozenset({"true", "是", "√", "有", "1"})
_NO = frozenset({"false", "否", "×", "无", "0", "未勾选"})


class ValueProblem(Exception):  # noqa: N818 - told to a person, not a fault
    """What was typed cannot stand in this field; with `soft` a person may insist after looking at the paper."""

    def __init__(self, message: str, *, soft: bool = False) -> None:
        super().__init__(message)
        self.soft = soft


@dataclass(frozen=True, slots=True)
class Hint:
    """How a field is typed: an example, and the keyboard a phone shows."""

    text: str
    inputmode: str = "text"


_HINTS = {
    FieldType.DATE: Hint("例如 2025-06-01、2025年6月；尚未结束的写“至今”"),
    FieldType.IDNO: Hint("18 位居民身份证号码，末位可为 X"),
    FieldType.USCC: Hint("18 位统一社会信用代码，不含 I、O、S、V、Z"),
    FieldType.PHONE: Hint("手机号 11 位，或区号加座机号", "tel"),
    FieldType.DIGITS: Hint("只写数字，可带空格", "numeric"),
    FieldType.MONEY: Hint("以元为单位，例如 12000 或 1.2万", "decimal"),
    FieldType.MONEY_UPPER: Hint("写大写（壹万贰仟元整）或数字", "text"),
    FieldType.INT: Hint("整数", "numeric"),
    FieldType.DECIMAL: Hint("数字，可带小数", "decimal"),
    FieldType.EMAIL: Hint("例如 name@example.cn", "email"),
    FieldType.MULTI: Hint("多项之间用顿号（、）隔开"),
}


def hint(spec: FieldSpec) -> Hint:
    """How this field is typed."""
    if spec.options and spec.type is FieldType.ENUM:
        return Hint(f"一般为：{'、'.join(spec.options)}")
    return _HINTS.get(spec.type, Hint("照表上所写填写"))


def normalise(spec: FieldSpec, typed: str) -> str:
    """The value of a field as it is stored; empty stays empty (the box on the paper is blank).

    Raises:
        ValueProblem: it cannot be read as this type, or a check digit does not fit (soft).
    """
    text = typed.strip()
    if not text:
        return ""
    limit = _MAX_TEXT.get(spec.type, 300)
    if len(text) > limit:
        raise ValueProblem(f"“{spec.label}”最多 {limit} 个字，现有 {len(text)} 个字")
    return _READERS[spec.type](spec, text)


def narrow(text: str) -> str:
    """Full-width digits and letters made half-width; Chinese punctuation keeps its width."""
    return "".join(
        folded if len(folded := unicodedata.normalize("NFKC", char)) == 1 and folded.isascii() and folded.isalnum()
        else char
        for char in text
    )  # fmt: skip


def _squeeze(text: str) -> str:
    return "".join(narrow(text).split())


def _text(_: FieldSpec, text: str) -> str:
    return _squeeze(text)


def _long(_: FieldSpec, text: str) -> str:
    return "".join(line.strip() for line in narrow(text).splitlines())


def _date(spec: FieldSpec, text: str) -> str:
    text = unicodedata.normalize("NFKC", text).strip()
    if text in _OPEN_ENDS:
        return "至今"
    hanzi = _HANZI_DATE.fullmatch(text)
    if hanzi:
        text = _hanzi_date(hanzi)
    match = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if not match:
        raise ValueProblem(f"“{spec.label}”应写到年月或年月日，例如 2025-06 或 2025年6月1日")
    year, month, day = int(match[1]), int(match[2]), int(match[3]) if match[3] else None
    try:
        checked = date(year, month, day or 1)
    except ValueError as error:
        raise ValueProblem(f"“{spec.label}”不是一个存在的日期：{text}") from error
    if not 1900 <= year <= 2100:  # noqa: PLR2004 - nobody living or planned lies beyond
        raise ValueProblem(f"“{spec.label}”的年份不合常理：{year}")
    return checked.isoformat() if day else f"{year:04d}-{month:02d}"


def _hanzi_date(match: re.Match[str]) -> str:
    def small(part: str) -> str:
        try:
            return str(int(cn2an.cn2an(part, "smart")))
        except ValueError:
            return part

    parts = [match[1].translate(_HANZI_DIGITS), *(small(part) for part in (match[2], match[3]) if part)]
    return "-".join(parts)


def _idno(spec: FieldSpec, text: str) -> str:
    text = _squeeze(text).upper()
    if len(text) == 18 and text[:17].isdigit():  # noqa: PLR2004 - GB 11643
        total = sum(int(digit) * weight for digit, weight in zip(text[:17], _ID_WEIGHTS, strict=True))
        if _ID_CHECK[total % 11] != text[17]:
            raise ValueProblem(f"“{spec.label}”的校验位不符，请逐位与原件核对", soft=True)
        try:
            date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
        except ValueError as error:
            raise ValueProblem(f"“{spec.label}”中的出生日期不存在，请逐位与原件核对", soft=True) from error
        return text
    if not re.fullmatch(r"[0-9A-Z()（）-]{5,24}", text):
        raise ValueProblem(f"“{spec.label}”应为 18 位身份证号码或其他证件号码")
    raise ValueProblem(f"“{spec.label}”不是 18 位身份证号码（现有 {len(text)} 位）", soft=True)


def _uscc(spec: FieldSpec, text: str) -> str:
    text = _squeeze(text).upper()
    if len(text) != 18 or any(char not in _USCC for char in text):  # noqa: PLR2004 - GB 32100
        raise ValueProblem(
            f"“{spec.label}”应为 18 位数字和大写字母（不含 I、O、S、V、Z），现有 {len(text)} 位",
            soft=text.isascii() and text.isalnum(),
        )
    total = sum(_USCC.index(char) * weight for char, weight in zip(text[:17], _USCC_WEIGHTS, strict=True))
    if _USCC[(31 - total % 31) % 31] != text[17]:
        raise ValueProblem(f"“{spec.label}”的校验位不符，请逐位与原件核对", soft=True)
    return text


def _digits(spec: FieldSpec, text: str) -> str:
    text = re.sub(r"[\s-]", "", narrow(text))
    if not (text.isascii() and text.isdigit()):
        raise ValueProblem(f"“{spec.label}”只能是数字")
    return text


def _phone(spec: FieldSpec, text: str) -> str:
    text = re.sub(r"[\s()（）+－—-]", "", narrow(text))
    if not (text.isascii() and text.isdigit()):
        raise ValueProblem(f"“{spec.label}”只能是数字")
    if not re.fullmatch(r"(86)?1\d{10}|0\d{9,15}|\d{7,8}", text):
        raise ValueProblem(f"“{spec.label}”的位数不像电话号码（{len(text)} 位），请与原件核对", soft=True)
    return text


def _email(spec: FieldSpec, text: str) -> str:
    text = _squeeze(unicodedata.normalize("NFKC", text))
    if not _EMAIL.fullmatch(text):
        raise ValueProblem(f"“{spec.label}”不是邮箱地址")
    return text


def _money(spec: FieldSpec, text: str) -> str:
    plain = re.sub(r"[,\s]", "", unicodedata.normalize("NFKC", text)).removesuffix("整")
    match = _FIGURES.fullmatch(plain)
    if match:
        return _plain(Decimal(match[1]) * _TIMES[match[2]])
    upper = re.sub(r"\s|人民币|整|正|：|:", "", text)
    yuan, _, rest = upper.replace("圆", "元").partition("元")
    cents = _CENTS.fullmatch(rest.removeprefix("零"))
    if not _UPPER.fullmatch(yuan) or cents is None:
        raise ValueProblem(f"“{spec.label}”不是金额，请写数字（元），例如 12000")
    try:
        whole = Decimal(cn2an.cn2an(yuan, "smart"))
    except ValueError as error:
        raise ValueProblem(f"“{spec.label}”的大写写法不能识别，请改写数字（元）") from error
    jiao, fen = (_CAPITALS.index(part) if part else 0 for part in cents.groups())
    return _plain(whole + Decimal(jiao) / 10 + Decimal(fen) / 100)


def _int(spec: FieldSpec, text: str) -> str:
    plain = re.sub(r"[,\s人名个月天年项件]", "", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(r"-?\d{1,12}", plain):
        raise ValueProblem(f"“{spec.label}”应为整数")
    return str(int(plain))


def _decimal(spec: FieldSpec, text: str) -> str:
    plain = re.sub(r"[,\s]|平方米|m2|㎡|分$", "", unicodedata.normalize("NFKC", text))
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise ValueProblem(f"“{spec.label}”应为数字") from error
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise ValueProblem(f"“{spec.label}”超出可以处理的范围")
    return _plain(number)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}" if number else "0"


def _enum(spec: FieldSpec, text: str) -> str:
    text = _squeeze(text)
    if spec.options and text not in spec.options:
        raise ValueProblem(f"“{spec.label}”一般为{'、'.join(spec.options)}；现为“{text}”", soft=True)
    return text


def _multi(spec: FieldSpec, text: str) -> str:
    parts = [part for part in re.split(r"[、,，;；\s]+", narrow(text)) if part]
    unknown = [part for part in parts if spec.options and part not in spec.options]
    if unknown:
        raise ValueProblem(f"“{spec.label}”中没有这些选项：{'、'.join(unknown)}", soft=True)
    order = {option: n for n, option in enumerate(spec.options)}
    return "、".join(sorted(dict.fromkeys(parts), key=lambda part: order.get(part, 0)))


def _bool(spec: FieldSpec, text: str) -> str:
    folded = text.lower()
    if folded in _YES:
        return "true"
    if folded in _NO:
        return "false"
    raise ValueProblem(f"“{spec.label}”应选“是”或“否”")


_READERS: dict[FieldType, Callable[[FieldSpec, str], str]] = {
    FieldType.TEXT: _text,
    FieldType.LONGTEXT: _long,
    FieldType.DATE: _date,
    FieldType.IDNO: _idno,
    FieldType.DIGITS: _digits,
    FieldType.PHONE: _phone,
    FieldType.EMAIL: _email,
    FieldType.USCC: _uscc,
    FieldType.MONEY: _money,
    FieldType.MONEY_UPPER: _money,
    FieldType.INT: _int,
    FieldType.DECIMAL: _decimal,
    FieldType.ENUM: _enum,
    FieldType.MULTI: _multi,
    FieldType.BOOL: _bool,
}


def insisted(spec: FieldSpec, typed: str) -> str:
    """The value as typed, where a clerk says after a soft problem that the paper really reads so."""
    squeezed = _squeeze(typed)
    return squeezed.upper() if spec.type in {FieldType.IDNO, FieldType.USCC} else squeezed
