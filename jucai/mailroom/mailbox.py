"""Where letters lie before they are ours: the seam every kind of mailbox fulfils, and its errors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self


class Tray(StrEnum):
    """The folders a letter is filed into once its row is safe; made where they do not exist."""

    DONE = "已处理"
    HUMAN = "待人工"
    NONE = "无需处理"


@dataclass(frozen=True, slots=True)
class Watermark:
    """How far a mailbox has been read: letters of this folder and UIDVALIDITY up to `uid` have been fetched.

    UIDs are only meaningful together with all the other fields: a folder made anew counts from 1 again under
    another UIDVALIDITY (RFC 3501 §2.3.1.1).
    """

    host: str
    user: str
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class RawLetter:
    """One letter as the server holds it. `data` is None if `size` (bytes) is over the mailbox's limit.

    `head` then holds its headers (at most 256 KB), so that the sender can be told. `internal_date` is when the
    server received it, aware. `mark` is the watermark to store once this letter is safe: hand it to the next
    `fetch_new`.
    """

    uid: int
    uidvalidity: int
    size: int
    internal_date: datetime
    data: bytes | None
    mark: Watermark
    head: bytes = b""


MAX_HEAD = 262_144
"""How many bytes of the headers of a letter too large are taken."""


class MailboxError(Exception):
    """The mailbox could not be used; the message says in Chinese what to do."""


class LoginRefusedError(MailboxError):
    """The server did not accept user and password (or token)."""

    def __init__(self, host: str, user: str, detail: str) -> None:
        super().__init__(f"邮箱 {user} 登录 {host} 被拒绝：请核对授权码（不是网页密码），并确认已开启 IMAP。{detail}")


class TlsNotVerifiedError(MailboxError):
    """The server's certificate is not one we may trust."""

    def __init__(self, host: str, detail: str) -> None:
        super().__init__(f"邮件服务器 {host} 的证书未通过验证，已断开：请核对主机名，或配置其 CA 证书文件。{detail}")


class ServerUnreachableError(MailboxError):
    """No connection, or it was lost on the way; trying again later is right."""

    def __init__(self, host: str, detail: str) -> None:
        super().__init__(f"连接不上邮件服务器 {host}，或连接中断：稍后会自动重试。{detail}")


class FolderMissingError(MailboxError):
    """The folder to read does not exist."""

    def __init__(self, host: str, folder: str) -> None:
        super().__init__(f"{host} 上没有文件夹“{folder}”：请核对收件文件夹的名称。")


class MailboxRefusedError(MailboxError):
    """The server answered, but did not do what it was asked."""

    def __init__(self, host: str, detail: str) -> None:
        super().__init__(f"邮件服务器 {host} 拒绝了操作：{detail}")


class Mailbox(Protocol):
    """A place letters are fetched from. Use as a context manager: entering connects, leaving always closes."""

    def __enter__(self) -> Self:
        """Connect. Raises LoginRefusedError, TlsNotVerifiedError, ServerUnreachableError, FolderMissingError."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """Close the connection."""
        ...

    def fetch_new(self, mark: Watermark | None) -> Iterator[RawLetter]:
        """Yield the letters after `mark` (all if None or of another UIDVALIDITY), oldest first.

        Nothing is changed in the mailbox. The caller makes each letter safe, stores its `mark`, and only then
        files it away.
        """
        ...

    def file_away(self, uids: Sequence[int], uidvalidity: int, folder: Tray) -> frozenset[int]:
        """Move exactly these letters into `folder`; gives those of them that are not there any more."""
        ...
