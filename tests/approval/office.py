"""An office for tests: the shipped one, with a case to walk through it."""

import json
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from jucai.approval import commands as cm
from jucai.approval.events import Actor, Event, Happened, event_from_json, event_to_json
from jucai.approval.evolve import evolve, replay
from jucai.approval.machine import handle
from jucai.approval.state import Applicant, CaseState, Paper, Publicity, Verdict
from jucai.approval.world import World
from jucai.clock import SHANGHAI, FixedClock
from jucai.policy import WorkCalendar, load_programmes
from jucai.settings import ROOT
from models.readings import FieldValue

BOOK = load_programmes(ROOT / "programmes")
CALENDAR = WorkCalendar.load(ROOT / "programmes" / "calendar" / "cn.json")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)

GOOD = {
    "name": "王小明",
    "sex": "男",
    "birth_date": "1990-01",
    "id_number": "340802199001011239",
    "phone": "13800000000",
    "employer_name": "安庆示例新材料有限公司",
    "employer_uscc": "91340802MA2X00001X",
    "employer_address": "安庆市迎江区示例路1号",
    "talent_category": "C类",
    "subsidy_standard": "2000",
    "subsidy_period_start": "2026-01",
    "subsidy_period_end": "2026-12",
    "subsidy_months": "12",
    "requested_amount": "24000",
    "requested_amount_upper": "24000",
    "contract_start": "2024-01-01",
    "contract_end": "2028-12-31",
    "social_security_start": "2024-02",
    "bank_name": "示例银行安庆分行",
    "bank_account": "6217000000000000000",
    "commitment_checked": "true",
    "employer_opinion": "情况属实，同意申报。",
}


@dataclass
class Walk:
    """One case walking through the office."""

    clock: FixedClock = field(default_factory=lambda: FixedClock(MONDAY))
    state: CaseState | None = None
    history: list[Happened] = field(default_factory=list)

    def world(self) -> World:
        return World(self.clock.now(), BOOK.office("anqing"), BOOK, CALENDAR)

    def do(self, command: cm.Command, who: str = "system") -> list[Happened]:
        happened = handle(self.state, command, Actor(who), self.world())
        for one in happened:
            self.state = evolve(self.state, one)
        self.history += happened
        assert self.state == replay(self.history)
        return happened

    @property
    def now(self) -> CaseState:
        assert self.state is not None
        return self.state

    def open(
        self, values=None, *, confidence=0.99, doubts=(), programme="anqing/living-subsidy", **changes
    ) -> CaseState:
        facts = {**(GOOD if values is None else values), **changes}
        self.do(
            cm.OpenCase(
                number="AQ-SUB-2026-000001",
                programme=programme,
                version=BOOK.get(programme).version,
                applicant=Applicant(
                    facts.get("name", ""), "wang@applicant.example", "x" * 64, facts.get("employer_name", "")
                ),
                unit="迎江区",
                papers=(Paper(1, "申请表.pdf"),),
                facts={key: FieldValue(value, confidence) for key, value in facts.items()},
                doubts=doubts,
            ),
            "wang@applicant.example",
        )
        return self.now

    def decide(self, verdict=Verdict.APPROVE, opinion="同意", *, task=None, officer=None, return_to="") -> CaseState:
        chosen = task or self.now.open_tasks[0]
        self.do(cm.DecideTask(chosen.code, officer or chosen.officers[0], verdict, opinion, return_to), "officer")
        return self.now

    def approve_until(self, stage: str) -> CaseState:
        while self.now.stage != stage:
            assert self.now.open_tasks, f"stuck before {stage} at {self.now.stage}"
            self.decide()
        return self.now

    def publish(self) -> CaseState:
        rule = BOOK.get(self.now.programme).publicity
        assert rule is not None
        period = CALENDAR.period(rule.kind, rule.days, self.clock.now().date(), first_day_counts=rule.first_day_counts)
        notice = "宜人才公示〔2026〕1号"
        public = Publicity(notice, period.first, period.last, provisional=False, explanation="")
        self.do(cm.StartPublicity(public))
        return self.now

    def to_day(self, day: date) -> None:
        target = datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)
        self.clock.advance(max(timedelta(), target - self.clock.now()))

    def to_payment(self) -> CaseState:
        self.approve_until("publicity")
        self.publish()
        assert self.now.publicity is not None
        self.to_day(self.now.publicity.last + timedelta(days=1))
        self.do(cm.Advance())
        return self.now


def without(*keys: str) -> dict[str, str]:
    return {key: value for key, value in GOOD.items() if key not in keys}


def event_round_trip(event: Event) -> Event:
    """The event as it comes back from the database."""
    return event_from_json(type(event).__name__, json.loads(json.dumps(event_to_json(event))))


__all__ = [
    "BOOK",
    "CALENDAR",
    "GOOD",
    "MONDAY",
    "Applicant",
    "FieldValue",
    "Walk",
    "World",
    "event_round_trip",
    "replace",
    "without",
]
