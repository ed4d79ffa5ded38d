import contextlib
import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from jucai.processes import (
    HttpReady,
    JsonLineReady,
    Program,
    ProgramNotReadyError,
    ProgramStoppedError,
    Supervisor,
    free_port,
)

READY = "print('{\"ready\": 1}', flush=True)"
FAMILY = f"""
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
double = subprocess.run([sys.executable, "-c", '''
import subprocess, sys
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True, stdout=2).pid)
'''], stdout=subprocess.PIPE, check=True)
print(os.getpid(), child.pid, stranger.pid, int(double.stdout), file=open("pids", "w"))
{READY}
time.sleep(600)
"""
STUBBORN = f"import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); {READY}; time.sleep(600)"


def python(name: str, code: str, **options: object) -> Program:
    options = {"ready": JsonLineReady("ready"), **options}
    return Program(name, [sys.executable, "-c", code], **options)  # type: ignore[arg-type]


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        if sys.platform == "linux":
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, 0)
            return True
        return False
    return state not in "ZX"


def eventually(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 60
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def family(folder: Path) -> list[int]:
    return [int(pid) for pid in (folder / "pids").read_text(encoding="ascii").split()]


def test_the_block_leaves_no_descendant_behind(tmp_path: Path) -> None:
    with Supervisor(tmp_path) as office:
        office.start(python("family", FAMILY, folder=tmp_path))
        pids = family(tmp_path)
        assert len(pids) == 4
        assert all(alive(pid) for pid in pids)
    assert not any(alive(pid) for pid in pids)
    assert not (tmp_path / "family.pid").exists()


def test_a_program_that_ignores_sigterm_is_killed_after_its_grace(tmp_path: Path) -> None:
    with Supervisor(tmp_path) as office:
        running = office.start(python("stubborn", STUBBORN, grace=0.3))
        pid = running.pid
        assert pid is not None
    assert not alive(pid)
    assert running.code == 128 + signal.SIGKILL


def test_a_program_may_end_in_its_own_way_first(tmp_path: Path) -> None:
    code = f"""
import signal, sys, time
def goodbye(*_):
    print("saved", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, goodbye)
{READY}
time.sleep(600)
"""
    with Supervisor(tmp_path) as office:
        running = office.start(python("polite", code))
    assert running.code == 0
    assert running.output().endswith("saved\n")


def test_an_unexpected_end_is_told_with_code_and_log(tmp_path: Path) -> None:
    with Supervisor(tmp_path) as office:
        office.start(python("steady", f"{READY}; import time; time.sleep(600)"))
        office.check()
        running = office.start(python("worker", f"{READY}; import time; time.sleep(600)"))
        assert running.pid is not None
        os.kill(running.pid, signal.SIGKILL)
        with pytest.raises(ProgramStoppedError, match="worker 意外停止") as told:
            office.wait(60)
        assert (told.value.name, told.value.code) == ("worker", 128 + signal.SIGKILL)
        office.start(python("worker", f"{READY}; import time; time.sleep(600)"))
        office.wait(0.2)


def test_a_killed_program_takes_its_descendants_along(tmp_path: Path) -> None:
    with Supervisor(tmp_path) as office:
        running = office.start(python("family", FAMILY, folder=tmp_path))
        assert running.pid is not None
        os.kill(running.pid, signal.SIGKILL)
        assert eventually(lambda: not any(alive(pid) for pid in family(tmp_path)))


def test_a_killed_guard_leaves_nothing_either(tmp_path: Path) -> None:
    with Supervisor(tmp_path) as office:
        running = office.start(python("steady", f"{READY}; import time; time.sleep(600)"))
        pid = running.pid
        assert pid is not None
        running.guard.kill()
        with pytest.raises(ProgramStoppedError):
            office.wait(60)
    assert eventually(lambda: not alive(pid))


def test_a_program_that_fails_at_the_start_shows_what_it_said(tmp_path: Path) -> None:
    with Supervisor(tmp_path) as office:
        with pytest.raises(ProgramStoppedError, match="the port is taken"):
            office.start(python("server", "import sys; sys.exit('the port is taken')"))
        with pytest.raises(ProgramStoppedError, match="no-such-program"):
            office.start(Program("none", ["no-such-program"], ready=JsonLineReady("ready")))
        with pytest.raises(ProgramNotReadyError, match="没有就绪"):
            office.start(python("mute", "import time; time.sleep(600)", ready=JsonLineReady("ready", timeout=0.3)))


def test_readiness_is_a_json_line_or_an_answer_over_http(tmp_path: Path) -> None:
    port, _ = free_port(0)
    serving = f"""
import http.server, json
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/health" else 500)
        self.end_headers()
        self.wfile.write(b"well")
print("starting", flush=True)
print(json.dumps({{"other": 1}}), flush=True)
print(json.dumps({{"ready": {port}}}), flush=True)
http.server.HTTPServer(("127.0.0.1", {port}), Page).serve_forever()
"""
    with Supervisor(tmp_path) as office:
        running = office.start(python("page", serving))
        assert json.loads(running.answer) == {"ready": port}
        office.stop("page")
        assert (
            office.start(python("page", serving, ready=HttpReady(f"http://127.0.0.1:{port}/health"))).answer == "well"
        )
        office.stop("page")
        with pytest.raises(ProgramNotReadyError):
            office.start(python("page", serving, ready=HttpReady(f"http://127.0.0.1:{port}/", timeout=1)))


# A shell starts what runs in the background with Ctrl-C ignored, and these inherit it.
OFFICE = f"""
import signal, sys, time
from pathlib import Path
from jucai.processes import JsonLineReady, Program, Supervisor
signal.signal(signal.SIGINT, signal.default_int_handler)
folder = Path(sys.argv[1])
with Supervisor(folder) as office:
    office.start(Program("family", [sys.executable, "-c", {FAMILY!r}], ready=JsonLineReady("ready"), folder=folder))
    office.start(Program("stubborn", [sys.executable, "-c", {STUBBORN!r}], ready=JsonLineReady("ready"),
        grace=float(sys.argv[2])))
    print(office and "up", flush=True)
    office.wait()
"""


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, -signal.SIGINT), (signal.SIGTERM, 128 + signal.SIGTERM), (signal.SIGKILL, -signal.SIGKILL)],
)
def test_however_the_office_ends_nothing_of_it_runs_on(tmp_path: Path, number: signal.Signals, code: int) -> None:
    command = [sys.executable, "-c", OFFICE, str(tmp_path), "0.2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True) as office:
        assert office.stdout is not None
        assert office.stdout.readline() == b"up\n"
        pids = [*family(tmp_path), int((tmp_path / "stubborn.pid").read_text(encoding="ascii"))]
        os.kill(office.pid, number)
        assert office.wait(60) == code
        if number == signal.SIGKILL:
            assert eventually(lambda: not any(alive(pid) for pid in pids))
        assert not any(alive(pid) for pid in pids)


def test_a_second_ctrl_c_does_not_wait_for_a_stubborn_program(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OFFICE, str(tmp_path), "10000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True) as office:
        assert office.stdout is not None
        assert office.stdout.readline() == b"up\n"
        pids = [*family(tmp_path), int((tmp_path / "stubborn.pid").read_text(encoding="ascii"))]
        # Each one that arrives before it is stopping only starts the stopping, so until it has gone.
        while office.poll() is None:
            os.kill(office.pid, signal.SIGINT)
            time.sleep(0.5)
        assert not any(alive(pid) for pid in pids)


def test_a_taken_port_is_replaced_and_said_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken = listener.getsockname()[1]
        port, was_taken = free_port(taken)
        assert was_taken
        assert port != taken
        assert free_port(0)[1] is False
    assert free_port(taken) == (taken, False)


def test_a_listener_on_all_addresses_takes_the_port_too() -> None:
    with socket.create_server(("", 0)) as listener:
        assert free_port(listener.getsockname()[1])[1]


def test_a_port_of_a_connection_just_closed_is_free_again() -> None:
    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
    port = server.server_address[1]
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"OPTIONS / HTTP/1.0\r\n\r\n")
        while client.recv(4096):
            pass
    thread.join(60)
    server.server_close()
    assert free_port(port) == (port, False)
