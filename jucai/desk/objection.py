"""The letter an objection came in, for the clerk who has to look into it and for nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from jucai.approval.events import ObjectionReceived
from jucai.approval.state import TaskPurpose, TaskState
from jucai.desk.casefile import CaseFile
from models.letters import Document, Letter


@dataclass(frozen=True, slots=True)
class Objection:
    """Who wrote when, under which subject, in which words; `files` are the letter's own attachments."""

    sender: str
    received: datetime
    subject: str
    text: str
    files: Sequence[Document]


def objection_of(session: Session, file: CaseFile, task: TaskState) -> Objection | None:
    """The objection this task looks into; None for every other task (the objector is not told of elsewhere)."""
    if task.purpose is not TaskPurpose.OBJECTION:
        return None
    received = [one.event.letter_id for one in file.history if isinstance(one.event, ObjectionReceived)]
    asked = [one.code for one in file.state.tasks if one.purpose is TaskPurpose.OBJECTION]
    letter = session.get(Letter, received[asked.index(task.code)])
    if letter is None:
        return None
    files = session.exec(select(Document).where(Document.letter_id == letter.id).order_by(col(Document.ordinal))).all()
    return Objection(letter.sender, letter.received_at, letter.subject, letter.body_text, files)
