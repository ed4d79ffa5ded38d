"""Several facts that one box states in words: 职工172人，其中研发人员19人."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from jucai.reading.amounts import label_unit
from jucai.reading.answers import BESIDE, Pair
from jucai.reading.blocks import Blocks
from jucai.reading.cells import Line
from jucai.reading.meaning import Keys
from jucai.reading.sheets import Sheet
from jucai.reading.text import fold
from jucai.reading.vocabulary import vocabulary
from models.fields import FIELDS, FieldType

_CLAUSE = re.compile(
    r"(?:其中|包括|包含|含|另有)?:?(?:\d{4}年度?)?(?P<label>[\u4e00-\u9fff()/]{0,14}?)(?:约为|共计|达到|为|约|共|计|有|达|:)?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>\(?(?:[千万亿]?元|万|亿|[人名个项件天]|平方米|㎡|分)\)?)?"
    r"(?=[,;。、()]|$)"
)
_BETWEEN = re.compile(r"[,;。、()]*")
_UNITS = {
    FieldType.MONEY: re.compile(r"[千万亿]?元|[万亿]"),
    FieldType.INT: re.compile(r"[人名个项件天]"),
    FieldType.DECIMAL: re.compile(r"平方米|㎡|分"),
}
_WHOLE = re.compile(r"(?:企业|公司|单位|现有|全体|在职|拥有)*(?:职工|员工|从业人员|人员|总数|总人数|总额|总计|合计)?")
"""What the first clause may call the thing that the label of its box asks for."""
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Clause:
    """One fact: what it is called, and its number with the unit."""

    label: str
    number: str
    unit: str

    def fits(self, key: str) -> bool:
        """Whether this is a number of the kind that a field holds."""
        units = _UNITS.get(FIELDS[key].type)
        bare = not self.unit and FIELDS[key].type is FieldType.MONEY and label_unit(self.label) is not None
        return units is not None and (bare or units.fullmatch(self.unit) is not None)


Fact = tuple[Keys, str, str]
"""The keys a clause stands for, its label and its value."""


def clauses(text: str) -> list[Clause]:
    """Return the facts of a text that says nothing but `label number unit`, twice or more; else nothing."""
    plain = fold(text)
    found: list[Clause] = []
    place = 0
    while place < len(plain):
        match = _CLAUSE.match(plain, place)
        if match is None:
            return []
        found.append(Clause(match["label"], match["number"], (match["unit"] or "").strip("()")))
        between = _BETWEEN.match(plain, match.end())
        place = between.end() if between else match.end()
    return found if len(found) >= _SEVERAL else []


def facts(text: str, own: str | None, form: str | None, section: str) -> list[Fact]:
    """Return what a box states whose label stands for the field `own`, None if nobody knows it.

    Nothing if it does not consist of such facts, or says one of them twice.
    """
    found: list[Fact] = []
    for number, clause in enumerate(clauses(text)):
        keys = vocabulary().lookup(clause.label, form=form, section=section, after=None) if clause.label else None
        if keys is None and not number and own is not None and _WHOLE.fullmatch(clause.label):
            keys = (own,)
        elif not clause.label:
            return []
        if keys is not None and len(keys) == 1 and clause.fits(keys[0]):
            found.append((keys, clause.label, clause.number + clause.unit))
    return found if len({keys for keys, *_ in found}) == len(found) else []


def beside_unknown(sheet: Sheet, blocks: Blocks, form: str | None) -> Iterator[Pair]:
    """Yield the facts in boxes beside a label that nobody knows, 经营数据, and mark both boxes as used."""
    for cell in sheet.cells if sheet.ruled else ():
        left = next(iter(sheet.lefts(cell)), None)
        if cell.blank or left is None or left.blank or {id(cell), id(left)} & blocks.used or left.c1 != cell.c0:
            continue
        if any(vocabulary().lookup(b.label, form=form, section="", after=None) is not None for b in (left, cell)):
            continue
        found = facts(cell.text, None, form, fold(left.label))
        if found:
            blocks.take((left, cell))
        for keys, label, value in found:
            yield Pair(keys, label, (_line(cell.lines, value),), cell.page, cell.ink(), BESIDE, ruled=True)


def taken_apart(pairs: Iterable[Pair], form: str | None) -> Iterator[Pair]:
    """Yield pairs, each fact by itself where the box of a number states several: 企业规模."""
    for pair in pairs:
        counts = len(pair.keys) == 1 and FIELDS[pair.keys[0]].type in _UNITS and pair.lines
        text = "".join(line.text for line in pair.lines)
        found = facts(text, pair.keys[0], form, fold(pair.label)) if counts else []
        if not found:
            yield pair
        for keys, label, value in found:
            named = pair.label if keys == pair.keys else label
            yield replace(pair, keys=keys, label=named, lines=(_line(pair.lines, value),))


def _line(lines: Iterable[Line], value: str) -> Line:
    """Return the lines of a box as one that says nothing but `value`."""
    every = list(lines)
    x0, x1 = min(line.x0 for line in every), max(line.x1 for line in every)
    tokens = tuple(token for line in every for token in line.tokens)
    return Line(value, x0, min(line.top for line in every), x1, max(line.bottom for line in every), tokens)
