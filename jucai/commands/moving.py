"""`jucai programmes move`: open cases over to a new version, first as a dry run."""

import getpass

from sqlmodel import Session, col, select

from jucai.approval.events import Actor
from jucai.approval.refusals import Refusal
from jucai.approval.state import CLOSED, CaseState, state_from_json
from jucai.approval.versions import CannotMove, MoveToVersion, moved
from jucai.commands.common import Json, bureau, print_json, say, show
from jucai.commands.programmes import app
from jucai.policy import Programme
from jucai.policy.commands import Case as PolicyCase
from jucai.policy.comparing import compared
from jucai.store.bureau import Bureau
from jucai.store.cases import execute
from jucai.store.database import reading
from jucai.store.people import benefits_of, who_is
from models.cases import Case


@app.command(name="move")
def move_cases(code: str, *, to: str, numbers: str = "", apply: bool = False, json: Json = False) -> None:
    """把在办件换到新版本：按新版写明的环节对应关系，逐件说明去向和结果变化；缺省只试算。

    已核定金额、开始拨付的按原版本办理到底，不换版。

    Parameters
    ----------
    code
        事项代码。
    to
        新版本（生效日期，如 2027-01-01）。
    numbers
        只换这些办件，编号之间用逗号隔开；缺省为全部在办件。
    apply
        真的换版；不写只试算。
    json
        以 JSON 输出。
    """
    office = bureau()
    new = office.programmes.get(code, to)
    chosen = {one.strip() for one in numbers.split(",") if one.strip()}
    rows: list[tuple[str, str, str, str, str]] = []
    refused = 0
    with reading(office.engine) as session:
        cases = _open_cases(session, code, new.version, chosen)
        planned = [(case.number, *_plan(session, office, case, new)) for case in cases]
    for number, stage, target, why in planned:
        said = why
        if apply and target is not None:
            said = _move(office, number, new.version) or "；".join(filter(None, (why, "已换版")))
        refused += target is None
        rows.append((number, stage, target if target is not None else "（不能换）", said, new.version))
    if json:
        print_json([dict(zip(("number", "stage", "to", "note", "version"), row, strict=True)) for row in rows])
        return
    title = f"{new.title}：换到 {new.version} 版"
    show(title, ("编号", "现环节", "新环节", "说明"), [row[:4] for row in rows], as_json=False)
    done = "已换版" if apply else "可以换版（试算，没有改动；加 --apply 执行）"
    say(f"{len(rows) - refused} 件{done}，{refused} 件不能换。")


def _open_cases(session: Session, code: str, version: str, chosen: set[str]) -> list[Case]:
    query = select(Case).where(
        Case.programme == code, Case.version != version, col(Case.phase).not_in([phase.value for phase in CLOSED])
    )
    found = session.exec(query.order_by(Case.number)).all()
    return [case for case in found if not chosen or case.number in chosen]


def _plan(session: Session, office: Bureau, case: Case, new: Programme) -> tuple[str, str | None, str]:
    """The present stage, the stage to come (None: refused), and what would change or why not."""
    state = state_from_json(case.full_state)
    old = office.programmes.get(case.programme, case.version)
    stage = _title(old, state.stage)
    try:
        event = moved(state, old, new)
    except CannotMove as refusal:
        return stage, None, str(refusal)
    day = state.accepted_on or state.opened_at.date()
    who = who_is(office, state.applicant, state.values())
    history = benefits_of(session, office.programmes, new, who, case.number, day)
    facts = PolicyCase(state.values(), tuple(paper.name for paper in state.papers), history, day, case.number)
    changed = compared(old, new, facts)
    return stage, _title(new, event.stage), "；".join(changed.why) if changed else ""


def _title(programme: Programme, code: str) -> str:
    stage = programme.stage(code) if code else None
    return stage.title if stage else "受理前"


def _move(office: Bureau, number: str, version: str) -> str:
    """Move one case; empty where it went well, else why not."""
    try:
        state: CaseState = execute(
            office, number, MoveToVersion(version), Actor(getpass.getuser(), "管理员", "", "换版")
        )
    except Refusal as refusal:
        return str(refusal)
    return "" if state.version == version else "没有换成"
