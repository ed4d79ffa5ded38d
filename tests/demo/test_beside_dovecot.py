"""The same letters and the same questions to Dovecot and to ours; where the standard leaves no choice, one answer."""

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from tests.demo.running import RunningMail

pytestmark = pytest.mark.dovecot

IMAP_PLACES = ("/usr/lib/dovecot/imap", "/usr/libexec/dovecot/imap", "/usr/local/libexec/dovecot/imap")
WHEN = datetime(2026, 11, 19, 1, 12, tzinfo=UTC)
FLAGS: list[list[str]] = [["\\Seen"], [], ["\\Flagged", "$Jucai"], ["\\Answered", "\\Seen"]]
ITEMS = [
    "FLAGS",
    "INTERNALDATE",
    "RFC822.SIZE",
    "ENVELOPE",
    "BODYSTRUCTURE",
    "BODY",
    "BODY.PEEK[]",
    "BODY.PEEK[]<100.200>",
    "BODY.PEEK[HEADER]",
    "BODY.PEEK[TEXT]",
    "BODY.PEEK[HEADER.FIELDS (FROM Subject message-id x-none)]",
    "BODY.PEEK[1]",
    "BODY.PEEK[1.MIME]",
    "BODY.PEEK[2]",
    "BODY.PEEK[2.HEADER]",
    "BODY.PEEK[2.1]",
    "BODY.PEEK[1.2.MIME]",
    "BODY.PEEK[2.2.MIME]",
]
SEARCHES: list[tuple[list[Any], str | None]] = [
    (["ALL"], None),
    (["UNSEEN"], None),
    (["SEEN", "NOT", "ANSWERED"], None),
    (["KEYWORD", "$Jucai"], None),
    (["UNKEYWORD", "$Jucai"], None),
    (["UID", "5:*"], None),
    (["UID", "999:*"], None),
    (["UID", "999"], None),
    (["1:3,5"], None),
    (["SINCE", date(2026, 11, 19)], None),
    (["BEFORE", date(2026, 11, 19)], None),
    (["HEADER", "Message-ID", "<tencent_7A01@qq.example>"], None),
    (["HEADER", "In-Reply-To", ""], None),
    (["OR", ["LARGER", 5000], ["FROM", "evil.example"]], None),
    (["SUBJECT", "撤回"], "UTF-8"),
    (["FROM", "王科长"], "UTF-8"),
    (["BODY", "不同意"], "UTF-8"),
]


class PipedClient(IMAPClient):  # type: ignore[misc]  # the library carries no types
    """IMAPClient over a pipe, on which it cannot set its timeout."""

    def _set_read_timeout(self) -> None:
        pass


@pytest.fixture
def dovecot(dovecot_path: Path) -> Iterator[IMAPClient]:
    """Dovecot's IMAP program spoken to directly, as a user that is logged in already."""
    places = (*IMAP_PLACES, str(dovecot_path.parent.parent / "libexec" / "dovecot" / "imap"))
    program = next(place for place in places if os.access(place, os.X_OK))
    # Dovecot never works as root, and nobody cannot look into pytest's own folders.
    owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    settings = folder / "dovecot.conf"
    settings.write_text(
        f"base_dir={folder}/run\nstate_dir={folder}/state\nmail_location=maildir:{folder}/mail:LAYOUT=fs\nssl=no\n"
        f"log_path=/dev/null\nmail_uid={owner.pw_uid}\nmail_gid={owner.pw_gid}\nfirst_valid_uid=0\n",
        encoding="utf-8",
    )
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    client = PipedClient(f"env HOME={folder} USER=clerk {program} -c {settings}", stream=True, ssl=False)
    try:
        yield client
    finally:
        client.logout()
        shutil.rmtree(folder)


def filled(client: IMAPClient, samples: list[Path]) -> IMAPClient:
    client.create_folder("来件/2026")
    for number, sample in enumerate(samples):
        client.append("来件/2026", sample.read_bytes(), flags=FLAGS[number % len(FLAGS)], msg_time=WHEN)
    client.select_folder("来件/2026")
    return client


def plain(answer: Any) -> Any:
    """An answer without what each server may choose: letter case of tokens, order of flags."""
    if isinstance(answer, bytes):
        return answer.lower()
    if isinstance(answer, tuple | list):
        return [plain(one) for one in answer]
    return answer


def test_both_read_every_letter_alike(mail: RunningMail, dovecot: IMAPClient, samples: list[Path]) -> None:
    theirs = filled(dovecot, samples)
    with mail.reader() as reader:
        ours = filled(reader, samples)
        uids, differences = range(1, len(samples) + 1), []
        for item in ITEMS:
            expected, got = theirs.fetch(uids, [item]), ours.fetch(uids, [item])
            for uid, answer in expected.items():
                wanted = {key: value for key, value in answer.items() if key != b"SEQ"}
                found = {key: value for key, value in got[uid].items() if key != b"SEQ"}
                if item == "BODYSTRUCTURE" and b"filename*0" in samples[uid - 1].read_bytes():
                    continue  # Dovecot joins the pieces of RFC 2231; ours leaves that to the client
                if item.startswith("BODY.PEEK[2.") and b"message/rfc822" not in samples[uid - 1].read_bytes():
                    continue  # there is no such part; Dovecot sometimes gives the one above it
                if item == "FLAGS":
                    wanted[b"FLAGS"] = sorted(set(wanted[b"FLAGS"]) - {b"\\Recent"})
                    found[b"FLAGS"] = sorted(found[b"FLAGS"])
                exact = item.startswith("BODY.PEEK")
                if (list(wanted.values()) if exact else plain(list(wanted.values()))) != (
                    list(found.values()) if exact else plain(list(found.values()))
                ):
                    differences.append((item, samples[uid - 1].name, list(wanted.values()), list(found.values())))
        assert differences == []


def test_both_find_the_same_letters(mail: RunningMail, dovecot: IMAPClient, samples: list[Path]) -> None:
    theirs = filled(dovecot, samples)
    with mail.reader() as reader:
        ours = filled(reader, samples)
        for keys, charset in SEARCHES:
            assert ours.search(keys, charset) == theirs.search(keys, charset), keys


def test_both_change_the_same_letters(mail: RunningMail, dovecot: IMAPClient, samples: list[Path]) -> None:
    theirs = filled(dovecot, samples)
    with mail.reader() as reader:
        for client in (filled(reader, samples), theirs):
            client.create_folder("已办")
            client.add_flags([2, 3], ["\\Deleted"])
            client.move([4, 5, 99], "已办")
            client.copy([6], "已办")
            client.uid_expunge([3])
            with pytest.raises(IMAPClientError, match="TRYCREATE"):
                client.copy([6], "没有")
        for ask in (
            lambda client: client.search("ALL"),
            lambda client: client.search("DELETED"),
            lambda client: client.folder_status("已办", ["MESSAGES", "UIDNEXT", "UNSEEN"]),
            lambda client: sorted(name for _, _, name in client.list_folders("", "%")),
            lambda client: sorted(name for _, _, name in client.list_folders("", "*/2026")),
        ):
            assert ask(reader) == ask(theirs)
