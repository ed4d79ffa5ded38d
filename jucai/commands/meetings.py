"""`jucai meetings`: convene, print the agenda, record the minutes."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from cyclopts import App
from sqlmodel import col, select

from jucai.approval.refusals import BadCommand
from jucai.approval.state import Verdict
from jucai.casework.writing.office_mails import agenda_mail
from jucai.commands.common import Json, bureau, say, show, split
from jucai.notices.agenda import agenda_paper
from jucai.store.database import reading
from jucai.store.meetings import Ruling, convene, record_minutes, told_of_convening
from jucai.store.waiting import for_a_meeting
from models.cases import Meeting

app = App(name="meetings", help="会议：召集、议程、纪要")


@app.command(name="list")
def list_meetings(*, json: Json = False) -> None:
    """列出会议。"""
    with reading(bureau().engine) as session:
        rows = [
            (one.title, f"{one.held_on}", one.place, f"{one.closed_at:%Y-%m-%d}" if one.closed_at else "")
            for one in session.exec(select(Meeting).order_by(col(Meeting.held_on), col(Meeting.id)))
        ]
    show("会议", ("名称", "日期", "地点", "纪要"), rows, as_json=json)


@app.command
def waiting(*, json: Json = False) -> None:
    """列出等待上会的办件。"""
    office = bureau()
    with reading(office.engine) as session:
        rows = [
            (
                one.case.number,
                office.programmes.get(one.case.programme, one.case.version).short_title,
                one.case.applicant,
                one.case.employer,
            )
            for one in for_a_meeting(session, office)
        ]
    show("等待上会", ("编号", "事项", "申请人", "单位"), rows, as_json=json)


@app.command(name="convene")
def convene_meeting(title: str, numbers: str, *, held_on: date, place: str, by: str, invited: str = "") -> None:
    """召集会议：把办件列入议题，议程（含 PDF）发给参会人员。

    Parameters
    ----------
    title
        会议名称，同一名称只能用一次。
    numbers
        办件编号，之间用逗号隔开；all 为全部等待上会的。
    held_on
        日期，如 2026-12-01。
    place
        地点。
    by
        会议秘书或负责人编号。
    invited
        参会人员编号，之间用逗号隔开。
    """
    office = bureau()
    chosen = split(numbers)
    if chosen == ["all"]:
        with reading(office.engine) as session:
            chosen = [one.case.number for one in for_a_meeting(session, office)]
    guests = split(invited)
    convene(office, title, held_on, place, chosen, by, guests)
    say(told_of_convening(title, len(chosen), len(guests)))


@app.command
def agenda(title: str, *, out: Path) -> None:
    """把议程排成 PDF。

    Parameters
    ----------
    title
        会议名称。
    out
        写到哪个文件。
    """
    office = bureau()
    with reading(office.engine) as session:
        if session.exec(select(Meeting.id).where(Meeting.title == title)).first() is None:
            raise BadCommand("打印议程", f"没有会议“{title}”")
        paper = agenda_paper(agenda_mail(session, office, {"meeting": title}))
    out.write_bytes(paper)
    say(f"已写入 {out}。")


@app.command
def minutes(title: str, file: Path, *, by: str) -> None:
    """记录纪要：各项议题按纪要办理，未写的转下次会议；有一项不合规定的，全部不办。

    文件为 JSON：{"present": ["人员编号"], "text": "纪要全文", "rulings": {"办件编号": {"outcome": "approve",
    "text": "同意", "recused": []}}}；outcome 为 approve（同意）、reject（不同意）或 return（退回）。

    Parameters
    ----------
    title
        会议名称。
    file
        纪要文件。
    by
        会议秘书或负责人编号。
    """
    try:
        said: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        rulings = {str(number): _ruling(one) for number, one in said["rulings"].items()}
        present, text = [str(who) for who in said["present"]], str(said.get("text", ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadCommand("记录纪要", f"文件 {file.name} 不能使用：{error}") from error
    done = record_minutes(bureau(), title, rulings, present, text, by)
    say(f"已按纪要办理 {len(rulings)} 项，转下次会议 {len(done) - len(rulings)} 项。")


def _ruling(said: dict[str, Any]) -> Ruling:
    recused = tuple(str(who) for who in said.get("recused", ()))
    return Ruling(Verdict(said["outcome"]), str(said["text"]), recused, str(said.get("return_to", "")))
