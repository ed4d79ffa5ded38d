"""The values a case is made of: who, which papers, what was found, which money, which standstills."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Moment:
    """When an event happened, by whom, and the revision the case has with it."""

    at: datetime
    who: str
    revision: int


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies: `person_index` is a keyed hash of the identity number, so that no number stands here."""

    name: str
    email: str
    person_index: str
    employer: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One file in the case: its row in the document table and the name it came under."""

    document_id: int
    name: str


@dataclass(frozen=True, slots=True)
class MissingPaper:
    """One point of a 补正 list: what is missing and what it has to be like."""

    key: str
    title: str
    standard: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule of the programme found: outcome met, not_met, cannot_tell or not_applicable, in Chinese."""

    code: str
    title: str
    article: str
    outcome: str
    failing: str
    explanation: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class ScheduledPart:
    """One part of the money as the programme cuts it: 分, whole months after the plan is made."""

    number: int
    count: int
    after_months: int
    amount_fen: int
    recheck: bool


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """One instalment as planned: 分, earliest day, and whether eligibility is looked at again before it."""

    number: int
    count: int
    amount_fen: int
    due_on: date
    recheck: bool


class PartState(StrEnum):
    """How far one instalment is."""

    PLANNED = "planned"
    RECHECKING = "rechecking"
    RELEASED = "released"
    LISTED = "listed"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment and how far it is; `list_number` is the payment list it stands on."""

    plan: PlannedPart
    state: PartState = PartState.PLANNED
    list_number: str = ""
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """One standstill of the statutory clock: from the day it stopped to the day it ran again."""

    first: date
    last: date | None
    cause: str


@dataclass(frozen=True, slots=True)
class Publicity:
    """The publicity period: both days included, as printed in the announcement."""

    notice: str
    first: date
    last: date
    provisional: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """What a 聘书 says: the host, the post, and the first and last day of the term."""

    host: str
    post: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Suspension:
    """A case put aside with a cause (中止): the phase it was in, and whether the clock was stopped for it."""

    cause: str
    since: date
    phase: str


@dataclass(frozen=True, slots=True)
class ReturnPoint:
    """Where a case goes on when the stage it was returned to is done (退回后从原处继续).

    `to` is the stage returned to, `stage` and `round` the ones to go on with.
    """

    to: str
    stage: str
    round: int


@dataclass(frozen=True, slots=True)
class RecallPoint:
    """How the case stood before its latest decision, which may be taken back (拿回) until somebody else acts."""

    code: str
    stage: str
    round: int
    revision: int
    finished: tuple[str, ...]
    skipped: Mapping[str, str]
    returns: tuple[ReturnPoint, ...]
    result: "PanelResult | None" = None


@dataclass(frozen=True, slots=True)
class Draw:
    """A random draw of experts: anybody can repeat it from the pool and the seed."""

    stage: str
    pool: tuple[str, ...]
    left_out: tuple[str, ...]
    seed: str
    drawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PanelResult:
    """What a panel came to: the mean of the sheets that count, with two decimals, and the mean of each item."""

    mean: Decimal
    items: Mapping[str, Decimal]
    counted: int
    dropped: int
    explanation: str


@dataclass(frozen=True, slots=True)
class Rank:
    """The place of a case among those scored together; `within` says whether the quota reaches it."""

    place: int
    among: int
    quota: int
    within: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A place on the agenda of a meeting (议题)."""

    meeting: str
    position: int


@dataclass(frozen=True, slots=True)
class Substitution:
    """An officer is away and somebody acts for them (代理), from the first to the last day, both included."""

    officer: str
    substitute: str
    first: date
    last: date
    why: str = ""

    def covers(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.first <= day <= self.last
