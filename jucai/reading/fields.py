"""Pairs of label and value become fields with evidence; where a form says one thing twice, both count."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from jucai.reading.amounts import parse_upper
from jucai.reading.answers import BELOW, BESIDE, Pair
from jucai.reading.cells import Line, to_line
from jucai.reading.dates import find_dates, parse_range
from jucai.reading.opinions import Signed, belongs_to_signature, take_apart
from jucai.reading.page import Page, Token
from jucai.reading.plausible import doubt_of
from jucai.reading.sheets import BOX_AFTER
from jucai.reading.strokes import by_stroke, is_crossed_out
from jucai.reading.text import fold, tidy
from jucai.reading.ticks import EMPTY, TICKED, has_marks, is_numbered
from jucai.reading.values import CLEAN, DOUBTFUL, NOTHING, PROVEN, REFUTED, Parsed, parse
from jucai.reading.vocabulary import vocabulary
from models.fields import FIELDS, FieldType
from models.readings import FieldValue

_SPLIT = re.compile(r"[/、,，;；|]")
_LEGIBLE = ((1.0, 1.0), (0.985, 0.94), (0.965, 0.91), (0.93, 0.8), (0.85, 0.65))
_CHOSEN = re.compile(r"[(\[](\d)[)\]]:?$")
_MONTHS = re.compile(r"(?:共计?|合计|计)?(\d{1,3})个月")
_NAMED_AFTER = re.compile(r"\(([^()]{2,6})\)")
_ENDS_PROSE = '。.!！?？;；)）”"’】]…'
_FULL = 2.0
_UNCLEAR = 0.85
_WRITTEN = 0.3
_NEXT = 1.2
_TORN = 4.0
_PRINTED = re.compile(
    r"[年月日元万个人天名件项至到起止自/￥¥%㎡平方米类分()（）:：,，.。、\-—~～□☑√○◉号]|大写|小写|人民币|盖章|公章|签[字名章]"
)
_TELLING = 5
_ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_MISPLACED = "证件号码写在“证件类型”栏"
_CONTESTED = "图像与文件自带的文字层不一致"
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
    elif len(pair.keys) > 1 and first.type is FieldType.DATE:
        yield from _range(pair, text, pages)
    elif len(pair.keys) > 1:
        yield from _two(pair, text, pages)
    elif first.type is FieldType.LONGTEXT:
        yield from _long(pair, pages)
    elif first.type in (FieldType.MONEY, FieldType.MONEY_UPPER) and first.key.startswith("requested_amount"):
        yield from _requested(pair, text, pages)
    elif first.key == "id_type" and (number := _ID.search(fold(text))):
        yield _found(pair, pages, "id_type", Parsed(tidy(_ID.sub("", fold(text))), DOUBTFUL, (), _MISPLACED), text)
        yield _found(pair, pages, "id_number", Parsed(number[0], DOUBTFUL, (), _MISPLACED), text)
    else:
        offered = _with_choice(pair.label, text) if first.type in (FieldType.ENUM, FieldType.MULTI) else text
        parsed = parse(first, offered, pair.label)
        if parsed.confidence == REFUTED and first.options and pair.page in pages:
            meant = by_stroke(pair.lines, pages[pair.page], first.options)
            if len(meant) == 1 or (meant and first.type is FieldType.MULTI):
                parsed = Parsed("、".join(meant))
        yield _found(pair, pages, first.key, parsed, text)


def _with_choice(label: str, text: str) -> str:
    """Put the number chosen before the options where it was written beside the label: 单位性质（2）."""
    chosen = _CHOSEN.search(fold(label))
    return f"({chosen.group(1)}) {text}" if chosen and not has_marks(text) and not is_numbered(text) else text


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
        pair = replace(pair, lines=lines)
    tokens = [token for line in pair.lines for token in line.tokens]
    sources = {token.source for token in tokens}
    source = "ocr" if "ocr" in sources else "widget" if "widget" in sources else "text"
    confidence, reason = _worth(pair, pages, key, parsed, tokens, source)
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


def _worth(
    pair: Pair, pages: dict[int, Page], key: str, parsed: Parsed, tokens: list[Token], source: str
) -> tuple[float, str | None]:
    """Return what a value is worth by its place and its text, and what there is against it."""
    confidence, reason = parsed.confidence, parsed.reason
    if not (parsed.checks and confidence >= PROVEN):
        confidence = min(confidence, pair.geometry, _legibility(tokens))
        if parsed.value and reason is None and confidence <= _UNCLEAR and source == "ocr":
            reason = "图像文字识别把握不大"
    if not parsed.value:
        return confidence, reason
    if reason is None and source == "ocr" and FIELDS[key].type is FieldType.EMAIL:
        confidence, reason = min(confidence, _UNCLEAR), "图像上的邮箱难分l与1、o与0，请核对"
    if reason is None and source == "ocr" and key == "bank_account" and not parsed.checks:
        confidence, reason = min(confidence, _UNCLEAR), "图像上的账号没有校验码可以核对，请核对"
    if any(token.contested for token in tokens):
        confidence, reason = min(confidence, DOUBTFUL), reason or _CONTESTED
    if reason is None and (against := _against(pair, pages, key, parsed.value, tokens)) is not None:
        confidence, reason = min(confidence, DOUBTFUL), against
    if reason is None and pair.geometry < DOUBTFUL + 0.2:
        reason = "栏目与内容的对应关系不确定"
    return confidence, reason


def _against(pair: Pair, pages: dict[int, Page], key: str, value: str, tokens: list[Token]) -> str | None:
    """Return what speaks against a value that reads well, None if nothing does."""
    unlikely = doubt_of(key, value)
    page = None if FIELDS[key].options else pages.get(pair.page)
    if unlikely is None and page is not None and is_crossed_out(tokens, page):
        return "有划改痕迹，请核对"
    if unlikely is None and page is not None and _is_covered(tokens, page):
        return "部分文字被印章或图形遮住，请核对"
    if unlikely is None and not pair.ruled and FIELDS[key].type is FieldType.TEXT and _is_torn(pair.lines):
        return "中间空白过宽，可能混入旁边一栏的内容，请核对"
    clean = pair.ruled and pair.geometry in (BESIDE, BELOW) and FIELDS[key].type is FieldType.TEXT
    return unlikely or ("填写内容与印刷文字混在一起" if clean and _is_mixed(tokens) else None)


def _is_covered(tokens: list[Token], page: Page) -> bool:
    """Whether characters of which nothing is to be seen stand in a line of a value, next to it."""
    for x0, top, x1, bottom in page.covered:
        for token in tokens:
            gap = max(x0 - token.x1, token.x0 - x1)
            if token.top < (top + bottom) / 2 < token.bottom and gap < _NEXT * token.height:
                return True
    return False


def _is_torn(lines: tuple[Line, ...]) -> bool:
    """Whether so wide a gap parts a line of a value that the rest may stand in another column."""
    return any(
        token.x0 - before.x1 > _TORN * max(before.height, token.height)
        for line in lines
        for before, token in pairwise(line.tokens)
    )


def _is_mixed(tokens: list[Token]) -> bool:
    """Whether printed words stand among what was filled in, other than units and marks."""
    if not any(token.source == "widget" and token.text not in TICKED + EMPTY for token in tokens):
        return False
    printed = fold("".join(token.text for token in tokens if token.source == "text"))
    return bool(_PRINTED.sub("", printed))


def _legibility(tokens: list[Token]) -> float:
    """Return what a value is worth by how sure the recogniser was of its least clear piece."""
    worst = min((token.score for token in tokens), default=1.0)
    return next((worth for score, worth in _LEGIBLE if worst >= score), 0.5)


def _without_seal(pair: Pair) -> tuple[tuple[Line, ...], bool]:
    """Return the lines of a stamped box without scraps of the seal's own text, and whether there were any.

    What a person wrote begins at the left; scraps of a round seal stand alone further right.
    """
    if not any(token.source == "ocr" for line in pair.lines for token in line.tokens):
        return pair.lines, False
    left = min(line.x0 for line in pair.lines)
    width = max(max(line.x1 for line in pair.lines) - left, 1.0)
    kept: list[Line] = []
    scraps = False
    for line in pair.lines:
        tokens: list[Token] = []
        for token in line.tokens:
            written = token.x0 < left + width * _WRITTEN or (tokens and token.x0 - tokens[-1].x1 < token.height)
            if written or belongs_to_signature(token.text):
                tokens.append(token)
            else:
                scraps = True
        if len(tokens) == len(line.tokens):
            kept.append(line)
        elif tokens:
            kept.append(to_line(tokens))
    return tuple(kept), scraps


def _opinion(pair: Pair, pages: dict[int, Page]) -> Iterator[Found]:
    lines, scraps = _without_seal(pair)
    signed = take_apart(lines)
    key = pair.keys[0]
    raw = "\n".join(line.text for line in signed.body)
    doubt = "印章遮挡，意见可能不完整" if scraps else signed.text_doubt
    parsed = Parsed(signed.text, DOUBTFUL, (), doubt) if doubt and signed.text else Parsed(signed.text)
    yield _found(pair, pages, key, parsed, raw, signed.body)
    if signed.has_date_place:
        yield _signing_date(pair, pages, f"{key}_date", signed)


def _signing_date(pair: Pair, pages: dict[int, Page], key: str, signed: Signed) -> Found:
    lines = (signed.date_line,) if signed.date_line else None
    parsed = Parsed(signed.date, DOUBTFUL if signed.doubt else CLEAN, (), signed.doubt)
    return _found(pair, pages, key, parsed, signed.date_line.text if signed.date_line else "", lines)


def _commitment(pair: Pair, text: str, pages: dict[int, Page]) -> Iterator[Found]:
    if has_marks(text):
        text = BOX_AFTER.split(text)[-1]
        yield _found(pair, pages, "commitment_checked", parse(FIELDS["commitment_checked"], text), text)
    signed = take_apart(pair.lines)
    if signed.has_date_place:
        yield _signing_date(pair, pages, "commitment_date", signed)


def _range(pair: Pair, text: str, pages: dict[int, Page]) -> Iterator[Found]:
    months = _MONTHS.search(fold(text)) if pair.keys[0] == "subsidy_period_start" else None
    if months:
        yield _found(pair, pages, "subsidy_months", Parsed(str(int(months.group(1)))), text)
        text = re.sub(r"[,，(（]?\s*(?:共计?|合计|计)?\s*\d{1,3}\s*个\s*月[)）]?", " ", text)
    start, end, reason = parse_range(text)
    unread = reason is not None and not start and not end
    for key, value in zip(pair.keys, (start, end), strict=True):
        confidence = REFUTED if unread else DOUBTFUL if reason else CLEAN
        yield _found(pair, pages, key, Parsed(value, confidence, (), reason), text)


def _two(pair: Pair, text: str, pages: dict[int, Page]) -> Iterator[Found]:
    """Read two values that share a box, divided by a stroke, a gap or a line break."""
    joined = "".join(line.text for line in pair.lines)
    parts = _named_parts(pair, joined) or [part for part in _SPLIT.split(joined) if part.strip()]
    if len(parts) != len(pair.keys):
        parts = joined.split()
    if len(parts) != len(pair.keys):
        parts = _by_kind(pair, joined)
    if len(parts) != len(pair.keys):
        parts = [line.text for line in pair.lines]
    if len(parts) == len(pair.keys):
        for key, part in zip(pair.keys, parts, strict=True):
            yield _found(pair, pages, key, parse(FIELDS[key], part, pair.label), text)
        return
    whole = Parsed(tidy(joined), DOUBTFUL, (), "一栏两项，无法分开") if joined.strip() else NOTHING
    yield _found(pair, pages, pair.keys[0], whole, text)
    yield _found(pair, pages, pair.keys[1], Parsed("", DOUBTFUL if joined.strip() else CLEAN), text)


def _by_kind(pair: Pair, text: str) -> list[str]:
    """Return words and figures of a box apart, where one key asks for words and the other for a date or a number."""
    plain = fold(text)
    kinds = [FIELDS[key].type for key in pair.keys]
    if FieldType.DATE in kinds:
        found = find_dates(plain)
        spans = [(found[0].start, found[0].end)] if len(found) == 1 else []
    elif {FieldType.DIGITS, FieldType.PHONE} & set(kinds):
        spans = [match.span() for match in re.finditer(r"\d[\d-]{6,}\d", plain)]
    else:
        return []
    if len(spans) != 1 or kinds.count(FieldType.TEXT) != 1:
        return []
    figures, words = plain[slice(*spans[0])], plain[: spans[0][0]] + plain[spans[0][1] :]
    return [words.strip("()（）,，、/") if kind is FieldType.TEXT else figures for kind in kinds] if words else []


def _named_parts(pair: Pair, text: str) -> list[str]:
    """Return the values of a box that names each of them, before it (学校…专业…) or behind it (…（院校）…（专业）)."""
    words = vocabulary()
    behind = [m for m in _NAMED_AFTER.finditer(fold(text)) if words.lookup(m[1], form=None, section="", after=None)]
    if len(behind) == len(pair.keys) and all(_asks(m[1], key) for m, key in zip(behind, pair.keys, strict=True)):
        starts = [0, *(match.end() for match in behind[:-1])]
        return [fold(text)[start : match.start()] for start, match in zip(starts, behind, strict=True)]
    parts: dict[str, list[str]] = {}
    key = ""
    for piece in re.split(r"[\s:：,，;；]+", text.strip()):
        asked = next((k for k in pair.keys if k not in parts and _asks(fold(piece), k)), None)
        if asked:
            key = asked
            parts[key] = []
        elif key:
            parts[key].append(piece)
        else:
            return []
    return ["".join(parts[k]) for k in pair.keys] if all(parts.get(k) for k in pair.keys) else []


def _asks(label: str, key: str) -> bool:
    return vocabulary().lookup(label, form=None, section="", after=None) == (key,)


def _long(pair: Pair, pages: dict[int, Page]) -> Iterator[Found]:
    """Read prose; a signature and date at its end are no part of it."""
    key = pair.keys[0]
    signed = take_apart(pair.lines)
    lines = signed.body if signed.own_hand else pair.lines
    prose = "".join(_with_gap(line.text) for line in lines)
    parsed = parse(FIELDS[key], prose, pair.label)
    if parsed.value and parsed.reason is None and _breaks_off(lines):
        parsed = replace(parsed, confidence=DOUBTFUL, reason="末行写满而无句末标点，内容可能不完整")
    yield _found(pair, pages, key, parsed, prose, lines or None)
    if signed.own_hand and signed.has_date_place:
        yield _signing_date(pair, pages, "commitment_date", signed)


def _breaks_off(lines: tuple[Line, ...]) -> bool:
    """Whether prose ends in the middle of a sentence at the end of a full line: the rest may stand elsewhere."""
    last = fold(lines[-1].text) if lines else ""
    if not last or last[-1] in _ENDS_PROSE or len(last) < _TELLING:
        return False
    widest = max(line.x1 for line in lines)
    return lines[-1].x1 > widest - _FULL * (lines[-1].bottom - lines[-1].top)


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
        parsed = parse(FIELDS["requested_amount_upper"], (words and text) or ("" if figures else text), pair.label)
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
    if min(len(first), len(second)) < _TELLING:
        return first == second
    return first.startswith(second) or second.startswith(first)
