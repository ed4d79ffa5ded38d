"""All sets of letters in many voices, in the order in which they were written."""

from collections.abc import Callable

from tests.mailroom.unseen.eighth import eighth
from tests.mailroom.unseen.eleventh import eleventh
from tests.mailroom.unseen.fifth import fifth
from tests.mailroom.unseen.fourteenth import fourteenth
from tests.mailroom.unseen.fourth import fourth
from tests.mailroom.unseen.fresh import fresh
from tests.mailroom.unseen.ninth import ninth
from tests.mailroom.unseen.second import second
from tests.mailroom.unseen.seventh import seventh
from tests.mailroom.unseen.sixth import sixth
from tests.mailroom.unseen.tenth import tenth
from tests.mailroom.unseen.third import third
from tests.mailroom.unseen.thirteenth import thirteenth
from tests.mailroom.unseen.twelfth import twelfth
from tests.mailroom.unseen.voices import Told

SETS: dict[str, Callable[[], list[Told]]] = {
    "first": fresh,
    "second": second,
    "third": third,
    "fourth": fourth,
    "fifth": fifth,
    "sixth": sixth,
    "seventh": seventh,
    "eighth": eighth,
    "ninth": ninth,
    "tenth": tenth,
    "eleventh": eleventh,
    "twelfth": twelfth,
    "thirteenth": thirteenth,
    "fourteenth": fourteenth,
}
