"""What the rules are: programmes as data, assessed without a database, a clock or a network.

Read the files once with `load_programmes`; everything else here is pure.
"""

from jucai.policy.assessment import Assessment, Finding, Outcome, UsedValue, assess
from jucai.policy.book import ProgrammeBook, load_programme, load_programmes
from jucai.policy.calendar import CalendarYear, DayFact, Period, PeriodKind, WorkCalendar
from jucai.policy.computing import Instalment
from jucai.policy.errors import (
    CalendarError,
    ExpressionError,
    Fault,
    PolicyError,
    ProgrammeError,
    UnknownProgrammeError,
    UnknownUnitError,
)
from jucai.policy.facts import Facts
from jucai.policy.history import Holder, PastBenefit, Standing
from jucai.policy.language import Evaluator
from jucai.policy.office import Assignment, County, Office, Officer, Partner, Role, Unit, UnitKind, load_office
from jucai.policy.parts import (
    Appointment,
    ClockRule,
    Failing,
    Grade,
    Kind,
    Notice,
    Paper,
    PublicityRule,
    Rule,
    Source,
    Validity,
    Window,
)
from jucai.policy.programme import Programme
from jucai.policy.requirements import MissingItem, PaperState, paper_states
from jucai.policy.signing import Branch, Ladder, ReturnMode, Route, ScoreItem, Silence, VoteRule
from jucai.policy.stage_rules import (
    Move,
    StagePlan,
    UnmappedStageError,
    mapped_stage,
    plan_moves,
    plan_stages,
    stage_needed,
)
from jucai.policy.stages import Stage, StageKind, Verb
from jucai.policy.uncertain import CannotTellError
from models.money import Money

__all__ = [
    "Appointment",
    "Assessment",
    "Assignment",
    "Branch",
    "CalendarError",
    "CalendarYear",
    "CannotTellError",
    "ClockRule",
    "County",
    "DayFact",
    "Evaluator",
    "ExpressionError",
    "Facts",
    "Failing",
    "Fault",
    "Finding",
    "Grade",
    "Holder",
    "Instalment",
    "Kind",
    "Ladder",
    "MissingItem",
    "Money",
    "Move",
    "Notice",
    "Office",
    "Officer",
    "Outcome",
    "Paper",
    "PaperState",
    "Partner",
    "PastBenefit",
    "Period",
    "PeriodKind",
    "PolicyError",
    "Programme",
    "ProgrammeBook",
    "ProgrammeError",
    "PublicityRule",
    "ReturnMode",
    "Role",
    "Route",
    "Rule",
    "ScoreItem",
    "Silence",
    "Source",
    "Stage",
    "StageKind",
    "StagePlan",
    "Standing",
    "Unit",
    "UnitKind",
    "UnknownProgrammeError",
    "UnknownUnitError",
    "UnmappedStageError",
    "UsedValue",
    "Validity",
    "Verb",
    "VoteRule",
    "Window",
    "WorkCalendar",
    "assess",
    "load_office",
    "load_programme",
    "load_programmes",
    "mapped_stage",
    "paper_states",
    "plan_moves",
    "plan_stages",
    "stage_needed",
]
