# ruff: noqa: INP001 - a script beside the font it makes, not a package
"""Makes JucaiRareSong-Regular.otf: what the Fandol fonts lack, cut from Noto Serif CJK SC and renamed (OFL §3)."""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
FAMILY, FILE = "Jucai Rare Song", "JucaiRareSong-Regular"
SIMPLIFIED = 2  # the SC face of the collection
LATIN = range(0x20, 0x250)
DASHES = (0x2013, 0x2014)
HANGUL = (range(0x1100, 0x1200), range(0x3130, 0x3190), range(0xA960, 0xA980), range(0xAC00, 0xD800))


def main(collection: str) -> None:
    """Write the subset of `collection` beside this file."""
    font = TTFont(collection, fontNumber=SIMPLIFIED)
    common = set.intersection(*(set(TTFont(path).getBestCmap()) for path in HERE.glob("Fandol*.otf")))
    wanted = [code for code in font.getBestCmap() if _wanted(code, common)]
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    _rename(font)
    font.save(HERE / f"{FILE}.otf")


def _wanted(code: int, common: set[int]) -> bool:
    if code in LATIN or code in DASHES:
        return True
    return code not in common and not any(code in block for block in HANGUL)


def _rename(font: TTFont) -> None:
    names = font["name"]
    texts = {
        0: names.getDebugName(0),
        1: FAMILY,
        2: "Regular",
        3: f"1.0;{FILE}",
        4: FAMILY,
        5: "Version 1.0; subset of Noto Serif CJK SC 2.001",
        6: FILE,
        13: names.getDebugName(13),
        14: "http://scripts.sil.org/OFL",
    }
    names.names = []
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    names.setName("聚才补字宋", 1, 3, 1, 0x804)
    outlines = font["CFF "].cff
    outlines.fontNames = [FILE]
    outlines.topDictIndex[0].FullName = FAMILY
    outlines.topDictIndex[0].FamilyName = FAMILY


if __name__ == "__main__":
    main(sys.argv[1])
