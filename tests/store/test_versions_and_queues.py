"""A new version, past cases under it, open cases moved to it, and a year's money that does not reach everybody."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from jucai import console
from jucai.approval.commands import ChangeLevel, ConfirmPayment, DecideTask, ListInstalment
from jucai.approval.events import Actor
from jucai.approval.state import CaseState, TaskStatus, Verdict
from jucai.approval.versions import CannotMove, MoveToVersion
from jucai.casework.moving import advance_due
from jucai.clock import FixedClock
from jucai.policy import load_programmes
from jucai.settings import ROOT
from jucai.store.bureau import Bureau
from jucai.store.cases import execute
from jucai.store.chain import verify_chains
from jucai.store.database import reading
from jucai.store.past_cases import count_cases, past_cases
from jucai.store.payments import confirm_list, list_due
from jucai.store.queueing import queue_of
from jucai.store.rebuild import rebuild_projections
from models.effects import Instalment
from tests.store.work import approve, new_case, row_of, state_of, to_payment

CODE = "anqing/living-subsidy"


def changed(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """A copy of the living subsidy's file with some of its words changed."""
    text = (ROOT / "programmes" / "anqing" / "living-subsidy.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def programmes(tmp_path: Path) -> Path:
    """The shipped programmes, with room for new versions."""
    folder = tmp_path / "programmes"
    shutil.copytree(ROOT / "programmes", folder)
    return folder


def with_version(bureau: Bureau, programmes: Path, *changes: tuple[str, str]) -> Bureau:
    """The same office with a version of 2027 beside the present one."""
    changed(programmes / "anqing", "living-subsidy.2027.yaml", ("{from: 2024-01-01}", "{from: 2027-01-01}"), *changes)
    return replace(bureau, programmes=load_programmes(programmes))


RENAMED = (
    ("code: county, title: 县（市、区）初审", "code: first, title: 县区初审"),
    ("\nexamples:", "\nstage_mapping: {county: first}\nexamples:"),
)


def test_an_open_case_goes_over_by_the_mapping_and_keeps_what_was_done(bureau: Bureau, programmes: Path) -> None:
    number = new_case(bureau)
    approve(bureau, number)
    assert state_of(bureau, number).stage == "county"
    new = with_version(bureau, programmes, *RENAMED)
    task = state_of(new, number).open_tasks[0]
    state = execute(new, number, MoveToVersion("2027-01-01"), Actor("admin"))
    assert (state.version, state.stage, state.finished) == ("2027-01-01", "first", ("employer",))
    assert state.open_tasks == (replace(task, stage="first"),), "the same desk is asked: its link stays good"
    for _ in range(2):
        approve(new, number)
    assert "first" in state_of(new, number).finished
    with reading(new.engine) as session:
        assert row_of(session, number).version == "2027-01-01"
        assert verify_chains(session).broken == ()


def test_a_stage_whose_unit_is_another_one_is_assigned_anew(bureau: Bureau, programmes: Path) -> None:
    number = new_case(bureau)
    approve(bureau, number)
    (old,) = state_of(bureau, number).open_tasks
    new = with_version(bureau, programmes, ("units: [county_of_employer.rsj]", "units: [rcj]"))
    state = execute(new, number, MoveToVersion("2027-01-01"), Actor("admin"))
    assert [task.unit for task in state.open_tasks] == ["rcj"]
    closed = state.task(old.code)
    assert closed is not None
    assert closed.status is TaskStatus.CANCELLED
    assert "2027-01-01" in closed.opinion


def test_a_stage_without_a_successor_keeps_its_case_where_it_is(bureau: Bureau, programmes: Path) -> None:
    number = new_case(bureau)
    approve(bureau, number)
    new = with_version(bureau, programmes, RENAMED[0])
    with pytest.raises(CannotMove, match="stage_mapping"):
        execute(new, number, MoveToVersion("2027-01-01"), Actor("admin"))
    assert state_of(bureau, number).version == "2024-01-01"


def test_a_case_that_was_returned_goes_over_once_the_return_is_answered(bureau: Bureau, programmes: Path) -> None:
    number = new_case(bureau)
    approve(bureau, number)
    (task,) = state_of(bureau, number).open_tasks
    back = DecideTask(task.code, task.officers[0], Verdict.RETURN, "请核对金额", return_to="employer")
    execute(bureau, number, back, Actor("o"))
    new = with_version(bureau, programmes, *RENAMED)
    with pytest.raises(CannotMove, match="退回"):
        execute(new, number, MoveToVersion("2027-01-01"), Actor("admin"))
    approve(bureau, number)
    assert execute(new, number, MoveToVersion("2027-01-01"), Actor("admin")).stage == "first"
    approve(new, number)
    assert "first" in state_of(new, number).finished


def test_a_case_that_is_being_paid_ends_under_its_own_version(
    bureau: Bureau, clock: FixedClock, programmes: Path
) -> None:
    number = new_case(bureau)
    to_payment(bureau, clock, number)
    new = with_version(bureau, programmes)
    with pytest.raises(CannotMove, match="拨付"):
        execute(new, number, MoveToVersion("2027-01-01"), Actor("admin"))


def test_the_new_version_s_rules_are_applied_to_the_case(bureau: Bureau, programmes: Path) -> None:
    number = new_case(bureau)
    before = state_of(bureau, number)
    rows = ("rows: {A类: 5000, B类: 4000, C类: 3000, D类: 2000", "rows: {A类: 500, B类: 400, C类: 300, D类: 200")
    new = with_version(bureau, programmes, rows)
    after = execute(new, number, MoveToVersion("2027-01-01"), Actor("admin"))
    assert before.amount_fen is not None
    assert after.amount_fen is not None
    assert after.amount_fen < before.amount_fen


def test_what_a_person_already_has_counts_under_the_new_version_too(
    bureau: Bureau, clock: FixedClock, programmes: Path
) -> None:
    first = new_case(bureau, person="one and the same")
    to_payment(bureau, clock, first)
    advance_due(bureau)
    execute(bureau, first, ListInstalment(1, "L-1"), Actor("finance"))
    execute(bureau, first, ConfirmPayment(1, clock.now().date()), Actor("finance"))
    number = new_case(bureau, person="one and the same")

    def had(state: CaseState) -> str:
        return next(finding.explanation for finding in state.findings if finding.code == "max-months")

    assert "此前已享受12个月" in had(state_of(bureau, number))
    after = execute(with_version(bureau, programmes), number, MoveToVersion("2027-01-01"), Actor("admin"))
    assert "此前已享受12个月" in had(after)


def test_past_cases_are_given_with_facts_papers_and_day(bureau: Bureau) -> None:
    numbers = [new_case(bureau, name) for name in ("王小明", "李小红", "赵小强")]
    with reading(bureau.engine) as session:
        assert count_cases(session, CODE) == 3
        found = list(past_cases(session, bureau, CODE))
    assert [case.number for _, case in found] == numbers
    version, first = found[0]
    assert version == "2024-01-01"
    assert first.facts["name"] == "王小明"
    assert first.documents == ("申请表.pdf",)
    assert first.on == bureau.clock.now().date()


def limited(bureau: Bureau, yuan: int) -> Bureau:
    """The same office, whose living subsidy has this much money a year."""
    book = bureau.programmes
    programme = book.get(CODE)
    assert programme.budget is not None
    budget = programme.budget.model_copy(update={"yuan": programme.budget.yuan.from_yuan(yuan)})
    cut = programme.model_copy(update={"budget": budget})
    kept = tuple(cut if one.code == CODE else one for one in book.programmes)
    return replace(bureau, programmes=replace(book, programmes=kept))


def test_who_the_year_s_money_does_not_reach_waits_and_is_paid_next_year(bureau: Bureau, clock: FixedClock) -> None:
    numbers = [new_case(bureau, name) for name in ("王小明", "李小红")]
    for number in numbers:
        to_payment(bureau, clock, number)
    part = state_of(bureau, numbers[0]).parts[0].plan.amount_fen // 100
    poor = limited(bureau, part + 1)
    listed = list_due(poor)
    assert listed is not None
    assert listed.rows == 1
    assert list_due(poor) is None, "nothing that the budget reaches is left"
    with reading(poor.engine) as session:
        (waiting,) = queue_of(session, poor, clock.now().date())
    assert waiting.case.number == numbers[1]
    assert waiting.place.position == 1
    assert "轮候第1位（审定先后、人才类别由高到低）" in waiting.place.why
    confirm_list(poor, listed.number, Actor("czj-finance-1"), clock.now().date())
    assert list_due(poor) is None, "what was paid stays spent"
    clock.moment = clock.moment.replace(year=2027, month=1, day=4, hour=0, minute=30)
    later = list_due(poor)
    assert later is not None
    assert later.rows == 1


# --- the commands, as an administrator types them -----------------------------------------------------------------


@pytest.fixture
def typed(
    bureau: Bureau,
    programmes: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
):
    """Runs a command in this office; gives what was printed."""
    settings = tmp_path / "jucai.toml"
    home, secret = bureau.settings.home.as_posix(), bureau.settings.secret.get_secret_value()
    settings.write_text(
        f'home = "{home}"\nprogrammes = "{programmes.as_posix()}"\nsecret = "{secret}"\n', encoding="utf-8"
    )
    monkeypatch.setenv("JUCAI_CONFIG", str(settings))
    monkeypatch.setenv("COLUMNS", "240")

    def _typed(*words: str) -> str:
        capsys.readouterr()
        console.app(list(words), result_action="return_value")
        return capsys.readouterr().out

    return _typed


def test_replay_tells_which_past_cases_would_end_differently(bureau: Bureau, tmp_path: Path, typed) -> None:
    number = new_case(bureau)
    file = changed(tmp_path, "try.yaml", ("quantity_at_most: 36", "quantity_at_most: 1"))
    assert "共重算 1 件，1 件的结果会不同" in typed("programmes", "replay", CODE, "--version", str(file))
    told = json.loads(typed("programmes", "replay", CODE, "--version", str(file), "--json"))
    assert told["cases"] == 1
    assert told["changed"][0]["number"] == number
    assert "金额由" in told["changed"][0]["why"][0]
    same = changed(tmp_path, "same.yaml")
    assert "0 件的结果会不同" in typed("programmes", "replay", CODE, "--version", str(same))


def test_replay_takes_cases_from_a_file(tmp_path: Path, typed) -> None:
    cases = tmp_path / "cases.jsonl"
    facts = {
        "talent_category": "B类",
        "subsidy_standard": 5000,
        "subsidy_period_start": "2025-01",
        "subsidy_period_end": "2025-12",
    }
    lines = [json.dumps({"number": f"旧{n}", "on": "2025-03-03", "facts": facts}) for n in range(3)]
    cases.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    file = changed(tmp_path, "try.yaml", ("B类: 4000", "B类: 4500"))
    out = typed("programmes", "replay", CODE, "--version", str(file), "--cases", str(cases))
    assert "旧2：金额由48,000.00元变为54,000.00元" in out
    assert "共重算 3 件，3 件的结果会不同" in out


def test_moving_is_tried_first_and_done_on_demand(bureau: Bureau, programmes: Path, typed) -> None:
    number = new_case(bureau)
    approve(bureau, number)
    with_version(bureau, programmes, *RENAMED)
    dry = typed("programmes", "move", CODE, "--to", "2027-01-01")
    assert number in dry
    assert "县区初审" in dry
    assert "1 件可以换版（试算，没有改动；加 --apply 执行），0 件不能换" in dry
    assert state_of(bureau, number).version == "2024-01-01"
    assert "1 件已换版" in typed("programmes", "move", CODE, "--to", "2027-01-01", "--apply")
    assert state_of(bureau, number).version == "2027-01-01"
    assert "0 件" in typed("programmes", "move", CODE, "--to", "2027-01-01")


def test_queue_and_repayment_are_told_for_real_cases(bureau: Bureau, clock: FixedClock, typed) -> None:
    number = new_case(bureau)
    to_payment(bureau, clock, number)
    listed = list_due(bureau)
    assert listed is not None
    confirm_list(bureau, listed.number, Actor("czj-finance-1"), clock.now().date())
    assert "尚余" in typed("programmes", "queue")
    assert json.loads(typed("programmes", "queue", "--json")) == []
    told = json.loads(typed("programmes", "repayment", number, "--cause", "fraud", "--left", "2027-02-01", "--json"))
    paid = state_of(bureau, number).parts[0].plan.amount_fen
    assert told["amount"] == f"{paid / 100:.2f}"
    assert told["barred_until"] == "2030-02-01"
    assert told["provisional"] is True


def test_a_change_of_level_is_tried_first_and_then_changes_what_is_paid_next(
    bureau: Bureau, clock: FixedClock, typed
) -> None:
    number = new_case(bureau)
    to_payment(bureau, clock, number)
    listed = list_due(bureau)
    assert listed is not None
    granted = clock.now().date()
    confirm_list(bureau, listed.number, Actor("czj-finance-1"), granted)
    words = ("level", number, "--on", str(granted), "--set", "talent_category=A类", "--set", "subsidy_standard＝3000")
    dry = typed("programmes", *words)
    assert "第2期由12,000.00元改为18,000.00元（下一期起按新标准（第十一条（示例）））" in dry
    assert "没有改动" in dry
    assert json.loads(typed("programmes", *words, "--json"))["applied"] is False
    assert [part.plan.amount_fen for part in state_of(bureau, number).parts] == [1_200_000, 1_200_000]
    values = {"talent_category": "A类", "subsidy_standard": "3000"}
    execute(bureau, number, ChangeLevel("rcj-head", values, granted, "认定文件"), Actor("rcj-head"))
    clock.advance(timedelta(days=366))
    advance_due(bureau)
    approve(bureau, number)  # the recheck before the second part
    with reading(bureau.engine) as session:
        rows = session.exec(select(Instalment).order_by(col(Instalment.number))).all()
        assert [(row.number, row.amount_fen) for row in rows] == [(1, 1_200_000), (2, 1_800_000)]
        assert verify_chains(session).broken == ()
    assert rebuild_projections(bureau, only_check=True).differed == ()


def test_the_row_of_a_part_already_released_follows_the_new_level(bureau: Bureau, clock: FixedClock) -> None:
    number = new_case(bureau)
    to_payment(bureau, clock, number)
    day = clock.now().date()
    # The rule says: from the next part. The one that is due today stays, whatever its row.
    execute(bureau, number, ChangeLevel("rcj-head", {"subsidy_standard": "2500"}, day, "核定更正"), Actor("rcj-head"))
    state = state_of(bureau, number)
    assert [part.plan.amount_fen for part in state.parts] == [1_200_000, 1_500_000]
    listed = list_due(bureau)
    assert listed is not None
    assert listed.total_fen == 1_200_000


def test_a_calendar_is_imported_and_terms_that_move_are_listed(
    bureau: Bureau, clock: FixedClock, programmes: Path, tmp_path: Path, typed
) -> None:
    clock.moment = clock.moment.replace(month=12, day=14)
    number = new_case(bureau)
    days = [{"name": "元旦", "date": f"2027-01-0{n}", "isOffDay": True} for n in range(1, 7)]
    days.append({"name": "元旦", "date": "2027-01-09", "isOffDay": False})
    file = tmp_path / "2027.json"
    file.write_text(json.dumps({"year": 2027, "papers": ["https://www.gov.cn/x"], "days": days}), encoding="utf-8")
    dry = typed("calendar", "import", str(file), "--dry-run")
    assert "2027年：新增，放假 6 天，调休上班 1 天" in dry
    assert number in dry
    assert "没有写入" in dry
    assert "尚未公布" in typed("calendar", "show", "2027")
    assert "已导入 2027年" in typed("calendar", "import", str(file))
    assert "2027-01-09" in typed("calendar", "show", "2027")
    assert "与现有安排相同" in typed("calendar", "import", str(file), "--dry-run")


def test_pages_forms_schema_and_differences_are_written(tmp_path: Path, typed) -> None:
    site = tmp_path / "site"
    assert "已为 6 个事项生成" in typed("programmes", "pages", "--out", str(site))
    assert len(list(site.glob("*.pdf"))) == 6
    assert len(list(site.glob("*.html"))) == 7
    form = tmp_path / "form.pdf"
    typed("programmes", "form", "examples/anhui/vocational-professor", "--out", str(form))
    assert form.read_bytes().startswith(b"%PDF-")
    assert json.loads(typed("programmes", "schema"))["properties"]["stages"]
    told = typed("programmes", "diff", CODE, str(changed(tmp_path, "try.yaml", ("B类: 4000", "B类: 4500"))))
    assert "4,000.00元”改为“4,500.00元" in told
    assert "没有不同" in typed("programmes", "diff", CODE, f"{CODE}@2024-01-01")


def test_assess_answers_as_data(tmp_path: Path, typed) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps({"facts": {"talent_category": "F类"}, "on": "2026-01-05"}), encoding="utf-8")
    told = json.loads(typed("assess", CODE, "--facts", str(facts), "--json"))
    assert told["eligible"] is False
    assert told["on"] == "2026-01-05"
    facts.write_text(json.dumps({"facts": {}}), encoding="utf-8")
    assert "结论：" in typed("assess", CODE, "--facts", str(facts))
