"""Mail that came back: noted on the mail, on its case, and on the address."""

from datetime import timedelta

from sqlmodel import Session, col, select

from jucai.casework.outcomes import Ended
from jucai.mailroom.parsing import FailedRecipient, ParsedLetter
from jucai.store.bureau import Bureau
from models.cases import Case
from models.effects import OutboxMail, OutboxState, ReturnedAddress
from models.letters import Letter, LetterOutcome

_LATEST = timedelta(days=10)  # a server tries for five days at most, as a rule (RFC 5321 section 4.5.4.1)
_DELIVERED = frozenset({OutboxState.SENT, OutboxState.UNKNOWN, OutboxState.RETURNED})


def settle_bounce(
    session: Session, bureau: Bureau, row: Letter, parsed: ParsedLetter, answered: OutboxMail | None
) -> Ended:
    """Note what came back. Only a bounce under our own sealed Message-ID says something about an address.

    Anybody can write a letter that looks like a bounce and names an address; nobody else knows the id.
    """
    failed = parsed.returned.recipients if parsed.returned else ()
    mail = answered or _by_case_and_address(session, bureau, row, failed)
    if mail is None:
        return Ended(LetterOutcome.BOUNCE, "退信，未找到对应的发出邮件")
    why = "；".join(one.diagnostic or one.status for one in failed if one.diagnostic or one.status)[:300]
    if failed and not any(one.permanent for one in failed):
        mail.last_detail = f"对方服务器暂缓：{why}"[:500]
        session.add(mail)
        return Ended(LetterOutcome.BOUNCE, f"邮件 {mail.id} 暂未送达，对方服务器仍在重试：{why}", case_id=mail.case_id)
    mail.last_detail = f"退信：{why}"[:500]
    if mail.state in _DELIVERED:
        mail.state = OutboxState.RETURNED
    session.add(mail)
    if answered is not None:
        _note_address(session, bureau, mail, why)
    return Ended(LetterOutcome.BOUNCE, f"发给 {mail.recipient} 的邮件被退回：{why}"[:300], case_id=mail.case_id)


def _by_case_and_address(
    session: Session, bureau: Bureau, row: Letter, failed: tuple[FailedRecipient, ...]
) -> OutboxMail | None:
    """The newest mail about the case named, to an address named: QQ's bounces bring neither id nor copy."""
    addresses = {one.addr.lower() for one in failed}
    if not row.case_no or not addresses:
        return None
    return session.exec(
        select(OutboxMail)
        .join(Case, col(Case.id) == col(OutboxMail.case_id))
        .where(
            Case.number == row.case_no,
            col(OutboxMail.recipient).in_(addresses),
            OutboxMail.state == OutboxState.SENT,
            OutboxMail.created_at >= bureau.clock.now() - _LATEST,
        )
        .order_by(col(OutboxMail.id).desc())
    ).first()


def _note_address(session: Session, bureau: Bureau, mail: OutboxMail, why: str) -> None:
    assert mail.id is not None
    addr = mail.recipient.lower()
    known = session.get(ReturnedAddress, addr)
    row = known or ReturnedAddress(addr=addr, mail_id=mail.id, times=0, last_at=bureau.clock.now())
    row.mail_id, row.last_at, row.detail = mail.id, bureau.clock.now(), why
    row.times += 1
    session.add(row)


def address_lives(session: Session, addr: str) -> None:
    """Forget that mail came back from an address: a letter has come from it."""
    row = session.get(ReturnedAddress, addr.lower())
    if row is not None:
        session.delete(row)
