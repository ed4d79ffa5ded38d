"""What was probably meant where a word or a sign is wrong."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from models.fields import FieldSpec

_NEAR_WORD, _NEAR_LABEL = 0.6, 0.5  # labels are short: two of four characters are much
_FULL = "“”‘’（），：；＝＞＜！＋－＊／"
_SLIPS = (
    (re.compile(f"[{_FULL}]"), "表达式里的引号、括号、逗号等要用半角符号"),
    (re.compile(r"&&|\|\|"), "“并且”写 and，“或者”写 or"),
    (re.compile(r"!(?!=)"), "“不”写 not"),
    (re.compile(r"(?<![=!<>])=(?!=)"), "相等写 =="),
    (re.compile(r"\d{4}-\d{1,2}-\d{1,2}"), '日期写 date("2026-01-31")'),
    (re.compile(r"\d\s*(?:岁|周岁|年|个?月|天|日|元|万|%)"), "数字后面不要写单位"),
    (re.compile(r"[≥≤≠]"), "大于等于写 >=，小于等于写 <=，不等写 !="),
)


def slip(source: str) -> str:
    """What is usually wrong with such an expression, to be added to the message; empty where nothing is seen."""
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", source)
    if source.count('"') % 2 or source.count("'") % 2:
        return "；引号没有成对"
    for pattern, said in _SLIPS:
        if pattern.search(bare):
            return f"；{said}"
    if source.count("(") != source.count(")"):
        return "；括号没有成对"
    return ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was most likely meant; empty where none is near."""
    found = get_close_matches(word, list(known), n=3, cutoff=_NEAR_WORD if word.isascii() else _NEAR_LABEL)
    return next((one for one in found if one[0] == word[0]), found[0] if found else "")


def meant_fact(word: str, vocabulary: Mapping[str, FieldSpec]) -> str:
    """The fact that was meant, by its key or by what the form calls it, to be added to a message."""
    # Of a table's cells the first row stands for all.
    vocabulary = {key: spec for key, spec in vocabulary.items() if spec.row <= 1}
    labels = {spec.label: key for key, spec in vocabulary.items()}
    key = nearest(word, vocabulary) or labels.get(nearest(word, labels), "")
    return f"，是否应为“{key}”（{vocabulary[key].label}）" if key else ""
