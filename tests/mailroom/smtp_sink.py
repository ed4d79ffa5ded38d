"""A mail server that takes everything and does nothing with it: `python -m tests.mailroom.smtp_sink KEY CERTIFICATE`.

For measuring who sends: a process of its own, so that its work is not counted as the sender's. It says its port, and
after each connection how many mails came over it, on standard output, one number a line.
"""

import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jucai.mailroom.postman import SmtpAccount
from jucai.settings import ROOT
from tests.mailroom.smtp_office import make_certificate

_END = b"\r\n.\r\n"
_CHUNK = 65_536


def _serve(line: ssl.SSLSocket) -> int:
    """Talk to one client; how many mails it brought."""
    mails = 0
    waiting = b""

    def until(end: bytes) -> bytes:
        nonlocal waiting
        seen = 0
        while (at := waiting.find(end, max(0, seen - len(end)))) < 0:
            seen = len(waiting)
            more = line.recv(_CHUNK)
            if not more:
                raise EOFError
            waiting += more
        found, waiting = waiting[:at], waiting[at + len(end) :]
        return found

    line.sendall(b"220 sink\r\n")
    while True:
        verb = until(b"\r\n")[:4].upper()
        if verb == b"DATA":
            line.sendall(b"354 go on\r\n")
            until(_END)
            mails += 1
        if verb == b"QUIT":
            line.sendall(b"221 bye\r\n")
            return mails
        line.sendall(b"250 OK\r\n")


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def main() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[1])
    with socket.create_server(("127.0.0.1", 0)) as server:
        _say(server.getsockname()[1])
        while True:
            plain, _ = server.accept()
            with context.wrap_socket(plain, server_side=True) as line:
                _say(_serve(line))


@contextmanager
def running_sink(folder: Path) -> Iterator[tuple[SmtpAccount, Callable[[], int]]]:
    """The account to send through, and what tells how many mails the next connection to end brought."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    make_certificate(key, cert)
    command = [sys.executable, "-m", "tests.mailroom.smtp_sink", str(key), str(cert)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = process.stdout
        try:
            yield SmtpAccount("localhost", int(said.readline()), cafile=cert), lambda: int(said.readline())
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
