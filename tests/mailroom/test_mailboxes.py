"""Letters are fetched once and lost never: from a real Dovecot, and from a folder of files."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from imapclient import IMAPClient

from jucai.clock import SHANGHAI
from jucai.mailroom.folderbox import EmlFolderMailbox
from jucai.mailroom.imap import ImapAccount, ImapMailbox
from jucai.mailroom.mailbox import (
    FolderMissingError,
    LoginRefusedError,
    RawLetter,
    ServerUnreachableError,
    TlsNotVerifiedError,
    Tray,
    Watermark,
)
from jucai.mailroom.oauth import Grant, RefreshedTokens
from jucai.mailroom.parsing import parse_letter
from tests.mailroom.dovecot import Server, running_dovecot
from tests.mailroom.letters import application, plain


@pytest.fixture(scope="module")
def dovecot(dovecot_path: Path) -> Iterator[Server]:
    with running_dovecot(dovecot_path) as server:
        yield server


def fetch(account: ImapAccount, mark: Watermark | None = None) -> list[RawLetter]:
    with ImapMailbox(account) as mailbox:
        return list(mailbox.fetch_new(mark))


# ---- IMAP


@pytest.mark.dovecot
def test_new_letters_are_fetched_once_and_byte_for_byte(dovecot: Server) -> None:
    letters = [application(message_id=f"<{n}@qq.example>") for n in range(3)]
    dovecot.deliver("once", *letters)
    first = fetch(dovecot.user("once"))
    assert [item.data for item in first] == letters
    assert [item.size for item in first] == [len(item) for item in letters]
    assert all(item.internal_date.utcoffset() == timedelta(hours=8) for item in first)
    assert fetch(dovecot.user("once"), first[-1].mark) == []  # "UID 4:*" names the last old letter
    dovecot.deliver("once", plain("新的"))
    assert [item.uid for item in fetch(dovecot.user("once"), first[-1].mark)] == [4]
    assert [item.uid for item in fetch(dovecot.user("once"), first[0].mark)] == [2, 3, 4]


@pytest.mark.dovecot
def test_fetching_changes_nothing_in_the_mailbox(dovecot: Server) -> None:
    dovecot.deliver("unseen", application())
    fetch(dovecot.user("unseen"))
    client = dovecot.client("unseen")
    client.select_folder("INBOX", readonly=True)
    assert rb"\Seen" not in client.get_flags([1])[1]
    client.logout()


@pytest.mark.dovecot
def test_a_letter_too_large_is_named_but_not_loaded(dovecot: Server) -> None:
    dovecot.deliver("large", plain("小"), plain("大" * 50_000))
    small, large = fetch(replace(dovecot.user("large"), max_bytes=100_000))
    assert small.data is not None
    assert (large.data, large.size > 100_000) == (None, True)


@pytest.mark.dovecot
def test_many_letters_come_in_order_whatever_their_sizes(dovecot: Server) -> None:
    letters = [plain("x" * (n % 7) * 100_000, message_id=f"<{n}@x.example>") for n in range(60)]
    dovecot.deliver("many", *letters)
    found = fetch(dovecot.user("many"))
    assert [item.uid for item in found] == list(range(1, 61))
    assert [item.data for item in found] == letters


@pytest.mark.dovecot
def test_a_folder_made_anew_is_read_from_the_start(dovecot: Server) -> None:
    account = replace(dovecot.user("anew"), folder="申报")
    client = dovecot.client("anew")
    client.create_folder("申报")
    client.append("申报", plain("旧"))
    (old,) = fetch(account)
    client.delete_folder("申报")
    time.sleep(1.1)  # UIDVALIDITY is a time in seconds
    client.create_folder("申报")
    client.append("申报", plain("新"))
    client.logout()
    (new,) = fetch(account, old.mark)
    assert parse_letter(new.data or b"").body_text == "新"
    assert new.uid == old.uid
    assert new.uidvalidity != old.uidvalidity


@pytest.mark.dovecot
@pytest.mark.parametrize("tray", list(Tray))
def test_a_letter_is_filed_into_a_chinese_folder_made_at_need(dovecot: Server, tray: Tray) -> None:
    user = f"file{tray.name.lower()}"
    dovecot.deliver(user, plain("一"), plain("二"))
    with ImapMailbox(dovecot.user(user)) as mailbox:
        first, second = list(mailbox.fetch_new(None))
        assert mailbox.file_away([first.uid], first.uidvalidity, tray) == frozenset()
        assert mailbox.file_away([first.uid], first.uidvalidity, tray) == {first.uid}
        assert mailbox.file_away([second.uid], second.uidvalidity + 1, tray) == {second.uid}
        assert [item.uid for item in mailbox.fetch_new(None)] == [second.uid]
    (filed,) = fetch(replace(dovecot.user(user), folder=str(tray)))
    assert filed.data == first.data


@pytest.mark.dovecot
@pytest.mark.parametrize("move", [True, False])
def test_many_are_filed_by_one_command_and_those_that_are_gone_are_named(
    dovecot: Server, monkeypatch: pytest.MonkeyPatch, *, move: bool
) -> None:
    user = f"together{move}".lower()
    dovecot.deliver(user, *[plain(str(n)) for n in range(12)])
    real = IMAPClient.has_capability
    monkeypatch.setattr(IMAPClient, "has_capability", lambda self, name: (move or name != "MOVE") and real(self, name))
    with ImapMailbox(dovecot.user(user)) as mailbox:
        first = next(iter(mailbox.fetch_new(None)))
        assert mailbox.file_away([2, 3], first.uidvalidity, Tray.NONE) == frozenset()
        assert mailbox.file_away(range(1, 11), first.uidvalidity, Tray.DONE) == {2, 3}
        assert [item.uid for item in mailbox.fetch_new(None)] == [11, 12]
    assert len(fetch(replace(dovecot.user(user), folder="已处理"))) == 8


@pytest.mark.dovecot
def test_without_move_only_this_letter_is_expunged(dovecot: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    dovecot.deliver("copy", plain("一"), plain("二"), plain("三"))
    client = dovecot.client("copy")
    client.select_folder("INBOX")
    client.add_flags([2], [rb"\Deleted"])  # another program's, not ours to destroy
    client.logout()
    real = IMAPClient.has_capability
    monkeypatch.setattr(IMAPClient, "has_capability", lambda self, name: name != "MOVE" and real(self, name))
    with ImapMailbox(dovecot.user("copy")) as mailbox:
        letters = list(mailbox.fetch_new(None))
        mailbox.file_away([1], letters[0].uidvalidity, Tray.DONE)
        assert [item.uid for item in mailbox.fetch_new(None)] == [2, 3]


@pytest.mark.dovecot
def test_letters_may_be_filed_while_others_are_still_being_fetched(dovecot: Server) -> None:
    dovecot.deliver("mixed", *[plain(str(n)) for n in range(120)])
    seen = []
    with ImapMailbox(dovecot.user("mixed")) as mailbox:
        for item in mailbox.fetch_new(None):
            seen.append(item.uid)
            if item.uid % 3 == 0:
                mailbox.file_away([item.uid], item.uidvalidity, Tray.DONE)
    assert seen == list(range(1, 121))
    assert len(fetch(dovecot.user("mixed"))) == 80


@pytest.mark.dovecot
def test_a_letter_moved_away_by_a_person_meanwhile_is_passed_over(dovecot: Server) -> None:
    dovecot.deliver("vanish", *[plain(str(n)) for n in range(60)])
    with ImapMailbox(dovecot.user("vanish")) as mailbox:
        letters = mailbox.fetch_new(None)
        first = next(letters)
        client = dovecot.client("vanish")
        client.select_folder("INBOX")
        client.delete_messages([55])
        client.uid_expunge([55])
        client.logout()
        rest = [item.uid for item in letters]
    assert [first.uid, *rest] == [uid for uid in range(1, 61) if uid != 55]


@pytest.mark.dovecot
@pytest.mark.parametrize("step", ["search", "sizes", "bodies", "filing"])
def test_a_line_that_breaks_at_any_step_is_named_and_the_next_poll_loses_nothing(dovecot: Server, step: str) -> None:
    user = f"cut{step}"
    dovecot.deliver(user, *[plain(str(n)) for n in range(60)])
    fetched: list[RawLetter] = []
    cut_after = {"search": 0, "sizes": 1, "filing": 3, "bodies": 50}[step]

    def poll(mailbox: ImapMailbox) -> None:
        assert mailbox._client is not None
        for item in mailbox.fetch_new(None) if cut_after else iter(()):
            fetched.append(item)
            if len(fetched) == cut_after:
                mailbox._client.socket().shutdown(socket.SHUT_RDWR)
                if step == "filing":
                    mailbox.file_away([item.uid], item.uidvalidity, Tray.DONE)
        mailbox._client.socket().shutdown(socket.SHUT_RDWR)
        list(mailbox.fetch_new(None))

    with ImapMailbox(dovecot.user(user)) as mailbox, pytest.raises(ServerUnreachableError, match="稍后会自动重试"):
        poll(mailbox)
    assert len(fetched) == {"sizes": 50}.get(step, cut_after)
    mark = fetched[-1].mark if fetched else None
    rest = fetch(dovecot.user(user), mark)
    assert [item.uid for item in fetched + rest] == list(range(1, 61))


@pytest.mark.dovecot
def test_a_wrong_password_a_strange_certificate_and_a_missing_folder_are_named(dovecot: Server) -> None:
    with pytest.raises(LoginRefusedError, match="授权码"):
        fetch(replace(dovecot.account, password="wrong"))
    with pytest.raises(TlsNotVerifiedError, match="证书未通过验证"):
        fetch(replace(dovecot.account, cafile=None))
    with pytest.raises(FolderMissingError, match="没有文件夹“不存在”"):
        fetch(replace(dovecot.account, folder="不存在"))


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(ServerUnreachableError, match="连接不上"):
        fetch(ImapAccount("127.0.0.1", "x", "y", port=1, timeout=5))


@pytest.mark.dovecot
def test_the_server_s_word_of_new_mail_wakes_us_early(dovecot: Server) -> None:
    with ImapMailbox(dovecot.user("idle")) as mailbox:
        assert not mailbox.wait(0.2)
        dovecot.deliver("idle", plain("x"))
        assert mailbox.wait(1)
        assert len(list(mailbox.fetch_new(None))) == 1


@pytest.mark.dovecot
def test_a_line_that_dies_while_waiting_is_named_and_never_taken_for_silence(dovecot: Server) -> None:
    """`idle_check` would answer nothing, for ever."""
    with ImapMailbox(dovecot.user("idledead")) as mailbox:
        assert mailbox._client is not None
        cut = threading.Timer(0.3, mailbox._client.socket().shutdown, [socket.SHUT_RDWR])
        cut.start()
        with pytest.raises(ServerUnreachableError):
            mailbox.wait(2)
        cut.join()


@pytest.mark.dovecot
def test_waiting_is_only_a_hint_what_comes_unheard_is_found_by_the_next_poll(dovecot: Server) -> None:
    with ImapMailbox(dovecot.user("unheard")) as mailbox:
        dovecot.deliver("unheard", plain("x"))
        found = list(mailbox.fetch_new(None))
        assert len(found) == 1
        assert not mailbox.wait(0.2)


def test_passwords_never_stand_in_what_is_printed() -> None:
    assert "geheim" not in repr(
        ImapAccount("h", "u", "geheim", tokens=RefreshedTokens(Grant("https://x", "id", "geheim", "geheim")))
    )


# ---- a folder of files


def test_files_are_letters_in_the_order_they_came(tmp_path: Path) -> None:
    for number, name in enumerate(["乙.eml", "甲.eml"]):
        (tmp_path / name).write_bytes(plain(name))
        os.utime(tmp_path / name, (1_800_000_000 + number,) * 2)
    (tmp_path / "说明.txt").write_text("x", encoding="utf-8")
    with EmlFolderMailbox(tmp_path) as mailbox:
        first, second = list(mailbox.fetch_new(None))
        assert parse_letter(first.data or b"").body_text == "乙.eml"
        assert first.internal_date.tzinfo is SHANGHAI
        assert list(mailbox.fetch_new(second.mark)) == []
        assert [item.uid for item in mailbox.fetch_new(first.mark)] == [second.uid]


def test_a_file_that_comes_late_with_an_old_date_is_still_new(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(plain("a"))
    with EmlFolderMailbox(tmp_path) as mailbox:
        (first,) = list(mailbox.fetch_new(None))
        (tmp_path / "b.eml").write_bytes(plain("b"))
        os.utime(tmp_path / "b.eml", (1_000_000_000,) * 2)
        assert [parse_letter(item.data or b"").body_text for item in mailbox.fetch_new(first.mark)] == ["b"]


def test_filing_moves_the_file_and_keeps_both_of_one_name(tmp_path: Path) -> None:
    with EmlFolderMailbox(tmp_path) as mailbox:
        for text in ("一", "二"):
            (tmp_path / "a.eml").write_bytes(plain(text))
            (item,) = list(mailbox.fetch_new(None))
            assert mailbox.file_away([item.uid], item.uidvalidity, Tray.HUMAN) == frozenset()
            assert mailbox.file_away([item.uid], item.uidvalidity, Tray.HUMAN) == {item.uid}
    filed = {parse_letter(path.read_bytes()).body_text for path in (tmp_path / "待人工").iterdir()}
    assert filed == {"一", "二"}


def test_a_number_is_never_given_twice(tmp_path: Path) -> None:
    with EmlFolderMailbox(tmp_path) as mailbox:
        (tmp_path / "a.eml").write_bytes(plain("a"))
        (first,) = list(mailbox.fetch_new(None))
        (tmp_path / "a.eml").unlink()
        (tmp_path / "b.eml").write_bytes(plain("b"))
        (second,) = list(mailbox.fetch_new(first.mark))
        assert second.uid > first.uid


def test_a_file_too_large_is_named_but_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(plain("a" * 5_000))
    with EmlFolderMailbox(tmp_path, max_bytes=1_000) as mailbox:
        (item,) = list(mailbox.fetch_new(None))
        assert item.data is None


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FolderMissingError, match="没有文件夹"), EmlFolderMailbox(tmp_path / "x"):
        pass
