"""A case under two versions: what they have in common is looked at once, and nothing comes out otherwise for it."""

from collections.abc import Callable

import pytest

from jucai.policy import Failing, Programme, ProgrammeBook, assess
from jucai.policy.assessment import Shared
from jucai.policy.examples import past_benefit
from models.fields import FieldType

Change = Callable[[Programme], Programme]


def _fewer_rules(p: Programme) -> Programme:
    return p.model_copy(update={"rules": p.rules[1:]})


def _softer_rules(p: Programme) -> Programme:
    return p.model_copy(update={"rules": tuple(r.model_copy(update={"failing": Failing.FLAG}) for r in p.rules)})


def _another_article(p: Programme) -> Programme:
    first = tuple(rule.model_copy(update={"article": "新第一条"}) for rule in p.rules[:1])
    return p.model_copy(update={"rules": (*first, *p.rules[1:])})


def _fewer_needs(p: Programme) -> Programme:
    return p.model_copy(update={"needs": p.needs[1:], "papers": p.papers[1:]})


def _no_limits(p: Programme) -> Programme:
    return p.model_copy(update={"exclusivity": ()})


def _no_money(p: Programme) -> Programme:
    return p.model_copy(update={"awards": ()})


def _another_group(p: Programme) -> Programme:
    return p.model_copy(update={"group": "elsewhere"})


def _other_facts(p: Programme) -> Programme:
    """The same key now means a text: nothing that was computed from it holds."""
    words = dict(p.vocabulary)
    words["birth_date"] = type(words["birth_date"])("birth_date", "出生年月", FieldType.TEXT)
    return p.model_copy(update={"vocabulary": words})


@pytest.mark.parametrize(
    "change",
    [_fewer_rules, _softer_rules, _another_article, _fewer_needs, _no_limits, _no_money, _another_group, _other_facts,
     lambda p: p],
)  # fmt: skip
def test_sharing_gives_what_looking_twice_gives(book: ProgrammeBook, change: Change) -> None:
    looked = 0
    for programme in book.programmes:
        after = change(programme)
        shared = Shared.of(programme, after)
        for example in programme.examples:
            history = tuple(map(past_benefit, example.history))
            old = assess(programme, example.facts, example.documents, history, example.on)
            new = assess(after, example.facts, example.documents, history, example.on)
            known = assess(after, example.facts, example.documents, history, example.on, known=(old, shared))
            assert known == new, (programme.code, example.title)
            looked += 1
    assert looked > 100


def test_the_same_version_is_not_computed_again(book: ProgrammeBook) -> None:
    programme = book.get("anqing/living-subsidy")
    shared = Shared.of(programme, programme)
    assert shared == Shared(frozenset(rule.code for rule in programme.rules), missing=True, money=True)
    assert Shared.of(programme, book.get("anqing/housing-subsidy")) == Shared(frozenset(), missing=False, money=False)
