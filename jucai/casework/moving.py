"""What time brings about: publicity lists, ends of periods, instalments; only what is due is looked at."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from jucai.approval.commands import Advance, StartPublicity
from jucai.approval.events import SYSTEM
from jucai.approval.refusals import Refusal
from jucai.approval.state import Phase, Publicity, state_from_json
from jucai.policy import PeriodKind
from jucai.store.bureau import Bureau
from jucai.store.cases import carry_out, execute
from jucai.store.database import reading, transaction
from jucai.store.outbox import issue_notice
from models.cases import Case
from models.effects import Notice


@dataclass(frozen=True, slots=True)
class Moved:
    """What one round of time moved."""

    advanced: int
    published: int
    faults: tuple[str, ...]


def advance_due(bureau: Bureau, limit: int = 500) -> Moved:
    """Move every case that is due; the cost grows with what is due, not with what is stored."""
    now = bureau.clock.now()
    with reading(bureau.engine) as session:
        due = session.exec(
            select(Case.number, Case.state, Case.programme, Case.version)
            .where(col(Case.next_due_at).is_not(None), col(Case.next_due_at) <= now)
            .order_by(col(Case.next_due_at), col(Case.id))
            .limit(limit)
        ).all()
    to_publish: dict[tuple[str, str], list[str]] = defaultdict(list)
    advanced, faults = 0, []
    for number, state, programme, version in due:
        if state["phase"] == Phase.PUBLICITY and state.get("publicity") is None:
            to_publish[programme, version].append(number)
            continue
        try:
            execute(bureau, number, Advance(), SYSTEM)
            advanced += 1
        except Refusal as refusal:
            faults.append(f"{number}：{refusal}")
    published = sum(publish(bureau, *key, numbers) for key, numbers in to_publish.items())
    return Moved(advanced, published, tuple(faults))


def publish(bureau: Bureau, code: str, version: str, numbers: Sequence[str]) -> int:
    """Put these cases of one programme on one public list, with one number and one period; how many stand on it."""
    programme = bureau.programmes.get(code, version)
    rule = programme.publicity
    assert rule is not None, "a programme with a publicity stage says how long it lasts"
    now = bureau.clock.now()
    calendar = bureau.calendar
    start = calendar.next_workday(now.date())
    period = calendar.period(PeriodKind(rule.kind), rule.days, start, first_day_counts=rule.first_day_counts)
    with transaction(bureau.engine) as session:
        waiting = [number for number in numbers if _still_waits(session, number)]
        if not waiting:
            return 0
        notice = issue_notice(session, "publicity", f"{code}/{now.isoformat()}/{waiting[0]}", now, None)
        publicity = Publicity(
            notice=notice_number(bureau, notice),
            first=period.first,
            last=period.last,
            provisional=period.provisional,
            explanation=period.explanation,
        )
        for number in waiting:
            carry_out(session, bureau, number, StartPublicity(publicity), SYSTEM)
        return len(waiting)


def notice_number(bureau: Bureau, notice: Notice) -> str:
    """The full number of an official document: 代字〔year〕n号."""
    return f"{bureau.office.document_word}{_WORDS.get(notice.kind, '')}〔{notice.year}〕{notice.seq}号"


_WORDS = {
    "accepted": "受",
    "correction": "补",
    "publicity": "公示",
    "payment": "拨",
    "refused": "告",
    "appointment": "聘",
}


def _still_waits(session: Session, number: str) -> bool:
    row = session.exec(select(Case).where(Case.number == number)).one()
    state = state_from_json(row.full_state)
    return state.phase is Phase.PUBLICITY and state.publicity is None
