"""An officer's page of common affairs: substitution, hand-over, meetings, rankings, and cases a head looks after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from jucai.approval.labels import VERDICT_LABELS
from jucai.approval.state import Verdict
from jucai.approval.values import Substitution
from jucai.desk.decision_form import Choice
from jucai.desk.surroundings import Desk
from jucai.desk.verbs_page import GROUNDS, colleagues, leads
from jucai.policy import Role
from jucai.store.links import form_nonce
from jucai.store.meetings import AgendaLine, agenda
from jucai.store.substitutes import substitutions
from jucai.store.waiting import RankingDue, for_a_meeting, meetings_without_minutes, rankings_due
from models.cases import Meeting

RULINGS = (Verdict.APPROVE, Verdict.REJECT, Verdict.RETURN)
CASE_ACTIONS = (
    Choice("suspend", "中止"),
    Choice("resume", "恢复"),
    Choice("extend", "延长办理期限"),
    Choice("terminate", "终止"),
    Choice("revive", "唤醒（重新办理已终结的办件）"),
    Choice("close-voting", "结束表决或评审"),
)


@dataclass(frozen=True, slots=True)
class Away:
    """One substitution, in names."""

    officer: str
    substitute: str
    first: date
    last: date
    why: str
    mine: bool


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One meeting that has no minutes yet."""

    title: str
    held_on: date
    place: str
    url: str


@dataclass(frozen=True, slots=True)
class AgendaCandidate:
    """One case that can be put on an agenda."""

    number: str
    applicant: str
    employer: str
    programme: str


@dataclass(frozen=True, slots=True)
class AffairsPage:
    """Everything on the page; `failed` names the form that was refused, `typed` what had been typed into it."""

    here: str
    back: str
    officer: str
    unit: str
    today: date
    nonces: Mapping[str, str]
    away: tuple[Away, ...]
    people: tuple[Choice, ...]
    leavers: tuple[Choice, ...]
    convenes: bool
    candidates: tuple[AgendaCandidate, ...]
    guests: tuple[Choice, ...]
    meetings: tuple[MeetingView, ...]
    rankings: tuple[RankingDue, ...]
    leads: bool
    actions: tuple[Choice, ...] = CASE_ACTIONS
    grounds: tuple[Choice, ...] = GROUNDS
    failed: str = ""
    error: str = ""
    done: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MinutesPage:
    """The page of one meeting: its agenda, and the form for its minutes while there are none."""

    here: str
    back: str
    officer: str
    meeting: Meeting
    lines: tuple[AgendaLine, ...]
    nonce: str
    rulings: tuple[Choice, ...]
    members: tuple[Choice, ...]
    outcomes: Mapping[str, str]
    error: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)


ACTIONS = ("substitute", "substitute-end", "hand-over", "convene", "rank", "case")


def action_nonce(desk: Desk, token: str, action: str) -> str:
    """The nonce of one form of this page: bound to the officer's link, the action and the day."""
    return form_nonce(desk.bureau, f"{token}\0{action}", desk.today.toordinal())


def affairs_page(
    desk: Desk, session: Session, officer: str, token: str, *, failed: str = "", error: str = "", done: str = "",
    typed: Mapping[str, str] | None = None,
) -> AffairsPage:  # fmt: skip
    """The page as it stands now, for one officer."""
    bureau, office = desk.bureau, desk.bureau.office
    known = office.officer(officer)
    roles = set(known.roles) if known else set()
    head = leads(office, officer)
    convenes = bool(roles & {Role.SECRETARY, Role.HEAD})
    people = colleagues(office, officer)
    me = Choice(officer, known.name if known else officer, "本人")
    return AffairsPage(
        here=f"/b/{token}/office",
        back=f"/b/{token}",
        officer=me.label,
        unit=office.unit(known.unit).title if known else "",
        today=desk.today,
        nonces={action: action_nonce(desk, token, action) for action in ACTIONS},
        away=tuple(_away(desk, one, officer) for one in substitutions(session, desk.today)),
        people=people,
        leavers=(me, *people) if head or Role.HEAD in roles else (me,),
        convenes=convenes,
        candidates=tuple(
            AgendaCandidate(
                one.case.number,
                one.case.applicant,
                one.case.employer,
                bureau.programmes.get(one.case.programme, one.case.version).short_title,
            )
            for one in (for_a_meeting(session, bureau) if convenes else ())
        ),
        guests=(me, *people),
        meetings=tuple(
            MeetingView(one.title, one.held_on, one.place, f"/b/{token}/meetings/{one.id}")
            for one in (meetings_without_minutes(session) if convenes else ())
        ),
        rankings=rankings_due(session, bureau, officer),
        leads=head,
        failed=failed,
        error=error,
        done=done,
        typed=typed or {},
    )


def minutes_page(
    desk: Desk, session: Session, officer: str, token: str, meeting: Meeting, *, error: str = "",
    typed: Mapping[str, str] | None = None,
) -> MinutesPage:  # fmt: skip
    """The page of one meeting."""
    office = desk.bureau.office
    known = office.officer(officer)
    me = Choice(officer, known.name if known else officer)
    return MinutesPage(
        here=f"/b/{token}/meetings/{meeting.id}",
        back=f"/b/{token}/office",
        officer=me.label,
        meeting=meeting,
        lines=agenda(session, desk.bureau, meeting.title),
        nonce=minutes_nonce(desk, token, meeting),
        rulings=tuple(Choice(verdict.value, VERDICT_LABELS[verdict]) for verdict in RULINGS),
        members=(me, *colleagues(office, officer)),
        outcomes={**{verdict.value: VERDICT_LABELS[verdict] for verdict in RULINGS}, "deferred": "未议，转下次会议"},
        error=error,
        typed=typed or {},
    )


def minutes_nonce(desk: Desk, token: str, meeting: Meeting) -> str:
    """The nonce of the minutes' form: bound to the officer's link and the meeting, whose agenda never changes."""
    return form_nonce(desk.bureau, f"{token}\0meeting", meeting.id or 0)


def _away(desk: Desk, one: Substitution, officer: str) -> Away:
    office = desk.bureau.office

    def name(who: str) -> str:
        known = office.officer(who)
        return known.name if known else who

    mine = one.officer == officer and one.covers(desk.today)
    return Away(name(one.officer), name(one.substitute), one.first, one.last, one.why, mine)
