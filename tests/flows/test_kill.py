"""The main job survives SIGKILL at any step: nothing is lost, nothing is done twice."""

import random
from pathlib import Path

import pytest

from jucai.demo.letters import SampleLetter
from models.effects import OutboxState
from tests.flows.killing import (
    KILLED,
    EndState,
    Rounds,
    assert_same,
    assert_sent_once,
    assert_sound,
    end_state,
)
from tests.flows.offices import open_office

KILLS = (
    ("fetch", 20),  # some letters are ours, some are not yet
    ("sort", 9),  # some files of the letters are kept
    ("sort", 9),  # all are, and the letters are about to be written down as sorted
    ("read", 14),  # some letters have become cases
    ("notify", 2),  # the mails to officers are meant, not yet kept
    ("deliver", 14),  # some mails are written
    *[("send", step) for step in range(6, 12)],  # every step of handing over a mail, and of noting it
)


def test_a_job_killed_again_and_again_comes_to_the_same_end(
    tmp_path: Path, killable: Rounds, letters: list[SampleLetter], undisturbed: tuple[EndState, dict[str, int]]
) -> None:
    with open_office(tmp_path, standing_clock=True) as office:
        office.receive(letters)
        for phase, step in KILLS:
            assert killable.run(office, phase, step) == KILLED, f"{phase} has no step {step} left"
        killable.to_the_end(office)
        assert_same(end_state(office), undisturbed[0])
        assert_sent_once(office, kills=len(KILLS))
        assert_sound(office)
        cut_off = {(m.recipient, m.message_id) for m in office.mails() if m.state == OutboxState.UNKNOWN}
        arrived = cut_off & set(office.delivered())
        assert arrived, "no kill fell between the server's answer and our noting it"
        assert arrived != cut_off, "no kill fell before the server had the whole mail"


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(12))
def test_kills_at_any_step_change_nothing(
    tmp_path: Path,
    killable: Rounds,
    letters: list[SampleLetter],
    undisturbed: tuple[EndState, dict[str, int]],
    seed: int,
) -> None:
    chance = random.Random(seed)  # noqa: S311 - chosen again by the same number
    most = sum(undisturbed[1].values()) // 4
    with open_office(tmp_path, standing_clock=True) as office:
        office.receive(letters)
        kills = 0
        while killable.run(office, step=chance.randint(1, most)) == KILLED:
            kills += 1
            assert kills < 200, "the office never comes to an end"
        killable.to_the_end(office)
        assert kills > 0
        assert_same(end_state(office), undisturbed[0])
        assert_sent_once(office, kills)
        assert_sound(office)
