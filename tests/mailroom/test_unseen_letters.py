"""Letters nobody wrote rules for: what the issue asks to be reached, on those looked at and those held back."""

import json
from collections import Counter

import pytest

from jucai.mailroom.command import read_letters
from jucai.mailroom.verdict import read_decision
from tests.mailroom.scoring import Wrong, compare, shares
from tests.mailroom.unseen import all_letters
from tests.mailroom.unseen.wordings import wordings

TO_REACH = {
    "kind": 0.97, "attachments": 0.98, "must_reply": 0.98, "subject": 1.0, "sender": 1.0, "thread_ref": 1.0,
    "message_id": 1.0, "case_no": 1.0, "decision": 0.97, "authentic": 1.0, "body_text": 0.97, "dup_of": 1.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, tuple[Counter[str], Wrong]]:
    """What was compared and what was wrong, for the letters looked at (False) and those held back (True)."""
    folder = tmp_path_factory.mktemp("letters")
    for one in all_letters():
        (folder / f"{one.name}.eml").write_bytes(one.raw)
    read_letters([folder], folder / "out")
    found: dict[bool, tuple[Counter[str], Wrong]] = {held: (Counter(), []) for held in (False, True)}
    for one in all_letters():
        read = json.loads((folder / "out" / f"{one.name}.json").read_text(encoding="utf-8"))
        checked, wrong = compare(one.name, read, one.truth)
        found[one.held][0].update(checked)
        found[one.held][1].extend(wrong)
    return found


@pytest.mark.parametrize("held", ["tuned", "held"])
@pytest.mark.parametrize("key", sorted(TO_REACH))
def test_unseen_letters_are_understood_as_well_as_is_asked(
    results: dict[bool, tuple[Counter[str], Wrong]], key: str, held: str
) -> None:
    checked, wrong = results[held == "held"]
    assert shares(checked, wrong)[key] >= TO_REACH[key], [item for item in wrong if item[1] == key]


def test_no_reply_is_misread_as_another_decision(results: dict[bool, tuple[Counter[str], Wrong]]) -> None:
    wrong = [item for held in (False, True) for item in results[held][1] if item[1] == "decision"]
    assert [item for item in wrong if item[2] != "unclear"] == []


@pytest.mark.parametrize("held", ["tuned", "held"])
def test_no_wording_is_misread_and_few_are_asked_back_in_vain(held: str) -> None:
    lines = wordings(held=held == "held")
    read = {words: str(read_decision(words)) for words, _ in lines}
    assert [(words, read[words]) for words, meaning in lines if read[words] not in {meaning, "unclear"}] == []
    asked = [words for words, meaning in lines if read[words] != meaning]
    assert len(asked) <= 0.04 * len(lines), asked


def test_there_are_enough_letters_and_a_third_is_held_back() -> None:
    letters = all_letters()
    assert len(letters) >= 120
    assert sum(one.held for one in letters) >= len(letters) // 3
    assert len({one.name for one in letters}) == len(letters)
