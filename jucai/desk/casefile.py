"""One case as the desk needs it: state, history, documents, and the names of everything in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from jucai.approval.events import Happened
from jucai.approval.state import CaseState, TaskState, state_from_json
from jucai.approval.statutory import ClockReading, read_clock
from jucai.desk.names import Names
from jucai.desk.surroundings import Desk
from jucai.policy import WorkCalendar
from jucai.store.cases import case_history, case_row
from jucai.store.queries import documents_of
from models.effects import ReturnedAddress
from models.letters import Document
from models.readings import Application, Box, DocumentReading


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything about one case that a page may show."""

    state: CaseState
    history: Sequence[Happened]
    documents: Sequence[Document]
    names: Names
    part: int  # which application of a file that holds several
    returned: ReturnedAddress | None = None  # the applicant's address, where mail to it came back

    def document(self, document_id: int) -> Document | None:
        """One of the case's own documents, no other case's."""
        return next((document for document in self.documents if document.id == document_id), None)

    def place(self, key: str) -> tuple[Document, int, Box] | None:
        """Where a field was read: document, page and box; None where it was not read from a page."""
        fact = self.state.facts.get(key)
        if fact is None or fact.page is None or fact.bbox is None:
            return None
        for document in reversed(self.documents):
            if any(_same_place(reading, key, fact.page, fact.bbox) for reading in self._readings(document)):
                return document, fact.page, fact.bbox
        return None

    def _readings(self, document: Document) -> Iterator[DocumentReading | Application]:
        if document.reading is None:
            return
        reading = DocumentReading.from_json(document.reading)
        if len(reading.applications) > self.part:
            yield reading.applications[self.part]
        yield reading


def _same_place(reading: DocumentReading | Application, key: str, page: int, box: Box) -> bool:
    read = reading.fields.get(key)
    # Boxes were rounded to a tenth of a point when they were stored.
    return (
        read is not None
        and read.page == page
        and read.bbox is not None
        and all(abs(one - other) < 0.2 for one, other in zip(read.bbox, box, strict=True))  # noqa: PLR2004 - points
    )


def open_file(session: Session, desk: Desk, number: str) -> CaseFile:
    """Take a case from the shelf; `UnknownCase` if there is none of this number."""
    row = case_row(session, number)
    assert row.id is not None
    state = state_from_json(row.full_state)
    bureau = desk.bureau
    return CaseFile(
        state=state,
        history=case_history(session, number),
        documents=documents_of(session, row.id),
        names=Names(bureau.office, bureau.programmes.get(state.programme, state.version)),
        part=row.part,
        returned=session.get(ReturnedAddress, row.applicant_email.lower()),
    )


def clock_of(file: CaseFile, calendar: WorkCalendar, today: date) -> ClockReading | None:
    """What the statutory clock says today; None before acceptance."""
    return read_clock(file.state, file.names.programme.clock, calendar, today)


def left_text(calendar: WorkCalendar, due_on: date | None, today: date) -> str:
    """还剩 3 个工作日, 今天到期, 已超期 2 个工作日; empty where nothing was promised."""
    if due_on is None:
        return ""
    if due_on < today:
        return f"已超期 {max(1, calendar.count_workdays(due_on, today))} 个工作日"
    if due_on == today:
        return "今天到期"
    return f"还剩 {calendar.count_workdays(today, due_on)} 个工作日"


def task_title(file: CaseFile, task: TaskState) -> str:
    """What a task is called: its stage, or 核验 before there is one."""
    return file.names.stage(task.stage) if task.stage else "核验"
