"""The tables at the end of the demo, and whether all that was expected came about."""

import json
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlmodel import Session, col, func, select

from jucai.approval.labels import LETTER_OUTCOME_LABELS, OUTBOX_STATE_LABELS, PHASE_LABELS
from jucai.approval.state import Phase, state_from_json
from jucai.casework.moving import notice_number
from jucai.demo.additions import ADDED
from jucai.demo.letters import CODES, SampleLetter
from jucai.notices.mail_kinds import MailKind
from jucai.store.bureau import Bureau
from jucai.store.chain import verify_chains
from jucai.store.database import reading
from models.cases import Case
from models.effects import Notice, OutboxMail, OutboxState, PaymentList
from models.letters import Letter, LetterOutcome
from models.money import Money

_BORN_DIGITAL = frozenset({"docx", "chromium", "xlsx", "weasy", "rlttf", "rlcid", "acro"})
_BY_STATUS = {
    "blank": {LetterOutcome.BLANK_FORM},
    "not_a_form": {LetterOutcome.UNKNOWN_FORM},
    "reject": {LetterOutcome.UNREADABLE, LetterOutcome.NO_FORM},
    "merged": {LetterOutcome.CASE_OPENED},
}
_BY_KIND = {
    "auto_reply": {LetterOutcome.AUTO_REPLY},
    "bounce": {LetterOutcome.BOUNCE},
    "spam": {LetterOutcome.SPAM},
    "decision_reply": {LetterOutcome.FOR_PERSON, LetterOutcome.ASKED_BACK},
    "withdrawal": {LetterOutcome.FOR_PERSON, LetterOutcome.STATUS_ANSWERED},
}


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Something that was expected and did not come about."""

    what: str
    found: str


def shortfalls(bureau: Bureau, letters: list[SampleLetter]) -> list[Shortfall]:
    """What did not come about; empty if all is well."""
    wrong: list[Shortfall] = []
    with reading(bureau.engine) as session:
        rows = {row.sender if _is_form(row) else row.message_id: row for row in session.exec(select(Letter))}
        for sample in letters:
            key = sample.sender if sample.form else sample.truth.get("message_id")
            row = rows.get(key if isinstance(key, str) else None)
            if row is None or row.outcome is None:
                wrong.append(Shortfall(sample.name, "没有记录结果"))
                continue
            wrong += _judge(session, sample, row)
        unsent = session.exec(
            select(func.count()).select_from(OutboxMail).where(OutboxMail.state != OutboxState.SENT)
        ).one()
        returned = session.exec(
            select(func.count()).select_from(OutboxMail).where(OutboxMail.state == OutboxState.RETURNED)
        ).one()
        if unsent - returned:
            wrong.append(Shortfall("发件箱", f"{unsent - returned} 封没有发出"))
        report = verify_chains(session)
        if report.broken:
            wrong.append(Shortfall("事件链", "、".join(report.broken)))
    return wrong


def _is_form(row: Letter) -> bool:
    return row.sender.endswith("@applicant.example")


def _judge(session: Session, sample: SampleLetter, row: Letter) -> list[Shortfall]:
    outcome = LetterOutcome(row.outcome or LetterOutcome.FAILED)
    found = f"{LETTER_OUTCOME_LABELS[outcome]}：{row.outcome_text}"
    if outcome is LetterOutcome.FAILED:
        return [Shortfall(sample.name, found)]
    if not sample.form:
        wanted = _BY_KIND.get(str(sample.truth["kind"]))
        return [Shortfall(sample.name, found)] if wanted and outcome not in wanted else []
    status = str(sample.truth.get("status"))
    wanted = _BY_STATUS.get(status)
    if wanted is not None:
        return [] if outcome in wanted else [Shortfall(sample.name, found)]
    added = sample.truth is ADDED
    if not added and sample.truth.get("format") not in _BORN_DIGITAL:
        return []
    case = session.exec(select(Case).where(Case.letter_id == row.id)).first()
    if case is None or (not added and case.form != CODES[str(sample.truth["form"])]):
        return [Shortfall(sample.name, found)]
    stuck = case.phase == Phase.CORRECTING and not case.state.get("missing")
    return [Shortfall(sample.name, f"{case.number} 补正清单为空")] if stuck else []


def show(bureau: Bureau, out: Console) -> None:
    """Print the tables."""
    with reading(bureau.engine) as session:
        out.print(_letters(session))
        out.print(_cases(session, bureau))
        out.print(_documents(session, bureau))
        out.print(_mails(session))


def _letters(session: Session) -> Table:
    table = Table(title="来信与结果", title_justify="left")
    for head in ("编号", "主题", "结果", "说明"):
        table.add_column(head, overflow="fold")
    for row in session.exec(select(Letter).order_by(col(Letter.id))):
        outcome = LETTER_OUTCOME_LABELS[LetterOutcome(row.outcome)] if row.outcome else "—"
        table.add_row(str(row.id), row.subject[:28], outcome, row.outcome_text[:60])
    return table


def _cases(session: Session, bureau: Bureau) -> Table:
    table = Table(title="办件", title_justify="left")
    for head in ("编号", "事项", "状态", "环节", "核定金额（示例）", "已拨付"):
        table.add_column(head, overflow="fold")
    for row in session.exec(select(Case).order_by(col(Case.number))):
        programme = bureau.programmes.get(row.programme, row.version)
        stage = programme.stage(row.stage)
        state = state_from_json(row.full_state)
        paid = sum(part.plan.amount_fen for part in state.parts if part.paid_on)
        table.add_row(
            row.number,
            programme.short_title,
            PHASE_LABELS[Phase(row.phase)],
            stage.title if stage else "",
            Money(row.amount_fen).yuan_text if row.amount_fen is not None else "",
            Money(paid).yuan_text if paid else "",
        )
    return table


def _documents(session: Session, bureau: Bureau) -> Table:
    table = Table(title="文书", title_justify="left")
    for head in ("种类", "份数", "最后一号"):
        table.add_column(head)
    kinds = {
        "accepted": "受理通知书",
        "correction": "补正通知书",
        "publicity": "公示公告",
        "payment": "拨付通知",
        "refused": "不予通过告知书",
        "appointment": "聘书",
    }
    for kind, title in kinds.items():
        notices = session.exec(select(Notice).where(Notice.kind == kind).order_by(col(Notice.id))).all()
        written = [notice for notice in notices if notice.sha256]
        if written:
            table.add_row(title, str(len(written)), notice_number(bureau, written[-1]))
    lists = session.exec(select(PaymentList).order_by(col(PaymentList.id))).all()
    if lists:
        table.add_row("拨付清单", str(len(lists)), lists[-1].number)
    return table


def _mails(session: Session) -> Table:
    table = Table(title="发出的邮件", title_justify="left")
    for head in ("种类", "状态", "封数"):
        table.add_column(head)
    counted = session.exec(
        select(OutboxMail.kind, OutboxMail.state, func.count()).group_by(OutboxMail.kind, OutboxMail.state)
    )
    for kind, state, count in sorted(counted):
        table.add_row(MailKind(kind).label, OUTBOX_STATE_LABELS[OutboxState(state)], str(count))
    return table


def write_json(bureau: Bureau, path: Path, wrong: list[Shortfall]) -> None:
    """Write the same in a form programs read."""
    with reading(bureau.engine) as session:
        letters = [
            {"id": row.id, "message_id": row.message_id, "outcome": row.outcome, "text": row.outcome_text}
            for row in session.exec(select(Letter).order_by(col(Letter.id)))
        ]
        cases = [
            {"number": row.number, "programme": row.programme, "phase": row.phase, "stage": row.stage}
            for row in session.exec(select(Case).order_by(col(Case.number)))
        ]
    found = {"letters": letters, "cases": cases, "shortfalls": [f"{one.what}：{one.found}" for one in wrong]}
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
