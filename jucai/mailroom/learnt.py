"""What labelled letters teach: how much each pair and triple of characters speaks for one kind against another.

Naive Bayes with one weight a piece: the logarithm of how much oftener it stands in letters of the one kind. The sum
over a letter's different pieces is divided by the root of their number, so that a long letter does not outweigh a short
one. What it says is one sign among the others of `evidence.txt`, never the answer.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from jucai.mailroom.speech import folded

QUESTIONS = ("spam", "supplement", "application", "completion")
"""spam against everything else; supplement against new application; either of these two against other matters."""
_FILE = "learnt.tsv"
_SEEN_LEAST = 2
_SMALL = 0.3
_WEIGHTS_LEAST = 0.5
_MOST_CHARS = 2_000
_LINK = re.compile(r"https?://\S{1,500}|www\.\S{1,200}")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,100}")
_LATIN = re.compile(r"[a-z][a-z' .,-]*")
_ELSE = re.compile(r"[^\u4e00-\u9fff0a%/]")
_TELLING = re.compile(r"[\u4e00-\u9fff0]")


def pieces(text: str) -> frozenset[str]:
    """The different pairs and triples of characters of a text; digits are 0, Latin words a, links 网址, marks ·."""
    plain = _ADDRESS.sub("", _LINK.sub("网址", folded(text[:_MOST_CHARS])))
    plain = _ELSE.sub("·", _LATIN.sub("a", re.sub(r"\d+", "0", plain)))
    found = {plain[at : at + size] for size in (2, 3) for at in range(len(plain) - size + 1)}
    return frozenset(piece for piece in found if _TELLING.search(piece))


def learn(examples: Iterable[tuple[bool, str]]) -> dict[str, float]:
    """Weights from (whether it is of the kind, text) pairs; pieces seen once, or that tell little, are left out."""
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    letters = [0, 0]
    for of_the_kind, text in examples:
        letters[of_the_kind] += 1
        counts[of_the_kind].update(pieces(text))
    weights = {}
    for piece in counts[0].keys() | counts[1].keys():
        if counts[0][piece] + counts[1][piece] < _SEEN_LEAST:
            continue
        shares = [(counts[kind][piece] + _SMALL) / (letters[kind] + 2 * _SMALL) for kind in (0, 1)]
        weight = math.log(shares[1] / shares[0])
        if abs(weight) >= _WEIGHTS_LEAST:
            weights[piece] = round(weight, 2)
    return weights


def leaning(text: str, weights: Mapping[str, float]) -> float:
    """How much a text leans to the kind the weights were learnt for; below 0: against it."""
    found = pieces(text)
    return sum(weights.get(piece, 0.0) for piece in found) / math.sqrt(len(found)) if found else 0.0


@cache
def learnt() -> Mapping[str, Mapping[str, float]]:
    """The weights of each question, as they were learnt from our labelled letters."""
    text = resources.files("jucai.mailroom").joinpath(_FILE).read_text(encoding="utf-8")
    return parse_weights(text)


def parse_weights(text: str) -> dict[str, dict[str, float]]:
    """Lines of question, piece and weight, with tabs between."""
    weights: dict[str, dict[str, float]] = {question: {} for question in QUESTIONS}
    for line in text.splitlines():
        question, piece, weight = line.split("\t")
        weights[question][piece] = float(weight)
    return weights


def written_weights(weights: Mapping[str, Mapping[str, float]]) -> str:
    """The text of the file: the same weights always give the same text."""
    return "".join(
        f"{question}\t{piece}\t{weight:g}\n"
        for question in QUESTIONS
        for piece, weight in sorted(weights[question].items())
    )
