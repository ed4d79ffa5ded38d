"""`jucai cases`: look at cases from the command line, and take decisions over that were made elsewhere."""

import sys
from collections import Counter
from pathlib import Path

from cyclopts import App
from sqlmodel import col, select

from jucai.approval.labels import EVENT_LABELS, PHASE_LABELS
from jucai.approval.state import Phase
from jucai.casework.importing import Fate, import_decisions, read_decisions
from jucai.commands.common import Json, bureau, print_json, say, show
from jucai.store.cases import case_history, case_row, load_state
from jucai.store.database import reading
from models.cases import Case, CaseEvent

app = App(name="cases", help="办件：列出、查看、导出")


@app.command(name="list")
def list_cases(*, phase: str = "", json: Json = False) -> None:
    """列出办件。

    Parameters
    ----------
    phase
        只列出某一状态：verifying、correcting、in_stages、publicity、paying、completed、refused、withdrawn、stopped。
    json
        以 JSON 输出。
    """
    office = bureau()
    query = select(Case).order_by(col(Case.number))
    if phase:
        query = query.where(Case.phase == Phase(phase))
    with reading(office.engine) as session:
        found = session.exec(query).all()
    rows = [
        (
            case.number,
            office.programmes.get(case.programme, case.version).short_title,
            PHASE_LABELS[Phase(case.phase)],
            case.stage,
            case.unit,
            f"{case.opened_at:%Y-%m-%d}",
        )
        for case in found
    ]
    show("办件", ("编号", "事项", "状态", "环节", "所属", "收件"), rows, as_json=json)


@app.command(name="show")
def show_case(number: str, *, json: Json = False) -> None:
    """查看一件的经过：何时、何人、做了什么。"""
    office = bureau()
    with reading(office.engine) as session:
        state = load_state(session, number)
        history = case_history(session, number)
    rows = [
        (f"{one.at:%Y-%m-%d %H:%M}", one.actor.who, one.actor.role, EVENT_LABELS[type(one.event)]) for one in history
    ]
    if not json:
        say(f"{number}　{PHASE_LABELS[state.phase]}　{state.stage}")
    show("经过", ("时间", "何人", "身份", "经过"), rows, as_json=json)


@app.command
def export(number: str) -> None:
    """以 JSON 导出一件的全部事件及其链值，供存档或核对。"""
    with reading(bureau().engine) as session:
        case = case_row(session, number)
        rows = session.exec(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(col(CaseEvent.seq))).all()
        events = [row.model_dump(mode="json", exclude={"id", "case_id"}) for row in rows]
    print_json({"number": number, "programme": case.programme, "version": case.version, "events": events})


_FATES = {Fate.IMPORTED: "补录", Fate.KNOWN: "已有", Fate.REFUSED: "未办"}


@app.command
def import_decision(file: Path, *, by: str, apply: bool = False, json: Json = False) -> None:
    """补录决定：把纸面上或其他系统中已作出的决定，按表格逐行记入办件；默认只试算，不写入。

    有一行未能办理，退出码为 1；其余各行照办。重复执行时，已补录的不再办理。

    Parameters
    ----------
    file
        表格（csv、xlsx 或 json）。列：编号、待办（或环节）、结论（同意、退回、不同意、弃权）、意见、
        办理人（编号或姓名）、日期。
    by
        由谁补录（人员编号）；办理人须有权办理该待办。
    apply
        写入；不写时只试算。
    json
        以 JSON 输出。
    """
    found = import_decisions(bureau(), read_decisions(file), by, apply=apply)
    rows = [(f"{one.place}", one.number, _FATES[one.fate], one.told) for one in found]
    show("补录决定" if apply else "补录决定（试算，未写入）", ("行", "编号", "结果", "说明"), rows, as_json=json)
    count = Counter(one.fate for one in found)
    if not json:
        told = "，".join(f"{word} {count[fate]} 行" for fate, word in _FATES.items())
        say(told if apply else f"{told}。核对后加 --apply 写入。")
    if count[Fate.REFUSED]:
        sys.exit(1)
