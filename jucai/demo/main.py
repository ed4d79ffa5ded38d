"""`jucai demo`: the whole office on loopback, with sample letters going in as real mail."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Self

import httpx
from rich.console import Console
from rich.live import Live
from sqlmodel import col, select

from jucai.approval.state import Phase, state_from_json
from jucai.demo.additions import added_letters, with_added
from jucai.demo.letters import APPLICANTS, SampleLetter, post, sample_letters, sender_domains
from jucai.demo.mailserver.config import MailServerAddresses, MailServerConfig
from jucai.demo.officers import DemoOfficers
from jucai.demo.programs import mailserver
from jucai.demo.progress import Screen, Standing, standing
from jucai.demo.report import shortfalls, show, write_json
from jucai.demo.settings import AUTHSERV_ID, settings_from, write_settings
from jucai.processes import ProgramError, Supervisor, free_port
from jucai.running import (
    DeployError,
    Ports,
    bell,
    deploy,
    desk,
    lay_database,
    make_pool,
    prefect_environment,
    server,
    worker,
)
from jucai.settings import Settings
from jucai.store.bureau import Bureau, advance_clock, open_bureau
from jucai.store.database import reading
from jucai.store.migrations import upgrade
from models.cases import Case

_PATIENCE = 600  # seconds without an end: then the tables are shown as they are, and the exit code says so
_PAUSE = 0.5
_TRIES = 20
_LEFT_OPEN = {"p14-f1-acro-ap": "meeting", "p18-f3-docx": ""}
"""Cases left for the visitor: the applicant's address, and the stage at which (empty: from the start)."""


@dataclass(slots=True)
class Demo:
    """The running demo."""

    bureau: Bureau
    mail: MailServerAddresses
    ports: Ports
    letters: list[SampleLetter]
    officers: DemoOfficers
    out: Console
    screen: Screen

    def run(self, supervisor: Supervisor, *, quiet: bool) -> bool:
        """Let the office work until nothing is left but what is kept for the visitor; whether it came to that end."""
        deadline = time.monotonic() + _PATIENCE
        with Live(console=self.out, refresh_per_second=4, transient=False) if not quiet else _Nothing() as live:
            while time.monotonic() < deadline:
                supervisor.check()
                for deed in self.officers.work():
                    self.screen.tell(f"{deed.officer}：{deed.what}")
                now = standing(self.bureau)
                clock = f"{self.bureau.clock.now():%Y-%m-%d %H:%M}"
                live.update(self.screen.draw(now, len(self.letters), clock))
                if self._people_are_done(now) and not self._time_or_money(now) and now.quiet:
                    return True
                time.sleep(_PAUSE)
        return False

    def _people_are_done(self, now: Standing) -> bool:
        if now.letters < len(self.letters) or not now.calm:
            return False
        return all(self.officers.leave(number, code) for number, code in now.tasks_open)

    def _time_or_money(self, now: Standing) -> bool:
        """Move what only time or the payment day moves; False if nothing is left to move."""
        if now.parts_due:
            self.start("拨付清单/payout")
            self.screen.tell("管理员运行“拨付清单”")
            self._until(lambda: not standing(self.bureau).parts_due)
            return True
        days = self._days_of_publicity()
        if days:
            moved = advance_clock(self.bureau, timedelta(days=days))
            self.screen.tell(f"演示时钟前拨 {days} 天，至 {moved:%Y-%m-%d}：公示期满")
            return True
        return False

    def _days_of_publicity(self) -> int:
        today = self.bureau.clock.now().date()
        with reading(self.bureau.engine) as session:
            rows = session.exec(select(Case).where(Case.phase == Phase.PUBLICITY)).all()
        ends = [s.publicity.last for row in rows if (s := state_from_json(row.full_state)).publicity is not None]
        return (max(ends) - today).days + 1 if ends else 0

    def start(self, deployment: str) -> None:
        """Start a deployment as an administrator does in the Prefect UI: through its HTTP interface."""
        api = f"http://127.0.0.1:{self.ports.prefect}/api"
        found = httpx.get(f"{api}/deployments/name/{deployment}", timeout=30).raise_for_status().json()
        for _ in range(_TRIES):
            # On SQLite the server says 503 when it is busy writing, and asks to be asked again.
            answer = httpx.post(f"{api}/deployments/{found['id']}/create_flow_run", json={}, timeout=30)
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            time.sleep(1)
        answer.raise_for_status()

    def _until(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 60
        while not done() and time.monotonic() < deadline:
            time.sleep(_PAUSE)

    def addresses(self) -> None:
        """Tell where everything can be looked at."""
        self.out.print()
        self.out.print(f"Prefect 界面：http://127.0.0.1:{self.ports.prefect}")
        self.out.print(f"办件页面：http://127.0.0.1:{self.ports.desk}")
        self.out.print(f"演示邮箱（所有人的信都在这里，信中的链接可以点开）：{self.mail.http_url}")


class _Nothing:
    """In place of the moving picture."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def update(self, _picture: object) -> None:
        """Show nothing."""


def run_demo(home: Path, *, once: bool, quiet: bool, add: Path | None = None) -> int:
    """Run the demo; the exit code: 0 if all that was expected came about. `add` is a folder of the visitor's own."""
    out = Console()
    began = time.monotonic()
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    try:
        with Supervisor(home / "logs") as supervisor:
            demo = _start(supervisor, home, out, add)
            ended = demo.run(supervisor, quiet=quiet)
            demo.start("办件看板/board")
            wrong = shortfalls(demo.bureau, demo.letters)
            show(demo.bureau, out)
            write_json(demo.bureau, home / "report.json", wrong)
            for one in wrong:
                out.print(f"[red]未如预期[/red] {one.what}：{one.found}", highlight=False)
            if not ended:
                out.print(f"[red]{_PATIENCE} 秒内没有办完[/red]")
            out.print(f"用时 {time.monotonic() - began:.0f} 秒。")
            demo.addresses()
            if not once:
                _stay(supervisor, demo, out)
            demo.officers.close()
            return 0 if ended and not wrong else 1
    except (ProgramError, DeployError) as error:
        out.print(f"[red]{error}[/red]", highlight=False)
        return 1
    except KeyboardInterrupt:
        out.print("已停止。")
        return 130


def _stay(supervisor: Supervisor, demo: Demo, out: Console) -> None:
    left = len(standing(demo.bureau).tasks_open)
    out.print(f"还有 {left} 项待办留给您：在演示邮箱里打开审批人的信，点开链接试一试。")
    out.print("拨动时钟：.venv/bin/jucai clock advance 5d。按 Ctrl-C 停止全部服务。")
    try:
        supervisor.wait()
    except KeyboardInterrupt:
        out.print("正在停止……")


def _start(supervisor: Supervisor, home: Path, out: Console, add: Path | None) -> Demo:
    programmes = with_added(home, add)
    ports = Ports(_port(4200, "Prefect 界面", out), _port(8600, "办件页面", out))
    out.print("正在启动邮件服务、Prefect 与办件页面……")
    # Prefect's server takes longest: it starts while the mail server, the database and the letters are made ready.
    own = prefect_environment(Settings.model_construct(home=home.resolve()), ports)
    # The demo has no automations, and on SQLite looking for some at every event costs as much as the event.
    own["PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED"] = "false"
    lay_database(own)
    prefect = server(own, ports)
    supervisor.launch(prefect)
    config = MailServerConfig(
        data=home.resolve() / "mail",
        authserv_id=AUTHSERV_ID,
        http_port=_port(8610, "演示邮箱", out),
        sender_domains=sender_domains(),
    )
    mail_program = mailserver(config)
    supervisor.launch(mail_program)
    mail = MailServerAddresses.from_json(supervisor.wait_ready(mail_program.name))
    path = write_settings(home, mail, ports, programmes)
    settings = settings_from(path)
    environment = {**own, "JUCAI_CONFIG": str(path)}
    upgrade(settings.database_url)
    supervisor.launch(desk(environment, ports))
    letters = [*sample_letters(), *added_letters(add)]
    post(letters, mail.host, mail.smtp_port)
    out.print(f"已通过 SMTP 寄出 {len(letters)} 封来信，此后只有聚才自己的流程在办理。")
    bureau = open_bureau(settings)
    supervisor.wait_ready(prefect.name)
    make_pool(ports)
    supervisor.launch(worker(environment))
    supervisor.launch(bell(environment))
    deploy(environment)
    supervisor.wait_ready("desk")
    officers = DemoOfficers(
        mail.http_url.rstrip("/"),
        {officer.email.lower(): officer.name for officer in bureau.office.all_officers.values()},
        _leaver(bureau),
    )
    return Demo(bureau, mail, ports, letters, officers, out, Screen())


def _leaver(bureau: Bureau) -> Callable[[str, str], bool]:
    """Tells which tasks are left for the visitor: a few of the ordinary ones, and all that came as a picture."""

    @cache
    def known(number: str) -> tuple[str, bool]:
        """The applicant's address, and whether the form came as a picture: neither changes."""
        with reading(bureau.engine) as session:
            row = session.exec(select(Case).where(col(Case.number) == number)).one()
        return row.applicant_email, any(fact.get("source") == "ocr" for fact in row.application["facts"].values())

    def leave(number: str, code: str) -> bool:
        address, pictured = known(number)
        local, _, domain = address.partition("@")
        if domain != APPLICANTS:
            return False
        stage = _LEFT_OPEN.get(local)
        if stage is not None:
            return code.startswith(stage) and not code.startswith("verify")
        return pictured

    return leave


def _port(preferred: int, what: str, out: Console) -> int:
    port, taken = free_port(preferred)
    if taken:
        out.print(f"端口 {preferred} 已被占用，{what}改用 {port}")
    return port
