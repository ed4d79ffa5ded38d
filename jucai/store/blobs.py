"""Letters and documents as they came: unchanged, addressed by their SHA-256, through fsspec."""

import hashlib
import os
import secrets
from typing import Any

import fsspec


class MissingBlob(Exception):  # noqa: N818 - named for what is wrong
    """The store does not hold what the database speaks of."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"文件库中找不到 {sha256}，请从备份恢复文件库。")


class DamagedBlob(Exception):  # noqa: N818 - named for what is wrong
    """The stored bytes are not the ones that were put in."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"文件库中的 {sha256} 已损坏（摘要不符），请从备份恢复。")


class Blobs:
    """A store of bytes: a folder by default, object storage by another address."""

    def __init__(self, url: str) -> None:
        self._fs: Any
        self._fs, root = fsspec.url_to_fs(url)
        self._root = str(root).rstrip("/")
        self._local = "file" in _protocols(self._fs)

    def put(self, data: bytes) -> str:
        """Keep `data` and give its SHA-256; keeping the same bytes twice keeps them once."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        if self._fs.exists(path):
            return sha256
        self._fs.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
        # Written beside and renamed, so that a kill leaves either nothing or the whole.
        beside = f"{path}.{secrets.token_hex(6)}.part"
        with self._fs.open(beside, "wb") as file:
            file.write(data)
            file.flush()
            if self._local:
                os.fsync(file.fileno())
        self._fs.mv(beside, path)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes kept under `sha256`; `MissingBlob` or `DamagedBlob` where they are not there or not whole."""
        try:
            with self._fs.open(self._path(sha256), "rb") as file:
                data: bytes = file.read()
        except FileNotFoundError as error:
            raise MissingBlob(sha256) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise DamagedBlob(sha256)
        return data

    def _path(self, sha256: str) -> str:
        return f"{self._root}/{sha256[:2]}/{sha256}"


def _protocols(filesystem: Any) -> tuple[str, ...]:
    protocol = filesystem.protocol
    return (protocol,) if isinstance(protocol, str) else tuple(protocol)
