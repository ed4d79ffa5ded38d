"""Where text stands in a picture, and what it says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where text was detected: left, top, right, bottom in pixels."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Words:
    """A recognised line: text, the recogniser's score, and the centre of each character in pixels."""

    text: str
    score: float
    centres: tuple[float, ...]
