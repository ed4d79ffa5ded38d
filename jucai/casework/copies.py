"""Whether a letter is one we already have: the same mail again, whatever mailbox or UID it comes under."""

import hashlib
from collections.abc import Collection, Sequence

from sqlmodel import Session, col, or_, select

from jucai.approval.labels import LETTER_OUTCOME_LABELS
from jucai.casework.outcomes import Ended
from jucai.mailroom.parsing import ParsedLetter
from models.letters import Letter, LetterOutcome


def content_digest(parsed: ParsedLetter) -> str:
    """What a letter says, whatever route it took: sender, subject, own words and files (SHA-256, hex).

    Some programs give different letters the same Message-ID; only with the same content is it the same letter.
    """
    sender = parsed.sender.addr if parsed.sender else ""
    pieces = [sender, parsed.subject, parsed.body_text, *sorted(file.sha256 for file in parsed.files())]
    return hashlib.sha256("\0".join(pieces).encode("utf-8", "surrogatepass")).hexdigest()


def akin(session: Session, rows: Sequence[Letter], message_ids: Collection[str]) -> list[Letter]:
    """`rows`, and all letters that have the bytes of one of them or one of these Message-IDs, oldest first.

    It comes again where a folder was made anew (another UIDVALIDITY), where two mailboxes get the same mail, and
    where a server delivers twice.
    """
    same = or_(
        col(Letter.sha256).in_({row.sha256 for row in rows}),
        col(Letter.message_id).in_(message_ids),
    )
    found = {row.id or 0: row for row in (*rows, *session.exec(select(Letter).where(same)))}
    return [found[letter_id] for letter_id in sorted(found)]


def earlier_copy(candidates: Sequence[Letter], row: Letter, message_id: str | None, content: str) -> Letter | None:
    """The first letter that is this very one, by its bytes, or by its Message-ID and `content_digest`."""
    assert row.id is not None
    for one in candidates:
        if (one.id or 0) >= row.id:
            return None
        if one.sha256 == row.sha256:
            return one
        if message_id and one.message_id == message_id and one.details.get("content") == content:
            return one
    return None


def as_copy(first: Letter) -> Ended:
    """The outcome of a copy: recorded, and not answered a second time."""
    became = LETTER_OUTCOME_LABELS[LetterOutcome(first.outcome)] if first.outcome else "正在处理"
    return Ended(
        LetterOutcome.DUPLICATE,
        f"与第 {first.id} 号来信是同一封（{became}），未重复处理，不重复答复",
        case_id=first.case_id,
        duplicate_of=first.id,
    )
