"""Learn what characters look like: write jucai/reading/witness/shapes.npz.

`python tools/shapes.py` draws Chinese characters with the faces below, and letters and digits with every face that
fontconfig knows. It keeps a linear discriminant projection and the mean of each class, not the drawings. Needed are
Debian's fonts-noto-cjk, fonts-arphic-uming, fonts-arphic-ukai, fonts-wqy-microhei, fonts-wqy-zenhei,
fonts-droid-fallback, fonts-dejavu, fonts-liberation, fonts-urw-base35, and about six minutes.
"""

import re
import string
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from fontTools.ttLib import TTCollection, TTFont
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from jucai.reading.witness.shapes import bounds, features, normalise

Floats = NDArray[np.float32]
ROOT = Path(__file__).resolve().parents[1]
OURS, DEBIAN = ROOT / "templates" / "fonts", Path("/usr/share/fonts")
TARGET = ROOT / "jucai" / "reading" / "witness" / "shapes.npz"
CHINESE = [
    *((OURS / f"Fandol{name}.otf", 0, 2) for name in ("Fang-Regular", "Hei-Regular", "Kai-Regular", "Song-Bold")),
    (DEBIAN / "opentype/noto/NotoSansCJK-Regular.ttc", 2, 2),
    (DEBIAN / "opentype/noto/NotoSansCJK-Bold.ttc", 2, 1),
    (DEBIAN / "opentype/noto/NotoSerifCJK-Regular.ttc", 2, 2),
    (DEBIAN / "opentype/noto/NotoSerifCJK-Bold.ttc", 2, 1),
    (DEBIAN / "truetype/arphic/uming.ttc", 0, 2),
    (DEBIAN / "truetype/arphic/ukai.ttc", 0, 2),
    (DEBIAN / "truetype/wqy/wqy-microhei.ttc", 0, 1),
    (DEBIAN / "truetype/wqy/wqy-zenhei.ttc", 0, 1),
    (DEBIAN / "truetype/droid/DroidSansFallbackFull.ttf", 0, 1),
]
"""Faces of Chinese: file, number within it, and how many sizes of it count."""
RARE = {path.name for path, _, _ in CHINESE if re.search(r"CJK-Regular|uming|microhei|Droid", path.name)}
"""Those that also show what is not in GB 2312."""
UNLIKE = re.compile(r"Z003|opens___|StandardSymbols|D050000L|X11|\.t1$|\.pfb$|type1|\.pcf|Math")
SIZES = (18, 26, 22)
LATIN_SIZES = (18, 24, 34)
LATIN = string.digits + string.ascii_uppercase + string.ascii_lowercase
FEATURES = 256
LATIN_DIMENSIONS, HAN_DIMENSIONS, PROTOTYPES, NEIGHBOURS = 48, 96, 8, 8
STEP = 0.5
"""Means are stored as bytes, in steps of this."""
chance = np.random.default_rng(5)


def gb2312() -> str:
    """Return the 6,763 characters of GB 2312."""
    pairs = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return b"".join(pairs).decode("gb2312", errors="ignore")


def covered(path: Path, number: int) -> frozenset[int]:
    """Return the characters of a face."""
    font = TTCollection(path, lazy=True).fonts[number] if path.suffix == ".ttc" else TTFont(path, lazy=True)
    return frozenset(font.getBestCmap() or ())


def picture(font: ImageFont.FreeTypeFont, char: str) -> Floats | None:
    """Return a character, drawn a little off the grid of pixels and normalised; None if nothing is drawn."""
    left, top, right, bottom = (int(edge) for edge in font.getbbox(char))
    if right <= left or bottom <= top:
        return None
    image = Image.new("L", (right - left + 4, bottom - top + 4), 0)
    x, y = chance.uniform(-0.4, 0.4, 2)
    ImageDraw.Draw(image).text((2 - left + x, 2 - top + y), char, font=font, fill=255)
    ink = np.asarray(image, dtype=np.float32) / 255
    edges = bounds(ink)
    return None if edges is None else normalise(ink[edges[0] : edges[1], edges[2] : edges[3]])


def drawn(path: Path, number: int, size: int, chars: str, wanted: list[int]) -> tuple[NDArray[np.int32], Floats]:
    """Return the features of characters in one face and size, and which they are."""
    font = ImageFont.truetype(str(path), size, index=number)
    made = [(index, shape) for index in wanted if (shape := picture(font, chars[index])) is not None]
    parts = [features(np.array([shape for _, shape in made[at : at + 2000]])) for at in range(0, len(made), 2000)]
    return np.array([index for index, _ in made], dtype=np.int32), np.concatenate(parts)


def discriminant(within: NDArray[np.float64], means: Floats, dimensions: int, smooth: float) -> Floats:
    """Return the projection in which classes lie farthest apart, measured by their own spread."""
    size = len(within)
    within = within + np.eye(size) * np.trace(within) / size * smooth
    inverse = np.linalg.inv(np.linalg.cholesky(within))
    centred = (means - means.mean(axis=0)).astype(np.float64)
    _, vectors = np.linalg.eigh(inverse @ (centred.T @ centred / len(means)) @ inverse.T)
    return (inverse.T @ vectors[:, ::-1][:, :dimensions]).astype(np.float32)


def chinese_samples(chars: str) -> Iterator[tuple[NDArray[np.int32], Floats]]:
    """Yield the features of Chinese characters, face by face."""
    for path, number, sizes in CHINESE:
        has = covered(path, number)
        for size in SIZES[:sizes]:
            rare = size == SIZES[0] and path.name in RARE
            count = len(chars) if rare else len(gb2312())
            yield drawn(path, number, size, chars, [i for i in range(count) if ord(chars[i]) in has])
            print(path.name, size)


def learn_chinese() -> dict[str, NDArray[np.generic]]:
    """Return what is kept of Chinese: GB 2312 first, then the other characters of Unicode's first block."""
    common = gb2312()
    chars = common + "".join(chr(c) for c in range(0x4E00, 0xA000) if chr(c) not in common)
    samples = list(chinese_samples(chars))
    sums, counts = np.zeros((len(chars), FEATURES), np.float32), np.zeros(len(chars), np.float32)
    for index, vectors in samples:
        sums[index] += vectors
        counts[index] += 1
    known = np.flatnonzero(counts >= 3)  # noqa: PLR2004 - fewer faces tell the face, not the character
    means = sums / np.maximum(counts, 1)[:, None]
    within, total = np.zeros((FEATURES, FEATURES)), 0
    for index, vectors in samples:
        spread = (vectors - means[index])[index < len(common)]
        within += spread.T @ spread
        total += len(spread)
    projection = discriminant(within / total, means[: len(common)], HAN_DIMENSIONS, 0.05)
    placed = means[known] @ projection
    centre = placed.mean(axis=0)
    placed -= centre
    near = placed[: len(common)]
    beside = []
    for part in np.array_split(placed, 20):
        apart = (part**2).sum(axis=1)[:, None] - 2 * part @ near.T + (near**2).sum(axis=1)[None]
        beside.append(np.argsort(apart, axis=1)[:, : NEIGHBOURS + 1].astype(np.uint16))
    return {
        "han": np.array([ord(chars[i]) for i in known], dtype=np.uint32),
        "han_common": np.array(len(common)),
        "han_means": np.clip(np.round(placed / STEP), -127, 127).astype(np.int8),
        "han_centre": centre,
        "han_projection": projection.astype(np.float16),
        "han_neighbours": np.concatenate(beside),
    }


def latin_faces() -> Iterator[tuple[Path, int]]:
    """Yield the faces with letters and digits."""
    listed = subprocess.run(["fc-list", ":", "file", "index"], check=True, capture_output=True, text=True).stdout
    lines = re.findall(r"^(.*?): *:?(?:index=(\d+))?$", listed, re.MULTILINE)
    found = {(Path(path), int(number or 0) & 0xFFFF) for path, number in lines}
    ours = {(path, 0) for path in OURS.glob("*.otf")}
    for path, number in sorted(found | ours):
        if not UNLIKE.search(str(path)) and set(map(ord, LATIN)) <= covered(path, number):
            yield path, number


def prototypes(vectors: Floats) -> Floats:
    """Return the few typical members of a class (k-means)."""
    centres = vectors[chance.choice(len(vectors), PROTOTYPES, replace=False)].copy()
    for _ in range(25):
        nearest = ((vectors[:, None] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)
        for index in range(PROTOTYPES):
            if (nearest == index).any():
                centres[index] = vectors[nearest == index].mean(axis=0)
    return centres


def learn_latin() -> dict[str, NDArray[np.generic]]:
    """Return what is kept of letters and digits."""
    samples = [
        drawn(path, number, size, LATIN, list(range(len(LATIN))))
        for path, number in latin_faces()
        for size in LATIN_SIZES
    ]
    print(len(samples), "samples of each letter")
    index, vectors = np.concatenate([i for i, _ in samples]), np.concatenate([v for _, v in samples])
    means = np.array([vectors[index == c].mean(axis=0) for c in range(len(LATIN))])
    spread = vectors - means[index]
    projection = discriminant(spread.T.astype(np.float64) @ spread / len(spread), means, LATIN_DIMENSIONS, 0.1)
    placed = vectors @ projection
    typical = np.concatenate([prototypes(placed[index == c]) for c in range(len(LATIN))])
    return {
        "latin": np.repeat(np.array([ord(char) for char in LATIN], dtype=np.uint32), PROTOTYPES),
        "latin_means": typical.astype(np.float16),
        "latin_projection": projection.astype(np.float16),
    }


def main() -> None:
    """Learn and write."""
    np.savez_compressed(TARGET, step=np.array(STEP), **learn_latin(), **learn_chinese())
    print(TARGET, TARGET.stat().st_size)


if __name__ == "__main__":
    main()
