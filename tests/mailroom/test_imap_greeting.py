"""What happens before a folder is open: who we are is told where it is asked for, and no password without TLS."""

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from jucai.mailroom.imap import ImapAccount, ImapMailbox
from jucai.mailroom.mailbox import MailboxRefusedError, ServerUnreachableError, TlsNotVerifiedError

UNSAFE = "NO SELECT Unsafe Login. Please contact kefu@188.com for help"
LISTED = "IMAP4rev1 XLIST SPECIAL-USE ID LITERAL+ STARTTLS UIDPLUS SASL-IR"


@dataclass
class Strict:
    """A server that speaks as 163 does: SELECT only after ID. `dies_at` names the command it hangs up at."""

    certificate: ssl.SSLContext
    capabilities: str = LISTED
    implicit: bool = True
    dies_at: str = ""
    said: list[str] = field(default_factory=list)

    def serve(self, listener: socket.socket) -> None:
        try:
            raw, _ = listener.accept()
            raw.settimeout(10)
            with self.certificate.wrap_socket(raw, server_side=True) if self.implicit else raw as line:
                self._talk(line)
        except OSError:
            return  # the client hung up: that is what it should do where it does not trust us

    def _talk(self, line: socket.socket, *, greet: bool = True) -> None:
        if self.dies_at == "GREETING":
            return
        if greet:
            line.sendall(b"* OK Coremail System IMap Server Ready\r\n")
        file = line.makefile("rb")
        known = False
        while raw := file.readline():
            tag, command, *_ = raw.decode().split()
            command = command.upper()
            self.said.append(command)
            if command == self.dies_at:
                return
            if command == "STARTTLS":
                line.sendall(f"{tag} OK Begin\r\n".encode())
                with self.certificate.wrap_socket(line, server_side=True) as safe:
                    self._talk(safe, greet=False)
                return
            known = known or command == "ID"
            line.sendall(self._answer(tag, command, known=known).encode())
            if command == "LOGOUT":
                return

    def _answer(self, tag: str, command: str, *, known: bool) -> str:
        done = f"{tag} OK {command} completed\r\n"
        if command == "SELECT":
            return f"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n{done}" if known else f"{tag} {UNSAFE}\r\n"
        lines = {
            "CAPABILITY": f"* CAPABILITY {self.capabilities}\r\n",
            "ID": '* ID ("name" "Coremail Imap")\r\n',
            "LIST": '* LIST () "/" "INBOX"\r\n',
            "SEARCH": "* SEARCH\r\n",
            "LOGOUT": "* BYE\r\n",
        }
        return lines.get(command, "") + done


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """What the server shows, and the file that vouches for it."""
    folder = tmp_path_factory.mktemp("imap")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context, cert


@contextmanager
def running(server: Strict, cafile: Path | None, *, send_id: bool = True) -> Iterator[ImapAccount]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        thread = threading.Thread(target=server.serve, args=(listener,))
        thread.start()
        port = listener.getsockname()[1]
        security = "tls" if server.implicit else "starttls"
        yield ImapAccount(
            "localhost", "rcj", "right", port=port, security=security, cafile=cafile, send_id=send_id, timeout=10
        )
        thread.join(20)
        assert not thread.is_alive()


def visit(account: ImapAccount) -> None:
    with ImapMailbox(account):
        pass


@pytest.mark.parametrize("implicit", [True, False], ids=["tls", "starttls"])
def test_we_say_who_we_are_before_a_folder_is_opened(certificate: tuple[ssl.SSLContext, Path], implicit: bool) -> None:  # noqa: FBT001 - pytest's parameter
    server = Strict(certificate[0], implicit=implicit)
    with running(server, certificate[1]) as account:
        visit(account)
    asked = [command for command in server.said if command not in {"CAPABILITY", "LOGOUT"}]
    assert asked == ([] if implicit else ["STARTTLS"]) + ["LOGIN", "ID", "SELECT"]


def test_a_server_that_wants_to_know_and_is_not_told_is_named(certificate: tuple[ssl.SSLContext, Path]) -> None:
    with (
        running(Strict(certificate[0]), certificate[1], send_id=False) as account,
        pytest.raises(MailboxRefusedError, match="Unsafe Login"),
    ):
        visit(account)


def test_a_server_that_does_not_list_id_is_not_asked(certificate: tuple[ssl.SSLContext, Path]) -> None:
    server = Strict(certificate[0], capabilities="IMAP4rev1")
    with running(server, certificate[1]) as account, pytest.raises(MailboxRefusedError):
        visit(account)
    assert "ID" not in server.said


@pytest.mark.parametrize("implicit", [True, False], ids=["tls", "starttls"])
def test_no_password_is_told_to_a_server_nobody_vouches_for(
    certificate: tuple[ssl.SSLContext, Path],
    implicit: bool,  # noqa: FBT001 - pytest's parameter
) -> None:
    server = Strict(certificate[0], implicit=implicit)
    with running(server, None) as account, pytest.raises(TlsNotVerifiedError):
        visit(account)
    assert "LOGIN" not in server.said


@pytest.mark.parametrize("step", ["GREETING", "LOGIN", "ID", "SELECT"])
def test_a_line_that_breaks_before_the_folder_is_open_is_named(
    certificate: tuple[ssl.SSLContext, Path], step: str
) -> None:
    with (
        running(Strict(certificate[0], dies_at=step), certificate[1]) as account,
        pytest.raises(ServerUnreachableError, match="稍后会自动重试"),
    ):
        visit(account)
