"""`jucai cases suspend | resume | extend | terminate | revive | transfer | remind`: what a head orders, by command."""

from jucai.approval import commands as cm
from jucai.approval.events import Actor
from jucai.commands.cases import app
from jucai.commands.common import bureau, say
from jucai.policy.repaying import Cause
from jucai.store.cases import execute


@app.command
def suspend(number: str, *, why: str, by: str) -> None:
    """中止：暂停办理，时限停计，原因告知申请人。

    Parameters
    ----------
    number
        办件编号。
    why
        原因。
    by
        由谁决定（人员编号）。
    """
    _do(number, cm.SuspendCase(by, why), by, "已中止")


@app.command
def resume(number: str, *, why: str, by: str) -> None:
    """恢复：继续办理，重新推算到期日，并告知申请人。

    Parameters
    ----------
    number
        办件编号。
    why
        原因。
    by
        由谁决定（人员编号）。
    """
    _do(number, cm.ResumeCase(by, why), by, "已恢复办理")


@app.command
def extend(number: str, days: int, *, why: str, by: str) -> None:
    """延长办理期限：只能一次，理由和新的到期日告知申请人。

    Parameters
    ----------
    number
        办件编号。
    days
        工作日数。
    why
        理由。
    by
        由谁决定（负责人编号）。
    """
    _do(number, cm.ExtendTerm(by, days, why), by, f"已延长 {days} 个工作日")


@app.command
def terminate(number: str, *, why: str, by: str, ground: Cause | None = None) -> None:
    """终止：不再办理（已在发放的停发），原因告知申请人。

    Parameters
    ----------
    number
        办件编号。
    why
        原因。
    by
        由谁决定（人员编号）。
    ground
        事由：leaving 提前离开、change 条件变化、fraud 弄虚作假（以后几年内申报的规则会查到）；其他原因不写。
    """
    _do(number, cm.TerminateCase(by, why, ground or ""), by, "已终止")


@app.command
def revive(number: str, *, why: str, by: str) -> None:
    """唤醒：重新办理已终结的办件。

    Parameters
    ----------
    number
        办件编号。
    why
        原因。
    by
        由谁决定（负责人编号）。
    """
    _do(number, cm.ReviveCase(by, why), by, "已重新办理")


@app.command
def transfer(number: str, task: str, to: str, *, why: str, by: str) -> None:
    """转办：把一项待办交由他人办理。

    Parameters
    ----------
    number
        办件编号。
    task
        待办代码（见 jucai cases show）。
    to
        接办人编号。
    why
        原因。
    by
        由谁转办（现办理人或负责人编号）。
    """
    _do(number, cm.TransferTask(task, by, to, why), by, f"已转办给 {to}")


@app.command
def remind(number: str, task: str, *, why: str, by: str) -> None:
    """催办：提醒办理人，工作日内每天一次。

    Parameters
    ----------
    number
        办件编号。
    task
        待办代码。
    why
        缘由。
    by
        由谁催办（人员编号）。
    """
    _do(number, cm.RemindTask(task, by, why), by, "已催办")


def _do(number: str, command: cm.Command, by: str, done: str) -> None:
    state = execute(bureau(), number, command, Actor(by, "", "", "命令行办理"))
    counts = state.due_on is not None and not state.closed and not state.standing
    say(f"{number} {done}" + (f"，{state.due_on} 到期。" if counts else "。"))
