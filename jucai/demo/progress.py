"""What the visitor sees while the demo works: counts that move, and who did what."""

from collections import deque
from dataclasses import dataclass

from rich.console import Group
from rich.table import Table
from rich.text import Text
from sqlmodel import Session, col, func, select

from jucai.approval.labels import PHASE_LABELS
from jucai.approval.state import CLOSED, Phase, TaskStatus
from jucai.store.bureau import Bureau
from jucai.store.database import reading
from models.cases import Case, Task
from models.effects import Instalment, OutboxMail, OutboxState, PaymentState
from models.letters import Document, DocumentState, Letter, LetterState


@dataclass(frozen=True, slots=True)
class Standing:
    """How the office stands at this moment."""

    letters: int
    letters_ended: int
    documents_waiting: int
    scans_waiting: int
    phases: dict[str, int]
    tasks_open: frozenset[tuple[str, str]]
    mails_sent: int
    mails_waiting: int
    parts_due: int
    to_publish: int

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return sum(self.phases.values())

    @property
    def calm(self) -> bool:
        """Whether nothing is under way but the reading of scans (people and time apart)."""
        reading = self.letters > self.letters_ended and not self.scans_waiting
        return not (reading or self.documents_waiting or self.mails_waiting or self.to_publish)

    @property
    def quiet(self) -> bool:
        """Whether no flow has anything left to do (people and time apart)."""
        return self.calm and self.letters == self.letters_ended


def standing(bureau: Bureau) -> Standing:
    """Look at the database."""
    with reading(bureau.engine) as session:
        phases = dict(session.exec(select(Case.phase, func.count()).group_by(Case.phase)).all())
        open_tasks = session.exec(
            select(Case.number, Task.code)
            .join(Case, col(Case.id) == col(Task.case_id))
            .where(Task.status == TaskStatus.OPEN)
        ).all()
        return Standing(
            letters=_count(session, Letter),
            letters_ended=_count(session, Letter, col(Letter.state).in_([LetterState.DONE, LetterState.PARKED])),
            documents_waiting=_count(session, Document, Document.state == DocumentState.WAITING),
            scans_waiting=_count(session, Document, Document.state == DocumentState.SCAN_WAITING),
            phases=phases,
            tasks_open=frozenset((number, code) for number, code in open_tasks),
            mails_sent=_count(session, OutboxMail, OutboxMail.state == OutboxState.SENT),
            mails_waiting=_count(
                session,
                OutboxMail,
                col(OutboxMail.state).in_([OutboxState.QUEUED, OutboxState.READY, OutboxState.SENDING]),
            ),
            parts_due=_count(session, Instalment, Instalment.state == PaymentState.DUE),
            to_publish=_count(
                session,
                Case,
                col(Case.next_due_at).is_not(None),
                col(Case.next_due_at) <= bureau.clock.now(),
                col(Case.phase).not_in([phase.value for phase in CLOSED]),
            ),
        )


def _count(session: Session, table: type, *where: object) -> int:
    return int(session.exec(select(func.count()).select_from(table).where(*where)).one())  # type: ignore[arg-type] # clauses


class Screen:
    """The moving picture: one table of counts and the last deeds."""

    def __init__(self) -> None:
        self._deeds: deque[str] = deque(maxlen=8)

    def tell(self, text: str) -> None:
        """Add one line."""
        self._deeds.append(text)

    def draw(self, now: Standing, posted: int, clock: str) -> Group:
        """The picture of this moment."""
        table = Table(title=f"聚才演示　办公室时间 {clock}", title_justify="left", show_header=False, box=None)
        table.add_row("来信", f"寄出 {posted}，收到 {now.letters}，已有结果 {now.letters_ended}")
        table.add_row("文件", f"待读 {now.documents_waiting}，扫描件待识别 {now.scans_waiting}")
        phases = "　".join(f"{PHASE_LABELS[Phase(phase)]} {count}" for phase, count in sorted(now.phases.items()))
        table.add_row("办件", f"{now.cases} 件　{phases}")
        table.add_row("待办", f"{len(now.tasks_open)} 项")
        table.add_row("发出邮件", f"{now.mails_sent} 封，待发 {now.mails_waiting}")
        return Group(table, *(Text(f"  {deed}", style="dim") for deed in self._deeds))
