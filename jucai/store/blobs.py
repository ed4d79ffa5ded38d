"""Letters and documents as they came: unchanged, addressed by their SHA-256, through fsspec."""

import hashlib
import os
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import fsspec

_AT_ONCE = 8


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
        return self.put_all((data,))[0]

    def put_all(self, items: Sequence[bytes]) -> list[str]:
        """Keep several at the price of hardly more than one; all are safe when this returns. Their SHA-256, in order.

        The disk is asked for all at once: waiting for each by itself would take as long for every one as for the batch.
        """
        digests = [hashlib.sha256(data).hexdigest() for data in items]
        fresh: dict[str, bytes] = {}
        for digest, data in zip(digests, items, strict=True):
            path = self._path(digest)
            if path not in fresh and not self._fs.exists(path):
                fresh[path] = data
        if self._local:
            _keep_on_disk(fresh, {os.path.dirname(self._path(digest)) for digest in digests})  # noqa: PTH120 - fsspec's
        else:
            for path, data in fresh.items():
                self._send(path, data)
        return digests

    def _send(self, path: str, data: bytes) -> None:
        self._fs.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
        # Written beside and renamed, so that a kill leaves either nothing or the whole.
        beside = f"{path}.{secrets.token_hex(6)}.part"
        with self._fs.open(beside, "wb") as file:
            file.write(data)
        self._fs.mv(beside, path)

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


def _keep_on_disk(fresh: Mapping[str, bytes], folders: Collection[str]) -> None:
    """Write files that survive a power cut: bytes first, then names, then what the folders say of the names.

    A file that another process put there a moment ago is safe only once its folder is: `folders` are those of all.
    """
    # A folder made just now is itself a name that its parent must keep.
    above = {place.parent for folder in folders for place in _missing(Path(folder))}
    for folder in folders:
        Path(folder).mkdir(parents=True, exist_ok=True)
    with ExitStack() as files:
        beside: dict[Path, str] = {}
        descriptors = []
        for path, data in fresh.items():
            # Written beside and renamed, so that a kill leaves either nothing or the whole.
            part = Path(f"{path}.{secrets.token_hex(6)}.part")
            file = files.enter_context(part.open("wb"))
            file.write(data)
            file.flush()
            beside[part] = path
            descriptors.append(file.fileno())
        _sync(descriptors)
        for part, path in beside.items():
            part.rename(path)
    opened = [os.open(folder, os.O_RDONLY) for folder in {*map(Path, folders), *above}]
    try:
        _sync(opened)
    finally:
        for descriptor in opened:
            os.close(descriptor)


def _missing(folder: Path) -> Iterator[Path]:
    """The folder and those above it, as far as they are not there yet."""
    while not folder.is_dir():
        yield folder
        folder = folder.parent


def _sync(descriptors: Sequence[int]) -> None:
    """Several at once share one commit of the file system's journal."""
    if len(descriptors) == 1:
        os.fsync(descriptors[0])
    elif descriptors:
        with ThreadPoolExecutor(min(len(descriptors), _AT_ONCE)) as pool:
            list(pool.map(os.fsync, descriptors))


def _protocols(filesystem: Any) -> tuple[str, ...]:
    protocol = filesystem.protocol
    return (protocol,) if isinstance(protocol, str) else tuple(protocol)
