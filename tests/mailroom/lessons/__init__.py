"""What labelled letters say, for the learnt weights: no test holds any single one of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.mailroom.lessons import (
    applicants,
    counters,
    desks,
    foreign,
    leaving,
    letters,
    offers,
    offices,
    replies,
    services,
    trades,
    tricks,
)
from tests.mailroom.lessons.sentences import LESSONS

_ANSWERS = {"r": "answers_us", "b": "answers_correction"}
_KINDS = {"o": "other", "n": "new_application", "s": "supplement", "w": "withdrawal", "p": "spam"}


@dataclass(frozen=True, slots=True)
class Lesson:
    """One letter: its kind, what a person reads of it, and what of ours it answers."""

    kind: str
    subject: str
    words: str
    files: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


def lessons() -> Iterator[Lesson]:
    """All of them, in a fixed order."""
    for kind, text in LESSONS:
        yield Lesson(kind, "", text)
    for module in (
        offices,
        services,
        offers,
        applicants,
        leaving,
        foreign,
        desks,
        tricks,
        trades,
        letters,
        counters,
        replies,
    ):
        for line in module.LINES.strip().splitlines():
            subject, words, files, *marks = (field.strip() for field in line[2:].split("|"))
            answers = tuple(_ANSWERS[mark] for mark in "".join(marks))
            yield Lesson(_KINDS[line[0]], subject, words, tuple(files.split()), answers)
