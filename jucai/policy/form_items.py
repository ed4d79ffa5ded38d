"""What an application form of a programme asks for: what the rules need, and nothing else (不得要求无关材料)."""

from collections.abc import Iterator
from dataclasses import dataclass

from jucai.policy.parts import Kind
from jucai.policy.programme import Programme
from models.fields import FIELDS, FieldSpec

_PARTS = (
    ("申请人", "name"),
    ("学历职称", "education"),
    ("工作单位", "employer_name"),
    ("收款账户", "bank_name"),
    ("申报事项", "requested_amount"),
)
"""Headings of a form, each with the first of its facts in the order of `FIELDS`."""

_OWN = "其他申报内容"
_NOT_ASKED = frozenset({"application_no", "application_date", "commitment_checked", "commitment_date"})


@dataclass(frozen=True, slots=True)
class FormItem:
    """One item of a form; `required` where it must always be filled in, `standard` as the programme words it."""

    spec: FieldSpec
    required: bool
    standard: str


@dataclass(frozen=True, slots=True)
class FormPart:
    """Items under one heading; those of a table from row to row, `columns` in each."""

    title: str
    items: tuple[FormItem, ...]
    columns: int = 0

    @property
    def heads(self) -> tuple[str, ...]:
        """The columns of a table by their names, without its own name and the row's; empty for other parts."""
        specs = [item.spec for item in self.items[: self.columns]]
        return tuple(spec.label.partition(f"第{spec.row}行")[2] for spec in specs)

    @property
    def rows(self) -> int:
        """How many rows a table has; 0 for other parts."""
        return len(self.items) // self.columns if self.columns else 0


def form_parts(programme: Programme) -> tuple[FormPart, ...]:
    """The items of a programme's form under their headings, in the order in which an office prints them."""
    wanted = set(_wanted(programme))
    standards = {key: need.standard for need in programme.needs for key in need.keys}
    to_employer = programme.payee.kind == "employer"
    titles = {"收款账户": "收款账户（用人单位账户）"} if to_employer else {}
    required = {need.fact for need in programme.needs if need.fact and need.when is None}
    parts: dict[str, list[FormItem]] = {title: [] for title in (*(title for title, _ in _PARTS), _OWN)}
    starts = {first: title for title, first in _PARTS}
    title = _PARTS[0][0]
    for key, spec in programme.vocabulary.items():
        title = starts.get(key, title) if key in FIELDS else _OWN
        if key in wanted and not spec.table:
            parts[title].append(FormItem(spec, key in required, standards.get(key, "")))
    found = [FormPart(titles.get(title, title), tuple(items)) for title, items in parts.items() if items]
    for key, table in programme.own_tables.items():
        cells = (table.cell(key, row, column) for row in range(1, table.rows + 1) for column in table.columns)
        items = tuple(FormItem(cell, required=False, standard="") for cell in cells)
        found.append(FormPart(table.label, items, len(table.columns)))
    return tuple(found)


def _wanted(programme: Programme) -> Iterator[str]:
    """The keys a form must hold: rules, amounts, routing, the public list, the letter of appointment, the mail."""
    yield from (key for key in programme.facts_used if _is_asked(key))
    yield from ("name", "phone", "email") if programme.kind is not Kind.REGISTER else ("phone", "email")
    units = {unit.partition(".")[0] for stage in programme.active_stages for unit in stage.units}
    if units & {"employer", "county_of_employer"}:
        yield from ("employer_name", "employer_uscc", "employer_address")
    if units & {"host", "county_of_host"}:
        yield from ("host_company_name", "host_company_uscc")
    if "university" in units:
        yield "applied_university"
    if programme.publicity:
        yield from (key for key in programme.publicity.columns if _is_asked(key))
    if programme.kind is Kind.SUBSIDY:
        yield from ("id_number", "bank_name", "bank_account")
    if programme.appointment:
        made = programme.appointment
        yield from filter(None, (made.post_fact, made.host_fact, made.start_fact, made.end_fact))


def _is_asked(key: str) -> bool:
    """Opinions are the offices' boxes, signature and date have a place of their own."""
    return key not in _NOT_ASKED and not key.endswith(("_opinion", "_opinion_date"))
