"""Rounds that are killed, and what is left when they have been run to the end."""

import json
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace

from sqlmodel import col, select

from jucai.settings import ROOT
from jucai.store.chain import verify_chains
from jucai.store.database import reading
from models.cases import Case, CaseEvent, Task
from models.effects import Notice, OutboxState
from models.letters import Document
from tests.flows.offices import Office

KILLED = -signal.SIGKILL
POST = (
    "p01_F1_docx",
    "p02_F1_chromium",
    "p04_F2_xlsx",
    "p06_F3_weasy",
    "p09_F5_docx",
    "x_blank",
    "x_merged",
    "p05_zip_gbk_names",
    "p07_qq_big_attachment_link",
    "p09_base64_garbage",
    "p14_withdrawal",
    "p16_bounce_dsn_postfix",
    "p17_spam_exe",
)
"""Sample letters and letters with sample forms: new cases, a 补正, two cases in one file, and all kinds of answers."""


class Rounds:
    """The process that carries out rounds, killed where it is told to be."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, office: Office, phase: str = "", step: int = 0) -> int:
        """One round, killed at that step of that phase (step 0: not killed); the exit code, -9 if killed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = {"config": str(office.config), "phase": phase, "step": step}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def to_the_end(self, office: Office) -> None:
        """As the office goes on after a kill: one more round does the rest, the next files the letters away."""
        assert self.run(office) == 0
        assert self.run(office) == 0


@contextmanager
def rounds() -> Iterator[Rounds]:
    """The process of rounds, ended with the block."""
    command = [sys.executable, "-m", "tests.flows.round_process"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            yield Rounds(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(30)


def steps_of(office: Office) -> dict[str, int]:
    """How many steps each phase of the last whole round had."""
    found: dict[str, int] = json.loads(office.config.with_name("steps.json").read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True)
class EndState:
    """All that an office has come to, as far as it does not say by which process."""

    letters: list[tuple[object, ...]]
    documents: list[tuple[object, ...]]
    cases: list[tuple[object, ...]]
    events: list[tuple[object, ...]]
    tasks: list[tuple[object, ...]]
    mails: list[tuple[object, ...]]
    notices: list[tuple[object, ...]]
    filed: dict[str, int]


def without_times(state: EndState) -> EndState:
    """The same for an office whose clock goes on: without seals over moments, and without moments."""
    return replace(
        state,
        events=[event[:-1] for event in state.events],
        tasks=[task[:-1] for task in state.tasks],
    )


def end_state(office: Office) -> EndState:
    """What has become of every letter, case, task, mail and document."""
    bureau = office.bureau
    with reading(bureau.engine) as session:
        documents = session.exec(select(Document).order_by(col(Document.letter_id), col(Document.ordinal))).all()
        cases = session.exec(select(Case).order_by(col(Case.number))).all()
        numbers = {case.id: case.number for case in cases}
        events = session.exec(select(CaseEvent).order_by(col(CaseEvent.case_id), col(CaseEvent.seq))).all()
        tasks = session.exec(select(Task).order_by(col(Task.case_id), col(Task.code))).all()
        notices = session.exec(select(Notice).order_by(col(Notice.kind), col(Notice.year), col(Notice.seq))).all()
        return EndState(
            [
                (row.uid, row.message_id, row.kind, row.state, row.outcome, row.outcome_text, numbers.get(row.case_id))
                for row in office.letters()
            ],
            [(d.letter_id, d.ordinal, d.name, d.sha256, d.state, numbers.get(d.case_id)) for d in documents],
            [(c.number, c.phase, c.stage, c.revision, c.letter_id, c.part, c.amount_fen) for c in cases],
            # The office's clock stands, so even the seals of the events must be the same.
            [(numbers[e.case_id], e.seq, e.type, e.hash) for e in events],
            [(numbers[t.case_id], t.code, t.status, t.unit, tuple(t.officers), t.notified_at) for t in tasks],
            sorted((m.kind, m.recipient, m.message_id, m.subject, m.attempts) for m in office.mails()),
            [(n.kind, n.year, n.seq, numbers.get(n.case_id), n.sha256 is not None) for n in notices],
            office.filed(),
        )


def assert_same(found: EndState, expected: EndState) -> None:
    """Field by field, so that a difference is told by its name."""
    for name, value in asdict(expected).items():
        assert asdict(found)[name] == value, name


def assert_sent_once(office: Office, kills: int) -> None:
    """Every mail lies in its mailbox once; only one whose sending was cut off may be missing, and says so."""
    arrived = Counter(office.delivered())
    unknown = 0
    for mail in office.mails():
        copies = arrived.pop((mail.recipient, mail.message_id), 0)
        if mail.state == OutboxState.UNKNOWN:
            unknown += 1
            assert copies <= 1, mail.message_id
            assert "不明" in mail.last_detail
        else:
            assert mail.state == OutboxState.SENT
            assert copies == 1, mail.message_id
    assert not arrived, "mails that nobody meant"
    assert unknown <= kills


def assert_sound(office: Office) -> None:
    """The chain holds, and all bytes the database speaks of are there and whole."""
    bureau = office.bureau
    with reading(bureau.engine) as session:
        report = verify_chains(session)
        kept = {d.sha256 for d in session.exec(select(Document))}
        kept |= {n.sha256 for n in session.exec(select(Notice)) if n.sha256}
    assert report.cases == len(office.cases()) > 0
    assert not report.broken
    for sha256 in (
        kept | {letter.sha256 for letter in office.letters()} | {m.sha256 for m in office.mails() if m.sha256}
    ):
        bureau.blobs.get(sha256)
