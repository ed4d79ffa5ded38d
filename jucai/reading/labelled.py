"""Labels with a colon and their values within one line of text."""

import re
from collections.abc import Iterator

from jucai.reading.meaning import Keys
from jucai.reading.signing import DAY_LABEL
from jucai.reading.text import fold, label_forms
from jucai.reading.vocabulary import vocabulary
from models.fields import FIELDS, FieldType

_PART = re.compile(r"^第[一二三四五六七八九十]+(?:部分|项|栏)[\u4e00-\u9fff]{0,12}$")
_QUANTITY = re.compile(r"[\d,.]+\s*(?:万|元|㎡|平方|个|人|天|年|月|日|项|件|%)")
"""The value of the label before, with its unit: 小写：12万元 大写：…"""
_LABEL_LENGTH = 26
_FEW_BEFORE = 4
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z .,'’/()&-]*$")
"""A label said once more in English: it does not count for how long a label is."""
_ENGLISH_MOST = 60
_SIGNED = ("_opinion", "_checked")
_BARE_DAY = re.compile(rf"{DAY_LABEL}|年月日")


def split_labels(text: str, form: str | None, section: str, after: str | None = None) -> list[tuple[Keys, str, str]]:
    """Return (keys, label, value) for each known `label：value` in a line; nothing unless it starts with one."""
    words = vocabulary()
    found: list[tuple[int, int, Keys, str]] = []
    floor = 0
    for colon in (match.start() for match in re.finditer(r"[:：]", text)):
        for start in _starts(text, floor, colon):
            label = text[start:colon]
            if floor and _QUANTITY.match(label):
                continue
            keys = words.lookup(label, form=form, section=section, after=after)
            if keys is not None and label_forms(label)[0]:
                begin = _from_gap(text, floor, start)
                found.append((begin, colon, keys, text[begin:colon].strip()))
                if keys:
                    after = keys[0] if keys[0] in words.after else after
                floor = colon + 1
                break
    found = [part for n, part in enumerate(found) if not (n and signs_for(part[3], found[n - 1][2]))]
    if found:
        found = _with_unknown(text, found)
    before = text[: found[0][0]].strip(" *＊·●■◆（(1234567890.、") if found else ""
    if not found or (before and not _PART.match(fold(before))):
        return []
    ends = [*(start for start, *_ in found[1:]), len(text)]
    return [
        (keys, label, text[colon + 1 : end].strip()) for (_, colon, keys, label), end in zip(found, ends, strict=True)
    ]


def signs_for(label: str, keys: Keys | None) -> bool:
    """Whether a label asks for nothing but the day of signing of the opinion or promise `keys` right before it."""
    return bool(keys and keys[0].endswith(_SIGNED) and _BARE_DAY.fullmatch(fold(label)))


def _starts(text: str, floor: int, colon: int) -> Iterator[int]:
    """Yield where a label that ends at `colon` may begin: after a gap first, then anywhere, longest first."""
    english = _ENGLISH.search(text, max(floor, colon - _ENGLISH_MOST), colon)
    low = max(floor, (english.start() if english else colon) - _LABEL_LENGTH)
    gaps = [i for i in range(low, colon) if i == floor or text[i - 1].isspace() or text[i - 1] in "(（"]
    yield from gaps
    if floor:
        yield from (i for i in range(low, colon - 1) if i not in gaps)


_UNKNOWN = re.compile(r"(?<=\s)[\u4e00-\u9fff()（）/]{2,14}(?=[:：])")


def _with_unknown(text: str, found: list[tuple[int, int, Keys, str]]) -> list[tuple[int, int, Keys, str]]:
    """Add labels that nobody knows but that end the value before them: a gap, a few characters, a colon."""
    complete: list[tuple[int, int, Keys, str]] = []
    for number, part in enumerate(found):
        complete.append(part)
        _, colon, keys, _ = part
        end = found[number + 1][0] if number + 1 < len(found) else len(text)
        if not keys or FIELDS[keys[0]].type is FieldType.LONGTEXT or keys[0].endswith(("opinion", "checked")):
            continue
        complete += [
            (match.start(), match.end(), (), match.group())
            for match in _UNKNOWN.finditer(text, colon + 1, end)
            if text[colon + 1 : match.start()].strip()
        ]
    return complete


def _from_gap(text: str, floor: int, start: int) -> int:
    """Return where a label found at `start` begins, with the few characters before it that no gap parts from it.

    派出单位经办人： where only 单位经办人 is known.
    """
    for gap in range(start - 1, max(floor, start - _FEW_BEFORE - 1), -1):
        if text[gap - 1].isspace() and text[floor:gap].strip():
            return gap
        if not "\u4e00" <= text[gap] <= "\u9fff":
            break
    return start
