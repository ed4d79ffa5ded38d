"""Forms of other counties, drawn with Typst: other wordings, other grids, other habits than the samples'."""

import io
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
import typst
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "templates" / "fonts"


@dataclass(frozen=True)
class C:
    """One box of a form: text, how many columns and rows it spans, how it is set."""

    text: str = ""
    wide: int = 1
    high: int = 1
    align: str = "center + horizon"
    upright: bool = False


@dataclass(frozen=True)
class Form:
    """A form and what a reader must find on it."""

    name: str
    kind: str | None
    source: str
    fields: dict[str, str] = field(default_factory=dict)
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)


def text(value: str) -> str:
    return f"#text({json.dumps(value, ensure_ascii=False)})"


def cell(box: C) -> str:
    body = " #linebreak() ".join(
        text(part) for part in (box.text if not box.upright else "\n".join(box.text)).split("\n")
    )
    return f"table.cell(colspan: {box.wide}, rowspan: {box.high}, align: {box.align})[{body}]"


def table(columns: str, rows: list[list[C | str]], *, stroke: str = "0.6pt", inset: str = "5pt") -> str:
    cells = [cell(box if isinstance(box, C) else C(box)) for row in rows for box in row]
    return f"#table(columns: {columns}, stroke: {stroke}, inset: {inset},\n" + ",\n".join(cells) + ")\n"


def title(words: str) -> str:
    return f'#align(center)[#text(size: 16pt, weight: "bold")[{text(words)}]]\n'


def line(words: str) -> str:
    return text(words) + "\n\n"


def page(body: str, *, size: str = "10pt", more: str = "") -> str:
    return (
        f'#set page(paper: "a4", margin: 1.6cm{more})\n'
        f'#set text(font: ("FandolFang R", "FandolFang", "FandolSong", "FandolHei"), size: {size}, lang: "zh")\n'
        "#set par(leading: 0.55em)\n" + body
    )


@cache
def render(source: str) -> bytes:
    return bytes(typst.compile(source.encode(), font_paths=[str(FONTS)], ignore_system_fonts=True))


def photograph(pdf: bytes, *, dpi: int = 200, lean: float = 0.7, grey: bool = True, seed: int = 1) -> bytes:
    """Return a form as a scanner would deliver it: pixels only, a little askew, noisy and compressed."""
    document = pypdfium2.PdfDocument(pdf)
    chance = np.random.default_rng(seed)
    pictures = []
    for number in range(len(document)):
        image = document[number].render(scale=dpi / 72).to_pil().convert("L" if grey else "RGB")
        image = image.rotate(lean, resample=Image.Resampling.BICUBIC, fillcolor="white")
        pixels = np.asarray(image, dtype=np.int16) * 0.92 + 12
        pixels = pixels + chance.normal(0, 6, pixels.shape)
        pictures.append(Image.fromarray(pixels.clip(0, 255).astype(np.uint8)))
    document.close()
    target = io.BytesIO()
    pictures[0].save(target, "PDF", resolution=dpi, save_all=True, append_images=pictures[1:], quality=55)
    return target.getvalue()
