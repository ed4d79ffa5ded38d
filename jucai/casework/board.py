"""The administrators' board: what waits on whom, what is overdue, what failed; case numbers only."""

from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from jucai.approval.labels import LETTER_OUTCOME_LABELS, OUTBOX_STATE_LABELS, PHASE_LABELS
from jucai.approval.state import Phase, TaskStatus
from jucai.notices.mail_kinds import MailKind
from jucai.policy import UnknownProgrammeError
from jucai.policy.book import OFFICE_FILE
from jucai.store.bureau import Bureau
from jucai.store.database import reading
from models.cases import Case, Task
from models.effects import OutboxMail, OutboxState, ReturnedAddress
from models.letters import Document, DocumentState, Letter, LetterOutcome, LetterState

_MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class BoardTable:
    """One table of the board: a stable key ([a-z0-9-]), a Chinese title, column heads and rows of text."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def board_tables(bureau: Bureau) -> tuple[BoardTable, ...]:
    """All tables of the board. Nothing personal stands in them: no names, addresses, subjects or file names."""
    with reading(bureau.engine) as session:
        return (
            _rules(session, bureau),
            _cases(session, bureau),
            _tasks(session, bureau),
            _elsewhere(session, bureau),
            _letters(session),
            _mails(session),
            _addresses(session),
            _unsure(session),
        )


def _rules(session: Session, bureau: Bureau) -> BoardTable:  # noqa: ARG001 - one signature for all tables
    """What is wrong with the programme files as they lie there now; the office goes on with the last good ones."""
    rows = tuple(
        # What is said about the office's own file may hold names and addresses of officers.
        (one.file, str(one.line), one.key, "见 jucai doctor" if one.file.endswith(OFFICE_FILE) else one.message)
        for one in bureau.refused[:_MOST_ROWS]
    )
    title = "事项文件：改动有错，没有启用，仍按上一次正确的文件办理" if rows else "事项文件：已启用，没有错误"
    return BoardTable("board-rules", title, ("文件", "行", "项目", "应怎样改"), rows)


def _cases(session: Session, bureau: Bureau) -> BoardTable:
    counted = session.execute(
        sa.select(col(Case.programme), col(Case.version), col(Case.phase), col(Case.stage), func.count())
        .group_by(col(Case.programme), col(Case.version), col(Case.phase), col(Case.stage))
        .order_by(col(Case.programme), col(Case.phase))
    ).all()
    rows = []
    for code, version, phase, stage, count in counted:
        try:
            programme = bureau.programmes.get(code, version)
        except UnknownProgrammeError:  # a file was lost by hand: the board is where that has to be seen
            rows.append((f"{code}（缺 {version} 版文件）", PHASE_LABELS[Phase(phase)], stage, str(count)))
            continue
        found = programme.stage(stage) if stage else None
        where = found.title if found and phase in {Phase.IN_STAGES, Phase.PUBLICITY, Phase.PAYING} else ""
        rows.append((programme.short_title, PHASE_LABELS[Phase(phase)], where, str(count)))
    return BoardTable("board-cases", "办件看板：事项与环节", ("事项", "状态", "环节", "件数"), tuple(rows))


def _tasks(session: Session, bureau: Bureau) -> BoardTable:
    today = bureau.clock.now().date()
    waiting: Counter[tuple[str, str]] = Counter()
    overdue: Counter[tuple[str, str]] = Counter()
    oldest: dict[tuple[str, str], str] = {}
    for task, number in session.exec(
        select(Task, Case.number)
        .join(Case, col(Case.id) == col(Task.case_id))
        .where(Task.status == TaskStatus.OPEN)
        .order_by(col(Task.opened_at))
    ):
        key = (bureau.office.unit(task.unit).title, task.stage or "核验")
        waiting[key] += 1
        overdue[key] += task.due_on is not None and task.due_on < today
        oldest.setdefault(key, f"{number}（{task.opened_at:%m-%d}）")
    rows = tuple((*key, str(count), str(overdue[key]), oldest[key]) for key, count in waiting.most_common())
    return BoardTable("board-waiting", "等待办理：单位与环节", ("单位", "环节", "待办", "超期", "等得最久"), rows)


def _elsewhere(session: Session, bureau: Bureau) -> BoardTable:
    """Tasks that went to somebody other than the unit named: nobody could be found, or they are late."""
    rows = session.exec(
        select(Task, Case.number)
        .join(Case, col(Case.id) == col(Task.case_id))
        .where(Task.status == TaskStatus.OPEN, Task.unit == bureau.office.head_unit, Task.note != "")
        .order_by(col(Task.opened_at))
        .limit(_MOST_ROWS)
    )
    shown = tuple((number, task.stage or "核验", f"{task.opened_at:%m-%d}") for task, number in rows)
    return BoardTable("board-elsewhere", "找不到办理人、转本局办理", ("编号", "环节", "转来"), shown)


def _letters(session: Session) -> BoardTable:
    parked = session.exec(
        select(Letter).where(Letter.state == LetterState.PARKED).order_by(col(Letter.id).desc()).limit(_MOST_ROWS)
    )
    rows = tuple(
        (
            str(letter.id),
            f"{letter.received_at:%Y-%m-%d %H:%M}",
            LETTER_OUTCOME_LABELS[LetterOutcome(letter.outcome)] if letter.outcome else "",
            str(letter.attempts),
        )
        for letter in parked
    )
    return BoardTable("board-letters", "待人工处理的来信", ("来信编号", "收到时间", "原因", "已试次数"), rows)


def _mails(session: Session) -> BoardTable:
    trouble = [OutboxState.REFUSED, OutboxState.UNKNOWN, OutboxState.RETURNED, OutboxState.DEFERRED]
    mails = session.exec(
        select(OutboxMail)
        .where(col(OutboxMail.state).in_(trouble))
        .order_by(col(OutboxMail.id).desc())
        .limit(_MOST_ROWS)
    )
    rows = tuple(
        (str(mail.id), MailKind(mail.kind).label, OUTBOX_STATE_LABELS[OutboxState(mail.state)], str(mail.attempts))
        for mail in mails
    )
    return BoardTable("board-mails", "未送达的邮件", ("邮件编号", "种类", "状态", "已试次数"), rows)


def _addresses(session: Session) -> BoardTable:
    """Cases whose applicant or officer can no longer be reached by mail; somebody should telephone."""
    found = session.exec(
        select(ReturnedAddress, Case.number)
        .join(OutboxMail, col(OutboxMail.id) == col(ReturnedAddress.mail_id))
        .outerjoin(Case, col(Case.id) == col(OutboxMail.case_id))
        .order_by(col(ReturnedAddress.last_at).desc())
        .limit(_MOST_ROWS)
    )
    rows = tuple(
        (number or f"邮件 {one.mail_id}", str(one.times), f"{one.last_at:%Y-%m-%d %H:%M}") for one, number in found
    )
    return BoardTable("board-addresses", "邮件送不到的办件", ("办件", "退信次数", "最近一次"), rows)


def _unsure(session: Session) -> BoardTable:
    cases = session.exec(
        select(Case).where(Case.phase == Phase.VERIFYING).order_by(col(Case.opened_at)).limit(_MOST_ROWS)
    )
    rows = [
        (case.number, str(len(case.state.get("to_verify", []))), f"{case.opened_at:%Y-%m-%d %H:%M}") for case in cases
    ]
    scans = session.exec(
        select(func.count()).select_from(Document).where(Document.state == DocumentState.SCAN_WAITING)
    ).one()
    if scans:
        rows.append(("扫描件待识别", str(scans), ""))
    return BoardTable("board-unsure", "待核验的读取结果", ("编号", "待核验项", "收件时间"), tuple(rows))
