"""What a decision and the round ask the database for is found by an index, however many cases are stored."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from jucai.approval.commands import DecideTask
from jucai.approval.events import Actor
from jucai.approval.state import Verdict
from jucai.casework.moving import advance_due
from jucai.casework.work import work_waiting
from jucai.store.bureau import Bureau
from jucai.store.cases import execute, execute_batch
from jucai.store.prepared import Prepared
from tests.store.test_batches import order_of
from tests.store.work import approve, new_case, state_of

GROWING = ("office_case", "case_event", "task", "outbox_mail", "used_nonce", "letter")
"""Tables that hold as many rows as there ever were cases."""


@contextmanager
def statements(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, Any]]]:
    """Everything that is asked of the database meanwhile, with its values."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, text: str, parameters: Any, *_: object) -> None:
        seen.append((text, parameters))

    run, run_all = Prepared.run, Prepared.run_all

    def noted(self: Prepared, connection: sa.Connection, values: Mapping[str, Any]) -> Any:
        compiled = self._for(connection)
        seen.append((compiled.text, compiled.parameters(values)))
        return run(self, connection, values)

    def noted_all(self: Prepared, connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> Any:
        compiled = self._for(connection)
        seen.extend((compiled.text, compiled.parameters(values)) for values in rows)
        return run_all(self, connection, rows)

    sa.event.listen(bureau.engine, "before_cursor_execute", note)
    with monkeypatch.context() as patch:
        patch.setattr(Prepared, "run", noted)
        patch.setattr(Prepared, "run_all", noted_all)
        yield seen
    sa.event.remove(bureau.engine, "before_cursor_execute", note)


def scans(bureau: Bureau, seen: Sequence[tuple[str, Any]]) -> list[str]:
    """The statements that read a growing table from end to end."""
    found = []
    raw = bureau.engine.raw_connection()
    for text, parameters in seen:
        if text.lstrip().split(None, 1)[0].upper() not in {"SELECT", "UPDATE", "DELETE"}:
            continue
        for *_, detail in raw.cursor().execute(f"EXPLAIN QUERY PLAN {text}", parameters):
            words = detail.split()
            if words[0] == "SCAN" and words[1] in GROWING and "USING INDEX" not in detail:
                found.append(f"{detail}: {text}")
    raw.close()
    return found


def test_a_decision_finds_everything_by_an_index(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    number = new_case(bureau)
    state = state_of(bureau, number)
    task = state.open_tasks[0]
    command = DecideTask(task.code, task.officers[0], Verdict.APPROVE, "同意")
    with statements(bureau, monkeypatch) as seen:
        execute(bureau, number, command, Actor("o"), revision=state.revision, nonce="n")
    tables = {table for table in GROWING if any(table in text for text, _ in seen)}
    assert {"office_case", "case_event", "task", "used_nonce"} <= tables
    assert scans(bureau, seen) == []


def test_a_batch_finds_everything_by_an_index(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    orders = [order_of(bureau, new_case(bureau), f"n/{n}") for n in range(3)]
    with statements(bureau, monkeypatch) as seen:
        execute_batch(bureau, orders)
    assert any("IN (" in text for text, _ in seen)
    assert scans(bureau, seen) == []


def test_what_is_due_is_found_by_an_index(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    number = new_case(bureau)
    while state_of(bureau, number).open_tasks:
        approve(bureau, number)
    with statements(bureau, monkeypatch) as seen:
        moved = advance_due(bureau)
    assert moved.published == 1
    assert any("next_due_at" in text for text, _ in seen)
    assert scans(bureau, seen) == []


def test_what_the_round_looks_for_is_found_by_an_index(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    new_case(bureau)
    with statements(bureau, monkeypatch) as seen:
        assert work_waiting(bureau).to_mirror
    assert scans(bureau, seen) == []
    (mirror,) = [text for text, _ in seen if "to_mirror = 1" in text]
    with bureau.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {mirror}", (1, 0)).all()
    assert "ix_office_case_unmirrored" in plan[0][-1], "of a million mirrored cases none is looked at"


def test_the_check_notices_a_table_that_is_read_from_end_to_end(bureau: Bureau) -> None:
    assert scans(bureau, [("SELECT id FROM office_case WHERE employer = ?", ("x",))]) != []
