"""The page of one task: all the evidence beside the decision."""

from dataclasses import dataclass
from datetime import date, datetime

from jucai.approval.labels import (
    DOCUMENT_STATE_LABELS,
    ELIGIBLE_LABELS,
    FINDING_LABELS,
    PART_STATE_LABELS,
    PHASE_LABELS,
    PURPOSE_LABELS,
    verdict_label,
)
from jucai.approval.state import CaseState, Finding, TaskPurpose, TaskState, TaskStatus
from jucai.approval.viewing import hidden_tasks, words_shown
from jucai.desk.casefile import CaseFile, clock_of, left_text, task_title
from jucai.desk.decision_form import DecisionForm
from jucai.desk.facts import FactGroup, TableView, groups, tables
from jucai.desk.history import Line, lines
from jucai.desk.objection import Objection
from jucai.desk.standing import Step, steps
from jucai.desk.surroundings import Desk
from jucai.policy import Failing, Programme
from models.letters import Document, DocumentState
from models.readings import DocumentReading

MOST_PAGES = 40
"""Pages whose pictures are offered; longer papers are downloaded."""


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What stands at the top of every page about a case."""

    number: str
    applicant: str
    employer: str
    programme: str
    kind: str
    example: bool
    phase: str
    received: date
    amount_fen: int | None
    amount_text: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """What one rule found, in words; `look` says that a person has to look."""

    title: str
    article: str
    outcome: str
    outcome_text: str
    failing: str
    text: str
    look: bool


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One file of the case."""

    id: int
    name: str
    size: int
    state: str
    pages: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """The letter an objection came in."""

    sender: str
    received: datetime
    subject: str
    text: str
    files: tuple[DocumentView, ...]


@dataclass(frozen=True, slots=True)
class ReturnedView:
    """Mail to the applicant came back: from which address, when last, and what its server said."""

    addr: str
    at: datetime
    detail: str


@dataclass(frozen=True, slots=True)
class OpinionView:
    """What another unit said."""

    stage: str
    unit: str
    officer: str
    verdict: str
    opinion: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PartView:
    """One instalment."""

    number: int
    count: int
    amount_fen: int
    due_on: date
    state: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: who, when, which word, and what happens next."""

    mine: bool
    late: bool
    who: str
    verdict: str
    opinion: str
    at: datetime | None
    cancelled: bool
    next_text: str
    next_url: str = ""
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class TaskPage:
    """Everything on the page of one task; exactly one of `form` and `outcome` is there."""

    here: str
    head: CaseHead
    title: str
    purpose: str
    unit: str
    officer: str
    due_on: date | None
    left: str
    overdue: bool
    note: str
    steps: tuple[Step, ...]
    clock: str
    groups: tuple[FactGroup, ...]
    tables: tuple[TableView, ...]
    findings: tuple[FindingView, ...]
    eligible: str
    documents: tuple[DocumentView, ...]
    opinions: tuple[OpinionView, ...]
    parts: tuple[PartView, ...]
    history: tuple[Line, ...]
    returned: ReturnedView | None = None
    objection: ObjectionView | None = None
    form: DecisionForm | None = None
    outcome: Outcome | None = None


def head_of(file: CaseFile) -> CaseHead:
    """The head of a case's pages."""
    state, programme = file.state, file.names.programme
    return CaseHead(
        number=state.number,
        applicant=state.applicant.name,
        employer=state.applicant.employer,
        programme=programme.title,
        kind=programme.kind.label,
        example=programme.example,
        phase=PHASE_LABELS[state.phase],
        received=state.opened_at.date(),
        amount_fen=state.amount_fen,
        amount_text=state.amount_text,
    )


def task_page(
    desk: Desk,
    file: CaseFile,
    task: TaskState,
    here: str,
    officer: str,
    *,
    objection: Objection | None = None,
    form: DecisionForm | None = None,
    outcome: Outcome | None = None,
) -> TaskPage:
    """The page of one task, with its form while it is open and its outcome after that."""
    calendar = desk.bureau.calendar
    clock = clock_of(file, calendar, desk.today)
    open_ = task.status is TaskStatus.OPEN
    return TaskPage(
        here=here,
        head=head_of(file),
        title=task_title(file, task),
        purpose=PURPOSE_LABELS[task.purpose],
        unit=file.names.unit(task.unit),
        officer=file.names.person(officer),
        due_on=task.due_on,
        left=left_text(calendar, task.due_on, desk.today) if open_ else "",
        overdue=open_ and task.due_on is not None and task.due_on < desk.today,
        note=task.note,
        steps=steps(file.state, file.history, file.names),
        clock=clock.explanation if clock else "",
        groups=groups(file.state, file.names.programme),
        tables=tables(file.state),
        findings=findings(file.state, file.names.programme),
        eligible=ELIGIBLE_LABELS.get(file.state.eligible, ""),
        documents=documents(file),
        opinions=_opinions(file, task, officer),
        parts=parts(file.state),
        history=lines(file.history, file.names, hidden_tasks(file.state, file.names.programme, officer)),
        returned=_returned(file),
        objection=_objection(objection) if objection else None,
        form=form,
        outcome=outcome,
    )


def findings(state: CaseState, programme: Programme) -> tuple[FindingView, ...]:
    """What the rules found, those a person has to look at first."""
    titles = {rule.code: rule.title for rule in programme.rules}
    titles |= {rule.code: rule.title for rule in programme.exclusivity}
    titles |= {"window": "在申报时间内", "amount": "申请金额与核算一致"}  # findings that no rule of the file makes
    views = [_finding(finding, titles.get(finding.code, finding.code)) for finding in state.findings]
    return tuple(sorted(views, key=lambda view: not view.look))


def _finding(finding: Finding, title: str) -> FindingView:
    look = finding.outcome in {"not_met", "cannot_tell"}
    failing = Failing(finding.failing).label if look and finding.failing in set(Failing) else ""
    return FindingView(
        title=title,
        article=finding.article,
        outcome=finding.outcome,
        outcome_text=FINDING_LABELS.get(finding.outcome, finding.outcome),
        failing=failing,
        text=finding.explanation,
        look=look,
    )


def documents(file: CaseFile) -> tuple[DocumentView, ...]:
    """The files of a case, in the order they came."""
    return tuple(_document(document) for document in file.documents)


def _document(document: Document) -> DocumentView:
    assert document.id is not None
    reading = DocumentReading.from_json(document.reading) if document.reading else None
    return DocumentView(
        id=document.id,
        name=document.name,
        size=document.size,
        state=DOCUMENT_STATE_LABELS[DocumentState(document.state)],
        pages=min(reading.pages, MOST_PAGES) if reading else 0,
        warnings=reading.warnings if reading else (),
    )


def _returned(file: CaseFile) -> ReturnedView | None:
    row = file.returned
    return ReturnedView(row.addr, row.last_at, row.detail) if row else None


def _objection(objection: Objection) -> ObjectionView:
    files = tuple(_document(document) for document in objection.files)
    return ObjectionView(objection.sender, objection.received, objection.subject, objection.text, files)


def _opinions(file: CaseFile, task: TaskState, viewer: str) -> tuple[OpinionView, ...]:
    names = file.names
    return tuple(
        OpinionView(
            stage=task_title(file, other),
            unit=names.unit(other.unit),
            officer=names.person(other.decided_by),
            verdict=verdict_label(other.verdict, other.purpose),
            opinion=other.opinion,
            at=other.decided_at,
        )
        for other in words_shown(file.state, names.programme, viewer)
        if other.verdict is not None
        and other.decided_at is not None
        and other.purpose is not TaskPurpose.VERIFY
        and other.code != task.code
    )


def parts(state: CaseState) -> tuple[PartView, ...]:
    """The instalments and how far each is."""
    return tuple(
        PartView(
            part.plan.number, part.plan.count, part.plan.amount_fen, part.plan.due_on, PART_STATE_LABELS[part.state]
        )
        for part in state.parts
    )
