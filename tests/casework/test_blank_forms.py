"""A blank form is answered with one that can be filled in on the screen, and that the reader reads back whole."""

from datetime import date

import pytest

from jucai.casework.wanted_forms import forms_wanted
from jucai.notices.blank_form import blank_form, form_title
from jucai.policy import Programme
from jucai.reading import read_many
from models.readings import DocumentReading, ReadingStatus

CODES = (
    "living-subsidy",
    "housing-subsidy",
    "technology-deputy",
    "industry-mentor",
    "enterprise-demand",
    "annual-assessment",
)


def read(pdf: bytes) -> DocumentReading:
    ((_, result),) = read_many([("form", pdf)], workers=1)
    return result


def programme(office, code: str) -> Programme:
    found = office.bureau.programmes.in_force(f"anqing/{code}", date(2026, 11, 23))
    assert found is not None
    return found


@pytest.mark.parametrize("code", CODES)
def test_the_form_sent_is_known_and_blank(office, code):
    one = programme(office, code)
    blank = read(blank_form(one))
    assert (blank.status, blank.form) == (ReadingStatus.BLANK, one.form)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("请发一份生活补贴申请表", ["living-subsidy"]),
        ("想申请购房补贴，表格在哪里下载", ["housing-subsidy"]),
        ("租房补贴的表", ["housing-subsidy"]),
        ("我校老师应聘产业导师，求表格", ["industry-mentor"]),
        ("科技副总申请表", ["technology-deputy"]),
        ("生活补贴和产业导师的表各一份", ["industry-mentor", "living-subsidy"]),
    ],
)
def test_the_form_meant_is_found_by_its_own_words(office, words, codes):
    assert [one.code for one in forms_wanted(office.bureau, words)] == [f"anqing/{code}" for code in codes]


def test_the_same_form_is_always_the_same_bytes(office):
    one = programme(office, "living-subsidy")
    assert blank_form(one) == blank_form(one)
    assert form_title(one) == "高层次人才生活补贴申请表"
