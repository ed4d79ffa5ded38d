"""`jucai db`, `audit`, `mirror`, `backup`, `clock`, `doctor`: keeping the office in order."""

import sys
from datetime import timedelta

from cyclopts import App
from rich.markup import escape

from jucai.approval.refusals import Refusal
from jucai.commands.common import bureau, say, settings
from jucai.doctor import examine
from jucai.settings import SettingsError
from jucai.store.backup import back_up
from jucai.store.bureau import advance_clock
from jucai.store.chain import verify_chains
from jucai.store.database import reading
from jucai.store.migrations import upgrade as bring_up
from jucai.store.rebuild import rebuild_projections

db = App(name="db", help="数据库")
audit = App(name="audit", help="审计：校验事件链")
clock = App(name="clock", help="演示时钟（仅演示环境）")


class ChainBroken(Refusal):
    """The record of a case is not what was written."""


class ProjectionsDiffer(Refusal):
    """Rows say something else than the events they were made from."""


@db.command
def upgrade() -> None:
    """把数据库升级到当前结构。"""
    say(f"数据库结构：第 {bring_up(settings().database_url)} 版。")


@audit.command
def verify() -> None:
    """校验每一件的事件链；不符时指出编号，退出码 1。"""
    with reading(bureau().engine) as session:
        report = verify_chains(session)
    if report.broken:
        raise ChainBroken(f"事件链校验不符：{'、'.join(report.broken)}")
    say(f"{report.cases} 件，{report.events} 条事件，全部相符。")


@db.command
def rebuild(*, check: bool = False) -> None:
    """由事件重建全部办件的状态、待办与期次（运行中也可以）；`--check` 只比对，不符时退出码 1。"""
    report = rebuild_projections(bureau(), only_check=check)
    told = "、".join(report.differed)
    if check and report.differed:
        raise ProjectionsDiffer(f"{len(report.differed)} 件与事件不符：{told}")
    say(f"已比对 {report.cases} 件，" + (f"重建 {len(report.differed)} 件：{told}" if told else "全部相符。"))


def backup() -> None:
    """立即备份数据库（运行中也可以）。"""
    kept = back_up(bureau())
    say(f"已备份到 {kept.path}（{kept.size // 1024} KiB）。来信和文件在文件库中，请另行复制该目录。")


@clock.command
def advance(by: str) -> None:
    """把演示时钟向前拨，如 5d、12h、30m。"""
    say(f"演示时间现为 {advance_clock(bureau(), _span(by)):%Y-%m-%d %H:%M}")


def _span(text: str) -> timedelta:
    units = {"d": "days", "h": "hours", "m": "minutes"}
    number, unit = text[:-1], text[-1:]
    if not number.isdigit() or unit not in units:
        raise SettingsError(f"“{text}”不是时长，应写作 5d（天）、12h（小时）或 30m（分钟）")
    return timedelta(**{units[unit]: int(number)})


def doctor() -> None:
    """检查设置、数据库、事项文件、邮箱、发信服务器与字体，用一句话说明缺什么；有缺时退出码 1。"""
    findings = examine()
    for finding in findings:
        mark = "[green]✓[/green]" if finding.ok else "[red]✗[/red]"
        say(f"{mark} {escape(finding.what)}：{escape(finding.text)}", markup=True)
    sys.exit(0 if all(finding.ok for finding in findings) else 1)
