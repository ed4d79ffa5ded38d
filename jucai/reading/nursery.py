"""A small warmed process that forks a fresh, caged worker for every file: `python -m jucai.reading.nursery`.

Importing the PDF libraries takes most of a second; a fork takes milliseconds and starts clean each time.
The nursery itself never parses a file. It has one thread, so forking is safe on macOS too.

Requests arrive on standard input and answers leave on standard output, each a JSON line and then bytes.
"""

import contextlib
import gc
import json
import os
import select
import signal
import struct
import sys
import time
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any, BinaryIO

from jucai.reading import cage
from jucai.reading.limits import Limits

_EXTEND = b"E"
_ANSWER = b"A"
_HEAD = struct.Struct("=cQ")
_MOST_ANSWER = 64 * 1024 * 1024
_GRACE = 0.2


@dataclass(frozen=True, slots=True)
class Job:
    """One file to handle: `kind` is read or png, `options` its arguments."""

    kind: str
    size: int
    limits: Limits
    options: dict[str, Any]

    def header(self) -> bytes:
        """Return the line that announces the job."""
        limits = asdict(self.limits)
        line = {"kind": self.kind, "size": self.size, "limits": limits, "options": self.options}
        return json.dumps(line).encode() + b"\n"

    @classmethod
    def parse(cls, line: bytes) -> "Job":
        """Read the line that announces a job."""
        data = json.loads(line)
        return cls(data["kind"], data["size"], Limits(**data["limits"]), data["options"])


def main() -> None:
    """Serve jobs until standard input closes."""
    cage.one_thread()
    requests, answers = _own_channels()
    _warm()
    while line := requests.readline():
        job = Job.parse(line)
        data = requests.read(job.size)
        outcome, payload = _serve(job, data)
        del data
        answers.write(json.dumps({"outcome": outcome, "size": len(payload)}).encode() + b"\n" + payload)
        answers.flush()


def _own_channels() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes for ourselves, so that nothing a library prints can get into an answer."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nothing, stream)
    os.close(nothing)
    return requests, answers


def _warm() -> None:
    """Import what nearly every file needs, and freeze it so that forks share the memory."""
    import_module("jucai.reading.document")
    from jucai.reading.columns import table_words  # noqa: PLC0415 - after the pipes are safe
    from jucai.reading.meaning import meanings  # noqa: PLC0415 - as above
    from jucai.reading.vocabulary import vocabulary  # noqa: PLC0415 - as above
    from jucai.reading.witness.known import known  # noqa: PLC0415 - as above

    vocabulary()
    meanings()
    table_words()
    known()
    gc.collect()
    gc.freeze()


def _serve(job: Job, data: bytes) -> tuple[str, bytes]:
    """Fork a worker, wait for its answer within the wall clock, and bury it."""
    inlet, outlet = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.close(inlet)
        _work(job, data, outlet)
    os.close(outlet)
    try:
        payload, late = _await(inlet, job.limits)
    finally:
        os.close(inlet)
        if _still_running(worker):
            os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)
    if payload is not None:
        return "done", payload
    return ("late" if late else "died"), b""


def _still_running(worker: int) -> bool:
    deadline = time.monotonic() + _GRACE
    while time.monotonic() < deadline:
        pid, _ = os.waitpid(worker, os.WNOHANG)
        if pid:
            return False
        time.sleep(0.002)
    return True


def _await(inlet: int, limits: Limits) -> tuple[bytes | None, bool]:
    """Return (answer, whether time ran out); a worker may announce that pictures will take longer."""
    deadline = time.monotonic() + limits.wall_seconds
    buffer = bytearray()
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            return None, True
        ready, _, _ = select.select([inlet], [], [], left)
        if not ready:
            return None, True
        piece = os.read(inlet, 1 << 16)
        if not piece:
            return None, False
        buffer += piece
        while len(buffer) >= _HEAD.size:
            kind, number = _HEAD.unpack_from(buffer)
            if kind == _EXTEND:
                deadline += limits.wall_seconds_per_scan * min(number, limits.pages)
                del buffer[: _HEAD.size]
                continue
            if number > _MOST_ANSWER:
                return None, False
            if len(buffer) >= _HEAD.size + number:
                return bytes(buffer[_HEAD.size : _HEAD.size + number]), False
            break


def _work(job: Job, data: bytes, outlet: int) -> None:
    """Handle one file in this fresh process and end it."""
    status = 1
    try:
        cage.enter(job.limits)

        def announce(pictures: int) -> None:
            cage.widen(job.limits, pictures)
            os.write(outlet, _HEAD.pack(_EXTEND, pictures))

        answer = _handle(job, data, announce)
        view = memoryview(_HEAD.pack(_ANSWER, len(answer)) + answer)
        while view:
            view = view[os.write(outlet, view) :]
        status = 0
    finally:
        os._exit(status)


def _handle(job: Job, data: bytes, announce: Any) -> bytes:
    if job.kind == "png":
        from jucai.reading.pictures import render  # noqa: PLC0415 - only the desk asks for pictures

        box = job.options["bbox"]
        return render(data, job.options["page"], tuple(box) if box else None, job.options["dpi"])
    from jucai.reading.document import read_bytes  # noqa: PLC0415 - already imported by the nursery

    reading = read_bytes(data, ocr=job.options["ocr"], limits=job.limits, announce=announce)
    return json.dumps(reading.to_json(), ensure_ascii=False).encode()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        main()
    sys.exit(0)
