"""What a label asks for, told from the words it is made of: for the wordings that no list holds."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from itertools import product

from jucai.reading.text import fold

Keys = tuple[str, ...]
"""Field keys a label stands for: one, or two in one box; empty for a known label without a field."""
Concepts = tuple[str, ...]

NEUTRAL = "~"
_AND = frozenset("和与及、/&,并或兼且—–-")
_TOWARDS = "来到赴返"
_WITHIN = "在于驻"
_ADMINISTRATIVE = "市县区州盟旗省"
_SHORTEST = 3
_UNIT = re.compile(r"^[个年月日天人名位件项元万千亿/至起止(),()%]+$")
_LONGEST = 30
_MOST_READINGS = 48
_PLACE_NAME = 3


@dataclass(slots=True)
class Meanings:
    """The words labels are made of, and what their combinations ask for: general ones and those of a form."""

    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    longest: int = 0
    general: dict[Concepts, set[Keys]] = field(default_factory=dict)
    forms: dict[str, dict[Concepts, set[Keys]]] = field(default_factory=dict)

    def read(self, label: str, form: str | None) -> Keys | None:
        """Return the keys `label` (folded, without ornament) asks for, an empty tuple if it has no field.

        None where a piece of it is no word known here, where the words make no question, or two different ones.
        """
        if len(label) < _SHORTEST or _UNIT.match(label):
            return None
        scopes = [self.forms[form]] if form in self.forms else []
        return self.choose(label, (*scopes, self.general))

    @staticmethod
    def choose(label: str, scopes: Iterable[dict[Concepts, set[Keys]]]) -> Keys | None:
        """Return what the first scope that knows the words of `label` makes of them, None where it is not clear."""
        readings = _readings(label)
        for scope in scopes:
            found = [(count, keys) for concepts, count in readings for keys in scope.get(concepts, ())]
            if found:
                fewest = min(count for count, _ in found)
                best = {keys for count, keys in found if count == fewest}
                return best.pop() if len(best) == 1 else None
        return None


@lru_cache(maxsize=4096)
def _readings(label: str) -> tuple[tuple[Concepts, int], ...]:
    """Return every way to cut `label` into known words: the concepts in it, sorted, and how many words it took."""
    if len(label) > _LONGEST:
        return ()
    words, longest = meanings().words, meanings().longest
    ways: list[dict[Concepts, int]] = [{} for _ in range(len(label) + 1)]
    ways[0][()] = 0
    for start in range(len(label)):
        if not ways[start]:
            continue
        steps = _steps(label, start, words, longest)
        for (concepts, count), (end, added) in product(list(ways[start].items())[:_MOST_READINGS], steps):
            grown = tuple(sorted((*concepts, *added)))
            if count + 1 < ways[end].get(grown, _LONGEST + 1):
                ways[end][grown] = count + 1
    return tuple(ways[-1].items())


def _steps(label: str, start: int, words: dict[str, tuple[str, ...]], longest: int) -> list[tuple[int, Concepts]]:
    """Return where a word that begins at `start` may end, and the concepts it adds."""
    steps: list[tuple[int, Concepts]] = []
    if label[start] in _AND:
        steps.append((start + 1, ()))
    for end in range(start + 1, min(len(label), start + longest) + 1):
        found = words.get(label[start:end], ())
        steps += [(end, () if concept == NEUTRAL else (concept,)) for concept in found]
    if label[start] in _TOWARDS + _WITHIN and start + 2 < len(label):
        # 来蓉工作时间, 在柳州市首次参保时间: the name of a place, short or with what it is.
        ends = [start + 2] + [
            end + 1
            for end in range(start + 2, min(len(label), start + 2 + _PLACE_NAME))
            if label[end] in _ADMINISTRATIVE or (label[start] == "在" and end > start + 2)
        ]
        added: list[Concepts] = [("HERE",), ("BRING", "HERE")] if label[start] in _TOWARDS else [("HERE",)]
        steps += [(end, concepts) for end in ends for concepts in added]
    return steps


@cache
def meanings() -> Meanings:
    """Return the words and rules shipped with the room, read once a process."""
    found = Meanings()
    words: dict[str, set[str]] = defaultdict(set)
    scopes: list[dict[Concepts, set[Keys]]] = []
    text = resources.files("jucai.reading").joinpath("meanings.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("@"):
            kind, *forms = line[1:].split()
            scopes = [found.forms.setdefault(form, {}) for form in forms] if kind == "form" else [found.general]
            continue
        head, _, rest = line.partition(":")
        if not scopes:
            for word in rest.split():
                words[fold(word)].add(head)
            continue
        keys = tuple(key for key in head.split("+") if key != "-")
        for concepts in combinations(rest.split()):
            for scope in scopes:
                scope.setdefault(concepts, set()).add(keys)
    found.words = {word: tuple(sorted(concepts)) for word, concepts in words.items()}
    found.longest = max(map(len, found.words))
    return found


def combinations(parts: list[str]) -> list[Concepts]:
    """Return every set of concepts a rule stands for: A|B is one of both, A? may be missing."""
    choices = []
    for part in parts:
        options: list[tuple[str, ...]] = [(word,) for word in part.rstrip("?").split("|") if word.rstrip("?")]
        if part.endswith("?"):
            options.append(())
        choices.append([tuple(word.rstrip("?") for word in option) for option in options])
    return [tuple(sorted(word for option in chosen for word in option)) for chosen in product(*choices)]
