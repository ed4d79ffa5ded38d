"""Learns the weights of `jucai/mailroom/learnt.tsv` from our labelled letters: `python -m tests.mailroom.learning`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import jucai.mailroom
from jucai.mailroom.learnt import QUESTIONS, learn, written_weights
from jucai.mailroom.parsing import parse_letter
from tests.mailroom.lessons import LESSONS
from tests.mailroom.phrases import PHRASES
from tests.mailroom.unseen import all_letters
from tests.mailroom.unseen.voices import Told
from tests.mailroom.voices import SETS

FILE = Path(jucai.mailroom.__file__).with_name("learnt.tsv")
MOST = 1_500
ASKED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "spam": (
        frozenset({"spam"}),
        frozenset({"new_application", "supplement", "withdrawal", "decision_reply", "auto_reply", "other"}),
    ),
    "supplement": (frozenset({"supplement"}), frozenset({"new_application"})),
    "application": (frozenset({"new_application"}), frozenset({"other"})),
    "completion": (frozenset({"supplement"}), frozenset({"other"})),
}
_FOLDED = {"objection": "other", "status_question": "other", "form_request": "other"}


def example(one: Told) -> tuple[str, str]:
    """The kind and the words of one letter."""
    return one.letter.truth["kind"], f"{one.seed.subject}\n{one.seed.words}"


def elsewhere() -> Iterator[tuple[str, str]]:
    """The older letters, the short ones, and single sentences."""
    for one in all_letters():
        letter = parse_letter(one.raw)
        yield one.truth["kind"], f"{letter.subject}\n{letter.body_text[:MOST]}"
    for kind, _, subject, words, _ in PHRASES:
        yield _FOLDED.get(kind, kind), f"{subject}\n{words}"
    yield from LESSONS


def taught(question: str, examples: list[tuple[str, str]]) -> dict[str, float]:
    """The weights of one question."""
    yes, no = ASKED[question]
    return learn((kind in yes, text) for kind, text in examples if kind in yes | no)


def everything(sets: dict[str, Callable[[], list[Told]]] = SETS) -> list[tuple[str, str]]:
    """All examples, but for letters whose kind no words tell."""
    letters = [one for make in sets.values() for one in make()]
    return [example(one) for one in letters if not getattr(one.seed, "dialect", "")] + list(elsewhere())


if __name__ == "__main__":
    told = everything()
    FILE.write_text(written_weights({question: taught(question, told) for question in QUESTIONS}), encoding="utf-8")
