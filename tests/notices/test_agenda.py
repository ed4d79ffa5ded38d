"""The agenda of a meeting on paper."""

import io
from collections.abc import Callable
from dataclasses import replace

import pdfplumber

from jucai.notices.agenda import agenda_paper
from jucai.notices.specimen_mails import AGENDA

HOSTILE = '#panic("x") $ x^2 $ *粗* ]] << doc.meeting >> \\u{41}'


def test_an_agenda_says_when_where_and_every_item(words_of: Callable[[bytes], str]) -> None:
    text = words_of(agenda_paper(AGENDA))
    flat = "".join(text.split())
    assert AGENDA.place in flat
    for item in AGENDA.items:
        assert item.applicant_name in flat
        assert item.case_number in flat
    assert "回避" in flat


def test_the_same_agenda_gives_the_same_bytes() -> None:
    assert agenda_paper(AGENDA) == agenda_paper(AGENDA)


def test_what_an_applicant_writes_is_never_markup(words_of: Callable[[bytes], str]) -> None:
    item = replace(AGENDA.items[0], applicant_name="李", employer=HOSTILE)
    flat = "".join(words_of(agenda_paper(replace(AGENDA, items=(item,)))).split())
    # A cell wraps, and other cells stand between its lines: each piece is there as it was written.
    assert all(piece in flat for piece in HOSTILE.split())


def test_two_hundred_items_run_over_pages_that_each_repeat_the_head() -> None:
    items = tuple(replace(AGENDA.items[0], position=n) for n in range(1, 201))
    with pdfplumber.open(io.BytesIO(agenda_paper(replace(AGENDA, items=items)))) as document:
        assert len(document.pages) > 3
        assert all("办件编号" in (page.extract_text() or "") for page in document.pages)
