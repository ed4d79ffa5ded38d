"""Handing mails over one after another: one commit between two of them keeps the fate of one and begins the next.

A commit waits for the disk, which takes longer than handing a mail over. Two for each mail are not needed: whenever
the process is killed, exactly one mail can be under way, and that one says so.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa

from jucai.mailroom.postman import Envelope, Postman, PostOfficeError, SendResult, SendState, next_attempt
from jucai.store.blobs import DamagedBlob, MissingBlob
from jucai.store.bureau import Bureau
from jucai.store.database import reading
from models.effects import RESENT_AFTER, DeliveryAttempt, OutboxMail, OutboxState

_MAILS = cast("sa.Table", OutboxMail.__table__)  # type: ignore[attr-defined] # SQLModel gives it at run time
_ATTEMPTS = cast("sa.Table", DeliveryAttempt.__table__)  # type: ignore[attr-defined] # as above
_STATES = {
    SendState.SENT: OutboxState.SENT,
    SendState.REFUSED: OutboxState.REFUSED,
    SendState.DEFERRED: OutboxState.DEFERRED,
    SendState.UNKNOWN: OutboxState.UNKNOWN,
}
_SENDABLE = (OutboxState.READY.value, OutboxState.DEFERRED.value)
_MAX_DETAIL = 500

_READ = sa.select(_MAILS.c.id, _MAILS.c.recipient, _MAILS.c.sha256, _MAILS.c.attempts, _MAILS.c.intent).where(
    _MAILS.c.id.in_(sa.bindparam("mails", expanding=True)), _MAILS.c.sha256.is_not(None)
)
_CLAIM = (
    sa.update(_MAILS)
    .where(
        _MAILS.c.id == sa.bindparam("mail"),
        _MAILS.c.state.in_(_SENDABLE),
        _MAILS.c.attempts == sa.bindparam("before"),  # nobody else has tried it meanwhile
    )
    .values(state=OutboxState.SENDING.value, attempts=sa.bindparam("number"))
)
_BEGUN = _ATTEMPTS.insert()
_SETTLE = sa.update(_MAILS).where(_MAILS.c.id == sa.bindparam("mail"))
_ENDED = sa.update(_ATTEMPTS).where(
    _ATTEMPTS.c.mail_id == sa.bindparam("mail"), _ATTEMPTS.c.number == sa.bindparam("of_number")
)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One attempt at one mail; `number` counts all at it, `tries` those since a person sent it again."""

    mail_id: int
    number: int
    tries: int
    recipient: str
    sha256: str


def send_all(bureau: Bureau, postman: Postman, mail_ids: Sequence[int]) -> Iterator[SendResult]:
    """Try once to send each mail that is still to be sent, and yield what became of it once that is kept.

    Raises PostOfficeError when there is no connection to try with; the mails behind stay as they are.
    """
    waiting = iter(_attempts(bureau, mail_ids))
    attempt = _turn(bureau, None, waiting)
    while attempt is not None:
        try:
            result = _send(bureau, postman, attempt)
        except PostOfficeError as error:  # nothing of this mail was said yet
            _turn(bureau, (attempt, SendResult(SendState.DEFERRED, str(error))), ())
            raise
        following = _turn(bureau, (attempt, result), waiting)
        try:
            yield result
        except BaseException:
            if following is not None:  # it was begun on paper only
                _turn(bureau, (following, SendResult(SendState.DEFERRED, "尚未开始发送，本轮即告中断")), ())
            raise
        attempt = following


def _send(bureau: Bureau, postman: Postman, attempt: _Attempt) -> SendResult:
    try:
        data = bureau.blobs.get(attempt.sha256)
    except (MissingBlob, DamagedBlob) as error:
        return SendResult(SendState.DEFERRED, str(error))
    return postman.send(Envelope(bureau.settings.address, (attempt.recipient,), data))


def _attempts(bureau: Bureau, mail_ids: Sequence[int]) -> list[_Attempt]:
    """The attempts to be made, in this order."""
    with reading(bureau.engine) as session:
        rows = {row.id: row for row in session.connection().execute(_READ, {"mails": list(mail_ids)})}
    return [
        _Attempt(
            row.id, row.attempts + 1, row.attempts + 1 - row.intent.get(RESENT_AFTER, 0), row.recipient, row.sha256
        )
        for mail_id in mail_ids
        if (row := rows.get(mail_id)) is not None
    ]


def _turn(bureau: Bureau, landed: tuple[_Attempt, SendResult] | None, waiting: Iterable[_Attempt]) -> _Attempt | None:
    """Keep what became of one mail and note the attempt at the next, in one commit; the next, if there is one."""
    with bureau.engine.begin() as connection:
        if landed is not None:
            _settle(bureau, connection, *landed)
        return next((attempt for attempt in waiting if _begin(bureau, connection, attempt)), None)


def _begin(bureau: Bureau, connection: sa.Connection, attempt: _Attempt) -> bool:
    """Note that a mail is being sent; False where somebody else has tried it or called it off meanwhile."""
    of = {"mail": attempt.mail_id, "number": attempt.number, "before": attempt.number - 1}
    if not connection.execute(_CLAIM, of).rowcount:
        return False
    started = {"mail_id": attempt.mail_id, "number": attempt.number, "started_at": bureau.clock.now()}
    connection.execute(_BEGUN, {**started, "result": "", "detail": ""})
    return True


def _settle(bureau: Bureau, connection: sa.Connection, attempt: _Attempt, result: SendResult) -> None:
    now = bureau.clock.now()
    detail = result.detail[:_MAX_DETAIL]
    facts: dict[str, Any] = {"state": _STATES[result.state].value, "last_detail": detail}
    if result.state is SendState.SENT:
        facts["sent_at"] = now
    elif result.state is SendState.DEFERRED:
        again = next_attempt(attempt.tries, now)
        facts |= {"next_attempt_at": again or now}
        if again is None:
            facts["state"] = OutboxState.REFUSED.value
    connection.execute(_SETTLE, {"mail": attempt.mail_id, **facts})
    connection.execute(
        _ENDED,
        {
            "mail": attempt.mail_id,
            "of_number": attempt.number,
            "ended_at": now,
            "result": result.state.value,
            "detail": detail,
        },
    )
