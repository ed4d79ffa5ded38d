"""An officer's batch page: all open tasks in groups, a word for each, and an outcome for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from jucai.approval.labels import PURPOSE_LABELS, VERDICT_LABELS
from jucai.approval.state import CaseState, TaskPurpose, Verdict, state_from_json
from jucai.desk.casefile import left_text
from jucai.desk.guards import task_subject
from jucai.desk.names import Names
from jucai.desk.surroundings import Desk
from jucai.desk.task_page import findings
from jucai.policy import StageKind, Verb
from jucai.store.links import Link, LinkPurpose, form_nonce, make_link
from models.cases import Case, Task

_BATCH_VERDICTS = (Verdict.APPROVE, Verdict.RETURN, Verdict.REJECT)


@dataclass(frozen=True, slots=True)
class Row:
    """One task on the page; without `nonce` it can only be decided on its own page."""

    subject: str
    number: str
    applicant: str
    employer: str
    programme: str
    example: bool
    amount_fen: int | None
    verdict_hint: str
    flags: tuple[str, ...]
    due_on: date | None
    left: str
    overdue: bool
    url: str
    revision: int
    nonce: str


@dataclass(frozen=True, slots=True)
class Group:
    """The tasks of one stage of one programme."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one row: done, refused (somebody was first, stale, no reason given) or left alone."""

    number: str
    applicant: str
    word: str
    done: bool
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class BatchPage:
    """Everything on the batch page; `outcomes` only after a POST."""

    here: str
    officer: str
    unit: str
    groups: tuple[Group, ...]
    verdicts: tuple[tuple[str, str], ...]
    outcomes: tuple[RowOutcome, ...] = ()
    error: str = ""

    @property
    def count(self) -> int:
        """How many tasks are open."""
        return sum(len(group.rows) for group in self.groups)

    @property
    def selectable(self) -> int:
        """How many can be decided here."""
        return sum(bool(row.nonce) for group in self.groups for row in group.rows)

    @property
    def done(self) -> int:
        """How many were decided by this POST."""
        return sum(outcome.done for outcome in self.outcomes)


def batch_page(
    desk: Desk,
    officer: str,
    token: str,
    tasks: Sequence[tuple[Task, Case]],
    outcomes: tuple[RowOutcome, ...] = (),
    error: str = "",
) -> BatchPage:
    """The page of all open tasks of one officer; `error` is a sentence about the whole form."""
    known = desk.bureau.office.officer(officer)
    rows = sorted(
        ((_title(desk, task, case), _row(desk, officer, token, task, case)) for task, case in tasks),
        key=lambda item: (item[0], item[1].due_on or date.max, item[1].number),
    )
    grouped = groupby(rows, key=lambda item: item[0])
    unit = desk.bureau.office.all_units.get(known.unit) if known else None
    return BatchPage(
        here=f"/b/{token}",
        officer=known.name if known else officer,
        unit=unit.title if unit else "",
        groups=tuple(Group(title, tuple(row for _, row in group)) for title, group in grouped),
        verdicts=tuple((verdict.value, VERDICT_LABELS[verdict]) for verdict in _BATCH_VERDICTS),
        outcomes=outcomes,
        error=error,
    )


def row_nonce(desk: Desk, token: str, subject: str, revision: int) -> str:
    """The nonce of one row: bound to the officer's link, the task and the revision that was seen."""
    return form_nonce(desk.bureau, f"{token}\0{subject}", revision)


def _names(desk: Desk, case: Case) -> Names:
    return Names(desk.bureau.office, desk.bureau.programmes.get(case.programme, case.version))


def _title(desk: Desk, task: Task, case: Case) -> str:
    names = _names(desk, case)
    purpose = _purpose(task, state_from_json(case.full_state))
    stage = names.stage(task.stage) if purpose is TaskPurpose.DECIDE else PURPOSE_LABELS[purpose]
    return f"{names.programme.short_title} · {stage}"


def _purpose(task: Task, state: CaseState) -> TaskPurpose:
    known = state.task(task.code)
    return known.purpose if known else TaskPurpose.DECIDE


def _row(desk: Desk, officer: str, token: str, task: Task, case: Case) -> Row:
    state = state_from_json(case.full_state)
    names = _names(desk, case)
    subject = task_subject(case.number, task.code)
    return Row(
        subject=subject,
        number=case.number,
        applicant=case.applicant,
        employer=case.employer,
        programme=names.programme.short_title,
        example=names.programme.example,
        amount_fen=case.amount_fen,
        verdict_hint={"yes": "规则比对：符合", "no": "规则比对：不符合", "person": "规则比对：须人工判断"}.get(
            state.eligible, ""
        ),
        flags=_flags(state, names),
        due_on=task.due_on,
        left=left_text(desk.bureau.calendar, task.due_on, desk.today),
        overdue=task.due_on is not None and task.due_on < desk.today,
        url=make_link(desk.bureau, Link(LinkPurpose.TASK, officer, subject)),
        revision=case.revision,
        nonce=row_nonce(desk, token, subject, case.revision) if _in_batch(names, task, state) else "",
    )


def _flags(state: CaseState, names: Names) -> tuple[str, ...]:
    """What a person has to look at, one line for each outcome: 无法判断：合同期限三年以上、参保满六个月."""
    look = [view for view in findings(state, names.programme) if view.look]
    outcomes = dict.fromkeys(view.outcome_text for view in look)
    return tuple(
        f"{outcome}：{'、'.join(view.title for view in look if view.outcome_text == outcome)}" for outcome in outcomes
    )


def _in_batch(names: Names, task: Task, state: CaseState) -> bool:
    stage = names.programme.stage(task.stage)
    return (
        _purpose(task, state) is TaskPurpose.DECIDE
        and stage is not None
        and stage.batch
        and stage.kind is not StageKind.PANEL  # scores are not given to many at once
        and Verb.APPROVE in stage.verbs
    )
