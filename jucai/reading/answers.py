"""What was found on a page: labels with their values, and how clean their place is."""

from dataclasses import dataclass, field

from jucai.reading.cells import Line
from jucai.reading.meaning import Keys
from models.readings import Box

BESIDE = 0.97
BELOW = 0.95
INLINE = 0.95
UNRULED = 0.93
NEAR_LABEL = 0.8
"""What geometry alone is worth: ruled box beside the label, below it, after a colon, inferred columns, and
beside a label that was recognised with one wrong character."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and the lines of its value, with the keys it stands for and how clean its place is."""

    keys: Keys
    label: str
    lines: tuple[Line, ...]
    page: int
    box: Box
    geometry: float
    ruled: bool


@dataclass(slots=True)
class Pairs:
    """All pairs of a document, and labels nobody knows."""

    found: list[Pair] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)
    unended: Pair | None = None
    """The opinion or promise with which the running text of the page before ended: it may go on."""
