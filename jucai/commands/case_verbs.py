"""`jucai cases suspend | transfer | add-signer | recall | rank | …`: the verbs of the desk, by command."""

from jucai.approval import commands as cm
from jucai.approval.events import Actor
from jucai.approval.labels import SEAT_LABELS
from jucai.approval.refusals import BadCommand
from jucai.approval.state import Seat
from jucai.approval.tasks import known_officer
from jucai.commands.cases import app
from jucai.commands.common import Json, bureau, say, show, split
from jucai.policy.repaying import Cause
from jucai.store.cases import execute
from jucai.store.database import reading
from jucai.store.meetings import close_ranking
from jucai.store.waiting import rankings_due


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


@app.command
def add_signer(number: str, task: str, signer: str, *, seat: Seat, why: str, by: str) -> None:
    """加签：请他人会同签署。

    Parameters
    ----------
    number
        办件编号。
    task
        待办代码（见 jucai cases show）。
    signer
        加签人编号。
    seat
        before（前加签）、beside（并加签）或 after（后加签）。
    why
        原因。
    by
        由谁加签（现办理人编号）。
    """
    if seat is Seat.UNIT:
        raise BadCommand("加签", "请写明 before（前加签）、beside（并加签）或 after（后加签）")
    _do(number, cm.AddSigner(task, by, signer, seat, why), by, f"已{SEAT_LABELS[seat]}：{signer}")


@app.command
def drop_signer(number: str, task: str, *, why: str, by: str) -> None:
    """减签：撤下自己加签或委派、尚未表态的待办。

    Parameters
    ----------
    number
        办件编号。
    task
        加签或委派的待办代码。
    why
        原因。
    by
        原加签人或委派人编号。
    """
    _do(number, cm.DropSigner(task, by, why), by, "已减签")


@app.command
def delegate(number: str, task: str, to: str, *, why: str, by: str) -> None:
    """委派：先请他人提出意见，再由本人决定。

    Parameters
    ----------
    number
        办件编号。
    task
        待办代码。
    to
        受委派人编号。
    why
        需要其说明什么。
    by
        由谁委派（现办理人编号）。
    """
    _do(number, cm.DelegateTask(task, by, to, why), by, f"已委派给 {to}")


@app.command
def recall(number: str, task: str, *, why: str, by: str) -> None:
    """拿回：在下一人办理之前，收回自己的意见重新办理。

    Parameters
    ----------
    number
        办件编号。
    task
        已办的待办代码。
    why
        原因。
    by
        原办理人编号。
    """
    _do(number, cm.RecallDecision(task, by, why), by, "已拿回")


@app.command
def stand_aside(number: str, task: str, *, why: str, by: str) -> None:
    """回避：声明利害关系，待办转由他人办理。

    Parameters
    ----------
    number
        办件编号。
    task
        待办代码。
    why
        利害关系。
    by
        回避人编号。
    """
    _do(number, cm.StandAside(task, by, why), by, "已回避")


@app.command
def copy(number: str, to: str, *, why: str, by: str) -> None:
    """抄送：请他人阅知，阅后点“已阅”。

    Parameters
    ----------
    number
        办件编号。
    to
        阅知人编号，之间用逗号隔开。
    why
        原因。
    by
        由谁抄送（人员编号）。
    """
    _do(number, cm.CopyCase(by, tuple(split(to)), why), by, "已抄送")


@app.command
def close_voting(number: str, *, why: str, by: str) -> None:
    """结束表决或评审：未表态的按缺席计，到会人数不足的不能结束。

    Parameters
    ----------
    number
        办件编号。
    why
        原因。
    by
        由谁结束（负责人编号）。
    """
    _do(number, cm.CloseVoting(by, why), by, "已结束表决")


@app.command
def rankings(officer: str, *, json: Json = False) -> None:
    """列出等待某人排序的评审（名额择优）。

    Parameters
    ----------
    officer
        人员编号。
    json
        输出 JSON。
    """
    office = bureau()
    known_officer(office.office, officer)
    with reading(office.engine) as session:
        rows = [
            (due.programme, due.stage, f"{due.quota}", one.case.number, f"{one.state.result.mean}")
            for due in rankings_due(session, office, officer)
            for one in due.cases
            if one.state.result is not None
        ]
    show("等待排序", ("事项", "环节", "名额", "编号", "平均分"), rows, as_json=json)


@app.command
def rank(programme: str, stage: str, *, by: str, chosen: str = "") -> None:
    """按评审结果排序：名额以内的继续办理，其余不予通过并告知名次。

    Parameters
    ----------
    programme
        事项代码（见 jucai cases rankings）。
    stage
        环节代码。
    by
        由谁排序（人员编号）。
    chosen
        并列者争最后名额时入选的办件编号，之间用逗号隔开。
    """
    for one in close_ranking(bureau(), programme, stage, by, chosen=split(chosen)):
        say(f"{one.number} 第 {one.place} 名，{'入选' if one.within else '未入选'}：{one.explanation}")


def _do(number: str, command: cm.Command, by: str, done: str) -> None:
    state = execute(bureau(), number, command, Actor(by, "", "", "命令行办理"))
    counts = state.due_on is not None and not state.closed and not state.standing
    say(f"{number} {done}" + (f"，{state.due_on} 到期。" if counts else "。"))
