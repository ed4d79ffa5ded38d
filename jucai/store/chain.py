"""The chain of a case's events: each is sealed over its own content and the seal of the one before."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from jucai.approval.events import Actor, Happened, event_from_json, event_to_json
from jucai.store.database import JsonText
from jucai.store.remembered import same_again
from models.base import UTC
from models.cases import Case, CaseEvent

BEGINNING = "0" * 64
_quoted = json.encoder.encode_basestring
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class BrokenChain(Exception):  # noqa: N818 - named for what is wrong
    """An event of a case is not what was written."""


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a check of all chains found."""

    cases: int
    events: int
    broken: tuple[str, ...]


def event_values(case_id: int, number: str, seq: int, happened: Happened, previous: str) -> dict[str, Any]:
    """The columns of one more event, sealed over `previous`."""
    data = _CANONICAL.encode(event_to_json(happened.event))
    values = {
        "case_id": case_id,
        "seq": seq,
        "type": type(happened.event).__name__,
        "at": happened.at,
        "actor": happened.actor.who,
        "role": happened.actor.role,
        "address": happened.actor.address,
        "why": happened.actor.why,
        "previous_hash": previous,
    }
    return {**values, "data": JsonText(data), "hash": _seal(number, values, data)}


def seal(number: str, row: CaseEvent) -> str:
    """SHA-256 over the canonical content of an event and the seal before it."""
    values = row.model_dump(exclude={"id", "case_id", "hash", "data"})
    return _seal(number, values, _CANONICAL.encode(row.data))


def _seal(number: str, values: Mapping[str, Any], data: str) -> str:
    """The seal over the canonical JSON of an event: keys in order, no blanks; `data` is canonical JSON already."""
    text = (
        f'{{"actor":{_quoted(values["actor"])},"address":{_quoted(values["address"])},"at":"{_in_utc(values["at"])}",'
        f'"case":{_quoted(number)},"data":{data},"previous":{_quoted(values["previous_hash"])},'
        f'"role":{_quoted(values["role"])},"seq":{values["seq"]},"type":{_quoted(values["type"])},'
        f'"why":{_quoted(values["why"])}}}'
    )
    return hashlib.sha256(text.encode()).hexdigest()


@same_again
def _in_utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def happened_of(row: CaseEvent) -> Happened:
    """The event a row holds."""
    actor = Actor(row.actor, row.role, row.address, row.why)
    return Happened(event_from_json(row.type, row.data), row.at, actor)


def verify_chains(session: Session) -> ChainReport:
    """Check every event of every case; the numbers of broken cases stand in the report."""
    broken: list[str] = []
    cases = events = 0
    for case in session.exec(select(Case).order_by(col(Case.id))):
        cases += 1
        previous = BEGINNING
        rows = session.exec(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(col(CaseEvent.seq))).all()
        for seq, row in enumerate(rows, start=1):
            events += 1
            if row.seq != seq or row.previous_hash != previous or row.hash != seal(case.number, row):
                broken.append(case.number)
                break
            previous = row.hash
        else:
            if previous != case.last_hash or len(rows) != case.revision:
                broken.append(case.number)
    return ChainReport(cases, events, tuple(broken))
