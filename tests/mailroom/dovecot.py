"""A real Dovecot on loopback, started by hand: static password, maildir, TLS with a certificate of its own."""

import grp
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from imapclient import IMAPClient

from jucai.mailroom.imap import ImapAccount, ImapMailbox
from jucai.mailroom.mailbox import ServerUnreachableError

CONFIG = """
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/dovecot.log
listen = 127.0.0.1
protocols = imap
ssl = required
ssl_cert = <{cert}
ssl_key = <{key}
ssl_min_protocol = TLSv1.2
mail_location = maildir:{base}/mail/%u
first_valid_uid = 0
first_valid_gid = 0
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
auth_failure_delay = 0
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password=right
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={base}/home/%u
}}
protocol imap {{
  mail_max_userip_connections = 50
}}
{more}
"""
XOAUTH2 = """
auth_mechanisms = plain xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {base}/oauth2.conf
}}
"""
INTROSPECTION = """
introspection_mode = get
introspection_url = {url}
username_attribute = user
active_attribute = active
active_value = true
"""


@dataclass(frozen=True)
class Server:
    account: ImapAccount
    base: Path

    def user(self, name: str) -> ImapAccount:
        return replace(self.account, user=name)

    def client(self, name: str) -> IMAPClient:
        client = IMAPClient(
            self.account.host,
            self.account.port,
            ssl_context=ssl.create_default_context(cafile=str(self.account.cafile)),
        )
        client.login(name, "right")
        return client

    def deliver(self, name: str, *letters: bytes) -> None:
        client = self.client(name)
        for data in letters:
            client.append("INBOX", data)
        client.logout()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def identities(base: Path) -> dict[str, object]:
    """Who the processes run as: Dovecot refuses root, and a user of no privilege can be nobody but himself."""
    own = pwd.getpwuid(os.getuid())
    if own.pw_uid:
        group = grp.getgrgid(own.pw_gid).gr_name
        return {"internal": own.pw_name, "group": group, "login": own.pw_name, "uid": own.pw_uid, "gid": own.pw_gid}
    nobody = pwd.getpwnam("nobody")
    for name in ("mail", "home"):
        (base / name).mkdir()
        os.chown(base / name, nobody.pw_uid, nobody.pw_gid)
    return {"internal": "dovecot", "group": "dovecot", "login": "dovenull", "uid": nobody.pw_uid, "gid": nobody.pw_gid}


@contextmanager
def running_dovecot(dovecot_path: Path, introspection: str = "") -> Iterator[Server]:
    """Dovecot while the block runs; with `introspection`, the address that knows tokens, it takes XOAUTH2 as well."""
    # pytest's own folders are closed to the other users that Dovecot runs as.
    base = Path(tempfile.mkdtemp(prefix="jucai-dovecot-"))
    base.chmod(0o755)
    key, cert = base / "key.pem", base / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    port = free_port()
    more = XOAUTH2.format(base=base) if introspection else ""
    (base / "oauth2.conf").write_text(INTROSPECTION.format(url=introspection))
    facts = {"base": base, "cert": cert, "key": key, "port": port, "more": more, **identities(base)}
    config = base / "dovecot.conf"
    config.write_text(CONFIG.format(**facts))
    said = base / "said.log"
    with said.open("wb") as out:
        process = subprocess.Popen([str(dovecot_path), "-F", "-c", str(config)], stdout=out, stderr=out)
    account = ImapAccount("localhost", "nobody", "right", port=port, cafile=cert, timeout=30)
    try:
        _wait_until_up(account, process, base)
        yield Server(account, base)
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(base, ignore_errors=True)


def _wait_until_up(account: ImapAccount, process: subprocess.Popen[bytes], base: Path) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            with ImapMailbox(replace(account, user="probe")):
                return
        except ServerUnreachableError:
            if process.poll() is not None or time.monotonic() > deadline:
                said = b"".join(path.read_bytes() for path in base.glob("*.log"))
                pytest.fail(f"Dovecot did not start: {said.decode(errors='replace')[-2000:]}")
            time.sleep(0.05)
