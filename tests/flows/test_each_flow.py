"""Each flow by itself: with nothing to do, and with something, on the running server."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from sqlmodel import select

from flows import common, heartbeat
from flows.advance import advance
from flows.board import board
from flows.deliver import deliver
from flows.digest import digest
from flows.intake import intake
from flows.mirror import case_view, rebuild_mirror
from flows.nightly import ChainBrokenError, nightly
from flows.payout import payout
from flows.reading import reading as reading_flow
from flows.reading import scans
from jucai.settings import SettingsError
from jucai.store.bureau import advance_clock
from jucai.store.database import transaction
from jucai.store.leases import lease
from models.cases import CaseEvent
from models.effects import OutboxState
from models.letters import LetterOutcome, LetterState
from tests.flows.conftest import RunningPrefect
from tests.flows.offices import Office, chosen_letters, open_office

pytestmark = pytest.mark.prefect


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office that nobody has written to yet; the tests below follow its first day, in order."""
    with open_office(tmp_path_factory.mktemp("first-day")) as opened:
        yield opened


@pytest.fixture(autouse=True)
def at_work(office: Office, in_process: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("JUCAI_CONFIG", str(office.config))
    monkeypatch.setattr("flows.reading.os.nice", lambda _: 0)  # this process is not the flow's own
    common.bureau.cache_clear()
    yield
    common.bureau.cache_clear()


def lines(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("prefect"))


def test_with_nothing_to_do_every_flow_does_nothing(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    for flow in (intake, reading_flow, scans, advance, deliver, digest, payout):
        flow()
    said = lines(caplog)
    assert "新收 0 封，归档 0 封" in said
    assert "读取 0 份" in said
    assert "推进 0 件，公示 0 件" in said
    assert "生成 0 封，发出 0" in said
    assert "提醒 0 人，0 项待办" in said
    assert "没有到期的拨付" in said
    assert (office.letters(), office.cases(), office.mails()) == ([], [], [])


def test_letters_are_fetched_and_sorted(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.receive(chosen_letters(["p01_F1_docx", "x_blank", "p17_spam_exe"]))
    intake()
    assert "新收 3 封" in lines(caplog)
    assert [letter.state for letter in office.letters()] == [
        LetterState.READING,
        LetterState.READING,
        LetterState.DONE,
    ]


def test_documents_are_read_and_become_cases(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    reading_flow()
    assert "读取 2 份" in lines(caplog)
    assert [letter.outcome for letter in office.letters()] == [
        LetterOutcome.CASE_OPENED,
        LetterOutcome.BLANK_FORM,
        LetterOutcome.SPAM,
    ]
    assert len(office.cases()) == 1


def test_officers_are_told_of_new_tasks_once(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    advance()
    advance()
    assert [mail.kind for mail in office.mails()].count("task") == 1
    assert "通知 1 人，1 项待办" in lines(caplog)
    assert "通知 0 人，0 项待办" in lines(caplog)


def test_a_delivery_beside_another_sends_nothing(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    with lease(office.bureau.engine, "deliver") as held:
        assert held
        deliver()
    assert "另一轮正在发送" in lines(caplog)
    assert {mail.state for mail in office.mails()} == {OutboxState.QUEUED}


def test_the_outbox_is_sent(office: Office) -> None:
    deliver()
    assert {mail.state for mail in office.mails()} == {OutboxState.SENT}
    assert sorted(office.delivered()) == sorted((mail.recipient, mail.message_id) for mail in office.mails())


def test_the_digest_reminds_on_working_days_only(office: Office) -> None:
    digest()
    assert [(mail.kind, mail.state) for mail in office.mails()].count(("digest", OutboxState.SENT)) == 1
    advance_clock(office.bureau, timedelta(days=5))  # from Monday to Saturday
    digest()
    assert [mail.kind for mail in office.mails()].count("digest") == 1


def test_the_board_shows_tables_under_keys_prefect_accepts(office: Office, prefect: RunningPrefect) -> None:
    board()
    board()
    shown = [row for row in prefect.ask("/artifacts/latest/filter") if row["key"].startswith("board-")]
    assert {row["key"] for row in shown} == {
        "board-addresses",
        "board-cases",
        "board-waiting",
        "board-elsewhere",
        "board-letters",
        "board-mails",
        "board-rules",
        "board-unsure",
    }
    assert all(re.fullmatch("[a-z0-9-]+", row["key"]) for row in shown)
    assert all(re.search("[一-鿿]", row["description"]) for row in shown)
    waiting = next(row for row in shown if row["key"] == "board-waiting")
    assert office.cases()[0].number in waiting["data"]


def test_the_mirror_is_rebuilt_from_our_database(
    office: Office, prefect: RunningPrefect, caplog: pytest.LogCaptureFixture
) -> None:
    rebuild_mirror()
    (case,) = office.cases()
    assert case.mirror_run is not None
    first = prefect.run(case.mirror_run)
    assert (first["state_type"], first["parameters"]) == ("PAUSED", {"number": case.number})
    prefect.client.delete(f"/flow_runs/{case.mirror_run}").raise_for_status()  # as Prefect's own retention does
    rebuild_mirror()
    again = office.cases()[0].mirror_run
    assert again not in {None, case.mirror_run}
    assert prefect.run(str(again))["state"]["name"] == first["state"]["name"]
    case_view(case.number)
    assert f"{case.number}：{first['state']['name']}" in lines(caplog)
    prefect.client.delete(f"/flow_runs/{again}").raise_for_status()  # leave nothing of this office behind


def test_the_night_keeps_a_copy_and_verifies(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    nightly()
    assert len(list((office.bureau.settings.home / "backups").glob("*.db"))) == 1
    assert "事件链：1 件" in lines(caplog)


def test_a_broken_chain_fails_the_night_and_names_the_case(office: Office) -> None:
    with transaction(office.bureau.engine) as session:
        event = session.exec(select(CaseEvent)).first()
        assert event is not None
        before, event.why = event.why, "另有原因"
    with pytest.raises(ChainBrokenError, match=office.cases()[0].number):
        nightly()
    with transaction(office.bureau.engine) as session:
        restored = session.get(CaseEvent, event.id)
        assert restored is not None
        restored.why = before


def test_a_run_that_was_never_started_gives_up_its_place(
    prefect: RunningPrefect, monkeypatch: pytest.MonkeyPatch
) -> None:
    def places() -> int:
        row = next(row for row in prefect.deployments() if row["name"] == "payout")
        return int(row["global_concurrency_limit"]["active_slots"])

    run = prefect.start("payout")
    pending = {"state": {"type": "PENDING"}}  # as a worker says that is killed before the process stands
    prefect.client.post(f"/flow_runs/{run}/set_state", json=pending).raise_for_status()
    assert places() == 1
    with get_client(sync_client=True) as client:
        assert heartbeat.end_silent_runs(client) == 0, "it may be starting just now"
        monkeypatch.setattr(heartbeat, "SILENCE", timedelta())
        assert heartbeat.end_silent_runs(client) == 1
    assert prefect.run(run)["state_type"] == "CRASHED"
    assert places() == 0


def test_a_wrong_setting_fails_the_run_with_a_sentence_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "jucai.toml"
    wrong.write_text(f'home = "{tmp_path.as_posix()}"\naddress = "rencai"\n', encoding="utf-8")
    monkeypatch.setenv("JUCAI_CONFIG", str(wrong))
    common.bureau.cache_clear()
    with pytest.raises(SettingsError, match=r"secret、address、smtp\.host、inboxes"):
        deliver()
