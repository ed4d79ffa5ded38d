"""A blank form is answered with one that can be filled in on the screen, and that the reader reads back whole."""

from datetime import date

import pytest

from jucai.casework.wanted_forms import blank_form, form_of, form_title, forms_wanted
from jucai.notices.fillable import BlankField, BlankForm, Entry, fillable_pdf
from jucai.policy import Programme
from jucai.reading import read_many
from models.fields import FIELDS, FieldType
from models.readings import DocumentReading, ReadingStatus

CODES = (
    "living-subsidy",
    "housing-subsidy",
    "technology-deputy",
    "industry-mentor",
    "enterprise-demand",
    "annual-assessment",
)
USUAL = {
    "name": "李思远", "sex": "女", "birth_date": "1990-03-07", "id_number": "110101199003078515",
    "phone": "13855601234", "employer_name": "安庆宜江新材料有限公司", "employer_address": "安庆市迎江区滨江大道1号",
    "bank_account": "6217001234567890123",
}  # fmt: skip
BY_TYPE = {
    FieldType.TEXT: "测试文字", FieldType.LONGTEXT: "第一行说明\n第二行说明", FieldType.DATE: "2026-05-01",
    FieldType.MONEY: "12000", FieldType.INT: "7", FieldType.DECIMAL: "1.5", FieldType.DIGITS: "12345",
    FieldType.PHONE: "05565551234", FieldType.USCC: "91340800MA2T0ABC1X", FieldType.EMAIL: "a@b.example",
    FieldType.BOOL: "true", FieldType.MULTI: "测试", FieldType.MONEY_UPPER: "壹万贰仟元整",
}  # fmt: skip


def read(pdf: bytes) -> DocumentReading:
    ((_, result),) = read_many([("form", pdf)], workers=1)
    return result


def programme(office, code: str) -> Programme:
    found = office.bureau.programmes.in_force(f"anqing/{code}", date(2026, 11, 23))
    assert found is not None
    return found


@pytest.mark.parametrize("code", CODES)
def test_each_form_is_read_back_blank_when_blank_and_whole_when_filled(office, code):
    one = programme(office, code)
    blank = read(blank_form(office.bureau, one))
    assert (blank.status, blank.form) == (ReadingStatus.BLANK, one.form)
    form = form_of(office.bureau, one)
    values = {
        f.key: USUAL.get(f.key) or (f.options[0] if f.options else BY_TYPE[FIELDS[f.key].type]) for f in form.fields
    }
    filled = read(fillable_pdf(form, values))
    assert (filled.status, filled.form) == (ReadingStatus.FILLED, one.form)
    wanted = {key: "".join(value.split()) for key, value in values.items()}
    assert {key: filled.fields[key].value for key in wanted} == wanted


@pytest.mark.parametrize("code", CODES)
def test_every_item_a_programme_asks_for_is_on_its_form(office, code):
    one = programme(office, code)
    keys = {field.key for field in form_of(office.bureau, one).fields}
    assert {key for need in one.needs for key in need.keys if key in FIELDS} <= keys


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


def test_the_same_form_is_always_the_same_bytes_and_names_the_sample(office):
    one = programme(office, "living-subsidy")
    assert blank_form(office.bureau, one) == blank_form(office.bureau, one)
    assert form_of(office.bureau, one).sample is one.example
    assert form_title(one) == "高层次人才生活补贴申请表"


def test_a_long_form_goes_on_over_several_pages():
    fields = tuple(BlankField(f"k{n}", f"项目{n}", Entry.LONG if n % 3 == 0 else Entry.LINE) for n in range(40))
    pdf = fillable_pdf(BlankForm("长表", "某局", sample=False, fields=fields, notes=("说明",)))
    assert pdf.count(b"/Annots[") >= 2
    assert pdf.count(b"/Subtype/Widget") == 40
