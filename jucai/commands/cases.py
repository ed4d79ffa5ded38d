"""`jucai cases`: look at cases from the command line."""

from cyclopts import App
from sqlmodel import col, select

from jucai.approval.labels import EVENT_LABELS, PHASE_LABELS
from jucai.approval.state import Phase
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
