"""Numbers that carry their own proof: identity numbers, credit codes, bank cards; and telephones."""

import re
from datetime import date

from jucai.reading.text import fold

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_OLDEST, _YOUNGEST = 1900, 2100
_USCC_LENGTH = 18
_MOBILE = re.compile(r"(?<!\d)(?:\(?\+?(?:00)?86\)?)?(1[3-9]\d{9})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)\(?(0\d{2,3})\)?[-—–]?(\d{7,8})(?!\d)")
_LOCAL = re.compile(r"(?<!\d)(\d{7,8})(?!\d)")


def id_is_valid(number: str) -> bool:
    """Check digit (GB 11643-1999, ISO 7064 MOD 11-2) and a plausible date; the region does not decide."""
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return False
    if _ID_CHECK[sum(int(d) * w for d, w in zip(number, _ID_WEIGHTS, strict=False)) % 11] != number[17]:
        return False
    return id_birth(number) is not None


def id_birth(number: str) -> str | None:
    """Return the date of birth in an identity number as ISO, None if it is no date."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born.isoformat() if _OLDEST <= born.year <= _YOUNGEST else None


def id_sex(number: str) -> str:
    """Return 男 or 女 as the seventeenth digit says."""
    return "男" if int(number[16]) % 2 else "女"


def uscc_is_valid(code: str) -> bool:
    """Check character of a unified social credit code (GB 32100-2015)."""
    if len(code) != _USCC_LENGTH or any(char not in _USCC_ALPHABET for char in code):
        return False
    total = sum(_USCC_ALPHABET.index(char) * weight for char, weight in zip(code[:17], _USCC_WEIGHTS, strict=True))
    return _USCC_ALPHABET[(31 - total % 31) % 31] == code[17]


def luhn_is_valid(number: str) -> bool:
    """Check digit of a bank card (ISO/IEC 7812)."""
    total = 0
    for position, char in enumerate(reversed(number)):
        digit = int(char)
        if position % 2:
            digit = sum(divmod(digit * 2, 10))
        total += digit
    return total % 10 == 0


def parse_phone(text: str) -> tuple[str, str | None]:
    """Return (digits, reason for doubt) of the first telephone number in `text`."""
    numbers = _telephones(fold(text))
    if numbers is None:
        found = [_telephones(fold(part)) for part in re.split(r"[\s/、,，;；或]+", text)]
        numbers = [number for part in found if part for number in part]
        if not numbers:
            digits = re.sub(r"\D", "", fold(text))
            return (digits or fold(text)), "不是可识别的电话号码"
    if len(numbers) > 1:
        mobile = next((number for number in numbers if _MOBILE.fullmatch(number)), numbers[0])
        return mobile, "栏内有多个号码"
    if _LOCAL.fullmatch(numbers[0]) and not numbers[0].startswith("0"):
        return numbers[0], "座机没有区号"
    return numbers[0], None


def _telephones(plain: str) -> list[str] | None:
    """Return the numbers `plain` consists of, None if digits are left that belong to none."""
    compact = re.sub(r"(?<=\d)[-—–](?=\d)", "", plain)
    for pattern, source in ((_MOBILE, compact), (_LANDLINE, plain), (_LOCAL, plain)):
        found = pattern.findall(source)
        if found and not re.search(r"\d", pattern.sub("", source)):
            return ["".join(number) for number in found]
    return None
