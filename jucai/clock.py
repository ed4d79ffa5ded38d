"""The office's clock: every room asks it for the time, none asks the machine."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """What tells the time: an aware `datetime` in Asia/Shanghai."""

    def now(self) -> datetime:
        """The present moment."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's time, moved forward by `offset` (zero outside the demo)."""

    offset: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        """The present moment, to the second."""
        return (datetime.now(SHANGHAI) + self.offset).replace(microsecond=0)


@dataclass(slots=True)
class FixedClock:
    """A clock that stands until it is moved: for replays and for time travel in tests."""

    moment: datetime

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment.astimezone(SHANGHAI)

    def advance(self, by: timedelta) -> None:
        """Move forward by `by`; a clock never runs backwards (`ValueError`)."""
        if by < timedelta():
            raise ValueError("时钟不能倒拨")
        self.moment += by
