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
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlmodel import select

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / ".cache" / "bench-peer")]

from bench.peers.spiff import peer  # noqa: E402 - the path is set above
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
_AT_ONCE = 100_000
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


def decide_all(bureau: Bureau, numbers: list[str]) -> tuple[int, float, float]:
    """Every decision of these cases, each committed on its own: how many, the seconds and the processor's seconds."""
    opened = []
    for number in numbers:
        with reading(bureau.engine) as session:
            opened.append((number, load_state(session, number)))
    made, begun, worked = 0, time.perf_counter(), time.process_time()
    for number, shown in opened:
        state = shown
        while not state.closed:
            task = state.open_tasks[0]
            officer = task.officers[0]
            command = DecideTask(task.code, officer, Verdict.APPROVE, "经审核，同意。")
            state = execute(bureau, number, command, Actor(officer, "审核"), revision=state.revision)
            made += 1
        assert state.phase is Phase.COMPLETED
    return made, time.perf_counter() - begun, time.process_time() - worked


def decisions(url: str | None, synchronous: str, cases: int) -> tuple[float, float]:
    """Our decisions a second and the processor's milliseconds for each, and proof that each left what it should."""
    with office(url, synchronous) as bureau:
        warm = [new_case(bureau) for _ in range(3)]
        decide_all(bureau, warm)
        numbers = [new_case(bureau) for _ in range(cases)]
        made, taken, worked = decide_all(bureau, numbers)
        with reading(bureau.engine) as session:
            decided = session.exec(select(sa.func.count()).where(CaseEvent.type == "TaskDecided")).one()
            mails = session.exec(select(sa.func.count()).where(OutboxMail.kind == "completed")).one()
            done = session.exec(select(sa.func.count()).where(Task.status == "done")).one()
        assert decided == done == DECISIONS * (cases + 3)
        assert mails == cases + 3
        return made / taken, 1000 * worked / made


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
    with reading(bureau.engine) as session:
        row = session.exec(select(Case).where(Case.number == template)).one()
        case = row.model_dump(exclude={"id", "mirror_run"}) | {
            "phase": "completed", "next_due_at": None, "to_mirror": False,
            "application": {"number": "OLD"}, "state": {"phase": "completed"},
        }  # fmt: skip
    task = {
        "code": "one-1", "stage": "one", "unit": "rsj", "status": "done", "officers": ["rsj-reviewer-1"],
        "opened_at": MONDAY, "opinion": "", "note": "", "reminders": 0, "notified_at": MONDAY,
    }  # fmt: skip
    event = {
        "seq": 1, "type": "CaseCompleted", "at": MONDAY, "actor": "system", "role": "", "address": "", "why": "",
        "data": {}, "previous_hash": "0" * 64,
    }  # fmt: skip
    first = -begin - count  # below every number the database gives, so that neither meets the other
    for start in range(first, first + count, _AT_ONCE):
        with transaction(bureau.engine) as session:
            n = _numbers(start, min(start + _AT_ONCE, first + count))
            text = sa.cast(n.c.n, sa.Text)
            old = {"id": n.c.n, "part": n.c.n, "number": sa.literal("OLD") + text, "person_index": text}
            for table, values, own in (
                (Case.__table__, case, old),
                (Task.__table__, task, {"case_id": n.c.n}),
                (CaseEvent.__table__, event, {"case_id": n.c.n, "hash": text}),
            ):
                columns = {
                    name: sa.literal(value, table.c[name].type) for name, value in values.items() if name not in own
                } | own
                session.connection().execute(
                    table.insert().from_select(list(columns), sa.select(*columns.values()), include_defaults=False)
                )
    if bureau.engine.dialect.name == "postgresql":
        with bureau.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("ANALYZE"))


def _numbers(first: int, end: int) -> sa.CTE:
    """The whole numbers from `first` up to `end`, as a table."""
    n = sa.select(sa.literal(first, sa.Integer).label("n")).cte("numbers", recursive=True)
    return n.union_all(sa.select(n.c.n + 1).where(n.c.n + 1 < end))


def floor(synchronous: str, commits: int) -> float:
    """Bare commits of SQLite a second, each of one row of the size of a case's state: nothing decides faster."""
    with tempfile.TemporaryDirectory(prefix="jucai-bench-") as folder:
        connection = sqlite3.connect(Path(folder) / "floor.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute("CREATE TABLE floor (id INTEGER PRIMARY KEY, state TEXT NOT NULL)")
        begun = time.perf_counter()
        for _ in range(commits):
            connection.execute("INSERT INTO floor (state) VALUES (?)", ("x" * 5_000,))
        taken = time.perf_counter() - begun
        connection.close()
        return commits / taken


def postgres_floor(url: str, commits: int) -> float:
    """Bare commits of PostgreSQL a second, each of one row of the size of a case's state."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        connection.execute(sa.text("CREATE TABLE bench_floor (id SERIAL PRIMARY KEY, state TEXT NOT NULL)"))
        connection.commit()
        begun = time.perf_counter()
        for _ in range(commits):
            connection.execute(sa.text("INSERT INTO bench_floor (state) VALUES (:state)"), {"state": "x" * 5_000})
            connection.commit()
        taken = time.perf_counter() - begun
        connection.execute(sa.text("DROP TABLE bench_floor"))
        connection.commit()
    engine.dispose()
    return commits / taken


@dataclass(frozen=True, slots=True)
class Target:
    """One figure the issue asks for: what was measured, what was wanted, and whether that is a least or a most."""

    title: str
    measured: float | None
    wanted: float
    unit: str = ""
    at_most: bool = False

    @property
    def reached(self) -> bool | None:
        """None where it could not be measured."""
        if self.measured is None:
            return None
        return self.measured <= self.wanted if self.at_most else self.measured >= self.wanted

    def __str__(self) -> str:
        word = {True: "reached", False: "MISSED", None: "not measured"}[self.reached]
        shown = "-" if self.measured is None else f"{self.measured:.2f}"
        return (
            f"{word:12} {self.title:58} {shown:>10}{self.unit}  wanted {'<=' if self.at_most else '>='} {self.wanted:g}"
        )


def _emptied(url: str) -> str:
    """The address of a database in which nothing is left."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()
    return url


def _times(ours: float | None, other: float | None) -> float | None:
    return ours / other if ours and other else None


def targets(result: Mapping[str, Any]) -> list[Target]:
    """What the issue asks for, beside what was measured."""
    peer_rate = result["peer_json_only"]
    found = [
        Target("SQLite FULL, times SpiffWorkflow (JSON in memory)", _times(result["sqlite_full"], peer_rate), 1.5),
        Target("SQLite NORMAL, decisions a second", result["sqlite_normal"], 1000),
        Target("SQLite, seconds for a batch of 200", result["batch_200_seconds"], 0.3, at_most=True),
        Target(
            "PostgreSQL, times SpiffWorkflow (JSON in memory)",
            _times(result.get("postgresql"), result.get("postgresql_peer_json_only")),
            1.5,
        ),
        Target("PostgreSQL, seconds for a batch of 200", result.get("postgresql_batch_200_seconds"), 0.3, at_most=True),
    ]
    for name, title in (("advance_100_due", "SQLite"), ("postgresql_advance_100_due", "PostgreSQL")):
        points = result.get(name) or []
        slower = points[-1][1] / points[0][1] if len(points) > 1 else None
        # A measurement of a second on a shared machine is not finer than this.
        found.append(Target(f"{title}, advancing 100 due: longest behind, times least", slower, 1.5, at_most=True))
    return found


def measure(*, quick: bool, closed: int) -> dict[str, Any]:
    """All figures; ours and the peer take turns, so that a neighbour's load strikes both."""
    cases = 40 if quick else 200
    turns: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        found = {
            "sqlite_full": decisions(None, "FULL", cases),
            "peer_json_only": peer(cases, database=False),
            "peer_sqlite_full": peer(cases, database=True),
            "sqlite_normal": decisions(None, "NORMAL", cases),
        }
        for name, measured in found.items():
            if measured is not None:
                turns[name].append(measured[0])
                turns[f"{name}_cpu_ms"].append(measured[1])
        turns["floor_full"].append(floor("FULL", cases))
        turns["floor_normal"].append(floor("NORMAL", cases))
        turns["batch_200_seconds"].append(batch(None))
    names = (
        "sqlite_full", "sqlite_normal", "peer_json_only", "peer_sqlite_full", "floor_full", "floor_normal",
        "batch_200_seconds", "sqlite_full_cpu_ms", "sqlite_normal_cpu_ms", "peer_json_only_cpu_ms",
    )  # fmt: skip
    result: dict[str, Any] = {name: statistics.median(turns[name]) if turns[name] else None for name in names}
    sizes = [size for size in (1_000, 10_000, 100_000, 1_000_000) if size <= (10_000 if quick else closed)]
    result["advance_100_due"] = curve(None, sizes)
    if (fault := postgres_fault()) is not None:
        print(f"no PostgreSQL: {fault}", file=sys.stderr)
        return result
    with running_postgres(durable=True) as url:
        postgres_floor(url, 10 * cases)  # a new server first makes its log files
        for _ in range(ROUNDS):
            turns["postgresql_floor"].append(postgres_floor(_emptied(url), cases))
            rate, worked = decisions(_emptied(url), "", cases)
            turns["postgresql"].append(rate)
            turns["postgresql_cpu_ms"].append(worked)
            beside = peer(cases, database=False)
            if beside is not None:
                turns["postgresql_peer_json_only"].append(beside[0])
            turns["postgresql_batch_200_seconds"].append(batch(_emptied(url)))
        result |= {name: statistics.median(turns[name]) for name in turns if name.startswith("postgresql")}
        result["postgresql_advance_100_due"] = curve(_emptied(url), sizes)
    return result


def main() -> int:
    """Print the figures and whether each is what was asked for; the exit code is 1 where one is missed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="few cases, a short curve")
    asked.add_argument("--closed", type=int, default=100_000, help="the longest curve")
    asked.add_argument("--json", action="store_true")
    chosen = asked.parse_args()
    before = os.getloadavg()[0]
    result = measure(quick=chosen.quick, closed=chosen.closed)
    result |= {"cores": os.cpu_count(), "load_before": before, "load_after": os.getloadavg()[0]}
    wanted = targets(result)
    if chosen.json:
        result["targets"] = [
            {"title": one.title, "measured": one.measured, "wanted": one.wanted, "reached": one.reached}
            for one in wanted
        ]
        print(json.dumps(result, ensure_ascii=False))
    else:
        for key, value in result.items():
            shown = f"{value:.3f}" if isinstance(value, float) else value
            if isinstance(value, list):
                shown = ", ".join(f"{taken:.2f} s behind {size:,}" for size, taken in value)
            print(f"{key:32} {shown}")
        stored = _times(result["sqlite_full"], result["peer_sqlite_full"])
        work = _times(result["peer_json_only_cpu_ms"], result["sqlite_full_cpu_ms"])
        if stored and work:
            print(f"\nFULL, times SpiffWorkflow stored with FULL:  {stored:.2f}")
            print(f"SpiffWorkflow's processor time, times ours:  {work:.2f}")
        print(f"FULL, share of SQLite's bare commits:        {result['sqlite_full'] / result['floor_full']:.2f}\n")
        print(*wanted, sep="\n")
    return 1 if any(one.reached is False for one in wanted) else 0


if __name__ == "__main__":
    sys.exit(main())
