"""A mailbox on an IMAP server: IMAPClient as transport for raw bytes, and nothing it may decide by itself."""

import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from jucai.clock import SHANGHAI
from jucai.mailroom.mailbox import (
    MAX_HEAD,
    FolderMissingError,
    LoginRefusedError,
    MailboxRefusedError,
    RawLetter,
    ServerUnreachableError,
    TlsNotVerifiedError,
    Tray,
    Watermark,
)
from jucai.mailroom.oauth import AccessTokens, TokenError, TokenRefusedError

_CLIENT_ID = {"name": "jucai", "vendor": "jucai", "version": "1"}
_BATCH = 50  # letters asked for their size at once
_CHUNK = 8_000_000  # bytes of letters held in memory at once
_OTHER_FOLDERS = "其他文件夹"  # QQ keeps all folders made by users below this one
_MAX_DETAIL = 200


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """Where and as whom to read. `tokens` (OAuth 2) take the place of `password` if given.

    `cafile` names the certificates to trust instead of the system's. Sizes in bytes, times in seconds.
    `send_id`: tell the server who we are where it lists ID; 163 and 126 refuse SELECT otherwise (RFC 2971).
    """

    host: str
    user: str
    password: str = field(default="", repr=False)
    port: int = 993
    security: Literal["tls", "starttls"] = "tls"
    folder: str = "INBOX"
    tokens: AccessTokens | None = field(default=None, repr=False)
    send_id: bool = True
    cafile: Path | None = None
    max_bytes: int = 50 * 1024 * 1024
    timeout: float = 30.0


def _words(error: BaseException) -> str:
    return str(error).strip("b'\"")[:_MAX_DETAIL]


class ImapMailbox:
    """One folder on an IMAP server; entering connects, verifies TLS, logs in and selects the folder."""

    def __init__(self, account: ImapAccount) -> None:
        self.account = account
        self._client: IMAPClient | None = None
        self._uidvalidity = 0
        self._trays: dict[Tray, str] = {}

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        host = self.account.host
        try:
            yield
        except LoginError as error:
            if isinstance(error.__context__, IMAPClientAbortError):  # no answer came: the password may be right
                raise ServerUnreachableError(host, _words(error)) from error
            raise LoginRefusedError(host, self.account.user, _words(error)) from error
        except ssl.SSLError as error:
            raise TlsNotVerifiedError(host, _words(error)) from error
        except (IMAPClientAbortError, OSError, EOFError) as error:
            raise ServerUnreachableError(host, _words(error)) from error
        except IMAPClientError as error:
            raise MailboxRefusedError(host, _words(error)) from error

    def __enter__(self) -> Self:
        """Connect. Raises the errors named in `Mailbox.__enter__`."""
        account = self.account
        with self._named_errors():
            context = ssl.create_default_context(cafile=str(account.cafile) if account.cafile else None)
            tls = account.security == "tls"
            client = IMAPClient(
                account.host, account.port, ssl=tls, ssl_context=context if tls else None, timeout=account.timeout
            )
        self._client = client
        try:
            with self._named_errors():
                client.normalise_times = False  # times stay aware
                if not tls:
                    client.starttls(context)
                self._login(client)
                self._select(client)
        except BaseException:
            self._close()
            raise
        return self

    def _login(self, client: IMAPClient) -> None:
        if self.account.tokens is not None:
            self._login_by_token(client, self.account.tokens)
        else:
            client.login(self.account.user, self.account.password)
        if self.account.send_id and client.has_capability("ID"):
            client.id_(_CLIENT_ID)

    def _login_by_token(self, client: IMAPClient, tokens: AccessTokens) -> None:
        host, user = self.account.host, self.account.user
        try:
            try:
                client.oauth2_login(user, tokens())
            except LoginError:  # taken back or run out before its time
                client.oauth2_login(user, tokens(fresh=True))
        except TokenRefusedError as error:
            raise LoginRefusedError(host, user, str(error)) from error
        except TokenError as error:
            raise ServerUnreachableError(host, str(error)) from error

    def _select(self, client: IMAPClient) -> None:
        folder = self.account.folder
        try:
            answer = client.select_folder(folder)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            if not client.folder_exists(folder):
                raise FolderMissingError(self.account.host, folder) from error
            raise
        self._uidvalidity = int(answer[b"UIDVALIDITY"])

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """Log out; a connection that is already gone is no error any more."""
        self._close()

    def _close(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        try:
            client.logout()
        except (IMAPClientError, OSError, EOFError):
            with suppress(IMAPClientError, OSError):  # a line TLS refused is closed already
                client.shutdown()

    @property
    def _open(self) -> IMAPClient:
        if self._client is None:
            raise ServerUnreachableError(self.account.host, "尚未连接。")
        return self._client

    def fetch_new(self, mark: Watermark | None) -> Iterator[RawLetter]:
        """Yield the letters after `mark`, oldest first; the size is asked before the body.

        The bodies of at most 8 MB (or one letter) are held at a time. Raises ServerUnreachableError when the
        connection is lost; what was yielded before is whole.
        """
        since = mark.uid if mark is not None and mark.uidvalidity == self._uidvalidity else 0
        with self._named_errors():
            self._open.noop()  # a session that has been open for a while is told of new letters only when it asks
            # "n:*" with n past the end names the last letter there is: old ones are filtered out.
            found = sorted(uid for uid in self._open.search(["UID", f"{since + 1}:*"]) if uid > since)
        for start in range(0, len(found), _BATCH):
            with self._named_errors():
                told: dict[int, dict[bytes, Any]] = self._open.fetch(
                    found[start : start + _BATCH], ["RFC822.SIZE", "INTERNALDATE"]
                )
            # Of a letter that is just being taken away a server may tell the flags alone.
            sizes = {uid: item for uid, item in told.items() if b"RFC822.SIZE" in item and b"INTERNALDATE" in item}
            for chunk in self._chunks(sizes):
                yield from self._bodies(chunk, sizes)

    def _chunks(self, sizes: dict[int, dict[bytes, Any]]) -> Iterator[list[int]]:
        chunk: list[int] = []
        total = 0
        for uid in sorted(sizes):
            size = int(sizes[uid][b"RFC822.SIZE"])
            size = 0 if size > self.account.max_bytes else size
            if chunk and total + size > _CHUNK:
                yield chunk
                chunk, total = [], 0
            chunk.append(uid)
            total += size
        if chunk:
            yield chunk

    def _bodies(self, uids: list[int], sizes: dict[int, dict[bytes, Any]]) -> Iterator[RawLetter]:
        wanted = [uid for uid in uids if int(sizes[uid][b"RFC822.SIZE"]) <= self.account.max_bytes]
        bodies: dict[int, dict[bytes, Any]] = {}
        if wanted:
            with self._named_errors():
                bodies = self._open.fetch(wanted, ["BODY.PEEK[]"])
        for uid in uids:
            body = bodies.get(uid, {}).get(b"BODY[]")
            if uid in wanted and body is None:
                continue  # moved away by a person between the two questions
            head = b"" if uid in wanted else self._head(uid)
            received = sizes[uid][b"INTERNALDATE"]
            yield RawLetter(
                uid=uid,
                uidvalidity=self._uidvalidity,
                size=int(sizes[uid][b"RFC822.SIZE"]),
                internal_date=_aware(received),
                data=body,
                mark=self._mark(uid),
                head=head,
            )

    def _head(self, uid: int) -> bytes:
        """Return the headers of a letter too large to load."""
        with self._named_errors():
            answer = self._open.fetch([uid], [f"BODY.PEEK[HEADER]<0.{MAX_HEAD}>"]).get(uid, {})
        return next((value for key, value in answer.items() if key.startswith(b"BODY[HEADER]") and value), b"")

    def _mark(self, uid: int) -> Watermark:
        return Watermark(self.account.host, self.account.user, self.account.folder, self._uidvalidity, uid)

    def file_away(self, uids: Sequence[int], uidvalidity: int, folder: Tray) -> frozenset[int]:
        """Move exactly these letters. Without MOVE they are copied and only their own UIDs expunged (RFC 4315).

        A server with neither keeps them, marked as deleted: a plain EXPUNGE would also destroy what others marked.
        """
        client = self._open
        if uidvalidity != self._uidvalidity:
            return frozenset(uids)
        with self._named_errors():
            there = sorted(client.fetch(list(uids), ["UID"])) if uids else []
            if not there:
                return frozenset(uids)
            target = self._tray(folder)
            if client.has_capability("MOVE"):
                client.move(there, target)
            else:
                client.copy(there, target)
                client.add_flags(there, [rb"\Deleted"], silent=True)
                if client.has_capability("UIDPLUS"):
                    client.uid_expunge(there)
        return frozenset(uids) - frozenset(there)

    def _tray(self, tray: Tray) -> str:
        """Return the full name of a tray's folder on this server, made if it does not exist."""
        if tray in self._trays:
            return self._trays[tray]
        client = self._open
        folders = {name: delimiter for _, delimiter, name in client.list_folders()}
        name = str(tray)
        if _OTHER_FOLDERS in folders:
            name = f"{_OTHER_FOLDERS}/{tray}"
        elif client.has_capability("NAMESPACE"):
            personal = client.namespace().personal
            name = f"{personal[0][0] if personal else ''}{tray}"
        if name not in folders:
            client.create_folder(name)
            client.subscribe_folder(name)
        self._trays[tray] = name
        return name

    def wait(self, seconds: float) -> bool:
        """Wait until the server speaks of new mail, at most `seconds`; True if it did. Only ever a hint.

        After a dropped connection `idle_check` answers nothing for ever, so the connection is tried after each
        wake: ServerUnreachableError then.
        """
        client = self._open
        with self._named_errors():
            if not client.has_capability("IDLE"):
                return False
            client.idle()
            try:
                heard = client.idle_check(timeout=seconds)
            finally:
                _, late = client.idle_done()
            _, after = client.noop()
        return any(len(line) > 1 and line[1] == b"EXISTS" for line in [*heard, *late, *after])


def _aware(moment: datetime) -> datetime:
    return moment.astimezone(SHANGHAI) if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
