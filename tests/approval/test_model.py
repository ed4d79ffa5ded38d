"""Random programmes, random people, random days: some hundreds of lives in `make test`, ten thousand by night."""

import os
import sys
import time

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from jucai.clock import SystemClock
from tests.approval.model import CaseModel

_COMMON = {"deadline": None, "suppress_health_check": list(HealthCheck), "print_blob": True}
_LIVES = 10_000
_SHARE = 500  # lives in one part: short enough to be heard of, and to be repeated alone


@pytest.mark.timeout(600)
def test_whatever_people_do_a_case_stays_sound_and_comes_to_an_end() -> None:
    run_state_machine_as_test(CaseModel, settings=settings(max_examples=200, stateful_step_count=25, **_COMMON))


@pytest.mark.nightly
@pytest.mark.timeout(0)
@pytest.mark.parametrize("part", range(_LIVES // _SHARE))
def test_ten_thousand_lives_stay_sound(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Other lives each day; `MODEL_DAY`, which stands in the report, brings those of a day back."""
    day = int(os.environ.get("MODEL_DAY") or SystemClock().now().toordinal())
    lived = 0

    class Counted(CaseModel):
        def teardown(self) -> None:
            nonlocal lived
            lived += 1
            super().teardown()

    begun = time.monotonic()
    try:
        run_state_machine_as_test(
            seed(day * 1000 + part)(Counted),
            settings=settings(max_examples=_SHARE, stateful_step_count=40, database=None, **_COMMON),
        )
    finally:
        with capsys.disabled():
            taken = time.monotonic() - begun
            sys.stdout.write(f"\nMODEL_DAY={day}, part {part}: {lived} lives, {taken:.0f} s\n")
    assert lived >= _SHARE
