"""`jucai programmes`, `assess`, `officers`, `calendar`: the rules of the office, from the command line."""

from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from jucai.approval.refusals import Refusal
from jucai.commands.common import out, print_json, settings, show
from jucai.policy import ProgrammeBook, WorkCalendar, load_programmes
from jucai.policy import commands as policy

app = App(name="programmes", help="事项：列出、查看、检查、自测、比较")
officers = App(name="officers", help="人员")
calendar = App(name="calendar", help="工作日历")
Json = Annotated[bool, Parameter(negative="")]


class NotInOrder(Refusal):
    """A programme file or one of its examples is not as it should be."""


def _book() -> ProgrammeBook:
    return load_programmes(settings().programmes)


def _sheet(sheet: policy.Sheet, *, as_json: bool) -> None:
    show(sheet.title, sheet.columns, sheet.rows, as_json=as_json)


@app.command(name="list")
def list_all(*, json: Json = False) -> None:
    """列出全部事项。"""
    _sheet(policy.list_programmes(_book(), date.today()), as_json=json)  # noqa: DTZ011 - the visitor's own day


@app.command(name="show")
def show_one(code: str, *, version: str = "", json: Json = False) -> None:
    """查看一个事项的条件、材料、金额和环节。"""
    for sheet in policy.show_programme(_book().get(code, version or None)):
        _sheet(sheet, as_json=json)


@app.command
def check(folder: Path | None = None) -> None:
    """检查事项文件；有错时逐条指出文件、行、项目和应有的内容，退出码 1。"""
    report = policy.check_folder(folder or settings().programmes)
    if not report.passed:
        raise NotInOrder("\n".join(str(fault) for fault in report.faults))
    out.print(f"已检查 {report.files} 个文件，没有错误。")


@app.command
def test(code: str = "") -> None:  # noqa: PT028 - the command is called test; it is none
    """运行事项文件自带的算例；有不符时退出码 1。"""
    results = policy.examples_of(_book(), code or None, policy.calendar_of(settings().programmes))
    wrong = [result for result in results if not result.passed]
    if wrong:
        raise NotInOrder("\n".join(str(result) for result in wrong))
    out.print(f"{len(results)} 个算例全部相符。")


@app.command
def diff(code: str, before: str, after: str) -> None:
    """用文字说明一个事项两个版本（以生效日期为名）的不同。"""
    book = _book()
    for line in policy.diff(book.get(code, before), book.get(code, after)):
        out.print(line, highlight=False)


def assess(programme: str, *, facts: Path, on: str = "", json: Json = False) -> None:
    """按事项规则试算一份申请。

    Parameters
    ----------
    programme
        事项代码，如 anqing/living-subsidy。
    facts
        JSON 文件：{facts: {键: 值}, documents: […], history: […]}。
    on
        按哪一天评估，缺省为填表日期或今天。
    json
        以 JSON 输出。
    """
    day = date.fromisoformat(on) if on else None
    result = policy.assess_case(_book().get(programme), policy.read_case(facts), day)
    if json:
        print_json(policy.assessment_data(result))
        return
    for finding in result.findings:
        out.print(finding.explanation, highlight=False)
    for item in result.missing:
        out.print(f"缺：{item.text}", highlight=False)
    out.print(f"结论：{ {'yes': '符合', 'no': '拟不符合，须人工确认', 'person': '须人工判断'}[result.eligible] }")
    out.print(f"金额：{result.amount_text}", highlight=False)


@officers.command(name="list")
def list_officers(*, json: Json = False) -> None:
    """列出单位与人员。"""
    chosen = settings()
    office = load_programmes(chosen.programmes).office(chosen.office)
    rows = [
        (one.id, one.name, office.unit(one.unit).title, "、".join(role.label for role in one.roles), one.email)
        for one in office.all_officers.values()
    ]
    show("人员", ("编号", "姓名", "单位", "职责", "邮箱"), rows, as_json=json)


@calendar.command(name="show")
def show_calendar(year: int, *, json: Json = False) -> None:
    """查看一年的放假与调休安排。"""
    days = WorkCalendar.load(settings().programmes / "calendar" / "cn.json")
    _sheet(policy.show_calendar(days, year), as_json=json)
