"""Finds what identifies a person in a text: ID numbers, telephones, bank cards, mail addresses."""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from jucai.notices.masking import mask_account, mask_email, mask_id, mask_phone
from jucai.notices.text import clean_block


class PrivateKind(StrEnum):
    """What was found; the value is the word for people."""

    ID_NUMBER = "身份证件号码"
    PHONE = "电话号码"
    ACCOUNT = "银行账号"
    EMAIL = "电子邮箱"


@dataclass(frozen=True, slots=True)
class PrivateNumber:
    """One find: its kind, the text as it stands (`start`, `end` in the scanned text), and its masked form."""

    kind: PrivateKind
    start: int
    end: int
    found: str
    masked: str


_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4}")
# Runs of digits as people group them: single blanks, hyphens or dots between digits belong to the number.
_RUN = re.compile(r"(?<![A-Za-z0-9])\+?\d(?:[ \-.]?\d){6,30}(?:[ \-]?[Xx](?![A-Za-z0-9]))?(?![A-Za-z0-9])")
_LANDLINE = re.compile(r"(?<!\d)\(?0\d{2,3}\)?[ \-]?\d{7,8}(?!\d)")
_AREA_FREE_LANDLINE = re.compile(r"[2-8]\d{2,3}[ \-]\d{4}")
_ID_18 = re.compile(r"[1-9]\d{5}(\d{4})(\d{2})(\d{2})\d{3}[\dXx]")
_ID_15 = re.compile(r"[1-9]\d{5}(\d{2})(\d{2})(\d{2})\d{3}")
_MOBILE = re.compile(r"(?:\+?86|0)?(1[3-9]\d{9})")
_PASSPORT = re.compile(r"(?<![A-Za-z0-9])(?:[EeGgPpDdSs][A-Ha-hJ-Nj-nP-Zp-z0-9]?\d{7,8}|[HhMm]\d{8,10})(?![A-Za-z0-9])")
_USCC = re.compile(r"[159]\d{7}\d{10}")
# A date, or a list number that begins with one.
_DATED = re.compile(r"(?:19|20)\d{2}[ \-.]?(?:0[1-9]|1[0-2])[ \-.]?(?:0[1-9]|[12]\d|3[01])(?:[ \-.]?\d{1,6})?")
_MIN_ACCOUNT_DIGITS = 12
_MIN_PERSONAL_YEAR = 1900
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def find_private_numbers(text: str, *, allowed: Collection[str] = ()) -> tuple[PrivateNumber, ...]:
    """All private numbers in `text`, in order of their place.

    Full-width digits are read as digits and invisible characters are taken out first, so places refer to
    the text as `normalised` returns it. `allowed` are numbers the office publishes itself (its telephones
    and mailbox), compared by their digits or letters.
    """
    plain = normalised(text)
    open_numbers = {_bare(item) for item in allowed if item}
    finds: list[PrivateNumber] = []
    for find in _candidates(plain):
        if _bare(find.found) in open_numbers:
            continue
        if any(find.start < other.end and other.start < find.end for other in finds):
            continue
        finds.append(find)
    return tuple(sorted(finds, key=lambda find: find.start))


def mask_private_numbers(text: str, *, allowed: Collection[str] = ()) -> str:
    """The text with each private number masked; a text without one comes back unchanged."""
    finds = find_private_numbers(text, allowed=allowed)
    if not finds:
        return text
    plain, parts, at = normalised(text), [], 0
    for find in finds:
        parts += [plain[at : find.start], find.masked]
        at = find.end
    return "".join([*parts, plain[at:]])


def normalised(text: str) -> str:
    """The text as it is scanned: NFKC, without invisible characters."""
    return unicodedata.normalize("NFKC", clean_block(text))


def _candidates(plain: str) -> Iterator[PrivateNumber]:
    for match in _EMAIL.finditer(plain):
        yield PrivateNumber(PrivateKind.EMAIL, *match.span(), match.group(), mask_email(match.group()))
    for match in _LANDLINE.finditer(plain):
        yield PrivateNumber(PrivateKind.PHONE, *match.span(), match.group(), mask_phone(match.group()))
    for match in _RUN.finditer(plain):
        found = match.group()
        kind = _kind_of(found)
        if kind is not None:
            yield PrivateNumber(kind, *match.span(), found, _masked(kind, found))
    for match in _PASSPORT.finditer(plain):
        yield PrivateNumber(PrivateKind.ID_NUMBER, *match.span(), match.group(), mask_id(match.group()))


def _kind_of(found: str) -> PrivateKind | None:
    bare = _bare(found)
    if _MOBILE.fullmatch(bare):
        return PrivateKind.PHONE
    if match := _ID_18.fullmatch(bare):
        year, month, day = map(int, match.groups())
        if _is_day(year, month, day):
            return PrivateKind.ID_NUMBER
    if match := _ID_15.fullmatch(bare):
        year, month, day = map(int, match.groups())
        if _is_day(1900 + year, month, day):
            return PrivateKind.ID_NUMBER
    if _is_uscc(bare) or _DATED.fullmatch(found):
        return None
    if _AREA_FREE_LANDLINE.fullmatch(found):
        return PrivateKind.PHONE
    return PrivateKind.ACCOUNT if len(bare) >= _MIN_ACCOUNT_DIGITS else None


def _masked(kind: PrivateKind, found: str) -> str:
    if kind is PrivateKind.PHONE:
        return mask_phone(found)
    return mask_id(found) if kind is PrivateKind.ID_NUMBER else mask_account(found)


def _bare(text: str) -> str:
    return re.sub(r"[\s\-.()+]", "", normalised(text)).lower()


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return year >= _MIN_PERSONAL_YEAR


def _is_uscc(bare: str) -> bool:
    """A unified social credit code of digits only (GB 32100-2015): a unit's public number, not a person's."""
    if not _USCC.fullmatch(bare):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(bare[:-1], _USCC_WEIGHTS, strict=True))
    return _USCC_ALPHABET[(31 - total % 31) % 31] == bare[-1]
