"""A programme added in a new folder, with no line of Python, goes all the way: from its blank form to the payment."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from jucai.approval.commands import DecideTask, VerifyFacts
from jucai.approval.events import Actor
from jucai.approval.state import CaseState, Phase, TaskPurpose, Verdict
from jucai.casework.moving import advance_due
from jucai.notices.blank_form import blank_form
from jucai.settings import ROOT
from jucai.store.bureau import open_bureau
from jucai.store.cases import execute, load_state
from jucai.store.database import reading
from jucai.store.payments import confirm_list, list_due
from models.letters import LetterOutcome
from tests.casework.conftest import OfficeAtWork, form_letter
from tests.policy.filling import fill

OFFICE = """\
code: xinxian
name: 示例县人才办公室
short_name: 县人才办
city: 示例县
city_words: [示例县]
city_region: "3499"
case_prefix: XX
document_word: 示人才
example: true
address: 示例县（示例地址）
phone: 0500-0000100
supervision_phone: 0500-0000101
public_email: rencai@xx.example
head_unit: rcb
head: rcb-head
units:
  - {code: rcb, title: 县人才办}
  - {code: rsj, title: 县人力资源和社会保障局}
  - {code: czj, title: 县财政局}
officers:
  - {id: rcb-clerk, name: 示例·甲, email: a@rcb.example, unit: rcb, roles: [clerk]}
  - {id: rcb-head, name: 示例·乙, email: b@rcb.example, unit: rcb, roles: [head, reviewer]}
  - {id: rsj-1, name: 示例·丙, email: c@rsj.example, unit: rsj, roles: [reviewer]}
  - {id: czj-1, name: 示例·丁, email: d@czj.example, unit: czj, roles: [finance, reviewer]}
"""
PROGRAMME = """\
code: xinxian/hometown-return
title: 返乡创业补贴
short_title: 返乡补贴
kind: subsidy
form: hometown-return
form_title: 返乡创业补贴申请表
number_prefix: HTR
example: true
issuer: 示例县人才办公室
valid: {from: 2026-01-01}
source: [{grade: 示例, note: 测试用，不是正式文件}]
basis: [{title: 返乡创业补贴办法（示例）, articles: [第二条], example: true}]
summary: 返乡创业并带动就业的，按带动人数补贴。
who: 返乡创业人员
benefit: 每带动一人2000元，最多五人
own_facts:
  returned_on: {label: 返乡时间, type: date}
  jobs: {label: 带动就业人数, type: int}
  trade: {label: 创业类别, type: enum, options: [种植养殖, 农产品加工, 电子商务]}
  villages: {label: 所在乡镇, type: multi, options: [东乡, 西乡, 南乡]}
needs:
  - {fact: name, standard: 与身份证件一致}
  - {fact: id_number, standard: 18位身份证号码}
  - {fact: phone, standard: 本人手机号码}
  - {fact: returned_on, standard: 返乡时间}
  - {fact: jobs, standard: 带动就业人数, valid: jobs >= 1}
  - {fact: trade, standard: 在三类中选择}
  - {fact: bank_name, standard: 写到支行}
  - {fact: bank_account, standard: 本人银行卡号}
rules:
  - {code: recent, title: 返乡不超过三年, article: 第二条, test: 'years_between(returned_on, on) < 3', failing: reject}
  - {code: where, title: 在东乡或西乡, article: 第二条, test: 'includes(villages, "东乡", "西乡")', failing: ask}
awards:
  - title: 返乡创业补贴
    figure: {kind: times, rate: {kind: fixed, yuan: 2000}, quantity: jobs, unit: 人, quantity_at_most: 5}
    schedule: {kind: once}
stages:
  - {code: check, title: 人社局审核, kind: any_of, units: [rsj], due_days: 5}
  - {code: publicity, title: 公示, kind: publicity, stops_clock: true, stop_cause: 公示期间不计入办理时限}
  - {code: payment, title: 拨付, kind: payment, units: [czj], due_days: 10}
publicity: {days: 3, kind: working, columns: [name, trade]}
remedies: 可以书面申请复核（示例）。
examples:
  - title: 带动三人
    on: 2026-06-01
    facts: {returned_on: 2025-05, jobs: 3, trade: 电子商务, villages: 东乡}
    eligible: "yes"
    amount: "6000"
"""
VALUES = {
    "name": "示例人", "id_number": "340802199001010012", "phone": "13800000000", "email": "return@applicant.example",
    "returned_on": "2025-05-06", "jobs": "7", "trade": "电子商务", "villages": "东乡、南乡",
    "bank_name": "示例银行示例县支行", "bank_account": "6217000000000000003",
    "commitment_checked": "true", "application_date": "2026-11-20",
}  # fmt: skip


@pytest.fixture
def new_office(office: OfficeAtWork, tmp_path: Path) -> OfficeAtWork:
    """The office of a county that has just written its two files into a new folder."""
    folder = tmp_path / "programmes" / "xinxian"
    folder.mkdir(parents=True)
    (folder / "office.yaml").write_text(OFFICE, encoding="utf-8")
    (folder / "hometown-return.yaml").write_text(PROGRAMME, encoding="utf-8")
    shutil.copytree(ROOT / "programmes" / "calendar", folder.parent / "calendar")
    settings = office.bureau.settings.model_copy(update={"programmes": folder.parent, "office": "xinxian"})
    return replace(office, bureau=open_bureau(settings, office.clock))


def state(office: OfficeAtWork) -> CaseState:
    (case,) = office.cases()
    with reading(office.bureau.engine) as session:
        return load_state(session, case.number)


def act(office: OfficeAtWork) -> None:
    """Let the first officer asked do what waits."""
    task = state(office).open_tasks[0]
    officer = task.officers[0]
    command = (
        VerifyFacts(task.code, officer, {})
        if task.purpose is TaskPurpose.VERIFY
        else DecideTask(task.code, officer, Verdict.APPROVE, "同意")
    )
    execute(office.bureau, state(office).number, command, Actor(officer))


def test_it_goes_from_its_own_blank_form_to_the_payment(new_office: OfficeAtWork, tmp_path: Path) -> None:
    office = new_office
    programme = office.bureau.programmes.get("xinxian/hometown-return")
    form = tmp_path / "hometown-return.pdf"
    form.write_bytes(fill(blank_form(programme), VALUES))
    office.letter(
        "return",
        form_letter(form, "return@applicant.example", subject="返乡创业补贴申请", name="返乡创业补贴申请表.pdf"),
    )
    office.round()
    assert office.letters()[0].outcome == LetterOutcome.CASE_OPENED
    (case,) = office.cases()
    assert (case.number, case.programme) == ("XX-HTR-2026-000001", "xinxian/hometown-return")
    assert {key: value for key, value in state(office).values().items() if key in VALUES} == VALUES
    if state(office).phase is Phase.VERIFYING:
        act(office)
    office.round()
    assert state(office).phase is Phase.IN_STAGES
    assert state(office).eligible == "yes"
    assert state(office).amount_fen == 10_000_00
    act(office)
    advance_due(office.bureau)
    assert state(office).publicity is not None
    office.wait_days(8)
    advance_due(office.bureau)
    assert state(office).phase is Phase.PAYING
    listed = list_due(office.bureau)
    assert listed is not None
    confirm_list(office.bureau, listed.number, Actor("czj-1"), office.clock.now().date())
    office.round()
    assert state(office).phase is Phase.COMPLETED
    told = [mail.kind for mail in office.mails() if mail.recipient == "return@applicant.example"]
    assert told == ["receipt", "accepted", "publicity", "payment", "completed"]
    assert "10,000.00" in office.text_of(office.mails("payment")[0])


def test_a_blank_form_sent_back_is_answered_as_one(new_office: OfficeAtWork, tmp_path: Path) -> None:
    programme = new_office.bureau.programmes.get("xinxian/hometown-return")
    form = tmp_path / "blank.pdf"
    form.write_bytes(blank_form(programme))
    new_office.letter("blank", form_letter(form, "return@applicant.example"))
    new_office.round()
    assert new_office.letters()[0].outcome == LetterOutcome.BLANK_FORM
    assert new_office.cases() == []
