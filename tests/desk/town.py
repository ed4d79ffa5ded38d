"""The office under test: what its visitors and officers do, in their own words."""

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from httpx import Response

with warnings.catch_warnings():
    # starlette wishes for another HTTP library; Prefect's own lock has this one.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

from jucai.approval.commands import Advance, DecideTask, RaiseObjection, StartPublicity
from jucai.approval.events import SYSTEM, Actor, Happened
from jucai.approval.state import CaseState, Publicity, TaskState, Verdict
from jucai.clock import SHANGHAI, FixedClock
from jucai.policy import PeriodKind
from jucai.settings import ROOT
from jucai.store.bureau import Bureau
from jucai.store.cases import case_history, execute, load_state
from jucai.store.database import reading, transaction
from jucai.store.links import Link, LinkPurpose, make_link
from models.letters import Document, DocumentState, Letter
from models.readings import FieldValue

FORM = ROOT / "samples" / "forms" / "p02_F1_chromium.pdf"
SAME_ORIGIN = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
NOTICE = "宜人才公示〔2026〕1号"
LIVING = "anqing/living-subsidy"


@dataclass
class Town:
    """The office under test, its clock, and its visitors' browser."""

    bureau: Bureau
    clock: FixedClock
    client: TestClient

    def state(self, number: str) -> CaseState:
        with reading(self.bureau.engine) as session:
            return load_state(session, number)

    def history(self, number: str) -> list[Happened]:
        with reading(self.bureau.engine) as session:
            return case_history(session, number)

    def path(self, purpose: LinkPurpose, officer: str = "", subject: str = "") -> str:
        return urlsplit(make_link(self.bureau, Link(purpose, officer, subject))).path

    def task(self, number: str) -> TaskState:
        return self.state(number).open_tasks[0]

    def task_path(self, number: str, task: TaskState | None = None, officer: str = "") -> str:
        task = task or self.task(number)
        return self.path(LinkPurpose.TASK, officer or task.officers[0], f"{number}/{task.code}")

    def decide(self, number: str, verdict: Verdict = Verdict.APPROVE, opinion: str = "同意") -> CaseState:
        """Let the first officer asked decide the first open task, without the desk."""
        task = self.task(number)
        officer = task.officers[0]
        command = DecideTask(task.code, officer, verdict, opinion)
        return execute(self.bureau, number, command, Actor(officer))

    def until(self, number: str, stage: str) -> CaseState:
        """Approve everything until the case is in `stage`."""
        while (state := self.state(number)).stage != stage:
            self.decide(number)
        return state

    def publish(self, number: str) -> CaseState:
        """Put a case that waits for it on a public list of five working days from today."""
        today = self.clock.now().date()
        period = self.bureau.calendar.period(PeriodKind.WORKING, 5, today, first_day_counts=True)
        publicity = Publicity(NOTICE, period.first, period.last, period.provisional, period.explanation)
        return execute(self.bureau, number, StartPublicity(publicity), SYSTEM)

    def objection(self, number: str, text: str) -> int:
        """Let somebody write against a case on a public list; gives the attachment's id."""
        now = self.clock.now()
        data = FORM.read_bytes()
        with transaction(self.bureau.engine) as session:
            letter = Letter(
                host="mail", username="rencai", folder="INBOX", uidvalidity=1, uid=9000, sha256="1", size=1,
                received_at=now, sender="objector@example.cn", subject="公示异议", body_text=text,
            )  # fmt: skip
            session.add(letter)
            session.flush()
            paper = Document(
                letter_id=letter.id or 0, ordinal=0, name="考勤照片.pdf", sha256=self.bureau.blobs.put(data),
                size=len(data), media_type="application/pdf", state=DocumentState.KEPT,
            )  # fmt: skip
            session.add(paper)
            session.flush()
            written, attached = letter.id or 0, paper.id or 0
        execute(self.bureau, number, RaiseObjection(written), Actor("objector@example.cn"))
        return attached

    def move_to(self, year: int, month: int, day: int) -> None:
        self.clock.moment = datetime(year, month, day, 9, 0, tzinfo=SHANGHAI)

    def advance(self, number: str) -> CaseState:
        return execute(self.bureau, number, Advance(), SYSTEM)

    def fields(self, path: str, html: str = "") -> dict[str, str]:
        """The hidden fields of the form on a page, as a browser would send them."""
        html = html or self.client.get(path).text
        return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html))

    def post(self, path: str, data: dict[str, str], **headers: str) -> Response:
        return self.client.post(path, data=data, headers={**SAME_ORIGIN, **headers}, follow_redirects=False)


Opener = Callable[..., str]


def facts_of(bureau: Bureau, code: str, changes: dict[str, str], doubtful: dict[str, str]) -> dict[str, FieldValue]:
    """The facts of a programme's own first example, each with a place on the form."""
    values = {**bureau.programmes.get(code).examples[0].facts, **changes}
    return {
        key: FieldValue(
            value=value,
            confidence=0.5 if key in doubtful else 0.99,
            page=1,
            bbox=(180.0, 100.0 + 15 * place, 330.0, 114.0 + 15 * place),
            raw=value,
            reason=doubtful.get(key),
        )
        for place, (key, value) in enumerate(values.items())
    }
