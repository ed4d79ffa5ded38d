"""Signatures of sending domains, verified by ourselves (DKIM, RFC 6376) where our server left no word of them."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import dkim
import dns.exception
import dns.rdatatype
import dns.resolver

from jucai.mailroom.parsing import Defect, ParsedLetter

_MOST = 4  # signatures looked at in one letter
_MIN_KEY = 1024  # bits (RFC 8301 section 3.2)
_MOST_BYTES = 80_000_000
_ALGORITHMS = frozenset({b"rsa-sha256", b"ed25519-sha256"})  # sha1 proves nothing (RFC 8301 section 3.1)
_PUBLIC_WORDS = 2  # a domain that signs has at least two labels
_quiet = logging.getLogger("jucai.dkim")
_quiet.addHandler(logging.NullHandler())
_quiet.propagate = False


class KeysUnreachableError(Exception):
    """The DNS did not answer: nothing is known about a signature, neither good nor bad."""

    def __init__(self, name: str) -> None:
        super().__init__(f"域名系统没有应答，无法取得 {name} 的公钥。")


class KeyFinder(Protocol):
    """Where public keys of signing domains come from."""

    def __call__(self, name: str, /) -> bytes | None:
        """Return the TXT record of `name`, None if there is none. Raises KeysUnreachableError."""
        ...


class DnsKeys:
    """Public keys from the DNS, kept for ten minutes; a resolver that does not answer is left alone for one.

    `seconds` is how long one question may take, so that a dead resolver costs a round no more than that a minute.
    """

    def __init__(self, seconds: float = 3.0) -> None:
        self._seconds = seconds
        self._kept: dict[str, tuple[float, bytes | None]] = {}
        self._silent_until = 0.0

    def __call__(self, name: str, /) -> bytes | None:
        """Ask, or remember."""
        now = time.monotonic()
        kept = self._kept.get(name)
        if kept is not None and kept[0] > now:
            return kept[1]
        if now < self._silent_until:
            raise KeysUnreachableError(name)
        try:
            answer = dns.resolver.resolve(name, dns.rdatatype.TXT, raise_on_no_answer=False, lifetime=self._seconds)
            found = next((b"".join(row.strings) for row in answer.rrset or ()), None)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.exception.SyntaxError, ValueError):
            found = None
        except (dns.exception.DNSException, OSError) as error:
            self._silent_until = now + 60
            raise KeysUnreachableError(name) from error
        if len(self._kept) > 1_000:  # noqa: PLR2004 - bounded, whatever domains strangers invent
            self._kept.clear()
        self._kept[name] = (now + 600, found)
        return found


@dataclass(frozen=True, slots=True)
class Signatures:
    """What our own check found: domains whose signature holds, those whose does not, and whether DNS kept silent."""

    good: frozenset[str] = frozenset()
    bad: frozenset[str] = frozenset()
    unanswered: bool = False


def is_signed(letter: ParsedLetter) -> bool:
    """Tell whether a letter bears a signature at all."""
    return letter.header("dkim-signature") is not None


def check_signatures(raw: bytes, letter: ParsedLetter, keys: KeyFinder) -> Signatures:
    """Verify the signatures of a letter, those of the sender's own domain first; never raises.

    A signature over part of the body only (`l=`, RFC 6376 section 8.2) is no proof, for anybody may add to the
    rest; neither is one over a letter with two From lines (section 8.15), nor one whose key is a test (`t=y`).
    """
    count = min(len(letter.header_all("dkim-signature")), _MOST)
    if not count or Defect.DUPLICATE_FROM in letter.defects or len(raw) > _MOST_BYTES:
        return Signatures()
    good: set[str] = set()
    bad: set[str] = set()
    unanswered = False
    for index in range(count):
        try:
            domain, holds = _one(raw, index, keys)
        except KeysUnreachableError:
            unanswered = True
            continue
        except Exception:  # noqa: BLE001 - a stranger's header: whatever the library says of it, it is no proof
            domain, holds = "", False
        (good if holds else bad).add(domain)
    return Signatures(frozenset(good - {""}), frozenset(bad - good - {""}), unanswered)


def _one(raw: bytes, index: int, keys: KeyFinder) -> tuple[str, bool]:
    checked = dkim.DKIM(raw, logger=_quiet, minkey=_MIN_KEY)
    record: list[bytes] = []

    def answer(name: bytes | str, timeout: float = 0) -> bytes:  # noqa: ARG001 - the library's signature
        text = name.decode("ascii") if isinstance(name, bytes) else name
        record.append(keys(text.rstrip(".")) or b"")
        return record[-1]

    try:
        holds = bool(checked.verify(idx=index, dnsfunc=answer))
    except dkim.DKIMException:
        holds = False  # the body was changed, the signature has run out, …
    fields: Mapping[bytes, Any] = checked.signature_fields or {}
    domain = bytes(fields.get(b"d", b"")).decode("ascii").strip().lower().rstrip(".")
    sound = fields.get(b"a") in _ALGORITHMS and b"l" not in fields and domain.count(".") + 1 >= _PUBLIC_WORDS
    return domain, holds and sound and not _testing(record)


def _testing(record: list[bytes]) -> bool:
    tags = b"".join(record).replace(b" ", b"").lower().split(b";")
    return any(tag.startswith(b"t=") and b"y" in tag[2:].split(b":") for tag in tags)
