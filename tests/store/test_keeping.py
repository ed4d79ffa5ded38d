"""What is kept stays as it was, and says so where it did not."""

import os
import sqlite3
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from jucai.clock import FixedClock
from jucai.settings import Settings
from jucai.store.backup import BackupNotHereError, back_up
from jucai.store.blobs import Blobs, DamagedBlob, MissingBlob
from jucai.store.bureau import Bureau, open_bureau
from jucai.store.chain import seal, verify_chains
from jucai.store.database import reading, transaction
from models.cases import CaseEvent
from tests.store.conftest import MONDAY
from tests.store.work import approve, new_case, row_of

Tampering = Callable[[Session, list[CaseEvent]], None]


def broken_after(bureau: Bureau, number: str, tamper: Tampering) -> tuple[str, ...]:
    with transaction(bureau.engine) as session:
        case = row_of(session, number)
        events = session.exec(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(col(CaseEvent.seq))).all()
        tamper(session, list(events))
    with reading(bureau.engine) as session:
        return verify_chains(session).broken


def change_a_word(_session: Session, events: list[CaseEvent]) -> None:
    events[-2].why = "另有原因"


def change_the_data(_session: Session, events: list[CaseEvent]) -> None:
    event = next(event for event in events if event.type == "TaskDecided")
    event.data = {**event.data, "opinion": "不同意"}


def change_and_seal_again(session: Session, events: list[CaseEvent]) -> None:
    """The forger who knows how seals are made, but seals only the one event."""
    events[2].actor = "somebody else"
    events[2].hash = seal("AQ-SUB-2026-000001", events[2])


def remove_one(session: Session, events: list[CaseEvent]) -> None:
    session.delete(events[3])


def remove_the_last(session: Session, events: list[CaseEvent]) -> None:
    session.delete(events[-1])


def remove_all(session: Session, events: list[CaseEvent]) -> None:
    for event in events:
        session.delete(event)


def exchange_two(session: Session, events: list[CaseEvent]) -> None:
    one, other = events[2], events[3]
    places = one.seq, other.seq
    one.seq = 1000
    session.flush()
    other.seq = places[0]
    session.flush()
    one.seq = places[1]


def add_one(session: Session, events: list[CaseEvent]) -> None:
    last = events[-1]
    more = CaseEvent(**last.model_dump(exclude={"id"}))
    more.seq, more.previous_hash = last.seq + 1, last.hash
    more.hash = seal("AQ-SUB-2026-000001", more)
    session.add(more)


@pytest.mark.parametrize(
    "tamper",
    [
        change_a_word,
        change_the_data,
        change_and_seal_again,
        remove_one,
        remove_the_last,
        remove_all,
        exchange_two,
        add_one,
    ],
)
def test_the_chain_tells_of_every_change_to_what_happened(bureau: Bureau, tamper: Tampering) -> None:
    number, untouched = new_case(bureau), new_case(bureau)
    approve(bureau, number)
    assert broken_after(bureau, untouched, lambda _session, _events: None) == ()
    assert broken_after(bureau, number, tamper) == (number,)


def test_events_of_one_case_do_not_pass_for_those_of_another(bureau: Bureau) -> None:
    one, other = new_case(bureau), new_case(bureau)
    with transaction(bureau.engine) as session:
        ids = row_of(session, one).id, row_of(session, other).id
        assert None not in ids
        for event in session.exec(select(CaseEvent).where(CaseEvent.case_id == ids[0])):
            event.case_id = 10_000  # kept apart while the others move
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        session.flush()
        for event in session.exec(select(CaseEvent).where(CaseEvent.case_id == ids[1])):
            event.case_id = int(ids[0] or 0)
        session.flush()
        for event in session.exec(select(CaseEvent).where(CaseEvent.case_id == 10_000)):
            event.case_id = int(ids[1] or 0)
    with reading(bureau.engine) as session:
        assert verify_chains(session).broken == (one, other)


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(str(tmp_path / "store"))


def stored(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "store").rglob("*") if path.is_file()]


def test_the_same_bytes_are_kept_once_and_come_back_as_they_were(blobs: Blobs, tmp_path: Path) -> None:
    data = "申请表".encode() * 1000
    assert blobs.put(data) == blobs.put(data)
    assert blobs.put(b"") != blobs.put(data)
    assert len(stored(tmp_path)) == 2
    assert blobs.get(blobs.put(data)) == data
    assert blobs.get(blobs.put(b"")) == b""


def test_a_write_that_is_cut_off_leaves_nothing_under_the_name(
    blobs: Blobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b"letter" * 1000
    with monkeypatch.context() as patch:
        patch.setattr("jucai.store.blobs.os.fsync", lambda _: (_ for _ in ()).throw(OSError("no space")))
        with pytest.raises(OSError, match="no space"):
            blobs.put(data)
    sha256 = Blobs(str(tmp_path / "elsewhere")).put(data)
    with pytest.raises(MissingBlob, match=sha256):
        blobs.get(sha256)
    assert blobs.put(data) == sha256
    assert blobs.get(sha256) == data


def test_a_batch_is_safe_as_a_whole_before_its_names_are_given(
    blobs: Blobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real_sync, real_rename = os.fsync, Path.rename

    def sync(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        real_sync(descriptor)

    def rename(self: Path, target: object) -> Path:
        steps.append("name")
        return real_rename(self, target)  # type: ignore[arg-type]

    monkeypatch.setattr("jucai.store.blobs.os.fsync", sync)
    monkeypatch.setattr(Path, "rename", rename)
    items = [b"one", b"two", b"three", b"two"]
    digests = blobs.put_all(items)
    made = {tmp_path, tmp_path / "store", *(tmp_path / "store" / digest[:2] for digest in digests)}
    assert steps == ["file"] * 3 + ["name"] * 3 + ["folder"] * len(made)
    assert [blobs.get(digest) for digest in digests] == items
    assert blobs.put_all([]) == []
    assert not list((tmp_path / "store").rglob("*.part"))


def test_damaged_bytes_are_never_given_out(blobs: Blobs, tmp_path: Path) -> None:
    sha256 = blobs.put(b"whole")
    (path,) = stored(tmp_path)
    for damage in (b"", b"who", b"whole and more", b"wholE"):
        path.write_bytes(damage)
        with pytest.raises(DamagedBlob, match=sha256):
            blobs.get(sha256)


def test_a_store_in_memory_or_on_object_storage_is_another_address(bureau: Bureau) -> None:
    far = Blobs("memory://office/store")
    assert far.get(far.put(b"bytes")) == b"bytes"
    with pytest.raises(MissingBlob):
        far.get("0" * 64)


def rows(path: str | Path) -> dict[str, list[tuple[object, ...]]]:
    database = sqlite3.connect(path)
    try:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name")]
        return {name: database.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall() for name in names}  # noqa: S608 - our own tables
    finally:
        database.close()


def test_a_backup_taken_in_use_holds_the_same_and_can_be_worked_with(bureau: Bureau, tmp_path: Path) -> None:
    number = new_case(bureau)
    approve(bureau, number)
    with reading(bureau.engine) as busy:  # somebody is at work while it is taken
        row_of(busy, number)
        kept = back_up(bureau)
    assert kept.size == kept.path.stat().st_size > 0
    assert rows(kept.path) == rows(bureau.settings.home / "jucai.db")
    new_case(bureau)
    assert rows(kept.path) != rows(bureau.settings.home / "jucai.db")
    home = tmp_path / "restored"
    home.mkdir()
    (home / "jucai.db").write_bytes(kept.path.read_bytes())
    restored = open_bureau(Settings(home=home, secret="s" * 40, address="rencai@rcj.example"), FixedClock(MONDAY))
    with reading(restored.engine) as session:
        report = verify_chains(session)
    assert (report.cases, report.broken) == (1, ())
    approve(restored, number)


def test_only_the_last_fourteen_backups_are_kept(bureau: Bureau, clock: FixedClock) -> None:
    made = []
    for _ in range(16):
        made.append(back_up(bureau).path)
        clock.advance(timedelta(days=1))
    assert sorted((bureau.settings.home / "backups").iterdir()) == made[2:]


def test_a_postgresql_database_is_not_ours_to_copy(bureau: Bureau) -> None:
    settings = bureau.settings.model_copy(update={"database": "postgresql://office@db/jucai"})
    with pytest.raises(BackupNotHereError, match="pg_dump"):
        back_up(replace(bureau, settings=settings))
