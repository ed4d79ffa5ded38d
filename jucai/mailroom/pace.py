"""How many mails a minute one provider is given: QQ and 163 throttle, and then block, those who send faster."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta

OTHERS = "*"
WINDOW = timedelta(minutes=1)
_CLOSED = 10  # minutes after which a domain that gets nothing is looked at again


class Pace:
    """Counts mails by domain against `limits` (mails a minute; `*` for domains not named, no entry: no limit).

    0 closes a domain: nothing goes there, and every mail is asked about again later. `recent` are the recipients of
    the last minute, whoever sent to them.
    """

    def __init__(self, limits: Mapping[str, int], recent: Iterable[str] = ()) -> None:
        self._limits = {domain.lower(): limit for domain, limit in limits.items()}
        self._sent = Counter(_domain(addr) for addr in recent)
        self._waiting: Counter[str] = Counter()

    def wait_for(self, addr: str) -> timedelta:
        """Return how long a mail to `addr` is to be put off; zero, and counted as sent, if it may go now.

        Those put off are spread over the following minutes in the order they are asked for.
        """
        domain = _domain(addr)
        limit = self._limits.get(domain, self._limits.get(OTHERS))
        if limit is None or self._sent[domain] < limit:
            self._sent[domain] += 1
            return timedelta()
        minutes = 1 + self._waiting[domain] // limit if limit else _CLOSED
        self._waiting[domain] += 1
        return WINDOW * minutes


def _domain(addr: str) -> str:
    return addr.rpartition("@")[2].lower()
