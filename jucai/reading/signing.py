"""The day of signing where it shares a line with what is signed, or where a line break cuts it in two."""

import re
from collections.abc import Sequence
from dataclasses import replace

from jucai.reading.cells import Line, to_line
from jucai.reading.dates import find_dates, is_whole_day
from jucai.reading.text import fold

DAY_LABEL = r"(?:落款|签署|审核|签字|签名|签章|盖章|承诺|审批|推荐)?(?:日期|时间)"
"""How the day of signing is announced."""
_DAY = r"(?:19|20)\d\d\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*[日号]?"
_LABELLED = re.compile(rf"^(.*[^\s])\s+({DAY_LABEL}\s*[:：]?\s*\d.*)$")
_NAMED = r"[\u4e00-\u9fff·]{2,4}(?<!日期)(?<!时间)\s+"
_BEHIND = re.compile(rf"^(.*[。！!])\s*((?:{_NAMED}|{DAY_LABEL}\s*[:：]?\s*)?{_DAY})\s*$")
_ASIDE = re.compile(rf"^(.*[\u4e00-\u9fff])\s+({_DAY})\s*$")
_LEADS_ON = re.compile(r"[自从于至到由截止起为是在年月、，,（(-]$|日期$|时间$")
_BEGUN = re.compile(r"(?<!\d)(?:19|20)(?:\d{0,2}|\d\d[年./-]\d{0,2}|\d\d[年./-]\d{1,2}[月./-]\d{0,2})$")
_REST = re.compile(r"[年月./-]?\d{0,2}(?:[年月./-]\d{0,2}){0,2}[日号]?")
_ONLY_REST = re.compile(r"(?:\d{0,2}年)?(?:\d{0,2}月)?\d{0,2}[日号]")
_ENDED = re.compile(r"[。！!；;)）:：]$|\d[日号月年]?$|[盖签][章字名]$")
_APART = 1.5
"""A day that no stop parts from the words before it stands so far from them, in heights of the line."""


def rejoined(lines: Sequence[Line], seals: re.Pattern[str]) -> tuple[Line, ...]:
    """Put days together that a line break cuts: 2026年3月 and, in the next line, 25日.

    Only where the rest is all the next line says, or what is behind it begins with one of `seals`.
    """
    whole: list[Line] = []
    for line in lines:
        rest = _rest_of_day(fold(whole[-1].text), fold(line.text), seals) if whole else ""
        if not rest:
            whole.append(line)
            continue
        before = whole[-1]
        whole[-1] = replace(
            before,
            text=before.text.rstrip() + rest,
            x0=min(before.x0, line.x0),
            x1=max(before.x1, line.x1),
            bottom=max(before.bottom, line.bottom),
            tokens=(*before.tokens, *line.tokens),
        )
        behind = fold(line.text)[len(rest) :]
        if behind:
            whole.append(replace(line, text=behind))
    return tuple(whole)


def _rest_of_day(above: str, below: str, seals: re.Pattern[str]) -> str:
    """Return how much of the line `below` completes the day with which the line `above` ends; empty if none does."""
    begun, rest = _BEGUN.search(above), _REST.match(below)
    if begun is None or rest is None or not rest[0]:
        return ""
    behind = below[rest.end() :]
    return rest[0] if is_whole_day(begun[0] + rest[0]) and (not behind or seals.match(behind)) else ""


def cut_off(line: Line) -> tuple[Line, ...]:
    """Cut a line where the day of signing stands behind what is said: 审核无异议。 日期 2025.04.17."""
    labelled = _LABELLED.match(line.text)
    if labelled and find_dates(labelled[2]):
        return _halves(line, labelled)
    behind = _BEHIND.match(line.text)
    if behind is not None and find_dates(behind[2]):
        return _halves(line, behind)
    aside = _ASIDE.match(line.text)
    if aside is None or not find_dates(aside[2]) or _LEADS_ON.search(aside[1]):
        return (line,)
    start = _token_of(line, aside[2])
    if not start:
        return (line,)
    token, before = line.tokens[start], line.tokens[start - 1]
    wide = token.x0 - before.x1 > _APART * max(token.height, before.height)
    return _halves(line, aside) if wide else (line,)


def _halves(line: Line, parts: re.Match[str]) -> tuple[Line, ...]:
    """Return the two parts of a line, each with its own tokens where they end between two of them."""
    start = _token_of(line, parts[2])
    if not start:
        return replace(line, text=parts[1]), replace(line, text=parts[2])
    return replace(to_line(list(line.tokens[:start])), text=parts[1]), replace(
        to_line(list(line.tokens[start:])), text=parts[2]
    )


def _token_of(line: Line, last: str) -> int:
    """Return the number of the token with which the words `last` at the end of a line begin; 0 if none does."""
    gathered, wanted = "", fold(last)
    for number in range(len(line.tokens) - 1, 0, -1):
        gathered = fold(line.tokens[number].text) + gathered
        if gathered == wanted:
            return number
    return 0


def is_stray_rest(above: str, text: str) -> bool:
    """Whether a line is nothing but the end of a day, 25日, and does not go on the text of the line `above` it."""
    plain = fold(text)
    return bool(_ONLY_REST.fullmatch(plain) and any(map(str.isdigit, plain)) and _ENDED.search(fold(above)))
