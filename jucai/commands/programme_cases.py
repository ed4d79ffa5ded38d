"""`jucai programmes replay | queue | repayment | level`: what the rules mean for cases that are there."""

import json as json_
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from jucai.approval.commands import ChangeLevel
from jucai.approval.events import Actor
from jucai.approval.levels import relevel
from jucai.approval.owed import owed
from jucai.commands import moving
from jucai.commands.common import Json, bureau, print_json, say, settings, show
from jucai.commands.programmes import app, day_of, load_candidate
from jucai.policy import (
    Money,
    ProgrammeBook,
    UnknownProgrammeError,
    load_programmes,
)
from jucai.policy import commands as policy
from jucai.policy.comparing import Changed, replay
from jucai.policy.repaying import Cause
from jucai.settings import SettingsError
from jucai.store.cases import execute, load_state
from jucai.store.database import reading
from jucai.store.past_cases import count_cases, past_cases
from jucai.store.queueing import committed, queue_of

_SHOWN = 50
__all__ = ["app", "moving"]  # the command with all its parts


@app.command(name="replay")
def replay_cases(code: str, *, version: Path, cases: Path | None = None, json: Json = False) -> None:
    """用改过的项目文件重算以往的办件：哪些结果会不同，为什么。不改动任何办件。

    Parameters
    ----------
    code
        事项代码。
    version
        改过的项目文件（不必放进项目文件夹）。
    cases
        不用数据库中的办件，改用文件：每行一件 {number, version, on, facts, documents, history}。
    json
        以 JSON 输出全部有变化的办件。
    """
    chosen = load_programmes(settings().programmes)
    versions = {one.version: one for one in chosen.versions(chosen.get(code).code)}
    after = load_candidate(chosen, version)
    if after.code != code:
        raise UnknownProgrammeError(f"文件 {version.name} 写的是“{after.code}”，不是“{code}”")
    changed, total = [], 0
    with _past(chosen, code, cases) as (number, found), _progress(number) as progress:
        task = progress.add_task("replay", total=number)
        for answer in replay(versions, after, found):
            total += 1
            changed += [answer] if answer else []
            progress.advance(task)
    if json:
        print_json({"cases": total, "changed": [_changed_data(one) for one in changed]})
        return
    for one in changed[:_SHOWN]:
        say(f"{one.number}：{'；'.join(one.why)}")
    more = f"，以上列出前 {_SHOWN} 件，全部见 --json" if len(changed) > _SHOWN else ""
    say(f"共重算 {total} 件，{len(changed)} 件的结果会不同{more}。")


Versioned = Iterator[tuple[str, policy.Case]]


@contextmanager
def _past(book: ProgrammeBook, code: str, file: Path | None) -> Iterator[tuple[int, Versioned]]:
    """The past cases and how many there are, from the database or from a file."""
    if file is not None:
        cases = list(_from_file(book, code, file))
        yield len(cases), iter(cases)
        return
    office = bureau()
    with reading(office.engine) as session:
        yield count_cases(session, code), past_cases(session, office, code)


def _from_file(book: ProgrammeBook, code: str, file: Path) -> Versioned:
    newest = book.get(code).version
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise policy.FactsFileError(f"文件 {file.name} 不能使用：{error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            raw = json_.loads(line)
            version = str(raw.get("version") or newest)
            yield book.get(code, version).version, policy.case_of(raw)
        except (ValueError, TypeError, AttributeError) as error:
            raise policy.FactsFileError(f"文件 {file.name} 第 {number} 行不能使用：{error}") from error


def _progress(total: int) -> Progress:
    # On the other stream, so that what is printed can be piped.
    return Progress(
        TextColumn("重算"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=total == 0,
    )


def _changed_data(one: Changed) -> dict[str, object]:
    sides = {
        name: {"eligible": side.eligible, "amount": str(side.amount.yuan) if side.amount is not None else None}
        for name, side in (("before", one.before), ("after", one.after))
    }
    return {"number": one.number, **sides, "why": list(one.why)}


@app.command
def queue(*, json: Json = False) -> None:
    """年度预算用到哪里，谁在轮候、排第几、为什么。"""
    office = bureau()
    today = office.clock.now().date()
    with reading(office.engine) as session:
        rows = [
            (one.case.number, str(one.part.number), Money(one.part.amount_fen).yuan_text, str(one.place.position),
             one.place.why)
            for one in queue_of(session, office, today)
        ]  # fmt: skip
        for code in office.programmes.codes():
            programme = office.programmes.in_force(code, today)
            if programme and programme.budget and code in office.programmes.office_of and not json:
                used = committed(session, code, today.year)
                whole = programme.budget.yuan
                say(
                    f"{programme.title}：{today.year}年预算 {whole.yuan_text} 元，已列入清单 {used.yuan_text} 元，"
                    f"尚余 {(whole - used).yuan_text} 元"
                )
    show("轮候", ("编号", "期", "金额（元）", "位次", "说明"), rows, as_json=json)


@app.command(name="repayment")
def compute_repayment(
    number: str, *, cause: Cause = Cause.LEAVING, left: str, told: str = "", json: Json = False
) -> None:
    """计算一件应退还多少、何时以前、由谁退还。只计算，不作决定。

    Parameters
    ----------
    number
        办件编号。
    cause
        leaving 提前离开、change 条件变化、fraud 弄虚作假。
    left
        离开（变化、认定）的日期。
    told
        退还通知的日期，缺省同 left。
    json
        以 JSON 输出。
    """
    office = bureau()
    with reading(office.engine) as session:
        state = load_state(session, number)
    programme = office.programmes.get(state.programme, state.version)
    day = day_of(left)
    assert day is not None, "the command asks for the day"
    found = owed(state, programme, cause, day, office.calendar, day_of(told))
    if json:
        print_json(
            {
                "number": number,
                "rule": found.rule.code,
                "amount": str(found.amount.yuan),
                "amount_upper": found.amount.upper_text,
                "due": found.due.isoformat() if found.due else None,
                "provisional": found.provisional,
                "barred_until": found.barred_until.isoformat() if found.barred_until else None,
                "by": list(found.rule.by),
                "explanation": found.explanation,
            }
        )
        return
    say(found.explanation + ("（期限暂定）" if found.provisional else ""))


@app.command(name="level")
def change_level(
    number: str,
    *,
    on: str,
    set_values: Annotated[tuple[str, ...], Parameter(name="--set", negative="")] = (),
    apply: bool = False,
    on_word_of: str = "",
    why: str = "",
    json: Json = False,
) -> None:
    """人才层次变更：按新的层次算出以后各期的金额；缺省只试算，加 --apply 执行。

    Parameters
    ----------
    number
        办件编号。
    on
        层次变更的日期，如 2026-05-10。
    set_values
        变更后的内容，写作 键=值，如 --set talent_category=B类；可以写几次。
    apply
        真的变更；须写明 --on-word-of（局负责人编号）和 --why（理由，如认定文号）。
    on_word_of
        由谁决定。
    why
        理由。
    json
        以 JSON 输出。
    """
    office = bureau()
    day = day_of(on)
    assert day is not None, "the command asks for the day"
    values = _assignments(set_values)
    with reading(office.engine) as session:
        state = load_state(session, number)
    found = relevel(state, office.programmes.get(state.programme, state.version), values, day)
    if apply:
        execute(office, number, ChangeLevel(on_word_of, values, day, why), Actor(on_word_of, "局负责人", "", why))
    if json:
        parts = [
            {"n": plan.number, "due": plan.due_on.isoformat(), "before": str(one.before.yuan),
             "after": str(Money(plan.amount_fen).yuan), "why": one.why}
            for plan, one in zip(found.parts, found.revised, strict=True)
        ]  # fmt: skip
        owed = str(Money(found.owed_fen).yuan)
        print_json({"number": number, "applied": apply, "parts": parts, "owed": owed, "explanation": found.explanation})
        return
    say(found.explanation)
    say("已变更，以后各期按新的金额发放。" if apply else "以上为试算，没有改动；加 --apply 执行。")


def _assignments(words: tuple[str, ...]) -> dict[str, str]:
    """`key=value` as typed; the full-width sign is what Chinese keyboards give."""
    values = {}
    for word in words:
        key, sign, value = word.replace("＝", "=", 1).partition("=")
        if not (sign and key.strip() and value.strip()):
            raise SettingsError(f"“{word}”应写作 键=值，如 talent_category=B类")
        values[key.strip()] = value.strip()
    if not values:
        raise SettingsError("请用 --set 写明变更后的内容，如 --set talent_category=B类")
    return values
