"""What was read from the form, grouped as forms group it, each value with the evidence it rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jucai.approval.labels import SOURCE_LABELS
from jucai.approval.state import CaseState
from jucai.policy import Programme
from models.fields import FIELDS, TABLES, FieldSpec, FieldType
from models.money import Money, MoneyError
from models.readings import FieldValue

_GROUPS: tuple[tuple[str, str], ...] = (
    ("基本信息", "name"),
    ("学历与职称", "education"),
    ("工作单位", "intro_date"),
    ("合同与社保", "contract_start"),
    ("收款账户", "bank_name"),
    ("申请事项", "requested_amount"),
    ("住房与家庭", "house_address"),
    ("选派与聘任", "host_company_name"),
    ("业绩与计划", "achievements"),
    ("企业需求", "demand_title"),
    ("考核", "assessment_year"),
    ("表上的意见与签署", "employer_opinion"),
)
"""Headings, each with the first of its fields in the catalogue's order."""


@dataclass(frozen=True, slots=True)
class FactView:
    """One field as it is shown: words, not codes; `marker` is sure, person or doubtful."""

    key: str
    label: str
    text: str
    marker: str
    marker_text: str
    reason: str
    checks: tuple[str, ...]
    raw: str
    page: int | None
    has_place: bool
    long: bool


@dataclass(frozen=True, slots=True)
class FactGroup:
    """A heading of the form and the fields under it."""

    title: str
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A repeated block of the form."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


_BY_PERSON = "核验："  # who looked is told by the marker and in the history


def spec_of(programme: Programme, key: str) -> FieldSpec:
    """The field's wording and type; an unmapped key stands for itself."""
    return programme.vocabulary.get(key) or FieldSpec(key, key, FieldType.TEXT)


def groups(state: CaseState, programme: Programme, *, without: Iterable[str] = ()) -> tuple[FactGroup, ...]:
    """All fields that have a value, in the order of the form; those in `without` left out."""
    hidden = set(without)
    left = {key: fact for key, fact in state.facts.items() if fact.value and key not in hidden}
    found = [
        FactGroup(title, tuple(fact_view(spec_of(programme, key), left.pop(key)) for key in keys if key in left))
        for title, keys in _grouped_keys().items()
    ]
    # A programme's own table from row to row, as it stands on the form.
    places = {key: place for place, key in enumerate(programme.vocabulary)}
    own = tuple(
        fact_view(spec_of(programme, key), left[key]) for key in sorted(left, key=lambda key: places.get(key, -1))
    )
    return tuple(group for group in (*found, FactGroup("其他填报内容", own)) if group.facts)


def tables(state: CaseState) -> tuple[TableView, ...]:
    """The repeated blocks of the form."""
    views = []
    for key, rows in state.tables.items():
        block = TABLES.get(key)
        if block is None or not rows:
            continue
        shown = tuple(tuple(shown_value(column, row.get(column.key, "")) for column in block.columns) for row in rows)
        views.append(TableView(block.label, tuple(column.label for column in block.columns), shown))
    return tuple(views)


def fact_view(spec: FieldSpec, fact: FieldValue) -> FactView:
    """One field with its evidence, in words."""
    marker, words = _marker(fact)
    text = shown_value(spec, fact.value)
    differs = bool(fact.raw) and "".join(fact.raw.split()) not in {text, fact.value}
    return FactView(
        key=spec.key,
        label=spec.label,
        text=text,
        marker=marker,
        marker_text=words,
        reason=fact.reason or "" if marker == "doubtful" else "",
        checks=tuple(check for check in fact.checks if not check.startswith(_BY_PERSON)),
        raw=fact.raw if differs else "",
        page=fact.page,
        has_place=fact.page is not None and fact.bbox is not None,
        long=spec.type is FieldType.LONGTEXT,
    )


def _marker(fact: FieldValue) -> tuple[str, str]:
    if fact.source == "person":
        return "person", SOURCE_LABELS["person"]
    if fact.confident:
        return "sure", f"{SOURCE_LABELS.get(fact.source, fact.source)}，可信"
    return "doubtful", f"{SOURCE_LABELS.get(fact.source, fact.source)}，存疑"


def shown_value(spec: FieldSpec, value: str) -> str:
    """A normalised value as people write it: 2025年6月, 12,000.00 元, 是."""
    if not value:
        return ""
    if spec.type is FieldType.DATE:
        return _shown_date(value)
    if spec.type in {FieldType.MONEY, FieldType.MONEY_UPPER}:
        return _shown_money(value, upper=spec.type is FieldType.MONEY_UPPER)
    if spec.type is FieldType.BOOL:
        return {"true": "是（已勾选）", "false": "否（未勾选）"}.get(value, value)
    return value


def _shown_date(value: str) -> str:
    parts = value.split("-")
    if not all(part.isdigit() for part in parts):
        return value
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def _shown_money(value: str, *, upper: bool) -> str:
    try:
        money = Money.from_yuan(value)
    except MoneyError:
        return value
    return f"{money.upper_text}（{money.yuan_text} 元）" if upper else f"{money.yuan_text} 元"


def _grouped_keys() -> Mapping[str, tuple[str, ...]]:
    order = list(FIELDS)
    starts = [order.index(first) for _, first in _GROUPS]
    ends = [*starts[1:], len(order)]
    return {title: tuple(order[start:end]) for (title, _), start, end in zip(_GROUPS, starts, ends, strict=True)}
