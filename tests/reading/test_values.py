"""Single values: every spelling offices really use, and the doubt that goes with the unclear ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jucai.reading.amounts import parse_money, parse_upper
from jucai.reading.dates import parse_date, parse_range
from jucai.reading.numbers import id_is_valid, luhn_is_valid, parse_phone, uscc_is_valid
from jucai.reading.text import label_forms, repair_glyph, tidy, tidy_prose
from jucai.reading.ticks import read_options
from jucai.reading.values import parse
from models.fields import FIELDS


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1966-03-01", "1966-03-01"),
        ("1995.11", "1995-11"),
        ("2026年7月4日", "2026-07-04"),
        ("2026 年 7 月 4 日", "2026-07-04"),
        ("2020/6/6", "2020-06-06"),
        ("二〇二六年四月十五日", "2026-04-15"),
        ("一九八五年十二月二十一日", "1985-12-21"),
        ("201002", "2010-02"),
        ("20200606", "2020-06-06"),
        ("1977年11\n月", "1977-11"),
        ("至今", "至今"),
        ("   年   月   日", ""),
    ],
)
def test_a_date_is_understood_in_every_spelling(printed: str, value: str) -> None:
    assert parse_date(printed) == (value, None)


@pytest.mark.parametrize(("printed", "value"), [("65.09", "1965-09"), ("6405", "1964-05"), ("23.7.1", "2023-07-01")])
def test_a_two_digit_year_is_completed_but_doubted(printed: str, value: str) -> None:
    read, reason = parse_date(printed)
    assert read == value
    assert reason


def test_two_dates_in_one_box_are_doubted() -> None:
    assert parse_date("2020-01-01、2021-02-02")[1]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("2023年5月17日至2026年5月16日", ("2023-05-17", "2026-05-16")),
        ("2017.06-2018.08", ("2017-06", "2018-08")),
        ("2020-01-2021-02", ("2020-01", "2021-02")),
        ("200109—200507", ("2001-09", "2005-07")),
        ("2018.09-至今", ("2018-09", "至今")),
        ("至", ("", "")),
        ("自  年  月至  年  月", ("", "")),
    ],
)
def test_a_period_has_two_ends(printed: str, value: tuple[str, str]) -> None:
    start, end, reason = parse_range(printed)
    assert (start, end) == value
    assert reason is None


def test_a_period_that_ends_before_it_begins_is_doubted() -> None:
    assert parse_range("2024.05-2023.04")[2]


@pytest.mark.parametrize(
    ("printed", "label", "value"),
    [
        ("￥36,000.00", "申请金额", "36000"),
        ("10万元", "申请金额", "100000"),
        ("125.9233 万元", "购房总价", "1259233"),
        ("1.2亿元", "上年度销售收入（万元）", "120000000"),
        ("3250", "注册资本（万元）", "32500000"),
        ("1000元/月", "补贴标准", "1000"),
        ("12000元（大写：壹万贰仟元整）", "申请金额", "12000"),
        ("元（大写：          ）", "申请金额", ""),
    ],
)
def test_an_amount_is_whole_yuan_wherever_its_unit_stands(printed: str, label: str, value: str) -> None:
    assert parse_money(printed, label) == (value, None)


def test_a_bare_figure_for_turnover_is_doubted_since_no_unit_is_printed() -> None:
    assert parse(FIELDS["employer_sales"], "6873", "上年度销售收入").confidence < 0.9
    assert parse(FIELDS["employer_sales"], "6873", "上年度销售收入（万元）").confidence >= 0.9


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("叁万陆仟元整", "36000"),
        ("壹拾贰万元整", "120000"),
        ("拾万元整", "100000"),
        ("壹仟零伍拾元伍角", "1050.5"),
        ("壹亿贰仟万元整", "120000000"),
        ("10万元", ""),
    ],
)
def test_capital_figures_are_read_as_yuan(words: str, value: str) -> None:
    assert parse_upper(words) == value


def test_an_identity_number_proves_itself_or_is_doubted() -> None:
    good = parse(FIELDS["id_number"], "34080219880312 0024")
    assert (good.value, good.confidence, good.checks) == ("340802198803120024", 0.99, ("身份证校验码",))
    bad = parse(FIELDS["id_number"], "340802198803120025")
    assert bad.confidence < 0.5
    assert bad.reason == "身份证校验码不符"


@given(st.text("0123456789", min_size=17, max_size=17), st.integers(0, 9))
def test_one_wrong_digit_never_passes_as_an_identity_number(digits: str, wrong: int) -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]
    spoilt = (str(wrong) if digits[0] != str(wrong) else str((wrong + 1) % 10)) + digits[1:]
    assert not id_is_valid(spoilt + check)


def test_a_credit_code_and_a_bank_card_prove_themselves() -> None:
    assert uscc_is_valid("913212026X9CAM7787")
    assert not uscc_is_valid("913212026X9CAM7788")
    assert luhn_is_valid("6217008555473613346")
    assert parse(FIELDS["bank_account"], "6217 0085 5547 3613 347").confidence < 0.5


@pytest.mark.parametrize(
    ("printed", "value", "sure"),
    [
        ("138 1234 5678", "13812345678", True),
        ("0510-81285618", "051081285618", True),
        ("13812345678 / 0510-81285618", "13812345678", False),
        ("81285618", "81285618", False),
    ],
)
def test_a_telephone_number_is_digits_only(printed: str, value: str, *, sure: bool) -> None:
    number, reason = parse_phone(printed)
    assert number == value
    assert (reason is None) is sure


@pytest.mark.parametrize(
    ("printed", "ticked"),
    [
        ("☒生活补贴 ☐购房补贴", ["生活补贴"]),
        ("（ ）男 （√）女", ["女"]),
        ("男□ 女☑", ["女"]),
        ("男√ 女", ["男"]),
        ("□√男 □女", ["男"]),
        ("□联合攻关 ■技术咨询 ■共建平台", ["技术咨询", "共建平台"]),
        ("类型：□甲 ☑乙", ["乙"]),
    ],
)
def test_a_tick_belongs_to_its_option_however_it_is_drawn(printed: str, ticked: list[str]) -> None:
    assert [option.text for option in read_options(printed) if option.ticked] == ticked


def test_a_tick_that_could_mean_either_side_is_left_open() -> None:
    assert read_options("男√女") == []
    assert parse(FIELDS["sex"], "男√女").confidence < 0.9


def test_an_untouched_choice_is_blank_and_two_ticks_are_doubted() -> None:
    assert parse(FIELDS["sex"], "□男 □女").value == ""
    assert parse(FIELDS["sex"], "☑男 ☑女").confidence < 0.9
    assert parse(FIELDS["sex"], "男 女").confidence < 0.9


def test_radicals_of_a_browsers_pdf_become_characters() -> None:
    assert repair_glyph("⼥⺠⻅⻓⾝") == "女民见长身"


def test_labels_are_compared_without_ornament() -> None:
    assert label_forms("＊姓　名：")[-1] == "姓名"
    assert label_forms("3．劳动合同期限（起）") == ("劳动合同期限(起)", "劳动合同期限")
    assert label_forms("其中：研发人员")[-1] == "研发人员"


def test_values_lose_white_space_and_prose_keeps_words_apart() -> None:
    assert tidy("阿卜杜 · 买买提") == "阿卜杜·买买提"
    assert tidy("ＡＢ１２（中国）") == "AB12（中国）"
    assert tidy_prose("发表 SCI 论文《Acta Materialia》18 篇") == "发表SCI论文《Acta Materialia》18篇"
