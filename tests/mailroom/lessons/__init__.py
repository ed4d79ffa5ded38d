"""What labelled letters say, for the learnt weights: no test holds any single one of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.mailroom.lessons import applicants, desks, foreign, leaving, offers, offices, services, trades, tricks
from tests.mailroom.lessons.sentences import LESSONS

_KINDS = {"o": "other", "n": "new_application", "s": "supplement", "w": "withdrawal", "p": "spam"}


@dataclass(frozen=True, slots=True)
class Lesson:
    """One letter: its kind, and what a person reads of it."""

    kind: str
    subject: str
    words: str
    files: tuple[str, ...] = ()


def lessons() -> Iterator[Lesson]:
    """All of them, in a fixed order."""
    for kind, text in LESSONS:
        yield Lesson(kind, "", text)
    for module in (offices, services, offers, applicants, leaving, foreign, desks, tricks, trades):
        for line in module.LINES.strip().splitlines():
            subject, words, files = (field.strip() for field in line[2:].split("|"))
            yield Lesson(_KINDS[line[0]], subject, words, tuple(files.split()))
