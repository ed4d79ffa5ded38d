"""Pictures of pages and of the places values were read from, painted once and kept within bounds."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol

from models.readings import Box

PAGE_DPI = 110
CROP_DPI = 150
_LABEL_ROOM = 130.0  # points left of a value, where most forms print its label
_MARGIN = 14.0  # points around it
_BOUND = 48 * 1024 * 1024  # bytes kept


class PictureFailed(Exception):  # noqa: N818 - named for what is wrong
    """This page cannot be drawn; the message says what to do instead."""

    def __init__(self) -> None:
        super().__init__("这一页无法生成图片，请下载原件查看。")


class PagePainter(Protocol):
    """Draws one page of a PDF, or a part of it, as PNG; pages count from 1, boxes are points from the upper left.

    SHALL keep a hostile file from hurting the desk (own process, time and memory limits).
    SHALL raise `PictureFailed` where it cannot draw.
    """

    def __call__(self, data: bytes, page: int, *, bbox: Box | None, dpi: int) -> bytes:
        """The picture's bytes."""
        ...


@dataclass(slots=True)
class Pictures:
    """Painted pictures by what they show; the least recently looked at goes first."""

    painter: PagePainter
    bound: int = _BOUND
    _kept: "OrderedDict[tuple[str, int, Box | None], bytes]" = field(default_factory=OrderedDict)
    _size: int = 0
    _lock: Lock = field(default_factory=Lock)

    def page(self, sha256: str, data: bytes, page: int) -> bytes:
        """A whole page."""
        return self._picture(sha256, data, page, None, PAGE_DPI)

    def place(self, sha256: str, data: bytes, page: int, box: Box) -> bytes:
        """The place of a value, with room for the label beside it."""
        left, top, right, bottom = box
        around = (
            max(0.0, left - _LABEL_ROOM),
            max(0.0, top - _MARGIN),
            right + _MARGIN,
            bottom + _MARGIN,
        )
        return self._picture(sha256, data, page, around, CROP_DPI)

    def _picture(self, sha256: str, data: bytes, page: int, box: Box | None, dpi: int) -> bytes:
        key = (sha256, page, box)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        painted = self.painter(data, page, bbox=box, dpi=dpi)
        with self._lock:
            self._size += len(painted) - len(self._kept.pop(key, b""))
            self._kept[key] = painted
            while self._size > self.bound and self._kept:
                self._size -= len(self._kept.popitem(last=False)[1])
        return painted
