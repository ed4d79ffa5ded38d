"""A set of 128 written in one sitting without a look at the rules; every second letter was held back.

First score of the half held back, by the letter alone: kind 82.3 %.
"""

from tests.mailroom.unseen.fresh_people import PEOPLE
from tests.mailroom.unseen.fresh_robots import ROBOTS
from tests.mailroom.unseen.voices import Told, told


def fresh() -> list[Told]:
    """The letters in their order; `held` is every second one."""
    letters = [told(f"fresh{number:03}", seed, number) for number, seed in enumerate((*PEOPLE, *ROBOTS))]
    for number, one in enumerate(letters):
        one.letter.held = bool(number % 2)
    return letters
