"""A programme with a table, a shared budget and an employer that passes on goes all the way through the office."""

import io
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from jucai.approval.events import Actor
from jucai.approval.state import Phase
from jucai.casework.moving import advance_due
from jucai.casework.writing.workbook import payment_workbook
from jucai.notices.blank_form import blank_form
from jucai.settings import ROOT
from jucai.store.bureau import open_bureau
from jucai.store.database import transaction
from jucai.store.payments import confirm_list, list_due
from tests.casework.conftest import OfficeAtWork, form_letter
from tests.casework.test_a_new_programme import OFFICE, PROGRAMME, act, state
from tests.policy.filling import fill

RECEIPTS = """\
own_tables:
  trips:
    label: 探亲票据
    rows: 4
    columns:
      wentout: {label: 出发日期, type: date}
      destination: {label: 目的地}
      fare: {label: 往返票价, type: money}
own_facts:
  fares: {label: 票价合计, formula: 'sum_of("trips", "fare")'}
payee: {kind: employer, pass_on: {count: 15, unit: natural}}
funding: [{article: 第三条, shares: [{payer: 市财政, percent: 60}, {payer: 县财政, percent: 40}]}]
"""
NEEDS = "  - {fact: employer_name, standard: 单位全称}\n"
RULES = """\
rules:
  - {code: two, title: 每年最多两次, article: 第二条, test: rows_of("trips") <= 2, failing: ask}
"""
FIGURE = "figure: {kind: fact, fact: fares, note: 票价合计, at_most: {kind: fixed, yuan: 10000}}\n"
EXAMPLE = """\
  - title: 一次
    on: 2026-06-01
    facts: {trips: [{fare: 6000}]}
    amount: "6000"
    borne: ["市财政:3600", "县财政:2400"]
"""


def between(text: str, first: str, last: str, new: str) -> str:
    """The text with everything from `first` up to `last` written anew."""
    start = text.index(first)
    return text[:start] + new + text[text.index(last, start) if last else len(text) :]


def visit_programme() -> str:
    """The new programme of a county, changed by a clerk into one that adds up receipts."""
    text = PROGRAMME.replace("hometown-return", "family-visit").replace("返乡创业", "探亲").replace("HTR", "VIS")
    text = between(text, "own_facts:", "needs:", RECEIPTS)
    text = between(text, "  - {fact: returned_on", "  - {fact: bank_name", NEEDS)
    text = between(text, "rules:", "awards:", RULES)
    text = between(text, "figure:", "    schedule:", FIGURE)
    text = text.replace("columns: [name, trade]", "columns: [name, employer_name]")
    return between(text, "  - title: 带动三人", "", EXAMPLE)


VALUES = {
    "name": "示例人", "id_number": "340802199001010012", "phone": "13800000000", "email": "visit@applicant.example",
    "employer_name": "示例县示例公司", "bank_name": "示例银行示例县支行", "bank_account": "6217000000000000003",
    "trips_1_wentout": "2026-01-20", "trips_1_destination": "慕尼黑", "trips_1_fare": "5200",
    "trips_2_wentout": "2026-08-01", "trips_2_destination": "慕尼黑", "trips_2_fare": "4601",
    "commitment_checked": "true", "application_date": "2026-11-20",
}  # fmt: skip


@pytest.fixture
def visits(office: OfficeAtWork, tmp_path: Path) -> OfficeAtWork:
    """The office of a county with one programme, in its own folder."""
    folder = tmp_path / "programmes" / "xinxian"
    folder.mkdir(parents=True)
    (folder / "office.yaml").write_text(OFFICE, encoding="utf-8")
    (folder / "family-visit.yaml").write_text(visit_programme(), encoding="utf-8")
    shutil.copytree(ROOT / "programmes" / "calendar", folder.parent / "calendar")
    settings = office.bureau.settings.model_copy(update={"programmes": folder.parent, "office": "xinxian"})
    return replace(office, bureau=open_bureau(settings, office.clock))


def test_receipts_are_summed_paid_to_the_employer_and_borne_by_two(visits: OfficeAtWork, tmp_path: Path) -> None:
    office = visits
    form = tmp_path / "form.pdf"
    form.write_bytes(fill(blank_form(office.bureau.programmes.get("xinxian/family-visit")), VALUES))
    office.letter("visit", form_letter(form, VALUES["email"], subject="探亲补贴申请", name="探亲补贴申请表.pdf"))
    office.round()
    assert {key: value for key, value in state(office).values().items() if key in VALUES} == VALUES
    if state(office).phase is Phase.VERIFYING:
        act(office)
    office.round()
    assert (state(office).eligible, state(office).amount_fen) == ("yes", 980_100)
    act(office)
    advance_due(office.bureau)
    office.wait_days(8)
    advance_due(office.bureau)
    listed = list_due(office.bureau)
    assert listed is not None
    with transaction(office.bureau.engine) as session:
        book = openpyxl.load_workbook(io.BytesIO(payment_workbook(session, office.bureau, listed.number)))
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert "示例县示例公司" in cells, "the money goes to the employer"
    assert "市财政 5,880.60元，县财政 3,920.40元；单位收款后15日内转付示例人" in cells
    confirm_list(office.bureau, listed.number, Actor("czj-1"), office.clock.now().date())
    office.round()
    told = office.text_of(office.mails("payment")[0])
    assert "资金拨付至您的用人单位，单位应在收款后15日内转付给您" in told
    assert "示例县示例公司" in told
