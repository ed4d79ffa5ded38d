"""Reading in processes of their own: one file, or many at once in bounded memory."""

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from jucai.reading.limits import DEFAULT, MIB, Limits
from jucai.reading.nursery import Job
from jucai.reading.refusals import Refusal, TooLarge
from models.readings import Box, DocumentReading, ReadingStatus

_LATE = "读取该文件超时，已停止。请重新导出为普通PDF，或打印后扫描再发送。"
_DIED = "读取该文件时超出内存或时间上限，已停止。请重新导出为普通PDF，或打印后扫描再发送。"
_KEPT_IDLE = 4
_ATTEMPTS = 2
_ROOT = Path(__file__).resolve().parents[2]


class Nursery:
    """A running `jucai.reading.nursery`; one job at a time."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONUTF8": "1"}
        paths = [str(_ROOT), *filter(None, [environment.get("PYTHONPATH")])]
        environment["PYTHONPATH"] = os.pathsep.join(paths)
        self.owner = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "jucai.reading.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            close_fds=True,
            start_new_session=True,
        )

    @property
    def alive(self) -> bool:
        """Whether it can take a job from this process."""
        return self.owner == os.getpid() and self._process.poll() is None

    def run(self, job: Job, data: bytes) -> tuple[str, bytes]:
        """Return (outcome, payload): done, late or died.

        Raises:
            OSError: the nursery itself is gone.
        """
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(job.header())
        stdin.write(data)
        stdin.flush()
        line = stdout.readline()
        if not line:
            raise BrokenPipeError("reading nursery ended")
        head = json.loads(line)
        return head["outcome"], stdout.read(head["size"])

    def close(self) -> None:
        """End the process and wait for it."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    # The other end is gone already; there is nothing left to flush.
                    continue
        try:
            self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class _Nurseries:
    """Nurseries that wait for the next file, shared by the threads of this process."""

    def __init__(self) -> None:
        self._idle: list[Nursery] = []
        self._lock = threading.Lock()

    def run(self, job: Job, data: bytes) -> tuple[str, bytes]:
        """Run a job in an idle nursery, or in a new one."""
        for attempt in range(1, _ATTEMPTS + 1):
            nursery = self._take()
            try:
                outcome = nursery.run(job, data)
            except OSError:
                nursery.close()
                if attempt == _ATTEMPTS:
                    return "died", b""
                continue
            except BaseException:
                nursery.close()
                raise
            self._put(nursery)
            return outcome
        return "died", b""

    def _take(self) -> Nursery:
        with self._lock:
            while self._idle:
                nursery = self._idle.pop()
                if nursery.alive:
                    return nursery
                if nursery.owner == os.getpid():
                    nursery.close()
        return Nursery()

    def _put(self, nursery: Nursery) -> None:
        with self._lock:
            if len(self._idle) < _KEPT_IDLE and nursery.alive:
                self._idle.append(nursery)
                return
        nursery.close()

    def close(self) -> None:
        """End all idle nurseries."""
        with self._lock:
            idle, self._idle = self._idle, []
        for nursery in idle:
            if nursery.owner == os.getpid():
                nursery.close()


_nurseries = _Nurseries()
atexit.register(_nurseries.close)


def close_workers() -> None:
    """End the waiting worker parents of this process; the next reading starts new ones."""
    _nurseries.close()


def read_isolated(data: bytes, *, limits: Limits = DEFAULT, ocr: bool = True) -> DocumentReading:
    """Read a file in a fresh process with limits on memory, time, files and network.

    A worker that runs out of time or memory comes back as status killed with a Chinese reason. Never raises
    for anything a file can contain.
    """
    if len(data) > limits.size:
        return DocumentReading(ReadingStatus.REJECT, str(TooLarge(limits.size // MIB)))
    outcome, payload = _nurseries.run(Job("read", len(data), limits, {"ocr": ocr}), data)
    if outcome != "done":
        return DocumentReading(ReadingStatus.KILLED, _LATE if outcome == "late" else _DIED)
    return DocumentReading.from_json(json.loads(payload))


def page_png(data: bytes, page: int, *, bbox: Box | None = None, dpi: int = 110, limits: Limits = DEFAULT) -> bytes:
    """Return a page, or the part of it around `bbox` (points, as in FieldValue), as PNG; drawn in a worker.

    Raises:
        Refusal: the page cannot be drawn.
    """
    options = {"page": page, "bbox": list(bbox) if bbox else None, "dpi": dpi}
    outcome, payload = _nurseries.run(Job("png", len(data), limits, options), data)
    if outcome != "done" or not payload:
        raise Refusal("这一页无法显示，请下载原文件查看。")
    return payload


def read_many(
    items: Iterable[tuple[str, bytes]], *, workers: int, ocr: bool = True, limits: Limits = DEFAULT
) -> Iterator[tuple[str, DocumentReading]]:
    """Yield (name, reading) as files are finished; at most twice `workers` files are held in memory."""
    waiting: dict[Future[DocumentReading], str] = {}
    with ThreadPoolExecutor(max_workers=max(1, workers), thread_name_prefix="reading") as pool:
        try:
            for name, data in items:
                waiting[pool.submit(read_isolated, data, limits=limits, ocr=ocr)] = name
                if len(waiting) >= 2 * max(1, workers):
                    yield from _finished(waiting)
            while waiting:
                yield from _finished(waiting)
        finally:
            for future in waiting:
                future.cancel()


def _finished(waiting: dict[Future[DocumentReading], str]) -> Iterator[tuple[str, DocumentReading]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        yield waiting.pop(future), future.result()
