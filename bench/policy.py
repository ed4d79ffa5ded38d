"""Assessments a second on one core, and a replay over past cases, against the bare rule library on the same rules."""

import json
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from simpleeval import SimpleEval

from jucai.approval.state import Applicant, CaseState, Paper, Phase, split_state
from jucai.clock import SHANGHAI, FixedClock
from jucai.notices.blank_form import blank_form
from jucai.policy import PastBenefit, Programme, ProgrammeBook, assess, load_programmes
from jucai.policy.comparing import replay
from jucai.policy.examples import past_benefit
from jucai.policy.language import facts_used
from jucai.settings import ROOT, Settings
from jucai.store.bureau import Bureau, open_bureau
from jucai.store.database import reading, transaction
from jucai.store.migrations import upgrade
from jucai.store.past_cases import past_cases
from models.cases import Case
from models.letters import Letter
from models.readings import FieldValue

SECONDS, TURNS = 0.25, 12
CASES = 10_000
TRIED = "anqing/living-subsidy"
HEAVY = ("anqing/living-subsidy", "anqing/housing-subsidy", "anqing/technology-deputy")
Work = list[Callable[[], object]]


def assessments(programmes: list[Programme]) -> Work:
    """One assessment for each example of these programmes: full facts, history, trace and amounts."""
    work: Work = []
    for programme in programmes:
        for example in programme.examples:
            history: tuple[PastBenefit, ...] = tuple(map(past_benefit, example.history))
            facts, documents, on = example.facts, example.documents, example.on
            work.append(lambda p=programme, f=facts, d=documents, h=history, o=on: assess(p, f, d, h, o))  # type: ignore[misc]
    return work


def floor(programmes: list[Programme]) -> Work:
    """The peer: the rule library as it comes, parsing and walking as many comparisons, with no trace and no amounts."""
    work: Work = []
    for programme in programmes:
        tests = [f"{len(facts_used(rule.test))} >= 0 and name == name" for rule in programme.rules] or ["name == name"]
        for example in programme.examples:
            names = {"name": example.facts.get("name", "")}
            work.append(lambda t=tests, n=names: [SimpleEval(names=n).eval(text) for text in t])  # type: ignore[misc]
    return work


def rates(*works: Work) -> list[float]:
    """How many of each a second of this process's own time.

    They take turns, so that what else the machine does hits them alike, and each keeps its best turn.
    """
    best = [0.0] * len(works)
    for _ in range(TURNS):
        for index, work in enumerate(works):
            done, start = 0, time.process_time()
            while (spent := time.process_time() - start) < SECONDS:
                for one in work:
                    one()
                done += len(work)
            best[index] = max(best[index], done / spent)
    return best


def past(bureau: Bureau, programme: Programme) -> None:
    """Ten thousand past cases in a real database, from the programme's own examples; every tenth person came twice."""
    moment = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
    with transaction(bureau.engine) as session:
        letter = Letter(
            host="h", username="u", folder="INBOX", uidvalidity=1, uid=1, sha256="0" * 64, size=1, received_at=moment
        )
        session.add(letter)
        session.flush()
        for number in range(CASES):
            example = programme.examples[number % len(programme.examples)]
            person = f"person {number - number % 10 if number % 10 == 1 else number}"
            facts = {key: FieldValue(value, 0.99) for key, value in example.facts.items() if value}
            state = CaseState(
                number=f"AQ-SUB-2026-{number:06d}",
                programme=programme.code,
                version=programme.version,
                kind=programme.kind.value,
                form=programme.form,
                applicant=Applicant("示例", "a@applicant.example", person, "示例公司"),
                unit="迎江区",
                phase=Phase.COMPLETED,
                opened_at=moment,
                facts=facts,
                papers=(Paper(1, "申请表.pdf"),),
                accepted_on=example.on,
            )
            session.add(
                Case(
                    number=state.number, programme=state.programme, version=state.version, kind=state.kind,
                    form=state.form, letter_id=letter.id or 0, document_id=number, applicant="示例",
                    applicant_email="a@applicant.example", person_index=person, employer="示例公司", unit="迎江区",
                    phase=state.phase, stage="", revision=1, last_hash="", opened_at=moment,
                    changed_at=moment + timedelta(days=1), accepted_on=example.on,
                    **dict(zip(("application", "state"), split_state(state), strict=True)),
                )
            )  # fmt: skip


def changed(programme: Programme, folder: Path) -> Programme:
    """The same programme with lower ceilings: a change that touches many cases."""
    text = (ROOT / "programmes" / f"{programme.code}.yaml").read_text(encoding="utf-8")
    target = folder / "try"
    shutil.copytree(ROOT / "programmes", target)
    (target / f"{programme.code}.yaml").write_text(text.replace("A类: 5000", "A类: 900"), encoding="utf-8")
    return load_programmes(target).get(programme.code)


def replayed(folder: Path) -> tuple[float, float, int, int]:
    """Seconds by the clock and of the core for a replay out of the database, how many cases, how many would change."""
    settings = Settings(home=folder / "home", secret="s" * 40)
    settings.home.mkdir()
    upgrade(settings.database_url)
    bureau = open_bureau(settings, FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)))
    programme = bureau.programmes.get(TRIED)
    past(bureau, programme)
    after = changed(programme, folder)
    start, cpu, seen, different = time.perf_counter(), time.process_time(), 0, 0
    with reading(bureau.engine) as session:
        for answer in replay({programme.version: programme}, after, past_cases(session, bureau, programme.code)):
            seen += 1
            different += answer is not None
    return time.perf_counter() - start, time.process_time() - cpu, seen, different


def load_seconds() -> tuple[float, ProgrammeBook]:
    """Seconds to read and check all shipped files."""
    start = time.perf_counter()
    book = load_programmes(ROOT / "programmes")
    return time.perf_counter() - start, book


def main() -> None:
    """Print the table, then one JSON line."""
    loading, book = load_seconds()
    heavy = [book.get(code) for code in HEAVY]
    everything = list(book.programmes)
    full, hard, bare = rates(assessments(everything), assessments(heavy), floor(heavy))
    with tempfile.TemporaryDirectory() as name:
        seconds, cpu, cases, different = replayed(Path(name))
    start = time.perf_counter()
    blank_form(book.get(TRIED))
    form = time.perf_counter() - start
    figures = {
        "programmes": len(everything),
        "load_seconds": round(loading, 2),
        "all_per_second": round(full),
        "heaviest_per_second": round(hard),
        "peer_per_second": round(bare),
        "heaviest_to_peer": round(hard / bare, 2),
        "replay_cases": cases,
        "replay_changed": different,
        "replay_seconds": round(seconds, 1),
        "replay_core_seconds": round(cpu, 1),
        "replay_to_two_assessments": round(cpu / (2 * cases / hard), 2),
        "blank_form_seconds": round(form, 2),
        "day": date.today().isoformat(),  # noqa: DTZ011 - when the table was made
    }
    for figure, value in figures.items():
        print(f"{figure:>26}  {value}")
    print(json.dumps({"bench": "policy", **figures}))


if __name__ == "__main__":
    main()
