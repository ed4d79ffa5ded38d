"""Starts the office's programs, watches them, and leaves nothing running.

Each program runs behind `process_guard.py`, which ends it with all its descendants as soon as this process
is gone, however it went.
"""

import contextlib
import errno
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import Protocol, Self
from urllib.parse import urlsplit

GUARD = Path(__file__).with_name("process_guard.py")
PAUSE = 0.1
LAST_PATIENCE = 5.0
TAIL = 4_000
LOG_LIMIT = 20 * 1024 * 1024
SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class ProgramError(RuntimeError):
    """A program of the office is not as it should be; the message says which and where its log is."""

    def __init__(self, message: str, name: str, log: Path) -> None:
        super().__init__(message)
        self.name = name
        self.log = log


class ProgramStoppedError(ProgramError):
    """A program ended by itself. `code` is its exit code, 128 + n after signal n."""

    def __init__(self, name: str, code: int, log: Path) -> None:
        super().__init__(f"{name} 意外停止（退出码 {code}），日志：{log}\n{_tail(log)}", name, log)
        self.code = code


class ProgramNotReadyError(ProgramError):
    """A program runs but was not ready in time."""

    def __init__(self, name: str, seconds: float, log: Path) -> None:
        super().__init__(f"{name} 在 {seconds:g} 秒内没有就绪，日志：{log}\n{_tail(log)}", name, log)


class Readiness(Protocol):
    """How to tell that a program is ready."""

    @property
    def timeout(self) -> float:
        """Seconds to wait."""
        ...

    def answer(self, output: str) -> str | None:
        """What the program answered, or None as long as it is not ready; `output` is all it has written."""
        ...


@dataclass(frozen=True, slots=True)
class HttpReady:
    """Ready when `url` (plain HTTP) answers with one of `statuses`; the answer is the body."""

    url: str
    timeout: float = 60.0
    statuses: tuple[int, ...] = (200, 204)

    def answer(self, output: str) -> str | None:  # noqa: ARG002  # part of the protocol
        """One attempt."""
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port or 80, timeout=5)
        try:
            connection.request("GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
            response = connection.getresponse()
            body = response.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        return body if response.status in self.statuses else None


@dataclass(frozen=True, slots=True)
class JsonLineReady:
    """Ready when the program has written a line that is a JSON object with `key`; the answer is that line."""

    key: str
    timeout: float = 60.0

    def answer(self, output: str) -> str | None:
        """The first such line."""
        for line in output.splitlines(keepends=True):
            if line.endswith("\n") and line.startswith("{"):
                with contextlib.suppress(ValueError):
                    if self.key in json.loads(line):
                        return line.strip()
        return None


@dataclass(frozen=True, slots=True)
class Program:
    """A program to run. `environment` is added to ours; `grace` is seconds between SIGTERM and SIGKILL."""

    name: str
    command: Sequence[str]
    ready: Readiness | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    grace: float = 10.0


@dataclass(slots=True)
class Running:
    """A program that was started. `answer` is what it said when it became ready."""

    program: Program
    log: Path
    log_start: int
    pid_file: Path
    guard: subprocess.Popen[bytes]
    pipe: int
    answer: str = ""

    @property
    def code(self) -> int | None:
        """Its exit code (128 + n after signal n), None as long as it runs."""
        code = self.guard.poll()
        return code if code is None or code >= 0 else 128 - code

    @property
    def pid(self) -> int | None:
        """The program's own process id (not its guard's), None when it is not running."""
        try:
            return int(self.pid_file.read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return None

    def output(self) -> str:
        """All it has written since it was started."""
        with self.log.open("rb") as file:
            file.seek(self.log_start)
            return file.read().decode("utf-8", "replace")


class Supervisor:
    """Runs programs for as long as the `with` block lasts; leaves none behind, whatever ends the block.

    Ctrl-C, SIGTERM and SIGHUP leave the block as KeyboardInterrupt or SystemExit(128 + n). Logs go to
    `folder`, one file a program, appended. A second Ctrl-C while stopping kills at once.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: dict[str, Running] = {}
        self._handlers: dict[signal.Signals, object] = {}
        self._hurry = False

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        if threading.current_thread() is threading.main_thread():
            for number in SIGNALS:
                self._handlers[number] = signal.signal(number, _leave)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # what signal.signal gave us before

    def start(self, program: Program) -> Running:
        """Starts a program and waits until it is ready.

        Raises ProgramStoppedError or ProgramNotReadyError; what was started is then stopped with the block.
        A name can be given again once the program of that name has ended.
        """
        running = self.launch(program)
        self.wait_ready(program.name)
        return running

    def launch(self, program: Program) -> Running:
        """Starts a program without waiting, so that several can become ready side by side."""
        known = self._running.get(program.name)
        if known is not None and known.code is None:
            raise ValueError(f"{program.name} 已在运行")
        log = self._folder / f"{program.name}.log"
        pid_file = self._folder / f"{program.name}.pid"
        pid_file.unlink(missing_ok=True)
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.replace(log.with_suffix(".1.log"))
        reading, writing = os.pipe()
        guard = [sys.executable, "-I", "-S", str(GUARD), str(reading), str(program.grace), str(pid_file)]
        try:
            with log.open("ab") as output:
                start = output.tell()
                process = subprocess.Popen(  # noqa: S603  # the office's own programs
                    [*guard, *program.command],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    cwd=program.folder,
                    env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "", **program.environment},
                    pass_fds=(reading,),
                    start_new_session=True,
                )
        except BaseException:
            os.close(writing)
            raise
        finally:
            os.close(reading)
        running = Running(program, log, start, pid_file, process, writing)
        self._running[program.name] = running
        return running

    def wait_ready(self, name: str) -> str:
        """Waits for a launched program; what it answered. Raises ProgramStoppedError, ProgramNotReadyError."""
        running = self._running[name]
        ready = running.program.ready
        if ready is None:
            return ""
        deadline = time.monotonic() + ready.timeout
        while True:
            answer = ready.answer(running.output())
            # Asked first, checked second: an answer may come from a stranger on the same port.
            self._check(running)
            if answer is not None:
                running.answer = answer
                return answer
            if time.monotonic() > deadline:
                raise ProgramNotReadyError(name, ready.timeout, running.log)
            time.sleep(PAUSE)

    def check(self) -> None:
        """Raises ProgramStoppedError if any program has ended by itself."""
        for running in self._running.values():
            self._check(running)

    def wait(self, seconds: float | None = None) -> None:
        """Waits that long, for ever if None, while all programs run; raises ProgramStoppedError if one ends."""
        deadline = None if seconds is None else time.monotonic() + seconds
        while deadline is None or time.monotonic() < deadline:
            self.check()
            time.sleep(PAUSE if deadline is None else max(0.0, min(PAUSE, deadline - time.monotonic())))
        self.check()

    def stop(self, name: str | None = None) -> None:
        """Stops one program, or all, the latest first; returns when nothing of them runs any more."""
        names = [name] if name is not None else list(reversed(self._running))
        with self._uninterrupted():
            # The order matters to programs that talk to each other, so one after the other.
            for one in names:
                self._stop(self._running.pop(one))

    def _stop(self, running: Running) -> None:
        with contextlib.suppress(OSError):
            os.close(running.pipe)  # what the guard waits for
        patience = time.monotonic() + running.program.grace + LAST_PATIENCE
        while running.code is None and time.monotonic() < patience:
            if self._hurry:
                running.guard.terminate()
            time.sleep(PAUSE / 2)
        if running.code is None or running.guard.returncode < 0:
            # The guard hangs or was killed, so nobody has looked after the program.
            for group in (running.pid, running.guard.pid):
                if group is not None:
                    with contextlib.suppress(ProcessLookupError, PermissionError):
                        os.killpg(group, signal.SIGKILL)
            running.guard.wait()
        running.pid_file.unlink(missing_ok=True)

    def _check(self, running: Running) -> None:
        code = running.code
        if code is not None:
            raise ProgramStoppedError(running.program.name, code, running.log)

    @contextlib.contextmanager
    def _uninterrupted(self) -> Iterator[None]:
        """Ctrl-C while stopping makes it quicker, never incomplete."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def hurry(_number: int, _frame: FrameType | None) -> None:
            self._hurry = True

        before = {number: signal.signal(number, hurry) for number in (signal.SIGINT, *SIGNALS)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def free_port(preferred: int, host: str = "127.0.0.1") -> tuple[int, bool]:
    """A port that can be listened on: `preferred` if it is free, else any; whether it was taken.

    0 asks for any. Nothing is reserved: the program should start soon after.
    """
    taken = preferred != 0 and not _is_free(preferred, host)
    if preferred != 0 and not taken:
        return preferred, False
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1]), taken


def _is_free(port: int, host: str) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as caller:
        caller.settimeout(1)
        # Where a listener on all addresses does not hinder a bind to one of them, a call still finds it.
        if caller.connect_ex((host, port)) == 0:
            return False
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise
    return True


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _tail(log: Path) -> str:
    try:
        return log.read_bytes()[-TAIL:].decode("utf-8", "replace")
    except FileNotFoundError:
        return ""
