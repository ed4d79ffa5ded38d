"""The demo's own settings file, written afresh at each start."""

import os
import secrets
from pathlib import Path

from jucai.demo.mailserver.config import MailServerAddresses
from jucai.running import Ports
from jucai.settings import Settings, load_settings

DEFAULT_HOME = Path(".jucai/demo")
ADDRESS = "rencai@rcj.example"
AUTHSERV_ID = "mx.rcj.example"
PASSWORD = "demo"  # noqa: S105 - the demo's mailbox on loopback, thrown away with it
_FILE = "jucai.toml"

_TEMPLATE = """# 演示环境的设置，由 jucai demo 在每次启动时生成。
home = "{home}"
programmes = "{programmes}"
office = "anqing"
demo = true
desk_url = "http://127.0.0.1:{desk}"
secret = "{secret}"
address = "{address}"
authserv_id = "{authserv_id}"
answers_per_day = 50

[[inboxes]]
host = "{host}"
port = {imap}
security = "tls"
username = "{address}"
password = "{password}"
cafile = "{cafile}"

[smtp]
host = "{host}"
port = {smtps}
security = "tls"
username = "{address}"
password = "{password}"
cafile = "{cafile}"
"""


def write_settings(home: Path, mail: MailServerAddresses, ports: Ports, programmes: Path) -> Path:
    """Write the demo's settings; its file."""
    path = home.resolve() / _FILE
    path.write_text(
        _TEMPLATE.format(
            home=home.resolve().as_posix(),
            programmes=programmes.as_posix(),
            desk=ports.desk,
            secret=secrets.token_hex(32),
            address=ADDRESS,
            authserv_id=AUTHSERV_ID,
            host=mail.host,
            imap=mail.imap_port,
            smtps=mail.smtps_port,
            password=PASSWORD,
            cafile=mail.ca_file.resolve().as_posix(),
        ),
        encoding="utf-8",
    )
    return path


def settings_from(path: Path) -> Settings:
    """The settings in that file."""
    os.environ["JUCAI_CONFIG"] = str(path)
    return load_settings()


def running_demo() -> Settings | None:
    """The settings of the demo that was started last in this folder, None if there was none."""
    if "JUCAI_CONFIG" in os.environ:
        return None
    path = DEFAULT_HOME / _FILE
    return settings_from(path) if path.is_file() else None
