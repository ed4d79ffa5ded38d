"""The bureau: everything a command needs to work, opened once from the settings."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from jucai.approval.values import Substitution
from jucai.approval.world import World
from jucai.clock import Clock, SystemClock
from jucai.policy import Fault, Office, PastBenefit, PolicyError, ProgrammeBook, WorkCalendar
from jucai.settings import Settings, SettingsError
from jucai.store.blobs import Blobs
from jucai.store.database import open_engine, reading, transaction
from jucai.store.in_force import InForce, changed_since, programmes_in_force
from jucai.store.pinned import lost_to_cases
from models.cases import OfficeSetting

CLOCK_OFFSET = "clock.offset.seconds"


@dataclass(frozen=True, slots=True)
class Bureau:
    """Settings, clock, database, store of files, and the office's own rules."""

    settings: Settings
    clock: Clock
    engine: Engine
    blobs: Blobs
    office: Office
    programmes: ProgrammeBook
    calendar: WorkCalendar
    refused: tuple[Fault, ...] = ()  # why the programme folder as it lies there now is not the one in force
    rules: str = ""  # names the content in force
    rules_seen: str = ""  # names the content of the folder as it was looked at

    def world(
        self,
        *,
        now: datetime | None = None,
        history: tuple[PastBenefit, ...] = (),
        substitutions: tuple[Substitution, ...] = (),
    ) -> World:
        """What the approval room may know at this moment, or at the moment `now`."""
        seed = secrets.token_hex(16)
        moment = now or self.clock.now()
        return World(moment, self.office, self.programmes, self.calendar, history, substitutions, seed)

    def sign(self, purpose: str, text: str) -> bytes:
        """Seal `text` for one purpose with the office's secret (HMAC-SHA256, 32 bytes)."""
        secret = self.settings.secret.get_secret_value()
        if not secret:
            raise SettingsError("还缺少设置：secret（用于签发链接，至少 32 个字符）")
        return hmac.new(secret.encode(), f"{purpose}\0{text}".encode(), hashlib.sha256).digest()

    def person_index(self, id_number: str) -> str:
        """The keyed hash under which a person is found again; it tells nobody the number."""
        return self.sign("person", id_number.strip().upper()).hex()


def open_bureau(settings: Settings, clock: Clock | None = None) -> Bureau:
    """Open the bureau; a wrong setting stops here with a sentence that names it.

    A wrong programme file leaves the programmes in force that were so before; only where there were none it stops.
    """
    engine = open_engine(settings.database_url)
    try:
        found = _in_force(settings, engine)
    except PolicyError as error:
        folder = settings.programmes / settings.office
        if not folder.is_dir():
            raise SettingsError(f"“office”指向的机构目录不存在：{folder}") from error
        raise
    return Bureau(
        settings=settings,
        clock=clock or office_clock(settings, engine),
        engine=engine,
        blobs=Blobs(settings.store_url),
        office=found.book.office(settings.office),
        programmes=found.book,
        calendar=found.calendar,
        refused=found.refused,
        rules=found.mark,
        rules_seen=found.seen,
    )


def renewed(bureau: Bureau) -> Bureau:
    """The bureau with the rules that are in force now; the same one where neither they nor the folder changed.

    For processes that live long: whatever is under way goes on with the bureau it began with.
    """
    settings = bureau.settings
    if not changed_since(settings.programmes, _kept(settings), bureau.rules, bureau.rules_seen):
        return bureau
    found = _in_force(settings, bureau.engine)
    return replace(
        bureau,
        office=found.book.office(settings.office),
        programmes=found.book,
        calendar=found.calendar,
        refused=found.refused,
        rules=found.mark,
        rules_seen=found.seen,
    )


def _in_force(settings: Settings, engine: Engine) -> InForce:
    return programmes_in_force(
        settings.programmes, _kept(settings), lambda book: lost_to_cases(engine, book, settings.office)
    )


def _kept(settings: Settings) -> Path:
    return settings.home / "in-force"


class DemoClock:
    """The machine's time moved forward by what stands in the database, so that all processes agree."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def now(self) -> datetime:
        """The present moment of the demo."""
        with reading(self._engine) as session:
            return SystemClock(clock_offset(session)).now()


def office_clock(settings: Settings, engine: Engine) -> Clock:
    """The system's clock, or in the demo one that can be moved forward."""
    return DemoClock(engine) if settings.demo else SystemClock()


def clock_offset(session: Session) -> timedelta:
    """How far the demo's clock has been moved forward."""
    row = session.get(OfficeSetting, CLOCK_OFFSET)
    return timedelta(seconds=int(row.value)) if row else timedelta()


def advance_clock(bureau: Bureau, by: timedelta) -> datetime:
    """Move the demo's clock forward by `by` and tell the new time; `SettingsError` outside the demo."""
    if not bureau.settings.demo:
        raise SettingsError("只有演示环境可以拨动时钟（demo = true）")
    if by <= timedelta():
        raise SettingsError("时钟只能向前拨")
    with transaction(bureau.engine) as session:
        row = session.get(OfficeSetting, CLOCK_OFFSET) or OfficeSetting(key=CLOCK_OFFSET, value="0")
        row.value = str(int(row.value) + int(by.total_seconds()))
        session.add(row)
    return bureau.clock.now()
