"""Each programme's blank form: complete, fillable, and read back without loss."""

import io
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from jucai.notices.blank_form import blank_form, form_title
from jucai.notices.fonts import MissingGlyphsError
from jucai.policy import Programme, ProgrammeBook, assess, load_programmes
from jucai.policy.form_items import form_parts
from jucai.reading.document import read_bytes
from models.fields import FieldSpec, FieldType
from models.own_forms import field_name, form_of, own_field, printed_code
from models.readings import DocumentReading, ReadingStatus
from tests.policy.filling import fill

BOOK = load_programmes(Path(__file__).parents[2] / "programmes")
PROGRAMMES = [pytest.param(programme, id=programme.code) for programme in BOOK.programmes]


def telling(book: ProgrammeBook) -> list[Programme]:
    """The office's programmes, and of the examples each that brings a kind of fact or a form not seen before."""
    chosen, seen = [], set[object]()
    for programme in sorted(book.programmes, key=lambda p: p.code not in book.office_of):
        kinds = {(fact.type, bool(fact.options)) for fact in programme.own_facts.values()} | {programme.form}
        if programme.code in book.office_of or kinds - seen:
            chosen.append(programme)
            seen |= kinds
    return chosen


UNSEEN = load_programmes(Path(__file__).parent / "unseen")
WITH_TABLES = [programme for programme in UNSEEN.programmes if programme.own_tables]
TELLING = [pytest.param(programme, id=programme.code) for programme in (*telling(BOOK), *WITH_TABLES)]
# Check digits are right, the people are invented.
VALUES = {
    "name": "欧阳示例",
    "id_number": "340802199001010012",
    "birth_date": "1990-01-01",
    "sex": "男",
    "phone": "13800000000",
    "email": "shili@applicant.example",
    "employer_name": "安庆宜江新材料有限公司",
    "employer_uscc": "91340802MA0000000D",
    "employer_address": "安庆市迎江区示例路1号",
    "host_company_name": "怀宁示例机械制造有限公司",
    "applied_university": "安庆示例大学",
    "education": "硕士研究生",
    "degree": "工学硕士",
    "professional_title": "高级工程师",
    "bank_name": "示例银行安庆分行迎江支行",
    "bank_account": "6217000000000000",
    "house_address": "安庆市迎江区示例路1号1幢101室",
    "house_contract_no": "20219355848",
    "house_cert_no": "皖（2025）安庆市不动产权第0012345号",
    "subsidy_period_start": "2025-01-01",
    "subsidy_period_end": "2025-12-31",
    "marital_status": "未婚",
    "achievements": "主持完成三项技术改造，获得授权发明专利两件。",
    "work_plan": "每年指导研究生两名，开设企业实践课程一门。",
}
BY_TYPE = {
    FieldType.TEXT: "示例内容",
    FieldType.LONGTEXT: "围绕企业需求开展联合攻关，完成样机试制。",
    FieldType.DATE: "2025-06-01",
    FieldType.MONEY: "12000",
    FieldType.INT: "12",
    FieldType.DECIMAL: "89.5",
    FieldType.DIGITS: "246000",
    FieldType.PHONE: "13800000000",
    FieldType.BOOL: "true",
    FieldType.USCC: "91340802MA0000000D",
    FieldType.IDNO: "340802199001010028",
}


def value_for(spec: FieldSpec) -> str:
    if spec.key in VALUES:
        return VALUES[spec.key]
    if spec.type is FieldType.MULTI and spec.options:
        return "、".join(spec.options[::2])
    return spec.options[0] if spec.options else BY_TYPE[spec.type]


def filled(programme: Programme) -> tuple[dict[str, str], DocumentReading]:
    values = {item.spec.key: value_for(item.spec) for part in form_parts(programme) for item in part.items}
    values |= {"commitment_checked": "true", "application_date": "2026-11-20"}
    return values, read_bytes(fill(blank_form(programme), values))


@pytest.mark.parametrize("programme", TELLING)
def test_what_is_typed_is_read_back_without_loss(programme: Programme) -> None:
    values, reading = filled(programme)
    assert (reading.status, reading.form, reading.warnings) == (ReadingStatus.FILLED, programme.form, ())
    assert {key: field.value for key, field in reading.fields.items()} == values
    for key, field in reading.fields.items():
        assert field.page is not None, key
        assert field.bbox is not None, key
    invented = {  # check digits are looked at
        "employer_uscc", "host_company_uscc", "bank_account", "id_number", "spouse_id_number",
    }  # fmt: skip
    doubtful = {key: field.reason for key, field in reading.fields.items() if not field.confident}
    assert not {key: reason for key, reason in doubtful.items() if key not in invented}


def test_a_blank_form_is_read_as_blank(book: ProgrammeBook) -> None:
    for code in ("anqing/housing-subsidy", "anqing/technology-deputy", "examples/anhui/vocational-professor"):
        reading = read_bytes(blank_form(book.get(code)))
        assert (reading.status, reading.form) == (ReadingStatus.BLANK, book.get(code).form)


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_the_form_asks_for_everything_that_must_be_filled_in(programme: Programme) -> None:
    asked = {item.spec.key for part in form_parts(programme) for item in part.items} | {"commitment_checked"}
    for need in programme.needs:
        assert set(need.keys) & asked, need
    result = assess(programme, dict.fromkeys(asked, "某"), on=date(2026, 11, 23))
    assert "表中没有这一项" not in {item.why for item in result.missing}


def test_a_form_prints_its_title_its_papers_and_that_it_is_an_example(book: ProgrammeBook) -> None:
    programme = book.get("anqing/housing-subsidy")
    document = pypdfium2.PdfDocument(io.BytesIO(blank_form(programme)))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert form_title(programme) in text
    assert "示例：本项目的条件和金额为示例" in text
    for paper in programme.papers:
        assert paper.title in text
    assert document.get_metadata_value("Title") == form_title(programme)


def test_the_same_programme_gives_the_same_bytes(book: ProgrammeBook) -> None:
    programme = book.get("anqing/annual-assessment")
    assert blank_form(programme) == blank_form(programme)


def test_fields_whose_names_were_changed_are_shown_to_a_person(book: ProgrammeBook) -> None:
    programme = book.get("anqing/annual-assessment")
    one, other = (
        field_name(programme.form, kind.value, kind).encode("utf-16-be").hex().encode()
        for kind in (FieldType.PHONE, FieldType.EMAIL)
    )
    blank = blank_form(programme)
    assert blank.count(one) == blank.count(other) == 1
    changed = blank.replace(one, b"?" * len(one)).replace(other, one).replace(b"?" * len(one), other)
    values = {"name": "欧阳示例", "phone": "13800000000", "email": "shili@applicant.example", "onsite_days": "60"}
    fields = read_bytes(fill(changed, values)).fields
    assert not fields["phone"].confident
    assert fields["phone"].reason
    assert fields["name"].confident
    assert fields["onsite_days"].confident


def test_a_form_that_cannot_be_printed_is_refused(book: ProgrammeBook) -> None:
    programme = book.get("anqing/annual-assessment").model_copy(update={"form_title": "𠮷考核表"})
    with pytest.raises(MissingGlyphsError):
        blank_form(programme)


def test_a_misread_code_is_taken_for_none() -> None:
    line = printed_code("hometown-return")
    assert form_of(line) == "hometown-return"
    assert form_of(line.replace("hometown", "hornetown")) is None
    assert own_field("jucai/1/hometown-return/name/text") is not None
    assert own_field("姓名") is None
    assert own_field("jucai/1/a/b/nonsense") is None
