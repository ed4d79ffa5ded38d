"""Learns the weights of `jucai/mailroom/learnt.tsv` from our labelled letters: `python -m tests.mailroom.learning`."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import jucai.mailroom
from jucai.mailroom import wording
from jucai.mailroom.kinds import LetterKind
from jucai.mailroom.learnt import FEW, KINDS, pieces, written_weights
from jucai.mailroom.parsing import parse_letter
from tests.mailroom.lessons import lessons
from tests.mailroom.phrases import PHRASES
from tests.mailroom.unseen import all_letters
from tests.mailroom.unseen.voices import CORRECTION, Told
from tests.mailroom.voices import SETS

FILE = Path(jucai.mailroom.__file__).with_name("learnt.tsv")
MOST = 1_500
SEEN_LEAST = 2
FAITH = 60.0
"""How far the letters are believed against the wish for small weights; chosen on sets and lessons held out."""
ROUNDS = 150
_FOLDED = {"objection": "other", "status_question": "other", "form_request": "other"}

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """One letter: its kind and the pieces it is made of."""

    kind: LetterKind
    pieces: frozenset[str]


def example(kind: str, subject: str, words: str, names: Iterable[str], make: Iterable[str] = ()) -> Example:
    """A letter as sorting would see it."""
    names = [*names]
    prefix = wording.REPLY_PREFIX.match(subject)
    texts = {"subject": subject[prefix.end() :] if prefix else subject, "words": words, "names": "\n".join(names)}
    marks = ["sends" if names else "sends_nothing", *make]
    return Example(LetterKind(_FOLDED.get(kind, kind)), pieces(texts, marks))


def of_a_set(one: Told) -> Example:
    """One letter of the sets."""
    seed = one.seed
    make = [mark for mark, holds in (("answers_us", seed.re), ("answers_correction", seed.re == CORRECTION)) if holds]
    return example(one.letter.truth["kind"], seed.subject, seed.words, seed.files, make)


def elsewhere() -> Iterator[Example]:
    """The older letters, the short ones, and the lessons."""
    for one in all_letters():
        letter = parse_letter(one.raw)
        files = (file.name or "" for file in letter.files())
        yield example(one.truth["kind"], letter.subject, letter.body_text[:MOST], files)
    for kind, make, subject, words, names in PHRASES:
        marks = [mark for sign, mark in (("r", "answers_us"), ("b", "answers_correction")) if sign in make]
        yield example(kind, subject, words, names.split("\n") if names else (), marks)
    for lesson in lessons():
        yield example(lesson.kind, lesson.subject, lesson.words, lesson.files, lesson.answers)


def everything(sets: dict[str, Callable[[], list[Told]]] = SETS) -> list[Example]:
    """All examples, but for letters whose kind no words tell."""
    letters = [one for make in sets.values() for one in make()]
    told = [of_a_set(one) for one in letters if not getattr(one.seed, "dialect", "")]
    return [one for one in (*told, *elsewhere()) if one.kind in KINDS]


def learn(examples: Sequence[Example]) -> dict[str, tuple[float, ...]]:
    """Weights for each piece seen more than once; every kind counts alike, however many letters it has."""
    counted = Counter(piece for one in examples for piece in one.pieces)
    names = sorted(piece for piece, count in counted.items() if count >= SEEN_LEAST)
    places = {piece: place for place, piece in enumerate(names)}
    rows, columns = [], []
    for row, one in enumerate(examples):
        known = sorted(places[piece] for piece in one.pieces if piece in places)
        rows += [row] * len(known)
        columns += known
    truth = np.zeros((len(examples), len(KINDS)))
    truth[np.arange(len(examples)), [KINDS.index(one.kind) for one in examples]] = 1.0
    weights = _fitted(np.array(rows), np.array(columns), truth, len(names))
    return {piece: tuple(float(value) for value in weights[place]) for place, piece in enumerate(names)}


def _fitted(rows: Ints, columns: Ints, truth: Floats, width: int) -> Floats:
    """Logistic regression by accelerated gradients, `ROUNDS` of them; the same letters give the same weights."""
    heights = np.bincount(rows, minlength=len(truth))
    values = (1.0 / np.sqrt(heights + FEW))[rows]
    by_column = np.argsort(columns, kind="stable")
    starts = np.searchsorted(columns[by_column], np.arange(width))
    row_starts = np.searchsorted(rows, np.arange(len(truth)))
    counts = truth.sum(axis=0)
    share = (truth * (counts.max() / np.maximum(counts, 1.0))).sum(axis=1, keepdims=True)

    def spread(weights: Floats) -> Floats:
        return np.where(
            heights[:, None] > 0, np.add.reduceat(weights[columns] * values[:, None], row_starts, axis=0), 0.0
        )

    def gathered(error: Floats) -> Floats:
        return np.asarray(np.add.reduceat((error[rows] * values[:, None])[by_column], starts, axis=0))

    probe = np.ones((width, 1))
    for _ in range(12):
        probe = gathered(share * spread(probe))
        top = float(np.sqrt((probe**2).sum()))
        probe /= top
    step = 1.0 / (top / 2 + 1.0 / FAITH)
    weights = ahead = np.zeros((width, truth.shape[1]))
    for turn in range(ROUNDS):
        scores = spread(ahead)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        error = share * (odds / odds.sum(axis=1, keepdims=True) - truth)
        fresh = ahead - step * (gathered(error) + ahead / FAITH)
        ahead = fresh + (fresh - weights) * (turn / (turn + 3.0))
        weights = fresh
    return weights


if __name__ == "__main__":
    FILE.write_text(written_weights(learn(everything())), encoding="utf-8")
