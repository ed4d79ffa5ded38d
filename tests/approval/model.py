"""The model: random people do random things to a case of a random programme; simple sentences stay true."""

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from jucai.approval import commands as cm
from jucai.approval import events as ev
from jucai.approval.advancing import next_due_day
from jucai.approval.assignment import must_stand_aside, spoken_elsewhere
from jucai.approval.evolve import evolve, replay
from jucai.approval.machine import handle
from jucai.approval.refusals import Refusal, SubstitutionRefused
from jucai.approval.state import (
    Paper,
    Phase,
    Publicity,
    Seat,
    TaskPurpose,
    TaskStatus,
    Verdict,
    state_from_json,
    state_to_json,
)
from jucai.approval.substituting import check_substitution
from jucai.approval.values import Substitution
from jucai.approval.ways import COUNTED, rule_of
from jucai.clock import SHANGHAI
from jucai.policy import ReturnMode, StageKind
from tests.approval.definitions import LIVING, programmes
from tests.approval.good_will import HEAD, MEETING, decide_one, drive_to_the_end
from tests.approval.office import CALENDAR, GOOD, MONDAY, Applicant, FieldValue, World, event_round_trip
from tests.approval.sentences import can_move, check_clock, check_rounds, check_tasks

OFFICERS = (
    "rsj-reviewer-1", "rsj-reviewer-2", "kjj-reviewer-1", "kjj-reviewer-2", "jtj-reviewer-1", "jtj-reviewer-2",
    "czj-finance-1", "czj-finance-2", "scjg-reviewer-1", "rcj-clerk-1", "rcj-reviewer-1", "rcj-head",
    "yingjiang-rsj-1", "meeting-secretary", "meeting-head",
)  # fmt: skip
# Spread over everybody: hypothesis likes the first of a list too much for a lively office.
who = st.integers(0, 10**6).map(lambda n: OFFICERS[n % len(OFFICERS)])
pick = st.integers(0, 10**6).map(lambda n: n % 31)


class CaseModel(RuleBasedStateMachine):
    """One case of one random programme."""

    def __init__(self) -> None:
        super().__init__()
        self.now = MONDAY
        self.state = None
        self.history: list[ev.Happened] = []
        self.substitutions: tuple[Substitution, ...] = ()
        self.used = 0
        self.refused = 0
        self.attempts = 0
        self.minutes = False  # whether a meeting is deciding

    # -- the office -----------------------------------------------------------------------------------------------

    def world(self) -> World:
        return World(self.now, self.office, self.book, CALENDAR, (), self.substitutions, "种子")

    def attempt(self, command: cm.Command, actor: str = "person") -> bool:
        """Do it or be refused; a refusal leaves no trace."""
        self.attempts += 1
        self.minutes = isinstance(command, cm.DecideByMinutes)
        before = state_to_json(self.state) if self.state and self.attempts % 10 == 0 else None
        try:
            happened = handle(self.state, command, ev.Actor(actor), self.world())
        except Refusal as refusal:
            told = str(refusal)
        else:
            self._keep(happened)
            return True
        assert told.endswith("。"), "a sentence"
        assert before is None or before == state_to_json(self.state)
        self.refused += 1
        return False

    def _keep(self, happened: list[ev.Happened]) -> None:
        for one in happened:
            self._check_event(self.state, one)
            self.state = evolve(self.state, one)
        self.history += happened
        finished = Counter(e.event.stage for e in happened if isinstance(e.event, ev.StageFinished))
        assert max(finished.values(), default=0) <= 1, "a join fires once"

    @initialize(definition=programmes())
    def open(self, definition) -> None:
        self.book = book = definition.book
        self.office = book.office("anqing")
        self.programme = book.get(LIVING.code)
        facts = {key: FieldValue(value, 0.99) for key, value in GOOD.items()}
        applicant = Applicant("王小明", "wang@applicant.example", "x" * 64, GOOD["employer_name"])
        self.attempt(
            cm.OpenCase("AQ-1", LIVING.code, LIVING.version, applicant, "迎江区", (Paper(1, "表.pdf"),), facts)
        )
        assert self.state is not None

    def task(self, index: int):
        tasks = self.state.tasks
        pending = [task for task in tasks if task.status is TaskStatus.OPEN] or list(tasks)
        return pending[index % len(pending)] if pending else None

    @rule(times=st.integers(1, 6))
    def office_works(self, times: int) -> None:
        """People of good will, for some time."""
        for _ in range(times):
            if self.state.closed or self.state.phase in {Phase.SUSPENDED, Phase.CORRECTING}:
                return
            if not decide_one(self):
                if self.state.phase is Phase.PUBLICITY:
                    self.publish() if self.state.publicity is None else self.time_passes(8)
                return

    # -- what people do -------------------------------------------------------------------------------------------

    @precondition(lambda self: bool(tasks_of(self)))
    @rule(index=pick, verdict=st.sampled_from([Verdict.APPROVE] * 6 + [Verdict.REJECT, Verdict.ABSTAIN]), points=pick)
    def decide(self, index: int, verdict: Verdict, points: int) -> None:
        task = self.task(index)
        if task is not None and task.officers:
            self.attempt(self.word(task, task.officers[index % len(task.officers)], verdict, points))

    @precondition(lambda self: bool(tasks_of(self)))
    @rule(index=pick, officer=who)
    def anybody_decides(self, index: int, officer: str) -> None:
        task = self.task(index)
        if task is not None:
            self.attempt(self.word(task, officer, Verdict.APPROVE, 7))

    @precondition(lambda self: bool(tasks_of(self)))
    @rule(index=pick, back=pick, then=st.sampled_from([None, *ReturnMode]), applicant=st.booleans())
    def send_back(self, index: int, back: int, then: ReturnMode | None, applicant: bool) -> None:  # noqa: FBT001
        task = self.task(index)
        if task is None or not task.officers:
            return
        finished = self.state.finished
        to = "" if applicant or not finished else finished[back % len(finished)]
        self.attempt(cm.DecideTask(task.code, task.officers[0], Verdict.RETURN, "请再核实", to, then))

    @precondition(lambda self: bool(tasks_of(self)))
    @rule(index=pick, officer=who)
    def transfer(self, index: int, officer: str) -> None:
        task = self.task(index)
        if task is not None and task.officers:
            self.attempt(cm.TransferTask(task.code, task.officers[0], officer, "另有分工"))

    @precondition(lambda self: bool(tasks_of(self)))
    @rule(index=pick, officer=who)
    def delegate(self, index: int, officer: str) -> None:
        task = self.task(index)
        if task is not None and task.officers:
            self.attempt(cm.DelegateTask(task.code, task.officers[0], officer, "请提意见"))

    @precondition(lambda self: bool(tasks_of(self)))
    @rule(index=pick, officer=who, seat=st.sampled_from([Seat.BEFORE, Seat.BESIDE, Seat.AFTER]))
    def add_signer(self, index: int, officer: str, seat: Seat) -> None:
        task = self.task(index)
        if task is not None and task.officers:
            self.attempt(cm.AddSigner(task.code, task.officers[0], officer, seat, "需要会同"))

    @precondition(lambda self: any(t.origin for t in tasks_of(self)))
    @rule(index=pick)
    def drop_signer(self, index: int) -> None:
        added = [task for task in self.state.pending_tasks if task.origin]
        if added:
            task = added[index % len(added)]
            origin = self.state.task(task.origin)
            by = origin.decided_by or origin.officers[0]
            self.attempt(cm.DropSigner(task.code, by, "不再需要"))

    @rule()
    def recall(self) -> None:
        decided = [task for task in self.state.tasks if task.status is TaskStatus.DONE]
        if decided:
            latest = max(decided, key=lambda task: task.closed_rev)
            self.attempt(cm.RecallDecision(latest.code, latest.decided_by, "点错了"))

    @precondition(lambda self: bool(tasks_of(self)) and len(self.history) % 4 == 0)
    @rule(index=pick)
    def stand_aside(self, index: int) -> None:
        task = self.task(index)
        if task is not None and task.officers and len(self.state.recused) < 3:
            self.attempt(cm.StandAside(task.code, task.officers[0], "与申请人熟识"))

    @precondition(lambda self: bool(tasks_of(self)) and len(self.history) % 3 == 0)
    @rule(leaver=who, successor=who)
    def hand_over(self, leaver: str, successor: str) -> None:
        if leaver != successor:
            self.attempt(cm.HandOver(leaver, successor, HEAD, "调离"))

    @rule(officer=who, to=who)
    def copy(self, officer: str, to: str) -> None:
        self.attempt(cm.CopyCase(officer, (to,), "供参考"))

    @precondition(lambda self: bool(tasks_of(self)) and len(self.history) % 3 == 0)
    @rule(index=pick, officer=who)
    def remind(self, index: int, officer: str) -> None:
        task = self.task(index)
        if task is not None:
            self.attempt(cm.RemindTask(task.code, officer, "请尽快"))

    @precondition(lambda self: kind_of(self) in COUNTED)
    @rule(officer=st.sampled_from([HEAD, "rsj-reviewer-1"]))
    def close_voting(self, officer: str) -> None:
        self.attempt(cm.CloseVoting(officer, "时间已到"))

    @precondition(lambda self: any(t.purpose is TaskPurpose.RANK for t in tasks_of(self)))
    @rule(within=st.booleans())
    def ranking(self, within: bool) -> None:  # noqa: FBT001
        for task in self.state.open_tasks:
            if task.purpose is TaskPurpose.RANK:
                self.attempt(cm.ApplyRanking(task.officers[0], 1, 3, 2, within, "平均 80 分，3 件中第 1 名"))
                return

    @precondition(lambda self: kind_of(self) is StageKind.MEETING)
    @rule(
        outcome=st.sampled_from([Verdict.APPROVE, Verdict.APPROVE, Verdict.RETURN, Verdict.REJECT]), off=st.booleans()
    )
    def meeting(self, outcome: Verdict, off: bool) -> None:  # noqa: FBT001
        self.attempt(cm.PutOnAgenda(HEAD, MEETING, 1))
        if off:
            self.attempt(cm.TakeOffAgenda(HEAD, MEETING, "材料未齐"))
            return
        task = next((t for t in self.state.open_tasks if t.purpose is TaskPurpose.DECIDE), None)
        if task is not None:
            self.attempt(cm.DecideByMinutes(task.officers[0], MEETING, outcome, "经审议", ("meeting-head",)))

    @rule(officer=who, verb=st.sampled_from([cm.SuspendCase, cm.ResumeCase, cm.ResumeCase]), head=st.booleans())
    def pause(self, officer: str, verb: type, head: bool) -> None:  # noqa: FBT001
        self.attempt(verb(HEAD if head else officer, "等待法院结果"))

    @precondition(lambda self: self.state is not None and len(self.history) > 40)
    @rule()
    def terminate(self) -> None:
        self.attempt(cm.TerminateCase(HEAD, "申请人死亡"))

    @precondition(lambda self: self.state is not None and self.state.closed)
    @rule()
    def revive(self) -> None:
        self.attempt(cm.ReviveCase(HEAD, "认定有误"))

    @precondition(lambda self: self.state is not None and not self.state.extension_days)
    @rule(days=st.integers(0, 12))
    def extend(self, days: int) -> None:
        self.attempt(cm.ExtendTerm(HEAD, days, "情况复杂"))

    @precondition(lambda self: self.state is not None and self.state.parts)
    @rule(standard=st.sampled_from(["1500", "2500", "3000", "abc"]), back=st.integers(0, 40))
    def change_level(self, standard: str, back: int) -> None:
        assert self.state is not None
        fixed = [part for part in self.state.parts if part.list_number]
        day = self.now.date() - timedelta(days=back)
        self.attempt(cm.ChangeLevel(HEAD, {"subsidy_standard": standard}, day, "认定文件"))
        assert [part for part in self.state.parts if part.list_number] == fixed, "what is listed or paid stays"
        assert all(part.plan.amount_fen > 0 for part in self.state.parts)

    @precondition(
        lambda self: self.state is not None and (self.state.phase is Phase.CORRECTING or len(self.history) % 5 == 0)
    )
    @rule(phone=st.sampled_from(["13800000000", ""]))
    def supplement(self, phone: str) -> None:
        facts = {"phone": FieldValue(phone, 0.99)} if phone else {}
        self.attempt(cm.ReceiveSupplement((Paper(len(self.history), "补.pdf"),), facts), "applicant")

    @precondition(lambda self: self.state is not None and len(self.history) > 60)
    @rule()
    def withdraw(self) -> None:
        self.attempt(cm.Withdraw("工作变动"), "applicant")

    @rule(officer=who, substitute=who, days=st.integers(0, 20))
    def substitute(self, officer: str, substitute: str, days: int) -> None:
        new = Substitution(officer, substitute, self.now.date(), self.now.date() + timedelta(days=days))
        try:
            check_substitution(new, self.office, self.substitutions, self.now.date())
        except SubstitutionRefused:
            return
        self.substitutions = (*self.substitutions, new)

    @precondition(lambda self: phase_of(self) is Phase.PUBLICITY and self.state.publicity is None)
    @rule()
    def publish(self) -> None:
        if self.state.phase is Phase.PUBLICITY and self.state.publicity is None:
            first = self.now.date()
            last = CALENDAR.add_workdays(first, 4)
            self.attempt(cm.StartPublicity(Publicity("公示1号", first, last, provisional=False, explanation="")))

    @precondition(lambda self: phase_of(self) is Phase.PUBLICITY)
    @rule()
    def object(self) -> None:
        self.attempt(cm.RaiseObjection(1))

    @precondition(lambda self: phase_of(self) in {Phase.PAYING, Phase.SUSPENDED})
    @rule(number=st.integers(1, 3))
    def money(self, number: int) -> None:
        self.attempt(cm.ListInstalment(number, "L1"))
        self.attempt(cm.ConfirmPayment(number, self.now.date()))

    @rule(days=st.sampled_from([0, 1, 1, 3, 8, 40]))
    def time_passes(self, days: int) -> None:
        day = self.now.date() + timedelta(days=days)
        self.now = datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI) if days else self.now
        due = next_due_day(self.state, self.programme, CALENDAR, self.now.date())
        waits_for_list = self.state.phase is Phase.PUBLICITY and self.state.publicity is None
        count = len(self.history)
        self.attempt(cm.Advance(), "system")
        did = len(self.history) > count
        assert did == (due is not None and due <= self.now.date()) or waits_for_list, "time is derived, not scheduled"

    # -- what stays true ------------------------------------------------------------------------------------------

    @invariant()
    def holds(self) -> None:
        if self.state is None:
            return
        check_tasks(self)
        check_clock(self)
        assert not self.state.closed or not self.state.pending_tasks, "a closed case waits for nobody"
        assert self.state.closed or can_move(self), f"stuck at {self.state.stage}"

    def _check_event(self, before, one: ev.Happened) -> None:
        event = one.event
        assert event_round_trip(event) == event
        if not isinstance(event, ev.TaskDecided):
            return
        assert one.actor.who != "system", "nobody but people decides"
        task = before.task(event.code)
        assert task.status is TaskStatus.OPEN, "nobody decides twice"
        officer = self.office.officer(event.officer)
        assert task.purpose is TaskPurpose.READ or not must_stand_aside(officer, self.office, before), "on their own"
        if task.purpose is TaskPurpose.DECIDE and not self.minutes:
            assert event.officer not in spoken_elsewhere(before, self.programme.stage(task.stage)), "four eyes"

    def word(self, task, officer: str, verdict: Verdict, points: int) -> cm.DecideTask:
        stage = self.programme.stage(task.stage) if task.stage else None
        scores = {}
        if stage and stage.kind is StageKind.PANEL and task.purpose is TaskPurpose.DECIDE:
            scores = {item.code: Decimal(points % (item.points + 1)) for item in rule_of(stage).items}
            verdict = Verdict.APPROVE
        return cm.DecideTask(task.code, officer, verdict, "意见", scores=scores)

    def teardown(self) -> None:
        if self.state is None:
            return
        drive_to_the_end(self)
        assert replay(self.history) == self.state
        assert state_from_json(state_to_json(self.state)) == self.state
        check_rounds(self.history)


def tasks_of(model: CaseModel):
    return model.state.pending_tasks if model.state is not None else ()


def phase_of(model: CaseModel):
    return model.state.phase if model.state is not None else None


def kind_of(model: CaseModel):
    if phase_of(model) is not Phase.IN_STAGES:
        return None
    return model.programme.stage(model.state.stage).kind
