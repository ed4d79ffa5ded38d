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
    """Draws one page of a PDF, or the part `cut` of it, as PNG, with `mark` outlined.

    Pages count from 1, boxes are points from the upper left of the page as it is shown.

    SHALL keep a hostile file from hurting the desk (own process, time and memory limits).
    SHALL raise `PictureFailed` where it cannot draw.
    """

    def __call__(self, data: bytes, page: int, *, cut: Box | None, mark: Box | None, dpi: int) -> bytes:
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
        return self._picture(sha256, data, page, None)

    def place(self, sha256: str, data: bytes, page: int, box: Box) -> bytes:
        """The place of a value, outlined, with room for the label beside it."""
        return self._picture(sha256, data, page, box)

    def _picture(self, sha256: str, data: bytes, page: int, box: Box | None) -> bytes:
        key = (sha256, page, box)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        cut = _around(box) if box else None
        painted = self.painter(data, page, cut=cut, mark=box, dpi=CROP_DPI if box else PAGE_DPI)
        with self._lock:
            self._size += len(painted) - len(self._kept.pop(key, b""))
            self._kept[key] = painted
            while self._size > self.bound and self._kept:
                self._size -= len(self._kept.popitem(last=False)[1])
        return painted


def _around(box: Box) -> Box:
    left, top, right, bottom = box
    return (max(0.0, left - _LABEL_ROOM), max(0.0, top - _MARGIN), right + _MARGIN, bottom + _MARGIN)
