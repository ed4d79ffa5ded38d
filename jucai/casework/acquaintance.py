"""What the records say of a letter's sender before it is sorted: their cases, and which of our mails comes back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from jucai.approval.state import CLOSED, Phase
from jucai.casework.outcomes import Ended
from jucai.mailroom.kinds import Beforehand, LetterKind, Standing
from jucai.mailroom.parsing import ParsedLetter
from models.cases import Case
from models.effects import OutboxMail
from models.letters import Letter, LetterOutcome

_MAX_REFERENCES = 20
_CLOSED = frozenset(phase.value for phase in CLOSED)


def beforehand(session: Session, letters: Mapping[int, ParsedLetter]) -> dict[int, Beforehand]:
    """What is known beforehand of each letter, by its key; two queries whatever their number."""
    senders = {letter.sender.addr for letter in letters.values() if letter.sender is not None}
    phases: defaultdict[str, set[str]] = defaultdict(set)
    for email, phase in session.exec(
        select(Case.applicant_email, Case.phase).where(col(Case.applicant_email).in_(senders)).distinct()
    ):
        phases[email.lower()].add(phase)
    answered = {key: _answered(letter) for key, letter in letters.items()}
    ids = {one for some in answered.values() for one in some}
    kinds = dict(
        session.exec(select(OutboxMail.message_id, OutboxMail.kind).where(col(OutboxMail.message_id).in_(ids))).all()
    )
    return {
        key: Beforehand(
            _standing(phases[letter.sender.addr] if letter.sender else set()),
            next((kinds[one] for one in answered[key] if one in kinds), ""),
        )
        for key, letter in letters.items()
    }


def _answered(letter: ParsedLetter) -> Sequence[str]:
    """The ids a letter answers, nearest first."""
    return (*letter.in_reply_to, *reversed(letter.references))[:_MAX_REFERENCES]


def _standing(phases: set[str]) -> Standing:
    if Phase.CORRECTING.value in phases:
        return Standing.CORRECTING
    if phases - _CLOSED:
        return Standing.OPEN
    return Standing.ALL_CLOSED if phases else Standing.NO_CASE


def case_to_complete(session: Session, sender: str) -> tuple[Case | None, int]:
    """The one case of a sender that papers without a number can only be for, and how many they might be for.

    That is the one that waits for papers, else the only open one. Two that wait are never guessed between.
    """
    rows = session.exec(
        select(Case).where(Case.applicant_email == sender, col(Case.phase).not_in(_CLOSED)).limit(_MAX_REFERENCES)
    ).all()
    waiting = [case for case in rows if case.phase == Phase.CORRECTING.value] or rows
    return (waiting[0] if len(waiting) == 1 else None), len(waiting)


def for_which_case(session: Session, letter: Letter) -> Ended | None:
    """Where papers without a number may be for several cases of their sender: a person looks, the sender is told."""
    if letter.kind != LetterKind.SUPPLEMENT or letter.details.get("authentic") is False:
        return None
    _, number = case_to_complete(session, letter.sender)
    if number < 2:  # noqa: PLR2004 - several
        return None
    text = f"补正材料没有写明受理编号，来信人有 {number} 件在办，无法确认是哪一件，转人工"
    note = (
        "收到您寄来的材料，但您有多件申请在办，无法确认是哪一件的。"
        "请直接回复那一件的补正通知，或在主题中写明受理编号后重新发送。"
    )
    return Ended(LetterOutcome.FOR_PERSON, text, "status", (("note", note),))
