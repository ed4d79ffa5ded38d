"""The page of a verification: what the reader was unsure of, beside the picture of its place."""

from collections.abc import Mapping
from dataclasses import dataclass

from jucai.approval.state import TaskState
from jucai.desk.casefile import CaseFile, left_text
from jucai.desk.facts import fact_view, shown_value, spec_of
from jucai.desk.forms import PostedForm
from jucai.desk.surroundings import Desk
from jucai.desk.task_page import CaseHead, DocumentView, documents, head_of
from jucai.desk.values import ValueProblem, hint, insisted, normalise
from models.fields import FieldSpec, FieldType
from models.readings import FieldValue

_BLANK = FieldValue(value="", confidence=0.0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One field to look at: what was read, where, and what now stands in the box."""

    key: str
    label: str
    typed: str
    read: str
    raw: str
    reason: str
    hint: str
    inputmode: str
    options: tuple[str, ...]
    kind: str  # text, longtext or bool
    has_place: bool
    page: int | None
    error: str = ""
    can_insist: bool = False


@dataclass(frozen=True, slots=True)
class VerifyPage:
    """Everything on a verification page."""

    here: str
    head: CaseHead
    officer: str
    left: str
    overdue: bool
    doubts: tuple[str, ...]
    asked: tuple[Entry, ...]
    absent: tuple[Entry, ...]
    others: tuple[Entry, ...]
    documents: tuple[DocumentView, ...]
    revision: int
    nonce: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, and whether the clerk may insist."""

    text: str
    soft: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """A posted verification: the values to record, or what is wrong."""

    values: Mapping[str, str]
    problems: Mapping[str, Problem]


def verify_page(
    desk: Desk,
    file: CaseFile,
    task: TaskState,
    here: str,
    officer: str,
    nonce: str,
    *,
    posted: PostedForm | None = None,
    problems: Mapping[str, Problem] | None = None,
    error: str = "",
) -> VerifyPage:
    """The page; with `posted` it keeps what was typed and shows `problems` where they are."""
    asked, absent, others = _keys(file)
    found = problems or {}

    def entries(keys: tuple[str, ...]) -> tuple[Entry, ...]:
        return tuple(_entry(file, key, posted, found.get(key)) for key in keys)

    return VerifyPage(
        here=here,
        head=head_of(file),
        officer=file.names.person(officer),
        left=left_text(desk.bureau.calendar, task.due_on, desk.today),
        overdue=task.due_on is not None and task.due_on < desk.today,
        doubts=file.state.doubts,
        asked=entries(asked),
        absent=entries(absent),
        others=entries(others),
        documents=documents(file),
        revision=file.state.revision,
        nonce=nonce,
        error=error or (f"还有 {len(found)} 处需要更正，已在下面标出。" if found else ""),
    )


def _keys(file: CaseFile) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Asked for; required but not read at all; everything else that was read."""
    state, programme = file.state, file.names.programme
    asked = state.to_verify
    absent = tuple(
        key for key in programme.required_facts if key not in asked and not state.facts.get(key, _BLANK).value
    )
    others = tuple(key for key, fact in state.facts.items() if fact.value and key not in asked and key not in absent)
    return asked, absent, others


def _entry(file: CaseFile, key: str, posted: PostedForm | None, problem: Problem | None) -> Entry:
    spec = spec_of(file.names.programme, key)
    fact = file.state.facts.get(key, _BLANK)
    view = fact_view(spec, fact)
    told = hint(spec)
    return Entry(
        key=key,
        label=spec.label,
        typed=posted.get(_name(key)) if posted and _name(key) in posted.values else _editable(spec, fact.value),
        read=view.text,
        raw=view.raw,
        reason=fact.reason or ("" if fact.confident or not fact.value else "识读没有足够的依据，请与原件核对"),
        hint=told.text,
        inputmode=told.inputmode,
        options=spec.options if spec.type in {FieldType.ENUM, FieldType.MULTI} else (),
        kind={FieldType.LONGTEXT: "longtext", FieldType.BOOL: "bool"}.get(spec.type, "text"),
        has_place=view.has_place and file.place(key) is not None,
        page=fact.page,
        error=problem.text if problem else "",
        can_insist=problem is not None and problem.soft,
    )


def _editable(spec: FieldSpec, value: str) -> str:
    """The stored value as it is best typed over: dates as read aloud, the rest as stored."""
    return shown_value(spec, value) if spec.type is FieldType.DATE else value


def _name(key: str) -> str:
    return f"value-{key}"


def check(file: CaseFile, posted: PostedForm) -> Checked:
    """Normalise and check what was posted; only fields of this page count, unchanged ones among the others do not."""
    asked, absent, others = _keys(file)
    values: dict[str, str] = {}
    problems: dict[str, Problem] = {}
    for key in (*asked, *absent, *others):
        name = _name(key)
        if name not in posted.values:
            continue
        spec = spec_of(file.names.programme, key)
        before = file.state.facts.get(key, _BLANK).value
        typed = posted.get(name)
        if key not in asked and typed.strip() == _editable(spec, before):
            continue
        try:
            value = normalise(spec, typed)
        except ValueProblem as problem:
            if problem.soft and posted.get(f"insist-{key}"):
                value = insisted(spec, typed)
            else:
                problems[key] = Problem(str(problem), problem.soft)
                continue
        if key in asked or value != before:
            values[key] = value
    return Checked(values, problems)
