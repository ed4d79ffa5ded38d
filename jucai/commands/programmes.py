"""`jucai programmes`, `assess`, `officers`: the rules of the office, from the command line."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from jucai.approval.diagram import draw_chain
from jucai.approval.refusals import Refusal
from jucai.approval.values import Substitution
from jucai.commands.common import Json, bureau, print_json, say, settings, show
from jucai.notices.blank_form import blank_form
from jucai.notices.guide import file_name, guide_of, render_guide, render_index
from jucai.policy import (
    Programme,
    ProgrammeBook,
    ProgrammeError,
    UnknownProgrammeError,
    comparing,
    load_programme,
    load_programmes,
)
from jucai.policy import commands as policy
from jucai.policy.funding import borne_words
from jucai.policy.schema import schema_text
from jucai.settings import SettingsError
from jucai.store.meetings import hand_over_all
from jucai.store.substitutes import appoint_substitute, end_substitution
from models.fields import FIELDS

app = App(name="programmes", help="事项：查看、检查、自测、比较、重算、换版、轮候、层次变更、追回、指南、空白表")
officers = App(name="officers", help="人员")


class NotInOrder(Refusal):
    """A programme file or one of its examples is not as it should be."""


def _book() -> ProgrammeBook:
    return load_programmes(settings().programmes)


def _sheet(sheet: policy.Sheet, *, as_json: bool) -> None:
    show(sheet.title, sheet.columns, sheet.rows, as_json=as_json)


@app.command(name="list")
def list_all(*, json: Json = False) -> None:
    """列出全部事项。"""
    sheet = policy.list_programmes(_book(), date.today())  # noqa: DTZ011 - the visitor's own day
    if json:
        _sheet(sheet, as_json=True)
        return
    # Lines, not a table: codes are copied from here, and a table would break them on a narrow screen.
    for code, title, kind, version, state, content, _ in sheet.rows:
        say(f"{code}　{version} 版　{title}（{kind}，{state}，{content}）")


@app.command(name="show")
def show_one(
    code: str, *, version: str = "", json: Json = False, diagram: Annotated[bool, Parameter(negative="")] = False
) -> None:
    """查看一个事项的条件、材料、金额和环节。

    Parameters
    ----------
    code
        事项代码，如 anqing/living-subsidy。
    version
        版本（生效日期），缺省为最新。
    json
        以 JSON 输出。
    diagram
        把办理环节画成 SVG，写到标准输出。
    """
    if diagram:
        book = _book()
        home = book.office_of.get(code)
        sys.stdout.write(draw_chain(book.get(code, version or None), book.office(home) if home else None))
        return
    book = _book()
    home = book.office_of.get(code)
    for sheet in policy.show_programme(book.get(code, version or None), book.office(home) if home else None):
        _sheet(sheet, as_json=json)


@app.command(name="facts")
def list_facts(word: str = "", *, programme: str = "", json: Json = False) -> None:
    """列出规则可以使用的项目：键、名称、类型、选项。

    Parameters
    ----------
    word
        只列键或名称里有这个词的。
    programme
        连同这个事项自己的项目。
    json
        以 JSON 输出。
    """
    words = _book().get(programme).vocabulary if programme else FIELDS
    _sheet(policy.list_facts(words, word), as_json=json)


@app.command
def check(path: Path | None = None) -> None:
    """检查事项文件；有错时逐条指出文件、行、项目和应有的内容，退出码 1。

    Parameters
    ----------
    path
        一个项目文件或一个目录；缺省检查本局正在使用的全部文件。
    """
    where = path or settings().programmes
    if where.is_file():
        report = _check_file(where)
    elif where.is_dir():
        report = policy.check_folder(where)
    else:
        raise NotInOrder(f"没有这个文件或目录：{where}")
    if not report.passed:
        raise NotInOrder("\n".join(str(fault) for fault in report.faults))
    if report.files == 0:
        raise NotInOrder(f"目录 {where} 里没有项目文件（*.yaml）")
    say(f"已检查 {report.files} 个文件，没有错误。")


def _check_file(path: Path) -> policy.CheckReport:
    """Check one file as it would stand in force, with its own examples."""
    try:
        programme = load_candidate(_book(), path)
    except ProgrammeError as error:
        return policy.CheckReport(1, error.faults)
    return policy.check_examples(programme, path, policy.calendar_of(settings().programmes))


@app.command
def test(code: str = "") -> None:  # noqa: PT028 - the command is called test; it is none
    """运行事项文件自带的算例；有不符时退出码 1。"""
    results = policy.examples_of(_book(), code or None, policy.calendar_of(settings().programmes))
    wrong = [result for result in results if not result.passed]
    if wrong:
        raise NotInOrder("\n".join(str(result) for result in wrong))
    say(f"{len(results)} 个算例全部相符。")


@app.command
def diff(before: str, after: str, *, json: Json = False) -> None:
    """用文字说明两个事项（或一个事项的两个版本、一个改过的文件）有什么不同。

    Parameters
    ----------
    before
        事项代码、代码@版本（如 anqing/living-subsidy@2024-01-01），或项目文件。
    after
        同上。
    json
        以 JSON 输出。
    """
    book = _book()
    lines = comparing.diff(named(book, before), named(book, after))
    if json:
        print_json(list(lines))
        return
    for line in lines or ("没有不同。",):
        say(line)


def named(book: ProgrammeBook, text: str) -> Programme:
    """The programme that a person named: a file, `code@version`, or a code, whose newest version it is."""
    path = Path(text)
    if path.suffix in {".yaml", ".yml"}:
        return load_candidate(book, path)
    code, _, version = text.partition("@")
    return book.get(code, version or None)


def load_candidate(book: ProgrammeBook, path: Path) -> Programme:
    """A changed file that is not in force; its units are checked where its office is known."""
    if not path.is_file():
        raise UnknownProgrammeError(f"没有文件 {path}")
    programme = load_programme(path)
    office = book.office(programme.code) if programme.code in book.office_of else None
    return load_programme(path, office)


@app.command
def schema(*, out_file: Annotated[Path | None, Parameter(name="--out")] = None) -> None:
    """给出项目文件的 JSON Schema，供编辑器边写边提示；--out 写入文件。"""
    if out_file is None:
        sys.stdout.write(schema_text())
        return
    out_file.write_text(schema_text(), encoding="utf-8")
    say(f"已写入 {out_file}")


@app.command
def form(code: str, *, out_file: Annotated[Path, Parameter(name="--out")], version: str = "") -> None:
    """生成一个事项的空白表（可直接填写的 PDF）。

    Parameters
    ----------
    code
        事项代码。
    out_file
        写入的 PDF 文件。
    version
        版本（生效日期），缺省为最新。
    """
    out_file.write_bytes(blank_form(_book().get(code, version or None)))
    say(f"已写入 {out_file}")


@app.command
def pages(*, out_folder: Annotated[Path, Parameter(name="--out")], examples: bool = False) -> None:
    """为每个事项生成申报指南网页和空白表，可直接放到网站上。

    Parameters
    ----------
    out_folder
        写入的文件夹。
    examples
        连同其他城市的范例一并生成。
    """
    book, today = _book(), date.today()  # noqa: DTZ011 - the visitor's own day
    out_folder.mkdir(parents=True, exist_ok=True)
    guides = []
    for code in book.codes():
        programme = book.in_force(code, today)
        home = book.office_of.get(code)
        if programme is None or not (home or examples):
            continue
        guide = guide_of(programme, book.office(code) if home else None)
        guides.append(guide)
        (out_folder / f"{file_name(programme)}.html").write_text(render_guide(guide), encoding="utf-8")
        (out_folder / guide.form_file).write_bytes(blank_form(programme))
    (out_folder / "index.html").write_text(render_index(guides, "申报指南"), encoding="utf-8")
    say(f"已为 {len(guides)} 个事项生成网页和空白表：{out_folder / 'index.html'}")


def day_of(text: str) -> date | None:
    """A day that a person typed; None for nothing."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise SettingsError(f"“{text}”不是日期，应写作 2026-01-31") from error


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
    today = date.today()  # noqa: DTZ011 - the visitor's own day
    chosen, case = _book().get(programme), policy.read_case(facts)
    result = policy.assess_case(chosen, case, day_of(on), today)
    strange = policy.unknown_facts(chosen, case)
    if json:
        print_json({**policy.assessment_data(result, chosen.payee.kind), "unknown_facts": list(strange)})
        return
    for told in strange:
        say(told)
    for finding in result.findings:
        say(finding.explanation)
    for item in result.missing:
        say(f"缺：{item.text}")
    eligible = {"yes": "符合", "no": "拟不符合，须人工确认", "person": "须人工判断"}[result.eligible]
    say(f"结论：{eligible}" + (f"；另有 {len(result.missing)} 项须一次告知补正" if result.missing else ""))
    say(f"金额：{result.amount_text}")
    if result.borne:
        say(f"分担：{borne_words(result.borne)}")
    for part in result.schedule:
        again = "，发放前复核" if part.recheck else ""
        say(f"第 {part.n}/{part.of} 期：{part.amount.yuan_text}元，{part.due} 起{again}")


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


@officers.command
def substitute(officer: str, by: str, *, first: date, last: date, why: str = "", on_word_of: str = "") -> None:
    """设定代理：在起止日期内（含首尾）由 BY 代 OFFICER 办理；记录中写明“BY 代 OFFICER”。

    Parameters
    ----------
    officer
        被代理人编号。
    by
        代理人编号。
    first
        开始日期，如 2026-12-01。
    last
        结束日期。
    why
        原因，如 休假。
    on_word_of
        由谁设定，缺省为本人。
    """
    appoint_substitute(bureau(), Substitution(officer, by, first, last, why), on_word_of or officer)
    say(f"{first} 至 {last} 由 {by} 代 {officer} 办理。")


@officers.command(name="end-substitute")
def end_substitute(officer: str, *, on_word_of: str = "") -> None:
    """结束代理：今日起由本人办理；已办的不变。

    Parameters
    ----------
    officer
        被代理人编号。
    on_word_of
        由谁决定，缺省为本人。
    """
    last = end_substitution(bureau(), officer, on_word_of or officer)
    say(f"{officer} 的代理已结束，最后一日为 {last}。")


@officers.command(name="hand-over")
def hand_over(leaver: str, successor: str, *, why: str, on_word_of: str = "") -> None:
    """离职转办：把一个人的全部未办待办移交给另一人；可以重复运行。

    Parameters
    ----------
    leaver
        离职人员编号。
    successor
        接办人员编号。
    why
        原因。
    on_word_of
        由谁决定，缺省为本人。
    """
    moved = hand_over_all(bureau(), leaver, successor, on_word_of or leaver, why)
    for fault in moved.faults:
        say(fault)
    say(f"已移交 {len(moved.cases)} 件。")
    if moved.faults:
        raise NotInOrder(f"{len(moved.faults)} 件没有移交，见上。")
