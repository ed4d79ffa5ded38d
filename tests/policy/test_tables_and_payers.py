"""Rows that a form asks for again and again, whose money it is, and who receives it."""

from datetime import date
from pathlib import Path

import pytest

from jucai.policy import Money, ProgrammeError, assess, load_programmes
from jucai.policy.book import check_programme
from jucai.policy.commands import assessment_data, case_of, show_programme
from jucai.policy.comparing import diff
from jucai.policy.funding import Funding, borne
from jucai.policy.relevelling import evaluator
from jucai.policy.wording import in_words
from jucai.policy.yamlfile import parse

FOLDER = Path(__file__).parent / "unseen"
BOOK = load_programmes(FOLDER)
INTEREST = BOOK.get("nanwan/interest")
TEXT = (FOLDER / "nanwan" / "interest.yaml").read_text(encoding="utf-8")
ONCE = "schedule: {kind: once}"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('rows_of("payments")', 'rows_of("payment")', "没有叫“payment”的表格，现有：payments"),
        ('rows_of("payments")', "rows_of(name)", "rows_of() 里应写带引号的表格"),
        ('"interest", "loan", "国有银行"', '"intrest", "loan", "国有银行"', "没有叫“intrest”的列，现有：paidon"),
        ('"interest", "loan", "国有银行"', '"loan", "loan", "国有银行"', "“loan”列不是数字，不能合计"),
        ('"loan", "民间借贷"', '"loan", "民间贷款"', "“loan”列的选项里没有“民间贷款”"),
        ("rows: 8", "rows: 80", "own_tables.payments.rows"),
        ("paidon: {label", "paid_on: {label", "own_tables.payments.columns"),
        ("  payments:\n", "  name:\n", "“name”是通用项目"),
        ("  payments:\n", "  district:\n", "不能与 own_facts 里的项目同名"),
        ("percent: 50}, {payer: 县区", "percent: 40}, {payer: 县区", "各方承担的比例合计应为 100，现为 90"),
        (ONCE, "schedule: {kind: parts, parts: [{percent: 50}, {weight: 1, after_months: 12}]}", "都写 weight"),
        (ONCE, "schedule: {kind: parts, parts: [{weight: 2}, {after_months: 12}]}", "应填且只填一个"),
        (ONCE, "schedule: {kind: monthly, months: 12, at_most: 12, pay_every: 5}", "复核的间隔应是发放间隔的整数倍"),
        ("funding:\n", "payee: {kind: person, pass_on: {count: 5, unit: natural}}\nfunding:\n", "本人的不需要转付"),
        ("limit: 3, title", "limit: 3, yuan: 5, title", "它只用于 per_employer"),
    ],
)  # fmt: skip
def test_slips_in_tables_and_shares_are_named(old: str, new: str, told: str) -> None:
    assert old in TEXT
    with pytest.raises(ProgrammeError) as caught:
        check_programme(parse(TEXT.replace(old, new, 1).encode(), "try.yaml"))
    assert told in "；".join(f"{fault.key}：{fault.message}" for fault in caught.value.faults)


def test_rows_are_told_in_words_and_never_by_their_keys() -> None:
    said = in_words('sum_where("payments", "interest", "loan", "国有银行", "商业银行")', INTEREST.vocabulary)
    assert said == "“付息明细”中贷款银行为国有银行、商业银行的各行利息合计"
    assert in_words('rows_of("payments") >= 1', INTEREST.vocabulary) == "“付息明细”的行数不少于1行"
    sheets = show_programme(INTEREST)
    money = [row[0] for sheet in sheets if sheet.title == "金额与追回" for row in sheet.rows]
    assert "企业所在地为“市直”的，所需经费由市财政承担100%（第四条）" in money
    assert "所需经费由市财政承担50%、县区财政承担50%（第四条）" in money


def test_a_facts_file_gives_rows_as_rows() -> None:
    rows = [{"loan": "国有银行", "interest": 1000}, {"loan": "民间借贷", "interest": 500}]
    case = case_of({"facts": {"district": "市直", "payments": rows}, "on": "2026-04-01"})
    result = assess(INTEREST, case.facts, on=date(2026, 4, 1))
    data = assessment_data(result, INTEREST.payee.kind)
    assert (data["amount"], data["payee"]) == ("500.00", "person")
    assert data["borne"] == [{"payer": "市财政", "amount": "500.00"}]


def test_a_form_without_the_table_is_a_matter_for_a_person_and_an_empty_one_is_not() -> None:
    no_table = assess(INTEREST, {"district": "市直"}, on=date(2026, 4, 1))
    some = next(finding for finding in no_table.findings if finding.code == "some")
    assert (some.outcome, no_table.amount) == ("cannot_tell", None)
    assert "表上没有“付息明细”" in some.explanation
    empty = assess(INTEREST, {"district": "市直", "payments_1_interest": ""}, on=date(2026, 4, 1))
    assert next(finding for finding in empty.findings if finding.code == "some").outcome == "not_met"


SHARES = {"甲": "33.3", "乙": "33.3", "丙": "33.4"}


def test_shares_add_up_to_the_amount_to_the_last_fen() -> None:
    rule = Funding.model_validate(
        {"article": "第四条", "shares": [{"payer": one, "percent": share} for one, share in SHARES.items()]}
    )
    parts = borne([rule], Money(100_01), evaluator(INTEREST, {}, date(2026, 4, 1)))
    assert [part.amount.fen for part in parts] == [3330, 3330, 3341]


def test_a_changed_share_payee_or_table_is_told_in_words() -> None:
    changed = TEXT.replace("rows: 8", "rows: 6").replace(
        "percent: 50}, {payer: 县区财政, percent: 50}", "percent: 60}, {payer: 县区财政, percent: 40}"
    )
    changed += "payee: {kind: employer, pass_on: {count: 10, unit: working}}\n"
    assert diff(INTEREST, check_programme(parse(changed.encode(), "try.yaml"))) == (
        "本项目的表格·付息明细·分档（行数）：由“8”改为“6”",
        "经费分担·第2项·各方承担·市财政·百分比：由“50”改为“60”",
        "经费分担·第2项·各方承担·县区财政·百分比：由“50”改为“40”",
        "发给谁·类别：由“本人”改为“用人单位”",
        "发给谁·转付期限：由“（无）”改为“10个工作日内”",
    )
