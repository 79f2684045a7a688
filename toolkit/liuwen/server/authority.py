"""A certificate authority of the store's own, made once, and certificates for the addresses of this computer.

The authority can only vouch for loopback, private addresses and this computer's own (RFC 5280, name constraints), so that a
phone that trusts it is in no danger elsewhere, even if its key is stolen.
"""

import datetime as dt
import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.errors import StoreError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate

NOT_READABLE = Sentence(
    zh="“{folder}”里的本地证书读不了：{why}。删掉这个文件夹再启动，会重新生成；手机要重新安装根证书。",
    en='Cannot read the local certificates in "{folder}": {why}. Delete this folder and start again to make new ones; phones '
    "must then install the new root.",
)

FOLDER = "tls"
_PRIVATE = ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16")
_YEARS, _DAYS, _RENEW = 10, 397, 30
"""Years of the authority; days of a certificate, which browsers limit to 398, and before its end when a new one is made."""


@dataclass(frozen=True, slots=True)
class LocalCertificate:
    """The files of a certificate: its own with the authority's, its key, and the authority that phones install."""

    certificate: Path
    key: Path
    authority: Path

    def fingerprint(self) -> str:
        """The SHA-256 of the authority, as phones show it."""
        from cryptography.hazmat.primitives.hashes import SHA256

        return _read(self.authority).fingerprint(SHA256()).hex(":").upper()


def local_certificate(store: Path, addresses: Collection[str], now: dt.datetime) -> LocalCertificate:
    """The certificate for these IP addresses and localhost; the authority is made if there is none.

    Raises `StoreError` if the files cannot be read.
    """
    folder = store / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    made = LocalCertificate(folder / "server.pem", folder / "server.key", folder / "authority.crt")
    try:
        if not made.authority.exists() or not _vouches(made.authority, addresses):
            made.certificate.unlink(missing_ok=True)
            _make_authority(folder, addresses, now)
        if not _serves(made, addresses, now):
            _issue(made, addresses, now)
    except (ValueError, TypeError, FileNotFoundError) as broken:
        raise StoreError(NOT_READABLE.filled(folder=folder, why=broken)) from broken
    return made


def _serves(made: LocalCertificate, addresses: Collection[str], now: dt.datetime) -> bool:
    from cryptography.x509 import IPAddress, SubjectAlternativeName

    if not (made.certificate.exists() and made.key.exists()):
        return False
    kept = _read(made.certificate)
    names = kept.extensions.get_extension_for_class(SubjectAlternativeName).value.get_values_for_type(IPAddress)
    wanted = {ipaddress.ip_address(each) for each in addresses}
    return wanted <= set(names) and kept.not_valid_before_utc <= now < kept.not_valid_after_utc - dt.timedelta(days=_RENEW)


def _vouches(authority: Path, addresses: Collection[str]) -> bool:
    """Whether the authority is allowed to vouch for these addresses."""
    from cryptography.x509 import IPAddress, NameConstraints

    allowed = _read(authority).extensions.get_extension_for_class(NameConstraints).value.permitted_subtrees or []
    networks = [each.value for each in allowed if isinstance(each, IPAddress) and isinstance(each.value, ipaddress.IPv4Network)]
    return all(any(ipaddress.ip_address(one) in network for network in networks) for one in addresses)


def _make_authority(folder: Path, addresses: Collection[str], now: dt.datetime) -> None:
    from cryptography import x509

    key, name = _new_key(), _named(f"liuwen {folder.parent.name}"[:64])
    private = [ipaddress.IPv4Network(each) for each in _PRIVATE]
    public = [each for each in map(ipaddress.IPv4Network, sorted(addresses)) if not any(each.subnet_of(n) for n in private)]
    allowed = x509.NameConstraints([*map(x509.IPAddress, [*private, *public]), x509.DNSName("localhost")], None)
    usage = _usage(signs=True)
    built = (
        _builder(name, name, key, now, dt.timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(allowed, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    _write_key(folder / "authority.key", key)
    (folder / "authority.crt").write_bytes(_pem(built, key))


def _issue(made: LocalCertificate, addresses: Collection[str], now: dt.datetime) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from cryptography.x509.oid import ExtendedKeyUsageOID

    signer = load_pem_private_key(made.authority.with_suffix(".key").read_bytes(), None)
    assert isinstance(signer, EllipticCurvePrivateKey)
    root, key = _read(made.authority), _new_key()
    names = [*(x509.IPAddress(ipaddress.ip_address(each)) for each in sorted(addresses)), x509.DNSName("localhost")]
    built = (
        _builder(_named("liuwen"), root.subject, key, now, dt.timedelta(days=_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    _write_key(made.key, key)
    made.certificate.write_bytes(_pem(built, signer) + made.authority.read_bytes())


def _builder(
    subject: "x509.Name", issuer: "x509.Name", key: "EllipticCurvePrivateKey", now: dt.datetime, lasts: dt.timedelta
) -> "x509.CertificateBuilder":
    from cryptography import x509

    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    return (
        builder.serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + lasts)
    )


def _named(name: str) -> "x509.Name":
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, signs: bool) -> "x509.KeyUsage":
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _new_key() -> "EllipticCurvePrivateKey":
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())


def _pem(built: "x509.CertificateBuilder", signer: "EllipticCurvePrivateKey") -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding

    return built.sign(signer, SHA256()).public_bytes(Encoding.PEM)


def _write_key(path: Path, key: "EllipticCurvePrivateKey") -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    path.touch(mode=0o600)
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _read(path: Path) -> "Certificate":
    from cryptography.x509 import load_pem_x509_certificate

    return load_pem_x509_certificate(path.read_bytes())
