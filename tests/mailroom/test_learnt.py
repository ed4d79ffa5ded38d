"""What labelled letters teach is what stands in the file, and holds for letters it was not learnt from."""

import pytest

from jucai.mailroom.command import infer_context
from jucai.mailroom.kinds import LetterKind
from jucai.mailroom.learnt import QUESTIONS, leaning, learn, parse_weights, pieces, written_weights
from jucai.mailroom.parsing import parse_letter
from jucai.mailroom.sorting import sort_letter
from tests.mailroom.learning import FILE, everything, example, taught
from tests.mailroom.voices import SETS


def test_the_file_is_what_the_letters_teach() -> None:
    told = everything()
    assert written_weights({question: taught(question, told) for question in QUESTIONS}) == FILE.read_text("utf-8")


def test_weights_read_back_as_they_were_written() -> None:
    weights = {"spam": {"优惠": 2.5, "0%": 1.0}, "supplement": {"补": -0.75}, "application": {}, "completion": {}}
    assert parse_weights(written_weights(weights)) == weights


def test_pieces_hold_no_address_link_or_number_of_anybody() -> None:
    found = pieces("请致电13812345678或 zhang@corp.example，见 https://x.example/a?b=1。谢谢Zhang")
    joined = "".join(found)
    assert "1" not in joined
    assert "zhang" not in joined
    assert {"网址", "致电", "电0"} <= found


@pytest.mark.parametrize("text", ["", "a", "。。。", "请"])
def test_a_text_with_nothing_to_tell_leans_nowhere(text: str) -> None:
    assert leaning(text, {"请": 9.0}) == 0.0


def test_what_stands_oftener_in_one_kind_speaks_for_it() -> None:
    weights = learn([(True, "限时优惠"), (True, "优惠多多"), (False, "材料已交"), (False, "请看材料")])
    assert weights["优惠"] > 0 > weights["材料"]
    assert leaning("优惠", weights) > 0 > leaning("材料", weights)


@pytest.mark.nightly
@pytest.mark.parametrize("name", SETS)
def test_weights_learnt_without_a_set_keep_its_letters(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    others = everything({other: make for other, make in SETS.items() if other != name})
    weights = {question: taught(question, others) for question in QUESTIONS}
    monkeypatch.setattr("jucai.mailroom.sorting.learnt", lambda: weights)
    letters = [one for one in SETS[name]() if one.bare]
    wrong = []
    for one in letters:
        letter = parse_letter(one.letter.raw)
        kind = sort_letter(letter, infer_context(letter)).kind
        folded = {LetterKind.OBJECTION, LetterKind.STATUS_QUESTION, LetterKind.FORM_REQUEST}
        if (LetterKind.OTHER if kind in folded else kind) != one.bare:
            wrong.append((example(one), kind))
    assert len(wrong) <= 0.03 * len(letters), wrong
