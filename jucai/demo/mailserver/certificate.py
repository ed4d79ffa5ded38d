import ipaddress
import os
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LIFETIME = timedelta(days=365)
RENEW_BEFORE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Certificate:
    """The server's key and chain, and the file a client verifies it against."""

    server_file: Path
    ca_file: Path

    def server_context(self) -> ssl.SSLContext:
        """A context for the listening side."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.server_file)
        return context


def ensure_certificate(folder: Path, names: Iterable[str]) -> Certificate:
    """The certificate kept in `folder`, made anew when missing, foreign to `names` or nearly over.

    The authority's key is never written down: the file `ca.pem` vouches for this one server only. Both
    files are replaced whole, so that a kill in between leaves a pair that the next start mends.
    """
    wanted = sorted(set(names))
    found = Certificate(folder / "server.pem", folder / "ca.pem")
    pem = found.server_file.read_bytes() if found.server_file.exists() else b""
    if not _usable(pem, wanted):
        pem = _issue(wanted)
        _replace(found.server_file, pem, 0o600)
    authority = x509.load_pem_x509_certificates(pem)[1].public_bytes(serialization.Encoding.PEM)
    if not found.ca_file.exists() or found.ca_file.read_bytes() != authority:
        _replace(found.ca_file, authority, 0o644)
    return found


def _usable(pem: bytes, names: list[str]) -> bool:
    try:
        certificates = x509.load_pem_x509_certificates(pem)
        serialization.load_pem_private_key(pem, None)
    except ValueError:
        return False
    if len(certificates) < 2:  # noqa: PLR2004  # the server's and its authority's
        return False
    leaf = certificates[0]
    alternative = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    known = sorted(str(name.value) for name in alternative)
    return known == names and leaf.not_valid_after_utc - RENEW_BEFORE > datetime.now(UTC)


def _issue(names: list[str]) -> bytes:
    authority_key = ec.generate_private_key(ec.SECP256R1())
    server_key = ec.generate_private_key(ec.SECP256R1())
    authority = _builder("Jucai demo authority", "Jucai demo authority", authority_key.public_key())
    authority = authority.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    authority = authority.add_extension(_key_usage(signs_certificates=True), critical=True)
    identifier = x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key())
    authority = authority.add_extension(identifier, critical=False)
    leaf = _builder(names[0], "Jucai demo authority", server_key.public_key())
    leaf = leaf.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    leaf = leaf.add_extension(_key_usage(signs_certificates=False), critical=True)
    leaf = leaf.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    leaf = leaf.add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
    leaf = leaf.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
    )
    signed = [builder.sign(authority_key, hashes.SHA256()) for builder in (leaf, authority)]
    key = server_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return key + b"".join(one.public_bytes(serialization.Encoding.PEM) for one in signed)


def _builder(subject: str, issuer: str, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + LIFETIME)
    )


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _replace(path: Path, content: bytes, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
