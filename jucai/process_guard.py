"""Stands between the supervisor and one program, so that nothing outlives the office's processes.

Run by path as `python process_guard.py PIPE GRACE PIDFILE COMMAND…`; standard library only. It starts the
command in a process group of its own and ends it, with all its descendants, when the pipe from the
supervisor closes (also after kill -9 of the supervisor) or on SIGTERM. Its exit code is the command's.
"""

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36  # prctl(2)
SIGNALLED = 128  # a shell's way to tell of a signal in an exit code
CANNOT_START = 127
PAUSE = 0.05


def main(arguments: list[str]) -> int:
    """Runs the command to its end; its exit code, 128 and the signal's number, or 127 if it cannot start."""
    pipe, grace, pid_file, command = int(arguments[0]), float(arguments[1]), Path(arguments[2]), arguments[3:]
    adopt_orphans()
    wakes = wake_on_signals()
    try:
        child = subprocess.Popen(command, process_group=0)  # noqa: S603  # the supervisor's own command
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error}\n")
        return CANNOT_START
    pid_file.write_text(str(child.pid), encoding="ascii")
    asked = False
    while child.poll() is None and not asked:
        ready, _, _ = select.select([pipe, wakes], [], [])
        received = os.read(wakes, 4096) if wakes in ready else b""
        asked = pipe in ready or any(number != signal.SIGCHLD for number in received)
        collect(child)
    end(child, grace, wakes)
    pid_file.unlink(missing_ok=True)
    return child.returncode if child.returncode >= 0 else SIGNALLED - child.returncode


def adopt_orphans() -> None:
    """On Linux, descendants whose parent has died become this process's children, so they can be found."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def wake_on_signals() -> int:
    """A file descriptor that becomes readable, one byte a signal, when one arrives."""
    wakes, wake = os.pipe()
    os.set_blocking(wakes, False)
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, lambda *_: None)
    return wakes


def asked_again(wakes: int) -> bool:
    """Whether another signal to stop has come in: the one who waits is out of patience."""
    try:
        return any(number != signal.SIGCHLD for number in os.read(wakes, 4096))
    except BlockingIOError:
        return False


def end(child: subprocess.Popen[bytes], grace: float, wakes: int) -> None:
    """Ends the command, then what it left behind: SIGTERM, `grace` seconds, SIGKILL."""
    deadline = time.monotonic() + grace
    if child.poll() is None:
        child.send_signal(signal.SIGTERM)
    while child.poll() is None and time.monotonic() < deadline and not asked_again(wakes):
        time.sleep(PAUSE)
    if child.poll() is not None and remains(child):
        signal_all(child, signal.SIGTERM)
        while remains(child) and time.monotonic() < deadline and not asked_again(wakes):
            time.sleep(PAUSE)
    while remains(child):
        signal_all(child, signal.SIGKILL)
        time.sleep(PAUSE)


def remains(child: subprocess.Popen[bytes]) -> bool:
    """Whether the command, anything in its group or any other descendant still runs."""
    collect(child)
    if child.poll() is None or descendants():
        return True
    try:
        os.killpg(child.pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def collect(child: subprocess.Popen[bytes]) -> None:
    """Takes leave of adopted processes that have ended; the command itself is left to `poll`."""
    if sys.platform != "linux":
        return
    while True:
        try:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        if ended is None:
            return
        if ended.si_pid == child.pid:
            child.poll()
        else:
            os.waitpid(ended.si_pid, 0)


def signal_all(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signals the group and every descendant; some may have ended meanwhile."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)
    for pid in descendants():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)


def descendants() -> set[int]:
    """The living processes below this one (Linux; elsewhere the group alone is known)."""
    parents = dict(living())
    found: set[int] = set()
    waiting = {os.getpid()}
    while waiting:
        waiting = {pid for pid, parent in parents.items() if parent in waiting} - found
        found |= waiting
    return found


def living() -> Iterable[tuple[int, int]]:
    """(process, parent) of every process that has not ended, from /proc."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name in parentheses may hold blanks and parentheses itself.
            state, parent = entry.read_text(errors="replace").rpartition(")")[2].split()[:2]
        except (OSError, ValueError):
            continue  # it has ended while we looked
        if state not in "ZX":
            yield int(entry.parent.name), int(parent)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
