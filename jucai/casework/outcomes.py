"""Writing down what became of a letter, and answering it where that is right."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from jucai.mailroom.kinds import Trust
from jucai.store.bureau import Bureau
from jucai.store.outbox import queue_mail
from models.effects import OutboxMail
from models.letters import Letter, LetterOutcome, LetterState

_FOR_PEOPLE = frozenset({LetterOutcome.FOR_PERSON, LetterOutcome.FAILED, LetterOutcome.OVERSIZE})
_MAX_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a letter, in one Chinese sentence; `answer` is the kind of mail that goes back, if any."""

    outcome: LetterOutcome
    text: str
    answer: str = ""
    facts: tuple[tuple[str, Any], ...] = ()
    case_id: int | None = None
    duplicate_of: int | None = None


def cited(letter: Letter) -> str:
    """How an event on a case names the letter it came by, and how far its sender was believed."""
    reply = "，引用了本局寄往该地址的邮件" if letter.details.get("reply_code") else ""
    return f"来信 {letter.id}（{Trust(letter.trust).label}{reply}）" if letter.trust else f"来信 {letter.id}"


def finish(session: Session, bureau: Bureau, letter: Letter, ended: Ended) -> None:
    """Write the outcome of a letter and mean its answer, in the caller's transaction."""
    letter.outcome = ended.outcome
    letter.outcome_text = ended.text
    letter.state = LetterState.PARKED if ended.outcome in _FOR_PEOPLE else LetterState.DONE
    letter.case_id = ended.case_id or letter.case_id
    letter.duplicate_of = ended.duplicate_of
    session.add(letter)
    if ended.answer and may_answer(session, bureau, letter):
        queue_mail(
            session,
            bureau,
            kind=ended.answer,
            recipient=letter.sender,
            reference=f"letter-{letter.id}.{ended.answer}",
            now=bureau.clock.now(),
            case_id=ended.case_id,
            letter=letter,
            intent=dict(ended.facts),
        )


def may_answer(session: Session, bureau: Bureau, letter: Letter) -> bool:
    """Whether an automatic answer may go out: allowed by the letter itself, and not too many to one address today.

    RFC 3834 section 2 asks for a limit per correspondent, so that two machines never talk to each other for ever.
    """
    if not letter.must_reply or not letter.sender:
        return False
    midnight = bureau.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    answered = session.exec(
        select(func.count())
        .select_from(OutboxMail)
        .where(
            OutboxMail.recipient == letter.sender,
            col(OutboxMail.dedupe).startswith("letter-"),
            OutboxMail.created_at >= midnight,
        )
    ).one()
    return int(answered) < bureau.settings.answers_per_day


def note_failure(session: Session, letter: Letter, what: str) -> None:
    """Count a failed attempt; after three the letter is parked for a person, never dropped."""
    letter.attempts += 1
    letter.details = {**letter.details, "error": what[:500]}
    if letter.attempts >= _MAX_ATTEMPTS:
        letter.state = LetterState.PARKED
        letter.outcome = LetterOutcome.FAILED
        letter.outcome_text = f"处理三次均未成功，已转人工：{what[:200]}"
    session.add(letter)
