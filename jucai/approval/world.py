"""What the approval room may know besides the case: the time, the office, its programmes and its calendar."""

from dataclasses import dataclass, field
from datetime import datetime

from jucai.approval.state import CaseState
from jucai.approval.values import Substitution
from jucai.policy import Office, PastBenefit, Programme, ProgrammeBook, WorkCalendar


@dataclass(frozen=True, slots=True)
class World:
    """The office at one moment.

    `history` are the person's benefits in other cases, `substitutions` who acts for whom, `seed` is what draws of
    this moment are made from: it comes from outside and is recorded with the draw.
    """

    now: datetime
    office: Office
    programmes: ProgrammeBook
    calendar: WorkCalendar
    history: tuple[PastBenefit, ...] = field(default=())
    substitutions: tuple[Substitution, ...] = field(default=())
    seed: str = ""

    def programme(self, state: CaseState) -> Programme:
        """The programme a case is pinned to, in its version."""
        return self.programmes.get(state.programme, state.version)
