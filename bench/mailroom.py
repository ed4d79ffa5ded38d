"""What the mailroom does in a second, beside the named floor: stdlib `email` with compat32.

Letters of about 400 KB as they come in: QQ with two bodies and a PDF, 163 with raw GBK headers and several files,
pictures of scanned pages. Parsed and sorted on one core; fetched, kept, sorted and filed through a real Dovecot, if
there is one; 1,000 notices handed over one connection, bare and with all that is written down about each; and what a
poll costs in a mailbox of a hundred and of three thousand letters. Run: `make bench BENCH=mailroom`.
"""

import email
import json
import random
import shutil
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from pathlib import Path

from sqlmodel import select

from jucai.casework.delivering import deliver
from jucai.casework.mailboxes import mailbox_name
from jucai.casework.spooling import fetch_letters
from jucai.casework.triage import sort_letters
from jucai.clock import FixedClock
from jucai.mailroom.imap import ImapAccount, ImapMailbox
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
from tests.mailroom.smtp_office import counting_office

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


def letters() -> list[bytes]:
    """The letters, about 400 KB each."""
    pdf = b"%PDF-1.4\n" + DICE.randbytes(290_000)
    jpg = b"\xff\xd8\xff\xe0" + DICE.randbytes(145_000)
    words = (
        "老师好，附件是我的申报表，请查收。\n张三\n\n------------------ 原始邮件 ------------------\n发件人: x\n"
        + "说明" * 400
    )
    made = []
    for number in range(LETTERS):
        raw = number % 2
        charset = "gb18030" if raw else "utf-8"
        subject = "人才补贴申报材料（李龑）".encode("gb18030") if raw else _word("人才补贴申报材料", charset).encode()
        files = (
            [_file(pdf, f"申报表{number}.pdf", charset)]
            if number % 3
            else [_file(jpg, f"第{n}页.jpg", charset) for n in (1, 2)]
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
ENTRY = {"password": "right"}
NOW = parsedate_to_datetime("Mon, 23 Nov 2026 10:00:00 +0800")


def _bureau(home: Path, **more: object) -> Bureau:
    settings = Settings.model_validate(
        {"home": home, "secret": "x" * 40, "address": "shouli@rcj.example", "authserv_id": "mx.rcj.example", **more}
    )
    upgrade(settings.database_url)
    return open_bureau(settings, FixedClock(NOW))


def through_dovecot(server: Server, home: Path, mails: list[bytes]) -> dict[str, float]:
    """Letters a second fetched, kept, sorted and filed: everything up to the reading of documents."""
    server.deliver(
        "bench", *[mail.replace(b"Message-ID: <", f"Message-ID: <{n}.".encode()) for n, mail in enumerate(mails)]
    )
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
    return figures | {"dovecot_all_per_s": len(mails) / sum(seconds.values())}


def poll_cost(server: Server, home: Path, age: int) -> float:
    """Milliseconds of one poll that finds nothing new, in a mailbox of `age` letters all of which are known."""
    user = f"age{age}"
    client = server.client(user)
    client.create_folder("旧信")
    for number in range(age):
        client.append("旧信", f"Subject: {number}\r\nMessage-ID: <{number}@x>\r\n\r\nx".encode())
    client.logout()
    account = server.account
    facts = {"host": account.host, "port": account.port, "cafile": account.cafile}
    inbox = Inbox.model_validate({**facts, **ENTRY, "username": user, "folder": "旧信"})
    bureau = _bureau(home, inboxes=(inbox,))
    host, name, folder = mailbox_name(inbox)
    with ImapMailbox(
        ImapAccount(account.host, user, "right", port=account.port, folder=folder, cafile=account.cafile)
    ) as box:
        marks = [one.mark for one in box.fetch_new(None)]
    with transaction(bureau.engine) as session:
        where = {"host": host, "username": name, "folder": folder, "uidvalidity": marks[-1].uidvalidity}
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
    """A thousand notices over one connection: handed over alone, and with every step written down before and after."""
    with counting_office(home) as (office, account):
        started = time.perf_counter()
        with Postman(account) as postman:
            for number in range(NOTICES):
                to = (f"a{number}@qq.example",)
                assert postman.send(Envelope("shouli@rcj.example", to, notice)).state is SendState.SENT
        bare = time.perf_counter() - started
        assert (office.connections, office.count) == (1, NOTICES)
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
        assert done.sent == NOTICES, done
        with reading(bureau.engine) as session:
            assert {mail.state for mail in session.exec(select(OutboxMail))} == {OutboxState.SENT}
    return {"notices_handed_over_per_s": NOTICES / bare, "notices_delivered_per_s": NOTICES / whole}


def _smtp(account: SmtpAccount) -> Smtp:
    return Smtp(host=account.host, port=account.port, cafile=account.cafile)


def main() -> None:
    """Measure and print."""
    mails = letters()
    notice = outgoing()
    works: dict[str, Callable[[bytes], object]] = {
        "floor_stdlib_compat32_per_s": floor,
        "parsed_per_s": parse_letter,
        "parsed_and_sorted_per_s": lambda mail: sort_letter(parse_letter(mail), OFFICE),
        "built_per_s": lambda _: build_message(notice),
    }
    figures: dict[str, float] = {"letter_kb": round(sum(map(len, mails)) / len(mails) / 1000)}
    figures |= {name: per_second(work, mails) for name, work in works.items()}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        figures |= notices(home, build_message(notice))
        path = shutil.which("dovecot") or "/usr/sbin/dovecot"
        if Path(path).exists():
            with running_dovecot(Path(path)) as server:
                figures |= through_dovecot(server, home / "dovecot", (mails * 3)[:FILED])
                for age in (100, 3_000):
                    figures[f"poll_ms_of_{age}_letters"] = poll_cost(server, home / str(age), age)
        else:
            print("no Dovecot here: apt-get install dovecot-imapd")
    for name, value in figures.items():
        print(f"{name:32} {value:>8.0f}")
    print(json.dumps({"bench": "mailroom", **{name: round(value, 1) for name, value in figures.items()}}))


if __name__ == "__main__":
    main()
