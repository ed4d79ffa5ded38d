"""Masks for what identifies a person: only so much stays as its owner needs to recognise it.

Source of the rule: 人社部办公厅、财政部办公厅 2017-12 on publishing lists (hide part of the ID number), and
个人信息保护法 第6条 (smallest scope).
"""

import re

from jucai.notices.text import clean_line

_MASK = "*"
_TAIL = 4
_SEPARATORS = re.compile(r"[\s\-－—_.]+")
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"(\(?0\d{2,3}\)?)[\s\-－—]*(\d{7,8})")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def mask_id(number: str) -> str:
    """An ID or passport number with only its last four characters: `**************451X`.

    The first six stay hidden too: with the birth date known they would give the whole number away.
    """
    return _tail_only(_SEPARATORS.sub("", clean_line(number)))


def mask_account(number: str) -> str:
    """A bank account with only its last four digits; the length is hidden: `**** **** **** 6789`."""
    plain = _SEPARATORS.sub("", clean_line(number))
    if not plain:
        return ""
    groups = f"{_MASK * 4} {_MASK * 4} {_MASK * 4}"
    return f"{groups} {plain[-_TAIL:]}" if len(plain) >= 2 * _TAIL else f"{groups} {_MASK * 4}"


def mask_phone(number: str) -> str:
    """A telephone: `138****5678` for a mobile, `0556-*****12` for a landline, else all but the last two."""
    plain = clean_line(number)
    if mobile := _MOBILE.fullmatch(_SEPARATORS.sub("", plain)):
        digits = mobile.group(1)
        return f"{digits[:3]}{_MASK * 4}{digits[-_TAIL:]}"
    if landline := _LANDLINE.match(plain):
        area, rest = landline.groups()
        return f"{area.strip('()')}-{_MASK * (len(rest) - 2)}{rest[-2:]}"
    digits = _SEPARATORS.sub("", plain)
    return _MASK * max(len(digits) - 2, 0) + (digits[-2:] if len(digits) > _TAIL else _MASK * len(digits[-2:]))


def mask_name(name: str) -> str:
    """A name: `张*`, `张*三`, `欧**娜`; with `·` or in Latin letters each part keeps its first letter."""
    plain = clean_line(name)
    if "·" in plain or "•" in plain or _LATIN.search(plain):
        return _WORD.sub(lambda part: part.group()[0] + _MASK * (len(part.group()) - 1), plain)
    if len(plain) <= 1:
        return _MASK * len(plain)
    if len(plain) == 2:  # noqa: PLR2004 - surname and one given character
        return plain[0] + _MASK
    return plain[0] + _MASK * (len(plain) - 2) + plain[-1]


def mask_email(address: str) -> str:
    """A mail address with the first letter of its local part: `z***@qq.com`."""
    local, at, domain = clean_line(address).rpartition("@")
    return f"{local[:1]}{_MASK * 3}@{domain}" if at else _MASK * len(domain)


def _tail_only(plain: str) -> str:
    if len(plain) < 2 * _TAIL:
        return _MASK * len(plain)
    return _MASK * (len(plain) - _TAIL) + plain[-_TAIL:]
