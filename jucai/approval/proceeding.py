"""A proceeding: events written one after another, each seen at once in the state the next is decided on."""

from dataclasses import dataclass, field
from datetime import date

from jucai.approval.events import Actor, Event, Happened, TaskCancelled
from jucai.approval.evolve import evolve
from jucai.approval.state import CaseState, TaskStatus
from jucai.approval.world import World
from jucai.policy import Programme, Stage


@dataclass(slots=True)
class Proceeding:
    """What happens to one case on one command; nothing is kept unless the whole command succeeds."""

    world: World
    actor: Actor
    start: CaseState | None
    happened: list[Happened] = field(default_factory=list)
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
        """The stage called `code`; withdrawn stages stay loadable (`KeyError` for an unknown one)."""
        found = self.programme.stage(code)
        if found is None:
            raise KeyError(code)
        return found

    def happen(self, event: Event, actor: Actor | None = None) -> None:
        """Write one more event."""
        happened = Happened(event, self.world.now, actor or self.actor)
        self._state = evolve(self._state if self._state is not None else self.start, happened)
        self.happened.append(happened)

    def cancel_open(self, why: str) -> None:
        """Let all open tasks fall away."""
        for task in self.state.tasks:
            if task.status is TaskStatus.OPEN:
                self.happen(TaskCancelled(task.code, why))
