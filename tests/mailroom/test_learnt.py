"""What labelled letters teach is what stands in the file, and holds for letters it was not learnt from."""

import pytest

from jucai.mailroom.command import infer_context
from jucai.mailroom.kinds import LetterKind
from jucai.mailroom.learnt import KINDS, leaning, learnt, parse_weights, pieces, written_weights
from jucai.mailroom.parsing import parse_letter
from jucai.mailroom.sorting import sort_letter
from tests.mailroom.learning import everything, example, learn
from tests.mailroom.lessons import lessons
from tests.mailroom.voices import SETS

K = LetterKind


def test_the_file_is_what_the_letters_teach() -> None:
    read, taught = learnt(), learn(everything())
    assert read.keys() == taught.keys()
    # Sums differ in their last digits from machine to machine; the file keeps one digit after the point.
    assert all(
        one == pytest.approx(two, abs=0.06)
        for piece in taught
        for one, two in zip(read[piece], taught[piece], strict=True)
    )


def test_weights_read_back_as_they_were_written() -> None:
    weights = {"优惠": (-0.5, 0.0, 0.1, -1.2, 2.5), "@.pdf": (1.0, 2.0, -3.0, 0.4, -0.5)}
    assert parse_weights(written_weights(weights)) == weights


def test_pieces_hold_no_address_link_or_number_of_anybody() -> None:
    found = pieces({"words": "请致电13812345678或 zhang@corp.example，见 https://x.example/a?b=1，共120元。"})
    joined = "".join(found)
    assert not any(digit in joined for digit in "123456789")
    assert "zhang" not in joined
    assert {"网址", "致电", "手机", "0元"} <= found


def test_pieces_tell_words_from_names_of_files_and_the_make() -> None:
    found = pieces({"subject": "Free trial", "words": "", "names": "报价单.PDF"}, ["sends", "anyone"])
    assert found == {"free", "trial", "free trial", "@报", "@价", "@单", "@报价", "@价单", "@.pdf", "!sends"}


@pytest.mark.parametrize("text", ["", "。。。", "请"])
def test_a_text_with_nothing_to_tell_leans_nowhere(text: str) -> None:
    assert set(leaning(pieces({"words": text}), {"优惠": (0.0, 0.0, 0.0, 0.0, 9.0)}).values()) == {0.0}


def test_what_stands_oftener_in_one_kind_speaks_for_it() -> None:
    weights = learn(
        [
            example("spam", "", "限时优惠", ()),
            example("spam", "", "优惠多多", ()),
            example("supplement", "", "材料已交", ("a.pdf",)),
            example("supplement", "", "请看材料", ("b.pdf",)),
        ]
    )
    offer, papers = (leaning(pieces({"words": words}), weights) for words in ("优惠", "材料"))
    assert max(offer, key=lambda kind: offer[kind]) is K.SPAM
    assert max(papers, key=lambda kind: papers[kind]) is K.SUPPLEMENT


def test_no_letter_however_plain_leans_beyond_bounds() -> None:
    weights = {"优惠": (-99.0, -99.0, -99.0, -99.0, 99.0)}
    found = leaning(["优惠"], weights)
    assert found[K.SPAM] == pytest.approx(1.609, abs=0.001)
    assert found[K.OTHER] == -5.0


def test_every_kind_has_lessons_and_none_stands_twice() -> None:
    told = [*lessons()]
    assert {K(one.kind) for one in told} == set(KINDS)
    assert len(set(told)) == len(told)


@pytest.mark.nightly
@pytest.mark.parametrize("name", SETS)
def test_weights_learnt_without_a_set_keep_its_letters(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    others = everything({other: make for other, make in SETS.items() if other != name})
    weights = parse_weights(written_weights(learn(others)))
    monkeypatch.setattr("jucai.mailroom.sorting.learnt", lambda: weights)
    letters = [one for one in SETS[name]() if one.bare]
    wrong = []
    for one in letters:
        letter = parse_letter(one.letter.raw)
        kind = sort_letter(letter, infer_context(letter)).kind
        folded = {LetterKind.OBJECTION, LetterKind.STATUS_QUESTION, LetterKind.FORM_REQUEST}
        if (LetterKind.OTHER if kind in folded else kind) != one.bare:
            wrong.append((one.letter.name, kind))
    assert len(wrong) <= 0.03 * len(letters), wrong
