"""Pairs of label and value become fields with evidence; where a form says one thing twice, both count."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from jucai.reading.amounts import parse_upper
from jucai.reading.cells import Line
from jucai.reading.dates import parse_range
from jucai.reading.opinions import Signed, take_apart
from jucai.reading.page import Page
from jucai.reading.pairs import Pair
from jucai.reading.text import fold, tidy
from jucai.reading.ticks import has_marks
from jucai.reading.values import CLEAN, DOUBTFUL, NOTHING, PROVEN, REFUTED, Parsed, parse
from models.fields import FIELDS, FieldType
from models.readings import FieldValue

_SPLIT = re.compile(r"[/、,，;；|]")
_CONFLICT = "同一栏目出现两个不同的内容"


@dataclass(frozen=True, slots=True)
class Found:
    """A field as one pair gave it, before pairs are compared."""

    key: str
    value: FieldValue
    ruled: bool


def build(pairs: Iterable[Pair], pages: dict[int, Page]) -> dict[str, FieldValue]:
    """Return fields by key, in reading order."""
    found: dict[str, list[Found]] = {}
    for pair in pairs:
        for item in _read(pair, pages):
            found.setdefault(item.key, []).append(item)
    return {key: _resolve(items) for key, items in found.items()}


def _read(pair: Pair, pages: dict[int, Page]) -> Iterator[Found]:
    first = FIELDS[pair.keys[0]]
    text = "\n".join(line.text for line in pair.lines)
    if pair.keys[0].endswith("_opinion"):
        yield from _opinion(pair, pages)
    elif first.key == "commitment_checked":
        yield from _commitment(pair, text, pages)
    elif len(pair.keys) == 2 and first.type is FieldType.DATE:
        yield from _range(pair, text, pages)
    elif len(pair.keys) == 2:
        yield from _two(pair, text, pages)
    elif first.type is FieldType.LONGTEXT:
        yield from _long(pair, pages)
    elif first.type in (FieldType.MONEY, FieldType.MONEY_UPPER) and first.key.startswith("requested_amount"):
        yield from _requested(pair, text, pages)
    else:
        yield _found(pair, pages, first.key, parse(first, text, pair.label), text)


def _found(
    pair: Pair, pages: dict[int, Page], key: str, parsed: Parsed, raw: str, lines: tuple[Line, ...] | None = None
) -> Found:
    """Put a parsed value into its evidence."""
    box = pair.box
    if lines:
        box = (
            min(line.x0 for line in lines),
            min(line.top for line in lines),
            max(line.x1 for line in lines),
            max(line.bottom for line in lines),
        )
    tokens = [token for line in (lines or pair.lines) for token in line.tokens]
    sources = {token.source for token in tokens}
    source = "ocr" if "ocr" in sources else "widget" if "widget" in sources else "text"
    confidence = parsed.confidence
    if not (parsed.checks and confidence >= PROVEN):
        confidence = min(confidence, pair.geometry)
    reason = parsed.reason
    if parsed.value and pair.geometry < DOUBTFUL + 0.2 and reason is None:
        reason = "栏目与内容的对应关系不确定"
    value = FieldValue(
        parsed.value,
        confidence,
        pair.page,
        pages[pair.page].displayed(box) if pair.page in pages else box,
        source,
        raw.strip(),
        parsed.checks,
        reason,
    )
    return Found(key, value, pair.ruled)


def _opinion(pair: Pair, pages: dict[int, Page]) -> Iterator[Found]:
    signed = take_apart(pair.lines)
    key = pair.keys[0]
    yield _found(pair, pages, key, Parsed(signed.text), "\n".join(l.text for l in signed.body), signed.body)
    if signed.has_date_place:
        yield _signing_date(pair, pages, f"{key}_date", signed)


def _signing_date(pair: Pair, pages: dict[int, Page], key: str, signed: Signed) -> Found:
    lines = (signed.date_line,) if signed.date_line else None
    parsed = Parsed(signed.date, DOUBTFUL if signed.doubt else CLEAN, (), signed.doubt)
    return _found(pair, pages, key, parsed, signed.date_line.text if signed.date_line else "", lines)


def _commitment(pair: Pair, text: str, pages: dict[int, Page]) -> Iterator[Found]:
    if has_marks(text):
        yield _found(pair, pages, "commitment_checked", parse(FIELDS["commitment_checked"], text), text)
    signed = take_apart(pair.lines)
    if signed.has_date_place:
        yield _signing_date(pair, pages, "commitment_date", signed)


def _range(pair: Pair, text: str, pages: dict[int, Page]) -> Iterator[Found]:
    start, end, reason = parse_range(text)
    unread = reason is not None and not start and not end
    for key, value in zip(pair.keys, (start, end), strict=True):
        confidence = REFUTED if unread else DOUBTFUL if reason else CLEAN
        yield _found(pair, pages, key, Parsed(value, confidence, (), reason), text)


def _two(pair: Pair, text: str, pages: dict[int, Page]) -> Iterator[Found]:
    """Read two values that share a box, divided by a stroke, a gap or a line break."""
    joined = "".join(line.text for line in pair.lines)
    parts = [part for part in _SPLIT.split(joined) if part.strip()]
    if len(parts) != 2:
        parts = joined.split()
    if len(parts) != 2:
        parts = [line.text for line in pair.lines]
    if len(parts) == 2:
        for key, part in zip(pair.keys, parts, strict=True):
            yield _found(pair, pages, key, parse(FIELDS[key], part, pair.label), text)
        return
    whole = Parsed(tidy(joined), DOUBTFUL, (), "一栏两项，无法分开") if joined.strip() else NOTHING
    yield _found(pair, pages, pair.keys[0], whole, text)
    yield _found(pair, pages, pair.keys[1], Parsed("", DOUBTFUL if joined.strip() else CLEAN), text)


def _long(pair: Pair, pages: dict[int, Page]) -> Iterator[Found]:
    """Read prose; a signature and date at its end are no part of it."""
    key = pair.keys[0]
    signed = take_apart(pair.lines)
    lines = signed.body if signed.own_hand else pair.lines
    prose = "".join(_with_gap(line.text) for line in lines)
    yield _found(pair, pages, key, parse(FIELDS[key], prose, pair.label), prose, lines or None)
    if signed.own_hand and signed.has_date_place:
        yield _signing_date(pair, pages, "commitment_date", signed)


def _with_gap(line: str) -> str:
    """Keep words of different lines apart where both are Latin."""
    return line + " " if re.search(r"[A-Za-z]$", line) else line


def _requested(pair: Pair, text: str, pages: dict[int, Page]) -> Iterator[Found]:
    """Read figures and 大写 of the amount applied for, which often share a box."""
    figures = re.search(r"\d", fold(text)) is not None
    words = parse_upper(text)
    wanted = pair.keys[0]
    if wanted == "requested_amount" or figures:
        parsed = parse(FIELDS["requested_amount"], text, pair.label)
        if wanted == "requested_amount" or (figures and words):
            yield _found(pair, pages, "requested_amount", parsed, text)
    shares = "大写" in fold(text) or bool(words and figures)
    if wanted == "requested_amount_upper" or shares:
        parsed = parse(FIELDS["requested_amount_upper"], words and text or ("" if figures else text), pair.label)
        yield _found(pair, pages, "requested_amount_upper", Parsed(words) if words else parsed, text)


def _resolve(items: list[Found]) -> FieldValue:
    """Choose among several readings of one field; agreement counts, contradiction is flagged."""
    filled = [item for item in items if item.value.value]
    if not filled:
        return items[0].value
    ordered = sorted(filled, key=lambda item: (not item.ruled, -item.value.confidence))
    best = ordered[0].value
    others = [item.value for item in filled if item.value is not best]
    if any(not _agree(best.value, other.value) for other in others):
        return replace(best, confidence=min(best.confidence, DOUBTFUL), reason=best.reason or _CONFLICT)
    if others:
        return replace(best, checks=(*best.checks, "两处填写一致"))
    return best


def _agree(one: str, other: str) -> bool:
    first, second = fold(one), fold(other)
    return first == second or (
        len(first) > 4 and len(second) > 4 and (first.startswith(second) or second.startswith(first))
    )
