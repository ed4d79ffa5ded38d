import asyncio
from collections import defaultdict


class Bell:
    """Wakes the sessions that wait in a folder when something changes there."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: defaultdict[int, set[asyncio.Event]] = defaultdict(set)

    def ring(self, folder: int) -> None:
        """Called after a change, from any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, folder)

    def join(self, folder: int) -> asyncio.Event:
        """An event that is set at each change of the folder until `leave`."""
        event = asyncio.Event()
        self._waiting[folder].add(event)
        return event

    def leave(self, folder: int, event: asyncio.Event) -> None:
        """Stops waking that event."""
        self._waiting[folder].discard(event)
        if not self._waiting[folder]:
            del self._waiting[folder]

    def _wake(self, folder: int) -> None:
        for event in self._waiting.get(folder, ()):
            event.set()
