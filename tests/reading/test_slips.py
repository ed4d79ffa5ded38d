"""Slips of the recogniser between two ways to write the same character."""

import pytest

from jucai.script import is_simplified, mended


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("所填内容属实，符合申报条件，同意推荐，请市人才办予以审核认定为荷，情況属实", True),
        ("申請人現於本單位任職，情況屬實，同意推薦，請予審核", False),
        ("", False),
    ],
)
def test_a_page_tells_which_characters_it_is_written_in(text: str, simple: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_simplified(text) is simple


def test_a_slip_becomes_the_character_that_was_meant_and_keeps_its_place() -> None:
    assert mended("民盟盟員情況属实，覆盖於家") == "民盟盟员情况属实，覆盖於家"
