"""What can be asked of a case, in the imperative; each is checked against the state before anything happens."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from jucai.approval.state import Applicant, Paper, Publicity, Verdict
from jucai.approval.versions import MoveToVersion
from models.readings import FieldValue


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Open a case from one application that was read; `doubts` are reasons for a clerk to look first."""

    number: str
    programme: str
    version: str
    applicant: Applicant
    unit: str
    papers: tuple[Paper, ...]
    facts: Mapping[str, FieldValue]
    tables: Mapping[str, list[dict[str, str]]] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerifyFacts:
    """Confirm the doubtful fields, or put the right value in (核验)."""

    task: str
    officer: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReceiveSupplement:
    """Take in further papers and, where a form was sent again, its fields."""

    papers: tuple[Paper, ...]
    facts: Mapping[str, FieldValue] = field(default_factory=dict)
    tables: Mapping[str, list[dict[str, str]]] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecideTask:
    """Decide a task: approve, return (to the applicant, or to the earlier stage `return_to`), or reject."""

    task: str
    officer: str
    verdict: Verdict
    opinion: str = ""
    return_to: str = ""


@dataclass(frozen=True, slots=True)
class StartPublicity:
    """Put the case on a public list whose notice and period are given."""

    publicity: Publicity


@dataclass(frozen=True, slots=True)
class RaiseObjection:
    """Record an objection that came by letter during the publicity."""

    letter_id: int


@dataclass(frozen=True, slots=True)
class ListInstalment:
    """Put a released instalment on a payment list."""

    number: int
    list_number: str


@dataclass(frozen=True, slots=True)
class ConfirmPayment:
    """Confirm that a listed instalment was paid."""

    number: int
    on: date


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take the application back, on the applicant's word."""

    why: str


@dataclass(frozen=True, slots=True)
class Advance:
    """Let time do what is due: publicity ends, instalments."""


Command = (
    OpenCase
    | VerifyFacts
    | ReceiveSupplement
    | DecideTask
    | StartPublicity
    | RaiseObjection
    | ListInstalment
    | ConfirmPayment
    | Withdraw
    | Advance
    | MoveToVersion
)
