"""Every file gets a process of its own; what goes wrong there becomes a recorded reason."""

import dataclasses
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from jucai.reading import DEFAULT, Refusal, page_png, read_bytes, read_isolated, read_many
from jucai.reading.command import read_command
from jucai.reading.gate import measure
from jucai.reading.refusals import TooComplex
from models.readings import ReadingStatus
from tests.reading import hostile
from tests.reading.drawing import render
from tests.reading.unseen import living_colon

ROOT = Path(__file__).resolve().parents[2]


def form() -> bytes:
    return render(living_colon().source)


def alone(script: str) -> list[str]:
    """Run a script in a Python of its own and return the words it prints."""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


@pytest.mark.parametrize("name", sorted(hostile.ALL))
def test_an_attack_neither_crashes_nor_yields_a_value(name: str) -> None:
    reading = read_isolated(hostile.ALL[name](), ocr=False)
    assert reading.status in {ReadingStatus.REJECT, ReadingStatus.KILLED, ReadingStatus.NOT_A_FORM}
    assert reading.reason
    assert not reading.fields


def test_a_bomb_is_measured_without_being_unfolded() -> None:
    with pytest.raises(TooComplex):
        measure(hostile.double_bomb())


def test_a_worker_gives_what_reading_here_gives() -> None:
    assert read_isolated(form(), ocr=False).to_json() == read_bytes(form(), ocr=False).to_json()


def test_a_worker_that_takes_too_long_is_stopped_with_a_reason() -> None:
    reading = read_isolated(form(), limits=dataclasses.replace(DEFAULT, wall_seconds=0.001), ocr=False)
    assert reading.status is ReadingStatus.KILLED
    assert "超时" in str(reading.reason)
    assert read_isolated(form(), ocr=False).status is ReadingStatus.FILLED


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="macOS has no address-space limit")
def test_a_worker_cannot_take_more_memory_than_it_is_given() -> None:
    script = (
        "from jucai.reading import cage\n"
        "from jucai.reading.limits import DEFAULT\n"
        "cage.enter(DEFAULT)\n"
        "try:\n"
        "    bytearray(DEFAULT.memory)\n"
        "except MemoryError:\n"
        "    print('refused')\n"
    )
    assert alone(script) == ["refused"]


def test_a_file_too_large_never_reaches_a_worker() -> None:
    reading = read_isolated(b"%PDF-" + b"0" * 100, limits=dataclasses.replace(DEFAULT, size=50))
    assert reading.status is ReadingStatus.REJECT
    assert "MB" in str(reading.reason)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="seccomp is Linux only")
def test_a_worker_has_no_network_and_starts_no_program() -> None:
    script = (
        "import os, socket\n"
        "from jucai.reading import cage\n"
        "from jucai.reading.limits import DEFAULT\n"
        "cage.enter(DEFAULT)\n"
        "for attempt in (socket.socket, lambda: os.execv('/bin/true', ['true'])):\n"
        "    try:\n"
        "        attempt()\n"
        "    except PermissionError:\n"
        "        print('refused')\n"
    )
    assert alone(script) == ["refused", "refused"]
    socket.socket().close()


def test_many_files_are_read_and_each_answer_keeps_its_name() -> None:
    items = [("good", form()), ("empty", b""), ("again", form()), ("garbage", hostile.garbage())]
    readings = dict(read_many(iter(items), workers=2, ocr=False))
    assert {name: reading.status for name, reading in readings.items()} == {
        "good": ReadingStatus.FILLED,
        "empty": ReadingStatus.REJECT,
        "again": ReadingStatus.FILLED,
        "garbage": ReadingStatus.REJECT,
    }


def test_waiting_files_are_taken_only_as_they_can_be_read() -> None:
    taken: list[int] = []

    def endless() -> "object":
        for number in range(100):
            taken.append(number)
            yield str(number), b""

    readings = read_many(endless(), workers=1, ocr=False)  # type: ignore[arg-type]
    next(readings)
    assert len(taken) <= 3
    readings.close()  # type: ignore[attr-defined]


def test_the_desk_sees_the_part_of_the_page_that_was_read() -> None:
    value = read_isolated(form(), ocr=False).fields["id_number"]
    assert value.page is not None
    whole = page_png(form(), value.page)
    part = page_png(form(), value.page, bbox=value.bbox)
    assert whole.startswith(b"\x89PNG")
    assert part.startswith(b"\x89PNG")
    assert len(part) < len(whole)


def test_a_page_that_does_not_exist_cannot_be_drawn() -> None:
    with pytest.raises(Refusal):
        page_png(form(), 99)


def test_the_command_writes_one_file_for_each_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in" / "a").mkdir(parents=True)
    (tmp_path / "in" / "one.pdf").write_bytes(form())
    (tmp_path / "in" / "a" / "one.PDF").write_bytes(b"")
    assert read_command([tmp_path / "in"], tmp_path / "out", workers=1, json=True) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["status"] for line in lines} == {"filled", "reject"}
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written == {"one.json", "one-2.json"}
    assert read_command([tmp_path / "nothing"], tmp_path / "out", workers=1) == 2
