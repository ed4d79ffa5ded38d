import contextlib
import socket
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imapclient import imap_utf7
from imapclient.exceptions import IMAPClientError, LoginError

from jucai.demo.mailserver import ImapSession
from jucai.demo.mailserver.imap_wire import Arguments, SequenceSet, decode_utf7, encode_utf7
from tests.demo.running import RunningMail, StartMail

LETTER = b"From: a@qq.example\r\nSubject: x\r\nMessage-ID: <one@qq.example>\r\n\r\nhello\r\n"
MULTIPART = (
    b'From: =?gbk?B?1cXI/Q==?= <a@qq.example>\r\nTo: shouli@rcj.example, "B, C" <b@rcj.example>\r\n'
    b'Subject: \xc9\xea\xb1\xa8\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b 1"\r\n\r\n'
    b"preamble\r\n"
    b"--b 1\r\nContent-Type: text/plain; charset=gbk\r\n\r\n\xc4\xfa\xba\xc3\r\n"
    b"--b 1\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n"
    b"Content-Type: multipart/alternative; boundary=i\r\n\r\n"
    b"--i\r\n\r\nplain\r\n--i\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--i--\r\n"
    b'--b 1\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment; filename="a.pdf"\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--b 1--\r\nepilogue\r\n"
)


def test_a_new_box_is_empty_and_says_so(mail: RunningMail) -> None:
    with mail.reader("new@rcj.example", folder=None) as reader:
        answer = reader.select_folder("INBOX")
        assert (answer[b"EXISTS"], answer[b"UIDNEXT"], answer[b"READ-WRITE"]) == (0, 1, True)
        assert reader.search("ALL") == []
        assert reader.search(["UID", "1:*"]) == []


def test_the_range_past_the_end_gives_the_last_old_letter_as_everywhere(mail: RunningMail) -> None:
    for _ in range(3):
        mail.post(LETTER)
    with mail.reader() as reader:
        assert reader.search(["UID", "9:*"]) == [3]
        assert reader.search(["UID", "2:*"]) == [2, 3]
        assert reader.search(["UID", "1,3,7"]) == [1, 3]


def test_peeking_leaves_a_letter_unread_and_reading_does_not(mail: RunningMail) -> None:
    mail.post(LETTER)
    with mail.reader() as reader:
        assert reader.fetch([1], ["BODY.PEEK[]"])[1][b"BODY[]"].endswith(LETTER)
        assert reader.search("UNSEEN") == [1]
        assert b"\\Seen" in reader.fetch([1], ["BODY[TEXT]"])[1][b"FLAGS"]
        assert reader.search("UNSEEN") == []
        reader.select_folder("INBOX", readonly=True)
        with pytest.raises(IMAPClientError, match="READ-ONLY"):
            reader.remove_flags([1], ["\\Seen"])


def test_parts_of_a_letter_can_be_read_alone(mail: RunningMail) -> None:
    mail.post(MULTIPART)
    wanted = {
        "BODY.PEEK[HEADER]": MULTIPART.split(b"\r\n\r\n")[0] + b"\r\n\r\n",
        "BODY.PEEK[TEXT]": MULTIPART.partition(b"\r\n\r\n")[2],
        "BODY.PEEK[1]": b"\xc4\xfa\xba\xc3",
        "BODY.PEEK[1.MIME]": b"Content-Type: text/plain; charset=gbk\r\n\r\n",
        "BODY.PEEK[2.HEADER]": b"Subject: inner\r\nContent-Type: multipart/alternative; boundary=i\r\n\r\n",
        "BODY.PEEK[2.1]": b"plain",
        "BODY.PEEK[2.2]": b"<p>html</p>",
        "BODY.PEEK[3]": b"JVBERg==",
        "BODY.PEEK[2.HEADER.FIELDS (SUBJECT)]": b"Subject: inner\r\n\r\n",
        "BODY.PEEK[1.1]": b"",
        "BODY.PEEK[4]": b"",
        "BODY.PEEK[HEADER.FIELDS (subject x-none)]": b"Subject: \xc9\xea\xb1\xa8\r\n\r\n",
    }
    with mail.reader() as reader:
        for item, expected in wanted.items():
            answer = reader.fetch([1], [item])[1]
            name = next(key for key in answer if key.startswith(b"BODY["))
            got = answer[name]
            if item == "BODY.PEEK[HEADER]":
                assert got.endswith(expected)
            else:
                assert got == expected, item
        whole = reader.fetch([1], ["BODY.PEEK[]"])[1][b"BODY[]"]
        assert reader.fetch([1], ["BODY.PEEK[]<10.25>"])[1][b"BODY[]<10>"] == whole[10:35]
        assert reader.fetch([1], ["BODY.PEEK[]<999999.5>"])[1][b"BODY[]<999999>"] == b""
        answer = reader.fetch([1], ["RFC822.SIZE", "INTERNALDATE", "ENVELOPE", "BODYSTRUCTURE"])[1]
    assert answer[b"RFC822.SIZE"] == len(whole)
    assert answer[b"ENVELOPE"].to[1].name == b"B, C"
    kinds = [part[1] for part in answer[b"BODYSTRUCTURE"][0]]
    assert kinds == [b"plain", b"rfc822", b"pdf"]


def test_flags_and_keywords_are_kept_and_told(mail: RunningMail) -> None:
    mail.post(LETTER)
    with mail.reader() as reader:
        assert reader.add_flags([1], ["\\flagged", "$Jucai"]) == {1: (b"$Jucai", b"\\Flagged")}
        assert reader.search(["KEYWORD", "$Jucai"]) == [1]
        assert reader.search(["UNKEYWORD", "$Jucai"]) == []
        assert reader.set_flags([1], ["$Other"]) == {1: (b"$Other",)}
        assert reader.remove_flags([1], ["$Other"], silent=True) is None
        assert reader.get_flags([1]) == {1: ()}
        with pytest.raises(IMAPClientError, match="flag"):
            reader.add_flags([1], ["\\Invented"])


def test_searching_by_date_header_size_and_text(mail: RunningMail) -> None:
    mail.post(LETTER)
    mail.post(MULTIPART)
    tomorrow = date.today() + timedelta(days=2)  # noqa: DTZ011  # a day of slack between zones
    with mail.reader() as reader:
        assert reader.search(["SINCE", date(2020, 1, 1)]) == [1, 2]
        assert reader.search(["SINCE", tomorrow]) == []
        assert reader.search(["BEFORE", tomorrow]) == [1, 2]
        assert reader.search(["HEADER", "Message-ID", "<one@qq.example>"]) == [1]
        assert reader.search(["NOT", "HEADER", "Message-ID", ""]) == [2]
        assert reader.search(["SUBJECT", "申报"], charset="UTF-8") == [2]
        assert reader.search(["FROM", "张三"], charset="UTF-8") == [2]
        assert reader.search(["BODY", "您好"], charset="UTF-8") == [2]
        assert reader.search(["OR", ["SMALLER", 500], ["SUBJECT", "none"], "UNDELETED"]) == [1]
        with pytest.raises(IMAPClientError, match="BADCHARSET"):
            reader.search(["SUBJECT", "x"], charset="KOI8-R")
        with pytest.raises(IMAPClientError, match="not known"):
            reader.search(["INVENTED", "x"])


def test_folders_with_chinese_names(mail: RunningMail) -> None:
    mail.post(LETTER)
    with mail.reader() as reader:
        for name in ("已办", "已办/2026年", "R&D 部门", 'quote " and \\'):
            reader.create_folder(name)
        assert {name for _, _, name in reader.list_folders()} == {
            "INBOX",
            "已办",
            "已办/2026年",
            "R&D 部门",
            'quote " and \\',
        }
        assert [name for _, _, name in reader.list_folders("", "%")].count("已办/2026年") == 0
        reader.rename_folder("已办", "办结")
        assert reader.folder_exists("办结/2026年")
        reader.copy([1], "办结/2026年")
        assert reader.folder_status("办结/2026年")[b"MESSAGES"] == 1
        with pytest.raises(IMAPClientError):
            reader.create_folder("inbox")
        first = reader.folder_status("办结/2026年", ["UIDVALIDITY"])[b"UIDVALIDITY"]
        reader.delete_folder("办结/2026年")
        reader.create_folder("办结/2026年")
        assert reader.folder_status("办结/2026年", ["UIDVALIDITY"])[b"UIDVALIDITY"] > first
        with pytest.raises(IMAPClientError, match="NONEXISTENT"):
            reader.select_folder("没有")


def test_moving_takes_only_what_was_named(mail: RunningMail) -> None:
    for _ in range(4):
        mail.post(LETTER)
    with mail.reader() as reader:
        reader.create_folder("已办")
        reader.add_flags([2], ["\\Deleted"])
        reader.move([1, 3], "已办")
        assert reader.search("ALL") == [2, 4]
        with pytest.raises(IMAPClientError, match="TRYCREATE"):
            reader.move([4], "没有")
        reader.uid_expunge([4])
        assert reader.search("ALL") == [2, 4]
        reader.expunge()
        assert reader.search("ALL") == [4]
        mail.post(LETTER)
        reader.noop()
        assert reader.search("ALL") == [4, 5]
        reader.select_folder("已办")
        assert reader.search("ALL") == [1, 2]
        assert reader.fetch([2], ["BODY.PEEK[]"])[2][b"BODY[]"].endswith(LETTER)


def test_appending_keeps_bytes_flags_and_date(mail: RunningMail) -> None:
    when = datetime(2024, 2, 29, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    with mail.reader() as reader:
        for raw in (LETTER, b"\x00\xff raw\r\n", b"L" * 200_000):
            answer = reader.append("INBOX", raw, flags=["\\Seen", "$K"], msg_time=when)
            assert b"APPENDUID" in answer
        reader.noop()
        got = reader.fetch([2], ["BODY.PEEK[]", "FLAGS", "INTERNALDATE"])[2]
        assert got[b"BODY[]"] == b"\x00\xff raw\r\n"
        assert got[b"FLAGS"] == (b"$K", b"\\Seen")
        assert got[b"INTERNALDATE"].astimezone(when.tzinfo) == when
        with pytest.raises(IMAPClientError, match="TRYCREATE"):
            reader.append("没有", LETTER)


def test_an_idle_session_hears_of_new_mail_flags_and_removals(mail: RunningMail) -> None:
    mail.post(LETTER)
    with mail.reader() as watcher, mail.reader() as other:
        watcher.idle()
        mail.post(LETTER)
        assert (2, b"EXISTS") in watcher.idle_check(timeout=30)
        other.add_flags([1], ["\\Flagged"])
        assert (1, b"FETCH", (b"UID", 1, b"FLAGS", (b"\\Flagged",))) in watcher.idle_check(timeout=30)
        other.add_flags([1], ["\\Deleted"])
        watcher.idle_check(timeout=30)
        other.expunge()
        assert (1, b"EXPUNGE") in watcher.idle_check(timeout=30)
        watcher.idle_done()
        assert watcher.search("ALL") == [2]
        with mail.reader(folder=None) as elsewhere:
            elsewhere.idle()
            elsewhere.idle_done()


def test_the_server_of_163_opens_nothing_to_a_client_that_did_not_say_who_it_is(start_mail: StartMail) -> None:
    with start_mail(imap_requires_id=True) as mail, mail.reader(folder=None) as reader:
        assert reader.list_folders()
        with pytest.raises(IMAPClientError, match="Unsafe Login"):
            reader.select_folder("INBOX")
        reader.id_({"name": "jucai", "version": "1"})
        assert reader.select_folder("INBOX")[b"EXISTS"] == 0


def test_a_wrong_password_opens_nothing(start_mail: StartMail) -> None:
    with start_mail(passwords={"shouli@rcj.example": "anything"}) as mail:
        with pytest.raises(LoginError), mail.reader("zhang@rcj.example"):
            pass
        with mail.reader() as reader:
            assert reader.search("ALL") == []


def test_many_sessions_at_once_each_see_every_letter(mail: RunningMail) -> None:
    seen: list[int] = []

    def read() -> None:
        with mail.reader() as reader:
            while len(uids := reader.search("ALL")) < 20:
                reader.idle()
                reader.idle_check(timeout=30)
                reader.idle_done()
            seen.append(len(reader.fetch(uids, ["BODY.PEEK[]"])))

    def write() -> None:
        for _ in range(5):
            mail.post(LETTER)

    threads = [threading.Thread(target=work) for work in [*[read] * 8, *[write] * 4]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert seen == [20] * 8


def test_a_connection_may_be_cut_in_the_middle_of_a_fetch(start_mail: StartMail) -> None:
    class Cut(ImapSession):
        async def do_fetch(self, _arguments: Arguments) -> str:
            self.state.send(b"* 1 FETCH (UID 1 BODY[] {500}\r\nhalf")
            await self.state.drain()
            self.state.writer.close()
            return ""

    with start_mail(session=Cut) as mail:
        mail.post(LETTER)
        with pytest.raises((IMAPClientError, OSError)), mail.reader() as reader:
            reader.fetch([1], ["BODY.PEEK[]"])
    with start_mail() as mail, mail.reader() as reader:
        assert reader.fetch([1], ["BODY.PEEK[]"])[1][b"BODY[]"].endswith(LETTER)


class Line:
    """An IMAP connection by hand, for what a client library would never send."""

    def __init__(self, mail: RunningMail) -> None:
        plain = socket.create_connection((mail.addresses.host, mail.addresses.imap_port), timeout=30)
        self._socket = mail.trust.wrap_socket(plain, server_hostname="localhost")
        self._file = self._socket.makefile("rb")
        self.read()

    def read(self) -> bytes:
        return self._file.readline()

    def ask(self, command: bytes, tag: bytes = b"t") -> bytes:
        return self.go_on(tag + b" " + command, tag)

    def go_on(self, text: bytes, tag: bytes = b"t") -> bytes:
        self._socket.sendall(text + b"\r\n")
        answer = b""
        while line := self.read():
            answer += line
            if line.startswith((tag + b" ", b"+ ")):
                break
        return answer

    def close(self) -> None:
        self._file.close()
        self._socket.close()


@pytest.fixture
def line(mail: RunningMail) -> Iterator[Line]:
    mail.post(LETTER)
    connection = Line(mail)
    yield connection
    connection.close()


def test_literals_of_both_kinds(line: Line) -> None:
    assert line.ask(b"LOGIN {18}") == b"+ Ready\r\n"
    assert line.go_on(b"shouli@rcj.example {3+}\r\nx y").startswith(b"t OK")
    assert line.ask(b"CREATE {6+}\r\n&XfI-x").startswith(b"t OK")
    assert b'"&XfI-x"' in line.ask(b'LIST "" *')


def test_what_is_no_command_is_answered_and_the_session_goes_on(line: Line) -> None:
    assert b"t BAD" in line.ask(b"SELECT INBOX")
    assert b"t OK" in line.ask(b"LOGIN shouli@rcj.example x")
    for wrong in (
        b"FETCH 1 (FLAGS)",
        b"NONSENSE",
        b"UID NOOP",
        b"SELECT",
        b"LIST (",
        b"STATUS INBOX MESSAGES",
        b"SELECT &Z-",
        b"LOGIN again x",
        b"_perform x",
        b'CREATE "unfinished',
    ):
        assert b"t BAD" in line.ask(wrong), wrong
    assert b"t OK" in line.ask(b"SELECT inbox")
    for wrong in (
        b"FETCH 2 FLAGS",
        b"FETCH 0 FLAGS",
        b"FETCH 1 (FLAGS",
        b"FETCH 1 BODY[1.]",
        b"FETCH 1 BODY[INVENTED]",
        b"FETCH x FLAGS",
        b"STORE 1 MOOD good",
        b"SEARCH " + b"(" * 500,
        b"SEARCH ON 31-Feb-2026",
    ):
        assert b"t BAD" in line.ask(wrong), wrong
    assert b"* 1 FETCH (FLAGS () UID 1)" in line.ask(b"FETCH 1 (FLAGS UID)")
    assert b"* 1 FETCH (UID 1 FLAGS ())" in line.ask(b"UID FETCH 9:* FLAGS")
    assert line.ask(b"UID FETCH 9 FLAGS").startswith(b"t OK")
    assert b"t OK" in line.ask(b"FETCH 1 ALL")
    assert b"* BYE" in line.ask(b"LOGOUT")


def test_too_long_a_line_or_literal_ends_the_session(mail: RunningMail, line: Line) -> None:
    assert b"* BYE" in line.ask(b"LOGIN {999999999+}")
    other = Line(mail)
    with contextlib.suppress(OSError):  # the server may hang up before it has heard all
        assert b"t " not in other.ask(b"NOOP" + b" x" * 70_000)
    other.close()
    with mail.reader() as reader:
        assert reader.search("ALL") == [1]


def test_an_expunge_elsewhere_does_not_move_numbers_under_a_fetch_by_number(mail: RunningMail, line: Line) -> None:
    mail.post(LETTER)
    line.ask(b"LOGIN shouli@rcj.example x")
    line.ask(b"SELECT INBOX")
    with mail.reader() as other:
        other.delete_messages([1])
        other.expunge()
    assert b"EXPUNGE" not in line.ask(b"FETCH 2 UID")
    assert b"* 2 FETCH (UID 2)" in line.ask(b"FETCH 1:2 (UID RFC822.HEADER)").replace(b" RFC822", b")|")
    assert b"* 1 EXPUNGE\r\n" in line.ask(b"NOOP")
    assert b"* 1 FETCH (UID 2)" in line.ask(b"FETCH 1 UID")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_folder_names_are_spelled_as_clients_spell_them(name: str) -> None:
    assert decode_utf7(encode_utf7(name)) == name
    assert imap_utf7.decode(encode_utf7(name)) == name
    assert decode_utf7(imap_utf7.encode(name)) == name


@given(st.lists(st.integers(1, 50), unique=True).map(sorted), st.integers(1, 60), st.none() | st.integers(1, 60))
def test_a_range_means_the_same_written_backwards(present: list[int], first: int, last: int | None) -> None:
    chosen = SequenceSet(((first, last),)).select(present)
    assert chosen == SequenceSet(((last, first),)).select(present)
    top = present[-1] if last is None and present else (last or 0)
    assert chosen == [n for n in present if min(first, top) <= n <= max(first, top)]
