"""The mailroom on a real mailbox: every letter once, whatever happens to polls, folders and processes."""

import os
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jucai.casework import spooling
from jucai.casework.spooling import GONE, Fetched, fetch_letters
from jucai.casework.triage import sort_letters
from jucai.mailroom.imap import ImapMailbox
from jucai.mailroom.mailbox import MailboxRefusedError
from jucai.settings import Inbox, Settings
from jucai.store.bureau import open_bureau
from models.letters import LetterOutcome
from tests.casework.conftest import FORMS, OfficeAtWork, form_letter, plain_letter
from tests.mailroom.dovecot import Server, running_dovecot

pytestmark = pytest.mark.dovecot
ASKS = "请问我的申请审批到哪一步了？"


@pytest.fixture(scope="module")
def dovecot(dovecot_path: Path) -> Iterator[Server]:
    with running_dovecot(dovecot_path) as server:
        yield server


def inbox(server: Server, user: str, folder: str = "INBOX", **more: str) -> Inbox:
    facts = {"host": server.account.host, "port": server.account.port, "cafile": server.account.cafile}
    return Inbox.model_validate({**facts, "username": user, "password": "right", "folder": folder, **more})


@pytest.fixture
def at(office: OfficeAtWork, dovecot: Server) -> Callable[..., OfficeAtWork]:
    """The office with its letters in these mailboxes."""

    def moved(*inboxes: Inbox) -> OfficeAtWork:
        settings: Settings = office.bureau.settings.model_copy(update={"inboxes": inboxes})
        office.bureau = replace(office.bureau, settings=settings)
        return office

    return moved


def folder_of(server: Server, user: str, folder: str) -> int:
    client = server.client(user)
    try:
        return int(client.select_folder(folder, readonly=True)[b"EXISTS"]) if client.folder_exists(folder) else 0
    finally:
        client.logout()


def asks(number: int) -> bytes:
    return plain_letter(f"a{number}@firm.example", f"进度 {number}", ASKS, message_id=f"<{number}@firm.example>")


def test_letters_are_filed_by_what_became_of_them_and_only_after_it_is_known(at, dovecot):
    office = at(inbox(dovecot, "trays"))
    spam = plain_letter("x@promo.example", "代开发票", "我司可代开各类发票，加微信")
    person = plain_letter("y@firm.example", "你好", "我有一件别的事想说。")
    dovecot.deliver("trays", form_letter(FORMS / "p01_F1_docx.pdf", "wang@applicant.example"), spam, person)
    assert fetch_letters(office.bureau) == Fetched(3, 0, ())
    assert folder_of(dovecot, "trays", "INBOX") == 3
    office.round()
    assert fetch_letters(office.bureau) == Fetched(0, 3, ())
    assert [folder_of(dovecot, "trays", name) for name in ("INBOX", "已处理", "无需处理", "待人工")] == [0, 1, 1, 1]
    assert [letter.filed_to for letter in office.letters()] == ["已处理", "无需处理", "待人工"]


def test_one_mail_to_two_mailboxes_is_one_case_and_one_answer_and_a_faulty_mailbox_stops_nobody(at, dovecot):
    office = at(inbox(dovecot, "first"), inbox(dovecot, "shut", password="wrong"), inbox(dovecot, "second"))
    data = form_letter(FORMS / "p01_F1_docx.pdf", "wang@applicant.example")
    dovecot.deliver("first", data)
    dovecot.deliver("second", b"Received: from b by mx2.rcj.example; x\r\n" + data)
    fetched = fetch_letters(office.bureau)
    assert (fetched.new, len(fetched.faults)) == (2, 1)
    assert "授权码" in fetched.faults[0]
    office.round()
    assert len(office.cases()) == 1
    assert [letter.outcome for letter in office.letters()] == [LetterOutcome.CASE_OPENED, LetterOutcome.DUPLICATE]
    assert len(office.mails("receipt")) == 1
    assert office.mails("duplicate") == []


def test_a_folder_made_anew_is_read_again_and_nobody_is_answered_again(at, dovecot):
    office = at(inbox(dovecot, "anew", "申报"))
    client = dovecot.client("anew")

    def lay_in() -> None:
        client.create_folder("申报")
        for number in range(4):
            client.append("申报", asks(number))

    lay_in()
    fetch_letters(office.bureau)
    sort_letters(office.bureau)
    client.delete_folder("申报")
    time.sleep(1.1)  # UIDVALIDITY is a time in seconds
    lay_in()
    client.append("申报", asks(9))
    client.logout()
    again = fetch_letters(office.bureau)
    assert (again.new, again.faults) == (5, ())
    office.round()
    fetch_letters(office.bureau)
    outcomes = Counter(letter.outcome for letter in office.letters())
    assert outcomes == {LetterOutcome.STATUS_ANSWERED: 5, LetterOutcome.DUPLICATE: 4}
    assert len(office.mails("status")) == 5
    assert folder_of(dovecot, "anew", "申报") == 0
    assert [letter.filed_to for letter in office.letters()] == [GONE] * 4 + ["已处理"] * 5


def test_polls_that_overlap_take_each_letter_once(at, dovecot):
    office = at(inbox(dovecot, "overlap"))
    dovecot.deliver("overlap", *[asks(number) for number in range(40)])
    results: list[Fetched] = []
    settings = office.bureau.settings

    def poll() -> None:
        bureau = open_bureau(settings, office.clock)
        results.append(fetch_letters(bureau))
        sort_letters(bureau)
        results.append(fetch_letters(bureau))
        bureau.engine.dispose()

    threads = [threading.Thread(target=poll) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sum(result.new for result in results) == 40
    assert sorted(letter.uid for letter in office.letters()) == list(range(1, 41))
    office.round()
    assert len(office.mails("status")) == 40
    fetch_letters(office.bureau)
    assert folder_of(dovecot, "overlap", "已处理") == 40


@pytest.mark.parametrize("moment", ["before moving", "after moving", "before keeping", "after keeping"])
def test_a_worker_killed_between_keeping_and_filing_loses_nothing_and_does_nothing_twice(at, dovecot, moment):
    user = moment.replace(" ", "")
    office = at(inbox(dovecot, user))
    dovecot.deliver(user, *[asks(number) for number in range(5)])
    if "moving" in moment:
        fetch_letters(office.bureau)
        sort_letters(office.bureau)
    office.bureau.engine.dispose()
    child = os.fork()
    if child == 0:
        _die(office, moment)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    for _ in range(2):
        office.round()
    fetch_letters(office.bureau)
    assert Counter(letter.uid for letter in office.letters()) == Counter(range(1, 6))
    assert len(office.mails("status")) == 5
    assert (folder_of(dovecot, user, "INBOX"), folder_of(dovecot, user, "已处理")) == (0, 5)


def _die(office: OfficeAtWork, moment: str) -> None:
    """In the child: do what a round does, and be killed at the third letter."""
    count = 0

    def dying(real: Callable[..., object], *, first: bool) -> Callable[..., object]:
        def work(*args: object) -> object:
            nonlocal count
            count += 1
            if count == 3 and first:
                os.kill(os.getpid(), signal.SIGKILL)
            result = real(*args)
            if count == 3:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return work

    first = moment.startswith("before")
    if "moving" in moment:
        spooling._FILED_TOGETHER = 1
        ImapMailbox.file_away = dying(ImapMailbox.file_away, first=first)  # type: ignore[method-assign]
    else:
        spooling._TOGETHER = 1
        spooling.spool = dying(spooling.spool, first=first)  # type: ignore[assignment]
    try:
        fetch_letters(open_bureau(office.bureau.settings, office.clock))
    finally:
        os._exit(1)


def test_a_kill_in_the_middle_of_a_batch_loses_nothing_and_does_nothing_twice(at, dovecot):
    office = at(inbox(dovecot, "batch"))
    dovecot.deliver("batch", *[asks(number) for number in range(5)])
    office.take_in()
    office.bureau.engine.dispose()
    child = os.fork()
    if child == 0:
        real = ImapMailbox.file_away

        def moved_but_not_noted(self: ImapMailbox, *args: object) -> frozenset[int]:
            real(self, *args)  # type: ignore[arg-type]
            os.kill(os.getpid(), signal.SIGKILL)
            return frozenset()

        ImapMailbox.file_away = moved_but_not_noted  # type: ignore[method-assign]
        fetch_letters(open_bureau(office.bureau.settings, office.clock))
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert folder_of(dovecot, "batch", "已处理") == 5
    dovecot.deliver("batch", asks(9))
    office.round()
    fetch_letters(office.bureau)
    assert Counter(letter.filed_to for letter in office.letters()) == {GONE: 5, "已处理": 1}
    assert len(office.mails("status")) == 6


def test_one_letter_the_server_will_not_move_does_not_keep_the_others(at, dovecot, monkeypatch):
    office = at(inbox(dovecot, "stubborn"))
    dovecot.deliver("stubborn", *[asks(number) for number in range(4)])
    office.take_in()
    real = ImapMailbox.file_away

    def refuse_the_second(self: ImapMailbox, uids: list[int], *args: object) -> frozenset[int]:
        if 2 in uids:
            raise MailboxRefusedError("localhost", "NO")
        return real(self, uids, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(ImapMailbox, "file_away", refuse_the_second)
    fetched = fetch_letters(office.bureau)
    assert (fetched.filed, len(fetched.faults)) == (3, 1)
    assert [letter.uid for letter in office.letters() if letter.filed_to is None] == [2]


@pytest.mark.parametrize("after", [0, 2])
def test_a_line_cut_while_filing_is_named_and_the_next_round_files_the_rest(at, dovecot, monkeypatch, after):
    user = f"cutfiling{after}"
    office = at(inbox(dovecot, user))
    dovecot.deliver(user, *[asks(number) for number in range(4)])
    office.take_in()
    monkeypatch.setattr(spooling, "_FILED_TOGETHER", 1)
    real, calls = ImapMailbox.file_away, Counter()

    def cut(self: ImapMailbox, *args: object) -> frozenset[int]:
        if calls["all"] == after:
            assert self._client is not None
            self._client.socket().shutdown(socket.SHUT_RDWR)
        calls["all"] += 1
        return real(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(ImapMailbox, "file_away", cut)
    fetched = fetch_letters(office.bureau)
    assert fetched.filed == after
    assert "重试" in fetched.faults[0]
    monkeypatch.setattr(ImapMailbox, "file_away", real)
    assert fetch_letters(office.bureau) == Fetched(0, 4 - after, ())
    assert folder_of(dovecot, user, "已处理") == 4


def test_a_letter_too_large_is_told_of_from_its_headers(at, dovecot):
    box = inbox(dovecot, "large").model_copy(update={"max_bytes": 100_000})
    office = at(box)
    dovecot.deliver("large", plain_letter("li@firm.example", "生活补贴申报", "大" * 100_000), asks(1))
    office.round()
    big, small = office.letters()
    assert (big.outcome, big.sender, big.subject) == (LetterOutcome.OVERSIZE, "li@firm.example", "生活补贴申报")
    assert len(office.bureau.blobs.get(big.sha256)) < 2_000
    assert small.outcome == LetterOutcome.STATUS_ANSWERED
    assert len(office.mails("container_unsupported")) == 1
