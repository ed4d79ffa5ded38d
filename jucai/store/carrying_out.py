"""Commands inside one transaction: what they need is read, what follows from them is gathered and then written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import partial
from operator import attrgetter
from typing import Any, cast

import sqlalchemy as sa
from sqlmodel import Session

from jucai.approval.commands import Command, OpenCase, ReceiveSupplement, ReviveCase, VerifyFacts
from jucai.approval.events import Actor
from jucai.approval.machine import proceed
from jucai.approval.proceeding import Proceeding
from jucai.approval.refusals import AlreadyDecided, NonceUsed, StaleRevision, UnknownCase
from jucai.approval.state import CaseState, same_application, split_state, state_from_text, write_state
from jucai.approval.tasks import officer_name
from jucai.approval.values import Substitution
from jucai.approval.versions import MoveToVersion
from jucai.approval.world import World
from jucai.policy import PastBenefit
from jucai.store.bureau import Bureau
from jucai.store.chain import event_values
from jucai.store.database import JsonText
from jucai.store.due import next_due
from jucai.store.outbox import CaseRef, mails_of
from jucai.store.people import benefits_of, who_is
from jucai.store.prepared import Prepared, together
from jucai.store.projections import project_parts
from jucai.store.remembered import Head, Known, head_from, remember, remembered
from jucai.store.sheet import Overtaken, Sheet
from jucai.store.substitutes import substitutions
from models.cases import Case, UsedNonce

_CASES = cast("sa.Table", Case.__table__)  # type: ignore[attr-defined] # SQLModel gives it at run time
_NONCES = cast("sa.Table", UsedNonce.__table__)  # type: ignore[attr-defined] # as above
# Locked at once: of two people deciding at the same instant the second waits, and is then told by whom and when.
# (SQLite locks the whole database at the start of each writing transaction, and knows no FOR UPDATE.)
_HEADS = sa.select(*[_CASES.c[one.name] for one in fields(Head)]).with_for_update()
_READ_HEAD = Prepared(_HEADS.where(_CASES.c.number == sa.bindparam("of_number")))
_TEXTS = (sa.cast(_CASES.c.application, sa.Text), sa.cast(_CASES.c.state, sa.Text))
_READ_STATE = Prepared(sa.select(*_TEXTS).where(_CASES.c.id == sa.bindparam("of_id")))
_READ_NONCE = Prepared(sa.select(_NONCES.c.nonce).where(_NONCES.c.nonce == sa.bindparam("of_nonce")))
_LOOKS_BACK = (OpenCase, VerifyFacts, ReceiveSupplement, ReviveCase, MoveToVersion)
"""Commands that apply the programme's rules, and so look at the person's other cases."""
_AT_ONCE = 500
"""Cases read with one statement; SQLite takes 32,766 values in one."""


@dataclass(slots=True)
class Carrying:
    """One transaction that carries out commands; nothing is in the database before `write`.

    With `ahead` it sets out from what this process remembers of the case and neither locks nor reads it: writing it
    down tells whether it was still so. `guessed` says that it did.
    """

    bureau: Bureau
    connection: sa.Connection
    given: Session | None = None
    ahead: bool = False
    guessed: bool = False
    sheet: Sheet = field(default_factory=Sheet)
    _heads: dict[str, Head] = field(default_factory=dict)
    _nonces: set[str] = field(default_factory=set)
    _looked_up: bool = False
    _own: Session | None = None
    _unlocked: Head | None = None

    def session(self) -> Session:
        """The session of this transaction: it costs as much as a decision, and most decisions need none."""
        self._lock()
        if self.given is not None:
            return self.given
        if self._own is None:
            self._own = Session(bind=self.connection, expire_on_commit=False)
        return self._own

    def write(self) -> None:
        """Write down what has been gathered."""
        self.sheet.write(self.connection)
        if self._own is not None:
            self._own.flush()

    def end(self, commit: Callable[[], None]) -> None:
        """Write down what has been gathered, and `commit`."""
        if self._own is not None:
            self._own.flush()
        self.close()
        self.sheet.write(self.connection, commit)

    def close(self) -> None:
        """Let go of the session; the transaction is somebody else's to end."""
        if self._own is not None:
            self._own.close()
            self._own = None

    def look_up(self, numbers: Sequence[str], nonces: Sequence[str]) -> None:
        """Lock many cases with few statements, and always in the same order, so that no two wait for each other.

        `nonces` are those of all commands that follow.
        """
        for start in range(0, len(nonces), _AT_ONCE):
            used = sa.select(_NONCES.c.nonce).where(_NONCES.c.nonce.in_(nonces[start : start + _AT_ONCE]))
            self._nonces.update(self.connection.execute(used).scalars())
        self._looked_up = True
        unknown: list[Head] = []
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            for row in self.connection.execute(_HEADS.where(_CASES.c.number.in_(some)).order_by(_CASES.c.id)):
                head = self._heads[row.number] = head_from(row)
                if remembered(head.number, head.last_hash) is None:
                    unknown.append(head)
        for start in range(0, len(unknown), _AT_ONCE):
            by_id = {head.id: head for head in unknown[start : start + _AT_ONCE]}
            states = sa.select(_CASES.c.id, *_TEXTS).where(_CASES.c.id.in_(by_id))
            for case_id, brought, state in self.connection.execute(states):
                remember(Known(by_id[case_id], state_from_text(brought, state)))

    def carry_out(
        self, number: str, command: Command, actor: Actor, revision: int | None = None, nonce: str | None = None
    ) -> CaseState:
        """Carry out one command and give the new state; raises a `Refusal`, and then nothing was gathered."""
        now = self.bureau.clock.now()
        head = self._head(number)
        known = self._known(head)
        before = known.state
        try:
            go = proceed(before, command, actor, self._world(head, before, command, now))
        except AlreadyDecided as refusal:
            raise refusal.named(partial(officer_name, self.bureau.office)) from refusal
        # Who was first is told before anything else; a page that is merely old is told to look again.
        if nonce is not None and self._used(nonce):
            raise NonceUsed
        if revision is not None and revision != head.revision:
            raise StaleRevision
        if nonce is not None:
            self._nonces.add(nonce)
            self.sheet.nonces.append({"nonce": nonce, "used_at": now})
        return self.gather(head, known, go, now)

    def gather(self, head: Head, known: Known | None, go: Proceeding, now: datetime) -> CaseState:
        """Note what follows from a command: events, the case's row, tasks, instalments, mails."""
        bureau, sheet = self.bureau, self.sheet
        before = known.state if known else None
        if not go.happened:
            assert before is not None
            self._lock()
            # Nothing to do today after all: it is not due until it has something to do.
            programme = bureau.programmes.get(before.programme, before.version)
            sheet.due.append({"of_id": head.id, "next_due_at": next_due(before, programme, bureau.calendar, now)})
            return before
        previous = head.last_hash
        reference = CaseRef(head.id, head.number, head.letter_id)
        for seq, (one, then) in enumerate(zip(go.happened, go.states, strict=True), start=head.revision + 1):
            values = event_values(head.id, head.number, seq, one, previous)
            sheet.events.append(values)
            previous = values["hash"]
            sheet.mails += mails_of(self.session, bureau, reference, seq, one, then)
        state = go.state
        written = write_state(state, before, known.written if known else None)
        columns = {
            **progress(bureau, state, now),
            "state": JsonText(written.state),
            "revision": state.revision,
            "last_hash": previous,
        }
        if before is not None and same_application(before, state) and _same_columns(before, state):
            sheet.progress(head, columns, locked=not self.guessed)
        else:
            brought = {"application": JsonText(written.application)}
            sheet.whole(head, {**columns, **application_columns(bureau, state), **brought})
        sheet.tasks.bring_up(head.id, before, state)
        if state.parts:
            project_parts(self.session(), head.id, before, state)
        now_head = Head(head.id, head.number, state.revision, previous, head.letter_id, columns["next_due_at"])
        remember(Known(now_head, state, written))
        return state

    def _used(self, nonce: str) -> bool:
        """Whether a form was used; where somebody uses it at this instant, only writing it down can tell."""
        if nonce in self._nonces:
            return True
        if self._looked_up or self._unlocked is not None:
            return False
        return _READ_NONCE.run(self.connection, {"of_nonce": nonce}).fetchone() is not None

    def _head(self, number: str) -> Head:
        head = self._heads.pop(number, None)
        if head is not None:
            return head
        known = remembered(number) if self.ahead else None
        if known is not None:
            self.guessed, self._unlocked = True, known.head
            return known.head
        # It may be the second command on a case of this transaction: the first one has to be seen.
        self.write()
        return self._locked(number)

    def _locked(self, number: str) -> Head:
        with together(self.connection):  # the beginning of the transaction travels with its first question
            found = _READ_HEAD.run(self.connection, {"of_number": number})
        row = found.fetchone()
        if row is None:
            raise UnknownCase(number)
        return head_from(row)

    def _lock(self) -> None:
        """Lock what was guessed before anything else is locked: whoever locks in one order never waits in a circle."""
        if self._unlocked is not None:
            head, self._unlocked = self._unlocked, None
            if self._locked(head.number) != head:
                raise StaleRevision

    def _known(self, head: Head) -> Known:
        known = remembered(head.number, head.last_hash)
        if known is None:
            texts = _READ_STATE.run(self.connection, {"of_id": head.id}).fetchone()
            known = Known(head, state_from_text(*texts))
            remember(known)
        return known

    def _world(self, head: Head, before: CaseState, command: Command, now: datetime) -> World:
        bureau = self.bureau
        history: tuple[PastBenefit, ...] = ()
        if isinstance(command, _LOOKS_BACK):
            self.write()  # another command of this transaction may be about the same person
            programme = bureau.programmes.get(before.programme, before.version)
            who = who_is(bureau, before.applicant, {**before.values(), **_new_values(command)})
            history = benefits_of(self.session(), bureau.programmes, programme, who, head.number, now.date())
        acting: tuple[Substitution, ...] = ()
        task = before.task(getattr(command, "task", ""))
        if task is None or getattr(command, "officer", "") not in task.officers:
            acting = substitutions(self.session(), now.date())
        return bureau.world(now=now, history=history, substitutions=acting)


@contextmanager
def carrying(bureau: Bureau, *, ahead: bool = False) -> Iterator[Carrying]:
    """A transaction that carries out commands: written and committed at the end, rolled back on any error.

    With `ahead` it holds one command, which sets out from what is remembered of its case.

    Raises `StaleRevision` or `NonceUsed` where somebody else was there at the same instant.
    """
    with bureau.engine.connect() as connection, connection.begin() as begun:
        work = Carrying(bureau, connection, ahead=ahead)
        try:
            yield work
            work.end(begun.commit)
        except Overtaken as overtaken:
            raise overtaken.refusal from overtaken
        finally:
            work.close()


def _new_values(command: Command) -> Mapping[str, str]:
    """What the command itself says about the form: numbers that were corrected count at once."""
    if isinstance(command, VerifyFacts):
        return command.values
    if isinstance(command, ReceiveSupplement):
        return {key: fact.value for key, fact in command.facts.items() if fact.value}
    return {}


def reflection(bureau: Bureau, state: CaseState, now: datetime) -> dict[str, Any]:
    """The columns of a case's row that follow from its state, but for its revision."""
    application, rest = split_state(state)
    follows = {**progress(bureau, state, now), **application_columns(bureau, state)}
    return {**follows, "application": application, "state": rest}


def progress(bureau: Bureau, state: CaseState, now: datetime) -> dict[str, Any]:
    """The columns that say how far the case is."""
    programme = bureau.programmes.get(state.programme, state.version)
    due = next_due(state, programme, bureau.calendar, now)
    return {"stage": state.stage, "changed_at": now, "next_due_at": due}


def application_columns(bureau: Bureau, state: CaseState) -> dict[str, Any]:
    """The columns that most decisions leave alone: who applies for what, and the phase of the case."""
    who = who_is(bureau, state.applicant, state.values())
    return {
        "version": state.version,
        "applicant": state.applicant.name,
        "employer": state.applicant.employer,
        "person_index": who.person,
        "spouse_index": who.spouse,
        "employer_key": who.employer,
        "unit": state.unit,
        "phase": state.phase.value,
        "accepted_on": state.accepted_on,
        "amount_fen": state.amount_fen,
    }


_IN_COLUMNS = attrgetter("version", "unit", "phase", "accepted_on", "amount_fen")


def _same_columns(before: CaseState, after: CaseState) -> bool:
    """Whether `application_columns` gives the same for two states of the same application."""
    return bool(_IN_COLUMNS(before) == _IN_COLUMNS(after))
