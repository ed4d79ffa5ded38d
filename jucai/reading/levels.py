"""Whether an office that gives its opinion is the county's or the city's: by its name, the form's title, and the order.

人社局意见 names no level. On the form of a county, or of a city of county level, the first office is the county's and
what comes after it the city's; two offices that name no county are the two levels in their order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from jucai.reading.answers import Pair, Pairs
from jucai.reading.sheets import PageSheets
from jucai.reading.text import fold

_COUNTY, _CITY = "county_opinion", "city_opinion"
_TITLE = re.compile(r"(?:表|书|册|单|卡|登记)(?:[(（〔].*)?$")
_PLACE = re.compile(r"([\u4e00-\u9fff]{1,6}?)(省|自治区|自治州|市|县|区|旗)(?!级|外|内|域)")
_BELOW = re.compile(r"^(?:[\u4e00-\u9fff]{2,6}[市县区])?[\u4e00-\u9fff]{1,5}(?:[乡镇]|街道)")
_LINES = 8
_SHORTEST = 6
_MOST_PLACES = 3


@cache
def county_cities() -> frozenset[str]:
    """Return the names of cities of county level, without 市."""
    text = resources.files("jucai.reading").joinpath("county_cities.txt").read_text(encoding="utf-8")
    return frozenset(name for line in text.splitlines() if not line.startswith("#") for name in line.split())


def settle_levels(pairs: Pairs, pages: Sequence[PageSheets]) -> None:
    """Give opinions of offices whose level their name leaves open to the county or the city."""
    if not any(_BELOW.match(title) for title in _titles(pages)):
        pairs.found[:] = [pair for pair in pairs.found if not (_asks_for(pair, _COUNTY) and _is_below(pair.label))]
    labels: dict[str, str] = {}
    for pair in pairs.found:
        if _asks_for(pair, _COUNTY) or _asks_for(pair, _CITY):
            labels.setdefault(fold(pair.label), pair.keys[0])
    for label in _of_the_county(labels, is_of_county(pages)):
        _give_to_county(pairs, label)


def _of_the_county(labels: dict[str, str], county: bool) -> list[str]:  # noqa: FBT001 - says what form it is
    """Return the labels that are the city's by their words alone and the county's by where they stand."""
    open_ = [label for label in labels if labels[label] == _CITY and not label.startswith(("市", "省"))]
    if _COUNTY in labels.values():
        # Two offices of one county: which is meant, a person tells.
        return open_ if county else []
    first = next(iter(labels), "")
    return [first] if first and (county or (len(labels) > 1 and first in open_)) else []


def _give_to_county(pairs: Pairs, label: str) -> None:
    """Let the city's opinion under this label be the county's, and the day behind it too."""
    within = False
    for place, pair in enumerate(pairs.found):
        if _asks_for(pair, _CITY):
            within = fold(pair.label) == label
        if within and pair.keys and pair.keys[0].startswith(_CITY):
            pairs.found[place] = replace(pair, keys=tuple(key.replace(_CITY, _COUNTY) for key in pair.keys))


def _asks_for(pair: Pair, key: str) -> bool:
    return bool(pair.keys) and pair.keys[0] == key


def _is_below(label: str) -> bool:
    """Whether an office is that of a township or a street: on the form of a higher level no field asks for it."""
    plain = fold(label)
    return bool(re.search(r"街道|[乡镇村]|社区", plain)) and not re.search(r"[县市]|开发区|园区|(?<!社)区", plain)


def is_of_county(pages: Sequence[PageSheets]) -> bool:
    """Whether the title of a form names a county, a district, or a city of county level as its last place."""
    return any(_names_county(title) for title in _titles(pages))


def _titles(pages: Sequence[PageSheets]) -> Iterator[str]:
    for page in pages[:1]:
        # In a box, too: on a photograph the edges of the paper are rules.
        boxed = (line for cell in page.ruled.cells[:_LINES] for line in cell.lines)
        texts = [line.text for line in (*page.lines[:_LINES], *boxed)]
        yield from (plain for text in texts if len(plain := fold(text)) >= _SHORTEST and _TITLE.search(plain))


def _names_county(title: str) -> bool:
    last: tuple[str, str] | None = None
    rest = title
    for _ in range(_MOST_PLACES):
        found = _PLACE.match(rest)
        if found is None:
            break
        last, rest = (found[1], found[2]), rest[found.end() :]
    if last is None:
        return False
    return last[1] in {"县", "区", "旗"} or (last[1] == "市" and last[0] in county_cities())
