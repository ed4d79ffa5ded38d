"""Money is exact, and is written the way a cheque is."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.money import Money, MoneyError, Rounding, upper_text


@pytest.mark.parametrize(
    ("yuan", "figures", "upper"),
    [
        ("0", "0.00", "零元整"),
        ("0.05", "0.05", "伍分"),
        ("0.10", "0.10", "壹角"),
        ("10.10", "10.10", "壹拾元壹角"),
        ("12000", "12,000.00", "壹万贰仟元整"),
        ("1,234.50", "1,234.50", "壹仟贰佰叁拾肆元伍角"),
        ("100000001.01", "100,000,001.01", "壹亿零壹元零壹分"),
        ("10005", "10,005.00", "壹万零伍元整"),
        ("100500", "100,500.00", "壹拾万零伍佰元整"),
        ("110000", "110,000.00", "壹拾壹万元整"),
        ("1200000000000", "1,200,000,000,000.00", "壹万贰仟亿元整"),
        # The examples printed in 《支付结算办法》附一.
        ("1680.32", "1,680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("16409.02", "16,409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "325.04", "叁佰贰拾伍元零肆分"),
        ("6007.14", "6,007.14", "陆仟零柒元壹角肆分"),
    ],
)
def test_an_amount_reads_the_same_in_figures_and_in_words(yuan: str, figures: str, upper: str) -> None:
    money = Money.from_yuan(yuan)
    assert money.yuan_text == figures
    assert money.upper_text == upper


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_the_words_agree_with_an_independent_library(fen: int) -> None:
    theirs = cn2an.an2cn(str(Decimal(fen) / 100), "rmb")
    if "亿零" not in theirs and "亿" not in theirs:  # cn2an leaves out the 零 after 亿
        assert upper_text(fen) == theirs


@pytest.mark.parametrize("wrong", ["1.995", "abc", "", "1,23", "NaN", "1e5", "١٢", "9" * 30, "--1"])
def test_what_is_no_exact_amount_is_refused_in_chinese(wrong: str) -> None:
    with pytest.raises(MoneyError, match=r"[一-鿿]"):
        Money.from_yuan(wrong)


def test_a_float_never_becomes_money() -> None:
    with pytest.raises(MoneyError):
        Money.from_yuan(0.1)  # type: ignore[arg-type] # the point of the test
    with pytest.raises(MoneyError):
        Money(1.0)  # type: ignore[arg-type] # the point of the test


def test_rounding_goes_down_unless_told_otherwise() -> None:
    assert Money.rounded(Decimal("12.345")).fen == 1234
    assert Money.rounded(Decimal("12.345"), how=Rounding.HALF_UP).fen == 1235
    assert Money.rounded(Decimal("12.99"), unit_fen=100).yuan_text == "12.00"


def test_a_debt_is_written_with_its_sign() -> None:
    assert upper_text(-1200) == "负壹拾贰元整"
