"""What labelled letters teach: how much each word, or pair of characters, speaks for a kind against the others.

A logistic regression over five kinds with one weight a piece and kind. The sum over a letter's different pieces is
divided by the root of their number, so that a long letter does not outweigh a short one. What it says is weighed
beside the signs of `evidence.txt`, never alone.
"""

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from itertools import pairwise

from jucai.mailroom.kinds import LetterKind
from jucai.mailroom.speech import folded

KINDS = (
    LetterKind.NEW_APPLICATION,
    LetterKind.SUPPLEMENT,
    LetterKind.WITHDRAWAL,
    LetterKind.OTHER,
    LetterKind.SPAM,
)
"""The kinds that words tell apart; objections, questions and requests for a form are other business here."""
MARKS = frozenset({"sends", "sends_nothing", "answers_us", "answers_correction"})
"""The signs of a letter's make that its words are read with."""
FEW = 10
"""So many pieces more are counted than a letter has: what is short leans little."""
_FILE = "learnt.tsv"
_MOST_CHARS = 2_000
_MOST_DOUBT = -5.0
_LINK = re.compile(r"https?://[\x21-\x7e]{1,500}|www\.[\x21-\x7e]{1,200}")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,100}")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d[\d*]{8}(?!\d)")
_DIGITS = re.compile(r"\d+")
_LATIN = re.compile(r"[a-z]+")
_LATIN_RUN = re.compile(r"[a-z][a-z' .,-]*")
_ELSE = re.compile(r"[^\u4e00-\u9fff0a%/]")
_TELLING = re.compile(r"[\u4e00-\u9fff0]")
_SUFFIX = re.compile(r"\.([a-z\d]{1,5})$", re.MULTILINE)

Weights = Mapping[str, tuple[float, ...]]


def pieces(texts: Mapping[str, str], make: Iterable[str] = ()) -> frozenset[str]:
    """The different pieces of a letter: of its subject and words, of its file names (after @), of its make (after !).

    `texts` holds `subject`, `words` and `names`, one name a line. Digits are 0, links 网址, mobile numbers 手机号,
    other marks ·.
    """
    names = folded(texts.get("names", "")[:_MOST_CHARS])
    found = _pieces(f"{texts.get('subject', '')}\n{texts.get('words', '')}")
    found |= {f"@{piece}" for piece in _pieces(_SUFFIX.sub("", names))}
    found |= {f"@.{suffix}" for suffix in _SUFFIX.findall(names)}
    return frozenset(found | {f"!{mark}" for mark in MARKS.intersection(make)})


def _pieces(text: str) -> set[str]:
    plain = _ADDRESS.sub("", _LINK.sub("网址", folded(text[:_MOST_CHARS])))
    words = _LATIN.findall(plain)
    plain = _DIGITS.sub("0", _PHONE.sub("手机号", plain))
    plain = _ELSE.sub("·", _LATIN_RUN.sub("a", plain))
    found = {plain[at : at + size] for size in (1, 2) for at in range(len(plain) - size + 1)}
    found = {piece for piece in found if _TELLING.search(piece)}
    found.update(words)
    found.update(f"{first} {second}" for first, second in pairwise(words))
    return found


def leaning(found: Iterable[str], weights: Weights) -> dict[LetterKind, float]:
    """How much likelier each of `KINDS` is than by chance, as a logarithm between -5 and log 5; 0: nothing is known."""
    known = [weights[piece] for piece in found if piece in weights]
    if not known:
        return dict.fromkeys(KINDS, 0.0)
    root = math.sqrt(len(known) + FEW)
    sums = [sum(column) / root for column in zip(*known, strict=True)]
    top = max(sums)
    whole = top + math.log(sum(math.exp(one - top) for one in sums)) - math.log(len(KINDS))
    return {kind: max(_MOST_DOUBT, one - whole) for kind, one in zip(KINDS, sums, strict=True)}


@cache
def learnt() -> Weights:
    """The weights of each piece, as they were learnt from our labelled letters."""
    text = resources.files("jucai.mailroom").joinpath(_FILE).read_text(encoding="utf-8")
    return parse_weights(text)


def parse_weights(text: str) -> dict[str, tuple[float, ...]]:
    """Lines of a piece and one weight for each of `KINDS`, with tabs between."""
    weights = {}
    for line in text.splitlines():
        piece, *values = line.split("\t")
        weights[piece] = tuple(map(float, values))
    return weights


def written_weights(weights: Weights) -> str:
    """The text of the file: the same weights always give the same text."""
    return "".join(
        "\t".join([piece, *(f"{round(value, 1) + 0.0:g}" for value in values)]) + "\n"
        for piece, values in sorted(weights.items())
    )
