"""A proceeding: events written one after another, each seen at once in the state the next is decided on."""

from dataclasses import dataclass, field
from datetime import date

from jucai.approval.events import SYSTEM, Actor, Event, Happened, TaskCancelled
from jucai.approval.evolve import evolve
from jucai.approval.refusals import BrokenDefinition
from jucai.approval.state import CaseState, TaskPurpose
from jucai.approval.world import World
from jucai.policy import Programme, Stage


@dataclass(slots=True)
class Proceeding:
    """What happens to one case on one command; nothing is kept unless the whole command succeeds.

    `states` holds the state after each event of `happened`.
    """

    world: World
    actor: Actor
    start: CaseState | None
    happened: list[Happened] = field(default_factory=list)
    states: list[CaseState] = field(default_factory=list)
    _state: CaseState | None = None

    @property
    def state(self) -> CaseState:
        """The state with everything that has happened so far."""
        current = self._state if self._state is not None else self.start
        assert current is not None
        return current

    @property
    def today(self) -> date:
        """The office's date."""
        return self.world.now.date()

    @property
    def programme(self) -> Programme:
        """The programme, in the version the case is pinned to."""
        return self.world.programme(self.state)

    def stage(self, code: str) -> Stage:
        """The stage called `code`; withdrawn stages stay loadable (`BrokenDefinition` for an unknown one)."""
        found = self.programme.stage(code)
        if found is None:
            raise BrokenDefinition(f"{self.programme.title} {self.programme.version} 版没有环节“{code}”")
        return found

    @property
    def present_stage(self) -> Stage:
        """The stage the case stands at."""
        return self.stage(self.state.stage)

    def happen(self, event: Event, actor: Actor | None = None) -> None:
        """Write one more event."""
        happened = Happened(event, self.world.now, actor or self.actor)
        self._state = evolve(self._state if self._state is not None else self.start, happened)
        self.happened.append(happened)
        self.states.append(self._state)

    def cancel_pending(self, why: str, *, purposes: frozenset[TaskPurpose] | None = None) -> None:
        """Let all pending tasks fall away, or those of some purposes."""
        for task in self.state.pending_tasks:
            if purposes is None or task.purpose in purposes:
                self.happen(TaskCancelled(task.code, why), SYSTEM)

    def end(self, event: Event, why: str) -> None:
        """End the case with `event`: whatever still waits falls away first."""
        self.cancel_pending(why)
        self.happen(event)
