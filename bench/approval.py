"""Decisions a second, each with its events, projection and outbox rows; a batch; and what a million closed cases cost.

Beside SpiffWorkflow in the same run: two user tasks, a parallel pair, one more, its JSON saved and loaded for each
decision, without a database (its best) and with one. Run: `make bench BENCH=approval`; ARGS="--quick" for a short look,
ARGS="--closed 1000000" for the whole curve. The peer is no part of the product:
`uv pip install --target .cache/bench-peer spiffworkflow==3.2.0`.
"""

import argparse
import json
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

import sqlalchemy as sa
from sqlmodel import select

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / ".cache" / "bench-peer")]

from jucai.approval.commands import DecideTask  # noqa: E402 - the path is set above
from jucai.approval.events import Actor  # noqa: E402
from jucai.approval.refusals import Refusal  # noqa: E402
from jucai.approval.state import Phase, Verdict  # noqa: E402
from jucai.casework.moving import advance_due  # noqa: E402
from jucai.clock import FixedClock  # noqa: E402
from jucai.policy import ProgrammeBook, Stage, StageKind  # noqa: E402
from jucai.settings import Settings  # noqa: E402
from jucai.store.bureau import Bureau, open_bureau  # noqa: E402
from jucai.store.cases import Order, execute, execute_batch, load_state  # noqa: E402
from jucai.store.database import reading, transaction  # noqa: E402
from jucai.store.migrations import upgrade  # noqa: E402
from models.cases import Case, CaseEvent, Task  # noqa: E402
from models.effects import OutboxMail  # noqa: E402
from tests.approval.office import BOOK  # noqa: E402
from tests.postgres import postgres_fault, running_postgres  # noqa: E402
from tests.store.conftest import MONDAY  # noqa: E402
from tests.store.work import PROGRAMME, new_case  # noqa: E402

DECISIONS = 5  # of one case: two, a pair, one more
BATCH = 200
DUE = 100
ROUNDS = 3


def _stage(code: str, kind: StageKind, *units: str) -> Stage:
    return Stage(code=code, title=code, kind=kind, units=units, due_days=5)


CHAIN = (
    _stage("one", StageKind.ANY_OF, "rsj"),
    _stage("two", StageKind.ANY_OF, "kjj"),
    _stage("pair", StageKind.ALL_OF, "czj", "jtj"),
    _stage("last", StageKind.ANY_OF, "rcj"),
)


@contextmanager
def office(url: str | None, synchronous: str = "FULL") -> Iterator[Bureau]:
    """An office on a new database whose programme is the chain of the peer."""
    with tempfile.TemporaryDirectory(prefix="jucai-bench-") as folder:
        settings = Settings(
            home=Path(folder), secret="s" * 40, address="rencai@rcj.example", desk_url="https://x.example",
            **({"database": url} if url else {}),
        )  # fmt: skip
        upgrade(settings.database_url)
        bureau = open_bureau(settings, FixedClock(MONDAY))
        if url is None:

            def prepare(connection: sqlite3.Connection, _: object) -> None:
                connection.execute(f"PRAGMA synchronous={synchronous}")

            sa.event.listen(bureau.engine, "connect", prepare)
        bureau.engine.dispose()
        chain = PROGRAMME.model_copy(update={"stages": CHAIN})
        book = ProgrammeBook((chain,), bureau.programmes.offices, MappingProxyType({chain.code: "anqing"}), {})
        yield replace(bureau, programmes=book)
        bureau.engine.dispose()


def decide_all(bureau: Bureau, numbers: list[str]) -> tuple[int, float]:
    """Every decision of these cases, each committed on its own: how many, and the seconds they took."""
    opened = []
    for number in numbers:
        with reading(bureau.engine) as session:
            opened.append((number, load_state(session, number)))
    made, begun = 0, time.perf_counter()
    for number, shown in opened:
        state = shown
        while not state.closed:
            task = state.open_tasks[0]
            officer = task.officers[0]
            command = DecideTask(task.code, officer, Verdict.APPROVE, "经审核，同意。")
            state = execute(bureau, number, command, Actor(officer, "审核"), revision=state.revision)
            made += 1
        assert state.phase is Phase.COMPLETED
    return made, time.perf_counter() - begun


def decisions(url: str | None, synchronous: str, cases: int) -> float:
    """Our decisions a second, and proof that each left what it should."""
    with office(url, synchronous) as bureau:
        warm = [new_case(bureau) for _ in range(3)]
        decide_all(bureau, warm)
        numbers = [new_case(bureau) for _ in range(cases)]
        made, taken = decide_all(bureau, numbers)
        with reading(bureau.engine) as session:
            decided = session.exec(select(sa.func.count()).where(CaseEvent.type == "TaskDecided")).one()
            mails = session.exec(select(sa.func.count()).where(OutboxMail.kind == "completed")).one()
            done = session.exec(select(sa.func.count()).where(Task.status == "done")).one()
        assert decided == done == DECISIONS * (cases + 3)
        assert mails == cases + 3
        return made / taken


def batch(url: str | None) -> float:
    """Seconds for a batch of 200 decisions, as one page posts them."""
    with office(url) as bureau:
        orders = []
        for number in [new_case(bureau) for _ in range(BATCH)]:
            with reading(bureau.engine) as session:
                state = load_state(session, number)
            task = state.open_tasks[0]
            command = DecideTask(task.code, task.officers[0], Verdict.APPROVE, "同意")
            orders.append(Order(number, command, Actor(task.officers[0]), state.revision, f"nonce/{number}"))
        begun = time.perf_counter()
        outcomes = execute_batch(bureau, orders)
        taken = time.perf_counter() - begun
        assert not any(isinstance(outcome, Refusal) for outcome in outcomes)
        return taken


# -- the curve --------------------------------------------------------------------------------------------------------


def curve(url: str | None, sizes: list[int]) -> list[tuple[int, float]]:
    """Seconds for advancing 100 due cases, behind ever more closed ones."""
    found = []
    shipped = ProgrammeBook((PROGRAMME,), BOOK.offices, MappingProxyType({PROGRAMME.code: "anqing"}), {})
    with office(url) as opened:
        bureau = replace(opened, programmes=shipped)
        stored = 0
        for size in sizes:
            _fill(bureau, stored, size - stored)
            stored = size
            taken = []
            for _ in range(ROUNDS):
                _make_due(bureau)
                begun = time.perf_counter()
                moved = advance_due(bureau)
                taken.append(time.perf_counter() - begun)
                assert (moved.advanced, moved.published) == (DUE, 0), moved
            found.append((size, statistics.median(taken)))
    return found


def _make_due(bureau: Bureau) -> None:
    """A hundred cases whose publicity has just ended; whatever was due before is out of the way."""
    numbers = [new_case(bureau) for _ in range(DUE)]
    for number in numbers:
        with reading(bureau.engine) as session:
            state = load_state(session, number)
        while state.phase is Phase.IN_STAGES:
            task = state.open_tasks[0]
            command = DecideTask(task.code, task.officers[0], Verdict.APPROVE, "同意")
            state = execute(bureau, number, command, Actor(task.officers[0]))
    assert advance_due(bureau).published == DUE
    clock = bureau.clock
    assert isinstance(clock, FixedClock)
    with reading(bureau.engine) as session:
        shown = load_state(session, numbers[0]).publicity
    assert shown is not None
    clock.advance(max(timedelta(), timedelta(days=(shown.last - clock.now().date()).days + 1)))
    with transaction(bureau.engine) as session:  # instalments of earlier rounds are another flow's work
        session.connection().execute(
            sa.update(Case)
            .where(Case.next_due_at.is_not(None), sa.not_(Case.number.in_(numbers)))
            .values(next_due_at=None)
        )


def _fill(bureau: Bureau, begin: int, count: int) -> None:
    """Closed cases with a task and an event each; their states are short, since nobody reads them here."""
    if count <= 0:
        return
    template = new_case(bureau)
    with transaction(bureau.engine) as session:
        row = session.exec(select(Case).where(Case.number == template)).one()
        values = row.model_dump(exclude={"id", "mirror_run"})
        connection = session.connection()
        first = -begin - count  # below every number the database gives, so that neither meets the other
        step = 20_000
        for start in range(first, first + count, step):
            ids = range(start, min(start + step, first + count))
            cases = [
                {
                    **values, "id": n, "number": f"OLD-{n}", "part": n, "phase": "completed",
                    "person_index": f"old {n}", "next_due_at": None,
                    "state": {"number": f"OLD-{n}", "phase": "completed"},
                }
                for n in ids
            ]  # fmt: skip
            connection.execute(Case.__table__.insert(), cases)
            connection.execute(
                Task.__table__.insert(),
                [
                    {
                        "case_id": n, "code": "one-1", "stage": "one", "unit": "rsj", "status": "done",
                        "officers": ["rsj-reviewer-1"], "opened_at": MONDAY, "opinion": "", "note": "", "reminders": 0,
                    }
                    for n in ids
                ],
            )  # fmt: skip
            connection.execute(
                CaseEvent.__table__.insert(),
                [
                    {
                        "case_id": n, "seq": 1, "type": "CaseCompleted", "at": MONDAY, "actor": "system", "role": "",
                        "address": "", "why": "", "data": {}, "previous_hash": "0" * 64, "hash": f"{n:064d}",
                    }
                    for n in ids
                ],
            )  # fmt: skip
    if bureau.engine.dialect.name == "postgresql":
        with bureau.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("ANALYZE"))


# -- the peer ---------------------------------------------------------------------------------------------------------

BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="http://bench.example">
 <bpmn:process id="chain" isExecutable="true">
  <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:userTask id="one"><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
  <bpmn:userTask id="two"><bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing></bpmn:userTask>
  <bpmn:parallelGateway id="split"><bpmn:incoming>f3</bpmn:incoming>
   <bpmn:outgoing>f4</bpmn:outgoing><bpmn:outgoing>f5</bpmn:outgoing></bpmn:parallelGateway>
  <bpmn:userTask id="left"><bpmn:incoming>f4</bpmn:incoming><bpmn:outgoing>f6</bpmn:outgoing></bpmn:userTask>
  <bpmn:userTask id="right"><bpmn:incoming>f5</bpmn:incoming><bpmn:outgoing>f7</bpmn:outgoing></bpmn:userTask>
  <bpmn:parallelGateway id="join"><bpmn:incoming>f6</bpmn:incoming><bpmn:incoming>f7</bpmn:incoming>
   <bpmn:outgoing>f8</bpmn:outgoing></bpmn:parallelGateway>
  <bpmn:userTask id="last"><bpmn:incoming>f8</bpmn:incoming><bpmn:outgoing>f9</bpmn:outgoing></bpmn:userTask>
  <bpmn:endEvent id="end"><bpmn:incoming>f9</bpmn:incoming></bpmn:endEvent>
  <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="one"/>
  <bpmn:sequenceFlow id="f2" sourceRef="one" targetRef="two"/>
  <bpmn:sequenceFlow id="f3" sourceRef="two" targetRef="split"/>
  <bpmn:sequenceFlow id="f4" sourceRef="split" targetRef="left"/>
  <bpmn:sequenceFlow id="f5" sourceRef="split" targetRef="right"/>
  <bpmn:sequenceFlow id="f6" sourceRef="left" targetRef="join"/>
  <bpmn:sequenceFlow id="f7" sourceRef="right" targetRef="join"/>
  <bpmn:sequenceFlow id="f8" sourceRef="join" targetRef="last"/>
  <bpmn:sequenceFlow id="f9" sourceRef="last" targetRef="end"/>
 </bpmn:process>
</bpmn:definitions>"""


def peer(cases: int, *, database: bool) -> float | None:
    """SpiffWorkflow's decisions a second; None where it is not installed."""
    try:
        from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser  # noqa: PLC0415 - not always there
        from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer  # noqa: PLC0415
        from SpiffWorkflow.bpmn.workflow import BpmnWorkflow  # noqa: PLC0415
        from SpiffWorkflow.util.task import TaskState  # noqa: PLC0415
    except ImportError:
        return None
    serializer = BpmnWorkflowSerializer()
    with tempfile.TemporaryDirectory(prefix="jucai-bench-") as folder:
        parser = BpmnParser()
        source = Path(folder) / "chain.bpmn"
        source.write_text(BPMN, encoding="utf-8")
        parser.add_bpmn_file(str(source))
        specification = parser.get_spec("chain")
        connection = sqlite3.connect(Path(folder) / "peer.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE workflow (id INTEGER PRIMARY KEY, state TEXT NOT NULL)")

        texts = []
        for number in range(1, cases + 1):
            workflow = BpmnWorkflow(specification)
            workflow.do_engine_steps()
            texts.append(serializer.serialize_json(workflow))
            if database:
                connection.execute("INSERT INTO workflow VALUES (?, ?)", (number, texts[-1]))
        made, begun = 0, time.perf_counter()
        for number, opened in enumerate(texts, start=1):
            text, finished = opened, False
            while not finished:
                if database:
                    text = connection.execute("SELECT state FROM workflow WHERE id = ?", (number,)).fetchone()[0]
                workflow = serializer.deserialize_json(text)
                task = next(iter(workflow.get_tasks(state=TaskState.READY, manual=True)))
                task.data[task.task_spec.name] = {"verdict": "approve", "opinion": "经审核，同意。"}
                task.run()
                workflow.do_engine_steps()
                text = serializer.serialize_json(workflow)
                if database:
                    connection.execute("UPDATE workflow SET state = ? WHERE id = ?", (text, number))
                made, finished = made + 1, workflow.is_completed()
        taken = time.perf_counter() - begun
        assert made == DECISIONS * cases
        connection.close()
        return made / taken


def main() -> int:
    """Print the table; the exit code is 1 where a target is missed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="few cases, a short curve")
    asked.add_argument("--closed", type=int, default=100_000, help="the longest curve")
    asked.add_argument("--json", action="store_true")
    chosen = asked.parse_args()
    cases = 40 if chosen.quick else 200
    load = os.getloadavg()[0]
    result: dict[str, object] = {"cores": os.cpu_count(), "load": load}
    # Ours and the peer take turns, so that a neighbour's load strikes both.
    turns = [(decisions(None, "FULL", cases), peer(cases, database=False), peer(cases, database=True))
             for _ in range(ROUNDS)]  # fmt: skip
    ours = statistics.median(turn[0] for turn in turns)
    result["sqlite_full"] = ours
    result["sqlite_normal"] = statistics.median(decisions(None, "NORMAL", cases) for _ in range(ROUNDS))
    bare = [turn[1] for turn in turns if turn[1] is not None]
    kept = [turn[2] for turn in turns if turn[2] is not None]
    result["peer_json_only"] = statistics.median(bare) if bare else None
    result["peer_sqlite_full"] = statistics.median(kept) if kept else None
    result["batch_200_seconds"] = statistics.median(batch(None) for _ in range(ROUNDS))
    sizes = [
        size for size in (1_000, 10_000, 100_000, 1_000_000) if size <= (10_000 if chosen.quick else chosen.closed)
    ]
    result["advance_100_due"] = curve(None, sizes)
    if (fault := postgres_fault()) is None:
        for name, work in {
            "postgresql": lambda url: decisions(url, "", cases),
            "postgresql_batch_200_seconds": batch,
            "postgresql_advance_100_due": lambda url: curve(url, sizes),
        }.items():
            with running_postgres(durable=True) as url:
                result[name] = work(url)
    else:
        result["postgresql"] = fault
    if chosen.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        for key, value in result.items():
            print(f"{key:32} {value if not isinstance(value, float) else round(value, 3)}")
    reached = ours >= 1.5 * statistics.median(bare) if bare else True
    print(f"against SpiffWorkflow (JSON only): {ours / statistics.median(bare):.2f} times" if bare else "no peer")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
