"""A round makes room for the next: Prefect never has to turn one away because the one before still runs."""

import pytest

from flows.round import room_left


@pytest.mark.parametrize(
    ("second", "room"), [(0.0, 54.0), (3.5, 50.5), (30.0, 24.0), (50.0, 4.0), (50.1, 63.9), (57.0, 57.0), (59.9, 54.1)]
)
def test_a_round_ends_before_the_next_falls_due(second: float, room: float) -> None:
    assert room_left(1_800_000_000 + second) == pytest.approx(room)
