"""What clerks type in many spellings becomes one stored form, or a sentence about what is wrong."""

import pytest

from jucai.desk.values import ValueProblem, hint, insisted, normalise
from models.fields import FIELDS, FieldType


@pytest.mark.parametrize(
    ("key", "typed", "stored"),
    [
        ("birth_date", "1995年11月", "1995-11"),
        ("birth_date", "1995.11", "1995-11"),
        ("birth_date", "1995-1-5", "1995-01-05"),
        ("birth_date", "1995/01/05", "1995-01-05"),
        ("birth_date", "19950105", "1995-01-05"),
        ("birth_date", "199501", "1995-01"),
        ("birth_date", "１９９５年１月５日", "1995-01-05"),
        ("birth_date", "一九九五年十二月二十一日", "1995-12-21"),
        ("birth_date", "二〇二五年六月", "2025-06"),
        ("contract_end", "至今", "至今"),
        ("contract_end", "长期", "至今"),
        ("id_number", "340802 1990 0101 0012", "340802199001010012"),
        ("employer_uscc", "91340802ma0000000h", "91340802MA0000000H"),
        ("bank_account", "6217 0000-0000 0000", "6217000000000000"),
        ("phone", "０５５６－１２３４５６７", "05561234567"),
        ("phone", "138 0000 0000", "13800000000"),
        ("requested_amount", "12,000.00元", "12000"),
        ("requested_amount", "￥1.2万", "12000"),
        ("requested_amount", "壹万贰仟元整", "12000"),
        ("requested_amount", "人民币壹万零伍拾元叁角贰分", "10050.32"),
        ("requested_amount_upper", "叁万陆仟圆整", "36000"),
        ("requested_amount_upper", "36000", "36000"),
        ("subsidy_months", "12个月", "12"),
        ("house_area", "89.50平方米", "89.5"),
        ("talent_category", "Ａ类", "A类"),
        ("coop_mode", "技术咨询，联合攻关", "联合攻关、技术咨询"),
        ("commitment_checked", "√", "true"),
        ("commitment_checked", "否", "false"),
        ("name", "王 龑", "王龑"),
        ("employer_name", "安庆（集团）有限公司", "安庆（集团）有限公司"),
        ("email", "a.b@example.cn ", "a.b@example.cn"),
        ("work_plan", "第一条\n  第二条", "第一条第二条"),
        ("name", "   ", ""),
    ],
)
def test_spellings_come_to_one_form(key: str, typed: str, stored: str) -> None:
    assert normalise(FIELDS[key], typed) == stored


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("birth_date", "1995-13"),
        ("birth_date", "1995年2月30日"),
        ("birth_date", "95年1月"),
        ("birth_date", "1895-01"),
        ("birth_date", "明年"),
        ("id_number", "不清楚"),
        ("bank_account", "6217O000"),
        ("requested_amount", "很多"),
        ("requested_amount", "1e9"),
        ("requested_amount", "12.3.4"),
        ("requested_amount", "NaN"),
        ("subsidy_months", "十二又半"),
        ("house_area", "Infinity"),
        ("house_area", "9" * 40),
        ("email", "a at b"),
        ("commitment_checked", "也许"),
        ("name", "长" * 301),
    ],
)
def test_what_cannot_be_read_is_told_and_cannot_be_insisted_on(key: str, typed: str) -> None:
    with pytest.raises(ValueProblem) as problem:
        normalise(FIELDS[key], typed)
    assert not problem.value.soft
    assert FIELDS[key].label in str(problem.value)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("id_number", "340802199001010011"),
        ("id_number", "34080219901301001X"),
        ("id_number", "E12345678"),
        ("employer_uscc", "91340802MA00000000"),
        ("employer_uscc", "340802000000000"),
        ("phone", "12345"),
        ("talent_category", "F类"),
        ("coop_mode", "其他方式"),
    ],
)
def test_what_only_looks_wrong_can_be_insisted_on(key: str, typed: str) -> None:
    with pytest.raises(ValueProblem) as problem:
        normalise(FIELDS[key], typed)
    assert problem.value.soft
    assert insisted(FIELDS[key], typed) == typed


def test_every_type_can_be_typed_and_has_a_hint() -> None:
    for kind in FieldType:
        spec = next(spec for spec in FIELDS.values() if spec.type is kind)
        assert hint(spec).text
        assert normalise(spec, "") == ""
