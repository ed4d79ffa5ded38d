"""A case on a chain of stages of one's own, for tests of single verbs and kinds."""

from datetime import date, timedelta

from jucai.approval import commands as cm
from jucai.approval import events as ev
from jucai.approval.machine import handle
from jucai.approval.refusals import Refusal
from jucai.approval.state import TaskState, Verdict
from jucai.approval.values import Substitution
from jucai.approval.world import World
from jucai.policy import Stage, StageKind, Verb
from tests.approval.definitions import LIVING, book_of
from tests.approval.office import CALENDAR, Walk

HEAD = "rcj-head"
RSJ1, RSJ2, KJJ1, KJJ2, JTJ1, CZJ1, CZJ2 = (
    "rsj-reviewer-1", "rsj-reviewer-2", "kjj-reviewer-1", "kjj-reviewer-2", "jtj-reviewer-1", "czj-finance-1",
    "czj-finance-2",
)  # fmt: skip


def stage(code: str, kind: StageKind = StageKind.ANY_OF, *units: str, **more) -> Stage:
    """A stage in which everything is allowed."""
    return Stage(**{"title": f"{code}环节", "due_days": 5, "verbs": tuple(Verb), **more, "code": code, "kind": kind,
                    "units": units})  # fmt: skip


class Chain(Walk):
    """A case that walks these stages."""

    def __init__(self, *stages: Stage, clock=None, **changes) -> None:
        super().__init__()
        update = {"stages": stages} | ({"clock": clock} if clock else {})
        self.book = book_of(LIVING.model_copy(update=update))
        self.substitutions: tuple[Substitution, ...] = ()
        self.seed = "种子"
        self.open(**changes)

    def world(self) -> World:
        office = self.book.office("anqing")
        return World(self.clock.now(), office, self.book, CALENDAR, (), self.substitutions, self.seed)

    def at(self, unit: str) -> TaskState:
        """The open task of a unit."""
        return next(task for task in self.now.open_tasks if task.unit == unit)

    def of(self, officer: str) -> TaskState:
        """The pending task of an officer."""
        return next(task for task in self.now.pending_tasks if officer in task.officers)

    def say(self, officer: str, verdict: Verdict = Verdict.APPROVE, opinion: str = "意见", **more) -> list[ev.Happened]:
        """Decide the task an officer was asked in."""
        return self.do(cm.DecideTask(self.of(officer).code, officer, verdict, opinion, **more), officer)

    def refused(self, command: cm.Command) -> Refusal | None:
        """The refusal a command meets; the case stays as it is."""
        before = self.now
        try:
            handle(self.state, command, ev.Actor("x"), self.world())
        except Refusal as refusal:
            assert self.now is before
            return refusal
        return None

    def kinds(self) -> list[str]:
        return [type(one.event).__name__ for one in self.history]

    def days(self, count: int) -> date:
        self.clock.advance(timedelta(days=count))
        return self.clock.now().date()
