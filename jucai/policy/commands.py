"""What `jucai programmes …` and `jucai assess` do, as functions that return what is to be printed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jucai.policy.assessment import Assessment, Shared, assess
from jucai.policy.book import ProgrammeBook, load_programmes
from jucai.policy.calendar import WorkCalendar
from jucai.policy.errors import Fault, PolicyError, ProgrammeError
from jucai.policy.examples import ExampleResult, past_benefit, run_examples
from jucai.policy.facts import Facts, flat
from jucai.policy.history import PastBenefit
from jucai.policy.office import Office
from jucai.policy.programme import Programme
from jucai.policy.slips import meant_fact
from jucai.policy.stages import RESOLVERS, USUAL_UNITS
from jucai.policy.telling import (
    award_words,
    budget_words,
    formula_words,
    funding_words,
    level_words,
    paper_words,
    payee_words,
    repayment_words,
    window_words,
)
from jucai.policy.wording import in_words
from models.fields import FieldSpec

CALENDAR_FILE = Path("calendar") / "cn.json"


class FactsFileError(PolicyError):
    """A facts file for `assess` that cannot be used."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to print: title, column headings, rows of text."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What checking a folder found; `faults` empty means it may be put in force."""

    files: int
    faults: tuple[Fault, ...]

    @property
    def passed(self) -> bool:
        """Whether the folder may be put in force."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Case:
    """What an assessment needs to know of one application."""

    facts: dict[str, str]
    documents: tuple[str, ...] = ()
    history: tuple[PastBenefit, ...] = ()
    on: date | None = None
    number: str = ""


def list_programmes(book: ProgrammeBook, on: date) -> Sheet:
    """Every programme with its version in force on that day."""
    rows = []
    for code in book.codes():
        current = book.in_force(code, on)
        newest = current or book.get(code)
        state = "有效" if current else "未生效或已失效"
        home = "" if code in book.office_of else "（范例，不受理）"
        rows.append(
            (
                code,
                newest.title,
                newest.kind.label,
                newest.version,
                state + home,
                "示例" if newest.example else "已公布",
                book.file(newest),
            )
        )
    columns = ("代码", "项目", "类别", "版本", "状态", "内容", "文件")
    return Sheet("项目清单", columns, tuple(rows))


def show_programme(programme: Programme, office: Office | None = None) -> tuple[Sheet, ...]:
    """One programme in words: who, what, documents, rules, stages, sources; with an office its units by name."""
    p = programme
    head = (
        ("代码", p.code),
        ("版本", f"{p.version} 起" + (f"至 {p.valid.to}" if p.valid.to else "")),
        ("说明", p.summary),
        ("对象", p.who),
        ("待遇", p.benefit),
        ("申报时间", window_words(p)),
        ("依据", "；".join(p.article_list)),
        ("内容", "示例，非正式文件" if p.example else "已公布"),
    )
    needs = tuple((" 或 ".join(p.label(key) for key in need.keys), need.standard) for need in p.needs)
    papers = paper_words(p)
    rules = tuple((rule.title, rule.article, rule.failing.label, in_words(rule.test, p.vocabulary)) for rule in p.rules)
    rules += tuple((rule.title, rule.article, rule.failing.label, rule.kind.label) for rule in p.exclusivity)
    rules += tuple((text, "", "", "") for text in formula_words(p))
    money = tuple((award_words(p, award),) for award in p.awards)
    money += tuple((text,) for text in (payee_words(p), *funding_words(p), level_words(p), budget_words(p)) if text)
    money += tuple((repayment_words(rule),) for rule in p.repayment)
    stages = tuple(
        (
            stage.title,
            stage.kind.label,
            "、".join(_unit_title(unit, office) for unit in stage.units_named),
            f"{stage.due_days} 个工作日" if stage.due_days else "",
        )
        for stage in p.active_stages
    )
    sources = tuple((source.grade.label, source.note, source.address or "") for source in p.source)
    return (
        Sheet(p.title, ("项", "内容"), head),
        Sheet("必填项目", ("项目", "要求"), needs),
        Sheet("材料", ("材料", "要求", "说明"), papers),
        Sheet("条件", ("条件", "条款", "不满足时", "规则"), rules),
        Sheet("金额与追回", ("内容",), money),
        Sheet("环节", ("环节", "方式", "单位", "时限"), stages),
        Sheet("来源", ("等级", "内容", "网址"), sources),
    )


def _unit_title(unit: str, office: Office | None) -> str:
    if unit.partition(".")[0] in RESOLVERS:
        return RESOLVERS[unit.partition(".")[0]]
    return office.all_units[unit].title if office and unit in office.all_units else USUAL_UNITS.get(unit, unit)


def check_folder(root: Path) -> CheckReport:
    """Check every file under `root`, with the examples that the files carry."""
    count = sum(1 for _ in root.rglob("*.yaml"))
    try:
        book = load_programmes(root)
    except ProgrammeError as error:
        return CheckReport(count, error.faults)
    return CheckReport(count, example_faults(book, calendar_of(root)))


def check_examples(programme: Programme, path: Path, calendar: WorkCalendar | None) -> CheckReport:
    """Check the examples of one file that is not in force."""
    return CheckReport(1, tuple(_example_faults(programme, path.name, calendar)))


def _example_faults(programme: Programme, file: str, calendar: WorkCalendar | None) -> Iterator[Fault]:
    for result in run_examples(programme, calendar):
        if not result.passed:
            yield Fault(file, 1, f"examples：{result.title}", "；".join(result.differences))


def example_faults(book: ProgrammeBook, calendar: WorkCalendar | None) -> tuple[Fault, ...]:
    """What the files' own examples say against them."""
    return tuple(
        fault for programme in book.programmes for fault in _example_faults(programme, book.file(programme), calendar)
    )


def calendar_of(root: Path) -> WorkCalendar | None:
    """The calendar beside the programmes of a folder; None for a folder without one."""
    path = root / CALENDAR_FILE
    return WorkCalendar.load(path) if path.is_file() else None


def examples_of(
    book: ProgrammeBook, code: str | None = None, calendar: WorkCalendar | None = None
) -> tuple[ExampleResult, ...]:
    """Run the examples of one programme, or of all, in every version."""
    chosen = book.versions(book.get(code).code) if code else book.programmes
    return tuple(result for programme in chosen for result in run_examples(programme, calendar))


def read_case(path: Path) -> Case:
    """Read a facts file: `{facts: {key: value}, documents: […], history: […]}`.

    Raises:
        FactsFileError: not JSON, or not of that shape.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
        return case_of(raw)
    except json.JSONDecodeError as error:
        told = f"第 {error.lineno} 行第 {error.colno} 列不是有效的 JSON；键和文字要用半角双引号，最后一项后面没有逗号"
        raise FactsFileError(f"文件 {path.name} 不能使用：{told}") from error
    except UnicodeDecodeError as error:
        raise FactsFileError(f"文件 {path.name} 不能使用：不是 UTF-8 编码，请另存为 UTF-8") from error
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise FactsFileError(f"文件 {path.name} 不能使用：{error}") from error


def case_of(raw: Any) -> Case:
    """Make a case of JSON data; ValueError or TypeError say what is wrong with it."""
    if not isinstance(raw, dict) or not isinstance(raw.get("facts"), dict):
        raise TypeError("应有 facts（项目: 值）")
    facts = {str(key): _printed(value) for key, value in flat(raw["facts"]).items()}
    documents = raw.get("documents") or []
    if not isinstance(documents, list):
        raise TypeError("documents 应为列表")
    history = tuple(past_benefit(item) for item in raw.get("history") or [])
    on = date.fromisoformat(str(raw["on"])) if raw.get("on") else None
    return Case(facts, tuple(map(str, documents)), history, on, str(raw.get("number", "")))


def unknown_facts(programme: Programme, case: Case) -> tuple[str, ...]:
    """Facts of a file that the programme does not know, with what was meant: a slip must not pass for a blank."""
    strange = [key for key in case.facts if key not in programme.vocabulary]
    return tuple(f"没有叫“{key}”的项目{meant_fact(key, programme.vocabulary)}，未使用" for key in strange)


def list_facts(vocabulary: Mapping[str, FieldSpec], word: str = "") -> Sheet:
    """The facts that rules may name, or those whose key or label holds `word`."""
    rows = tuple(
        (spec.key, spec.label, spec.type.value, "、".join(spec.options) or spec.formula)
        for spec in vocabulary.values()
        if spec.row <= 1 and (word in spec.key or word in spec.label)
    )
    return Sheet("规则可以使用的项目", ("键", "项目", "类型", "选项或算法"), rows)


def _printed(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def assess_case(
    programme: Programme,
    case: Case,
    on: date | None = None,
    today: date | None = None,
    *,
    known: tuple[Assessment, Shared] | None = None,
) -> Assessment:
    """Assess a case on a day: the one asked for, its own, that of the form, or `today`.

    Raises:
        FactsFileError: none of these is known.
    """
    day = on or case.on
    if day is None:
        facts = Facts(case.facts, programme.vocabulary)
        written = facts.value("application_date") if facts.readable("application_date") else None
        day = written if isinstance(written, date) else today
    if day is None:
        raise FactsFileError("没有指明评估日期，表上也没有填表日期；请加 on")
    return assess(programme, case.facts, case.documents, case.history, day, known=known)


def assessment_data(result: Assessment, payee: str = "person") -> dict[str, Any]:
    """An assessment as JSON data: `eligible` is true, false or "person"; amounts in 元 as text."""
    eligible: bool | str = {"yes": True, "no": False}.get(result.eligible, "person")
    return {
        "programme": result.programme,
        "version": result.version,
        "on": result.on.isoformat(),
        "example": result.example,
        "eligible": eligible,
        "findings": [
            {
                "code": finding.code,
                "title": finding.title,
                "article": finding.article,
                "outcome": finding.outcome.value,
                "failing": finding.failing.value,
                "explanation": finding.explanation,
                "advice": finding.advice,
                "used": [{"key": used.key, "value": used.value, "where": used.where} for used in finding.used],
            }
            for finding in result.findings
        ],
        "missing_facts": [_item(item) for item in result.missing if item.kind == "fact"],
        "missing_documents": [_item(item) for item in result.missing if item.kind == "document"],
        "award": result.award,
        "amount": str(result.amount.yuan) if result.amount is not None else None,
        "amount_upper": result.amount.upper_text if result.amount is not None else None,
        "amount_text": result.amount_text,
        "schedule": [
            {
                "n": part.n,
                "of": part.of,
                "after_months": part.after_months,
                "due": part.due.isoformat(),
                "amount": str(part.amount.yuan),
                "recheck": part.recheck,
                "note": part.note,
            }
            for part in result.schedule
        ],
        "payee": payee,
        "borne": [{"payer": part.payer, "amount": str(part.amount.yuan)} for part in result.borne],
        "window": {"open": result.window.open, "batch": result.window.batch, "text": result.window.text},
    }


def _item(item: Any) -> dict[str, str]:
    return {"code": item.code, "title": item.title, "standard": item.standard, "why": item.why}


def show_calendar(calendar: WorkCalendar, year: int) -> Sheet:
    """The official days of one year."""
    published = calendar.year(year)
    if published is None:
        return Sheet(f"{year}年放假安排尚未公布", ("日期", "安排"), ())
    rows = [(day.isoformat(), f"{name}放假") for day, name in published.off.items()]
    rows += [(day.isoformat(), "调休上班") for day in published.work]
    return Sheet(f"{year}年：{published.source}", ("日期", "安排"), tuple(sorted(rows)))
