"""What can be wrong with a programme, an office or a calendar file, told to the person who must mend it."""

from dataclasses import dataclass
from pathlib import Path


class PolicyError(Exception):
    """Any business error of this room; its text is Chinese and meant for people."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a file: where it is, and what was expected there."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} 第 {self.line} 行 {self.key}：{self.message}"


class ProgrammeError(PolicyError):
    """A programme, office or fact file that is refused as a whole; `faults` lists everything found."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in faults))

    @classmethod
    def at(cls, file: Path | str, line: int, key: str, message: str) -> "ProgrammeError":
        """An error with a single fault."""
        return cls([Fault(str(file), line, key, message)])

    @property
    def file(self) -> str:
        """The file of the first fault."""
        return self.faults[0].file

    @property
    def line(self) -> int:
        """The line of the first fault, counted from 1."""
        return self.faults[0].line

    @property
    def key(self) -> str:
        """The key of the first fault, as a path: `stages.2.units`."""
        return self.faults[0].key

    @property
    def expected(self) -> str:
        """What was expected at the first fault."""
        return self.faults[0].message


class UnknownProgrammeError(PolicyError):
    """No programme, or no version of it, under that code."""


class UnknownUnitError(PolicyError):
    """A unit code that the office does not have."""


class ExpressionError(PolicyError):
    """A rule expression that is not part of the rule language."""


class CalendarError(PolicyError):
    """A calendar that cannot be read or a period that cannot be counted."""
