"""Pictures of pages, and of the places values were read from: each page painted once, kept within bounds."""

import io
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol

from PIL import Image, ImageDraw

from models.readings import Box

DPI = 150
"""Fine enough to tell 8 from 6 in a stamped box, on a phone too."""

_POINTS = 72.0  # to the inch
_LABEL_ROOM = 130.0  # points left of a value, where most forms print its label
_MARGIN = 14.0  # points around it
_BOUND = 48 * 1024 * 1024  # bytes kept
_MARK = (196, 60, 20)
_FAILED = b""
_Key = tuple[str, int]


class PictureFailed(Exception):  # noqa: N818 - named for what is wrong
    """This page cannot be drawn; the message says what to do instead."""

    def __init__(self) -> None:
        super().__init__("这一页无法生成图片，请下载原件查看。")


class PagePainter(Protocol):
    """Draws one page of a PDF as PNG; pages count from 1, the PNG says which resolution it has.

    SHALL keep a hostile file from hurting the desk (own process, time and memory limits).
    SHALL raise `PictureFailed` where it cannot draw.
    """

    def __call__(self, data: bytes, page: int, *, dpi: int) -> bytes:
        """The picture's bytes."""
        ...


@dataclass(slots=True)
class Pictures:
    """Painted pages; the least recently looked at goes first. A page that failed once is not tried again."""

    painter: PagePainter
    bound: int = _BOUND
    _kept: "OrderedDict[_Key, bytes]" = field(default_factory=OrderedDict)
    _size: int = 0
    _lock: Lock = field(default_factory=Lock)
    _busy: "dict[_Key, Lock]" = field(default_factory=dict)

    def page(self, sha256: str, data: bytes, page: int) -> bytes:
        """A whole page as PNG (`PictureFailed`)."""
        key = (sha256, page)
        with self._turn(key):  # thirty places of one page are asked for at once: the first paints, the others wait
            picture = self._known(key)
            if picture is None:
                picture = self._paint(data, page)
                self._keep(key, picture)
        if picture == _FAILED:
            raise PictureFailed
        return picture

    def place(self, sha256: str, data: bytes, page: int, box: Box) -> bytes:
        """The place of a value as PNG, outlined, with room for the label beside it (`PictureFailed`).

        `box` is in points from the upper left corner of the page as it is shown.
        """
        with Image.open(io.BytesIO(self.page(sha256, data, page))) as painted:
            scale = float(painted.info.get("dpi", (DPI, DPI))[0]) / _POINTS
            whole = painted.convert("RGB")
        left, top, right, bottom = (edge * scale for edge in box)
        room, margin = _LABEL_ROOM * scale, _MARGIN * scale
        cut = (
            max(0, int(left - room)),
            max(0, int(top - margin)),
            min(whole.width, int(right + margin)),
            min(whole.height, int(bottom + margin)),
        )
        if cut[2] - cut[0] < 1 or cut[3] - cut[1] < 1:
            raise PictureFailed
        ImageDraw.Draw(whole).rectangle((left - 4, top - 4, right + 4, bottom + 4), outline=_MARK, width=2)
        out = io.BytesIO()
        whole.crop(cut).quantize(64).save(out, "PNG")
        return out.getvalue()

    def _paint(self, data: bytes, page: int) -> bytes:
        try:
            return self.painter(data, page, dpi=DPI)
        except PictureFailed:
            return _FAILED

    def _known(self, key: _Key) -> bytes | None:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def _keep(self, key: _Key, picture: bytes) -> None:
        with self._lock:
            self._size += len(picture) - len(self._kept.pop(key, b""))
            self._kept[key] = picture
            while self._size > self.bound and self._kept:
                self._size -= len(self._kept.popitem(last=False)[1])

    @contextmanager
    def _turn(self, key: _Key) -> Iterator[None]:
        with self._lock:
            turn = self._busy.setdefault(key, Lock())
        try:
            with turn:
                yield
        finally:
            with self._lock:
                if not turn.locked():
                    self._busy.pop(key, None)
