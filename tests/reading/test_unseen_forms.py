"""Forms of other counties: other wordings, other grids, label above value, no lines, boxes for digits."""

import pytest

from jucai.reading import read_bytes
from jucai.reading.text import fold
from models.readings import ReadingStatus
from tests.reading.drawing import Form, photograph, render
from tests.reading.unseen import all_forms


@pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.name)
def test_a_form_nobody_prepared_for_is_read_whole(form: Form) -> None:
    reading = read_bytes(render(form.source), ocr=False)
    assert reading.status is ReadingStatus.FILLED
    assert reading.form == form.kind
    read = {key: fold(value.value) for key, value in reading.fields.items() if value.value}
    assert read == {key: fold(value) for key, value in form.fields.items() if value}
    assert {key: rows for key, rows in reading.tables.items() if rows} == form.tables


@pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.name)
def test_every_value_says_where_it_was_read(form: Form) -> None:
    reading = read_bytes(render(form.source), ocr=False)
    for value in reading.fields.values():
        assert value.page is not None
        assert value.bbox is not None
        x0, top, x1, bottom = value.bbox
        assert 0 <= x0 <= x1 <= 600
        assert 0 <= top <= bottom <= 850


@pytest.mark.parametrize("name", ["living_three_lines", pytest.param("living_white_space", marks=pytest.mark.nightly)])
def test_a_scan_of_an_unknown_form_without_vertical_lines_is_never_silently_wrong(name: str) -> None:
    form = next(form for form in all_forms() if form.name == name)
    reading = read_bytes(photograph(render(form.source), lean=-0.8))
    assert reading.form == form.kind
    filled = {key: fold(value) for key, value in form.fields.items() if value}
    right = [key for key, value in filled.items() if key in reading.fields and fold(reading.fields[key].value) == value]
    assert len(right) / len(filled) >= 0.85
    silent = [
        key
        for key, value in reading.fields.items()
        if value.value and value.confident and fold(value.value) != filled.get(key, "")
    ]
    assert silent == []
