"""From what is printed in a box to a normalised value, with a reason wherever it is not certain."""

import re
from dataclasses import dataclass

from jucai.reading.amounts import parse_money, parse_upper
from jucai.reading.dates import parse_date
from jucai.reading.numbers import id_is_valid, luhn_is_valid, parse_phone, uscc_is_valid
from jucai.reading.text import fold, tidy, tidy_prose
from jucai.reading.ticks import has_marks, is_numbered, read_options, with_empty_boxes
from models.fields import FieldSpec, FieldType

CLEAN = 0.96
PROVEN = 0.99
DOUBTFUL = 0.6
REFUTED = 0.3
"""What a value is worth: printed clearly, proven by a check digit, unclear, contradicted."""

_PLACEHOLDER = re.compile(
    r"^[/\\—–―⸺⸻\-_.,:;、。()\[\]~*…]*$"
    r"|^\((?:请?填写|签字|签名|盖章|公章|签章|可另附页|可附页|限\d+字(?:以内)?|不超过\d+字|单位盖章|手写签名)[^()]*\)$"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_IN_WAN = {"employer_reg_capital", "employer_sales", "employer_rd_spend", "project_budget", "contracts_amount"}
_CARD_LENGTHS = range(16, 20)
_ACCOUNT_LENGTHS = range(8, 31)
_POSTCODE = 6
_LONG_CODE = 18
_SHORT_TEXT = 80
# Neither an identity number nor a credit code (GB 32100-2015) contains these letters.
_LIKE_DIGITS = str.maketrans("OIZS", "0125")
_HAN_NUMBERS = dict(zip("零〇一二两三四五六七八九十", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_LENGTHS = {"name": 30, "spouse_name": 30, "ethnicity": 10, "employer_contact": 30, "degree": 30, "education": 30}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A normalised value, how sure it is by itself, what was checked and why it is doubtful."""

    value: str
    confidence: float = CLEAN
    checks: tuple[str, ...] = ()
    reason: str | None = None


NOTHING = Parsed("")


def is_placeholder(text: str) -> bool:
    """Whether a box holds nothing but a stroke or a preprinted hint."""
    return bool(_PLACEHOLDER.match(fold(text)))


def parse(spec: FieldSpec, text: str, label: str = "") -> Parsed:
    """Return the value of a box for a field; `label` may carry the unit."""
    if is_placeholder(text):
        return NOTHING
    text = with_empty_boxes(text)
    if "\ufffd" in text:
        return Parsed(tidy(text), REFUTED, (), "有字符无法识别")
    return _PARSERS[spec.type](spec, text, label)


def _doubt(value: str, reason: str | None) -> Parsed:
    return Parsed(value, DOUBTFUL if reason else CLEAN, (), reason)


def _text(spec: FieldSpec, text: str, _label: str) -> Parsed:
    value = tidy(text)
    if has_marks(value) and (choice := _ticked(text)) is not None:
        return choice
    if len(value) > _LENGTHS.get(spec.key, _SHORT_TEXT):
        return Parsed(value, DOUBTFUL, (), "内容比该栏目通常的长度长")
    return Parsed(value)


def _ticked(text: str) -> Parsed | None:
    """Read a box with options where free text was expected."""
    options = read_options(text)
    if len(options) <= 1:
        return None
    chosen = [option.text for option in options if option.ticked]
    if len(chosen) == 1:
        return Parsed(tidy(chosen[0]))
    return Parsed("、".join(chosen), DOUBTFUL, (), "勾选了多项") if chosen else NOTHING


def _longtext(_spec: FieldSpec, text: str, _label: str) -> Parsed:
    return Parsed(tidy_prose(text))


def _date(_spec: FieldSpec, text: str, _label: str) -> Parsed:
    return _doubt(*parse_date(text))


def _idno(_spec: FieldSpec, text: str, _label: str) -> Parsed:
    value = fold(text).upper()
    compact = re.sub(r"[^0-9A-Z]", "", re.sub(r"[×✕Χ]$", "X", value))
    if not id_is_valid(compact) and id_is_valid(repaired := compact.translate(_LIKE_DIGITS)):
        compact = repaired
    if id_is_valid(compact):
        return Parsed(compact, PROVEN, ("身份证校验码",))
    if re.fullmatch(r"\d{17}[\dX]", compact):
        return Parsed(compact, REFUTED, (), "身份证校验码不符")
    if re.fullmatch(r"\d{15}", compact):
        return Parsed(compact, DOUBTFUL, (), "15位旧身份证号")
    return Parsed(compact or value, DOUBTFUL, (), "不是18位身份证号，请核对证件类型")


def _digits(spec: FieldSpec, text: str, _label: str) -> Parsed:
    plain = fold(text)
    value = re.sub(r"\D", "", plain)
    if re.search(r"[A-Za-z\u4e00-\u9fff]", plain):
        return Parsed(value or plain, DOUBTFUL, (), "号码之外另有文字")
    if spec.key == "postal_code":
        return Parsed(value) if len(value) == _POSTCODE else Parsed(value, DOUBTFUL, (), "邮政编码应为6位")
    if len(value) in _CARD_LENGTHS:
        if luhn_is_valid(value):
            return Parsed(value, PROVEN, ("银行卡校验码",))
        if value.startswith(("62", "60", "4", "5", "9")):
            return Parsed(value, REFUTED, (), "银行卡校验码不符")
    if len(value) not in _ACCOUNT_LENGTHS:
        return Parsed(value, DOUBTFUL, (), "账号位数异常")
    return Parsed(value, 0.92)


def _phone(_spec: FieldSpec, text: str, _label: str) -> Parsed:
    return _doubt(*parse_phone(text))


def _email(_spec: FieldSpec, text: str, _label: str) -> Parsed:
    plain = fold(text)
    found = _EMAIL.findall(plain)
    if len(found) == 1 and len(found[0]) == len(plain):
        return Parsed(found[0].lower())
    if found:
        return Parsed(found[0].lower(), DOUBTFUL, (), "邮箱前后另有内容")
    return Parsed(plain.lower(), DOUBTFUL, (), "不是完整的邮箱地址")


def _uscc(_spec: FieldSpec, text: str, _label: str) -> Parsed:
    value = re.sub(r"[^0-9A-Z]", "", fold(text).upper())
    if not uscc_is_valid(value) and uscc_is_valid(repaired := value.translate(_LIKE_DIGITS)):
        value = repaired
    if uscc_is_valid(value):
        return Parsed(value, PROVEN, ("信用代码校验码",))
    if len(value) == _LONG_CODE:
        return Parsed(value, REFUTED, (), "统一社会信用代码校验码不符")
    return Parsed(value or fold(text), DOUBTFUL, (), "不是18位统一社会信用代码")


def _money(spec: FieldSpec, text: str, label: str) -> Parsed:
    return _doubt(*parse_money(text, label, usual_unit=10_000 if spec.key in _IN_WAN else 1))


def _money_upper(_spec: FieldSpec, text: str, _label: str) -> Parsed:
    value = parse_upper(text)
    if value:
        return Parsed(value)
    if re.fullmatch(r"[元圆整正()人民币大写小:￥¥万仟佰拾角分]*", fold(text)):
        return NOTHING
    return Parsed(fold(text), DOUBTFUL, (), "不是可识别的大写金额")


def _int(_spec: FieldSpec, text: str, _label: str) -> Parsed:
    plain = fold(text).replace(",", "")
    numbers = re.findall(r"\d+(?:\.\d+)?", plain)
    if not numbers:
        digits = [char for char in plain if char in _HAN_NUMBERS]
        if len(digits) == 1:
            return Parsed(str(_HAN_NUMBERS[digits[0]]), DOUBTFUL, (), "以汉字书写的数字")
        unit_only = re.fullmatch(r"[个月天人年度名件项位日份篇次家]*", plain)
        return NOTHING if unit_only else Parsed(plain, DOUBTFUL, (), "不是数字")
    if len(numbers) > 1:
        return Parsed(numbers[0], DOUBTFUL, (), "栏内有多个数字")
    if "." in numbers[0]:
        return Parsed(numbers[0], DOUBTFUL, (), "不是整数")
    return Parsed(str(int(numbers[0])))


def _decimal(_spec: FieldSpec, text: str, _label: str) -> Parsed:
    plain = fold(text).replace(",", "").replace("m2", "").replace("M2", "")
    numbers = re.findall(r"\d+(?:\.\d+)?", plain)
    if not numbers:
        unit_only = re.fullmatch(r"[平方米分㎡m²]*", plain)
        return NOTHING if unit_only else Parsed(plain, DOUBTFUL, (), "不是数字")
    return Parsed(numbers[0]) if len(numbers) == 1 else Parsed(numbers[0], DOUBTFUL, (), "栏内有多个数字")


def canonical(spec: FieldSpec, text: str) -> str | None:
    """Return the option that `text` names, None if it names none."""
    plain = fold(text)
    for option in spec.options:
        folded = fold(option)
        if plain == folded or (len(plain) >= 1 and folded in {plain + "类", plain + "企业", plain + "补贴"}):
            return option
        if plain in {folded + "人才", folded + "等次"}:
            return option
    return None


def _enum(spec: FieldSpec, text: str, _label: str) -> Parsed:  # noqa: PLR0911 - one answer for each way to choose
    if has_marks(text) or is_numbered(text):
        options = read_options(text, spec.options)
        chosen = [option.text for option in options if option.ticked]
        if not options:
            return Parsed("", REFUTED, (), "勾选位置无法判断")
        if len(chosen) == 1:
            return Parsed(canonical(spec, chosen[0]) or tidy(chosen[0]))
        if chosen:
            return Parsed("、".join(chosen), DOUBTFUL, (), "单选栏勾选了多项")
        return NOTHING
    exact = canonical(spec, text)
    if exact:
        return Parsed(exact)
    printed = [option for option in spec.options if fold(option) in fold(text)]
    if len(printed) > 1:
        return Parsed("", REFUTED, (), "看不出勾选了哪一项")
    return Parsed(tidy(text), DOUBTFUL, (), "不在该栏目的选项之内")


def _multi(spec: FieldSpec, text: str, _label: str) -> Parsed:
    if has_marks(text) or is_numbered(text):
        options = read_options(text, spec.options)
        if not options:
            return Parsed("", REFUTED, (), "勾选位置无法判断")
        return Parsed("、".join(canonical(spec, o.text) or tidy(o.text) for o in options if o.ticked))
    parts = [part for part in re.split(r"[、,，;；/\s]+", text) if part]
    if parts and all(canonical(spec, part) for part in parts):
        known = [canonical(spec, part) or part for part in parts]
        if len(known) == len(spec.options):
            return Parsed("", REFUTED, (), "看不出勾选了哪一项")
        return Parsed("、".join(known))
    return Parsed("、".join(tidy(part) for part in parts), DOUBTFUL, (), "不在该栏目的选项之内")


def _bool(_spec: FieldSpec, text: str, _label: str) -> Parsed:
    options = read_options(text)
    if not options:
        return NOTHING
    return Parsed("true" if options[0].ticked else "false")


_PARSERS = {
    FieldType.TEXT: _text,
    FieldType.LONGTEXT: _longtext,
    FieldType.DATE: _date,
    FieldType.IDNO: _idno,
    FieldType.DIGITS: _digits,
    FieldType.PHONE: _phone,
    FieldType.EMAIL: _email,
    FieldType.USCC: _uscc,
    FieldType.MONEY: _money,
    FieldType.MONEY_UPPER: _money_upper,
    FieldType.INT: _int,
    FieldType.DECIMAL: _decimal,
    FieldType.ENUM: _enum,
    FieldType.MULTI: _multi,
    FieldType.BOOL: _bool,
}
