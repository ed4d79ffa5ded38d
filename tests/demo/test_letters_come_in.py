import email
import os
import signal
import smtplib
import socket
import sqlite3
import ssl
import subprocess
import sys
from pathlib import Path

import pytest

from jucai.demo.mailserver import LetterHandler, MailServerAddresses, MailServerConfig
from jucai.demo.mailserver.config import MailServerConfigError, config_from_json, config_to_json
from jucai.demo.mailserver.trace import Connection
from tests.demo.running import RunningMail, StartMail

LETTER = b"From: =?gb18030?B?1cXI/Q==?= <zhangsan@qq.example>\r\nSubject: x\r\n\r\nhello\r\n"


def results_of(raw: bytes) -> list[str]:
    return email.message_from_bytes(raw).get_all("Authentication-Results", [])


def as_received(raw: bytes) -> bytes:
    """A sample without the results its server wrote; they are for the receiving server to write anew."""
    lines = raw.split(b"\r\n")
    start = next((n for n, line in enumerate(lines) if line.startswith(b"Authentication-Results: mx.rcj")), None)
    if start is None:
        return raw
    end = next(n for n in range(start + 1, len(lines)) if not lines[n].startswith((b" ", b"\t")))
    return b"\r\n".join(lines[:start] + lines[end:])


def test_every_sample_letter_comes_back_byte_for_byte_below_the_trace(mail: RunningMail, samples: list[Path]) -> None:
    for sample in samples:
        raw = sample.read_bytes()
        mail.post(raw)
        got = mail.newest()
        kept = as_received(raw)
        assert got.endswith(kept), sample.name
        trace = got[: -len(kept)]
        names = [line.split(b":")[0] for line in trace.splitlines() if not line.startswith(b"\t")]
        assert names == [b"Return-Path", b"Received", b"Authentication-Results"]


def test_raw_bytes_of_every_value_pass(mail: RunningMail) -> None:
    raw = b"Subject: \xd6\xd0\xce\xc4\r\n\r\n" + bytes(n for n in range(256) if n not in (10, 13)) + b"\r\n"
    raw += b"bare\nfeed and bare\rreturn\r\n.\x00.\r\n..dots\r\n" + b"L" * 70_000 + b"\r\n"
    mail.post(raw)
    assert mail.newest().endswith(raw)


@pytest.mark.nightly
def test_a_letter_of_fifty_megabytes_passes_and_a_larger_one_than_allowed_is_refused(mail: RunningMail) -> None:
    raw = b"Subject: large\r\n\r\n" + (b"A" * 76 + b"\r\n") * 673_000
    assert len(raw) > 50 * 1024 * 1024
    mail.post(raw)
    assert mail.newest().endswith(raw)
    with mail.postman() as client, pytest.raises(smtplib.SMTPSenderRefused, match="552"):
        client.sendmail("a@qq.example", ["shouli@rcj.example"], raw + raw)


def test_each_recipient_has_a_box_and_one_copy(mail: RunningMail) -> None:
    with mail.postman() as client:
        client.sendmail(
            "hr@corp.example",
            ["Zhang@RCJ.example", "zhang@rcj.example", "shouli+2026-000123@rcj.example", "李四@qq.example"],
            LETTER,
            mail_options=["SMTPUTF8"],
        )
    for user in ("zhang@rcj.example", "shouli@rcj.example", "李四@qq.example"):
        with mail.reader(user) as reader:
            assert len(reader.search("ALL")) == 1, user
    assert b"for <shouli+2026-000123@rcj.example>" in mail.newest("shouli@rcj.example")


def test_a_bounce_keeps_its_empty_return_path(mail: RunningMail) -> None:
    mail.post(LETTER, sender="")
    assert mail.newest().startswith(b"Return-Path: <>\r\nReceived: from mail.qq.example ")


@pytest.mark.parametrize(
    ("sender", "helo", "author", "expected"),
    [
        (
            "a@qq.example",
            "mail.qq.example",
            "a@qq.example",
            ("spf=pass", "dkim=pass header.d=qq.example", "dmarc=pass"),
        ),
        (
            "a@qq.example",
            "evil.example",
            "a@qq.example",
            ("spf=fail", "dkim=none", "dmarc=fail header.from=qq.example"),
        ),
        ("a@163.example", "mail.163.example", "a@163.example", ("spf=pass", "dkim=none", "dmarc=pass")),
        ("x@evil.example", "evil.example", "boss@rcj.example", ("spf=none", "dkim=none", "dmarc=fail header.from=rcj")),
        (
            "a@qq.example",
            "mail.qq.example",
            "boss@rcj.example",
            ("spf=pass", "dkim=pass", "dmarc=fail header.from=rcj"),
        ),
        ("x@unknown.example", "h.example", "x@unknown.example", ("spf=none", "dkim=none", "dmarc=none")),
        (
            "a@qq.example",
            "mail.qq.example",
            "a@qq.example>, <b@rcj.example",
            ("spf=pass", "dkim=pass", "dmarc=permerror"),
        ),
        ("a@qq.example", "mail.qq.example", "<b@rcj.example> <a@qq.example>", ("spf=pass", "dmarc=permerror")),
        ("a@qq.example", "mail.qq.example", "boss@rcj.example (<a@qq.example>", ("spf=pass", "dmarc=permerror")),
        ("a@qq.example", "mail.qq.example", 'boss@rcj.example" <a@qq.example>', ("spf=pass", "dmarc=permerror")),
    ],
)
def test_the_server_judges_by_the_connection_and_its_table(
    mail: RunningMail, sender: str, helo: str, author: str, expected: tuple[str, ...]
) -> None:
    mail.post(f"From: {author}\r\nSubject: x\r\n\r\nx\r\n".encode(), sender=sender, helo=helo)
    (results,) = results_of(mail.newest())
    assert results.startswith("mx.rcj.example; spf=")
    for one in expected:
        assert one in results


def test_a_display_name_that_looks_like_an_address_is_no_author(mail: RunningMail) -> None:
    mail.post(b'From: "boss@rcj.example" <a@qq.example>\r\n\r\nx\r\n', sender="a@qq.example")
    (results,) = results_of(mail.newest())
    assert "dmarc=pass header.from=qq.example" in results


@pytest.mark.parametrize(
    "forged",
    [
        b"Authentication-Results: mx.rcj.example; dmarc=pass header.from=rcj.example\r\n",
        b"authentication-results: MX.RCJ.EXAMPLE 1; dmarc=pass\r\n",
        b"Authentication-Results : mx.rcj.example; dmarc=pass\r\n",
        b"Authentication-Results:\r\n\tmx.rcj.example;\r\n dkim=pass;\r\n\tdmarc=pass\r\n",
        b"Authentication-Results: (a (nested) comment) mx.rcj.example (x); dmarc=pass\r\n",
        b'Authentication-Results: "mx.rcj.example"; dmarc=pass\r\n',
        b'Authentication-Results: "mx\\.rcj.example"; dmarc=pass\r\n',
        b"Authentication-Results: mx.rcj.example. ; dmarc=pass\r\n",
        b"X-A: b\nAuthentication-Results: mx.rcj.example; dmarc=pass\r\n",
        b"X-A: b\rAuthentication-Results: mx.rcj.example; dmarc=pass\r\n",
        b"Authentication-Results: ; dmarc=pass\r\n",
        b"Authentication-Results: mx.rcj.example\r\n",
    ],
)
def test_results_that_claim_to_be_ours_are_taken_away(mail: RunningMail, forged: bytes) -> None:
    mail.post(b"From: a@qq.example\r\n" + forged + b"Subject: x\r\n\r\nbody\r\n", sender="a@qq.example")
    got = mail.newest()
    assert got.lower().count(b"authentication-results") == 1
    assert results_of(got)[0].startswith("mx.rcj.example; spf=pass")
    assert got.endswith(b"Subject: x\r\n\r\nbody\r\n")
    assert b"From: a@qq.example\r\n" in got


def test_results_of_other_servers_and_the_same_words_in_the_text_stay(mail: RunningMail) -> None:
    raw = (
        b"Authentication-Results: mx.other.example; spf=pass\r\nFrom: a@qq.example\r\n\r\n"
        b"Authentication-Results: mx.rcj.example; dmarc=pass\r\n"
    )
    mail.post(raw)
    assert mail.newest().endswith(raw)


def test_nothing_in_the_envelope_can_write_into_the_trace(mail: RunningMail) -> None:
    with mail.postman() as client:
        client.send(b"EHLO x;\rAuthentication-Results: mx.rcj.example; dmarc=pass\r\n")
        assert client.getreply()[0] == 250
        client.mail('"a b; dmarc=pass"@qq.example')
        client.rcpt("shouli@rcj.example")
        assert client.data(LETTER)[0] == 250
    trace = mail.newest().removesuffix(LETTER)
    assert b"dmarc=pass" not in trace
    assert len(trace.split(b"\r\n")) == len(trace.splitlines()) + 1


def test_tls_is_verified_against_the_written_authority(mail: RunningMail) -> None:
    for port, kind in ((mail.addresses.smtps_port, smtplib.SMTP_SSL), (mail.addresses.smtp_port, smtplib.SMTP)):
        if kind is smtplib.SMTP_SSL:
            client = smtplib.SMTP_SSL("localhost", port, context=mail.trust, timeout=30)
        else:
            client = smtplib.SMTP("localhost", port, timeout=30)
            assert not client.has_extn("auth")
            client.starttls(context=mail.trust)
        with client:
            client.login("shouli@rcj.example", "anything")
            client.sendmail("shouli@rcj.example", ["zhang@rcj.example"], b"From: shouli@rcj.example\r\n\r\nx\r\n")
        got = mail.newest("zhang@rcj.example")
        assert b"with ESMTPSA id" in got
        assert "spf=pass smtp.mailfrom=rcj.example" in results_of(got)[0]
        assert "auth=pass smtp.auth=shouli@rcj.example" in results_of(got)[0]


def test_a_stranger_does_not_trust_the_certificate(mail: RunningMail) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        smtplib.SMTP_SSL("localhost", mail.addresses.smtps_port, context=ssl.create_default_context(), timeout=30)


def test_a_wrong_password_is_refused(start_mail: StartMail) -> None:
    with (
        start_mail(passwords={"shouli@rcj.example": "right"}) as mail,
        smtplib.SMTP_SSL("localhost", mail.addresses.smtps_port, context=mail.trust, timeout=30) as client,
    ):
        with pytest.raises(smtplib.SMTPAuthenticationError):
            client.login("shouli@rcj.example", "wrong")
        with pytest.raises(smtplib.SMTPAuthenticationError):
            client.login("nobody@rcj.example", "right")
        client.login("SHOULI@rcj.example", "right")


def test_a_letter_that_cannot_be_stored_is_refused_for_now_and_for_all(start_mail: StartMail) -> None:
    class FullDisk(LetterHandler):
        def file(self, raw: bytes, connection: Connection, recipients: list[str], queue_id: str) -> None:
            if b"full" in raw:
                raise sqlite3.OperationalError("database or disk is full")
            super().file(raw, connection, recipients, queue_id)

    with start_mail(handler=FullDisk) as mail:
        mail.post(LETTER)
        with mail.postman() as client, pytest.raises(smtplib.SMTPDataError) as refused:
            client.sendmail("a@qq.example", ["shouli@rcj.example", "zhang@rcj.example"], b"Subject: full\r\n\r\nx\r\n")
        assert refused.value.smtp_code == 451
        with mail.reader() as reader:
            assert len(reader.search("ALL")) == 1
        with mail.reader("zhang@rcj.example") as reader:
            assert reader.search("ALL") == []


def test_letters_and_folders_outlive_a_restart(start_mail: StartMail) -> None:
    with start_mail() as mail:
        mail.post(LETTER)
        authority = mail.addresses.ca_file.read_bytes()
        with mail.reader() as reader:
            reader.create_folder("已办/2026年")
            reader.add_flags([1], ["\\Seen", "$Filed"])
            validity = reader.folder_status("INBOX", ["UIDVALIDITY"])
    with start_mail() as mail, mail.reader() as reader:
        assert mail.addresses.ca_file.read_bytes() == authority
        assert reader.folder_status("INBOX", ["UIDVALIDITY"]) == validity
        assert reader.get_flags([1]) == {1: (b"$Filed", b"\\Seen")}
        assert reader.folder_exists("已办/2026年")


def test_a_letter_that_was_accepted_survives_kill_9(tmp_path: Path) -> None:
    config = config_to_json(MailServerConfig(data=tmp_path))
    command = [sys.executable, "-m", "jucai.demo.mailserver", "--config-json", config]
    accepted = 0
    for _ in range(2):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
            assert server.stdout is not None
            addresses = MailServerAddresses.from_json(server.stdout.readline())
            with smtplib.SMTP(addresses.host, addresses.smtp_port, timeout=30) as client:
                for _ in range(7):
                    client.sendmail("a@qq.example", ["shouli@rcj.example"], LETTER)
                    accepted += 1
                client.mail("a@qq.example")
                client.rcpt("shouli@rcj.example")
                client.putcmd("DATA")
                client.send(LETTER)
                os.kill(server.pid, signal.SIGKILL)
                client.close()
            assert server.wait(30) == -signal.SIGKILL
        stored = sqlite3.connect(tmp_path / "mail.sqlite")
        assert stored.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert stored.execute("SELECT count(*) FROM letter").fetchone() == (accepted,)
        stored.close()


def test_a_stopped_server_says_good_bye_and_ends_well(tmp_path: Path) -> None:
    config = config_to_json(MailServerConfig(data=tmp_path))
    command = [sys.executable, "-m", "jucai.demo.mailserver", "--config-json", config]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
        assert server.stdout is not None
        mail = RunningMail(MailServerAddresses.from_json(server.stdout.readline()))
        with mail.postman() as postman, mail.reader() as reader:
            reader.idle()
            server.terminate()
            assert reader.idle_check(timeout=30)[-1][0] == b"BYE"
            assert server.wait(30) == 0
            postman.close()
        assert server.stderr is not None
        assert server.stderr.read() == b""


@pytest.mark.parametrize(
    ("given", "named"),
    [('{"data": "x", "smtp_port": "many"}', "smtp_port"), ("{}", "data"), ("nonsense", "--config-json")],
)
def test_a_configuration_that_cannot_be_used_names_the_field(given: str, named: str) -> None:
    with pytest.raises(MailServerConfigError, match=named):
        config_from_json(given)


def test_a_taken_port_stops_the_start_with_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        config = config_to_json(MailServerConfig(data=tmp_path, imap_port=other.getsockname()[1]))
        command = [sys.executable, "-m", "jucai.demo.mailserver", "--config-json", config]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 3
    assert ended.stderr.startswith("邮件服务器无法启动：")
    assert "Traceback" not in ended.stderr
