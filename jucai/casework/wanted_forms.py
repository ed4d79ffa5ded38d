"""Blank forms on request: which programmes a letter asks about, and their forms as fillable PDFs."""

import re
from collections import Counter
from collections.abc import Mapping

from jucai.notices.fillable import BlankField, BlankForm, Entry, fillable_pdf
from jucai.policy import Programme
from jucai.store.bureau import Bureau
from models.fields import FIELDS, FORM_TITLES, FieldSpec, FieldType

# What is left of a title without the words that all of them share says which one is meant.
_SHARED = re.compile(
    r"补贴|补助|资助|奖励|人才|高层次|青年|申请表?|申报表?|认定|选派|选聘|登记|计划|项目|需求|企业"
    r"|[（）()、/]"
)
_FIRST = ("name", "sex", "birth_date", "id_number", "phone", "email")
_OF_EMPLOYER = ("employer_name", "employer_address")
_COMMITMENT = "本人承诺：以上所填内容和所附材料真实、有效，如有虚假愿承担相应责任。"
_ENTRIES: Mapping[FieldType, Entry] = {
    FieldType.LONGTEXT: Entry.LONG,
    FieldType.ENUM: Entry.CHOICE,
    FieldType.BOOL: Entry.TICK,
}
_MOST = 8
_LEAST_WORD = 2


def forms_wanted(bureau: Bureau, words: str) -> list[Programme]:
    """The programmes whose forms a letter asks for: those it names, else all this office takes today."""
    today = bureau.clock.now().date()
    ours = [
        programme
        for code in bureau.programmes.codes()
        if bureau.programmes.office_of.get(code) == bureau.settings.office
        and (programme := bureau.programmes.in_force(code, today)) is not None
    ]
    parts = Counter(part for programme in ours for part in _names(programme))
    named = [
        programme
        for programme in ours
        if programme.short_title in words or any(part in words and parts[part] == 1 for part in _names(programme))
    ]
    return (named or ours)[:_MOST]


def _names(programme: Programme) -> set[str]:
    titles = (programme.title, programme.short_title, FORM_TITLES.get(programme.form, ""), programme.form_title or "")
    return {part for title in titles for part in _SHARED.sub(" ", title).split() if len(part) >= _LEAST_WORD}


def form_title(programme: Programme) -> str:
    """The title its blank form bears."""
    return programme.form_title or FORM_TITLES.get(programme.form) or f"{programme.title}申请表"


def blank_form(bureau: Bureau, programme: Programme) -> bytes:
    """The programme's form as a fillable PDF: whatever its conditions, papers and amounts look at."""
    return fillable_pdf(form_of(bureau, programme))


def form_of(bureau: Bureau, programme: Programme) -> BlankForm:
    """The fields of a programme's form, in the order people are used to."""
    used = programme.facts_used
    person = _FIRST if "name" in used else ()
    host = any(key.startswith("host_company") for key in used)
    wanted = dict.fromkeys((*person, *_OF_EMPLOYER, "host_company_uscc" if host else "employer_uscc", *used))
    specs = [programme.vocabulary[key] for key in wanted if key in programme.vocabulary and key in FIELDS]
    order = {key: place for place, key in enumerate(FIELDS)}
    specs.sort(key=lambda spec: (spec.type is FieldType.BOOL, order[spec.key]))
    standards = {key: need.standard for need in programme.needs for key in need.keys}
    notes = (
        "在电脑或手机上填好后保存，连同所需材料作为邮件附件发送到本单位邮箱。",
        "鼠标停在空格上，可以看到每一项的填写要求。也可以打印后填写，签字、盖章再扫描。",
    )
    return BlankForm(
        title=form_title(programme),
        issuer=bureau.office.name,
        sample=programme.example,
        fields=tuple(_field(spec, standards.get(spec.key, "")) for spec in specs),
        notes=notes,
    )


def _field(spec: FieldSpec, standard: str) -> BlankField:
    entry = _ENTRIES.get(spec.type, Entry.LINE)
    label = _COMMITMENT if spec.key == "commitment_checked" else spec.label
    if spec.type is FieldType.MONEY and "元" not in label:
        label += "（元）"  # large sums are taken for 万元 where nothing is said
    return BlankField(spec.key, label, entry, spec.options, standard)
