"""Random programmes, random people, random days: some hundreds of lives in `make test`, ten thousand by night."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.approval.model import CaseModel

_COMMON = {"deadline": None, "suppress_health_check": list(HealthCheck), "print_blob": True}


@pytest.mark.timeout(600)
def test_whatever_people_do_a_case_stays_sound_and_comes_to_an_end() -> None:
    run_state_machine_as_test(CaseModel, settings=settings(max_examples=200, stateful_step_count=25, **_COMMON))


@pytest.mark.nightly
@pytest.mark.timeout(0)
def test_ten_thousand_lives_stay_sound() -> None:
    run_state_machine_as_test(CaseModel, settings=settings(max_examples=10_000, stateful_step_count=40, **_COMMON))
