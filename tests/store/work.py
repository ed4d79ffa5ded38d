"""Cases and their events, for tests of the store."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session, col, select

from jucai.approval.commands import DecideTask, OpenCase
from jucai.approval.events import Actor
from jucai.approval.refusals import AlreadyDecided, Refusal
from jucai.approval.state import Applicant, CaseState, Paper, Phase, Verdict
from jucai.casework.moving import advance_due
from jucai.clock import FixedClock
from jucai.settings import Settings
from jucai.store.bureau import Bureau, open_bureau
from jucai.store.cases import execute, load_state, open_case
from jucai.store.database import reading, transaction
from jucai.store.numbers import next_number
from models.cases import Case, CaseEvent
from models.letters import Document, DocumentState, Letter
from models.readings import FieldValue
from tests.approval.office import BOOK, GOOD
from tests.store.conftest import MONDAY

PROGRAMME = BOOK.get("anqing/living-subsidy")


def new_case(bureau: Bureau, name: str = "王小明", person: str = "", **values: str) -> str:
    """A complete application that has been accepted; its number. `person` is who it is, by default somebody new."""
    now = bureau.clock.now()
    with transaction(bureau.engine) as session:
        number = f"AQ-SUB-2026-{next_number(session, 'case/AQ-SUB', 2026):06d}"
        uid = int(number[-6:])
        letter = Letter(
            host="h", username="u", folder="INBOX", uidvalidity=1, uid=uid, sha256="0" * 64, size=1, received_at=now
        )
        session.add(letter)
        session.flush()
        assert letter.id is not None
        paper = Document(
            letter_id=letter.id,
            ordinal=0,
            name="申请表.pdf",
            sha256=f"{uid:064d}",
            size=1,
            media_type="application/pdf",
            state=DocumentState.READ,
        )
        session.add(paper)
        session.flush()
        assert paper.id is not None
        identity = person or f"person {uid}"
        applicant = Applicant(name, f"a{uid}@applicant.example", bureau.person_index(identity), "示例公司")
        row = Case(
            number=number,
            programme=PROGRAMME.code,
            version=PROGRAMME.version,
            kind=PROGRAMME.kind.value,
            form=PROGRAMME.form,
            letter_id=letter.id,
            document_id=paper.id,
            applicant=name,
            applicant_email=applicant.email,
            person_index=applicant.person_index,
            employer="示例公司",
            unit="迎江区",
            phase="",
            stage="",
            revision=0,
            last_hash="",
            opened_at=now,
            changed_at=now,
        )
        facts = {
            key: FieldValue(value, 0.99)
            for key, value in {**GOOD, "name": name, "id_number": identity, **values}.items()
        }
        papers = (Paper(paper.id, paper.name),)
        command = OpenCase(number, PROGRAMME.code, PROGRAMME.version, applicant, "迎江区", papers, facts)
        open_case(session, bureau, row, command, Actor(applicant.email, "申请人"))
    return number


def state_of(bureau: Bureau, number: str) -> CaseState:
    with reading(bureau.engine) as session:
        return load_state(session, number)


def events_of(bureau: Bureau, number: str) -> Sequence[CaseEvent]:
    with reading(bureau.engine) as session:
        return session.exec(
            select(CaseEvent)
            .join(Case, col(Case.id) == col(CaseEvent.case_id))
            .where(Case.number == number)
            .order_by(col(CaseEvent.seq))
        ).all()


def row_of(session: Session, number: str) -> Case:
    return session.exec(select(Case).where(Case.number == number)).one()


def approve(bureau: Bureau, number: str) -> CaseState:
    """Approve the first open task of a case."""
    task = state_of(bureau, number).open_tasks[0]
    return execute(bureau, number, DecideTask(task.code, task.officers[0], Verdict.APPROVE, "同意"), Actor("o"))


def to_payment(bureau: Bureau, clock: FixedClock, number: str) -> CaseState:
    """Lead a case to the phase in which its first instalment is due."""

    for _ in range(20):
        state = state_of(bureau, number)
        if state.phase is Phase.PAYING:
            return state
        if state.open_tasks:
            approve(bureau, number)
        else:
            advance_due(bureau)
            clock.advance(timedelta(days=8))
    raise AssertionError(f"stuck at {state_of(bureau, number).stage}")


def decide_in_a_process(home: str, numbers: list[str], officer: str, barrier: object, answers: object) -> None:
    """What one of two officers does: decide the same tasks as the other, each at the same instant."""
    settings = Settings(home=Path(home), secret="s" * 40, address="rencai@rcj.example")
    bureau = open_bureau(settings, FixedClock(MONDAY))
    told: list[tuple[str, str]] = []
    for number in numbers:
        task = state_of(bureau, number).open_tasks[0]
        barrier.wait(60)  # type: ignore[attr-defined] # a barrier of multiprocessing, whose class is not public
        try:
            execute(bureau, number, DecideTask(task.code, officer, Verdict.APPROVE, f"{officer}：同意"), Actor(officer))
        except AlreadyDecided as refusal:
            told.append(("late", f"{refusal.who} {refusal.when:%Y-%m-%d %H:%M}"))
        except Refusal as refusal:
            told.append((type(refusal).__name__, str(refusal)))
        else:
            told.append(("decided", ""))
        barrier.wait(60)  # type: ignore[attr-defined] # as above
    answers.put((officer, told))  # type: ignore[attr-defined] # a queue of multiprocessing, as above
