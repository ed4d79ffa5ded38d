"""What the mailroom does in a second, beside the named floor: stdlib `email` with compat32.

Letters of about 400 KB as they come in: QQ with two bodies and a PDF, 163 with raw GBK headers and several files,
pictures of scanned pages. Parsed and sorted on one core; fetched, kept, sorted and filed through a real Dovecot, if
there is one; 1,000 notices handed over one connection, bare and with all that is written down about each; and what a
poll costs in a mailbox of a hundred and of three thousand letters. Run: `make bench BENCH=mailroom ARGS=taking-in`
(or reading, sending, polling; all without ARGS).
"""

import email
import imaplib
import json
import os
import random
import shutil
import smtplib
import socket
import sqlite3
import ssl
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from email.utils import parsedate_to_datetime
from pathlib import Path

from sqlmodel import select

from jucai.casework.delivering import deliver
from jucai.casework.mailboxes import mailbox_name
from jucai.casework.spooling import fetch_letters
from jucai.casework.triage import sort_letters
from jucai.clock import FixedClock
from jucai.mailroom.imap import ImapMailbox
from jucai.mailroom.kinds import SortingContext
from jucai.mailroom.outgoing import Correspondent, Enclosure, OutgoingMail, build_message
from jucai.mailroom.parsing import parse_letter
from jucai.mailroom.postman import Envelope, Postman, SendState, SmtpAccount
from jucai.mailroom.sorting import sort_letter
from jucai.settings import ROOT, Inbox, Settings, Smtp
from jucai.store.bureau import Bureau, open_bureau
from jucai.store.database import reading, transaction
from jucai.store.migrations import upgrade
from jucai.store.outbox import queue_mail
from models.effects import OutboxMail, OutboxState
from models.letters import Letter, LetterState, MailboxMark

sys.path.insert(0, str(ROOT))
from tests.mailroom.dovecot import Server, running_dovecot
from tests.mailroom.smtp_sink import running_sink

DICE = random.Random(20261119)  # noqa: S311 - the same letters each time
OFFICE = SortingContext(
    authserv_ids=frozenset({"mx.rcj.example"}),
    own_addresses=frozenset({"shouli@rcj.example"}),
    own_domains=frozenset({"rcj.example"}),
)
ROUNDS = 5
LETTERS = 60


def _lines(data: bytes) -> bytes:
    text = b64encode(data)
    return b"\r\n".join(text[at : at + 76] for at in range(0, len(text), 76))


def _word(text: str, charset: str) -> str:
    return f"=?{charset}?B?{b64encode(text.encode(charset)).decode()}?="


def _file(data: bytes, name: str, charset: str) -> bytes:
    word = _word(name, charset)
    head = (
        f'Content-Type: application/octet-stream; name="{word}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="{word}"\r\n\r\n'
    )
    return head.encode() + _lines(data)


def _text(text: str, kind: str, charset: str) -> bytes:
    head = f"Content-Type: text/{kind}; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + _lines(text.encode(charset))


def _letter(number: int, parts: list[bytes], subject: bytes, bare: bytes) -> bytes:
    head = (
        "Received: from a by mx.rcj.example; Thu, 19 Nov 2026 09:12:00 +0800\r\n"
        "Authentication-Results: mx.rcj.example; spf=pass smtp.mailfrom=qq.example;"
        " dmarc=pass header.from=qq.example\r\n"
        f"From: <a{number}@qq.example>\r\nTo: shouli@rcj.example\r\nMessage-ID: <{number}@qq.example>\r\n"
        'Content-Type: multipart/mixed; boundary="bnd"\r\n'
    ).encode()
    body = b"".join(b"--bnd\r\n" + part + b"\r\n" for part in parts)
    return head + b"Subject: " + subject + b"\r\n\r\n" + body + b"--bnd--\r\n" + bare


def letters(count: int) -> list[bytes]:
    """Letters of about 400 KB each, every file with bytes of its own, as strangers' files have."""
    pdf = b"%PDF-1.4\n" + DICE.randbytes(290_000)
    jpg = b"\xff\xd8\xff\xe0" + DICE.randbytes(145_000)
    words = (
        "老师好，附件是我的申报表，请查收。\n张三\n\n------------------ 原始邮件 ------------------\n发件人: x\n"
        + "说明" * 400
    )
    made = []
    for number in range(count):
        raw = number % 2
        charset = "gb18030" if raw else "utf-8"
        subject = "人才补贴申报材料（李龑）".encode("gb18030") if raw else _word("人才补贴申报材料", charset).encode()
        files = (
            [_file(pdf + str(number).encode(), f"申报表{number}.pdf", charset)]
            if number % 3
            else [_file(jpg + f"{number}.{n}".encode(), f"第{n}页.jpg", charset) for n in (1, 2)]
        )
        html = f"<div>{words.replace(chr(10), '</div><div>')}</div>"
        made.append(
            _letter(number, [_text(words, "plain", charset), _text(html, "html", charset), *files], subject, b"")
        )
    return made


def per_second(work: Callable[[bytes], object], mails: list[bytes]) -> float:
    """The best of some rounds, in letters per second of CPU time."""
    return len(mails) / min(_timed(work, mails) for _ in range(ROUNDS))


def _timed(work: Callable[[bytes], object], mails: list[bytes]) -> float:
    started = time.process_time()
    for mail in mails:
        work(mail)
    return time.process_time() - started


def outgoing() -> OutgoingMail:
    """A notice with both bodies and a PDF of 60 KB."""
    return OutgoingMail(
        message_id="<AQ-SUB-2026-000123.ack.1@rcj.example>",
        sender=Correspondent("市人才局", "shouli@rcj.example"),
        to=(Correspondent("张三", "zhangsan@qq.example"),),
        subject="受理通知 AQ-SUB-2026-000123",
        text="您的申请已受理。" * 20,
        html="<p>您的申请已受理。</p>" * 20,
        date=parsedate_to_datetime("Thu, 19 Nov 2026 09:12:00 +0800"),
        enclosures=(Enclosure("受理通知书.pdf", DICE.randbytes(60_000)),),
    )


def floor(mail: bytes) -> None:
    """What the standard library's fast parser needs to decode all parts: it gets many of them wrong."""
    for part in email.message_from_bytes(mail).walk():
        part.get_payload(decode=True)


NOTICES = 1_000
FILED = 180
POLLS = 20
COMMITS = 300
AGES = (100, 1_000, 10_000)
RATIOS = {
    "parsed_and_sorted_per_s": "floor_stdlib_compat32_per_s",
    "notices_handed_over_per_s": "floor_smtplib_without_nagle_per_s",
    "notices_delivered_per_s": "floor_smtplib_without_nagle_per_s",
    "dovecot_spooled_and_filed_per_s": "floor_imaplib_fetch_and_move_per_s",
    "dovecot_all_per_s": "floor_imaplib_fetch_and_move_per_s",
}
ENTRY = {"password": "right"}
NOW = parsedate_to_datetime("Mon, 23 Nov 2026 10:00:00 +0800")


def _bureau(home: Path, **more: object) -> Bureau:
    settings = Settings.model_validate(
        {"home": home, "secret": "x" * 40, "address": "shouli@rcj.example", "authserv_id": "mx.rcj.example", **more}
    )
    upgrade(settings.database_url)
    return open_bureau(settings, FixedClock(NOW))


def imap_floor(server: Server, mails: list[bytes]) -> float:
    """Letters a second where imaplib alone fetches each, writes it to a file, and moves it: no row, no fsync."""
    server.deliver("floor", *mails)
    account = server.account
    context = ssl.create_default_context(cafile=str(account.cafile))
    with (
        tempfile.TemporaryDirectory() as folder,
        imaplib.IMAP4_SSL("localhost", account.port, ssl_context=context) as box,
    ):
        box.login("floor", ENTRY["password"])
        box.create("done")
        box.select("INBOX")
        started = time.perf_counter()
        for uid in box.uid("search", "ALL")[1][0].split():
            answer = box.uid("fetch", uid, "(BODY.PEEK[])")[1]
            (Path(folder) / uid.decode()).write_bytes(answer[0][1])
            box.uid("move", uid, "done")
        return len(mails) / (time.perf_counter() - started)


def through_dovecot(server: Server, home: Path, mails: list[bytes]) -> dict[str, float]:
    """Letters a second fetched, kept, sorted and filed: everything up to the reading of documents."""
    server.deliver("bench", *mails)
    account = server.account
    inbox = Inbox(host=account.host, port=account.port, username="bench", cafile=account.cafile, **ENTRY)
    bureau = _bureau(home, inboxes=(inbox,))
    started = time.perf_counter()
    fetched = fetch_letters(bureau)
    kept = time.perf_counter()
    sort_letters(bureau, limit=len(mails))
    sorted_ = time.perf_counter()
    with transaction(bureau.engine) as session:  # as if their documents were read: that is another bench's matter
        for letter in session.exec(select(Letter).where(Letter.state == LetterState.READING)):
            letter.state, letter.outcome = LetterState.DONE, "case_opened"
            session.add(letter)
    filing = time.perf_counter()
    filed = fetch_letters(bureau)
    ended = time.perf_counter()
    assert (fetched.new, filed.filed) == (len(mails), len(mails)), (fetched, filed)
    seconds = {"spooled": kept - started, "sorted": sorted_ - kept, "filed": ended - filing}
    figures = {f"dovecot_{name}_per_s": len(mails) / spent for name, spent in seconds.items()}
    without_sorting = seconds["spooled"] + seconds["filed"]
    return figures | {
        "dovecot_spooled_and_filed_per_s": len(mails) / without_sorting,
        "dovecot_all_per_s": len(mails) / sum(seconds.values()),
    }


def poll_cost(server: Server, home: Path, age: int) -> float:
    """Milliseconds of one poll that finds nothing new, in a mailbox of `age` letters all of which are known."""
    user = f"age{age}"
    with ImapMailbox(server.user(user)):
        pass  # the first visit makes the folder
    folder = server.base / "mail" / user / "cur"
    for number in range(age):
        path = folder / f"{1_700_000_000 + number}.M{number}.bench:2,S"
        path.write_bytes(f"Subject: {number}\r\nMessage-ID: <{number}@x>\r\n\r\nx".encode())
        shutil.chown(path, folder.owner(), folder.group())
    account = server.account
    inbox = Inbox(host=account.host, port=account.port, username=user, cafile=account.cafile, **ENTRY)
    bureau = _bureau(home, inboxes=(inbox,))
    host, name, place = mailbox_name(inbox)
    with ImapMailbox(server.user(user)) as box:
        marks = [one.mark for one in box.fetch_new(None)]
    assert len(marks) == age
    with transaction(bureau.engine) as session:
        where = {"host": host, "username": name, "folder": place, "uidvalidity": marks[-1].uidvalidity}
        done = {"state": LetterState.DONE, "outcome": "no_form", "filed_to": "已处理", "sha256": "0" * 64, "size": 1}
        session.add(MailboxMark(**where, last_uid=marks[-1].uid))
        session.add_all(Letter(**where, **done, uid=mark.uid, received_at=NOW) for mark in marks)
    assert fetch_letters(bureau).new == 0
    spent = []
    for _ in range(POLLS):
        started = time.perf_counter()
        fetch_letters(bureau)
        spent.append(time.perf_counter() - started)
    return sorted(spent)[POLLS // 2] * 1_000


def notices(home: Path, notice: bytes) -> dict[str, float]:
    """A thousand notices over one connection each time: by smtplib alone, by our postman, and with every step kept."""
    with running_sink(home) as (account, mails_of_a_connection):
        floors = {}
        for name, nodelay in (("as_it_comes", 0), ("without_nagle", 1)):
            floors[f"floor_smtplib_{name}_per_s"] = NOTICES / smtp_floor(account, notice, nodelay)
            assert mails_of_a_connection() == NOTICES
        started = time.perf_counter()
        with Postman(account) as postman:
            for number in range(NOTICES):
                to = (f"a{number}@qq.example",)
                assert postman.send(Envelope("shouli@rcj.example", to, notice)).state is SendState.SENT
        handed = time.perf_counter() - started
        assert mails_of_a_connection() == NOTICES
        bureau = _bureau(home / "office", smtp=_smtp(account))
        sha256 = bureau.blobs.put(notice)
        with transaction(bureau.engine) as session:
            for number in range(NOTICES):
                mail = queue_mail(
                    session, bureau, kind="status", recipient=f"a{number}@qq.example", reference=f"n{number}", now=NOW
                )
                mail.state, mail.sha256 = OutboxState.READY, sha256
                session.add(mail)
        started = time.perf_counter()
        done = deliver(bureau, limit=NOTICES)
        whole = time.perf_counter() - started
        assert (done.sent, mails_of_a_connection()) == (NOTICES, NOTICES), done
        with reading(bureau.engine) as session:
            assert {mail.state for mail in session.exec(select(OutboxMail))} == {OutboxState.SENT}
    return {
        **floors,
        "notices_handed_over_per_s": NOTICES / handed,
        "notices_delivered_per_s": NOTICES / whole,
        "floor_commits_per_s": commits(home / "commits.sqlite"),
    }


def smtp_floor(account: SmtpAccount, notice: bytes, nodelay: int) -> float:
    """Seconds smtplib alone takes for all notices; it leaves Nagle's algorithm on."""
    started = time.perf_counter()
    context = ssl.create_default_context(cafile=str(account.cafile))
    with smtplib.SMTP_SSL(account.host, account.port, context=context) as server:
        server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, nodelay)
        for number in range(NOTICES):
            server.sendmail("shouli@rcj.example", f"a{number}@qq.example", notice)
    return time.perf_counter() - started


def commits(path: Path) -> float:
    """How often a second this disk lets SQLite keep one row for good: each mail needs that once."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE kept (at INTEGER)")
        started = time.perf_counter()
        for number in range(COMMITS):
            database.execute("INSERT INTO kept VALUES (?)", (number,))
        return COMMITS / (time.perf_counter() - started)


def _smtp(account: SmtpAccount) -> Smtp:
    return Smtp(host=account.host, port=account.port, cafile=account.cafile)


def reading_letters() -> dict[str, float]:
    """Letters and notices a second of CPU time, without any mailbox."""
    mails, notice = letters(LETTERS), outgoing()
    works: dict[str, Callable[[bytes], object]] = {
        "floor_stdlib_compat32_per_s": floor,
        "parsed_per_s": parse_letter,
        "parsed_and_sorted_per_s": lambda mail: sort_letter(parse_letter(mail), OFFICE),
        "built_per_s": lambda _: build_message(notice),
    }
    figures: dict[str, float] = {"letter_kb": round(sum(map(len, mails)) / len(mails) / 1000)}
    return figures | {name: per_second(work, mails) for name, work in works.items()}


def sending() -> dict[str, float]:
    """Notices a second out of the house."""
    with tempfile.TemporaryDirectory() as folder:
        return notices(Path(folder), build_message(outgoing()))


def taking_in() -> dict[str, float]:
    """Letters a second through Dovecot."""
    with tempfile.TemporaryDirectory() as folder, dovecot() as server:
        strangers = letters(FILED)
        figures = {"floor_imaplib_fetch_and_move_per_s": imap_floor(server, strangers)}
        return figures | through_dovecot(server, Path(folder), strangers)


def polling() -> dict[str, float]:
    """Milliseconds a poll, by the age of the mailbox."""
    with tempfile.TemporaryDirectory() as folder, dovecot() as server:
        return {f"poll_ms_of_{age}_letters": poll_cost(server, Path(folder) / str(age), age) for age in AGES}


def dovecot() -> AbstractContextManager[Server]:
    """A Dovecot of our own; ends the run where there is none."""
    path = Path(shutil.which("dovecot") or "/usr/sbin/dovecot")
    if not path.exists():
        raise SystemExit("no Dovecot here: apt-get install dovecot-imapd")
    return running_dovecot(path)


PARTS: dict[str, Callable[[], dict[str, float]]] = {
    "reading": reading_letters,
    "sending": sending,
    "taking-in": taking_in,
    "polling": polling,
}


def main() -> None:
    """Measure the parts named on the command line, or all, and print each as it is known."""
    all_of_it: dict[str, float] = {}
    for part in sys.argv[1:] or PARTS:
        figures = PARTS[part]()
        for name, of in RATIOS.items():
            if name in figures:
                figures[f"{name.removesuffix('_per_s')}_share_of_floor"] = figures[name] / figures[of]
        for name, value in figures.items():
            print(f"{name:42} {value:>10.2f}")
        print(f"load of the machine after {part}: {os.getloadavg()[0]:.1f}", flush=True)
        all_of_it |= figures
    print(json.dumps({"bench": "mailroom", **{name: round(value, 2) for name, value in all_of_it.items()}}))


if __name__ == "__main__":
    main()
