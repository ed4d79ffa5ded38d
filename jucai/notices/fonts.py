"""The fonts of official documents: which families play which part, and what they can write."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_RARE = "Jucai Rare Song"
_NOT_DRAWN = frozenset(" \n\u200b")


class FontMissingError(ValueError):
    """A configured font family is not in the font folders."""

    def __init__(self, families: tuple[str, ...], folders: tuple[Path, ...]) -> None:
        names = "、".join(f"“{family}”" for family in families)
        places = "、".join(str(folder) for folder in folders)
        super().__init__(f"找不到字体{names}：请把字体文件放进 {places}，或在设置中改用已有的字体。")


class MissingGlyphsError(ValueError):
    """Characters that the document fonts cannot write; a document with holes in it is never made."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        listed = "、".join(f"“{ch}”（U+{ord(ch):04X}）" for ch in characters)
        super().__init__(f"公文字体中没有以下字符，文书未生成：{listed}。请核对原件，或为系统添加含有该字的字体。")


@dataclass(frozen=True, slots=True)
class FontStack:
    """Families by part, first choice first; each stack should end in a family with the rare characters.

    `latin` writes letters and digits inside the body text, `folio` the page numbers.

    The shipped stand-ins are free; a bureau that owns 方正小标宋简体 and 仿宋_GB2312 puts them in front and
    adds its folder to `folders`.
    """

    body: tuple[str, ...] = ("FandolFang R", _RARE)
    title: tuple[str, ...] = ("FandolSong", _RARE)
    kai: tuple[str, ...] = ("FandolKai", _RARE)
    hei: tuple[str, ...] = ("FandolHei", _RARE)
    latin: str = _RARE
    folio: tuple[str, ...] = (_RARE, "FandolSong")
    folders: tuple[Path, ...] = field(default=(TEMPLATES / "fonts",))

    def check(self) -> None:
        """Look for every family once.

        Raises:
            FontMissingError: a family is not in the folders.
        """
        have = {family for family, _, _ in _files(self.folders)}
        wanted = dict.fromkeys((*self.body, *self.title, *self.kai, *self.hei, self.latin, *self.folio))
        if absent := tuple(family for family in wanted if family not in have):
            raise FontMissingError(absent, self.folders)

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters of `text` that some part of a document could not write, each once, in order."""
        parts = [_coverage(stack, self.folders) for stack in (self.body, self.title, self.kai, self.hei)]
        return tuple(
            ch
            for ch in dict.fromkeys(text)
            if ch not in _NOT_DRAWN and not all(ord(ch) in coverage for coverage in parts)
        )


@lru_cache(maxsize=8)
def _files(folders: tuple[Path, ...]) -> tuple[tuple[str, str, int], ...]:
    found = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )
    return tuple((font.family, font.path, font.index) for font in found.fonts() if font.path)


@lru_cache(maxsize=32)
def _coverage(stack: tuple[str, ...], folders: tuple[Path, ...]) -> frozenset[int]:
    covered: set[int] = set()
    for family, path, index in _files(folders):
        if family in stack:
            covered |= _cmap(path, index)
    return frozenset(covered)


@lru_cache(maxsize=32)
def _cmap(path: str, index: int) -> frozenset[int]:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap() or {})
