"""Weighs what speaks for each kind of a person's letter: signs and weights are data, `evidence.txt`, with reasons.

Beside the signs counts what labelled letters teach (`learnt`), as one voice with its own reason.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jucai.mailroom.kinds import LetterKind
from jucai.mailroom.speech import Speech

_HEAD = re.compile(r"^sign (?P<name>\w+) \| (?P<why>[^|]+) \| (?P<weights>[^|]+)$")
_MACRO = re.compile(r"\{([a-z]\w*)\}")
_MODES = frozenset({"any", "stated", "asked", "wanted"})
_LEADS = {LetterKind.WITHDRAWAL: 2.0}
"""How far a kind must lead that ends a case."""
_FIELDS = frozenset({"subject", "words", "names", "make"})
_LEARNT_COUNTS = 3.0
"""How much what is learnt counts against the signs: chosen on letters neither had seen."""
_NOTHING_LEARNT: Mapping[LetterKind, float] = {}
_LIKE_OTHER = (LetterKind.OBJECTION, LetterKind.STATUS_QUESTION, LetterKind.FORM_REQUEST)


class EvidenceError(Exception):
    """A line of the evidence file that cannot be understood."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(f"evidence.txt 第 {line} 行无法理解：{text}")


@dataclass(slots=True)
class _Sign:
    """One sign: where its patterns are looked for, in which mood, beside what, and what it speaks for."""

    name: str
    why: str
    weights: dict[LetterKind, float]
    fields: tuple[str, ...] = ()
    mode: str = "any"
    beside: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """The kind that most speaks for, in Chinese why, and the sums of all kinds."""

    kind: LetterKind
    why: tuple[str, ...]
    sums: Mapping[LetterKind, float]
    signs: frozenset[str]


def weigh(
    structure: Iterable[str], texts: Mapping[str, str], leanings: Mapping[LetterKind, float] = _NOTHING_LEARNT
) -> Weighed:
    """Weigh the signs of one letter; `structure` are the signs seen in its make, `texts` its subject, words, names.

    `leanings` say how much likelier each kind is than by chance, by what letters teach (`learnt.leaning`). Where two
    kinds are even, or what cannot easily be taken back leads by little, a person looks: OTHER.
    """
    speech = {field: Speech(text) for field, text in texts.items()}
    seen = set(structure)
    sums = dict.fromkeys(LetterKind, 0.0)
    for kind, lean in leanings.items():
        for like in (kind, *_LIKE_OTHER) if kind is LetterKind.OTHER else (kind,):
            sums[like] += _LEARNT_COUNTS * lean
    held: list[_Sign] = []
    for sign in _signs():
        if not _holds(sign, seen, speech):
            continue
        seen.add(sign.name)
        held.append(sign)
        for kind, weight in sign.weights.items():
            sums[kind] += weight
    first, second = sorted(sums, key=lambda kind: -sums[kind])[:2]
    lead = sums[first] - sums[second]
    kind = first if lead > 0 and lead >= _LEADS.get(first, 0) else LetterKind.OTHER
    spoke = [(sign.weights.get(kind, 0), sign.why) for sign in held]
    spoke.append((_LEARNT_COUNTS * leanings.get(kind, 0), f"行文像{kind.label}"))
    reasons = sorted((one for one in spoke if one[0] > 0), key=lambda one: -one[0])
    return Weighed(kind, tuple(why for _, why in reasons[:3]), sums, frozenset(seen))


def _holds(sign: _Sign, seen: set[str], speech: Mapping[str, Speech]) -> bool:
    if any(name not in seen for name in sign.beside) or any(name in seen for name in sign.without):
        return False
    if sign.pattern is None:
        return sign.name in seen or (bool(sign.beside or sign.without) and sign.fields != ("make",))
    return any(speech[field].holds(sign.pattern, sign.mode) for field in sign.fields)


@cache
def _signs() -> tuple[_Sign, ...]:
    text = resources.files("jucai.mailroom").joinpath("evidence.txt").read_text(encoding="utf-8")
    return read_signs(text)


def read_signs(text: str) -> tuple[_Sign, ...]:
    """The signs of an evidence file, in its order. Raises EvidenceError with the line that is wrong."""
    macros: dict[str, str] = {}
    signs: list[_Sign] = []
    patterns: list[str] = []
    for number, line in enumerate((*text.splitlines(), "end"), start=1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        try:
            if line.startswith(("sign ", "set ", "end")):
                if patterns:
                    signs[-1].pattern = re.compile("|".join(f"(?:{one})" for one in patterns), re.MULTILINE)
                    patterns = []
                if line.startswith("set "):
                    name, _, value = words.removeprefix("set ").partition(" = ")
                    macros[name] = _MACRO.sub(lambda found: macros[found[1]], value)
                elif line.startswith("sign "):
                    signs.append(_new_sign(words))
            elif words.startswith("~ "):
                patterns.append(_MACRO.sub(lambda found: macros[found[1]], words[2:]))
            else:
                _detail(signs[-1], *words.split())
        except (ValueError, KeyError, IndexError, TypeError, re.error) as error:
            raise EvidenceError(number, words) from error
    return tuple(signs)


def _new_sign(words: str) -> _Sign:
    head = _HEAD.match(words)
    if head is None:
        raise ValueError(words)
    weights = (item.split() for item in head["weights"].split(","))
    return _Sign(head["name"], head["why"].strip(), {LetterKind(kind): float(weight) for kind, weight in weights})


def _detail(sign: _Sign, key: str, *values: str) -> None:
    if key == "in" and _FIELDS.issuperset(values):
        sign.fields = values
    elif key == "mode" and len(values) == 1 and values[0] in _MODES:
        sign.mode = values[0]
    elif key == "with":
        sign.beside = values
    elif key == "unless":
        sign.without = values
    else:
        raise ValueError(key)
