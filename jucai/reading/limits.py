"""How much one file may cost before it is given up."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading: bytes, pages, seconds, objects, pixels.

    `memory` is the address space for born-digital files, `memory_ocr` what a scan may raise it to. The
    largest honest page seen has 825 characters and 1,548 edges; `glyphs` and `rules` leave much room above.
    """

    size: int = 60 * MIB
    pages: int = 60
    inflated: int = 250 * MIB
    objects: int = 200_000
    glyphs: int = 12_000
    rules: int = 12_000
    forms_deep: int = 12
    forms_drawn: int = 400
    pixels: int = 40_000_000
    memory: int = 1024 * MIB
    memory_ocr: int = 4096 * MIB
    written: int = 16 * MIB
    cpu_seconds: int = 18
    cpu_seconds_per_scan: int = 30
    wall_seconds: float = 18.0
    wall_seconds_per_scan: float = 60.0


DEFAULT = Limits()
