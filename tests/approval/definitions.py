"""Programmes nobody would write, for the model test: random chains of every kind of stage."""

from collections.abc import Callable
from types import MappingProxyType

from hypothesis import strategies as st

from jucai.policy import Branch, Programme, ProgrammeBook, Silence, Stage, StageKind, Verb, VoteRule
from jucai.policy.parts import ClockRule
from tests.approval.office import BOOK

UNITS = ("rsj", "kjj", "jtj", "czj", "scjg", "rcj", "county_of_employer.rsj", "employer")
LIVING = BOOK.get("anqing/living-subsidy")
WHEN = (None, None, None, "subsidy_months >= 6", "subsidy_months > 100")

few_units = st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True).map(tuple)
rules = st.builds(
    VoteRule,
    share=st.sampled_from([50, 67]),
    present=st.sampled_from([50, 67, 100]),
    tie=st.sampled_from(["pass", "fail"]),
    experts=st.sampled_from([0, 2, 3]),
    drop_extremes=st.booleans(),
    quota=st.sampled_from([0, 0, 2]),
)


def _stage(number: int, kind: StageKind, draw: Callable[..., object]) -> Stage:
    branched = kind is StageKind.ALL_OF and draw(st.booleans())
    branches = draw(
        st.lists(st.builds(Branch, units=few_units, due_days=st.sampled_from([None, 2])), min_size=2, max_size=3)
    )
    return Stage(
        code=f"s{number}",
        title=f"第{number}环节",
        kind=kind,
        units=() if branched else draw(few_units),
        branches=tuple(branches) if branched else (),
        due_days=draw(st.sampled_from([0, 3, 5])),
        stops_clock=kind is StageKind.PUBLICITY or draw(st.booleans()),
        when=draw(st.sampled_from(WHEN)),
        four_eyes=draw(st.sampled_from([False, False, True])),
        veto=draw(st.booleans()),
        silence=draw(st.sampled_from(list(Silence))),
        vote=draw(rules),
        verbs=tuple(Verb),
        after_return=draw(st.sampled_from(["continue", "again"])),
        role=draw(st.sampled_from([None, None, "reviewer", "head"])),
    )


class Definition:
    """A book with one random programme; it shows as its chain."""

    def __init__(self, book: ProgrammeBook) -> None:
        self.book = book

    def __repr__(self) -> str:
        (programme,) = self.book.programmes
        stages = [
            f"{s.code}={s.kind.value}{[b.units for b in s.branches] or list(s.units)}"
            + "".join(f" {flag}" for flag in ("stops_clock", "four_eyes") if getattr(s, flag))
            + ("" if s.veto else " all-speak")
            + (f" when {s.when}" if s.when else "")
            + f" silence={s.silence.value} after={s.after_return} role={s.role} due={s.due_days}"
            + f" experts={s.vote.experts if s.vote else 0} quota={s.vote.quota if s.vote else 0}"
            for s in programme.stages
        ]
        return " → ".join(stages)


@st.composite
def programmes(draw: Callable[..., object]) -> Definition:
    """A book with one programme: up to six random stages, then a publicity and the payment, each perhaps."""
    inner = st.sampled_from(
        [
            StageKind.ANY_OF,
            StageKind.ALL_OF,
            StageKind.ALL_OF,
            StageKind.IN_ORDER,
            StageKind.VOTE,
            StageKind.PANEL,
            StageKind.MEETING,
            StageKind.AGREEMENT,
        ]
    )
    kinds = draw(st.lists(inner, min_size=1, max_size=5))
    if draw(st.booleans()):
        kinds.append(StageKind.PUBLICITY)
    if draw(st.booleans()):
        kinds.append(StageKind.PAYMENT)
    stages = tuple(_stage(number, kind, draw) for number, kind in enumerate(kinds, start=1))
    clock = ClockRule(
        correction_lapses=draw(st.booleans()),
        decision_days=draw(st.sampled_from([5, 20])),
        first_day_counts=draw(st.booleans()),
    )
    return Definition(book_of(LIVING.model_copy(update={"stages": stages, "clock": clock})))


def book_of(programme: Programme) -> ProgrammeBook:
    """A book with this one programme, run by the shipped office."""
    return ProgrammeBook((programme,), BOOK.offices, MappingProxyType({programme.code: "anqing"}), MappingProxyType({}))
