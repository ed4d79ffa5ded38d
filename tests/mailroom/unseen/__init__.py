"""Letters of our own, written from what mail programs are known to send, never from the sample files.

Every third one (`Unseen.held`) was kept out of tuning: the rules were never changed with a look at it.
"""

from tests.mailroom.unseen import applicants, hard, headers, later, officers, on_cases, robots
from tests.mailroom.unseen.build import Drawer, Unseen


def all_letters() -> list[Unseen]:
    """All letters, in a fixed order: which ones are held back depends on it."""
    drawer = Drawer()
    for write in (
        applicants.applications,
        on_cases.on_cases,
        officers.decisions,
        officers.others,
        robots.automatic,
        robots.bounces,
        robots.unwanted,
        robots.broken,
        hard.containers,
        hard.names,
        headers.heads,
        later.later,
    ):
        write(drawer)
    return drawer.letters
