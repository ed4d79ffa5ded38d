"""Cases, their events and the tasks people have in them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from models.base import JsonColumn, Moment, Table


class Case(Table, table=True):
    """One application under way: a projection of its events, guarded by its revision."""

    __tablename__ = "office_case"  # CASE is a word of SQL
    __table_args__ = (
        UniqueConstraint("number"),
        # One application document opens one case, however often the round is killed and run again.
        UniqueConstraint("letter_id", "document_id", "part"),
        Index("ix_office_case_next_due_at", "next_due_at"),
        # A person's other cases are asked for under every programme.
        Index("ix_office_case_person_index", "person_index"),
        # The spouse's other cases, and those of the employer's other people, where a programme counts them.
        Index("ix_office_case_spouse_index", "spouse_index"),
        Index("ix_office_case_employer_key", "employer_key"),
        Index("ix_office_case_phase", "phase"),
        # The mirror asks for what it has not yet shown: a handful of cases, of however many there are.
        Index(
            "ix_office_case_unmirrored",
            "id",
            sqlite_where=text("to_mirror = 1"),
            postgresql_where=text("to_mirror"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str
    programme: str
    version: str
    kind: str
    form: str
    letter_id: int = Field(foreign_key="letter.id")
    document_id: int
    part: int = 0  # which application of a file that holds several
    applicant: str
    applicant_email: str = Field(index=True)
    person_index: str  # keyed hash of the identity number: finds the same person, tells nobody who
    spouse_index: str = ""  # the same of the spouse named on the form, empty for none
    employer: str
    employer_key: str = ""  # its name in normal form
    unit: str  # the county or zone whose case it is
    phase: str
    stage: str
    revision: int
    last_hash: str
    opened_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    changed_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    accepted_on: date | None = None
    next_due_at: datetime | None = Field(default=None, sa_column=Column(Moment))
    amount_fen: int | None = Field(default=None, sa_type=BigInteger)
    application: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JsonColumn, nullable=False))
    state: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JsonColumn, nullable=False))
    to_mirror: bool = True  # the mirror has not yet shown its last change
    mirror_run: str | None = None

    @property
    def full_state(self) -> dict[str, Any]:
        """What came with the application and what has become of it, as one JSON object."""
        return {**self.application, **self.state}


class CaseEvent(Table, table=True):
    """Something that happened to a case; rows are only ever added, each sealed over the one before it."""

    __tablename__ = "case_event"
    __table_args__ = (UniqueConstraint("case_id", "seq"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="office_case.id")
    seq: int
    type: str
    at: datetime = Field(sa_column=Column(Moment, nullable=False))
    actor: str  # officer id, applicant address, or "system"
    role: str
    address: str  # network or mail address it came from
    why: str
    data: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JsonColumn, nullable=False))
    previous_hash: str
    hash: str


class Task(Table, table=True):
    """What one unit is asked to do in one case: a projection, for lists and links."""

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("case_id", "code"),
        Index("ix_task_status_unit", "status", "unit"),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="office_case.id")  # found by the key it forms with the code
    code: str  # unique within the case
    stage: str
    unit: str
    status: str
    officers: list[str] = Field(default_factory=list, sa_column=Column(JsonColumn, nullable=False))
    opened_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    due_on: date | None = None
    decided_at: datetime | None = Field(default=None, sa_column=Column(Moment))
    decided_by: str | None = None
    verdict: str | None = None
    opinion: str = ""
    note: str = ""  # why it went to somebody other than the one named; the board shows it
    reminders: int = 0
    notified_at: datetime | None = Field(default=None, sa_column=Column(Moment))


class UsedNonce(Table, table=True):
    """A decision form that has been used; its key makes a second use impossible."""

    __tablename__ = "used_nonce"

    nonce: str = Field(primary_key=True)
    used_at: datetime = Field(sa_column=Column(Moment, nullable=False))


class Counter(Table, table=True):
    """Running numbers: cases by prefix and year, notices by kind and year, lists by year."""

    __tablename__ = "counter"

    name: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    value: int


class OfficeSetting(Table, table=True):
    """Single facts of the running office, such as the demo clock's offset."""

    __tablename__ = "office_setting"

    key: str = Field(primary_key=True)
    value: str


class Substitute(Table, table=True):
    """Somebody acts for an officer who is away (代理), from the first to the last day."""

    __tablename__ = "substitute"
    __table_args__ = (Index("ix_substitute_last_day", "last_day"),)

    id: int | None = Field(default=None, primary_key=True)
    officer: str
    substitute: str
    first_day: date
    last_day: date
    why: str
    made_by: str
    made_at: datetime = Field(sa_column=Column(Moment, nullable=False))


class Meeting(Table, table=True):
    """A meeting that decides a batch of cases (会议): its agenda goes out, its minutes come in."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("title"),)

    id: int | None = Field(default=None, primary_key=True)
    title: str
    held_on: date
    place: str
    unit: str
    convened_by: str
    convened_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    minutes: str = ""
    present: list[str] = Field(default_factory=list, sa_column=Column(JsonColumn, nullable=False))
    closed_at: datetime | None = Field(default=None, sa_column=Column(Moment))


class MeetingItem(Table, table=True):
    """One case on the agenda of a meeting, and what the minutes say of it."""

    __tablename__ = "meeting_item"
    __table_args__ = (UniqueConstraint("meeting_id", "position"), UniqueConstraint("meeting_id", "case_id"))

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    case_id: int = Field(foreign_key="office_case.id", index=True)
    position: int
    outcome: str | None = None
    text: str = ""
