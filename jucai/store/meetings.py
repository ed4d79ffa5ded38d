"""Deciding for many at once: meetings with agenda and minutes, rankings within a quota, hand-overs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from jucai.approval import commands as cm
from jucai.approval.deciding_together import Contender, Placing, rank
from jucai.approval.events import Actor
from jucai.approval.refusals import BadCommand, NotNow, NotOnAgenda, Refusal, UnknownCase
from jucai.approval.state import CaseState, Phase, TaskPurpose, TaskStatus, Verdict, state_from_json
from jucai.approval.tasks import known_officer
from jucai.approval.ways import rule_of
from jucai.store.bureau import Bureau
from jucai.store.cases import carry_out
from jucai.store.database import reading, transaction
from jucai.store.outbox import queue_mail
from models.cases import Case, Meeting, MeetingItem, Task
from models.money import Money


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the minutes say of one case."""

    outcome: Verdict
    text: str
    recused: tuple[str, ...] = ()
    return_to: str = ""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One item of an agenda, as it is printed: nothing personal beyond name and employer."""

    position: int
    number: str
    programme: str
    applicant: str
    employer: str
    amount: str
    example: bool
    outcome: str = ""
    text: str = ""


def convene(
    bureau: Bureau, title: str, held_on: date, place: str, numbers: Sequence[str], officer: str, invited: Sequence[str]
) -> str:
    """Put cases on the agenda of a new meeting and mean its agenda to those invited; all of it, or nothing.

    Raises the refusal of the first case that cannot be put on it.
    """
    now = bureau.clock.now()
    convener = known_officer(bureau.office, officer)
    if not title.strip() or not numbers:
        raise BadCommand("召集会议", "须有会议名称和至少一个议题")
    if held_on < now.date():
        raise BadCommand("召集会议", "会议日期已过")
    guests = [known_officer(bureau.office, who) for who in dict.fromkeys(invited)]
    with transaction(bureau.engine) as session:
        if session.exec(select(Meeting.id).where(Meeting.title == title)).first() is not None:
            raise NotNow("再次召集", f"{title}已经召集")
        meeting = Meeting(
            title=title, held_on=held_on, place=place, unit=convener.unit, convened_by=officer, convened_at=now
        )
        session.add(meeting)
        session.flush()
        assert meeting.id is not None
        for position, number in enumerate(dict.fromkeys(numbers), start=1):
            carry_out(session, bureau, number, cm.PutOnAgenda(officer, title, position), Actor(officer))
            session.add(MeetingItem(meeting_id=meeting.id, case_id=_case_id(session, number), position=position))
        for guest in guests:
            queue_mail(
                session,
                bureau,
                kind="agenda",
                recipient=guest.email,
                reference=f"meeting-{meeting.id}.agenda",
                now=now,
                intent={"meeting": title, "officer": guest.id},
            )
    return title


def told_of_convening(title: str, items: int, guests: int) -> str:
    """What whoever convened a meeting is told: the agenda goes to nobody who was not named."""
    if guests:
        return f"已召集{title}，议题 {items} 项，议程将发给 {guests} 人。"
    told = "没有选择参会人员，议程不会发给任何人，请用 jucai meetings agenda 打印议程，另行送达。"
    return f"已召集{title}，议题 {items} 项。{told}"


def agenda(session: Session, bureau: Bureau, title: str) -> tuple[AgendaLine, ...]:
    """The items of a meeting in order, with what was decided where there are minutes."""
    rows = session.exec(
        select(MeetingItem, Case)
        .join(Case, col(Case.id) == col(MeetingItem.case_id))
        .join(Meeting, col(Meeting.id) == col(MeetingItem.meeting_id))
        .where(Meeting.title == title)
        .order_by(col(MeetingItem.position))
    )
    return tuple(
        AgendaLine(
            position=item.position,
            number=case.number,
            programme=bureau.programmes.get(case.programme, case.version).short_title,
            applicant=case.applicant,
            employer=case.employer,
            amount=f"{Money(case.amount_fen).yuan_text} 元" if case.amount_fen is not None else "",
            example=bureau.programmes.get(case.programme, case.version).example,
            outcome=item.outcome or "",
            text=item.text,
        )
        for item, case in rows
    )


def record_minutes(
    bureau: Bureau, title: str, rulings: Mapping[str, Ruling], present: Sequence[str], text: str, officer: str
) -> Mapping[str, CaseState]:
    """Carry out the minutes of a meeting: every item is decided, or taken off the agenda, in one transaction.

    A case without a ruling is taken off and waits for the next meeting. Raises `NotOnAgenda` for a ruling on a
    stranger, `NotNow` where the minutes were recorded before.
    """
    now = bureau.clock.now()
    done: dict[str, CaseState] = {}
    with transaction(bureau.engine) as session:
        meeting = session.exec(select(Meeting).where(Meeting.title == title).with_for_update()).first()
        if meeting is None:
            raise UnknownCase(title)
        if meeting.closed_at is not None:
            raise NotNow("再次记录纪要", f"{title}的纪要已于{meeting.closed_at:%Y年%m月%d日}记录")
        items = session.exec(
            select(MeetingItem, Case.number)
            .join(Case, col(Case.id) == col(MeetingItem.case_id))
            .where(MeetingItem.meeting_id == meeting.id)
            .order_by(col(MeetingItem.position))
        ).all()
        strangers = set(rulings) - {number for _, number in items}
        if strangers:
            raise NotOnAgenda("、".join(sorted(strangers)), title)
        for item, number in items:
            ruling = rulings.get(number)
            done[number] = _rule(session, bureau, number, title, ruling, tuple(present), officer)
            item.outcome = ruling.outcome.value if ruling else "deferred"
            item.text = ruling.text if ruling else "未议，转下次会议"
            session.add(item)
        meeting.minutes, meeting.present, meeting.closed_at = text, list(present), now
        session.add(meeting)
    return done


def _rule(
    session: Session,
    bureau: Bureau,
    number: str,
    title: str,
    ruling: Ruling | None,
    present: tuple[str, ...],
    officer: str,
) -> CaseState:
    if ruling is None:
        command: cm.Command = cm.TakeOffAgenda(officer, title, "本次会议未议")
    else:
        command = cm.DecideByMinutes(
            officer, title, ruling.outcome, ruling.text, present, ruling.recused, ruling.return_to
        )
    return carry_out(session, bureau, number, command, Actor(officer))


def close_ranking(
    bureau: Bureau, programme: str, stage: str, officer: str, *, chosen: Sequence[str] = ()
) -> tuple[Placing, ...]:
    """Rank every case of a programme that waits for it at a stage, and carry it out, in one transaction.

    Raises `TiedAtQuota` where equals compete for the last places and `chosen` does not settle it.
    """
    with transaction(bureau.engine) as session:
        rows = session.exec(
            select(Case)
            .where(Case.programme == programme, Case.phase == Phase.IN_STAGES, Case.stage == stage)
            .order_by(col(Case.number))
            .with_for_update()
        ).all()
        states = [state_from_json(row.full_state) for row in rows]
        waiting = [one for one in states if any(task.purpose is TaskPurpose.RANK for task in one.open_tasks)]
        scoring = [
            one.number
            for one in states
            if any(task.purpose is TaskPurpose.DECIDE and task.stage == stage for task in one.open_tasks)
        ]
        if scoring:
            raise NotNow("排序", f"{'、'.join(scoring)} 尚未评完")
        if not waiting:
            raise NotNow("排序", "没有等待排序的办件")
        found = bureau.programmes.get(programme, waiting[0].version).stage(stage)
        assert found is not None
        rule = rule_of(found)
        placings = rank([_contender(one) for one in waiting], rule.quota, rule.ties, chosen)
        for placing in placings:
            command = cm.ApplyRanking(
                officer, placing.place, len(placings), rule.quota, placing.within, placing.explanation
            )
            carry_out(session, bureau, placing.number, command, Actor(officer))
        return placings


def _contender(state: CaseState) -> Contender:
    assert state.result is not None
    assert state.accepted_on is not None
    return Contender(state.number, state.result.mean, dict(state.result.items), state.accepted_on)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What a hand-over moved, and which cases refused it, with the reason."""

    cases: tuple[str, ...]
    faults: tuple[str, ...]


def hand_over_all(bureau: Bureau, leaver: str, successor: str, officer: str, why: str) -> HandedOver:
    """Let a successor have all open tasks of somebody who leaves (离职转办), case by case; may be run again."""
    with reading(bureau.engine) as session:
        rows = session.execute(
            sa.select(col(Case.number), col(Task.officers))
            .join(Case, col(Case.id) == col(Task.case_id))
            .where(col(Task.status).in_([TaskStatus.OPEN, TaskStatus.WAITING]))
            .order_by(col(Case.number))
        ).all()
    numbers = tuple(dict.fromkeys(number for number, officers in rows if leaver in officers))
    moved, faults = [], []
    for number in numbers:
        try:
            with transaction(bureau.engine) as session:
                carry_out(session, bureau, number, cm.HandOver(leaver, successor, officer, why), Actor(officer))
        except Refusal as refusal:
            faults.append(f"{number}：{refusal}")
        else:
            moved.append(number)
    return HandedOver(tuple(moved), tuple(faults))


def _case_id(session: Session, number: str) -> int:
    found = session.exec(select(Case.id).where(Case.number == number)).one()
    assert found is not None
    return found
