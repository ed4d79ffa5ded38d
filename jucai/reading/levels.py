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
    labels: dict[str, str] = {}
    for pair in pairs.found:
        if pair.keys and pair.keys[0] in {_COUNTY, _CITY}:
            labels.setdefault(fold(pair.label), pair.keys[0])
    if not labels or _COUNTY in labels.values():
        return
    first = next(iter(labels))
    named = first.startswith(("市", "省")) and not is_of_county(pages)
    if named or (len(labels) == 1 and not is_of_county(pages)):
        return
    within = False
    for place, pair in enumerate(pairs.found):
        if not pair.keys or not pair.keys[0].startswith(_CITY):
            continue
        if pair.keys[0] == _CITY:
            within = fold(pair.label) == first
        if within:
            pairs.found[place] = _of_county(pair)


def _of_county(pair: Pair) -> Pair:
    return replace(pair, keys=tuple(key.replace(_CITY, _COUNTY) for key in pair.keys or ()))


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
