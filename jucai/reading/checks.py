"""Values that prove or contradict each other: agreement makes sure, contradiction is flagged, never repaired."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from jucai.reading.dates import SHORT_YEAR
from jucai.reading.numbers import id_birth, id_is_valid, id_sex
from jucai.reading.values import DOUBTFUL, PROVEN
from models.readings import FieldValue

Fields = dict[str, FieldValue]
_SURE = 0.98


def cross_check(fields: Fields, tables: dict[str, list[dict[str, str]]]) -> None:
    """Compare fields that must agree and set their confidence accordingly, in place."""
    _identity(fields)
    _amount(fields)
    _months(fields)
    _spouse(fields, tables)
    _order(fields, "contract_start", "contract_end")
    _order(fields, "subsidy_period_start", "subsidy_period_end")
    _order(fields, "rent_start", "rent_end")
    _order(fields, "service_start", "service_end")


def _value(fields: Fields, key: str) -> str:
    return fields[key].value if key in fields else ""


def _agree(fields: Fields, keys: tuple[str, ...], check: str) -> None:
    for key in keys:
        field = fields[key]
        if field.reason in (None, SHORT_YEAR):
            sure = max(field.confidence, _SURE)
            fields[key] = replace(field, confidence=sure, reason=None, checks=(*field.checks, check))


def _contradict(fields: Fields, keys: tuple[str, ...], reason: str) -> None:
    for key in keys:
        field = fields[key]
        if not field.value:
            continue
        proven = field.confidence >= PROVEN and field.checks
        fields[key] = replace(
            field,
            confidence=field.confidence if proven else min(field.confidence, DOUBTFUL),
            reason=field.reason or (None if proven else reason),
        )


def _identity(fields: Fields) -> None:
    number = _value(fields, "id_number")
    if not id_is_valid(number):
        return
    born, birth = id_birth(number) or "", _value(fields, "birth_date")
    if birth and born.startswith(birth):
        _agree(fields, ("birth_date", "id_number"), "与身份证号一致")
    elif birth:
        _contradict(fields, ("birth_date",), "出生日期与身份证号不一致")
    sex = _value(fields, "sex")
    if sex in {"男", "女"}:
        if sex == id_sex(number):
            _agree(fields, ("sex",), "与身份证号一致")
        else:
            _contradict(fields, ("sex",), "性别与身份证号不一致")


def _number(fields: Fields, key: str) -> Decimal | None:
    try:
        return Decimal(_value(fields, key))
    except InvalidOperation:
        return None


def _amount(fields: Fields) -> None:
    figures, words = _number(fields, "requested_amount"), _number(fields, "requested_amount_upper")
    if figures is not None and words is not None:
        if figures == words:
            _agree(fields, ("requested_amount", "requested_amount_upper"), "大小写一致")
        else:
            _contradict(fields, ("requested_amount", "requested_amount_upper"), "申请金额大小写不一致")
    standard, months = _number(fields, "subsidy_standard"), _number(fields, "subsidy_months")
    if None not in (figures, standard, months):
        assert standard is not None
        assert months is not None
        if standard * months == figures:
            _agree(fields, ("requested_amount", "subsidy_standard", "subsidy_months"), "标准×月数=金额")
        else:
            _contradict(fields, ("subsidy_standard", "subsidy_months"), "补贴标准×月数与申请金额不符")


def _months(fields: Fields) -> None:
    start, end = _value(fields, "subsidy_period_start"), _value(fields, "subsidy_period_end")
    months = _number(fields, "subsidy_months")
    if not (start[:4].isdigit() and end[:4].isdigit() and months is not None):
        return
    spanned = (int(end[:4]) - int(start[:4])) * 12 + int(end[5:7]) - int(start[5:7])
    if months in (spanned, spanned + 1):
        _agree(fields, ("subsidy_period_start", "subsidy_period_end", "subsidy_months"), "时段与月数一致")
    else:
        _contradict(fields, ("subsidy_period_start", "subsidy_period_end"), "补贴时段与月数不符")


def _spouse(fields: Fields, tables: dict[str, list[dict[str, str]]]) -> None:
    name = _value(fields, "spouse_name")
    for row in tables.get("family_members", []):
        if name and row.get("name") == name:
            _agree(fields, ("spouse_name",), "与家庭成员一致")
            if _value(fields, "spouse_id_number") and row.get("id_number") == _value(fields, "spouse_id_number"):
                _agree(fields, ("spouse_id_number",), "与家庭成员一致")


def _order(fields: Fields, first: str, second: str) -> None:
    start, end = _value(fields, first), _value(fields, second)
    if start and end and end != "至今" and end[: len(start)] < start[: len(end)]:
        _contradict(fields, (first, second), "终止时间早于起始时间")
