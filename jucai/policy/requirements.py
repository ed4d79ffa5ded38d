"""What an application still lacks: told once, and completely (行政许可法第32条(四))."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jucai.policy.facts import Facts
from jucai.policy.language import Evaluator, facts_used
from jucai.policy.parts import FactNeed, Paper
from jucai.policy.programme import Programme
from jucai.policy.uncertain import CannotTellError


@dataclass(frozen=True, slots=True)
class MissingItem:
    """One thing that the applicant has to supply, and the standard it must meet.

    `why` says what is wrong now: left blank, unreadable, not as required, not enclosed.
    """

    kind: Literal["fact", "document"]
    code: str
    title: str
    standard: str
    why: str
    article: str = ""

    @property
    def text(self) -> str:
        """One line of the list in the 补正 notice."""
        return f"{self.title}：{self.why}。{self.standard}"


@dataclass(frozen=True, slots=True)
class PaperState:
    """One document of the programme in one case."""

    paper: Paper
    state: Literal["held", "from_data", "not_needed", "missing", "optional"]
    note: str


def missing_items(
    programme: Programme, facts: Facts, rules: Evaluator, documents: Sequence[str]
) -> tuple[MissingItem, ...]:
    """The complete list, facts first, in the order of the programme."""
    items: list[MissingItem] = []
    for need in programme.needs:
        items += _fact(need, facts, rules)
    for state in paper_states(programme, rules, documents):
        if state.state == "missing":
            paper = state.paper
            items.append(
                MissingItem("document", paper.code, paper.title, paper.standard, state.note, paper.article or "")
            )
    return tuple(items)


def paper_states(programme: Programme, rules: Evaluator, documents: Sequence[str]) -> tuple[PaperState, ...]:
    """The state of every document: held, verified from data, not needed, or missing."""
    return tuple(_paper(paper, rules, documents) for paper in programme.papers)


def recognised(paper: Paper, documents: Sequence[str]) -> str | None:
    """Which of the documents sent is this paper: by code, or by a word in its name."""
    for document in documents:
        name = document.replace(" ", "")
        if name == paper.code or any(word in name for word in paper.recognise):
            return document
    return None


def _holds(text: str | None, rules: Evaluator, *, unknown: bool) -> bool:
    if text is None:
        return True
    try:
        return bool(rules.result(text))
    except CannotTellError:
        return unknown


def _fact(need: FactNeed, facts: Facts, rules: Evaluator) -> list[MissingItem]:
    # A condition that cannot be told yet hangs on a fact that is itself on the list.
    if not _holds(need.when, rules, unknown=False):
        return []
    keys = need.keys
    written = [key for key in keys if facts.has(key)]
    if not written:
        absent = not any(facts.on_form(key) for key in keys)
        return [_lacking(need, facts, "表中没有这一项" if absent else "没有填写")]
    if not any(facts.readable(key) for key in written):
        return [_lacking(need, facts, "填写的内容无法识别")]
    if need.valid and not _holds(need.valid, rules, unknown=True):
        return [_lacking(need, facts, "填写的内容不符合要求")]
    return []


def _lacking(need: FactNeed, facts: Facts, why: str) -> MissingItem:
    title = " 或 ".join(facts.label(key) for key in need.keys)
    return MissingItem("fact", "|".join(need.keys), title, need.standard, why)


def _paper(paper: Paper, rules: Evaluator, documents: Sequence[str]) -> PaperState:
    if not _holds(paper.when, rules, unknown=False):
        return PaperState(paper, "not_needed", "本件不需要")
    held = recognised(paper, documents)
    if held is not None:
        return PaperState(paper, "held", f"已收到：{held}")
    if paper.from_data is not None and _holds(paper.from_data, rules, unknown=False):
        return PaperState(paper, "from_data", paper.from_data_note or "由数据核验，不需提交")
    if paper.optional:
        return PaperState(paper, "optional", "可以提交，不强制")
    note = "没有随件提交"
    if paper.from_data is not None and facts_used(paper.from_data):
        note += "，表中也没有可供核验的信息"
    return PaperState(paper, "missing", note)
