"""A change of level (人才层次变更) on one page: what it means for every part, tried first, then carried out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from jucai.approval.levels import Relevelled, relevel
from jucai.approval.refusals import BadCommand, LevelRefused
from jucai.approval.state import CaseState
from jucai.desk.casefile import CaseFile
from jucai.desk.decision_form import Choice
from jucai.desk.forms import PostedForm
from jucai.desk.surroundings import Desk
from jucai.desk.task_page import CaseHead, head_of
from jucai.desk.values import ValueProblem, hint, normalise
from jucai.policy import Programme
from jucai.policy.amounts import facts_of_award
from jucai.policy.telling import level_words
from jucai.policy.vocabulary import expanded
from jucai.store.links import form_nonce
from models.fields import FieldSpec, FieldType

_WHAT = "变更层次"


@dataclass(frozen=True, slots=True)
class LevelField:
    """One fact the amount hangs on: what stands there now, what was typed, and what can be chosen."""

    key: str
    label: str
    now: str
    typed: str
    choices: tuple[Choice, ...]
    hint: str


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One part of the payment, before and after."""

    number: int
    due_on: date
    before_fen: int
    after_fen: int
    why: str


@dataclass(frozen=True, slots=True)
class LevelPage:
    """Everything on the page; `lines` are empty before the change was tried, `closed` says why it cannot be."""

    here: str
    back: str
    officer: str
    today: date
    head: CaseHead | None = None
    number: str = ""
    revision: int = 0
    nonce: str = ""
    rule: str = ""
    fields: tuple[LevelField, ...] = ()
    on: str = ""
    why: str = ""
    lines: tuple[LevelLine, ...] = ()
    explanation: str = ""
    error: str = ""
    done: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)  # what was tried, to be sent again as it is


def level_nonce(desk: Desk, token: str, number: str, revision: int) -> str:
    """The nonce of the form: bound to the officer's link, the case and its revision."""
    return form_nonce(desk.bureau, f"{token}\0level\0{number}", revision)


def level_facts(state: CaseState, programme: Programme) -> tuple[FieldSpec, ...]:
    """The facts of the form that the granted amount hangs on, in the order of the form."""
    award = next((one for one in programme.awards if one.title == state.award), None)
    awards = (award,) if award else programme.awards
    keys = {key for one in awards for key in expanded(facts_of_award(one), programme.vocabulary)}
    return tuple(spec for key, spec in programme.vocabulary.items() if key in keys)


def read_values(posted: PostedForm, state: CaseState, programme: Programme) -> dict[str, str]:
    """What was typed and is another value than the case has; `BadCommand` for what cannot stand there."""
    values = {}
    for spec in level_facts(state, programme):
        try:
            typed = normalise(spec, posted.get(f"value-{spec.key}"))
        except ValueProblem as problem:
            raise BadCommand(_WHAT, str(problem)) from problem
        if typed and typed != state.value(spec.key):
            values[spec.key] = typed
    if not values:
        raise LevelRefused("没有改动任何一项")
    return values


def tried(file: CaseFile, values: Mapping[str, str], on: date) -> Relevelled:
    """What the change would mean; nothing is changed."""
    return relevel(file.state, file.names.programme, values, on)


def level_page(
    desk: Desk, file: CaseFile, officer: str, token: str, posted: PostedForm | None = None, *,
    found: Relevelled | None = None, error: str = "", done: str = "",
) -> LevelPage:  # fmt: skip
    """The page of one case."""
    state, programme = file.state, file.names.programme
    typed = posted or PostedForm({})
    known = desk.bureau.office.officer(officer)
    return LevelPage(
        here=f"/b/{token}/level",
        back=f"/b/{token}/office",
        officer=known.name if known else officer,
        today=desk.today,
        head=head_of(file),
        number=state.number,
        revision=state.revision,
        nonce=level_nonce(desk, token, state.number, state.revision),
        rule=level_words(programme) or "本项目没有写明层次变动后怎样发放，请按文件人工处理。",
        fields=tuple(_field(spec, state, typed.get(f"value-{spec.key}")) for spec in level_facts(state, programme)),
        on=typed.get("on") or str(desk.today),
        why=typed.opinion("why"),
        lines=_lines(found) if found else (),
        explanation=found.explanation if found else "",
        error=error,
        done=done,
        kept={name: value for name, value in typed.values.items() if name.startswith("value-")},
    )


def _field(spec: FieldSpec, state: CaseState, typed: str) -> LevelField:
    choices = tuple(Choice(option, option) for option in spec.options) if spec.type is FieldType.ENUM else ()
    now = state.value(spec.key)
    return LevelField(spec.key, spec.label, now, typed or now, choices, "" if choices else hint(spec).text)


def _lines(found: Relevelled) -> tuple[LevelLine, ...]:
    return tuple(
        LevelLine(plan.number, plan.due_on, one.before.fen, plan.amount_fen, one.why)
        for plan, one in zip(found.parts, found.revised, strict=True)
    )
