"""What the columns of repeated blocks are called, and how the blocks are headed."""

import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from jucai.reading.meaning import Concepts, Keys, combinations, meanings
from jucai.reading.text import fold, label_forms

_MANY = 4096
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}[、.]|第[一二三四五六七八九十]部分)[\u4e00-\u9fff()、及与和]{2,16}$"
)
_PART = re.compile(
    r"^[【\[]?(?:个人|本人|申报人?|申请人?|单位|企业|工作|就业|任职|履职|引进|补贴|住房|配偶|银行|账户|收款|岗位|需求|其他|教育|学习|基本)"
    r"[\u4e00-\u9fff及与和、]{0,4}(?:情况|信息|事项|概况|意向)[】\]。:]?$"
)
_BRACKETED = re.compile(r"^[【〖「][\u4e00-\u9fff()（）、]{2,12}[】〗」]$")
_HEADING = 10


@dataclass(slots=True)
class TableWords:
    """Headings of a block and what its column heads are called: wording → column keys."""

    headings: set[str] = field(default_factory=set)
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    anchors: set[str] = field(default_factory=set)
    rules: dict[Concepts, set[Keys]] = field(default_factory=dict)
    asked: dict[str, Keys | None] = field(default_factory=dict)

    def column(self, text: str) -> Keys | None:
        """Return the column keys a head stands for, an empty tuple for one that is not kept, None if unknown."""
        if text not in self.asked:
            if len(self.asked) >= _MANY:
                self.asked.clear()
            self.asked[text] = self._column(text)
        return self.asked[text]

    def _column(self, text: str) -> Keys | None:
        spellings = label_forms(text)
        for spelling in spellings:
            if spelling in self.columns:
                return self.columns[spelling]
        for spelling in spellings:
            keys = meanings().choose(spelling, (self.rules,))
            if keys is not None:
                return keys
        return None


@cache
def table_words() -> dict[str, TableWords]:
    """Return the vocabulary of repeated blocks, read once a process."""
    tables: dict[str, TableWords] = {}
    text = resources.files("jucai.reading").joinpath("columns.txt").read_text(encoding="utf-8")
    words = TableWords()
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        head, _, wordings = line.partition(":")
        spellings = [fold(wording) for wording in wordings.split()]
        if head.startswith("@table"):
            words = tables.setdefault(head.split()[1], TableWords())
            words.headings.update(spellings)
            continue
        keys = tuple(key for key in head.strip().lstrip("!=").split("+") if key != "-")
        if head.startswith("="):
            for concepts in combinations(wordings.split()):
                words.rules.setdefault(concepts, set()).add(keys)
            continue
        if head.startswith("!"):
            words.anchors.update(keys)
        for spelling in spellings:
            words.columns.setdefault(spelling, keys)
    return tables


def heads_block(text: str) -> bool:
    """Whether `text` is the heading of a repeated block."""
    spellings = label_forms(text)
    return any(spelling in words.headings for words in table_words().values() for spelling in spellings)


def heads_section(text: str) -> bool:
    """Whether `text` is the heading of a part of the form: 三、收款账户, or the name of a repeated block."""
    plain = fold(text)
    return bool(_SECTION.match(plain) or _PART.match(plain) or _BRACKETED.match(text.strip())) or (
        len(plain) <= _HEADING and heads_block(text)
    )


def heads_column(text: str) -> bool:
    """Whether `text` is the head of a column in some repeated block."""
    return any(words.column(text) is not None for words in table_words().values())
