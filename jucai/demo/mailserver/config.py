from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

MEBIBYTE = 1024 * 1024
TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "pages" / "mailbox"


class MailServerConfigError(ValueError):
    """The mail server's configuration cannot be used; the message names the field."""


@dataclass(frozen=True, slots=True)
class SenderDomain:
    """What the DNS would say about a sending domain; stands where SPF and DKIM records would.

    `hosts` are the EHLO names allowed to send for it ("*" for all), as an SPF record lists addresses:
    on loopback every peer has the same address, so the name takes its place. `dkim` says whether those
    hosts sign what they send. A domain that is not in the table has no records at all.
    """

    hosts: tuple[str, ...] = ("*",)
    dkim: bool = True


@dataclass(frozen=True, slots=True)
class MailServerConfig:
    """Where the demo's mail server listens, what it keeps, and whom it believes.

    Ports 0 choose free ones. `passwords` maps a mail address to its password; None lets any password
    open any mailbox, which only a demo on loopback may do. `imap_requires_id` refuses SELECT until the
    client has sent ID, as 163 and 126 do. `message_limit` is in bytes.
    """

    data: Path
    domain: str = "rcj.example"
    authserv_id: str = "mx.rcj.example"
    host: str = "127.0.0.1"
    smtp_port: int = 0
    smtps_port: int = 0
    imap_port: int = 0
    http_port: int = 0
    passwords: Mapping[str, str] | None = None
    sender_domains: Mapping[str, SenderDomain] = field(default_factory=dict)
    imap_requires_id: bool = False
    message_limit: int = 64 * MEBIBYTE
    http_hosts: tuple[str, ...] = ()
    templates: Path = TEMPLATES


@dataclass(frozen=True, slots=True)
class MailServerAddresses:
    """Where a running mail server can be reached, and the certificate to verify it against.

    `smtp_port` speaks plain SMTP with STARTTLS, `smtps_port` and `imap_port` implicit TLS (RFC 8314).
    """

    host: str
    smtp_port: int
    smtps_port: int
    imap_port: int
    http_port: int
    http_url: str
    ca_file: Path

    def to_json(self) -> str:
        """One line of JSON, as `python -m jucai.demo.mailserver` prints it when it is ready."""
        return _ADDRESSES.dump_json(self).decode()

    @classmethod
    def from_json(cls, line: str | bytes) -> "MailServerAddresses":
        """The addresses out of the line that the server printed."""
        return _ADDRESSES.validate_json(line)


def config_from_json(text: str) -> MailServerConfig:
    """The configuration out of a JSON object; raises MailServerConfigError naming the field."""
    try:
        return _CONFIG.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "--config-json"
        raise MailServerConfigError(f"邮件服务器配置有误：{where}：{first['msg']}") from error


def config_to_json(config: MailServerConfig) -> str:
    """The JSON that `config_from_json` reads back."""
    return _CONFIG.dump_json(config).decode()


_CONFIG = TypeAdapter(MailServerConfig)
_ADDRESSES = TypeAdapter(MailServerAddresses)
