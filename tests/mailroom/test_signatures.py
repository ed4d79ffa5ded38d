"""A sending domain's signature is checked by ourselves, with keys from wherever we are told to look."""

import subprocess
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

import dkim
import dns.exception
import dns.resolver
import pytest

from jucai.mailroom.kinds import SortingContext, Trust
from jucai.mailroom.parsing import parse_letter
from jucai.mailroom.signatures import DnsKeys, KeysUnreachableError, Signatures, check_signatures, is_signed
from jucai.mailroom.sorting import sort_letter
from jucai.mailroom.trust import grade
from tests.mailroom.letters import OFFICE, plain

NOBODY = SortingContext(own_addresses=OFFICE.own_addresses, own_domains=OFFICE.own_domains)
HEAD = b"From: <zhangsan@qq.example>\r\nTo: shouli@rcj.example\r\nSubject: x\r\nMessage-ID: <1@qq.example>\r\n"
SENT = HEAD + b"\r\n\xcd\xac\xd2\xe2\r\n"


@dataclass(frozen=True)
class Signer:
    private: bytes
    record: bytes

    def sign(self, raw: bytes, domain: str = "qq.example", **options: object) -> bytes:
        return bytes(dkim.sign(raw, b"s1", domain.encode(), self.private, **options)) + raw  # type: ignore[arg-type]

    def keys(self, *domains: str) -> "Keys":
        return Keys({f"s1._domainkey.{domain}": self.record for domain in domains})


class Keys:
    """A DNS of one's own, which remembers what it was asked."""

    def __init__(self, records: dict[str, bytes]) -> None:
        self.records = records
        self.asked: list[str] = []

    def __call__(self, name: str, /) -> bytes | None:
        self.asked.append(name)
        return self.records.get(name)


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    key: Path = tmp_path_factory.mktemp("dkim") / "key.pem"
    subprocess.run(["openssl", "genrsa", "-traditional", "-out", str(key), "2048"], check=True, capture_output=True)
    public = subprocess.run(
        ["openssl", "rsa", "-in", str(key), "-pubout", "-outform", "DER"], check=True, capture_output=True
    ).stdout
    return Signer(key.read_bytes(), b"v=DKIM1; k=rsa; p=" + b64encode(public))


def checked(raw: bytes, keys: Keys) -> Signatures:
    return check_signatures(raw, parse_letter(raw), keys)


def test_a_signature_of_the_sender_s_own_domain_makes_the_sender_believed(signer: Signer) -> None:
    raw = signer.sign(SENT)
    keys = signer.keys("qq.example")
    found = checked(raw, keys)
    assert found == Signatures(good=frozenset({"qq.example"}))
    assert keys.asked == ["s1._domainkey.qq.example"]
    believed = grade(parse_letter(raw), NOBODY, found)
    assert (believed.trust, "DKIM" in believed.reason) == (Trust.VERIFIED, True)
    assert sort_letter(parse_letter(raw), NOBODY, found).trust is Trust.VERIFIED
    assert sort_letter(parse_letter(raw), NOBODY).trust is Trust.UNKNOWN


def test_a_changed_letter_is_doubted_and_not_called_forged(signer: Signer) -> None:
    raw = signer.sign(SENT).replace(b"\xcd\xac\xd2\xe2", b"\xb2\xbb\xcd\xac\xd2\xe2")
    found = checked(raw, signer.keys("qq.example"))
    assert found == Signatures(bad=frozenset({"qq.example"}))
    assert grade(parse_letter(raw), NOBODY, found).trust is Trust.DOUBTFUL


def test_somebody_else_s_signature_proves_nothing_about_the_sender(signer: Signer) -> None:
    raw = signer.sign(SENT, "mailer.example")
    found = checked(raw, signer.keys("mailer.example"))
    assert found.good == {"mailer.example"}
    assert grade(parse_letter(raw), NOBODY, found).trust is Trust.UNKNOWN


def test_the_domain_above_may_sign_for_one_below(signer: Signer) -> None:
    raw = signer.sign(SENT.replace(b"zhangsan@qq.example", b"zhangsan@vip.qq.example"))
    assert grade(parse_letter(raw), NOBODY, checked(raw, signer.keys("qq.example"))).trust is Trust.VERIFIED


def test_a_signature_over_half_the_body_a_test_key_and_a_weak_one_prove_nothing(signer: Signer) -> None:
    partial = signer.sign(SENT, length=True)
    assert checked(partial, signer.keys("qq.example")).good == frozenset()
    testing = Keys({"s1._domainkey.qq.example": signer.record + b"; t=y"})
    assert checked(signer.sign(SENT), testing).good == frozenset()
    weak = signer.sign(SENT).replace(b"a=rsa-sha256", b"a=rsa-sha1")
    assert checked(weak, signer.keys("qq.example")).good == frozenset()


def test_two_from_lines_are_signed_by_nobody(signer: Signer) -> None:
    raw = signer.sign(SENT)
    assert checked(b"From: <director@rcj.example>\r\n" + raw, signer.keys("qq.example")) == Signatures()


def test_our_check_stands_in_where_a_forwarder_broke_spf_but_never_against_dmarc(signer: Signer) -> None:
    signed = signer.sign(SENT)
    found = checked(signed, signer.keys("qq.example"))
    head = b"Received: from f.example by mx.rcj.example; x\r\nAuthentication-Results: mx.rcj.example; "
    forwarded = head + b"spf=fail smtp.mailfrom=forwarder.example\r\n" + signed
    assert grade(parse_letter(forwarded), OFFICE).trust is Trust.FORGED
    assert grade(parse_letter(forwarded), OFFICE, found).trust is Trust.VERIFIED
    refused = head + b"dmarc=fail header.from=qq.example\r\n" + signed
    assert grade(parse_letter(refused), OFFICE, found).trust is Trust.FORGED


def test_a_displayed_name_that_pretends_is_forged_however_well_signed(signer: Signer) -> None:
    raw = signer.sign(SENT.replace(b"From: <", b'From: "zhang@rcj.example" <'))
    found = checked(raw, signer.keys("qq.example"))
    assert found.good == {"qq.example"}
    assert grade(parse_letter(raw), NOBODY, found).trust is Trust.FORGED


def test_a_missing_key_and_a_silent_dns_are_told_apart(signer: Signer) -> None:
    raw = signer.sign(SENT)
    assert checked(raw, Keys({})) == Signatures(bad=frozenset({"qq.example"}))

    def silent(name: str, /) -> bytes | None:
        raise KeysUnreachableError(name)

    assert check_signatures(raw, parse_letter(raw), silent) == Signatures(unanswered=True)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "v=1",
        "v=1; a=rsa-sha256; d=; s=; h=from; bh=; b=",
        "v=1; d=qq.example" + "; x=y" * 9_000,
        "\x00\xff",
        "=;=;",
    ],
)
def test_nonsense_in_a_signature_is_no_proof_and_no_fault(signer: Signer, line: str) -> None:
    raw = b"DKIM-Signature: " + line.encode("latin-1") + b"\r\n" + SENT
    assert checked(raw, signer.keys("qq.example")).good == frozenset()


def test_only_a_few_signatures_are_looked_at(signer: Signer) -> None:
    raw = SENT
    for number in range(9):
        raw = signer.sign(raw, f"d{number}.example")
    keys = signer.keys(*(f"d{number}.example" for number in range(9)))
    checked(raw, keys)
    assert len(keys.asked) == 4


def test_a_letter_without_a_signature_asks_nobody() -> None:
    keys = Keys({})
    raw = plain("x")
    assert not is_signed(parse_letter(raw))
    assert checked(raw, keys) == Signatures()
    assert keys.asked == []


def test_keys_are_remembered_and_a_silent_resolver_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def absent(name: str, *_: object, **__: object) -> None:
        asked.append(name)
        raise dns.resolver.NXDOMAIN

    monkeypatch.setattr(dns.resolver, "resolve", absent)
    keys = DnsKeys()
    assert keys("a.example") is None
    assert keys("a.example") is None
    assert asked == ["a.example"]

    def silent(name: str, *_: object, **__: object) -> None:
        asked.append(name)
        raise dns.exception.Timeout

    monkeypatch.setattr(dns.resolver, "resolve", silent)
    for name in ("b.example", "c.example"):
        with pytest.raises(KeysUnreachableError, match="没有应答"):
            keys(name)
    assert asked == ["a.example", "b.example"]
