"""Letters come from strangers: whatever the bytes, they are stored, listed and shown."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jucai.clock import SystemClock
from jucai.demo.mailserver.imap_fetch import answer, parse_items
from jucai.demo.mailserver.imap_wire import Arguments
from jucai.demo.mailserver.letter import open_letter, summarise
from jucai.demo.mailserver.mime import parse
from jucai.demo.mailserver.store import Entry
from jucai.demo.mailserver.trace import author_domains, without_forged_results
from jucai.demo.mailserver.words import decode_header, safe_name

PIECES = [
    *(b"\r\n", b"\n", b"\r", b"\r\n\r\n", b" ", b"\t", b"--b\r\n", b"--b--\r\n", b"\x00", b"\xd6\xd0", b"\xff", b'"'),
    *(
        b"From: ",
        b"a@b.example",
        b"<",
        b">",
        b"(",
        b")",
        b",",
        b";",
        b"=",
        b"Subject: ",
        b"=?gbk?B?1g==?=",
        b"=?x?Q?=0?=",
    ),
    *(b"=?utf-8*EN?b?!!?=", b"Content-Type: ", b"multipart/mixed; boundary=b", b"message/rfc822", b"text/html"),
    *(
        b"; charset=",
        b"utf-16",
        b"utf-7",
        b"unicode_escape",
        b"+2AA-\\ud800",
        b'"rot13"',
        b"; name*0*=gbk''%D6",
        b"; name*1*=%D0",
        b'; filename="../a\\"b"',
    ),
    *(
        b"Content-Disposition: attachment",
        b"Content-Transfer-Encoding: base64",
        b"AAA",
        b"Authentication-Results: mx; a",
    ),
]
letters = st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=60).map(b"".join)


@given(letters)
def test_any_bytes_can_be_listed_shown_and_fetched(raw: bytes) -> None:
    str(summarise(raw)).encode("utf-8")
    for file in open_letter(raw).attachments:
        assert file.name
        assert not set(file.name) & set('/\\\r\n"')
    items = parse_items(
        Arguments(b"(ENVELOPE BODYSTRUCTURE BODY BODY[1] BODY[1.1.MIME] BODY[HEADER.FIELDS (a)] RFC822)")
    )
    entry = Entry(1, 1, len(raw), SystemClock().now(), frozenset())
    assert answer(items, entry, raw).count(b"(") > 0


@given(letters)
def test_parts_lie_inside_the_letter_and_in_each_other(raw: bytes) -> None:
    for part in parse(raw).walk():
        assert 0 <= part.start <= part.content_start <= part.end <= len(raw)
        assert all(part.start <= child.start and child.end <= part.end for child in part.children)


@given(letters)
def test_taking_away_forged_results_only_takes_away(raw: bytes) -> None:
    kept = without_forged_results(raw, "mx")
    remaining = iter(raw)
    assert all(byte in remaining for byte in kept)
    if b"authentication-results" not in raw.lower():
        assert kept == raw
    assert without_forged_results(kept, "mx") == kept


@given(st.text(max_size=300))
def test_a_file_name_is_safe_or_none(name: str) -> None:
    safe = safe_name(name)
    assert safe is None or (safe.strip(" .") and not set(safe) & set('/\\:*?"<>|\r\n\0') and len(safe) <= 120)


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 200_000,
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(5_000)),
        b"Content-Type: message/rfc822\r\n\r\n" * 50_000,
        b"From: " + b"a@b.example, " * 100_000 + b"\r\n\r\n",
        b"From: " + b"(" * 500_000 + b")" * 500_000 + b"\r\n\r\n",
        b'From: "' + b'\\"' * 500_000 + b"\r\n\r\n",
        b"Subject: " + b"=?gbk?B?1tA=?= " * 100_000 + b"\r\n\r\n",
        b"Subject: " + b"=?" * 500_000 + b"\r\n\r\n",
        b"Content-Type: text/plain" + b'; a="' * 200_000 + b"\r\n\r\n",
        b"A: b\r\n" * 200_000,
        b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a" * 200_000 + b"-" + b"b" * 200_000,
        b"Content-Type: text/html\r\n\r\n" + b"<" * 1_000_000,
        b"Content-Type: text/html\r\n\r\n" + b"<script" * 200_000,
        b"Authentication-Results: " + b"(" * 500_000 + b"\r\n" + b"Authentication-Results: x\r\n" * 20_000,
    ],
    ids=lambda raw: repr(raw[:20]) + str(len(raw)),
)
def test_hostile_letters_cost_seconds_at_most(raw: bytes) -> None:
    started = time.process_time()
    str(summarise(raw)).encode("utf-8")
    open_letter(raw)
    author_domains(raw)
    without_forged_results(raw, "mx.rcj.example")
    items = parse_items(Arguments(b"(ENVELOPE BODYSTRUCTURE)"))
    answer(items, Entry(1, 1, len(raw), SystemClock().now(), frozenset()), raw)
    assert time.process_time() - started < 20  # CPU time; measured at most 2


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"=?gb2312?B?1tC5+g==?=", "中国"),
        (b"=?gbk?B?1g==?= =?gbk?B?0Lk=?=\r\n =?gbk?B?+g==?=", "中国"),
        (b"=?utf-8?q?=E4=B8?= =?utf-8?Q?=AD_x?=", "中 x"),
        (b"\xd6\xd0\xb9\xfa", "中国"),
        ("中国".encode(), "中国"),
        (b"Re: =?UTF-8?B?5Lit?= and =?gbk?B?", "Re: 中 and =?gbk?B?"),
        (b"=?no-such-set?B?1tC5+g==?=", "中国"),
        (b"a\x00b\xe2\x80\xaec", "a b c"),
        (b"=?unicode_escape?Q?\\ud800?= =?utf-7?Q?+2AA-?= =?punycode?Q?a-b?= =?idna?Q?x?=", "\\ud800+2AA-a-bx"),
        (b"=?rot13?Q?x?= =?hex?Q?61?= =?utf-16?Q?=00=D8?= =?utf-8=00?Q?y?=", None),
        (None, ""),
    ],
)
def test_headers_are_read_as_chinese_mailers_write_them(raw: bytes | None, shown: str | None) -> None:
    text = decode_header(raw)
    text.encode("utf-8")
    assert shown is None or text == shown
