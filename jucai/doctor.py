"""`jucai doctor`: what is missing or misconfigured, in plain words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from jucai.casework.delivering import smtp_account
from jucai.casework.mailboxes import open_mailbox
from jucai.mailroom.mailbox import MailboxError
from jucai.mailroom.postman import Postman, PostOfficeError
from jucai.notices.fonts import FontStack
from jucai.policy import PolicyError, WorkCalendar
from jucai.settings import Inbox, Settings, SettingsError, load_settings, require_for_service
from jucai.store.bureau import Bureau, open_bureau
from jucai.store.migrations import DatabaseAhead, DatabaseBehind, DatabaseForeign, require_current
from jucai.store.pinned import lost_to_cases


@dataclass(frozen=True, slots=True)
class Found:
    """One thing looked at: whether it is in order, and a sentence."""

    what: str
    ok: bool
    text: str


def examine() -> list[Found]:
    """Look at everything; what depends on something broken is left out."""
    try:
        settings = load_settings()
    except SettingsError as error:
        return [Found("设置", ok=False, text=str(error))]
    return list(_examine(settings))


def _examine(settings: Settings) -> Iterator[Found]:
    yield _tried("设置", lambda: require_for_service(settings), "齐全", SettingsError)
    try:
        bureau = open_bureau(settings)
    except (SettingsError, PolicyError) as error:
        yield Found("事项文件", ok=False, text=str(error))
        return
    if bureau.refused:
        told = "；".join(map(str, bureau.refused))
        yield Found("事项文件", ok=False, text=f"现有文件有错，没有启用，仍按上一次正确的文件办理：{told}")
    else:
        yield Found("事项文件", ok=True, text=f"{len(bureau.programmes.codes())} 个事项")
    yield _tried(
        "数据库",
        lambda: require_current(bureau.engine),
        "结构为最新",
        (DatabaseBehind, DatabaseAhead, DatabaseForeign),
    )
    yield _versions(bureau)
    yield _calendar(bureau, bureau.calendar)
    yield _tried("字体", FontStack, "齐全", OSError)
    for inbox in settings.inboxes:
        yield _tried(f"邮箱 {inbox.username or inbox.path}", partial(_connect, inbox), "可以登录", MailboxError)
    if settings.smtp.host:
        yield _tried("发信服务器", lambda: _call(bureau), "可以登录", PostOfficeError)


def _versions(bureau: Bureau) -> Found:
    """Whether every case still finds the version it is pinned to."""
    try:
        lost = lost_to_cases(bureau.engine, bureau.programmes, bureau.settings.office)
    except SQLAlchemyError:
        return Found("办件版本", ok=False, text="数据库不能读取，没有核对")
    if lost:
        return Found("办件版本", ok=False, text="；".join(map(str, lost)))
    return Found("办件版本", ok=True, text="每一件的事项版本和环节都在")


def _calendar(bureau: Bureau, calendar: WorkCalendar) -> Found:
    today = bureau.clock.now().date()
    if not calendar.is_published(today):
        return Found("工作日历", ok=False, text=f"没有 {today.year} 年的放假安排，期限暂按周一至周五计算，请导入")
    return Found("工作日历", ok=True, text=f"已有至 {max(calendar.years)} 年的放假安排")


def _connect(inbox: Inbox) -> None:
    with open_mailbox(inbox):  # entering logs in
        pass


def _call(bureau: Bureau) -> None:
    with Postman(smtp_account(bureau)) as postman:
        postman.connect()


def _tried(
    what: str, look: Callable[[], object], well: str, faults: type[Exception] | tuple[type[Exception], ...]
) -> Found:
    try:
        look()
    except faults as error:
        return Found(what, ok=False, text=str(error))
    return Found(what, ok=True, text=well)
